"""Refreshes offices, holders and organisations from Wikidata into the user's data folder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from communique.actors.lexicon import (
    HOLDERS,
    OFFICES,
    ORGANISATIONS,
    REFRESHED,
    Lexicon,
    Office,
    Table,
    load_lexicon,
    merged,
    read_anew,
    read_layer,
)
from communique.curation.bodies import Organisations
from communique.curation.harvest import Asks, Harvest, Progress
from communique.curation.offices import Offices
from communique.curation.refresh import Change, Holders
from communique.curation.rows import table_text, write_whole
from communique.curation.rules import Known, faults, label
from communique.curation.statements import Position, Served, bodies, positions, served

ANSWERS = "answers"
# Positions that one query asks the holders of.
BATCH = 40


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is refreshed.

    Attributes:
        offices: offices and their holders.
        organisations: intergovernmental organisations.
        since: terms that ended before this year are left out.
        max_age: days for which an answer on disk holds.
    """

    offices: bool = True
    organisations: bool = True
    since: int = 2000
    max_age: int = 7


@dataclass(slots=True)
class Updated:
    """What a refresh did: the changes against ours, the entries of each table, and the files that are new or other."""

    changes: list[Change] = field(default_factory=list)
    entries: dict[str, int] = field(default_factory=dict)
    written: list[Path] = field(default_factory=list)


def update(folder: str | Path, client: Asks, today: date, wanted: Wanted, progress: Progress) -> Updated:
    """Asks Wikidata and writes what it knows beyond our tables and the user's own, below the user's folder.

    The tables go to the sub-folder `wikidata`, and win over ours but not over those of the folder itself. Nothing is
    written before all is answered; an interrupted run goes on with the first query that has no answer on disk.

    Args:
        folder: the user's data folder, made where there is none.
        client: what answers the queries.
        today: the day.
        wanted: what is refreshed.
        progress: told after each answer.

    Raises:
        UpdateError: the service gives no proper answer.
        DataFileError: a table of the folder does not fit its schema, or a file cannot be written.
    """
    where = Path(folder)
    own = read_layer(where)
    refresh = _Refresh(merged([load_lexicon(), own]), own, today)
    harvest = Harvest(client, where / REFRESHED / ANSWERS, today, wanted.max_age, progress)
    tables: list[tuple[Table[Any], Sequence[Any]]] = []
    if wanted.offices:
        offices, holders = refresh.offices(harvest, wanted.since)
        tables += [(OFFICES, offices), (HOLDERS, holders)]
    if wanted.organisations:
        tables.append((ORGANISATIONS, refresh.organisations(harvest)))
    done = Updated(refresh.changes)
    for table, entries in tables:
        done.entries[table.name] = len(entries)
        path = where / REFRESHED / table.file
        text = table_text(table, entries)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            write_whole(path, text)
            done.written.append(path)
    read_anew()
    return done


class _Refresh:
    """One refresh of the tables over a lexicon of ours and the user's own entries."""

    def __init__(self, lexicon: Lexicon, own: Lexicon, today: date) -> None:
        self._lexicon = lexicon
        self._own = own
        self._today = today
        self._known = Known.of(lexicon)
        self._bodies = Organisations(lexicon, own.organisations, today)
        self.changes: list[Change] = []

    def organisations(self, harvest: Harvest) -> list[Any]:
        """The rows of organisations.csv."""
        for body in bodies(harvest.rows("organisations")):
            self._bodies.add(body)
        self.changes += self._bodies.changes
        return self._sound(ORGANISATIONS, self._bodies.rows, self._known)

    def offices(self, harvest: Harvest, since: int) -> tuple[list[Any], list[Any]]:
        """The rows of offices.csv and of holders.csv."""
        found = positions(harvest.rows("offices")) + list(self._posts(positions(harvest.rows("posts"), "")))
        offices = Offices(self._lexicon, found)
        terms = served(harvest.rows("heads", since=since))
        asked = [f"wd:{position}" for position in offices.positions()]
        for start in range(0, len(asked), BATCH):
            terms += served(harvest.rows("holders", since=since, things=" ".join(asked[start : start + BATCH])))
        holders = Holders(self._lexicon, self._own.holders, self._today)
        by_office = _by_office(offices, terms)
        posts = {office.id: office for office in (*self._lexicon.offices, *offices.new.values())}
        for identity in sorted(by_office):
            holders.add(posts[identity], by_office[identity])
        held = {holder.office for holder in holders.rows}
        new = [offices.new[identity] for identity in sorted(offices.new) if identity in held]
        self.changes += [Change("new office", office.id, office.name) for office in new]
        self.changes += holders.changes
        new = self._sound(OFFICES, new, self._known)
        known = replace(self._known, offices=self._known.offices | {office.id for office in new})
        return new, self._sound(HOLDERS, holders.rows, known)

    def _posts(self, found: Iterable[Position]) -> Iterator[Position]:
        """Offices of organisations that the lexicon has, under its ids."""
        for post in found:
            organisation = self._bodies.known(post.owner, post.owner_name)
            if organisation is not None:
                yield replace(post, owner=organisation.id, role="head-of-organisation")

    def _sound(self, table: Table[Any], entries: Iterable[Any], known: Known) -> list[Any]:
        """The entries that a table can hold; the others are told and left out."""
        sound = []
        for entry in entries:
            wrong = next(faults(table, entry, known), None)
            if wrong is None:
                sound.append(entry)
            else:
                self.changes.append(Change("kept", label(table, entry), wrong.problem))
        return sound


def _by_office(offices: Offices, terms: Iterable[Served]) -> dict[str, list[Served]]:
    """Terms by the offices of the lexicon; one that is told as position and as head of state is told once."""
    found: dict[str, dict[Served, None]] = defaultdict(dict)
    for term in terms:
        head = offices.head(term.role, term.owner) if term.role else None
        held: list[Office] = [head] if head else offices.of(term.position)
        for office in held:
            found[office.id][replace(term, position="", role="", owner="")] = None
    return {identity: _distinct(several) for identity, several in found.items()}


def _distinct(terms: Iterable[Served]) -> list[Served]:
    """Terms without those of the same person that a finer or longer one contains."""
    by_person: dict[str, list[Served]] = defaultdict(list)
    for term in terms:
        by_person[term.person].append(term)
    return [term for several in by_person.values() for term in _without_doubles(several)]


def _without_doubles(terms: Sequence[Served]) -> Iterator[Served]:
    for term in terms:
        others = [other for other in terms if other is not term and _told_better(term, other)]
        if not others:
            yield term


def _told_better(term: Served, other: Served) -> bool:
    """Whether another telling of a term is more precise, or has the end that this one lacks."""
    if not (other.start.startswith(term.start) and (not term.end or other.end.startswith(term.end))):
        return False
    return (len(other.start), len(other.end)) > (len(term.start), len(term.end))
