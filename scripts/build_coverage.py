"""Writes docs/coverage.md from the tables of actors: the entries, and which terms of the required offices are known.

What is required is in scripts/coverage_required.csv. Run it after a change to src/communique/actors/data:
python scripts/build_coverage.py
"""

from __future__ import annotations

import calendar
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from communique.actors.lexicon import Holder, Lexicon, load_lexicon
from communique.datafiles import read_csv_entries

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "coverage.md"
REQUIRED = ROOT / "scripts" / "coverage_required.csv"
# The tables were made with the knowledge of this day: a term without an end is taken to last until then.
LAST = date(2025, 12, 31)
# A handover can take some weeks; a gap is named in the table of offices when it is longer.
NAMED_GAP_DAYS = 31
GROUP_KINDS = frozenset({"REB", "PTY", "OPP", "PRM", "IMG", "CRM"})
DAY = timedelta(days=1)
HEAD = """\
# What the tables of actors cover

Made by `scripts/build_coverage.py` from `actors/data` and `scripts/coverage_required.csv`; change the data and run it
again. The columns of the tables are told in [formats.md](formats.md).
"""
TERMS = f"""\
An office is covered on a day when the table has a holder of it, acting or not. A term without an end lasts until
{LAST}, the last day that the tables know of; one that is known to the month or year only is taken at its longest. Days
on which nobody held the office (it was vacant, or not there yet) are not counted.
"""


