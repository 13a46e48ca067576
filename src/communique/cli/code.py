"""communique code: documents to events on standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from communique.cli import options as o
from communique.cli.tables import Format, complain, print_rows
from communique.errors import SettingsError
from communique.export.rows import COLUMNS, flat, side
from communique.model import Event, Failure
from communique.reader import Reader
from communique.settings import Settings
from communique.sources import SourceOptions, load

# Six columns, so that a date is not broken where a terminal has 80.
SHOWN = ("document", "date", "event", "factuality", "words", "place")


def code(
    paths: o.Paths,
    form: Annotated[Format, typer.Option("--format", help="table, jsonl, csv or md.")] = Format.table,
    output: Annotated[str, typer.Option("--output", help="Write to a file instead.")] = "",
    spreadsheet: o.Spreadsheet = False,
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
) -> None:
    """Code documents and print the events; no record is made.

    The documents of a .jsonl file keep their own ids.

    Example: communique code news.jsonl --format jsonl
    """
    folders = o.folders(lexicon)
    settings = Settings(model, o.day(date), force_language, max_characters, min_confidence, workers, folders)
    columns = SourceOptions(text_column, id_column, date_column, encoding=encoding, max_characters=max_characters)
    failures: list[Failure] = []
    with output_stream(output) as stream:
        _write(_events(paths, columns, settings, failures), form, stream, spreadsheet)
    for failure in failures:
        complain(f"problem: {failure}")
    if failures:
        raise typer.Exit(1)


def _events(paths: list[str], columns: SourceOptions, settings: Settings, failures: list[Failure]) -> Iterator[Event]:
    for item in Reader(settings).read_many(load(paths, columns)):
        if isinstance(item, Failure):
            failures.append(item)
        else:
            yield from item.events


def _write(events: Iterator[Event], form: Format, stream: TextIO, spreadsheet: bool) -> None:
    if form is Format.jsonl:
        for event in events:
            stream.write(json.dumps(event.to_dict(), ensure_ascii=False) + "\n")
        return
    columns = COLUMNS if form is Format.csv else SHOWN
    row = _full if form is Format.csv else _brief
    print_rows(columns, map(row, events), form, stream, spreadsheet=spreadsheet)


def _full(event: Event) -> tuple[Any, ...]:
    return tuple(flat(event).values())


def _brief(event: Event) -> tuple[Any, ...]:
    act = f"{side(event.actors) or '?'} {event.event_type} {side(event.recipients) or '?'}"
    return event.document_id, event.date, act, event.factuality, event.trigger, flat(event)["place"]


@contextmanager
def output_stream(output: str) -> Iterator[TextIO]:
    """Standard output, or the file that is named; raises SettingsError when it cannot be written."""
    if not output:
        yield sys.stdout
        return
    try:
        with Path(output).open("w", encoding="utf-8", newline="") as stream:
            yield stream
    except OSError as error:
        raise SettingsError(f"{output}: cannot be written: {error.strerror}", remedy="Name another file.") from error
