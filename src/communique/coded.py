"""What one document gave, all together."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as Date

from communique.diplomacy.things import Things
from communique.model import Document, Event, Failure, Place


@dataclass(frozen=True, slots=True)
class Coded:
    """What one document gave: its header as found, its sentences, its events, its things of diplomacy, its problems."""

    document: Document
    date: Date | None
    dateline: str
    dateline_place: Place | None
    agency: str
    attribution: str
    language: str
    sentences: tuple[tuple[int, int], ...]
    events: tuple[Event, ...]
    problems: tuple[Failure, ...] = ()
    things: Things = field(default_factory=Things)
