"""Tables as files: rows with their lines read from CSV or JSON lines, and written so that a kill leaves them whole."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import os
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from communique.actors.lexicon import GROUPS, ORGANISATIONS, TABLES, Table
from communique.curation.rules import codes
from communique.datafiles import LIST_SEPARATOR, build, read_text
from communique.errors import DataFileError

T = TypeVar("T")
JSON_LINES = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a file: its line, counted from 1, and its cells that are not empty."""

    line: int
    cells: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of rows: the columns, and rows or (as text, in their place) comments."""

    path: Path
    columns: tuple[str, ...]
    content: tuple[Row | str, ...]

    @property
    def rows(self) -> list[Row]:
        """The rows without the comments."""
        return [item for item in self.content if isinstance(item, Row)]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a table and the line that it stands on."""

    line: int
    value: Any


def read_sheet(path: Path) -> Sheet:
    """A CSV file with a header (lines with # are comments), or JSON lines where the name ends so.

    Raises:
        DataFileError: it cannot be read, is not UTF-8, has no header, or a line does not fit it.
    """
    if path.suffix.lower() in JSON_LINES:
        return _read_json_lines(path)
    return _read_csv(path)


def read_entries(sheet: Sheet, table: Table[Any]) -> tuple[list[Entry], list[DataFileError]]:
    """The rows that fit a table's columns as its entries, and what is wrong with the others."""
    entries: list[Entry] = []
    errors: list[DataFileError] = []
    for row in sheet.rows:
        try:
            entries.append(Entry(row.line, build(table.entry, row.cells, path=sheet.path, where="row")))
        except DataFileError as error:
            key = error.key.removeprefix("row").removeprefix(".")
            errors.append(at_line(sheet.path, row.line, error.problem, error.remedy, key))
    return entries, errors


def content_of(path: Path, table: Table[Any]) -> list[Any]:
    """Entries and comments of a user's table, in order; none where there is no file.

    Raises:
        DataFileError: for the first row that does not fit the table.
    """
    if not path.exists():
        return []
    sheet = read_sheet(path)
    entries, errors = read_entries(sheet, table)
    if errors:
        raise errors[0]
    by_line = {entry.line: entry.value for entry in entries}
    return [item if isinstance(item, str) else by_line[item.line] for item in sheet.content]


def at_line(path: Path, line: int, problem: str, remedy: str = "", key: str = "") -> DataFileError:
    """The error of a line of a file."""
    return DataFileError(problem, path=str(path), line=line, remedy=remedy, key=key)


def table_named(name: str) -> Table[Any]:
    """The table of a name; raises DataFileError where there is none."""
    for table in TABLES:
        if table.name == name:
            return table
    raise DataFileError(f"there is no table {name!r}", remedy=f"One of: {', '.join(t.name for t in TABLES)}.")


def table_of(sheet: Sheet) -> Table[Any]:
    """The table that a file is for: the one that it is named after, else the one whose columns it has.

    Raises:
        DataFileError: no table has all of its columns.
    """
    given = set(sheet.columns)
    fitting = [table for table in TABLES if given <= set(columns_of(table)) and _required(table) <= given]
    for table in fitting:
        if sheet.path.stem == table.name:
            return table
    if not fitting:
        nearest = max(TABLES, key=lambda table: len(given & set(columns_of(table))))
        unknown = sorted(given - set(columns_of(nearest)))
        missing = sorted(_required(nearest) - given)
        what = (
            f"{nearest.name} has no column {unknown[0]!r}" if unknown else f"{nearest.name} needs {', '.join(missing)}"
        )
        remedy = f"It has: {', '.join(columns_of(nearest))}. Tables: {', '.join(table.name for table in TABLES)}."
        problem = f"its columns are those of no table; {nearest.name} {what}"
        raise DataFileError(problem, path=str(sheet.path), remedy=remedy)
    table = min(fitting, key=lambda table: len(columns_of(table)))
    kinds = {row.cells.get("kind") for row in sheet.rows}
    return GROUPS if table is ORGANISATIONS and kinds <= set(codes().kinds["groups"]) else table


