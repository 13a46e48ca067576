"""Positions: where somebody stands on something, each with the words of what it is on and whom it concerns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from communique.diplomacy.scene import Scene, distinct
from communique.diplomacy.sides import (
    FIRST_PERSON,
    holders,
    known,
    modifiers,
    named_by,
    other_side,
    parties,
    party,
    talking,
)
from communique.diplomacy.stances import Stances, Told
from communique.diplomacy.things import Position
from communique.diplomacy.wordings import load_sets
from communique.events.arguments import (
    agents,
    ancestors,
    children,
    conjuncts,
    is_passive,
    obliques,
    subject,
)
from communique.events.factuality_forms import FORMS
from communique.model import Actor, Factuality
from communique.text.tree import Word

REAL: frozenset[Factuality] = frozenset({"happened", "ongoing", "background", "planned", "promised"})
MARKS = frozenset({"that"})
WANTING = frozenset({"want", "wish", "like", "continue", "go"})
# 'The murder of', 'the attack on': what follows is whom it was done to.
DOERS = ("by", "from")
GIVEN_ONLY = frozenset({"understanding", "condition"})
FUTURE = frozenset({"will", "shall", "'ll"})
UNREAL = frozenset({"would", "could", "may", "might", "should", "must", "can", "'d"})


class Positions:
    """Finds positions; built once from data/positions.yaml."""

    def __init__(self) -> None:
        self.stances = Stances()
        self.done_to = load_sets("clauses")["done-to"]

    def find(self, scene: Scene) -> Iterator[Position]:
        """The positions of a document; one told several times once with all its places."""
        kept: list[Position] = []
        for told in self.stances.told(scene):
            made = self._made(scene, told)
            if made is None:
                continue
            same = next((n for n, one in enumerate(kept) if _is_same(one, made)), None)
            if same is None:
                kept.append(made)
            else:
                kept[same] = replace(kept[same], sources=tuple(dict.fromkeys((*kept[same].sources, *made.sources))))
        yield from kept

    def _made(self, scene: Scene, told: Told) -> Position | None:
        if not self._is_held(scene, told):
            return None
        holder = self._holder(scene, told)
        if not holder:
            return None
        words = [word for head in told.on[:1] for word in _phrase(head, told.trigger)]
        if told.last is not None and words and told.last.i > words[-1].i and told.stance == "condemns":
            words = list(told.last.doc[words[0].i : told.last.i + 1])
        first, last = _bounds(told, words)
        quote = scene.quote(first, last)
        on = scene.quote(words[0], words[-1]).trigger if words else ""
        return Position(
            id=scene.id("position", quote, told.stance),
            document_id=scene.document_id,
            quote=quote,
            sources=(quote,),
            holder=holder,
            stance=told.stance,
            target=self._target(scene, told, holder),
            object=on,
            topics=scene.topics_among(words),
            when=scene.when(told.clause),
        )

    def _is_held(self, scene: Scene, told: Told) -> bool:
        clause = told.clause
        if self._is_help(scene, told):
            return False
        if FORMS["question"](clause) or any(a.lemma_.lower() in GIVEN_ONLY for a in ancestors(clause)):
            return False
        if len(told.on) == 1 and told.on[0].pos_ in ("PRON", "DET") and not told.concerned:
            return False
        if clause.pos_ not in ("VERB", "AUX"):
            return scene.factuality(clause) not in ("denied", "conditional", "called-for")
        if clause.tag_ == "VB" and not children(clause, "aux") and clause.dep_ != "conj":
            return False
        auxiliaries = {aux.lower_ for aux in children(clause, "aux")}
        if auxiliaries & UNREAL and told.stance != "rejects":
            return False
        infinitive = clause.tag_ == "VB" and "to" in auxiliaries
        if infinitive and not (clause.dep_ == "xcomp" and clause.head.lemma_.lower() in WANTING):
            return False
        if clause.dep_ == "amod" or (clause.dep_ in ("pcomp", "csubj")):
            return False
        factuality = scene.factuality(clause)
        if factuality == "denied":
            return bool(children(clause, "neg")) or told.stance == "rejects"
        return factuality in REAL or (infinitive and factuality == "called-for")

    def _is_help(self, scene: Scene, told: Told) -> bool:
        """Whether support is help: 'Norway's support for women mediators', 'will support this work'."""
        if told.stance != "supports" or not told.on:
            return False
        head = told.on[0]
        if told.clause.pos_ == "NOUN":
            return any(actor.kind not in ("country", "organisation") for actor in scene.actors([head]))
        ahead = any(aux.lower_ in FUTURE for aux in children(told.clause, "aux"))
        return ahead and any(child.lower_ in ("this", "these") for child in children(head, "det"))

    def _holder(self, scene: Scene, told: Told) -> tuple[Actor, ...]:
        clause = told.clause
        if clause.pos_ == "ADJ" and clause.dep_ == "conj":
            return holders(scene, clause.head)
        if clause.pos_ not in ("VERB", "AUX"):
            return known(scene.actors(n for owner in children(clause, "poss") for n in conjuncts(owner)))
        owned = [child for child in children(told.trigger, "poss", "compound") if child.pos_ in ("PROPN", "NOUN")]
        named = known(scene.actors(owned)) if told.trigger is not clause else ()
        found = holders(scene, clause) if clause.pos_ == "VERB" else _of_subject(scene, clause)
        found = found if not named or parties(found) == parties(named) else named
        if not found and clause.dep_ == "relcl" and (whose := subject(clause)) is not None:
            found = (
                known(scene.actors([clause.head])) if any(c.lower_ == "whose" for c in children(whose, "poss")) else ()
            )
        if not found and is_passive(clause) and not agents(clause):
            return talking(scene, scene.number(clause)) if _is_main(clause) else ()
        return found

    def _target(self, scene: Scene, told: Told, holder: tuple[Actor, ...]) -> tuple[Actor, ...]:
        """Whom it concerns: who is named as such, else who owns or did what it is on."""
        mine = parties(holder)
        named = known(scene.actors(each for head in told.concerned for each in conjuncts(head)))
        if not named:
            named = known(a for head in told.on for a in self._owners(scene, head))
        if not named and told.stance == "thanks":
            named = other_side(scene, holder, scene.number(told.trigger))
        others = [actor for actor in named if party(actor) not in mine]
        return distinct(actor for actor in others if not any(_lies_in(actor, other) for other in others))

    def _owners(self, scene: Scene, head: Word) -> Iterator[Actor]:
        if head.pos_ in ("VERB", "AUX"):
            return
        own = [actor for actor in scene.actors([head]) if actor.kind != "place"]
        if own and all(actor.country or actor.kind == "person" for actor in own):
            yield from own
            return
        yield from modifiers(scene, head)
        doers = obliques(head, *DOERS)
        if head.lemma_.lower() not in self.done_to:
            doers = doers or obliques(head, "of")
        yield from scene.actors(n for noun in doers for n in conjuncts(noun))


