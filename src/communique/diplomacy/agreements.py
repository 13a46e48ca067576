"""Agreements: documents and the stage that they have reached, and what parties agreed to do without a paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from communique.diplomacy.clauses import Clauses, is_infinitive
from communique.diplomacy.papers import AgreementWording, Paper, Papers, load_agreement_wordings, same_paper
from communique.diplomacy.scene import Scene, distinct
from communique.diplomacy.sides import both_sides, holders, known, modifiers, other_side, parties
from communique.diplomacy.things import Agreement, DocumentKind, Stage
from communique.diplomacy.wordings import load_sets
from communique.events.arguments import (
    children,
    clause_of,
    conjuncts,
    core,
    doers,
    is_passive,
    obliques,
    patients,
    prepositions,
    subject,
)
from communique.model import Actor, Factuality, Source
from communique.text.tree import Word

# What did not come about, or is only wished for, is no agreement.
REAL: frozenset[Factuality] = frozenset({"happened", "ongoing", "planned", "promised", "background"})
FUTURE = frozenset({"will", "shall", "would", "'ll"})
# Of words that take up a document: 'the one signed in Dili'.
PRO_FORMS = frozenset({"it", "which", "that", "one", "ones", "both", "they", "this", "text", "document"})
WITHIN = ("at", "during", "in")
# A heading that is a document's name: how far down a text it stands.
HEADING = 2
HEADED: frozenset[DocumentKind] = frozenset({"joint-statement", "communique", "declaration"})


@dataclass(frozen=True, slots=True)
class Step:
    """A verb, noun or state that tells a stage, ready to match: its lemma and the words that must follow."""

    stage: Stage
    head: str
    rest: tuple[str, ...]
    of: tuple[DocumentKind, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A stage that a text tells: of which document, by what word, and who did it."""

    step: Step
    paper: Paper
    trigger: Word
    told: Word


