"""The actors stage: who each noun phrase of a document denotes, on the document's date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from communique.actors.bearers import Bearers, several
from communique.actors.coreference import Antecedents
from communique.actors.identities import Identity
from communique.actors.lands import Lands
from communique.actors.locations import Locations, beside, is_where
from communique.actors.owners import Owners
from communique.actors.persons import PersonMention, Persons
from communique.actors.phrases import CROWDS, QUANTITIES, Hit, Scene
from communique.actors.pronouns import Pronouns
from communique.actors.resolver import Resolver, load_resolver
from communique.actors.roles import Match, Role
from communique.actors.shapes import conjuncts_within, shape, text_end, text_start
from communique.model import Actor, Place
from communique.settings import Settings
from communique.text.parsed import ParsedDocument
from communique.text.tree import Span, Word

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET", "X"})
_TAKING_PART = frozenset({"nsubj", "nsubjpass", "dobj"})
_ACRONYM = re.compile(r"[A-Z][A-Z&-]{1,6}")


@dataclass(frozen=True, slots=True)
class Located:
    """An identity with the words that stand for it: token indices, end exclusive."""

    identity: Identity
    start: int
    end: int


class ActorStage:
    """Resolves the noun phrases of documents; loads the lexicon once."""

    def __init__(self, settings: Settings) -> None:
        self.resolver = load_resolver(tuple(settings.lexicon_folders))

    def annotate(self, parsed: ParsedDocument) -> DocumentMentions:
        """The mentions of a document; each is resolved when it is first asked for."""
        return DocumentMentions(parsed, self.resolver)


class DocumentMentions:
    """Who and where the noun phrases of one document are; see `communique.actors.mentions.Mentions`."""

    def __init__(self, parsed: ParsedDocument, resolver: Resolver) -> None:
        self._parsed = parsed
        self._resolver = resolver
        self._scene = Scene(parsed, resolver)
        self._persons = Persons(self._scene, resolver)
        self._locations = Locations(self._scene)
        self._pronouns = Pronouns(self._scene, self.identities)
        self._antecedents = Antecedents(self._scene, self._persons, self._locations, resolver, self.identities)
        self._owners = Owners(self._scene, self._persons, self._locations, self.identities)
        lands = Lands(self._scene, self._persons, self._locations)
        self._bearers = Bearers(self._scene, resolver, self._locations, lands, self.identities)
        self._located: dict[int, tuple[Located, ...]] = {}
        self._actors: dict[int, tuple[Actor, ...]] = {}

    def actors(self, head: Word) -> tuple[Actor, ...]:
        """Who the noun phrase headed by `head` denotes; empty when it is no actor."""
        found = self._actors.get(head.i)
        if found is None:
            found = tuple(self._actor(located) for located in self.located(head))
            self._actors[head.i] = found
        return found

    def place(self, head: Word) -> Place | None:
        """The place that the phrase headed by `head` names, with degrees where known."""
        return self._locations.place(head)

    def within_name(self, words: Span) -> bool:
        """Whether some words are only a part of a longer name: 'New York' of 'New York Times'."""
        hit = self._scene.hit_of.get(words.start)
        return hit is not None and hit.start <= words.start and words.end < hit.end

    def name_end(self, head: Word) -> int:
        """Index of the word after the name that a token belongs to, or after the token."""
        hit = self._scene.hit_of.get(head.i)
        return hit.end if hit is not None else head.i + 1

    def all(self) -> Iterator[tuple[Word, tuple[Actor, ...]]]:
        """Every head of a noun phrase that is an actor, in order, with who it is."""
        for token in self._scene.doc:
            if token.pos_ in NOMINAL and token.dep_ not in ("compound", "amod", "nmod", "det"):
                found = self.actors(token)
                if found:
                    yield token, found

    def located(self, head: Word) -> tuple[Located, ...]:
        """The identities behind `actors`."""
        found = self._located.get(head.i)
        if found is None:
            self._located[head.i] = ()
            found = self._located[head.i] = self._resolve(head)
        return found

    def identities(self, head: Word) -> tuple[Identity, ...]:
        """Who the phrase headed by `head` denotes, without its words."""
        return tuple(located.identity for located in self.located(head))

    def _actor(self, located: Located) -> Actor:
        words = self._parsed.words(self._scene.doc[located.start], self._scene.doc[located.end - 1])
        return located.identity.at(words.text, words.start, words.end)

    def _resolve(self, head: Word) -> tuple[Located, ...]:
        if head.pos_ not in NOMINAL and (head.i not in self._scene.hit_of or not head.text[0].isupper()):
            return ()
        person = self._persons.of_token.get(head.i)
        if person is not None and (person.sure or head.pos_ == "PROPN"):
            return (self._from_person(person),)
        if head.lower_ == "both" and head.dep_ not in ("det", "predet", "preconj", "cc"):
            return self._same_words(head, self._antecedents.both(head))
        if head.pos_ == "PRON" or head.tag_ in ("WDT", "WP"):
            return self._from_pronoun(head)
        hit = self._scene.hit_of.get(head.i)
        if hit is not None and hit.entity.sort != "none":
            return self._from_hit(head, hit)
        match = self._scene.role_of.get(head.i)
        if match is not None:
            return self._from_role(head, match)
        if head.lower_ in QUANTITIES and (counted := self._from_quantity(head)):
            return counted
        defined = self._antecedents.abbreviation(head)
        if defined is not None:
            return self._same_words(head, self.identities(defined))
        described = self._antecedents.description(head)
        if described:
            return self._same_words(head, described)
        return self._from_name(head) or self._from_apposition(head)

    def _from_pronoun(self, head: Word) -> tuple[Located, ...]:
        """Those whom a pronoun stands for, with the words that name them, which tell a reader more than 'it'."""
        found = []
        for referent in self._pronouns.referents(head):
            words = next((one for one in self.located(referent.head) if one.start <= referent.head.i < one.end), None)
            start, end = (words.start, words.end) if words else (head.i, head.i + 1)
            found.append(Located(referent.identity, start, end))
        return tuple(found)

    def _from_quantity(self, head: Word) -> tuple[Located, ...]:
        """'dozens of Russian peacekeepers': those who are counted."""
        for prep in head.children:
            if prep.dep_ == "prep" and prep.lower_ == "of":
                nouns = [noun for noun in prep.children if noun.dep_ == "pobj"]
                nouns += [other for noun in nouns for other in noun.conjuncts if other.i > noun.i]
                return tuple(located for noun in nouns for located in self.located(noun))
        crowd = head.lower_ in CROWDS and not any(child.dep_ == "det" for child in head.children)
        if crowd and head.dep_ in _TAKING_PART:
            people = Identity("", "group", "", "CVL", confidence=0.4, why="so many people")
            return self._same_words(head, (self._bearers.locate(people, head),))
        return ()

    def _from_person(self, person: PersonMention) -> Located:
        doc = self._scene.doc
        start = person.start
        while start < person.name_start and doc[start].pos_ in ("DET", "NUM", "ADP"):
            start += 1
        identity = person.identity
        if person.title is not None and not (identity.country and identity.sector):
            identity = self._with_owner(identity, person.title)
        if person.sure:
            identity = self._bearers.locate(identity, doc[person.end - 1])
        elif countries := self._locations.country_of(doc[person.end - 1]):
            return Located(countries[0], *self._locations.span(doc[person.end - 1]))
        return Located(identity, start, person.end)

    def _with_owner(self, identity: Identity, title: Match) -> Identity:
        """A titled person whose country or office stands further off: 'governor of the Tyumen region'."""
        head = self._scene.doc[title.head]
        if title.role.phrase == "counterpart":
            found = self._antecedents.counterpart(head, self._owners.hits_before(shape(head), title.start))
            if found:
                return replace(identity, country=found[0].country, sector=found[0].sector, office=found[0].office)
            return identity
        owners = self._owners.of(shape(head), title) or self._owners.after(title) or self._owners.before(title)
        if identity.country or not owners:
            return identity
        composed = self._bearers.compose(title, owners[0], frozenset(), None)
        return replace(composed, name=identity.name, kind="person", office_holder="")

    def _same_words(self, head: Word, found: tuple[Identity, ...]) -> tuple[Located, ...]:
        form = shape(head)
        start = min(text_start(form, head.i), head.i)
        return tuple(Located(identity, start, head.i + 1) for identity in found)

    def _from_hit(self, head: Word, hit: Hit) -> tuple[Located, ...]:
        if self._scene.is_compounded(hit) and head.i < hit.end:
            return ()
        identity, entity = hit.identity, hit.entity
        start = hit.start
        if entity.sort == "capital" and not is_where(head) and beside(head):
            identity = replace(identity, confidence=0.7)
        elif entity.sort == "capital" and is_where(head):
            identity = replace(self._resolver.country(entity.country), confidence=0.6, why=f"{head.text} is there")
        coordinated = self._of_next_role(head, hit) if entity.sort == "demonym" else ()
        if coordinated:
            return coordinated
        if entity.sort in ("demonym", "people"):
            national = self._antecedents.national(identity, head) if entity.sort == "demonym" else ()
            if national:
                return self._same_words(head, national)
            form = shape(head)
            before = [h for h in self._owners.hits_before(form, hit.start) if h.identity.kind == "country"]
            words = {self._scene.lower[i] for i in form.modifiers(hit.start)}
            if before:
                identity = replace(
                    before[-1].identity,
                    sector="CVL",
                    kind="group",
                    why=f"{entity.name} of {before[-1].entity.name}",
                )
                start = before[-1].start
            elif not identity.country and head.dep_ in ("amod", "compound", "nmod"):
                return ()
            elif "ethnic" in words or not identity.country:
                identity = self._bearers.locate(
                    replace(identity, country="", sector="CVL", kind="group", entity_id=""), head
                )
                start = min(text_start(form, hit.start), hit.start)
            elif head.tag_ in ("NNS", "NNPS") and any(c.dep_ == "nummod" for c in head.children):
                identity = replace(identity, sector="CVL", kind="group", entity_id="")
        return (Located(identity, start, max(hit.end, head.i + 1)),)

    def _of_next_role(self, head: Word, hit: Hit) -> tuple[Located, ...]:
        """'Kyrgyz' of 'Kyrgyz and Tajik soldiers', where the parser takes it for a noun of its own."""
        for other in head.children:
            match = self._scene.role_of.get(other.i) if other.dep_ == "conj" else None
            plain = match is not None and not any(child.dep_ == "det" for child in head.children)
            if match is not None and plain and self._owners.hits_before(shape(other), match.start):
                composed = self._bearers.compose(
                    match, hit.identity, frozenset(), self._bearers.body(shape(other), match)
                )
                return (Located(composed, hit.start, max(match.end, other.i + 1)),)
        return ()

    def _from_role(self, head: Word, match: Match) -> tuple[Located, ...]:
        named = self._persons.of_token.get(head.head.i) if head.dep_ == "appos" else None
        if named is not None and named.sure:
            several_named = head.tag_ in ("NNS", "NNPS")
            heads = [head.head, *conjuncts_within(head.head)] if several_named else [head.head]
            persons = [one for noun in heads if (one := self._persons.of_token.get(noun.i)) is not None]
            if not several_named or len(persons) > 1:
                return tuple(self._from_person(person) for person in persons)
        form = shape(head)
        start = min(text_start(form, match.start), match.start)
        end = max(text_end(head).i + 1, match.end)
        if match.role.phrase in ("counterpart", "colleague"):
            found = self._antecedents.counterpart(head, self._owners.hits_before(form, match.start))
            return tuple(Located(identity, start, end) for identity in found)
        body = self._bearers.body(form, match)
        owners = self._owners.of(form, match)
        if not owners:
            described = self._antecedents.description(head)
            if described:
                return self._same_words(head, described)
            inner = self._from_quantity(head) if match.role.generic else ()
            if inner and match.weak:
                return tuple(replace(one, start=start, end=end) for one in inner)
            if match.weak and body is None and not self._bearers.stands_alone(form, match):
                return ()
            if inner and inner[0].identity.sector not in ("", "GOV"):
                first = inner[0].identity
                body = Role("", first.sector, first.subsector)
        qualifiers = self._bearers.qualifiers(form, match)
        whose: list[Identity | None] = [*owners] or [None]
        composed = [self._bearers.placed(match, owner, qualifiers, body, head) for owner in whose]
        composed = [self._antecedents.leader(one, match, head) or one for one in composed]
        composed = [self._antecedents.former(one, head) or one for one in composed]
        if len(composed) == 1:
            composed = [self._bearers.accredited(composed[0], owners, match, head)]
        if head.tag_ in ("NNS", "NNPS") and len(composed) == 1 and composed[0].kind == "office":
            composed = [several(composed[0], whose[0])]
        return tuple(Located(self._bearers.named(one, head, match, start), start, end) for one in composed)

    def _from_apposition(self, head: Word) -> tuple[Located, ...]:
        """'his host, Khurshid Kasuri': whoever the name after it is."""
        for child in head.children:
            person = self._persons.of_token.get(child.i) if child.dep_ == "appos" else None
            if person is not None and person.sure:
                return (self._from_person(person),)
        return ()

    def _from_name(self, head: Word) -> tuple[Located, ...]:
        """A proper name that no list knows: a place, or nobody that we can tell."""
        countries = self._locations.country_of(head)
        if countries:
            start, end = self._locations.span(head)
            return (Located(replace(countries[0], confidence=0.45), start, end),)
        if head.pos_ == "PROPN" and head.dep_ == "nsubj" and _ACRONYM.fullmatch(head.text):
            return (Located(Identity(head.text, "organisation", confidence=0.25, why="initials"), head.i, head.i + 1),)
        return ()
