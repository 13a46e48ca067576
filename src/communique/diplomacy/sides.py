"""Who is meant where a text does not name them in the clause: 'we', the other side of a meeting, both sides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from communique.diplomacy.scene import Scene, distinct
from communique.events.arguments import agents, ancestors, children, clause_of
from communique.model import Actor, Event
from communique.text.tree import Word

FIRST_PERSON = frozenset({"i", "we"})
LABEL = re.compile(r"^[ \t]*[A-Z][\w'’.\- ]{2,60}:(?=\s)", re.MULTILINE)
PARAGRAPH = re.compile(r"\n\s*\n")
NO_STATE = frozenset({"IGO", "NGO", "IMG", "ISM", "MNC"})
# Words of a heading that tell that what follows is somebody's own words, and what brings that person.
AUTHORED = frozenset("statement address speech remarks message interview lecture excerpt letter".split())
BRINGING_AUTHOR = frozenset({"by", "of", "from", "with"})
# In how many of its first sentences a text names its author.
HEADING = 3


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
    return those(scene, agents(verb), verb)


def those(scene: Scene, heads: Iterable[Word], verb: Word) -> tuple[Actor, ...]:
    """Who some phrases are; for 'we' and 'I' whoever says the clause of `verb`."""
    found: list[Actor] = []
    for head in heads:
        actors = scene.actors([head])
        if not actors and head.lower_ in FIRST_PERSON:
            actors = voice(scene, verb)
        found.extend(actors)
    return known(found)


def voice(scene: Scene, verb: Word) -> tuple[Actor, ...]:
    """Who says a clause in the first person."""
    speaker = scene.speaker(verb)
    named = known(scene.actors([speaker])) if speaker is not None else ()
    return named or _quoted(scene, verb) or _labelled(scene, verb) or _author(scene)


def _quoted(scene: Scene, verb: Word) -> tuple[Actor, ...]:
    """Who is quoted in the paragraph, where the words stand between quotation marks that open before them."""
    text, offset = scene.parsed.document.text, scene.parsed.offsets[verb.idx]
    breaks = [m.end() for m in PARAGRAPH.finditer(text)]
    start = max((b for b in breaks if b <= offset), default=0)
    end = min((b for b in breaks if b > offset), default=len(text))
    before = text[start:offset]
    straight = before.count('"') % 2 == 1
    if not straight and before.count("“") <= before.count("”"):
        return ()
    saying = [
        word
        for word in scene.with_lemma(scene.tools.saying)
        if start <= scene.parsed.offsets[word.idx] < end and word.pos_ == "VERB"
    ]
    for word in sorted(saying, key=lambda word: abs(word.i - verb.i)):
        named = known(scene.actors(head for head in agents(word) if head.lower_ not in FIRST_PERSON))
        if named and any(actor.kind in ("person", "office") for actor in named):
            return named[:1]
    return ()


def _labelled(scene: Scene, verb: Word) -> tuple[Actor, ...]:
    """Whom the last label before the words names: 'MINISTER STEINMEIER: Thank you.'"""
    offset = scene.parsed.offsets[verb.idx]
    label = None
    for match in LABEL.finditer(scene.parsed.document.text[:offset]):
        label = match
    if label is None:
        return ()
    word = scene.word_at(label.end() - 2)
    return known(scene.actors([word]))[:1] if word is not None else ()


def _author(scene: Scene) -> tuple[Actor, ...]:
    """Whose statement or speech the text is, as its first lines tell."""
    for sentence in scene.sentences[:HEADING]:
        for word in sentence:
            if word.lemma_.lower() not in AUTHORED:
                continue
            below = [w for w in word.subtree if w.dep_ in ("pobj", "appos", "npadvmod") and _brought(w, word)]
            named = known(scene.actors(below))
            if named:
                return named[:1]
    return ()


def _brought(word: Word, heading: Word) -> bool:
    above = [a for a in ancestors(word) if a.i > heading.i]
    return any(a.lower_ in BRINGING_AUTHOR for a in above)


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
    """Those who met or talked as the last such act before the end of a sentence tells; else the two that a text is on."""
    return talking(scene, sentence) or _subjects(scene)


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
    return known((*those(scene, speaking, verb), *sides))


def _consultations(scene: Scene, sentence: int) -> list[Event]:
    """The acts of talking that came about, the last one told first."""
    talks = [e for e in scene.events if e.event_type == "CONSULT" and e.sentence <= sentence]
    return [e for e in reversed(talks) if e.factuality in ("happened", "ongoing")]


def _subjects(scene: Scene) -> tuple[Actor, ...]:
    """The two states or organisations that a text names by far most often."""
    named = [a for word in scene.parsed.doc for a in scene.mentions.actors(word) if a.country]
    counts = Counter(party(actor) for actor in distinct_mentions(named))
    ranked = counts.most_common(3)
    if len(ranked) < 2 or (len(ranked) == 3 and ranked[2][1] * 2 > ranked[1][1]):
        return ()
    wanted = {name for name, _ in ranked[:2]}
    bare: dict[str, Actor] = {}
    for actor in named:
        if party(actor) in wanted and (
            party(actor) not in bare or (actor.kind == "country" != bare[party(actor)].kind)
        ):
            bare[party(actor)] = actor
    return tuple(bare.values())


def distinct_mentions(actors: Iterable[Actor]) -> list[Actor]:
    """Each place of the text once, though several words of it name the same."""
    return list({(actor.start, actor.end, party(actor)): actor for actor in actors}.values())


def modifiers(scene: Scene, noun: Word) -> tuple[Actor, ...]:
    """Whom the words before a noun name: 'the EU-Chile agreement', 'Kazakhstan's invitation', 'a U.S. proposal'."""
    before = [w for child in children(noun, "poss", "compound", "amod", "nmod") for w in child.subtree]
    own = set(scene.actors([noun]))
    return known(a for a in scene.actors(before) if a not in own)
