"""People that a document names: title and name, name and apposition, known holders, and later the surname alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from communique.actors.identities import SUPRANATIONAL, Identity
from communique.actors.locations import on_ground
from communique.actors.people import PARTICLES, SUFFIXES, Person
from communique.actors.phrases import CALENDAR, QUALIFIERS, QUANTITIES, Scene
from communique.actors.places import also, city
from communique.actors.resolver import Resolver
from communique.actors.roles import Match
from communique.actors.titles import TitleReading, Titles
from communique.text.tree import Word

_PARTICLES = PARTICLES | {"du"}
_NOT_NAMES = frozenset({"DET", "PRON", "ADP", "CCONJ", "SCONJ", "AUX", "ADV", "PART", "INTJ", "NUM", "PUNCT", "SPACE"})
_SURNAMES_TOO = frozenset("major king prince bishop pope marshal judge general cardinal queen".split())
_MONTHS_AND_NAMES = frozenset({"may", "april", "june", "august"})
_ACTING = frozenset("nsubj nsubjpass dobj pobj conj appos poss ROOT dative attr".split())
_INITIALS = re.compile(r"[A-Z][A-Z&-]{1,6}")
_INSIDE = frozenset({"in", "at", "near", "throughout", "across", "outside", "around"})
_TOWARDS = frozenset({"by", "to", "with", "against", "between", "from"})
# A city of so many people is meant by its name rather than somebody who once held an office.
_CITY = 200_000
_MAX_NAME = 8
# Titles of these are not those of office holders.
_OTHER_CALLINGS = frozenset({"REL", "MED", "EDU", "JRN", "LAB", "CRM"})
# How many people back a referring word may look.
_MEMORY = 60


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person named in the document: token indices, end exclusive.

    Attributes:
        start: first word of the title, or of the name where it has none.
        name: the name alone.
        title: the role phrase that stands with the name.
        sure: whether title, lexicon or an earlier mention tells that this is a person.
    """

    start: int
    end: int
    name_start: int
    name: str
    identity: Identity
    sure: bool
    title: Match | None = None


