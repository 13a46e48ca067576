"""Invitations: who asked whom to what, and whether it was accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from communique.diplomacy.scene import Scene
from communique.diplomacy.tellings import is_one, known
from communique.diplomacy.things import Invitation, InvitationStatus
from communique.diplomacy.wordings import load_sets
from communique.events.arguments import (
    agents,
    attached,
    children,
    clause_of,
    has_to,
    is_passive,
    obliques,
    patients,
    subject,
)
from communique.model import Actor, Source
from communique.text.tree import Word

UNREAL = frozenset({"denied", "conditional", "called-for"})
# How far below an invitation 'the invitation was accepted' still answers it, in sentences.
NEAR = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What one place of a text says of an invitation."""

    head: Word
    quote: Source
    by: tuple[Actor, ...]
    to: tuple[Actor, ...]
    occasion: Source | None
    status: InvitationStatus


class Invitations:
    """Finds invitations."""

    def __init__(self) -> None:
        self._sets = load_sets("invitations")

    def find(self, scene: Scene) -> Iterator[Invitation]:
        """The invitations of a document, each with all its tellings."""
        joined: list[list[Asked]] = []
        for asked in self._all(scene):
            same = next((each for each in reversed(joined) if _is_same(each, asked)), None)
            if same is not None:
                same.append(asked)
            elif asked.by and asked.to:
                joined.append([asked])
        for each in joined:
            yield _invitation(scene, each)

    def _all(self, scene: Scene) -> Iterator[Asked]:
        for word in scene.with_lemma(frozenset({"invite", "invitation", "accept", "decline", "ask", "say"})):
            lemma = word.lemma_.lower()
            asked = None
            if lemma == "ask" and word.pos_ == "VERB" and self._asks_to_come(word):
                asked = self._by_verb(scene, word)
            if lemma == "say" and any(child.lower_ == "no" for child in word.children):
                asked = self._answer(scene, word)
            if lemma == "invite" and word.pos_ == "VERB":
                asked = self._by_verb(scene, word)
            elif lemma == "invitation" and word.pos_ in ("NOUN", "PROPN"):
                asked = self._by_noun(scene, word)
            elif lemma in ("accept", "decline") and word.pos_ == "VERB":
                asked = self._answer(scene, word)
            if asked is not None:
                yield asked

    def _by_verb(self, scene: Scene, verb: Word) -> Asked | None:
        if scene.factuality(verb) in UNREAL:
            return None
        by, guests = known(scene.actors(agents(verb))), patients(verb)
        to = _apart(scene, by, known(scene.actors(guests)))
        occasion = self._occasion(scene, verb) or next(
            (found for guest in guests if (found := self._occasion(scene, guest))), None
        )
        if not by or not to:
            return None
        last = max([*guests, verb], key=_at)
        return Asked(verb, self._quote(scene, verb, last, occasion), by, to, occasion, "given")

    def _by_noun(self, scene: Scene, noun: Word) -> Asked | None:
        verb = noun.head if noun.dep_ in ("dobj", "nsubjpass", "nsubj") and noun.head.pos_ == "VERB" else None
        if {child.lower_ for child in noun.lefts} & {"no", "any"}:
            return None
        hosts = [*obliques(noun, "of", "from", "by"), *children(noun, "poss")]
        guests = [*obliques(noun, "to"), *obliques(noun, "for")]
        guests = [guest for guest in guests if scene.mentions.actors(guest) and scene.mentions.place(guest) is None]
        coming = [
            clause for word in (noun, verb) if word is not None for clause in children(word, "acl", "advcl", "xcomp")
        ]
        guests += [who for clause in coming if clause.tag_ == "VB" for who in children(clause, "nsubj")]
        status: InvitationStatus = "given"
        if verb is not None:
            hosts, guests, status = self._around(verb, hosts, guests)
            if scene.factuality(verb) in UNREAL and status == "given":
                return None
        elif noun.dep_ == "pobj" and noun.head.lower_ in ("at", "on", "upon"):
            guests, status = agents(clause_of(noun)), "accepted"
        by, to = known(scene.actors(hosts)), known(_people(scene, guests))
        to = _apart(scene, by, to)
        if not to and guests and (speaker := scene.speaker(clause_of(guests[0]))) is not None:
            to = known(scene.actors([speaker]))
        if by and not to:
            to = scene.opposite(by, noun)
        elif to and not by:
            by = scene.opposite(to, noun)
        occasion = self._occasion(scene, noun) or (self._occasion(scene, verb) if verb is not None else None)
        if occasion is None and noun.dep_ == "pobj":
            occasion = _visit(scene, clause_of(noun))
        first, last = (noun, noun) if verb is None else sorted((noun, verb), key=_at)
        ends = [host for host in hosts if host.i > last.i and host.sent is noun.sent]
        last = max([last, *ends[:1]], key=_at)
        return Asked(noun, self._quote(scene, first, last, occasion), by, to, occasion, status)

    def _asks_to_come(self, verb: Word) -> bool:
        """'Asked me to come back for the opening', 'asked me back for the day'."""
        comes = any(child.lemma_ in ("come", "visit", "attend", "return") for child in children(verb, "xcomp", "ccomp"))
        return comes or any(child.lower_ == "back" for child in children(verb, "advmod", "prt"))

    def _around(
        self, verb: Word, hosts: list[Word], guests: list[Word]
    ) -> tuple[list[Word], list[Word], InvitationStatus]:
        """Host, guest and status as the verb of the noun tells them."""
        lemma = verb.lemma_.lower()
        if lemma in self._sets["giving"]:
            return [*agents(verb), *hosts], guests or obliques(verb, "to"), "given"
        if lemma in self._sets["receiving"]:
            return [*hosts, *obliques(verb, "from")], agents(verb), "given"
        if lemma in self._sets["accepting"]:
            return hosts, agents(verb) or guests, "declined" if self._is_refused(verb) else "accepted"
        if lemma in self._sets["declining"]:
            return hosts, agents(verb) or guests, "declined"
        return hosts, guests or ([] if is_passive(verb) else agents(verb)), "given"

    def _is_refused(self, verb: Word) -> bool:
        above = [verb, verb.head] if verb.dep_ in ("xcomp", "ccomp") else [verb]
        words = [child for word in above for child in (word, *word.children)]
        return any(word.dep_ == "neg" or word.lower_ in self._sets["unable"] for word in words)

    def _answer(self, scene: Scene, verb: Word) -> Asked | None:
        """'He invited the Speaker; she accepted': an answer without an object of its own."""
        things = [noun for noun in patients(verb) if noun.lower_ not in ("which", "that", "it", "no")]
        relative = verb.dep_ == "relcl"
        if things and not relative and not is_passive(verb):
            return None
        guest = subject(verb)
        if guest is None or guest.lemma_.lower() == "invitation" or is_passive(verb):
            return None
        if any(child.dep_ in ("ccomp", "xcomp") for child in verb.children):
            return None
        refused = self._is_refused(verb) or verb.lemma_ in ("decline", "say")
        quote = scene.quote(*sorted((guest, verb), key=_at))
        to = known(scene.actors([guest])) if guest.pos_ != "PRON" else ()
        return Asked(verb, quote, (), to, None, "declined" if refused else "accepted")

    def _occasion(self, scene: Scene, word: Word) -> Source | None:
        """The words of what somebody is asked to: 'visit Accra next year', 'the opening of the school'."""
        for clause in children(word, "xcomp", "ccomp", "acl", "advcl", "relcl"):
            if clause.tag_ == "VB" and has_to(clause):
                words = [each for each in clause.subtree if each.i >= clause.i]
                return scene.quote(clause, _end(words))
        for prep in children(word, "prep", "dative"):
            if prep.lower_ in ("to", "for"):
                for noun in children(prep, "pobj"):
                    if not scene.mentions.actors(noun) or scene.mentions.place(noun) is not None:
                        return scene.quote(noun.left_edge, _end(list(noun.subtree)))
        return None

    def _quote(self, scene: Scene, first: Word, last: Word, occasion: Source | None) -> Source:
        quote = scene.quote(first, last)
        if occasion is None or occasion.start < quote.end or occasion.sentence != quote.sentence:
            return quote
        end = scene.word_at(occasion.end - 1)
        return scene.quote(first, end) if end is not None else quote


