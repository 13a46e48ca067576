"""communique commitments: the ledger of promises."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Annotated, Any

import typer

from communique.cli import options as o
from communique.cli.tables import Format, print_rows
from communique.errors import SettingsError
from communique.record.merging.followup import status_at
from communique.record.store import Record

COLUMNS = ("date", "by_whom", "to_whom", "content", "due", "status", "since", "quote", "document_id", "commitment_id")
# What a terminal has room for.
SHOWN = ("date", "by_whom", "to_whom", "content", "due", "status")
PROMISES = """
SELECT date, by_countries, to_countries, by_whom, to_whom, content, condition, due, quote, document_id, commitment_id
FROM commitments ORDER BY date, commitment_id
"""
CHANGES = "SELECT commitment_id, status, date FROM commitment_changes ORDER BY commitment_id, position"


def commitments(
    record: o.RecordPath = "record.duckdb",
    is_open: Annotated[bool, typer.Option("--open", help="Only those that wait to be kept, overdue ones too.")] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only those whose day has passed.")] = False,
    by: Annotated[str, typer.Option("--by", help="Whose promises: a country's code or a name.")] = "",
    to: Annotated[str, typer.Option("--to", help="Promised to whom: a country's code or a name.")] = "",
    as_of: Annotated[str, typer.Option("--as-of", help="The day to look from, YYYY-MM-DD; today by default.")] = "",
    form: Annotated[Format, typer.Option("--format", help="table, jsonl, csv or md.")] = Format.table,
    spreadsheet: o.Spreadsheet = False,
) -> None:
    """List promises with what became of them: open, done, broken, overdue, superseded.

    Example: communique commitments --open --by KAZ --to USA
    """
    if is_open and overdue:
        raise SettingsError("--open and --overdue were both given", remedy="Give one: overdue ones are open, too.")
    wanted = {"open", "overdue"} if is_open else {"overdue"} if overdue else set()
    with Record.open(record, read_only=True) as store:
        rows = ledger(store, o.day(as_of) or date.today())
    kept = [row for row in rows if (not wanted or row["status"] in wanted) and _is_of(row, "by", by)]
    kept = [row for row in kept if _is_of(row, "to", to)]
    columns = SHOWN if form is Format.table else COLUMNS
    print_rows(columns, ([row[name] for name in columns] for row in kept), form, spreadsheet=spreadsheet)


def ledger(store: Record, day: date) -> list[dict[str, Any]]:
    """The promises that were made by a day, with their status then."""
    changes: dict[str, list[tuple[str, date | None]]] = defaultdict(list)
    for identity, status, when in store.query(CHANGES)[1]:
        changes[identity].append((status, when))
    columns, rows = store.query(PROMISES)
    found = []
    for row in rows:
        promise = dict(zip(columns, row, strict=True))
        history = changes[promise["commitment_id"]] or [("open", promise["date"])]
        status = status_at(history, promise["due"], day)
        if status is None:
            continue
        dates = [when for _, when in history if when and when <= day]
        since = promise["due"] if status == "overdue" else dates[-1] if dates else None
        found.append({**promise, "status": status, "since": since})
    return found


def _is_of(row: dict[str, Any], role: str, who: str) -> bool:
    """Whether a country's code or a part of a name is on a side of a promise."""
    if not who:
        return True
    return who.upper() in row[f"{role}_countries"] or any(
        who.casefold() in name.casefold() for name in row[f"{role}_whom"]
    )
