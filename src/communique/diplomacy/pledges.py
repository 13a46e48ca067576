"""How a text tells that somebody is to do something: promises and the like, and what will be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from communique.datafiles import packaged, read_yaml_entries
from communique.diplomacy.clauses import Clauses
from communique.diplomacy.scene import Scene
from communique.diplomacy.sides import FIRST_PERSON, holders, known, parties
from communique.diplomacy.things import Strength
from communique.diplomacy.understandings import agreeing_sides
from communique.diplomacy.wordings import DATA, load_sets
from communique.events.arguments import (
    ancestors,
    children,
    conjuncts,
    core,
    infinitives,
    obliques,
    patients,
    prepositions,
    subject,
)
from communique.events.factuality_forms import FORMS
from communique.events.lexicon import Example
from communique.model import Actor
from communique.text.tree import Word

REAL = frozenset({"happened", "ongoing", "planned", "promised", "background"})
FUTURE = frozenset({"will", "shall", "would", "'ll", "wo"})
OWN = frozenset({"their", "its", "his", "her", "our", "my"})
# Whose subject is no party: 'there will be', 'it will take'.
EMPTY = frozenset({"it", "there", "this", "that", "which"})
# The sectors of those who can commit their state.
OFFICIAL = frozenset({"", "GOV", "MIL", "LEG", "COP", "SPY", "JUD", "IGO"})
PERSONS = frozenset({"person"})
# What the readiness, intention or word of somebody hangs on.
COPULAS = frozenset({"be", "stand", "remain", "seem"})


@dataclass(frozen=True, slots=True)
class CommitmentWording:
    """Words that commit somebody.

    Attributes:
        verbs: perhaps with a preposition ('look into').
        about: prepositions that bring the content as a gerund.
        auxiliaries: that commit by themselves.
        objects: whether the content may be a thing that is given.
        through: whether somebody else is told to do it, who must be the subject's own.
        future: whether the content must be about the future, told by a clause.
        gerund: whether the content may be a gerund right after the verb.
    """

    id: str
    strength: Strength
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    auxiliaries: tuple[str, ...] = ()
    objects: bool = False
    through: bool = False
    future: bool = False
    gerund: bool = False
    examples: tuple[Example, ...] = ()


def load_commitment_wordings() -> tuple[CommitmentWording, ...]:
    """The wordings that ship with the package."""
    return tuple(read_yaml_entries(packaged(DATA, "commitments.yaml"), CommitmentWording))


@dataclass(frozen=True, slots=True)
class Told:
    """A commitment as the words tell it: by what word, who, and which word carries the content."""

    strength: Strength
    trigger: Word
    by: tuple[Actor, ...]
    content: Word
    whole: bool = False


class Pledges:
    """Finds the words of commitments; built once from data/commitments.yaml."""

    def __init__(self) -> None:
        wordings = load_commitment_wordings()
        self.verbs = _index(wordings, "verbs")
        self.nouns = _index(wordings, "nouns")
        self.adjectives = _index(wordings, "adjectives")
        self.auxiliaries = frozenset(aux for each in wordings for aux in each.auxiliaries)
        self.plain: Strength = next(each.strength for each in wordings if each.auxiliaries)
        self.considering = {verb: each.strength for each in wordings if each.gerund for verb in each.verbs}
        self.sets = load_sets("clauses")
        self.clauses = Clauses(self.sets["conditions"], self.sets["terms"], self.sets["spans"])

    def told(self, scene: Scene) -> Iterator[Told]:
        """The commitments of a document as its words tell them, each content once."""
        taken: set[int] = set()
        for word in scene.parsed.doc:
            for told in self._by_word(scene, word):
                if told.content.i not in taken:
                    taken.add(told.content.i)
                    yield told
        for word in scene.parsed.doc:
            if word.pos_ in ("VERB", "AUX") and word.i not in taken and self._is_future(word):
                told_plainly = self._plainly(scene, word)
                if told_plainly is not None:
                    taken.add(word.i)
                    yield told_plainly

    def _by_word(self, scene: Scene, word: Word) -> Iterator[Told]:
        lemma = word.lemma_.lower()
        if word.pos_ == "VERB":
            entries, clause = self.verbs.get(lemma, ()), word
        elif word.pos_ == "ADJ" or (word.tag_ == "VBN" and lemma in self.adjectives):
            entries, clause = self.adjectives.get(lemma, ()), word.head
        elif word.pos_ == "NOUN":
            entries, clause = self.nouns.get(lemma, ()), _carrier(word)
        else:
            return
        if not entries or not self._carries(word, clause) or scene.factuality(clause) not in REAL:
            return
        by = holders(scene, clause)
        if not by or _is_asked_of(clause):
            return
        for entry, rest in entries:
            if rest and not any(each.lower_ == rest[0] for each in prepositions(word)):
                continue
            if word.lemma_.lower() in self.sets["joint"] and _is_joint(scene, word):
                continue
            for content, whole in self._contents(scene, word, entry, by):
                if content.lemma_.lower() not in self.sets["going"]:
                    yield Told(entry.strength, word, by, content, whole)

    def _carries(self, word: Word, clause: Word) -> bool:
        """Whether a noun or adjective stands with a verb that makes it an act: 'is ready', 'gave an assurance'."""
        if clause is word:
            return word.pos_ == "VERB"
        if word.pos_ == "NOUN":
            negated = any(child.lower_ == "no" for child in children(word, "det"))
            return clause.lemma_.lower() in self.sets["carriers"] and not negated
        return clause.lemma_.lower() in COPULAS and word.dep_ in ("acomp", "attr", "oprd", "conj")

    def _contents(
        self, scene: Scene, word: Word, entry: CommitmentWording, by: tuple[Actor, ...]
    ) -> Iterator[tuple[Word, bool]]:
        """The words that carry what is to be done, and whether they need their own subject."""
        if entry.gerund:
            for child in children(word, "xcomp", "ccomp"):
                if child.tag_ == "VBG" and not self._is_happening(child):
                    yield child, False
            if word.tag_ == "VBG" and any(aux.lemma_ == "be" for aux in children(word, "aux")):
                yield from ((noun, True) for noun in children(word, "dobj") if noun.pos_ == "NOUN")
            return
        if entry.through and not self._by_own_hands(scene, word, by):
            return
        seen = False
        for verb in infinitives(word) if not entry.future else ():
            if verb.tag_ == "VB" and not any(aux.tag_ == "MD" for aux in children(verb, "aux")):
                seen = True
                yield verb, False
        for child in children(word, "ccomp", "acl", "xcomp"):
            for verb in conjuncts(child):
                if {aux.lower_ for aux in children(verb, "aux")} & FUTURE:
                    seen = True
                    own = self._own_subject(scene, verb, by)
                    if own is not None:
                        yield verb, not own
        if not entry.future:
            for noun in obliques(word, *entry.about):
                if noun.tag_ == "VBG":
                    seen = True
                    yield noun, False
        if entry.objects and not seen and word.pos_ == "VERB":
            yield from ((noun, True) for noun in patients(word) if self._is_given(noun))

    def _own_subject(self, scene: Scene, verb: Word, by: tuple[Actor, ...]) -> bool | None:
        """Whether a clause is about those who commit themselves; None where it is about somebody else."""
        found = subject(verb)
        actors = known(scene.actors(conjuncts(found))) if found is not None else ()
        if actors:
            return True if parties(actors) <= parties(by) else None
        return found is None or found.lower_ in FIRST_PERSON or found.lower_ in ("they", "he", "she", "it")

    def _by_own_hands(self, scene: Scene, word: Word, by: tuple[Actor, ...]) -> bool:
        """Whether those who are told belong to the one who tells them: 'directed their officials'."""
        for noun in patients(word):
            theirs = parties(known(scene.actors([noun])))
            owned = any(child.lower_ in OWN for child in children(noun, "poss"))
            if noun.lemma_.lower() in self.sets["own-hands"] and (owned or not theirs) and theirs <= parties(by):
                return True
        return False

    def _is_given(self, noun: Word) -> bool:
        words = {noun.lemma_.lower(), core(noun).lemma_.lower(), *(w.lemma_.lower() for w in obliques(noun, "of"))}
        words |= {child.lemma_.lower() for child in children(noun, "nummod", "compound")}
        return bool(words & self.sets["goods"])

    def _is_future(self, verb: Word) -> bool:
        auxiliaries = {aux.lower_ for aux in children(verb, "aux")}
        shared = verb.dep_ == "conj" and verb.tag_ == "VB" and not children(verb, "nsubj", "nsubjpass", "aux")
        if shared and verb.head.pos_ in ("VERB", "AUX"):
            return self._is_future(verb.head)
        return bool(auxiliaries & self.auxiliaries) and "have" not in auxiliaries

    def _plainly(self, scene: Scene, verb: Word) -> Told | None:
        """'The Government will support', 'said that it would pay': what the one who speaks, or a state, will do."""
        found = subject(verb)
        if found is None or (found.lower_ in EMPTY and not scene.actors([found])) or children(verb, "neg", "auxpass"):
            return None
        if self._is_happening(verb) or verb.lemma_.lower() in self.sets["threats"] or FORMS["question"](verb):
            return None
        if verb.dep_ in ("relcl", "advcl", "acl") or any(w.dep_ in ("relcl", "advcl", "acl") for w in _above(verb)):
            return None
        by = holders(scene, verb)
        if not by or not self._speaks_for(scene, verb, found, by) or self._is_threat(scene, verb):
            return None
        reported = scene.speaker(verb) is not None
        if any(aux.lower_ in ("would", "'d") for aux in children(_first(verb), "aux")) and not reported:
            return None
        if scene.factuality(verb) not in REAL and not self._conditioned(scene, verb):
            return None
        return Told(self._strength(verb), verb, by, verb)

    def _conditioned(self, scene: Scene, verb: Word) -> bool:
        """Whether only a condition makes it uncertain, which is told with it; never one that opens the sentence."""
        content = self.clauses.content(scene, verb)
        opening = min((word.i for word in verb.sent if word.lower_ in ("if", "unless")), default=verb.i + 1)
        return bool(content.condition) and scene.factuality(verb) == "conditional" and opening > verb.i

    def _strength(self, verb: Word) -> Strength:
        if any(noun.lemma_.lower() in self.sets["papers"] for noun in obliques(_first(verb), "under")):
            return "agreed"
        lemma = verb.lemma_.lower()
        names = [lemma, *(f"{lemma} {each.lower_}" for each in prepositions(verb))]
        return next((self.considering[name] for name in names if name in self.considering), self.plain)

    def _is_happening(self, verb: Word) -> bool:
        lemma, given = verb.lemma_.lower(), [core(noun).lemma_.lower() for noun in patients(verb)]
        if lemma in self.sets["happenings"] or any(noun in self.sets["occasions"] for noun in given):
            return True
        return lemma in self.sets["journeys"] and not given and not obliques(verb, "for")

    def _speaks_for(self, scene: Scene, verb: Word, found: Word, by: tuple[Actor, ...]) -> bool:
        """Whether who will do it, or somebody of theirs, says so; in the text's own words only of a state or a body."""
        if found.lower_ in FIRST_PERSON:
            return True
        speaker = scene.speaker(verb)
        if speaker is not None:
            told = [actor for actor in holders_of(scene, speaker) if actor.sector in OFFICIAL]
            return bool(told) and bool(parties(by) & parties(told))
        return not any(actor.kind in PERSONS for actor in by) and not children(found, "poss")

    def _is_threat(self, scene: Scene, verb: Word) -> bool:
        offset = scene.parsed.offsets[verb.idx]
        return any(
            event.start <= offset < event.end and event.event_type in ("THREATEN", "ASSAULT", "COERCE", "SANCTION")
            for event in scene.events_in(scene.number(verb))
        )


