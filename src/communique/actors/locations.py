"""Where things are in one document: the place that a phrase names, and the country that a sentence is about."""

from __future__ import annotations

from functools import cached_property

from communique.actors.identities import Identity
from communique.actors.phrases import POSSESSIVE, Hit, Scene
from communique.actors.places import (
    DIRECTIONS,
    LOCATIVES,
    PREPOSITIONS_WITHIN,
    SHORTEST_NAME,
    also,
    cities,
    city,
    is_large,
    region,
    tells_place,
)
from communique.model import Place
from communique.text.towns import City
from communique.text.tree import Word

_REGION_WORDS = frozenset(
    "province state region district city town village port capital island islands governorate oblast "
    "county prefecture canton peninsula airport area territory republic municipality camp".split()
)
_LANDSCAPE = frozenset(
    "border frontier coast soil countryside highlands lowlands jungle desert mountains waters side countryside suburb "
    "heartland interior hinterland shore shores exclave enclave jail prison port hospital parliament university".split()
)
# Where the name of a town that is an English word is more often the word.
_ENGLISH_SPEAKING = frozenset({"USA", "GBR", "CAN", "AUS", "NZL", "IRL"})
# A town that shares its name with a larger one is meant where its country is named, unless it is far smaller.
_NAMESAKE_SHARE = 0.15

# Where the motion of these ends or begins is a place: 'flew to Vienna', but not 'a letter to Vienna'.
_MOTION = frozenset(
    "arrive come depart drive escape fly flee go head journey leave move return sail travel trip visit march walk "
    "withdraw deploy send bring take evacuate cross stretch range run flight journey voyage back convoy road train "
    "rail bus flight pilgrimage push advance mission line link way route drive transfer".split()
)
_CARRYING = frozenset("carry take bring send order invite escort welcome summon recall".split())
_BOUND = frozenset({"leave", "depart", "head", "bound", "set", "make", "train", "flight", "bus"})
_ON_THE_MAP = frozenset("out outskirts edge streets outside blockade siege north south east west".split())
_BESIDE = frozenset({"in", "near", "outside", "inside"})
_TOWARDS = frozenset({"to", "from", "into", "via", "off", "over"})
# What these are done to is a town of stone, not a government.
_ON_GROUND = frozenset(
    "leave flee reach enter storm shell bomb bombard besiege encircle surround capture seize retake recapture overrun "
    "torch burn destroy flatten raze liberate occupy evacuate flood hit rock shake approach tour cross circle".split()
)


def is_where(head: Word) -> bool:
    """Whether a noun tells where something is or goes: 'in Geneva', 'flew to Vienna', 'shelled Dili'."""
    top = head
    while top.dep_ in ("conj", "appos", "compound", "nmod") and top.head != top:
        top = top.head
    above = top.head
    first = head.left_edge
    if on_ground(top) or (first.i and first.nbor(-1).lower_ in _BESIDE):
        return True
    if top.dep_ != "pobj":
        return False
    over = above.head
    if above.lower_ == "of" and over.lower_ in _ON_THE_MAP:
        return True
    while over.pos_ == "ADP" and over.dep_ != "pobj" and over.head != over:
        over = over.head
    if above.lower_ == "for":
        return over.lemma_.lower() in _BOUND
    if above.lower_ not in LOCATIVES:
        return False
    carries = over.pos_ == "VERB" and over.lemma_.lower() in _CARRYING
    return above.lower_ not in _TOWARDS or over.lemma_.lower() in _MOTION or carries


def beside(noun: Word) -> bool:
    """Whether a preposition of place stands before a name, which may be a place or not: 'lines to Chisinau'."""
    return noun.dep_ == "pobj" and noun.head.lower_ in _TOWARDS


def on_ground(noun: Word) -> bool:
    """Whether a name is that of what is stormed, shelled or left, a place."""
    return noun.dep_ == "dobj" and noun.head.lemma_.lower() in _ON_GROUND


