"""Whether two documents tell of one meeting, or of one visit."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from datetime import timedelta

from communique.record.merging.judging import (
    Accord,
    Judgement,
    apart,
    compare_places,
    compare_sides,
    day_keys,
    days_between,
    pairs,
    same,
)
from communique.record.merging.tellings import Telling
from communique.record.merging.words import fold

REMOTE = frozenset({"call", "video"})
REAL = frozenset({"happened", "ongoing", "background"})
# The order in which factualities are believed: what came about before what was planned.
BELIEVED = ("happened", "ongoing", "background", "planned", "promised", "conditional", "called-for", "denied")
VAGUE_DAYS = 45
VISIT_DAYS = 3
PUT_OFF_DAYS = 366
PUT_OFF = re.compile(r"\b(?:postpon|put off|resched|delay|defer|adjourn|put back)", re.IGNORECASE)


class MeetingJudge:
    """Two tellings are of one meeting: who, what kind, day and place agree."""

    def keys(self, telling: Telling) -> Iterator[Hashable]:
        """Side and day, the next days too; for vague times side and person."""
        for side in telling.sides:
            for day in day_keys(telling):
                assert hasattr(day, "toordinal")
                yield from ((side, day.toordinal() + shift) for shift in (0, 1))
            for person in telling.persons(side):
                yield from ((side, person, month) for month in _months(telling))
        if telling.first is None:
            yield from (("undated", *pair) for pair in pairs(telling.sides))

    def judge(self, a: Telling, b: Telling) -> Judgement | None:
        """See the module."""
        accord = compare_sides(a, b)
        against = _against(a, b, accord)
        if against:
            return apart(a, b, against)
        if not _agree(a, b, accord):
            return None
        return self._by_time(a, b, accord)

    def _by_time(self, a: Telling, b: Telling, accord: Accord) -> Judgement | None:
        gap = days_between(a, b)
        place = compare_places(a.place, b.place)
        who = f"both name {', '.join(sorted(accord.matched or accord.shared))}"
        bonus = 0.1 * len(accord.matched) + (0.5 if place == "same" else 0.0)
        if gap == 0 and a.is_dated and b.is_dated:
            where = f" in {a.place.name}" if place == "same" and a.place else ""
            return same(a, b, f"{who}, on one day{where}", 3 + bonus)
        if gap == 1 and a.is_dated and b.is_dated:
            if accord.matched == accord.shared and _may_be_one_day(a, b):
                return same(a, b, f"{who}, a day apart, as time zones or the day of the report tell it", 2 + bonus)
            return apart(a, b, "told of two days")
        everybody = accord.matched == accord.shared and len(accord.matched) > 1
        if gap == 0 and everybody and (place == "same" or _is_short(a, b)):
            return same(a, b, f"{who}; the time that one tells takes in the other's", 1 + bonus, vague=True)
        return None

    def is_sure(self, telling: Telling) -> bool:
        """Whether the day is told."""
        return telling.is_dated

    def rank(self, telling: Telling) -> tuple[Hashable, ...]:
        """What came about, dated, told from the place itself, with persons, first."""
        local = telling.place is not None and telling.place.country == telling.dateline_country
        named = sum(bool(party.persons) for party in telling.parties)
        return (_belief(telling), not telling.is_dated, not local, telling.place is None, -named, telling.id)


class VisitJudge:
    """Two tellings are of one visit: the same visitor in the same country at the same time, or put off."""

    def keys(self, telling: Telling) -> Iterator[Hashable]:
        """Host and visitor."""
        for side in telling.sides:
            yield (telling.values["host"], side)

    def judge(self, a: Telling, b: Telling) -> Judgement | None:
        """See the class."""
        accord = compare_sides(a, b)
        if a.values["host"] != b.values["host"] or not accord.shared:
            return apart(a, b, "other visitors or another country")
        if accord.contradicted and not accord.matched:
            return apart(a, b, "each names another visitor")
        gap = days_between(a, b)
        if not accord.matched or gap is None:
            return None
        who = f"the same visitor from {', '.join(sorted(accord.matched))}"
        if a.document_id == b.document_id and gap > 0:
            return apart(a, b, "one document tells of them as two")
        if "denied" in (a.factuality, b.factuality) and a.factuality != b.factuality and not _is_put_off(a, b):
            return None
        if gap <= VISIT_DAYS and _days(a) <= VAGUE_DAYS and _days(b) <= VAGUE_DAYS:
            return same(a, b, f"{who} at the same time", 3 - gap / 10)
        if gap <= PUT_OFF_DAYS and _is_put_off(a, b):
            return same(a, b, f"{who}, put off", 1, vague=True)
        return apart(a, b, "at another time") if gap > VISIT_DAYS and a.is_dated and b.is_dated else None

    def is_sure(self, telling: Telling) -> bool:
        """Whether it came about."""
        return telling.factuality in REAL

    def rank(self, telling: Telling) -> tuple[Hashable, ...]:
        """What came about and is dated first; of plans the latest."""
        published = telling.published.toordinal() if telling.published else 0
        return (_belief(telling), not telling.is_dated, not telling.values["kind"], -published, telling.id)


def _against(a: Telling, b: Telling, accord: Accord) -> str:
    """What forbids that two tellings are of one meeting."""
    remote = [each.values["kind"] in REMOTE for each in (a, b)]
    open_kind = "unknown" in (a.values["kind"], b.values["kind"])
    gap = days_between(a, b)
    if a.document_id == b.document_id:
        return "one document tells of them as two"
    if not accord.shared:
        return "nobody is in both"
    if remote[0] != remote[1] and not open_kind:
        return "one is a call"
    if ("denied" in (a.factuality, b.factuality)) and a.factuality != b.factuality:
        return "one did not take place"
    if gap is not None and gap > 1:
        return "told of different days"
    if not any(remote) and compare_places(a.place, b.place) == "apart":
        return "told of different places"
    if len(a.sides) <= 2 and len(b.sides) <= 2 and accord.contradicted:
        return f"each names somebody else of {', '.join(sorted(accord.contradicted))}"
    levels = {a.values["level"], b.values["level"]} - {"", None}
    return "of different levels" if len(levels) > 1 and not accord.matched else ""


def _agree(a: Telling, b: Telling, accord: Accord) -> bool:
    """Whether those who take part speak for one meeting."""
    within = fold(a.values["within"] or "") == fold(b.values["within"] or "") != ""
    if a.sides == b.sides and len(accord.shared) > 1:
        level = a.values["level"] == b.values["level"] != ""
        return bool(accord.matched) or level or len(accord.shared) > 2 or within
    smaller, larger = sorted((a.sides, b.sides), key=len)
    if len(smaller) > 2 and len(larger) > 2:
        return len(accord.shared) >= 0.6 * len(smaller) and (within or compare_places(a.place, b.place) == "same")
    # One document leaves out who is on the other side.
    return (
        len(smaller) == 1 and len(larger) <= 2 and bool(accord.matched) and compare_places(a.place, b.place) == "same"
    )


def _may_be_one_day(a: Telling, b: Telling) -> bool:
    """Whether two days may be one: reported from two countries, or the later one is only the day of the report."""
    later = max((a, b), key=lambda each: (each.first or each.published, each.id))
    by_clock = bool(a.dateline_country and b.dateline_country) and a.dateline_country != b.dateline_country
    known_apart = compare_places(a.place, b.place) not in ("same", None)
    return not known_apart and (by_clock or later.first == later.published)


def _is_put_off(a: Telling, b: Telling) -> bool:
    """Whether one is a plan, and the words of one tell that it was put off."""
    planned = any(each.factuality not in REAL for each in (a, b))
    return planned and any(PUT_OFF.search(each.sentence) for each in (a, b))


def _is_short(a: Telling, b: Telling) -> bool:
    return max(_days(a), _days(b)) <= 14


def _days(telling: Telling) -> int:
    return (telling.last - telling.first).days if telling.first and telling.last else 0


def _months(telling: Telling) -> Iterator[tuple[int, int]]:
    if telling.first is None or telling.last is None:
        return
    day = telling.first.replace(day=1)
    for _ in range(13):
        yield day.year, day.month
        day = (day + timedelta(days=31)).replace(day=1)
        if day > telling.last:
            return


def _belief(telling: Telling) -> int:
    return BELIEVED.index(telling.factuality) if telling.factuality in BELIEVED else len(BELIEVED)
