"""Why an act was missed: causes in their order, each a test of what the stages did; the first that holds is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from communique.exam.trace import Trace, Tried
from communique.exam.verdicts import Verdict, names

_WORDS = re.compile(r"[\w'-]+")


@dataclass(frozen=True, slots=True)
class Case:
    """A miss with what the stages did; `arguable` is why its label is, '' where nobody says so."""

    verdict: Verdict
    trace: Trace
    arguable: str = ""

    @property
    def types(self) -> frozenset[str]:
        """The types that would have been right."""
        return self.verdict.label.types if self.verdict.label is not None else frozenset()

    @property
    def trigger(self) -> frozenset[str]:
        """The words that the label calls the trigger, in lower case; none where it does not tell."""
        label = self.verdict.label
        return frozenset(_WORDS.findall(label.trigger.lower())) if label is not None else frozenset()

    def tried(self) -> Iterator[Tried]:
        """The wordings of a right type that were tried: at the trigger, where the label tells it."""
        for tried in self.trace.tried:
            if not self.types.isdisjoint(tried.types) and (not self.trigger or tried.word in self.trigger):
                yield tried

    def fates(self) -> set[str]:
        """What became of the acts of a right type that were read."""
        return {read.fate for read in self.trace.read if read.type in self.types}


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause, what it means, and its test."""

    name: str
    meaning: str
    holds: Callable[[Case], bool]


def _arguable(case: Case) -> bool:
    return bool(case.arguable)


def _extra(case: Case) -> bool:
    return case.verdict.fault == "extra"


def _factuality(case: Case) -> bool:
    return case.verdict.fault == "factuality"


def _sides_wrong(case: Case) -> bool:
    """Whether the act itself was found: coded between others, or dropped since it names nobody."""
    return case.verdict.fault == "sides" or (case.verdict.fault == "type" and "nobody" in case.fates())


def _actor(case: Case) -> bool:
    label = case.verdict.label
    if label is None or not _sides_wrong(case):
        return False
    if case.verdict.event is None and not case.trace.mentions:
        return True
    return not all(names(side, case.trace.mentions) for side in (label.source, label.target) if side.given)


def _domain(case: Case) -> bool:
    return "domain" in case.fates()


def _doubtful(case: Case) -> bool:
    return any(event.event_type in case.types for event in case.trace.left_out)


def _composed(case: Case) -> bool:
    return "mentioned" in case.fates() or any(tried.outcome == "fits" for tried in case.tried())


def _condition(case: Case) -> bool:
    """Where another wording took the word from one of the type that fits as well, no condition is to blame."""
    taken = {tried.word for tried in case.tried() if tried.outcome == "taken"}
    return any(tried.outcome == "condition" and tried.word not in taken for tried in case.tried())


def _parse(case: Case) -> bool:
    """A word that was tried for nothing of the type is one that the parser gives another part of speech."""
    seen = {tried.word for tried in case.tried()}
    heads = frozenset[str]().union(*(case.trace.heads.get(name, ()) for name in case.types))
    words = (word for word in case.trace.words if not case.trigger or word.form in case.trigger)
    return any(word.form not in seen and not heads.isdisjoint(word.lemmas) for word in words)


def _other_sense(case: Case) -> bool:
    return bool(case.verdict.others) or any(tried.outcome == "taken" for tried in case.tried())


CAUSES = (
    Cause("arguable", "the label is arguable, as the file of --arguable says", _arguable),
    Cause("not labelled", "coded, and no label wants it", _extra),
    Cause("factuality", "the type is right, the factuality is not", _factuality),
    Cause("actor", "the act is right, but who a side is was not told, or told wrong", _actor),
    Cause(
        "frame", "the act is right and both sides are known, but they stand elsewhere or were left out", _sides_wrong
    ),
    Cause("domain", "an act of the type was read, and thought to be no politics", _domain),
    Cause("doubtful", "an act of the type was coded, and left out as doubtful", _doubtful),
    Cause("composed", "a wording of the type fits, but was taken into another act or for a mere mention", _composed),
    Cause("condition", "a wording of the type was tried, and a condition on its arguments failed", _condition),
    Cause("parse", "the head of a wording of the type is there, as another part of speech", _parse),
    Cause("other sense", "its words are known as another act, or as none", _other_sense),
    Cause("trigger missing", "no wording of the type is there", lambda case: True),
)


def cause_of(case: Case) -> Cause:
    """The first cause that holds."""
    return next(cause for cause in CAUSES if cause.holds(case))
