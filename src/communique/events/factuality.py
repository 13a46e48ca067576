"""Whether an act came about: declarative context rules over the words that govern it.

In the manner of ConText (Harkema et al. 2009), but over the parse: a rule names cues, where they stand to the act
(`position`), how far down they reach (`scope`) and the category that they give.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from communique.datafiles import packaged, read_yaml_entries
from communique.events.arguments import children, governor
from communique.model import Factuality

Position = Literal["aux", "neg", "mark", "governor", "modifier", "determiner", "adverb", "tense"]
REACH = {
    "clause": frozenset({"conj"}),
    "complement": frozenset({"conj", "xcomp", "ccomp", "pcomp", "prep", "pobj", "dobj", "acl"}),
}
MAX_STEPS = 7


@dataclass(frozen=True, slots=True)
class Rule:
    """A context rule.

    Attributes:
        category: the factuality it gives.
        position: where the cue stands to the act or to a word that governs it.
        cues: lemmas or lower-case forms; empty for `tense`.
        scope: 'clause' for the cue's own clause, 'complement' for what depends on it, too.
    """

    id: str
    category: Factuality
    position: Position
    cues: tuple[str, ...] = ()
    scope: str = "clause"


class Factualities:
    """Judges acts by the rules of data/factuality.yaml; the first rule that fits, nearest word first, wins."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules

    @classmethod
    def load(cls) -> Factualities:
        """The rules that ship with the package."""
        return cls(tuple(read_yaml_entries(packaged("communique.events.data", "factuality.yaml"), Rule)))

    def judge(self, word: Token, default: Factuality = "happened") -> tuple[Factuality, str]:
        """The category of an act at `word`, and the rule that gave it ('' for the default)."""
        for step, above, link in _climb(word):
            for rule in self.rules:
                if step and link not in REACH[rule.scope]:
                    continue
                if _fits(rule, above, link):
                    return rule.category, rule.id
        return default, ""


def _climb(word: Token) -> Iterator[tuple[int, Token, str]]:
    """The word and its governors, with the weakest link on the way: one loose link ends the climb."""
    link = "conj"
    for step in range(MAX_STEPS):
        yield step, word, link
        if word.head.i == word.i or word.dep_ not in REACH["complement"]:
            return
        if word.dep_ == "conj" and children(word, "nsubj", "nsubjpass", "aux"):
            return
        link = link if word.dep_ == "conj" else word.dep_
        word = governor(word)


def _fits(rule: Rule, word: Token, link: str) -> bool:
    position = rule.position
    if position == "governor":
        return link != "conj" and word.lemma_.lower() in rule.cues
    if position == "tense":
        return _is_pluperfect(word)
    labels = {
        "aux": ("aux",),
        "neg": ("neg",),
        "mark": ("mark", "advmod"),
        "modifier": ("amod", "compound", "nmod"),
        "determiner": ("det",),
        "adverb": ("advmod", "npadvmod"),
    }[position]
    return any(child.lower_ in rule.cues or child.lemma_.lower() in rule.cues for child in children(word, *labels))


def _is_pluperfect(verb: Token) -> bool:
    return verb.dep_ in ("relcl", "advcl", "acl") and any(child.lower_ == "had" for child in children(verb, "aux"))
