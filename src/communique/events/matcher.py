"""Finds the wordings of acts in a sentence: patterns of the lexicon against the dependency parse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from communique.actors.mentions import Mentions
from communique.events.arguments import (
    agents,
    attached,
    children,
    conjuncts,
    core,
    infinitives,
    obliques,
    patients,
    small_clauses,
)
from communique.events.lexicon import ANYTHING, EventLexicon, Need, Pattern
from communique.text.calendar import NAMES
from communique.text.tree import Span, Word

TIMES = NAMES | frozenset("jan. feb. aug. sept. oct. nov. dec. weekend day eve morning evening night".split())
POS = {"VERB": "V", "AUX": "V", "NOUN": "N", "PROPN": "N", "ADJ": "A"}


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern that fits at a token; `tokens` are the words that it rests on, in text order."""

    head: Word
    pattern: Pattern
    tokens: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """A pattern that was tried, and why it fired or not: for `communique explain`."""

    trigger: str
    rule: str
    pattern: str
    fired: bool
    reason: str


class Matcher:
    """Matches the patterns of a lexicon.

    Args:
        lexicon: the acts to look for.
    """

    def __init__(self, lexicon: EventLexicon) -> None:
        self.lexicon = lexicon
        self._lemmas = frozenset(head for _, head in lexicon.index)

    def matches(self, sentence: Span, mentions: Mentions) -> dict[int, Match]:
        """The most specific pattern at each token of the sentence, by the token's index in the document."""
        found: dict[int, Match] = {}
        for token in sentence:
            for pattern in self._candidates(token):
                tokens, _ = _fit(pattern, token, mentions)
                if tokens is not None:
                    found[token.i] = Match(token, pattern, tokens)
                    break
        return found

    def trials(self, sentence: Span, mentions: Mentions) -> Iterator[Trial]:
        """Every pattern tried in the sentence, with its outcome."""
        for token in sentence:
            fired = False
            for pattern in self._candidates(token):
                tokens, reason = _fit(pattern, token, mentions)
                takes = tokens is not None and not fired
                why = "fits" if takes else reason or "a more specific wording fits"
                yield Trial(token.text, pattern.act.id, pattern.source, takes, why)
                fired = fired or takes

    def _candidates(self, token: Word) -> tuple[Pattern, ...]:
        pos = POS.get(token.pos_)
        if pos is None:
            return ()
        lemma = token.lemma_.lower()
        if lemma not in self._lemmas:
            lemma = _singular(lemma)
            if lemma not in self._lemmas:
                return ()
        if pos == "V" and token.dep_ == "amod":
            return ()
        if pos == "A" and token.tag_ in ("VBN", "VBD"):
            pos = "V"
        return self.lexicon.index.get((pos, lemma), ())


def _singular(lemma: str) -> str:
    """The tagger takes capitalised plurals for names and leaves them as they are."""
    return lemma[:-1] if lemma.endswith("s") and len(lemma) > 4 else lemma


def _fit(pattern: Pattern, token: Word, mentions: Mentions) -> tuple[tuple[Word, ...] | None, str]:
    used = [token]
    for names in pattern.particles:
        particle = _particle(token, names)
        if particle is None:
            return None, f"no {'/'.join(sorted(names))}"
        used.append(particle)
    for names in pattern.modifiers:
        modifier = next((t for t in _premodifiers(token) if t.lower_ in names or t.lemma_.lower() in names), None)
        if modifier is None:
            return None, f"no {'/'.join(sorted(names))} before it"
        used.append(modifier)
    for need in pattern.needs:
        fillers = _fillers(token, need.slot, pattern.pos)
        hit = next((t for t in fillers if _satisfies(t, need, mentions)), None)
        if (hit is None) is not need.negated:
            return None, f"{need.slot} is {'' if need.negated else 'not '}{_brief(need)}"
        if hit is not None and not need.wants_actor:
            used.append(hit)
    if pattern.complement and not children(token, "xcomp", "ccomp", "acl", "advcl", "relcl"):
        return None, "no infinitive or clause follows"
    return tuple(sorted(set(used), key=lambda t: t.i)), ""


def _particle(token: Word, names: frozenset[str]) -> Word | None:
    for child in token.rights:
        fits = child.lower_ in names and child.dep_ in ("prt", "prep", "advmod", "dative", "agent", "mark")
        if fits and not _names_a_time(child):
            return child
    for child in token.lefts:
        if child.lower_ in names and child.dep_ == "advmod":
            return child
    for child in token.children:
        if child.dep_ in ("prep", "prt", "advmod", "dobj", "nsubjpass", "acomp"):
            for inner in child.children:
                fits = inner.lower_ in names and inner.dep_ in ("prep", "prt") and inner.i > token.i
                if fits and inner.lower_ != "of" and not _names_a_time(inner):
                    return inner
    return None


def _names_a_time(preposition: Word) -> bool:
    """'called on Wednesday' is no call on anybody."""
    return any(noun.lower_ in TIMES or noun.like_num for noun in preposition.children)


def _premodifiers(noun: Word) -> Iterator[Word]:
    for child in noun.lefts:
        if child.dep_ in ("compound", "amod", "nmod", "poss", "advmod", "npadvmod", "punct", "dep", "nummod"):
            yield child
            yield from _premodifiers(child)


def _fillers(token: Word, slot: str, pos: str) -> Iterable[Word]:
    if slot == "obj":
        return patients(token) if pos == "V" else obliques(token, "of")
    if slot == "subj":
        return agents(token)
    if slot == "inf":
        return infinitives(token)
    if slot == "inf-subj":
        return [noun for verb in infinitives(token) for noun in agents(verb)]
    if slot == "pred":
        return small_clauses(token)
    return attached(token, *slot.split("/")) if pos == "V" else obliques(token, *slot.split("/"))


def _satisfies(filler: Word, need: Need, mentions: Mentions) -> bool:
    for noun in conjuncts(filler):
        carrier = core(noun)
        if ANYTHING in need.words:
            return True
        if need.wants_actor and mentions.actors(carrier):
            return True
        lemma = carrier.lemma_.lower()
        if lemma in need.words or _singular(lemma) in need.words or carrier.lower_ in need.words:
            return True
        if any(
            f"{modifier.lower_} {lemma}" in need.words or f"{modifier.lemma_.lower()} {lemma}" in need.words
            for modifier in _premodifiers(carrier)
        ):
            return True
    return False


def _brief(need: Need) -> str:
    words = sorted(need.words)
    return ", ".join(words[:4]) + (" ..." if len(words) > 4 else "")
