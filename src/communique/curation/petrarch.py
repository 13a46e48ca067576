"""Imports dictionaries of PETRARCH and TABARI into the user's tables; docs/petrarch.md says what maps how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from communique.actors.lexicon import (
    AGENTS,
    COUNTRIES,
    ORGANISATIONS,
    Agent,
    Country,
    Lexicon,
    Organisation,
    Table,
    load_lexicon,
)
from communique.actors.resolver import Resolver
from communique.curation.cameo import CodeError
from communique.curation.dictionaries import ActorEntry, AgentEntry, Contents, Dictionary, read_dictionary
from communique.curation.imported import (
    KNOWN,
    MARK,
    OWN_KEPT,
    PREFIX,
    Knowledge,
    Rows,
    Skipped,
    rows_of_actor,
    rows_of_agent,
    slug,
    sound,
)
from communique.curation.rows import content_of, table_text, write_whole
from communique.curation.spelling import Spelling
from communique.errors import DataFileError


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did.

    Attributes:
        actors, agents: entries of the dictionaries that went into the tables.
        restrictions: codes with dates among them.
        rows: how many rows each table got, by its file.
        skipped: entries that need no row or that no column can hold, with the reason.
        errors: lines that could not be read, each with file, line and remedy.
    """

    folder: Path
    actors: int = 0
    agents: int = 0
    restrictions: int = 0
    rows: Mapping[str, int] = field(default_factory=dict)
    skipped: tuple[Skipped, ...] = ()
    errors: tuple[DataFileError, ...] = ()


def import_dictionaries(paths: Iterable[str | Path], folder: str | Path, contents: Contents | None = None) -> Imported:
    """Puts the actors and agents of dictionaries into countries.csv, organisations.csv and agents.csv of a folder.

    An entry that an earlier import made is replaced; rows that the user wrote stay, and win. Lines that cannot be read
    are told in the result, and the others are imported.

    Args:
        paths: dictionaries; of two entries for one name, the later holds.
        folder: the user's data folder, made where there is none.
        contents: actors or agents; told by the codes of each file without.

    Raises:
        DataFileError: a file or a table of the folder cannot be read at all (then nothing is written), or not written.
    """
    where = Path(folder)
    dictionaries = [read_dictionary(path, contents) for path in paths]
    kept = {table.name: content_of(where / table.file, table) for table in (COUNTRIES, ORGANISATIONS, AGENTS)}
    work = _Import(load_lexicon(), kept)
    for dictionary in dictionaries:
        work.take(dictionary)
    texts = work.tables()
    for table, text in texts.items():
        write_whole(where / table.file, text)
    if texts:
        load_lexicon.cache_clear()
    return Imported(
        where, work.actors, work.agents, work.restrictions, {table.file: work.count[table.name] for table in texts},
        tuple(work.skipped), tuple(sorted(work.errors, key=lambda error: (error.path, error.line or 0))),
    )  # fmt: skip


