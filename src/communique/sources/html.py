"""HTML pages: the article, and what the page says of itself, as trafilatura finds them."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from communique.errors import SourceError
from communique.model import Document, Failure
from communique.sources.decode import decode
from communique.sources.documents import whole_document
from communique.sources.options import SourceOptions
from communique.sources.plain import read_bytes

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
# Browsers read these names as windows-1252, and so do the people who write them.
_LATIN = frozenset({"iso-8859-1", "latin1", "latin-1", "ascii", "us-ascii"})
# A menu has words, but no sentence: at least six words up to a full stop, or its like.
_SENTENCE = re.compile(r"(?:\S+[ \t\n]+){5,}?\S*[.!?…。](?:[\"'”’»)]|\s|$)")
# Only dates that the page declares: a search through its words may find the copyright's or another story's.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2099-12-31"}


def load_html(path: Path, origin: str, options: SourceOptions) -> Iterator[Document | Failure]:
    """An .html file: its article as one document, with title, date, address and site where the page has them.

    Raises SourceError where the page holds no article.
    """
    content = read_bytes(path, options)
    markup = decode(content, origin, options.encoding, declared=_declared(content))
    found = _extract(markup)
    text = str(found.get("text") or "")
    if not _SENTENCE.search(text):
        remedy = "Save the article's text as .txt, or check that the page is not drawn by JavaScript."
        raise SourceError("no article was found in the page", remedy=remedy)
    fields = {
        "title": found.get("title"),
        "date": found.get("date"),
        "url": found.get("url"),
        "source": found.get("sitename"),
    }
    yield from whole_document(text, origin, options, fields)


def _declared(content: bytes) -> str:
    declared = _DECLARED.search(content[:4096])
    name = declared[1].decode("ascii", "replace").lower() if declared else ""
    return "cp1252" if name in _LATIN else name


def _extract(markup: str) -> dict[str, Any]:
    import trafilatura
    from lxml.etree import LxmlError  # type: ignore[import-untyped]

    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        found = trafilatura.bare_extraction(
            markup,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params=_DATES,
        )
    except (LxmlError, ValueError, TypeError, RecursionError) as error:
        raise SourceError(f"the page cannot be parsed: {error}", remedy="Save its text as .txt.") from error
    if found is None:
        return {}
    return found if isinstance(found, dict) else dict(found.as_dict())
