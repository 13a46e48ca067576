"""CSV tables: a document a row, read as a stream."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from communique.errors import SourceError
from communique.model import Document, Failure
from communique.sources.decode import open_text, undecoded
from communique.sources.documents import columns_remedy, row_document
from communique.sources.lines import bounded_lines
from communique.sources.options import SourceOptions

_DELIMITERS = (",", ";", "\t", "|")
_OTHER_COLUMNS = 1_000_000
_QUOTE = '"'


def load_csv(path: Path, origin: str, options: SourceOptions) -> Iterator[Document | Failure]:
    """A .csv file with a header: a document a row; a bad row is a Failure that names its first line.

    Cells are parted by commas, or by what parts the header so that it has the column of text: semicolons,
    tabs or bars. Raises SourceError where the file is empty, binary, or has no such column.
    """
    with open_text(path, origin, options.encoding, newline="") as text:
        yield from _Table(text, origin, options).documents()


class _Lines:
    """The physical lines of a table, and whether they ended or left a quoted cell open."""

    def __init__(self, text: io.TextIOBase, longest: int) -> None:
        self._lines = bounded_lines(text, longest)
        self._longest = longest
        self.number = 0
        self.quotes = 0
        self.exhausted = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        try:
            self.number, line = next(self._lines)
        except StopIteration:
            self.exhausted = True
            raise
        if line is None:
            problem = f"the line is longer than {self._longest:,} characters, and nothing after it is read"
            raise SourceError(problem, remedy="Mend or remove the line.", line=self.number)
        self.quotes += line.count(_QUOTE)
        return line

    def skip_open_cell(self) -> None:
        """Goes to the end of the line in which the cell that is open is closed."""
        while self.quotes % 2 and next(self, None) is not None:
            pass


class _Table:
    def __init__(self, text: io.TextIOBase, origin: str, options: SourceOptions) -> None:
        self._origin = origin
        self._options = options
        self._longest_cell = options.max_characters + _OTHER_COLUMNS
        self._lines = _Lines(text, self._longest_cell * 2)
        self._header, delimiter = _header(self._lines, options)
        self._rows = csv.reader(self._lines, delimiter=delimiter)

    def documents(self) -> Iterator[Document | Failure]:
        while True:
            start, self._lines.quotes = self._lines.number + 1, 0
            try:
                row = self._next_row()
            except StopIteration:
                return
            except csv.Error as error:
                self._lines.skip_open_cell()
                yield self._malformed(error, start)
                continue
            if self._lines.exhausted:
                yield self._failure(
                    f"a quote is opened and never closed; {self._unread(start)}",
                    'Close it, or double a quote that is part of the text: "a ""b"" c".',
                    start,
                )
                return
            if any(row):
                yield from self._row(row, start)

    def _next_row(self) -> list[str]:
        # The limit is one for the whole process, so it is ours only while a row is read.
        before = csv.field_size_limit(self._longest_cell)
        try:
            return next(self._rows)
        finally:
            csv.field_size_limit(before)

    def _row(self, row: list[str], start: int) -> Iterator[Document | Failure]:
        width = len(self._header)
        while len(row) > width and not row[-1]:
            row.pop()
        if len(row) != width:
            yield self._failure(
                f"the row has {len(row)} cells where the header has {width}",
                'Quote a cell that holds a comma, a quote or an end of line: "a, b".',
                start,
            )
        elif any(map(undecoded, row)):
            remedy = "Save the file as UTF-8, or name its encoding with --encoding."
            yield self._failure("the row holds bytes that are not in the file's encoding", remedy, start)
        elif any("\0" in cell for cell in row):
            yield self._failure("the row holds zero bytes", "Remove them.", start)
        else:
            yield from row_document(dict(zip(self._header, row, strict=True)), self._origin, start, self._options)

    def _malformed(self, error: csv.Error, start: int) -> Failure:
        if "field limit" not in str(error):
            return self._failure(f"malformed CSV: {error}", "Mend the row.", start)
        return self._failure(
            f"a cell is longer than {self._longest_cell:,} characters; {self._unread(start)}",
            "Close a quote that is open, split the text, or raise --max-characters.",
            start,
        )

    def _unread(self, start: int) -> str:
        return f"lines {start} to {self._lines.number} were not read"

    def _failure(self, problem: str, remedy: str, line: int) -> Failure:
        return Failure(self._origin, problem, remedy, line)


def _header(lines: _Lines, options: SourceOptions) -> tuple[list[str], str]:
    """The columns' names and the delimiter that gives them; raises SourceError where none is the text's."""
    first = next((line for line in lines if line.strip()), "")
    if not first:
        raise SourceError("the file is empty", remedy="Give a file with text.")
    headers = {mark: _cells(first, mark) for mark in _DELIMITERS}
    for mark, names in headers.items():
        if options.text_column in names:
            return names, mark
    longest = max(headers.values(), key=len)
    problem = f"there is no column {options.text_column!r}"
    raise SourceError(problem, remedy=columns_remedy(longest), line=lines.number)


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return [name.strip() for name in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return []
