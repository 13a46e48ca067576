"""The rows of our tables that an entry of a dictionary becomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from communique.actors.gazetteer import NOBODY
from communique.actors.lexicon import Agent, Country, Lexicon, Organisation
from communique.actors.resolver import Resolver
from communique.actors.roles import RoleIndex, words_of
from communique.curation.cameo import CodeError, Coding, actor_coding, agent_coding
from communique.curation.dictionaries import ActorEntry, AgentEntry, Restriction
from communique.curation.rules import codes
from communique.curation.spelling import Spelling

# What ids of imported organisations begin with, and notes of imported agents and countries hold.
PREFIX = "petrarch:"
MARK = "PETRARCH"
OWN_KEPT = "your own entry is kept"
KNOWN = "known already with the same code"
# Whoever had one of these roles for a time, under a name of a person's length, is taken for a person.
_OF_PEOPLE = frozenset({"ELI", "GOV", "LEG", "MIL", "JUD", "SPY"})
_NOT_OF_PEOPLE = frozenset({"PTY", "REB", "UAF", "PRM", "CRM", "BUS"})
_LONGEST_PERSON = 5
_LANDS = frozenset({"country", "demonym", "capital", "seat"})
_CONNECTING = frozenset("of the and for in on at to".split())


@dataclass(frozen=True, slots=True)
class Skipped:
    """An entry that became no row, or not wholly, and why."""

    path: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of an actor: names for countries by their codes, countries with dates, organisations and people."""

    name: str
    organisations: tuple[Organisation, ...] = ()
    countries: tuple[Country, ...] = ()
    country_names: tuple[tuple[str, tuple[str, ...]], ...] = ()
    skipped: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.organisations or self.countries or self.country_names)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A time in which an actor has one coding, None for nobody; the codes as the dictionary has them."""

    coding: Coding | None
    start: date | None
    end: date | None
    written: tuple[str, ...] = ()

    @property
    def iso(self) -> tuple[str, str]:
        return self.start.isoformat() if self.start else "", self.end.isoformat() if self.end else ""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What an import asks of the tables that there are.

    Attributes:
        resolver: our own tables, ready for look-up.
        codes: the codes of countries, ours and the user's.
        lands: our rows of countries by code and name.
        own_lands: keys of the rows of countries that the user wrote.
        agents: our agents by their words.
        own_words: the words of the agents that the user wrote.
    """

    resolver: Resolver
    spelling: Spelling
    codes: frozenset[str]
    lands: Mapping[tuple[str, str], Country]
    own_lands: frozenset[tuple[str, str]]
    agents: Mapping[str, Agent]
    own_words: frozenset[str]


def slug(name: str) -> str:
    """A name as a part of an id: names that differ only in capitals have the same."""
    return name.casefold().replace(" ", "_").replace(":", "_")


def sound(entry: ActorEntry, known: Knowledge) -> tuple[ActorEntry, list[tuple[int, CodeError]]]:
    """The entry with nobody in place of the codes that cannot be understood, and what is wrong with these, by line."""
    faults: list[tuple[int, CodeError]] = []

    def checked(code: str, line: int) -> str:
        try:
            actor_coding(code, known.codes)
        except CodeError as error:
            faults.append((line, error))
            return ""
        return code

    default = checked(entry.default, entry.line)
    restrictions = tuple(replace(one, code=checked(one.code, one.line)) for one in entry.restrictions)
    return replace(entry, default=default, restrictions=restrictions), faults


def rows_of_actor(entry: ActorEntry, known: Knowledge) -> Rows:
    """The rows of an actor whose codes are sound.

    Raises:
        CodeError: one of its codes cannot be understood.
    """
    resolver = known.resolver
    name = known.spelling.name(entry.names[0])
    stretches = _stretches(entry.spans(), known.codes)
    codings = [stretch.coding for stretch in stretches if stretch.coding is not None]
    if not codings:
        return Rows(name, skipped=("without a code",))
    if all(coding.empty for coding in codings):
        return Rows(name, skipped=("a region or kind of actor for which there is no column",))
    names = tuple(dict.fromkeys(form for written in entry.names for form in known.spelling.forms(written)))
    if len(stretches) == 1 and codings[0].bare and not codings[0].rest:
        fresh = tuple(one for one in names if not _is_known(one, codings[0], resolver))
        if not fresh:
            return Rows(name, skipped=(KNOWN,))
        return Rows(name, country_names=((codings[0].country, fresh),))
    if len(stretches) == 1 and all(_is_known(one, codings[0], resolver) for one in names):
        return Rows(name, skipped=(KNOWN,))
    # A land that was a part of others ('YUGSRB') is that of the others, if it ever stood for itself.
    if all(coding.bare for coding in codings) and any(not coding.rest for coding in codings):
        return _dated_country(name, names, stretches, known)
    person = _is_person(entry, name, codings, resolver)
    return Rows(name, tuple(_organisations(name, names, stretches, "PERSON" if person else "")))


def _stretches(spans: Sequence[Restriction], countries: frozenset[str]) -> list[_Stretch]:
    """The spans with their codings; those in a row that differ in nothing that has a column are one."""
    found: list[_Stretch] = []
    for span in spans:
        coding = actor_coding(span.code, countries)
        written = (span.code,) if coding is not None else ()
        last = found[-1] if found else None
        if last is not None and _columns(last.coding) == _columns(coding):
            merged = tuple(dict.fromkeys((*last.written, *written)))
            found[-1] = replace(last, end=span.end, written=merged)
        else:
            found.append(_Stretch(coding, span.start, span.end, written))
    return found


def _columns(coding: Coding | None) -> tuple[str, str, str] | None:
    return coding.columns if coding is not None else None


