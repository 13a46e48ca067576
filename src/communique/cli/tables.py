"""Prints rows as a table, JSON lines, CSV or Markdown."""

from __future__ import annotations

import csv
import datetime
import json
import math
import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, TextIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

# Characters that a column needs to be readable, and those of its border and padding.
NARROW = 5
BORDER = 3
# What a cell begins with that a spreadsheet takes for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Each control character but tab and line feed to a character that stands for it; a return is a space.
_CONTROLS = {
    code: " " if chr(code) == "\r" else "\ufffd"
    for code in (*range(0x20), *range(0x7F, 0xA0))
    if chr(code) not in "\t\n"
}


class Format(StrEnum):
    """How rows are printed."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"
    md = "md"


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leaves a broken pipe to the command line, which ends silently."""
        raise BrokenPipeError


def console(stream: TextIO | None = None) -> Console:
    """The console for standard output or a stream; markup in texts is never interpreted."""
    return _Console(file=stream, markup=False, highlight=False, soft_wrap=False)


def complain(message: str) -> None:
    """Writes one line to standard error."""
    _Console(stderr=True, markup=False, highlight=False).print(printable(one_line(message)), soft_wrap=True)


def printable(text: str) -> str:
    """The text with each control character as one visible: offsets hold, and terminals obey none."""
    return text.translate(_CONTROLS)


def one_line(text: str) -> str:
    """The text with each run of blank space as one space."""
    return " ".join(text.split())


def print_rows(
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    form: Format,
    stream: TextIO | None = None,
    title: str = "",
    *,
    spreadsheet: bool = False,
) -> None:
    """Writes rows in the form asked for to `stream` (standard output by default).

    With `spreadsheet`, no CSV cell is one that a spreadsheet would run as a formula.
    """
    out = stream or sys.stdout
    if form is Format.jsonl:
        for row in rows:
            plain = {name: _json_value(value) for name, value in zip(columns, row, strict=True)}
            out.write(json.dumps(plain, ensure_ascii=False) + "\n")
    elif form is Format.csv:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_csv_cell(value, spreadsheet) for value in row] for row in rows)
    elif form is Format.md:
        out.write("| " + " | ".join(columns) + " |\n|" + " --- |" * len(columns) + "\n")
        for row in rows:
            out.write("| " + " | ".join(cell(value).replace("|", "\\|") for value in row) + " |\n")
    else:
        _print_table(columns, rows, console(out), title)


def _print_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], out: Console, title: str) -> None:
    """A table, or a list of names and values for each row where the columns would be too narrow to read."""
    if out.width < len(columns) * (NARROW + BORDER):
        for number, row in enumerate(rows, 1):
            out.print(Text(f"{title or 'Row'} {number}", style="bold"))
            for column, value in zip(columns, row, strict=True):
                out.print(Padding(Text(f"{column}: {cell(value)}"), (0, 0, 0, 2)))
        return
    table = Table(title=title or None, title_justify="left", title_style="bold", header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell(value)) for value in row))
    out.print(table)


def _json_value(value: Any) -> Any:
    """A value that JSON has: it knows neither dates nor infinite numbers."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, list | tuple):
        return [_json_value(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _json_value(item) for key, item in value.items()}
    return str(value)


def _csv_cell(value: Any, spreadsheet: bool) -> Any:
    if isinstance(value, list | tuple):
        value = "; ".join(str(_json_value(item)) for item in value)
    elif isinstance(value, dict):
        value = json.dumps(_json_value(value), ensure_ascii=False)
    if spreadsheet and isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def cell(value: Any) -> str:
    """A value as text in a table."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, list | tuple):
        return ", ".join(cell(item) for item in value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return printable(str(value).replace("\n", " "))
