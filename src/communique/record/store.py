"""The record: a DuckDB file that holds documents, their events and what could not be read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import resources
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb

from communique.coded import Coded
from communique.errors import RecordError
from communique.model import Document, Event, Failure, Place, content_id
from communique.record.things import THING_TABLES, actor_cells, rows_of

SCHEMA_VERSION = 4
KIND = "communique record"
CODED_TABLES = (
    *("events_coded", "event_actors", "event_magnitudes", "event_sources", "sentences", "documents"),
    *THING_TABLES,
)
FORGET = """
DELETE FROM failures USING (SELECT unnest(?) AS origin, unnest(?::INTEGER[]) AS line, unnest(?) AS problem) AS new
WHERE failures.origin = new.origin AND failures.line IS NOT DISTINCT FROM new.line AND failures.problem = new.problem
"""


@dataclass(frozen=True, slots=True)
class Written:
    """What a batch did to the record: numbers of documents."""

    new: int = 0
    replaced: int = 0


class Record:
    """An open record; use it as a context manager.

    Args:
        connection: an open DuckDB connection (see `Record.open`).
        path: the file, for messages.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path) -> None:
        self._connection = connection
        self._shapes: dict[str, dict[str, str | list[str]]] = {}
        self.path = path

    @classmethod
    def open(cls, path: str | Path, *, read_only: bool = False) -> Record:
        """Opens a record, and makes it where there is none.

        Raises:
            RecordError: it is no record of ours, it is of a newer schema, in use, or cannot be written.
        """
        where = Path(path)
        if read_only and not where.exists():
            raise RecordError("there is no such record", path=str(path), remedy="Make one: communique read PATH...")
        config: dict[str, str | bool | int | float | list[str]] = {}
        if read_only:
            config = {"enable_external_access": "false", "lock_configuration": "true"}
        try:
            connection = duckdb.connect(str(where), read_only=read_only, config=config)
        except duckdb.Error as error:
            raise _opening(where, error) from error
        record = cls(connection, where)
        try:
            record._prepare(read_only)
        except BaseException:
            connection.close()
            raise
        return record

    def __enter__(self) -> Record:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def _prepare(self, read_only: bool) -> None:
        tables = {row[0] for row in self._run("SELECT table_name FROM duckdb_tables()").fetchall()}
        remedy = "Name another file with --record."
        if not tables and not read_only:
            self._run("BEGIN")
            self._run(_sql("schema.sql"))
            for number in range(2, SCHEMA_VERSION + 1):
                self._run(_sql(f"schema_{number}.sql"))
            rows = [("kind", KIND), ("schema", str(SCHEMA_VERSION))]
            self._connection.executemany("INSERT INTO meta VALUES (?, ?)", rows)
            self._run("COMMIT")
            return
        meta = self._meta() if "meta" in tables else {}
        if meta.get("kind") != KIND:
            raise RecordError("is a DuckDB file, but no record of Communique", path=str(self.path), remedy=remedy)
        schema = meta.get("schema", "")
        if not schema.isdecimal() or int(schema) > SCHEMA_VERSION:
            remedy = "Install a newer Communique, or name another file with --record."
            problem = f"was written with schema {schema!r}; this version knows {SCHEMA_VERSION}"
            raise RecordError(problem, path=str(self.path), remedy=remedy)
        if not read_only and int(schema) < SCHEMA_VERSION:
            self._migrate(int(schema))

    def _migrate(self, schema: int) -> None:
        """Brings a record of an older schema up to this one, whole or not at all."""
        self._run("BEGIN")
        for number in range(schema + 1, SCHEMA_VERSION + 1):
            self._run(_sql(f"schema_{number}.sql"))
        self._connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", [str(SCHEMA_VERSION)])
        self._run("COMMIT")

    def _meta(self) -> dict[str, str]:
        try:
            rows = self._connection.execute("SELECT key, value FROM meta").fetchall()
        except duckdb.Error:
            return {}
        return {str(key): str(value) for key, value in rows}

    def known(self) -> dict[str, tuple[str, str]]:
        """The digest of its input (see `digest`) and the reader's version of every document, by its id."""
        rows = self._run("SELECT document_id, digest, reader FROM documents").fetchall()
        return {identity: (hashed, reader) for identity, hashed, reader in rows}

    def write(
        self, batch: Sequence[Coded], failures: Iterable[Failure], reader: str, origins: Iterable[str] = ()
    ) -> Written:
        """Adds coded documents in one transaction; one with a known id replaces the old one whole.

        Args:
            batch: the documents.
            failures: what could not be read.
            reader: the version of what coded them.
            origins: files that are read anew: what could not be read of them before is forgotten.
        """
        latest = {coded.document.document_id: coded for coded in batch}
        identities = list(latest)
        try:
            self._run("BEGIN")
            before = self._run(
                "SELECT count(*) FROM documents WHERE document_id IN (SELECT unnest(?))", [identities]
            ).fetchone()
            replaced = before[0] if before else 0
            # Most batches are all new; to look for their rows would scan whole tables.
            for table in CODED_TABLES if replaced else ():
                self._run(f"DELETE FROM {table} WHERE document_id IN (SELECT unnest(?))", [identities])
            self._add(list(latest.values()), reader)
            self._fail(failures, origins)
            self._run("COMMIT")
        except BaseException:
            # A transaction that a full disk ended can be gone already; the first error is the one to tell.
            with suppress(duckdb.Error):
                self._connection.rollback()
            raise
        return Written(len(identities) - replaced, replaced)

    def replace(self, tables: Mapping[str, Sequence[tuple[Any, ...]]]) -> None:
        """Gives some tables all their rows anew, in one transaction."""
        try:
            self._run("BEGIN")
            for table, rows in tables.items():
                self._run(f"DELETE FROM {table}")
                self._insert(table, rows)
            self._run("COMMIT")
        except BaseException:
            with suppress(duckdb.Error):
                self._connection.rollback()
            raise

    def _add(self, batch: Sequence[Coded], reader: str) -> None:
        events = [event for coded in batch for event in coded.events]
        self._insert("documents", [_document_row(coded, reader) for coded in batch])
        self._insert(
            "sentences",
            [(c.document.document_id, n, *span) for c in batch for n, span in enumerate(c.sentences)],
        )
        self._insert("events_coded", [_event_row(event) for event in events])
        self._insert("event_actors", [row for event in events for row in _actor_rows(event)])
        self._insert("event_magnitudes", [row for event in events for row in _magnitude_rows(event)])
        self._insert("event_sources", [row for event in events for row in _source_rows(event)])
        for table, rows in rows_of(batch):
            self._insert(table, rows)

    def _insert(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Inserts rows in one statement: a statement a row is slow in a column store.

        Documents are bound as lists, since their texts are long. All other rows are bound as one JSON value: DuckDB 1
        takes a tenth of a millisecond for each value that Python binds.
        """
        if not rows:
            return
        if table == "documents":
            columns = ", ".join(["unnest(?)"] * len(rows[0]))
            self._run(f"INSERT INTO {table} SELECT {columns}", [list(column) for column in zip(*rows, strict=True)])
            return
        shape = self._shape(table)
        entries = [dict(zip(shape, row, strict=True)) for row in rows]
        source = "(SELECT unnest(from_json_strict(?, ?)) AS row)"
        statement = f"INSERT INTO {table} SELECT unnest(row, recursive := true) FROM {source}"
        self._run(statement, [json.dumps(entries, ensure_ascii=False, default=str), json.dumps([shape])])

    def _shape(self, table: str) -> dict[str, str | list[str]]:
        """The types of a table's columns by their names, as DuckDB's JSON functions want them."""
        if table not in self._shapes:
            sql = "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index"
            types: dict[str, str] = dict(self._run(sql, [table]).fetchall())
            self._shapes[table] = {
                name: [kind.removesuffix("[]")] if kind.endswith("[]") else kind for name, kind in types.items()
            }
        return self._shapes[table]

    def _fail(self, failures: Iterable[Failure], origins: Iterable[str]) -> None:
        latest = {
            (_storable(f.origin), f.line, _storable(f.problem)): (_storable(f.document_id), _storable(f.remedy))
            for f in failures
        }
        self._run("DELETE FROM failures WHERE origin IN (SELECT unnest(?))", [list(map(_storable, origins))])
        if latest:
            self._run(FORGET, [list(column) for column in zip(*latest, strict=True)])
        rows = [(origin, line, identity, what, to_do) for (origin, line, what), (identity, to_do) in latest.items()]
        self._insert("failures", rows)

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Columns and rows of a query; raises RecordError with DuckDB's own explanation when it fails.

        Columns of one name are told apart: `date`, `date_1`.
        """
        cursor = self._run(sql, list(parameters))
        if cursor is None:
            raise RecordError("the query is empty", path=str(self.path), remedy="Try: FROM events")
        columns = _distinct([column[0] for column in cursor.description or []])
        return columns, cursor.fetchall() if columns else []

    def _run(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """Runs SQL; the cursor, or None where there was no statement in it."""
        try:
            sql.encode()
            return self._connection.execute(sql, list(parameters))
        except duckdb.Error as error:
            raise RecordError(_first_line(error), path=str(self.path), remedy=_remedy(error)) from error
        except UnicodeEncodeError as error:
            raise RecordError("the query holds characters that are no text", path=str(self.path)) from error
        except RuntimeError as error:
            # DuckDB's way to tell that Ctrl-C came while it worked.
            if "interrupted" in str(error):
                raise KeyboardInterrupt from error
            raise


def _sql(name: str) -> str:
    return resources.files("communique.record").joinpath(name).read_text(encoding="utf-8")


def digest(document: Document) -> str:
    """The hash by which a changed document is known: its text and all that its source says of it."""
    return content_id(*(document.text, document.title, document.url, document.source, document.language, document.date))


def _opening(path: Path, error: duckdb.Error) -> RecordError:
    text = str(error)
    if path.is_dir():
        return RecordError("is a folder", path=str(path), remedy="Name a file with --record.")
    if not path.parent.is_dir():
        return RecordError(f"there is no folder {path.parent}", path=str(path), remedy="Make it first.")
    if "lock" in text.lower():
        return RecordError("is in use by another process", path=str(path), remedy="Wait for it, or end it.")
    if path.is_file() and ("not a valid DuckDB" in text or "magic" in text.lower()):
        return RecordError("is no DuckDB file", path=str(path), remedy="Name another file with --record.")
    return RecordError(_first_line(error), path=str(path), remedy="Check the folder, its permissions and the disk.")


def _remedy(error: duckdb.Error) -> str:
    """What to do where the disk, and not the query, is at fault: a commit that fails is no IOException."""
    if isinstance(error, duckdb.IOException) or "Could not write" in str(error):
        return "Free some space on the disk and run it again: what was committed is kept."
    return ""


def _distinct(names: Sequence[str]) -> list[str]:
    taken: list[str] = []
    for name in names:
        further = (f"{name}_{number}" for number in count(1))
        taken.append(name if name not in taken else next(new for new in further if new not in (*taken, *names)))
    return taken


def _storable(text: str) -> str:
    """The text with bytes of file names that are no UTF-8 written out, since the record holds UTF-8 alone."""
    return text.encode("utf-8", "backslashreplace").decode()


def _first_line(error: BaseException) -> str:
    return str(error).strip().splitlines()[0].rstrip(".")


def _document_row(coded: Coded, reader: str) -> tuple[Any, ...]:
    document, place = coded.document, coded.dateline_place
    return (
        *(document.document_id, document.title, document.text, coded.date, coded.dateline),
        *(place.country if place else "", coded.agency, coded.attribution, document.url, document.source),
        *(coded.language, _storable(document.origin), document.line, digest(document), reader),
    )


def _actor_rows(event: Event) -> Iterator[tuple[Any, ...]]:
    for role, side in (("actor", event.actors), ("recipient", event.recipients)):
        for position, actor in enumerate(side):
            yield (event.event_id, event.document_id, role, position, *actor_cells(actor))


def _magnitude_rows(event: Event) -> Iterator[tuple[Any, ...]]:
    for position, each in enumerate(event.magnitudes):
        where = (event.event_id, event.document_id, position)
        yield (*where, each.text, each.start, each.end, each.value, each.bound, each.unit, each.kind)


def _source_rows(event: Event) -> Iterator[tuple[Any, ...]]:
    for position, each in enumerate(event.sources):
        yield (event.event_id, event.document_id, position, each.sentence, each.start, each.end, each.trigger)


def _event_row(event: Event) -> tuple[Any, ...]:
    place, speaker = event.place, event.attributed_to
    return (
        *(event.event_id, event.document_id, event.sentence, event.start, event.end, event.trigger),
        *(event.event_type, event.mode, list(event.contexts), event.cameo, event.goldstein, event.quad_class),
        *(event.date, event.date_end, event.date_precision),
        *(_place_cells(place) if place else (None,) * 7),
        *(event.factuality, speaker.text if speaker else "", speaker.country if speaker else ""),
        *(event.rule, event.confidence),
    )


def _place_cells(place: Place) -> tuple[Any, ...]:
    return (place.text, place.start, place.end, place.name, place.country, place.lat, place.lon)
