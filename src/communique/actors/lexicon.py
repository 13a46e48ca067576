"""The knowledge of who is who: the tables in actors/data, the user's own tables over them, and their schema."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from communique.actors.terms import same_term
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
        country: code of the one country that has an office of this name ('taoiseach').
    """

    phrase: str
    office: str = ""
    sector: str = ""
    subsector: str = ""
    honorific: bool = False
    country: str = ""
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
class Thing:
    """A noun that makes of a name before it no actor; kind is thing ('carpet') or instrument ('treaty')."""

    word: str
    kind: str


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
class Table(Generic[T]):
    """A table of the lexicon: the file `name`.csv with a row for each entry.

    Attributes:
        entry: the dataclass that a row fills; its fields are the columns.
        key: what tells an entry from the others; a later entry of the same key takes the place of an earlier one.
    """

    name: str
    entry: type[T]
    key: Callable[[T], Hashable]

    @property
    def file(self) -> str:
        """The name of the file."""
        return f"{self.name}.csv"


COUNTRIES = Table("countries", Country, lambda entry: (entry.code, entry.name))
ORGANISATIONS = Table("organisations", Organisation, lambda entry: entry.id)
GROUPS = Table("groups", Organisation, lambda entry: entry.id)
OFFICES = Table("offices", Office, lambda entry: entry.id)
HOLDERS = Table("holders", Holder, lambda entry: (entry.person, entry.office, entry.start))
AGENTS = Table("agents", Agent, lambda entry: entry.word)
TITLES = Table("titles", Title, lambda entry: entry.phrase)
RELATIONAL = Table("relational", Relational, lambda entry: entry.word)
PEOPLES = Table("peoples", People, lambda entry: entry.name)
TRAPS = Table("traps", Trap, lambda entry: entry.text)
PLACES = Table("places", Landmark, lambda entry: entry.name)
THINGS = Table("things", Thing, lambda entry: entry.word)
TABLES: tuple[Table[Any], ...] = (
    COUNTRIES, ORGANISATIONS, GROUPS, OFFICES, HOLDERS, AGENTS, TITLES, RELATIONAL, PEOPLES, TRAPS, THINGS,
    PLACES,
)  # fmt: skip

# Below a user's folder: what `communique lexicon update` wrote, under the tables of the folder itself.
REFRESHED = "wikidata"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All tables, ours and the user's, with later entries of the same key in place of earlier ones.

    Attributes:
        layers: the same entries by where they come from, ours first, each layer winning over those before it; empty
            where all come from one place.
    """

    countries: tuple[Country, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    offices: tuple[Office, ...] = ()
    holders: tuple[Holder, ...] = ()
    agents: tuple[Agent, ...] = ()
    titles: tuple[Title, ...] = ()
    relational: tuple[Relational, ...] = ()
    peoples: tuple[People, ...] = ()
    traps: tuple[Trap, ...] = ()
    things: tuple[Thing, ...] = ()
    places: tuple[Landmark, ...] = ()
    layers: tuple[Lexicon, ...] = ()

    def by_layer(self) -> tuple[Lexicon, ...]:
        """The layers, ours first; the lexicon itself where it has one."""
        return self.layers or (self,)


@cache
def load_lexicon(folders: tuple[str, ...] = ()) -> Lexicon:
    """The lexicon that ships with Communique, with the tables of the user's folders over it.

    Args:
        folders: folders that may hold files named as ours (countries.csv, organisations.csv, ...); a later one wins.

    Raises:
        SettingsError: a folder does not exist.
        DataFileError: a table does not fit its schema.
    """
    return merged([read_layer(folder) for folder in layer_folders(folders)])


def read_anew() -> None:
    """Lets `load_lexicon` read the tables again, after one of them was written."""
    load_lexicon.cache_clear()


def layer_folders(folders: Iterable[str]) -> list[Path]:
    """The folders that tables are read from, each winning over those before it: ours, then each of the user's.

    Raises:
        SettingsError: a folder does not exist.
    """
    found = [packaged(DATA, "countries.csv").parent]
    for folder in map(Path, folders):
        if not folder.is_dir():
            remedy = "Create it, or fill it: communique lexicon add FILE --folder FOLDER."
            raise SettingsError(f"there is no lexicon folder {str(folder)!r}", key="lexicon_folders", remedy=remedy)
        refreshed = folder / REFRESHED
        found += [refreshed, folder] if refreshed.is_dir() else [folder]
    return found


def merged(layers: Sequence[Lexicon]) -> Lexicon:
    """One lexicon of several, each winning over those before it."""
    if len(layers) == 1:
        return layers[0]
    kept = {table.name: _winners(table, layers) for table in TABLES if table is not GROUPS}
    whole = {name: tuple(entry for _, entry in entries) for name, entries in kept.items()}
    split = [
        Lexicon(**{name: tuple(e for layer, e in entries if layer == number) for name, entries in kept.items()})
        for number in range(len(layers))
    ]
    return Lexicon(**whole, layers=tuple(split))


def _winners(table: Table[T], layers: Sequence[Lexicon]) -> list[tuple[int, T]]:
    """The entries of a table that hold, each with the number of its layer."""
    entries: dict[Hashable, tuple[int, T]] = {}
    for number, layer in enumerate(layers):
        found: tuple[T, ...] = getattr(layer, table.name)
        if number and table is HOLDERS:
            entries = _without_retold(entries, found)  # type: ignore[assignment, arg-type]
        entries.update((table.key(entry), (number, entry)) for entry in found)
    return list(entries.values())


def _without_retold(
    entries: Mapping[Hashable, tuple[int, Holder]], later: Iterable[Holder]
) -> dict[Hashable, tuple[int, Holder]]:
    """The terms that no later layer tells with other dates."""
    told: dict[tuple[str, str], list[Holder]] = {}
    for holder in later:
        for person in {holder.person, holder.wikidata} - {""}:
            told.setdefault((person, holder.office), []).append(holder)

    def retold(old: Holder) -> bool:
        others = [*told.get((old.person, old.office), ()), *told.get((old.wikidata, old.office), ())]
        return any(same_term(old.start, old.end, new.start, new.end) for new in others)

    return {key: (number, holder) for key, (number, holder) in entries.items() if not retold(holder)}


def read_layer(folder: Path) -> Lexicon:
    """The tables of one folder; one that is absent is empty. Raises DataFileError where one does not fit its schema."""
    rows = {table.name: _read_table(folder, table) for table in TABLES}
    rows["organisations"] |= rows.pop("groups")
    return Lexicon(**{name: tuple(entries.values()) for name, entries in rows.items()})


def _read_table(folder: Path, table: Table[T]) -> dict[Hashable, T]:
    path = folder / table.file
    return {table.key(entry): entry for entry in read_csv_entries(path, table.entry)} if path.is_file() else {}
