"""The stages of documents: by what words a text tells that one was signed, ratified or given up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from communique.diplomacy.papers import AgreementWording, Paper
from communique.diplomacy.scene import Scene
from communique.diplomacy.things import DocumentKind, Stage
from communique.diplomacy.wordings import load_sets
from communique.events.arguments import (
    SUBJECTS,
    ancestors,
    children,
    clause_of,
    conjuncts,
    core,
    is_passive,
    objects,
    obliques,
    patients,
    subject,
)
from communique.text.tree import Word

# Of words that take up a document: 'the one signed in Dili'.
PRO_FORMS = frozenset({"it", "which", "that", "one", "ones", "both", "they", "this", "text", "document"})


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


class Stages:
    """Finds what was done to documents.

    Args:
        wordings: of agreements.
    """

    def __init__(self, wordings: tuple[AgreementWording, ...]) -> None:
        self.verbs = _steps(wordings, "verbs")
        self.nouns = _steps(wordings, "nouns")
        self.happens = _steps(wordings, "happens")
        self.states = {word: each.stage for each in wordings if each.stage for word in each.states}
        self.instruments = {word: each.stage for each in wordings if each.stage for word in each.instruments}
        sets = load_sets("clauses")
        self.temporal, self.telling = sets["temporal"], sets["telling"]

    def told_by(self, scene: Scene, word: Word, register: dict[int, Paper]) -> Iterator[Found]:
        """The stages that a word tells of, for documents by the place of their noun."""
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
        """Whether an act that stands as a noun came about: 'welcomed the signing of', 'after the signing'."""
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


def _last(register: dict[int, Paper], word: Word) -> Paper | None:
    """The document that was named last before a word."""
    before = [place for place in register if place < word.i]
    return register[max(before)] if before else None


def _in_paragraph(scene: Scene, register: dict[int, Paper], word: Word) -> Paper | None:
    """The document that a paragraph names first, before a word; else the last one named before it."""
    text, offsets = scene.parsed.document.text, scene.parsed.offsets
    start = text.rfind("\n\n", 0, offsets[word.idx])
    inside = [place for place in register if place < word.i and offsets[register[place].head.idx] > start]
    return register[min(inside)] if inside else _last(register, word)
