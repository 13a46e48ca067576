"""The table of towns: datelines are known by it, and actors and places are put on the map with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from communique.datafiles import packaged, read_csv_entries


@dataclass(frozen=True, slots=True)
class City:
    """A town, in degrees (WGS 84); `country` is ISO 3166-1 alpha-3."""

    name: str
    country: str
    lat: float
    lon: float
    aliases: tuple[str, ...] = ()
    population: int = 0
    capital: bool = False


@cache
def towns() -> tuple[City, ...]:
    """The larger towns and all capitals, read when first asked for and once."""
    return tuple(read_csv_entries(packaged("communique.actors.data", "cities.csv"), City))
