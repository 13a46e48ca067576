"""The names and role nouns of one parsed document, and the shape of its noun phrases."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from communique.actors.gazetteer import Entity, fold
from communique.actors.identities import Identity
from communique.actors.namesakes import Namesakes
from communique.actors.resolver import DEPUTY, FORMER, NOT_YET, Resolver
from communique.actors.roles import Match
from communique.text.calendar import NAMES
from communique.text.parsed import ParsedDocument
from communique.text.tree import Tree

_ROLE_POS = frozenset({"NOUN", "PROPN", "X"})
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
QUALIFIERS = FORMER | NOT_YET | DEPUTY
CALENDAR = NAMES | frozenset(
    "jan feb mar apr jun jul aug sept sep oct nov dec mon tue wed thu fri sat sun "
    "islam christianity ramadan christmas easter".split()
)
# Before a hyphen they make of a country's name something that is not of that country.
ATTITUDES = frozenset({"pro", "anti", "non", "ex", "post", "pre"})
_COMMANDED = frozenset("led run owned controlled administered commanded dominated born flagged registered".split())
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
# Who is counted without being named is so many people: 'thousands marched'.
CROWDS = frozenset({"dozens", "hundreds", "thousands", "scores"})
# How many names or roles back a referring word may look.
_MEMORY = 60


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
        self.doc: Tree = parsed.doc
        self.day: date | None = parsed.date
        self.text = self.doc.text
        self.texts = [word.text for word in self.doc]
        self.lower = [fold(word).lower() for word in self.texts]
        self.offsets = [*(word.idx for word in self.doc), len(self.text)]
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
        """Takes away names of countries and towns that are here names of people, of things or of other places."""
        namesakes = Namesakes(self, resolver)
        kept = []
        for hit in self.hits:
            reading = namesakes.reading(hit)
            if reading == "state":
                state = replace(hit.entity, sort="place", country="USA", sector="", entity_id="")
                kept.append(Hit(hit.start, hit.end, state, resolver.identity(state)))
                self.hit_of.update(dict.fromkeys(range(hit.start, hit.end), kept[-1]))
            elif reading == "other":
                for index in range(hit.start, hit.end):
                    del self.hit_of[index]
            else:
                kept.append(hit)
        self.hits = kept

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
