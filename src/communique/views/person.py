"""What the record holds on somebody."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date as Date

from communique.errors import RecordError
from communique.record.store import Record
from communique.views import rows as r
from communique.views.lines import entries
from communique.views.loading import Loader, by_kind, require_schema
from communique.views.report import Entry, Reference, Report, Section, references
from communique.views.scope import Span, country_name

MOST_COUNTERPARTS = 15
MOST_NAMED = 8
NAMES = """
SELECT DISTINCT name FROM thing_parties WHERE kind = 'person' AND name <> ''
UNION SELECT DISTINCT name FROM event_actors WHERE kind = 'person' AND name <> ''
"""
OFFICES = """
SELECT office, country, min(day), max(day), list_sort(list(DISTINCT document_id))[1:3] FROM (
    SELECT p.office, p.country, d.date AS day, d.document_id FROM thing_parties p
    JOIN documents d USING (document_id) WHERE p.kind = 'person' AND p.name = $1
    UNION
    SELECT a.office, a.country, d.date, d.document_id FROM event_actors a
    JOIN documents d USING (document_id) WHERE a.kind = 'person' AND a.name = $1)
WHERE coalesce(office, '') <> '' GROUP BY office, country ORDER BY min(day), office, country
"""
PARTS = "SELECT DISTINCT kind, merged_id FROM merged_parties WHERE name = $1"


@dataclass(frozen=True, slots=True)
class Held:
    """An office, and the first and last day that a document gives it."""

    office: str
    country: str
    first: Date | None
    last: Date | None
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Somebody met, how often and when last."""

    name: str
    country: str
    times: int
    last: Date | None


@dataclass(frozen=True, slots=True)
class Person:
    """The file on a person."""

    name: str
    since: Date | None
    until: Date | None
    offices: tuple[Held, ...]
    counterparts: tuple[Counterpart, ...]
    meetings: tuple[r.Told, ...]
    agreements: tuple[r.Told, ...]
    promises: tuple[r.Told, ...]
    positions: tuple[r.Told, ...]
    others: tuple[r.Told, ...]
    sources: tuple[Reference, ...] = ()

    def report(self) -> Report:
        """The file as a report."""
        offices = tuple(
            Entry(
                _from_to(each),
                f"{each.office}, {country_name(each.country)}".removesuffix(", "),
                (),
                "",
                "",
                each.documents,
            )
            for each in self.offices
        )
        met = tuple(
            Entry(
                "",
                f"{each.name} ({each.country})" if each.country else each.name,
                (f"{each.times} times" if each.times > 1 else "once", f"last {each.last}"),
            )
            for each in self.counterparts
        )
        parts = {
            "Offices that documents give": offices,
            "Met most": met,
            "Meetings and visits": entries(self.meetings),
            "Documents": entries(self.agreements),
            "Promises": entries(self.promises),
            "Positions": entries(self.positions),
            "Invitations, posts, honours": entries(self.others),
        }
        sections = tuple(Section(name, lines) for name, lines in parts.items() if lines)
        about = f"From the record, {Span(self.since, self.until)}."
        if not sections[len(offices) > 0 :]:
            about += " The record names them, but holds no meeting, promise or position of theirs in these days."
        return Report(self.name, (about,), sections, self.sources)


def person(store: Record, given: str, span: Span, today: Date | None = None) -> Person:
    """The file on a person, whose name may be given in part."""
    require_schema(store)
    name = _named(store, given)
    loader = Loader(store, by_kind(store.query(PARTS, [name])[1]), span.until, today)

    def rows(*kinds: str) -> tuple[r.Told, ...]:
        found = [row for kind in kinds for row in loader.get(kind) if span.holds(row.day)]
        return tuple(sorted(found, key=r.latest_first))

    meetings = rows("meeting", "visit")
    found = Person(
        name=name,
        since=span.since,
        until=span.until,
        offices=tuple(_held(*row) for row in store.query(OFFICES, [name])[1]),
        counterparts=_counterparts(name, meetings),
        meetings=meetings,
        agreements=rows("agreement"),
        promises=rows("commitment"),
        positions=rows("position"),
        others=rows("invitation", "accreditation", "award", "gift"),
    )
    return dataclasses.replace(found, sources=references(store, found))


def _named(store: Record, given: str) -> str:
    """The one name in the record that is meant; raises RecordError where there is none, or several."""
    names = sorted(str(row[0]) for row in store.query(NAMES)[1])
    wanted = _folded(given)
    exact = [name for name in names if _folded(name) == wanted]
    found = exact or [name for name in names if wanted and set(wanted.split()) <= set(_folded(name).split())]
    if len(found) == 1:
        return found[0]
    if not found:
        remedy = "Names are as the lexicon has them: communique who NAME tells."
        raise RecordError(f"the record names nobody {given!r}", path=str(store.path), remedy=remedy)
    more = f" and {len(found) - MOST_NAMED} others" if len(found) > MOST_NAMED else ""
    remedy = f"Give the whole name: {', '.join(found[:MOST_NAMED])}{more}."
    raise RecordError(f"the record names several {given!r}", path=str(store.path), remedy=remedy)


def _folded(name: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(plain.casefold().replace("-", " ").split())


def _counterparts(name: str, meetings: tuple[r.Told, ...]) -> tuple[Counterpart, ...]:
    own = {party.country for row in meetings for party in row.of() if party.name == name}
    times: Counter[tuple[str, str]] = Counter()
    last: dict[tuple[str, str], Date | None] = {}
    for row in meetings:
        if not isinstance(row, r.MeetingRow) or row.factuality not in r.HAPPENED:
            continue
        for who in dict.fromkeys((p.name, p.country) for p in row.of("participant") if p.name != name):
            if who[1] not in own or not who[1]:
                times[who] += 1
                last.setdefault(who, row.day)
    order = sorted(times, key=lambda who: (-times[who], who))[:MOST_COUNTERPARTS]
    return tuple(Counterpart(*who, times[who], last[who]) for who in order)


def _held(office: str, country: str, first: Date | None, last: Date | None, documents: list[str]) -> Held:
    return Held(office, country, first, last, tuple(documents))


def _from_to(held: Held) -> str:
    if held.first is None:
        return "no date"
    return str(held.first) if held.first == held.last else f"{held.first} to {held.last}"