def _apart(scene: Scene, by: tuple[Actor, ...], to: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """The guests without the hosts; 'the Speaker' whom a speaker invites is the other one."""
    same = [actor for actor in to if any(is_one(actor, host) for host in by)]
    others = [other for actor in same if (other := scene.namesake(actor, by)) is not None]
    return (*(actor for actor in to if actor not in same), *others)


def _people(scene: Scene, heads: list[Word]) -> tuple[Actor, ...]:
    """Those who are asked; of a name in apposition both."""
    beside = [child for head in heads for child in children(head, "appos")]
    return scene.actors([*heads, *beside])


def _visit(scene: Scene, clause: Word) -> Source | None:
    """'At the invitation of X, Y paid an official visit to Z': the visit."""
    for noun in clause.subtree:
        if noun.lemma_ == "visit" and noun.i > clause.i:
            goals = attached(noun, "to") or [noun]
            lefts = [child for child in noun.lefts if child.dep_ in ("amod", "compound")]
            return scene.quote(min([noun, *lefts], key=_at), max([noun, *goals], key=_at))
    return None


def _at(word: Word) -> int:
    return word.i


def _end(words: list[Word]) -> Word:
    """The last word before another clause or a mark."""
    for before, word in pairwise(words):
        if word.text in (";", ",", ".", ":", "—") or word.i != before.i + 1:
            return before
    return words[-1]


def _is_same(joined: list[Asked], asked: Asked) -> bool:
    first = joined[0]
    near = asked.quote.sentence - joined[-1].quote.sentence <= NEAR
    if asked.status != "given" and not asked.by:
        guests = tuple(actor for each in joined for actor in each.to)
        fits = not asked.to or not guests or any(is_one(one, other) for one in asked.to for other in guests)
        return near and fits and first.status == "given"
    if not asked.by and not asked.to:
        return near and asked.occasion is None
    return _meet(first.by, asked.by) and _meet(first.to, asked.to) and _one_occasion(first, asked)


def _meet(some: tuple[Actor, ...], others: tuple[Actor, ...]) -> bool:
    if not some or not others:
        return True
    return any(is_one(one, other) or one.country == other.country for one in some for other in others)


def _one_occasion(first: Asked, asked: Asked) -> bool:
    if first.occasion is None or asked.occasion is None:
        return True
    mine, theirs = (set(each.occasion.trigger.casefold().split()) for each in (first, asked) if each.occasion)
    return len(mine & theirs) * 2 >= min(len(mine), len(theirs))


def _invitation(scene: Scene, joined: list[Asked]) -> Invitation:
    first = joined[0]
    answers = [asked.status for asked in joined if asked.status != "given"]
    occasion = next((asked.occasion for asked in joined if asked.occasion is not None), None)
    by = next((asked.by for asked in joined if asked.by), ())
    to = next((asked.to for asked in joined if asked.to), ())
    return Invitation(
        id=scene.id("invitation", first.quote),
        document_id=scene.document_id,
        quote=first.quote,
        sources=tuple(dict.fromkeys(asked.quote for asked in joined)),
        by=by,
        to=to,
        occasion=occasion.trigger if occasion else "",
        place=scene.place(scene.words_of(occasion)) if occasion else None,
        status=answers[-1] if answers else "given",
        when=scene.when(first.head),
    )
