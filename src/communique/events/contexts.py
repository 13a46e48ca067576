"""PLOVER's contexts told by the words of an act's own clause: 'urged Turkey to respect the freedom of the press'.

The words are data (data/contexts.yaml). They are looked up once a sentence; each found word then belongs to the act
that it meets first on its way up the parse, and to the acts whose subject it stands in.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from communique.datafiles import packaged, read_yaml_entries
from communique.errors import DataFileError
from communique.events.arguments import clause_of, subject
from communique.events.composition import Reading
from communique.text.tree import Span, Word

DATA = "communique.events.data"
BESIDE = frozenset({"while", "whereas"})
_BETWEEN = re.compile(r"[\s-]+")
_SIBILANT = re.compile(r"(?:s|x|z|ch|sh)$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")


@dataclass(frozen=True, slots=True)
class ContextExample:
    """A sentence of our own and the contexts that its words tell, no more and no fewer."""

    text: str
    expect: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """One of PLOVER's contexts and the words that tell it.

    Attributes:
        words: lemmas, or forms as they stand in a text.
        phrases: two or more of them in a row; 'a/b' are alternatives.
        never: phrases in which a word or phrase of this context means something else.
    """

    id: str
    meaning: str
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    examples: tuple[ContextExample, ...] = ()


@dataclass(frozen=True, slots=True)
class _Wording:
    """A word or phrase, ready to match: the forms that each of its words after the first may have."""

    context: str
    rest: tuple[frozenset[str], ...]
    never: bool


@dataclass(frozen=True, slots=True)
class _Hit:
    """A wording in the sentence: token indices, end exclusive."""

    context: str
    start: int
    end: int
    never: bool


class Contexts:
    """Finds the contexts that the words of a sentence tell, for each of its acts.

    Args:
        entries: what each context's words are.
        known: the names of all contexts.

    Raises:
        DataFileError: an entry is of no known context, stands twice, or has a phrase of one word.
    """

    def __init__(self, entries: Iterable[Context], known: Iterable[str]) -> None:
        self.entries = tuple(entries)
        _check(self.entries, tuple(known))
        found: defaultdict[str, list[_Wording]] = defaultdict(list)
        for entry in self.entries:
            for lines, never in ((entry.words, False), (entry.phrases, False), (entry.never, True)):
                for line in lines:
                    first, *rest = (_forms(part) for part in _BETWEEN.split(line))
                    for form in first:
                        found[form].append(_Wording(entry.id, tuple(rest), never))
        self._wordings: Mapping[str, Sequence[_Wording]] = dict(found)

    @classmethod
    def load(cls, known: Iterable[str]) -> Contexts:
        """The contexts of data/contexts.yaml; raises DataFileError where the file does not fit."""
        path = packaged(DATA, "contexts.yaml")
        entries = read_yaml_entries(path, Context)
        try:
            return cls(entries, known)
        except DataFileError as error:
            raise DataFileError(error.problem, path=str(path), key=error.key, remedy=error.remedy) from error

    def of(self, sentence: Span, readings: Sequence[Reading]) -> Mapping[int, tuple[str, ...]]:
        """The contexts of each act in the order of their words, by the index of the word that carries its clause."""
        if not readings:
            return {}
        tokens = list(sentence)
        hits = self.find(tokens)
        if not hits:
            return {}
        clauses = _Clauses(readings)
        found: defaultdict[int, list[str]] = defaultdict(list)
        for at, context in hits:
            for act in clauses.acts(tokens[at]):
                found[act].append(context)
        return {act: tuple(dict.fromkeys(names)) for act, names in found.items()}

    def find(self, tokens: Sequence[Word]) -> list[tuple[int, str]]:
        """Positions of the words that tell contexts, with the context that each tells, in text order."""
        wordings = self._wordings
        forms = [(token.lemma_.lower(), token.lower_) for token in tokens]
        hits: list[_Hit] = []
        for start, (lemma, form) in enumerate(forms):
            candidates = wordings.get(lemma, ())
            if form != lemma and form in wordings:
                candidates = (*candidates, *wordings[form])
            for wording in candidates:
                end = _end(forms, start, wording.rest) if wording.rest else start + 1
                if end:
                    hits.append(_Hit(wording.context, start, end, wording.never))
        return _allowed(hits)


class _Clauses:
    """To which acts of a sentence a word belongs.

    The act's clause is what hangs on its predicate, but for the clauses of other acts and coordinated clauses with a
    subject of their own; a nominal act takes in the clause that it stands in where that tells no act itself. A subject
    that stands outside of the clause ('the army, which shelled ...', 'came and attacked') belongs to it as well.
    """

    def __init__(self, readings: Sequence[Reading]) -> None:
        heads = {word.i: r.clause.i for r in readings for word in (r.predicate, r.clause)}
        self._heads: defaultdict[int, list[int]] = defaultdict(list)
        self._subjects: defaultdict[int, list[int]] = defaultdict(list)
        for at, act in heads.items():
            self._heads[at].append(act)
        for clause in {r.clause.i: r.clause for r in readings}.values():
            verb = clause_of(clause)
            if verb.i != clause.i and verb.i not in heads:
                self._heads[verb.i].append(clause.i)
            elif verb.i == clause.i and (doer := subject(verb)) is not None:
                self._subjects[doer.i].append(clause.i)

    def acts(self, token: Word) -> tuple[int, ...]:
        """The acts, by the index of the word that carries their clause."""
        found: dict[int, None] = {}
        while True:
            found.update(dict.fromkeys(self._subjects.get(token.i, ())))
            own = self._heads.get(token.i)
            if own is not None:
                found.update(dict.fromkeys(own))
                break
            if token.head.i == token.i or _is_clause_apart(token):
                break
            token = token.head
        return tuple(found)


def _is_clause_apart(word: Word) -> bool:
    """'..., and the president left', 'while Chad stayed at home': a clause beside another, with its own subject."""
    if word.dep_ not in ("conj", "parataxis", "advcl") or word.pos_ not in ("VERB", "AUX"):
        return False
    if word.dep_ == "advcl" and not any(child.lower_ in BESIDE for child in word.children):
        return False
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in word.children)


def _allowed(hits: list[_Hit]) -> list[tuple[int, str]]:
    """Without those that stand in a phrase that makes something else of them."""
    barred = [hit for hit in hits if hit.never]
    return [
        (hit.start, hit.context)
        for hit in hits
        if not hit.never
        and not any(b.context == hit.context and b.start <= hit.start and hit.end <= b.end for b in barred)
    ]


def _end(forms: Sequence[tuple[str, str]], start: int, rest: Sequence[frozenset[str]]) -> int:
    """Where a phrase ends whose first word stands at `start`, 0 where the rest of it does not follow."""
    at = start + 1
    for allowed in rest:
        if at < len(forms) and forms[at][1] == "-":
            at += 1
        if at >= len(forms) or not (forms[at][0] in allowed or forms[at][1] in allowed):
            return 0
        at += 1
    return at


def _forms(part: str) -> frozenset[str]:
    """What a word of the data file may look like: names ('Armed Forces') keep their plural in the parser's lemma."""
    words = part.split("/")
    return frozenset(form for word in words for form in (word, _plural(word)))


def _plural(word: str) -> str:
    if _CONSONANT_Y.search(word):
        return word[:-1] + "ies"
    return word + ("es" if _SIBILANT.search(word) else "s")


def _check(entries: Sequence[Context], known: tuple[str, ...]) -> None:
    seen: set[str] = set()
    for entry in entries:
        if entry.id not in known:
            raise DataFileError(f"unknown context {entry.id!r}", key=entry.id, remedy=f"One of: {', '.join(known)}.")
        if entry.id in seen:
            raise DataFileError("stands twice", key=entry.id, remedy="Keep one of the entries.")
        seen.add(entry.id)
        short = [line for line in (*entry.phrases, *entry.never) if len(_BETWEEN.split(line)) < 2]
        if short:
            raise DataFileError(f"{short[0]!r} is one word", key=entry.id, remedy="Put it under words.")
        strange = [name for example in entry.examples for name in example.expect if name not in known]
        if strange:
            raise DataFileError(f"unknown context {strange[0]!r}", key=entry.id)
