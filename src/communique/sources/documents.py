"""Texts and rows into documents: what every loader shares."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from communique.errors import SourceError
from communique.model import Document, Failure
from communique.sources.dates import to_date
from communique.sources.options import SourceOptions

HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_BYTES_A_CHARACTER = 4
_KINDS = {dict: "an object", list: "a list", bool: "true or false", int: "a number", float: "a number"}


def whole_document(
    text: str, origin: str, options: SourceOptions, fields: Mapping[str, Any] | None = None
) -> Iterator[Document | Failure]:
    """The document of a file that holds one; before it a Failure where its date is not understood.

    Args:
        text: its text.
        origin: its path.
        options: for the longest text.
        fields: what the file says of itself: title, date, url, source, language.

    Raises:
        SourceError: there is no text, or too much of it.
    """
    if not text.strip():
        raise SourceError("the file holds no text", remedy="Give a file with text.")
    if problem := too_long(text, options):
        raise SourceError(problem, remedy=SPLIT)
    known = dict(fields or {})
    when = None
    try:
        when = to_date(known.pop("date", None))
    except ValueError as error:
        yield Failure(origin, f"the date is not understood: {error}", WRITE_ISO)
    plain = {name: mended(str(value)) for name, value in known.items() if value}
    yield Document.make(mended(text), date=when, origin=origin, **plain)


def row_document(
    values: Mapping[str, Any], origin: str, line: int, options: SourceOptions
) -> Iterator[Document | Failure]:
    """The document of one row, or the Failure that names it; both where its date is not understood.

    Args:
        values: the row's cells by their columns.
        origin: the table's path.
        line: the row's number, from 1.
        options: for the names of the columns and the longest text.
    """
    document_id = _cell(values.get(options.id_column))

    def failure(problem: str, remedy: str) -> Failure:
        return Failure(origin, problem, remedy, line, document_id)

    if options.text_column not in values:
        yield failure(f"the row has no {options.text_column!r}", columns_remedy(values))
        return
    text = values[options.text_column]
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8")
        except UnicodeDecodeError:
            yield failure("the text is bytes that are not UTF-8", "Write the column as text.")
            return
    if text is None or text != text or (isinstance(text, str) and not text.strip()):
        yield failure("the text is empty", "Fill it, or remove the row.")
        return
    if not isinstance(text, str):
        kind = _KINDS.get(type(text), type(text).__name__)
        yield failure(f"{options.text_column!r} holds {kind}, not text", "Name another with --text-column.")
        return
    if problem := too_long(text, options):
        yield failure(problem, SPLIT)
        return
    when = None
    try:
        when = to_date(values.get(options.date_column))
    except ValueError as error:
        yield failure(f"the date is not understood: {error}", WRITE_ISO)
    yield Document.make(
        mended(text),
        document_id=document_id,
        date=when,
        title=_cell(values.get(options.title_column)),
        url=_cell(values.get(options.url_column)),
        source=_cell(values.get(options.source_column)),
        language=_cell(values.get(options.language_column)),
        origin=origin,
        line=line,
    )


SPLIT = "Split it, or raise --max-characters."
WRITE_ISO = "Write it as YYYY-MM-DD; the document is read without it."


def columns_remedy(names: Iterable[str]) -> str:
    """What to do about a missing column of text: the columns that there are."""
    listed = ", ".join(repr(name) for name in names)
    return f"Its columns: {listed or 'none'}. Name the right one with --text-column."


def too_long(text: str, options: SourceOptions) -> str:
    """The problem of a text that is longer than allowed, '' for one that is not."""
    if len(text) <= options.max_characters:
        return ""
    return f"the text has {len(text):,} characters, more than {options.max_characters:,}"


def most_bytes(options: SourceOptions) -> int:
    """Bytes above which a text is too long in any encoding, so that it need not be read to know."""
    return options.max_characters * _BYTES_A_CHARACTER


def mended(text: str) -> str:
    """The text with halves of characters (lone surrogates) replaced one by one, since nothing can store them.

    Offsets stay as they are.
    """
    return text if text.isascii() else HALF_CHARACTER.sub("\ufffd", text)


def _cell(value: Any) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, dict | list):
        return mended(json.dumps(value, ensure_ascii=False, sort_keys=True))
    return mended(str(value).strip())
