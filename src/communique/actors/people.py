"""People who held an office, and the offices that they held when."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

from communique.actors.gazetteer import fold
from communique.actors.lexicon import Holder, Lexicon, Office, Title

_RANKS = (
    "head-of-state", "head-of-government", "head-of-organisation", "minister", "envoy", "official", "deputy"
)  # fmt: skip
# Undated, who is still at the head of something is meant as that.
_LEADING = frozenset({"head-of-state", "head-of-government", "head-of-organisation"})
# Where the family's name stands first.
FAMILY_FIRST = frozenset({"CHN", "PRK", "KOR", "TWN", "VNM", "KHM", "HKG", "SGP", "HUN", "JPN"})
# Whose news calls people by their given names: Thaksin, Anwar, Abiy.
_GIVEN_NAME_USED = frozenset({"THA", "ETH", "ERI", "ISL", "MYS", "LAO", "IDN"})
# Whose names agencies write with either name first.
_EITHER_ORDER = frozenset({"JPN", "HUN"})
# Who holds them is called by the first name: 'King Abdullah'.
_ROYAL = frozenset({"king", "queen", "emir", "sultan", "emperor", "pope", "grand duke", "prince", "crown prince"})
# What tells a son from his father: not the name of a family.
SUFFIXES = frozenset({"junior", "jr", "senior", "sr", "ii", "iii", "filho", "neto"})
PARTICLES = frozenset("al el bin ibn ben abu de da do dos del della di van von der den la le ter bint ul as".split())
# What the press calls whoever is at the head of an organisation.
_HEADS = ("head", "chief", "boss")
_NOT_LETTERS = re.compile(r"[^a-z ]+")
_VOWELS = re.compile(r"[aeiouyw']+")
_ALIKE = (
    ("dzh", "j"), ("dj", "j"), ("tch", "c"), ("ch", "c"), ("kh", "h"), ("gh", "g"), ("q", "k"), ("ck", "k"),
    ("ph", "f"), ("sch", "s"), ("sh", "s"), ("th", "t"), ("zh", "z"), ("tz", "z"), ("ts", "z"), ("x", "ks"), ("g", "k"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """One person's time in one office; dates are ISO, to the day, month or year, empty where open.

    Attributes:
        layer: the lexicon's layer that tells it; where two people hold an office, the later layer's does.
    """

    office: Office
    start: str
    end: str
    layer: int = 0

    def covers(self, day: date) -> bool:
        """Whether the term holds on that day, as far as its dates are known."""
        iso = day.isoformat()
        return (not self.start or iso >= self.start) and (not self.end or iso <= self.end + "~")


@dataclass(slots=True)
class Person:
    """Somebody who held an office."""

    name: str
    wikidata: str = ""
    terms: list[Term] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The Wikidata id, or else the plain name: 'erlan-idrissov'."""
        return self.wikidata or name_key(self.name).replace(" ", "-")

    def term(self, day: date | None, office: Office | None = None) -> Term | None:
        """The office held on that day, the highest first; without a day, the highest ever held, the last first."""
        terms = [term for term in self.terms if office is None or term.office is office]
        if day is not None:
            terms = [term for term in terms if term.covers(day)]
        else:
            lasting = [term for term in terms if not term.end and term.office.level in _LEADING]
            terms = lasting or terms
        return min(terms, key=lambda t: (_rank(t.office), _later_first(t.start)), default=None)

    def last_before(self, day: date) -> Term | None:
        """The last office that ended before that day."""
        ended = [term for term in self.terms if term.end and not term.covers(day) and term.end < day.isoformat()]
        return max(ended, key=lambda term: term.end, default=None)


