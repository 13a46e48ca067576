"""What the tests of agreements, commitments and positions share: stages built once, and scenes of texts of our own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date as Date
from functools import cache
from pathlib import Path

from communique.actors.stage import ActorStage
from communique.diplomacy.scene import Scene
from communique.diplomacy.stage import DiplomacyStage
from communique.diplomacy.things import Thing
from communique.events.stage import EventStage
from communique.model import Actor, Document
from communique.settings import Settings
from communique.text.stage import TextStage

DAY = Date(2020, 5, 4)
DISPATCH = Path(__file__).resolve().parents[2] / "shared" / "dispatches" / "kazinform-2015-11-02.txt"


@cache
def _stages() -> tuple[TextStage, ActorStage, EventStage, DiplomacyStage]:
    settings = Settings()
    return TextStage(settings), ActorStage(settings), EventStage(settings), DiplomacyStage(settings)


@cache
def scene_of(text: str, day: Date | None = DAY) -> Scene:
    """A text with all that is known of it before its things are looked for."""
    texts, actors, events, diplomacy = _stages()
    parsed = texts.parse(Document.make(text, document_id="test", date=day))
    mentions = actors.annotate(parsed)
    return Scene(parsed, mentions, events.code(parsed, mentions), diplomacy.tools)


def sides(actors: Iterable[Actor]) -> str:
    """The countries of some actors, or the names of organisations, sorted."""
    return " ".join(sorted({a.country if a.country not in ("IGO", "NGO", "") else a.name or a.text for a in actors}))


def assert_verbatim(text: str, things: Iterable[Thing]) -> None:
    """Every place that a thing quotes is in the text, the quote first, and ids are all different."""
    listed = list(things)
    for thing in listed:
        assert thing.sources[0] == thing.quote
        for source in thing.sources:
            assert text[source.start : source.end] == source.trigger
            assert source.trigger.strip()
    assert len({thing.id for thing in listed}) == len(listed)
