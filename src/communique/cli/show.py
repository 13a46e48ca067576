"""communique show: a document with its events marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer
from rich.padding import Padding
from rich.text import Text

from communique.cli import options as o
from communique.cli.tables import cell, console, one_line, printable
from communique.errors import RecordError
from communique.record.store import Record

DOCUMENT = "SELECT title, text, date, agency FROM documents WHERE document_id = ?"
EVENTS = """
WITH sides AS (
    SELECT event_id, role,
           string_agg(text || if(country = '', '', ' (' || country || ')'), '; ' ORDER BY position) AS who
    FROM event_actors WHERE document_id = $1 GROUP BY ALL)
SELECT e."start", e."end", e.event_type, a.who AS actor, r.who AS recipient, e.date, e.place, e.factuality, q.quote
FROM events e
LEFT JOIN quotes q ON q.document_id = e.document_id AND q.event_id = e.event_id
LEFT JOIN sides a ON a.event_id = e.event_id AND a.role = 'actor'
LEFT JOIN sides r ON r.event_id = e.event_id AND r.role = 'recipient'
WHERE e.document_id = $1 ORDER BY e."start", e."end", e.event_id
"""
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def show(
    document_id: Annotated[str, typer.Argument(help="The document's id.")],
    record: o.RecordPath = "record.duckdb",
) -> None:
    """Print a document with its events marked and numbered, and the facts below, each with its quote.

    Example: communique show brief-001
    """
    with Record.open(record, read_only=True) as store:
        _, documents = store.query(DOCUMENT, [document_id])
        if not documents:
            remedy = "List them: communique query 'SELECT document_id, title FROM documents'."
            raise RecordError(f"there is no document {document_id!r}", path=record, remedy=remedy)
        columns, rows = store.query(EVENTS, [document_id])
    events = [dict(zip(columns, row, strict=True)) for row in rows]
    title, text, date, agency = documents[0]
    out = console()
    out.print(Text(" | ".join(cell(part) for part in (document_id, date, agency, title) if part), style="bold"))
    out.print(marked(text, [(event["start"], event["end"]) for event in events]))
    out.print()
    for number, event in enumerate(events, 1):
        out.print(_fact(number, event))
        out.print(Padding(Text(one_line(printable(f"“{event['quote'] or ''}”")), style="italic"), (0, 0, 0, 4)))
    if not events:
        out.print("No event.")


def marked(text: str, spans: Sequence[tuple[int, int]]) -> Text:
    """The text with each span set off and its number behind it, so that it shows without colours, too."""
    shown = Text(printable(text))
    for start, end in spans:
        shown.stylize("bold reverse", start, end)
    ends: dict[int, list[str]] = {}
    for number, (_, end) in enumerate(spans, 1):
        ends.setdefault(end, []).append(str(number).translate(RAISED))
    pieces = shown.divide(sorted(ends))
    for piece, end in zip(pieces, sorted(ends), strict=False):
        piece.append(" ".join(ends[end]), style="bold")
    return Text().join(pieces)


def _fact(number: int, event: dict[str, Any]) -> Text:
    sides = f"{cell(event['actor']) or '?'} → {cell(event['recipient']) or '?'}"
    rest = [cell(event[name]) for name in ("date", "place", "factuality") if event[name]]
    return Text(f"{number:>3} ").append(event["event_type"], style="bold").append(f" {sides}, {', '.join(rest)}")
