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
from communique.curation.dictionaries import Contents, Dictionary, read_dictionary
from communique.curation.imported import MARK, PREFIX, Rows, Skipped, rows_of_actor, rows_of_agent, slug
from communique.curation.rows import read_entries, read_sheet, table_text, write_whole
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
    kept = {table.name: _content(where / table.file, table) for table in (COUNTRIES, ORGANISATIONS, AGENTS)}
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
        self._resolver = Resolver(lexicon)
        self._spelling = Spelling(lexicon)
        self._countries = frozenset(country.code for country in lexicon.countries) | {
            country.code for country in kept[COUNTRIES.name] if isinstance(country, Country)
        }
        self._kept = kept
        self._known_agents = {agent.word: agent for agent in lexicon.agents}
        self._own_words = {
            agent.word for agent in kept[AGENTS.name] if isinstance(agent, Agent) and MARK not in agent.notes
        }
        self._by_name: dict[str, Rows] = {}
        self._agents: dict[str, Agent] = {}
        self.actors = self.agents = self.restrictions = 0
        self.count: Counter[str] = Counter()
        self.skipped: list[Skipped] = []
        self.errors: list[DataFileError] = []

    def take(self, dictionary: Dictionary) -> None:
        """Makes rows of a dictionary's entries."""
        self.errors.extend(dictionary.errors)
        for actor in dictionary.actors:
            try:
                rows = rows_of_actor(actor, self._resolver, self._spelling, self._countries)
            except CodeError as error:
                self._complain(dictionary.path, actor.line, error)
                continue
            self.skipped.extend(Skipped(dictionary.path, actor.line, reason) for reason in rows.skipped)
            if rows:
                self.actors += 1
                self.restrictions += len(actor.restrictions)
            if slug(rows.name) in self._by_name:
                self.skipped.append(Skipped(dictionary.path, actor.line, "in place of an earlier entry of this name"))
            self._by_name[slug(rows.name)] = rows
        for agent in dictionary.agents:
            try:
                made = rows_of_agent(agent, self._resolver, self._known_agents, self._countries)
            except CodeError as error:
                self._complain(dictionary.path, agent.line, error)
                continue
            own = [row for row in made if row.word in self._own_words]
            if not made or own:
                reason = "your own entry is kept" if own else "known already with the same code"
                self.skipped.append(Skipped(dictionary.path, agent.line, reason))
            fresh = [row for row in made if row not in own]
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
            return item.kind == "former" and item.notes.startswith(MARK) and slug(item.name) in self._by_name
        return False

    def _country_rows(self) -> list[Country]:
        """The dated names of countries first, then our rows of countries, in our order, with the further names."""
        dated = [row for rows in self._by_name.values() for row in rows.countries]
        further: dict[str, list[str]] = {}
        for rows in self._by_name.values():
            for code, names in rows.country_names:
                further.setdefault(code, []).extend(names)
        own = [item for item in self._kept[COUNTRIES.name] if isinstance(item, Country)]
        extended = []
        for code, names in further.items():
            rows = [row for row in (*own, *self._lexicon.countries) if row.code == code]
            name = self._resolver.country(code).name
            extended.append((code, _with_names(next((row for row in rows if row.name == name), rows[0]), names)))
        order = {country.code: at for at, country in enumerate(self._lexicon.countries)}
        extended.sort(key=lambda pair: order.get(pair[0], len(order)))
        return [*dated, *(row for _, row in extended)]


def _with_names(country: Country, names: Iterable[str]) -> Country:
    known = (country.name, *country.names, *country.demonyms)
    fresh = dict.fromkeys(name for name in names if name not in known)
    return replace(country, names=(*country.names, *fresh))


def _content(path: Path, table: Table[Any]) -> list[Any]:
    """Entries and comments of a table of the user's, in order; none where there is no file."""
    if not path.exists():
        return []
    sheet = read_sheet(path)
    entries, errors = read_entries(sheet, table)
    if errors:
        raise errors[0]
    by_line = {entry.line: entry.value for entry in entries}
    return [item if isinstance(item, str) else by_line[item.line] for item in sheet.content]


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
    dated = [row for row in added if row.kind == "former" and row.notes.startswith(MARK)]
    return [*dated, *merged, *(row for row in added if row not in dated)]
