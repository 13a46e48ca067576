"""What Wikidata's answers say: offices, terms and organisations, with dates no more precise than they are known."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from communique.actors.terms import compatible, possible_days
from communique.curation.web import Binding

_ENTITY = re.compile(r"https?://www\.wikidata\.org/entity/(Q[1-9]\d*)")
_TIME = re.compile(r"\+?(\d{4})-(\d{2})-(\d{2})T")
# Wikidata's precisions of time, and the length of an ISO date of that precision; a decade or century is no date for us.
_LENGTHS = {"9": 4, "10": 7, "11": 10}
# Terms of one person in one office with less between them are one: re-elections.
_PAUSE = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Position:
    """An office in Wikidata; `owner` is a country's code, or an organisation's id there, with its name."""

    wikidata: str
    label: str
    role: str
    owner: str
    owner_name: str = ""


@dataclass(frozen=True, slots=True)
class Served:
    """A term: `position` is the office's id in Wikidata, or '' where only role and country are told."""

    person: str
    name: str
    position: str
    role: str = ""
    owner: str = ""
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation."""

    wikidata: str
    name: str
    short: tuple[str, ...] = ()
    start: str = ""
    end: str = ""


@dataclass(slots=True)
class _Labels:
    """Labels by what they name: the English one, or the one that is the same in all languages."""

    found: dict[str, tuple[bool, str]] = field(default_factory=dict)

    def add(self, thing: str, row: Binding, name: str = "label") -> None:
        cell = row.get(name, {})
        if cell.get("value", "").strip():
            new = (cell.get("xml:lang") != "en", " ".join(cell["value"].split()))
            self.found[thing] = min(self.found.get(thing, new), new)

    def __getitem__(self, thing: str) -> str:
        return self.found[thing][1]


def entity(row: Binding, name: str) -> str:
    """The id of an item in a row; '' for an unknown value."""
    match = _ENTITY.fullmatch(row.get(name, {}).get("value", ""))
    return match.group(1) if match else ""


def iso_date(row: Binding, name: str) -> str:
    """A date of a row to the day, month or year as its precision says; '' where it is vaguer or none."""
    match = _TIME.match(row.get(name, {}).get("value", ""))
    length = _LENGTHS.get(row.get(f"{name}Precision", {}).get("value", ""))
    iso = "-".join(match.groups())[:length] if match and length else ""
    return iso if iso and possible_days(iso) else ""


def positions(rows: Iterable[Binding], role: str = "") -> list[Position]:
    """The offices of an answer; the role is in the row or the one given."""
    found: dict[tuple[str, str, str], str] = {}
    labels, owners = _Labels(), _Labels()
    for row in rows:
        position = entity(row, "position")
        owner = entity(row, "owner") or row.get("owner", {}).get("value", "")
        if position and owner:
            labels.add(position, row)
            owners.add(owner, row, "ownerLabel")
            found[row.get("role", {}).get("value", role), owner, position] = owner
    return [
        Position(position, labels[position], kind, owner, owners[owner] if owner in owners.found else "")
        for kind, owner, position in found
        if position in labels.found
    ]


def served(rows: Iterable[Binding]) -> list[Served]:
    """The terms of an answer, those of one person in one office that follow each other as one."""
    names = _Labels()
    terms: dict[tuple[str, str, str, str], set[tuple[str, str]]] = defaultdict(set)
    for row in rows:
        person = entity(row, "person")
        if person:
            names.add(person, row)
            role, owner = (row.get(name, {}).get("value", "") for name in ("role", "owner"))
            terms[person, entity(row, "position"), role, owner].add((iso_date(row, "start"), iso_date(row, "end")))
    return [
        Served(person, names[person], position, role, owner, start, end)
        for (person, position, role, owner), dates in terms.items()
        if person in names.found
        for start, end in _joined(sorted(dates))
    ]


def bodies(rows: Iterable[Binding]) -> list[Body]:
    """The organisations of an answer; of several dates the vaguest that all of them fit, else none."""
    found: dict[str, list[Body]] = defaultdict(list)
    for row in rows:
        organisation, label = entity(row, "organisation"), row.get("label", {}).get("value", "").strip()
        if organisation and label:
            short = row.get("short", {}).get("value", "").strip()
            body = Body(organisation, label, (short,) if short else (), iso_date(row, "start"), iso_date(row, "end"))
            found[organisation].append(body)
    return [_one(several) for several in found.values()]


def _one(several: Sequence[Body]) -> Body:
    short = dict.fromkeys(name for body in several for name in body.short)
    starts, ends = ([getattr(body, name) for body in several] for name in ("start", "end"))
    return replace(several[0], short=tuple(short), start=_agreed(starts), end=_agreed(ends))


def _agreed(dates: Iterable[str]) -> str:
    shortest, *others = sorted(set(dates), key=lambda iso: (len(iso), iso))
    return shortest if all(compatible(shortest, other) for other in others) else ""


def _joined(terms: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Terms in order of their starts, with those that follow each other at once made one.

    A term without an end that another of the same person follows was not closed: when it ended is not known.
    """
    joined: list[tuple[str, str]] = []
    for start, end in terms:
        if joined and not joined[-1][1] and start:
            joined.pop()
        if joined and _goes_on(joined[-1][1], start):
            before = joined.pop()
            joined.append((before[0], end and max(end, before[1])))
        else:
            joined.append((start, end))
    return joined


def _goes_on(end: str, start: str) -> bool:
    """Whether a term that starts so goes on one that ended so."""
    first, last = possible_days(start), possible_days(end)
    return first is not None and last is not None and first[0] - last[1] <= _PAUSE
