"""Whether two documents tell of one agreement, of one promise, or of one position."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from communique.record.merging.judging import Judgement, apart, compare_sides, days_between, pairs, same
from communique.record.merging.tellings import Telling
from communique.record.merging.words import numbers, overlap, stems

# What an agreement may be called by others; the rest are papers of their own sort.
TREATIES = frozenset({"treaty", "agreement", "protocol", "contract", "understanding"})
# Stages that an agreement has once.
ONCE = frozenset({"signed", "initialled", "adopted", "in-force", "terminated"})
ORDER = ("negotiated", "agreed", "initialled", "signed", "ratified", "in-force", "implemented", "terminated")
ALIKE = 0.6
SIGNED_DAYS = 3
RENEWED_DAYS = 3 * 366
SIDES = 6


class AgreementJudge:
    """Two tellings are of one agreement: parties, kind and title agree; each stage is part of its history."""

    def keys(self, telling: Telling) -> Iterator[Hashable]:
        """Two parties and a word of the title or an area."""
        words = telling.matter or telling.topics
        for pair in pairs(sorted(telling.sides)[:SIDES]):
            yield from ((*pair, word) for word in words)
            if telling.first:
                yield from ((*pair, telling.first.toordinal() + shift) for shift in range(SIGNED_DAYS + 1))

    def judge(self, a: Telling, b: Telling) -> Judgement | None:
        """See the class."""
        smaller, larger = sorted((a.sides, b.sides), key=len)
        if not smaller <= larger or len(smaller) < 2:
            return apart(a, b, "other parties") if not smaller & larger else None
        kinds = {a.values["kind"], b.values["kind"]}
        if len(kinds) > 1 and not kinds <= TREATIES:
            return apart(a, b, "another kind of document")
        against = _stages_against(a, b)
        if against:
            return apart(a, b, against)
        first, second = a.matter, b.matter
        likeness = overlap(first, second)
        parties = f"both between {', '.join(sorted(smaller))}"
        if first and second:
            if likeness >= ALIKE and (len(first & second) > 1 or first == second):
                nearness = 1 / (1 + (days_between(a, b) or 0) / 365)
                return same(a, b, f"{parties}; the titles share {_listed(first & second)}", 2 + likeness + nearness)
            return apart(a, b, "of another matter") if likeness == 0 and not a.topics & b.topics else None
        gap = days_between(a, b)
        if gap is not None and gap <= SIGNED_DAYS and a.topics & b.topics and len(kinds) == 1:
            return same(a, b, f"{parties}, of one time, on {_listed(a.topics & b.topics)}", 1.0, vague=True)
        return None

    def is_sure(self, telling: Telling) -> bool:
        """Whether its matter is told."""
        return bool(telling.matter)

    def rank(self, telling: Telling) -> tuple[Hashable, ...]:
        """Those with a title first, then the earliest."""
        published = telling.published.toordinal() if telling.published else 0
        return (telling.factuality not in ("happened", "ongoing"), not telling.values["title"], published, telling.id)


class CommitmentJudge:
    """Two tellings are of one promise: who, to whom and what agree, and no two days are set."""

    def keys(self, telling: Telling) -> Iterator[Hashable]:
        """A party and a word of the content."""
        words = telling.substance
        for side in telling.side("by"):
            yield from ((side, *pair) for pair in pairs(sorted(words)[:12]))
            if len(words) == 1:
                yield (side, *words)

    def judge(self, a: Telling, b: Telling) -> Judgement | None:
        """See the class."""
        if not are_same_promise(a, b):
            return None
        if a.values["due"] and b.values["due"] and a.values["due"] != b.values["due"]:
            return apart(a, b, "a new day was set")
        if a.document_id == b.document_id and a.values["content"] != b.values["content"]:
            return apart(a, b, "one document tells of them as two")
        gap = days_between(a, b)
        if gap is not None and gap > RENEWED_DAYS:
            return None
        shared = a.substance & b.substance
        return same(a, b, f"the same promise, told again: {_listed(shared)}", 1 + overlap(a.substance, b.substance))

    def is_sure(self, telling: Telling) -> bool:
        """Whether it says what is to be done."""
        return bool(telling.substance)

    def rank(self, telling: Telling) -> tuple[Hashable, ...]:
        """The earliest first."""
        published = telling.published.toordinal() if telling.published else 0
        return (published, telling.id)


class PositionJudge:
    """Two tellings are of one position: holder, stance and object agree, within a day."""

    def keys(self, telling: Telling) -> Iterator[Hashable]:
        """Holder, stance and a word of the object."""
        for side in telling.side("holder"):
            yield from ((side, telling.values["stance"], word) for word in stems(telling.values["object"] or ""))

    def judge(self, a: Telling, b: Telling) -> Judgement | None:
        """See the class."""
        if a.document_id == b.document_id or a.values["stance"] != b.values["stance"]:
            return apart(a, b, "told as two")
        gap = days_between(a, b)
        first, second = stems(a.values["object"] or ""), stems(b.values["object"] or "")
        holders = a.side("holder") & b.side("holder")
        targets = a.side("target") == b.side("target") or not a.side("target") or not b.side("target")
        accord = compare_sides(a, b)
        if not holders or not targets or gap is None or gap > 1 or accord.contradicted & holders:
            return None
        if overlap(first, second) >= ALIKE and (len(first & second) > 1 or first == second):
            return same(a, b, f"the same stance on {_listed(first & second)}", 1 + overlap(first, second))
        return None

    def is_sure(self, telling: Telling) -> bool:
        """Whether the day is told."""
        return telling.is_dated

    def rank(self, telling: Telling) -> tuple[Hashable, ...]:
        """The earliest first."""
        return CommitmentJudge().rank(telling)


def are_same_promise(a: Telling, b: Telling) -> bool:
    """Whether two promises are of one party, to one, and of one content; their days may differ."""
    if not a.side("by") & b.side("by"):
        return False
    if a.side("to") and b.side("to") and not a.side("to") & b.side("to"):
        return False
    first, second = a.substance, b.substance
    if numbers(first) and numbers(second) and not numbers(first) & numbers(second):
        return False
    return overlap(first, second) >= ALIKE and (len(first & second) > 1 or first == second)


def _stages_against(a: Telling, b: Telling) -> str:
    """What the stages of two tellings have against their being one."""
    gap = days_between(a, b)
    stage, other = a.values["stage"], b.values["stage"]
    if a.document_id == b.document_id and stage == other:
        return "one document tells of them as two"
    if gap is None or not (a.is_dated and b.is_dated) or "background" in (a.factuality, b.factuality):
        return ""
    if stage == other and stage in ONCE and gap > SIGNED_DAYS:
        return f"{stage} on two days"
    if stage in ORDER and other in ORDER and stage != other and gap > SIGNED_DAYS and a.first and b.first:
        early, late = sorted((a, b), key=lambda each: (each.first or each.published, each.id))
        if ORDER.index(early.values["stage"]) > ORDER.index(late.values["stage"]):
            return f"{late.values['stage']} when the other was already {early.values['stage']}"
    return ""


def _listed(words: frozenset[str]) -> str:
    return ", ".join(sorted(words)[:5])
