"""The table of towns: datelines are known by it, and actors and places are put on the map with it.

The table is long and a text names few towns, so it is indexed by name when first asked for, and a row is made a `City`
when its name is looked up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from communique.datafiles import packaged
from communique.errors import DataFileError

_COLUMNS = "name,aliases,country,lat,lon,population,capital,also"


@dataclass(frozen=True, slots=True)
class City:
    """A town, in degrees (WGS 84); `country` is ISO 3166-1 alpha-3.

    Attributes:
        also: what else the name is, so that it needs words about it that tell a place: word, person, or nothing.
    """

    name: str
    country: str
    lat: float
    lon: float
    aliases: tuple[str, ...] = ()
    population: int = 0
    capital: bool = False
    also: str = ""


def town_key(name: str) -> str:
    """A name without accents as the table is asked for it: case, hyphens and apostrophes do not matter."""
    return name.replace("-", " ").replace("'", "").casefold().replace("st. ", "saint ")


@cache
def towns_named(key: str) -> tuple[City, ...]:
    """The towns of a name or alias, given as `town_key` makes it: capitals first, then the most populous."""
    table = _table()
    rows = table.rows.get(key, ())
    found = [table.city(row) for row in ((rows,) if isinstance(rows, int) else rows)]
    return tuple(sorted(found, key=lambda town: (not town.capital, -town.population)))


def large_town_names(population: int) -> Iterator[str]:
    """Names and aliases of the capitals and of the towns of at least so many people."""
    for line in _table().lines:
        name, aliases, rest = line.split(",", 2)
        *_, people, capital, _ = rest.split(",")
        if capital == "yes" or int(people) >= population:
            yield name
            yield from filter(None, aliases.split("|"))


class _Table:
    """The lines of the table, and the numbers of those in which a name stands."""

    def __init__(self) -> None:
        self._path = packaged("communique.actors.data", "cities.csv")
        text = self._path.read_text(encoding="utf-8")
        header, _, body = text.partition("\n")
        if header != _COLUMNS:
            raise DataFileError(
                f"its columns are not {_COLUMNS}", path=str(self._path), remedy="Run scripts/build_cities.py."
            )
        self.lines = body.rstrip("\n").split("\n")
        self.rows: dict[str, int | tuple[int, ...]] = {}
        # Folded as a whole: of the folded lines only the names are looked at, so minus signs may go too.
        for number, line in enumerate(town_key(body.rstrip("\n")).split("\n")):
            name, _, rest = line.partition(",")
            self._enter(name, number)
            aliases = rest.partition(",")[0]
            if aliases:
                for alias in aliases.split("|"):
                    self._enter(alias, number)

    def _enter(self, name: str, row: int) -> None:
        """Most names are of one town, and a number takes less than a tuple of one."""
        before = self.rows.setdefault(name, row)
        if before != row:
            self.rows[name] = (*((before,) if isinstance(before, int) else before), row)

    def city(self, row: int) -> City:
        """The town of a line; raises DataFileError where the line does not fit the columns."""
        try:
            name, aliases, country, lat, lon, population, capital, also = self.lines[row].split(",")
            names = tuple(filter(None, aliases.split("|")))
            return City(name, country, float(lat), float(lon), names, int(population), capital == "yes", also)
        except ValueError as error:
            raise DataFileError(str(error), path=str(self._path), line=row + 2) from error


@cache
def _table() -> _Table:
    return _Table()
