"""communique who: who a mention is, on a date."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date as Date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from communique.cli import options as o
from communique.cli.tables import Format, print_rows
from communique.errors import SourceError
from communique.reader import to_date

if TYPE_CHECKING:
    from communique.actors.resolver import Resolver

FIELDS: tuple[str, ...] = tuple(
    "text name kind country sector subsector office office_holder entity_id wikidata term confidence why".split()
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
) -> None:
    """Say who a mention is, with office, country and sector, on a date.

    Example: communique who "U.S. Secretary of State" --date 2015-11-02 --format json
    """
    if bool(text) == bool(file):
        raise typer.BadParameter("give either a mention or --file")
    from communique.actors.lexicon import load_lexicon
    from communique.actors.resolver import Resolver

    resolver = Resolver(load_lexicon(o.folders(lexicon)))
    answers = _answers(resolver, file) if file else iter([_answer(resolver, text, o.day(date), context)])
    if form is WhoFormat.table:
        for row in answers:
            print_rows(("what", "found"), list(row.items()), Format.table)
        return
    indent = 2 if form is WhoFormat.json and not file else None
    for row in answers:
        sys.stdout.write(json.dumps(row, ensure_ascii=False, indent=indent) + "\n")


def _answer(resolver: Resolver, text: str, day: Date | None, context: str) -> dict[str, Any]:
    found = asdict(resolver.who(text, day, context)) | {"text": text}
    start, end = found["term"]
    found["term"] = {"start": start, "end": end}
    return {name: found[name] for name in FIELDS}


def _answers(resolver: Resolver, file: str) -> Iterator[dict[str, Any]]:
    if file == "-":
        yield from _answers_to(resolver, file, sys.stdin)
        return
    try:
        with Path(file).open(encoding="utf-8") as stream:
            yield from _answers_to(resolver, file, stream)
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", path=file, remedy="Check the path.") from error


def _answers_to(resolver: Resolver, file: str, stream: TextIO) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            text = asked["text"]
        except (ValueError, KeyError, TypeError) as error:
            remedy = 'Write {"text": ..., "date": ..., "context": ...} on each line.'
            raise SourceError("no mention in the line", path=file, line=number, remedy=remedy) from error
        yield _answer(resolver, str(text), to_date(asked.get("date") or None), str(asked.get("context") or ""))
