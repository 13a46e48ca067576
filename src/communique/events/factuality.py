"""Whether an act came about: declarative context rules over the words that govern it.

In the manner of ConText (Harkema et al. 2009), but over the parse: a rule names cues, where they stand to the act
(`position`), how far they reach (`scope`), what limits them (`of`, `links`) and the category that they give. What only
colours its own clause (a tense) is `weak`: it holds unless a word further up says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from communique.datafiles import packaged, read_yaml_entries
from communique.events.arguments import SUBJECTS, ancestors, children, governor, has_to
from communique.events.factuality_forms import FORMS, has_modal, obliques
from communique.model import Factuality
from communique.text.tree import Word

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
ABOVE = frozenset({"dep"})
MAX_STEPS = 7
CIRCUMSTANTIAL = frozenset(
    "in at during after before since until with by near amid between within through throughout under as".split()
)
PLACES = {
    "aux": ("aux",),
    "mark": ("mark", "advmod"),
    "modifier": ("amod", "compound", "nmod"),
    "determiner": ("det",),
    "adverb": ("advmod", "npadvmod"),
    "predicative": ("acomp", "attr", "oprd"),
}


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


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rule with its words as sets."""

    rule: Rule
    cues: frozenset[str]
    of: frozenset[str]
    links: frozenset[str]
    reach: frozenset[str]

    @classmethod
    def of_rule(cls, rule: Rule) -> Compiled:
        """The rule made ready."""
        return cls(rule, frozenset(rule.cues), frozenset(rule.of), frozenset(rule.links), REACH[rule.scope])


class RulesByCue:
    """Rules by position and cue: of the hundreds, only those are tried at a word whose cue stands there."""

    def __init__(self, rules: Iterable[Compiled]) -> None:
        self._rules = tuple(rules)
        self._index: dict[Position, dict[str, list[int]]] = {}
        for number, ready in enumerate(self._rules):
            position = ready.rule.position
            # Of a phrase its first word must be there.
            for word in {cue.split()[0] if position == "oblique" else cue for cue in ready.cues}:
                self._index.setdefault(position, {}).setdefault(word, []).append(number)

    def cued(self, context: Context) -> list[Compiled]:
        """The rules that have a cue at a word, in their order."""
        found: set[int] = set()
        for position, numbers in self._index.items():
            for word in context.words(position):
                found.update(numbers.get(word, ()))
        return [self._rules[number] for number in sorted(found)]


class Factualities:
    """Judges acts by the rules of data/factuality.yaml; the nearest word wins, and there the first rule that fits."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules
        compiled = tuple(map(Compiled.of_rule, rules))
        self._local = RulesByCue(ready for ready in compiled if ready.rule.scope != "sentence")
        self._wide = RulesByCue(ready for ready in compiled if ready.rule.scope == "sentence")
        self._refusing = frozenset(
            cue for rule in rules if rule.category == "denied" and rule.position == "governor" for cue in rule.cues
        )

    @classmethod
    def load(cls) -> Factualities:
        """The rules that ship with the package."""
        return cls(tuple(read_yaml_entries(packaged("communique.events.data", "factuality.yaml"), Rule)))

    def judge(self, word: Word, default: Factuality = "happened") -> tuple[Factuality, str]:
        """The category of an act at `word`, and the rule that gave it ('' for the default)."""
        weak: Rule | None = None
        for above, links in _climb(word):
            context = Context(above, links)
            for ready in self._local.cued(context):
                if not links <= ready.reach or not context.fits(ready):
                    continue
                rule = ready.rule
                category = self._category(rule, context)
                if not rule.weak or category != rule.category:
                    return category, rule.id
                weak = weak or rule
        for above in (word, *ancestors(word)):
            context = Context(above, ABOVE)
            for ready in self._wide.cued(context):
                if context.fits(ready):
                    return ready.rule.category, ready.rule.id
        return (weak.category, weak.id) if weak is not None else (default, "")

    def _category(self, rule: Rule, context: Context) -> Factuality:
        if rule.negated and (context.is_negated() or context.is_refused(self._refusing)):
            return rule.negated
        return rule.category


class Context:
    """The words around one word on the way up from an act, by their position; each is gathered when first asked for.

    Args:
        word: the word.
        links: the relations by which the act hangs on it; empty for the act itself.
    """

    def __init__(self, word: Word, links: frozenset[str]) -> None:
        self.word = word
        self.links = links
        self._found: dict[str, frozenset[str]] = {}
        self._below: dict[str, list[Word]] = {}
        for child in word.children:
            self._below.setdefault(child.dep_, []).append(child)

    def fits(self, ready: Compiled) -> bool:
        """Whether a rule's cue stands where the rule wants it."""
        rule = ready.rule
        if rule.position == "oblique":
            found = any(f" {cue} " in phrase for phrase in self.words("phrases") for cue in ready.cues)
        else:
            found = not self.words(rule.position).isdisjoint(ready.cues)
        if not found or (ready.links and self.links.isdisjoint(ready.links)):
            return False
        if not ready.of:
            return True
        return not self.words("its-subject" if rule.position == "governor" else "own").isdisjoint(ready.of)

    def is_negated(self) -> bool:
        """Whether a word that brings an act is itself negated: 'has no plans to', 'did not agree to'."""
        cue = self.word
        carriers = [cue, *(children(cue, "dobj") if "purpose" in self.links else [])]
        if cue.pos_ in ("NOUN", "ADJ") and cue.dep_ in ("dobj", "attr", "acomp", "nsubjpass"):
            carriers.append(cue.head)
        words = [child for carrier in carriers for child in children(carrier, "neg", "det")]
        return any(word.dep_ == "neg" or word.lower_ in ("no", "neither") for word in words)

    def is_refused(self, refusing: frozenset[str]) -> bool:
        """Whether it is the object of a refusal: 'rejected calls to'."""
        cue = self.word
        if cue.dep_ not in ("dobj", "nsubjpass", "pobj"):
            return False
        above = (cue.head, cue.head.head) if cue.dep_ == "pobj" else (cue.head,)
        return not forms(above).isdisjoint(refusing)

    def words(self, position: str) -> frozenset[str]:
        """The words that stand in a position."""
        if position not in self._found:
            self._found[position] = self._gather(position)
        return self._found[position]

    def _gather(self, position: str) -> frozenset[str]:
        word = self.word
        if position in PLACES:
            return forms(self._children(*PLACES[position]))
        if position == "form":
            return frozenset() if self.links else frozenset(name for name, holds in FORMS.items() if holds(word))
        if position == "phrases":
            return frozenset(f" {' '.join(phrase)} " for phrase in obliques(word))
        if position == "oblique":
            return frozenset(part for phrase in self.words("phrases") for part in phrase.split())
        if position == "neg":
            return forms(_negations(word))
        if position == "itself":
            return frozenset() if has_modal(word) else forms([word])
        if position == "governor":
            return forms(self._bearers()) if self.links - CLAUSE else frozenset()
        if position == "condition":
            marks = (mark for clause in self._children("advcl") for mark in children(clause, "mark", "advmod"))
            return forms(marks) if has_modal(word) else frozenset()
        subjects = self._children(*SUBJECTS)
        if position == "subject":
            return forms(token for subject in subjects for token in _with_negation(subject))
        return forms(subjects) if position == "its-subject" else forms([word])

    def _children(self, *labels: str) -> list[Word]:
        return [child for label in labels for child in self._below.get(label, ())]

    def _bearers(self) -> list[Word]:
        """The word, and what stands for it: 'gave an order to', 'instead of'."""
        bearers = [self.word]
        if "purpose" in self.links:
            bearers.extend(self._children("dobj"))
        if self.word.dep_ == "prep":
            bearers.extend(self._children("advmod"))
        return bearers


