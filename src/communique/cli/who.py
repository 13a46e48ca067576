"""communique who: who a mention is, on a date."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

import communique
from communique.cli import options as o
from communique.cli.tables import Format, complain, print_rows
from communique.errors import CommuniqueError, SettingsError, SourceError
from communique.settings import Settings

if TYPE_CHECKING:
    from communique.actors.resolver import Identity

FIELDS: tuple[str, ...] = tuple(
    "name kind country sector subsector office office_holder entity_id wikidata term confidence why".split()
)


class WhoFormat(StrEnum):
    """How the answers are printed."""

    table = "table"
    json = "json"
    jsonl = "jsonl"


def who(
    text: Annotated[str, typer.Argument(help="The words of the mention.")] = "",
    date: Annotated[str, typer.Option("--date", help="The date at which it is asked, YYYY-MM-DD.")] = "",
    context: Annotated[str, typer.Option("--context", help="A sentence that the mention stands in.")] = "",
    file: Annotated[str, typer.Option("--file", help="JSON lines of text, date and context; - for input.")] = "",
    form: Annotated[WhoFormat, typer.Option("--format", help="table, json or jsonl.")] = WhoFormat.table,
    lexicon: o.Lexicon = None,
    model: o.Model = o.DEFAULTS.model,
) -> None:
    """Say who a mention is, with office, country and sector, on a date.

    Example: communique who "U.S. Secretary of State" --date 2015-11-02 --format json
    """
    if bool(text) == bool(file):
        raise typer.BadParameter("give either a mention or --file")
    settings = Settings(model=model, lexicon_folders=o.folders(lexicon))
    answers: Iterator[dict[str, Any]]
    if file:
        answers = _answers(file, settings)
    else:
        answers = iter([_answer({"text": text, "date": date, "context": context}, settings)])
    indent = 2 if form is WhoFormat.json and not file else None
    for row in answers:
        if form is WhoFormat.table:
            print_rows(("what", "found"), _lines(row), Format.table)
        else:
            sys.stdout.write(json.dumps(row, ensure_ascii=False, indent=indent) + "\n")


def _lines(row: dict[str, Any]) -> list[tuple[str, Any]]:
    """An answer for people to read: the term in words, and the names of the others."""
    shown = {name: value for name, value in row.items() if value != ""}
    start, end = row["term"]["start"], row["term"]["end"]
    shown["term"] = f"{start or '?'} to {end or 'now'}" if start or end else ""
    if "also" in row:
        shown["also"] = "; ".join(f"{other['name'] or other['office']} ({other['country']})" for other in row["also"])
    return [(name, value) for name, value in shown.items() if value != ""]


def _answer(asked: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """The answer to one question; where several are named, the others stand under `also`."""
    text, context = str(asked["text"]), str(asked.get("context") or "")
    found = communique.who(
        text, date=asked.get("date") or None, context=context, start=asked.get("start"), settings=settings
    )
    row = {"text": text} | _fields(found[0])
    return row | {"also": [_fields(other) for other in found[1:]]} if len(found) > 1 else row


def _fields(identity: Identity) -> dict[str, Any]:
    found = asdict(identity)
    start, end = found["term"]
    found["term"] = {"start": start, "end": end}
    return {name: found[name] for name in FIELDS}


def _answers(file: str, settings: Settings) -> Iterator[dict[str, Any]]:
    if file == "-":
        yield from _answers_to(sys.stdin, file, settings)
        return
    try:
        with Path(file).open(encoding="utf-8") as stream:
            yield from _answers_to(stream, file, settings)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise SourceError(f"cannot be read: {reason}", path=file, remedy="Check the path.") from error


def _answers_to(stream: TextIO, file: str, settings: Settings) -> Iterator[dict[str, Any]]:
    """One answer a line, in order: a line that asks nothing gets an empty one and makes the command fail at the end."""
    bad = 0
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            yield _answer(asked, settings)
        except (ValueError, KeyError, TypeError, SourceError, SettingsError) as error:
            bad += 1
            problem = error.problem if isinstance(error, CommuniqueError) else "no mention in the line"
            remedy = 'Write {"text": ..., "date": ..., "context": ...} on each line.'
            complain(f"communique: {SourceError(problem, path=file, line=number, remedy=remedy)}")
            yield {"text": ""} | _fields(communique.who("")[0]) | {"why": problem}
    if bad:
        raise SourceError(f"{bad} lines could not be answered", path=file, remedy="Mend them; the others were.")
