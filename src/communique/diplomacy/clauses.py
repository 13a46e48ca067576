"""The words of a clause: what is to be done, on what condition, and by when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date as Date

from communique.diplomacy.scene import Scene
from communique.events.arguments import SUBJECTS, ancestors, children
from communique.events.factuality_forms import FORMS
from communique.model import Source
from communique.text.tree import Word

VERBAL = frozenset({"VERB", "AUX"})
# What ends a clause where it stands before a word of its own right side.
STOPS = frozenset({";", ":", "--", "—", "–"})
# Terms that are no part of what is to be done.
LIMITS = ("by ", "before ", "until ", "till ", "no later ")
DURATIONS = frozenset({"for", "over", "since", "of", "to", "between", "-", "–"})


@dataclass(frozen=True, slots=True)
class Term:
    """When something is due: the words, and the day where they tell one."""

    words: str
    start: int
    day: Date | None


@dataclass(frozen=True, slots=True)
class Content:
    """The words of what is to be done, without condition; `words` are those of its clause, the condition included."""

    source: Source
    words: tuple[Word, ...]
    condition: str


class Clauses:
    """Cuts clauses into content, condition and term.

    Args:
        conditions: phrases that open a condition ('provided that').
        terms: words that open a term ('by', 'within').
        spans: nouns that a term names ('end', 'recess').
    """

    def __init__(self, conditions: Iterable[str], terms: frozenset[str], spans: frozenset[str]) -> None:
        self.conditions = sorted((tuple(each.split()) for each in conditions), key=lambda words: (-len(words), words))
        self.terms = terms
        self.spans = spans

    def content(self, scene: Scene, verb: Word, *, whole: bool = False) -> Content:
        """What a clause says that is to be done, from its verb on; `whole` takes in its subject."""
        words = clause(verb, whole=whole)
        condition = self._condition(verb, words)
        kept = words
        if condition and condition[0].i > words[0].i:
            kept = [word for word in words if word.i < condition[0].i] or words
        while len(kept) > 1 and (kept[-1].is_punct or kept[-1].dep_ == "cc"):
            kept.pop()
        quoted = scene.quote(condition[0], condition[-1]).trigger if condition else ""
        return Content(scene.quote(kept[0], kept[-1]), tuple(words), quoted)

    def _condition(self, verb: Word, words: list[Word]) -> list[Word]:
        chain = {verb.i, *(above.i for above in ancestors(verb) if above.pos_ in VERBAL)}
        inside = {word.i for word in words}
        for head, first in self._openers(verb):
            if head.head.i in chain or head.head.i in inside or head.i in inside:
                return _trimmed([word for word in head.subtree if word.i >= first.i])
        return []

    def _openers(self, verb: Word) -> Iterator[tuple[Word, Word]]:
        """The heads of the phrases of a sentence that open like a condition, in text order, and the word that opens."""
        sentence = list(verb.sent)
        lower = [word.lower_ for word in sentence]
        for place, word in enumerate(sentence):
            if word.lower_ in ("should", "were", "had") and FORMS["inversion"](word.head):
                yield word.head, word
            elif any(tuple(lower[place : place + len(each)]) == each for each in self.conditions):
                yield _highest(word), word

    def term(self, scene: Scene, content: Content) -> Term | None:
        """When it is due: a time that the clause names, else words like 'before the summer recess'."""
        day = scene.parsed.date
        number = scene.number(content.words[0])
        times = scene.parsed.times[number] if number < len(scene.parsed.times) else ()
        first, last = content.source.start, content.source.end
        for time in times:
            word = scene.word_at(time.start)
            if word is None or not first <= time.start < last or (day is not None and time.date_end < day):
                continue
            opener = self._opener(word)
            if word.lower_ in DURATIONS:
                continue
            if opener is not None and opener.lower_ in DURATIONS:
                continue
            start = scene.parsed.offsets[opener.idx] if opener is not None else time.start
            words = scene.parsed.document.text[start : time.end]
            return Term(words, start, time.date_end)
        return self._unresolved(scene, content)

    def _opener(self, word: Word) -> Word | None:
        """The preposition that brings a time, however many words stand between ('by the end of November')."""
        found: Word | None = None
        for above in (word, *ancestors(word)):
            if above.dep_ in ("prep", "mark") or above.pos_ == "ADP":
                if above.i < word.i and (found is None or above.lower_ in self.terms):
                    found = above
                if above.lower_ in self.terms or above.lower_ != "of":
                    return found
            elif above.pos_ in VERBAL:
                return found
        return found

    def _unresolved(self, scene: Scene, content: Content) -> Term | None:
        for word in content.words:
            if word.lower_ in self.terms and word.dep_ in ("prep", "mark") and word.pos_ in ("ADP", "SCONJ"):
                inside = list(word.subtree)
                if any(w.lemma_.lower() in self.spans for w in inside) and not any(w.pos_ in VERBAL for w in inside):
                    quoted = scene.quote(inside[0], _trimmed(inside)[-1])
                    return Term(quoted.trigger, quoted.start, None)
        return None


def without_term(scene: Scene, content: Content, term: Term | None) -> Source:
    """The words of what is to be done, without the 'by 5 May' at their end."""
    source = content.source
    if term is None or not term.words.startswith(LIMITS) or term.start + len(term.words) < source.end:
        return source
    kept = [word for word in content.words if scene.parsed.offsets[word.idx] < term.start]
    while len(kept) > 1 and kept[-1].is_punct:
        kept.pop()
    return scene.quote(kept[0], kept[-1]) if kept else source


def clause(verb: Word, *, whole: bool = False) -> list[Word]:
    """The words of a clause in a row, from its verb on, up to a coordinated clause; `whole` takes in its subject."""
    opening = [verb, *children(verb, "neg")]
    opening += [
        child for child in children(verb, "advmod") if verb.i - 2 < child.i < verb.i and child.lower_.endswith("ly")
    ]
    if whole:
        opening += [w for child in children(verb, *SUBJECTS) for w in child.subtree]
        opening += [child for child in children(verb, "aux", "auxpass") if child.lower_ != "to"]
    first = min(word.i for word in opening)
    last = verb
    for child in _right_side(verb):
        last = max((*child.subtree, last), key=lambda word: word.i)
    return list(verb.doc[first : last.i + 1])


def _right_side(verb: Word) -> Iterator[Word]:
    """What hangs on a verb after it and belongs to its clause."""
    siblings = [child for child in verb.rights if child.dep_ == "conj" and _is_clause_like(child, verb)]
    end = min((word.i for sibling in siblings for word in sibling.subtree), default=None)
    for child in verb.rights:
        if child.text in STOPS or child.dep_ == "parataxis" or child.lower_ == "following":
            return
        if end is not None and (child.i >= end or (child.dep_ in ("cc", "punct") and _next_is(child, end))):
            return
        if child.dep_ == "cc" and siblings and child.i < siblings[0].i and child.i > verb.i:
            return
        yield child


def _next_is(word: Word, place: int) -> bool:
    return word.i >= place - 2


def _is_clause_like(word: Word, verb: Word) -> bool:
    """Whether a conjunct is a clause of its own: of the same form, or finite; 'take a decision and opening' is one."""
    if word.pos_ not in VERBAL:
        return False
    return word.tag_ == verb.tag_ or word.tag_ != "VBG"


def _highest(word: Word) -> Word:
    """The head of the largest phrase that begins with a word."""
    head = word
    while head.head is not head and head.head.left_edge.i >= word.i:
        head = head.head
    return head


def _trimmed(words: list[Word]) -> list[Word]:
    while len(words) > 1 and words[-1].is_punct:
        words.pop()
    return words


def is_infinitive(verb: Word) -> bool:
    """Whether a verb is an infinitive, its 'to' perhaps before the first of several."""
    return verb.tag_ in ("VB", "VBP") and not children(verb, *SUBJECTS)
