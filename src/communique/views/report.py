"""A report: what every view comes to before it is Markdown or HTML, and the numbered list of its sources."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date
from functools import cached_property
from typing import Any, Protocol

from communique.record.store import Record
from communique.views.acts import Month

REFERENCES = """
WITH chosen AS (SELECT unnest(string_split($1, chr(31))) AS document_id)
SELECT d.document_id, coalesce(d.title, ''), d.date, coalesce(nullif(d.source, ''), nullif(d.agency, ''), d.origin, ''),
       coalesce(d.url, '')
FROM documents d JOIN chosen USING (document_id)
"""


@dataclass(frozen=True, slots=True)
class Reference:
    """A document that a report quotes."""

    number: int
    document_id: str
    title: str
    date: Date | None
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a report.

    Attributes:
        day: when; '' where no text tells.
        text: what; `marks` are what stands behind it in small.
        quote: the sentence that says it; `words` are the part of it to be set off.
        documents: ids of those that tell it, the quoted one first.
        reason: why it stands where it does.
    """

    day: str
    text: str
    marks: tuple[str, ...] = ()
    quote: str = ""
    words: str = ""
    documents: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its head, and the entries of each column."""

    head: str
    cells: tuple[tuple[Entry, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Entries side by side."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report; `empty` is what it says where it has nothing."""

    heading: str
    entries: tuple[Entry, ...] = ()
    empty: str = ""
    note: str = ""
    table: Table | None = None
    tone: tuple[Month, ...] = ()
    sections: tuple[Section, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing but that."""
        return not (self.entries or self.tone or self.sections or (self.table and self.table.rows))


@dataclass(frozen=True)
class Report:
    """A title, what the report covers, its sections and its sources."""

    title: str
    about: tuple[str, ...]
    sections: tuple[Section, ...]
    sources: tuple[Reference, ...]

    def numbers(self, entry: Entry) -> tuple[int, ...]:
        """The numbers of an entry's sources, that of its quote first."""
        return tuple(self._known[document] for document in entry.documents if document in self._known)

    @cached_property
    def _known(self) -> dict[str, int]:
        return {source.document_id: source.number for source in self.sources}


class View(Protocol):
    """The typed result of a view: a frozen dataclass with `sources`."""

    @property
    def sources(self) -> tuple[Reference, ...]:
        """The documents that it quotes."""

    def report(self) -> Report:
        """The same as a report."""


def references(store: Record, shown: Any) -> tuple[Reference, ...]:
    """The documents that a result quotes, numbered as they come."""
    identities = list(dict.fromkeys(_cited(shown)))
    if not identities:
        return ()
    rows = store.query(REFERENCES, [chr(31).join(identities)])[1]
    found = {row[0]: row for row in rows}
    return tuple(Reference(n, *found[each]) for n, each in enumerate((i for i in identities if i in found), 1))


def _cited(value: Any) -> Iterator[str]:
    if isinstance(value, tuple):
        for item in value:
            yield from _cited(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            content = getattr(value, field.name)
            yield from content if field.name == "documents" else _cited(content)
