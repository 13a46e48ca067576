"""What the forms of `timeforms` mean: each function takes a match and gives the days."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from communique.model import Precision
from communique.text.calendar import (
    ONE_DAY,
    Spell,
    Tense,
    day_number,
    day_spell,
    make_date,
    month_number,
    month_spell,
    near_date,
    quarter_spell,
    week_spell,
    weekday_number,
    year_spell,
)

Match = re.Match[str]

NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_LENGTHS: dict[str, tuple[int, Precision]] = {
    "day": (1, "day"), "week": (7, "week"), "fortnight": (14, "week"), "month": (30, "month"),
    "quarter": (91, "quarter"), "year": (365, "year"), "decade": (3652, "year"),
}  # fmt: skip
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


@dataclass(frozen=True, slots=True)
class Setting:
    """What a time is resolved against: the reference date, if any, and the tense of its clause."""

    today: date | None
    tense: Callable[[], Tense]


def _number(text: str) -> int:
    return int(text) if text.isdigit() else NUMBERS[text.lower()]


def _year(match: Match) -> int:
    return int(match["y"])


# Absolute forms


def numeric(match: Match, setting: Setting) -> Spell | None:
    day = make_date(_year(match), int(match["m"]), int(match["d"]))
    return day_spell(day) if day else None


def slashed(match: Match, setting: Setting) -> Spell | None:
    first, second = int(match["a"]), int(match["b"])
    if first != second and max(first, second) <= 12:
        return None  # 02/11/2015 may be in February or in November
    day, month = (second, first) if second > 12 else (first, second)
    found = make_date(_year(match), month, day)
    return day_spell(found) if found else None


def day(match: Match, setting: Setting) -> Spell | None:
    found = _dated(match["m"], match["d"], match["y"], setting)
    return day_spell(found) if found else None


def days(match: Match, setting: Setting) -> Spell | None:
    groups = match.groupdict()
    last_month = groups.get("m2") or match["m"]
    last = _dated(last_month, match["d2"], match["y"], setting)
    if last is None:
        return None
    first_month, first_day = month_number(groups.get("m1") or last_month), day_number(match["d"])
    first = make_date(last.year, first_month, first_day)
    if first is not None and first > last:
        first = make_date(last.year - 1, first_month, first_day)
    return (first, last, "day") if first is not None and (last - first).days < 200 else None


def _dated(month: str, day: str, year: str | None, setting: Setting) -> date | None:
    if year:
        return make_date(int(year), month_number(month), day_number(day))
    if setting.today is None:
        return None
    return near_date(month_number(month), day_number(day), setting.today, setting.tense())


def month_year(match: Match, setting: Setting) -> Spell | None:
    return _since(match, month_spell(_year(match), month_number(match["m"])), setting)


def _since(match: Match, spell: Spell, setting: Setting) -> Spell:
    """The spell, drawn out to the reference date when it is one 'since'."""
    first, last, precision = spell
    if (match["p"] or "").lower() == "since" and setting.today is not None and setting.today > last:
        return first, setting.today, precision
    return first, last, precision


def in_month(match: Match, setting: Setting) -> Spell | None:
    today = setting.today
    if today is None:
        return None
    month = month_number(match["m"])
    tense = setting.tense()
    ahead = tense == "future" or (tense == "" and match["p"].lower() in ("by", "until", "till"))
    if ahead:
        return month_spell(today.year + (month < today.month), month)
    return _since(match, month_spell(today.year - (month > today.month), month), setting)


def in_year(match: Match, setting: Setting) -> Spell | None:
    return _since(match, year_spell(_year(match)), setting)


def years(match: Match, setting: Setting) -> Spell | None:
    first, last = match["y"], match["y2"]
    year, last_year = int(first), int(first[: 4 - len(last)] + last)
    return year_spell(year, last_year) if year < last_year else None


def decade(match: Match, setting: Setting) -> Spell | None:
    return year_spell(int(match["y"] + "0"), int(match["y"] + "9"))


def quarter(match: Match, setting: Setting) -> Spell | None:
    name = match["q"].lower()
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}.get(name) or int(name)
    year = _named_year(match["y"], setting)
    if year is None:
        return None
    if match["half"]:
        if number > 2:
            return None
        return quarter_spell(year, 2 * number - 1)[0], quarter_spell(year, 2 * number)[1], "quarter"
    return quarter_spell(year, number)


def season(match: Match, setting: Setting) -> Spell | None:
    return _season_spell(match["s"], _year(match))


def season_beside(match: Match, setting: Setting) -> Spell | None:
    today, which = setting.today, match["r"].lower()
    if today is None:
        return None
    spells = [_season_spell(match["s"], year) for year in range(today.year - 2, today.year + 2)]
    if which == "last":
        return max(spell for spell in spells if spell[1] < today)
    if which == "next":
        return min(spell for spell in spells if spell[0] > today)
    return next((spell for spell in spells if spell[0] <= today <= spell[1]), _season_spell(match["s"], today.year))


def _season_spell(name: str, year: int) -> Spell:
    """The three months of a northern season; a winter begins in the year that it is named after."""
    first, last = month_spell(year, _SEASONS[name])[0], month_spell(year, _SEASONS[name] + 2)[1]
    return first, last, "quarter"


def _named_year(text: str, setting: Setting) -> int | None:
    if text.isdigit():
        return int(text)
    shift = {"last": -1, "this": 0, "next": 1}[text.split()[0].lower()]
    return setting.today.year + shift if setting.today else None


# Forms that count from the reference date


def near_day(match: Match, setting: Setting) -> Spell | None:
    if setting.today is None:
        return None
    words = " ".join(match["w"].lower().split())
    shift = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(words, 0)
    if words.startswith("the day"):
        shift = -2 if "before" in words else 2
    return day_spell(setting.today + shift * ONE_DAY)


def weekday(match: Match, setting: Setting) -> Spell | None:
    today = setting.today
    if today is None:
        return None
    tense, word = setting.tense(), (match["r"] or "").lower().split()[-1:]
    modifier = word[0] if word else ""
    number = weekday_number(match["wd"])
    if match["wk"]:
        shift = {"last": -7, "this": 0, "next": 7}[match["wk"].lower()]
        return day_spell(week_spell(today)[0] + (shift + number) * ONE_DAY)
    if tense == "" and match.string[: match.start()].rstrip().endswith(("by", "until", "till")):
        tense = "future"
    back, ahead = (today.weekday() - number) % 7, (number - today.weekday()) % 7
    if modifier in ("previous", "following", "every", "each"):
        return None
    if modifier in ("last", "past"):
        return day_spell(today - (back or 7) * ONE_DAY)
    if modifier in ("next", "coming"):
        return day_spell(today + (ahead or 7) * ONE_DAY)
    if modifier == "this" and tense == "":
        return day_spell(week_spell(today)[0] + number * ONE_DAY)
    return day_spell(today + ahead * ONE_DAY if tense == "future" else today - back * ONE_DAY)


def unit(match: Match, setting: Setting) -> Spell | None:
    today = setting.today
    if today is None:
        return None
    part, which = (match["e"] or "").lower(), match["r"].lower()
    shift = {"last": -1, "past": -1, "next": 1}.get(which, 0)
    first, last, precision = _shifted(today, match["u"], shift)
    if shift == 0 and part == "earlier":
        last = today
    if shift == 0 and part == "later":
        first = today
    return first, last, precision


def _shifted(today: date, unit: str, shift: int) -> Spell:
    if unit == "week":
        return week_spell(today + 7 * shift * ONE_DAY)
    if unit == "month":
        return month_spell(today.year, today.month + shift)
    if unit == "quarter":
        return quarter_spell(today.year, (today.month + 2) // 3 + shift)
    return year_spell(today.year + shift)


def weekend(match: Match, setting: Setting) -> Spell | None:
    today = setting.today
    if today is None:
        return None
    which = match["r"].lower().split()[-1]
    saturday = week_spell(today)[0] + 5 * ONE_DAY
    if which == "next":
        saturday += 7 * ONE_DAY
    elif which in ("last", "past") or (which == "the" and saturday > today and setting.tense() != "future"):
        saturday -= 7 * ONE_DAY
    return saturday, saturday + ONE_DAY, "day"


def month_beside(match: Match, setting: Setting) -> Spell | None:
    today = setting.today
    if today is None:
        return None
    month = month_number(match["m"])
    which = match["r"].lower()
    if which == "next":
        return month_spell(today.year + (month <= today.month), month)
    if which == "this":
        return month_spell(today.year, month)
    return month_spell(today.year - (month >= today.month), month)


def ago(match: Match, setting: Setting) -> Spell | None:
    today, unit = setting.today, match["u"]
    if today is None:
        return None
    count = _number(match["n"]) * (-1 if match["k"] == "ago" else 1)
    if unit in ("hour", "minute"):
        return day_spell(today)
    if unit == "day":
        return day_spell(today + count * ONE_DAY)
    if unit == "decade":
        return year_spell(today.year + 10 * count) if abs(count) < 50 else None
    if unit == "fortnight":
        return week_spell(today + 14 * count * ONE_DAY)
    return _shifted(today, unit, count)


def rolling(match: Match, setting: Setting) -> Spell | None:
    today, unit = setting.today, match["u"] or match["u1"]
    if today is None:
        return None
    days, precision = _LENGTHS[unit]
    other = days * _number(match["n"] or "one") * ONE_DAY
    if match["r"] in ("next", "coming"):
        return today, today + other, precision
    return today - other, today, precision
