"""The documents that a text names: their kind, title and parties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from communique.datafiles import packaged, read_yaml_entries
from communique.diplomacy.scene import Scene
from communique.diplomacy.sides import known, modifiers, one_each
from communique.diplomacy.things import DocumentKind, Stage, Topic
from communique.diplomacy.wordings import DATA
from communique.events.arguments import SUBJECTS, children, obliques
from communique.events.lexicon import Example
from communique.model import Actor
from communique.text.calendar import NAMES
from communique.text.tree import Word

DEFINITE = frozenset({"the", "this", "that", "these", "both"})
POINTING = frozenset({"latter", "former", "same", "said", "present"})
# What stands in a title after the head: what it is on, and what names it.
TITLE_PREPOSITIONS = frozenset({"of", "on", "for", "concerning", "regarding", "about", "in", "to", "against"})
BETWEEN = ("between", "with", "among")
# Such a phrase is on what the document is on, wherever the parser hung it.
STRAYING = frozenset({"on", "concerning", "regarding", "about"})
ENDING = frozenset({"between", "with", "by", "among", "under", "which", "that", "who"})
CLOSING = frozenset("()[];:.,\"'“”—–") | {"--"}
DETERMINERS = frozenset({"det", "poss", "predet"})


@dataclass(frozen=True, slots=True)
class AgreementWording:
    """Words of a kind of document, of a stage, or of an understanding: exactly one of these is given.

    Attributes:
        nouns: for a kind its names; for a stage what is done as a noun ('signing'), perhaps with its preposition.
        verbs: what is done to a document, perhaps with a preposition ('withdraw from').
        happens: what a document does, perhaps with an object ('enter into force').
        third: whether who does it is no party ('brokered').
        of: the kinds of document that reach the stage; empty for all.
        states: nouns that 'in' brings ('in force').
        instruments: nouns whose exchange is the stage ('instruments of ratification').
    """

    id: str
    kind: DocumentKind | None = None
    stage: Stage | None = None
    understanding: bool = False
    nouns: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    happens: tuple[str, ...] = ()
    of: tuple[DocumentKind, ...] = ()
    third: bool = False
    states: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()


def load_agreement_wordings() -> tuple[AgreementWording, ...]:
    """The wordings that ship with the package."""
    return tuple(read_yaml_entries(packaged(DATA, "agreements.yaml"), AgreementWording))


@dataclass(slots=True)
class Paper:
    """A document as a noun phrase names it.

    Attributes:
        bare: whether the phrase says no more than its kind ('the agreement', 'it').
    """

    head: Word
    kind: DocumentKind
    title: str
    parties: tuple[Actor, ...]
    areas: tuple[Topic, ...]
    bare: bool
    earlier: Paper | None = field(default=None)


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a kind of document, ready to match: the head, words before it, and what 'of' must bring."""

    kind: DocumentKind
    head: str
    before: tuple[str, ...]
    of: str


class Papers:
    """Recognises documents by the nouns of the wordings."""

    def __init__(self, wordings: Iterable[AgreementWording]) -> None:
        names = [_name(each.kind, noun) for each in wordings if each.kind for noun in each.nouns]
        self.names = sorted(names, key=lambda name: -(len(name.before) + bool(name.of)))
        self.heads = frozenset(name.head for name in names)

    def read(self, scene: Scene, head: Word) -> Paper | None:
        """The document that a noun names, None where it names none."""
        name = self._match(head)
        if name is None or head.dep_ in ("compound", "nmod", "amod") or head.pos_ not in ("NOUN", "PROPN"):
            return None
        words = self._one_title(_title_words(head), head)
        while len(words) > 1 and words[0].tag_ == "CD":
            words.pop(0)
        text = scene.quote(words[0], words[-1]).trigger
        plain = len(words) <= 1 + len(name.before) + (2 if name.of else 0)
        joint = len(words) == 2 and words[0].lower_ in ("joint", "final", "new", "bilateral")
        title = "" if (plain and not _is_title(words)) or joint else text
        named = self._parties(scene, head)
        bare = plain and not named and not _described(head)
        return Paper(head, name.kind, title, named, scene.topics_among(_whole(head)), bare)

    def _one_title(self, words: list[Word], head: Word) -> list[Word]:
        """A title without a second document: 'the Treaty on Transfer and the Air Services Agreement'."""
        others = [w.i for w in words if w.i > head.i and w.lemma_.lower() in self.heads and w.pos_ in ("NOUN", "PROPN")]
        links = [w.i for w in words if w.dep_ == "cc" and w.i > head.i and others and w.i < others[0]]
        return [w for w in words if not links or w.i < links[-1]] if others else words

    def _match(self, head: Word) -> Name | None:
        lemma, lower = head.lemma_.lower(), head.lower_
        for name in self.names:
            if name.head not in (lemma, lower):
                continue
            before = [w.lower_ for w in head.doc[max(head.i - len(name.before), 0) : head.i]] if name.before else []
            if tuple(before) != name.before:
                continue
            if name.of and not any(w.lower_ == name.of or w.lemma_.lower() == name.of for w in obliques(head, "of")):
                continue
            return name
        return None

    def _parties(self, scene: Scene, head: Word) -> tuple[Actor, ...]:
        around = obliques(head, *BETWEEN)
        owners = [noun for noun in obliques(head, "of") if _is_owner(noun)]
        named = one_each((*modifiers(scene, head), *known(scene.actors((*around, *owners)))))
        return named if not _is_place_only(named) else ()


