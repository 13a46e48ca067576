"""Positions: where somebody stands on something, each with the words of what it is on and whom it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from communique.datafiles import packaged, read_yaml_entries
from communique.diplomacy.scene import Scene, distinct
from communique.diplomacy.sides import (
    FIRST_PERSON,
    holders,
    known,
    modifiers,
    named_by,
    other_side,
    parties,
    party,
    talking,
)
from communique.diplomacy.things import Position, Stance
from communique.diplomacy.wordings import DATA, load_sets
from communique.events.arguments import (
    SUBJECTS,
    agents,
    ancestors,
    children,
    conjuncts,
    is_passive,
    objects,
    obliques,
    patients,
    prepositions,
    subject,
)
from communique.events.factuality_forms import FORMS
from communique.events.lexicon import Example
from communique.model import Actor, Factuality
from communique.text.tree import Word

REAL: frozenset[Factuality] = frozenset({"happened", "ongoing", "background", "planned", "promised"})
CLAUSE_LINKS = ("ccomp", "xcomp", "advcl")
COPULAS = frozenset({"be", "remain", "feel", "stand", "seem"})
MARKS = frozenset({"that"})
WANTING = frozenset({"want", "wish", "like", "continue", "go"})
# 'The murder of', 'the attack on': what follows is whom it was done to.
DOERS = ("by", "from")
GIVEN_ONLY = frozenset({"understanding", "condition"})
FUTURE = frozenset({"will", "shall", "'ll"})
UNREAL = frozenset({"would", "could", "may", "might", "should", "must", "can", "'d"})


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


class Positions:
    """Finds positions; built once from data/positions.yaml."""

    def __init__(self) -> None:
        wordings = load_stance_wordings()
        self.verbs = _index(wordings, "verbs")
        self.nouns = _index(wordings, "nouns")
        self.adjectives = _index(wordings, "adjectives")
        self.acts = {act: each.stance for each in wordings for act in each.acts if each.stance}
        sets = load_sets("clauses")
        self.carriers, self.bad, self.no_object = sets["stance-carriers"], sets["bad"], sets["no-object"]
        self.received, self.nested, self.done_to = sets["received"], sets["nested"], sets["done-to"]
        self.urging = frozenset(verb for each in wordings if each.must for verb in each.verbs)
        self.musts = {word: each.stance for each in wordings for word in each.must if each.stance}

    def find(self, scene: Scene) -> Iterator[Position]:
        """The positions of a document; one told several times once with all its places."""
        kept: list[Position] = []
        for told in self._told(scene):
            made = self._made(scene, told)
            if made is None:
                continue
            same = next((n for n, one in enumerate(kept) if _is_same(one, made)), None)
            if same is None:
                kept.append(made)
            else:
                kept[same] = replace(kept[same], sources=tuple(dict.fromkeys((*kept[same].sources, *made.sources))))
        yield from kept

    def _told(self, scene: Scene) -> Iterator[Told]:
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

    # By verbs

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
            heads = [each for each in patients(verb) if scene.actors([each])]
            return tuple(self._about(verb, entry)), tuple(heads)
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

    # By nouns and adjectives

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
        on = self._about(noun, entry) or ([n for n in obliques(clause, *entry.about)] if brought else [])
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

    # What is made of it

    def _made(self, scene: Scene, told: Told) -> Position | None:
        if not self._is_held(scene, told):
            return None
        holder = self._holder(scene, told)
        if not holder:
            return None
        words = [word for head in told.on[:1] for word in _phrase(head, told.trigger)]
        if told.last is not None and words and told.last.i > words[-1].i and told.stance == "condemns":
            words = list(told.last.doc[words[0].i : told.last.i + 1])
        first, last = _bounds(told, words)
        quote = scene.quote(first, last)
        on = scene.quote(words[0], words[-1]).trigger if words else ""
        return Position(
            id=scene.id("position", quote, told.stance),
            document_id=scene.document_id,
            quote=quote,
            sources=(quote,),
            holder=holder,
            stance=told.stance,
            target=self._target(scene, told, holder),
            object=on,
            topics=scene.topics_among(words),
            when=scene.when(told.clause),
        )

    def _is_held(self, scene: Scene, told: Told) -> bool:
        clause = told.clause
        if self._is_help(scene, told):
            return False
        if FORMS["question"](clause) or any(a.lemma_.lower() in GIVEN_ONLY for a in ancestors(clause)):
            return False
        if len(told.on) == 1 and told.on[0].pos_ in ("PRON", "DET") and not told.concerned:
            return False
        if clause.pos_ not in ("VERB", "AUX"):
            return scene.factuality(clause) not in ("denied", "conditional", "called-for")
        if clause.tag_ == "VB" and not children(clause, "aux") and clause.dep_ != "conj":
            return False
        auxiliaries = {aux.lower_ for aux in children(clause, "aux")}
        if auxiliaries & UNREAL and told.stance != "rejects":
            return False
        infinitive = clause.tag_ == "VB" and "to" in auxiliaries
        if infinitive and not (clause.dep_ == "xcomp" and clause.head.lemma_.lower() in WANTING):
            return False
        if clause.dep_ == "amod" or (clause.dep_ in ("pcomp", "csubj")):
            return False
        factuality = scene.factuality(clause)
        if factuality == "denied":
            return bool(children(clause, "neg")) or told.stance == "rejects"
        return factuality in REAL or (infinitive and factuality == "called-for")

    def _is_help(self, scene: Scene, told: Told) -> bool:
        """Whether support is help: 'Norway's support for women mediators', 'will support this work'."""
        if told.stance != "supports" or not told.on:
            return False
        head = told.on[0]
        if told.clause.pos_ == "NOUN":
            return any(actor.kind not in ("country", "organisation") for actor in scene.actors([head]))
        ahead = any(aux.lower_ in FUTURE for aux in children(told.clause, "aux"))
        return ahead and any(child.lower_ in ("this", "these") for child in children(head, "det"))

    def _holder(self, scene: Scene, told: Told) -> tuple[Actor, ...]:
        clause = told.clause
        if clause.pos_ == "ADJ" and clause.dep_ == "conj":
            return holders(scene, clause.head)
        if clause.pos_ not in ("VERB", "AUX"):
            owners = [child for child in children(clause, "poss")]
            return known(scene.actors(n for owner in owners for n in conjuncts(owner)))
        owned = [child for child in children(told.trigger, "poss", "compound") if child.pos_ in ("PROPN", "NOUN")]
        named = known(scene.actors(owned)) if told.trigger is not clause else ()
        found = holders(scene, clause) if clause.pos_ == "VERB" else _of_subject(scene, clause)
        found = found if not named or parties(found) == parties(named) else named
        if not found and clause.dep_ == "relcl" and (whose := subject(clause)) is not None:
            found = (
                known(scene.actors([clause.head])) if any(c.lower_ == "whose" for c in children(whose, "poss")) else ()
            )
        if not found and is_passive(clause) and not agents(clause):
            return talking(scene, scene.number(clause)) if _is_main(clause) else ()
        return found

    def _target(self, scene: Scene, told: Told, holder: tuple[Actor, ...]) -> tuple[Actor, ...]:
        """Whom it concerns: who is named as such, else who owns or did what it is on."""
        mine = parties(holder)
        named = known(scene.actors(each for head in told.concerned for each in conjuncts(head)))
        if not named:
            named = known(a for head in told.on for a in self._owners(scene, head))
        if not named and told.stance == "thanks":
            named = other_side(scene, holder, scene.number(told.trigger))
        others = [actor for actor in named if party(actor) not in mine]
        return distinct(actor for actor in others if not any(_lies_in(actor, other) for other in others))

    def _owners(self, scene: Scene, head: Word) -> Iterator[Actor]:
        if head.pos_ in ("VERB", "AUX"):
            return
        own = [actor for actor in scene.actors([head]) if actor.kind != "place"]
        if own and all(actor.country or actor.kind == "person" for actor in own):
            yield from own
            return
        yield from modifiers(scene, head)
        doers = obliques(head, *DOERS)
        if head.lemma_.lower() not in self.done_to:
            doers = doers or obliques(head, "of")
        yield from scene.actors(n for noun in doers for n in conjuncts(noun))


