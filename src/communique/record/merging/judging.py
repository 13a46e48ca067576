"""What a judgement is, and what all kinds of things are judged by: days, places, sides."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations
from math import asin, cos, radians, sin, sqrt
from typing import Literal, Protocol

from communique.record.merging.tellings import Spot, Telling

Verdict = Literal["same", "apart"]
# Kilometres within which two names of places may mean one, and from which they cannot.
ONE_PLACE = 60.0
OTHER_PLACE = 300.0
EARTH = 6371.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether two tellings are of one thing.

    Attributes:
        a, b: their ids, the smaller first.
        strength: the surer are applied first.
        vague: it holds only where there is no other candidate.
        by: rules or user.
    """

    a: str
    b: str
    verdict: Verdict
    why: str
    strength: float = 0.0
    vague: bool = False
    by: Literal["rules", "user"] = "rules"


class Judge(Protocol):
    """Judges the tellings of one kind of thing. A judgement is the same whichever comes first."""

    def keys(self, telling: Telling) -> Iterable[Hashable]:
        """Only tellings that share a key are compared."""

    def judge(self, a: Telling, b: Telling) -> Judgement | None:
        """The judgement, or None where nothing speaks for or against."""

    def is_sure(self, telling: Telling) -> bool:
        """Whether the telling is precise enough for vague ones to be joined to it."""

    def rank(self, telling: Telling) -> tuple[Hashable, ...]:
        """The order in which the tellings of one thing are believed."""


def same(a: Telling, b: Telling, why: str, strength: float, *, vague: bool = False) -> Judgement:
    """A judgement that two are one."""
    return Judgement(min(a.id, b.id), max(a.id, b.id), "same", why, round(strength, 3), vague)


def apart(a: Telling, b: Telling, why: str) -> Judgement:
    """A judgement that two are not one."""
    return Judgement(min(a.id, b.id), max(a.id, b.id), "apart", why)


def days_between(a: Telling, b: Telling) -> int | None:
    """Days from the end of one to the beginning of the other, 0 where they overlap, None where one has no date."""
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return None
    return max(0, (b.first - a.last).days, (a.first - b.last).days)


def compare_places(a: Spot | None, b: Spot | None) -> Verdict | None:
    """Whether two places are one, told apart, or neither is known."""
    if a is None or b is None or not a.name or not b.name:
        return None
    if a.name == b.name and a.country == b.country:
        return "same"
    if a.country and b.country and a.country != b.country:
        return "apart"
    kilometres = distance(a, b)
    if kilometres is None:
        return None
    return "same" if kilometres <= ONE_PLACE else "apart" if kilometres > OTHER_PLACE else None


def distance(a: Spot, b: Spot) -> float | None:
    """Kilometres between two places, along the earth's surface."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    first, second = radians(a.lat), radians(b.lat)
    square = sin((second - first) / 2) ** 2 + cos(first) * cos(second) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH * asin(sqrt(square))


@dataclass(frozen=True, slots=True)
class Accord:
    """How the persons of two tellings agree, over the sides that both name."""

    shared: frozenset[str]
    matched: frozenset[str]
    contradicted: frozenset[str]


def compare_sides(a: Telling, b: Telling) -> Accord:
    """The sides that both name, those with a person in common, and those where each names somebody else."""
    shared = a.sides & b.sides
    matched = {side for side in shared if a.persons(side) & b.persons(side)}
    named = {side for side in shared if a.persons(side) and b.persons(side)}
    return Accord(shared, frozenset(matched), frozenset(named - matched))


def day_keys(telling: Telling, longest: int = 10) -> Iterator[Hashable]:
    """A key for each day of a telling that does not last long."""
    if telling.first is None or telling.last is None or (telling.last - telling.first).days > longest:
        return
    for day in range((telling.last - telling.first).days + 1):
        yield telling.first + timedelta(days=day)


def pairs(items: Iterable[str]) -> Iterator[tuple[str, str]]:
    """All pairs, in a fixed order."""
    yield from combinations(sorted(items), 2)
