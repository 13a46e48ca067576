"""One telling of a meeting: the words that say that some met, with who, where and when as far as they say it."""

from __future__ import annotations

from dataclasses import dataclass

from communique.diplomacy.scene import Scene, distinct
from communique.diplomacy.things import MeetingKind, When
from communique.model import Actor, Factuality, Place, Source
from communique.text.tree import Word

NO_COUNTRY = frozenset({"", "NGO", "MNC", "ISM"})
SURE = 0.3


@dataclass(frozen=True, slots=True)
class Telling:
    """What one place of a text says of a meeting.

    Attributes:
        head: the verb or noun that says it.
        kind: '' where nothing tells it.
        when: as the words date it; None where they do not.
        takes_up: whether it is 'the meeting' that the text is about.
        other: whether it is said to be another one ('the next round').
        joint: whether it is a meeting of many by its noun ('summit').
    """

    head: Word
    quote: Source
    kind: MeetingKind | str
    participants: tuple[Actor, ...]
    host: Actor | None
    place: Place | None
    within: str
    when: When | None
    factuality: Factuality
    takes_up: bool = False
    other: bool = False
    joint: bool = False


def known(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Those who act for a state or an organisation of states; bare countries only where nobody acts for them."""
    able = [actor for actor in actors if actor.confidence >= SURE and actor.country not in NO_COUNTRY]
    able = [actor for actor in able if actor.kind != "place"]
    persons = [actor for actor in able if actor.kind in ("person", "office", "group")]
    spoken_for = {actor.country for actor in persons}
    named_offices = {(actor.country, actor.office) for actor in persons if actor.kind == "person" and actor.office}
    kept = []
    for actor in able:
        if actor.kind == "country" and actor.country in spoken_for:
            continue
        if actor.kind == "office" and (actor.country, actor.office) in named_offices:
            continue
        kept.append(actor)
    return distinct(kept)


def stretched(scene: Scene, first: Word, last: Word, actors: tuple[Actor, ...]) -> Source:
    """The words of a telling with those who are named right after it in its sentence."""
    quote = scene.quote(first, last)
    sentence = first.sent
    limit = scene.quote(sentence[0], sentence[-1]).end
    ends = [actor.end for actor in actors if quote.end <= actor.start and actor.end <= limit]
    near = [end for end in ends if end - quote.end <= NEAR]
    if not near:
        return quote
    word = scene.word_at(max(near) - 1)
    return scene.quote(first, word) if word is not None and word.i > last.i else quote


NEAR = 160
