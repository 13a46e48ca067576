"""What a text is about: the topics of data/topics.yaml, found by their words.

A sentence's words are looked up once each; where wordings overlap the longest wins. A topic that names only what an
office is in charge of ('the Minister of Trade') is not talked about, and neither is a country that is named without
being the matter ('Iraq and Jordan signed ...', but 'the situation in Iraq').
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

from communique.datafiles import packaged, read_yaml_entries
from communique.diplomacy.things import Topic
from communique.errors import DataFileError
from communique.events.arguments import conjuncts
from communique.text.parsed import ParsedDocument
from communique.text.tree import Word

DATA = "communique.diplomacy.data"
MAX_WORDS = 4
_BRACKETS = re.compile(r"\(([^)]*)\)")
_SIBILANT = re.compile(r"(?:s|x|z|ch|sh)$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")
_BETWEEN = frozenset(
    {"-", "–", "the", "'s", "’s", "'", "’", "a", "an", "its", "their", "his", "her", "our", "your", "my"}
)
_SMALL = frozenset({"of", "on", "in", "for", "and", "or", "to", "with", "from", "by"})
_IN_CHARGE = frozenset({"foreign", "prime"})
_CLAUSES = frozenset({"relcl", "parataxis", "advcl"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
Forms = frozenset[str]


@dataclass(frozen=True, slots=True)
class TopicExample:
    """A sentence of our own and the topics that it names, no more and no fewer."""

    text: str
    expect: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TopicEntry:
    """A topic and the words that tell it.

    Attributes:
        parent: the topic that it belongs to, '' for none.
        words: up to four lemmas in a row, or forms as they stand in a text; 'a/b' are alternatives, and small words
            such as 'of' do not count.
        places: names that tell it only where they are what talk is about.
        never: phrases in which a word of this topic means something else.
    """

    id: str
    name: str
    parent: str
    meaning: str
    words: tuple[str, ...]
    places: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    examples: tuple[TopicExample, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicFrame:
    """Words around a name: those that make a place (`*`) the matter, or heads that make of a topic an office."""

    id: str
    kind: Literal["place", "office"]
    meaning: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Wording:
    """A wording ready to match: the forms of the words after the first, and how many at its head are not part of it."""

    topic: str
    rest: tuple[Forms, ...]
    outside: int = 0
    never: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True)
class _Hit:
    """A wording in a sentence: indices into its words, end exclusive."""

    topic: str
    start: int
    end: int
    never: bool = False


class Topics:
    """Finds topics; built once.

    Args:
        entries: the taxonomy.
        frames: what may stand around the names of places and of offices.

    Raises:
        DataFileError: an entry stands twice, has an unknown parent, or a wording that is too long.
    """

    def __init__(self, entries: Iterable[TopicEntry], frames: Iterable[TopicFrame] = ()) -> None:
        self.entries = tuple(entries)
        frames = tuple(frames)
        _check(self.entries)
        around = [line for frame in frames if frame.kind == "place" for line in frame.words]
        self._offices = frozenset(word for frame in frames if frame.kind == "office" for word in frame.words)
        found: defaultdict[str, list[_Wording]] = defaultdict(list)
        for entry in self.entries:
            for first, wording in _wordings(entry, around):
                for form in first:
                    found[form].append(wording)
        self._wordings: Mapping[str, Sequence[_Wording]] = dict(found)

    @classmethod
    def load(cls) -> Topics:
        """The topics that ship with the package; raises DataFileError where a file does not fit."""
        path = packaged(DATA, "topics.yaml")
        entries = read_yaml_entries(path, TopicEntry)
        frames = read_yaml_entries(packaged(DATA, "topic_frames.yaml"), TopicFrame)
        try:
            return cls(entries, frames)
        except DataFileError as error:
            raise DataFileError(error.problem, path=str(path), key=error.key, remedy=error.remedy) from error

    def find(self, parsed: ParsedDocument, sentence: int) -> tuple[Topic, ...]:
        """The topics that a sentence names, in text order, with offsets into the document's text."""
        words = list(parsed.sentences[sentence])
        return _topics(parsed, words, self._hits(words, lambda word: False))

    def attached(self, parsed: ParsedDocument, word: Word) -> tuple[Topic, ...]:
        """The topics in the phrase that a word governs, without its relative clauses.

        For the object of 'discussed' or of the 'on' of an agreement: a country that stands there by itself is the
        matter, too ('discussed Iraq').
        """
        inside = {each.i for each in _phrase(word)}
        matters = {each.i for each in conjuncts(word)} | {each.i for each in _objects(word)}
        words = list(word.sent)
        hits = self._hits(words, lambda each: each.i in matters)
        return _topics(
            parsed, words, [hit for hit in hits if all(words[at].i in inside for at in range(hit.start, hit.end))]
        )

    def _hits(self, words: Sequence[Word], is_matter: Callable[[Word], bool]) -> list[_Hit]:
        """What is told, the longest where wordings overlap; names of places by themselves only where they matter."""
        wordings = self._wordings
        forms = [(word.lemma_.lower(), word.lower_) for word in words]
        hits: list[_Hit] = []
        for start, (lemma, form) in enumerate(forms):
            candidates = wordings.get(form, ())
            if lemma != form and lemma in wordings:
                candidates = (*candidates, *wordings[lemma])
            for wording in candidates:
                if wording.bare and not is_matter(words[start]):
                    continue
                within = _within(forms, start, wording)
                if within:
                    hits.append(_Hit(wording.topic, *within, wording.never))
        chosen = _longest(hits)
        return [hit for hit in chosen if not self._is_office(words[hit.end - 1])] if self._offices else chosen

    def _is_office(self, word: Word) -> bool:
        """Whether a topic only tells of what somebody is in charge: 'the energy minister', 'Ministry of Trade'."""
        for _ in range(MAX_WORDS):
            head = word.head
            if head is word:
                return False
            if head.i > word.i and word.dep_ in ("compound", "amod", "nmod", "poss"):
                if head.lemma_.lower() in self._offices:
                    return True
            elif word.dep_ == "pobj" and head.lower_ in ("of", "for"):
                holder = head.head
                # 'The foreign ministers of the Quad' are in charge of something else.
                named = any(child.lower_ in _IN_CHARGE for child in holder.lefts)
                return holder.lemma_.lower() in self._offices and not named
            elif word.dep_ not in ("conj", "compound", "amod", "nmod"):
                return False
            word = head
        return False


