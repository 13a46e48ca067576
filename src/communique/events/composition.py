"""Composes acts: auxiliary and speech act over content act, as deep as the sentence nests them.

'threatened to stop talks' is threaten x (cease x negotiate). What a force does to a code is data
(data/composition.yaml); this module finds which word is the content of which.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from communique.events.arguments import (
    QUANTITIES,
    ancestors,
    children,
    conjuncts,
    core,
    governor,
    has_to,
    headline_subject,
    objects,
    patients,
    prepositions,
)
from communique.events.lexicon import Act, EventLexicon
from communique.events.matcher import Match
from communique.text.tree import Span, Word

FUTURE = frozenset({"will", "shall", "'ll", "wo", "would"})
OBLIGATION = frozenset({"must", "should", "ought"})
HAVING_TO = frozenset({"ought", "has", "have"})
CLAUSES = ("xcomp", "ccomp", "advcl", "acl", "relcl")
BRINGING_CONTENT = frozenset({"to", "for", "of", "on", "with", "from", "in"})
COPULAS = frozenset({"be", "become", "remain", "stand", "seem", "appear"})
MAX_DEPTH = 5


@dataclass(frozen=True, slots=True)
class Reading:
    """An act as read in the sentence.

    Attributes:
        code: its CAMEO code.
        act: the lexicon's act that names the rule: the outermost one with a wording.
        predicate: the word whose arguments give the roles.
        support: the light verb that carries a nominal act, if any.
        content: the act inside, for a composed reading.
        tokens: the words that the act rests on.
        forces: what was applied to the innermost act, outermost first.
    """

    code: str
    act: Act
    predicate: Word
    tokens: tuple[Word, ...]
    support: Word | None = None
    content: Reading | None = None
    forces: tuple[str, ...] = ()

    @property
    def clause(self) -> Word:
        """The word that carries tense and negation."""
        return self.support if self.support is not None else self.predicate

    @property
    def innermost(self) -> Reading:
        """The content act at the bottom."""
        return self.content.innermost if self.content is not None else self


class Composer:
    """Reads the acts of one sentence from the wordings that matched.

    Args:
        lexicon: the acts and what forces do to codes.
        matches: the matches of the sentence, by token index.
    """

    def __init__(self, lexicon: EventLexicon, matches: Mapping[int, Match]) -> None:
        self.lexicon = lexicon
        self.matches = matches
        self._consumed: set[int] = set()

    def readings(self, sentence: Span) -> list[Reading]:
        """The acts of the sentence in text order; one that is the content of another is not given by itself."""
        found: list[Reading] = []
        by_depth = sorted((t for t in sentence if t.i in self.matches), key=lambda t: (_depth(t), t.i))
        for token in by_depth:
            if token.i in self._consumed:
                continue
            found.extend(self._top(token))
        found.extend(self._obligations(sentence, {reading.clause.i for reading in found}))
        return sorted(self._absorbed(found), key=lambda r: r.tokens[0].i)

    def _absorbed(self, readings: list[Reading]) -> list[Reading]:
        """Without the acts that only tell what another one is about: 'marched, calling for his resignation'."""
        kept = list(readings)
        places = {word.i: n for n, r in enumerate(readings) for word in (r.predicate, r.clause)}
        gone: set[int] = set()
        for number, reading in enumerate(readings):
            above = next((places[word.i] for word in _depends_on(reading.clause) if word.i in places), None)
            if above is not None and (code := self.lexicon.ontology.absorb(kept[above].code, reading.code)):
                kept[above] = replace(kept[above], code=code)
                gone.add(number)
        return [reading for number, reading in enumerate(kept) if number not in gone]

    def _obligations(self, sentence: Span, coded: set[int]) -> Iterator[Reading]:
        """'X said that Y must ...': a demand, whatever it is that Y must do."""
        act = self.lexicon.by_id.get("demand.obligation")
        if act is None:
            return
        for token in sentence:
            owes = token.dep_ == "aux" and token.lower_ in OBLIGATION
            # 'Ought to' and 'has to' are verbs of their own: 'Mali has to disarm the gunmen, France said'.
            must = token.dep_ == "ccomp" and token.lower_ in HAVING_TO and bool(children(token, "xcomp"))
            if owes or must:
                verb = token.head if owes else children(token, "xcomp")[0]
                if verb.i not in coded and (must or _is_reported(verb)):
                    yield Reading(act.cameo, act, verb, (token,), forces=("obligation",))

    def _top(self, token: Word) -> Iterator[Reading]:
        for reading in self._read(token, 0):
            settled = self._with_auxiliaries(reading)
            if settled is not None and settled.code:
                yield settled

    def _read(self, token: Word, depth: int) -> list[Reading]:
        """Readings of a matched word; several where its content is coordinated."""
        match = self.matches[token.i]
        act = match.pattern.act
        self._consumed.update(t.i for t in match.tokens)
        own = Reading(act.cameo, act, token, match.tokens, self._support(token))
        if not act.force or act.force == "report":
            return [own]
        force = self.lexicon.ontology.forces[act.force]
        composed: list[Reading] = []
        if depth < MAX_DEPTH:
            for inner in self._contents(match, depth):
                code = force.apply(inner.code) if inner.code else ""
                if not code:
                    continue
                first = not composed
                own_words = first and act.force != "same" and token.lemma_ not in COPULAS
                tokens = match.tokens if own_words else inner.tokens
                composed.append(
                    replace(own, code=code, content=inner, tokens=tokens, forces=(act.force, *inner.forces))
                )
        if composed:
            return _without_repeats(composed)
        return [own] if act.cameo else []

    def _contents(self, match: Match, depth: int) -> Iterator[Reading]:
        """Readings of the words that are the content of a force."""
        seen: set[int] = set()
        for candidate in _complements(match):
            for word in conjuncts(candidate):
                if word.i not in seen and (word.dep_ != "conj" or governor(word).i != match.head.i):
                    seen.add(word.i)
                    yield from self._content(word, depth)

    def _content(self, word: Word, depth: int) -> Iterator[Reading]:
        for carrier in self._carriers(word):
            match = self.matches[carrier.i]
            readings = self._read(carrier, depth + 1)
            self._consumed.add(match.head.i)
            for reading in readings:
                if children(reading.clause, "neg") or _has_no(reading):
                    code = self.lexicon.ontology.forces["cease"].apply(reading.code)
                    yield replace(reading, code=code, forces=("cease", *reading.forces))
                else:
                    yield reading
            if readings:
                return

    def _carriers(self, word: Word) -> Iterator[Word]:
        """Where the act of a complement may sit: on the word, under a copula, or in a light verb's object."""
        carrier = core(word) if word.pos_ in ("NOUN", "PROPN") else word
        if carrier.i in self.matches:
            yield carrier
        if word.pos_ in ("VERB", "AUX"):
            if word.lemma_ in COPULAS:
                inner = children(word, "acomp", "attr", "prep")
            elif self.lexicon.support.get(word.lemma_.lower()):
                inner = [core(noun) for noun in patients(word)]
                inner += [core(noun) for prep in children(word, "prep") for noun in objects(prep)]
            else:
                inner = []
            for noun in inner:
                if noun.i in self.matches:
                    yield noun

    def _support(self, token: Word) -> Word | None:
        """The light verb or preposition's verb that brings a nominal act its subject."""
        if token.pos_ in ("VERB", "AUX"):
            return None
        word = token
        while word.dep_ == "conj" or (word.dep_ == "pobj" and word.head.head.lemma_.lower() in QUANTITIES):
            word = word.head if word.dep_ == "conj" else word.head.head
        above = word.head
        if word.dep_ in ("pobj", "pcomp") and above.dep_ == "prep":
            above = above.head
        if word.dep_ in ("acomp", "attr", "oprd"):
            return above
        if word.dep_ in ("dobj", "nsubjpass", "pobj") and above.pos_ == "VERB":
            return above if above.lemma_.lower() in self.lexicon.support else None
        if above.pos_ == "NOUN" and word.dep_ in ("acl", "relcl"):
            return above
        return None

    def _with_auxiliaries(self, reading: Reading) -> Reading | None:
        """What modals and negation make of an act: 'will visit' is an intention, 'will not allow' a refusal."""
        forces = self.lexicon.ontology.forces
        verb = _tensed(reading.clause)
        auxiliaries = {aux.lower_ for aux in children(_governing(verb), "aux")}
        negated = bool(children(verb, "neg")) or _has_no(reading)
        if auxiliaries & FUTURE or _is_headline_future(verb):
            name = "refuse" if negated else "future"
        elif auxiliaries & OBLIGATION and _is_reported(verb):
            name = "obligation"
        elif negated:
            name = "negated"
        else:
            return reading
        code = forces[name].apply(reading.code)
        if not code:
            return None
        return replace(reading, code=code, forces=(name, *reading.forces))