class _Import:
    """The rows of an import as they grow, beside what the user's tables hold already."""

    def __init__(self, lexicon: Lexicon, kept: Mapping[str, Sequence[Any]]) -> None:
        self._lexicon = lexicon
        self._kept = kept
        self._own_countries = [item for item in kept[COUNTRIES.name] if isinstance(item, Country)]
        self._known = Knowledge(
            Resolver(lexicon),
            Spelling(lexicon),
            frozenset(country.code for country in (*lexicon.countries, *self._own_countries)),
            {(country.code, country.name): country for country in lexicon.countries},
            frozenset((one.code, one.name) for one in self._own_countries if not _is_dated_by_import(one)),
            {agent.word: agent for agent in lexicon.agents},
            frozenset(one.word for one in kept[AGENTS.name] if isinstance(one, Agent) and MARK not in one.notes),
        )
        self._by_name: dict[str, Rows] = {}
        self._restrictions: dict[str, int] = {}
        self._agents: dict[str, Agent] = {}
        self.agents = 0
        self.count: Counter[str] = Counter()
        self.skipped: list[Skipped] = []
        self.errors: list[DataFileError] = []

    @property
    def actors(self) -> int:
        """Names that got rows."""
        return sum(bool(rows) for rows in self._by_name.values())

    @property
    def restrictions(self) -> int:
        """Codes with dates of the names that got rows."""
        return sum(self._restrictions[name] for name, rows in self._by_name.items() if rows)

    def take(self, dictionary: Dictionary) -> None:
        """Makes rows of a dictionary's entries."""
        self.errors.extend(dictionary.errors)
        for actor in dictionary.actors:
            self._take_actor(actor, dictionary.path)
        for agent in dictionary.agents:
            self._take_agent(agent, dictionary.path)

    def _take_actor(self, actor: ActorEntry, path: str) -> None:
        entry, faults = sound(actor, self._known)
        for line, error in faults:
            self._complain(path, line, error)
        if faults and not entry.default and not any(one.code for one in entry.restrictions):
            return
        rows = rows_of_actor(entry, self._known)
        name = slug(rows.name)
        self.skipped.extend(Skipped(path, actor.line, reason) for reason in rows.skipped)
        if name in self._by_name:
            self.skipped.append(Skipped(path, actor.line, "in place of an earlier entry of this name"))
        self._by_name[name] = rows
        self._restrictions[name] = sum(bool(one.code) for one in entry.restrictions)

    def _take_agent(self, agent: AgentEntry, path: str) -> None:
        try:
            made = rows_of_agent(agent, self._known)
        except CodeError as error:
            self._complain(path, agent.line, error)
            return
        fresh = [row for row in made if row.word not in self._known.own_words]
        if not made or len(fresh) < len(made):
            self.skipped.append(Skipped(path, agent.line, OWN_KEPT if made else KNOWN))
        self.agents += bool(fresh)
        self._agents.update((row.word, row) for row in fresh)

    def _complain(self, path: str, line: int, error: CodeError) -> None:
        problem, remedy = error.args
        self.errors.append(DataFileError(problem, path=path, line=line, remedy=remedy))

    def tables(self) -> dict[Table[Any], str]:
        """The text of each table that changes."""
        new: dict[Table[Any], list[Any]] = {
            COUNTRIES: self._country_rows(),
            ORGANISATIONS: [row for rows in self._by_name.values() for row in rows.organisations],
            AGENTS: list(self._agents.values()),
        }
        texts = {}
        for table, rows in new.items():
            content = [item for item in self._kept[table.name] if not self._is_outdated(item)]
            if rows or len(content) < len(self._kept[table.name]):
                texts[table] = table_text(table, _put(table, content, rows))
                self.count[table.name] = len(rows)
        return texts

    def _is_outdated(self, item: Any) -> bool:
        """Whether an earlier import made this row for a name that this one has too."""
        if isinstance(item, Organisation):
            return item.id.startswith(PREFIX) and item.id.split(":")[1] in self._by_name
        if isinstance(item, Country):
            return _is_dated_by_import(item) and slug(item.name) in self._by_name
        return False

    def _country_rows(self) -> list[Country]:
        """The dated names of countries first, then our rows of countries, in our order, with the further names."""
        actors = self._by_name.values()
        dated = [row for actor in actors for row in actor.countries]
        further: dict[str, list[str]] = {}
        for actor in actors:
            for code, names in actor.country_names:
                further.setdefault(code, []).extend(names)
        extended = []
        for code, names_of_code in further.items():
            rows = [row for row in (*self._own_countries, *self._lexicon.countries) if row.code == code]
            name = self._known.resolver.country(code).name
            row = next((row for row in rows if row.name == name), rows[0])
            extended.append((code, _with_names(row, names_of_code)))
        order = {country.code: at for at, country in enumerate(self._lexicon.countries)}
        extended.sort(key=lambda pair: order.get(pair[0], len(order)))
        return [*dated, *(row for _, row in extended)]


def _is_dated_by_import(country: Country) -> bool:
    return country.kind == "former" and country.notes.startswith(MARK)


def _with_names(country: Country, names: Iterable[str]) -> Country:
    known = (country.name, *country.names, *country.demonyms)
    fresh = dict.fromkeys(name for name in names if name not in known)
    return replace(country, names=(*country.names, *fresh))


def _put(table: Table[Any], content: Sequence[Any], rows: Sequence[Any]) -> list[Any]:
    """The content with new rows in place of those of the same key, and the others after it.

    Names of countries that hold for a time go before the rest, since the gazetteer asks entries in order.
    """
    key: Callable[[Any], Any] = table.key
    new = {key(row): row for row in rows}
    old = {key(item) for item in content if not isinstance(item, str)}
    merged = [item if isinstance(item, str) else new.get(key(item), item) for item in content]
    added = [row for at, row in new.items() if at not in old]
    if table is not COUNTRIES:
        return [*merged, *added]
    dated = [row for row in added if _is_dated_by_import(row)]
    return [*dated, *merged, *(row for row in added if row not in dated)]
