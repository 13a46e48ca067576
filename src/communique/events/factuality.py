"""Whether an act came about: declarative context rules over the words that govern it.

In the manner of ConText (Harkema et al. 2009), but over the parse: a rule names cues, where they stand to the act
(`position`), how far they reach (`scope`), what limits them (`of`, `links`) and the category that they give. What only
colours its own clause (a tense) is `weak`: it holds unless a word further up says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from communique.datafiles import packaged, read_yaml_entries
from communique.events.arguments import SUBJECTS, ancestors, children, governor
from communique.model import Factuality

Position = Literal[
    "aux", "neg", "mark", "governor", "itself", "modifier", "determiner", "adverb", "subject", "oblique", "condition",
    "predicative", "form",
]  # fmt: skip
Scope = Literal["clause", "complement", "predicate", "sentence"]
CLAUSE = frozenset({"conj"})
COMPLEMENT = CLAUSE | {"xcomp", "ccomp", "pcomp", "prep", "pobj", "dobj", "acl", "acomp", "attr", "oprd", "purpose"}
PREDICATE = frozenset({"nsubj", "nsubjpass"})
REACH: dict[Scope, frozenset[str]] = {
    "clause": CLAUSE,
    "complement": COMPLEMENT,
    "predicate": COMPLEMENT | PREDICATE,
    "sentence": frozenset(),
}
MAX_STEPS = 7
CIRCUMSTANTIAL = frozenset(
    "in at during after before since until with by near amid between within through throughout under as".split()
)
PLACES = {
    "aux": ("aux",),
    "neg": ("neg", "preconj", "cc", "advmod"),
    "mark": ("mark", "advmod"),
    "modifier": ("amod", "compound", "nmod"),
    "determiner": ("det",),
    "adverb": ("advmod", "npadvmod"),
}
NUMBER = re.compile(r"[12]\d{3}s?")
DECADE = re.compile(r"(?:1\d|20)?\d0s")


@dataclass(frozen=True, slots=True)
class Rule:
    """A context rule.

    Attributes:
        category: the factuality it gives.
        position: where the cue stands to the act or to a word above it.
        cues: lemmas, lower-case forms or (for 'oblique') phrases; for 'form' the names of grammatical forms.
        scope: 'clause' for the cue's own clause, 'complement' for what depends on it, 'predicate' for its subject, too,
            'sentence' for all below it.
        of: lemmas that the subject of the cue must be one of, or the word that carries the cue where there is none.
        links: the relations by which the act may hang on the cue; empty for any that the scope has.
        negated: the category where the cue itself is negated or refused.
        weak: whether a rule that fits further up wins.
    """

    id: str
    category: Factuality
    position: Position
    cues: tuple[str, ...] = ()
    scope: Scope = "clause"
    of: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    negated: Factuality | Literal[""] = ""
    weak: bool = False


class Factualities:
    """Judges acts by the rules of data/factuality.yaml; the nearest word wins, and there the first rule that fits."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules
        self._local = tuple(rule for rule in rules if rule.scope != "sentence")
        self._wide = tuple(rule for rule in rules if rule.scope == "sentence")
        self._refusing = frozenset(
            cue for rule in rules if rule.category == "denied" and rule.position == "governor" for cue in rule.cues
        )

    @classmethod
    def load(cls) -> Factualities:
        """The rules that ship with the package."""
        return cls(tuple(read_yaml_entries(packaged("communique.events.data", "factuality.yaml"), Rule)))

    def judge(self, word: Token, default: Factuality = "happened") -> tuple[Factuality, str]:
        """The category of an act at `word`, and the rule that gave it ('' for the default)."""
        weak: Rule | None = None
        for step, above, links in _climb(word):
            for rule in self._local:
                if (step and not links <= REACH[rule.scope]) or not _fits(rule, above, links, step):
                    continue
                category = self._category(rule, above)
                if not rule.weak or category != rule.category:
                    return category, rule.id
                weak = weak or rule
        for above in (word, *ancestors(word)):
            for rule in self._wide:
                if _fits(rule, above, frozenset({"dep"}), 1):
                    return rule.category, rule.id
        return (weak.category, weak.id) if weak is not None else (default, "")

    def _category(self, rule: Rule, cue: Token) -> Factuality:
        if rule.negated and (_is_negated(cue) or _is_refused(cue, self._refusing)):
            return rule.negated
        return rule.category


def _climb(word: Token) -> Iterator[tuple[int, Token, frozenset[str]]]:
    """The word and its governors, with the relations on the way."""
    links: frozenset[str] = frozenset()
    for step in range(MAX_STEPS):
        yield step, word, links
        link = _link(word)
        if word.head.i == word.i or link not in REACH["predicate"]:
            return
        if link == "conj" and (children(word, *SUBJECTS) or any(aux.lower_ != "to" for aux in children(word, "aux"))):
            return
        links = links | {link}
        word = governor(word)


