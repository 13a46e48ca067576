"""The loaders by the extensions of files: to read a new kind, add its loader here."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from communique.errors import SourceError
from communique.model import Document, Failure
from communique.sources.csvtable import load_csv
from communique.sources.decode import SAMPLE, decode, encoding_of, read_text
from communique.sources.documents import SPLIT, most_bytes, whole_document
from communique.sources.html import load_html
from communique.sources.jsonlines import load_json_lines, read_json_lines
from communique.sources.options import SourceOptions
from communique.sources.parquet import load_parquet
from communique.sources.pdf import load_pdf
from communique.sources.plain import load_markdown, load_text

Loader = Callable[[Path, str, SourceOptions], Iterator[Document | Failure]]

LOADERS: dict[str, Loader] = {
    ".txt": load_text,
    ".text": load_text,
    ".md": load_markdown,
    ".markdown": load_markdown,
    ".html": load_html,
    ".htm": load_html,
    ".pdf": load_pdf,
    ".jsonl": load_json_lines,
    ".ndjson": load_json_lines,
    ".csv": load_csv,
    ".tsv": load_csv,
    ".parquet": load_parquet,
}
# A text does not begin so, and a broken first line must not make one text of a table.
_OBJECT = re.compile(r'\s*\{\s*(?:["}\n]|$)')


def load_standard_input(stream: BinaryIO, origin: str, options: SourceOptions) -> Iterator[Document | Failure]:
    """Standard input: JSON lines where the first line that is not blank begins an object, else one text.

    Raises SourceError where it is empty, binary, or too long a text.
    """
    buffered = io.BufferedReader(cast(io.RawIOBase, stream), SAMPLE)
    try:
        sample = buffered.peek(SAMPLE)
        if sample.strip() and _OBJECT.match(_head(sample, options)):
            yield from _json_lines(buffered, origin, options)
            return
        content = buffered.read(most_bytes(options) + 1)
        if len(content) > most_bytes(options):
            problem = f"the text has more than {options.max_characters:,} characters"
            raise SourceError(problem, remedy=SPLIT)
        yield from whole_document(decode(content, origin, options.encoding), origin, options)
    finally:
        # Closing the buffer would close standard input itself, which is not ours.
        buffered.detach()


def _json_lines(buffered: io.BufferedReader[Any], origin: str, options: SourceOptions) -> Iterator[Document | Failure]:
    text = read_text(buffered, origin, options.encoding, newline="\n")
    try:
        yield from read_json_lines(text, origin, options)
    finally:
        text.detach()


def _head(sample: bytes, options: SourceOptions) -> str:
    """The beginning of a sample as text."""
    return sample[:4096].decode(encoding_of(sample, options.encoding), "replace").removeprefix("\ufeff")