def holders_of(scene: Scene, head: Word) -> tuple[Actor, ...]:
    """Who a subject names."""
    return known(scene.actors(conjuncts(head)))


def _index(
    wordings: Iterable[CommitmentWording], field: str
) -> dict[str, list[tuple[CommitmentWording, tuple[str, ...]]]]:
    found: dict[str, list[tuple[CommitmentWording, tuple[str, ...]]]] = {}
    for each in wordings:
        for line in getattr(each, field):
            head, *rest = line.split()
            found.setdefault(head, []).append((each, tuple(rest)))
    return found


def _carrier(noun: Word) -> Word:
    """The verb that brings a noun: 'gave an assurance', 'spoke of its readiness'."""
    word = noun
    while word.dep_ == "conj":
        word = word.head
    return word.head if word.dep_ in ("dobj", "attr", "nsubjpass") else noun


def _is_asked_of(verb: Word) -> bool:
    """Whether somebody else wants it: 'asked Kenya to promise'."""
    return verb.dep_ in ("xcomp", "ccomp") and verb.tag_ == "VB" and bool(children(verb.head, "dobj", "nsubjpass"))


def _first(verb: Word) -> Word:
    """The verb that bears the auxiliary of several coordinated ones."""
    while verb.dep_ == "conj" and not children(verb, "aux"):
        verb = verb.head
    return verb


def _above(verb: Word) -> Iterator[Word]:
    return (word for word in ancestors(verb) if word.pos_ in ("VERB", "AUX"))


def _is_joint(scene: Scene, verb: Word) -> bool:
    """Whether several agree, or several of whom one is known: what they agree on is an understanding."""
    found = subject(verb)
    plural = found is not None and (found.tag_ in ("NNS", "NNPS") or found.lower_ in ("they", "both"))
    return plural or len(parties(agreeing_sides(scene, verb))) > 1
