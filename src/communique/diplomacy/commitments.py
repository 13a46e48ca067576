"""Commitments: what somebody is to do, because they promised, agreed, intend or will; never what is asked of others."""

from __future__ import annotations

from collections.abc import Iterator

from communique.diplomacy.clauses import Content, without_term
from communique.diplomacy.pledges import Pledges, Told
from communique.diplomacy.scene import Scene
from communique.diplomacy.sides import known, one_each, other_side, parties, party
from communique.diplomacy.things import Commitment, When
from communique.events.arguments import (
    LOCATIVES,
    children,
    obliques,
    subject,
)
from communique.model import NO_STATES, Actor
from communique.text.tree import Word

BODIES = frozenset({"country", "organisation"})


class Commitments:
    """Finds commitments; built once from data/commitments.yaml."""

    def __init__(self) -> None:
        self.pledges = Pledges()
        self.clauses = self.pledges.clauses

    def find(self, scene: Scene) -> Iterator[Commitment]:
        """The commitments of a document, in text order."""
        for told in self.pledges.told(scene):
            yield self._made(scene, told)

    def _made(self, scene: Scene, told: Told) -> Commitment:
        nominal = told.content.pos_ not in ("VERB", "AUX")
        content = (
            self._thing(scene, told.content) if nominal else self.clauses.content(scene, told.content, whole=told.whole)
        )
        term = self.clauses.term(scene, content)
        first = min((told.trigger, scene.word_at(content.source.start) or told.trigger), key=lambda word: word.i)
        first = self._with_subject(scene, told, first)
        last = scene.word_at(content.source.end - 1) or told.trigger
        quote = scene.quote(first, max((last, told.trigger), key=lambda word: word.i))
        day = scene.parsed.date
        plain = When(day, day, "day") if day else When()
        return Commitment(
            id=scene.id("commitment", quote, content.source.start),
            document_id=scene.document_id,
            quote=quote,
            sources=(quote,),
            by=told.by,
            to=self._to(scene, told, content),
            content=without_term(scene, content, term).trigger,
            act=_act(scene, quote.sentence, content),
            condition=content.condition,
            due=term.day if term is not None else None,
            due_words=term.words if term is not None else "",
            strength=told.strength,
            topics=scene.topics_among(content.words),
            when=plain if told.trigger is told.content else scene.when(told.trigger),
        )

    def _with_subject(self, scene: Scene, told: Told, first: Word) -> Word:
        """'Norway will pay': the quote of what somebody will do begins with who."""
        found = subject(told.content) if told.trigger is told.content else None
        near = found is not None and found.sent is first.sent and 0 < first.i - found.left_edge.i < 12
        return found.left_edge if found is not None and near else first

    def _thing(self, scene: Scene, noun: Word) -> Content:
        words = list(noun.subtree)
        while len(words) > 1 and words[-1].is_punct:
            words.pop()
        return Content(scene.quote(words[0], words[-1]), tuple(words), "")

    def _to(self, scene: Scene, told: Told, content: Content) -> tuple[Actor, ...]:
        mine = parties(told.by)
        heads = _addressed(told.content)
        if told.trigger is not told.content:
            heads += [*children(told.trigger, "dobj", "dative"), *obliques(told.trigger, "to")]
        named = [a for a in known(scene.actors(heads)) if party(a) not in mine]
        if named or len(mine) > 1:
            return one_each(named)
        end = content.source.end
        near = [w for w in content.words if scene.parsed.offsets[w.idx] < end and _is_reached(scene, w)]
        inside = [a for word in near for a in scene.mentions.actors(word) if word.dep_ != "dobj" or a.kind in BODIES]
        others = [a for a in one_each(known(inside)) if party(a) not in mine and a.country]
        partner = other_side(scene, told.by, scene.number(told.trigger))
        meant = [a for a in others if party(a) in parties(partner)]
        states = [a for a in others if a.country not in NO_STATES]
        return tuple(meant or (states if len(states) == 1 else others if len(others) == 1 else partner))


def _is_reached(scene: Scene, word: Word) -> bool:
    """Whether a word may name who gets what is promised: no pronoun, and no town in which it happens."""
    if word.pos_ == "PRON" or word.pos_ == "DET":
        return False
    if word.dep_ != "pobj" or word.head.lower_ not in LOCATIVES:
        return (
            word.dep_ not in ("compound", "amod") or word.head.dep_ != "pobj" or word.head.head.lower_ not in LOCATIVES
        )
    place = scene.place([word])
    return place is not None and place.lat is None


def _addressed(verb: Word) -> list[Word]:
    """Who is told: 'told him that we would help'."""
    word = verb
    while word.dep_ in ("conj", "ccomp") and word.head is not word:
        if word.dep_ == "ccomp":
            return children(word.head, "dobj", "dative")
        word = word.head
    return []


def _act(scene: Scene, sentence: int, content: Content) -> str:
    """The code of the act that lies in the content."""
    for event in scene.events_in(sentence):
        if content.source.start <= event.start < content.source.end:
            return event.cameo
    return ""