def columns_of(table: Table[Any]) -> tuple[str, ...]:
    """The columns of a table, in order."""
    return tuple(field.name for field in dataclasses.fields(table.entry))


def by_key(table: Table[T], entries: Iterable[T]) -> dict[Hashable, T]:
    """Entries by their keys, the last of each."""
    return {table.key(entry): entry for entry in entries}


def table_text(table: Table[Any], content: Iterable[Any]) -> str:
    """A table as CSV: entries, and comments as they are given."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns_of(table))
    for item in content:
        if isinstance(item, str):
            out.write(item.rstrip("\n") + "\n")
        else:
            writer.writerow(_cell(getattr(item, name)) for name in columns_of(table))
    return out.getvalue()


def write_whole(path: Path, text: str) -> None:
    """Writes a file in one step: whoever reads it sees the old text or the new one, and a kill leaves the old.

    Raises:
        DataFileError: the folder or the file cannot be written.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("w", encoding="utf-8", newline="") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        problem = f"cannot be written: {error.strerror}"
        raise DataFileError(problem, path=str(path), remedy="Name another folder.") from error


def _required(table: Table[Any]) -> set[str]:
    return {field.name for field in dataclasses.fields(table.entry) if field.default is dataclasses.MISSING}


def _cell(value: object) -> str:
    if value is None:
        return ""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return LIST_SEPARATOR.join(value)
    if isinstance(value, bool):
        return "yes" if value else ""
    return str(value)


def _read_csv(path: Path) -> Sheet:
    content: list[Row | str] = []
    columns: tuple[str, ...] = ()
    for start, cells in _csv_rows(path, content):
        if not columns:
            columns = tuple(cell.strip() for cell in cells)
            continue
        if len(cells) > len(columns):
            problem = f"{len(cells)} cells where the header has {len(columns)}"
            raise at_line(path, start, problem, 'Quote a cell that holds a comma: "a, b".', cells[0])
        content.append(Row(start, {name: cell for name, cell in zip(columns, cells, strict=False) if cell != ""}))
    if not columns:
        raise DataFileError("the table is empty", path=str(path), remedy="Its first line must name the columns.")
    return Sheet(path, columns, tuple(content))


def _csv_rows(path: Path, content: list[Row | str]) -> Iterator[tuple[int, list[str]]]:
    """The rows with the lines that they begin on; comments go to `content` where they stand."""
    lines = list(enumerate(io.StringIO(read_text(path)), 1))
    at = 0

    def rest() -> Iterator[str]:
        nonlocal at
        while at < len(lines):
            at += 1
            yield lines[at - 1][1]

    reader = csv.reader(rest())
    while at < len(lines):
        number, line = lines[at]
        if not line.strip() or line.startswith("#"):
            at += 1
            if line.startswith("#"):
                content.append(line)
            continue
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise at_line(path, number, f"is no CSV: {error}", "Save the table as CSV in UTF-8.") from error
        if cells:
            yield number, cells


def _read_json_lines(path: Path) -> Sheet:
    rows: list[Row] = []
    for number, line in enumerate(read_text(path).splitlines(), 1):
        if not line.strip():
            continue
        try:
            cells = json.loads(line)
        except ValueError as error:
            raise at_line(path, number, "is no JSON", 'Write one object a line: {"id": ..., "name": ...}.') from error
        if not isinstance(cells, dict):
            raise at_line(path, number, "is no JSON object", 'Write one object a line: {"id": ..., "name": ...}.')
        rows.append(Row(number, {name: value for name, value in cells.items() if value not in ("", None, [])}))
    if not rows:
        raise DataFileError("holds no row", path=str(path), remedy="Write one JSON object a line.")
    return Sheet(path, tuple(dict.fromkeys(name for row in rows for name in row.cells)), tuple(rows))
