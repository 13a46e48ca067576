"""Tables of documents: JSON lines, CSV and Parquet, a row a document, read as a stream."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from communique.errors import SourceError
from communique.model import Document, Failure
from communique.sources.decode import decode
from communique.sources.options import SourceOptions

BATCH = 1000
LONGEST_CELL = 50_000_000


def load_json_lines(stream: BinaryIO, origin: str, options: SourceOptions) -> Iterator[Document | Failure]:
    """JSON objects, one a line; a bad line is a Failure that names it, and the rest goes on."""
    read = 0
    for number, raw in enumerate(stream, 1):
        if not raw.strip():
            continue
        read += 1
        try:
            values = json.loads(raw.decode("utf-8-sig"))
        except UnicodeDecodeError:
            yield Failure(origin, "the line is not UTF-8", "Save the file as UTF-8.", number)
            continue
        except ValueError as error:
            column = getattr(error, "colno", "?")
            problem = f"malformed JSON at column {column}: {getattr(error, 'msg', error)}"
            yield Failure(origin, problem, "Mend or remove the line.", number)
            continue
        if not isinstance(values, dict):
            yield Failure(origin, "the line is no JSON object", 'Write {"text": ...} on each line.', number)
            continue
        yield from _row(values, origin, number, options)
    if not read:
        raise SourceError("the file is empty", remedy="Give a file with text.")


def load_csv(path: Path, origin: str, options: SourceOptions) -> Iterator[Document | Failure]:
    """A CSV table with a header."""
    csv.field_size_limit(LONGEST_CELL)
    text = decode(path.read_bytes(), options.encoding)
    reader = csv.reader(io.StringIO(text, newline=""))
    header = [name.strip() for name in next(reader, [])]
    _require(options.text_column, header, options)
    try:
        for row in reader:
            if not any(row):
                continue
            if len(row) > len(header):
                problem = f"the row has {len(row)} cells where the header has {len(header)}"
                yield Failure(origin, problem, 'Quote cells that hold commas: "a, b".', reader.line_num)
                continue
            yield from _row(dict(zip(header, row, strict=False)), origin, reader.line_num, options)
    except csv.Error as error:
        yield Failure(origin, f"malformed CSV: {error}", "Mend the row.", reader.line_num)


def load_parquet(path: Path, origin: str, options: SourceOptions) -> Iterator[Document | Failure]:
    """A Parquet table, read through DuckDB in batches."""
    import duckdb

    try:
        with duckdb.connect(":memory:") as connection:
            cursor = connection.execute("SELECT * FROM read_parquet(?)", [str(path)])
            header = [column[0] for column in cursor.description or []]
            _require(options.text_column, header, options)
            number = 0
            while rows := cursor.fetchmany(BATCH):
                for row in rows:
                    number += 1
                    yield from _row(dict(zip(header, row, strict=True)), origin, number, options)
    except duckdb.Error as error:
        first = str(error).splitlines()[0]
        raise SourceError(f"is no readable Parquet file: {first}", remedy="Write it again.") from error


def to_date(value: Any) -> date | None:
    """A date from what a table may hold: a date, a timestamp, or text in a usual form; None when there is none.

    Raises:
        ValueError: there is a value, and it is no date.
    """
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip()
    for form in (text[:10], text):
        try:
            return date.fromisoformat(form)
        except ValueError:
            continue
    import dateparser

    found = dateparser.parse(text, languages=["en"])
    if found is None:
        raise ValueError(f"{text!r} is no date")
    return found.date()


def _require(column: str, header: Iterable[str], options: SourceOptions) -> None:
    names = list(header)
    if column not in names:
        raise SourceError(
            f"there is no column {options.text_column!r}",
            remedy=f"Columns: {', '.join(names) or 'none'}. Name the right one with --text-column.",
        )


def _row(
    values: Mapping[str, Any], origin: str, line: int, options: SourceOptions
) -> Iterator[Document | Failure]:
    if options.text_column not in values:
        remedy = f"Its keys: {', '.join(values) or 'none'}. Name the right one with --text-column."
        yield Failure(origin, f"there is no {options.text_column!r}", remedy, line)
        return
    text = values[options.text_column]
    if not isinstance(text, str) or not text.strip():
        yield Failure(origin, "the text is empty", "Fill it, or remove the row.", line)
        return
    if len(text) > options.max_characters:
        problem = f"the text has {len(text):,} characters, more than {options.max_characters:,}"
        yield Failure(origin, problem, "Split it, or raise --max-characters.", line)
        return
    when = None
    try:
        when = to_date(values.get(options.date_column))
    except ValueError as error:
        yield Failure(origin, f"the date is not understood: {error}", "Write it as YYYY-MM-DD.", line)
    fields = {
        name: str(values[column])
        for name, column in (
            ("document_id", options.id_column),
            ("title", options.title_column),
            ("url", options.url_column),
            ("source", options.source_column),
            ("language", options.language_column),
        )
        if values.get(column) not in (None, "")
    }
    yield Document.make(text, date=when, origin=origin, line=line, **fields)