class Locations:
    """The places of one document."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._places: dict[int, Place | None] = {}

    def place(self, head: Word) -> Place | None:
        """The place that the phrase headed by `head` names."""
        if head.i not in self._places:
            self._places[head.i] = self._find(head)
        return self._places[head.i]

    def country_of(self, head: Word) -> list[Identity]:
        """The country that a place is in, as an owner of what is there."""
        place = self.place(head)
        if place is None or not place.country:
            return []
        return [Identity(place.name, "place", place.country, confidence=0.7, why=f"{place.name} is there")]

    def span(self, head: Word) -> tuple[int, int]:
        """First and last word (end exclusive) of the name that `head` ends."""
        hit = self._scene.hit_of.get(head.i)
        return (hit.start, hit.end) if hit is not None else (self._name_start(head), head.i + 1)

    def likely_country(self, head: Word) -> tuple[str, float, str]:
        """The country where what `head` denotes is likely to be, how sure that is, and why."""
        sentence = head.sent
        near = self._scene.hits_within(sentence.start, sentence.end)
        for hit in sorted(near, key=lambda hit: abs(hit.start - head.i)):
            sort = hit.entity.country and (hit.entity.sort in ("country", "capital", "place") or self._is_land(hit))
            if sort and self._is_locative(hit) and self._in_clause(hit, head):
                return hit.entity.country, 0.6, f"{hit.entity.name} in the sentence"
        for token in sentence:
            if token.dep_ == "pobj" and token.pos_ == "PROPN" and token.head.lower_ in PREPOSITIONS_WITHIN:
                place = self.place(token)
                if place is not None and place.country:
                    return place.country, 0.55, f"{place.name} in the sentence"
        return self._focus

    @cached_property
    def dateline_country(self) -> str:
        """The country of the first place of the dateline that is known, '' without one."""
        for words in self._scene.parsed.header.dateline:
            place = self.named(words.text.title() if words.text.isupper() else words.text)
            if place is not None and place[1]:
                return place[1]
        return ""

    @cached_property
    def _focus(self) -> tuple[str, float, str]:
        if self.dateline_country:
            return self.dateline_country, 0.35, "the dateline"
        named = {hit.entity.country for hit in self._scene.hits if hit.identity.kind == "country"}
        if len(named) == 1:
            return named.pop(), 0.45, "the only country of the text"
        return "", 0.0, ""

    def named(self, name: str) -> tuple[str, str, float | None, float | None] | None:
        """Name, country, latitude and longitude of a place by its name alone."""
        town = city(name)
        if town is not None:
            return town.name, town.country, town.lat, town.lon
        hits = [hit for hit in self._scene.hits if self._scene.doc[hit.start : hit.end].text == name]
        return (hits[0].entity.name, hits[0].entity.country, None, None) if hits else None

    def _is_land(self, hit: Hit) -> bool:
        """'near the Rwandan border', 'in the Bolivian lowlands': a demonym that tells where."""
        last = self._scene.doc[hit.end - 1]
        return hit.entity.sort == "demonym" and last.dep_ == "amod" and last.head.lower_ in _REGION_WORDS | _LANDSCAPE

    def _in_clause(self, hit: Hit, head: Word) -> bool:
        """Whether a name stands in the clause of a noun, or in one above that has the same subject."""
        there, here = verb_of(self._scene.doc[hit.end - 1]), verb_of(head)
        own = any(child.dep_ in ("nsubj", "nsubjpass") and child != head for child in here.children)
        return there == here or (not own and "conj" not in (there.dep_, here.dep_))

    def _is_locative(self, hit: Hit) -> bool:
        before = hit.start - 1
        lower = self._scene.lower
        while before >= 0 and hit.start - before < 5:
            if lower[before] in PREPOSITIONS_WITHIN:
                return True
            if self._scene.doc[before].pos_ not in ("ADJ", "NOUN", "DET", "PROPN", "PART"):
                return False
            before -= 1
        return False

    def _find(self, head: Word) -> Place | None:
        hit = self._scene.hit_of.get(head.i)
        if hit is not None:
            return self._from_hit(hit)
        if head.lower_ in _REGION_WORDS:
            return self._region(head)
        if head.pos_ != "PROPN" and not head.text[0].isupper():
            return None
        first = self._name_start(head)
        for start in range(first, head.i + 1):
            name = self._scene.doc[start : head.i + 1].text
            if len(name) < SHORTEST_NAME:
                break
            town, province = self._town(head, name), region(name)
            if town is not None and self._is_town(town, name, head, start, first):
                return self._make(start, head.i + 1, town.name, town.country, town.lat, town.lon)
            if province is not None:
                return self._make(start, head.i + 1, province.name, province.country, None, None)
        return None

    def _from_hit(self, hit: Hit) -> Place | None:
        entity = hit.entity
        if entity.sort in ("capital", "seat"):
            name = self._scene.doc[hit.start : hit.end].text
            town = city(name, entity.country)
            if town is not None:
                return self._make(hit.start, hit.end, town.name, town.country, town.lat, town.lon)
            if entity.sort == "capital":
                return self._make(hit.start, hit.end, name, entity.country, None, None)
        if entity.lat is not None and entity.kind != "place":
            name = self._scene.doc[hit.start : hit.end].text
            return self._make(hit.start, hit.end, name, entity.country, entity.lat, entity.lon)
        if entity.sort in ("country", "place") or entity.kind == "place":
            return self._make(hit.start, hit.end, entity.name, entity.country, entity.lat, entity.lon)
        return None

    def _region(self, head: Word) -> Place | None:
        """'the northern city of Kirkuk', 'Sindh province': the name that goes with the kind of place."""
        for child in head.children:
            if child.dep_ == "prep" and child.lower_ == "of":
                inner = next((c for c in child.children if c.dep_ == "pobj"), None)
                if inner is not None:
                    return self.place(inner)
            if child.dep_ == "appos" and child.pos_ == "PROPN":
                return self.place(child)
        previous = head.i - 1
        if previous >= 0 and self._scene.doc[previous].pos_ == "PROPN":
            return self.place(self._scene.doc[previous])
        owner = next((child for child in head.children if child.dep_ == "poss"), None)
        if owner is not None:
            return self.place(owner)
        hit = next((h for i in range(head.left_edge.i, head.i) if (h := self._scene.hit_of.get(i))), None)
        if hit is None or hit.entity.sort != "demonym":
            return None
        return self._make(hit.start, head.i + 1, "", hit.entity.country, None, None)

    def _town(self, head: Word, name: str) -> City | None:
        """The town meant: of the country after the comma, of one in the sentence, of one in the text, the largest."""
        towns = cities(name)
        if not towns:
            return None
        beyond: Hit | None = self._scene.hit_of.get(head.i + 2)
        if beyond is not None and self._scene.lower[head.i + 1] in (",", "("):
            return next((town for town in towns if town.country == beyond.entity.country), towns[0])
        enough = towns[0].population * _NAMESAKE_SHARE
        for named in (self._countries_named(head), self._countries_of_text):
            fitting = next((t for t in towns if t.country in named and t.population >= enough), None)
            if fitting is not None:
                return fitting
        return towns[0]

    def _is_town(self, town: City, name: str, head: Word, start: int, first: int) -> bool:
        """Whether a name that ends at `head` is here a town's, and not a word, a person or a province.

        Args:
            town: what the table has under the name.
            name: the words from `start` to `head`.
            head: the last word.
            start: index of the first word.
            first: index of the first word of the proper name that these words end.
        """
        other = also(name)
        whole = start == first or self._scene.lower[start - 1] in DIRECTIONS
        if other and not (whole and self._tells_place(head, start, other)):
            return False
        if is_large(town) or self._beyond(head) is not None:
            return True
        province = region(name)
        return whole and (province is None or province.country == town.country)

    def _tells_place(self, head: Word, start: int, other: str) -> bool:
        """Whether the words about a name say that it is a place: 'in Split', 'the town of Pale', 'Hope, Arkansas'."""
        lower = self._scene.lower
        before, after = start - 1, (lower[head.i + 1 : head.i + 2] or [""])[0]
        while before >= 0 and lower[before] in DIRECTIONS:
            before -= 1
        if after in _REGION_WORDS or self._beyond(head) is not None:
            return True
        if head.dep_ in ("compound", "amod", "nmod", "poss") or (other == "person" and after in POSSESSIVE):
            return False
        if before > 0 and lower[before] == "of" and lower[before - 1] in _REGION_WORDS:
            return True
        if (before >= 0 and tells_place(lower[before], other)) or self._is_joined_to_place(head, other):
            return True
        town = self._town(head, self._scene.doc[start : head.i + 1].text)
        named = self._countries_named(head) - _ENGLISH_SPEAKING
        return other == "word" and town is not None and town.country in named

    def _is_joined_to_place(self, head: Word, other: str) -> bool:
        """'in Zagreb and Split': whether what it is coordinated with stands after a preposition of place."""
        first = head
        while first.dep_ == "conj" and first.head.i < first.i:
            first = first.head
        return first != head and first.dep_ == "pobj" and tells_place(first.head.lower_, other)

    @cached_property
    def _countries_of_text(self) -> set[str]:
        return {hit.entity.country for hit in self._scene.hits if hit.identity.kind == "country"}

    def _countries_named(self, head: Word) -> set[str]:
        """The countries that the sentence of a word names."""
        near = self._scene.hits_within(head.sent.start, head.sent.end)
        return {hit.entity.country for hit in near if hit.identity.kind == "country"}

    def _beyond(self, head: Word) -> Hit | None:
        """The country or state after a comma that says which town of a name is meant: 'Tripoli, Lebanon'."""
        if self._scene.lower[head.i + 1 : head.i + 2] not in ([","], ["("]):
            return None
        hit = self._scene.hit_of.get(head.i + 2)
        towns = cities(head.text) if hit is not None else ()
        return hit if hit is not None and any(town.country == hit.entity.country for town in towns) else None

    def _name_start(self, head: Word) -> int:
        """First word of the proper name that `head` ends, within the sentence."""
        at, doc = head.i, self._scene.doc
        while at > 0 and not doc[at].is_sent_start:
            before = doc[at - 1]
            if before.pos_ == "PROPN" and before.i not in self._scene.hit_of:
                at -= 1
            elif before.text == "-" and not before.whitespace_ and at > 1 and doc[at - 2].text[0].isalpha():
                at -= 2
            else:
                break
        return at

    def _make(self, start: int, end: int, name: str, country: str, lat: float | None, lon: float | None) -> Place:
        words = self._scene.parsed.words(self._scene.doc[start], self._scene.doc[end - 1])
        return Place(words.text, words.start, words.end, name, country, lat, lon)


def verb_of(token: Word) -> Word:
    """The verb whose clause a word stands in."""
    while token.pos_ not in ("VERB", "AUX") and token.head != token:
        token = token.head
    return token
