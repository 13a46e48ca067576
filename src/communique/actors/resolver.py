"""Who a name or a title is: names, roles, offices and their holders put together, on a date."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache

from communique.actors.gazetteer import Entity, Gazetteer
from communique.actors.identities import (
    SUPRANATIONAL,
    Identity,
    bodies_of,
    in_common,
    in_office,
    is_linked,
    is_seat,
    known,
    most_senior,
    sector_of,
)
from communique.actors.lexicon import Lexicon, Office, load_lexicon
from communique.actors.people import People, name_key
from communique.actors.places import town_alone
from communique.actors.roles import Role, RoleIndex
from communique.actors.wording import Wording, read
from communique.model import Kind

FORMER = frozenset(
    "former ex late ousted deposed exiled disgraced toppled onetime one-time erstwhile "
    "retired previous jailed imprisoned defeated".split()
)
NOT_YET = frozenset({"elect", "designate", "incoming"})
DEPUTY = frozenset({"deputy", "vice", "junior", "assistant", "associate", "under"})
# Bodies of which a state has one, so that its name can be told.
_ONE_IN_A_STATE = frozenset({"supreme court", "constitutional court", "senate", "parliament", "national assembly"})
# Whose 'for' and 'to' tell what they deal with, not whose they are.
SENT = frozenset({"ambassador", "envoy", "representative", "coordinator", "adviser"})
_TO_OR_FOR = re.compile(r" (?:to|for) ")
_JOINING = re.compile(r"(?:,| and| or|, and|/|&|\s)+", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_LINKS = frozenset({"of", "the", "and", "for", "s"})
# Roles that say what their organisation is: a Hamas leader is of Hamas's sector, a party's spokesman of the party's.
_OF_AN_ARMED_GROUP = frozenset({"REB", "PRM", "CRM", "UAF", "PTY", "OPP", "SPY", "LEG", "JUD", "MIL", "COP"})
_KEPT_WITH_IGO = frozenset({"MIL", "COP", "REF", "MED", "CVL", "JUD", "LEG", "EDU", "JRN"})


class Resolver:
    """The lexicon made ready for look-up; one serves any number of documents."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.gazetteer = Gazetteer(lexicon)
        self.roles = RoleIndex(lexicon)
        self.people = People(lexicon)
        self.bodies = bodies_of(lexicon)
        self.things = {thing.word: thing.kind for thing in lexicon.things}
        self._names = {c.code: c.name for c in lexicon.countries if c.kind not in ("former", "partial")} | {
            c.code: c.name for c in lexicon.countries if c.kind == "partial" and c.code in ("PSE", "TWN", "XKX")
        }

    def country(self, code: str) -> Identity:
        """The country of a code."""
        return Identity(self._names.get(code, code), "country", code, entity_id=code)

    @staticmethod
    def entity(entities: Iterable[Entity], day: date | None) -> Entity | None:
        """The likeliest entity whose name was in use on the day; the likeliest of all without a day."""
        options = list(entities)
        if day is not None:
            iso = day.isoformat()
            valid = [e for e in options if (not e.start or e.start <= iso) and (not e.end or iso <= e.end + "~")]
            options = valid or options
        return next((entity for entity in options if entity.sort != "none"), options[0] if options else None)

    def seated(self, entities: Iterable[Entity]) -> Identity | None:
        """The organisation that a capital stands for besides its country: the EU where 'Brussels' says so."""
        options = list(entities)
        organisation = next((entity for entity in options if entity.sort == "organisation"), None)
        if organisation is None or options[0].sort != "capital":
            return None
        return replace(self.identity(organisation), confidence=0.7, why=f"seat of {organisation.name}")

    @staticmethod
    def identity(entity: Entity) -> Identity:
        """An entity of the gazetteer as somebody who acts."""
        if entity.sort in ("capital", "seat"):
            return Identity(
                entity.name, "country", entity.country, entity.sector, entity.subsector, entity_id=entity.entity_id,
                confidence=0.85, why=f"{entity.sort} of {entity.name}",
            )  # fmt: skip
        if entity.sort == "place":
            return Identity(entity.name, "place", entity.country, confidence=0.45, why="region")
        if entity.sort == "people":
            confidence = 0.7 if entity.country else 0.4
            return Identity(entity.name, "group", entity.country, "CVL", confidence=confidence, why="people")
        kind: Kind = "country" if entity.sort in ("country", "demonym") else "organisation"
        if entity.kind in ("group", "person"):
            kind = "group" if entity.kind == "group" else "person"
        return Identity(
            entity.name, kind, entity.country, entity.sector, entity.subsector, entity_id=entity.entity_id,
            wikidata=entity.wikidata, confidence=0.97, why=f"{entity.sort} name",
        )  # fmt: skip

    def compose(
        self,
        role: Role,
        owner: Identity | None,
        qualifiers: frozenset[str],
        body: Role | None,
        day: date | None,
    ) -> Identity:
        """A role held in a country or organisation.

        Args:
            role: the role noun's.
            owner: the country or organisation, where the phrase or its surroundings tell one.
            qualifiers: words such as 'former', 'deputy', 'elect' that stand with the role.
            body: the role of a noun that modifies the role noun ('parliament' of 'parliament official').
            day: the date, for the holder.
        """
        if owner is not None and role.instead == "IGO" and is_seat(owner):
            owner = None
        if owner is None and role.instead in self._names:
            owner = replace(self.country(role.instead), confidence=0.9)
        sector, subsector = _sector_with_body(role, body)
        country = owner.country if owner else ""
        name, entity_id, wikidata = "", "", ""
        confidence = min(owner.confidence, 0.95) if owner else 0.4
        if owner is not None and owner.kind != "country":
            sector, subsector = _sector_within(owner, role, sector, subsector)
            if owner.kind in ("group", "organisation"):
                name, entity_id, wikidata = owner.name, owner.entity_id, owner.wikidata
        elif owner is not None and owner.sector and (role.sector in ("GOV", "") or role.generic):
            sector = owner.sector
        if owner is not None and "PRE" in owner.subsector and "PRE" not in subsector:
            subsector = f"{subsector} PRE".strip()
        if owner is None and role.instead:
            country, confidence = role.instead, 0.6
        kind: Kind = "office" if role.kind == "person" and role.office else "group"
        if owner is not None and owner.kind == "country" and not sector:
            # A team, a side, an aircraft: the state's own, or not.
            kind, name, entity_id, confidence = "country", owner.name, owner.entity_id, min(confidence, 0.75)
        why = f"{role.phrase} of {owner.name or owner.country}" if owner else role.phrase
        found = Identity(
            name, kind, country, sector, subsector, role.office, entity_id=entity_id, wikidata=wikidata,
            confidence=confidence, why=why,
        )  # fmt: skip
        found = self._with_body(self._with_office(found, role, owner, qualifiers, day), role, owner)
        return _qualified(found, role, qualifiers)

    def _with_body(self, found: Identity, role: Role, owner: Identity | None) -> Identity:
        """'Norway's central bank' by its name, where the lexicon has it."""
        if owner is None or owner.kind != "country" or role.kind != "body" or found.name:
            return found
        body = self.bodies.get((owner.country, role.phrase))
        if body is None and role.phrase in _ONE_IN_A_STATE:
            return replace(found, name=f"{role.phrase.title()} of {owner.name}", kind="organisation")
        if body is None:
            return found
        return replace(found, name=body.name, kind="organisation", entity_id=body.id, wikidata=body.wikidata)

    def _with_office(
        self,
        found: Identity,
        role: Role,
        owner: Identity | None,
        qualifiers: frozenset[str],
        day: date | None,
    ) -> Identity:
        if owner is None or not (owner.owner_key or owner.country) or role.kind != "person":
            return found
        phrase = role.phrase if not qualifiers & DEPUTY else f"deputy {role.phrase}"
        office = self._office(owner, role, phrase)
        if office is None:
            return found
        current = not qualifiers & (FORMER | NOT_YET)
        holder = self.people.holder(office, day) if current else None
        # Who leads a state with a president and a supreme leader depends on who speaks.
        sure = 0.7 if role.phrase == "leader" and office.name.lower() != "leader" else found.confidence
        found = replace(
            found, confidence=min(sure, found.confidence), kind="office",
            office=office.name, office_id=office.id, entity_id=office.id, name=office.name,
            sector=sector_of(office) or ("" if office.sector else found.sector),
            subsector=office.subsector or found.subsector,
        )  # fmt: skip
        if holder is not None:
            person, term = holder
            found = replace(found, office_holder=person.name, term=(term.start, term.end))
        return found

    def _office(self, owner: Identity, role: Role, phrase: str) -> Office | None:
        """The office of an owner; that of a state's body, party, people or region stands under the country."""
        found = self.people.office(owner.owner_key, phrase)
        # A generic role in a group may be anybody's: 'a Hamas leader'.
        title = role.office and not role.generic
        named = owner.kind in ("organisation", "place") or (owner.kind == "group" and title)
        if found is not None or not named or owner.country in SUPRANATIONAL:
            return found
        if set(name_key(owner.name).split()) & set(name_key(phrase).split()) - _LINKS:
            # The title says the name again: 'Treasury Secretary' of 'U.S. Treasury', 'Chechen President'.
            found = self.people.office(owner.country, phrase)
        forms = (f"{owner.name} {phrase}", f"{phrase} of the {owner.name}", f"{phrase} of {owner.name}")
        return found or next((office for form in forms if (office := self.people.office(owner.country, form))), None)

    def person(self, name: str, title: Identity | None, day: date | None, country: str = "") -> Identity | None:
        """A person of the lexicon by name, with what the text says of their title and country; None if not known.

        Args:
            name: as written, without title.
            title: the title that stands with the name, resolved.
            country: a country that the text links with the name.
        """
        country = (title.country if title else "") or country
        if title is not None and title.office_id:
            office = self.people.by_id(title.office_id)
            likely = self.people.likely(office, name, day) if office else None
            if likely is not None:
                return in_office(*likely, day, 0.97, f"holder of {title.office}")
        candidates = self.people.named(name)
        full = bool(candidates)
        candidates = candidates or self.people.of_family(name)
        if country:
            linked = [person for person in candidates if is_linked(person, country)]
            candidates = linked if title is not None or linked else candidates
        serving = [person for person in candidates if day is not None and person.term(day)]
        past = [person for person in candidates if day is not None and person.last_before(day)]
        lasting = [] if full or day else [one for one in candidates if any(not term.end for term in one.terms)]
        candidates = serving or past or lasting or candidates
        if not full and len(candidates) > 1:
            candidates = most_senior(candidates, day)
        if not candidates:
            return None
        if not full and len(candidates) > 1:
            return in_common(candidates, name, day)
        person = candidates[0]
        sure = 0.95 if full else 0.8 if country or serving else 0.6
        return known(person, day, sure, country)

    def everyone(self, text: str, day: date | None = None, context: str = "") -> tuple[Identity, ...]:
        """As `who`, but several where the mention coordinates them: 'the presidents of Kenya and Ghana'."""
        plain = _ARTICLE.sub("", text.strip())
        wording = read(plain, self.gazetteer, self.roles)
        first, last = wording.owners[:1], wording.owners[1:]
        between = [plain[one.end : other.start] for one, other in zip(wording.owners, last, strict=False)]
        if not first or not last or wording.name or not all(_JOINING.fullmatch(words) for words in between):
            return (self.who(text, day, context),)
        named = [self.entity(found.entities, day) for found in wording.owners]
        owners = [self.identity(found) for found in named if found is not None and found.sort != "none"]
        if wording.role is None and (wording.owners[0].start, wording.owners[-1].end) == (0, len(plain)):
            return tuple(owners)
        titles = [self._title(wording, owner, day) for owner in owners]
        return tuple(title for title in titles if title is not None) or (self.who(text, day, context),)

    def who(self, text: str, day: date | None = None, context: str = "") -> Identity:
        """Who a mention is that stands alone; an empty identity with confidence 0 where that cannot be told.

        Args:
            text: the words of the mention.
            day: the date at which it is asked.
            context: a sentence that the mention stands in; its countries decide between namesakes.
        """
        plain = _ARTICLE.sub("", text.strip())
        entities = self.gazetteer.lookup(plain)
        entity = self.entity(entities, day)
        if entity is not None and entity.sort != "none":
            seated = self.seated(entities) if self._near(context, day) != entity.country else None
            return seated or self.identity(entity)
        wording = read(plain, self.gazetteer, self.roles)
        named = [self.entity(names.entities, day) for names in wording.owners]
        owners = [self.identity(found) for found in named if found is not None and found.sort != "none"]
        if owners and owners[-1].kind == "person" and _only_titled(plain, wording):
            return owners[-1]
        owner = next((one for one in owners if one.kind == "organisation"), owners[0] if owners else None)
        if (envoy := self._envoy(plain, wording, day)) is not None:
            return envoy
        title = self._title(wording, owner, day)
        # A name may hold what looks like a title or a people: 'Hassan Sheikh Mohamud', 'Choe Son Hui'.
        name = plain if wording.name and self.people.named(plain) else wording.name
        if name or (title is None and owner is None):
            near = owner.country if owner and name != plain else self._near(context, day)
            person = self.person(name or plain, None if name == plain else title, day, near)
            if person is not None:
                return person
        if title is not None:
            return replace(title, name=wording.name, kind="person", office_holder="") if wording.name else title
        town = town_alone(plain, context) or self.gazetteer.landmark(plain)
        if town is not None:
            return Identity(town.name, "place", town.country, confidence=0.7, why="town")
        if owner is not None and not wording.name and not self._describes(plain, wording):
            return replace(owner, confidence=0.5)
        return Identity(confidence=0.0, why="not known")

    def _envoy(self, text: str, wording: Wording, day: date | None) -> Identity | None:
        """'UN special envoy for Syria': who sends stands before, what the envoy deals with after 'for' or 'to'."""
        link = _TO_OR_FOR.search(text)
        if wording.role is None or wording.name or link is None or wording.role.role.phrase.split()[-1] not in SENT:
            return None
        named = [(found, self.entity(found.entities, day)) for found in wording.owners]
        senders = [self.identity(one) for found, one in named if one is not None and found.end <= link.start()]
        aims = [one.name for found, one in named if one is not None and found.start >= link.end()]
        if senders and aims:
            found = self.sent(senders[0], wording.role.role, link.group().strip(), aims[0], day)
            if found is not None:
                return found
        return self._title(wording, senders[0] if senders else None, day)

    def _describes(self, text: str, wording: Wording) -> bool:
        """Whether the name only describes what is no actor: 'Chinese restaurant', 'China-brokered'."""
        last = wording.owners[-1]
        after = text[last.end :]
        return after.startswith("-") or any(word in self.things for word in after.lower().split())

    def _title(self, wording: Wording, owner: Identity | None, day: date | None) -> Identity | None:
        match = wording.role
        if match is None or (match.role.honorific and wording.name):
            return None
        qualifiers = frozenset(wording.words) & (FORMER | NOT_YET | DEPUTY)
        body = wording.body.role if wording.body else None
        return self.compose(match.role, owner, qualifiers - set(match.role.phrase.split()), body, day)

    def _near(self, context: str, day: date | None) -> str:
        """The one country of a context, '' where it names none or several."""
        entities = [self.entity(found.entities, day) for found in self.gazetteer.find(context)]
        countries = {entity.country for entity in entities if entity is not None and entity.country}
        return countries.pop() if len(countries) == 1 else ""

    def sent(self, owner: Identity, role: Role, preposition: str, name: str, day: date | None) -> Identity | None:
        """The office of an envoy to or for some country or matter, with its holder; None where the lexicon has none."""
        words = (role.phrase, f"special {role.phrase}", role.phrase.removeprefix("special "))
        phrases = (f"{word} {with_} {name}" for word in words for with_ in (preposition, "for", "to"))
        office = next((one for phrase in phrases if (one := self.people.office(owner.owner_key, phrase))), None)
        if office is None:
            return None
        return self._held(office, owner.country, day, 0.9, f"{role.phrase} {preposition} {name}")

    def _held(self, office: Office, country: str, day: date | None, confidence: float, why: str) -> Identity:
        """An office of a country, with who holds it on the day."""
        found = Identity(
            office.name, "office", country, sector_of(office), office.subsector, office.name, office.id,
            entity_id=office.id, confidence=confidence, why=why,
        )  # fmt: skip
        holder = self.people.holder(office, day)
        if holder is None:
            return found
        return replace(found, office_holder=holder[0].name, term=(holder[1].start, holder[1].end))

    def heir(self, other: Identity, owner: Identity, day: date | None) -> Identity | None:
        """Who holds in `owner` the office that `other` holds in their own country: a counterpart."""
        held = self.people.by_id(other.office_id)
        office = self.people.office(owner.owner_key, other.office)
        if office is None and held is not None:
            office = self.people.same_office(held, owner.owner_key)
        if office is None:
            return None
        return self._held(office, owner.country, day, 0.85, "counterpart")


