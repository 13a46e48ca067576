"""Names of countries and towns that are something else here: people, things, other places of that name."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal

from communique.actors.people import PARTICLES
from communique.actors.places import DIRECTIONS, cities, is_large
from communique.actors.resolver import Resolver
from communique.text.tree import Word

if TYPE_CHECKING:
    from communique.actors.phrases import Hit, Scene

# What it is instead: nothing else, a state of the USA, or something that is no actor.
Reading = Literal["", "state", "other"]

GIVEN_NAMES = frozenset(
    "Chad Israel Jordan Georgia India Paris Kenya Sydney Ireland Sofia Vienna Cuba "
    "Holland Lima London Austria Malta Wellington Brazil China Francia America Havana".split()
)
FAMILY_NAMES = frozenset(
    "Jordan Washington London Israel Ireland England France Paris Georgia Holland Wales Scotland Berlin Santiago "
    "Sofia Wellington Malta Cuba Chad Lima Kuwait Panama Bern Rome Dublin Poland Germany Cyprus "
    "Madrid Colombo Brazil Jersey Delhi Guinea".split()
)
# What stands before a given name that could be a country's.
_KIN = frozenset(
    "son daughter nephew niece brother sister cousin uncle aunt wife husband father mother baby grandson granddaughter "
    "grandfather grandmother friend boyfriend girlfriend fiance fiancee twin toddler".split()
)
_US_STATE_TALK = frozenset(
    "governor gov. county counties republican republicans democrat democrats gop atlanta".split()
)


class Namesakes:
    """Tells of the names found in one document which are somebody or something else."""

    def __init__(self, scene: Scene, resolver: Resolver) -> None:
        self._scene = scene
        self._resolver = resolver
        self._named = Counter(hit.entity.country for hit in scene.hits)
        self._people: set[str] = set()

    def reading(self, hit: Hit) -> Reading:
        """What a name is here; names are asked in text order, as one tells of the next: 'Michael Jordan ... Jordan'."""
        name = self._scene.texts[hit.start]
        if self._is_foreign_congress(hit):
            return "other"
        if self._is_personal_name(hit) or (name in self._people and self._named[hit.entity.country] == 2):
            if hit.start and self._is_name_word(self._scene.doc[hit.start - 1]):
                self._people.add(name)
            return "other"
        if self._is_us_state(hit):
            return "state"
        return "other" if self._is_namesake(hit) or self._only_describes(hit) else ""

    def _is_foreign_congress(self, hit: Hit) -> bool:
        """'Congress' in a text on Ecuador that does not name the United States."""
        bare = hit.end - hit.start == 1 and hit.entity.sector == "LEG" and hit.entity.country == "USA"
        return bare and self._named["USA"] == 1 and len(self._named) == 2 and hit.start not in self._scene.role_of

    def _only_describes(self, hit: Hit) -> bool:
        """'a Persian carpet', 'the Minsk process', 'the Treaty of Rome': whose name it is does nothing."""
        token = self._scene.doc[hit.end - 1]
        if hit.entity.sort not in ("country", "demonym", "capital") or token.head == token:
            return False
        if token.dep_ in ("amod", "compound", "nmod"):
            kind = self._resolver.things.get(token.head.lemma_.lower())
            return kind == "thing" or (kind == "instrument" and hit.entity.sort == "capital")
        above = token.head
        named_after = token.dep_ == "pobj" and above.lower_ == "of" and hit.entity.sort == "capital"
        return named_after and self._resolver.things.get(above.head.lemma_.lower()) == "instrument"

    def _is_namesake(self, hit: Hit) -> bool:
        """Whether the capital's namesake is meant: Tripoli in a text on Lebanon that does not name Libya."""
        if hit.entity.sort != "capital" or self._named[hit.entity.country] > 1 or len(self._named) < 2:
            return False
        towns = cities(self._scene.doc[hit.start : hit.end].text)
        return any(
            town.country != hit.entity.country and self._named[town.country] and is_large(town) for town in towns
        )

    def _is_personal_name(self, hit: Hit) -> bool:
        if hit.end - hit.start > 1 or hit.entity.sort not in ("country", "capital", "people"):
            return False
        if self._is_called(hit) or self._is_known(hit):
            return True
        if self._word(hit.end) == "$":
            return True
        name = self._scene.doc[hit.start].text
        after = self._scene.doc[hit.end] if hit.end < len(self._scene.doc) else None
        if name in GIVEN_NAMES and after is not None and self._is_name_word(after) and after.pos_ == "PROPN":
            head = self._scene.doc[hit.start].head
            return head.i >= after.i and head.i not in self._scene.role_of
        at = hit.start - 1
        while at > 0 and self._scene.lower[at] in PARTICLES:
            at -= 1
        before = self._scene.doc[at] if at >= 0 and not self._scene.doc[hit.start].is_sent_start else None
        return (
            name in FAMILY_NAMES
            and before is not None
            and self._is_name_word(before)
            and before.pos_ == "PROPN"
            and (before.i not in self._scene.role_end or at < hit.start - 1)
            and before.lower_ not in DIRECTIONS
            and not before.text.isupper()
        )

    def _is_known(self, hit: Hit) -> bool:
        """Whether it ends the name of somebody in the lexicon: 'Joseph Muscat'."""
        first = hit.start - 1
        while first > 0 and self._scene.lower[first] in PARTICLES:
            first -= 1
        if first < 0 or not self._scene.texts[first][0].isupper():
            return False
        return bool(self._resolver.people.named(" ".join(self._scene.texts[first : hit.end])))

    def _is_called(self, hit: Hit) -> bool:
        """'his nephew Chad', 'her daughter, India,', 'a man called Israel': a given name."""
        if self._scene.texts[hit.start] not in GIVEN_NAMES or not hit.start:
            return False
        before = hit.start - 2 if self._scene.lower[hit.start - 1] == "," and hit.start > 1 else hit.start - 1
        return self._scene.lower[before] in _KIN or (
            before == hit.start - 1 and self._scene.lower[before] in ("called", "named")
        )

    def _is_name_word(self, token: Word) -> bool:
        return (
            token.text[0].isupper()
            and token.i not in self._scene.hit_of
            and token.i not in self._scene.role_of
            and token.i + 1 not in self._scene.role_end
        )

    def _is_us_state(self, hit: Hit) -> bool:
        if hit.entity.sort not in ("country", "capital"):
            return False
        beyond = self._scene.hit_of.get(hit.end + 1) if self._word(hit.end) == "," else None
        if beyond is not None and beyond.entity.sort == "place" and beyond.entity.country in ("USA", "CAN", "AUS"):
            return True
        if self._scene.doc[hit.start].text != "Georgia":
            return False
        sentence = self._scene.doc[hit.start].sent
        return any(self._scene.lower[i] in _US_STATE_TALK for i in range(sentence.start, sentence.end))

    def _word(self, index: int) -> str:
        return self._scene.lower[index] if index < len(self._scene.lower) else ""
