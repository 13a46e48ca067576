"""communique read: documents into the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from communique import __version__
from communique.cli import options as o
from communique.cli.tables import Format, console, print_rows
from communique.model import Coded, Document, Failure
from communique.reader import Reader
from communique.record.store import Record, text_hash
from communique.settings import Settings
from communique.sources import SourceOptions, expand, load

BATCH = 50
SHOWN = 20


@dataclass
class Tally:
    """What a run has done so far."""

    documents: int = 0
    new: int = 0
    replaced: int = 0
    unchanged: int = 0
    sentences: int = 0
    types: Counter[str] = field(default_factory=Counter)
    dyads: Counter[tuple[str, str]] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)

    def add(self, coded: Coded) -> None:
        """Counts a coded document."""
        self.sentences += len(coded.sentences)
        self.types.update(event.event_type for event in coded.events)
        for event in coded.events:
            pairs = {(a.country, r.country) for a in event.actors for r in event.recipients}
            self.dyads.update(pair for pair in pairs if all(pair) and pair[0] != pair[1])


def read(
    paths: o.Paths,
    record: o.RecordPath = "record.duckdb",
    date: o.DateOption = "",
    model: o.Model = o.DEFAULTS.model,
    force_language: o.ForceLanguage = False,
    max_characters: o.MaxCharacters = o.DEFAULTS.max_characters,
    min_confidence: o.MinConfidence = 0.0,
    workers: o.Workers = 1,
    encoding: o.Encoding = "",
    text_column: o.TextColumn = o.COLUMNS.text_column,
    id_column: o.IdColumn = o.COLUMNS.id_column,
    date_column: o.DateColumn = o.COLUMNS.date_column,
    title_column: o.TitleColumn = o.COLUMNS.title_column,
    url_column: o.UrlColumn = o.COLUMNS.url_column,
    source_column: o.SourceColumn = o.COLUMNS.source_column,
    language_column: o.LanguageColumn = o.COLUMNS.language_column,
) -> None:
    """Read documents into the record, and show what they gave.

    Reading the same input again changes nothing; a document with a known id and a new text replaces the old.

    Example: communique read dispatches/ --record record.duckdb
    """
    settings = Settings(model, o.day(date), force_language, max_characters, min_confidence, workers)
    columns = SourceOptions(
        *(text_column, id_column, date_column, title_column, url_column, source_column, language_column),
        *(encoding, max_characters),
    )
    tally = Tally()
    with Record.open(record) as store:
        _read_into(store, paths, columns, Reader(settings), tally)
    _summarise(tally, record)
    if tally.failures:
        raise typer.Exit(1)


def _read_into(store: Record, paths: list[str], columns: SourceOptions, reader: Reader, tally: Tally) -> None:
    version = f"{__version__} {reader.settings.model}"
    known = store.known()
    files = sum(not isinstance(item, Failure) for item in expand(paths))

    def unread(progress: Progress) -> Iterator[Document | Failure]:
        task = progress.add_task("reading", total=None)
        for item in load(paths, columns):
            progress.advance(task)
            if isinstance(item, Document) and known.get(item.document_id) == (text_hash(item.text), version):
                tally.documents += 1
                tally.unchanged += 1
                continue
            yield item

    progress = Progress(
        TextColumn(f"reading {files} file{'s' * (files != 1)}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("documents"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not Console(stderr=True).is_terminal,
    )
    batch: list[Coded] = []
    failures: list[Failure] = []
    with progress:
        try:
            for item in reader.read_many(unread(progress)):
                if isinstance(item, Failure):
                    failures.append(item)
                    tally.failures.append(item)
                else:
                    batch.append(item)
                    tally.add(item)
                if len(batch) + len(failures) >= BATCH:
                    _flush(store, batch, failures, version, tally)
        finally:
            _flush(store, batch, failures, version, tally)


def _flush(store: Record, batch: list[Coded], failures: list[Failure], version: str, tally: Tally) -> None:
    if batch or failures:
        written = store.write(batch, failures, version)
        tally.documents += len(batch)
        tally.new += written.new
        tally.replaced += written.replaced
        batch.clear()
        failures.clear()


def _summarise(tally: Tally, record: str) -> None:
    rows: list[tuple[object, object]] = [
        ("documents", tally.documents),
        ("  new", tally.new),
        ("  replaced", tally.replaced),
        ("  unchanged", tally.unchanged),
        ("sentences coded", tally.sentences),
        ("events coded", sum(tally.types.values())),
        *(
            (f"  {name}", count)
            for name, count in sorted(tally.types.items(), key=lambda kv: (-kv[1], kv[0]))
        ),
        ("problems", len(tally.failures)),
    ]
    print_rows(("what", "count"), rows, Format.table, title=f"Record: {record}")
    top = sorted(tally.dyads.items(), key=lambda kv: (-kv[1], kv[0]))[:10]
    if top:
        print_rows(
            ("actor", "recipient", "events"), [(*pair, n) for pair, n in top], Format.table, title="Top dyads"
        )
    out = console()
    for failure in tally.failures[:SHOWN]:
        out.print(f"problem: {failure}", soft_wrap=True)
    if len(tally.failures) > SHOWN:
        out.print(
            f"... and {len(tally.failures) - SHOWN} more: communique query 'FROM failures' --record {record}"
        )
