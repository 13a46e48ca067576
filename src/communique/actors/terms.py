"""Dates that may lack day or month: which days they can mean, and whether two terms can be one."""

from __future__ import annotations

import calendar
import re
from datetime import date

_ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_PRECISIONS = {4: "year", 7: "month", 10: "day"}


def possible_days(iso: str) -> tuple[date, date] | None:
    """The first and the last day that a date YYYY, YYYY-MM or YYYY-MM-DD can mean; None if it is no date."""
    if not _ISO.fullmatch(iso):
        return None
    year, month, day = (int(part) for part in (*iso.split("-"), "0", "0")[:3])
    try:
        if day or len(iso) == 10:
            return date(year, month, day), date(year, month, day)
        if month or len(iso) == 7:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, 1, 1), date(year, 12, 31)
    except ValueError:
        return None


def precision(*dates: str) -> str:
    """The precision of the vaguest of some dates: day, month or year; empty where there is none."""
    lengths = [len(text) for text in dates if text]
    return _PRECISIONS.get(min(lengths), "") if lengths else ""


def compatible(one: str, other: str) -> bool:
    """Whether two dates can mean the same day: one is as the other, or vaguer ('2015' and '2015-11-02')."""
    return one.startswith(other) or other.startswith(one)


def same_term(start: str, end: str, other_start: str, other_end: str) -> bool:
    """Whether two terms of one person in one office are one term, told with other dates.

    They are when their starts can be the same day, or when they share more than a day whatever day each date means. An
    empty start or end is open. Terms that only may touch, as two in a row do, are two.
    """
    if start and other_start and compatible(start, other_start):
        return True
    spans = [_span(start, end), _span(other_start, other_end)]
    return max(first for first, _ in spans) < min(last for _, last in spans)


def _span(start: str, end: str) -> tuple[date, date]:
    """The latest start and the earliest end; what is no date counts as open."""
    first = possible_days(start) if start else None
    last = possible_days(end) if end else None
    return first[1] if first else date.min, last[0] if last else date.max
