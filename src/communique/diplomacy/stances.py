"""How a text tells where somebody stands: the verbs, nouns and adjectives of stances."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from communique.datafiles import packaged, read_yaml_entries
from communique.diplomacy.scene import Scene
from communique.diplomacy.things import Stance
from communique.diplomacy.wordings import DATA, load_sets
from communique.events.arguments import (
    SUBJECTS,
    ancestors,
    children,
    is_passive,
    objects,
    obliques,
    patients,
    prepositions,
    subject,
)
from communique.events.lexicon import Example
from communique.text.tree import Word

COPULAS = frozenset({"be", "remain", "feel", "stand", "seem"})


@dataclass(frozen=True, slots=True)
class StanceWording:
    """Words of a stance; see the head of data/positions.yaml."""

    id: str
    stance: Stance | None
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    adverbs: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    negated: Stance | None = None
    clause: bool = False
    person: bool = False
    bad: bool = False
    examples: tuple[Example, ...] = ()


def load_stance_wordings() -> tuple[StanceWording, ...]:
    """The wordings that ship with the package."""
    return tuple(read_yaml_entries(packaged(DATA, "positions.yaml"), StanceWording))


@dataclass(frozen=True, slots=True)
class Told:
    """A stance as the words tell it.

    Attributes:
        trigger: the verb, noun or adjective; `clause` the verb that has its subject.
        on: the heads of what it is on; empty where that is left unsaid.
        concerned: heads of whom it concerns.
        last: where the words of what it is on end, where that is not with the first head's own.
    """

    stance: Stance
    trigger: Word
    clause: Word
    on: tuple[Word, ...]
    concerned: tuple[Word, ...] = ()
    last: Word | None = None


class Stances:
    """Finds the words of stances; built once from data/positions.yaml."""

    def __init__(self) -> None:
        wordings = load_stance_wordings()
        self.verbs = _index(wordings, "verbs")
        self.nouns = _index(wordings, "nouns")
        self.adjectives = _index(wordings, "adjectives")
        self.acts = {act: each.stance for each in wordings for act in each.acts if each.stance}
        self.urging = frozenset(verb for each in wordings if each.must for verb in each.verbs)
        self.musts = {word: each.stance for each in wordings for word in each.must if each.stance}
        sets = load_sets("clauses")
        self.carriers, self.bad, self.no_object = sets["stance-carriers"], sets["bad"], sets["no-object"]
        self.received, self.nested = sets["received"], sets["nested"]

    def told(self, scene: Scene) -> Iterator[Told]:
        """The stances of a document as its words tell them."""
        for word in scene.parsed.doc:
            yield from self._by_word(scene, word)
        yield from self._by_events(scene)

    def _by_word(self, scene: Scene, word: Word) -> Iterator[Told]:
        if _is_verb(word):
            yield from self._musts(word)
            for entry, rest in self.verbs.get(_lemma(word), ()):
                if entry.must:
                    continue
                told = self._by_verb(scene, word, entry, rest)
                if told is not None:
                    yield told
                    return
        if word.pos_ == "NOUN":
            for entry, _ in self.nouns.get(word.lemma_.lower(), ()):
                yield from self._by_noun(word, entry)
        elif word.pos_ == "ADJ" or word.tag_ == "VBN":
            for entry, _ in self.adjectives.get(word.lower_, ()):
                if word.dep_ in ("acomp", "oprd", "conj", "ROOT") or is_passive(word):
                    yield from self._by_adjective(word, entry)

    def _by_verb(self, scene: Scene, verb: Word, entry: StanceWording, rest: tuple[str, ...]) -> Told | None:
        if rest and not any(child.lower_ == rest[0] for child in (*prepositions(verb), *children(verb, "prt"))):
            return None
        if entry.adverbs and not any(child.lower_ in entry.adverbs for child in children(verb, "advmod")):
            return None
        if entry.phrases and not any(_has_phrase(verb, phrase) for phrase in entry.phrases):
            return None
        stance = _stance(entry, verb)
        if not stance:
            return None
        if entry.bad:
            return self._called(stance, verb)
        on, concerned = self._arguments(scene, verb, entry, rest)
        if not on and not concerned:
            return None
        if entry.objects and not any(each.lemma_.lower() in entry.objects for each in on):
            return None
        return Told(stance, verb, verb, on, concerned)

    def _arguments(
        self, scene: Scene, verb: Word, entry: StanceWording, rest: tuple[str, ...]
    ) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
        """What a verb is on, and whom it concerns."""
        if entry.person:
            about = self._about(verb, entry)
            heads = [each for each in patients(verb) if scene.actors([each]) and (about or each.lower_ != "you")]
            return tuple(about), tuple(heads)
        if rest and not any(child.lower_ == rest[0] for child in children(verb, "prt")):
            return tuple(obliques(verb, *rest)), ()
        heads = [each for each in patients(verb) if each.lemma_.lower() not in self.no_object]
        if entry.stance == "welcomes" and any(self._is_received(scene, each) for each in heads):
            return (), ()
        if not heads and entry.clause:
            heads = [child for child in children(verb, "ccomp") if child.pos_ in ("VERB", "AUX") and child.i > verb.i]
        return tuple(heads), ()

    def _is_received(self, scene: Scene, head: Word) -> bool:
        """Whether the object of 'welcomed' is a person, who is received."""
        return any(actor.kind in self.received for actor in scene.actors([head])) and head.pos_ in ("NOUN", "PROPN")

    def _about(self, word: Word, entry: StanceWording) -> list[Word]:
        found = obliques(word, *entry.about)
        if found or word.pos_ not in ("VERB", "AUX"):
            return found
        return [n for child in children(word, "dobj", "dative") for n in obliques(child, *entry.about)]

    def _called(self, stance: Stance, verb: Word) -> Told | None:
        """'Called the deal an act of aggression', 'described it as illegitimate'."""
        names = [*children(verb, "oprd", "ccomp", "attr"), *obliques(verb, "as")]
        names += [w for child in children(verb, "prep") if child.lower_ == "as" for w in child.children]
        words = {w.lemma_.lower() for name in names for w in name.subtree}
        inner = [n for name in children(verb, "oprd", "ccomp") for n in children(name, "nsubj")]
        heads = patients(verb) or inner
        if not words & self.bad or not heads:
            return None
        beside = [w for name in children(verb, "oprd", "ccomp") for w in name.subtree if not w.is_punct]
        return Told(stance, verb, verb, tuple(heads), (), max(beside, key=lambda word: word.i, default=None))

    def _musts(self, verb: Word) -> Iterator[Told]:
        """'Agreed that an intervention must be excluded', 'stressed that the conflict must be resolved'."""
        if verb.lemma_.lower() not in self.urging or children(verb, "neg"):
            return
        for child in children(verb, "ccomp"):
            stance = self.musts.get(child.lemma_.lower())
            bound = any(aux.lower_ in ("must", "should") for aux in children(child, "aux")) and is_passive(child)
            if stance and bound and not children(child, "neg") and (found := subject(child)) is not None:
                yield Told(stance, verb, verb, (found,) if stance == "opposes" else (child,), (), child)

    def _by_noun(self, noun: Word, entry: StanceWording) -> Iterator[Told]:
        top = noun
        while top.dep_ == "conj" and top.head.pos_ == "NOUN":
            top = top.head
        clause = top.head
        brought = top.dep_ in ("dobj", "nsubjpass") and clause.lemma_.lower() in self.carriers
        owned = noun.lemma_.lower() in self.nested and any(child.pos_ == "PROPN" for child in children(noun, "poss"))
        if (not brought and not owned) or not entry.stance:
            return
        if any(child.lower_ == "no" for child in children(noun, "det")) or children(clause, "neg"):
            return
        on = self._about(noun, entry) or (obliques(clause, *entry.about) if brought else [])
        concerned = [*obliques(noun, "to"), *obliques(clause, "to"), *children(clause, "dative")] if brought else []
        concerned += [n for child in children(clause, "dative") for n in objects(child)] if brought else []
        concerned = [each for each in concerned if each not in on]
        clauses = [c for c in children(noun, "acl", "ccomp") if entry.clause and any(children(c, "mark"))]
        concerned = [each for each in concerned if each.lower_ != "you"]
        if on or clauses or (brought and concerned) or (entry.stance == "thanks" and brought):
            yield Told(entry.stance, noun, clause if brought else noun, tuple(on or clauses), tuple(concerned))

    def _by_adjective(self, word: Word, entry: StanceWording) -> Iterator[Told]:
        clause = word if is_passive(word) else next((a for a in ancestors(word) if a.pos_ in ("AUX", "VERB")), word)
        if not entry.stance or children(clause, "neg") or (clause is not word and clause.lemma_.lower() not in COPULAS):
            return
        on = obliques(word, *entry.about) or [c for c in children(word, "ccomp") if entry.clause]
        concerned = obliques(word, "to") if entry.person else []
        if on or concerned:
            yield Told(entry.stance, word, clause, tuple(on), tuple(each for each in concerned if each not in on))

    def _by_events(self, scene: Scene) -> Iterator[Told]:
        """Acts whose verbs are in the lexicon of events alone."""
        for event in scene.events:
            stance = self.acts.get(event.rule)
            word = scene.word_at(event.start)
            if stance and word is not None and word.pos_ == "VERB" and word.lemma_.lower() not in self.verbs:
                on = patients(word)
                if on:
                    yield Told(stance, word, word, tuple(on))


def _index(wordings: Iterable[StanceWording], field: str) -> dict[str, list[tuple[StanceWording, tuple[str, ...]]]]:
    found: dict[str, list[tuple[StanceWording, tuple[str, ...]]]] = {}
    for each in wordings:
        for line in getattr(each, field):
            head, *rest = line.split()
            found.setdefault(head, []).append((each, tuple(rest)))
    return found


def _is_verb(word: Word) -> bool:
    """A verb, or what the parser takes for an adjective though it has an object: 'and highly appreciated the idea'."""
    return word.pos_ == "VERB" or (word.pos_ == "ADJ" and bool(children(word, "dobj")))


def _lemma(word: Word) -> str:
    lemma = word.lemma_.lower()
    if word.pos_ == "ADJ" and lemma.endswith("ed"):
        return lemma[:-1] if lemma.endswith("ated") else lemma[:-2]
    return lemma


def _stance(entry: StanceWording, verb: Word) -> Stance | None:
    denied = bool(children(verb, "neg"))
    first = verb
    while not denied and first.dep_ == "conj" and not children(first, "aux", *SUBJECTS):
        first = first.head
        denied = bool(children(first, "neg")) and not children(verb, "aux")
    return entry.negated if denied else entry.stance


def _has_phrase(verb: Word, phrase: str) -> bool:
    preposition, noun = phrase.split()
    return any(word.lemma_.lower() == noun for word in obliques(verb, preposition))