def _lies_in(actor: Actor, other: Actor) -> bool:
    """Whether a mention is part of a longer one of the same side: 'Kazakh' in 'the Kazakh president'."""
    inside = other.start <= actor.start and actor.end <= other.end and actor.end - actor.start < other.end - other.start
    return inside and party(actor) == party(other)


def _of_subject(scene: Scene, clause: Word) -> tuple[Actor, ...]:
    found = subject(clause)
    if found is not None and found.lower_ in FIRST_PERSON:
        return holders(scene, clause)
    return named_by(scene, conjuncts(found)) if found is not None else ()


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


def _phrase(head: Word, trigger: Word) -> list[Word]:
    """The words of what a stance is on, in a row: without 'that', and up to a clause set off by a comma."""
    words = (
        [w for w in head.subtree if w.i > trigger.i]
        if head.i > trigger.i
        else [w for w in head.subtree if w.i < trigger.i]
    )
    while words and (words[0].is_punct or (words[0].lower_ in MARKS and words[0].dep_ == "mark")):
        words.pop(0)
    cut = min((w.left_edge.i for w in words if w.i > head.i and _goes_beyond(w)), default=None)
    words = [w for w in words if cut is None or w.i < cut]
    while words and (words[-1].dep_ == "cc" or words[-1].text == ","):
        words.pop()
    while len(words) > 1 and words[-1].is_punct and words[-1].text not in ('"', "”", ")"):
        words.pop()
    return words or [head]