def _name(kind: DocumentKind, noun: str) -> Name:
    words, _, of = noun.partition(" of ")
    *before, head = words.split()
    return Name(kind, head, tuple(before), of)


def _is_owner(noun: Word) -> bool:
    """'The agreements of the presidents': a plural or coordinated noun after 'of' tells whose."""
    return noun.tag_ in ("NNS", "NNPS") or bool(children(noun, "conj"))


def _is_place_only(actors: Iterable[Actor]) -> bool:
    return all(actor.kind == "place" for actor in actors)


def _whole(head: Word) -> list[Word]:
    """The words of the phrase without clauses that go beyond the document."""
    left_out = {w.i for child in children(head, "relcl", "conj", "appos") for w in child.subtree}
    return [word for word in head.subtree if word.i not in left_out]


def _described(head: Word) -> bool:
    """Whether a phrase tells which document it is by more than 'the'."""
    if not any(child.lower_ in DEFINITE for child in children(head, "det")):
        return bool(children(head, "det", "amod", "compound", "nmod"))
    return bool(children(head, "compound", "nmod", "nummod")) or any(
        child.lower_ not in POINTING for child in children(head, "amod")
    )


def _title_words(head: Word) -> list[Word]:
    """The words of a title in a row: without article, and up to the parties or a clause."""
    before = [child for child in head.lefts if child.dep_ not in DETERMINERS and not child.is_punct]
    first = min([head, *(w for child in before for w in child.subtree)], key=lambda word: word.i)
    last = head
    for word in head.doc[head.i + 1 : head.sent.end]:
        naming = word.tag_ == "VBG" and word.dep_ == "acl" and word.text[:1].isupper()
        if not _in_title(word, head) and not naming:
            break
        last = word
    while last.dep_ in ("prep", "cc", "det", "punct", "mark") and last.i > head.i:
        last = last.nbor(-1)
    return list(head.doc[first.i : last.i + 1])


def _in_title(word: Word, head: Word) -> bool:
    """Whether a word after the head goes on with the title; 'on' also where the parser hung it on the verb."""
    if word.dep_ in SUBJECTS or word.text in CLOSING or word.lower_ in ENDING or word.pos_ in ("VERB", "AUX"):
        return False
    if word.dep_ == "prep" and _dates_or_places(word):
        return False
    if word.dep_ == "prep" and word.head.i <= head.i:
        return word.lower_ in (TITLE_PREPOSITIONS if word.head is head else STRAYING)
    return word.dep_ not in ("relcl", "acl", "advcl", "npadvmod", "advmod") and not (
        word.tag_ == "DT" and word.dep_ != "det"
    )


def _dates_or_places(preposition: Word) -> bool:
    """'In Amman on 2 May' is no part of a title; 'in civil matters' and 'on the Nile' are."""
    inner = [child for child in preposition.children if child.dep_ == "pobj"]
    if any(child.ent_type_ in ("DATE", "TIME") or child.lower_ in NAMES for child in inner):
        return preposition.lower_ in ("on", "in", "at")
    return preposition.lower_ in ("in", "at") and any(child.pos_ == "PROPN" for child in inner)


def _is_title(words: list[Word]) -> bool:
    """Whether words are capitalised as a title is: 'the Strategic Partnership Treaty'."""
    return (
        len(words) > 1 and words[-1].text[:1].isupper() and words[0].text[:1].isupper() and not words[0].is_sent_start
    )
