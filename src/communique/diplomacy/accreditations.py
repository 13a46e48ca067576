"""Envoys who take up or leave a post."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from communique.diplomacy.levels import side
from communique.diplomacy.scene import Scene
from communique.diplomacy.things import Accreditation, AccreditationAct
from communique.diplomacy.wordings import load_sets
from communique.events.arguments import agents, children, conjuncts, obliques, patients
from communique.model import NO_STATES, Actor
from communique.text.tree import Word

UNREAL = frozenset({"denied", "conditional", "called-for"})


class Accreditations:
    """Finds accreditations."""

    def __init__(self) -> None:
        self._sets = load_sets("accreditations")
        verbs = ("appointing", "recalling", "presenting", "receiving")
        self._verbs = frozenset().union(*(self._sets[name] for name in verbs))

    def find(self, scene: Scene) -> Iterator[Accreditation]:
        """The accreditations of a document; one envoy presents credentials once."""
        found: dict[tuple[str, str, str], Accreditation] = {}
        for verb in scene.with_lemma(self._verbs):
            if verb.pos_ != "VERB" or scene.factuality(verb) in UNREAL:
                continue
            for thing in self._by_verb(scene, verb):
                same = (thing.act, thing.sending, thing.receiving)
                if same in found:
                    first = found[same]
                    person = first.person if first.person.name else thing.person
                    found[same] = replace(first, person=person, sources=(*first.sources, thing.quote))
                else:
                    found[same] = thing
        yield from found.values()

    def _by_verb(self, scene: Scene, verb: Word) -> Iterator[Accreditation]:
        lemma = verb.lemma_.lower()
        if lemma in self._sets["appointing"]:
            yield from self._appointed(scene, verb)
        elif lemma in self._sets["recalling"]:
            yield from self._recalled(scene, verb)
        else:
            papers = [noun for noun in patients(verb) if noun.lemma_.lower() in self._sets["papers"]]
            for paper in papers:
                yield from self._credentials(scene, verb, paper)

    def _credentials(self, scene: Scene, verb: Word, paper: Word) -> Iterator[Accreditation]:
        if verb.lemma_.lower() in self._sets["presenting"]:
            envoys, hosts = agents(verb), obliques(verb, "to") or obliques(paper, "to")
        else:
            envoys, hosts = (
                [*obliques(paper, "of", "from"), *obliques(verb, "from"), *children(paper, "poss")],
                agents(verb),
            )
        receiving = next((side(host) for host in scene.actors(hosts)), "")
        beside = [child for envoy in envoys for child in children(envoy, "appos")]
        people = self._envoys(scene, [*envoys, *beside])
        for person in people:
            if person.country != receiving:
                yield self._made(
                    scene, "presents-credentials", verb, [paper, *hosts, *envoys], person, side(person), receiving
                )

    def _envoys(self, scene: Scene, heads: list[Word]) -> list[Actor]:
        """The persons among some phrases; offices where none is named."""
        actors = [actor for actor in scene.actors(heads) if actor.country]
        return [actor for actor in actors if actor.kind == "person"] or actors

    def _appointed(self, scene: Scene, verb: Word) -> Iterator[Accreditation]:
        people = patients(verb)
        posts = [
            noun for child in children(verb, "oprd", "attr", "dobj", "xcomp", "ccomp") for noun in conjuncts(child)
        ]
        posts += obliques(verb, "as", "to") + [post for noun in people for post in obliques(noun, "as")]
        posts = [post for post in posts if self._is_envoy(post)]
        if not posts or not people:
            return
        post = posts[0]
        if post in people and len(people) == 1:
            people = [child for child in post.children if child.dep_ == "appos"] or people
        hosts = [*obliques(post, "to", "in"), *(obliques(verb, "to", "in") if post not in obliques(verb, "to") else [])]
        receiving = self._state(scene, hosts)
        persons = scene.actors(people)
        owner = self._state(scene, obliques(post, "of"))
        for person in persons:
            makers = (side(maker) for maker in scene.actors(agents(verb)))
            sending = owner or next(makers, "") or side(person)
            if person.kind == "person" and receiving and sending != receiving:
                yield self._made(scene, "appointed", verb, [*people, post, *hosts], person, sending, receiving)

    def _recalled(self, scene: Scene, verb: Word) -> Iterator[Accreditation]:
        for noun in patients(verb):
            if not self._is_envoy(noun) and not any(self._is_envoy(child) for child in noun.children):
                continue
            makers = [side(actor) for actor in scene.actors(agents(verb))]
            sending = next(iter(makers), "")
            hosts = [*obliques(noun, "to", "in", "from"), *obliques(verb, "from")]
            receiving = self._state(scene, hosts) or self._other(scene, verb, sending)
            actors = [*scene.actors([noun, *children(noun, "appos")])]
            person = next((actor for actor in actors if actor.kind == "person"), next(iter(actors), None))
            if person is not None and sending and sending != receiving:
                yield self._made(scene, "recalled", verb, [noun, *hosts], person, sending, receiving)

    def _other(self, scene: Scene, verb: Word, sending: str) -> str:
        """The one other state that the sentence names."""
        heads = [word for word in verb.sent if word.pos_ in ("PROPN", "NOUN") and word.dep_ != "compound"]
        others = {actor.country for actor in scene.actors(heads)} - {"", sending} - NO_STATES
        return others.pop() if len(others) == 1 else ""

    def _is_envoy(self, noun: Word) -> bool:
        around = {word.lower_ for child in noun.children if child.i - noun.i < 3 for word in (child, *child.children)}
        lemma = noun.lemma_.lower()
        if lemma not in self._sets["envoys"]:
            return False
        return lemma not in self._sets["only-with"] or bool(around & self._sets["with"])

    def _state(self, scene: Scene, heads: list[Word]) -> str:
        for head in heads:
            place = scene.mentions.place(head)
            if place is not None and place.country:
                return place.country
            for actor in scene.mentions.actors(head):
                if actor.kind in ("country", "organisation"):
                    return side(actor)
        return ""

    def _made(
        self,
        scene: Scene,
        act: AccreditationAct,
        verb: Word,
        heads: list[Word],
        person: Actor,
        sending: str,
        receiving: str,
    ) -> Accreditation:
        near = [word for word in (verb, *heads) if word.sent is verb.sent and word.i >= verb.i]
        words = sorted(near, key=lambda word: word.i)
        quote = scene.quote(words[0], words[-1])
        return Accreditation(
            id=scene.id("accreditation", quote),
            document_id=scene.document_id,
            quote=quote,
            sources=(quote,),
            person=person,
            act=act,
            sending=sending,
            receiving=receiving,
            when=scene.when(verb),
        )
