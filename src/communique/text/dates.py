"""Times named in a text, resolved against the document's date.

The forms are regular expressions of our own (see `timeforms`). dateparser is asked only for a single date in
a form that they do not know (see `parse_date`): it is too slow to ask of every sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from communique.model import TimeReference
from communique.text.calendar import YEAR, Spell, Tense
from communique.text.parsed import Words
from communique.text.timeforms import ANY_FORM, FORMS
from communique.text.timespells import Match, Setting

TenseAt = Callable[[int], Tense]

_SIGN = re.compile(
    r"\d|ago\b|day|DAY|night|morning|evening|afternoon|week|month|year|quarter|decade|[Tt]omorrow|Tues|Weds|Thurs"
    r"|[Ss]pring|[Ss]ummer|[Aa]utumn|fall|[Ww]inter"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)"
)
_FUTURE_WORDS = re.compile(
    r"\b(?:will|shall|would|to\s+be|due|scheduled|set\s+(?:to|for)|plans?\s+to|planned\s+for|going\s+to|upcoming)\b"
)
_LONGEST_DATE = 40
_CLAUSE = 200
# Characters that a time can hold before the first of its signs: 'during the past twelve' before 'months'.
_LONGEST_LEAD = 40


def find_times(words: Words, reference: date | None, tense: TenseAt | None = None) -> tuple[TimeReference, ...]:
    """The times that a sentence names, in order.

    The words of a time include the preposition where it is what makes them one ('in August', 'since 2014').

    Args:
        words: the sentence as it stands in the document.
        reference: the document's date; without it only times with a year are resolved, and the others left
            out.
        tense: the tense of the clause at an offset of the document, which tells 'met on Friday' from 'will
            meet on Friday'; without it the words before the time are looked at.
    """
    sign = _SIGN.search(words.text)
    if sign is None:
        return ()
    ask = tense or _tense_by_words(words)
    found = []
    first = max(0, sign.start() - _LONGEST_LEAD)
    for start, end, spell in _spells(words.text, reference, lambda at: ask(words.start + at), first):
        if spell is not None:
            found.append(TimeReference(words.text[start:end], words.start + start, words.start + end, *spell))
    return tuple(found)


def parse_date(text: str) -> date | None:
    """The one date with a year that a short text consists of ('Monday, 2 November 2015'), or None.

    A date such as 02/11/2015, which may be in February or in November, is none.
    """
    text = text.strip(" \t\n.,;:|()[]-–—")
    if len(text) > _LONGEST_DATE:
        return None
    for start, end, spell in _spells(text, None, lambda _: ""):
        if end - start == len(text):
            return spell[0] if spell and spell[0] == spell[1] else None
    numbers = re.findall(r"\d+", text)
    if len(numbers) < 2 or "/" in text or not re.search(rf"\b{YEAR}", text):
        return None
    return _ask_dateparser(text)


def _spells(text: str, today: date | None, tense: TenseAt, first: int = 0) -> Iterator[tuple[int, int, Spell | None]]:
    for found in ANY_FORM.finditer(text, first):
        pattern, resolve = FORMS[found.lastgroup or ""]
        match: Match | None = pattern.match(text, found.start())
        if match is not None:
            yield match.start(), match.end(), resolve(match, Setting(today, partial(tense, match.start())))


def _tense_by_words(words: Words) -> TenseAt:
    def tense(offset: int) -> Tense:
        at = offset - words.start
        return "future" if _FUTURE_WORDS.search(words.text, max(0, at - _CLAUSE), at) else ""

    return tense


def _ask_dateparser(text: str) -> date | None:
    import dateparser  # here, for it takes long to import and is seldom needed

    found = dateparser.parse(text, languages=["en"], settings={"STRICT_PARSING": True, "DATE_ORDER": "DMY"})
    return found.date() if found else None