def _link(word: Token) -> str:
    """The relation of a word to its governor as far as it can be the governor's content; '' where it cannot.

    An infinitive that the parser takes for an adverbial is a 'purpose'. A participle only describes its noun, and what
    follows 'in' or 'after' is where or when, not what.
    """
    label = word.dep_
    if label == "advcl":
        if word.tag_ == "VB" and any(aux.lower_ == "to" for aux in children(word, "aux")):
            return "purpose"
        follows = word.tag_ == "VBG" and 0 < word.i - word.head.i <= 2
        return "purpose" if follows and not children(word, "mark", "advmod", *SUBJECTS) else ""
    if label in ("acl", "relcl"):
        content = word.tag_ == "VB" or (label == "acl" and bool(children(word, "mark")))
        return "acl" if content else ""
    if label in PREDICATE and word.pos_ not in ("NOUN", "PROPN"):
        return ""
    if label == "prep" and word.lower_ in CIRCUMSTANTIAL:
        return label if word.lower_ in ("in", "at") and children(word, "pcomp") else ""
    return label


def _fits(rule: Rule, word: Token, links: frozenset[str], step: int) -> bool:
    position = rule.position
    if position == "form":
        return step == 0 and any(FORMS[name](word) for name in rule.cues)
    if position == "itself":
        found = _is_cue(word, rule.cues) and not _has_modal(word)
    elif position == "governor":
        found = bool(links - CLAUSE) and _is_cue(word, rule.cues)
    elif position == "subject":
        found = any(_is_cue(t, rule.cues) for s in children(word, *SUBJECTS) for t in _with_negation(s))
    elif position == "oblique":
        found = any(_names(phrase, rule.cues) for phrase in _obliques(word))
    elif position == "predicative":
        found = any(_is_cue(child, rule.cues) for child in children(word, "acomp", "attr", "oprd"))
    elif position == "condition":
        clauses = children(word, "advcl")
        marks = [mark for clause in clauses for mark in children(clause, "mark", "advmod")]
        found = _has_modal(word) and any(_is_cue(mark, rule.cues) for mark in marks)
    elif position == "neg":
        found = any(_is_cue(child, rule.cues) for child in _negations(word))
    else:
        found = any(_is_cue(child, rule.cues) for child in children(word, *PLACES[position]))
    if not found or (rule.links and not links & set(rule.links)):
        return False
    if not rule.of:
        return True
    subjects = children(word, *SUBJECTS) if position in ("governor", "itself") else [word]
    return any(_is_cue(subject, rule.of) for subject in subjects)


def _is_cue(token: Token, cues: Container[str]) -> bool:
    lemma = token.lemma_.lower()
    if token.lower_ in cues or lemma in cues:
        return True
    return token.pos_ == "VERB" and any(f"{lemma} {particle.lower_}" in cues for particle in children(token, "prt"))


def _negations(word: Token) -> list[Token]:
    """Negating words of a clause: not the 'not' of 'not only', but the 'nor' that stands before a second clause."""
    own = [child for child in children(word, *PLACES["neg"]) if child.nbor().lower_ not in ("only", "just")]
    if word.dep_ == "conj":
        own.extend(link for link in children(word.head, "cc") if link.lower_ == "nor" and link.i < word.i)
    return own


def _has_modal(verb: Token) -> bool:
    return any(aux.tag_ == "MD" for aux in children(verb, "aux"))


def _with_negation(subject: Token) -> list[Token]:
    """'nobody', 'no soldier', 'neither Greece nor Cyprus', 'not a single man'."""
    return [subject, *children(subject, "det", "neg", "preconj", "cc", "advmod", "predet")]


def _obliques(word: Token) -> Iterator[list[str]]:
    """The words of each adverbial of a verb, or of each prepositional phrase of a noun, without clauses inside."""
    for child in children(word, "prep", "npadvmod", "advmod", "nummod"):
        yield [token.lower_ for token in sorted(_phrase(child), key=lambda t: t.i)]


def _phrase(word: Token) -> Iterator[Token]:
    yield word
    for child in word.children:
        if child.dep_ not in ("acl", "relcl", "advcl", "pcomp"):
            yield from _phrase(child)


def _names(phrase: list[str], cues: Iterable[str]) -> bool:
    text = f" {' '.join(phrase)} "
    return any(f" {cue} " in text for cue in cues)


def _is_negated(cue: Token) -> bool:
    """Whether a word that brings an act is itself negated: 'has no plans to', 'did not agree to'."""
    carriers = [cue]
    if cue.pos_ in ("NOUN", "ADJ") and cue.dep_ in ("dobj", "attr", "acomp", "nsubjpass"):
        carriers.append(cue.head)
    words = [child for carrier in carriers for child in children(carrier, "neg", "det")]
    return any(word.dep_ == "neg" or word.lower_ in ("no", "neither") for word in words)


