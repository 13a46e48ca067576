"""communique lexicon check, add and show: the tables of the lexicon, ours and the user's."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import Annotated

import typer

from communique.cli import options as o
from communique.cli.tables import Format, complain, console, print_rows

SHOWN = 20
FINDING = ("severity", "kind", "where", "entry", "explanation")


class ReportFormat(StrEnum):
    """How findings and changes are printed."""

    table = "table"
    json = "json"


def check(
    folders: Annotated[list[str] | None, typer.Argument(help="Your data folders; ours alone without.")] = None,
    form: Annotated[ReportFormat, typer.Option("--format", help="table or json.")] = ReportFormat.table,
) -> None:
    """Find what is wrong in the lexicon, and what it may lack.

    Errors: rows that do not fit, entries given twice, unknown codes and offices, dates that cannot be, holders of one
    office at one time. Notes: gaps between holders, names that several entries bear. The exit code is 1 with errors.

    Example: communique lexicon check my-tables
    """
    from communique.curation.check import check as find

    found = find(folders or [])
    rows = [tuple(getattr(finding, name) for name in FINDING) for finding in found.findings]
    if form is ReportFormat.json:
        findings = [dict(zip(FINDING, row, strict=True)) for row in rows]
        summary = {"entries": found.entries, "errors": found.errors, "notes": found.notes, "findings": findings}
        sys.stdout.write(json.dumps(summary, ensure_ascii=False, indent=2) + "\n")
    else:
        if rows:
            print_rows(FINDING, rows, Format.table)
        console().print(f"{found.entries} entries: {_number(found.errors, 'error')}, {_number(found.notes, 'note')}.")
    if found.errors:
        raise typer.Exit(1)


def add(
    file: Annotated[str, typer.Argument(help="CSV with a header, or JSON lines, in the columns of one of our tables.")],
    folder: o.Folder = "",
    table: Annotated[str, typer.Option("--table", help="The table, where the columns do not tell it.")] = "",
) -> None:
    """Add entries to your own tables, which win over ours: all rows of a file, or none where one does not fit.

    An entry of the same key takes the place of the old one.

    Example: communique lexicon add groups.csv --folder my-tables
    """
    from communique.curation.add import RowsError
    from communique.curation.add import add as merge_in

    where = o.user_folder(folder)
    try:
        done = merge_in(file, where, table)
    except RowsError as error:
        for wrong in error.errors[:SHOWN]:
            complain(f"communique: {wrong}")
        if len(error.errors) > SHOWN:
            complain(f"... and {len(error.errors) - SHOWN} more")
        complain("Nothing was added.")
        raise typer.Exit(2) from error
    rows = [("added", done.added), ("replaced", done.replaced), ("there already", done.unchanged)]
    print_rows(("entries", "count"), rows, Format.table, title=f"{done.table}: {done.path}")
    complain(f"To use them: communique read PATH... --lexicon {where}")


def show(folder: o.Folder = "") -> None:
    """Show where your own tables are, and how many entries each table has, ours and yours.

    Example: communique lexicon show --folder my-tables
    """
    from communique.curation.show import counts

    where = o.user_folder(folder)
    print_rows(("table", "ours", "fetched", "yours"), counts(where), Format.table, title=f"Your tables: {where}")
    if not where.is_dir():
        complain("There is no such folder yet: communique lexicon add FILE makes it.")


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"
