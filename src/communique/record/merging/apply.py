"""Merges the record: judges what may be one, groups it, follows promises up, and writes what came of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from communique.model import content_id
from communique.record.merging.components import components
from communique.record.merging.followup import follow_up
from communique.record.merging.judging import Judge, Judgement, pairs
from communique.record.merging.meetings import MeetingJudge, VisitJudge
from communique.record.merging.papers import AgreementJudge, CommitmentJudge, PositionJudge
from communique.record.merging.tellings import Party, Telling, load
from communique.record.merging.verdicts import load_verdicts
from communique.record.store import Record
from communique.record.things import shown

JUDGES: Mapping[str, Judge] = {
    "meeting": MeetingJudge(),
    "visit": VisitJudge(),
    "agreement": AgreementJudge(),
    "commitment": CommitmentJudge(),
    "position": PositionJudge(),
}
Groups = list[tuple[str, ...]]
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """Numbers by kind of thing: tellings, and things after merging."""

    tellings: dict[str, int]
    things: dict[str, int]


def merge_record(record: Record, names: Mapping[str, frozenset[str]] | None = None) -> Merged:
    """Merges all things of a record anew; the same record gives the same result, whatever order it was read in.

    Args:
        record: the record.
        names: what texts call countries, by code, besides what the record itself tells of that.
    """
    told = load(record.query)
    rows: dict[str, list[Row]] = {"merged": [], "merged_parties": [], "judgements": []}
    rows["judgements"] = _verdict_rows(record)
    ordered: dict[str, dict[str, list[Telling]]] = {}
    for kind, tellings in told.items():
        judge = JUDGES[kind]
        groups, judgements = _group(tellings, judge, load_verdicts(record, kind, tellings))
        ordered[kind] = {}
        for members in groups:
            merged_id = content_id("merged", kind, list(members))
            ordered[kind][merged_id] = sorted((tellings[each] for each in members), key=judge.rank)
        rows["judgements"] += _judgement_rows(kind, judgements, groups, tellings)
        for merged_id, group in ordered[kind].items():
            rows["merged"] += [(kind, merged_id, each.id, each.document_id, n) for n, each in enumerate(group)]
            rows["merged_parties"] += [(kind, merged_id, *row) for row in _party_rows(group)]
    rows["commitment_changes"] = follow_up(record, ordered, names or {})
    _keep_unmerged(record, rows)
    record.replace(rows)
    return Merged({k: len(v) for k, v in told.items()}, {k: len(v) for k, v in ordered.items()})


def _group(
    tellings: Mapping[str, Telling], judge: Judge, verdicts: Sequence[Judgement]
) -> tuple[Groups, list[Judgement]]:
    """The groups, and the judgements that two are one."""
    said = {(each.a, each.b): each.verdict for each in verdicts}

    @cache
    def judged(a: str, b: str) -> Judgement | None:
        return judge.judge(tellings[a], tellings[b])

    def is_apart(a: str, b: str) -> bool:
        a, b = sorted((a, b))
        if (a, b) in said:
            return said[a, b] == "apart"
        found = judged(a, b)
        return found is not None and found.verdict == "apart"

    blocks: dict[Hashable, set[str]] = defaultdict(set)
    for telling in tellings.values():
        for key in judge.keys(telling):
            blocks[key].add(telling.id)
    compared = sorted({pair for block in blocks.values() if len(block) > 1 for pair in pairs(block)})
    found = [each for a, b in compared if (a, b) not in said and (each := judged(a, b)) and each.verdict == "same"]
    found += [each for each in verdicts if each.verdict == "same"]
    groups = components(tellings, found, is_apart, lambda each: judge.is_sure(tellings[each]))
    return groups, found


def _judgement_rows(
    kind: str, judgements: Sequence[Judgement], groups: Groups, tellings: Mapping[str, Telling]
) -> list[Row]:
    """Our judgements that hold: both are in one group."""
    group_of = {each: number for number, members in enumerate(groups) for each in members}
    rows: list[Row] = []
    for each in judgements:
        if each.by == "rules" and group_of[each.a] == group_of[each.b]:
            a, b = tellings[each.a], tellings[each.b]
            anchors = (a.document_id, a.start, b.document_id, b.start)
            rows.append((kind, each.a, each.b, each.verdict, each.why, each.by, None, *anchors))
    return rows


def _verdict_rows(record: Record) -> list[Row]:
    return record.query("FROM judgements WHERE judged_by = 'user' ORDER BY kind, a, b")[1]


def _keep_unmerged(record: Record, rows: dict[str, list[Row]]) -> None:
    """Kinds that are not merged stay as they are."""
    for table in ("merged", "merged_parties"):
        rows[table] += [row for row in record.query(f"FROM {table} ORDER BY ALL")[1] if row[0] not in JUDGES]


def _party_rows(group: Sequence[Telling]) -> list[Row]:
    """Who has which role, everybody once; where a country's person is named, its bare name is left out."""
    rows: list[Row] = []
    roles: dict[str, list[tuple[Telling, Party]]] = {}
    for telling in group:
        for party in telling.parties:
            listed = roles.setdefault(party.role, [])
            if not any(_is_one(party, other) for _, other in listed):
                listed.append((telling, party))
    for role, listed in roles.items():
        named = {party.key for _, party in listed if party.persons}
        kept = [(t, p) for t, p in listed if p.persons or p.key not in named or p.kind == "organisation"]
        for position, (telling, party) in enumerate(kept):
            name = shown(party.name, party.country, party.office)
            cells = (name, party.country, party.office, party.entity_id, party.text)
            rows.append((telling.id, telling.document_id, role, position, *cells))
    return rows


def _is_one(a: Party, b: Party) -> bool:
    if a.persons and b.persons:
        return bool(a.persons & b.persons) and a.key == b.key
    return a.key == b.key and not a.persons and not b.persons and (a.office == b.office)
