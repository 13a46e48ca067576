"""The shape of noun phrases: where their modifiers begin, which words stand for them, what they refer back to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from communique.text.tree import Word

MODIFIER_POS = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "ADV", "VERB", "SYM", "X", "INTJ"})
JOINERS = frozenset({"-", "–", "/", "&", "and", ",", "'", "``", "''", '"', "“", "”"})
_QUANTIFIERS = frozenset(
    "some about around more less than up to over nearly almost at least only several many few most both "
    "all roughly approximately hundreds thousands dozens other another certain various two three four "
    "five".split()
)


@dataclass(frozen=True, slots=True)
class Shape:
    """The noun phrase of a head: `start` is its first modifier, after the article or the possessor."""

    head: Word
    start: int
    possessor: Word | None

    def modifiers(self, before: int) -> range:
        """Indices of the words that stand before the word `before`."""
        return range(self.start, before)


def shape(head: Word) -> Shape:
    """The modifiers of a head, found on the surface within what the parse hangs on it."""
    doc, low, at = head.doc, head.left_edge.i, head.i
    possessor = next((child for child in head.children if child.dep_ == "poss"), None)
    while at > low:
        token = doc[at - 1]
        if token.tag_ == "POS":
            break
        if token.pos_ not in MODIFIER_POS and token.lower_ not in JOINERS and token.tag_ not in ("CC", "HYPH"):
            break
        at -= 1
    while at < head.i and (doc[at].lower_ in JOINERS or doc[at].tag_ in ("CC", "HYPH")):
        at += 1
    if at > 1 and doc[at - 1].tag_ == "POS" and possessor is None:
        possessor = doc[at - 2]
    return Shape(head, at, possessor)


def text_start(found: Shape, floor: int) -> int:
    """Where the words of a mention begin: without article, number or quantity, with the possessor's words."""
    doc = found.head.doc
    at = found.start
    owner = found.possessor
    if owner is not None and owner.pos_ != "PRON" and owner.i < found.start:
        at = owner.left_edge.i
        if any(token.pos_ in ("VERB", "AUX") or token.text in (",", ";") for token in doc[at : owner.i]):
            at = owner.i
    elif owner is not None and owner.i == found.start - 1:
        at = owner.i
    while at < floor and (doc[at].pos_ in ("DET", "NUM", "ADP", "PUNCT") or doc[at].lower_ in _QUANTIFIERS):
        at += 5 if doc[at + 1 : at + 5].text == "-year-old" else 1
    return at


def text_end(last: Word, relators: Iterable[str] = ("of", "for", "to")) -> Word:
    """The last word of a role with the phrases that belong to it: 'leader of the Islamic State'."""
    for child in last.children:
        if child.dep_ == "prep" and child.i == last.i + 1 and child.lower_ in relators:
            inner = next((c for c in child.children if c.dep_ == "pobj"), None)
            if inner is not None:
                return text_end(inner, ("of",))
    return last


def relative_antecedent(pronoun: Word) -> Word | None:
    """The noun that a relative pronoun stands for."""
    verb = pronoun
    for _ in range(6):
        if verb.dep_ == "relcl":
            return verb.head
        if verb.head == verb:
            return None
        verb = verb.head
    return None


def conjuncts_within(head: Word) -> Iterator[Word]:
    """The words coordinated below a word."""
    for child in head.children:
        # The parser takes the second of a list of names for an apposition: 'Vanuatu, Tonga and Samoa'.
        listed = child.dep_ == "appos" and child.pos_ == head.pos_ == "PROPN"
        if child.dep_ == "conj" or (listed and any(other.dep_ == "conj" for other in child.children)):
            yield child
            yield from conjuncts_within(child)
