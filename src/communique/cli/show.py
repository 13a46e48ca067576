"""communique show: a document with its events marked."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.text import Text

from communique.cli import options as o
from communique.cli.tables import Format, cell, console, print_rows, printable
from communique.errors import RecordError
from communique.record.store import Record

EVENTS = """
SELECT e."start", e."end", e.event_type, e.actor, e.actor_text, e.recipient, e.recipient_text, e.date, e.place,
       e.factuality, e."trigger"
FROM events e WHERE e.document_id = ? ORDER BY e."start", e.event_id
"""


def show(
    document_id: Annotated[str, typer.Argument(help="The document's id.")],
    record: o.RecordPath = "record.duckdb",
) -> None:
    """Print a document with its events marked, and the facts below.

    Example: communique show brief-001
    """
    with Record.open(record, read_only=True) as store:
        _, documents = store.query(
            "SELECT title, text, date, agency FROM documents WHERE document_id = ?", [document_id]
        )
        if not documents:
            remedy = "List them: communique query 'SELECT document_id, title FROM documents'."
            raise RecordError(f"there is no document {document_id!r}", path=record, remedy=remedy)
        _, events = store.query(EVENTS, [document_id])
    title, text, date, agency = documents[0]
    out = console()
    out.print(Text(" | ".join(cell(part) for part in (document_id, date, agency, title) if part), style="bold"))
    marked = Text(printable(text))
    for start, end, *_ in events:
        marked.stylize("bold reverse", start, end)
    out.print(marked)
    rows = [
        (n, kind, actor or actor_text, recipient or recipient_text, when, place, factuality, trigger)
        for n, (
            _,
            _,
            kind,
            actor,
            actor_text,
            recipient,
            recipient_text,
            when,
            place,
            factuality,
            trigger,
        ) in enumerate(events, 1)
    ]
    heads = ("#", "type", "actor", "recipient", "date", "place", "factuality", "words")
    print_rows(heads, rows, Format.table, title="Events")
