"""Where each stands."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from dataclasses import dataclass

from communique.record.store import Record
from communique.views.lines import entries
from communique.views.listing import NONE, Scope, things
from communique.views.loading import require_schema
from communique.views.report import Reference, Report, Section, references
from communique.views.rows import Told, latest_first
from communique.views.scope import country_name

NOBODY = "No country"


@dataclass(frozen=True, slots=True)
class Stand:
    """What a country says."""

    country: str
    positions: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Positions:
    """Positions by who holds them."""

    scope: Scope
    stands: tuple[Stand, ...]
    in_all: int
    sources: tuple[Reference, ...] = ()

    def report(self) -> Report:
        """The positions as a report with a section for each country."""
        about = f"{self.scope}: {self.in_all} in the record."
        sections = tuple(Section(country_name(each.country), entries(each.positions)) for each in self.stands)
        return Report("Positions", (about,) if self.stands else (about, NONE), sections, self.sources)


def positions(store: Record, scope: Scope) -> Positions:
    """Positions by country, the latest first; of given countries, those that they hold or that concern them."""
    require_schema(store)
    scopes = [dataclasses.replace(scope, sides=(side,)) for side in scope.sides] or [scope]
    rows = {row.id: row for each in scopes for row in things(store, ("position",), each)}
    order = sorted(rows.values(), key=latest_first)
    held: dict[str, list[Told]] = defaultdict(list)
    for row in order[: scope.limit] if scope.limit else order:
        for country in row.countries("holder") or (NOBODY,):
            held[country].append(row)
    stands = tuple(Stand(country, tuple(held[country])) for country in sorted(held, key=lambda c: (c == NOBODY, c)))
    result = Positions(scope, stands, len(order))
    return dataclasses.replace(result, sources=references(store, result))
