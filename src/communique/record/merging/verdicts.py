"""The user's verdicts: kept over a reading, and applied before ours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import Any

from communique.errors import RecordError
from communique.record.merging.judging import Judgement, Verdict, pairs
from communique.record.merging.tellings import Telling
from communique.record.store import Record

# How far, in characters, a thing may have moved in its text for a verdict on it to hold.
MOVED = 150
COLUMNS = "kind, a, b, verdict, why, judged_by, judged_at, a_document, a_start, b_document, b_start"


@dataclass(frozen=True, slots=True)
class _Member:
    kind: str
    merged_id: str
    thing_id: str
    document_id: str
    start: int


def load_verdicts(record: Record, kind: str, tellings: Mapping[str, Telling]) -> list[Judgement]:
    """The user's verdicts on one kind, over the tellings that there are now."""
    rows = record.query(
        f"SELECT {COLUMNS} FROM judgements WHERE kind = ? AND judged_by = 'user' ORDER BY a, b", [kind]
    )[1]
    by_document: dict[str, list[Telling]] = {}
    for telling in tellings.values():
        by_document.setdefault(telling.document_id, []).append(telling)
    found = []
    for _, a, b, verdict, why, _, _, a_document, a_start, b_document, b_start in rows:
        first = _now(a, a_document, a_start, tellings, by_document)
        second = _now(b, b_document, b_start, tellings, by_document)
        if first and second and first != second:
            found.append(Judgement(min(first, second), max(first, second), verdict, why or "", by="user"))
    return found


def _now(
    thing: str, document: str, start: int, tellings: Mapping[str, Telling], by_document: Mapping[str, Sequence[Telling]]
) -> str | None:
    """The id of what a verdict was on: its own, or of what now stands at its place in its document."""
    if thing in tellings:
        return thing
    near = [(abs(each.start - start), each.id) for each in by_document.get(document, ())]
    return min(near)[1] if near and min(near)[0] <= MOVED else None


def split(record: Record, identity: str, why: str = "") -> int:
    """Takes a merged thing apart, or one telling out of it; the number of verdicts."""
    members = _members(record, identity)
    if len(members) > 1 and members[0].merged_id == identity:
        chosen = [(one, other) for one, other in _pairs(members)]
    else:
        others = [each for each in _members(record, members[0].merged_id) if each.thing_id != identity]
        chosen = [(members[0], other) for other in others]
    if not chosen:
        raise RecordError(f"{identity} is told only once", path=str(record.path), remedy=LIST)
    _decide(record, chosen, "apart", why)
    return len(chosen)


def join(record: Record, identity: str, other: str, why: str = "") -> int:
    """Makes two things one; the number of verdicts."""
    first, second = _members(record, identity), _members(record, other)
    if first[0].kind != second[0].kind:
        problem = f"{identity} is a {first[0].kind}, {other} a {second[0].kind}"
        raise RecordError(problem, path=str(record.path), remedy=LIST)
    chosen = [(a, b) for a, b in product(first, second) if a.thing_id != b.thing_id]
    if not chosen:
        raise RecordError("these are one thing already", path=str(record.path), remedy=LIST)
    _decide(record, chosen, "same", why)
    return len(chosen)


LIST = "See them: communique merge --list."


def _pairs(members: Sequence[_Member]) -> Iterable[tuple[_Member, _Member]]:
    by_id = {each.thing_id: each for each in members}
    return ((by_id[a], by_id[b]) for a, b in pairs(by_id))


def _members(record: Record, identity: str) -> list[_Member]:
    """The tellings of a merged thing, or the one telling that has the id."""
    sql = """
        SELECT m.kind, m.merged_id, m.thing_id, m.document_id, coalesce(min(s."start"), 0)
        FROM merged m LEFT JOIN thing_sources s
        ON s.thing_id = m.thing_id AND s.document_id = m.document_id AND s.position = 0
        WHERE m.{} = ? GROUP BY ALL ORDER BY m.thing_id"""
    for column in ("merged_id", "thing_id"):
        rows = record.query(sql.format(column), [identity])[1]
        if rows:
            return [_Member(*row) for row in rows]
    raise RecordError(f"there is no thing {identity!r}", path=str(record.path), remedy=LIST)


def _decide(record: Record, chosen: Sequence[tuple[_Member, _Member]], verdict: Verdict, why: str) -> None:
    """Writes verdicts; an older one on the same pair goes."""
    now = datetime.now().replace(microsecond=0)
    rows: list[tuple[Any, ...]] = []
    for pair in chosen:
        a, b = sorted(pair, key=lambda each: each.thing_id)
        ids = (a.kind, a.thing_id, b.thing_id, verdict, why, "user", now)
        rows.append((*ids, a.document_id, a.start, b.document_id, b.start))
    keys = {(row[1], row[2]) for row in rows}
    kept = [row for row in record.query(f"SELECT {COLUMNS} FROM judgements")[1] if (row[1], row[2]) not in keys]
    record.replace({"judgements": [*kept, *rows]})