def _governing(verb: Word) -> Word:
    """The verb whose tense holds for an infinitive of purpose as well: 'will go to Mali to mediate'."""
    purpose = verb.tag_ == "VB" and verb.dep_ in ("advcl", "xcomp") and verb.head.pos_ in ("VERB", "AUX")
    return verb.head if purpose and has_to(verb) else verb


def _has_no(reading: Reading) -> bool:
    """'gave no ground', 'made no promise': the negation stands with a noun of the wording."""
    return any(child.lower_ == "no" for word in reading.tokens for child in children(word, "det"))


def _is_headline_future(verb: Word) -> bool:
    """'Ankara to shut its airspace': in a headline an infinitive with a subject is a future."""
    while verb.dep_ == "conj" and not children(verb, "nsubj", "nsubjpass"):
        verb = verb.head
    return headline_subject(verb) is not None


def _depends_on(clause: Word) -> Iterator[Word]:
    """The words that a clause without a subject of its own elaborates, nearest first."""
    for _ in range(MAX_DEPTH):
        depends = clause.dep_ in ("advcl", "acl", "xcomp", "conj", "pcomp", "prep", "pobj")
        if not depends or children(clause, "nsubj", "nsubjpass"):
            return
        clause = clause.head
        yield clause


def _is_reported(verb: Word) -> bool:
    """Whether somebody says the clause: only then is an obligation a demand of theirs."""
    while verb.dep_ == "conj":
        verb = verb.head
    return verb.dep_ in ("ccomp", "parataxis")


