"""Lists of things of one or several kinds: meetings and visits, documents, positions, the timeline."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from communique.record.store import Record
from communique.views import rows as r
from communique.views.lines import entries
from communique.views.loading import Loader, pick, require_schema
from communique.views.report import Reference, Report, Section, references
from communique.views.scope import Side, Span

NONE = "The record holds none of these. Ask for more countries or days, or read more documents."


@dataclass(frozen=True, slots=True)
class Scope:
    """What a list is asked for.

    Attributes:
        sides: of up to two countries; all of them have a part in each row.
        topics: one of them is named by each row; none asked for where empty.
        limit: the most rows, 0 for all.
    """

    sides: tuple[Side, ...] = ()
    span: Span = dataclasses.field(default_factory=Span)
    topics: tuple[str, ...] = ()
    limit: int = 0

    def __str__(self) -> str:
        who = " and ".join(side.name for side in self.sides) or "All countries"
        return f"{who}, {self.span}" + (f", on {self.topics[0]}" if self.topics else "")


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows in order, and how many there are without the limit."""

    title: str
    scope: Scope
    rows: tuple[r.Told, ...]
    in_all: int
    sources: tuple[Reference, ...] = ()

    def report(self) -> Report:
        """The list as a report with one section a year."""
        about = f"{self.scope}: {self.in_all} in the record"
        about += f", {len(self.rows)} shown." if len(self.rows) < self.in_all else "."
        years: dict[str, list[r.Told]] = {}
        for row in self.rows:
            years.setdefault(str(row.day.year) if row.day else "No date", []).append(row)
        sections = tuple(Section(year, entries(rows)) for year, rows in years.items())
        return Report(self.title, (about,) if self.rows else (about, NONE), sections, self.sources)


def listing(
    store: Record, title: str, kinds: Sequence[str], scope: Scope, wanted: Callable[[r.Told], bool] = lambda row: True
) -> Listing:
    """The things of some kinds, the latest first."""
    require_schema(store)
    found = things(store, kinds, scope)
    return finished(store, title, scope, sorted(filter(wanted, found), key=r.latest_first))


def things(store: Record, kinds: Sequence[str], scope: Scope) -> list[r.Told]:
    """The things of some kinds within a scope."""
    picked = pick(store, [side.code for side in scope.sides])
    loader = Loader(store, {kind: picked[kind] for kind in kinds if kind in picked}, scope.span.until)
    return [row for kind in kinds for row in loader.get(kind) if _within(row, scope)]


def finished(store: Record, title: str, scope: Scope, rows: Sequence[r.Told]) -> Listing:
    """A list with its sources, cut to its limit."""
    shown = tuple(rows[: scope.limit] if scope.limit else rows)
    return Listing(title, scope, shown, len(rows), references(store, shown))


def _within(row: r.Told, scope: Scope) -> bool:
    return scope.span.holds(row.day) and (not scope.topics or bool(set(scope.topics) & set(row.topics)))
