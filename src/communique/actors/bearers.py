"""Who bears a role: a role noun put together with its owner, its qualifiers and the likely country."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from communique.actors.identities import SUPRANATIONAL, Identity
from communique.actors.lands import Lands
from communique.actors.locations import Locations, verb_of
from communique.actors.owners import LOCAL
from communique.actors.phrases import QUALIFIERS, Scene
from communique.actors.resolver import NOT_YET, SENT, Resolver
from communique.actors.roles import Match, Role
from communique.actors.shapes import Shape
from communique.text.tree import Word

# 'their president': of those who are so many persons it is the president of their country.
OF_PERSONS = frozenset({"COP", "MIL", "CVL", "MED", "JRN", "EDU", "AGR", "REF", "LAB"})
_TRAVELLING = frozenset({"negotiator", "envoy", "delegate", "mediator", "diplomat", "delegation", "representative"})
_OF_THE_STATE = frozenset({"LEG", "JUD", "GOV"})
# What these do, they do mostly to people of their own country: 'A Chilean judge questioned two generals'.
_AT_HOME = frozenset({"LEG", "JUD", "COP"})
# A body of this kind that is named by its business is a state's: 'the telecommunications commission'.
_OFFICIAL = frozenset({"agency", "commission", "board", "council", "committee", "panel", "bureau", "inquiry"})
# Whose men are what they are: 'Basayev's gunmen'.
_ARMED = frozenset({"REB", "PRM", "CRM"})


class Bearers:
    """Tells who the role nouns of one document denote, once their owners are known."""

    def __init__(
        self,
        scene: Scene,
        resolver: Resolver,
        locations: Locations,
        lands: Lands,
        identities: Callable[[Word], tuple[Identity, ...]],
    ) -> None:
        self._scene = scene
        self._resolver = resolver
        self._locations = locations
        self._lands = lands
        self._identities = identities

    def placed(
        self, match: Match, owner: Identity | None, qualifiers: frozenset[str], body: Role | None, head: Word
    ) -> Identity:
        """A role of its owner; of the likely country where nothing tells the owner, with office and holder there."""
        role = match.role
        found = self.compose(match, owner, qualifiers, body)
        # Those who talk for others are rarely of the country where they do; 'the two presidents' are of two.
        travelling = role.phrase.split()[-1] in _TRAVELLING
        counted = role.office and head.tag_ in ("NNS", "NNPS") and any(c.dep_ == "nummod" for c in head.children)
        if owner is None and not found.country and (travelling or counted):
            return replace(found, confidence=min(found.confidence, 0.4))
        found = self.locate(found, head)
        if role.phrase == "settler" and found.country == "PSE":
            return replace(found, country="ISR", why=f"{found.why}; settlers in the occupied territory")
        if (
            owner is None
            and len(found.country) == 3
            and found.country.isupper()
            and role.kind in ("person", "body", "group")
        ):
            land = self._resolver.country(found.country)
            there = self.compose(match, land, qualifiers, body)
            if there.office_id or there.entity_id:
                return replace(there, confidence=found.confidence, why=found.why)
        return found

    def compose(self, match: Match, owner: Identity | None, qualifiers: frozenset[str], body: Role | None) -> Identity:
        """A role of an owner that may itself be a role ('leaders of Romania's government') or a person."""
        role = match.role
        if owner is not None and owner.kind == "person" and owner.sector in _ARMED and role.sector in ("UAF", "MIL"):
            role = replace(role, sector=owner.sector)
        if owner is not None and not owner.entity_id and owner.kind in ("group", "office", "organisation"):
            if role.office and owner.sector in OF_PERSONS:
                owner = replace(owner, kind="country", name="", entity_id=owner.country)
            elif role.generic and owner.sector and (owner.sector != "CVL" or not (role.sector or role.kind == "body")):
                role = replace(role, sector=owner.sector, subsector=owner.subsector, kind="group")
            owner = replace(owner, kind="country", sector="", office="")
        elif owner is not None and owner.kind in ("person", "office"):
            owner = replace(owner, kind="country", sector="", office="", name=owner.country, entity_id="")
        return self._resolver.compose(role, owner, qualifiers, body, self._scene.day)

    def accredited(self, identity: Identity, owners: list[Identity], match: Match, head: Word) -> Identity:
        """'Washington's ambassador to Moscow', 'the UN envoy for Syria': the office by what it is accredited to."""
        if match.role.phrase.split()[-1] not in SENT or len(owners) != 1 or identity.office_holder:
            return identity
        for prep in head.children:
            if prep.dep_ == "prep" and prep.lower_ in ("to", "for", "in") and prep.i > head.i:
                places = [one for noun in prep.children if noun.dep_ == "pobj" for one in self._identities(noun)]
                for place in places:
                    name = self._resolver.country(place.country).name if place.kind == "country" else place.name
                    found = self._resolver.sent(owners[0], match.role, prep.lower_, name, self._scene.day)
                    if found is not None:
                        return found
        return identity

    def stands_alone(self, form: Shape, match: Match) -> bool:
        """Whether a weak role noun is an actor though nothing tells whose: 'the firm's chairman', 'a man'."""
        owner = form.possessor
        if owner is not None and owner.pos_ == "PROPN" and not match.role.other:
            return True
        if match.role.phrase in _OFFICIAL and self._is_official(form, match):
            return True
        harmed = form.head.dep_ in ("nsubj", "nsubjpass", "dobj") and match.role.sector == "CVL"
        return harmed or self._is_named(form.head, match)

    def _is_official(self, form: Shape, match: Match) -> bool:
        """Whether a body is one that everybody knows, by what it deals with: 'the sugar board'."""
        modifiers = [self._scene.doc[index] for index in form.modifiers(match.start)]
        if not any(word.pos_ in ("NOUN", "ADJ", "PROPN") and word.dep_ in ("compound", "amod") for word in modifiers):
            return False
        determiner = next((child.lower_ for child in form.head.children if child.dep_ == "det"), "")
        return determiner == "the" or (not determiner and form.head.dep_ in ("compound", "nsubj", "nsubjpass", "poss"))

    def qualifiers(self, form: Shape, match: Match) -> frozenset[str]:
        """The words such as 'former', 'deputy', 'elect' that stand with a role."""
        lower = self._scene.lower
        found = frozenset(lower[i] for i in form.modifiers(match.start)) & QUALIFIERS
        if lower[match.end : match.end + 1] == ["-"] and match.end + 1 < len(lower):
            found |= {lower[match.end + 1]} & NOT_YET
        return found

    def body(self, form: Shape, match: Match) -> Role | None:
        """The nearest role noun among the modifiers, where the head takes its sector from it."""
        if not match.role.generic:
            return None
        for index in reversed(form.modifiers(match.start)):
            inner = self._scene.role_of.get(index)
            if inner is not None and inner.role.sector and not inner.role.honorific:
                return inner.role
        return None

    def named(self, identity: Identity, head: Word, match: Match, start: int) -> Identity:
        """The identity under the proper name that its words are, where they are one."""
        if identity.name or not self._is_named(head, match):
            return identity
        words = self._scene.doc[start : match.end].text
        land = self._resolver.country(identity.country).name if len(identity.country) == 3 else ""
        public = identity.sector in ("GOV", "JUD", "LEG", "MIL", "COP", "SPY")
        if public and head.text[0].isupper() and match.start > start and land and land != identity.country:
            words = f"{self._scene.doc[match.start : match.end].text} of {land}"
        return replace(identity, name=words, kind="organisation")

    def _is_named(self, head: Word, match: Match) -> bool:
        """Whether the words are an organisation's proper name: 'Ceasefire Violations Committee'."""
        first = match.start - 1 if match.start == match.head else match.start
        before = self._scene.doc[first] if first >= 0 else head
        if head.text[0].isupper() and match.role.kind == "body" and match.end > match.head + 1:
            return True
        capital = head.text[0].isupper() and before != head and before.text[0].isupper()
        return capital and match.role.kind in ("body", "group") and before.pos_ == "PROPN"

    def locate(self, identity: Identity, head: Word) -> Identity:
        """An identity without a country, with the one that the sentence or document makes likely."""
        if identity.country:
            return identity
        country, confidence, why = self._locations.likely_country(head)
        if not country:
            country, confidence, why = self._subject_country(head, identity.sector) or (country, confidence, why)
        if not country:
            country, confidence, why = self._lands.only(head)
        if confidence < 0.4 and identity.sector not in _OF_THE_STATE and self._others_act(head, country):
            country = ""
        if not country:
            return replace(identity, confidence=min(identity.confidence, 0.4))
        if identity.sector not in LOCAL:
            confidence = min(confidence, 0.45)
        return replace(identity, country=country, confidence=confidence, why=f"{identity.why}; {why}".strip("; "))

    def _others_act(self, head: Word, country: str) -> bool:
        """Whether in the clause of a noun somebody of another country acts: 'after Riyadh executed a cleric'."""
        doers = [child for child in verb_of(head).children if child.dep_ == "nsubj" and child != head]
        countries = {one.country for doer in doers if not doer.is_ancestor(head) for one in self._identities(doer)}
        return bool(countries - {""}) and country not in countries

    def _subject_country(self, head: Word, sector: str) -> tuple[str, float, str] | None:
        """The one country that the subject of the sentence is of: 'Eswatini shut its schools after pupils marched'."""
        # What is done to people tells nothing of their nation: 'Israel killed three militants'.
        foreign = verb_of(head) == head.sent.root and sector not in _OF_THE_STATE
        for child in head.sent.root.children:
            if child.dep_ == "nsubj" and child.i < head.i and not child.is_ancestor(head):
                named = {one.country for one in self._identities(child) if one.confidence > 0.5} - {""}
                if foreign and not any(one.sector in _AT_HOME for one in self._identities(child)):
                    return None
                if len(named) == 1 and not named & SUPRANATIONAL:
                    return named.pop(), 0.42 if foreign else 0.48, "the country that the sentence is about"
        return None


def several(identity: Identity, owner: Identity | None) -> Identity:
    """Those who hold such an office, rather than the one who holds it: 'ECOWAS leaders', 'ICC prosecutors'."""
    whole = owner if owner is not None and owner.kind == "organisation" else Identity()
    return replace(
        identity, office_holder="", office_id="", office="", name=whole.name, entity_id=whole.entity_id, term=("", "")
    )
