"""The knowledge of who is who: the tables in actors/data, the user's own tables over them, and their schema."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from communique.datafiles import packaged, read_csv_entries
from communique.errors import SettingsError

DATA = "communique.actors.data"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Country:
    """A state or territory.

    Attributes:
        code: ISO 3166-1 alpha-3, or ISO 3166-3 of a former state; a partly recognised territory has the code of the
            state that it is counted to.
        kind: state, territory, partial (recognised by some), former.
        start, end: ISO dates of the name, or of the state where it is former.
        metonyms: seats of power that stand for the government; 'Knesset=LEG' gives another sector.
    """

    code: str
    name: str
    kind: str = "state"
    start: str = ""
    end: str = ""
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation, armed group, party or movement; `country` is a code, or IGO, NGO, ISM, IMG, MNC."""

    id: str
    name: str
    kind: str = ""
    country: str = ""
    sector: str = ""
    subsector: str = ""
    aliases: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    wikidata: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """An office of a country or (where `country` is the id of one) of an organisation."""

    id: str
    country: str
    name: str
    sector: str = ""
    subsector: str = ""
    aliases: tuple[str, ...] = ()
    level: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """One term of one person in one office; an empty `end` means still in office when the table was made."""

    person: str
    office: str
    aliases: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    precision: str = ""
    wikidata: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Agent:
    """A role noun or phrase (singular, lower case) and its sector."""

    word: str
    sector: str = ""
    subsector: str = ""
    kind: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Title:
    """A way to name an office, and the plain name of that office ('top diplomat' is the foreign minister).

    Attributes:
        honorific: yes for what stands before a name and tells no office ('Dr', 'H.E.').
    """

    phrase: str
    office: str = ""
    sector: str = ""
    subsector: str = ""
    honorific: bool = False
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Relational:
    """A noun whose sector or country is that of whom it belongs to ('member', 'official', 'neighbour').

    Attributes:
        weak: no actor unless the phrase names the owner.
        generic: takes the sector of its owner or of the noun before it.
        other: the possessor is somebody else ('its neighbour').
    """

    word: str
    sector: str = ""
    kind: str = "person"
    weak: bool = False
    generic: bool = False
    other: bool = False
    notes: str = ""


@dataclass(frozen=True, slots=True)
class People:
    """A people: its members are civilians of `country` unless the text names another."""

    name: str
    forms: tuple[str, ...] = ()
    country: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Trap:
    """Words that look like an actor: reading is none, place, demonym or organisation."""

    text: str
    reading: str
    country: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Region:
    """A province or state; `country` is ISO 3166-1 alpha-3."""

    name: str
    country: str


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place that is no town and no first-level province: a region, sea, island, base, crossing and the like.

    Attributes:
        country: ISO 3166-1 alpha-3 of who administers it; empty where that is nobody or several.
        lat, lon: of about its middle, degrees (WGS 84), to about 0.1.
        kind: region, sea, strait, island, base, crossing, airport, resort, mountain, river, desert, town.
    """

    name: str
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    aliases: tuple[str, ...] = ()
    kind: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All tables, ours and the user's, with later entries of the same key in place of earlier ones."""

    countries: tuple[Country, ...]
    organisations: tuple[Organisation, ...]
    offices: tuple[Office, ...]
    holders: tuple[Holder, ...]
    agents: tuple[Agent, ...]
    titles: tuple[Title, ...]
    relational: tuple[Relational, ...]
    peoples: tuple[People, ...]
    traps: tuple[Trap, ...]
    places: tuple[Landmark, ...]


@cache
def load_lexicon(folders: tuple[str, ...] = ()) -> Lexicon:
    """The lexicon that ships with Communique, with the tables of the user's folders over it.

    Args:
        folders: folders that may hold files named as ours (countries.csv, organisations.csv, ...).

    Raises:
        SettingsError: a folder does not exist.
        DataFileError: a table does not fit its schema.
    """
    for folder in folders:
        if not Path(folder).is_dir():
            raise SettingsError(f"there is no lexicon folder {folder!r}", key="lexicon_folders", remedy="Create it.")
    read = _Reader(folders)
    organisations = read.table("organisations.csv", Organisation, lambda entry: entry.id)
    groups = read.table("groups.csv", Organisation, lambda entry: entry.id)
    return Lexicon(
        countries=read.table("countries.csv", Country, lambda entry: (entry.code, entry.name)),
        organisations=tuple({entry.id: entry for entry in (*organisations, *groups)}.values()),
        offices=read.table("offices.csv", Office, lambda entry: entry.id),
        holders=read.table("holders.csv", Holder, lambda entry: (entry.person, entry.office, entry.start)),
        agents=read.table("agents.csv", Agent, lambda entry: entry.word),
        titles=read.table("titles.csv", Title, lambda entry: entry.phrase),
        relational=read.table("relational.csv", Relational, lambda entry: entry.word),
        peoples=read.table("peoples.csv", People, lambda entry: entry.name),
        traps=read.table("traps.csv", Trap, lambda entry: entry.text),
        places=read.table("places.csv", Landmark, lambda entry: entry.name),
    )


class _Reader:
    def __init__(self, folders: Iterable[str]) -> None:
        self._folders = [Path(folder) for folder in folders]

    def table(self, name: str, cls: type[T], key: Callable[[T], object]) -> tuple[T, ...]:
        """Entries of our table, then of the user's tables of the same name; a table that is absent is empty."""
        paths = [packaged(DATA, name), *(folder / name for folder in self._folders)]
        entries: dict[object, T] = {}
        for path in paths:
            if path.is_file():
                entries.update((key(entry), entry) for entry in read_csv_entries(path, cls))
        return tuple(entries.values())
