"""The examination: hand-coded sentences are coded, and each miss is told by its cause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from communique.errors import SourceError
from communique.exam.causes import CAUSES, Case, Cause, cause_of
from communique.exam.figures import Figure, Tally
from communique.exam.gold import Record, read_gold
from communique.exam.trace import Tracer
from communique.exam.verdicts import Verdict, verdicts
from communique.export.rows import side
from communique.model import Event, Failure


@dataclass(frozen=True, slots=True)
class Miss:
    """A label that was missed, or an event that no label wants.

    Attributes:
        type: the type that was wanted; of an event without a label the one that was coded.
        wanted, coded: both as a reader has them: sides, type, factuality, and of events the rule and the words.
        reason: why the label is arguable, '' where nobody says so.
    """

    cause: str
    type: str
    record: str
    text: str
    wanted: str
    coded: tuple[str, ...]
    reason: str = ""


@dataclass
class Examination:
    """What an examination found; `figures` are of full labellings alone."""

    records: int = 0
    labels: int = 0
    misses: list[Miss] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    def by_cause(self) -> list[tuple[Cause, list[Miss]]]:
        """The causes that there were, in their order, with their misses."""
        groups = [(cause, [miss for miss in self.misses if miss.cause == cause.name]) for cause in CAUSES]
        return [(cause, misses) for cause, misses in groups if misses]


def examine(path: str, tracer: Tracer, arguable: Mapping[str, str]) -> Examination:
    """Codes a file of hand-coded sentences and groups what was missed by cause.

    Args:
        path: JSON lines in one of the forms of `communique.exam.gold`.
        tracer: codes the sentences.
        arguable: why a label is arguable, by the record's id.

    Raises:
        SourceError: the file is not there, or not JSON lines.
    """
    result, tally = Examination(), Tally()
    for record in read_gold(path):
        if isinstance(record, Failure):
            result.failures.append(record)
            continue
        try:
            events, parsed, mentions = tracer.code(record.document)
        except SourceError as error:
            document = record.document
            failure = Failure(path, error.problem, error.remedy, document.line, document.document_id)
            result.failures.append(failure)
            continue
        found = verdicts(record, events)
        result.records += 1
        result.labels += len(record.labels)
        if record.form == "full":
            tally.add(record, events, found)
        missed = [verdict for verdict in found if verdict.fault]
        if missed:
            trace = tracer.trace(parsed, mentions)
            reason = arguable.get(record.document.document_id, "")
            cases = [Case(verdict, trace, reason) for verdict in missed]
            result.misses += [_miss(case, record, events) for case in cases]
    result.figures = tally.figures()
    return result


def _miss(case: Case, record: Record, events: Sequence[Event]) -> Miss:
    document, verdict = record.document, case.verdict
    wanted = str(verdict.label) if verdict.label is not None else ""
    coded = tuple(map(told, _shown(verdict, events)))
    return Miss(cause_of(case).name, verdict.type, document.document_id, document.text, wanted, coded, case.arguable)


def _shown(verdict: Verdict, events: Sequence[Event]) -> Sequence[Event]:
    """The extra event alone; else all, with the one that answers the label first."""
    if verdict.label is None and verdict.event is not None:
        return [verdict.event]
    return sorted(events, key=lambda event: event is not verdict.event)


def told(event: Event) -> str:
    """An event in short, with its rule and its words."""
    sides = f"{side(event.actors) or '-'} {event.event_type} {side(event.recipients) or '-'}"
    return f"{sides}, {event.factuality}, by {event.rule} at {event.trigger!r}"
