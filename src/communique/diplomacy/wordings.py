"""Named sets of words, the plainest of the data of diplomacy."""

from __future__ import annotations

from dataclasses import dataclass

from communique.datafiles import packaged, read_yaml_entries

DATA = "communique.diplomacy.data"


@dataclass(frozen=True, slots=True)
class WordSet:
    """Lemmas or lower-case forms under one name."""

    id: str
    words: tuple[str, ...]


def load_sets(name: str) -> dict[str, frozenset[str]]:
    """The sets of a data file."""
    entries = read_yaml_entries(packaged(DATA, f"{name}.yaml"), WordSet)
    return {entry.id: frozenset(entry.words) for entry in entries}
