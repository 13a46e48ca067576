"""Figures of a full labelling: types, triples, factuality, what comes first, silence and false alarms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from communique.exam.gold import Record
from communique.exam.verdicts import Verdict, triple_ok
from communique.model import Event

REAL = frozenset({"happened", "ongoing"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A share with its counts; F1 has none. `value` is None where there was nothing to count."""

    name: str
    value: float | None
    hits: int | None = None
    of: int | None = None


@dataclass
class Tally:
    """Counts over the records seen so far; `figures` has what follows from them."""

    sentences: int = 0
    top: int = 0
    silent: int = 0
    empty: int = 0
    alarms: int = 0
    labels: int = 0
    coded: int = 0
    types: int = 0
    triples: int = 0
    factual: int = field(default=0)

    def add(self, record: Record, events: Sequence[Event], found: Sequence[Verdict]) -> None:
        """Counts one record with its events and verdicts."""
        self.labels += len(record.labels)
        self.coded += len(events)
        if record.labels:
            self.sentences += 1
            self.silent += not events
            self.top += bool(events) and events[0].event_type in record.labels[0].types
        else:
            self.empty += 1
            self.alarms += any(event.factuality in REAL for event in events)
        for verdict in found:
            if verdict.label is not None and verdict.event is not None:
                self.types += 1
                self.triples += triple_ok(verdict.label, verdict.event)
                self.factual += verdict.event.factuality == verdict.label.factuality

    def figures(self) -> list[Figure]:
        """The figures, none where no record of a full labelling was seen."""
        if not self.sentences + self.empty:
            return []
        return [
            *_three("type", self.types, self.coded, self.labels),
            *_three("triple", self.triples, self.coded, self.labels),
            _share("factuality of right types", self.factual, self.types),
            _share("top", self.top, self.sentences),
            _share("silent", self.silent, self.sentences),
            _share("happened, where nothing is labelled", self.alarms, self.empty),
        ]


def _share(name: str, hits: int, of: int) -> Figure:
    return Figure(name, hits / of if of else None, hits, of)


def _three(name: str, hits: int, coded: int, labels: int) -> list[Figure]:
    both = coded + labels
    return [
        _share(f"{name} precision", hits, coded),
        _share(f"{name} recall", hits, labels),
        Figure(f"{name} F1", 2 * hits / both if both else None),
    ]
