"""PDF files: the text of their pages, as pypdf extracts it."""

from __future__ import annotations

import logging
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from communique.errors import SourceError
from communique.model import Document, Failure
from communique.sources.documents import SPLIT, whole_document
from communique.sources.options import SourceOptions

if TYPE_CHECKING:
    from pypdf import PdfReader

_AGAIN = "Save it again from a PDF viewer, or as .txt."
_PAGE_BREAK = "\n\n"
# What pypdf lets out of damaged files, besides its own errors.
_DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


def load_pdf(path: Path, origin: str, options: SourceOptions) -> Iterator[Document | Failure]:
    """A .pdf file: one document, with an empty line between pages; a Failure before it for a page not read.

    Raises SourceError where it is no PDF, is encrypted, or holds no text.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    with path.open("rb") as stream:
        head = stream.read(1024)
        if not head.strip():
            raise SourceError("the file is empty", remedy="Give a file with text.")
        if b"%PDF-" not in head:
            raise SourceError("is no PDF, whatever its extension says", remedy=_AGAIN)
    pages: list[str] = []
    yield from _pages(path, origin, options, pages)
    if not any(page.strip() for page in pages):
        remedy = "Run text recognition (OCR) over it first."
        raise SourceError("the PDF holds no text, only images or nothing", remedy=remedy)
    yield from whole_document(_PAGE_BREAK.join(pages), origin, options)


def _pages(path: Path, origin: str, options: SourceOptions, texts: list[str]) -> Iterator[Failure]:
    """Fills `texts` with the pages' texts; gives a Failure for each page that is damaged."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    length = 0
    try:
        with PdfReader(path) as reader:
            _decrypt(reader)
            for index in range(len(reader.pages)):
                try:
                    text = reader.pages[index].extract_text()
                except (PyPdfError, DependencyError, *_DAMAGE) as error:
                    problem = f"page {index + 1} of the PDF cannot be read: {_reason(error)}"
                    yield Failure(origin, problem, f"The document is read without it. {_AGAIN}")
                    continue
                texts.append(text)
                length += len(text)
                if length > options.max_characters:
                    problem = f"the text has more than {options.max_characters:,} characters"
                    raise SourceError(f"{problem} by page {index + 1}", remedy=SPLIT)
    except (PyPdfError, DependencyError, *_DAMAGE) as error:
        raise SourceError(f"the PDF cannot be read: {_reason(error)}", remedy=_AGAIN) from error


def _decrypt(reader: PdfReader) -> None:
    """Opens a PDF that is encrypted without a password, as some are that only forbid printing."""
    from pypdf.errors import DependencyError, PyPdfError

    if not reader.is_encrypted:
        return
    try:
        opened = bool(reader.decrypt(""))
    except (PyPdfError, DependencyError, NotImplementedError):
        opened = False
    if not opened:
        raise SourceError("the PDF is encrypted", remedy="Save it without a password.")


def _reason(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
