"""What the text stage gives: a document with its header found and its body parsed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from communique.model import Document, TimeReference
from communique.text.tree import Span, Tree, Word


@dataclass(frozen=True, slots=True)
class Words:
    """Some words of the document's text with their offsets (characters, end exclusive)."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Header:
    """What stands at the head and foot of a dispatch.

    Attributes:
        date: date at the head, if any.
        dateline: the places of the dateline ('KYIV', 'MOSCOW').
        agency: the news agency, if named.
        byline: the author, if named.
        attribution: the trailing 'Source: ...', if any.
        body_start, body_end: where the text proper begins and ends.
    """

    body_start: int
    body_end: int
    date: date | None = None
    date_words: Words | None = None
    dateline: tuple[Words, ...] = ()
    agency: Words | None = None
    byline: Words | None = None
    attribution: Words | None = None


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A document ready for coding.

    Attributes:
        date: the reference date: the document's own, else its header's, else the user's, else None.
        doc: the parse of the cleaned body.
        offsets: for each character of `doc.text`, its offset in `document.text`; one more entry for the end.
        times: per sentence of `doc`, the times it names, in order.
    """

    document: Document
    header: Header
    date: date | None
    language: str
    doc: Tree
    offsets: tuple[int, ...] | range
    times: tuple[tuple[TimeReference, ...], ...] = field(default=())

    @property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences, in order."""
        return self.doc.sents

    def words(self, first: Word, last: Word) -> Words:
        """The document's own words from one token to another, both included."""
        start = self.offsets[first.idx]
        end = self.offsets[last.idx + len(last.text) - 1] + 1
        return Words(self.document.text[start:end], start, end)
