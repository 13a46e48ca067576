"""communique query: SQL over the record."""

from __future__ import annotations

from typing import Annotated

import typer

from communique.cli import options as o
from communique.cli.tables import Format, print_rows
from communique.record.store import Record


def query(
    sql: Annotated[str, typer.Argument(help="A query in DuckDB's SQL; docs/formats.md lists the views.")],
    record: o.RecordPath = "record.duckdb",
    form: Annotated[Format, typer.Option("--format", help="table, jsonl, csv or md.")] = Format.table,
    spreadsheet: o.Spreadsheet = False,
) -> None:
    """Ask the record, read-only.

    Example: communique query "SELECT date, actor, recipient, quote FROM events JOIN quotes USING (event_id)"
    """
    with Record.open(record, read_only=True) as store:
        columns, rows = store.query(sql)
    print_rows(columns, rows, form, spreadsheet=spreadsheet)
