"""The dateline: where, when and by whom a dispatch was filed ('ASTANA, Nov 2 (Reuters) -')."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from communique.datafiles import packaged, read_yaml_entries
from communique.text.calendar import DAY, MONTH, WEEKDAY, WEEKDAY_SHORT, YEAR
from communique.text.parsed import Words
from communique.text.towns import large_town_names

DATE = (
    rf"(?:(?:(?:{WEEKDAY}|{WEEKDAY_SHORT}),?\s+)?(?:{MONTH}\s+{DAY}(?:,?\s+{YEAR})?"
    rf"|{DAY}\s+(?:of\s+)?{MONTH}(?:,?\s+{YEAR})?)|\d{{1,2}}\.\d{{1,2}}\.{YEAR}|{YEAR}-\d\d-\d\d)"
)
LARGE_TOWN = 100_000

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶŁŃŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽȘȚƏ"
_NAME = rf"[{_UPPER}](?:[^\W\d_]|['’.-](?=[^\W\d_]))+\.?(?=\W)|[{_UPPER}]\.(?:[{_UPPER}]\.)+"
_LINKS = r"(?:(?:of|the|de|del|la|el|al|en|upon)[ ])?"
# Places that are no large towns but head dispatches; the seats of organisations among them.
_SEATS = "New York|Washington, D.C.|United Nations|The Hague|Vatican City|Kiev|Nur-Sultan|Davos|Camp David"
_NO_PLACE = re.compile(
    r"(?:in|on|at|by|the|a|an|and|but|for|from|as|after|this|these|that|it|he|she|we|they|i|meanwhile|mr|mrs|ms|dr"
    r"|president|minister|secretary|ambassador|question|answer|moderator|note|update|source|photo|date|table|annex"
    r"|article|section|chapter|part|resolution|breaking|urgent|analysis|opinion|factbox|exclusive)(?![^\W\d_])",
    re.IGNORECASE,
)
_RELATION = re.compile(
    rf"[{_UPPER}][\w'’-]+[ ](?:talks|relations?|ties|summit|border|dialogue|agreement|treaty|war|conflict"
    r"|axis|flights?|train|route|dispute|deal|cooperation|partnership|negotiations|meetings?|friendship|trade|line|corridor)\b"
)
_SPEAKER = re.compile(rf"^[ \t]*[{_UPPER}][{_UPPER} .'’-]{{1,40}}:[ \t]", re.MULTILINE)
_SOURCE_NAME = re.compile(rf"[{_UPPER}][\w.&'’-]*(?: (?:[{_UPPER}][\w.&'’-]*|of|the|and|for))*")
_SENTENCE_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Agency:
    """A news agency: its name, and the other forms that datelines have of it."""

    name: str
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline found, with the offset at which the text after it begins."""

    end: int
    places: tuple[Words, ...]
    agency: Words | None
    date_words: Words | None


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What speaks for a dateline: how it ends (dash, colon, stop, line, none), and what it holds."""

    ending: str
    date: Words | None
    agency: Words | None
    bracketed: bool


def find_dateline(text: str, start: int) -> Dateline | None:
    """The dateline that stands at an offset of a text, or None.

    A place alone before a dash or colon is a dateline only when it is a large town or a seat, and when
    neither a speaker ('KERRY: We ...') nor a relation ('Kyiv – Moscow talks') can be meant.
    """
    match = _dateline_pattern().match(text, start)
    if match is None or (match["places"] and _NO_PLACE.match(match["places"])):
        return None
    places = _places(match)
    items = list(_items(match))
    if any(kind == "other" for kind, _ in items):
        return None
    evidence = _Evidence(
        ending=next((name for name in ("dash", "colon", "stop", "line") if match[name] is not None), "none"),
        date=next((words for kind, words in items if kind == "date"), None),
        agency=next((words for kind, words in items if kind in ("agency", "source")), None),
        bracketed=any(kind == "source" for kind, _ in items),
    )
    if not _is_dateline(text, match, places, evidence):
        return None
    return Dateline(match.end(), places, evidence.agency, evidence.date)


@cache
def agency_pattern() -> str:
    """A pattern for the agencies' names in all their forms."""
    agencies = read_yaml_entries(packaged("communique.text.data", "agencies.yaml"), Agency)
    names = {form for agency in agencies for form in (agency.name, *agency.forms)}
    return "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))


@cache
def is_known_place(name: str) -> bool:
    """Whether a place is a large town, a capital or a seat of organisations."""
    return name.casefold() in _known_places()