class People:
    """The holders of a lexicon by name, and the offices by country and name."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._offices: dict[tuple[str, str], Office] = {}
        self._by_id = {office.id: office for office in lexicon.offices}
        self._synonyms = _synonyms(lexicon.titles)
        for layer in reversed(lexicon.by_layer()):
            for office in layer.offices:
                for name in (office.name, *office.aliases):
                    self._offices.setdefault((office.country, name_key(name)), office)
                if office.level == "head-of-organisation":
                    title = name_key(office.name).partition(" of ")[0]
                    for name in (title, *_HEADS):
                        self._offices.setdefault((office.country, name), office)
        self._terms: dict[str, list[tuple[Person, Term]]] = {}
        self._full: dict[str, list[Person]] = {}
        self._family: dict[str, list[Person]] = {}
        persons: dict[str, Person] = {}
        for number, layer in enumerate(lexicon.by_layer()):
            for holder in layer.holders:
                self._add(holder, persons, number)
        self._persons = persons

    def office(self, owner: str, phrase: str) -> Office | None:
        """The office of a country (code) or organisation (id) that a phrase names, by its own names or a synonym."""
        key = name_key(phrase)
        for name in (key, *self._synonyms.get(key, ())):
            found = self._offices.get((owner, name))
            if found is not None:
                return found
        return None

    def same_office(self, office: Office, owner: str) -> Office | None:
        """The office of another country or organisation that goes by one of this one's names."""
        names = (office.name, *office.aliases)
        return next((found for name in names if (found := self.office(owner, name)) is not None), None)

    @cached_property
    def _by_person(self) -> dict[str, Person]:
        return {person.id: person for person in self._persons.values()}

    def ever(self, person_id: str, office: str) -> bool:
        """Whether the person of that id ever held an office of this name (lower case)."""
        person = self._by_person.get(person_id)
        return person is not None and any(term.office.name.lower() == office for term in person.terms)

    def by_id(self, office_id: str) -> Office | None:
        """The office of that id."""
        return self._by_id.get(office_id)

    def holder(self, office: Office, day: date | None) -> tuple[Person, Term] | None:
        """Who held an office on a day; None without a day, or where it is not known or not one person."""
        if day is None:
            return None
        found = [(person, term) for person, term in self._terms.get(office.id, ()) if term.covers(day)]
        if len({person.name for person, _ in found}) > 1:
            last_layer = max(term.layer for _, term in found)
            found = [(person, term) for person, term in found if term.layer == last_layer]
            latest = max(term.start for _, term in found)
            found = [(person, term) for person, term in found if term.start == latest]
        return found[0] if len({person.name for person, _ in found}) == 1 else None

    def named(self, name: str) -> list[Person]:
        """People of this full name, whatever the accents, dots and hyphens; else the one of its first and last word."""
        key = name_key(name)
        short = self._full.get(_first_and_last(key), [])
        return self._full.get(key) or (short if len(short) == 1 else [])

    def of_family(self, name: str) -> list[Person]:
        """People of this family name, or double one ('Díaz-Canel'); an initial before it must fit ('J. Kerry')."""
        words = name_key(name).split()
        if not words:
            return []
        double = self._family.get(_family_key(words), []) if len(words) > 1 else []
        if double:
            return double
        found = self._family.get(_family_key(words[-1:]), [])
        if len(words) > 1 and len(words[0]) == 1:
            return [person for person in found if name_key(person.name).startswith(words[0])]
        return found if len(words) == 1 or all(word in PARTICLES for word in words[:-1]) else []

    def likely(self, office: Office, name: str, day: date | None) -> tuple[Person, Term] | None:
        """The holder whose name is spelt most like this one; of several such the one in office on the day, if given."""
        words = [word for word in name_key(name).split() if len(word) > 2 and word not in PARTICLES]
        wanted = {skeleton(word) for word in words}
        best, most = None, (0, False)
        for person, term in self._terms.get(office.id, ()):
            shared = wanted & {skeleton(word) for word in name_key(person.name).split()}
            likeness = (len(shared), day is not None and term.covers(day))
            family = {skeleton(word) for word in name_key(person.name).split()[-1:] + words[-1:]}
            given_alone = len(words) > 1 and not (shared & family or office.country in FAMILY_FIRST)
            if shared and likeness > most and not given_alone:
                best, most = (person, term), likeness
        return best

    def _add(self, holder: Holder, persons: dict[str, Person], layer: int) -> None:
        office = self._by_id.get(holder.office)
        if office is None:
            return
        person = self._person(holder, persons)
        royal = name_key(office.name) in _ROYAL
        for name in (holder.person, *holder.aliases):
            self._name(person, name, office.country, royal)
        term = Term(office, holder.start, holder.end, layer)
        person.terms.append(term)
        self._terms.setdefault(office.id, []).append((person, term))

    @staticmethod
    def _person(holder: Holder, persons: dict[str, Person]) -> Person:
        """The person of a row, by the id or, unless two ids tell namesakes apart, by the name."""
        known = persons.get(holder.wikidata) if holder.wikidata else None
        namesake = persons.get(holder.person)
        if known is None and namesake and not (holder.wikidata and namesake.wikidata):
            known = namesake
            known.wikidata = known.wikidata or holder.wikidata
        known = known or Person(holder.person, holder.wikidata)
        persons.setdefault(holder.person, known)
        if holder.wikidata:
            persons[holder.wikidata] = known
        return known

    def _name(self, person: Person, name: str, country: str, royal: bool) -> None:
        key = name_key(name)
        words = key.split()
        if not words:
            return
        if len(words) > 1:
            for full in (key, _first_and_last(key)):
                _append(self._full, full, person)
        if len(words) > 2 and words[-1] in SUFFIXES:
            words = words[:-1]
        families = [words[-1:]]
        double = name_key(name.split()[-1]).split()
        if len(double) > 1 and double[0] not in PARTICLES and country not in FAMILY_FIRST:
            families.append(double)
        if country in FAMILY_FIRST and len(words) > 1:
            families = [words[:1]] if country != "JPN" and country != "HUN" else [words[-1:], words[:1]]
        elif country in _GIVEN_NAME_USED and len(words) > 1:
            families.append(words[:1])
        if country in _EITHER_ORDER and len(words) == 2:
            _append(self._full, " ".join(reversed(words)), person)
        if royal:
            families.append(words[:1])
        for family in families:
            _append(self._family, _family_key(family), person)


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """A name in lower case without accents, dots, hyphens and doubled spaces."""
    folded = fold(name).casefold()
    if folded.isascii() and folded.replace(" ", "").isalpha() and "  " not in folded:
        return folded.strip()
    plain = folded.replace("-", " ").replace("'s ", " ").replace("'", "")
    return " ".join(_NOT_LETTERS.sub(" ", plain).split())


