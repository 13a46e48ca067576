"""What is right and what is not: labels against coded events, by the rules of the scorers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from communique.exam.gold import Label, Record, Side
from communique.model import Actor, Event

Fault = Literal["", "type", "sides", "factuality", "extra"]
RECIPROCAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
BOTH_SIDES = 2


@dataclass(frozen=True, slots=True)
class Verdict:
    """A label with the event that answers it, if any has its type; an event without a label where one is extra.

    Attributes:
        others: the coded events that answer no other label: what may have been coded in its place.
    """

    label: Label | None
    event: Event | None
    fault: Fault
    others: tuple[Event, ...] = ()

    @property
    def type(self) -> str:
        """The type that was wanted; of an extra event the one that was coded."""
        if self.label is not None:
            return self.label.type
        return self.event.event_type if self.event is not None else ""


def verdicts(record: Record, events: Sequence[Event]) -> list[Verdict]:
    """One for each label, and in a full labelling one for each event that no label wants."""
    if record.form == "full":
        return _full(record, events)
    judge = _relation if record.form == "relation" else _plover
    return [judge(label, events) for label in record.labels]


def triple_ok(label: Label, event: Event) -> bool:
    """Whether type and countries are right, as the scorer of PLOVER's records has it: a side without any is free."""
    if event.event_type not in label.types:
        return False
    source, target = label.source.countries, label.target.countries
    actors, recipients = countries(event.actors), countries(event.recipients)
    if _side_ok(source, actors) and _side_ok(target, recipients):
        return True
    if event.event_type in RECIPROCAL or not label.target.given:
        crossed = _side_ok(source, recipients) and _side_ok(target, actors)
        return crossed or source | target <= actors | recipients
    return False


def countries(side: Iterable[Actor]) -> frozenset[str]:
    """The countries of one side of an event."""
    return frozenset(actor.country for actor in side)


def names(side: Side, actors: Iterable[Actor]) -> bool:
    """Whether one of the actors is the side's: by its words, or by a country; a side without any is free."""
    if side.words:
        words = side.words.lower()
        return any(actor.text and (actor.text.lower() in words or words in actor.text.lower()) for actor in actors)
    return _side_ok(side.countries, countries(actors))


def overlaps(label: Label, event: Event, text: str) -> bool:
    """Whether an event rests on the words that the label calls its trigger."""
    start = text.find(label.trigger) if label.trigger else -1
    return start >= 0 and start < event.end and event.start < start + len(label.trigger)


def _side_ok(gold: frozenset[str], coded: frozenset[str]) -> bool:
    return not gold or not gold.isdisjoint(coded)


def _plover(label: Label, events: Sequence[Event]) -> Verdict:
    right = next((event for event in events if triple_ok(label, event)), None)
    if right is not None:
        return Verdict(label, right, "")
    same = next((event for event in events if event.event_type in label.types), None)
    return Verdict(label, same, "sides" if same is not None else "type", tuple(events))


def _relation(label: Label, events: Sequence[Event]) -> Verdict:
    """By the event that has most of both sides, as the scorer of relation records has it."""
    best = max(events, key=lambda event: _sides_named(label, event), default=None)
    if best is not None and best.event_type in label.types:
        return Verdict(label, best, "" if _sides_named(label, best) == BOTH_SIDES else "sides", tuple(events))
    same = next((event for event in events if event.event_type in label.types), None)
    return Verdict(label, same, "sides" if same is not None else "type", tuple(events))


def _sides_named(label: Label, event: Event) -> int:
    straight = names(label.source, event.actors) + names(label.target, event.recipients)
    if event.event_type not in RECIPROCAL:
        return straight
    both = (*event.actors, *event.recipients)
    return max(straight, names(label.source, both) + names(label.target, both))


def _full(record: Record, events: Sequence[Event]) -> list[Verdict]:
    """Pairs each label with at most one event of its type: the best pairs first."""
    text = record.document.text
    pairs = [
        (_likeness(label, event, text), -number, -place)
        for number, label in enumerate(record.labels)
        for place, event in enumerate(events)
        if event.event_type in label.types
    ]
    answers: dict[int, int] = {}
    for _, minus_number, minus_place in sorted(pairs, reverse=True):
        if -minus_number not in answers and -minus_place not in answers.values():
            answers[-minus_number] = -minus_place
    extra = tuple(event for place, event in enumerate(events) if place not in answers.values())
    found = []
    for number, label in enumerate(record.labels):
        answer = events[answers[number]] if number in answers else None
        over = tuple(event for event in events if event not in extra and overlaps(label, event, text))
        found.append(Verdict(label, answer, _fault(label, answer), (*extra, *over)))
    return found + [Verdict(None, event, "extra") for event in extra]


def _likeness(label: Label, event: Event, text: str) -> tuple[bool, bool, bool]:
    return triple_ok(label, event), overlaps(label, event, text), event.factuality == label.factuality


def _fault(label: Label, event: Event | None) -> Fault:
    if event is None:
        return "type"
    if event.factuality != label.factuality:
        return "factuality"
    return "" if triple_ok(label, event) else "sides"
