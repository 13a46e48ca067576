"""Counts and amounts that belong to an act: 'killed 12 and wounded at least 30', '$3 billion in aid'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from communique.datafiles import load_yaml, packaged
from communique.model import Bound, Magnitude
from communique.text.calendar import NAMES
from communique.text.parsed import ParsedDocument
from communique.text.tree import Span, Word

DATA = "communique.events.data"
_DIGITS = re.compile(
    r"(?P<sign>us\$|[ac]\$|[$€£¥])?(?P<digits>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?P<scale>bn|mn|m|tn|k)?", re.I
)
# Beside a number they make of it a share, an age, a rate, a span of time or the number of a paper.
_NO_COUNT = frozenset("% percent per year years - article aged hour hours day days week weeks month months".split())
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_BOUND_WORDS = 4


@dataclass(frozen=True, slots=True)
class Amounts:
    """The words of numbers, read from data/magnitudes.yaml."""

    kinds: Mapping[str, str]
    currencies: Mapping[str, str]
    people: frozenset[str]
    numbers: Mapping[str, float]
    scales: Mapping[str, float]
    vague: Mapping[str, float]
    bounds: tuple[tuple[str, Bound], ...]


@cache
def load_amounts() -> Amounts:
    """The words of numbers; raises DataFileError where the file does not fit."""
    content = load_yaml(packaged(DATA, "magnitudes.yaml"))
    bounds = [(words, bound) for bound, each in content["bounds"].items() for words in each]
    return Amounts(
        kinds={word: kind for kind, words in content["kinds"].items() for word in words},
        currencies={word: code for code, words in content["currencies"].items() for word in words},
        people=frozenset(content["people"]),
        numbers={str(word): float(value) for word, value in content["numbers"].items()},
        scales={str(word): float(value) for word, value in content["scales"].items()},
        vague={str(word): float(value) for word, value in content["vague"].items()},
        bounds=tuple(sorted(bounds, key=lambda pair: -len(pair[0]))),
    )


@dataclass(frozen=True, slots=True)
class _Run:
    """A number in the sentence: token indices, end exclusive."""

    start: int
    end: int
    value: float
    currency: str = ""
    vague: bool = False


class Magnitudes:
    """Finds the counts and amounts of one sentence and tells to which word of an act each belongs."""

    def __init__(self, parsed: ParsedDocument, sentence: Span) -> None:
        self._parsed = parsed
        self._amounts = load_amounts()
        self._found = [(self._verb(run), self._magnitude(run)) for run in self._runs(sentence)]

    def of(self, tokens: Iterable[Word]) -> tuple[Magnitude, ...]:
        """Those of the clauses that some words of an act govern, in text order."""
        verbs = {token.i for token in tokens}
        return tuple(found for verb, found in self._found if verb in verbs)

    def _runs(self, sentence: Span) -> Iterator[_Run]:
        at = sentence.start
        while at < sentence.end:
            run = self._run(sentence, at)
            if run is not None and not self._is_date(run):
                yield run
            at = run.end if run is not None else at + 1

    def _run(self, sentence: Span, start: int) -> _Run | None:
        """The number that begins at a token, with its sign, its scale and its currency."""
        doc, amounts, at = sentence.doc, self._amounts, start
        currency = amounts.currencies.get(doc[at].lower_, "") if doc[at].lower_ not in ("won", "real") else ""
        if currency and at + 1 < sentence.end and doc[at].pos_ in ("SYM", "PROPN", "NOUN", "X"):
            at += 1
        elif currency:
            return None
        value, vague = self._value(doc[at])
        if value is None:
            return None
        currency = currency or self._sign(doc[at])
        at += 1
        while at < sentence.end and (doc[at].lower_ in amounts.scales or (doc[at].lower_ in amounts.vague and vague)):
            value *= amounts.scales.get(doc[at].lower_, 1.0)
            at += 1
        if vague and at + 1 < sentence.end and doc[at].lower_ == "of" and doc[at + 1].lower_ in amounts.vague:
            value = amounts.vague.get(f"{doc[at - 1].lower_} of {doc[at + 1].lower_}", value)
            at += 2
        if not currency and at < sentence.end and doc[at].lemma_.lower() in amounts.currencies:
            currency, at = amounts.currencies[doc[at].lemma_.lower()], at + 1
        return _Run(start, at, value, currency, vague)

    def _value(self, token: Word) -> tuple[float | None, bool]:
        """What a word counts, and whether it is vague: a number in digits or words, 'dozens', 'thousands'."""
        word = token.lower_
        match = _DIGITS.fullmatch(word)
        if match is not None and match["digits"]:
            return float(match["digits"].replace(",", "")) * self._amounts.scales.get(match["scale"] or "", 1.0), False
        if word in self._amounts.vague:
            return self._amounts.vague[word], True
        if word in self._amounts.numbers and word not in ("score", "one"):
            return self._amounts.numbers[word], False
        return None, False

    def _sign(self, token: Word) -> str:
        match = _DIGITS.fullmatch(token.lower_)
        return self._amounts.currencies.get(match["sign"], "") if match is not None and match["sign"] else ""

    def _is_date(self, run: _Run) -> bool:
        """Whether the number is a year, a day of a month, an age or a share."""
        doc = self._parsed.doc
        first, last = doc[run.start], doc[run.end - 1]
        beside = {doc[i].lower_ for i in (run.start - 1, run.end) if 0 <= i < len(doc)}
        if run.currency:
            return False
        year = run.end - run.start == 1 and bool(_YEAR.fullmatch(first.text)) and last.dep_ != "nummod"
        return year or bool(beside & (NAMES | _NO_COUNT))

    def _verb(self, run: _Run) -> int:
        """The index of the word that governs the number: the verb of its clause, or the noun that heads its phrase."""
        token = self._parsed.doc[run.end - 1]
        for _ in range(8):
            if token.pos_ in ("VERB", "AUX") or token.head == token:
                break
            token = token.head
        return token.i

    def _magnitude(self, run: _Run) -> Magnitude:
        doc = self._parsed.doc
        bound, start = self._bound(run)
        words = self._parsed.words(doc[start], doc[run.end - 1])
        noun = self._noun(run)
        lemma = noun.lemma_.lower() if noun is not None else ""
        unit = run.currency or ("person" if noun is None or lemma in self._amounts.people else lemma)
        kind = self._kind(run) if unit == "person" else ""
        return Magnitude(words.text, words.start, words.end, run.value, bound, unit, kind)

    def _noun(self, run: _Run) -> Word | None:
        """What is counted: the noun of the number; None where the number stands alone ('killed 12')."""
        last = self._parsed.doc[run.end - 1]
        if last.dep_ in ("nummod", "quantmod", "compound", "amod") and last.head.i >= run.end:
            return last.head if last.head.pos_ in ("NOUN", "PROPN") else None
        of = next((child for child in last.children if child.dep_ == "prep" and child.lower_ == "of"), None)
        return next((child for child in of.children if child.dep_ == "pobj"), None) if of is not None else None

    def _kind(self, run: _Run) -> str:
        """What becomes of those who are counted, by the nearest word that says it: 'killed', 'wounded'."""
        token = self._parsed.doc[run.end - 1]
        for _ in range(8):
            kind = self._amounts.kinds.get(token.lemma_.lower(), "")
            if kind or token.head == token:
                return kind
            token = token.head
        return ""

    def _bound(self, run: _Run) -> tuple[Bound, int]:
        """Whether the number is the least, the most or about so many, and where the words begin that say so."""
        doc = self._parsed.doc
        first = max(doc[run.start].sent.start, run.start - _BOUND_WORDS)
        before = " ".join(doc[i].lower_ for i in range(first, run.start))
        for words, bound in self._amounts.bounds:
            if before == words or before.endswith(f" {words}"):
                return bound, run.start - len(words.split())
        return ("at least" if run.vague else ""), run.start
