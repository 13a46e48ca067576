"""Agreements: documents and the stage that they have reached, and what parties agreed to do without a paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date as Date
from itertools import takewhile

from communique.diplomacy.papers import Paper, Papers, load_agreement_wordings
from communique.diplomacy.scene import LONG_AGO, Scene, distinct
from communique.diplomacy.sides import (
    both_sides,
    collective,
    holders,
    known,
    modifiers,
    one_each,
    other_side,
    parties,
    talking,
)
from communique.diplomacy.stages import Found, Stages
from communique.diplomacy.things import Agreement, DocumentKind, Stage
from communique.diplomacy.understandings import Understandings
from communique.diplomacy.wordings import load_sets
from communique.events.arguments import (
    ancestors,
    attached,
    children,
    clause_of,
    doers,
    has_to,
    obliques,
    patients,
)
from communique.model import Actor, Factuality, Source
from communique.text.tree import Word

# What did not come about, or is only wished for, is no agreement.
REAL: frozenset[Factuality] = frozenset({"happened", "ongoing", "planned", "promised", "background"})
WITHIN = ("at", "during", "in")
TITLE_WITHIN = ("of", "on", "for")
ISSUED = frozenset({"issue", "issued", "adopt", "adopted"})
# A heading that is a document's name: how far down a text it stands.
HEADING = 2
HEADED: frozenset[DocumentKind] = frozenset({"joint-statement", "communique", "declaration"})


class Agreements:
    """Finds agreements; built once from data/agreements.yaml."""

    def __init__(self) -> None:
        wordings = load_agreement_wordings()
        self.papers = Papers(wordings)
        self.stages = Stages(wordings)
        self.understandings = Understandings(wordings)
        sets = load_sets("clauses")
        self.generic, self.awaiting, self.carrying_on = sets["generic"], sets["awaiting"], sets["carrying-on"]

    def find(self, scene: Scene) -> Iterator[Agreement]:
        """The agreements of a document, those told several times once with all their places."""
        found = [*self._documents(scene), *self.understandings.find(scene)]
        yield from _merged(sorted(found, key=lambda each: (each.quote.start, each.quote.end)), scene.parsed.date)

    def _documents(self, scene: Scene) -> Iterator[Agreement]:
        register = self._register(scene)
        yield from self._headings(scene, register)
        for word in scene.parsed.doc:
            for found in self.stages.told_by(scene, word, register):
                made = self._agreement(scene, found)
                if made is not None:
                    yield made

    def _register(self, scene: Scene) -> dict[int, Paper]:
        """The documents that a text names, by the place of their noun; those named short lead to the full name."""
        register: dict[int, Paper] = {}
        for word in scene.with_lemma(self.papers.heads):
            paper = self.papers.read(scene, word)
            if paper is None:
                continue
            earlier = [p for p in reversed(register.values()) if p.kind == paper.kind and self._takes_up(paper, p)]
            if paper.bare or paper.title:
                wanted = earlier if paper.bare else [p for p in earlier if p.title.casefold() == paper.title.casefold()]
                paper.earlier = next((p.earlier or p for p in wanted), None)
            register[word.i] = paper
        return register

    def _takes_up(self, paper: Paper, earlier: Paper) -> bool:
        """Whether a short name can mean an earlier document: 'the agreement', but never 'the truce' after a pact."""
        lemma = paper.head.lemma_.lower()
        return lemma in self.generic or lemma == earlier.head.lemma_.lower()

    def _headings(self, scene: Scene, register: dict[int, Paper]) -> Iterator[Agreement]:
        """'Joint Statement for India-Mongolia Strategic Partnership' at the head of a text: it was adopted."""
        for sentence in scene.sentences[:HEADING]:
            paper = register.get(sentence.root.i) or register.get(sentence.start)
            if paper is None or paper.kind not in HEADED or any(_is_finite(word) for word in sentence):
                continue
            sides = (
                paper.parties
                if len(parties(paper.parties)) > 1
                else known(actor for word in sentence for actor in scene.mentions.actors(word))
            )
            sides = collective(scene) or sides
            if len(parties(sides)) > 1 or (sides and paper.kind == "communique"):
                words = list(takewhile(lambda word: word.text != "(", sentence))
                quote = scene.quote(words[0], words[-1])
                yield self._made(scene, paper, "adopted", quote, one_each(sides), "happened", sentence.root)

    def _agreement(self, scene: Scene, found: Found) -> Agreement | None:
        factuality = self._factuality(scene, found)
        if factuality not in REAL:
            return None
        sides = self._sides(scene, found)
        if not sides:
            return None
        first = min(found.trigger, found.told, key=lambda word: word.i)
        last = max(_last_of(found.trigger), _last_of(found.told), key=lambda word: word.i)
        quote = scene.quote(first, last)
        return self._made(scene, found.paper, found.step.stage, quote, sides, factuality, found.trigger)

    def _factuality(self, scene: Scene, found: Found) -> Factuality:
        trigger = found.trigger
        nominal = trigger.pos_ in ("NOUN", "PROPN") or trigger.dep_ in ("pobj", "dobj")
        if nominal and found.step.stage == "negotiated" and clause_of(trigger).lemma_.lower() in self.carrying_on:
            return "ongoing"
        factuality = scene.factuality(trigger)
        if nominal and factuality == "happened" and clause_of(trigger).lemma_.lower() in self.awaiting:
            return "planned"
        if factuality == "happened" and trigger.tag_ == "VB" and has_to(trigger):
            return "called-for"
        if nominal and factuality == "promised":
            return "called-for"
        when, day = scene.named_when(trigger), scene.parsed.date
        past = when is not None and when.date is not None and day is not None and when.date < day - LONG_AGO
        if factuality == "happened" and _is_embedded(trigger):
            return "background"
        named_by_year = found.step.stage == "agreed" and scene.factuality(found.paper.head) == "background"
        if factuality == "happened" and (past or named_by_year):
            return "background"
        return factuality

    def _sides(self, scene: Scene, found: Found) -> tuple[Actor, ...]:
        paper = found.paper if found.paper.parties or found.paper.earlier is None else found.paper.earlier
        if len(parties(paper.parties)) > 1:
            return paper.parties
        verb = found.trigger
        acting = holders(scene, verb) if verb.pos_ in ("VERB", "AUX") else known(scene.actors(doers(verb)))
        if found.step.third:
            acting = ()
        if not acting and verb.pos_ == "NOUN":
            acting = modifiers(scene, verb) or (holders(scene, clause_of(verb)) if verb.dep_ == "dobj" else ())
        near = (*attached(verb, "with", "between"), *obliques(found.told, "with", "between"))
        near = near or tuple(noun for inner in obliques(found.told, *TITLE_WITHIN) for noun in with_below(inner))
        meetings = obliques(verb, *WITHIN)
        met = known(scene.actors(n for meeting in meetings for n in _named_by(meeting)))
        sides = distinct((*acting, *one_each((*known(scene.actors(near)), *paper.parties)), *met))
        sides = one_each(sides) if not acting else sides
        number = scene.number(verb)
        if len(parties(sides)) == 1:
            if verb.dep_ in ("relcl", "acl", "advcl") and not acting:
                return sides
            return distinct((*sides, *other_side(scene, sides, number)))
        if sides:
            return sides
        earlier = found.paper.earlier.parties if found.paper.earlier else ()
        congratulated = known(scene.actors(patients(clause_of(verb)))) if verb.pos_ == "NOUN" else ()
        told = paper.parties or earlier or congratulated or known(scene.actors(_named_in_title(paper.head)))
        return told or collective(scene) or (both_sides(scene, number) if _is_main(verb) else talking(scene, number))

    def _made(
        self,
        scene: Scene,
        paper: Paper,
        stage: Stage,
        quote: Source,
        sides: tuple[Actor, ...],
        factuality: Factuality,
        trigger: Word,
    ) -> Agreement:
        paper.parties = paper.parties or sides
        full = paper.earlier or paper
        return Agreement(
            id=scene.id("agreement", quote, stage, paper.head.i),
            document_id=scene.document_id,
            quote=quote,
            sources=(quote,),
            kind=paper.kind,
            stage=stage,
            parties=sides,
            title=paper.title or full.title,
            areas=paper.areas or full.areas,
            when=scene.named_when(trigger)
            or (scene.named_when(trigger.head) if _is_where(trigger) else None)
            or scene.when(trigger),
            factuality=factuality,
        )


def _named_in_title(head: Word) -> list[Word]:
    """Whom a name within a title names: 'the Declaration on U.S.-Pacific Partnership'."""
    inner = [noun for noun in obliques(head, *TITLE_WITHIN) if noun.pos_ == "PROPN"]
    return [child for noun in inner for child in children(noun, "compound", "nmod", "amod")]


def _is_finite(word: Word) -> bool:
    """Whether a verb makes a sentence of a heading; 'JOINT STATEMENT ISSUED IN LIMA' is none."""
    return word.tag_ in ("VBD", "VBZ", "VBP") and word.lemma_.lower() not in ISSUED


def _is_embedded(verb: Word) -> bool:
    """Whether it only tells which document is meant: 'the implementation of the agreements reached at the meetings'."""
    noun = verb.head
    return (
        verb.dep_ == "acl" and verb.tag_ == "VBN" and noun.dep_ == "pobj" and noun.head.head.pos_ in ("NOUN", "PROPN")
    )


def _is_where(verb: Word) -> bool:
    """'The meeting last September, where the declaration was adopted'."""
    return verb.dep_ == "relcl" and any(child.lower_ in ("where", "when") for child in children(verb, "advmod"))


def _is_main(word: Word) -> bool:
    """Whether a clause is nobody's content: 'the Conference agreed that it would be opened' is the Conference's."""
    return not any(above.dep_ in ("ccomp", "xcomp") for above in (word, *ancestors(word)))


def _last_of(head: Word) -> Word:
    """Where the words of a document's name end in a quote: with what it is on."""
    last = head
    for child in head.rights:
        if child.i != last.i + 1 or child.dep_ not in ("prep", "agent", "npadvmod", "advmod", "dobj", "prt"):
            break
        for word in child.subtree:
            if word.is_punct or word.dep_ in ("relcl", "advcl"):
                return last
            last = word
    return last


