"""One telling of a meeting: the words that say that some met, with who, where and when as far as they say it."""

from __future__ import annotations

from dataclasses import dataclass

from communique.diplomacy.scene import Scene, distinct, key
from communique.diplomacy.things import MeetingKind, When
from communique.model import Actor, Factuality, Place, Source
from communique.text.tree import Word

NO_COUNTRY = frozenset({"", "NGO", "MNC", "ISM"})
# Who is only guessed took no part.
SURE = 0.46
SURE_PERSON = 0.4
NOT_PARTIES = frozenset({"JRN"})
SHORT = 2


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
        many: whether one side is several whom the text does not name ('his meeting with Pacific leaders').
        by_reference: whether all sides are named elsewhere ('they', 'the two ministers').
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
    many: bool = False
    by_reference: bool = False


def known(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Those who act for a state or an organisation of states; bare countries only where nobody acts for them."""
    able = [actor for actor in actors if actor.country not in NO_COUNTRY]
    able = [actor for actor in able if actor.confidence >= (SURE_PERSON if actor.kind == "person" else SURE)]
    able = [actor for actor in able if actor.kind != "place" and actor.sector not in NOT_PARTIES]
    persons = [actor for actor in able if actor.kind in ("person", "office", "group")]
    spoken_for = {actor.country for actor in persons if actor.country != "IGO"}
    named_offices = {
        (actor.country, actor.office.casefold()) for actor in persons if actor.kind == "person" and actor.office
    }
    kept: list[Actor] = []
    for actor in able:
        if actor.kind == "country" and actor.country in spoken_for:
            continue
        if actor.kind in ("office", "group") and (actor.country, actor.office.casefold()) in named_offices:
            continue
        namesake = next((one for one in kept if same_person(one, actor)), None)
        if namesake is None:
            kept.append(actor)
        elif _is_fuller(actor, namesake):
            kept[kept.index(namesake)] = actor
    return distinct(kept)


def same_person(one: Actor, other: Actor) -> bool:
    """Whether two mentions may be one person: a part of the name in common, and no two countries."""
    if (
        one.kind != "person"
        or other.kind != "person"
        or (one.country and other.country and one.country != other.country)
    ):
        return False
    if one.entity_id and other.entity_id:
        return one.entity_id == other.entity_id
    return bool(_parts(one) & _parts(other))


def is_one(one: Actor, other: Actor) -> bool:
    """Whether two mentions are one: the same entity, one name, or an office and its holder."""
    return key(one) == key(other) or same_person(one, other) or _holds(one, other)


def _holds(one: Actor, other: Actor) -> bool:
    """Whether one is the office of the other: 'the president' and the president by name."""
    if one.country != other.country or not {"office", "group"} & {one.kind, other.kind}:
        return False
    words = [set(f"{each.office} {each.text}".casefold().split()) - {"of", "the", "and"} for each in (one, other)]
    return bool(words[0] & words[1])


def _parts(actor: Actor) -> set[str]:
    return {part for part in (actor.name or actor.text).casefold().replace("-", " ").split() if len(part) > SHORT}


def _is_fuller(one: Actor, other: Actor) -> bool:
    return (bool(one.entity_id), len(_parts(one)), one.confidence) > (
        bool(other.entity_id),
        len(_parts(other)),
        other.confidence,
    )


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
