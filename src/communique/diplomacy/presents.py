"""Gifts and awards: who gave what to whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from communique.diplomacy.scene import NOBODY_YET, Scene
from communique.diplomacy.tellings import known
from communique.diplomacy.things import Award, Gift
from communique.diplomacy.wordings import load_sets
from communique.events.arguments import agents, children, conjuncts, is_passive, obliques, patients
from communique.model import Actor, Source
from communique.text.tree import Word

UNREAL = frozenset({"denied", "conditional", "called-for"})
OUTSIDE = frozenset({"relcl", "appos", "conj", "cc", "punct", "advcl"})


@dataclass(frozen=True, slots=True)
class Given:
    """Something that was given: the verb, the thing, and the heads of the phrases of both sides."""

    verb: Word
    thing: Word
    givers: list[Word]
    receivers: list[Word]


class Presents:
    """Reads the verbs of giving; what was given decides whether it is a gift or an award."""

    def __init__(self) -> None:
        self.sets = load_sets("presents")

    def given(self, scene: Scene, verbs: frozenset[str]) -> Iterator[Given]:
        """What some verbs say was given, in text order."""
        for verb in scene.with_lemma(verbs):
            if verb.pos_ == "VERB" and scene.factuality(verb) not in UNREAL:
                yield from self._of(scene, verb)

    def _of(self, scene: Scene, verb: Word) -> Iterator[Given]:
        lemma = verb.lemma_.lower()
        objects = patients(verb)
        kept = [noun for child in children(verb, "dobj", "oprd", "attr") for noun in conjuncts(child)]
        beside = [noun for child in children(verb, "dative") if child.pos_ != "ADP" for noun in conjuncts(child)]
        to = [*obliques(verb, "to", "on", "upon", "for"), *beside]
        to += [receiver for thing in objects for receiver in obliques(thing, "to", "on", "upon") if receiver.i > verb.i]
        by, things = agents(verb), obliques(verb, "with")
        # 'Awarded the president of Ghana the Order': the parser makes an apposition of the second object.
        for receiver in objects:
            for word in receiver.subtree:
                if word.dep_ == "appos" and word.i > receiver.i and word.lemma_.lower() in self.sets["awards"]:
                    yield Given(verb, word, by, [receiver])
        if not things and not is_passive(verb):
            things = [w for noun in kept for w in obliques(noun, "with") if scene.mentions.actors(noun)]
        if lemma in ("receive", "accept"):
            givers = obliques(verb, "from") or [giver for thing in objects for giver in obliques(thing, "from")]
            yield from (Given(verb, thing, givers, by) for thing in objects)
        elif things:
            yield from (Given(verb, thing, by, objects) for thing in things)
        elif is_passive(verb) and kept and objects and objects[0] not in kept:
            yield from (Given(verb, thing, by, objects[:1]) for thing in kept)
        else:
            # 'Handed over to Antonio copies of documents': the parser makes one phrase of both.
            joined = [(w, noun) for noun in to for w in children(noun, "compound") if scene.mentions.actors(w)]
            if not objects and joined and not scene.mentions.actors(joined[0][1]):
                yield Given(verb, joined[0][1], by, [joined[0][0]])
            yield from (Given(verb, thing, by, to) for thing in objects if thing not in to)

    def sides(self, scene: Scene, given: Given) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
        """Who gave and who received; in a text between two, one side that is not named is the other of them."""
        givers, receivers = known(scene.actors(given.givers)), known(scene.actors(given.receivers))
        if any(word.lower_ in NOBODY_YET for word in given.givers):
            return (), ()
        if givers and any(one.name == two.name for one in givers for two in receivers):
            other = scene.namesake(receivers[0], givers)
            receivers = (other,) if other is not None else ()
        if receivers and not givers and not any(word.lower_ in NOBODY_YET for word in given.givers):
            givers = scene.opposite(receivers, given.verb)
        elif givers and not receivers and given.receivers:
            receivers = scene.opposite(givers, given.verb)
        return givers, receivers


class Gifts:
    """Finds gifts."""

    def __init__(self) -> None:
        self._presents = Presents()
        self._sets = self._presents.sets

    def find(self, scene: Scene) -> Iterator[Gift]:
        """The gifts of a document."""
        for given in self._presents.given(scene, self._sets["verbs"]):
            givers, receivers = self._presents.sides(scene, given)
            if (givers or receivers) and self._is_gift(given) and _are_apart(givers, receivers):
                quote = _quote(scene, given)
                yield Gift(
                    id=scene.id("gift", quote),
                    document_id=scene.document_id,
                    quote=quote,
                    sources=(quote,),
                    giver=givers,
                    receiver=receivers,
                    object=_object(scene, given.thing).trigger,
                    when=scene.when(given.verb),
                )

    def _is_gift(self, given: Given) -> bool:
        lemma = given.thing.lemma_.lower()
        if lemma in self._sets["no-gifts"]:
            return False
        marks = [*obliques(given.verb, "as"), *obliques(given.thing, "as")]
        return lemma in self._sets["gifts"] or any(mark.lemma_.lower() in self._sets["as-gift"] for mark in marks)


class Awards:
    """Finds awards."""

    def __init__(self) -> None:
        self._presents = Presents()
        self._sets = self._presents.sets

    def find(self, scene: Scene) -> Iterator[Award]:
        """The awards of a document."""
        for given in self._presents.given(scene, self._sets["award-verbs"]):
            if not self._is_award(given.thing):
                continue
            givers, receivers = self._presents.sides(scene, given)
            givers = givers or known(scene.actors(obliques(given.thing, "of")))
            if receivers:
                quote = _quote(scene, given)
                yield Award(
                    id=scene.id("award", quote),
                    document_id=scene.document_id,
                    quote=quote,
                    sources=(quote,),
                    giver=givers,
                    receiver=receivers,
                    object=_object(scene, given.thing).trigger,
                    when=scene.when(given.verb),
                )

    def _is_award(self, thing: Word) -> bool:
        lemma = thing.lemma_.lower()
        if lemma not in self._sets["awards"]:
            return False
        around = {word.lower_ for word in thing.subtree}
        named = thing.text[0].isupper() or any(child.text[0].isupper() for child in children(thing, "compound"))
        return lemma not in self._sets["only-as"] or bool(around & self._sets["as-award"] - {lemma}) or named


def _object(scene: Scene, thing: Word) -> Source:
    """The words of what was given, without the clauses that hang on it."""
    inside = [w for child in thing.children if child.dep_ not in OUTSIDE for w in child.subtree]
    words = sorted([thing, *inside], key=lambda word: word.i)
    words = [word for word in words if not (word is words[0] and word.dep_ == "det" and word.lower_ == "the")]
    start = next(at for at, word in enumerate(words) if word is thing)
    first = start
    while first and words[first - 1].i == words[first].i - 1:
        first -= 1
    last = start
    while last + 1 < len(words) and words[last + 1].i == words[last].i + 1 and words[last + 1].lower_ != "as":
        last += 1
    return scene.quote(words[first], words[last])


def _quote(scene: Scene, given: Given) -> Source:
    thing = _object(scene, given.thing)
    at = scene.words_of(thing)
    receivers = [word for word in given.receivers if word.sent is given.verb.sent and word.i > given.verb.i]
    words = sorted([given.verb, *at, *receivers], key=lambda word: word.i)
    return scene.quote(words[0], words[-1])


def _are_apart(givers: tuple[Actor, ...], receivers: tuple[Actor, ...]) -> bool:
    """Whether both sides are not of one country: gifts between states."""
    countries = {actor.country for actor in givers} & {actor.country for actor in receivers}
    return not countries or "IGO" in countries
