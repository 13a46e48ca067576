"""Events between countries, and the tone that they set, month by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date as Date
from typing import Any

from communique.record.store import Record
from communique.views.rows import ActRow, Party, PositionRow, Told
from communique.views.scope import Span

# Events of one day, type and pair count once; the surest one gives the quote.
ACTS = """
WITH sides AS (
    SELECT a.event_id, a.document_id, a.role, a.country, a.position, coalesce(nullif(a.name, ''), a.text) AS name,
           coalesce(a.office, '') AS office
    FROM event_actors a WHERE {countries}),
chosen AS (
    SELECT e.event_id, e.document_id, e.event_type, e.cameo, e.goldstein, e.quad_class, e.factuality, e.date,
           e.date_precision, e.confidence, e."trigger", e.sentence, d.date AS published, a.country AS one,
           r.country AS two, a.name AS one_name, r.name AS two_name, a.office AS one_office, r.office AS two_office
    FROM events_coded e JOIN documents d ON d.document_id = e.document_id
    JOIN sides a ON a.event_id = e.event_id AND a.document_id = e.document_id AND a.role = 'actor'
    JOIN sides r ON r.event_id = e.event_id AND r.document_id = e.document_id AND r.role = 'recipient'
    WHERE {where} AND a.country <> r.country AND e.factuality IN ('happened', 'ongoing')
      AND ($1::DATE IS NULL OR {day} >= $1) AND ($2::DATE IS NULL OR {day} <= $2)
    QUALIFY row_number() OVER (PARTITION BY e.event_id, e.document_id ORDER BY a.position, r.position) = 1),
days AS (
    SELECT one, two, event_type, coalesce(date, published) AS day,
           arg_max(chosen, (confidence, document_id, event_id)) AS best,
           list_sort(list(DISTINCT document_id)) AS documents,
           arg_min(goldstein, -abs(goldstein)) AS goldstein
    FROM chosen GROUP BY ALL)
SELECT y.best.event_id, y.best.document_id, y.best.event_type, y.best.cameo, y.goldstein, y.best.quad_class,
       y.best.factuality, y.best.date, y.best.date_precision, y.best.published, y.best."trigger", y.one, y.two,
       y.best.one_name, y.best.two_name, y.best.one_office, y.best.two_office, y.documents,
       substr(d.text, s."start" + 1, s."end" - s."start") AS quote
FROM (SELECT * FROM days ORDER BY {order} LIMIT {limit}) y JOIN documents d ON d.document_id = y.best.document_id
LEFT JOIN sentences s ON s.document_id = d.document_id AND s.sentence = y.best.sentence
"""
TONE = """
WITH sides AS (SELECT event_id, document_id, role, country FROM event_actors WHERE country IN ($1, $2)),
pairs AS (
    SELECT DISTINCT a.event_id, a.document_id FROM sides a
    JOIN sides r ON r.event_id = a.event_id AND r.document_id = a.document_id AND r.country <> a.country
    WHERE a.role = 'actor' AND r.role = 'recipient')
SELECT date_trunc('month', coalesce(e.date, d.date))::DATE AS month, avg(e.goldstein), count(*)
FROM pairs JOIN events_coded e ON e.event_id = pairs.event_id AND e.document_id = pairs.document_id
JOIN documents d ON d.document_id = e.document_id
WHERE e.factuality IN ('happened', 'ongoing') AND e.goldstein IS NOT NULL AND coalesce(e.date, d.date) IS NOT NULL
  AND ($3::DATE IS NULL OR coalesce(e.date, d.date) >= $3) AND ($4::DATE IS NULL OR coalesce(e.date, d.date) <= $4)
