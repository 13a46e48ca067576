"""Agreements: documents and the stage that they have reached, and what parties agreed to do without a paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date as Date
from itertools import takewhile

from communique.diplomacy.papers import AgreementWording, Paper, Papers, load_agreement_wordings
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
from communique.diplomacy.things import Agreement, DocumentKind, Stage
from communique.diplomacy.understandings import Understandings
from communique.diplomacy.wordings import load_sets
from communique.events.arguments import (
    SUBJECTS,
    ancestors,
    attached,
    children,
    clause_of,
    conjuncts,
    core,
    doers,
    is_passive,
    objects,
    obliques,
    patients,
    subject,
)
from communique.model import Actor, Factuality, Source
from communique.text.tree import Word

# What did not come about, or is only wished for, is no agreement.
REAL: frozenset[Factuality] = frozenset({"happened", "ongoing", "planned", "promised", "background"})
# Of words that take up a document: 'the one signed in Dili'.
PRO_FORMS = frozenset({"it", "which", "that", "one", "ones", "both", "they", "this", "text", "document"})
WITHIN = ("at", "during", "in")
TITLE_WITHIN = ("of", "on", "for")
ISSUED = frozenset({"issue", "issued", "adopt", "adopted"})
# A heading that is a document's name: how far down a text it stands.
HEADING = 2
HEADED: frozenset[DocumentKind] = frozenset({"joint-statement", "communique", "declaration"})


@dataclass(frozen=True, slots=True)
class Step:
    """A verb, noun or state that tells a stage, ready to match: its lemma and the words that must follow."""

    stage: Stage
    head: str
    rest: tuple[str, ...]
    of: tuple[DocumentKind, ...] = ()
    third: bool = False


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
        sets = load_sets("clauses")
        self.generic = sets["generic"]
        self.temporal, self.telling = sets["temporal"], sets["telling"]
        self.awaiting, self.carrying_on = sets["awaiting"], sets["carrying-on"]
        self.understandings = Understandings(wordings)

    def find(self, scene: Scene) -> Iterator[Agreement]:
        """The agreements of a document, those told several times once with all their places."""
        found = [*self._documents(scene), *self.understandings.find(scene)]
        yield from _merged(sorted(found, key=lambda each: (each.quote.start, each.quote.end)), scene.parsed.date)

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
            earlier = [p for p in reversed(register.values()) if p.kind == paper.kind and self._takes_up(paper, p)]
            if paper.bare or paper.title:
                wanted = earlier if paper.bare else [p for p in earlier if p.title.casefold() == paper.title.casefold()]
                paper.earlier = next((p.earlier or p for p in wanted), None)
            register[word.i] = paper
        return register

    def _takes_up(self, paper: Paper, earlier: Paper) -> bool:
        """Whether a short name can mean an earlier document: 'the agreement', but not 'the ceasefire', after a treaty."""
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

    def _told_by(self, scene: Scene, word: Word, register: dict[int, Paper]) -> Iterator[Found]:
        lemma = word.lemma_.lower()
        if word.pos_ in ("VERB", "AUX", "ADJ", "NOUN", "PROPN"):
            for step in self.verbs.get(lemma, ()) if word.pos_ in ("VERB", "AUX") else ():
                yield from self._of(scene, word, step, self._objects(word, step, register), register)
            for step in self.happens.get(lemma, ()):
                if word.pos_ == "VERB" and _follows(word, step.rest):
                    subjects = conjuncts(found) if (found := subject(word)) is not None else []
                    yield from self._of(scene, word, step, subjects, register)
            for step in self.nouns.get(lemma, ()) if word.pos_ in ("NOUN", "PROPN") or word.tag_ == "VBG" else ():
                if self._is_told(word):
                    yield from self._of(scene, word, step, self._done_to(word, step, register), register)
        if lemma in self.states and word.dep_ == "pobj" and word.head.lower_ == "in":
            yield from self._state(word, register)
        if lemma in self.instruments and word.dep_ in ("dobj", "nsubjpass", "nsubj", "pobj", "ROOT"):
            yield from self._exchanged(scene, word, register)

    def _objects(self, verb: Word, step: Step, register: dict[int, Paper]) -> list[Word]:
        if not step.rest:
            return self._patients(verb, register)
        *particles, last = step.rest
        if particles and not any(child.lower_ == particles[0] for child in verb.children):
            return []
        return obliques(verb, last)

    def _patients(self, verb: Word, register: dict[int, Paper]) -> list[Word]:
        """What is signed: also where the parser hung 'signed in Dili' or 'Ethiopia signed with Kenya' too low."""
        found = patients(verb)
        if any(core(each).i in register for each in found):
            return found
        if verb.dep_ == "relcl" and verb.head.i in register and not children(verb, "dobj") and not is_passive(verb):
            return [verb.head]
        found_subject = subject(verb)
        if not found and verb.tag_ == "VBD" and found_subject is not None and found_subject.i in register:
            return [found_subject]
        if verb.dep_ == "acl" and verb.tag_ == "VBN":
            above = takewhile(lambda word: word.pos_ not in ("VERB", "AUX"), ancestors(verb))
            return [word for word in above if word.i in register][:1] or found
        return found

    def _is_told(self, noun: Word) -> bool:
        """Whether an act that stands as a noun is told, not only talked about: 'welcomed the signing of', 'after the signing'."""
        word = noun
        while word.dep_ == "conj":
            word = word.head
        above = word.head
        if above is word or word.dep_ in ("nsubj", "nsubjpass"):
            return True
        if word.dep_ == "pobj" and above.lower_ in self.temporal:
            return True
        return clause_of(above).lemma_.lower() in self.telling and word.dep_ in ("dobj", "pobj", "attr")

    def _done_to(self, noun: Word, step: Step, register: dict[int, Paper]) -> list[Word]:
        """The documents that a noun's act is done to: those that 'of' brings, and those coordinated with them."""
        names = step.rest or ("of",)
        found = obliques(noun, *names) or [w for w in obliques(clause_of(noun), *names) if w.i > noun.i]
        if not any(core(each).i in register for each in found):
            return found
        for word in noun.subtree:
            between = list(takewhile(lambda each: each is not noun, ancestors(word)))
            nested = any(each.pos_ in ("VERB", "AUX") or each.i in register for each in between)
            if word.i in register and word.dep_ == "conj" and not nested:
                found.append(word)
        return found

    def _of(
        self, scene: Scene, word: Word, step: Step, heads: list[Word], register: dict[int, Paper]
    ) -> Iterator[Found]:
        included = [
            noun for each in heads for inner in each.children if inner.lower_ == "including" for noun in objects(inner)
        ]
        for head in (core(each) for each in (*heads, *included)):
            paper = register.get(head.i)
            if paper is None and head.lower_ in PRO_FORMS:
                paper = _last(register, word)
            if paper is not None and (not step.of or paper.kind in step.of):
                yield Found(step, paper, word, head)
        if not heads and word.pos_ == "VERB" and _is_fragment(word):
            paper = _in_paragraph(scene, register, word)
            if paper is not None and (not step.rest or step in self.happens.get(step.head, ())):
                yield Found(step, paper, word, word)

    def _state(self, word: Word, register: dict[int, Paper]) -> Iterator[Found]:
        """'The agreement, in force since 2003': also where the parser hangs it on a verb whose subject it is."""
        step = Step(self.states[word.lemma_.lower()], "", ())
        above = word.head.head
        before = word.head.i - (2 if word.head.i and word.head.nbor(-1).text == "," else 1)
        if above.i in register or before in register:
            place = above.i if above.i in register else before
            yield Found(step, register[place], word, register[place].head)
        elif above.pos_ == "AUX" and (found := subject(above)) is not None and found.i in register:
            yield Found(step, register[found.i], word, found)

    def _exchanged(self, scene: Scene, word: Word, register: dict[int, Paper]) -> Iterator[Found]:
        """'The instruments of ratification of the Agreement were exchanged'."""
        inner = obliques(word, "of")
        if not any(noun.lemma_.lower() == "ratification" for noun in inner):
            return
        below = [w for w in word.subtree if w.i in register]
        paper = register[below[0].i] if below else _in_paragraph(scene, register, word)
        verb = clause_of(word)
        acts = [w for w in (verb, *children(word, "acl")) if w.lemma_.lower() in ("exchange", "deposit")]
        if paper is not None and acts:
            yield Found(Step(self.instruments[word.lemma_.lower()], "", ()), paper, acts[0], word)

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
        if (
            factuality == "happened"
            and trigger.tag_ == "VB"
            and any(a.lower_ == "to" for a in children(trigger, "aux"))
        ):
            return "called-for"
        if nominal and factuality == "promised":
            return "called-for"
        when, day = scene.named_when(trigger), scene.parsed.date
        past = when is not None and when.date is not None and day is not None and when.date < day - LONG_AGO
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