class Agreements:
    """Finds agreements; built once from data/agreements.yaml."""

    def __init__(self) -> None:
        wordings = load_agreement_wordings()
        self.papers = Papers(wordings)
        self.verbs = _steps(wordings, "verbs")
        self.nouns = _steps(wordings, "nouns")
        self.happens = _steps(wordings, "happens")
        self.states = {word: each.stage for each in wordings if each.stage for word in each.states}
        self.instruments = {word: each.stage for each in wordings if each.stage for word in each.instruments}
        self.agreeing = frozenset(verb for each in wordings if each.understanding for verb in each.verbs)
        sets = load_sets("clauses")
        self.vague = sets["vague"]
        self.clauses = Clauses(sets["conditions"], sets["terms"], sets["spans"])

    def find(self, scene: Scene) -> Iterator[Agreement]:
        """The agreements of a document, those told several times once with all their places."""
        found = [*self._documents(scene), *self._understandings(scene)]
        yield from _merged(sorted(found, key=lambda each: (each.quote.start, each.quote.end)))

    # Documents

    def _documents(self, scene: Scene) -> Iterator[Agreement]:
        register = self._register(scene)
        yield from self._headings(scene, register)
        for word in scene.parsed.doc:
            for found in self._told_by(scene, word, register):
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
            earlier = [p for p in reversed(register.values()) if p.kind == paper.kind]
            if paper.bare or paper.title:
                wanted = earlier if paper.bare else [p for p in earlier if p.title.casefold() == paper.title.casefold()]
                paper.earlier = next((p.earlier or p for p in wanted), None)
            register[word.i] = paper
        return register

    def _headings(self, scene: Scene, register: dict[int, Paper]) -> Iterator[Agreement]:
        """'Joint Statement for India-Mongolia Strategic Partnership' at the head of a text: it was adopted."""
        for number, sentence in enumerate(scene.sentences[:HEADING]):
            paper = register.get(sentence.root.i)
            if paper is None or paper.kind not in HEADED or any(word.pos_ == "VERB" for word in sentence):
                continue
            sides = paper.parties if len(parties(paper.parties)) > 1 else known(
                actor for word in sentence for actor in scene.mentions.actors(word)
            )
            if len(parties(sides)) > 1:
                words = [word for word in sentence if not word.is_punct]
                quote = scene.quote(words[0], words[-1])
                named = replace_paper(paper, sides)
                yield self._made(scene, named, "adopted", quote, sides, "happened", sentence.root)
            del number

    def _told_by(self, scene: Scene, word: Word, register: dict[int, Paper]) -> Iterator[Found]:
        lemma = word.lemma_.lower()
        if word.pos_ in ("VERB", "AUX", "ADJ", "NOUN", "PROPN"):
            for step in self.verbs.get(lemma, ()) if word.pos_ in ("VERB", "AUX") else ():
                yield from self._of(scene, word, step, self._objects(word, step), register)
            for step in self.happens.get(lemma, ()):
                if word.pos_ == "VERB" and _follows(word, step.rest):
                    subjects = conjuncts(found) if (found := subject(word)) is not None else []
                    yield from self._of(scene, word, step, subjects, register)
            for step in self.nouns.get(lemma, ()) if word.pos_ in ("NOUN", "PROPN") or word.tag_ == "VBG" else ():
                yield from self._of(scene, word, step, obliques(word, *(step.rest or ("of",))), register)
        if lemma in self.states and word.dep_ == "pobj" and word.head.lower_ == "in":
            yield from self._state(word, register)
        if lemma in self.instruments and word.dep_ in ("dobj", "nsubjpass", "nsubj", "pobj", "ROOT"):
            yield from self._exchanged(scene, word, register)

    def _objects(self, verb: Word, step: Step) -> list[Word]:
        if not step.rest:
            return patients(verb)
        *particles, last = step.rest
        if particles and not any(child.lower_ == particles[0] for child in verb.children):
            return []
        return obliques(verb, last)

    def _of(
        self, scene: Scene, word: Word, step: Step, heads: list[Word], register: dict[int, Paper]
    ) -> Iterator[Found]:
        for head in (core(each) for each in heads):
            paper = register.get(head.i)
            if paper is None and head.lower_ in PRO_FORMS:
                paper = _last(register, word)
            if paper is not None and (not step.of or paper.kind in step.of):
                yield Found(step, paper, word, head)
        if not heads and word.pos_ == "VERB" and _is_fragment(word):
            paper = _last(register, word)
            if paper is not None and not step.rest or paper is not None and step in self.happens.get(step.head, ()):
                yield Found(step, paper, word, word)

    def _state(self, word: Word, register: dict[int, Paper]) -> Iterator[Found]:
        """'The agreement, in force since 2003': also where the parser hangs it on a verb whose subject it is."""
        step = Step(self.states[word.lemma_.lower()], "", (), ())
        above = word.head.head
        if above.i in register:
            yield Found(step, register[above.i], word, above)
        elif above.pos_ == "AUX" and (found := subject(above)) is not None and found.i in register:
            yield Found(step, register[found.i], word, found)

    def _exchanged(self, scene: Scene, word: Word, register: dict[int, Paper]) -> Iterator[Found]:
        """'The instruments of ratification of the Agreement were exchanged'."""
        inner = obliques(word, "of")
        if not any(noun.lemma_.lower() == "ratification" for noun in inner):
            return
        below = [w for w in word.subtree if w.i in register]
        paper = register[below[0].i] if below else _last(register, word)
        verb = clause_of(word)
        acts = [w for w in (verb, *children(word, "acl")) if w.lemma_.lower() in ("exchange", "deposit")]
        if paper is not None and acts:
            yield Found(Step(self.instruments[word.lemma_.lower()], "", (), ()), paper, acts[0], word)

    def _agreement(self, scene: Scene, found: Found) -> Agreement | None:
        factuality = scene.factuality(found.trigger)
        if factuality not in REAL:
            return None
        if found.step.stage == "negotiated" and factuality == "happened":
            factuality = "ongoing" if found.trigger.pos_ == "NOUN" else factuality
        sides = self._sides(scene, found)
        if not sides:
            return None
        first = min(found.trigger, found.told, key=lambda word: word.i)
        last = max(found.trigger, _last_of(found.told), key=lambda word: word.i)
        quote = scene.quote(first, last)
        return self._made(scene, found.paper, found.step.stage, quote, sides, factuality, found.trigger)

    def _sides(self, scene: Scene, found: Found) -> tuple[Actor, ...]:
        paper = found.paper if found.paper.parties or found.paper.earlier is None else found.paper.earlier
        if len(parties(paper.parties)) > 1:
            return paper.parties
        verb = found.trigger
        acting = holders(scene, verb) if verb.pos_ in ("VERB", "AUX") else known(scene.actors(doers(verb)))
        if not acting and verb.pos_ == "NOUN":
            acting = modifiers(scene, verb)
        beside = known(scene.actors(n for word in (verb, found.told) for n in obliques(word, "with", "between")))
        meetings = [noun for noun in obliques(verb, *WITHIN) for noun in [noun]]
        met = known(scene.actors(n for meeting in meetings for n in _named_by(meeting)))
        sides = distinct((*acting, *beside, *paper.parties, *met))
        number = scene.number(verb)
        if len(parties(sides)) == 1:
            return distinct((*sides, *other_side(scene, sides, number)))
        if sides:
            return sides
        return paper.parties or (found.paper.earlier.parties if found.paper.earlier else ()) or both_sides(scene, number)

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
            id=scene.id("agreement", quote, stage),
            document_id=scene.document_id,
            quote=quote,
            sources=(quote,),
            kind=paper.kind,
            stage=stage,
            parties=sides,
            title=paper.title or full.title,
            areas=paper.areas or full.areas,
            when=scene.when(trigger),
            factuality=factuality,
        )

    # Understandings

    def _understandings(self, scene: Scene) -> Iterator[Agreement]:
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
                elif is_infinitive(each) and each.tag_ == "VB" and _is_to(child):
                    yield each, False
        for noun in obliques(verb, "on", "upon"):
            vague = noun.lemma_.lower() in self.vague or noun.lemma_.lower() in self.papers.heads
            if verb.lemma_.lower() == "agree" and not vague and (noun.tag_ == "VBG" or noun.pos_ == "NOUN"):
                yield noun, True