def _objects(word: Word) -> list[Word]:
    """What a preposition governs: the matter of 'on Iraq and Libya'."""
    if word.pos_ not in ("ADP", "VERB"):
        return []
    found = [child for child in word.rights if child.dep_ in ("pobj", "dobj")]
    return [each for child in found for each in conjuncts(child)]


def _phrase(word: Word) -> Iterator[Word]:
    """A word and what it governs, without clauses that hang on it and finite verbs coordinated by mistake."""
    yield word
    for child in word.children:
        stray = child.dep_ == "conj" and child.tag_ in _FINITE and word.tag_ not in _FINITE
        if child.dep_ not in _CLAUSES and not stray:
            yield from _phrase(child)


def _topics(parsed: ParsedDocument, words: Sequence[Word], hits: Iterable[_Hit]) -> tuple[Topic, ...]:
    found = []
    for hit in hits:
        place = parsed.words(words[hit.start], words[hit.end - 1])
        found.append(Topic(hit.topic, place.text, place.start, place.end))
    return tuple(found)


def _longest(hits: list[_Hit]) -> list[_Hit]:
    """Without those that mean something else, and of overlapping ones the longest; equal words may tell two topics."""
    barred = [hit for hit in hits if hit.never]
    allowed = {
        (hit.start, hit.end, hit.topic): hit
        for hit in hits
        if not hit.never and not any(b.topic == hit.topic and b.start <= hit.start and hit.end <= b.end for b in barred)
    }
    chosen: list[_Hit] = []
    for hit in sorted(allowed.values(), key=lambda hit: (hit.start - hit.end, hit.start)):
        same = (hit.start, hit.end)
        if all(
            other.end <= hit.start or hit.end <= other.start or (other.start, other.end) == same for other in chosen
        ):
            chosen.append(hit)
    return sorted(chosen, key=lambda hit: (hit.start, hit.topic))


