"""What an entry of the lexicon must be: codes of the codebook, dates that can be, names that can be found."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from communique.actors.lexicon import AGENTS, COUNTRIES, OFFICES, RELATIONAL, TITLES, Lexicon, Table
from communique.actors.terms import possible_days
from communique.datafiles import LIST_SEPARATOR, build, load_yaml, packaged

DATA = "communique.curation.data"
Kind = Literal["malformed", "twice", "unknown-code", "bad-date", "impossible", "unknown-office", "overlap"]

_WIKIDATA = re.compile(r"Q[1-9]\d*")
_COUNTRY = re.compile(r"[A-Z]{3}")
# Words of these tables are compared with a text in lower case.
_LOWER = {AGENTS.name: "word", RELATIONAL.name: "word", TITLES.name: "phrase"}


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes that cells may hold; `instead` stand in the place of a country, `kinds` are by table."""

    sectors: tuple[str, ...]
    second: tuple[str, ...]
    instead: tuple[str, ...]
    levels: tuple[str, ...]
    kinds: dict[str, tuple[str, ...]]
    readings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What entries may refer to: codes of countries, ids of organisations and of offices."""

    countries: frozenset[str]
    organisations: frozenset[str]
    offices: frozenset[str]

    @classmethod
    def of(cls, lexicon: Lexicon) -> Known:
        """What a lexicon has."""
        return cls(
            frozenset(country.code for country in lexicon.countries),
            frozenset(organisation.id for organisation in lexicon.organisations),
            frozenset(office.id for office in lexicon.offices),
        )


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an entry, and what to do about it."""

    kind: Kind
    problem: str
    remedy: str


@cache
def codes() -> Codes:
    """The codes of codes.yaml."""
    path = packaged(DATA, "codes.yaml")
    return build(Codes, load_yaml(path), path=path, where="codes")


def label(table: Table[Any], entry: Any) -> str:
    """How messages name an entry: by its key."""
    key = table.key(entry)
    return ", ".join(map(str, key)) if isinstance(key, tuple) else str(key)


def faults(table: Table[Any], entry: Any, known: Known) -> Iterator[Fault]:
    """What is wrong with an entry by itself; whether it fits with others is not asked."""
    yield from _cells(table, entry)
    fields = {field.name for field in dataclasses.fields(entry)}
    if "start" in fields:
        yield from _dates(entry.start, entry.end)
    if "sector" in fields:
        yield from _sectors(table, entry)
    if "country" in fields:
        yield from _country(table, entry.country, known)
    if "office" in fields and table is not TITLES and entry.office not in known.offices:
        yield Fault("unknown-office", f"there is no office {entry.office!r}", "Add it to offices.csv first.")
    allowed = {"kind": codes().kinds.get(table.name), "level": codes().levels, "reading": codes().readings}
    for name in ("kind", "level", "reading"):
        value, choices = getattr(entry, name, ""), allowed[name]
        if value and choices and value not in choices:
            yield Fault("unknown-code", f"unknown {name} {value!r}", f"One of: {', '.join(choices)}.")


def _cells(table: Table[Any], entry: Any) -> Iterator[Fault]:
    first = dataclasses.fields(entry)[0].name
    for field in dataclasses.fields(entry):
        value = getattr(entry, field.name)
        parts = value if isinstance(value, tuple) else (value,)
        if any("\n" in str(part) or "\r" in str(part) for part in parts):
            yield Fault("malformed", f"{field.name} holds a line break", "Write it on one line.")
        if isinstance(value, tuple) and any(LIST_SEPARATOR in part for part in value):
            yield Fault(
                "malformed", f"{field.name} holds {LIST_SEPARATOR!r} within a name", "It parts names: leave it out."
            )
    key = table.key(entry)
    if not (key[0] if isinstance(key, tuple) else key):
        yield Fault("malformed", f"{first} is empty", "Fill it: it tells the entry from others.")
    if str(getattr(entry, first)).startswith("#"):
        yield Fault("malformed", f"{first} begins with '#'", "Such a line is a comment: leave the sign out.")
    word = _LOWER.get(table.name)
    if word and getattr(entry, word) != getattr(entry, word).lower():
        yield Fault("malformed", f"{word} {getattr(entry, word)!r} has capitals", "Write it in lower case, singular.")
    if table is COUNTRIES and not _COUNTRY.fullmatch(entry.code):
        yield Fault("unknown-code", f"{entry.code!r} is no country code", "Write three capitals, as ISO 3166 does.")
    wikidata = getattr(entry, "wikidata", "")
    if wikidata and not _WIKIDATA.fullmatch(wikidata):
        yield Fault("unknown-code", f"{wikidata!r} is no Wikidata id", "Write it as Q42, or leave it empty.")


def _dates(start: str, end: str) -> Iterator[Fault]:
    spans = [possible_days(iso) for iso in (start, end)]
    for iso, span in zip((start, end), spans, strict=True):
        if iso and span is None:
            yield Fault("bad-date", f"{iso!r} is no date", "Write it as YYYY, YYYY-MM or YYYY-MM-DD.")
    if spans[0] and spans[1] and spans[1][1] < spans[0][0]:
        yield Fault("impossible", f"it ends on {end} before it starts on {start}", "Mend one of the two.")


def _sectors(table: Table[Any], entry: Any) -> Iterator[Fault]:
    allowed = (*codes().sectors, *(codes().instead if table is OFFICES else ()))
    if entry.sector and entry.sector not in allowed:
        yield Fault("unknown-code", f"unknown sector {entry.sector!r}", f"One of: {', '.join(allowed)}.")
    second = (*codes().sectors, *codes().second)
    for code in getattr(entry, "subsector", "").split():
        if code not in second:
            yield Fault("unknown-code", f"unknown subsector {code!r}", f"Of these: {', '.join(second)}.")


def _country(table: Table[Any], country: str, known: Known) -> Iterator[Fault]:
    if not country and table is not OFFICES:
        return
    if country in known.countries or country in codes().instead:
        return
    if table is OFFICES:
        if country in known.organisations:
            return
        remedy = "Give a country of countries.csv by its code, or an organisation by its id; add it first if it is new."
    else:
        remedy = f"Give its ISO 3166-1 alpha-3 code, or one of {', '.join(codes().instead)}."
    yield Fault("unknown-code", f"unknown country {country!r}", remedy)
