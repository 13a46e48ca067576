"""One loader for each kind of file."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

import yaml

from communique.errors import SourceError
from communique.model import Document, Failure
from communique.sources.decode import decode
from communique.sources.options import SourceOptions
from communique.sources.tables import load_csv, load_json_lines, load_parquet, to_date

Loader = Callable[[Path, str, SourceOptions], Iterator[Document | Failure]]
FRONT_MATTER = re.compile(r"\A---\s*\n(.*?)\n---\s*\n", re.DOTALL)


def load_text(path: Path, origin: str, options: SourceOptions) -> Iterator[Document | Failure]:
    """A .txt file: one document, its text as it stands."""
    yield _document(decode(path.read_bytes(), options.encoding), origin, options)


def load_markdown(path: Path, origin: str, options: SourceOptions) -> Iterator[Document | Failure]:
    """A .md file: one document; a YAML front matter gives title, date, url and source."""
    text = decode(path.read_bytes(), options.encoding)
    matter = FRONT_MATTER.match(text)
    fields: dict[str, Any] = {}
    if matter:
        text = text[matter.end() :]
        try:
            loaded = yaml.safe_load(matter.group(1))
        except yaml.YAMLError as error:
            raise SourceError(
                "malformed front matter", remedy=f"Mend the YAML between the --- lines: {error}"
            ) from error
        fields = loaded if isinstance(loaded, dict) else {}
    known = {key: str(fields[key]) for key in ("title", "url", "source", "language") if fields.get(key)}
    yield _document(text, origin, options, to_date(fields.get("date")), **known)


def load_html(path: Path, origin: str, options: SourceOptions) -> Iterator[Document | Failure]:
    """An .html file: the article, its title, date and site, as trafilatura finds them."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    markup = decode(path.read_bytes(), options.encoding)
    found = trafilatura.bare_extraction(
        markup, with_metadata=True, include_comments=False, include_tables=False
    )
    values: dict[str, Any] = found if isinstance(found, dict) else (found.as_dict() if found else {})
    text = values.get("text") or ""
    if not text.strip():
        raise SourceError("no article was found in the page", remedy="Save the article's text as .txt.")
    fields = {
        "title": values.get("title") or "",
        "url": values.get("url") or "",
        "source": values.get("sitename") or "",
    }
    yield _document(text, origin, options, to_date(values.get("date")), **fields)


def load_pdf(path: Path, origin: str, options: SourceOptions) -> Iterator[Document | Failure]:
    """A .pdf file: the text of its pages."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    content = path.read_bytes()
    if not content:
        raise SourceError("the file is empty", remedy="Give a file with text.")
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceError("the PDF is encrypted", remedy="Save it without a password.")
        text = "\n\n".join(page.extract_text() or "" for page in reader.pages)
    except (PyPdfError, ValueError, KeyError, OSError) as error:
        raise SourceError(f"the PDF cannot be read: {error}", remedy="Save it again, or as text.") from error
    if not text.strip():
        raise SourceError(
            "the PDF holds no text, only images", remedy="Run text recognition (OCR) over it first."
        )
    yield _document(text, origin, options)


def load_standard_input(stream: BinaryIO, options: SourceOptions) -> Iterator[Document | Failure]:
    """Standard input: JSON lines where the first line is an object, else one text."""
    content = stream.read()
    first = content.lstrip()[:1]
    if first == b"{":
        try:
            json.loads(content.lstrip().split(b"\n", 1)[0])
        except ValueError:
            pass
        else:
            yield from load_json_lines(io.BytesIO(content), "-", options)
            return
    yield _document(decode(content, options.encoding), "-", options)


def _json_lines(path: Path, origin: str, options: SourceOptions) -> Iterator[Document | Failure]:
    with path.open("rb") as stream:
        yield from load_json_lines(stream, origin, options)


def _document(
    text: str, origin: str, options: SourceOptions, when: date | datetime | None = None, **fields: str
) -> Document:
    if not text.strip():
        raise SourceError("the file holds no text", remedy="Give a file with text.")
    if len(text) > options.max_characters:
        raise SourceError(
            f"the text has {len(text):,} characters, more than {options.max_characters:,}",
            remedy="Split it into documents, or raise --max-characters.",
        )
    return Document.make(text, date=when, origin=origin, **fields)


LOADERS: dict[str, Loader] = {
    ".txt": load_text,
    ".text": load_text,
    ".md": load_markdown,
    ".markdown": load_markdown,
    ".html": load_html,
    ".htm": load_html,
    ".pdf": load_pdf,
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
    ".csv": load_csv,
    ".parquet": load_parquet,
}
