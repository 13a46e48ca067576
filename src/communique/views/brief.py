"""What is new in a week, by region, the most important first, with the reason for its rank."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date

from communique.record.store import Record
from communique.views import rows as r
from communique.views.acts import first_told, untold
from communique.views.lines import entry
from communique.views.loading import Loader, by_kind, require_schema
from communique.views.ranking import rank
from communique.views.report import Reference, Report, Section, references
from communique.views.scope import regions, week

MOST_ACTS = 200
ELSEWHERE = "Organisations and others"
# Told for the first time; promises that changed; documents of which a stage is told for the first time.
NEW = """
SELECT m.kind, m.merged_id FROM merged m JOIN documents d ON d.document_id = m.document_id
WHERE m.kind <> 'institution' GROUP BY ALL HAVING min(d.date) BETWEEN $1 AND $2
UNION
SELECT 'commitment', commitment_id FROM commitment_changes WHERE position > 0 AND date BETWEEN $1 AND $2
UNION
SELECT 'agreement', merged_id FROM (
    SELECT m.merged_id, t.stage, min(d.date) AS first FROM merged m
    JOIN agreements_told t ON t.thing_id = m.thing_id AND t.document_id = m.document_id
    JOIN documents d ON d.document_id = m.document_id WHERE m.kind = 'agreement' GROUP BY ALL)
WHERE first BETWEEN $1 AND $2
"""
READ = "SELECT count(*) FROM documents WHERE date BETWEEN $1 AND $2"
WEEKS = "SELECT min(date), max(date) FROM documents"


@dataclass(frozen=True, slots=True)
class Item:
    """Something new: its score, the reason for it and the regions of those who have a part in it."""

    row: r.Told
    score: float
    reason: str
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """A week; `items` are the first of each region, the most important first."""

    week: str
    since: Date
    until: Date
    read: int
    in_all: int
    limit: int
    items: tuple[Item, ...]
    hint: str = ""
    sources: tuple[Reference, ...] = ()

    def report(self) -> Report:
        """The brief as a report with a section for each region, that with the most important item first."""
        about = (
            f"{self.since} to {self.until}: {_counted(self.in_all, 'new thing')} in {_counted(self.read, 'document')}."
        )
        by_region: dict[str, list[Item]] = defaultdict(list)
        for item in self.items:
            for region in item.regions:
                if len(by_region[region]) < self.limit:
                    by_region[region].append(item)
        order = sorted(by_region, key=lambda region: (region == ELSEWHERE, -by_region[region][0].score, region))
        sections = tuple(
            Section(region, tuple(entry(item.row, f"{item.score:g}: {item.reason}") for item in by_region[region]))
            for region in order
        )
        notes = (about, "What concerns several regions stands under each.") if sections else (about, self.hint)
        return Report(f"Brief of {self.week}", notes, sections, self.sources)


def brief(store: Record, given: str, limit: int = 10) -> Brief:
    """What documents of an ISO week tell for the first time."""
    require_schema(store)
    span = week(given)
    assert span.since and span.until
    days = [span.since, span.until]
    chosen = by_kind(store.query(NEW, days)[1])
    loader = Loader(store, chosen, span.until)
    found: list[r.Told] = [row for kind in chosen for row in loader.get(kind)]
    found += untold(first_told(store, span, MOST_ACTS), found)
    items = sorted(map(_item, found), key=lambda item: (-item.score, item.row.id))
    read = store.query(READ, days)[1][0][0]
    name = "{}-W{:02d}".format(*span.since.isocalendar()[:2])
    hint = "" if items else _hint(store)
    result = Brief(name, span.since, span.until, read, len(items), limit, _first(items, limit), hint)
    return dataclasses.replace(result, sources=references(store, result))


def _item(row: r.Told) -> Item:
    score, reason = rank(row)
    further = ("host", "sending", "receiving")
    codes = (*row.countries(), *(getattr(row, name) for name in further if getattr(row, name, "")))
    return Item(row, score, reason, regions(codes) or (ELSEWHERE,))


def _first(items: Sequence[Item], limit: int) -> tuple[Item, ...]:
    """Those that are among the first of a region."""
    taken: dict[str, int] = defaultdict(int)
    kept = []
    for item in items:
        if any(taken[region] < limit for region in item.regions):
            kept.append(item)
        for region in item.regions:
            taken[region] += 1
    return tuple(kept)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _hint(store: Record) -> str:
    first, last = store.query(WEEKS)[1][0]
    if first is None:
        return "The record holds no dated document: communique read PATH... fills it."
    weeks = ["{}-W{:02d}".format(*day.isocalendar()[:2]) for day in (first, last)]
    return f"The record's documents are of {' to '.join(weeks)}."
