"""The names and role nouns of one parsed document, and the shape of its noun phrases."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate

from spacy.tokens import Doc, Token

from communique.actors.gazetteer import Entity, fold
from communique.actors.identities import Identity
from communique.actors.people import PARTICLES
from communique.actors.places import DIRECTIONS, cities
from communique.actors.resolver import DEPUTY, FORMER, NOT_YET, Resolver
from communique.actors.roles import Match
from communique.text.calendar import NAMES
from communique.text.parsed import ParsedDocument

_ROLE_POS = frozenset({"NOUN", "PROPN", "X"})
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
QUALIFIERS = FORMER | NOT_YET | DEPUTY
CALENDAR = NAMES | frozenset(
    "jan feb mar apr jun jul aug sept sep oct nov dec mon tue wed thu fri sat sun "
    "islam christianity ramadan christmas easter".split()
)
# Before a hyphen they make of a country's name something that is not of that country.
ATTITUDES = frozenset({"pro", "anti", "non", "ex", "post", "pre"})
_COMMANDED = frozenset({"led", "run", "owned", "controlled", "administered", "commanded", "dominated"})
GIVEN_NAMES = frozenset(
    [
        "Chad",
        "Israel",
        "Jordan",
        "Georgia",
        "India",
        "Paris",
        "Kenya",
        "Sydney",
        "Ireland",
        "Sofia",
        "Vienna",
        "Cuba",
        "Holland",
        "Lima",
        "London",
        "Austria",
        "Malta",
        "Wellington",
        "Brazil",
        "China",
        "Francia",
        "America",
        "Havana",
    ]
)
FAMILY_NAMES = frozenset(
    [
        "Jordan",
        "Washington",
        "London",
        "Israel",
        "Ireland",
        "England",
        "France",
        "Paris",
        "Georgia",
        "Holland",
        "Wales",
        "Scotland",
        "Berlin",
        "Santiago",
        "Sofia",
        "Wellington",
        "Malta",
        "Cuba",
        "Chad",
        "Lima",
        "Kuwait",
        "Panama",
        "Bern",
        "Rome",
        "Dublin",
        "Poland",
        "Germany",
        "Cyprus",
        "Madrid",
        "Colombo",
        "Brazil",
        "Jersey",
        "Delhi",
        "Guinea",
    ]
)
_DEPARTMENTAL = frozenset("minister ministry secretary department ministers ministries commissioner".split())
DEPARTMENTS = frozenset(
    "foreign external internal interior affairs relations defence defense national security finance "
    "economy economic economics trade commerce industry energy oil petroleum gas mines mining health "
    "education higher science research technology innovation justice law legal home agriculture fisheries "
    "forestry food environment ecology climate water resources natural transport transportation "
    "infrastructure communications communication information culture arts heritage tourism sport sports "
    "youth women family gender labour labor employment social welfare development planning housing urban "
    "rural local government regional cooperation international european integration immigration refugees "
    "migration emergencies emergency situations disaster religious parliamentary veterans war navy "
    "intelligence public works administration budget treasury investment investments digital "
    "digitalization telecommunications post aviation railways power electricity minority indigenous human "
    "rights peace reconstruction states state services service".split()
)
# Roles in capitals; written otherwise they are names ('Ngo', 'Fm').
_INITIALS = frozenset({"ngo", "ngos", "mp", "pm", "fm", "ceo", "cfo", "vp", "mla", "mep"})
# Nouns that count others: who acts stands after their 'of'.
QUANTITIES = frozenset(
    "dozens dozen hundreds hundred thousands thousand tens scores score millions number majority half third quarter "
    "rest some many several most all both none one two three group lot lots handful couple series crowd crowds".split()
)
# What stands before a given name that could be a country's.
_KIN = frozenset(
    "son daughter nephew niece brother sister cousin uncle aunt wife husband father mother baby grandson granddaughter "
    "grandfather grandmother friend boyfriend girlfriend fiance fiancee twin toddler".split()
)
# How many names or roles back a referring word may look.
_MEMORY = 60
_US_STATE_TALK = frozenset(
    [
        "governor",
        "gov.",
        "county",
        "counties",
        "republican",
        "republicans",
        "democrat",
        "democrats",
        "gop",
        "atlanta",
    ]
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A name of the lexicon in the document: token indices, end exclusive."""

    start: int
    end: int
    entity: Entity
    identity: Identity