def _climb(word: Word) -> Iterator[tuple[Word, frozenset[str]]]:
    """The word and its governors, with the relations on the way."""
    links: frozenset[str] = frozenset()
    for _ in range(MAX_STEPS):
        yield word, links
        link = _link(word)
        if word.head.i == word.i or link not in REACH["predicate"]:
            return
        if link == "conj" and (children(word, *SUBJECTS) or any(aux.lower_ != "to" for aux in children(word, "aux"))):
            return
        links = links | {link}
        word = governor(word)


def _link(word: Word) -> str:
    """The relation of a word to its governor as far as it can be the governor's content; '' where it cannot.

    An infinitive that the parser takes for an adverbial is a 'purpose'. A participle only describes its noun, and what
    follows 'in' or 'after' is where or when, not what.
    """
    label = word.dep_
    if label == "ccomp" and _is_sentence_apart(word):
        return ""
    if label == "advcl":
        if word.tag_ == "VB" and has_to(word):
            return "ccomp" if children(word, *SUBJECTS) else "purpose"
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


def _is_sentence_apart(clause: Word) -> bool:
    """Whether a finite clause before its governor stands for itself: 'Two men were held; a lawyer denied the charges'.

    Of what follows such a clause only who says it matters: 'Poland expels diplomats, Moscow vows response'.
    """
    return clause.i < clause.head.i and clause.tag_ in ("VBD", "VBZ", "VBP") and not children(clause, "mark")


def forms(tokens: Iterable[Word]) -> frozenset[str]:
    """Lower-case forms and lemmas of some words; verbs with their particle as well ('turn down')."""
    found: set[str] = set()
    for token in tokens:
        lemma = token.lemma_.lower()
        found.update((token.lower_, lemma))
        if token.pos_ == "VERB":
            found.update(f"{lemma} {particle.lower_}" for particle in children(token, "prt"))
    return frozenset(found)


def _negations(word: Word) -> list[Word]:
    """Negating words of a clause: not the 'not' of 'not only', but the 'nor' that stands before a second clause."""
    own = [
        child
        for child in children(word, "neg", "preconj", "cc", "advmod")
        if child.nbor().lower_ not in ("only", "just")
    ]
    if word.dep_ == "conj":
        own.extend(link for link in children(word.head, "cc") if link.lower_ == "nor" and link.i < word.i)
    return own


def _with_negation(subject: Word) -> list[Word]:
    """'nobody', 'no soldier', 'neither Greece nor Cyprus', 'not a single man'."""
    return [subject, *children(subject, "det", "neg", "preconj", "cc", "advmod", "predet")]
