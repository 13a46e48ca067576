"""Places: towns with their coordinates, regions, countries."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from communique.actors.gazetteer import fold
from communique.actors.lexicon import DATA, Region
from communique.datafiles import packaged, read_csv_entries
from communique.model import Place
from communique.text.parsed import Words
from communique.text.towns import City, town_key, towns_named

# Said of no state, so they may stand before a town's or a country's name without making another one of it.
DIRECTIONS = frozenset(
    "north south east west northern southern eastern western central northeastern northwestern "
    "southeastern southwestern north-eastern north-western south-eastern south-western northeast "
    "northwest southeast southwest upper lower greater downtown inner outer mainland rural coastal "
    "neighbouring neighboring nearby occupied".split()
)
LOCATIVES = frozenset("in at near from throughout across inside outside around within over off to into via".split())
# Where a motion ends or begins is not where the one who moves belongs.
PREPOSITIONS_WITHIN = LOCATIVES - {"to", "into", "off", "from", "via", "over"}
_ARTICLE = re.compile(r"(?:al|el|ash|an|ar|as|ad|az|at|es|ez|ed) (?=\w{3})")
# Smaller ones share their names with people and things more often than they are in the news.
# What the registers add to the name of a region: 'Hainan Sheng', 'Province of Basilan'.
_KIND_OF_REGION = re.compile(
    r"^(?:province|state|region|district|department|departamento|provincia|estado|governorate|republic) (?:of|de|del) |"
    r" (?:sheng|shi|zizhiqu|province|oblast|oblasti|oblasty|state|region|district|governorate|county|prefecture|"
    r"krai|kray|wilaya|wilayat|viloyati|viloyat|parish|department|municipality|territory|voivodeship|"
    r"zhuang autonomous region|uygur zizhiqu|huizu zizhiqu|zhuangzu zizhiqu)$"
)
LARGE_TOWN = 50_000
SHORTEST_NAME = 3
_SHORT_NAME = 4
_MILLION = 1_000_000


def city(name: str, country: str = "") -> City | None:
    """The town of that name, in `country` where one is given and has one, else the most populous.

    Args:
        name: as written; accents, hyphens and apostrophes do not matter.
        country: ISO 3166-1 alpha-3.
    """
    found = cities(name)
    if country:
        return next((place for place in found if place.country == country), None)
    return found[0] if found else None


def dateline_place(words: Words) -> Place:
    """The place that a dateline names, with degrees where the town is known."""
    town = city(words.text.split(",")[0].title())
    if town is None:
        return Place(words.text, words.start, words.end)
    return Place(words.text, words.start, words.end, town.name, town.country, town.lat, town.lon)


def cities(name: str) -> tuple[City, ...]:
    """All towns of that name, with or without its Arabic article: capitals first, then the most populous."""
    key = _key(name)
    return towns_named(key) or towns_named(_ARTICLE.sub("", key))


def is_large(town: City) -> bool:
    """Whether a town is a capital or has so many people that its name alone makes one think of it."""
    return town.capital or town.population >= LARGE_TOWN


def also(name: str) -> str:
    """What a name of towns may be as well: word, person, or nothing; one of three letters is a word."""
    found = cities(name)
    if not found or (found[0].capital and len(name) > SHORTEST_NAME):
        return ""
    short = len(name) < _SHORT_NAME and found[0].population < _MILLION
    return found[0].also or ("word" if short else "")


def tells_place(preposition: str, other: str) -> bool:
    """Whether after this preposition a name is that of a town, which could be something else.

    Args:
        preposition: in lower case.
        other: what the name may be as well, as `also` says; letters come 'from' people and are sent 'to' them.
    """
    return preposition in (PREPOSITIONS_WITHIN - {"at"} if other == "person" else LOCATIVES)


def town_alone(name: str, context: str = "") -> City | None:
    """The town that a name denotes which stands alone, None where it is rather a word or a person.

    Args:
        name: as written.
        context: a sentence that the name stands in; one that could be something else is a town where it says so.
    """
    town = city(name) if name[:1].isupper() or not name[:1].isalpha() else None
    if town is None:
        return None
    other = also(name)
    before = re.search(rf"(\w+)\s+(?:(?:{'|'.join(sorted(DIRECTIONS))})\s+)?{re.escape(name)}(?!\w)", context)
    if not other or (before and tells_place(before[1].casefold(), other)):
        return town
    return None


def region(name: str) -> Region | None:
    """The province or state of that name, where there is one only."""
    return _regions().get(_key(name))


@cache
def _regions() -> dict[str, Region]:
    found: dict[str, Region] = {}
    for each in read_csv_entries(packaged(DATA, "regions.csv"), Region):
        found[_key(each.name)] = each
        plain = _KIND_OF_REGION.sub("", _key(each.name)).strip()
        if plain and not towns_named(plain):
            found.setdefault(plain, replace(each, name=plain.title()))
    return found


def _key(name: str) -> str:
    return town_key(fold(name))