def _goes_beyond(word: Word) -> bool:
    """Whether a word begins a clause that tells more than what the stance is on."""
    if word.dep_ == "conj" and word.pos_ == "VERB" and word.head.pos_ != "VERB":
        return True
    if word.dep_ == "conj" and word.tag_ in ("VBD", "VBZ", "VBP") and word.head.tag_ not in ("VBD", "VBZ", "VBP"):
        return True
    edge = word.left_edge
    return word.dep_ in ("relcl", "acl") and edge.i > 0 and edge.nbor(-1).text == ","


def _bounds(told: Told, words: list[Word]) -> tuple[Word, Word]:
    """From the verb, with its adverbs, to the end of what it is on."""
    named = [told.trigger, told.clause, *told.concerned, *words[:1], *words[-1:]]
    named += [child for child in children(told.clause, "advmod") if child.i == told.clause.i - 1]
    named += children(told.clause, "neg")
    named += [told.last] if told.last is not None else []
    if told.clause is told.trigger and told.clause.pos_ == "NOUN":
        named += [w for child in children(told.clause, "poss") for w in child.subtree]
    if not words and told.concerned:
        named += [w for head in told.concerned for w in head.subtree if not w.is_punct and w.i < head.i + 6]
    near = [word for word in named if word.sent is told.trigger.sent]
    return min(near, key=lambda word: word.i), max(near, key=lambda word: word.i)


def _is_main(word: Word) -> bool:
    return not any(above.dep_ in ("ccomp", "xcomp", "relcl", "acl") for above in (word, *ancestors(word)))


def _is_same(one: Position, other: Position) -> bool:
    if one.stance != other.stance or parties(one.holder) != parties(other.holder):
        return False
    mine, theirs = one.object.casefold(), other.object.casefold()
    overlap = one.quote.start < other.quote.end and other.quote.start < one.quote.end
    return overlap or (mine == theirs and one.target == other.target and bool(mine))
