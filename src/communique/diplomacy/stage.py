"""The diplomacy stage: what a document's parse, mentions and events give of meetings, visits, agreements and the like.

Each kind of thing has an extractor: a class that is built once from its data and gives the things of a document by
`find(scene)`. `EXTRACTORS` names them by the field of `Things` that they fill.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Protocol

from communique.actors.mentions import Mentions
from communique.diplomacy.accreditations import Accreditations
from communique.diplomacy.agreements import Agreements
from communique.diplomacy.commitments import Commitments
from communique.diplomacy.institutions import Institutions
from communique.diplomacy.invitations import Invitations
from communique.diplomacy.meetings import Meetings
from communique.diplomacy.positions import Positions
from communique.diplomacy.presents import Awards, Gifts
from communique.diplomacy.scene import Scene, Tools
from communique.diplomacy.things import Thing, Things
from communique.diplomacy.topics import Topics
from communique.diplomacy.visits import Visits
from communique.diplomacy.wordings import load_sets
from communique.events.factuality import Factualities
from communique.model import Event
from communique.settings import Settings
from communique.text.parsed import ParsedDocument


class Extractor(Protocol):
    """Finds the things of one kind in a document."""

    def find(self, scene: Scene) -> Iterator[Thing]:
        """The things, in text order."""


EXTRACTORS: Mapping[str, Callable[[], Extractor]] = {
    "meetings": Meetings,
    "visits": Visits,
    "agreements": Agreements,
    "commitments": Commitments,
    "positions": Positions,
    "invitations": Invitations,
    "gifts": Gifts,
    "awards": Awards,
    "accreditations": Accreditations,
    "institutions": Institutions,
}


class DiplomacyStage:
    """Reads the things of diplomacy from documents; its data are loaded once.

    Args:
        settings: as for the other stages.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.tools = Tools(Factualities.load(), load_sets("speech")["saying"], Topics.load())
        self.extractors = {field: make() for field, make in EXTRACTORS.items()}

    def read(self, parsed: ParsedDocument, mentions: Mentions, events: tuple[Event, ...]) -> Things:
        """The things that a document tells of."""
        scene = Scene(parsed, mentions, events, self.tools)
        found: dict[str, Any] = {field: _in_order(each.find(scene)) for field, each in self.extractors.items()}
        if self.tools.topics is not None:
            numbers = range(len(scene.sentences))
            found["topics"] = tuple(topic for number in numbers for topic in scene.topics_in(number))
        return replace(Things(), **found)


def _in_order(things: Iterator[Thing]) -> tuple[Thing, ...]:
    unique = {thing.id: thing for thing in things}
    return tuple(sorted(unique.values(), key=lambda thing: (thing.quote.start, thing.quote.end, thing.id)))
