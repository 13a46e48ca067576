"""Adds the user's own entries to the tables of their folder."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from communique.actors.lexicon import (
    COUNTRIES,
    GROUPS,
    HOLDERS,
    OFFICES,
    ORGANISATIONS,
    Holder,
    Table,
    load_lexicon,
    read_anew,
)
from communique.actors.terms import precision
from communique.curation.rows import (
    Entry,
    Sheet,
    at_line,
    by_key,
    content_of,
    read_entries,
    read_sheet,
    table_named,
    table_of,
    table_text,
    write_whole,
)
from communique.curation.rules import Known, faults, label
from communique.errors import DataFileError


class RowsError(DataFileError):
    """What is wrong with the rows of a file; `errors` has them all, each with its line."""

    def __init__(self, path: Path, errors: Sequence[DataFileError]) -> None:
        self.errors = tuple(errors)
        number = f"{len(errors)} rows do" if len(errors) > 1 else "a row does"
        remedy = f"Nothing was added. {errors[0]}"
        super().__init__(f"{number} not fit the table", path=str(path), remedy=remedy)


@dataclass(frozen=True, slots=True)
class Added:
    """What was done to a table: the file written, and how many entries were added, replaced and there already."""

    table: str
    path: Path
    added: int
    replaced: int
    unchanged: int


def add(path: str | Path, folder: str | Path, table: str = "") -> Added:
    """Merges the rows of a file into a table of the user's folder, by key, all or none.

    Args:
        path: CSV with a header, or JSON lines; the columns are those of one of our tables.
        folder: the user's data folder, made where there is none.
        table: the table, where the columns or the name of the file do not tell it.

    Raises:
        RowsError: rows do not fit; nothing is written.
        DataFileError: a file cannot be read or written, or is for no table.
    """
    sheet, where = read_sheet(Path(path)), Path(folder)
    target = table_named(table) if table else table_of(sheet)
    entries, errors = read_entries(sheet, target)
    entries = [Entry(entry.line, _with_precision(entry.value)) for entry in entries]
    errors += _faults(sheet, target, entries, _known(where, target, entries))
    if errors:
        raise RowsError(sheet.path, sorted(errors, key=lambda error: error.line or 0))
    return merge(target, [entry.value for entry in entries], where)


def merge(table: Table[Any], entries: Sequence[Any], folder: Path) -> Added:
    """Puts entries into a table of a folder in place of those of the same key; comments and other rows stay.

    Raises:
        DataFileError: the table cannot be read or written.
    """
    path = folder / table.file
    content = content_of(path, table)
    new = by_key(table, entries)
    old = by_key(table, (item for item in content if not isinstance(item, str)))
    merged = [item if isinstance(item, str) else new.get(table.key(item), item) for item in content]
    merged += [entry for key, entry in new.items() if key not in old]
    write_whole(path, table_text(table, merged))
    read_anew()
    replaced = sum(key in old and old[key] != entry for key, entry in new.items())
    unchanged = sum(key in old and old[key] == entry for key, entry in new.items())
    return Added(table.name, path, len(new) - replaced - unchanged, replaced, unchanged)


def _with_precision(entry: Any) -> Any:
    if isinstance(entry, Holder) and not entry.precision:
        return replace(entry, precision=precision(entry.start, entry.end))
    return entry


def _known(folder: Path, table: Table[Any], entries: Sequence[Entry]) -> Known:
    """What the entries may refer to: the lexicon, the user's tables, and the entries themselves."""
    known = Known.of(load_lexicon((str(folder),) if folder.is_dir() else ()))
    values = [entry.value for entry in entries]
    if table is COUNTRIES:
        return replace(known, countries=known.countries | {country.code for country in values})
    if table in (ORGANISATIONS, GROUPS):
        return replace(known, organisations=known.organisations | {organisation.id for organisation in values})
    if table is OFFICES:
        return replace(known, offices=known.offices | {office.id for office in values})
    return known


def _faults(sheet: Sheet, table: Table[Any], entries: Sequence[Entry], known: Known) -> Iterator[DataFileError]:
    seen: dict[Hashable, int] = {}
    for entry in entries:
        name = label(table, entry.value)
        for fault in faults(table, entry.value, known):
            yield at_line(sheet.path, entry.line, fault.problem, fault.remedy, name)
        first = seen.setdefault(table.key(entry.value), entry.line)
        if first != entry.line:
            yield at_line(sheet.path, entry.line, f"the same entry as in line {first}", "Leave one of them out.", name)
        if table is HOLDERS and entry.value.precision != precision(entry.value.start, entry.value.end):
            problem = f"the precision {entry.value.precision!r} is not that of the dates"
            yield at_line(sheet.path, entry.line, problem, "Leave the cell empty to have it filled.", name)
