"""Visits: who went where, of what kind, from when to when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from communique.actors.places import dateline_place
from communique.datafiles import packaged, read_yaml_entries
from communique.diplomacy.invitations import Invitations
from communique.diplomacy.joining import AHEAD, REAL
from communique.diplomacy.scene import Scene
from communique.diplomacy.tellings import is_one, known
from communique.diplomacy.things import Invitation, Topic, Visit, VisitKind, When
from communique.diplomacy.wordings import DATA, load_sets
from communique.events.arguments import agents, attached, children, clause_of, conjuncts, obliques, patients
from communique.model import Actor, Factuality, Place, Source
from communique.text.timespells import NUMBERS
from communique.text.tree import Word

UNREAL: frozenset[Factuality] = frozenset({"denied", "called-for"})
PLANNED: Factuality = "planned"
BACKGROUND: Factuality = "background"
DAYS_OF_NEWS = 10
NEAR = 12
OCCASIONS = frozenset({"during", "after", "before", "following"})
CALLED_FOR: Factuality = "called-for"
NO_KIND: VisitKind = ""
_DAYS = re.compile(r"\b(\d+|[a-z]+)-days?\b")
_STATES = 3


@dataclass(frozen=True, slots=True)
class KindWords:
    """Words that tell a kind of visit."""

    kind: VisitKind
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Going:
    """What one place of a text says of a visit."""

    head: Word
    quote: Source
    visitors: tuple[Actor, ...]
    host: str
    kind: VisitKind
    stops: tuple[Place, ...]
    arrival: date | None
    departure: date | None
    days: int
    when: When | None
    factuality: Factuality
    takes_up: bool = False
    leaves: bool = False


class Visits:
    """Finds visits."""

    def __init__(self) -> None:
        self._sets = load_sets("visits")
        self._invitations = Invitations()
        self._kinds = read_yaml_entries(packaged(DATA, "visit_kinds.yaml"), KindWords)
        self._verbs = self._sets["visiting"] | self._sets["arriving"] | self._sets["going"] | self._sets["leaving"]

    def find(self, scene: Scene) -> Iterator[Visit]:
        """The visits of a document, each with all its tellings."""
        joined: list[list[Going]] = []
        for word in scene.with_lemma(self._verbs | self._sets["nouns"]):
            for going in self._goings(scene, word):
                if going.factuality not in UNREAL:
                    self._join(joined, going)
        for invitation in self._invitations.find(scene):
            if invitation.status == "accepted":
                for going in self._accepted(scene, invitation):
                    self._join(joined, going)
        for goings in joined:
            yield self._visit(scene, goings)

    def _accepted(self, scene: Scene, invitation: Invitation) -> Iterator[Going]:
        """The visits that an accepted invitation asks for: they are to come."""
        for word in scene.words_of(invitation.quote):
            if word.pos_ == "VERB" and word.lemma_ in self._sets["visiting"]:
                for going in self._by_goals(scene, word, known(invitation.to), patients(word), NO_KIND, 0):
                    yield replace(going, factuality=PLANNED, quote=invitation.quote)

    def _goings(self, scene: Scene, word: Word) -> Iterator[Going]:
        lemma = word.lemma_.lower()
        if word.pos_ == "VERB" and lemma in self._verbs:
            yield from self._by_verb(scene, word, lemma)
        elif word.pos_ in ("NOUN", "PROPN") and lemma in self._sets["nouns"]:
            yield from self._by_noun(scene, word)

    # Verbs

    def _by_verb(self, scene: Scene, verb: Word, lemma: str) -> Iterator[Going]:
        leaves = lemma in self._sets["leaving"]
        if lemma in self._sets["visiting"]:
            goals = patients(verb)
        elif lemma in self._sets["arriving"]:
            goals = attached(verb, "in", "at", "on", "to")
        elif leaves:
            goals = [*obliques(verb, "for"), *(obliques(verb, "to") if lemma == "return" else [])]
        else:
            goals = obliques(verb, "to")
        visitors = self._visitors(scene, agents(verb))
        back = any(child.lower_ == "back" for child in verb.children)
        if back or lemma == "return":
            goals = goals or obliques(verb, "from")
            goals += [noun for child in verb.children if child.lower_ == "back" for noun in obliques(child, "from")]
        if leaves and not goals:
            yield from self._left(scene, verb, visitors)
            return
        carried = [noun for noun in verb.subtree if noun.lemma_ == "visit" and noun.pos_ == "NOUN"]
        kind = next((kind for noun in carried if (kind := self._kind(noun))), NO_KIND)
        yield from self._by_goals(scene, verb, visitors, goals, kind, self._days(carried))

    def _left(self, scene: Scene, verb: Word, visitors: tuple[Actor, ...]) -> Iterator[Going]:
        when = scene.named_when(verb)
        origin = [*patients(verb), *obliques(verb, "from")]
        host = next((self._country(scene, noun) for noun in origin), "")
        if visitors and when is not None and when.precision == "day":
            quote = scene.quote(verb, verb)
            factuality = self._factuality(scene, verb, when)
            yield Going(verb, quote, visitors, host, "", (), None, when.date, 0, None, factuality, True, True)

    # Nouns

    def _by_noun(self, scene: Scene, noun: Word) -> Iterator[Going]:
        if noun.dep_ in ("compound", "nmod"):
            return
        before = {w.lower_ for child in noun.lefts for w in child.subtree}
        verb = noun.head if noun.dep_ in ("dobj", "nsubjpass", "nsubj", "attr") else None
        if noun.dep_ == "pobj" and noun.head.head.lemma_ in self._verbs:
            return  # 'arrived in Peru on a visit' is told by its verb
        people = [*obliques(noun, "of", "by"), *(own for poss in children(noun, "poss") for own in conjuncts(poss))]
        people += [child for child in noun.lefts if child.dep_ in ("compound", "nmod", "amod")]
        if verb is not None and verb.lemma_ in self._sets["paying"]:
            people += agents(verb)
        elif noun.dep_ == "pobj" and (
            noun.head.lower_ in ("on", "for") or (noun.head.lower_ in OCCASIONS and not people)
        ):
            people += agents(clause_of(noun))
        visitors = self._visitors(scene, people)
        goals = [*obliques(noun, "to", "in"), *(obliques(verb, "to") if verb is not None else [])]
        people += [owner for goal in goals for owner in obliques(goal, "of", "by")]
        if noun.dep_ == "pobj" and noun.head.lower_ == "on":
            goals += obliques(clause_of(noun), "in", "to")
        definite = bool(before & self._sets["definite"]) and not before & self._sets["other"]
        found = list(self._by_goals(scene, noun, visitors, goals, self._kind(noun), self._days([noun])))
        for going in found:
            behind = going.factuality == "happened" and bool(before & self._sets["behind"])
            yield replace(going, takes_up=definite, factuality=BACKGROUND if behind else going.factuality)
        if not found and definite and not goals:
            yield self._going(scene, noun, visitors, "", self._kind(noun), self._days([noun]), ())

    # Both

    def _by_goals(
        self, scene: Scene, word: Word, visitors: tuple[Actor, ...], goals: list[Word], kind: VisitKind, days: int
    ) -> Iterator[Going]:
        hosts: dict[str, list[Place]] = {}
        for goal in goals:
            country = self._country(scene, goal)
            if country:
                place = scene.mentions.place(goal)
                hosts.setdefault(country, []).extend([place] if place is not None and place.lat is not None else [])
        for host, stops in hosts.items():
            guests = tuple(visitor for visitor in visitors if visitor.country != host)
            if guests or not visitors:
                yield self._going(scene, word, guests, host, kind, days, stops)

    def _going(
        self,
        scene: Scene,
        word: Word,
        visitors: tuple[Actor, ...],
        host: str,
        kind: VisitKind,
        days: int,
        stops: Iterable[Place],
    ) -> Going:
        when = _ahead(scene, word, scene.named_when(word))
        factuality = self._factuality(scene, word, when)
        carrier = word.head if word.dep_ == "dobj" and word.head.pos_ == "VERB" else word
        first, last = sorted((word, carrier), key=lambda each: each.i)
        towns = tuple(stop for stop in stops if not _is_country(stop))
        quote = _quote(scene, first, last, word, towns)
        arrival, departure = self._days_of(scene, word, when, days)
        return Going(
            word, quote, visitors, host, kind, towns, arrival, departure, days, when, factuality, takes_up=False
        )

    def _visitors(self, scene: Scene, heads: list[Word]) -> tuple[Actor, ...]:
        beside = [child for head in heads for child in children(head, "appos")]
        people = [
            actor for actor in known(scene.actors([*heads, *beside])) if actor.kind in ("person", "office", "group")
        ]
        return tuple(people)

    def _country(self, scene: Scene, noun: Word) -> str:
        place = scene.mentions.place(noun)
        if place is not None and place.country:
            return place.country
        named = [actor for actor in scene.mentions.actors(noun) if actor.kind == "country"]
        return named[0].country if len(named) == 1 and len(named[0].country) == _STATES else ""

    def _kind(self, noun: Word) -> VisitKind:
        before = {child.lower_ for child in noun.lefts if child.dep_ in ("amod", "compound", "nmod")}
        return next((entry.kind for entry in self._kinds if before & set(entry.words)), "")

    def _days(self, nouns: list[Word]) -> int:
        """How many days: 'a two-day visit'."""
        for noun in nouns:
            text = "".join(w.lower_ + w.whitespace_ for child in noun.lefts for w in child.subtree)
            found = _DAYS.search(text)
            if found:
                return int(found[1]) if found[1].isdigit() else NUMBERS.get(found[1], 0)
        return 0

    def _factuality(self, scene: Scene, word: Word, when: When | None) -> Factuality:
        carrier = word.head if word.dep_ in ("dobj", "nsubjpass", "nsubj") else None
        told = [scene.factuality(each) for each in (word, carrier) if each is not None]
        factuality: Factuality = next((each for each in told if each != "happened"), "happened")
        for above in word.ancestors:
            if {above.lemma_, *(noun.lemma_ for noun in children(above, "dobj"))} & self._sets["inviting"]:
                return CALLED_FOR
        day = scene.parsed.date
        if factuality == "happened" and when is not None and when.date is not None and day is not None:
            if when.date > day:
                return PLANNED
            if when.date_end is not None and (day - when.date_end).days > DAYS_OF_NEWS:
                return BACKGROUND
        return factuality

    def _days_of(self, scene: Scene, word: Word, when: When | None, days: int) -> tuple[date | None, date | None]:
        """The day of arrival and that of departure."""
        arrival = departure = None
        lemma = word.lemma_.lower()
        if when is not None and when.precision == "day" and when.date is not None:
            several = when.date != when.date_end
            goes = lemma in self._sets["arriving"] | self._sets["going"]
            planned = when.date > scene.parsed.date if scene.parsed.date else False
            if several or goes or planned:
                arrival = when.date
            departure = when.date_end if several else None
        departure = departure or self._limit(scene, word)
        if arrival is not None and departure is None and days:
            departure = arrival + timedelta(days=days - 1)
        return arrival, departure

    def _limit(self, scene: Scene, word: Word) -> date | None:
        """The last day: 'is in Riga on a visit until Friday'."""
        number = scene.number(word)
        for time in scene.parsed.times[number] if number < len(scene.parsed.times) else ():
            first = scene.word_at(time.start)
            if first is None or first.i == 0 or time.precision != "day":
                continue
            before = first if first.lower_ in self._sets["limits"] else first.nbor(-1)
            if before.lower_ in self._sets["limits"] and clause_of(before) is clause_of(word):
                return time.date_end
        return None

    def _join(self, joined: list[list[Going]], going: Going) -> None:
        for goings in reversed(joined):
            if _is_same(goings, going):
                goings.append(going)
                return
        if going.host and going.visitors and not going.leaves:
            joined.append([going])

    def _visit(self, scene: Scene, goings: list[Going]) -> Visit:
        first = goings[0]
        visitors = known(tuple(actor for going in goings for actor in going.visitors if actor.country != first.host))
        arrival = next((going.arrival for going in goings if going.arrival), None)
        departure = next((going.departure for going in goings if going.departure), None)
        days = next((going.days for going in goings if going.days), 0)
        if arrival is not None and departure is None and days:
            departure = arrival + timedelta(days=days - 1)
        named = next((going.when for going in goings if going.when is not None), None)
        when = When(arrival, departure or arrival, "day") if arrival else named or When()
        factuality = PLANNED if first.factuality in AHEAD else first.factuality
        return Visit(
            id=scene.id("visit", first.quote, first.host),
            document_id=scene.document_id,
            quote=first.quote,
            sources=tuple(dict.fromkeys(going.quote for going in goings)),
            kind=next((going.kind for going in goings if going.kind), ""),
            visitors=visitors,
            host=first.host,
            arrival=arrival,
            departure=departure,
            stops=self._stops(scene, goings, factuality),
            topics=self._topics(scene, goings),
            when=when,
            factuality=factuality,
        )

    def _stops(self, scene: Scene, goings: list[Going], factuality: Factuality) -> tuple[Place, ...]:
        found = {place.name or place.text: place for going in goings for place in going.stops}
        if factuality in REAL:
            for place in map(dateline_place, scene.parsed.header.dateline):
                if place.country == goings[0].host:
                    found.setdefault(place.name or place.text, place)
        return tuple(found.values())

    def _topics(self, scene: Scene, goings: list[Going]) -> tuple[Topic, ...]:
        """What it was for: the topics of the words that hang on it."""
        found = (topic for going in goings for topic in scene.topics_among(going.head.subtree))
        return tuple(dict.fromkeys(found))


def _ahead(scene: Scene, word: Word, when: When | None) -> When | None:
    """'Flies to Apia on Saturday': the Saturday to come, where the present tense tells what is to be."""
    day = scene.parsed.date
    if when is None or when.date is None or when.date_end is None or day is None or word.tag_ not in ("VBZ", "VBP"):
        return when
    if when.precision == "day" and timedelta(0) < day - when.date <= timedelta(days=7):
        week = timedelta(days=7)
        return When(when.date + week, when.date_end + week, "day")
    return when


def _is_country(place: Place) -> bool:
    return place.lat is None


def _quote(scene: Scene, first: Word, last: Word, word: Word, towns: tuple[Place, ...]) -> Source:
    """The words of a telling through the place that it names."""
    goals = [noun for head in (word, last) for noun in obliques(head, "to", "in", "at", "for")]
    ends = [max(goal.i, last.i) for goal in goals if goal.i - last.i < NEAR]
    if word.lemma_ in ("visit", "tour") and word.pos_ == "VERB":
        ends += [noun.i for noun in patients(word)]
    end = first.doc.words[max([*ends, last.i])]
    before = [child.left_edge for child in word.lefts if child.dep_ in ("amod", "compound", "nmod")]
    start = min([first, *before], key=lambda each: each.i)
    return scene.quote(start, end)


def _is_same(goings: list[Going], going: Going) -> bool:
    first = goings[0]
    if going.host and going.host != first.host:
        return False
    kinds = {first.factuality, going.factuality}
    # Who is on a visit will travel on within the country.
    on_it = first.factuality == "ongoing" and going.factuality in AHEAD and not going.days
    if len(kinds) > 1 and not on_it and not kinds <= REAL and not kinds <= AHEAD:
        return False
    days = next((one.when for one in goings if one.when is not None), None)
    if not _agree(days, going.when):
        return False
    known_visitors = [actor for one in goings for actor in one.visitors]
    if going.visitors:
        return bool(going.host or going.takes_up) and all(
            any(is_one(actor, other) for other in known_visitors) for actor in going.visitors
        )
    return going.takes_up and going.quote.sentence - goings[-1].quote.sentence <= NEAR


def _agree(one: When | None, other: When | None) -> bool:
    if one is None or other is None or not (one.date and one.date_end and other.date and other.date_end):
        return True
    week = timedelta(days=7)
    return one.date - week <= other.date_end and other.date - week <= one.date_end
