"""What a CAMEO actor code says in the columns of our tables: country, sector, subsector."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from communique.curation.dictionaries import NULL_CODES
from communique.curation.rules import codes
from communique.datafiles import packaged, read_csv_entries

DATA = "communique.curation.data"
CodeKind = Literal["country", "instead", "sector", "second", "region", "quality"]

# What an organisation of this sort is when nothing more is said of it.
_DEFAULT_SECTOR = {"IMG": "REB", "MNC": "BUS", "UIS": "GOV"}
# Next to the party that it is, government and opposition come second.
_STANDING = ("GOV", "OPP")


@dataclass(frozen=True, slots=True)
class CodePart:
    """Three letters of a CAMEO code and the value that they give to the column of their kind."""

    code: str
    kind: CodeKind
    value: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Coding:
    """The columns that a code fills; `rest` are the parts that have no column, such as those of single parties."""

    country: str = ""
    sector: str = ""
    subsector: str = ""
    rest: str = ""

    @property
    def columns(self) -> tuple[str, str, str]:
        """Country, sector and subsector."""
        return self.country, self.sector, self.subsector

    @property
    def empty(self) -> bool:
        """Whether no column is filled."""
        return not any(self.columns)

    @property
    def bare(self) -> bool:
        """Whether it is a country and no more."""
        return self.country not in ("", *codes().instead) and not self.sector and not self.subsector


class CodeError(ValueError):
    """A code cannot be understood; its arguments are the problem and the remedy."""


@cache
def code_parts() -> Mapping[str, CodePart]:
    """The parts of codes that cameo_actors.csv tells."""
    return {part.code: part for part in read_csv_entries(packaged(DATA, "cameo_actors.csv"), CodePart)}


def actor_coding(code: str, countries: frozenset[str]) -> Coding | None:
    """The coding of an actor's code, such as KAZGOVMIL or IGOUNO; None for the codes that mean nobody.

    Args:
        code: three letters for each part, the country or what stands in its place first.
        countries: the codes of countries that our tables have.

    Raises:
        CodeError: the code names several actors, has no whole parts, or begins with an unknown one.
    """
    if not code or code in NULL_CODES:
        return None
    first, *others = _parts(code)
    part = code_parts().get(first)
    if first in countries or (part is not None and part.kind == "country"):
        found = _rest(others, countries)
        country = first if part is None or part.kind != "country" else part.value
        return Coding(country, found.sector, found.subsector, found.rest)
    if part is None:
        remedy = "Write the country by its ISO 3166-1 code, or IGO, NGO, NGM, IMG or MNC, first."
        raise CodeError(f"{first!r}, with which {code} begins, is no country and no code of CAMEO that we know", remedy)
    if part.kind != "instead":
        return _rest([first, *others], countries)
    found = _rest(others, countries)
    sector = found.sector or _DEFAULT_SECTOR.get(first, "")
    second = " ".join(dict.fromkeys(code_parts()[one].value for one in others if _is_second(one)))
    return Coding(part.value, sector, " ".join(filter(None, (second, found.subsector))), found.rest)


def agent_coding(code: str, before: bool = False) -> Coding:
    """The coding of an agent's code; `country` is filled only with what stands in the place of one (NGO).

    Raises:
        CodeError: no part of the code says what we have a column for.
    """
    parts = _parts(code)
    instead = [part for one in parts if (part := code_parts().get(one)) and part.kind == "instead"]
    found = _rest([one for one in parts if one not in {part.code for part in instead}], frozenset())
    country = next((part.value for part in instead), "")
    sector = found.sector or next((_DEFAULT_SECTOR[part.code] for part in instead if part.code in _DEFAULT_SECTOR), "")
    if not country and not sector:
        written = f"{code}~" if before else f"~{code}"
        raise CodeError(f"{written} has no role that we know", "Write a role of CAMEO first, as in [~GOV] or [~MIL].")
    return Coding(country, sector, found.subsector, found.rest)


def _parts(code: str) -> list[str]:
    if "/" in code:
        raise CodeError(f"{code} names several actors", "Write a line for each of them.")
    if len(code) % 3:
        raise CodeError(f"{code} has no whole parts", "Write three letters for each part.")
    return [code[at : at + 3] for at in range(0, len(code), 3)]


def _is_second(one: str) -> bool:
    return one in code_parts() and code_parts()[one].kind == "second"


def _rest(parts: list[str], countries: frozenset[str]) -> Coding:
    """Sector and subsector of the parts after the country; where none is a role, both are empty."""
    known = [(one, code_parts().get(one)) for one in parts]
    # A country's code here ('NGOUSA') tells where, and no column holds that beside what stands for a country.
    sectors = [part.value for one, part in known if part is not None and part.kind == "sector" and one not in countries]
    sectors = list(dict.fromkeys(sectors))
    if "PTY" in sectors[1:] and sectors[0] in _STANDING:
        sectors = ["PTY", *(sector for sector in sectors if sector != "PTY")]
    kept = [one for one, part in known if part is None or part.kind not in ("sector", "second")]
    return Coding("", sectors[0] if sectors else "", " ".join(sectors[1:]), " ".join(kept))
