"""The events stage: a parsed document and its mentions into coded events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from communique.actors.mentions import Mentions
from communique.events.arguments import (
    ancestors,
    children,
    clause_of,
    has_to,
    located,
    obliques,
    subject,
)
from communique.events.composition import Composer, Reading
from communique.events.confidence import Weights, features, without_doubtful
from communique.events.contexts import Contexts
from communique.events.domains import Domains
from communique.events.factuality import Factualities
from communique.events.lexicon import EventLexicon, load_lexicon
from communique.events.magnitudes import Magnitudes
from communique.events.matcher import Matcher, Trial
from communique.events.merge import Draft, merged
from communique.events.roles import RoleFinder, Roles
from communique.events.times import time_of
from communique.model import Actor, Event, Factuality, Place, Source, TimeReference, content_id
from communique.settings import Settings
from communique.text.parsed import ParsedDocument
from communique.text.tree import Span, Word

HISTORY = timedelta(days=90)
# What somebody says 'in talks' or 'during a visit' tells of the talks and the visit as well.
CONSULTING = "04"
# 'Resigned in protest at the cuts', 'the boats, a gift from Japan'.
PROTESTING = "14"
AIDING = "07"
VIOLENCE = frozenset({"18", "19", "20"})
# What they say of an agreement or a visit is what it is like, not that it came about.
STATIVE = frozenset("have cover contain include comprise consist concern apply matter mean cost resemble".split())
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
NEVER_HAPPENED = frozenset({"denied", "conditional", "called-for"})


@dataclass(frozen=True, slots=True)
class Explanation:
    """What `communique explain` shows: rows of tokens, the mentions, and the rules that were tried."""

    tokens: tuple[tuple[str, str, str, str, str], ...]
    mentions: tuple[Actor, ...]
    trials: tuple[Trial, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Scene:
    """One sentence with all that is known of it before its acts are read."""

    parsed: ParsedDocument
    mentions: Mentions
    number: int
    sentence: Span

    @cached_property
    def amounts(self) -> Magnitudes:
        """Its counts and amounts."""
        return Magnitudes(self.parsed, self.sentence)


class EventStage:
    """Codes the acts of documents.

    Args:
        settings: `lexicon_folders` may add acts, `min_confidence` leaves out weak events.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.lexicon: EventLexicon = load_lexicon(settings.lexicon_folders)
        self.matcher = Matcher(self.lexicon)
        self.factualities = Factualities.load()
        self.domains = Domains.load(self.lexicon.sets)
        self.weights = Weights.load()
        self.contexts = Contexts.load(self.lexicon.ontology.contexts)

    def code(self, parsed: ParsedDocument, mentions: Mentions) -> tuple[Event, ...]:
        """The events of a document in the order of their first telling; those of one sentence with the surest first."""
        events = without_doubtful(merged(self.drafts(parsed, mentions)))
        return tuple(event for event in events if event.confidence >= self.settings.min_confidence)

    def drafts(self, parsed: ParsedDocument, mentions: Mentions) -> Iterator[Draft]:
        """The events of a document before those that tell of one act are put together."""
        finder = RoleFinder(self.lexicon, parsed, mentions)
        for number, sentence in enumerate(parsed.doc.sents):
            yield from self._code_sentence(Scene(parsed, mentions, number, sentence), finder)

    def explain(self, parsed: ParsedDocument, mentions: Mentions) -> Explanation:
        """Everything that was looked at, and what came of it."""
        tokens = tuple((t.text, t.lemma_, t.pos_, t.dep_, t.head.text) for t in parsed.doc)
        found = {(a.start, a.end): a for t in parsed.doc for a in mentions.actors(t)}
        trials = tuple(trial for s in parsed.doc.sents for trial in self.matcher.trials(s, mentions))
        return Explanation(tokens, tuple(found.values()), trials, self.code(parsed, mentions))

    def _code_sentence(self, scene: Scene, finder: RoleFinder) -> list[Draft]:
        matches = self.matcher.matches(scene.sentence, scene.mentions)
        if not matches:
            return []
        found: list[tuple[Reading, Roles, Word | None]] = []
        readings = [r for r in Composer(self.lexicon, matches).readings(scene.sentence) if stands_alone(r)]
        for reading in readings:
            speaker = self.speaker(reading.clause)
            roles = finder.roles(reading, speaker)
            code = self.lexicon.ontology.codes[reading.code]
            if names_somebody(reading, roles) and not self.domains.stops(reading, code.type, roles):
                found.append((reading, roles, speaker))
        contexts = self.contexts.of(scene.sentence, readings)
        drafts = [
            self._draft(scene, reading, roles, speaker, contexts.get(reading.clause.i, ()), len(found) - 1)
            for reading, roles, speaker in found
        ]
        return sorted(drafts, key=lambda draft: (-draft.event.confidence, draft.event.start))

    def _draft(
        self,
        scene: Scene,
        reading: Reading,
        roles: Roles,
        speaker: Word | None,
        contexts: tuple[str, ...],
        others: int,
    ) -> Draft:
        parsed, mentions = scene.parsed, scene.mentions
        factuality = self._factuality(reading)
        code = self.lexicon.ontology.codes[reading.code]
        words = parsed.words(reading.tokens[0], reading.tokens[-1])
        when = time_of(parsed, scene.number, reading.clause, reading.predicate)
        if factuality == "happened" and _is_long_past(when, parsed.date):
            factuality = "background"
        act = reading.innermost.act
        plain = reading.code == act.cameo
        attributed = mentions.actors(speaker)[:1] if speaker is not None else ()
        told = tuple(features(reading, roles, code.type, factuality, others))
        event = Event(
            event_id=content_id(parsed.document.document_id, words.start, words.end, code.type),
            document_id=parsed.document.document_id,
            sentence=scene.number,
            start=words.start,
            end=words.end,
            trigger=words.text,
            event_type=code.type,
            mode=(act.mode if plain else "") or code.mode,
            contexts=tuple(dict.fromkeys((*code.contexts, *act.contexts, *contexts))),
            cameo=reading.code,
            goldstein=code.goldstein,
            quad_class=self.lexicon.ontology.types[code.type].quad_class,
            actors=roles.actors,
            recipients=roles.recipients,
            date=when.date if when else parsed.date,
            date_end=when.date_end if when else parsed.date,
            date_precision=when.precision if when else ("day" if parsed.date else ""),
            place=_place(reading, mentions),
            magnitudes=scene.amounts.of((reading.clause, reading.predicate, *reading.tokens)),
            factuality=factuality,
            attributed_to=attributed[0] if attributed else None,
            rule="/".join((*reading.forces, reading.act.id)),
            confidence=self.weights.probability(told),
            sources=(Source(scene.number, words.start, words.end, words.text),),
        )
        return Draft(event, told, when is not None, _takes_up(reading, roles), _is_dependent(reading.clause))

    def _factuality(self, reading: Reading) -> Factuality:
        outermost = reading.forces[0] if reading.forces else ""
        if _is_embedded(reading):
            return "background"
        if _is_purpose(reading.clause) and reading.code[:2] in VIOLENCE:
            return "planned"
        if outermost in ("refuse", "obligation") and reading.act.force != "refuse":
            return "happened"
        category, rule = self.factualities.judge(reading.predicate)
        forced = self.lexicon.ontology.forces[outermost].factuality if outermost else "happened"
        if outermost == "future":
            return category if category in NEVER_HAPPENED else forced
        return category if rule else self.factualities.judge(reading.clause, forced)[0]

    def speaker(self, verb: Word) -> Word | None:
        """Who reports the clause: the subject of the verb of saying that governs it."""
        word = verb
        for governor in ancestors(verb):
            if word.dep_ not in ("ccomp", "parataxis", "conj", "xcomp", "advcl", "acomp", "dobj"):
                return None
            if word.dep_ in ("ccomp", "parataxis") and self._reports(governor):
                return subject(governor)
            word = governor
        return None

    def _reports(self, verb: Word) -> bool:
        patterns = self.lexicon.index.get(("V", verb.lemma_.lower()), ())
        return any(pattern.act.force == "report" for pattern in patterns)