def _within(forms: Sequence[tuple[str, str]], start: int, wording: _Wording) -> tuple[int, int] | None:
    """Where a wording whose first word stands at `start` begins and ends; None where its rest does not follow."""
    at, first = start + 1, start
    for number, allowed in enumerate(wording.rest, 1):
        while at < len(forms) and forms[at][1] in _BETWEEN and forms[at][1] not in allowed:
            at += 1
        if at >= len(forms) or not (forms[at][0] in allowed or forms[at][1] in allowed):
            return None
        if number == wording.outside:
            first = at
        at += 1
    return first, at


def _wordings(entry: TopicEntry, around: Sequence[str]) -> Iterator[tuple[Forms, _Wording]]:
    """The wordings of an entry, each with the forms of its first word."""
    for line, never in (*((line, False) for line in entry.words), *((line, True) for line in entry.never)):
        for first, rest in _split(line):
            yield first, _Wording(entry.id, rest, never=never)
    for place, frame in product(entry.places, around):
        bracket = _BRACKETS.search(frame)
        outside = len(bracket[1].split()) if bracket else 0
        for first, rest in _split(frame.replace("(", "").replace(")", "").replace("*", place)):
            yield first, _Wording(entry.id, rest, outside=outside)
    for place in entry.places:
        for first, rest in _split(place):
            yield first, _Wording(entry.id, rest, bare=True)


def _split(line: str) -> Iterator[tuple[Forms, tuple[Forms, ...]]]:
    """The forms of each word of a wording, in each way that the parser may cut it.

    Words with a hyphen are cut by the parser unless there is a number in them, and there may be none ('cease fire').
    """
    lines = [line, line.replace("-", " ")]
    if re.search(r"(?<![\w/])cooperation(?![\w/])", line):
        lines.append(line.replace("-", " ").replace("cooperation", "co operation"))
    for each in dict.fromkeys(lines):
        first, *rest = (_forms(part) for part in each.split())
        yield first, tuple(rest)


def _forms(part: str) -> Forms:
    """What a word of the data file may look like: names ('Human Rights') keep their plural in the parser's lemma."""
    return frozenset(form for word in part.split("/") for form in (word, _plural(word)))


def _plural(word: str) -> str:
    if _CONSONANT_Y.search(word):
        return word[:-1] + "ies"
    return word + ("es" if _SIBILANT.search(word) else "s")


def _check(entries: Sequence[TopicEntry]) -> None:
    known = {entry.id for entry in entries}
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            raise DataFileError("stands twice", key=entry.id, remedy="Keep one of the entries.")
        seen.add(entry.id)
        if entry.parent and entry.parent not in known:
            raise DataFileError(f"unknown parent {entry.parent!r}", key=entry.id, remedy="Name a topic of the file.")
        for line in (*entry.words, *entry.never, *entry.places):
            words = line.split()
            if not 0 < len([word for word in words if word not in _SMALL]) <= MAX_WORDS:
                raise DataFileError(
                    f"{line!r} is too long", key=entry.id, remedy="One to four words, besides such as 'of'."
                )
            if "the" in words or line != line.lower():
                raise DataFileError(f"{line!r} is not in small letters without 'the'", key=entry.id)
        strange = [name for example in entry.examples for name in example.expect if name not in known]
        if strange:
            raise DataFileError(f"unknown topic {strange[0]!r}", key=entry.id)