def _named_by(meeting: Word) -> list[Word]:
    """Who met: 'at the meetings of the president of Peru with his counterpart'."""
    return obliques(meeting, "of", "with", "between")


def with_below(noun: Word) -> Iterator[Word]:
    """Whom 'with' names below a noun: the parser hangs 'sign an agreement on a fund for Mali with Togo' anywhere."""
    for word in noun.subtree:
        yield from obliques(word, "with")


def _merged(agreements: Iterable[Agreement], day: Date | None) -> Iterator[Agreement]:
    kept: list[Agreement] = []
    for each in agreements:
        known_place = next((n for n, one in enumerate(kept) if _is_same(one, each, day)), None)
        if known_place is None:
            kept.append(each)
            continue
        one = kept[known_place]
        kept[known_place] = replace(
            one,
            sources=tuple(dict.fromkeys((*one.sources, *each.sources))),
            title=one.title or each.title,
            areas=one.areas or each.areas,
        )
    yield from kept


def _is_same(one: Agreement, other: Agreement, day: Date | None) -> bool:
    if one.kind != other.kind or one.stage != other.stage or one.kind == "understanding":
        return False
    if one.title and other.title and one.title.casefold() != other.title.casefold():
        return False
    if bool(one.title) != bool(other.title) and one.quote.sentence == other.quote.sentence:
        return False
    days = {one.when.date, other.when.date}
    titled = bool(one.title and other.title) and (day in days or None in days)
    mine, theirs = parties(one.parties), parties(other.parties)
    return (len(days) == 1 or titled) and (mine <= theirs or theirs <= mine)