def _steps(wordings: Iterable[AgreementWording], field: str) -> dict[str, list[Step]]:
    found: dict[str, list[Step]] = {}
    for each in wordings:
        if each.stage is not None:
            for line in getattr(each, field):
                head, *rest = line.split()
                found.setdefault(head, []).append(Step(each.stage, head, tuple(rest), each.of, each.third))
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
    if children(verb, *SUBJECTS):
        return False
    return verb.dep_ == "ROOT" and verb.i <= verb.sent.start + 1 and verb.tag_ in ("VBN", "VBD")


def _named_in_title(head: Word) -> list[Word]:
    """Whom a name within a title names: 'the Declaration on U.S.-Pacific Partnership'."""
    inner = [noun for noun in obliques(head, *TITLE_WITHIN) if noun.pos_ == "PROPN"]
    return [child for noun in inner for child in children(noun, "compound", "nmod", "amod")]


def _is_finite(word: Word) -> bool:
    """Whether a verb makes a sentence of a heading; 'JOINT STATEMENT ISSUED IN LIMA' is none."""
    return word.tag_ in ("VBD", "VBZ", "VBP") and word.lemma_.lower() not in ISSUED


def _is_where(verb: Word) -> bool:
    """'The meeting last September, where the declaration was adopted'."""
    return verb.dep_ == "relcl" and any(child.lower_ in ("where", "when") for child in children(verb, "advmod"))


def _is_main(word: Word) -> bool:
    """Whether a clause is nobody's content: 'the Conference agreed that it would be opened' is the Conference's."""
    return not any(above.dep_ in ("ccomp", "xcomp") for above in (word, *ancestors(word)))


def _last(register: dict[int, Paper], word: Word) -> Paper | None:
    """The document that was named last before a word."""
    before = [place for place in register if place < word.i]
    return register[max(before)] if before else None


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


def _in_paragraph(scene: Scene, register: dict[int, Paper], word: Word) -> Paper | None:
    """The document that a paragraph names first, before a word; else the last one named before it."""
    text, offsets = scene.parsed.document.text, scene.parsed.offsets
    start = text.rfind("\n\n", 0, offsets[word.idx])
    inside = [place for place in register if place < word.i and offsets[register[place].head.idx] > start]
    return register[min(inside)] if inside else _last(register, word)


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
