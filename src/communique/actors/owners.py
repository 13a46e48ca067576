"""Whose a role is: the country, organisation or person that the phrase around a role noun names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from communique.actors.identities import Identity
from communique.actors.locations import Locations
from communique.actors.persons import Persons
from communique.actors.phrases import Hit, Scene
from communique.actors.roles import Match
from communique.actors.shapes import Shape, shape
from communique.text.tree import Word

_OWNING = frozenset("of from in at within inside throughout across on with near outside".split())
# What follows their 'for' is what they deal with, not whom they serve.
_SENT = frozenset("envoy ambassador representative mediator negotiator coordinator candidate".split())
# Of these, those in a country are nearly always its own; soldiers and envoys often are not.
LOCAL = frozenset("CVL EDU LAB COP JUD OPP REB CRM AGR MED REL LEG PTY PRM".split())


class Owners:
    """Finds the owners of the role nouns of one document."""

    def __init__(
        self,
        scene: Scene,
        persons: Persons,
        locations: Locations,
        identities: Callable[[Word], tuple[Identity, ...]],
    ) -> None:
        self._scene = scene
        self._persons = persons
        self._locations = locations
        self._identities = identities

    def of(self, form: Shape, match: Match) -> list[Identity]:
        """Whose the role is: by its modifiers, its possessor, its complements, its apposition."""
        hits = [hit for hit in self.hits_before(form, match.head) if hit.identity.country]
        if hits:
            return self._group_of(form) or self._within(self._chosen(hits), form)
        persons = dict.fromkeys(self._persons.of_token.get(index) for index in form.modifiers(match.start))
        named = [person.identity for person in persons if person is not None and person.identity.country]
        if named:
            return named
        if match.role.other:
            return []
        if form.possessor is not None:
            found = self._countries(form.possessor)
            if found:
                return found
        for child in form.head.children:
            if child.dep_ in ("prep", "acl", "amod", "relcl") and child.i > form.head.i:
                found = self._owners_in(child, match)
                if found:
                    return found
            if child.dep_ == "appos" and child.i not in self._scene.role_of:
                found = self._countries(child)
                if found:
                    return found
        return self._town_before(form, match)

    def _group_of(self, form: Shape) -> list[Identity]:
        """'Russian mercenaries of the Wagner Group': the group that they are of tells more than their nation."""
        for prep in form.head.children:
            if prep.dep_ == "prep" and prep.lower_ in ("of", "from") and prep.i > form.head.i:
                hits = [hit for noun in prep.children if (hit := self._scene.hit_of.get(noun.i)) is not None]
                found = [hit.identity for hit in hits if hit.entity.sort == "organisation"]
                if found and found[0].sector:
                    return found[:1]
        return []

    def _town_before(self, form: Shape, match: Match) -> list[Identity]:
        """'a Karachi court', 'Lagos police': the country of the town before a noun."""
        last = match.start - 1
        if last < form.start or form.head.doc[last].pos_ != "PROPN":
            return []
        found = self._locations.country_of(form.head.doc[last])
        return [replace(owner, confidence=min(owner.confidence, 0.65)) for owner in found]

    def _chosen(self, hits: list[Hit]) -> list[Identity]:
        """Of several names before a noun: all where they are coordinated, else the organisation before the country."""
        national = [hit for hit in hits if hit.identity.kind == "country"]
        grouped = [hit for hit in hits if hit.entity.sort == "organisation"]
        if national and grouped and not self._coordinated(hits):
            land = national[-1].identity.country
            whole = grouped[-1].identity
            return [replace(whole, country=land) if whole.country == "IMG" else whole]
        return [hit.identity for hit in (hits if grouped else national or hits)]

    def _within(self, owners: list[Identity], form: Shape) -> list[Identity]:
        """A group of many countries is that of its possessor's: 'Iraq's al-Qaeda leader'."""
        if form.possessor is None or len(owners) != 1 or owners[0].country != "IMG":
            return owners
        land = next((one.country for one in self._countries(form.possessor) if one.kind == "country"), "")
        return [replace(owners[0], country=land or "IMG")]

    def _coordinated(self, hits: list[Hit]) -> bool:
        return all(
            self._scene.lower[one.end : other.start] in (["and"], ["or"], [","], [",", "and"], ["/"], ["&"], ["-"])
            for one, other in pairwise(hits)
        )

    def _owners_in(self, child: Word, match: Match) -> list[Identity]:
        """Of the complement 'of the army', 'in Ohio', 'loyal to the king', 'affiliated with the union'."""
        if child.dep_ != "prep":
            return [
                o
                for c in child.children
                if c.dep_ == "prep" and c.lower_ in ("to", "with", "from")
                for o in self._owners_in_prep(c)
            ]
        if child.lower_ in _OWNING or (child.lower_ == "for" and match.role.phrase not in _SENT):
            found = self._owners_in_prep(child)
            if child.lower_ in ("of", "from", "for"):
                return found
            if match.role.instead == "NGO":
                # 'foreign charities in Managua' are not Managua's.
                return []
            limit = 0.6 if match.role.sector in LOCAL else 0.45
            if match.role.sector == "MIL" and child.lower_ == "in" and child.i == match.end:
                # 'Soldiers in Mali arrested ...': who is named by the land alone is of the land.
                limit = 0.62
            return [replace(owner, confidence=min(owner.confidence, limit)) for owner in found]
        return []

    def _owners_in_prep(self, prep: Word) -> list[Identity]:
        found: list[Identity] = []
        for noun in prep.children:
            if noun.dep_ == "conj" and noun.lower_ == prep.lower_:
                found += self._owners_in_prep(noun)
            if noun.dep_ != "pobj":
                continue
            for each in (noun, *(c for c in noun.conjuncts if c.i > noun.i)):
                found += self._countries(each) or self._locations.country_of(each) or self._beyond(each)
        return found

    def _beyond(self, noun: Word) -> list[Identity]:
        """Whose a thing is that tells whose a role is: 'the leaders of Fiji's coup'."""
        form = shape(noun)
        hits = [hit for hit in self.hits_before(form, noun.i) if hit.identity.kind == "country"]
        if hits:
            return [hits[-1].identity]
        return self._countries(form.possessor) if form.possessor is not None and form.possessor.pos_ == "PROPN" else []

    def _countries(self, head: Word) -> list[Identity]:
        return [one for one in self._identities(head) if one.country]

    def before(self, title: Match) -> list[Identity]:
        before = self._scene.doc[title.start - 1] if title.start else None
        return self._locations.country_of(before) if before is not None and before.pos_ == "PROPN" else []

    def after(self, title: Match) -> list[Identity]:
        doc, lower = self._scene.doc, self._scene.lower
        if lower[title.end : title.end + 1] not in (["of"], ["for"], ["in"]):
            return []
        for token in doc[title.end + 1 : title.end + 7]:
            if token.dep_ == "pobj" or token.i in self._scene.role_of:
                return self._countries(token) or self._locations.country_of(token)
        return []

    def hits_before(self, form: Shape, before: int) -> list[Hit]:
        found: list[Hit] = []
        for index in form.modifiers(before):
            hit = self._scene.hit_of.get(index)
            if hit is None or hit in found or hit.entity.sort == "none" or self._scene.is_compounded(hit):
                continue
            if self._scene.lower[hit.start - 1 : hit.start] != ["ethnic"]:
                found.append(hit)
        return found
