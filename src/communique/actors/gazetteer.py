"""Finds the names of the lexicon in a text: countries, demonyms, capitals, seats of power, organisations, places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from communique.actors.lexicon import Country, Landmark, Lexicon, Organisation

Sort = Literal["country", "demonym", "capital", "seat", "organisation", "people", "place", "none"]

# Written in capitals they are words of a headline at least as often as they are names.
_ACRONYM_OR_WORD = frozenset({"US", "WHO", "IS", "CAR", "IT", "AU", "UN", "AP", "GEM", "PA", "IMO", "PAL", "MASS"})
_NO_PLURAL = ("ese", "ish", "ench", "utch", "wiss", "lsh", "man", "men", "ss", "x")
# One letter for one letter, so that offsets stay.
_FOLD = {
    ord(letter): plain
    for letter in (chr(code) for code in range(0xC0, 0x250))
    if len(plain := "".join(c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c))) == 1
    and plain.isascii()
} | {ord(a): b for a, b in zip("’‘‛ʼ`ıøØłŁđĐ", "'''''ioOlLdD", strict=True)}
_FOLD |= {ord(dash): "-" for dash in "‐‑‒–—"}


@dataclass(frozen=True, slots=True)
class Entity:
    """What a name of the lexicon denotes; `start` and `end` bound the use of the name (ISO dates).

    `lat` and `lon` are those of a place, in degrees (WGS 84). A place of no country, a sea or a strait, is no actor:
    its sort is none and its kind is place.
    """

    sort: Sort
    name: str
    country: str = ""
    sector: str = ""
    subsector: str = ""
    kind: str = ""
    entity_id: str = ""
    wikidata: str = ""
    start: str = ""
    end: str = ""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A name found in a text: character offsets, and what it may denote, likeliest first."""

    start: int
    end: int
    entities: tuple[Entity, ...]


def fold(text: str) -> str:
    """The text without accents and with straight apostrophes and hyphens, letter for letter."""
    return text if text.isascii() else text.translate(_FOLD)