def names_somebody(reading: Reading, roles: Roles) -> bool:
    """Whether an act has a side at all; violence wants one that is known for a political actor ('Arsenal attacked')."""
    sides = (*roles.actors, *roles.recipients)
    if reading.code[:2] in VIOLENCE:
        return any(actor.country or actor.sector or actor.kind not in ("person", "") for actor in sides)
    return bool(sides)


def stands_alone(reading: Reading) -> bool:
    """Whether a nominal act is used as an act and not merely mentioned ('discussed the withdrawal')."""
    word = reading.predicate
    if word.pos_ not in ("NOUN", "PROPN"):
        return True
    while word.dep_ == "conj":
        word = word.head
    if reading.support is not None:
        return True
    if word.dep_ in ("nsubj", "nsubjpass"):
        return word.head.lemma_ not in STATIVE
    if word.dep_ == "ROOT":
        return bool(obliques(word, "by", "between", "of", "on", "against", "with"))
    if word.dep_ == "pobj" and word.head.head.pos_ in ("VERB", "AUX"):
        if reading.code[:2] == PROTESTING:
            return word.head.lower_ == "in"
        return word.head.lower_ in ("in", "during", "at", "after", "following", "on") and reading.code[:2] == CONSULTING
    if word.dep_ == "appos":
        return reading.code[:2] == AIDING and bool(obliques(word, "from", "by"))
    return False


def _is_embedded(reading: Reading) -> bool:
    """An act that only tells which thing is meant: 'the agreements reached at the meetings of the presidents'."""
    clause = clause_of(reading.clause)
    if clause.dep_ != "acl" or clause.tag_ != "VBN":
        return False
    noun = clause.head
    return noun.dep_ == "pobj" and noun.head.head.pos_ in ("NOUN", "PROPN")


def _is_purpose(verb: Word) -> bool:
    """What is only aimed at: 'equipped a battalion to fight the rebels'."""
    return verb.tag_ == "VB" and verb.dep_ == "advcl" and has_to(verb)


def _takes_up(reading: Reading, roles: Roles) -> bool:
    """Whether a noun takes up something known: 'the attack', 'their meeting', 'the attack killed'."""
    word: Word | None = reading.predicate
    if not roles.actors and reading.predicate.pos_ == "VERB":
        word = subject(reading.predicate)
    if word is None or word.pos_ != "NOUN":
        return False
    known = [*children(word, "det"), *children(word, "poss")]
    return any(child.lower_ in DEFINITE or (child.dep_ == "poss" and child.pos_ == "PRON") for child in known)


def _is_dependent(clause: Word) -> bool:
    """Whether a clause without a subject of its own elaborates another one."""
    return clause.dep_ in ("advcl", "acl", "xcomp") and not children(clause, "nsubj", "nsubjpass")


def _is_long_past(when: TimeReference | None, day: date | None) -> bool:
    """Whether the sentence dates the act long before the document: history, told to explain the news."""
    return when is not None and day is not None and when.date_end < day - HISTORY


def _place(reading: Reading, mentions: Mentions) -> Place | None:
    words = [reading.predicate] if reading.support is None else [reading.predicate, reading.support]
    nouns = (noun for word in words for noun in located(word))
    return next((place for noun in nouns if (place := mentions.place(noun)) is not None), None)
