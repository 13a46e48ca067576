"""Words that name nobody by themselves: 'the two sides', 'the minister', abbreviations of the text's own.

Where the antecedent is not clear the answer is empty: a mention stays unresolved rather than guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace

from communique.actors.hosts import Hosts, part
from communique.actors.identities import SUPRANATIONAL, Identity
from communique.actors.locations import Locations
from communique.actors.persons import PersonMention, Persons
from communique.actors.phrases import Hit, Scene
from communique.actors.pronouns import lowered
from communique.actors.resolver import Resolver
from communique.actors.roles import Match
from communique.actors.shapes import conjuncts_within
from communique.text.tree import Span, Word

_SIDES = frozenset(
    "side party country nation state government leader president minister neighbour neighbor official "
    "delegation diplomat capital premier two pair duo ally foe rival men man negotiator head counterpart "
    "counterparty both".split()
)
_OF_STATES = frozenset("side party country nation state government neighbour neighbor capital ally foe rival".split())
_BLOCS = frozenset(
    ["bloc", "alliance", "union", "organisation", "organization", "agency", "body", "league", "forum", "pact"]
)
_GROUPS = frozenset("group movement militia party faction organisation organization network guerrilla".split())
_LANDS = frozenset("country nation state kingdom republic island emirate sultanate republic monarchy regime".split())
_DESCRIBING = _SIDES | _BLOCS | _GROUPS | _LANDS | {"trio", "host", "guest", "visitor"}
# Which states are called so.
KINDS_OF_LAND = {
    "kingdom": frozenset("SAU JOR MAR GBR ESP NLD BEL SWE NOR DNK THA KHM BTN BHR LSO SWZ TON NPL".split()),
    "emirate": frozenset({"ARE", "QAT", "KWT", "AFG", "BHR"}),
    "sultanate": frozenset({"OMN", "BRN"}),
    "monarchy": frozenset(
        "SAU JOR MAR GBR ESP NLD BEL SWE NOR DNK THA KHM BTN BHR LSO SWZ TON NPL JPN OMN BRN".split()
    ),
}
_WHOLE_PEOPLE = ("ese", "ish", "ss", "ch")
_INVITING = frozenset({"invitation", "request", "behest"})
_AT_THE_HEAD = frozenset({"leader", "strongman", "ruler", "premier", "president", "head of state", "chief"})
_RULES = re.compile(
    r"^(?:acting |interim )?(?:president|prime minister|premier|chancellor|king|emir|sultan|leader|chair)"
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "ROOT", "attr"})
_TOGETHER = frozenset({"with", "between", "by", "among", "from", "to", "against", "for"})
_ABBREVIATION = re.compile(r"\(([A-Z][A-Za-z&-]{1,9})\)")
_LOOK_BACK = 12


class Antecedents:
    """What the referring words of one document stand for."""

    def __init__(
        self,
        scene: Scene,
        persons: Persons,
        locations: Locations,
        resolver: Resolver,
        identities: Callable[[Word], tuple[Identity, ...]],
    ) -> None:
        self._scene = scene
        self._persons = persons
        self._resolver = resolver
        self._identities = identities
        self._sentences = scene.doc.sents
        self._number = {sentence.start: n for n, sentence in enumerate(self._sentences)}
        self._abbreviations = self._find_abbreviations()
        self._hosts = Hosts(locations, resolver, self._participants)

    def abbreviation(self, head: Word) -> Word | None:
        """The head of the phrase that this abbreviation was given to: 'Liberian Peace Council (LPC)'."""
        index = self._abbreviations.get(head.text)
        return None if index is None or index >= head.i else self._scene.doc[index]

    def description(self, head: Word) -> tuple[Identity, ...]:
        """Who a definite description stands for ('the two sides', 'the minister'); empty where it is not one."""
        lemma = head.lemma_.lower()
        if lemma not in _DESCRIBING and head.i not in self._scene.role_of:
            return ()
        determiner = next((c.lower_ for c in head.children if c.dep_ in ("det", "predet", "poss")), "")
        if part(head) and determiner in ("the", "its", "his", "her", "their"):
            return self._host(head, lemma)
        plural = head.tag_ in ("NNS", "NNPS") or head.pos_ == "NUM"
        numbered = any(c.dep_ == "nummod" and c.lower_ in ("two", "three") for c in head.children)
        paired = numbered or determiner == "both" or (determiner == "the" and lemma in ("side", "party", "two"))
        if plural and lemma in _SIDES and paired:
            return self._sides(head, lemma)
        if lemma in ("pair", "duo", "trio") and determiner == "the":
            return self._sides(head, lemma)
        if plural and determiner == "the" and lemma in _SIDES and not any(True for _ in head.rights):
            met = self._sides(head, lemma)
            if met:
                return tuple(each if each.kind in ("person", "office") else _officer(each) for each in met)
        if plural and determiner in ("the", "these", "those"):
            return self._same_before(head)
        match = self._scene.role_of.get(head.i)
        first = match.start if match is not None else head.i
        named = any(c.dep_ in ("compound", "nmod") and c.pos_ == "PROPN" and c.i < first for c in head.children)
        if determiner not in ("the", "this") or plural or named:
            return ()
        return self._person_of_title(head) or self._body_before(head, lemma)

    def _host(self, head: Word, lemma: str) -> tuple[Identity, ...]:
        number = self._number.get(head.sent.start, 0)
        before = self._sentences[max(0, number - _LOOK_BACK) : number + 1][::-1]
        if lemma in _LANDS or head.tag_ in ("NNS", "NNPS"):
            return self._hosts.country(head, before)
        return self._hosts.named(head, before)

    def former(self, identity: Identity, head: Word) -> Identity | None:
        """'the former Maldivian president' after 'Mohamed Nasheed': the one of that country who was named."""
        if not identity.office.startswith("former ") or head.tag_ in ("NNS", "NNPS"):
            return None
        office = identity.office.removeprefix("former ").lower()
        for mention in self._persons.before(head.i):
            same = mention.identity.country == identity.country
            if same and self._resolver.people.ever(mention.identity.entity_id, office):
                person = replace(mention.identity, sector="ELI", office=identity.office, office_id="")
                return lowered((person,), 0.7, f"'{head.text}' for {mention.name}")[0]
        return None

    def both(self, head: Word) -> tuple[Identity, ...]:
        """The two that 'both' stands for."""
        return self._sides(head, "both")

    def leader(self, identity: Identity, match: Match, head: Word) -> Identity | None:
        """'the Cambodian leader' after 'Hun Sen': the one at the head of that country whom the text has named."""
        if match.role.phrase not in _AT_THE_HEAD or identity.office_holder or head.tag_ in ("NNS", "NNPS"):
            return None
        for mention in self._persons.before(head.i):
            person = mention.identity
            if person.country == identity.country and person.sector == "GOV" and _RULES.search(person.office.lower()):
                return lowered((person,), 0.7, f"'{head.text}' for {mention.name}")[0]
        return None

    def _find_abbreviations(self) -> dict[str, int]:
        found: dict[str, int] = {}
        offsets = self._scene.offsets
        for match in _ABBREVIATION.finditer(self._scene.text):
            bracket = bisect_left(offsets, match.start())
            if (
                bracket
                and offsets[bracket] == match.start()
                and sum(letter.isupper() for letter in match.group(1)) >= 2
            ):
                found.setdefault(match.group(1), self._head_before(bracket))
        return found

    def _head_before(self, bracket: int) -> int:
        """Head of the phrase that ends before a bracket: of 'Union of Teachers (NUT)' it is 'Union'."""
        token = self._scene.doc[bracket - 1]
        while (
            token.dep_ in ("pobj", "prep", "compound", "conj") and token.head.i < bracket and token.head.i > bracket - 8
        ):
            up = token.head
            if up.pos_ not in ("PROPN", "ADP", "NOUN") or (up.dep_ == "prep" and up.lower_ not in ("of", "for")):
                break
            if up.pos_ == "ADP" and up.lower_ not in ("of", "for"):
                break
            token = up
        return token.i

    def _sides(self, head: Word, lemma: str) -> tuple[Identity, ...]:
        """The two (or three) that the text has just named together."""
        wanted = 3 if lemma == "trio" or any(c.lower_ == "three" for c in head.children) else 2
        number = self._number.get(head.sent.start, 0)
        for back in range(min(_LOOK_BACK, number) + 1):
            sentence = self._sentences[number - back]
            found = self._coordinated(sentence, head.i, wanted) or self._participants(sentence, head.i)
            if len(found) == wanted:
                break
        else:
            return ()
        distinct = len({each.country for each in found}) == len(found)
        mixed = len({each.kind == "country" for each in found}) > 1
        if distinct and (lemma in _OF_STATES or mixed):
            found = tuple(self._state(each) for each in found)
        return lowered(found, 0.7, f"'{head.text}' named before")

    def _coordinated(self, sentence: Span, before: int, wanted: int) -> tuple[Identity, ...]:
        """So many that the sentence names in one breath: 'Germany, France and Britain warned Tehran'."""
        for token in sentence:
            together = [token, *conjuncts_within(token)] if token.i < before and token.dep_ != "conj" else []
            if len(together) < 2 or not _takes_part(token) or together[-1].i >= before:
                continue
            each = [one for noun in together for one in self._identities(noun) if one.country and one.kind != "place"]
            if len(each) == wanted == len({(one.country, one.name) for one in each}):
                return tuple(each)
        return ()

    def national(self, identity: Identity, head: Word) -> tuple[Identity, ...]:
        """'the Iraqi' for the person of that nation who was just named."""
        plural = head.tag_ in ("NNS", "NNPS") and head.lower_.endswith("s")
        if plural or not any(child.lower_ == "the" for child in head.children):
            return ()
        if head.dep_ in ("amod", "compound", "nmod") or any(True for _ in head.rights):
            return ()
        for mention in self._persons.before(head.i):
            if mention.identity.country == identity.country:
                return lowered((mention.identity,), 0.65, f"'{head.text}' for {mention.name}")
        # Somebody of that nation, unless the word is the same for the whole people: 'the Swiss'.
        return () if head.lower_.endswith(_WHOLE_PEOPLE) else lowered((identity,), 0.45, "one of that nation")

    def _state(self, identity: Identity) -> Identity:
        """The country of an actor; an organisation stays itself."""
        return identity if identity.country in SUPRANATIONAL else self._resolver.country(identity.country)

    def _participants(self, sentence: Span, before: int) -> tuple[Identity, ...]:
        """One of each country or organisation that acts or is met in a sentence, in order."""
        found: dict[str, Identity] = {}
        for token in sentence:
            if token.i >= before:
                break
            named = token.i in self._scene.hit_of or token.i in self._persons.of_token or token.i in self._scene.role_of
            if not named or not _takes_part(token):
                continue
            for identity in self._identities(token):
                if identity.kind == "place" or not identity.country or identity.confidence < 0.5:
                    continue
                key = _side_of(identity)
                known = found.get(key)
                if known is None or (known.kind == "country" and identity.kind in ("person", "office")):
                    found[key] = identity
        states = {key: each for key, each in found.items() if each.country not in SUPRANATIONAL}
        return tuple(states.values() if len(states) >= 2 else found.values())

    def _person_of_title(self, head: Word) -> tuple[Identity, ...]:
        match = self._scene.role_of.get(head.i)
        if match is None or match.role.kind != "person":
            return ()
        # 'The Secretary and the Foreign Minister' are two.
        beside = {one.name for one in self._identities(head.head) if one.name} if head.dep_ == "conj" else set()
        fitting = [m for m in self._persons.before(head.i) if m.identity.name not in beside and self._holds(m, match)]
        if not fitting:
            return ()
        nearest = self._scene.doc[fitting[0].end - 1].sent
        rivals = [mention for mention in fitting if mention.start >= nearest.start]
        if nearest.start != head.sent.start:
            rivals = sorted(rivals, key=lambda mention: mention.start)
            rivals.sort(key=lambda mention: self._scene.doc[mention.end - 1].dep_ not in _SUBJECTS)
        return lowered((rivals[0].identity,), 0.7, f"'{head.text}' for {rivals[0].name}")

    def _holds(self, mention: PersonMention, match: Match) -> bool:
        """Whether somebody has the office that a title names, or was named with that title."""
        identity = mention.identity
        owner = identity.country if identity.country not in SUPRANATIONAL else identity.office_id.partition("-")[0]
        office = self._resolver.people.office(owner, match.role.phrase)
        if office is not None and office.id == identity.office_id:
            return True
        title = self._scene.doc[mention.start : mention.name_start].text.lower()
        names = {match.role.office, match.role.phrase} - {""}
        known = f"{identity.office.lower()} {title}"
        return any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])(?! of state)", known) for name in names)

    def _body_before(self, head: Word, lemma: str) -> tuple[Identity, ...]:
        """'the government', 'the group', 'the bloc': the last one of that kind before."""
        if lemma in _LANDS | _BLOCS | _GROUPS:
            for hit in self._scene.hits_before(head.i):
                identity = hit.identity
                if lemma in KINDS_OF_LAND and identity.country not in KINDS_OF_LAND[lemma]:
                    continue
                fits = (
                    (lemma in _LANDS and hit.entity.sort in ("country", "demonym", "capital", "seat"))
                    or (lemma in _BLOCS and identity.country in SUPRANATIONAL)
                    or (lemma in _GROUPS and identity.kind == "group" and hit.entity.sort == "organisation")
                )
                if fits:
                    plain = replace(identity, sector="" if identity.kind == "country" else identity.sector)
                    return lowered((plain,), 0.6, f"'{head.text}' for {hit.entity.name}")
            if lemma in _LANDS:
                return ()
        match = self._scene.role_of.get(head.i)
        if match is None or match.role.kind == "person":
            return ()
        for index in self._scene.roles_before(head.i):
            if self._scene.role_of[index].role.phrase == match.role.phrase:
                found = self._identities(self._scene.doc[index])
                if len(found) == 1 and found[0].country and found[0].confidence >= 0.5:
                    return lowered(found, 0.65, f"'{head.text}' as before")
        return ()

    def _same_before(self, head: Word) -> tuple[Identity, ...]:
        """'the rebels' after 'the FARC', 'the soldiers' after 'Kenyan troops': those of that sector just named."""
        match = self._scene.role_of.get(head.i)
        if match is None or not match.role.sector or match.role.generic:
            return ()
        since = self._sentences[max(0, self._number.get(head.sent.start, 0) - 1)].start
        near = [hit.start for hit in self._scene.hits_within(since, head.i) if hit.identity.sector]
        near += [index for index in self._scene.roles_before(head.i) if index >= since]
        same: dict[tuple[str, str], Identity] = {}
        for index in near:
            for one in self._identities(self._scene.doc[index]):
                if one.sector == match.role.sector and one.country and one.confidence >= 0.6:
                    same.setdefault((one.country, one.entity_id), one)
        return lowered(tuple(same.values()), 0.6, f"'{head.text}' just named") if len(same) == 1 else ()

    def counterpart(self, head: Word, hits: list[Hit]) -> tuple[Identity, ...]:
        """'his U.S. counterpart': who holds the same office in the other country; `hits` are those before the noun."""
        owner = next((c for c in head.children if c.dep_ == "poss" and c.pos_ == "PRON"), None)
        whose = self._identities(owner) if owner is not None else ()
        found = []
        alike = len({one.office for one in whose}) == 1
        for hit in hits:
            land = hit.identity
            same = whose[0] if alike else Identity(sector="GOV")
            heir = self._resolver.heir(same, land, self._scene.day) if same.office else None
            plain = Identity("", "office", land.country, same.sector, office=same.office, confidence=0.75)
            found.append(heir or replace(plain, why="counterpart"))
        return tuple(found) or (self._opposite(whose[0], head) if len(whose) == 1 else ())

    def _opposite(self, identity: Identity, head: Word) -> tuple[Identity, ...]:
        """'his counterpart': the one of the same office in another country whom the text has named."""
        for mention in self._persons.before(head.i):
            other = mention.identity
            if other.country != identity.country and other.office and other.office == identity.office:
                return lowered((other,), 0.65, f"'{head.text}' for {mention.name}")
        return ()


def _side_of(identity: Identity) -> str:
    """The country, or the organisation that somebody or a part of it belongs to: 'eu' of the EU's representative."""
    if identity.country not in SUPRANATIONAL:
        return identity.country
    return (identity.office_id or identity.entity_id or identity.name).partition("-")[0]


def _takes_part(token: Word) -> bool:
    """Whether a noun stands where those stand who do something together: subject, object, 'with', 'between', 'by'."""
    top = token
    while top.dep_ in ("conj", "appos", "compound") and top.head != top:
        top = top.head
    if top.dep_ == "pobj":
        over = top.head.head
        if top.head.lower_ == "of" and (over.dep_ in _SUBJECTS or over.lemma_.lower() in _INVITING):
            return True
        return top.head.lower_ in _TOGETHER
    return top.dep_ in _ARGUMENTS


def _officer(identity: Identity) -> Identity:
    """Somebody in office of a state that was named by its name alone."""
    return Identity("", "office", identity.country, "GOV", confidence=min(identity.confidence, 0.6), why=identity.why)
