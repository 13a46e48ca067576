"""Who somebody or something is: the answer of the actors stage, and people of the lexicon as such answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from communique.actors.lexicon import Lexicon, Office, Organisation
from communique.actors.people import Person, Term
from communique.model import Actor, Kind

# Instead of a country: these take no country of their own.
SUPRANATIONAL = frozenset({"IGO", "NGO", "ISM", "IMG", "MNC"})


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody or something is; the fields are those of `Actor`, with the term of the office.

    Attributes:
        office_id: id of the office in the lexicon.
        office_holder: who holds the office on the date, where the words name the office alone.
        term: first and last day of the term, ISO, empty where not known.
    """

    name: str = ""
    kind: Kind = ""
    country: str = ""
    sector: str = ""
    subsector: str = ""
    office: str = ""
    office_id: str = ""
    office_holder: str = ""
    entity_id: str = ""
    wikidata: str = ""
    term: tuple[str, str] = ("", "")
    confidence: float = 1.0
    why: str = ""

    def at(self, text: str, start: int, end: int) -> Actor:
        """The actor that these words of the document denote."""
        return Actor(
            text, start, end, self.name, self.entity_id, self.country, self.sector, self.subsector, self.office,
            self.wikidata, self.kind, self.confidence, self.why,
        )  # fmt: skip

    @property
    def owner_key(self) -> str:
        """Under what an office of this country or organisation is filed."""
        return self.country if self.kind == "country" else self.entity_id


def in_office(person: Person, term: Term, day: date | None, confidence: float, why: str) -> Identity:
    """A person in the office of a term."""
    office = term.office
    foreign = len(office.country) != 3 or not office.country.isupper()
    return Identity(
        person.name, "person", "IGO" if foreign else office.country, sector_of(office), office.subsector,
        office.name, office.id, entity_id=person.id, wikidata=person.wikidata,
        term=(term.start, term.end), confidence=confidence, why=why,
    )  # fmt: skip


def sector_of(office: Office) -> str:
    """The sector of an office; that of an international organisation has none besides."""
    return "" if office.sector in SUPRANATIONAL else office.sector


def in_common(people: list[Person], name: str, day: date | None) -> Identity | None:
    """What namesakes have in common: their country, and their sector where it is one."""
    each = [known(person, day, 0.55) for person in people]
    if len({one.country for one in each}) > 1:
        return None
    sectors = {one.sector for one in each}
    sector = sectors.pop() if len(sectors) == 1 else ""
    return Identity(name, "person", each[0].country, sector, confidence=0.55, why="namesakes of one country")


def known(person: Person, day: date | None, confidence: float, country: str = "") -> Identity:
    """A person on a day; of several offices the one that goes with `country`."""
    there = [term.office for term in person.terms if country and _owned_by(term.office, country)]
    term = next((term for office in there if (term := person.term(day, office))), None) or person.term(day)
    if term is not None:
        # Leaders of an opposition may be in office again, or out of it, on any day.
        confidence = min(confidence, 0.75) if term.office.sector == "OPP" else confidence
        return in_office(person, term, day, confidence, "name of the holder")
    assert day is not None
    past = person.last_before(day)
    if past is not None:
        # What they do since then, the lexicon may not know.
        found = in_office(person, past, day, min(confidence, 0.75), "former holder")
        return replace(found, sector="ELI", subsector="", office=f"former {past.office.name}", office_id="")
    later = person.terms[0]
    found = in_office(person, later, day, min(confidence, 0.6), "holder at another time")
    return replace(found, sector="", subsector="", office="", office_id="", term=("", ""))


def is_seat(owner: Identity) -> bool:
    """Whether a town may be the seat of an organisation rather than its owner: 'Vienna's nuclear watchdog'."""
    return owner.kind == "place" or owner.why.startswith("capital")


def is_linked(person: Person, country: str) -> bool:
    """Whether a person ever held an office of that country (or of an organisation, for IGO)."""
    return any(_owned_by(term.office, country) for term in person.terms)


def _owned_by(office: Office, country: str) -> bool:
    return office.country == country or (country in SUPRANATIONAL and not office.country.isupper())


def most_senior(people: list[Person], day: date | None) -> list[Person]:
    """The one who held the highest office, if one stands out."""
    levels = ("head-of-state", "head-of-government", "head-of-organisation", "minister")
    for level in levels:
        found = [p for p in people if any(t.office.level == level and (day is None or t.covers(day)) for t in p.terms)]
        if found:
            return found
    return people


def bodies_of(lexicon: Lexicon) -> dict[tuple[str, str], Organisation]:
    """The bodies of states by country and by what the press calls them: ('NOR', 'central bank') is Norges Bank."""
    adjectives = {
        d: c.code for c in lexicon.countries if c.kind != "former" for d in (*c.demonyms, *c.names, f"{c.name}'s")
    }
    found: dict[tuple[str, str], Organisation] = {}
    banks: dict[str, list[Organisation]] = {}
    for organisation in lexicon.organisations:
        if organisation.end:
            continue
        if organisation.kind == "BANK" and organisation.sector == "GOV":
            banks.setdefault(organisation.country, []).append(organisation)
        for alias in organisation.aliases:
            first, _, rest = alias.partition(" ")
            if rest and adjectives.get(first) == organisation.country:
                found.setdefault((organisation.country, rest.lower()), organisation)
    spies: dict[str, list[Organisation]] = {}
    for one in lexicon.organisations:
        if one.kind == "BODY" and one.sector == "SPY" and not one.end:
            spies.setdefault(one.country, []).append(one)
    for country, each in spies.items():
        if len(each) == 1:
            names = ("spy agency", "intelligence agency", "intelligence service", "spy service")
            found = {(country, name): each[0] for name in names} | found
    for country, each in banks.items():
        if len(each) == 1:
            found.setdefault((country, "central bank"), each[0])
    return found
