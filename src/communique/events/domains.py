"""What is no politics though its words could be: sport, weather, markets, private life (data/domains.yaml)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from communique.datafiles import packaged, read_yaml_entries
from communique.events.arguments import agents, conjuncts, core, patients
from communique.events.composition import Reading
from communique.events.roles import Roles
from communique.model import Actor, EventType
from communique.text.tree import Word

Position = Literal["agent", "patient", "clause"]
CLAUSES = frozenset({"ccomp", "advcl", "relcl", "acl", "parataxis", "conj", "xcomp"})
# Sectors of those who live by sport, trade or art themselves: they make nothing political.
PRIVATE = frozenset({"CVL", "BUS", "SOC", "EDU", "MED", ""})


@dataclass(frozen=True, slots=True)
class Domain:
    """A rule that keeps acts of some types from being coded where its words stand in a position."""

    id: str
    position: Position
    words: tuple[str, ...]
    types: tuple[EventType, ...] = ()
    unless: Literal["political", ""] = ""


class Domains:
    """Tells acts of politics from those of other domains.

    Args:
        rules: the rules; names of sets in their words ('@none_nature') stand for the set's words.
        sets: the sets of the lexicon.
    """

    def __init__(self, rules: Iterable[Domain], sets: Mapping[str, frozenset[str]]) -> None:
        self._rules = tuple((rule, _expand(rule.words, sets)) for rule in rules)

    @classmethod
    def load(cls, sets: Mapping[str, frozenset[str]]) -> Domains:
        """The rules that ship with the package."""
        return cls(read_yaml_entries(packaged("communique.events.data", "domains.yaml"), Domain), sets)

    def stops(self, reading: Reading, event_type: EventType, roles: Roles) -> bool:
        """Whether an act belongs to another domain than politics."""
        political = any(map(_is_political, (*roles.actors, *roles.recipients)))
        found: dict[Position, frozenset[str]] = {}
        for rule, words in self._rules:
            if (rule.types and event_type not in rule.types) or (political and rule.unless):
                continue
            if rule.position not in found:
                found[rule.position] = frozenset(_lemmas(_standing(reading, rule.position)))
            if not words.isdisjoint(found[rule.position]):
                return True
        return False


def _expand(words: Iterable[str], sets: Mapping[str, frozenset[str]]) -> frozenset[str]:
    found: set[str] = set()
    for word in words:
        found |= sets[word[1:]] if word.startswith("@") else {word}
    return frozenset(found)


def _is_political(actor: Actor) -> bool:
    return actor.sector not in PRIVATE or actor.kind == "organisation" or bool(actor.office)


def _standing(reading: Reading, position: Position) -> Iterable[Word]:
    inner = reading.innermost
    if position == "clause":
        return _clause(inner.clause)
    nouns = agents(inner.predicate) if position == "agent" else patients(inner.predicate)
    if position == "agent" and not nouns and inner.support is not None:
        nouns = agents(inner.support)
    words = [carrier for noun in nouns for word in conjuncts(noun) for carrier in (word, core(word))]
    # A name is nobody's common noun: 'ICE returned the paintings'.
    return [word for word in words if word.pos_ != "PROPN" and not word.is_upper]


def _clause(word: Word) -> Iterator[Word]:
    yield word
    for child in word.children:
        if child.dep_ not in CLAUSES:
            yield from _clause(child)


def _lemmas(words: Iterable[Word]) -> Iterator[str]:
    """Lemmas, also of compounds with a hyphen or a space: 'quarter-final', 'penalty shootout'."""
    for word in words:
        lemma = word.lemma_.lower()
        yield lemma
        before = [child for child in word.lefts if child.dep_ in ("compound", "amod", "nmod", "punct")]
        if before:
            joined = "".join(child.lower_ if child.dep_ != "punct" else "-" for child in before[-2:])
            yield f"{joined}{lemma}" if "-" in joined else f"{before[-1].lower_} {lemma}"
