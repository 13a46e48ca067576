"""What the extractors of diplomacy look at: one document with its words, who they name, its acts and its topics."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from typing import Protocol

from communique.actors.mentions import Mentions
from communique.diplomacy.things import Topic, When
from communique.diplomacy.voices import FIRST, Voices
from communique.events.arguments import ancestors, children, clause_of, subject
from communique.events.factuality import Factualities
from communique.events.times import time_of
from communique.model import NO_STATES, Actor, Event, Factuality, Place, Source, content_id
from communique.text.parsed import ParsedDocument
from communique.text.tree import Span, Word

CONTENT = frozenset({"ccomp", "parataxis", "conj", "xcomp", "advcl", "acomp", "dobj"})
# What share of the mentions two states must have for a document to be about them.
MOSTLY = 0.7
# How sure the country of an office is that the text does not tell.
GUESSED = 0.6
# Words for somebody whom only the course of the text tells.
NOBODY_YET = frozenset({"guest", "guests", "visitor", "visitors"})
SMALL_WORDS = frozenset({"of", "the", "and", "for", "incoming", "new", "his", "her", "two", "both"})
LONG_AGO = timedelta(days=90)
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})


class TopicFinder(Protocol):
    """Finds the topics that a sentence names."""

    def find(self, parsed: ParsedDocument, sentence: int) -> tuple[Topic, ...]:
        """The topics in one sentence, in text order, with offsets into the document's text."""

    def attached(self, parsed: ParsedDocument, word: Word) -> tuple[Topic, ...]:
        """The topics in the phrase that a word governs, without its relative clauses."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What is loaded once and serves every document."""

    factualities: Factualities
    saying: frozenset[str]
    topics: TopicFinder | None = None


