"""Finds the offices of the lexicon that Wikidata's positions are, and makes those that the lexicon lacks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from communique.actors.lexicon import Lexicon, Office
from communique.actors.people import People, name_key
from communique.curation.statements import Position

# The level in offices.csv of a new office of each role; other roles are levels themselves.
_LEVELS = {"foreign-minister": "minister", "defence-minister": "minister"}
_HEADS = ("head-of-state", "head-of-government")
# Below the head of a ministry; Wikidata counts some of them to the class of its minister.
_BELOW = re.compile(r"\b(?:deputy|vice|shadow|assistant|junior|parliamentary|minister of state)\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\([^)]*\)$")


class Offices:
    """The offices of a lexicon by Wikidata's positions.

    Args:
        lexicon: ours with the user's own.
        positions: all positions that are to be found.
    """

    def __init__(self, lexicon: Lexicon, positions: Sequence[Position]) -> None:
        self._people = People(lexicon)
        self._taken = {office.id for office in lexicon.offices}
        self._names: dict[str, list[str]] = defaultdict(list)
        for country in lexicon.countries:
            self._names[country.code] += [country.name, *country.names, *country.demonyms]
        for organisation in lexicon.organisations:
            self._names[organisation.id] += [organisation.name, *organisation.aliases]
        self._levels: dict[tuple[str, str], list[Office]] = defaultdict(list)
        for office in lexicon.offices:
            self._levels[office.level, office.country].append(office)
        self._of_role: dict[tuple[str, str], list[Position]] = defaultdict(list)
        for position in positions:
            self._of_role[position.role, position.owner].append(position)
        self.new: dict[str, Office] = {}
        self._found = {position: self._match(position) for position in positions if self._is_meant(position)}

    def of(self, position: str) -> list[Office]:
        """The offices that a position is: one for each country or organisation that has it."""
        found = {office.id: office for one, office in self._found.items() if one.wikidata == position}
        return list(found.values())

    def positions(self) -> list[str]:
        """The ids of the positions whose owner the lexicon knows, in order."""
        return sorted({position.wikidata for position in self._found}, key=lambda item: int(item[1:]))

    def head(self, role: str, owner: str) -> Office | None:
        """The office of the head of state or government of a country, where there is one alone."""
        found = {self._found[one].id: self._found[one] for one in self._of_role[role, owner] if one in self._found}
        if len(found) == 1:
            return next(iter(found.values()))
        return _only(self._levels[role, owner]) if not found else None

    def _is_meant(self, position: Position) -> bool:
        """Whether the lexicon knows the owner, and the office is the one that the role tells."""
        lower = position.role in _LEVELS and _BELOW.search(position.label)
        return position.owner in self._names and not lower

    def _match(self, position: Position) -> Office:
        plain = self._plain(position)
        for phrase in (plain, position.label, *self._by_role(position)):
            office = self._people.office(position.owner, phrase)
            if office is not None:
                return office
        if position.role in _HEADS and len(self._of_role[position.role, position.owner]) == 1:
            office = _only(self._levels[position.role, position.owner])
            if office is not None:
                return office
        return self._make(position, plain)

    @staticmethod
    def _by_role(position: Position) -> Iterable[str]:
        return (position.role.replace("-", " "),) if position.role in _LEVELS else ()

    def _plain(self, position: Position) -> str:
        """The title without its country or organisation: 'President of the United States' is 'President'."""
        label = _BRACKETS.sub("", position.label)
        for name in sorted(self._names[position.owner], key=len, reverse=True):
            words = re.escape(name)
            title = re.sub(rf"\s+(?:of|for) (?:the )?{words}$|^{words}(?:'s)?\s+", "", label)
            if title != label and title:
                return title[0].upper() + title[1:]
        return label[0].upper() + label[1:]

    def _make(self, position: Position, plain: str) -> Office:
        name = "-".join(name_key(plain).split()) or position.wikidata.lower()
        identity = f"{position.owner.lower()}-{name}"
        if identity in self._taken:
            identity = f"{identity}-{position.wikidata.lower()}"
        known = self.new.get(identity)
        if known is None:
            self._taken.add(identity)
            known = self.new[identity] = Office(
                id=identity,
                country=position.owner,
                name=plain,
                sector="IGO" if position.role == "head-of-organisation" else "GOV",
                aliases=(position.label,) if position.label != plain else (),
                level=_LEVELS.get(position.role, position.role),
                notes=f"Wikidata {position.wikidata}",
            )
        return known


def _only(offices: Sequence[Office]) -> Office | None:
    return offices[0] if len(offices) == 1 else None
