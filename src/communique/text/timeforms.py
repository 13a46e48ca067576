"""The forms that times are written in, each with the function of `timespells` that tells its days."""

from __future__ import annotations

import re
from collections.abc import Callable

from communique.text import timespells
from communique.text.calendar import DAY, MONTH, WEEKDAY, WEEKDAY_SHORT, YEAR, Spell
from communique.text.timespells import NUMBERS, Match, Setting

Resolver = Callable[[Match, Setting], Spell | None]

_NUMBER = rf"(?:\d{{1,3}}|(?i:{'|'.join(sorted(NUMBERS, key=len, reverse=True))}))"
_TO = r"\s*(?:-|–|—|\bto\b|\band\b|\btill\b|\buntil\b|\bthrough\b|&)\s*"
_NO_COUNT = (
    r"(?![.,]\d|:\d|\s*(?:%|percent|per\s+cent|million|billion|thousand|hundred|people|persons|troops|soldiers|men"
    r"|tons|tonnes|dollars|euros|km|kilomet|miles|refugees|cases|civilians|prisoners|deaths)\b)"
)
_CLOSE_DAY = r"(?:(?i:early|late|earlier|later)\s+(?:on\s+)?)?"
_OF_WEEK = rf"(?:(?:{WEEKDAY}|{WEEKDAY_SHORT}),?\s+)?"
_THEN_YEAR = rf"(?:,?\s+(?P<y>{YEAR}))?"
_PART = r"(?:\s+(?:morning|afternoon|evening|night))?"
_CLOSE = r"(?:(?i:early|late|mid)[\s-]+)"
_SEASON = r"spring|summer|autumn|fall|winter"

