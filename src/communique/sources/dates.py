"""Dates as tables and pages write them."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Any

_COMPACT = re.compile(r"(\d{8})(?:\d{4}|\d{6})?(?:\.0)?")
_ISO_HEAD = re.compile(r"(\d{4}-\d{2}-\d{2})(?!\d)")
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")
# Days of reading ('yesterday') and parts of a date must not be filled up from today's date.
_WHOLE_DATES = {"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["day", "month", "year"]}
# The years between which a date is taken for one; databases write 'never' as year 1 or 9999.
_FIRST_YEAR, _LAST_YEAR = 1000, 9998


def to_date(value: Any) -> date | None:
    """A date from what a table may hold; None when there is nothing.

    Args:
        value: a date, a timestamp (its day as written, whatever its time zone), or text: ISO 8601, YYYYMMDD
            with or without a time, D.M.YYYY, or in English words.

    Raises:
        ValueError: there is a value, and it is no date, or it may be two ('03/04/2015').
    """
    if value is None or value != value:
        return None
    if isinstance(value, datetime):
        return _plausible(value.date())
    if isinstance(value, date):
        return _plausible(value)
    text = str(value).strip()
    return _parse(text) if text else None


@lru_cache(maxsize=4096)
def _parse(text: str) -> date:
    if compact := _COMPACT.fullmatch(text):
        return _plausible(_calendar(compact[1], text))
    try:
        return _plausible(datetime.fromisoformat(text).date())
    except ValueError:
        pass
    if iso := _ISO_HEAD.match(text):
        return _plausible(_calendar(iso[1], text))
    if numeric := _NUMERIC.match(text):
        return _plausible(_day_and_month(numeric, text))
    return _plausible(_words(text))


def _calendar(iso: str, text: str) -> date:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        raise ValueError(f"{shown(text)} is no day of the calendar") from None


def _day_and_month(numeric: re.Match[str], text: str) -> date:
    first, second, year = int(numeric[1]), int(numeric[3]), int(numeric[4])
    if numeric[2] == "." or first > 12 or first == second:
        day, month = first, second
    elif second > 12:
        day, month = second, first
    else:
        raise ValueError(f"{shown(text)} may be two dates, since day and month can change places")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"{shown(text)} is no day of the calendar") from None


def _words(text: str) -> date:
    import dateparser

    # A long cell is text in the wrong column, and dateparser is slow on it.
    found = dateparser.parse(text, languages=["en"], settings=_WHOLE_DATES) if len(text) <= 80 else None
    if found is None:
        raise ValueError(f"{shown(text)} is no date")
    return found.date()


def _plausible(day: date) -> date:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError(f"{day.isoformat()} is no date of a document")
    return day


def shown(text: str) -> str:
    """A value as a message quotes it: in one line, cut where it is long."""
    return repr(text if len(text) <= 60 else text[:57] + "...")
