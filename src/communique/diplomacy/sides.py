"""Who is meant where a text does not name them in the clause: 'we', the other side of a meeting, both sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from communique.diplomacy.scene import Scene, distinct
from communique.events.arguments import agents, children, clause_of
from communique.model import Actor, Event
from communique.text.tree import Word

FIRST_PERSON = frozenset({"i", "we"})
NO_STATE = frozenset({"IGO", "NGO", "IMG", "ISM", "MNC"})


def party(actor: Actor) -> str:
    """What makes two actors one side: their country, or the name of an organisation."""
    if actor.country and actor.country not in NO_STATE:
        return actor.country
    return actor.entity_id or actor.name or actor.text.casefold()


def known(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """The actors of whom it is known who they are, everybody once."""
    return distinct(a for a in actors if a.country or (a.entity_id and a.kind in ("person", "organisation", "group")))


def parties(actors: Iterable[Actor]) -> frozenset[str]:
    """The sides that some actors belong to."""
    return frozenset(map(party, actors))


def one_each(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """One actor of each side, the first that is named."""
    found: dict[str, Actor] = {}
    for actor in actors:
        found.setdefault(party(actor), actor)
    return tuple(found.values())


def holders(scene: Scene, verb: Word) -> tuple[Actor, ...]:
    """Who does what a verb says; for 'we' and 'I' whoever speaks."""
    return known(scene.actors(agents(verb)))


def other_side(scene: Scene, some: Iterable[Actor], sentence: int) -> tuple[Actor, ...]:
    """Who met or talked with some, where the last such act before the end of a sentence tells of one other side."""
    mine = parties(some)
    for event in _consultations(scene, sentence):
        sides = _talking(scene, event)
        if not mine & parties(sides):
            continue
        others = tuple(actor for actor in sides if party(actor) not in mine)
        return others if len(parties(others)) == 1 else ()
    return ()


def both_sides(scene: Scene, sentence: int) -> tuple[Actor, ...]:
    """Those who talked, as the last such act before the end of a sentence tells; else the two that a text is on."""
    return talking(scene, sentence) or scene.parties or _mostly_named(scene)


def _mostly_named(scene: Scene) -> tuple[Actor, ...]:
    """The two states that a text names by far most often, where its acts do not tell."""
    named = {(a.start, a.end): a for word in scene.parsed.doc for a in scene.mentions.actors(word) if a.country}
    counts = Counter(actor.country for actor in named.values() if actor.country not in NO_STATE)
    ranked = counts.most_common(3)
    if len(ranked) < 2 or ranked[1][1] < 2 or (len(ranked) == 3 and ranked[2][1] * 2 > ranked[1][1]):
        return ()
    states = [next(a for a in named.values() if a.country == country) for country, _ in ranked[:2]]
    return tuple(states)


def talking(scene: Scene, sentence: int) -> tuple[Actor, ...]:
    """The sides of the last act of talking before the end of a sentence, where it tells of two or more."""
    for event in _consultations(scene, sentence):
        sides = _talking(scene, event)
        if len(parties(sides)) > 1:
            return sides
    return ()


def _talking(scene: Scene, event: Event) -> tuple[Actor, ...]:
    """Both sides of an act of talking; where only one is named, with 'I' and 'we' ('I met my colleague')."""
    sides = known((*event.actors, *event.recipients))
    if event.actors or (verb := scene.word_at(event.start)) is None:
        return sides
    speaking = [head for head in agents(clause_of(verb)) if head.lower_ in FIRST_PERSON]
    return known((*scene.actors(speaking), *sides))


def _consultations(scene: Scene, sentence: int) -> list[Event]:
    """The acts of talking that came about, the last one told first."""
    talks = [e for e in scene.events if e.event_type == "CONSULT" and e.sentence <= sentence]
    return [e for e in reversed(talks) if e.factuality in ("happened", "ongoing")]


def modifiers(scene: Scene, noun: Word) -> tuple[Actor, ...]:
    """Whom the words before a noun name: 'the EU-Chile agreement', 'Kazakhstan's invitation', 'a U.S. proposal'."""
    before = [w for child in children(noun, "poss", "compound", "amod", "nmod") for w in child.subtree]
    own = set(scene.actors([noun]))
    return known(a for a in scene.actors(before) if a not in own)