class Persons:
    """The people of one document, found in one pass; a token tells the mention that it belongs to."""

    def __init__(self, scene: Scene, resolver: Resolver) -> None:
        self._scene = scene
        self._resolver = resolver
        self._titles = Titles(scene, resolver)
        self._by_family: dict[str, PersonMention] = {}
        self.mentions: list[PersonMention] = []
        self.of_token: dict[int, PersonMention] = {}
        for start, end in self._runs():
            mention = self._read(start, end)
            if mention is not None:
                self._remember(mention)

    def before(self, index: int) -> Iterator[PersonMention]:
        """The mentions that end before a token, the nearest first."""
        last = bisect_right(self.mentions, index, key=lambda mention: mention.end)
        return reversed(self.mentions[max(0, last - _MEMORY) : last])

    def _runs(self) -> Iterator[tuple[int, int]]:
        """Stretches of capitalised words that belong to no name of the lexicon and to no title."""
        doc, texts, hits, at = self._scene.doc, self._scene.texts, self._scene.hit_of, 0
        while at < len(doc):
            if not texts[at][0].isupper() or at in hits or not self._starts_name(doc[at]):
                at += 1
                continue
            end = at + 1
            while end < len(doc) and end - at < _MAX_NAME and (step := self._continues(end)):
                end += step
            yield at, end
            at = end

    def _starts_name(self, token: Word) -> bool:
        if token.pos_ in _NOT_NAMES or token.lower_ in QUANTITIES:
            return False
        if token.is_sent_start and token.pos_ not in ("PROPN", "NOUN", "X"):
            return False
        if _INITIALS.fullmatch(token.text) and not self._capital(token.i + 1):
            return False
        return token.lower_ not in CALENDAR and not self._in_title(token.i)

    def _digit(self, index: int) -> bool:
        return index < len(self._scene.texts) and self._scene.texts[index][0].isdigit()

    def _capital(self, index: int) -> bool:
        return index < len(self._scene.texts) and self._scene.texts[index][0].isupper()

    def _in_title(self, index: int) -> bool:
        """Whether the word is a role's: not where it ends a name ('John Major')."""
        match = self._scene.role_of.get(index)
        if match is None:
            following = next(
                (self._scene.role_of.get(index + n) for n in (1, 2, 3) if index + n in self._scene.role_of),
                None,
            )
            return (following is not None and following.start <= index < following.end) or any(
                other.start <= index < other.end for other in self._roles_behind(index)
            )
        if match.role.kind == "body" or match.end - match.start > 1:
            return True
        if match.role.office and self._scene.lower[index] not in _SURNAMES_TOO:
            return True
        previous = self._scene.doc[index - 1] if index else None
        named = (
            previous is not None
            and previous.text[0].isupper()
            and previous.pos_ == "PROPN"
            and previous.lower_ not in QUALIFIERS
            and index - 1 not in self._scene.hit_of
            and index - 1 not in self._scene.role_of
        )
        return not named or (self._capital(index + 1) and self._scene.doc[index + 1].pos_ == "PROPN")

    def _roles_behind(self, index: int) -> Iterator[Match]:
        for back in range(1, 4):
            match = self._scene.role_of.get(index - back)
            if match is not None:
                yield match

    def _continues(self, index: int) -> int:
        """How many words from here on go on with a name: none, one, or two where a hyphen or particle joins."""
        doc = self._scene.doc
        token = doc[index]
        # A sentence that begins without a mark before it is a mistake of the parser's: 'Zine El | Abidine Ben Ali'.
        if token.is_sent_start and doc[index - 1].is_punct and doc[index - 1].text != "-":
            return 0
        if token.text[0].isupper() and token.i not in self._scene.hit_of:
            plain = token.pos_ not in ("DET", "ADP", "CCONJ", "SCONJ", "PRON", "PART")
            dated = token.lower_ in CALENDAR and (token.lower_ not in _MONTHS_AND_NAMES or self._digit(index + 1))
            return 1 if plain and not dated and not self._in_title(index) else 0
        if token.text[0].isupper() and self._scene.hit_of[index].entity.sort in ("people", "none"):
            return 1
        joins = token.text == "-" or token.lower_ in _PARTICLES
        if joins and index + 1 < len(doc):
            step = 1 if doc[index + 1].text[0].isupper() and index + 1 not in self._scene.hit_of else 0
            if token.text == "-" and not step and self._is_second_half(index):
                return 2
            if not step and (doc[index + 1].text == "-" or doc[index + 1].lower_ in _PARTICLES):
                step = self._continues(index + 1)
            return 1 + step if step else 0
        return 0

    def _is_second_half(self, hyphen: int) -> bool:
        """Whether a small word after a hyphen belongs to a name: 'Chan-ocha', not 'Putin-backed'."""
        doc, after = self._scene.doc, self._scene.doc[hyphen + 1]
        if doc[hyphen - 1].whitespace_ or doc[hyphen].whitespace_ or after.lower_ in _PARTICLES:
            return False
        return after.pos_ in ("PROPN", "NOUN") and after.is_alpha and after.i not in self._scene.role_of

    def _read(self, start: int, end: int) -> PersonMention | None:
        name = self._scene.doc[start:end].text
        if start and self._scene.lower[start - 1] in _INSIDE and city(name) and not self._resolver.people.named(name):
            return None
        title = self._titles.before(start) or self._titles.after(end)
        if title is not None and title.match.role.kind not in ("person", ""):
            return None
        known = self._earlier(name)
        if known is not None and (
            title is None or known.identity.country == title.identity.country or not title.identity.country
        ):
            identity = replace(
                known.identity, confidence=min(0.9, known.identity.confidence), why=f"as {known.name} before"
            )
            if title is not None and title.identity.office and not known.identity.office:
                identity = replace(identity, office=title.identity.office, sector=title.identity.sector)
            return PersonMention(min(start, title.start) if title else start, end, start, name, identity, known.sure)
        person = self._resolver.people.named(name) or self._resolver.people.of_family(name)
        if person and title is None and self._is_rather_town(name, person):
            return None
        identity_known = None
        if person and (title is not None or len(name.split()) > 1 or self._acts(start, end)):
            near = self._named_country(person) if title is not None and not title.identity.country else ""
            identity_known = self._resolver.person(name, title.identity if title else None, self._scene.day, near)
        if title is not None:
            identity = self._with_title(name, title, identity_known)
            return PersonMention(min(start, title.start), end, start, name, identity, True, title.match)
        if identity_known is not None:
            return PersonMention(start, end, start, name, identity_known, True)
        if self._looks_personal(start, end):
            unknown = Identity(name, "person", confidence=0.3, why="name without title")
            return PersonMention(start, end, start, name, unknown, False)
        return None

    def _is_rather_town(self, name: str, people: list[Person]) -> bool:
        """Whether a surname that the text does not introduce is that of a city, and nobody of the name is in office."""
        town = city(name)
        if town is None or " " in name or also(name) or town.population < _CITY:
            return False
        day = self._scene.day
        return day is None or not any(person.term(day) for person in people)

    def _named_country(self, people: list[Person]) -> str:
        """The one country of the text that somebody of these namesakes serves on its day."""
        day = self._scene.day
        serving = {p.term(day).office.country for p in people if day is not None and p.term(day)}  # type: ignore[union-attr]
        named = serving & {hit.entity.country for hit in self._scene.hits}
        return named.pop() if len(named) == 1 else ""

    def _looks_personal(self, start: int, end: int) -> bool:
        """Whether an unknown name stands where people stand: subject, object, 'by', 'to', 'with'."""
        doc = self._scene.doc
        if any(token.pos_ != "PROPN" and token.text[0].isupper() for token in doc[start:end]):
            return False
        top = doc[end - 1]
        while top.dep_ == "conj" and top.head != top:
            top = top.head
        if top.dep_ in ("nsubj", "nsubjpass") and top.head.pos_ == "VERB":
            return True
        if end - start == 1:
            return False
        if top.dep_ == "pobj":
            return top.head.lower_ in _TOWARDS
        return top.dep_ in ("dobj", "dative")

    def _with_title(self, name: str, title: TitleReading, known: Identity | None) -> Identity:
        if known is None:
            return replace(title.identity, name=name, kind="person", office_holder="")
        said = title.identity
        if said.sector in _OTHER_CALLINGS and " " not in name and known.sector != said.sector:
            # 'Cardinal Tagle' is no minister of that surname.
            return replace(said, name=name, kind="person", office_holder="")
        if known.country in SUPRANATIONAL:
            return known
        if said.sector == "ELI" or not known.sector:
            return replace(known, sector=said.sector, subsector=said.subsector)
        if known.sector == "ELI" and said.sector in ("GOV", "LEG", "JUD") and said.country in ("", known.country):
            return replace(known, sector=said.sector, subsector=said.subsector, office=said.office)
        return known

    def _earlier(self, name: str) -> PersonMention | None:
        words = _family_words(name)
        if not words:
            return None
        known = self._by_family.get(words[-1].lower())
        if known is None or known.name == name:
            return known
        if len(words) == 1:
            return known
        first = words[0].rstrip(".")
        return known if len(first) <= 2 and known.name.startswith(first[0]) else None

    def _remember(self, mention: PersonMention) -> None:
        self.mentions.append(mention)
        for index in range(mention.start, mention.end):
            hit = self._scene.hit_of.get(index)
            if index >= mention.name_start or hit is None:
                self.of_token[index] = mention
        words = _family_words(mention.name)
        if words and (mention.sure or words[-1].lower() not in self._by_family):
            self._by_family[words[-1].lower()] = mention

    def _acts(self, start: int, end: int) -> bool:
        """Whether the word heads a phrase in a place of the clause where people stand."""
        token = self._scene.doc[end - 1]
        if (start and self._scene.lower[start - 1] in _INSIDE) or on_ground(token):
            return False
        if token.dep_ in ("compound", "nmod"):
            return token.head.i in self._scene.role_of
        return token.dep_ in _ACTING


def _family_words(name: str) -> list[str]:
    """The words of a name that may be a family's, without particles and 'Junior'."""
    words = [word for word in name.replace("-", " ").split() if word.lower() not in _PARTICLES]
    while len(words) > 1 and words[-1].lower().rstrip(".") in SUFFIXES:
        words.pop()
    return words
