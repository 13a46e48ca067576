"""What a view is asked for: countries by code or name, their regions, topics with those that belong to them, weeks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta
from difflib import get_close_matches
from functools import cache

from communique.actors.lexicon import Country
from communique.datafiles import load_yaml, packaged, read_csv_entries, read_csv_pairs
from communique.errors import SettingsError

WEEK = re.compile(r"(\d{4})-?W(\d{1,2})", re.IGNORECASE)
ELSEWHERE = "No region"
REGIONS = (
    *("Northern Africa", "Eastern Africa", "Middle Africa", "Southern Africa", "Western Africa", "Northern America"),
    *("Central America", "Caribbean", "South America", "Central Asia", "Eastern Asia", "South-eastern Asia"),
    *("Southern Asia", "Western Asia", "Eastern Europe", "Northern Europe", "Southern Europe", "Western Europe"),
    *("Australia and New Zealand", "Melanesia", "Micronesia", "Polynesia", "Antarctica"),
)


@dataclass(frozen=True, slots=True)
class Side:
    """A country: its code and its name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Span:
    """Days from and to, both included; None is open."""

    since: Date | None = None
    until: Date | None = None

    def __post_init__(self) -> None:
        if self.since and self.until and self.since > self.until:
            raise SettingsError(f"--since {self.since} is after --until {self.until}", remedy="Swap them.")

    def holds(self, day: Date | None) -> bool:
        """Whether a day lies in it; an unknown day lies only in one that is open at both ends."""
        if day is None:
            return self.since is None and self.until is None
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def __str__(self) -> str:
        if self.since and self.until:
            return f"{self.since} to {self.until}"
        return f"since {self.since}" if self.since else f"until {self.until}" if self.until else "all dates"


def side(given: str) -> Side:
    """The country that a code or a name means; raises SettingsError with the nearest names where there is none."""
    names = _by_name()
    wanted = _folded(given)
    if wanted in names:
        return names[wanted]
    close = get_close_matches(wanted, [name for name in names if len(name) > 3], n=3, cutoff=0.75)
    found = dict.fromkeys(f"{names[name].name} ({names[name].code})" for name in close)
    remedy = f"Did you mean {', '.join(found)}?" if found else "Give an ISO 3166 code (KAZ) or an English name."
    raise SettingsError(f"there is no country {given!r}", remedy=remedy)


def sides(given: Sequence[str]) -> tuple[Side, ...]:
    """Countries, none twice."""
    return tuple(dict.fromkeys(map(side, given)))


def country_name(code: str) -> str:
    """A country's name, or the code where it is none."""
    found = _by_name().get(code.casefold())
    return found.name if found else code


def regions(codes: Sequence[str]) -> tuple[str, ...]:
    """The regions of some countries, without repetition."""
    known = _regions()
    return tuple(dict.fromkeys(known[code] for code in codes if code in known))


def topics_under(topic: str) -> tuple[str, ...]:
    """A topic and those that belong to it; raises SettingsError where there is no such topic."""
    parents = _topics()
    wanted = topic.strip().casefold().replace(" ", "-")
    if not topic:
        return ()
    if wanted not in parents:
        close = get_close_matches(wanted, parents, n=3, cutoff=0.6)
        remedy = f"Did you mean {', '.join(close)}?" if close else f"The topics are: {', '.join(sorted(parents))}."
        raise SettingsError(f"there is no topic {topic!r}", remedy=remedy)
    found = [wanted]
    for each in found:
        found += [child for child, parent in parents.items() if parent == each and child not in found]
    return tuple(found)


def week(given: str) -> Span:
    """Monday to Sunday of an ISO week such as 2015-W45."""
    match = WEEK.fullmatch(given.strip())
    try:
        if match is None:
            raise ValueError
        monday = Date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return Span(monday, monday + timedelta(days=6))
    except (ValueError, OverflowError) as error:
        raise SettingsError(f"{given!r} is no week", remedy="Give an ISO week, such as 2015-W45.") from error


def _folded(name: str) -> str:
    return " ".join(name.casefold().split()).removeprefix("the ")


@cache
def _by_name() -> Mapping[str, Side]:
    """Codes, names and further names; a state wins over others, and a first name over further ones."""
    entries = read_csv_entries(packaged("communique.actors.data", "countries.csv"), Country)
    entries.sort(key=lambda entry: ("state", "territory", "partial", "former").index(entry.kind))
    found: dict[str, Side] = {}
    for entry in entries:
        found.setdefault(entry.code.casefold(), Side(entry.code, entry.name))
    for entry in entries:
        found.setdefault(_folded(entry.name), found[entry.code.casefold()])
    for entry in entries:
        for name in entry.names:
            found.setdefault(_folded(name), found[entry.code.casefold()])
    return found


@cache
def _regions() -> Mapping[str, str]:
    return read_csv_pairs(packaged("communique.views.data", "m49.csv"), "country", "region", REGIONS)


@cache
def _topics() -> Mapping[str, str]:
    """Each topic's parent."""
    entries = load_yaml(packaged("communique.diplomacy.data", "topics.yaml"))
    return {entry["id"]: entry.get("parent", "") for entry in entries}
