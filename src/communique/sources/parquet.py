"""Parquet tables: a document a row, read as a stream through DuckDB."""

from __future__ import annotations

import glob
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from communique.errors import SourceError
from communique.model import Document, Failure
from communique.sources.documents import columns_remedy, row_document
from communique.sources.options import SourceOptions

_ROWS = 100
_MAGIC = b"PAR1"
# Nothing is fetched, and one thread keeps the fewest texts in memory at a time.
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "threads": 1,
}


def load_parquet(path: Path, origin: str, options: SourceOptions) -> Iterator[Document | Failure]:
    """A .parquet file: a document a row; a bad row is a Failure that names it.

    Raises SourceError where the file is empty, is no Parquet, or has no column of text; and, after the rows
    before it, where a part of it is damaged.
    """
    import duckdb

    with path.open("rb") as stream:
        head = stream.read(len(_MAGIC))
    if not head:
        raise SourceError("the file is empty", remedy="Give a file with text.")
    if head != _MAGIC:
        raise SourceError("is no Parquet file, whatever its extension says", remedy="Write it again.")
    number = 0
    try:
        with duckdb.connect(":memory:", config=_CONFIG) as connection:
            cursor, columns = _select(connection, path, options)
            while rows := cursor.fetchmany(_ROWS):
                for row in rows:
                    number += 1
                    values = dict(zip(columns, row, strict=True))
                    yield from row_document(values, origin, number, options)
    except duckdb.Error as error:
        first = next(iter(str(error).splitlines()), type(error).__name__)
        raise SourceError(
            f"the Parquet file cannot be read after row {number}: {first}", remedy="Write it again."
        ) from error
    if not number:
        raise SourceError("the table has no rows", remedy="Give a table with documents.")


def _select(connection: Any, path: Path, options: SourceOptions) -> tuple[Any, list[str]]:
    """A cursor over those of our columns that the table has, and their names."""
    # DuckDB expands globs in the names of files, and these are names already.
    table = [glob.escape(str(path))]
    described = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", table).fetchall()
    names = [row[0] for row in described]
    if options.text_column not in names:
        problem = f"there is no column {options.text_column!r}"
        raise SourceError(problem, remedy=columns_remedy(names))
    columns = [name for name in dict.fromkeys(options.columns) if name in names]
    chosen = ", ".join(map(_expression, columns, [options.date_column] * len(columns)))
    return connection.execute(f"SELECT {chosen} FROM read_parquet(?)", table), columns


def _expression(name: str, date_column: str) -> str:
    """A column in SQL; dates as text, since DuckDB has some that Python has not."""
    quoted = '"' + name.replace('"', '""') + '"'
    return f"CAST({quoted} AS VARCHAR)" if name == date_column else quoted
