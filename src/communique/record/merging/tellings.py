"""What one document tells of one thing, as the record holds it: the material of judgements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date as Date
from functools import cached_property
from typing import Any

from communique.record.merging.words import FORMAL, fold, of_all, stems
from communique.record.things import KINDS

Query = Callable[[str], tuple[list[str], list[tuple[Any, ...]]]]
# Codes of actors that are no country: such a party is known by who it is.
NO_COUNTRIES = frozenset({"", "IGO", "NGO", "ISM", "IMG", "MNC"})
MERGED = ("meeting", "visit", "agreement", "commitment", "position")


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who has a role in a thing."""

    role: str
    name: str
    country: str
    office: str
    entity_id: str
    kind: str
    text: str

    @property
    def key(self) -> str:
        """The side that it belongs to: its country, or itself where it has none."""
        return self.country if self.country not in NO_COUNTRIES else self.entity_id or fold(self.name or self.text)

    @property
    def persons(self) -> frozenset[str]:
        """What a person is known by: the id, and the last name."""
        if self.kind != "person":
            return frozenset()
        names = fold(self.name).split()
        return frozenset({self.entity_id, names[-1] if names else ""} - {""})


@dataclass(frozen=True, slots=True)
class Spot:
    """A place; coordinates in degrees."""

    name: str
    country: str
    lat: float | None
    lon: float | None


@dataclass(frozen=True)
class Telling:
    """One thing as one document tells it. `values` are the columns of its table, `sentence` the whole sentence."""

    kind: str
    id: str
    document_id: str
    published: Date | None
    dateline_country: str
    start: int
    words: str
    sentence: str
    values: dict[str, Any]
    parties: tuple[Party, ...]
    place: Spot | None
    topics: frozenset[str]

    @property
    def first(self) -> Date | None:
        """The first day."""
        day: Date | None = self.values.get("arrival") or self.values.get("date")
        return day

    @property
    def last(self) -> Date | None:
        """The last day."""
        day: Date | None = self.values.get("departure") or self.values.get("date_end")
        return max(day, self.first) if day and self.first else self.first

    @property
    def is_dated(self) -> bool:
        """Whether the text tells the day."""
        return self.first is not None and self.values.get("date_precision") == "day"

    @property
    def factuality(self) -> str:
        """Whether it came about."""
        return str(self.values.get("factuality") or "happened")

    @cached_property
    def sides(self) -> frozenset[str]:
        """Who takes part, by country."""
        return frozenset(party.key for party in self.parties if party.role != "host")

    @cached_property
    def _named(self) -> frozenset[str]:
        """The stems of who takes part."""
        return of_all(part for party in self.parties for part in (party.text, party.name, party.office))

    @cached_property
    def matter(self) -> frozenset[str]:
        """The stems of what an agreement is about: its title, or the words that tell of it."""
        title = stems(self.values["title"] or "") - FORMAL - self._named
        return title or stems(self.words) - FORMAL - self._named

    @cached_property
    def substance(self) -> frozenset[str]:
        """The stems of what somebody is to do, without who."""
        words = stems(self.values["content"] or "")
        return words - self._named or words

    def side(self, role: str) -> frozenset[str]:
        """The countries in one role."""
        return frozenset(party.key for party in self.parties if party.role == role)

    def persons(self, side: str) -> frozenset[str]:
        """What the persons of one country are known by."""
        return frozenset(name for party in self.parties if party.key == side for name in party.persons)


TELLINGS = """
SELECT t.*, d.date AS d_date, d.dateline_country AS d_country, q."start" AS q_start, q.words AS q_words,
       substr(d.text, s."start" + 1, s."end" - s."start") AS q_sentence
FROM {table} t JOIN documents d ON d.document_id = t.document_id
LEFT JOIN thing_sources q ON q.thing_id = t.thing_id AND q.document_id = t.document_id AND q.position = 0
LEFT JOIN sentences s ON s.document_id = q.document_id AND s.sentence = q.sentence
"""
PARTIES = """
SELECT thing_id, role, name, country, office, entity_id, kind, text FROM thing_parties ORDER BY thing_id, role, position
"""
PLACES = "SELECT thing_id, name, country, lat, lon FROM thing_places ORDER BY thing_id, position DESC"
TOPICS = "SELECT thing_id, topic FROM thing_topics"


def load(query: Query) -> dict[str, dict[str, Telling]]:
    """All tellings of the kinds that are merged, by kind and id."""
    parties: dict[str, list[Party]] = defaultdict(list)
    for thing, *cells in query(PARTIES)[1]:
        parties[thing].append(Party(*(cell or "" for cell in cells)))
    places = {thing: Spot(name or "", country or "", lat, lon) for thing, name, country, lat, lon in query(PLACES)[1]}
    topics: dict[str, set[str]] = defaultdict(set)
    for thing, topic in query(TOPICS)[1]:
        topics[thing].add(topic)
    found: dict[str, dict[str, Telling]] = {}
    for kind in MERGED:
        columns, rows = query(TELLINGS.format(table=KINDS[kind].table))
        found[kind] = {}
        for row in rows:
            values = dict(zip(columns, row, strict=True))
            thing = str(values["thing_id"])
            found[kind][thing] = Telling(
                *(kind, thing, str(values["document_id"]), values["d_date"], values["d_country"] or ""),
                *(values["q_start"] or 0, values["q_words"] or "", values["q_sentence"] or "", values),
                *(tuple(parties[thing]), places.get(thing), frozenset(topics[thing])),
            )
    return found