def _is_known(name: str, coding: Coding, resolver: Resolver) -> bool:
    """Whether our own tables give the name this coding whenever they know it; a capital stands for its country."""
    entities = [entity for entity in resolver.gazetteer.lookup(name) if entity.sort != "none"]
    lands = [one for one in entities if one.sort in _LANDS and not one.start and not one.end]
    if coding.bare:
        return bool(lands) and lands[0].country == coding.country
    return bool(entities) and all((one.country, one.sector, one.subsector) == coding.columns for one in entities)


def _dated_country(name: str, names: Sequence[str], stretches: Sequence[_Stretch], known: Knowledge) -> Rows:
    """A name of one country after another: a row for each time, but none for what our tables say anyhow."""
    rows: dict[tuple[str, str], Country] = {}
    further: list[tuple[str, tuple[str, ...]]] = []
    skipped: list[str] = []
    others = tuple(one for one in names if one != name)
    for stretch in stretches:
        if stretch.coding is None:
            continue
        key = code, _ = stretch.coding.country, name
        start, end = stretch.iso
        ours = known.lands.get(key, Country(code, name, "former"))
        if ours.kind != "former" or (not end and _is_known(name, stretch.coding, known.resolver)):
            fresh = tuple(one for one in others if not _is_known(one, stretch.coding, known.resolver))
            further += [(code, fresh)] if fresh else []
        elif key in known.own_lands:
            skipped.append(OWN_KEPT)
        elif key in rows:
            skipped.append(f"a second time of {code}: a country's name has one time for each code")
        else:
            merged = tuple(dict.fromkeys((*ours.names, *others)))
            notes = f"{MARK} {' '.join(stretch.written)}"
            rows[key] = replace(ours, start=start, end=end, names=merged, notes=notes)
    nobody = [stretch for stretch in stretches if stretch.coding is None]
    organisations = tuple(_organisations(name, names, nobody, ""))
    return Rows(name, organisations, tuple(rows.values()), tuple(further), tuple(skipped))


def _is_person(entry: ActorEntry, name: str, codings: Sequence[Coding], resolver: Resolver) -> bool:
    """Whether the name looks like a person's: no dictionary says so."""
    sectors = {coding.sector for coding in codings}
    if not sectors & _OF_PEOPLE or sectors & _NOT_OF_PEOPLE:
        return False
    if not entry.restrictions and "ELI" not in sectors:
        return False
    words = name.lower().split()
    if not 2 <= len(words) <= _LONGEST_PERSON or set(words) & _CONNECTING:
        return False
    matches = [resolver.roles.match(words, at) for at in range(len(words))]
    if any(match is not None and match.role.kind in ("body", "group", "weapon") for match in matches):
        return False
    return not any(found.entities[0].sort in ("country", "demonym") for found in resolver.gazetteer.find(name))


def _organisations(name: str, names: Sequence[str], stretches: Sequence[_Stretch], kind: str) -> Iterator[Organisation]:
    aliases = tuple(one for one in names if one != name)
    # Times without a code come last: an entry that names somebody is what the name means when no day is asked for.
    for stretch in sorted(stretches, key=lambda one: one.coding is None or one.coding.empty):
        start, end = stretch.iso
        coding = stretch.coding or Coding()
        sort = NOBODY if coding.empty else kind or _kind(coding)
        notes = f"{MARK} {' '.join(stretch.written) or 'has no code'}"
        yield Organisation(
            f"{PREFIX}{slug(name)}:{start or 'first'}", name, sort, coding.country, coding.sector, coding.subsector,
            aliases, start, end, notes=notes,
        )  # fmt: skip


def _kind(coding: Coding) -> str:
    if coding.country in codes().instead:
        return coding.country
    groups = codes().kinds["groups"]
    return next((sector for sector in (coding.sector, *coding.subsector.split()) if sector in groups), "BODY")


def rows_of_agent(entry: AgentEntry, known: Knowledge) -> list[Agent]:
    """The rows of an agent: one, and more for forms that our own morphology does not make of it.

    Raises:
        CodeError: its code cannot be understood.
    """
    if entry.before and entry.code[:3] in known.codes:
        raise CodeError(f"{entry.code}~ puts a country before the actor", "Write the name as an actor with that code.")
    coding = agent_coding(entry.code, entry.before)
    written = f"[{entry.code}~]" if entry.before else f"[~{entry.code}]"
    rows: list[Agent] = []
    for form in entry.forms:
        word = " ".join(form.lower().split())
        ours = known.agents.get(word)
        same = ours is not None and (ours.sector, ours.subsector) == (coding.sector, coding.subsector)
        if _is_made(word, rows) or (same and not coding.country):
            continue
        notes = [note for note in ("weak", "plural") if ours is not None and note in ours.notes]
        notes += [coding.country, MARK, written]
        kind = ours.kind if ours is not None else _agent_kind(word, known.resolver)
        rows.append(Agent(word, coding.sector, coding.subsector, kind, " ".join(filter(None, notes))))
    return rows


def _is_made(word: str, rows: Sequence[Agent]) -> bool:
    """Whether the word is a form of one of the rows, by the morphology that reads texts."""
    index = RoleIndex(Lexicon(agents=tuple(rows)))
    words = words_of(word)
    matches = (index.match(words, at) for at in range(len(words)))
    return any(match is not None and (match.start, match.end) == (0, len(words)) for match in matches)


def _agent_kind(word: str, resolver: Resolver) -> str:
    """That of the role that its last word has by itself, person where it has none."""
    words = words_of(word)
    match = resolver.roles.match(words, len(words) - 1) if words else None
    kind = match.role.kind if match is not None else ""
    return kind if kind in codes().kinds["agents"] else "person"