def _lies_in(actor: Actor, other: Actor) -> bool:
    """Whether a mention is part of a longer one of the same side: 'Kazakh' in 'the Kazakh president'."""
    inside = other.start <= actor.start and actor.end <= other.end and actor.end - actor.start < other.end - other.start
    return inside and party(actor) == party(other)


def _of_subject(scene: Scene, clause: Word) -> tuple[Actor, ...]:
    found = subject(clause)
    if found is not None and found.lower_ in FIRST_PERSON:
        return holders(scene, clause)
    return named_by(scene, conjuncts(found)) if found is not None else ()


def _phrase(head: Word, trigger: Word) -> list[Word]:
    """The words of what a stance is on, in a row: without 'that', and up to a clause set off by a comma."""
    words = (
        [w for w in head.subtree if w.i > trigger.i]
        if head.i > trigger.i
        else [w for w in head.subtree if w.i < trigger.i]
    )
    while words and (words[0].is_punct or (words[0].lower_ in MARKS and words[0].dep_ == "mark")):
        words.pop(0)
    cut = min((w.left_edge.i for w in words if w.i > head.i and _goes_beyond(w)), default=None)
    words = [w for w in words if cut is None or w.i < cut]
    while words and (words[-1].dep_ == "cc" or words[-1].text == ","):
        words.pop()
    while len(words) > 1 and words[-1].is_punct and words[-1].text not in ('"', "”", ")"):
        words.pop()
    return words or [head]


def _goes_beyond(word: Word) -> bool:
    """Whether a word begins a clause that tells more than what the stance is on."""
    if word.dep_ == "conj" and word.pos_ == "VERB" and word.head.pos_ != "VERB":
        return True
    if word.dep_ == "conj" and word.tag_ in ("VBD", "VBZ", "VBP") and word.head.tag_ not in ("VBD", "VBZ", "VBP"):
        return True
    edge = word.left_edge
    return word.dep_ in ("relcl", "acl") and edge.i > 0 and edge.nbor(-1).text == ","


def _bounds(told: Told, words: list[Word]) -> tuple[Word, Word]:
    """From the verb, with its adverbs, to the end of what it is on."""
    named = [told.trigger, told.clause, *told.concerned, *words[:1], *words[-1:]]
    named += [child for child in children(told.clause, "advmod") if child.i == told.clause.i - 1]
    named += children(told.clause, "neg")
    named += [told.last] if told.last is not None else []
    if told.clause is told.trigger and told.clause.pos_ == "NOUN":
        named += [w for child in children(told.clause, "poss") for w in child.subtree]
    if not words and told.concerned:
        named += [w for head in told.concerned for w in head.subtree if not w.is_punct and w.i < head.i + 6]
    near = [word for word in named if word.sent is told.trigger.sent]
    return min(near, key=lambda word: word.i), max(near, key=lambda word: word.i)


def _is_main(word: Word) -> bool:
    return not any(above.dep_ in ("ccomp", "xcomp", "relcl", "acl") for above in (word, *ancestors(word)))


def _is_same(one: Position, other: Position) -> bool:
    if one.stance != other.stance or parties(one.holder) != parties(other.holder):
        return False
    mine, theirs = one.object.casefold(), other.object.casefold()
    overlap = one.quote.start < other.quote.end and other.quote.start < one.quote.end
    return overlap or (mine == theirs and one.target == other.target and bool(mine))
