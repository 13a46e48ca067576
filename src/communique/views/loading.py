"""Loads merged things from the record.

What is wanted is picked first, by its parties or its documents, and only the rows of that are read: the record's own
views merge everything before they choose.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date as Date
from typing import Any, cast

from communique.errors import RecordError
from communique.record.merging.followup import status_at
from communique.record.store import Record
from communique.record.things import KINDS as TABLES
from communique.views.rows import HAPPENED, KINDS, AgreementRow, Party, PromiseRow, Told, earliest_first

SCHEMA = 4
STAGES = (
    *("negotiated", "agreed", "initialled", "signed", "adopted", "ratified", "in-force", "implemented", "suspended"),
    "terminated",
)
# Ids are bound as one value: DuckDB takes long for each that Python binds.
MINE = """
WITH chosen AS (SELECT DISTINCT unnest(string_split($1, ' ')) AS merged_id),
mine AS (SELECT m.* FROM merged m JOIN chosen USING (merged_id))
"""
QUOTES = f"""{MINE}
SELECT m.merged_id, m.document_id, t.words, d.date, substr(d.text, s."start" + 1, s."end" - s."start") AS quote
FROM mine m JOIN thing_sources t ON t.thing_id = m.thing_id AND t.document_id = m.document_id AND t.position = 0
JOIN documents d ON d.document_id = t.document_id
LEFT JOIN sentences s ON s.document_id = t.document_id AND s.sentence = t.sentence
ORDER BY m.rank, d.date, m.document_id, t."start"
"""
PARTIES = f"""{MINE}
SELECT p.merged_id, p.role, coalesce(nullif(p.name, ''), p.text), coalesce(p.country, ''), coalesce(p.office, '')
FROM merged_parties p JOIN chosen USING (merged_id) ORDER BY p.merged_id, p.role, p.position, p.thing_id
"""
TOPICS = f"""{MINE}
SELECT DISTINCT m.merged_id, t.topic FROM mine m
JOIN thing_topics t ON t.thing_id = m.thing_id AND t.document_id = m.document_id ORDER BY ALL
"""
PLACES = f"""{MINE}
SELECT m.merged_id, coalesce(nullif(t.name, ''), t.text) FROM mine m
JOIN thing_places t ON t.thing_id = m.thing_id AND t.document_id = m.document_id ORDER BY m.rank, t.position
"""
CHANGES = """
WITH chosen AS (SELECT DISTINCT unnest(string_split($1, ' ')) AS merged_id)
SELECT c.commitment_id, c.status, c.date FROM commitment_changes c JOIN chosen ON chosen.merged_id = c.commitment_id
ORDER BY c.commitment_id, c.position
"""
BETWEEN = """
SELECT kind, merged_id FROM merged_parties WHERE country IN ($1, $2) AND role <> 'host'
GROUP BY ALL HAVING count(DISTINCT country) = 2
UNION
SELECT p.kind, p.merged_id FROM merged_parties p
JOIN visits_told v ON v.thing_id = p.thing_id AND v.document_id = p.document_id
WHERE p.kind = 'visit' AND ((p.country = $1 AND v.host = $2) OR (p.country = $2 AND v.host = $1))
UNION
SELECT m.kind, m.merged_id FROM merged m
JOIN accreditations_told a ON a.thing_id = m.thing_id AND a.document_id = m.document_id
WHERE m.kind = 'accreditation' AND ((a.sending = $1 AND a.receiving = $2) OR (a.sending = $2 AND a.receiving = $1))
"""
# Of one country, or of all where none is given.
OF = """
SELECT kind, merged_id FROM merged_parties WHERE country = $1 AND role <> 'host'
UNION
SELECT m.kind, m.merged_id FROM merged m JOIN visits_told v ON v.thing_id = m.thing_id AND v.document_id = m.document_id
WHERE m.kind = 'visit' AND v.host = $1
"""


def require_schema(store: Record) -> None:
    """Raises RecordError where the record is of a time before it held things of diplomacy."""
    _, rows = store.query("SELECT value FROM meta WHERE key = 'schema'")
    if not rows or int(rows[0][0]) < SCHEMA:
        remedy = "Bring it up to date: communique merge --record FILE"
        raise RecordError("was written before records held things of diplomacy", path=str(store.path), remedy=remedy)


def pick(store: Record, codes: Sequence[str]) -> dict[str, list[str]]:
    """The ids by kind of the things in which up to two countries all have a part; of all things where none is given."""
    if len(codes) == 2:
        _, rows = store.query(BETWEEN, list(codes))
    elif codes:
        _, rows = store.query(OF, list(codes))
    else:
        _, rows = store.query("SELECT DISTINCT kind, merged_id FROM merged")
    return by_kind(rows)


def by_kind(rows: Iterable[Sequence[Any]]) -> dict[str, list[str]]:
    """Ids by their kind, from rows of kind and id."""
    found: dict[str, list[str]] = defaultdict(list)
    for kind, identity in rows:
        found[kind].append(identity)
    return found


class Loader:
    """Loads things of several kinds at once; `get` gives them typed, earliest first.

    Args:
        store: the record.
        chosen: ids by kind.
        until: the day by which stages and statuses are told, None for the last that is known.
        today: the day on which promises are open or overdue.
    """

    def __init__(
        self, store: Record, chosen: dict[str, list[str]], until: Date | None = None, today: Date | None = None
    ) -> None:
        self._store = store
        self._chosen = chosen
        self._until = until
        self._today = until or today or Date.today()
        self._ids = " ".join(identity for ids in chosen.values() for identity in ids)
        self._common = self._read_common() if self._ids else {}

    def get(self, kind: str) -> list[Told]:
        """The chosen things of a kind."""
        if not self._chosen.get(kind):
            return []
        sql = f"{MINE} SELECT m.merged_id, t.* FROM mine m JOIN {TABLES[kind].table} t " + (
            "ON t.thing_id = m.thing_id AND t.document_id = m.document_id ORDER BY m.merged_id, m.rank, t.thing_id"
        )
        columns, rows = self._store.query(sql, [" ".join(self._chosen[kind])])
        names = ["form" if name == "kind" else name for name in columns]
        tellings: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in rows:
            tellings[row[0]].append(dict(zip(names, row, strict=True)))
        built = [self._build(KINDS[kind], identity, each) for identity, each in tellings.items()]
        if kind == "commitment":
            built = self._with_status(built)
        return sorted(built, key=earliest_first)

    def _build(self, cls: type[Told], identity: str, tellings: list[dict[str, Any]]) -> Told:
        """The first telling's values, and the next one's where it has none."""
        wanted = {field.name for field in dataclasses.fields(cls)} & set(tellings[0])
        values: dict[str, Any] = {}
        for telling in reversed(tellings):
            values |= {name: telling[name] for name in wanted if telling[name] not in (None, "", "unknown")}
        if cls is AgreementRow:
            values |= self._stage(tellings)
        return cls(id=identity, **{**values, **self._common.get(identity, {})})

    def _stage(self, tellings: list[dict[str, Any]]) -> dict[str, Any]:
        """The last stage that had been reached by the day, as the view `agreements` has it."""
        reached = [
            (t["date"], STAGES.index(t["stage"]))
            for t in tellings
            if t["date"] and t["factuality"] in HAPPENED and (self._until is None or t["date"] <= self._until)
        ]
        if not reached:
            return {}
        day, stage = max(reached)
        return {"stage": STAGES[stage], "stage_date": day, "factuality": "happened"}

    def _with_status(self, promises: list[Told]) -> list[Told]:
        changes: dict[str, list[tuple[Any, Date | None]]] = defaultdict(list)
        for identity, status, day in self._store.query(CHANGES, [" ".join(self._chosen["commitment"])])[1]:
            changes[identity].append((status, day))
        found: list[Told] = []
        for promise in cast(list[PromiseRow], promises):
            history = changes[promise.id] or [("open", promise.day)]
            status = status_at(history, promise.due, self._today)
            if status is not None:
                found.append(dataclasses.replace(promise, status=status))
        return found

    def _read_common(self) -> dict[str, dict[str, Any]]:
        """Quotes, parties, topics and places of all that are chosen."""
        found: dict[str, dict[str, Any]] = defaultdict(lambda: defaultdict(tuple))
        for identity, document, words, day, quote in self._read(QUOTES):
            common = found[identity]
            if "quote" not in common:
                common |= {"quote": quote or "", "words": words or "", "published": day}
            common["documents"] = tuple(dict.fromkeys((*common["documents"], document)))
        for identity, role, name, country, office in self._read(PARTIES):
            parties = found[identity]["parties"]
            if (role, name, country) not in {(party.role, party.name, party.country) for party in parties}:
                found[identity]["parties"] = (*parties, Party(role, name, country, office))
        for identity, topic in self._read(TOPICS):
            found[identity]["topics"] = (*found[identity]["topics"], topic)
        for identity, place in self._read(PLACES):
            found[identity]["places"] = tuple(dict.fromkeys((*found[identity]["places"], place)))
        return found

    def _read(self, sql: str) -> list[tuple[Any, ...]]:
        return self._store.query(sql, [self._ids])[1]
