"""The file on a relationship: what an ambassador could take into a meeting."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date as Date
from typing import Any, cast

from communique.errors import SettingsError
from communique.record.store import Record
from communique.views import rows as r
from communique.views.acts import Month, between, tone
from communique.views.lines import entries
from communique.views.loading import STAGES, Loader, by_kind, pick, require_schema
from communique.views.report import Reference, Report, Row, Section, Table, references
from communique.views.scope import Side, Span, side

MOST_MEETINGS = 25
MOST_DISPUTES = 25
MOST_POSITIONS = 5
MOST_SETTLED = 15
AGAINST = frozenset({"opposes", "condemns", "doubts", "rejects", "regrets"})
WAITING = frozenset({"open", "overdue"})
IN_FORCE = frozenset({"adopted", "ratified", "in-force", "implemented"})
SIGNED = frozenset({"signed", "agreed"})
PENDING = frozenset({"negotiated", "initialled"})
# The last positions of each side on each topic; those on the other side always.
POSITIONS = """
WITH held AS (
    SELECT p.merged_id, p.country, m.document_id, m.thing_id, coalesce(t.date, d.date) AS day
    FROM (SELECT DISTINCT merged_id, country FROM merged_parties
          WHERE kind = 'position' AND role = 'holder' AND country IN ($1, $2)) p
    JOIN merged m ON m.merged_id = p.merged_id AND m.rank = 0
    JOIN positions_told t ON t.thing_id = m.thing_id AND t.document_id = m.document_id
    JOIN documents d ON d.document_id = m.document_id
    WHERE ($3::DATE IS NULL OR coalesce(t.date, d.date) >= $3)
      AND ($4::DATE IS NULL OR coalesce(t.date, d.date) <= $4)),
on_topics AS (
    SELECT h.merged_id, h.country, o.topic, h.day FROM held h
    JOIN thing_topics o ON o.thing_id = h.thing_id AND o.document_id = h.document_id),
by_topic AS (
    SELECT merged_id FROM on_topics
    WHERE topic IN (SELECT topic FROM on_topics GROUP BY topic HAVING count(DISTINCT country) = 2)
    QUALIFY row_number() OVER (PARTITION BY country, topic ORDER BY day DESC NULLS LAST, merged_id) <= $5)
SELECT 'position', merged_id FROM by_topic
UNION
SELECT 'position', h.merged_id FROM held h
JOIN merged_parties t ON t.merged_id = h.merged_id AND t.role = 'target' AND t.country IN ($1, $2)
    AND t.country <> h.country
"""
# Promises that name nobody to whom they are made, told in a document about a meeting of the two.
UNADDRESSED = """
SELECT 'commitment', c.merged_id FROM merged c
JOIN merged_parties b ON b.merged_id = c.merged_id AND b.role = 'by' AND b.country IN ($1, $2)
WHERE c.kind = 'commitment'
AND c.document_id IN (
    SELECT document_id FROM merged_parties WHERE kind = 'meeting' AND country IN ($1, $2) AND role <> 'host'
    GROUP BY document_id, merged_id HAVING count(DISTINCT country) = 2)
