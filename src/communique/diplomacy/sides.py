"""Who is meant where a text does not name them in the clause: 'we', the other side of a meeting, both sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from communique.diplomacy.scene import Scene, distinct
from communique.events.arguments import agents, children, clause_of, obliques
from communique.model import NO_STATES, Actor, Event
from communique.text.tree import Word

FIRST_PERSON = frozenset({"i", "we"})
# Words for those who meet in an organisation, and for what they do there.
COLLECTIVE = frozenset(
    {"leaders", "heads", "government", "ministers", "conference", "summit", "council", "assembly", "states"}
)
GATHERINGS = frozenset({"summit", "meeting", "conference", "session", "communique", "communiqué", "assembly"})
# In how many of its first sentences a text tells whose it is.
HEADING = 3
ROLES = frozenset(
    {"president", "minister", "leader", "head", "heads", "speaker", "counterpart", "chancellor", "monarch"}
)
PLURAL = frozenset({"both", "they"})
# The sides are states, whoever speaks for them.
SIDES = frozenset({"sides", "parties", "countries", "states", "nations", "neighbours", "delegations"})
# Roles that tell nothing of whose they are.
VAGUE = frozenset({"member states", "states", "countries", "member countries"})


def party(actor: Actor) -> str:
    """What makes two actors one side: their country, or the name of an organisation."""
    if actor.country and actor.country not in NO_STATES:
        return actor.country
    return actor.entity_id or actor.name or actor.text.casefold()


def known(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """The actors of whom it is known who they are, everybody once."""
    named = [a for a in actors if a.country or (a.entity_id and a.kind in ("person", "organisation", "group"))]
    return distinct(actor for actor in named if actor.text.casefold() not in VAGUE)


def parties(actors: Iterable[Actor]) -> frozenset[str]:
    """The sides that some actors belong to."""
    return frozenset(map(party, actors))


def one_each(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """One actor of each side, the first that is named."""
    found: dict[str, Actor] = {}
    for actor in actors:
        found.setdefault(party(actor), actor)
    return tuple(found.values())


def holders(scene: Scene, verb: Word) -> tuple[Actor, ...]:
    """Who does what a verb says; for 'we' and 'I' whoever speaks."""
    return named_by(scene, agents(verb))


def named_by(scene: Scene, heads: Iterable[Word]) -> tuple[Actor, ...]:
    """Who some phrases name: 'both ministers' and 'the Deputy Secretary' as the persons whom the text tells before."""
    found: list[Actor] = []
    for head in heads:
        actors = scene.actors([head])
        met = talking(scene, scene.number(head)) if len(parties(actors)) < 2 and _takes_up(head) else ()
        if met and (not actors or parties(actors) <= parties(met) or all(a.kind != "person" for a in actors)):
            found.extend(collective(scene) or met)
        else:
            found.extend(one for actor in actors for one in _meant(scene, head, actor))
    return known(found)


def _takes_up(head: Word) -> bool:
    """Whether a plural names those who met by their role alone: 'the presidents', 'the heads of state'."""
    bare = not children(head, "poss", "amod", "compound", "nmod", "appos", "relcl")
    of = [noun for noun in obliques(head, "of") if noun.lower_ not in ("state", "government")]
    plural = head.tag_ in ("NNS", "NNPS") or head.lower_ == "heads"
    return plural and head.lemma_.lower() in ROLES and bare and not of


def _meant(scene: Scene, head: Word, actor: Actor) -> tuple[Actor, ...]:
    if actor.kind == "person":
        return (actor,)
    name = actor.text.split()[-1].lower() if actor.text else ""
    if {head.lower_, name, head.lemma_.lower()} & COLLECTIVE and (actor.text[:1].isupper() or head.text[:1].isupper()):
        body = collective(scene)
        if body:
            return body
    person = _with_title(scene, actor)
    if person is None and (head.lower_ in PLURAL or head.tag_ in ("NNS", "NNPS")) and actor.kind != "organisation":
        person = _person_of(scene, head, actor) if head.lower_ not in SIDES else None
    return (person or actor,)


def _with_title(scene: Scene, actor: Actor) -> Actor | None:
    """The person whom the text names with the same title: 'the Deputy Secretary' after 'Deputy Secretary Sherman'."""
    title = actor.text.removeprefix("the ").removeprefix("The ")
    if not title.istitle() or actor.kind in ("country", "organisation", "place"):
        return None
    text = scene.parsed.document.text
    at = text.find(f"{title} ")
    while at >= 0:
        for place in (at, at + len(title) + 1):
            word = scene.word_at(place)
            near = scene.mentions.actors(word) if word is not None else ()
            if len(near) == 1 and near[0].kind == "person" and near[0].end > at + len(title):
                return scene.actors([word])[0] if word is not None else None
        at = text.find(f"{title} ", at + 1)
    return None


def _person_of(scene: Scene, head: Word, actor: Actor) -> Actor | None:
    """The person of a country whom the text named last before a word."""
    for word in reversed(scene.parsed.doc.words[: head.i]):
        if word.pos_ == "PROPN":
            for each in scene.mentions.actors(word)[:1]:
                if each.kind == "person" and each.country == actor.country and each.sector in ("GOV", "LEG"):
                    return each
    return None


def collective(scene: Scene) -> tuple[Actor, ...]:
    """The organisation whose leaders met, as the head of a text tells, with the state that its name is joined to."""
    for sentence in scene.sentences[:HEADING]:
        for gathering in (word for word in sentence if word.lower_ in GATHERINGS):
            for word in gathering.subtree:
                body = next((a for a in scene.mentions.actors(word) if a.country == "IGO"), None)
                if body is not None and body.kind == "organisation":
                    return (body, *_joined_to(scene, word))
    return ()


def _joined_to(scene: Scene, word: Word) -> tuple[Actor, ...]:
    """The state after a hyphen: 'the ASEAN-India Summit'."""
    following = word.doc.words[word.i + 1 : word.i + 3]
    if len(following) < 2 or following[0].text != "-":
        return ()
    return tuple(actor for actor in scene.mentions.actors(following[1]) if actor.kind == "country")


def other_side(scene: Scene, some: Iterable[Actor], sentence: int) -> tuple[Actor, ...]:
    """Who met or talked with some, where the last such act before the end of a sentence tells of one other side."""
    mine = parties(some)
    for event in _consultations(scene, sentence):
        sides = _talking(scene, event)
        if not mine & parties(sides):
            continue
        others = tuple(actor for actor in sides if party(actor) not in mine)
        return others if len(parties(others)) == 1 else ()
    return ()


def both_sides(scene: Scene, sentence: int) -> tuple[Actor, ...]:
    """Those who talked, as the last such act before the end of a sentence tells; else the two that a text is on."""
    return talking(scene, sentence) or scene.parties or _mostly_named(scene)


def _mostly_named(scene: Scene) -> tuple[Actor, ...]:
    """The two states that a text names by far most often, where its acts do not tell."""
    named = {(a.start, a.end): a for word in scene.parsed.doc for a in scene.mentions.actors(word) if a.country}
    counts = Counter(actor.country for actor in named.values() if actor.country not in NO_STATES)
    ranked = counts.most_common(3)
    if len(ranked) < 2 or ranked[1][1] < 2 or (len(ranked) == 3 and ranked[2][1] * 2 > ranked[1][1]):
        return ()
    states = [next(a for a in named.values() if a.country == country) for country, _ in ranked[:2]]
    return tuple(states)


def talking(scene: Scene, sentence: int) -> tuple[Actor, ...]:
    """The sides of the last act of talking before the end of a sentence, where it tells of two or more."""
    for event in _consultations(scene, sentence):
        sides = _talking(scene, event)
        if len(parties(sides)) > 1:
            return sides
    return ()


def _talking(scene: Scene, event: Event) -> tuple[Actor, ...]:
    """Both sides of an act of talking; where only one is named, with 'I' and 'we' ('I met my colleague')."""
    sides = known((*event.actors, *event.recipients))
    verb = scene.word_at(event.start)
    if verb is None:
        return sides
    if len(parties(sides)) < 2:
        # 'The presidents of Peru, Chile and Bolivia met.'
        owners = [noun for head in agents(clause_of(verb)) for noun in obliques(head, "of")]
        sides = known((*sides, *(actor for actor in scene.actors(owners) if actor.kind == "country")))
    if event.actors:
        return sides
    speaking = [head for head in agents(clause_of(verb)) if head.lower_ in FIRST_PERSON]
    return known((*scene.actors(speaking), *sides))


def _consultations(scene: Scene, sentence: int) -> list[Event]:
    """The acts of talking that came about, the last one told first."""
    talks = [e for e in scene.events if e.event_type == "CONSULT" and e.sentence <= sentence]
    return [e for e in reversed(talks) if e.factuality in ("happened", "ongoing")]


def modifiers(scene: Scene, noun: Word) -> tuple[Actor, ...]:
    """Whom the words before a noun name: 'the EU-Chile agreement', 'Kazakhstan's invitation', 'a U.S. proposal'."""
    before = [w for child in children(noun, "poss", "compound", "amod", "nmod") for w in child.subtree]
    own = set(scene.actors([noun]))
    return known(a for a in scene.actors(before) if a not in own)
