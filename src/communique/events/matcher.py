"""Finds the wordings of acts in a sentence: patterns of the lexicon against the dependency parse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial

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
            patterns = self._candidates(token)
            if not patterns:
                continue
            trigger = Trigger(token, mentions)
            for pattern in patterns:
                tokens, _ = _fit(pattern, trigger)
                if tokens is not None:
                    found[token.i] = Match(token, pattern, tokens)
                    break
        return found

    def trials(self, sentence: Span, mentions: Mentions) -> Iterator[Trial]:
        """Every pattern tried in the sentence, with its outcome."""
        for token in sentence:
            fired, trigger = False, Trigger(token, mentions)
            for pattern in self._candidates(token):
                tokens, reason = _fit(pattern, trigger)
                takes = tokens is not None and not fired
                why = "fits" if takes else reason() or "a more specific wording fits"
                yield Trial(token.text, pattern.act.id, pattern.source, takes, why)
                fired = fired or takes

    def _candidates(self, token: Word) -> tuple[Pattern, ...]:
        pos = POS.get(token.pos_)
        if pos is None:
            return ()
        lemma = token.lemma_.lower()
        if lemma not in self._lemmas:
            lemma = next((other for other in _other_lemmas(lemma) if other in self._lemmas), "")
            if not lemma:
                return ()
        if pos == "V" and token.dep_ == "amod":
            return ()
        if pos == "A" and token.tag_ in ("VBN", "VBD"):
            pos = "V"
        return self.lexicon.index.get((pos, lemma), ())


def _singular(lemma: str) -> str:
    """The tagger takes capitalised plurals for names and leaves them as they are."""
    return lemma[:-1] if lemma.endswith("s") and len(lemma) > 4 else lemma


def _other_lemmas(lemma: str) -> Iterator[str]:
    """What a word may be the form of where the lemmatiser does not know it: 'petitioned', 'resupplie', 'kitte'."""
    yield _singular(lemma)
    if lemma.endswith("ed") and len(lemma) > 5:
        yield lemma[:-2]
        yield lemma[:-1]
    if lemma.endswith("ie"):
        yield f"{lemma[:-2]}y"
    if lemma.endswith("e") and lemma[-2:-1] == lemma[-3:-2]:
        yield lemma[:-2]
    if lemma.endswith("l"):
        yield f"{lemma}l"


@dataclass(frozen=True, slots=True)
class Filler:
    """A word that fills a slot, with those coordinated with it, and all that a need may call them."""

    word: Word
    carriers: tuple[Word, ...]
    names: frozenset[str]

    @classmethod
    def of(cls, word: Word) -> Filler:
        """A filler from its word."""
        carriers = tuple(map(core, conjuncts(word)))
        return cls(word, carriers, frozenset(name for carrier in carriers for name in _names(carrier)))

    def satisfies(self, need: Need, mentions: Mentions) -> bool:
        """Whether it is what a need wants."""
        if ANYTHING in need.words or not self.names.isdisjoint(need.words):
            return True
        return need.wants_actor and any(mentions.actors(carrier) for carrier in self.carriers)


class Trigger:
    """A word that patterns are tried at; what stands around it is looked for once for all of them."""

    def __init__(self, token: Word, mentions: Mentions) -> None:
        self.token = token
        self.mentions = mentions
        self._fillers: dict[tuple[str, str], tuple[Filler, ...]] = {}

    @cached_property
    def particles(self) -> tuple[Word, ...]:
        """What may be its particle, the likeliest first."""
        return tuple(_particles(self.token))

    @cached_property
    def modifiers(self) -> tuple[Word, ...]:
        """The words before it that belong to it."""
        return tuple(_premodifiers(self.token))

    def fillers(self, slot: str, pos: str) -> tuple[Filler, ...]:
        """The words that fill a slot of its frame."""
        found = self._fillers.get((slot, pos))
        if found is None:
            found = self._fillers[slot, pos] = tuple(map(Filler.of, _fillers(self.token, slot, pos)))
        return found


def _fit(pattern: Pattern, trigger: Trigger) -> tuple[tuple[Word, ...] | None, Callable[[], str]]:
    """The words that a pattern rests on where it fits, else None and why not."""
    used = [trigger.token]
    for names in pattern.particles:
        particle = next((t for t in trigger.particles if t.lower_ in names), None)
        if particle is None:
            return None, partial(_lacks, names)
        used.append(particle)
    for names in pattern.modifiers:
        modifier = next((t for t in trigger.modifiers if t.lower_ in names or t.lemma_.lower() in names), None)
        if modifier is None:
            return None, partial(_lacks, names, " before it")
        used.append(modifier)
    for need in pattern.needs:
        fillers = trigger.fillers(need.slot, pattern.pos)
        hit = next((filler.word for filler in fillers if filler.satisfies(need, trigger.mentions)), None)
        if (hit is None) is not need.negated:
            return None, partial(_brief, need)
        if hit is not None and not need.wants_actor:
            used.append(hit)
    if pattern.complement and not children(trigger.token, "xcomp", "ccomp", "acl", "advcl", "relcl"):
        return None, lambda: "no infinitive or clause follows"
    return tuple(sorted(set(used), key=lambda t: t.i)), str


def _particles(token: Word) -> Iterator[Word]:
    for child in token.rights:
        if child.dep_ in ("prt", "prep", "advmod", "dative", "agent", "mark", "intj") and not _names_a_time(child):
            yield child
    for child in token.rights:
        # 'Let go of the hostages': a bare verb right behind is one with its governor.
        if child.dep_ in ("ccomp", "xcomp") and child.i == token.i + 1:
            yield child
            yield from (inner for inner in child.children if inner.dep_ == "prep")
    yield from (child for child in token.lefts if child.dep_ == "advmod")
    for child in token.children:
        if child.dep_ in ("prep", "prt", "advmod", "dobj", "nsubjpass", "acomp"):
            for inner in child.children:
                # 'Of' hangs on any noun; it is a particle only in 'out of'.
                own = inner.lower_ != "of" or child.lower_ == "out"
                fits = inner.dep_ in ("prep", "prt") and inner.i > token.i and own
                if fits and not _names_a_time(inner):
                    yield inner


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
        subjects = (child for verb in infinitives(token) for child in children(verb, "nsubj", "nsubjpass"))
        return [noun for child in subjects for noun in conjuncts(child)]
    if slot == "pred":
        return small_clauses(token)
    if pos != "V":
        return obliques(token, *slot.split("/"))
    # 'Took the state to court': the tagger makes a verb of the noun.
    misread = [verb for verb in children(token, "xcomp", "advcl") if verb.tag_ == "VB" and not children(verb, "dobj")]
    return [*attached(token, *slot.split("/")), *(misread if slot == "to" else ())]


def _names(word: Word) -> Iterator[str]:
    """What a word is called, also with what stands before it."""
    lemma = word.lemma_.lower()
    yield from (lemma, _singular(lemma), word.lower_)
    for modifier in _premodifiers(word):
        yield f"{modifier.lower_} {lemma}"
        yield f"{modifier.lemma_.lower()} {lemma}"


def _lacks(names: frozenset[str], where: str = "") -> str:
    return f"no {'/'.join(sorted(names))}{where}"


def _brief(need: Need) -> str:
    words = sorted(need.words)
    some = ", ".join(words[:4]) + (" ..." if len(words) > 4 else "")
    return f"{need.slot} is {'' if need.negated else 'not '}{some}"