@cache
def _known_places() -> frozenset[str]:
    return frozenset(name.casefold() for name in (*large_town_names(LARGE_TOWN), *_SEATS.split("|")))


@cache
def _item_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<date>{DATE}(?!\w))|(?P<agency>(?:{agency_pattern()})(?!\w))|(?P<source>[^\W_][^(),;|/\n]*)"
    )


@cache
def _dateline_pattern() -> re.Pattern[str]:
    agency = rf"(?:{agency_pattern()})(?!\w)"
    name = rf"(?!(?:{MONTH}|{WEEKDAY}|{agency})(?!\w))(?:{_NAME})"
    place = rf"{name}(?:[ ]{_LINKS}{name}){{0,3}}"
    full = rf"{place}(?:,[ ]{place}){{0,2}}"
    item = rf"(?:{DATE}(?!\w)|\([^()\n]{{2,60}}\)|/(?:{agency})/|{agency})"
    return re.compile(
        rf"(?:(?P<first>/(?:{agency})/)\.?\s+)?(?P<places>{full}(?:[ ]?/[ ]?{full}){{0,3}})?"
        rf"(?P<items>(?:[.,]?[ ]?[|]?[ ]?{item}){{0,4}})"
        r"(?:(?P<dash>[ ]?[.:,]?[ ]?(?:--|[–—-])(?:[ \n]+|(?<=[–—-])(?=[^\W\d_])))"
        r"|(?P<colon>:[ \n]+)|(?P<stop>\.[ \n]+)|(?P<line>[.,]?[ \t]*(?=\n|\Z))|(?P<none>[ ]+))"
    )


def _places(match: re.Match[str]) -> tuple[Words, ...]:
    """The places, each with its region ('ALEXANDRIA, Va.'); of 'United Nations, New York' the town."""
    if not match["places"]:
        return ()
    found = []
    for part in re.finditer(r"[^/]+", match["places"]):
        words = part.group().strip()
        start = match.start("places") + part.start() + part.group().index(words)
        if words.count(".") == 1 and "," not in words:
            words = words.removesuffix(".")
        issuer = re.match(r"(?:United Nations|UNITED NATIONS|UN Headquarters), ", words)
        shift = issuer.end() if issuer else 0
        found.append(Words(words[shift:], start + shift, start + len(words)))
    return tuple(found)


def _items(match: re.Match[str]) -> Iterator[tuple[str, Words]]:
    """The items of a dateline: 'date', 'agency' (a known one), 'source' (unknown, in brackets) or 'other'."""
    for group in ("first", "items"):
        if not match[group]:
            continue
        for found in _item_pattern().finditer(match.string, match.start(group), match.end(group)):
            kind, start = found.lastgroup or "", found.start()
            words = found.group().rstrip()
            if kind == "source" and not _SOURCE_NAME.fullmatch(words):
                kind = "other"
            yield kind, Words(words, start, start + len(words))


def _is_dateline(text: str, match: re.Match[str], places: tuple[Words, ...], found: _Evidence) -> bool:
    capitals = bool(places) and all(_town(place).isupper() for place in places)
    if found.agency is not None and not found.bracketed:
        return bool(places or found.date) and (found.ending != "none" or found.agency.text.isupper())
    if found.bracketed:
        return found.ending in ("dash", "colon", "line") and (capitals or _all_known(places))
    if found.date is not None and places:
        if found.ending in ("dash", "colon", "line"):
            return True
        return found.ending == "stop" and (capitals or _all_known(places))
    if found.date is not None or not places or not _begins_sentence(text, match.end()):
        return False
    if found.ending == "dash":
        return not _RELATION.match(text, match.end()) and _all_known(places)
    if found.ending == "colon":
        return capitals and len(_SPEAKER.findall(text)) < 2 and _all_known(places)
    return found.ending == "stop" and capitals and _all_known(places)


def _town(place: Words) -> str:
    return place.text.split(",")[0]


def _all_known(places: tuple[Words, ...]) -> bool:
    return bool(places) and all(is_known_place(_town(place)) or is_known_place(place.text) for place in places)


def _begins_sentence(text: str, start: int) -> bool:
    """Whether a sentence of some length begins at an offset."""
    line = text[start:].lstrip("\n").split("\n", 1)[0]
    return len(line) >= _SENTENCE_LENGTH and bool(re.match(rf"[\"'“‘]?[{_UPPER}\d]", line))
