"""Months, weekdays and spans of days: what the readers of dates share."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Literal

from communique.model import Precision

Spell = tuple[date, date, Precision]
Tense = Literal["past", "future", ""]

NEAR_DAYS = 45
ONE_DAY = timedelta(days=1)

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTHS_SHORT = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
_LETTERS = re.compile(r"[A-Za-z]")
_ORDER = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NAMES = frozenset(f"{_MONTHS}|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday".lower().split("|"))
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


MONTH = (
    rf"(?:(?:{_MONTHS}|{_MONTHS.upper()})(?![A-Za-z])"
    rf"|(?:{_MONTHS_SHORT}|{_MONTHS_SHORT.upper()})(?![A-Za-z])(?:\.(?=\s?[\d,]))?)"
)
WEEKDAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY"
    r"|Tues|Weds|Thurs)(?![A-Za-z])"
)
WEEKDAY_SHORT = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|MON|TUE|WED|THU|FRI|SAT|SUN)(?![A-Za-z])\.?"
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\w])"
YEAR = r"(?:1[89]|20)\d\d(?!\w)"


def month_number(name: str) -> int:
    """The number of a month that MONTH matches, 1 to 12."""
    return _ORDER.index(name[:3].lower()) + 1


def weekday_number(name: str) -> int:
    """The number of a weekday, 0 for Monday."""
    return _DAYS.index(name[:3].lower())


def day_number(text: str) -> int:
    """The number in '3', '03' or '3rd'."""
    return int(_LETTERS.sub("", text))


def make_date(year: int, month: int, day: int) -> date | None:
    """The date, or None when the month has no such day."""
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def day_spell(day: date) -> Spell:
    """One day."""
    return day, day, "day"


def week_spell(day: date) -> Spell:
    """The week, Monday to Sunday, that a day is in."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6), "week"


def month_spell(year: int, month: int) -> Spell:
    """A month; `month` may lie outside 1 to 12 and then counts into the years before and after."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month"


def quarter_spell(year: int, quarter: int) -> Spell:
    """A quarter; `quarter` may lie outside 1 to 4 and then counts into the years before and after."""
    first, _, _ = month_spell(year, 3 * quarter - 2)
    _, last, _ = month_spell(year, 3 * quarter)
    return first, last, "quarter"


def year_spell(year: int, last: int | None = None) -> Spell:
    """A year, or the years from one to another."""
    return date(year, 1, 1), date(year if last is None else last, 12, 31), "year"


def near_date(month: int, day: int, today: date, tense: Tense = "") -> date | None:
    """The day of a month nearest to a date: at or before it, or at or after it in the future tense.

    In neither tense it is the one before, unless the one after is at most NEAR_DAYS away and the nearer one.
    """
    days = [d for year in range(today.year - 4, today.year + 5) if (d := make_date(year, month, day))]
    before = max((d for d in days if d <= today), default=None)
    after = min((d for d in days if d >= today), default=None)
    if tense == "future" or before is None:
        return after
    if tense == "" and after is not None and after - today < min(today - before, NEAR_DAYS * ONE_DAY):
        return after
    return before