@dataclass(frozen=True)
class Scene:
    """One document with all that was found in it so far."""

    parsed: ParsedDocument
    mentions: Mentions
    events: tuple[Event, ...]
    tools: Tools

    @property
    def document_id(self) -> str:
        """The id of the document."""
        return self.parsed.document.document_id

    @property
    def sentences(self) -> tuple[Span, ...]:
        """Its sentences."""
        return self.parsed.doc.sents

    @cached_property
    def _events_of(self) -> dict[int, list[Event]]:
        found: dict[int, list[Event]] = {}
        for event in self.events:
            for number in dict.fromkeys(source.sentence for source in event.sources):
                found.setdefault(number, []).append(event)
        return found

    def events_in(self, sentence: int) -> tuple[Event, ...]:
        """The acts that a sentence tells of."""
        return tuple(self._events_of.get(sentence, ()))

    @cached_property
    def _topics_of(self) -> dict[int, tuple[Topic, ...]]:
        return {}

    def topics_in(self, sentence: int) -> tuple[Topic, ...]:
        """The topics that a sentence names."""
        if self.tools.topics is None:
            return ()
        if sentence not in self._topics_of:
            self._topics_of[sentence] = self.tools.topics.find(self.parsed, sentence)
        return self._topics_of[sentence]

    def topics_of(self, word: Word) -> tuple[Topic, ...]:
        """The topics in the phrase that a word governs: the object of 'discussed', the 'on' of an agreement."""
        return self.tools.topics.attached(self.parsed, word) if self.tools.topics is not None else ()

    def topics_among(self, words: Iterable[Word]) -> tuple[Topic, ...]:
        """The topics that some words of one sentence name."""
        listed = list(words)
        if not listed:
            return ()
        offsets = self.parsed.offsets
        starts = {offsets[word.idx] for word in listed}
        found = self.topics_in(self.number(listed[0]))
        return tuple(topic for topic in found if any(topic.start <= start < topic.end for start in starts))

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def number(self, word: Word) -> int:
        """The number of the sentence that a word stands in."""
        return bisect_right(self._sentence_starts, word.i) - 1

    def with_lemma(self, triggers: frozenset[str]) -> Iterator[Word]:
        """The words, in text order, whose lemma (lower case) is one of some."""
        places = sorted(i for trigger in triggers for i in self._by_lemma.get(trigger, ()))
        return (self.parsed.doc.words[i] for i in places)

    @cached_property
    def _by_lemma(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for word in self.parsed.doc:
            found.setdefault(word.lemma_.lower(), []).append(word.i)
        return found

    @cached_property
    def _word_starts(self) -> list[int]:
        return [self.parsed.offsets[word.idx] for word in self.parsed.doc]

    def word_at(self, offset: int) -> Word | None:
        """The word that a character of the document's text belongs to, or the one before it."""
        at = bisect_right(self._word_starts, offset) - 1
        return self.parsed.doc.words[at] if at >= 0 else None

    def words_of(self, source: Source) -> list[Word]:
        """The words that a source quotes."""
        first = bisect_right(self._word_starts, source.start) - 1
        last = bisect_right(self._word_starts, source.end - 1) - 1
        return list(self.parsed.doc.words[max(first, 0) : last + 1])

    def quote(self, first: Word, last: Word) -> Source:
        """The document's words from one word to another, both included."""
        words = self.parsed.words(first, last)
        return Source(self.number(first), words.start, words.end, words.text)

    def phrase(self, head: Word, *, without: frozenset[str] = frozenset()) -> Source:
        """The words of a phrase without punctuation at its end; children with a relation in `without` are left out."""
        left_out = {w.i for child in head.children if child.dep_ in without for w in child.subtree}
        words = [word for word in head.subtree if word.i not in left_out]
        while len(words) > 1 and words[-1].is_punct:
            words.pop()
        return self.quote(words[0], words[-1])

    def id(self, kind: str, source: Source, *more: object) -> str:
        """The id of a thing of some kind that a source tells of."""
        return content_id(self.document_id, kind, source.start, source.end, *more)

    def when(self, word: Word) -> When:
        """The day or days of an act: those that its clause names, else the document's date."""
        named = self.named_when(word)
        if named is not None:
            return named
        day = self.parsed.date
        return When(day, day, "day") if day else When()

    def named_when(self, word: Word) -> When | None:
        """The day or days that the act's own clause, or the one above it, names."""
        time = time_of(self.parsed, self.number(word), clause_of(word), word)
        return When(time.date, time.date_end, time.precision) if time else None

    def factuality(self, word: Word, default: Factuality = "happened") -> Factuality:
        """Whether an act came about; 'background' also where its sentence dates it long before the document."""
        category, _ = self.tools.factualities.judge(word, default)
        when, day = self.named_when(word), self.parsed.date
        past = when is not None and when.date_end is not None and day is not None and when.date_end < day - LONG_AGO
        return "background" if past and category == "happened" else category

    def speaker(self, verb: Word) -> Word | None:
        """Who says what a clause tells: the subject of the verb of saying that governs it."""
        word = verb
        for above in ancestors(verb):
            if word.dep_ not in CONTENT:
                return None
            if word.dep_ in ("ccomp", "parataxis") and above.lemma_.lower() in self.tools.saying:
                return subject(above)
            word = above
        return None

    def actors(self, heads: Iterable[Word]) -> tuple[Actor, ...]:
        """Who some phrases are, everybody once."""
        return distinct(actor for head in heads for actor in self._named(head))

    def _named(self, head: Word) -> tuple[Actor, ...]:
        """Who a phrase is; of an office with a name beside it ('the President of Peru, Alan García') the person."""
        if head.lower_ in FIRST:
            return self._speaking(head)
        if head.lower_ in NOBODY_YET:
            return ()
        if head.lower_ in ("you", "your"):
            addressed = self._voices.other_than(head)
            return (addressed,) if addressed is not None else ()
        found = tuple(map(self._holder, map(self._placed, self.mentions.actors(head))))
        if len(found) == 1 and found[0].kind == "office":
            last = self.word_at(found[0].end - 1)
            for word in (*children(head, "appos"), *([last] if last is not None else [])):
                beside = self.mentions.actors(word)
                if len(beside) == 1 and beside[0].kind == "person" and beside[0].country in ("", found[0].country):
                    return (_in_office(beside[0], found[0]),)
        return found

    def _speaking(self, head: Word) -> tuple[Actor, ...]:
        """Who says 'I': the one who is quoted, else the voice of that part of the text."""
        clause = clause_of(head)
        quoted = next((who for verb in (clause, *ancestors(clause)) if (who := self.speaker(verb)) is not None), None)
        if quoted is not None and quoted.lower_ not in FIRST:
            return self._named(quoted)
        voice = self._voices.at(head)
        return (voice,) if voice is not None else ()

    @cached_property
    def _voices(self) -> Voices:
        return Voices(self.parsed, self.mentions)

    def _placed(self, actor: Actor) -> Actor:
        """A person whom this place names without a country, with the one that another place gives."""
        if actor.kind != "person" or not actor.name or (actor.country and actor.confidence >= GUESSED):
            return actor
        known = self._people.get(actor.name)
        return known if known is not None and known.confidence > actor.confidence else actor

    def _holder(self, actor: Actor) -> Actor:
        """Who holds an office in this text: 'the Presidents' are those that it names before."""
        if actor.kind not in ("office", "group") or not actor.country:
            return actor
        words = _office_words(actor)
        same = [one for one in self._people.values() if one.country == actor.country or actor.confidence < GUESSED]
        fits = [one for one in same if words and words <= _office_words(one)]
        if len(fits) != 1 or (fits[0].country != actor.country and len(words) < 2):
            return actor
        return replace(fits[0], text=actor.text, start=actor.start, end=actor.end)

    def namesake(self, actor: Actor, other_than: Iterable[Actor]) -> Actor | None:
        """The one other person in the same sort of office: 'the Speaker', said of two speakers."""
        barred = {one.country for one in other_than}
        words = _office_words(actor) & set(actor.text.casefold().split())
        fits = [one for one in self._people.values() if words & _office_words(one) and one.country not in barred]
        return fits[0] if len(fits) == 1 else None

    def opposite(self, actors: Iterable[Actor], word: Word) -> tuple[Actor, ...]:
        """The other side of a text between two: whom the sentence names besides, else the other state."""
        own = {actor.country for actor in actors}
        heads = [each for each in word.sent if each.pos_ == "PROPN" and each.dep_ not in ("compound", "nmod", "amod")]
        beside = [one for one in self.actors(heads) if one.kind == "person" and one.country and one.country not in own]
        if len(beside) == 1:
            return tuple(beside)
        parties = [party for party in self.parties if party.country not in own]
        return tuple(parties) if len(self.parties) == 2 and len(parties) == 1 else ()

    @cached_property
    def _people(self) -> dict[str, Actor]:
        """Persons by name, with the country that their office tells somewhere in the text."""
        told = [a for event in self.events for a in (*event.actors, *event.recipients)]
        told = sorted((a for a in told if a.kind == "person" and a.country), key=lambda a: a.confidence)
        found = {a.name: a for a in told}
        before: Actor | None = None
        for word in self.parsed.doc:
            if word.pos_ != "PROPN":
                continue
            for actor in self.mentions.actors(word)[:1]:
                known = found.get(actor.name)
                sure = known is not None and known.confidence >= GUESSED
                if actor.kind == "person" and before is not None and 0 < actor.start - before.end <= len(", "):
                    # 'the Prime Minister of Mongolia, Mr. Chimed Saikhanbileg'
                    if not sure and actor.confidence < GUESSED:
                        found[actor.name] = _in_office(replace(actor, country=""), before)
                elif actor.kind == "person" and actor.country:
                    found.setdefault(actor.name, actor)
                elif actor.kind == "office":
                    before = actor
        return found

    @cached_property
    def parties(self) -> tuple[Actor, ...]:
        """The two states that a document is about, where its acts are mostly between two."""
        counts: Counter[str] = Counter()
        countries: dict[str, Actor] = {}
        for actor in (actor for event in self.events for actor in (*event.actors, *event.recipients)):
            if len(actor.country) == 3 and actor.country not in NO_STATES:
                counts[actor.country] += 1
                if actor.kind == "country":
                    countries.setdefault(actor.country, actor)
        common = counts.most_common(2)
        if (
            len(common) < 2
            or sum(n for _, n in common) < MOSTLY * counts.total()
            or (common[1][1] < 2 and len(counts) > 2)
        ):
            return ()
        return tuple(countries.get(name) or Actor("", 0, 0, name, name, name, kind="country") for name, _ in common)

    def place(self, heads: Iterable[Word]) -> Place | None:
        """The first place that some phrases name."""
        return next((place for head in heads if (place := self.mentions.place(head)) is not None), None)


def _office_words(actor: Actor) -> set[str]:
    """The words that tell an office, without small ones and in the singular."""
    words = f"{actor.office} {actor.text if actor.kind != 'person' or actor.office else ''}".casefold().split()
    if actor.kind in ("office", "group"):
        words = (actor.office or actor.text).casefold().split()
    return {word.removesuffix("s") for word in words} - SMALL_WORDS


def _in_office(person: Actor, office: Actor) -> Actor:
    """A person known by name alone, with the office that the text gives them."""
    if person.country:
        return person
    return replace(
        person, country=office.country, sector=office.sector, office=office.office, confidence=office.confidence
    )


def distinct(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Actors without those that are there already: the same entity, or the same country, office and name."""
    found: dict[tuple[str, ...], Actor] = {}
    for actor in actors:
        found.setdefault(key(actor), actor)
    return tuple(found.values())


def key(actor: Actor) -> tuple[str, ...]:
    """What makes two mentions one actor."""
    if actor.kind == "person" and actor.name:
        return ("person", actor.name)
    if actor.entity_id:
        return ("id", actor.entity_id)
    return (actor.country, actor.sector, actor.office, actor.name or actor.text.casefold())
