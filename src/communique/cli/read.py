"""communique read: documents into the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from communique import __version__
from communique.cli import options as o
from communique.cli.merge import counts, merge_all
from communique.cli.tables import Format, complain, print_rows
from communique.coded import Coded
from communique.model import Document, Failure, content_id
from communique.reader import Reader
from communique.record.store import Record, digest
from communique.settings import Settings
from communique.sources import SourceOptions, expand, load

STAGES = ("text", "actors", "events", "diplomacy")
RULES = frozenset({".py", ".yaml", ".yml", ".csv", ".toml"})
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
    merged: list[tuple[str, int, int]] = field(default_factory=list)

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
    lexicon: o.Lexicon = None,
    encoding: o.Encoding = "",
    text_column: o.TextColumn = o.COLUMNS.text_column,
    id_column: o.IdColumn = o.COLUMNS.id_column,
    date_column: o.DateColumn = o.COLUMNS.date_column,
    title_column: o.TitleColumn = o.COLUMNS.title_column,
    url_column: o.UrlColumn = o.COLUMNS.url_column,
    source_column: o.SourceColumn = o.COLUMNS.source_column,
    language_column: o.LanguageColumn = o.COLUMNS.language_column,
    merging: Annotated[bool, typer.Option("--merge/--no-merge", help="Merge what several documents tell.")] = True,
) -> None:
    """Read documents into the record, merge what several tell of one thing, and show what they gave.

    Reading the same input again changes nothing; a document with a known id and a new text replaces the old.

    Example: communique read dispatches/ --record record.duckdb
    """
    folders = o.folders(lexicon)
    settings = Settings(model, o.day(date), force_language, max_characters, min_confidence, workers, folders)
    columns = SourceOptions(
        *(text_column, id_column, date_column, title_column, url_column, source_column, language_column),
        *(encoding, max_characters),
    )
    tally = Tally()
    with Record.open(record) as store:
        _read_into(store, paths, columns, Reader(settings), tally)
        if merging and tally.new + tally.replaced:
            tally.merged = counts(merge_all(store))
    _summarise(tally, record)
    if tally.failures:
        raise typer.Exit(1)


class _Run:
    """One reading of paths into a record: batches, and what is known of them."""

    def __init__(self, store: Record, reader: Reader, tally: Tally) -> None:
        self._store = store
        self._reader = reader
        self._tally = tally
        self._version = _version(reader.settings)
        self._known = store.known()
        self._batch: list[Coded] = []
        self._failures: list[Failure] = []
        self._origins: set[str] = set()
        self._begun: set[str] = set()

    def read(self, items: Iterable[Document | Failure]) -> None:
        """Codes what is new and writes it, a transaction a batch; Ctrl-C writes the batch at hand first."""
        try:
            for item in self._reader.read_many(self._unread(items)):
                if isinstance(item, Failure):
                    self._failures.append(item)
                    self._tally.failures.append(item)
                else:
                    self._batch.append(item)
                    self._tally.add(item)
                if len(self._batch) + len(self._failures) >= BATCH:
                    self._flush()
        except KeyboardInterrupt as error:
            self._flush()
            raise KeyboardInterrupt("What was read so far is kept; run it again to go on.") from error
        self._flush()

    def _unread(self, items: Iterable[Document | Failure]) -> Iterator[Document | Failure]:
        for item in items:
            self._origins.add(item.origin)
            if isinstance(item, Document):
                state = (digest(item), self._version)
                if self._known.get(item.document_id) == state:
                    self._tally.documents += 1
                    self._tally.unchanged += 1
                    continue
                # An id that comes twice in one input has its last text in the record, in every run.
                self._known[item.document_id] = state
            yield item

    def _flush(self) -> None:
        fresh = self._origins - self._begun
        written = self._store.write(self._batch, self._failures, self._version, sorted(fresh))
        self._begun |= fresh
        self._tally.documents += len(self._batch)
        self._tally.new += written.new
        self._tally.replaced += written.replaced
        self._batch.clear()
        self._failures.clear()


def _read_into(store: Record, paths: list[str], columns: SourceOptions, reader: Reader, tally: Tally) -> None:
    files = sum(not isinstance(item, Failure) for item in expand(paths))
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
    with progress:
        task = progress.add_task("reading", total=None)
        _Run(store, reader, tally).read(_counted(load(paths, columns), progress, task))


def _counted(items: Iterable[Document | Failure], progress: Progress, task: TaskID) -> Iterator[Document | Failure]:
    for item in items:
        progress.advance(task)
        yield item


def _version(settings: Settings) -> str:
    """What a document's coding depends on besides the document."""
    version = f"{__version__} {settings.model} rules={_rules(settings.lexicon_folders)}"
    if settings.date:
        version += f" date={settings.date}"
    if settings.min_confidence:
        version += f" min_confidence={settings.min_confidence}"
    return version


def _rules(folders: tuple[str, ...]) -> str:
    """A hash of what codes, so that documents are coded anew when a rule or a name in the lexicon has changed."""
    roots = [*(Path(str(resources.files("communique"))) / stage for stage in STAGES), *map(Path, folders)]
    files = ((root, path) for root in roots for path in sorted(root.rglob("*")) if path.suffix in RULES)
    hashes = [(path.relative_to(root).as_posix(), sha256(path.read_bytes()).hexdigest()) for root, path in files]
    return content_id(*hashes)[:8]


def _summarise(tally: Tally, record: str) -> None:
    rows: list[tuple[object, object]] = [
        ("documents", tally.documents),
        ("  new", tally.new),
        ("  replaced", tally.replaced),
        ("  unchanged", tally.unchanged),
        ("sentences coded", tally.sentences),
        ("events coded", sum(tally.types.values())),
        *((f"  {name}", count) for name, count in sorted(tally.types.items(), key=lambda kv: (-kv[1], kv[0]))),
        *((f"{kind}s", things) for kind, told, things in tally.merged if told),
        ("problems", len(tally.failures)),
    ]
    print_rows(("what", "count"), rows, Format.table, title=f"Record: {record}")
    top = sorted(tally.dyads.items(), key=lambda kv: (-kv[1], kv[0]))[:10]
    if top:
        print_rows(("actor", "recipient", "events"), [(*pair, n) for pair, n in top], Format.table, title="Top dyads")
    for failure in tally.failures[:SHOWN]:
        complain(f"problem: {failure}")
    if len(tally.failures) > SHOWN:
        more = len(tally.failures) - SHOWN
        complain(f"... and {more} more: communique query 'FROM failures' --record {record}")
