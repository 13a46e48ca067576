"""Checks of the dated tables: who held an office when, and whether the dates can be true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from communique.actors.lexicon import Holder, Office
from communique.actors.terms import possible_days, precision

Kind = Literal["overlap", "gap", "impossible", "unknown-office", "bad-date"]

# An office whose notes hold these words may have several holders on one day (senators, members of a presidency).
SHARED = "several holders at once"
# A term whose notes hold one of these words may overlap with another's: the holder proper is suspended or ill.
PROVISIONAL = ("acting", "caretaker", "interim")
# A handover takes days; a longer overlap is a mistake in a date.
OVERLAP_DAYS = 31
# After an election a cabinet can take a season to form; a longer gap means a holder that the table lacks.
GAP_DAYS = 92


@dataclass(frozen=True, slots=True)
class Finding:
    """One doubt about a table.

    Attributes:
        kind: overlap, gap, impossible, unknown-office or bad-date.
        entry: the holder and office concerned.
        explanation: what does not fit, in one sentence without a full stop.
        other: the other holder and office, of an overlap.
    """

    kind: Kind
    entry: str
    explanation: str
    other: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class _Span:
    """A term with the first and the last day that each of its dates can mean."""

    holder: Holder
    start: tuple[date, date]
    end: tuple[date, date]

    @property
    def entry(self) -> str:
        return entry_of(self.holder)

    @property
    def provisional(self) -> bool:
        return any(word in self.holder.notes for word in PROVISIONAL)


def check_holders(offices: Iterable[Office], holders: Iterable[Holder]) -> list[Finding]:
    """What cannot be true or seems to be missing in the holders of offices.

    Dates known to the month or year are given the benefit of the doubt: a finding is made only where no day that they
    can mean would do.

    Args:
        offices: the offices that holders may name.
        holders: terms in office, in any order.

    Returns:
        Findings by kind: unknown offices, bad and impossible dates first, then overlaps and gaps office by office.
    """
    known = {office.id: office for office in offices}
    findings: list[Finding] = []
    terms: dict[str, list[_Span]] = {}
    for holder in holders:
        if holder.office not in known:
            findings.append(Finding("unknown-office", entry_of(holder), f"there is no office {holder.office!r}"))
            continue
        span, doubts = _span(holder)
        findings.extend(doubts)
        if span is not None:
            terms.setdefault(holder.office, []).append(span)
    for office_id, spans in terms.items():
        if SHARED not in known[office_id].notes:
            spans.sort(key=lambda span: span.start)
            findings.extend(_overlaps(spans))
            findings.extend(_gaps(spans))
    return findings


def _span(holder: Holder) -> tuple[_Span | None, list[Finding]]:
    start = possible_days(holder.start) if holder.start else (date.min, date.min)
    end = possible_days(holder.end) if holder.end else (date.max, date.max)
    if start is None or end is None:
        wrong = holder.start if start is None else holder.end
        return None, [Finding("bad-date", entry_of(holder), f"{wrong!r} is no date YYYY, YYYY-MM or YYYY-MM-DD")]
    if end[1] < start[0]:
        explanation = f"the term ends on {holder.end} before it starts on {holder.start}"
        return None, [Finding("impossible", entry_of(holder), explanation)]
    found = precision(holder.start, holder.end)
    doubts = []
    if holder.precision != found:
        explanation = f"the precision is given as {holder.precision!r} where the dates have {found!r}"
        doubts.append(Finding("bad-date", entry_of(holder), explanation))
    return _Span(holder, start, end), doubts


def _overlaps(spans: list[_Span]) -> Iterator[Finding]:
    for index, earlier in enumerate(spans):
        for later in spans[index + 1 :]:
            if earlier.holder.person == later.holder.person or earlier.provisional or later.provisional:
                continue
            first, last = later.start[1], min(earlier.end[0], later.end[0])
            if last - first > timedelta(days=OVERLAP_DAYS):
                until = "today" if last == date.max else last.isoformat()
                explanation = f"held together with {earlier.holder.person} from {first.isoformat()} to {until}"
                yield Finding("overlap", later.entry, explanation, earlier.entry)


def _gaps(spans: list[_Span]) -> Iterator[Finding]:
    latest = spans[0].end[1]
    for span in spans[1:]:
        if span.start[0] > latest and span.start[0] - latest > timedelta(days=GAP_DAYS):
            explanation = f"no holder is known from {latest.isoformat()} to {span.start[0].isoformat()}"
            yield Finding("gap", span.entry, explanation)
        latest = max(latest, span.end[1])


def entry_of(holder: Holder) -> str:
    """How findings name a term."""
    return f"{holder.person}, {holder.office}, {holder.start}"