class Scene:
    """What the lexicon finds in a document, token by token; made once a document.

    Attributes:
        text: the parsed text; `offsets` are where its words begin, with one more for its end.
        texts: words as written.
        lower: words in lower case.
        hits: names of the lexicon in order.
        hit_of: the name that a token belongs to.
        role_of: the role phrase that a token heads.
        role_end: the role phrase that ends before a token.
    """

    def __init__(self, parsed: ParsedDocument, resolver: Resolver) -> None:
        self.parsed = parsed
        self.doc: Doc = parsed.doc
        self.day: date | None = parsed.date
        written = [token.text_with_ws for token in self.doc]
        self.text = "".join(written)
        self.texts = [word.removesuffix(" ") or word for word in written]
        self.lower = [fold(word).lower() for word in self.texts]
        self.offsets = list(accumulate(map(len, written), initial=0))
        self.hits: list[Hit] = []
        self.hit_of: dict[int, Hit] = {}
        self._resolver = resolver
        self._find_names(resolver)
        self.role_of: dict[int, Match] = {}
        self.role_end: dict[int, Match] = {}
        self._find_roles(resolver)
        self._drop_namesakes(resolver)
        self._hit_starts = [hit.start for hit in self.hits]
        self._role_heads = sorted(self.role_of)

    def hits_within(self, start: int, end: int) -> list[Hit]:
        """The names that begin between two tokens, in order."""
        return self.hits[bisect_left(self._hit_starts, start) : bisect_left(self._hit_starts, end)]

    def hits_before(self, index: int) -> Iterator[Hit]:
        """The names that begin before a token, the nearest first, as far back as words are still remembered."""
        last = bisect_left(self._hit_starts, index)
        return reversed(self.hits[max(0, last - _MEMORY) : last])

    def roles_before(self, index: int) -> Iterator[int]:
        """The heads of role phrases before a token, the nearest first, as far back as words are still remembered."""
        last = bisect_left(self._role_heads, index)
        return reversed(self._role_heads[max(0, last - _MEMORY) : last])

    def _find_names(self, resolver: Resolver) -> None:
        seated: list[tuple[int, Identity]] = []
        for found in resolver.gazetteer.find(self.text):
            first = bisect_left(self.offsets, found.start)
            if self.offsets[first] != found.start:
                continue
            last = bisect_left(self.offsets, found.end, lo=first)
            entity = resolver.entity(found.entities, self.day)
            if entity is not None and entity.kind != "nobody":
                self._add(Hit(first, last, entity, resolver.identity(entity)))
                if (organisation := resolver.seated(found.entities)) is not None:
                    seated.append((len(self.hits) - 1, organisation))
        for index, organisation in seated:
            self._seat(index, organisation)
        if any(hit.entity.country in ("PRK", "KOR") for hit in self.hits):
            self._find_koreas(resolver)

    def _seat(self, index: int, organisation: Identity) -> None:
        """'Brussels' is the EU in a text that does not name Belgium."""
        hit = self.hits[index]
        if not any(h.entity.country == hit.entity.country and h.entity.sort != "capital" for h in self.hits):
            self.hits[index] = replace(hit, identity=organisation)
            for at in range(hit.start, hit.end):
                self.hit_of[at] = self.hits[index]

    def _find_koreas(self, resolver: Resolver) -> None:
        """'the North' and 'the South' in a text on the Koreas."""
        for index, word in enumerate(self.texts):
            if word not in ("North", "South") or index in self.hit_of or self.lower[index - 1] != "the":
                continue
            after = self.texts[index + 1] if index + 1 < len(self.texts) else ""
            if not after[:1].isupper() and after not in ("of", "-"):
                entity = resolver.gazetteer.lookup(f"{word} Korea")[0]
                self._add(Hit(index, index + 1, entity, replace(resolver.identity(entity), confidence=0.8)))
        self.hits.sort(key=lambda hit: hit.start)

    def _add(self, hit: Hit) -> None:
        self.hits.append(hit)
        for index in range(hit.start, hit.end):
            self.hit_of[index] = hit

    def _find_roles(self, resolver: Resolver) -> None:
        heads, covered = resolver.roles.heads, 0
        for index, word in enumerate(self.lower):
            if word not in heads or index < covered or not self._may_be_role(index):
                continue
            match = resolver.roles.match(self.lower, index, self.doc[index].lemma_.lower())
            if match is not None:
                match = self._with_department(match)
                self.role_of[index] = match
                self.role_end[match.end] = match
                covered = match.end

    def _with_department(self, match: Match) -> Match:
        """'minister for communications and the arts': the department belongs to the role."""
        if self._word(match.end) not in ("of", "for") or self.lower[match.head] not in _DEPARTMENTAL:
            return match
        end = at = match.end + 1
        while self._word(at) in DEPARTMENTS or self._word(at) in ("and", "the", ",", "&"):
            at += 1
            if self.lower[at - 1] in DEPARTMENTS:
                end = at
        if end == match.end + 1:
            return match
        phrase = " ".join([match.role.phrase, *self.lower[match.end : end]])
        return replace(match, role=replace(match.role, phrase=phrase), end=end)

    def _may_be_role(self, index: int) -> bool:
        hit = self.hit_of.get(index)
        if hit is not None and (hit.entity.sort != "none" or hit.end - hit.start > 1):
            return False
        token = self.doc[index]
        if index > 1 and self.lower[index - 1] == "-" and self.lower[index - 2] in ("el", "al", "es", "ash"):
            return False
        if token.text[0].isupper() and self._in_known_name(index):
            return False
        if self.lower[index] in _INITIALS and token.text.istitle():
            return False
        if token.pos_ == "ADJ":
            return token.dep_ not in ("amod", "acomp", "advmod") or token.text[0].isupper()
        return token.pos_ in _ROLE_POS or (token.pos_ in ("VERB", "ADP") and token.text[0].isupper())

    def _in_known_name(self, index: int) -> bool:
        """Whether a title's word belongs to the name of somebody in the lexicon: 'Qin Gang', 'Amir Khan Muttaqi'."""
        words = self.texts[max(0, index - 1) : index + 3]
        at = min(index, 1)
        spans = [words[at - 1 : at + 1], words[at : at + 2], words[at : at + 3]] if at else [words[:2], words[:3]]
        capital = [span for span in spans if len(span) > 1 and all(word[0].isupper() for word in span)]
        return any(self._resolver.people.named(" ".join(span)) for span in capital)

    def _drop_namesakes(self, resolver: Resolver) -> None:
        """Take away names of countries and towns that are here names of people, of things or of other places."""
        named = Counter(hit.entity.country for hit in self.hits)
        people: set[str] = set()
        kept = []
        for hit in self.hits:
            name = self.texts[hit.start]
            if self._is_personal_name(hit, resolver) or (name in people and named[hit.entity.country] == 2):
                if hit.start and self._is_name_word(self.doc[hit.start - 1]):
                    people.add(name)
            elif self._is_us_state(hit):
                state = replace(hit.entity, sort="place", country="USA", sector="", entity_id="")
                kept.append(Hit(hit.start, hit.end, state, resolver.identity(state)))
                self.hit_of.update(dict.fromkeys(range(hit.start, hit.end), kept[-1]))
                continue
            elif not (self._is_namesake(hit, named) or self._only_describes(hit, resolver)):
                kept.append(hit)
                continue
            self._forget(hit)
        self.hits = kept

    def _only_describes(self, hit: Hit, resolver: Resolver) -> bool:
        """'a Persian carpet', 'the Minsk process', 'the Treaty of Rome': whose name it is does nothing."""
        token = self.doc[hit.end - 1]
        if hit.entity.sort not in ("country", "demonym", "capital") or token.head is token:
            return False
        if token.dep_ in ("amod", "compound", "nmod"):
            kind = resolver.things.get(token.head.lemma_.lower())
            return kind == "thing" or (kind == "instrument" and hit.entity.sort == "capital")
        above = token.head
        named_after = token.dep_ == "pobj" and above.lower_ == "of" and hit.entity.sort == "capital"
        return named_after and resolver.things.get(above.head.lemma_.lower()) == "instrument"

    def _forget(self, hit: Hit) -> None:
        for index in range(hit.start, hit.end):
            del self.hit_of[index]

    def _is_namesake(self, hit: Hit, named: Counter[str]) -> bool:
        """Whether the capital's namesake is meant: Tripoli in a text on Lebanon that does not name Libya."""
        if hit.entity.sort != "capital" or named[hit.entity.country] > 1 or len(named) < 2:
            return False
        towns = cities(self.doc[hit.start : hit.end].text)
        return any(town.country != hit.entity.country and named[town.country] for town in towns)

    def _is_personal_name(self, hit: Hit, resolver: Resolver) -> bool:
        if hit.end - hit.start > 1 or hit.entity.sort not in ("country", "capital", "people"):
            return False
        if self._is_called(hit) or self._is_known(hit, resolver):
            return True
        if self._word(hit.end) == "$":
            return True
        name = self.doc[hit.start].text
        after = self.doc[hit.end] if hit.end < len(self.doc) else None
        if name in GIVEN_NAMES and after is not None and self._is_name_word(after) and after.pos_ == "PROPN":
            head = self.doc[hit.start].head
            return head.i >= after.i and head.i not in self.role_of
        before = self.doc[hit.start - 1] if hit.start and not self.doc[hit.start].is_sent_start else None
        return (
            name in FAMILY_NAMES
            and before is not None
            and self._is_name_word(before)
            and before.pos_ == "PROPN"
            and before.i not in self.role_end
            and before.lower_ not in DIRECTIONS
            and not before.text.isupper()
        )

    def _is_known(self, hit: Hit, resolver: Resolver) -> bool:
        """Whether it ends the name of somebody in the lexicon: 'Joseph Muscat'."""
        first = hit.start - 1
        while first > 0 and self.lower[first] in PARTICLES:
            first -= 1
        if first < 0 or not self.texts[first][0].isupper():
            return False
        return bool(resolver.people.named(" ".join(self.texts[first : hit.end])))

    def _is_called(self, hit: Hit) -> bool:
        """'his nephew Chad', 'her daughter, India,', 'a man called Israel': a given name."""
        if self.texts[hit.start] not in GIVEN_NAMES or not hit.start:
            return False
        before = hit.start - 2 if self.lower[hit.start - 1] == "," and hit.start > 1 else hit.start - 1
        return self.lower[before] in _KIN or (before == hit.start - 1 and self.lower[before] in ("called", "named"))

    def _is_name_word(self, token: Token) -> bool:
        return (
            token.text[0].isupper()
            and token.i not in self.hit_of
            and token.i not in self.role_of
            and token.i + 1 not in self.role_end
        )

    def _is_us_state(self, hit: Hit) -> bool:
        if hit.entity.sort not in ("country", "capital"):
            return False
        beyond = self.hit_of.get(hit.end + 1) if self._word(hit.end) == "," else None
        if beyond is not None and beyond.entity.sort == "place" and beyond.entity.country in ("USA", "CAN", "AUS"):
            return True
        if self.doc[hit.start].text != "Georgia":
            return False
        sentence = self.doc[hit.start].sent
        return any(self.lower[i] in _US_STATE_TALK for i in range(sentence.start, sentence.end))

    def _word(self, index: int) -> str:
        return self.lower[index] if index < len(self.lower) else ""

    def is_compounded(self, hit: Hit) -> bool:
        """Whether a hyphen makes it mean something else: 'Iranian-backed', 'pro-Iranian', 'China-brokered'."""
        if hit.start > 1 and self.lower[hit.start - 1] == "-" and self.lower[hit.start - 2] in ATTITUDES:
            return True
        if self._word(hit.end) != "-" or hit.end + 1 >= len(self.doc):
            return False
        other = self.hit_of.get(hit.end + 1)
        if other is not None and other.identity.kind == "country":
            return self.lower[other.start] == "american"
        word = self.doc[hit.end + 1]
        if word.lower_ in _COMMANDED:
            return False
        return not word.text[0].isupper() and word.i not in self.role_of and word.i + 1 not in self.role_end