GROUP BY month ORDER BY month
"""
FRIENDLY = (1, 2)
# A plea for information, support, aid, a ceasefire or talks is a verbal conflict to the scheme, and no dispute.
HOSTILE = """ AND e.quad_class IN (3, 4)
    AND NOT (e.event_type = 'REQUEST' AND left(e.cameo, 3) IN ('100', '101', '102', '103', '107', '108'))"""
OWN_DAY = "coalesce(e.date, d.date)"
ANY = "a.country <> ''"
LATEST = "day DESC NULLS LAST, abs(goldstein) DESC, one, two, event_type"
GRAVEST = "abs(goldstein) DESC, len(documents) DESC, day DESC NULLS LAST, one, two, event_type"


@dataclass(frozen=True, slots=True)
class Month:
    """The tone of a month: the mean of Goldstein's values, and of how many events."""

    month: Date
    mean: float
    count: int


def tone(store: Record, one: str, two: str, span: Span) -> tuple[Month, ...]:
    """The tone between two countries in each month that has events."""
    _, rows = store.query(TONE, [one, two, span.since, span.until])
    return tuple(Month(month, round(mean, 2), number) for month, mean, number in rows)


def between(
    store: Record, codes: Sequence[str], span: Span, *, hostile: bool = False, limit: int = 10_000
) -> tuple[ActRow, ...]:
    """Events between two countries, of one with others, or of all; the latest first."""
    if len(codes) == 2:
        where, countries = "true", "a.country IN ($3, $4)"
    else:
        countries = ANY
        where = "(a.country = $3 OR r.country = $3)" if codes else "true"
    if hostile:
        where += HOSTILE
    return _read(store, [span.since, span.until, *codes], where, countries, OWN_DAY, LATEST, limit)


def first_told(store: Record, span: Span, limit: int) -> tuple[ActRow, ...]:
    """Events that documents of some days tell, the gravest first; old ones that they only recall are left out."""
    where = f"({OWN_DAY} >= $1::DATE - 14)"
    return _read(store, [span.since, span.until], where, ANY, "d.date", GRAVEST, limit)


def untold(acts: Iterable[ActRow], things: Iterable[Told]) -> list[ActRow]:
    """The events that no thing stands for: one between its parties in its sentence, and of hostile ones a position."""
    told: dict[tuple[str, str], list[tuple[set[str], bool]]] = defaultdict(list)
    for thing in things:
        if thing.documents:
            codes = {*thing.countries(), *thing.countries("host"), getattr(thing, "host", "")}
            told[thing.documents[0], thing.quote].append((codes, isinstance(thing, PositionRow)))
    return [
        act
        for act in acts
        if not any(
            codes >= set(act.countries()) and (says or act.quad_class in FRIENDLY)
            for codes, says in told.get((act.documents[0], act.quote), ())
        )
    ]


def _read(
    store: Record, parameters: Sequence[Any], where: str, countries: str, day: str, order: str, limit: int
) -> tuple[ActRow, ...]:
    sql = ACTS.format(where=where, countries=countries, day=day, order=order, limit=int(limit))
    _, rows = store.query(sql, parameters)
    found = [_act(*row) for row in rows]
    key = (lambda row: -abs(row.goldstein)) if order is GRAVEST else _lately
    return tuple(sorted(sorted(found, key=lambda row: row.id), key=key))


def _lately(row: ActRow) -> float:
    return -row.day.toordinal() if row.day else 0


def _act(
    identity: str, document: str, event_type: str, cameo: str, goldstein: float | None, quad: int | None,
    factuality: str, day: Date | None, precision: str, published: Date | None, words: str, one: str, two: str,
    one_name: str, two_name: str, one_office: str, two_office: str, documents: list[str], quote: str | None,
) -> ActRow:  # fmt: skip
    others = [each for each in documents if each != document]
    parties = (Party("actor", one_name, one, one_office), Party("recipient", two_name, two, two_office))
    return ActRow(
        id=identity, date=day, date_precision=precision or "", published=published, parties=parties, quote=quote or "",
        words=words, documents=(document, *others), event_type=event_type, cameo=cameo or "",
        goldstein=goldstein or 0.0, quad_class=quad or 0, factuality=factuality,
    )  # fmt: skip
