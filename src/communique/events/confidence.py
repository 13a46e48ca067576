"""How surely an event is read: a logistic model over what is known of its reading (data/confidence.yaml).

The weights are learnt by `scripts/calibrate.py` on hand-labelled sentences of our own, so that of the events with a
confidence of 0.7 about seven in ten are right; docs/benchmarks.md has the table.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from communique.datafiles import build, load_yaml, packaged
from communique.events.composition import Reading
from communique.events.roles import Roles
from communique.model import Actor, Event, Factuality

CLAUSES = frozenset({"relcl", "advcl", "acl", "conj", "ccomp", "xcomp", "pcomp", "ROOT"})
GUESS = 0.6
# Of events below DOUBTFUL about one in ten is right; beside one that is so many times as sure it is left out.
DOUBTFUL = 0.3
SURER = 4.0


@dataclass(frozen=True, slots=True)
class Weights:
    """The model: a weight for each feature that `features` names; what it does not know weighs nothing."""

    bias: float
    weights: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def load(cls) -> Weights:
        """The weights that ship with the package."""
        path = packaged("communique.events.data", "confidence.yaml")
        return build(cls, load_yaml(path), path=path, where="confidence")

    def probability(self, features: Iterable[str]) -> float:
        """The probability, 0.01 to 0.99, that an event with these features is right."""
        value = self.bias + sum(self.weights.get(name, 0.0) for name in features)
        return round(min(0.99, max(0.01, 1 / (1 + math.exp(-value)))), 3)


def without_doubtful(events: Sequence[Event]) -> Iterator[Event]:
    """The events without those that are doubtful where the same sentence tells of a much surer one.

    A doubtful event that stands alone is kept: its confidence tells what it is.
    """
    surest: dict[int, float] = {}
    for event in events:
        surest[event.sentence] = max(event.confidence, surest.get(event.sentence, 0.0))
    for event in events:
        if event.confidence >= DOUBTFUL or event.confidence * SURER >= surest[event.sentence]:
            yield event


def features(reading: Reading, roles: Roles, code_type: str, factuality: Factuality, others: int) -> Iterator[str]:
    """What tells how surely an act was read, as names.

    Args:
        reading: the act in the sentence.
        roles: both sides of it.
        code_type: PLOVER's type of it.
        factuality: whether it came about.
        others: number of further acts that were read in the sentence.
    """
    innermost = reading.innermost
    yield f"type={code_type}"
    yield f"factuality={factuality}"
    yield f"others={min(others, 3)}"
    yield f"forces={min(len(reading.forces), 2)}"
    yield f"force={reading.forces[0] if reading.forces else ''}"
    yield f"clause={reading.clause.dep_ if reading.clause.dep_ in CLAUSES else 'other'}"
    yield f"word={innermost.predicate.pos_}"
    yield f"support={reading.support is not None}"
    yield f"tokens={min(len(reading.tokens), 4)}"
    yield from _sided("actor", roles.actors)
    yield from _sided("recipient", roles.recipients)
    if roles.actors and roles.recipients:
        same = {actor.country for actor in roles.actors} == {actor.country for actor in roles.recipients}
        yield f"domestic={same}"


def _sided(side: str, actors: tuple[Actor, ...]) -> Iterator[str]:
    if not actors:
        yield f"{side}=none"
        return
    first = actors[0]
    known = "country" if first.country else "sector" if first.sector else first.kind or "words"
    yield f"{side}={known}"
    yield f"{side}-guessed={first.confidence <= GUESS}"
