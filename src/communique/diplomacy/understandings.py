"""Understandings: what parties agreed to do without a paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from communique.diplomacy.clauses import Clauses, is_infinitive
from communique.diplomacy.papers import AgreementWording, Papers
from communique.diplomacy.scene import Scene, distinct
from communique.diplomacy.sides import both_sides, holders, known, modifiers, other_side, parties, talking
from communique.diplomacy.things import Agreement
from communique.diplomacy.wordings import load_sets
from communique.events.arguments import children, conjuncts, has_to, is_passive, obliques, subject
from communique.model import Actor
from communique.text.tree import Word

FUTURE = frozenset({"will", "shall", "would", "'ll"})


class Understandings:
    """Finds what several agreed to do.

    Args:
        wordings: of agreements; those with `understanding` tell the verbs.
    """

    def __init__(self, wordings: Iterable[AgreementWording]) -> None:
        listed = tuple(wordings)
        self.agreeing = frozenset(verb for each in listed if each.understanding for verb in each.verbs)
        self.documents = Papers(listed).heads
        sets = load_sets("clauses")
        self.vague = sets["vague"]
        self.clauses = Clauses(sets["conditions"], sets["terms"], sets["spans"])

    def find(self, scene: Scene) -> Iterator[Agreement]:
        """The understandings of a document; each infinitive or clause is one."""
        for verb in scene.with_lemma(self.agreeing):
            if verb.pos_ != "VERB" or scene.factuality(verb) not in ("happened", "ongoing", "background"):
                continue
            sides = agreeing_sides(scene, verb)
            if len(parties(sides)) < 2:
                continue
            for number, (content, whole) in enumerate(self._contents(verb)):
                told = self.clauses.content(scene, content, whole=whole)
                last = scene.word_at(told.source.end - 1) or content
                quote = scene.quote(verb, last) if number == 0 else told.source
                yield Agreement(
                    id=scene.id("agreement", quote, "agreed"),
                    document_id=scene.document_id,
                    quote=quote,
                    sources=(quote,),
                    kind="understanding",
                    stage="agreed",
                    parties=sides,
                    title="",
                    areas=scene.topics_among(told.words),
                    when=scene.when(verb),
                    factuality=scene.factuality(verb),
                )

    def _contents(self, verb: Word) -> Iterator[tuple[Word, bool]]:
        """What is agreed on: infinitives, clauses about the future, acts that 'on' brings; and whether with subject."""
        for child in children(verb, "xcomp", "ccomp", "advcl"):
            for each in conjuncts(child):
                auxiliaries = {aux.lower_ for aux in children(each, "aux")}
                if auxiliaries & FUTURE and child.dep_ == "ccomp":
                    yield each, True
                elif is_infinitive(each) and each.tag_ == "VB" and has_to(child):
                    yield each, False
        for noun in obliques(verb, "on", "upon"):
            vague = noun.lemma_.lower() in self.vague or noun.lemma_.lower() in self.documents
            if verb.lemma_.lower() == "agree" and not vague and (noun.tag_ == "VBG" or noun.pos_ == "NOUN"):
                yield noun, True


def agreeing_sides(scene: Scene, verb: Word) -> tuple[Actor, ...]:
    """Who agrees: the subject and whom 'with' names; where nobody is named ('it was agreed') both sides."""
    found = subject(verb)
    if found is not None and found.lower_ == "it" and is_passive(verb):
        return both_sides(scene, scene.number(verb))
    sides = distinct((*holders(scene, verb), *known(scene.actors(obliques(verb, "with")))))
    if not sides and found is not None and found.lower_ in ("they", "both"):
        return talking(scene, scene.number(verb))
    joint = found is not None and (found.tag_ in ("NNS", "NNPS") or found.lower_ in ("they", "we", "both"))
    if len(parties(sides)) == 1 and joint and not modifiers(scene, found or verb):
        return distinct((*sides, *other_side(scene, sides, scene.number(verb))))
    return sides
