"""Places: towns with their coordinates, regions, countries."""

from __future__ import annotations

from functools import cache

from communique.actors.gazetteer import fold
from communique.actors.lexicon import DATA, Region
from communique.datafiles import packaged, read_csv_entries
from communique.text.towns import City, towns

# Said of no state, so they may stand before a town's or a country's name without making another one of it.
DIRECTIONS = frozenset(
    [
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
        "northeastern",
        "northwestern",
        "southeastern",
        "southwestern",
        "north-eastern",
        "north-western",
        "south-eastern",
        "south-western",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "upper",
        "lower",
        "greater",
        "downtown",
        "inner",
        "outer",
        "mainland",
        "rural",
        "coastal",
        "neighbouring",
        "neighboring",
        "nearby",
        "occupied",
    ]
)
LOCATIVES = frozenset(
    [
        "in",
        "at",
        "near",
        "from",
        "throughout",
        "across",
        "inside",
        "outside",
        "around",
        "within",
        "over",
        "off",
        "to",
        "into",
        "via",
    ]
)
# Where a motion ends or begins is not where the one who moves belongs.
PREPOSITIONS_WITHIN = LOCATIVES - {"to", "into", "off", "from", "via", "over"}
_ARTICLES = ("El ", "Al ", "Ash ", "An ", "Ar ", "As ", "Ad ", "Az ")


def city(name: str, country: str = "") -> City | None:
    """The town of that name, in `country` where one is given and has one, else the most populous.

    Args:
        name: as written; accents and hyphens do not matter.
        country: ISO 3166-1 alpha-3.
    """
    found = _cities().get(_key(name))
    if found is None:
        return None
    if country:
        return next((place for place in found if place.country == country), None)
    return found[0]


def cities(name: str) -> tuple[City, ...]:
    """All towns of that name, the most populous first."""
    return tuple(_cities().get(_key(name), ()))


def region(name: str) -> Region | None:
    """The province or state of that name, where there is one only."""
    return _regions().get(_key(name))


@cache
def _regions() -> dict[str, Region]:
    return {_key(each.name): each for each in read_csv_entries(packaged(DATA, "regions.csv"), Region)}


@cache
def _cities() -> dict[str, list[City]]:
    """Towns by name; read when first asked for, since most sentences name none."""
    index: dict[str, list[City]] = {}
    for place in towns():
        names = {place.name, *place.aliases}
        names |= {name[len(article) :] for name in names for article in _ARTICLES if name.startswith(article)}
        for name in names:
            index.setdefault(_key(name), []).append(place)
    for places in index.values():
        places.sort(key=lambda place: (not place.capital, -place.population))
    return index


def _key(name: str) -> str:
    return fold(name).replace("-", " ").replace("St. ", "Saint ").casefold()
