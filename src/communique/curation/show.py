"""Counts the entries of the lexicon by table and by where they come from."""

from __future__ import annotations

from pathlib import Path

from communique.actors.lexicon import REFRESHED, TABLES, layer_folders
from communique.datafiles import read_csv_entries


def counts(folder: Path) -> list[tuple[str, int, int, int]]:
    """For each table its name, and the entries of ours, fetched into the folder, and of the folder's own table.

    Raises:
        DataFileError: a table does not fit its schema.
    """
    places = (*layer_folders(()), folder / REFRESHED, folder)
    rows = []
    for table in TABLES:
        paths = [place / table.file for place in places]
        ours, fetched, own = (len(read_csv_entries(path, table.entry)) if path.is_file() else 0 for path in paths)
        rows.append((table.name, ours, fetched, own))
    return rows