def agreeing_sides(scene: Scene, verb: Word) -> tuple[Actor, ...]:
    """Who agrees: the subject and whom 'with' names; where nobody is named ('it was agreed') both sides."""
    found = subject(verb)
    if found is not None and found.lower_ == "it" and is_passive(verb):
        return both_sides(scene, scene.number(verb))
    sides = holders(scene, verb)
    return distinct((*sides, *known(scene.actors(obliques(verb, "with"))))) if sides else ()


def _is_to(verb: Word) -> bool:
    return any(aux.lower_ == "to" for aux in children(verb, "aux"))


def _steps(wordings: Iterable[AgreementWording], field: str) -> dict[str, list[Step]]:
    found: dict[str, list[Step]] = {}
    for each in wordings:
        if each.stage is not None:
            for line in getattr(each, field):
                head, *rest = line.split()
                found.setdefault(head, []).append(Step(each.stage, head, tuple(rest), each.of))
    return found


def _follows(verb: Word, rest: tuple[str, ...]) -> bool:
    """Whether the words that a verb must bring hang on it: 'enter into force', 'take effect'."""
    if not rest:
        return not children(verb, "dobj")
    noun = rest[-1]
    if len(rest) == 1:
        return any(child.lower_ == noun for child in children(verb, "dobj"))
    return any(word.lower_ == noun for word in obliques(verb, rest[0]))


def _is_fragment(verb: Word) -> bool:
    """'Signed at San Juan on 29 December.': a sentence without a subject."""
    return verb.dep_ == "ROOT" and verb.i <= verb.sent.start + 1 and verb.tag_ in ("VBN", "VBD")


def _last(register: dict[int, Paper], word: Word) -> Paper | None:
    """The document that was named last before a word."""
    before = [place for place in register if place < word.i]
    return register[max(before)] if before else None


def _last_of(head: Word) -> Word:
    """Where the words of a document's name end in a quote: with what it is on."""
    words = [head]
    for child in head.rights:
        if child.dep_ == "prep" and child.i == words[-1].i + 1:
            words.extend(w for w in child.subtree if not w.is_punct)
        else:
            break
    return words[-1]


def _named_by(meeting: Word) -> Iterator[Word]:
    """Who met: 'at the meetings of the president of Peru with his counterpart'."""
    for preposition in prepositions(meeting):
        if preposition.lower_ in ("of", "with", "between"):
            yield from (w for w in preposition.subtree if w.pos_ in ("NOUN", "PROPN"))


def replace_paper(paper: Paper, sides: tuple[Actor, ...]) -> Paper:
    """The same document with its parties."""
    return replace(paper, parties=sides)


def _merged(agreements: Iterable[Agreement]) -> Iterator[Agreement]:
    kept: list[Agreement] = []
    for each in agreements:
        known_place = next((n for n, one in enumerate(kept) if _is_same(one, each)), None)
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


def _is_same(one: Agreement, other: Agreement) -> bool:
    if one.kind != other.kind or one.stage != other.stage or one.kind == "understanding":
        return False
    if one.title and other.title and one.title.casefold() != other.title.casefold():
        return False
    if bool(one.title) != bool(other.title) and one.quote.sentence == other.quote.sentence:
        return False
    days = {one.when.date, other.when.date}
    mine, theirs = parties(one.parties), parties(other.parties)
    return (len(days) == 1 or bool(one.title and other.title)) and (mine <= theirs or theirs <= mine)


__all__ = ["Agreements", "agreeing_sides", "same_paper"]