@dataclass(frozen=True, slots=True)
class Required:
    """Offices of a country or organisation that in turn were held, and the days on which a holder must be known.

    Attributes:
        family: what the shares are summed by.
        country: ISO 3166-1 alpha-3, or the id of an organisation.
        since, until: ISO dates, inclusive; an empty `until` is the last day that the tables know of.
        vacant: spans of ISO dates (first/last, inclusive) on which nobody held the office.
    """

    family: str
    country: str
    offices: tuple[str, ...]
    since: str
    until: str = ""
    vacant: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is known of one requirement: holders, the days that are covered and those that count, and the gaps."""

    required: Required
    holders: int
    first: date
    last: date
    covered: int
    counted: int
    gaps: tuple[tuple[date, date], ...]


def required_offices() -> list[Required]:
    """The list of what must be known."""
    return read_csv_entries(REQUIRED, Required)


def coverage(required: Iterable[Required], holders: Iterable[Holder]) -> list[Coverage]:
    """How far the holders cover each requirement, in the order of the requirements."""
    terms: dict[str, list[Holder]] = defaultdict(list)
    for holder in holders:
        terms[holder.office].append(holder)
    return [_coverage(need, [term for office in need.offices for term in terms[office]]) for need in required]


def shares(found: Iterable[Coverage]) -> dict[str, float]:
    """The share of the counted days that is covered, by family."""
    covered: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    for item in found:
        covered[item.required.family] += item.covered
        counted[item.required.family] += item.counted
    return {family: covered[family] / days for family, days in counted.items()}


def page(lexicon: Lexicon) -> str:
    """The whole page."""
    return "\n".join(_lines(lexicon)).rstrip() + "\n"


def _coverage(need: Required, terms: list[Holder]) -> Coverage:
    first = date.fromisoformat(need.since)
    last = date.fromisoformat(need.until) if need.until else LAST
    held = [(_first(term.start), _last(term.end)) for term in terms]
    empty = [(_first(span.partition("/")[0]), _last(span.partition("/")[2])) for span in need.vacant]
    vacant = _days(first, last, empty) - _days(first, last, held)
    known = _days(first, last, held)
    gaps = tuple(_runs(set(range((last - first).days + 1)) - known - vacant, first))
    persons = {term.person for term, (start, end) in zip(terms, held, strict=True) if start <= last and end >= first}
    return Coverage(need, len(persons), first, last, len(known), (last - first).days + 1 - len(vacant), gaps)


def _days(first: date, last: date, spans: Iterable[tuple[date, date]]) -> set[int]:
    """The days of first..last, counted from first, that lie in one of the spans."""
    days: set[int] = set()
    for start, end in spans:
        days.update(range((max(start, first) - first).days, (min(end, last) - first).days + 1))
    return days


def _runs(days: set[int], origin: date) -> Iterator[tuple[date, date]]:
    """Days, counted from the origin, as spans of days that follow each other."""
    for start in sorted(day for day in days if day - 1 not in days):
        end = start
        while end + 1 in days:
            end += 1
        yield origin + start * DAY, origin + end * DAY


def _first(text: str) -> date:
    """The first day that a date, perhaps without day or month, can mean."""
    year, month, day = (int(part) for part in (*text.split("-"), "1", "1")[:3])
    return date(year, month, day)


def _last(text: str) -> date:
    """The last day that a date can mean; without a date, the last that the tables know of."""
    if not text:
        return LAST
    year, month, day = (int(part) for part in (*text.split("-"), "0", "0")[:3])
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def _lines(lexicon: Lexicon) -> Iterator[str]:
    found = coverage(required_offices(), lexicon.holders)
    yield HEAD
    yield from _counts(lexicon)
    yield "## Terms in office\n"
    yield TERMS
    yield "| offices | countries or bodies | of them without a gap | holders | days covered |\n|---|---|---|---|---|"
    for family, share in shares(found).items():
        rows = [item for item in found if item.required.family == family]
        countries = {item.required.country for item in rows}
        whole = countries - {item.required.country for item in rows if _named_gaps(item)}
        counts = f"{len(countries)} | {len(whole)} | {sum(item.holders for item in rows)}"
        yield f"| {_sentence(family)} | {counts} | {share:.2%} |"
    yield f"\nA gap is a time of more than {NAMED_GAP_DAYS} days without a known holder.\n"
    names = {entry.id: entry.name for entry in lexicon.organisations}
    names |= {entry.code: entry.name for entry in reversed(lexicon.countries)}
    for family in shares(found):
        yield f"### {_sentence(family)}\n"
        yield "| of | office | from | to | holders | days covered | gaps |\n|---|---|---|---|---|---|---|"
        for item in found:
            if item.required.family == family:
                yield _row(item, names.get(item.required.country, item.required.country))
        yield ""


def _row(item: Coverage, name: str) -> str:
    share = item.covered / item.counted if item.counted else 1.0
    offices = ", ".join(f"`{office}`" for office in item.required.offices)
    gaps = ", ".join(f"{start} to {end}" for start, end in _named_gaps(item))
    return f"| {name} | {offices} | {item.first} | {item.last} | {item.holders} | {share:.1%} | {gaps} |"


def _named_gaps(item: Coverage) -> list[tuple[date, date]]:
    return [(start, end) for start, end in item.gaps if (end - start).days + 1 > NAMED_GAP_DAYS]


def _counts(lexicon: Lexicon) -> Iterator[str]:
    yield "## Entries\n"
    yield "| table | entries | of them |\n|---|---|---|"
    states = Counter(country.kind for country in lexicon.countries)
    demonyms = {demonym for country in lexicon.countries for demonym in country.demonyms}
    groups = [entry for entry in lexicon.organisations if entry.kind in GROUP_KINDS]
    others = [entry for entry in lexicon.organisations if entry.kind not in GROUP_KINDS]
    yield _count("countries and territories", len(lexicon.countries), states)
    yield _count("demonyms", len(demonyms), Counter())
    yield _count("organisations", len(others), Counter(entry.kind for entry in others))
    yield _count("groups", len(groups), Counter(entry.kind for entry in groups))
    yield _count("agents", len(lexicon.agents), Counter(entry.sector or "no sector" for entry in lexicon.agents))
    yield _count("titles", len(lexicon.titles), Counter())
    yield _count("offices", len(lexicon.offices), Counter(entry.level for entry in lexicon.offices))
    precision = Counter(f"to the {entry.precision}" if entry.precision else "no date" for entry in lexicon.holders)
    yield _count("holders (terms)", len(lexicon.holders), precision)
    yield _count("persons", len({entry.person for entry in lexicon.holders}), Counter())
    yield ""


def _count(name: str, entries: int, kinds: Counter[str]) -> str:
    return f"| {name} | {entries:,} | {', '.join(f'{kind} {count}' for kind, count in kinds.most_common())} |"


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"


if __name__ == "__main__":
    TARGET.write_text(page(load_lexicon()), encoding="utf-8")