def _complements(match: Match) -> Iterator[Word]:
    """The words that can be the content of a force, nearest kind first."""
    head, pattern = match.head, match.pattern
    yield from children(head, *CLAUSES[:2])
    if head.pos_ in ("VERB", "AUX"):
        yield from patients(head)
        for child in children(head, "dobj", "dative", "nsubjpass"):
            yield from children(child, "xcomp", "acl", "ccomp")
        for child in children(head, "advcl"):
            if child.tag_ == "VB" or pattern.act.force == "demand":
                yield child
    else:
        yield from children(head, "acl", "relcl")
    wanted = {name for names in pattern.particles for name in names}
    for preposition in prepositions(head):
        if preposition.lower_ in wanted | BRINGING_CONTENT:
            yield from objects(preposition)
    if head.pos_ in ("VERB", "AUX") and pattern.act.force == "cease" and not patients(head):
        yield from (noun for child in children(head, "nsubj") for noun in conjuncts(child))


def _tensed(token: Word) -> Word:
    """The verb that carries a clause's auxiliaries: its own, the copula above it, or the first conjunct's."""
    for _ in range(MAX_DEPTH):
        if (token.pos_ not in ("VERB", "AUX") and token.dep_ in ("acomp", "attr", "oprd", "conj")) or (
            token.dep_ == "conj" and token.tag_ == "VB" and not children(token, "nsubj", "nsubjpass", "aux")
        ):
            token = token.head
        else:
            break
    return token


def _without_repeats(readings: list[Reading]) -> list[Reading]:
    kept: dict[str, Reading] = {}
    for reading in readings:
        kept.setdefault(reading.code, reading)
    return list(kept.values())


def _depth(token: Word) -> int:
    return sum(1 for _ in ancestors(token))
