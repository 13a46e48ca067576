"""What tells the parties of an act from those that only stand beside it: owners, guesses, other clauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.events.arguments import children, clause_of, obliques
from communique.events.composition import Reading
from communique.model import Actor
from communique.text.tree import Word

GUESS = 0.6
# 'The army' of a text on one country is its army, as 'artillery' is not its artillery.
BODIES = frozenset({"army", "military", "navy", "junta"})
FORCES = frozenset({"MIL", "REB", "PRM", "COP"})
MISSIONS = frozenset({"embassy", "consulate", "mission", "envoy", "ambassador", "diplomat"})
BESIDES = frozenset("as when after while since before because although though where whereas".split())


def without_guess(actor: Actor) -> Actor:
    """Forces named without a country are not those of the place that they are in: 'artillery struck Jermuk'."""
    guessed = len(actor.country) == 3 and actor.country != "IGO" and actor.confidence <= GUESS
    body = actor.text.split()[-1].lower() in BODIES
    guessed = guessed and actor.sector == "MIL" and not actor.entity_id and not body
    return replace(actor, country="") if guessed else actor


def is_besides(clause: Word) -> bool:
    """Whether a clause tells of another act, not of what this one is about: 'as police cracked down on', 'after'."""
    return any(mark.lower_ in BESIDES for mark in children(clause, "mark", "advmod"))


def shares_clause(noun: Word, word: Word) -> bool:
    """Whether a noun stands in the clause of a word, or in one without a subject of its own."""
    verb = clause_of(noun)
    return verb == clause_of(word) or not children(verb, "nsubj", "nsubjpass")


def is_own(noun: Word, actor: Actor, taken: Sequence[Actor]) -> bool:
    """Whether a phrase names what belongs to the other side itself: 'Egypt is willing to withdraw its troops'."""
    mine = any(child.pos_ == "PRON" for child in children(noun, "poss"))
    belongs = actor.sector in FORCES or noun.lemma_ in MISSIONS
    return mine and belongs and any(actor.country == other.country for other in taken)


def is_makers(noun: Word, actor: Actor, taken: Sequence[Actor]) -> bool:
    """Whether a thing belongs to who acts, so that it is meant for somebody else: 'voiced Egypt's solidarity with'."""
    owned = any(owner.pos_ != "PRON" for owner in children(noun, "poss"))
    return owned and noun.pos_ != "PROPN" and any(actor.country == other.country for other in taken)


def is_between(reading: Reading) -> bool:
    """'the ceasefire between X and Y': an act of both towards each other, whatever its frame."""
    return not is_verbal(reading.predicate) and bool(obliques(reading.predicate, "between"))


def is_verbal(word: Word) -> bool:
    return word.pos_ in ("VERB", "AUX") or (word.tag_ in ("VBN", "VBD", "VBG") and word.pos_ != "NOUN")


def among(actor: Actor, taken: Sequence[Actor], *, same_country: bool) -> bool:
    """Whether an actor is on the other side already; a state may act on its own territory ('a curfew in Santiago')."""
    return any(
        (actor.start < other.end and other.start < actor.end)
        or (not same_country and bool(actor.entity_id) and actor.entity_id == other.entity_id)
        for other in taken
    )