class Gazetteer:
    """The names of a lexicon, ready to be found in one pass over a text."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._names: dict[str, list[Entity]] = {}
        for layer in lexicon.by_layer():
            self._add_layer(layer)
        self._index()

    def _add_layer(self, layer: Lexicon) -> None:
        """Adds names before those of earlier layers: what the user says is likelier than what we say."""
        earlier, self._names = self._names, {}
        for country in layer.countries:
            self._add_country(country)
        for people in layer.peoples:
            entity = Entity("people", people.name, people.country, "CVL", kind="group")
            for form in (people.name, *people.forms):
                self._add(form, entity)
                self._add(_plural(form), entity)
        for organisation in layer.organisations:
            self._add_organisation(organisation)
        for place in layer.places:
            self._add_place(place)
        for name, entities in self._names.items():
            entities.extend(entity for entity in earlier.pop(name, ()) if entity not in entities)
        # The later of two names that differ in capitals alone is the one that a headline means.
        self._names = earlier | self._names
        self._add_traps(layer)

    def lookup(self, name: str) -> tuple[Entity, ...]:
        """What exactly this name may denote, likeliest first."""
        return tuple(self._names.get(fold(name), ()))

    def landmark(self, name: str) -> Entity | None:
        """The place of no country, a sea or a strait, that bears this name."""
        return next((entity for entity in self.lookup(name) if entity.kind == "place"), None)

    def find(self, text: str) -> list[Found]:
        """The names in a text, longest first where they overlap, in order."""
        folded = fold(text)
        found: list[Found] = []
        end = 0
        for match in self._first.finditer(folded):
            start = match.start()
            if start < end:
                continue
            word = match.group()
            hit = self._match(folded, start, self._by_first.get(word, ()))
            if hit is None and len(word) > 3 and word.isupper():
                hit = self._match(folded, start, self._by_upper.get(word, ()))
            if hit is not None:
                end = hit.end
                found.append(hit)
        return found

    def _match(self, text: str, start: int, candidates: Iterable[str]) -> Found | None:
        for name in candidates:
            end = start + len(name)
            if text.startswith(name, start) and not text[end : end + 1].isalnum():
                if name in _ACRONYM_OR_WORD and _shouted(text, start, end):
                    return None
                entities = self._names.get(name) or self._shouted[name]
                return Found(start, end, tuple(entities))
        return None

    def _add(self, name: str, entity: Entity) -> None:
        if entity.sort != "seat":
            name = name.removeprefix("the ").removeprefix("The ")
        name = fold(name).strip()
        if len(name) > 1:
            entities = self._names.setdefault(name, [])
            if entity not in entities:
                entities.append(entity)

    def _add_country(self, country: Country) -> None:
        dates = (country.start, country.end) if country.kind == "former" or country.code == "SSD" else ("", "")
        subsector = "PRE" if country.kind == "partial" and country.code not in ("PSE", "TWN", "XKX") else ""
        basic = Entity("country", country.name, country.code, "", subsector, "country", country.code, "", *dates)
        for name in (country.name, *country.names):
            self._add(name, basic)
        demonym = Entity("demonym", country.name, country.code, "", subsector, "country", country.code, "", *dates)
        for name in country.demonyms:
            if name not in (country.name, *country.names):
                self._add(name, demonym)
                self._add(_plural(name), demonym)
        capital = Entity("capital", country.name, country.code, "GOV", subsector, "country", country.code, "", *dates)
        for name in country.capital:
            if fold(name) not in self._names or country.code == "USA":
                self._add(name, capital)
        for written in country.metonyms:
            name, _, sector = written.partition("=")
            if name not in country.capital:
                seat = Entity("seat", country.name, country.code, sector or "GOV", "", "country", country.code)
                self._add(name, seat)

    def _add_organisation(self, organisation: Organisation) -> None:
        kind = "group" if organisation.kind in _GROUPS else _KIND_OF.get(organisation.kind, "organisation")
        sort: Sort = "none" if organisation.kind == NOBODY else "organisation"
        entity = Entity(
            sort, organisation.name, organisation.country, organisation.sector, organisation.subsector, kind,
            organisation.id, organisation.wikidata, organisation.start, organisation.end,
        )  # fmt: skip
        for name in (organisation.name, *organisation.aliases):
            self._add(name, entity)

    def _add_place(self, place: Landmark) -> None:
        sort: Sort = "place" if place.country else "none"
        entity = Entity(sort, place.name, place.country, kind="place", lat=place.lat, lon=place.lon)
        for name in map(fold, (place.name, *place.aliases)):
            before = self._names.get(name)
            if before is None:
                self._names[name] = [entity]
                continue
            # A country, people or seat of that name stays what it is, and is on the map.
            here = place.country
            self._names[name] = [replace(e, lat=place.lat, lon=place.lon) if e.country == here else e for e in before]

    def _add_traps(self, lexicon: Lexicon) -> None:
        for trap in lexicon.traps:
            sort: Sort = "none"
            if trap.reading in ("place", "demonym", "organisation"):
                sort = trap.reading  # type: ignore[assignment]
            name = fold(trap.text)
            self._names[name] = [Entity(sort, trap.notes or trap.text, trap.country, kind=_KIND_OF.get(sort, ""))]

    def _index(self) -> None:
        self._by_first: dict[str, list[str]] = {}
        self._by_upper: dict[str, list[str]] = {}
        self._shouted: dict[str, list[Entity]] = {}
        small: set[str] = set()
        for name in sorted(self._names, key=len, reverse=True):
            first = _FIRST_WORD.match(name)
            if first is None:
                continue
            word = first.group()
            self._by_first.setdefault(word, []).append(name)
            if word[0].islower():
                small.add(word)
            if len(name) > 3 and not name.isupper():
                shout = name.upper()
                self._by_upper.setdefault(word.upper(), []).append(shout)
                self._shouted[shout] = self._names[name]
        lower = "".join(rf"|{word}\b" for word in sorted(small))
        self._first = re.compile(rf"(?<!\w)(?:[A-Z0-9]\w*{lower})")


_FIRST_WORD = re.compile(r"\w+")
# The kind of an entry by which, in its time, a name denotes nobody.
NOBODY = "NONE"
_GROUPS = frozenset({"REB", "PTY", "OPP", "PRM", "TER", "ISM", "IMG", "CRM", "SOM"})
_KIND_OF = {
    "place": "place",
    "demonym": "country",
    "organisation": "organisation",
    "PERSON": "person",
    NOBODY: "nobody",
}


def _plural(name: str) -> str:
    if name.endswith("man"):
        return name[:-3] + "men"
    if name.endswith(_NO_PLURAL):
        return name
    return name + ("es" if name.endswith(("s", "ch")) and not name.endswith("ech") else "s")


def _shouted(text: str, start: int, end: int) -> bool:
    """Whether the words beside a short name in capitals are in capitals too: a headline, where 'WHO' is a pronoun."""
    before = text[:start].rsplit(None, 1)[-1:] if start else []
    after = text[end : end + 40].split(None, 1)[:1]
    return any(len(word) > 2 and word.isalpha() and word.isupper() for word in (*before, *after))
