"""Pronouns: whom 'he', 'it', 'they' and 'who' stand for, where that is clear."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from communique.actors.genders import load_genders
from communique.actors.identities import Identity
from communique.actors.phrases import Scene
from communique.actors.shapes import conjuncts_within, relative_antecedent
from communique.text.tree import Span, Word

RELATIVES = frozenset({"who", "whom", "whose", "which", "that"})
_HE = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
PRONOUNS = _HE | _IT | _THEY
_SHE = frozenset({"she", "her", "hers", "herself"})
# Below what is taken for known: the pronoun may as well mean somebody else.
UNCLEAR = 0.45
_DONE_TO_SOMEBODY = frozenset(
    "accuse blame urge ask tell warn thank attack invade help assist support press pressure order call "
    "condemn criticize criticise praise threaten sanction arm join recognise recognize fight battle defeat "
    "defend protect remind assure inform force persuade convince allow enable invite sue charge expel ban bar "
    "outlaw back lead deny give offer send grant lend pay bomb shell strike hit target advise promise".split()
)
_OBJECTS = frozenset({"dobj", "pobj", "dative"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@dataclass(frozen=True, slots=True)
class Referent:
    """Whom a referring word stands for, and the head of the words that name them."""

    head: Word
    identity: Identity


class Pronouns:
    """What the pronouns of one document stand for."""

    def __init__(self, scene: Scene, identities: Callable[[Word], tuple[Identity, ...]]) -> None:
        self._scene = scene
        self._identities = identities
        self._genders = load_genders()
        self._sentences = scene.doc.sents
        self._number = {sentence.start: n for n, sentence in enumerate(self._sentences)}

    def referents(self, head: Word) -> tuple[Referent, ...]:
        """Whom a pronoun stands for; empty where that is not clear."""
        word = head.lower_
        if word in RELATIVES:
            antecedent = relative_antecedent(head)
            if antecedent is None or antecedent.i >= head.i:
                return ()
            return tuple(Referent(antecedent, one) for one in self._identities(antecedent))
        if word not in PRONOUNS or (word == "it" and (_is_expletive(head) or _is_thing(head))):
            return ()
        for sentence, confidence in self._near(head):
            for candidate in self._subjects(sentence, head):
                found = self._fitting(candidate, word)
                if found:
                    if word in _HE and sentence.start != head.sent.start and self._has_rival(candidate, word):
                        confidence = UNCLEAR
                    return tuple(_less_sure(one, confidence, f"'{word}' for '{one.head.text}'") for one in found)
        return self._only_person(head, word) if word in _HE else ()

    def _has_rival(self, candidate: Word, word: str) -> bool:
        """Whether the sentence names somebody else whom the pronoun could mean."""
        others = (token for token in candidate.sent if token.i != candidate.i and token.dep_ in _OBJECTS)
        return any(token.pos_ == "PROPN" and self._fitting(token, word) for token in others)

    def _only_person(self, head: Word, word: str) -> tuple[Referent, ...]:
        """The one person that the sentence, or the one before, names without being its subject."""
        doer = _doer(head.head) if head.dep_ in _OBJECTS else None
        for sentence, _ in self._near(head):
            found: dict[str, Referent] = {}
            for token in sentence:
                if token.i >= head.i:
                    break
                if token != doer and token.pos_ in ("NOUN", "PROPN") and token.dep_ in _OBJECTS | _SUBJECTS:
                    for one in self._fitting(token, word):
                        found.setdefault(one.identity.name or one.identity.office or token.text, one)
            if found:
                only = found.values() if len(found) == 1 else ()
                return tuple(_less_sure(one, 0.55, f"'{word}' for the only one named") for one in only)
        return ()

    def _agrees(self, identity: Identity, candidate: Word, word: str) -> bool:
        """Whether 'he' or 'she' can be somebody, by title and given name."""
        name = identity.office_holder or (identity.name if identity.kind == "person" else "")
        title = [token.lower_ for token in candidate.subtree if token.i < candidate.i]
        gender = self._genders.of(name) or self._genders.of_title(title)
        return gender in ("", "f" if word in _SHE else "m")

    def _near(self, head: Word) -> Iterator[tuple[Span, float]]:
        number = self._number.get(head.sent.start, 0)
        yield self._sentences[number], 0.7
        if number:
            yield self._sentences[number - 1], 0.55

    def _subjects(self, sentence: Span, head: Word) -> list[Word]:
        """Subjects before the pronoun, nearest first in its own sentence, main clause first in the one before."""
        own_clause = head.head if head.dep_ in _OBJECTS else None
        found = [
            token
            for token in sentence
            if token.i < head.i and token.dep_ in _SUBJECTS and token.pos_ in ("NOUN", "PROPN")
        ]
        if own_clause is not None:
            while own_clause.pos_ not in ("VERB", "AUX") and own_clause.head.i != own_clause.i:
                own_clause = own_clause.head
            doer = _doer(own_clause)
            found = [token for token in found if token != doer]
            found += _objects_shared(own_clause)
        if sentence.start == head.sent.start:
            return found[::-1]
        return sorted(found, key=lambda token: (token.head.dep_ != "ROOT", token.i))[:1]

    def _fitting(self, candidate: Word, word: str) -> tuple[Referent, ...]:
        everyone = [candidate, *conjuncts_within(candidate)]
        several = len(everyone) > 1 or candidate.tag_ in ("NNS", "NNPS")
        found = tuple(Referent(token, each) for token in everyone for each in self._identities(token))
        found = tuple(each for each in found if each.identity.confidence >= 0.3)
        if not found:
            return ()
        single = not several and len(found) == 1
        identity = found[0].identity
        if word in _HE:
            match = self._scene.role_of.get(candidate.i)
            human = identity.kind in ("person", "office") or (match is not None and match.role.kind == "person")
            return found if single and human and self._agrees(identity, candidate, word) else ()
        if word in _IT:
            return found if single and identity.kind in ("country", "organisation", "group") else ()
        return found if several or len(found) > 1 or identity.kind in ("organisation", "group", "country") else ()


def lowered(found: tuple[Identity, ...], confidence: float, why: str) -> tuple[Identity, ...]:
    """The identities with no more than this confidence, and why they are meant."""
    return tuple(replace(f, confidence=min(f.confidence, confidence), why=why) for f in found)


def _doer(verb: Word) -> Word | None:
    """The subject of a verb, its own or that of the verbs that it is coordinated with or depends on."""
    for _ in range(6):
        own = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
        if own is not None or verb.dep_ not in ("conj", "xcomp", "advcl", "acl", "pcomp") or verb.head == verb:
            return own
        verb = verb.head if verb.dep_ != "pcomp" else verb.head.head
    return None


def _objects_shared(verb: Word) -> list[Word]:
    """Whom the verb before a coordinated one is done to: Israel in 'Iran blamed Israel and urged it to leave'."""
    if verb.dep_ != "conj" or any(child.dep_ in _SUBJECTS for child in verb.children):
        return []
    return [child for child in verb.head.children if child.dep_ == "dobj" and child.pos_ in ("NOUN", "PROPN")]


def _less_sure(referent: Referent, confidence: float, why: str) -> Referent:
    return replace(referent, identity=lowered((referent.identity,), confidence, why)[0])


def _is_thing(pronoun: Word) -> bool:
    """Whether 'it' is the object of what is rarely done to somebody: 'rejected it', but not 'accused it'."""
    return pronoun.dep_ == "dobj" and pronoun.head.lemma_.lower() not in _DONE_TO_SOMEBODY


def _is_expletive(pronoun: Word) -> bool:
    verb = pronoun.head
    return pronoun.dep_ == "expl" or (
        verb.lemma_ == "be" and any(child.dep_ in ("acomp", "attr") for child in verb.children)
        and any(child.dep_ in ("ccomp", "xcomp", "csubj") for child in verb.children)
    )  # fmt: skip
