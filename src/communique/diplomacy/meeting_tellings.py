"""Finds the tellings of meetings: verbs and nouns by data/meetings.yaml, and acts of meeting by their rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from communique.datafiles import packaged, read_yaml_entries
from communique.diplomacy.levels import side
from communique.diplomacy.meeting_times import before, only_time, since, today
from communique.diplomacy.meeting_wordings import KindCue, Wording
from communique.diplomacy.scene import Scene
from communique.diplomacy.tellings import Telling, known, stretched
from communique.diplomacy.things import MeetingKind, When
from communique.diplomacy.wordings import DATA, load_sets
from communique.events.arguments import agents, children, clause_of, conjuncts, is_passive, located, obliques, patients
from communique.model import Actor, Event, Factuality
from communique.text.tree import Word

NOUNS = frozenset({"NOUN", "PROPN"})
VERBS = frozenset({"VERB", "AUX"})
# Rules of events that tell of a meeting, and what kind of one.
ACTS: dict[str, MeetingKind | str] = {
    "consult.meet": "",
    "consult.third": "sidelines",
    "consult.phone": "call",
    "consult.negotiate": "talks",
    "consult.multilateral": "multilateral",
    "consult.received": "",
    "consult.host": "",
    "consult.welcome": "",
    "consult.call-on": "",
    "consult.sit-across": "",
}
HOSTS = frozenset({"consult.host", "consult.welcome"})
CALLED_FOR: Factuality = "called-for"
UNREAL: frozenset[Factuality] = frozenset({"denied", "called-for", "conditional"})


class MeetingTellings:
    """Finds the tellings of meetings in a document."""

    def __init__(self) -> None:
        wordings = read_yaml_entries(packaged(DATA, "meetings.yaml"), Wording)
        self._verbs: dict[str, list[Wording]] = {}
        for wording in wordings:
            for verb in wording.verbs:
                self._verbs.setdefault(verb, []).append(wording)
        self._nouns = {noun: wording for wording in wordings for noun in wording.nouns}
        self._cues = [
            (cue.kind, frozenset(cue.words)) for cue in read_yaml_entries(packaged(DATA, "meeting_kinds.yaml"), KindCue)
        ]
        self._sets = load_sets("meeting_words")
        self._triggers = frozenset({*self._verbs, *self._nouns})

    def of(self, scene: Scene) -> list[Telling]:
        """The tellings, in text order; each word tells one."""
        acts = dict(self._acts(scene))
        found: dict[int, Telling] = {}
        for word in scene.with_lemma(self._triggers):
            telling = self._telling(scene, word, acts)
            if telling is not None:
                found[word.i] = telling
        told = {i for telling in found.values() for i in _covered(scene, telling)}
        for place, (event, kind) in acts.items():
            if place not in told:
                telling = self._by_act(scene, scene.parsed.doc.words[place], event, kind)
                if telling is not None and not told & _covered(scene, telling):
                    found[place] = telling
                    told |= _covered(scene, telling)
        return [found[place] for place in sorted(found)]

    def _acts(self, scene: Scene) -> Iterator[tuple[int, tuple[Event, MeetingKind | str]]]:
        """The acts of meeting by the words of their first telling; later tellings have no sides of their own."""
        for event in scene.events:
            act = event.rule.rsplit("/", 1)[-1]
            if act in ACTS:
                for word in scene.words_of(event.sources[0]):
                    if word.pos_ in NOUNS | VERBS:
                        yield word.i, (event, ACTS[act])

    def _telling(self, scene: Scene, word: Word, acts: dict[int, tuple[Event, MeetingKind | str]]) -> Telling | None:
        lemma = word.lemma_.lower()
        if word.pos_ == "VERB":
            if self._is_body_meeting(word):
                return self._by_body(scene, word)
            for wording in self._verbs.get(lemma, ()):
                if self._has_needed(wording, word):
                    return self._by_verb(scene, word, wording, acts.get(word.i, (None, ""))[0])
            return None
        wording_of_noun = self._nouns.get(lemma)
        if wording_of_noun is None or word.pos_ not in NOUNS or not self._is_meeting(word, wording_of_noun):
            return None
        return self._by_noun(scene, word, wording_of_noun, acts.get(word.i, (None, ""))[0])

    def _has_needed(self, wording: Wording, verb: Word) -> bool:
        return not wording.needs or any(child.lower_ in wording.needs for child in verb.children)

    def _is_meeting(self, noun: Word, wording: Wording) -> bool:
        before = {w.lower_ for child in noun.lefts for w in child.subtree}
        if noun.dep_ in ("compound", "nmod") or before & self._sets["no-meeting"]:
            return False
        if wording.plural and noun.tag_ not in ("NNS", "NNPS"):
            return False
        return not wording.modified or bool(before & set(wording.modified)) or self._between(noun)

    def _between(self, noun: Word) -> bool:
        return any(child.lower_ in ("between", "with") for child in children(noun, "prep"))

    def _by_act(self, scene: Scene, word: Word, event: Event, kind: MeetingKind | str) -> Telling | None:
        host = event.actors[0] if event.rule.rsplit("/", 1)[-1] in HOSTS and event.actors else None
        sides = known((*event.actors, *event.recipients))
        words = scene.words_of(event.sources[0])
        telling = self._made(scene, word, words, kind, sides, host)
        plain = telling.factuality == "happened" and event.factuality != "happened"
        return replace(telling, factuality=event.factuality) if plain else telling

    # Verbs

    def _by_verb(self, scene: Scene, verb: Word, wording: Wording, event: Event | None) -> Telling | None:
        first = agents(verb)
        second = [noun for name in wording.take for noun in self._brought(verb, name)]
        if is_passive(verb):
            first, second = agents(verb), patients(verb)
        others, sent = scene.actors(second), False
        if not known(others):
            # 'ambassadors from ECOWAS'
            able = [noun for noun in second if noun.lemma_.lower() in self._sets["many"] | self._sets["papers"]]
            whose = [each for noun in able for each in (*obliques(noun, "from", "of"), *obliques(verb, "from"))]
            whose += [beside for each in whose for beside in children(each, "appos")]
            others = scene.actors(whose) or others
            sent = bool(able) and bool(others)
        if wording.person and not sent and not any(actor.kind in ("person", "office", "group") for actor in others):
            return None
        if wording.named and not any(actor.kind == "person" for actor in others):
            return None
        own = scene.actors([*first, *(children(verb, "nsubj") if not is_passive(verb) else [])])
        if event is not None:
            own, others = own or event.actors, others or known(event.recipients)
        if wording.hosts and (foreign := [actor for actor in others if side(actor) not in set(map(side, own))]):
            others = tuple(foreign)
        if second and not others and not wording.joint and not all(noun.lower_ == "face" for noun in second):
            return None
        if not others and len(first) == 1 and first[0].dep_ == "conj" and verb.dep_ == "relcl":
            own = scene.actors([first[0].head, *first])
        if wording.hosts and not any(actor.kind in ("person", "office") for actor in own):
            own = scene.actors([word for head in first for word in children(head, "appos")]) or own
        hosts = [actor for actor in own if actor.kind == "person"] or list(own)
        host = hosts[0] if wording.hosts and hosts else None
        sides = known((*own, *others))
        words = [verb, *(child for child in verb.children if child.dep_ in ("aux", "prt") and child.i > verb.i)]
        telling = self._made(scene, verb, words, wording.kind, sides, host)
        telling = since(scene, verb, telling)
        again = any(child.lower_ in ("again", "next") for child in children(verb, "advmod"))
        return replace(telling, other=again or telling.factuality == "planned")

    def _is_body_meeting(self, verb: Word) -> bool:
        """'The Joint Committee shall meet in Riga': a body of two states that sits."""
        subjects = agents(verb)
        return verb.lemma_ in self._sets["sitting"] and any(
            noun.lemma_.lower() in self._sets["bodies"] for noun in subjects
        )

    def _by_body(self, scene: Scene, verb: Word) -> Telling | None:
        sides = known(scene.parties)
        telling = self._made(scene, verb, [verb], "", sides, None)
        return replace(telling, other=True) if len(sides) == 2 else None

    def _brought(self, verb: Word, name: str) -> list[Word]:
        if name == "obj":
            return patients(verb)
        if name == "dative":
            return [noun for child in children(verb, "dative") for noun in conjuncts(child)]
        return obliques(verb, name)

    # Nouns

    def _by_noun(self, scene: Scene, noun: Word, wording: Wording, event: Event | None) -> Telling | None:
        own, host = self._sides(scene, noun)
        if event is not None and len({side(actor) for actor in known(own)}) < 2:
            own = (*event.actors, *event.recipients)
        sides = known(own)
        before = {w.lower_ for child in noun.lefts for w in child.subtree}
        other = bool(before & self._sets["other"])
        definite = bool(before & self._sets["definite"]) or not before
        words = self._noun_words(noun)
        telling = self._made(scene, noun, words, wording.kind, sides, host)
        factuality = telling.factuality
        if factuality == "happened" and before & self._sets["ahead"]:
            factuality = "planned"
        if factuality == "happened" and (before & self._sets["behind"] or self._is_recalled(noun)):
            factuality = "background"
        if wording.bodies and not self._is_held(noun):
            return None
        takes_up = definite and not other and noun.lemma_.lower() not in self._sets["processes"]
        of_others = any(head.lemma_.lower() in self._sets["many"] for head in obliques(noun, "of", "with", "between"))
        if ("its" in before and not sides) or (of_others and len(sides) < 2):
            takes_up = other = False
        many = any(head.lemma_.lower() in self._sets["many"] and head.tag_ == "NNS" for head in obliques(noun, "with"))
        telling = replace(telling, factuality=factuality, takes_up=takes_up, other=other, joint=wording.id == "summit")
        return replace(telling, many=True, kind=telling.kind or "multilateral") if many and len(sides) == 1 else telling

    def _is_held(self, noun: Word) -> bool:
        """Whether a session is one that takes place: 'the session was held', 'held a session'."""
        verb = noun.head
        held = self._sets["holding"] | self._sets["hosting"] | {"take", "meet"}
        return noun.dep_ in ("nsubj", "nsubjpass", "dobj") and verb.lemma_ in held

    def _is_recalled(self, noun: Word) -> bool:
        word = noun
        while word.head is not word and word.dep_ in ("pobj", "prep", "dobj", "conj", "acl", "poss", "pcomp"):
            word = word.head
            if word.lemma_ in self._sets["recalling"]:
                return True
        return False

    def _noun_words(self, noun: Word) -> list[Word]:
        verb = noun.head
        before = [child.left_edge for child in noun.lefts if child.dep_ in ("compound", "amod", "nmod", "poss")]
        if verb.lemma_ == "take":
            before += children(verb, "dobj")
        carrier = self._carrier(noun)
        if carrier is not None and carrier.i > noun.i and carrier is not verb:
            before.append(carrier)
        return sorted((*self._noun_and_verb(noun, verb), *before), key=_at)

    def _noun_and_verb(self, noun: Word, verb: Word) -> list[Word]:
        if noun.dep_ in ("dobj", "nsubjpass", "nsubj") and verb.lemma_ in (
            self._sets["holding"] | self._sets["hosting"] | {"take"}
        ):
            return [noun, verb]
        return [noun]

    def _sides(self, scene: Scene, noun: Word) -> tuple[tuple[Actor, ...], Actor | None]:
        """Who took part as the noun's own words and its verb tell, and who was host."""
        between = obliques(noun, "between", "among")
        if between:
            return scene.actors(between), self._host(scene, noun)
        carrier = self._carrier(noun)
        heads = [*obliques(noun, "with"), *(obliques(carrier, "with") if carrier is not None else [])]
        heads += [owner for poss in children(noun, "poss") for owner in conjuncts(poss)]
        heads += obliques(noun, "of")
        heads += [word for child in noun.lefts if child.dep_ in ("compound", "amod", "nmod") for word in child.subtree]
        heads += [owner for head in obliques(noun, "with") for owner in self._owners(head)]
        if carrier is not None and carrier.lemma_ in self._sets["holding"] | self._sets["hosting"]:
            heads += agents(carrier)
        if carrier is not None and carrier.lemma_ in self._sets["hosting"] and not obliques(noun, "with"):
            heads += self._spoken_of(noun, carrier)
        elif noun.dep_ == "pobj" and noun.head.lower_ in self._sets["occasions"] and obliques(noun, "with"):
            heads += agents(clause_of(noun))
        return scene.actors(heads), self._host(scene, noun)

    def _spoken_of(self, noun: Word, verb: Word) -> list[Word]:
        """Those of whom a sentence tells that somebody hosted talks: 'X and Y agreed, Z said after hosting talks'."""
        if verb.dep_ != "pcomp":
            return []
        subjects = [word for word in noun.sent if word.dep_ == "nsubj" and children(word, "conj")]
        return [word for subject in subjects[:1] for word in conjuncts(subject)]

    def _owners(self, head: Word) -> list[Word]:
        """Whose counterpart somebody is: 'talks with his counterpart X'."""
        words = [head, *children(head, "compound", "nmod", "appos", "amod")]
        if not any(word.lemma_.lower() in ("counterpart", "colleague") for word in words):
            return []
        return [owner for word in words for owner in children(word, "poss") if owner.pos_ == "PRON"]

    def _carrier(self, noun: Word) -> Word | None:
        told = [verb for verb in noun.subtree if verb.i > noun.i and verb.lemma_ in self._sets["occurring"]]
        clauses = [
            verb for verb in told if any(word.dep_ in ("relcl", "acl") for word in (verb, verb.head, verb.head.head))
        ]
        if clauses and clauses[0].pos_ == "VERB":
            return clauses[0]
        if noun.dep_ in ("dobj", "nsubjpass", "nsubj") and noun.head.pos_ == "VERB":
            return noun.head
        if noun.dep_ == "pobj" and noun.head.lower_ == "in" and noun.head.head.lemma_ in self._sets["taking-part"]:
            return noun.head.head
        return None

    def _host(self, scene: Scene, noun: Word) -> Actor | None:
        carrier = self._carrier(noun)
        if carrier is not None and carrier.lemma_ in self._sets["hosting"] and carrier.tag_ != "VBG":
            return next(iter(scene.actors(agents(carrier))), None)
        if carrier is not None and carrier.lemma_ in self._sets["hosting"] and carrier.dep_ == "pcomp":
            above = carrier.head.head
            heads = children(above, "dobj") if carrier.head.lower_ == "for" else agents(above)
            return next(iter(scene.actors(heads)), None)
        for word in (noun, carrier):
            chairs = obliques(word, "under") if word is not None else []
            leaders = [
                who for chair in chairs if chair.lemma_ in self._sets["chairing"] for who in obliques(chair, "of")
            ]
            if leaders:
                return next(iter(scene.actors(leaders)), None)
        return None

    # Both

    def _made(
        self,
        scene: Scene,
        head: Word,
        words: list[Word],
        kind: MeetingKind | str,
        sides: tuple[Actor, ...],
        host: Actor | None,
    ) -> Telling:
        carrier = self._carrier(head) if head.pos_ in NOUNS else None
        bearers = [head, *([carrier] if carrier is not None else [])]
        at = self._around(bearers)
        told = next((cue for cue, cues in self._cues if at & cues), "")
        # 'His participation in the forum in Davos in January and his meeting there'.
        there = head.head if any(child.lower_ == "there" for child in head.children) and head.dep_ == "conj" else None
        dated = [word for word in (head, carrier, there) if word is not None]
        named = next((when for word in dated if (when := scene.named_when(word)) is not None), None)
        when = named or only_time(scene, head) or today(scene, head)
        factuality = self._factuality(scene, bearers, when)
        # A place that hangs on an outer clause is the place of what happens there.
        places = [noun for bearer in (*bearers, *([there] if there is not None else [])) for noun in located(bearer)]
        places += [child for child in head.lefts if child.dep_ == "compound" and head.lemma_.lower() == "summit"]
        if head.pos_ in NOUNS and head.dep_ == "pobj":
            places += [noun for noun in located(clause_of(head)) if noun.i > head.i]
        place = scene.place(places)
        if place is not None:
            sides = tuple(actor for actor in sides if actor.start != place.start)
        quote = stretched(scene, min(words, key=_at), max(words, key=_at), sides)
        if host is not None and host not in sides and (len(sides) > 1 or head.lemma_.lower() in self._sets["joint"]):
            sides = known((*sides, host))
        sentence = scene.quote(head.sent[0], head.sent[-1])
        elsewhere = all(actor.text.islower() or not sentence.start <= actor.start < sentence.end for actor in sides)
        within = self._within(scene, bearers)
        return Telling(
            head,
            quote,
            told or kind,
            sides,
            host,
            place,
            within,
            when,
            factuality,
            by_reference=bool(sides) and elsewhere,
        )

    def _factuality(self, scene: Scene, bearers: list[Word], when: When | None) -> Factuality:
        told: list[Factuality] = [scene.factuality(word) for word in bearers]
        factuality: Factuality = next((each for each in told if each != "happened"), "happened")
        above = list(islice(bearers[0].ancestors, 6))
        above += [noun for word in above for noun in children(word, "dobj")]
        if any(word.lemma_.lower() in self._sets["inviting"] for word in above):
            return CALLED_FOR
        day = scene.parsed.date
        if factuality == "happened" and when is not None and when.date is not None and day is not None:
            if when.date > day:
                return "planned"
            if before(scene, when):
                return "background"
        earlier = factuality == "happened" and any(self._is_earlier(word) for word in bearers)
        return "background" if earlier else factuality

    def _is_earlier(self, word: Word) -> bool:
        return any(child.lower_ in ("last", "first", "previously", "earlier") for child in children(word, "advmod"))

    def _around(self, bearers: list[Word]) -> set[str]:
        """Lemmas that stand at the words that tell of a meeting, and after their prepositions."""
        found: set[str] = set()
        for word in bearers:
            for child in word.children:
                if child.dep_ in ("compound", "amod", "nmod", "advmod", "npadvmod"):
                    found.update((child.lemma_.lower(), child.lower_))
                if child.dep_ == "prep":
                    for noun in children(child, "pobj"):
                        found.update((noun.lemma_.lower(), noun.lower_))
                        found.update(w.lower_ for w in children(noun, "compound", "amod", "nmod"))
        return found

    def _within(self, scene: Scene, bearers: list[Word]) -> str:
        """The words of the larger event that it was part of."""
        for word in bearers:
            for margin in obliques(word, "on", "at", "in"):
                if margin.lemma_.lower() in self._sets["sidelines"]:
                    return next((scene.phrase(noun).trigger for noun in obliques(margin, "of")), "")
        return ""


def _covered(scene: Scene, telling: Telling) -> set[int]:
    return {word.i for word in scene.words_of(telling.quote)} | {telling.head.i}


def _at(word: Word) -> int:
    return word.i