def _is_refused(cue: Token, refusing: frozenset[str]) -> bool:
    return cue.dep_ in ("dobj", "nsubjpass", "pobj") and any(
        _is_cue(above, refusing) for above in (cue.head, *([cue.head.head] if cue.dep_ == "pobj" else []))
    )


def _is_pluperfect(verb: Token) -> bool:
    if not any(child.lower_ == "had" for child in children(verb, "aux")):
        return False
    return verb.dep_ in ("relcl", "advcl")


def _is_progressive(verb: Token) -> bool:
    """'is shelling', 'are being expelled', 'the troops fighting in Yemen'; a past progressive counts as well."""
    if verb.tag_ == "VBG":
        return verb.dep_ == "acl" or any(aux.lemma_ == "be" for aux in children(verb, "aux"))
    being = any(aux.lower_ == "being" for aux in children(verb, "auxpass"))
    return being and any(aux.lemma_ == "be" for aux in children(verb, "aux"))


def _is_state(word: Token) -> bool:
    """'doctors are on strike', 'the town is under siege'; no single act has an article there ('is on a visit')."""
    above = word.head
    if word.dep_ != "pobj" or above.lower_ not in ("on", "under") or children(word, "det"):
        return False
    return above.head.lemma_ in ("be", "remain", "stay") and above.head.tag_ in ("VBZ", "VBP")


def _is_going_on(word: Token) -> bool:
    """'the fighting is going on', 'they go on fighting', 'talks are under way'."""
    above = word.head
    if word.dep_ == "nsubj":
        under = [inner.lower_ for child in children(above, "prep") for inner in child.children]
        return (above.lemma_ == "be" and ("way" in under or bool(_words(above, "underway")))) or _goes_on(above)
    return word.tag_ == "VBG" and word.dep_ in ("xcomp", "advcl") and _goes_on(above)


def _goes_on(verb: Token) -> bool:
    return verb.lemma_ == "go" and bool(_words(verb, "on"))


def _words(verb: Token, *names: str) -> list[Token]:
    return [child for child in verb.children if child.lower_ in names and child.dep_ in ("prt", "advmod", "acomp")]


def _is_asked(word: Token) -> bool:
    """Whether the sentence is a question."""
    return any(token.text == "?" for token in word.sent[-2:])


def _is_inverted(verb: Token) -> bool:
    """'Should Iran attack, ...', 'Had France intervened, ...': a condition without a conjunction."""
    first = next(iter(children(verb, "aux", "auxpass")), None)
    if first is None or first.lower_ not in ("should", "had", "were") or _is_asked(verb):
        return False
    return any(subject.i > first.i for subject in children(verb, *SUBJECTS))


def _is_in_case(verb: Token) -> bool:
    """'in case the border closes', 'in the event that it closes'."""
    return verb.dep_ == "advcl" and any(
        noun.lower_ in ("case", "event") for prep in children(verb, "prep") if prep.i < verb.i for noun in prep.children
    )


def _is_reported_would(verb: Token) -> bool:
    """'said that it would': the future as seen from a past; no condition."""
    head = verb
    while head.dep_ == "conj":
        head = head.head
    backshifted = head.dep_ in ("ccomp", "acl") and head.head.tag_ in ("VBD", "VBN", "NN", "NNS", "VBG")
    return backshifted and any(aux.lower_ in ("would", "'d") for aux in children(verb, "aux"))


def _is_present_with_future_time(verb: Token) -> bool:
    """'flies to Kabul tomorrow'."""
    times = ("tomorrow", "next week", "next month", "next year", *(f"next {day}" for day in WEEKDAYS))
    return verb.tag_ in ("VBZ", "VBP") and any(_names(phrase, times) for phrase in _obliques(verb))


def _is_of_an_old_year(word: Token) -> bool:
    """'in 1812', 'in the 1980s': older than any news that we read (from 1990)."""
    later = [clause for clause in children(word, "advcl") if children(clause, "mark", "advmod", "prep")]
    return any(
        (NUMBER.fullmatch(part) and part[:4] < "1990") or DECADE.fullmatch(part)
        for verb in (word, *later)
        for phrase in _obliques(verb)
        for part in phrase
    )


def _is_named_by_year(noun: Token) -> bool:
    """'the 1990 invasion', 'the 2008 war': which of them is meant."""
    return noun.pos_ in ("NOUN", "PROPN") and any(
        NUMBER.fullmatch(child.text) for child in children(noun, "nummod", "compound", "nmod", "amod")
    )


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FORMS: dict[str, Callable[[Token], bool]] = {
    "pluperfect": _is_pluperfect,
    "progressive": _is_progressive,
    "state": _is_state,
    "going-on": _is_going_on,
    "question": _is_asked,
    "inversion": _is_inverted,
    "in-case": _is_in_case,
    "reported-would": _is_reported_would,
    "present-with-future-time": _is_present_with_future_time,
    "old-year": _is_of_an_old_year,
    "named-by-year": _is_named_by_year,
}
