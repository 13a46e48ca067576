"""The types that pass from stage to stage: documents, evidence, actors, events. All are frozen."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Date
from typing import Any, Literal

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Factuality = Literal["happened", "ongoing", "planned", "promised", "called-for", "conditional", "denied", "background"]
Kind = Literal["person", "office", "country", "organisation", "group", "place", ""]
# What stands in an actor's `country` where it is none.
NO_STATES = frozenset({"IGO", "NGO", "IMG", "ISM", "MNC"})
Bound = Literal["", "at least", "at most", "about"]
Precision = Literal["day", "week", "month", "quarter", "year", ""]


def content_id(*parts: object) -> str:
    """Sixteen hexadecimal digits that depend on the parts alone: a hash of their canonical JSON."""
    canonical = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Document:
    """One text as it was given, with what its source says of it.

    Attributes:
        document_id: the source's own id, or a hash of the content (see `make`).
        text: the text that every offset counts in, never changed.
        date: publication date, where the source names one.
        language: ISO 639-1 code, where the source names one.
        origin: path, address or '-' that it was read from.
        line: line or row in `origin`, counted from 1, for files that hold many documents.
    """

    document_id: str
    text: str
    title: str = ""
    date: Date | None = None
    url: str = ""
    source: str = ""
    language: str = ""
    origin: str = ""
    line: int | None = None

    @classmethod
    def make(cls, text: str, *, document_id: str = "", date: Date | None = None, **fields: Any) -> Document:
        """A document; without an id of its own it gets the hash of its text, title and date."""
        given = document_id or content_id(text, fields.get("title", ""), date.isoformat() if date else "")
        return cls(document_id=given, text=text, date=date, **fields)


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that was not read, and why: a file, a line of a file, or a document."""

    origin: str
    problem: str
    remedy: str = ""
    line: int | None = None
    document_id: str = ""

    def __str__(self) -> str:
        where = self.origin + (f":{self.line}" if self.line is not None else "")
        return f"{where}: {self.problem}. {self.remedy}".rstrip()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a document. `start` and `end` count characters of the document's text, end exclusive."""

    document_id: str
    start: int
    end: int
    quote: str

    @classmethod
    def of(cls, document: Document, start: int, end: int) -> Evidence:
        """The words between two offsets; raises ValueError when they lie outside the text."""
        if not 0 <= start < end <= len(document.text):
            raise ValueError(f"no span {start}:{end} in a text of {len(document.text)} characters")
        return cls(document.document_id, start, end, document.text[start:end])


@dataclass(frozen=True, slots=True)
class TimeReference:
    """Words that name a time ('last Thursday', 'in August'), resolved against the document's date."""

    text: str
    start: int
    end: int
    date: Date
    date_end: Date
    precision: Precision


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the text; `lat` and `lon` in degrees (WGS 84), where known."""

    text: str
    start: int
    end: int
    name: str = ""
    country: str = ""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who a mention is on the document's date.

    Attributes:
        text: the words of the document; `start` and `end` are their offsets.
        country: ISO 3166-1 alpha-3 (XKX, TWN, PSE as in the codebook), or IGO, NGO, ISM, IMG, MNC, or ''.
        sector: the codebook's sector (GOV, MIL, ...), '' for a bare country.
        subsector: further sector codes, space-separated.
        confidence: 0 to 1, of the resolution alone.
        why: how it was resolved, for `communique who` and `explain`.
    """

    text: str
    start: int
    end: int
    name: str = ""
    entity_id: str = ""
    country: str = ""
    sector: str = ""
    subsector: str = ""
    office: str = ""
    wikidata: str = ""
    kind: Kind = ""
    confidence: float = 1.0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Magnitude:
    """A count or an amount that belongs to an act.

    Attributes:
        text: the words of the document, with 'at least' and the like; `start` and `end` are their offsets.
        value: the number; of vague words ('dozens') the least that they mean.
        bound: whether the number is the least, the most, or about so many.
        unit: 'person', an ISO 4217 code for money, or the noun that is counted, singular.
        kind: what becomes of those who are counted (killed, wounded, detained, ...), '' for others.
    """

    text: str
    start: int
    end: int
    value: float
    bound: Bound = ""
    unit: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Words that tell of an act: their sentence, and their offsets in the document's text."""

    sentence: int
    start: int
    end: int
    trigger: str


@dataclass(frozen=True, slots=True)
class Event:
    """One coded act. The fields are those of docs/formats.md, in the same order."""

    event_id: str
    document_id: str
    sentence: int
    start: int
    end: int
    trigger: str
    event_type: EventType
    mode: str
    contexts: tuple[str, ...]
    cameo: str
    goldstein: float
    quad_class: int
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    date: Date | None
    date_end: Date | None
    date_precision: Precision
    place: Place | None
    magnitudes: tuple[Magnitude, ...]
    factuality: Factuality
    attributed_to: Actor | None
    rule: str
    confidence: float
    sources: tuple[Source, ...]

    def to_dict(self) -> dict[str, Any]:
        """The event as plain JSON values."""
        result = _plain(dataclasses.asdict(self))
        assert isinstance(result, dict)
        return result

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Event:
        """The event that `to_dict` wrote."""
        fields = dict(values)
        for key in ("actors", "recipients"):
            fields[key] = tuple(Actor(**actor) for actor in fields[key])
        for key in ("date", "date_end"):
            fields[key] = Date.fromisoformat(fields[key]) if fields[key] else None
        fields["contexts"] = tuple(fields["contexts"])
        fields["sources"] = tuple(Source(**each) for each in fields["sources"])
        fields["magnitudes"] = tuple(Magnitude(**each) for each in fields["magnitudes"])
        fields["place"] = Place(**fields["place"]) if fields["place"] else None
        fields["attributed_to"] = Actor(**fields["attributed_to"]) if fields["attributed_to"] else None
        return cls(**fields)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, Date) else value
