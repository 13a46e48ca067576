"""Checks the lexicon, ours and the user's: what is wrong in it, and what it may lack."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from communique.actors.check import check_holders, entry_of
from communique.actors.gazetteer import fold
from communique.actors.lexicon import (
    COUNTRIES,
    GROUPS,
    HOLDERS,
    OFFICES,
    ORGANISATIONS,
    PEOPLES,
    TABLES,
    Lexicon,
    Table,
    layer_folders,
    merged,
)
from communique.actors.people import name_key
from communique.actors.terms import possible_days
from communique.curation.rows import read_entries, read_sheet
from communique.curation.rules import Known, faults, label
from communique.errors import DataFileError

Severity = Literal["error", "note"]
# What check_holders tells and the rules for single entries tell too, with the line.
_TOLD_BY_RULES = frozenset({"unknown-office", "impossible"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding about the lexicon.

    Attributes:
        severity: error where something is wrong, note where something may be missing or unclear.
        kind: malformed, twice, unknown-code, unknown-office, bad-date, impossible, overlap, gap or shared-name.
        where: file and line; files of ours are named without folder.
        entry: the entry concerned, by its key.
        explanation: what does not fit, in one sentence without a full stop.
    """

    severity: Severity
    kind: str
    where: str
    entry: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, errors first, and in how many entries."""

    findings: tuple[Finding, ...]
    entries: int

    @property
    def errors(self) -> int:
        """How many findings tell that something is wrong."""
        return sum(finding.severity == "error" for finding in self.findings)

    @property
    def notes(self) -> int:
        """How many findings are notes."""
        return len(self.findings) - self.errors


@dataclass(frozen=True, slots=True)
class _Placed:
    """An entry with its table, the number of its layer, and the place that it is written at."""

    table: Table[Any]
    value: Any
    layer: int
    where: str

    @property
    def name(self) -> str:
        return label(self.table, self.value)


def check(folders: Iterable[str | Path] = ()) -> Checked:
    """Checks our tables and those of the user's folders, by themselves and together.

    Args:
        folders: the user's folders, a later one winning.

    Raises:
        SettingsError: a folder does not exist.
    """
    findings: list[Finding] = []
    placed: list[_Placed] = []
    layers = layer_folders(map(str, folders))
    for number, folder in enumerate(layers):
        for table in TABLES:
            path = folder / table.file
            if path.is_file():
                _read(path, path.name if number == 0 else str(path), table, number, placed, findings)
    lexicon = merged([_lexicon(entry for entry in placed if entry.layer == n) for n in range(len(layers))])
    known = Known.of(lexicon)
    for entry in placed:
        for fault in faults(entry.table, entry.value, known):
            findings.append(Finding("error", fault.kind, entry.where, entry.name, fault.problem))
    findings.extend(_twice(placed))
    findings.extend(_terms(lexicon, placed))
    findings.extend(_shared_names(lexicon, placed))
    return Checked(tuple(sorted(findings, key=lambda finding: finding.severity)), len(placed))


def _read(
    path: Path, shown: str, table: Table[Any], layer: int, placed: list[_Placed], findings: list[Finding]
) -> None:
    try:
        sheet = read_sheet(path)
    except DataFileError as error:
        where = f"{shown}:{error.line}" if error.line else shown
        findings.append(Finding("error", "malformed", where, error.key, error.problem))
        return
    entries, errors = read_entries(sheet, table)
    placed.extend(_Placed(table, entry.value, layer, f"{shown}:{entry.line}") for entry in entries)
    for wrong in errors:
        findings.append(Finding("error", "malformed", f"{shown}:{wrong.line}", wrong.key, wrong.problem))


def _lexicon(entries: Iterable[_Placed]) -> Lexicon:
    """One layer of the entries that could be read."""
    tables: dict[str, dict[Hashable, Any]] = {table.name: {} for table in TABLES if table is not GROUPS}
    for entry in entries:
        name = ORGANISATIONS.name if entry.table is GROUPS else entry.table.name
        tables[name][entry.table.key(entry.value)] = entry.value
    return Lexicon(**{name: tuple(found.values()) for name, found in tables.items()})


def _twice(placed: Iterable[_Placed]) -> Iterator[Finding]:
    """Keys that two entries of one layer have, organisations and groups taken together."""
    seen: dict[tuple[int, str, Hashable], _Placed] = {}
    for entry in placed:
        table = ORGANISATIONS.name if entry.table is GROUPS else entry.table.name
        first = seen.setdefault((entry.layer, table, entry.table.key(entry.value)), entry)
        if first is not entry:
            yield Finding("error", "twice", entry.where, entry.name, f"the same entry is in {first.where}")


def _terms(lexicon: Lexicon, placed: Iterable[_Placed]) -> Iterator[Finding]:
    """Overlaps, gaps and bad dates of terms; where ours and the user's overlap, the user's hold and it is a note."""
    of = {entry_of(entry.value): entry for entry in placed if entry.table is HOLDERS}
    for found in check_holders(lexicon.offices, lexicon.holders):
        here, there = of[found.entry], of.get(found.other)
        if found.kind in _TOLD_BY_RULES or (found.kind == "bad-date" and "is no date" in found.explanation):
            continue
        noted = found.kind == "gap" or (there is not None and there.layer != here.layer)
        yield Finding("note" if noted else "error", found.kind, here.where, found.entry, found.explanation)


def _shared_names(lexicon: Lexicon, placed: Iterable[_Placed]) -> Iterator[Finding]:
    """Names that several entries of a table bear at one time."""
    holding = {
        id(entry) for name in ("countries", "organisations", "offices", "peoples") for entry in getattr(lexicon, name)
    }
    bearers: dict[tuple[str, str, str], list[_Placed]] = defaultdict(list)
    for entry in placed:
        if id(entry.value) in holding:
            for owner, name in _names(entry):
                bearers[entry.table.name, owner, name].append(entry)
    for (_, _, name), entries in bearers.items():
        for later, entry in enumerate(entries):
            for earlier in entries[:later]:
                if _thing(earlier) != _thing(entry) and _at_one_time(earlier.value, entry.value):
                    explanation = f"{name!r} is a name of {earlier.name}, too ({earlier.where})"
                    yield Finding("note", "shared-name", entry.where, entry.name, explanation)


def _names(entry: _Placed) -> Iterator[tuple[str, str]]:
    """The names of an entry, each with whose they are: titles are those of a country."""
    value = entry.value
    if entry.table is OFFICES:
        yield from ((value.country, name) for name in dict.fromkeys(map(name_key, (value.name, *value.aliases))))
    elif entry.table is COUNTRIES:
        yield from (("", name) for name in _folded(value.name, *value.names, *value.demonyms))
    elif entry.table is PEOPLES:
        yield from (("", name) for name in _folded(value.name, *value.forms))
    elif entry.table in (ORGANISATIONS, GROUPS):
        yield from (("", name) for name in _folded(value.name, *value.aliases))


def _folded(*names: str) -> Iterable[str]:
    """Names as they are compared, each once, in their order."""
    return dict.fromkeys(map(fold, names))


def _thing(entry: _Placed) -> str:
    """What an entry is about: one country may have an entry for each of its names."""
    return str(entry.value.code) if entry.table is COUNTRIES else entry.name


def _at_one_time(one: Any, other: Any) -> bool:
    spans = [(_first(entry), _last(entry)) for entry in (one, other)]
    return max(first for first, _ in spans) <= min(last for _, last in spans)


def _first(entry: Any) -> date:
    span = possible_days(getattr(entry, "start", ""))
    return span[1] if span else date.min


def _last(entry: Any) -> date:
    span = possible_days(getattr(entry, "end", ""))
    return span[0] if span else date.max