_PATTERNS: tuple[tuple[str, str, Resolver], ...] = (
    (
        "iso",
        rf"(?P<y>{YEAR})[-/](?P<m>\d\d)[-/](?P<d>\d\d)(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-])",
        timespells.numeric,
    ),
    ("dotted", rf"(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})\.(?P<y>{YEAR})", timespells.numeric),
    ("slashed", rf"(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})/(?P<y>{YEAR})", timespells.slashed),
    (
        "mdmd",
        rf"(?P<m1>{MONTH})\s+(?P<d>{DAY}){_TO}(?P<m2>{MONTH})\s+(?P<d2>{DAY}){_THEN_YEAR}{_NO_COUNT}",
        timespells.days,
    ),
    ("mdd", rf"(?P<m>{MONTH})\s+(?P<d>{DAY}){_TO}(?P<d2>{DAY}){_THEN_YEAR}{_NO_COUNT}", timespells.days),
    ("ddm", rf"(?P<d>{DAY}){_TO}(?P<d2>{DAY})\s+(?:of\s+)?(?P<m>{MONTH}){_THEN_YEAR}", timespells.days),
    (
        "dmdm",
        rf"(?P<d>{DAY})\s+(?P<m1>{MONTH}){_TO}(?P<d2>{DAY})\s+(?P<m2>{MONTH}){_THEN_YEAR}",
        timespells.days,
    ),
    ("mdy", rf"{_CLOSE_DAY}{_OF_WEEK}(?P<m>{MONTH})\s+(?P<d>{DAY}){_THEN_YEAR}{_NO_COUNT}", timespells.day),
    (
        "dmy",
        rf"{_CLOSE_DAY}{_OF_WEEK}(?P<d>{DAY})[\s-]+(?:(?:day\s+)?of\s+)?(?P<m>{MONTH})(?:,?[\s-]+(?P<y>{YEAR}))?",
        timespells.day,
    ),
    (
        "month_year",
        rf"(?:(?P<p>(?i:in|since))\s+)?{_CLOSE}?(?P<m>{MONTH}),?\s+(?:of\s+)?(?P<y>{YEAR})",
        timespells.month_year,
    ),
    (
        "month",
        rf"(?P<p>(?i:in|until|till|during))\s+{_CLOSE}?(?P<m>{MONTH})(?!['’]s|\s+\d)",
        timespells.in_month,
    ),
    (
        "month_but_may",
        rf"(?P<p>(?i:since|by|from|through|(?:end|beginning|start|middle|month)\s+of))\s+{_CLOSE}?"
        rf"(?P<m>(?!May|MAY){MONTH})(?!\s+\d)",
        timespells.in_month,
    ),
    ("close_month", rf"(?P<p>{_CLOSE})(?P<m>{MONTH})(?!\s+\d)", timespells.in_month),
    ("month_beside", rf"(?P<r>(?i:last|next|this|past))\s+(?P<m>{MONTH})(?!\s+\d)", timespells.month_beside),
    (
        "years",
        rf"(?i:in|from|between|during|over|for)\s+(?:the\s+(?:years|period)\s+)?(?P<y>{YEAR}){_TO}"
        rf"(?P<y2>{YEAR}|(?<=[-–])\d\d(?!\w))",
        timespells.years,
    ),
    (
        "year",
        r"(?P<p>(?i:in|since|by|until|till|during|throughout|through|from|early|late|mid"
        rf"|(?:end|beginning|start|middle)\s+of))[\s-]+{_CLOSE}?(?:the\s+year\s+)?"
        rf"(?P<y>{YEAR}){_NO_COUNT}(?![-–/]\d)",
        timespells.in_year,
    ),
    ("decade", rf"(?i:the\s+)?{_CLOSE}?(?P<y>(?:1[89]|20)\d)0s(?!\w)", timespells.decade),
    ("numbered_quarter", rf"(?:Q|(?P<half>H))(?P<q>[1-4]),?\s*(?:of\s+)?(?P<y>{YEAR})", timespells.quarter),
    (
        "quarter",
        r"(?P<q>(?i:first|second|third|fourth|last))\s+(?:quarter|(?P<half>half))\s+of\s+(?:the\s+year\s+)?"
        rf"(?P<y>{YEAR}|(?:last|this|next)\s+year)",
        timespells.quarter,
    ),
    ("season", rf"(?P<s>{_SEASON})\s+(?:of\s+)?(?P<y>{YEAR})", timespells.season),
    (
        "season_beside",
        rf"(?P<r>(?i:last|this|next))\s+(?P<s>{_SEASON})(?!\w|\s+in\b)",
        timespells.season_beside,
    ),
    (
        "near_day",
        r"(?:(?i:earlier|later|early|late)\s+)?(?P<w>(?i:the\s+day\s+(?:before\s+yesterday|after\s+tomorrow)"
        r"|(?<!USA\s)(?<!Russia\s)(?<!India\s)today|tonight|yesterday|tomorrow"
        r"|this\s+(?:morning|afternoon|evening)|last\s+night|(?:earlier|later)\s+in\s+the\s+day))(?!\w)"
        rf"{_PART}",
        timespells.near_day,
    ),
    (
        "weekday",
        rf"(?<!Black\s)(?<!Good\s)(?<!Bloody\s)(?<!Palm\s)(?<!Easter\s)(?<!Ash\s)(?<!Holy\s){_CLOSE_DAY}"
        r"(?:(?P<r>(?i:(?:this\s+)?(?:last|next|past|coming)|this|previous|following|every|each))\s+)?"
        rf"(?P<wd>{WEEKDAY})(?!\s+(?:Times|Telegraph|Mirror|Mail)){_PART}(?:,?\s+(?:of\s+)?(?P<wk>last|this|next)\s+week(?!\w))?",
        timespells.weekday,
    ),
    (
        "rolling",
        r"(?:(?i:over|in|during|within|for)\s+)?(?i:the)\s+(?P<r>past|last|next|coming)\s+"
        rf"(?:(?P<n>{_NUMBER})\s+(?P<u>day|week|fortnight|month|quarter|year|decade)s?"
        r"|(?P<u1>week|month|quarter|year|decade))(?!\w|\s+of\b)",
        timespells.rolling,
    ),
    (
        "weekend",
        r"(?P<r>(?i:(?:at|over|on|during)\s+the|this|last|next|past))\s+weekend(?!\w)",
        timespells.weekend,
    ),
    (
        "within_unit",
        r"(?:(?P<e>(?i:earlier|later))\s+in|(?i:end|beginning|start|middle)\s+of)\s+(?P<r>the)\s+"
        r"(?P<u>week|month|quarter|year)(?!\w)",
        timespells.unit,
    ),
    (
        "unit",
        r"(?:(?P<e>(?i:earlier|later|early|late|mid))[\s-]+)?(?P<r>(?i:last|this|next|past|current))\s+"
        r"(?P<u>week|month|quarter|year)(?!\w|\s+of\b)",
        timespells.unit,
    ),
    (
        "ago",
        rf"(?P<n>{_NUMBER})\s+(?P<u>minute|hour|day|week|fortnight|month|quarter|year|decade)s?\s+"
        r"(?P<k>ago|from\s+now)(?!\w)",
        timespells.ago,
    ),
    (
        "in_time",
        rf"(?i:in)\s+(?P<n>{_NUMBER})\s+(?P<u>day|week|month|year)s?['’]?s?\s+(?P<k>time)(?!\w)",
        timespells.ago,
    ),
)


def _unnamed(pattern: str) -> str:
    """The pattern without the names of its groups, so that several can stand in one."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


FORMS: dict[str, tuple[re.Pattern[str], Resolver]] = {
    name: (re.compile(pattern), resolver) for name, pattern, resolver in _PATTERNS
}
# How a form can begin. Looking at the first letters before all forms are tried halves the time.
_BEGINNING = (
    r"(?=[\dQH]|[JFMASOND][a-zA-Z]{2}|[TW][uheUHE]|[Ee](?:ar|nd|ac|ve|igh|le)|[Ll]a[ts]|[Mm]i|[Ii]n\s"
    r"|[Ss](?:in|pr|um|t|ix|ev|ec)|[Bb][ye]|[Uu]n|[Tt](?:i|h[erioa]|o[dmn]|w|en)|[Dd]ur|[Ff][roaui]|[Yy]est"
    r"|[Oo][nv]|[Nn][ei]|[Pp][ar]|[Cc][ou]|[Aa][tnu\s]|[Ww][ieh])"
)
ANY_FORM = re.compile(
    rf"(?<![\w/])(?<!\d[.,:-]){_BEGINNING}"
    rf"(?:{'|'.join(f'(?P<{name}>{_unnamed(pattern)})' for name, pattern, _ in _PATTERNS)})"
)
