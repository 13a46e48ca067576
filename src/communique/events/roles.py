"""Who did it and to whom: fills an act's frame from the arguments of its predicate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from communique.actors.mentions import Mentions
from communique.events.arguments import (
    agents,
    attached,
    children,
    conjuncts,
    core,
    doers,
    located,
    obliques,
    patients,
    places_in,
    prepositions,
    subject,
)
from communique.events.composition import Reading
from communique.events.home import at_home, own_country
from communique.events.lexicon import EventLexicon
from communique.events.parties import (
    among,
    is_besides,
    is_between,
    is_makers,
    is_own,
    is_verbal,
    shares_clause,
    without_guess,
)
from communique.model import Actor, Place
from communique.text.calendar import NAMES
from communique.text.parsed import ParsedDocument
from communique.text.tree import Word

OWNERS_ACTING = ("by", "from", "of")
OWNERS_TARGETED = ("by", "from", "of", "against", "on", "to", "with", "for", "in", "between", "into", "at")
AIMED = ("with", "for", "to", "towards", "against", "on")
# Whose content is done by somebody else than the one who says it.
AGAINST_OTHERS = frozenset({"accuse", "demand", "threaten"})
# A state breaks no relations with itself.
SANCTIONS = "16"
CONVICTS = "convict"
# Slots that are no words of their own.
COMPUTED = frozenset({"content", "place", "aim", "whither", "comp"})
WHERE = frozenset({"in", "near", "along", "around", "at", "from", "outside"})
TIMES = frozenset("day week weekend month year hour minute evening morning afternoon night noon midnight today".split())
COMING = frozenset({"come", "emanate", "arrive", "pour", "emerge"})
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "dative", "poss"})


@dataclass(frozen=True, slots=True)
class Roles:
    """Both sides of an act."""

    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]


class RoleFinder:
    """Finds both sides of the acts of one document.

    Args:
        lexicon: the frames.
        parsed: the document.
        mentions: who its noun phrases denote.
    """

    def __init__(self, lexicon: EventLexicon, parsed: ParsedDocument, mentions: Mentions) -> None:
        self.lexicon = lexicon
        self.parsed = parsed
        self.mentions = mentions

    def roles(self, reading: Reading, speaker: Word | None) -> Roles:
        """Actors and recipients of an act; `speaker` is who reports it, for a subject that is a bare pronoun."""
        found = self._named(reading, speaker)
        event_type = self.lexicon.ontology.codes[reading.code].type
        actors = at_home(found.actors, found.recipients, event_type)
        recipients = at_home(found.recipients, actors, event_type)
        return Roles(actors, own_country(actors, recipients, reading.innermost.code))

    def _named(self, reading: Reading, speaker: Word | None) -> Roles:
        if reading.forces[:1] == ("obligation",):
            return self._obligation(reading, speaker)
        frame = self.lexicon.frames[reading.act.frame]
        actors = self._fill(reading, self._actor_slots(reading), (), OWNERS_ACTING) or self._author(reading)
        if speaker is not None and self._needs_speaker(reading, actors):
            actors = tuple(a for noun in conjuncts(speaker) for a in self._who(noun, OWNERS_ACTING))
        if not actors and reading.content is not None and reading.act.force not in AGAINST_OTHERS:
            actors = self._fill(reading.content, self._actor_slots(reading.content), (), OWNERS_ACTING)
        inner = self.lexicon.frames[reading.innermost.act.frame]
        mutual = frame.reciprocal or inner.reciprocal or is_between(reading)
        if mutual and len(actors) > 1:
            others = self._fill(reading.innermost, ("with",), actors, ()) or self._foreign(reading.innermost, actors)
            return Roles(actors, others) if others else Roles(actors[:1], actors[1:])
        recipients = self._recipients(reading, actors)
        if not recipients and frame.things:
            recipients = tuple(t for t in self._things(reading) if not among(t, actors, same_country=True))
        if reading.code[:2] == SANCTIONS and reading.innermost.act.mode != CONVICTS:
            own = {actor.country for actor in actors}
            theirs = tuple(actor for actor in recipients if not actor.country or actor.country not in own)
            further = tuple(slot for slot in frame.recipient if slot != "obj")
            recipients = theirs or self._fill(reading, further, actors, OWNERS_TARGETED)
        return Roles(actors, recipients)

    def _foreign(self, reading: Reading, actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
        """Whom several do something to that could be mutual: 'Ireland, Norway and Spain recognised Palestine'."""
        known = {actor.country for actor in actors}
        slots = [slot for slot in self.lexicon.frames[reading.act.frame].recipient if slot in ("obj", "to")]
        found = self._fill(reading, slots, actors, ())
        return tuple(actor for actor in found if actor.country and actor.country not in known)

    def _author(self, reading: Reading) -> tuple[Actor, ...]:
        """'The Senate passed a resolution criticising the president': who makes the paper says what it says."""
        word = reading.clause
        if word.dep_ != "acl" or word.tag_ != "VBG":
            return ()
        above = word.head.head
        if word.head.dep_ != "dobj" or above.pos_ != "VERB":
            return ()
        return tuple(actor for noun in agents(above) for actor in self._who(noun, OWNERS_ACTING))

    def _obligation(self, reading: Reading, speaker: Word | None) -> Roles:
        """'X said that Y must Z': X asks, and Y is asked."""
        actors = tuple(a for noun in conjuncts(speaker) for a in self._who(noun, OWNERS_ACTING)) if speaker else ()
        return Roles(actors, self._fill(reading, self._actor_slots(reading), actors, OWNERS_TARGETED))

    def _recipients(self, reading: Reading, actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
        frame = self.lexicon.frames[reading.act.frame]
        slots = frame.recipient if is_verbal(reading.predicate) else frame.noun_recipient
        found = self._fill(reading, slots, actors, OWNERS_TARGETED)
        if not found and reading.content is not None:
            found = self._recipients(reading.content, actors)
            if not found:
                found = self._fill(reading.content, ("subj", "poss", "mod"), actors, OWNERS_TARGETED)
        return found

    def _actor_slots(self, reading: Reading) -> tuple[str, ...]:
        frame = self.lexicon.frames[reading.act.frame]
        return frame.actor if is_verbal(reading.predicate) else frame.noun_actor

    def _needs_speaker(self, reading: Reading, actors: tuple[Actor, ...]) -> bool:
        found = subject(reading.clause)
        return not actors and found is not None and found.pos_ == "PRON"

    def _fill(
        self, reading: Reading, slots: Iterable[str], taken: Sequence[Actor], owners: tuple[str, ...]
    ) -> tuple[Actor, ...]:
        for slot in slots:
            found: dict[tuple[str, str], Actor] = {}
            for actor in self._candidates(reading, slot, taken, owners):
                if not among(actor, taken, same_country=slot in ("in", "place")):
                    found.setdefault((actor.text, actor.country), actor)
            if found:
                return tuple(found.values())
        return ()

    def _candidates(
        self, reading: Reading, slot: str, taken: Sequence[Actor], owners: tuple[str, ...]
    ) -> Iterator[Actor]:
        if slot == "content":
            if reading.content is not None:
                yield from self._recipients(reading.content, tuple(taken))
        elif slot == "place":
            yield from self._places(reading)
        elif slot == "aim":
            yield from self._aimed_at(reading, taken)
        elif slot == "whither":
            yield from self._sent_to(reading)
        else:
            for noun in self._slot(reading, slot):
                found = self._who(noun, owners if slot != "in" else ())
                if owners is OWNERS_TARGETED and any(is_makers(noun, actor, taken) for actor in found):
                    found = self._by_preposition(core(noun), AIMED) or found
                yield from (actor for actor in found if not is_own(noun, actor, taken))

    def _places(self, reading: Reading) -> Iterator[Actor]:
        """The country of the place where it happens: that of the act, else the only one that the sentence names."""
        words = [word for word in (reading.predicate, reading.support) if word is not None]
        near = [place for word in words for noun in located(word) if (place := self._inhabited(noun)) is not None]
        same = [noun for noun in places_in(reading.predicate.sent) if shares_clause(noun, reading.clause)]
        anywhere = near or [place for noun in same if (place := self._inhabited(noun))]
        if near or len({place.country for place in anywhere}) == 1:
            place, confidence = anywhere[0], 0.5 if near else 0.4
            why = "the place where it happens"
            words_of_it = (place.text, place.start, place.end, place.name)
            yield Actor(*words_of_it, country=place.country, kind="place", confidence=confidence, why=why)

    def _inhabited(self, noun: Word) -> Place | None:
        place = self.mentions.place(noun)
        return place if place is not None and place.country else None

    def _aimed_at(self, reading: Reading, taken: Sequence[Actor]) -> Iterator[Actor]:
        """The first one that a clause of purpose, demand or condition names."""
        words = dict.fromkeys((reading.clause, reading.predicate, *reading.tokens))
        aims = [aim for word in words for aim in children(word, "advcl", "xcomp", "acl")]
        aims += [prep for prep in children(reading.clause, "prep") if prep.lower_ == "for"]
        for clause in (aim for aim in aims if not is_besides(aim)):
            for word in clause.subtree:
                if word.dep_ in ARGUMENTS and word.pos_ in ("NOUN", "PROPN"):
                    found = [a for a in self._who(word, OWNERS_TARGETED) if not among(a, taken, same_country=False)]
                    found = [actor for actor in found if not is_own(word, actor, taken)]
                    if found:
                        yield from found
                        return

    def _sent_to(self, reading: Reading) -> Iterator[Actor]:
        """'sent experts to Kenya to investigate': where those are sent who are to do it."""
        clause = reading.clause
        if clause.dep_ in ("advcl", "xcomp", "acl") and clause.tag_ == "VB":
            for noun in attached(clause.head, "to", "into"):
                yield from self._who(noun, ())

    def _slot(self, reading: Reading, slot: str) -> list[Word]:
        word = reading.predicate
        if slot == "comp":
            return [t for t in (self._complement_subject(reading),) if t is not None]
        if is_verbal(word):
            if slot == "subj":
                return agents(word)
            if slot == "obj":
                return patients(word) + [n for d in children(word, "dative") if d.pos_ != "ADP" for n in conjuncts(d)]
            nouns = attached(word, slot)
            # 'Took part in operations in Mali': what the wording itself needs brings the next one.
            return [n for noun in nouns if noun in reading.tokens for n in obliques(noun, slot)] or nouns
        return self._noun_slot(reading, slot)

    def _noun_slot(self, reading: Reading, slot: str) -> list[Word]:
        noun, support = reading.predicate, reading.support
        if noun.pos_ == "ADJ" and support is not None and slot in ("subj", "support"):
            return [t for t in (subject(support),) for t in (conjuncts(t) if t is not None else [])]
        if slot == "poss":
            return [n for owner in children(noun, "poss") for n in conjuncts(owner)]
        if slot == "mod":
            return [n for m in children(noun, "amod", "compound", "nmod") for n in conjuncts(m)]
        if slot in ("support", "subj"):
            return self._supporters(noun, support)
        if slot == "support-obj" and support is not None:
            undergoes = self.lexicon.support.get(support.lemma_.lower()) == "recipient"
            return [n for n in (agents if undergoes else patients)(support) if n.i != noun.i]
        if slot == "obj":
            return obliques(noun, "of")
        if slot == "by":
            return doers(noun)
        found = obliques(noun, slot)
        if not found and support is None and noun.dep_ == "nsubj" and noun.head.lemma_ in COMING:
            # 'Criticism came from the Council'.
            return obliques(noun.head, slot)
        if not found and support is not None:
            found = [n for n in attached(support, slot) if n.i != noun.i and n.i > support.i]
        return found

    def _supporters(self, noun: Word, support: Word | None) -> list[Word]:
        if support is not None and support.pos_ in ("VERB", "AUX"):
            if self.lexicon.support.get(support.lemma_.lower()) == "recipient":
                return []
            return [n for n in agents(support) if n.i != noun.i]
        if noun.dep_ == "pobj" and noun.head.head.pos_ in ("VERB", "AUX"):
            return agents(noun.head.head)
        return []

    def _complement_subject(self, reading: Reading) -> Word | None:
        word = reading.predicate
        # The parser hangs 'that Kenya ease ...' on the verb of 'repeated its demand today that Kenya ease ...'.
        clauses = children(word.head, "ccomp") if word.pos_ == "NOUN" and word.dep_ == "dobj" else []
        aims = [child for child in children(word, "advcl") if not is_besides(child)]
        for child in [*children(word, "ccomp", "xcomp"), *aims, *children(word, "acl", "relcl"), *clauses]:
            for grandchild in children(child, "nsubj", "nsubjpass"):
                return grandchild
        return None

    def _who(self, noun: Word, owners: tuple[str, ...]) -> tuple[Actor, ...]:
        """Whom a noun phrase names: itself, or else who owns the thing ('Haiti's efforts')."""
        noun = core(noun)
        found = tuple(without_guess(actor) for actor in self.mentions.actors(noun))
        if noun.pos_ == "NUM" and not found:
            return self._by_preposition(noun, owners) or self._counted(noun)
        known = bool(found) and (owners is not OWNERS_TARGETED or any(actor.country for actor in found))
        if owners is OWNERS_ACTING and found and not any(actor.country or actor.entity_id for actor in found):
            return self._of_its_owner(noun, found)
        if known or not owners or noun.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM", "VERB"):
            return found
        # Of prisoners without a nation it is told whose they are: 'prisoners held by Iraq'.
        whose = self._owner_of(noun, owners)
        return whose if any(actor.country for actor in whose) else found or whose

    def _of_its_owner(self, noun: Word, found: tuple[Actor, ...]) -> tuple[Actor, ...]:
        """A body that the lexicon does not know has the country of whose it is: 'Serbia's BIA'."""
        owners = [
            a for owner in children(noun, "poss", "nmod", "compound", "amod") for a in self.mentions.actors(owner)
        ]
        countries = dict.fromkeys(actor.country for actor in owners if actor.country)
        return tuple(replace(actor, country=next(iter(countries))) for actor in found) if len(countries) == 1 else found

    def _owner_of(self, noun: Word, owners: tuple[str, ...]) -> tuple[Actor, ...]:
        for owner in children(noun, "poss"):
            if owner.pos_ == "PRON" and owners is OWNERS_TARGETED:
                continue
            found = tuple(a for n in conjuncts(owner) for a in self._who(n, owners))
            if found:
                return found
        for participle in children(noun, "acl"):
            if participle.tag_ == "VB":
                continue
            doers = [n for n in (*agents(participle), *obliques(participle, "by")) if n.i != noun.i]
            found = tuple(a for n in doers for a in self.mentions.actors(core(n)))
            if found:
                return found
        for modifier in children(noun, "amod", "compound", "nmod"):
            found = tuple(a for n in conjuncts(modifier) for a in self.mentions.actors(n))
            if found:
                return found
        return self._by_preposition(noun, owners) or self._aim_of(noun, owners)

    def _aim_of(self, noun: Word, owners: tuple[str, ...]) -> tuple[Actor, ...]:
        """Whom a noun's infinitive is done to: Yemen in 'efforts to preserve Yemen's unity'."""
        if owners is not OWNERS_TARGETED:
            return ()
        infinitives = [clause for clause in children(noun, "acl") if clause.tag_ == "VB"]
        return tuple(a for clause in infinitives for thing in patients(clause) for a in self._who(thing, owners))

    def _counted(self, number: Word) -> tuple[Actor, ...]:
        """Who a bare number counts: those whom the sentence has just named, 'dispersed protesters, arresting 12'."""
        for token in reversed(list(number.sent)[: number.i - number.sent.start]):
            if token.dep_ in ("dobj", "pobj") and token.tag_ in ("NNS", "NNPS"):
                found = tuple(actor for actor in self.mentions.actors(token) if actor.kind in ("group", "office"))
                if found:
                    return found
        return ()

    def _by_preposition(self, noun: Word, owners: tuple[str, ...]) -> tuple[Actor, ...]:
        present = {preposition.lower_ for preposition in prepositions(noun)}
        for name in owners:
            if name in present:
                found = tuple(a for n in obliques(noun, name) for a in self._who(n, owners))
                if found:
                    return found
        return ()

    def _things(self, reading: Reading) -> tuple[Actor, ...]:
        """What the act is about, as bare text, when nobody is named: 'condemned the attack'."""
        frame = self.lexicon.frames[reading.act.frame]
        verbal = is_verbal(reading.predicate)
        own = {reading.predicate.i} if frame.own_object else {token.i for token in reading.tokens}
        for slot in frame.recipient if verbal else frame.noun_recipient:
            plain = slot not in COMPUTED | WHERE and not (slot == "of" and verbal)
            nouns = self._slot(reading, slot) if plain else []
            for noun in nouns:
                if noun.i in own or noun.pos_ not in ("NOUN", "PROPN") or self.mentions.actors(core(noun)):
                    continue
                if not noun.ent_type_ and noun.lower_ not in NAMES | TIMES:
                    words = self.parsed.words(next(iter(noun.subtree)), noun)
                    return (Actor(words.text, words.start, words.end, confidence=0.3, why="named by its words alone"),)
        return ()