@cache
def load_resolver(folders: tuple[str, ...] = ()) -> Resolver:
    """The resolver of our lexicon with the user's folders over it, made once; raises as `load_lexicon` does."""
    return Resolver(load_lexicon(folders))


def _only_titled(text: str, wording: Wording) -> bool:
    """Whether the last name that was found ends the mention and only titles stand before it."""
    return wording.owners[-1].end == len(text) and not set(wording.words) & {"of", "for", "to", "in", "at", "'s"}


def _sector_with_body(role: Role, body: Role | None) -> tuple[str, str]:
    if body is None or not body.sector or not role.generic:
        return role.sector, role.subsector
    return body.sector, body.subsector


def _sector_within(owner: Identity, role: Role, sector: str, subsector: str) -> tuple[str, str]:
    """Sector of a role within an organisation, group, people or region."""
    if owner.sector == "BUS" and role.kind == "person" and not (role.generic or role.office or sector == "BUS"):
        return "LAB", ""
    if owner.sector in ("PTY", "OPP") and sector == "LEG":
        return sector, owner.sector
    if owner.country in SUPRANATIONAL:
        kept = sector if sector in _KEPT_WITH_IGO else owner.sector
        return kept, owner.subsector
    if owner.kind == "place" or (owner.kind == "group" and not owner.entity_id):
        return sector, subsector
    if owner.kind in ("group", "organisation") and (role.generic or role.kind != "body"):
        return owner.sector or sector, owner.subsector
    if owner.sector in _OF_AN_ARMED_GROUP and owner.kind != "organisation":
        return owner.sector, owner.subsector
    return sector or owner.sector, subsector


def _qualified(found: Identity, role: Role, qualifiers: frozenset[str]) -> Identity:
    if qualifiers & FORMER and role.kind == "person" and found.sector in ("GOV", "MIL", "LEG", "JUD", "SPY", "COP"):
        return replace(found, sector="ELI", subsector="", office=f"former {found.office}".strip(), office_id="")
    if qualifiers & NOT_YET and role.kind == "person" and found.sector == "GOV":
        return replace(found, sector="ELI", subsector="", office_id="")
    return found