def skeleton(word: str) -> str:
    """The consonants of a word, with those alike that transliterations confuse ('Erekat' and 'Erakat')."""
    for written, sound in _ALIKE:
        word = word.replace(written, sound)
    consonants = _VOWELS.sub("", word[1:])
    squeezed = re.sub(r"(.)\1", r"\1", consonants)
    return word[:1].replace("y", "i") + squeezed


def _append(index: dict[str, list[Person]], key: str, person: Person) -> None:
    people = index.setdefault(key, [])
    if person not in people:
        people.append(person)


def _family_key(words: Iterable[str]) -> str:
    return " ".join(words)


def _first_and_last(key: str) -> str:
    words = key.split()
    return f"{words[0]} {words[-1]}" if len(words) > 2 else key


def _rank(office: Office) -> int:
    return _RANKS.index(office.level) if office.level in _RANKS else len(_RANKS)


def _later_first(iso: str) -> tuple[int, ...]:
    return tuple(-int(part) for part in iso.split("-") if part.isdigit())


def _synonyms(titles: Iterable[Title]) -> dict[str, tuple[str, ...]]:
    """For each phrase the other phrases of the same office, the plain name first."""
    groups: dict[str, list[str]] = {}
    for title in titles:
        if title.office:
            groups.setdefault(title.office, [name_key(title.office)]).append(name_key(title.phrase))
    return {name: tuple(dict.fromkeys(names)) for names in groups.values() for name in names}
