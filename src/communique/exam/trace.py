"""What the stages did with a text: the wordings that they tried, the acts that they read, and what became of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from communique.actors.mentions import Mentions
from communique.actors.stage import ActorStage
from communique.events.composition import Composer, Reading
from communique.events.lexicon import Act
from communique.events.matcher import Trial
from communique.events.merge import merged
from communique.events.roles import RoleFinder
from communique.events.stage import EventStage, names_somebody, stands_alone
from communique.model import Actor, Document, Event
from communique.settings import Settings
from communique.text.parsed import ParsedDocument
from communique.text.stage import TextStage

# What became of a wording: it fits; a condition on an argument fails; another one took the word; it is not all there.
Outcome = Literal["fits", "condition", "taken", "absent"]
# What became of an act that was read: a noun that is only mentioned, an act of nobody, an act of another domain.
Fate = Literal["coded", "mentioned", "nobody", "domain"]
ENDINGS = ("s", "es", "ed", "d", "ing")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text, in lower case, with what may be its lemma whatever its part of speech."""

    form: str
    lemmas: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tried:
    """A wording that was tried at a word, and the types that its act may give."""

    word: str
    types: frozenset[str]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Read:
    """An act that was read in the text."""

    type: str
    fate: Fate


@dataclass(frozen=True, slots=True)
class Trace:
    """All that was looked at in one text.

    Attributes:
        left_out: acts that were coded and not given, since they are doubtful.
        heads: the words that head wordings, by the types that these may give.
    """

    words: tuple[Word, ...]
    tried: tuple[Tried, ...]
    read: tuple[Read, ...]
    left_out: tuple[Event, ...]
    mentions: tuple[Actor, ...]
    heads: Mapping[str, frozenset[str]]


class Tracer:
    """Codes texts as a Reader does, and can tell afterwards how that went.

    Args:
        settings: how to read.
    """

    def __init__(self, settings: Settings) -> None:
        self._text = TextStage(settings)
        self._actors = ActorStage(settings)
        self._stage = EventStage(settings)

    def code(self, document: Document) -> tuple[tuple[Event, ...], ParsedDocument, Mentions]:
        """The events of a document, with what `trace` needs; raises SourceError where it cannot be read."""
        parsed = self._text.parse(document)
        mentions = self._actors.annotate(parsed)
        return self._stage.code(parsed, mentions), parsed, mentions

    def trace(self, parsed: ParsedDocument, mentions: Mentions) -> Trace:
        """How the text was coded."""
        found = self._stage.explain(parsed, mentions)
        given = {event.event_id for event in found.events}
        coded = merged(self._stage.drafts(parsed, mentions))
        return Trace(
            words=tuple(_word(text, lemma) for text, lemma, *_ in found.tokens),
            tried=tuple(self._tried(trial) for trial in found.trials),
            read=tuple(self._read(parsed, mentions)),
            left_out=tuple(event for event in coded if event.event_id not in given),
            mentions=found.mentions,
            heads=self._heads,
        )

    @cached_property
    def _types(self) -> Mapping[str, frozenset[str]]:
        """The types that each act may give, by its id."""
        return {act.id: self._types_of(act) for act in self._stage.lexicon.acts}

    @cached_property
    def _heads(self) -> Mapping[str, frozenset[str]]:
        heads: dict[str, set[str]] = {}
        for (_, head), patterns in self._stage.lexicon.index.items():
            for pattern in patterns:
                for name in self._types[pattern.act.id]:
                    heads.setdefault(name, set()).add(head)
        return {name: frozenset(words) for name, words in heads.items()}

    def _types_of(self, act: Act) -> frozenset[str]:
        """The type of its own code; of one that only colours other acts all that it makes of them."""
        ontology = self._stage.lexicon.ontology
        codes = {act.cameo}
        if not act.cameo and act.force:
            codes = {*ontology.forces[act.force].codes.values(), ontology.forces[act.force].default}
        return frozenset(ontology.codes[code].type for code in codes if code not in ("", "="))

    def _tried(self, trial: Trial) -> Tried:
        return Tried(trial.trigger.lower(), self._types[trial.rule], _outcome(trial))

    def _read(self, parsed: ParsedDocument, mentions: Mentions) -> Iterator[Read]:
        stage = self._stage
        finder = RoleFinder(stage.lexicon, parsed, mentions)
        for sentence in parsed.doc.sents:
            matches = stage.matcher.matches(sentence, mentions)
            for reading in Composer(stage.lexicon, matches).readings(sentence) if matches else ():
                name = stage.lexicon.ontology.codes[reading.code].type
                yield Read(name, self._fate(reading, finder))

    def _fate(self, reading: Reading, finder: RoleFinder) -> Fate:
        stage = self._stage
        if not stands_alone(reading):
            return "mentioned"
        roles = finder.roles(reading, stage.speaker(reading.clause))
        if not names_somebody(reading, roles):
            return "nobody"
        name = stage.lexicon.ontology.codes[reading.code].type
        return "domain" if stage.domains.stops(reading, name, roles) else "coded"


def _outcome(trial: Trial) -> Outcome:
    """Which condition it was that failed: the matcher says 'no ...' of words of the wording that are not there."""
    if trial.fired:
        return "fits"
    if trial.reason.startswith("a more specific"):
        return "taken"
    return "absent" if trial.reason.startswith("no ") and not trial.reason.startswith("no inf") else "condition"


def _word(text: str, lemma: str) -> Word:
    """A word whose part of speech was mistaken has the lemma of the wrong one: its endings are tried as well."""
    form = text.lower()
    stems = {form[: -len(ending)] for ending in ENDINGS if form.endswith(ending) and len(form) > len(ending) + 2}
    stems |= {stem[:-1] for stem in stems if stem[-1] == stem[-2]} | {f"{stem}e" for stem in stems}
    stems |= {f"{form[:-3]}y"} if form.endswith(("ies", "ied")) else set()
    return Word(form, frozenset({form, lemma.lower(), *stems}))
