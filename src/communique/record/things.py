"""The rows that the things of diplomacy make in the record, and the tables they lie in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from communique.coded import Coded
from communique.diplomacy.things import Thing, Things, When
from communique.model import Actor, Place, content_id

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing: its table, and where its fields go.

    Attributes:
        field: of `Things`.
        cells: the columns of its table after thing and document.
        parties: fields with actors by the role that they have in the tables of parties.
        places: fields with places by their role.
        topics: the field with its topics.
    """

    field: str
    cells: Callable[[Any], Row]
    parties: tuple[tuple[str, str], ...] = ()
    places: tuple[tuple[str, str], ...] = ()
    topics: str = ""

    @property
    def table(self) -> str:
        """The table that has a row for each telling."""
        return f"{self.field}_told"


def _when(when: When) -> Row:
    return when.date, when.date_end, when.precision


KINDS = {
    "meeting": Kind(
        "meetings",
        lambda m: (m.kind, m.level, m.within, *_when(m.when), m.factuality),
        (("participant", "participants"), ("host", "host")),
        (("place", "place"),),
        "topics",
    ),
    "visit": Kind(
        "visits",
        lambda v: (v.kind, v.host, v.arrival, v.departure, *_when(v.when), v.factuality),
        (("visitor", "visitors"),),
        (("stop", "stops"),),
        "topics",
    ),
    "agreement": Kind(
        "agreements",
        lambda a: (a.kind, a.stage, a.title, *_when(a.when), a.factuality),
        (("party", "parties"),),
        topics="areas",
    ),
    "commitment": Kind(
        "commitments",
        lambda c: (c.content, c.act, c.condition, c.due, c.due_words, c.strength, *_when(c.when)),
        (("by", "by"), ("to", "to")),
        topics="topics",
    ),
    "position": Kind(
        "positions",
        lambda p: (p.stance, p.object, *_when(p.when)),
        (("holder", "holder"), ("target", "target")),
        topics="topics",
    ),
    "invitation": Kind(
        "invitations",
        lambda i: (i.occasion, i.status, *_when(i.when)),
        (("by", "by"), ("to", "to")),
        (("place", "place"),),
    ),
    "gift": Kind("gifts", lambda g: (g.object, *_when(g.when)), (("giver", "giver"), ("receiver", "receiver"))),
    "award": Kind("awards", lambda a: (a.object, *_when(a.when)), (("giver", "giver"), ("receiver", "receiver"))),
    "accreditation": Kind(
        "accreditations", lambda a: (a.act, a.sending, a.receiving, *_when(a.when)), (("person", "person"),)
    ),
    "institution": Kind("institutions", lambda i: (i.name, i.kind), (("member", "members"),)),
}
# All tables with rows that go when their document goes.
THING_TABLES = (
    *(kind.table for kind in KINDS.values()),
    *("thing_sources", "thing_parties", "thing_places", "thing_topics", "document_topics", "merged", "merged_parties"),
)


def rows_of(batch: Sequence[Coded]) -> Iterator[tuple[str, list[Row]]]:
    """The rows of all things of some documents, a list for each table."""
    found: dict[str, list[Row]] = {table: [] for table in THING_TABLES}
    for coded in batch:
        identity = coded.document.document_id
        for table, row in _rows(coded.things, identity):
            found[table].append(row)
    yield from found.items()


def alone(kind: str, thing_id: str) -> str:
    """The id of a merged thing that only one telling makes up."""
    return content_id("merged", kind, [thing_id])


def shown(name: str, country: str, office: str) -> str:
    """The name to show: an office whose holder is not known has its country behind it, 'President (KGZ)'."""
    return f"{name} ({country})" if name and name == office and country else name


def actor_cells(actor: Actor) -> Row:
    """The columns of an actor."""
    return (
        *(actor.text, actor.start, actor.end, actor.name, actor.entity_id, actor.country, actor.sector),
        *(actor.subsector, actor.office, actor.wikidata, actor.kind, actor.confidence),
    )


def _rows(things: Things, document: str) -> Iterator[tuple[str, Row]]:
    for position, topic in enumerate(things.topics):
        yield "document_topics", (document, position, topic.topic, topic.text, topic.start, topic.end)
    for name, kind in KINDS.items():
        for thing in getattr(things, kind.field):
            yield kind.table, (thing.id, document, *kind.cells(thing))
            yield from _parts(thing, kind, document)
            yield from _merged(thing, name, kind, document)


def _parts(thing: Thing, kind: Kind, document: str) -> Iterator[tuple[str, Row]]:
    where = (thing.id, document)
    for position, source in enumerate(thing.sources):
        yield "thing_sources", (*where, position, source.sentence, source.start, source.end, source.trigger)
    for role, position, actor in _parties(thing, kind):
        yield "thing_parties", (*where, role, position, *actor_cells(actor))
    for role, field in kind.places:
        for position, place in enumerate(_listed(getattr(thing, field), Place)):
            cells = (place.text, place.start, place.end, place.name, place.country, place.lat, place.lon)
            yield "thing_places", (*where, role, position, *cells)
    for position, topic in enumerate(getattr(thing, kind.topics) if kind.topics else ()):
        yield "thing_topics", (*where, position, topic.topic, topic.text, topic.start, topic.end)


def _merged(thing: Thing, name: str, kind: Kind, document: str) -> Iterator[tuple[str, Row]]:
    """What it is before it is compared with others: merged with nothing."""
    where = (name, alone(name, thing.id), thing.id, document)
    yield "merged", (*where, 0)
    for role, position, actor in _parties(thing, kind):
        cells = (
            shown(actor.name, actor.country, actor.office),
            actor.country,
            actor.office,
            actor.entity_id,
            actor.text,
        )
        yield "merged_parties", (*where, role, position, *cells)


def _parties(thing: Thing, kind: Kind) -> Iterator[tuple[str, int, Actor]]:
    for role, field in kind.parties:
        for position, actor in enumerate(_listed(getattr(thing, field), Actor)):
            yield role, position, actor


def _listed(value: Any, cls: type) -> Sequence[Any]:
    """A field's values, whether it holds one, several or none."""
    return (value,) if isinstance(value, cls) else value or ()