AND c.merged_id NOT IN (SELECT merged_id FROM merged_parties WHERE kind = 'commitment' AND role = 'to')
"""


@dataclass(frozen=True, slots=True)
class TopicPositions:
    """What each side says of a topic."""

    topic: str
    first: tuple[r.PositionRow, ...]
    second: tuple[r.PositionRow, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """The file on two countries. Documents and promises stand as on the last day, whenever they were made."""

    first: Side
    second: Side
    since: Date | None
    until: Date | None
    meetings: tuple[r.Told, ...]
    meetings_in_all: int
    ahead: tuple[r.Told, ...]
    agreements: tuple[r.AgreementRow, ...]
    promises_of_first: tuple[r.PromiseRow, ...]
    promises_of_second: tuple[r.PromiseRow, ...]
    promises_of_both: tuple[r.PromiseRow, ...]
    settled: tuple[r.PromiseRow, ...]
    positions: tuple[TopicPositions, ...]
    disputes: tuple[r.Told, ...]
    disputes_in_all: int
    tone: tuple[Month, ...]
    institutions: tuple[r.Told, ...]
    others: tuple[r.Told, ...]
    sources: tuple[Reference, ...] = ()

    def report(self) -> Report:
        """The dossier as a report."""
        span = Span(self.since, self.until)
        standing = f"on {self.until}" if self.until else "last"
        about = (
            f"From the record, {span}. Documents and promises are given as they stood {standing}, whenever they were "
            "made; all else is of these days. Each line names its sources by number.",
        )
        if not self.sources and not self.tone:
            about = (f"The record holds nothing on {self.first.name} and {self.second.name}, {span}.",)
            return Report(f"{self.first.name} and {self.second.name}", about, (), ())
        return Report(f"{self.first.name} and {self.second.name}", about, tuple(_sections(self)), self.sources)


def dossier(store: Record, one: str, two: str, span: Span, today: Date | None = None) -> Dossier:
    """The file on two countries, given by code or name."""
    require_schema(store)
    first, second = side(one), side(two)
    if first == second:
        raise SettingsError(f"{one!r} and {two!r} are one country", remedy="Give two different countries.")
    codes = (first.code, second.code)
    chosen = pick(store, codes)
    chosen["position"] = by_kind(store.query(POSITIONS, [*codes, span.since, span.until, MOST_POSITIONS])[1])[
        "position"
    ]
    chosen["commitment"] += by_kind(store.query(UNADDRESSED, list(codes))[1])["commitment"]
    loader = Loader(store, chosen, span.until, today)
    met = [row for kind in ("meeting", "visit") for row in loader.get(kind) if span.holds(row.day)]
    positions = [cast(r.PositionRow, row) for row in loader.get("position") if span.holds(row.day)]
    disputes = _disputes(store, codes, span, positions)
    meetings = sorted((row for row in met if cast(Any, row).factuality in r.HAPPENED), key=r.latest_first)
    others = [row for kind in ("invitation", "accreditation", "award", "gift") for row in loader.get(kind)]
    promises = _promises(loader, codes, span)
    found = Dossier(
        first=first,
        second=second,
        since=span.since,
        until=span.until,
        meetings=tuple(meetings[:MOST_MEETINGS]),
        meetings_in_all=len(meetings),
        ahead=tuple(sorted((row for row in met if cast(Any, row).factuality in r.AHEAD), key=r.latest_first)),
        agreements=_agreements(loader, span),
        promises_of_first=promises["first"],
        promises_of_second=promises["second"],
        promises_of_both=promises["both"],
        settled=tuple(sorted(promises["settled"], key=r.latest_first)[:MOST_SETTLED]),
        positions=_side_by_side(positions, codes),
        disputes=tuple(disputes[:MOST_DISPUTES]),
        disputes_in_all=len(disputes),
        tone=tone(store, *codes, span),
        institutions=_institutions(loader, span),
        others=tuple(sorted((row for row in others if span.holds(row.day)), key=r.latest_first)),
    )
    return dataclasses.replace(found, sources=references(store, found))


def _agreements(loader: Loader, span: Span) -> tuple[r.AgreementRow, ...]:
    rows = cast(list[r.AgreementRow], loader.get("agreement"))
    told = [row for row in rows if row.factuality in r.HAPPENED and Span(None, span.until).holds(row.day)]
    return tuple(
        sorted(told, key=lambda row: (-STAGES.index(row.stage) if row.stage in STAGES else 0, *r.latest_first(row)))
    )


def _institutions(loader: Loader, span: Span) -> tuple[r.Told, ...]:
    """Each institution once, with all documents that name it."""
    named: dict[str, r.Told] = {}
    for row in loader.get("institution"):
        if span.holds(row.day):
            name = cast(r.InstitutionRow, row).name
            known = named.setdefault(name, row)
            named[name] = dataclasses.replace(known, documents=tuple(dict.fromkeys((*known.documents, *row.documents))))
    return tuple(named.values())


def _promises(loader: Loader, codes: Sequence[str], span: Span) -> dict[str, tuple[r.PromiseRow, ...]]:
    """The promises by who made them while they wait to be kept, and those that do no more."""
    found: dict[str, list[r.PromiseRow]] = defaultdict(list)
    for row in cast(list[r.PromiseRow], loader.get("commitment")):
        if not Span(None, span.until).holds(row.day):
            continue
        makers = [code for code in codes if code in row.countries("by")]
        if makers and row.status not in WAITING:
            found["settled"].append(row)
        elif makers:
            name = "both" if len(makers) == 2 else "first" if makers[0] == codes[0] else "second"
            found[name].append(row)
    return {
        name: tuple(sorted(found[name], key=lambda row: (row.due or Date.max, *r.latest_first(row))))
        for name in ("first", "second", "both", "settled")
    }


def _side_by_side(positions: Sequence[r.PositionRow], codes: Sequence[str]) -> tuple[TopicPositions, ...]:
    """Topics of which both speak first, then those of one side about the other."""
    topics: dict[str, tuple[list[r.PositionRow], list[r.PositionRow]]] = defaultdict(lambda: ([], []))
    for row in sorted(positions, key=r.latest_first):
        for number, code in enumerate(codes):
            if code in row.countries("holder"):
                for topic in row.topics or ("",):
                    topics[topic][number].append(row)
    found = [
        TopicPositions(topic or "other matters", tuple(one[:MOST_POSITIONS]), tuple(two[:MOST_POSITIONS]))
        for topic, (one, two) in topics.items()
    ]
    return tuple(
        sorted(found, key=lambda each: (not (each.first and each.second), each.topic == "other matters", each.topic))
    )


def _disputes(store: Record, codes: Sequence[str], span: Span, positions: Iterable[r.PositionRow]) -> list[r.Told]:
    """Hostile acts between the two, and positions of one against the other; what is told by one sentence only once."""
    acts = between(store, codes, span, hostile=True)
    against = [
        row
        for row in positions
        if row.stance in AGAINST and set(row.countries("holder")) & set(codes)
        and (set(row.countries("target")) - set(row.countries("holder"))) & set(codes)
    ]  # fmt: skip
    quoted = {(row.documents[0], row.quote) for row in acts if row.documents}
    further = [row for row in against if not row.documents or (row.documents[0], row.quote) not in quoted]
    return sorted([*acts, *further], key=r.latest_first)


def _sections(file: Dossier) -> Iterable[Section]:
    more = file.meetings_in_all - len(file.meetings)
    note = f"The last {len(file.meetings)} of {file.meetings_in_all}." if more else ""
    yield Section("Last meetings and visits", entries(file.meetings), "No meeting in the record.", note)
    if file.ahead:
        yield Section("Announced meetings and visits", entries(file.ahead), note="Not told whether they took place.")
    yield _documents(file.agreements)
    yield Section(
        "Open promises",
        sections=(
            Section(f"{file.first.name}", entries(file.promises_of_first), "No open promise in the record."),
            Section(f"{file.second.name}", entries(file.promises_of_second), "No open promise in the record."),
            *([Section("Both together", entries(file.promises_of_both))] if file.promises_of_both else []),
        ),
    )
    if file.settled:
        yield Section("Promises kept, broken or replaced", entries(file.settled))
    table = Table(
        (file.first.name, file.second.name),
        tuple(Row(each.topic, (entries(each.first), entries(each.second))) for each in file.positions),
    )
    note = "What each side last said on topics of which both speak, and what one says of the other."
    yield Section(
        "Positions side by side", empty="No position in the record.", table=table, note=note if table.rows else ""
    )
    more = file.disputes_in_all - len(file.disputes)
    note = f"The last {len(file.disputes)} of {file.disputes_in_all}." if more else ""
    yield Section("Disputes", entries(file.disputes), "No dispute in the record.", note)
    yield Section("Tone over time", empty="No event between the two in the record.", tone=file.tone)
    if file.institutions:
        yield Section("Institutions that both belong to", entries(file.institutions))
    if file.others:
        yield Section("Invitations, envoys, honours", entries(file.others))


def _documents(agreements: Sequence[r.AgreementRow]) -> Section:
    groups = {
        "In force, ratified or adopted": IN_FORCE,
        "Signed or agreed; not told whether in force": SIGNED,
        "Being negotiated or initialled": PENDING,
        "Suspended or ended": frozenset(STAGES) - IN_FORCE - SIGNED - PENDING,
    }
    parts = ((name, [row for row in agreements if row.stage in stages]) for name, stages in groups.items())
    sections = tuple(Section(name, entries(rows)) for name, rows in parts if rows)
    return Section("Documents", empty="No document in the record.", sections=sections)
