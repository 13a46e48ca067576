"""How important something new is, and why: who took part, what stage a document reached, how grave an act is."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from typing import Any

from communique.views import rows as r

# A part of a rank: how much, and the words for it.
Reason = tuple[float, str]
LEVELS: dict[str, Reason] = {
    "head-of-state": (6.0, "heads of state"),
    "head-of-government": (5.5, "heads of government"),
    "minister": (4.0, "ministers"),
    "deputy": (2.5, "deputies"),
    "envoy": (2.0, "envoys"),
    "official": (1.5, "officials"),
    "": (1.0, "level not told"),
}
# The first that fits; a deputy's office names that of the one deputised for.
OFFICES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), level)
    for words, level in (
        ("vice|deputy|assistant|under-?secretary", "deputy"),
        ("prime minister|premier|chancellor|taoiseach|head of government", "head-of-government"),
        ("president|king|queen|emir|sultan|emperor|pope|head of state|supreme leader|crown prince", "head-of-state"),
        ("minister|secretary of state|foreign secretary|secretary of defen[cs]e", "minister"),
        ("ambassador|envoy|representative|chargé d'affaires", "envoy"),
    )
)
STAGES = {
    "terminated": 6.0, "in-force": 5.5, "suspended": 5.5, "ratified": 5.0, "signed": 5.0, "adopted": 4.5,
    "implemented": 4.5, "initialled": 3.5, "agreed": 3.0, "negotiated": 2.0,
}  # fmt: skip
VISITS = {"state": 5.0, "official": 4.0, "working": 3.5, "private": 2.0}
STATUSES = {"broken": 5.5, "overdue": 4.0, "done": 4.0, "superseded": 3.0}
STRENGTHS = {"pledged": 3.0, "promised": 3.0, "agreed": 3.0, "intends": 2.0, "considers": 1.5}
STANCES = {"recognises": 4.5, "condemns": 3.5, "rejects": 3.0, "opposes": 3.0, "doubts": 2.0, "supports": 2.0}
ACCREDITATIONS = {"recalled": 5.0, "appointed": 3.0}
# Those who only speak weigh less than those who meet, and so does what did not come about yet.
SPEAKER = 0.3
CERTAINTY = {"planned": 0.8, "promised": 0.8, "background": 0.5, "conditional": 0.5, "called-for": 0.5, "denied": 0.5}
GOLDSTEIN = 0.6
GRAVE = 7.0


def rank(row: r.Told) -> tuple[float, str]:
    """How important a row is, from 0 to about 10, and the reasons in words."""
    reasons = list(WEIGHTS[type(row)](row))
    total = sum(value for value, _ in reasons)
    certainty = getattr(row, "factuality", "happened")
    words = [word for _, word in reasons]
    if certainty in CERTAINTY:
        total *= CERTAINTY[certainty]
        words.append(f"{certainty}, so that it counts less")
    number = len(row.documents)
    total += math.log2(max(1, number))
    words.append("told by one document" if number == 1 else f"told by {number} documents")
    return round(total, 2), "; ".join(words)


def level_of(parties: tuple[r.Party, ...]) -> str:
    """The highest level that the parties' offices tell."""
    order = list(LEVELS)
    found = {next((level for pattern, level in OFFICES if pattern.search(party.office)), "") for party in parties}
    return min(found or {""}, key=order.index)


def _meeting(row: r.MeetingRow) -> Iterator[Reason]:
    value, words = LEVELS.get(row.level or level_of(row.of("participant")), LEVELS[""])
    yield value, f"meeting of {words}" if words != "level not told" else "meeting, level not told"
    if row.form == "multilateral":
        yield 0.5, "several states"
    elif row.form in ("call", "video"):
        yield -0.5, "not in person"


def _visit(row: r.VisitRow) -> Iterator[Reason]:
    value, words = LEVELS[level_of(row.of("visitor"))]
    yield (value + VISITS.get(row.form, 3.0)) / 2, f"{row.form or 'unspecified'} visit, {words}"


def _agreement(row: r.AgreementRow) -> Iterator[Reason]:
    yield STAGES.get(row.stage, 2.0), f"{row.form.replace('-', ' ')} {row.stage}"
    if row.form == "treaty":
        yield 1.0, "a treaty"


def _promise(row: r.PromiseRow) -> Iterator[Reason]:
    if row.status in STATUSES:
        yield STATUSES[row.status], f"promise {row.status}"
    else:
        yield STRENGTHS.get(row.strength, 2.0), f"new promise ({row.strength or 'strength not told'})"
    yield from _speaker(row.of("by"))


def _position(row: r.PositionRow) -> Iterator[Reason]:
    yield STANCES.get(row.stance, 1.5), f"position: {row.stance}"
    yield from _speaker(row.of("holder"))


def _speaker(parties: tuple[r.Party, ...]) -> Iterator[Reason]:
    level = level_of(parties)
    if level:
        yield LEVELS[level][0] * SPEAKER, f"level of the speaker: {level.replace('-', ' ')}"


def _accreditation(row: r.AccreditationRow) -> Iterator[Reason]:
    yield ACCREDITATIONS.get(row.act, 2.5), f"envoy: {row.act.replace('-', ' ')}"


def _act(row: r.ActRow) -> Iterator[Reason]:
    gravity = "grave, " if row.goldstein <= -GRAVE else ""
    yield abs(row.goldstein) * GOLDSTEIN, f"{row.event_type.lower()}, {gravity}Goldstein {row.goldstein:+g}"


def _plainly(value: float, words: str) -> Callable[[Any], Iterator[Reason]]:
    def weigh(row: Any) -> Iterator[Reason]:
        yield value, words

    return weigh


WEIGHTS: dict[type[r.Told], Callable[[Any], Iterator[Reason]]] = {
    r.MeetingRow: _meeting,
    r.VisitRow: _visit,
    r.AgreementRow: _agreement,
    r.PromiseRow: _promise,
    r.PositionRow: _position,
    r.InvitationRow: _plainly(2.5, "invitation"),
    r.GiftRow: _plainly(1.0, "gift"),
    r.AwardRow: _plainly(1.5, "award"),
    r.AccreditationRow: _accreditation,
    r.InstitutionRow: _plainly(1.0, "institution named"),
    r.ActRow: _act,
}
