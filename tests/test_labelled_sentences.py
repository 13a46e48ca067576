"""Labelled sentences of our own (tests/data/events): figures stay above floors, and confidence means what it says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from communique import Document, Reader
from communique.exam.examine import Examination, examine
from communique.exam.trace import Tracer
from communique.settings import Settings

FOLDER = Path(__file__).parent / "data/events"
# Type F1 and triple F1 over all labelled acts. 'remote' words every act as remotely from its usual words as can be.
FLOORS = {
    "wire_leads": (0.77, 0.62),
    "newspapers": (0.62, 0.40),
    "domestic": (0.76, 0.58),
    "readouts": (0.70, 0.48),
    "remote": (0.36, 0.19),
    "ordinary_abroad": (0.74, 0.54),
    "ordinary_at_home": (0.72, 0.53),
}


@pytest.fixture(scope="module")
def tracer() -> Tracer:
    return Tracer(Settings(force_language=True))


def figures(examination: Examination) -> dict[str, float]:
    return {figure.name: figure.value for figure in examination.figures if figure.value is not None}


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_figures_hold(tracer: Tracer, name: str) -> None:
    found = figures(examine(str(FOLDER / f"{name}.jsonl"), tracer, {}))
    types, triples = FLOORS[name]
    assert found["type F1"] >= types, found
    assert found["triple F1"] >= triples, found


def judged() -> Iterator[tuple[float, bool]]:
    """The confidence of each coded event, and whether a label has its type and whether it came about."""
    reader = Reader(Settings(force_language=True))
    for name in ("wire_leads", "ordinary_abroad"):
        for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            item: dict[str, Any] = json.loads(line)
            types = {label["type"] for label in item["events"]}
            for event in reader.code(Document.make(item["text"])).events:
                yield event.confidence, event.event_type in types


def test_what_is_said_more_surely_is_more_often_right() -> None:
    bands: dict[int, list[bool]] = {0: [], 1: [], 2: []}
    for confidence, right in judged():
        bands[0 if confidence < 0.3 else 1 if confidence < 0.7 else 2].append(right)
    shares = [sum(band) / len(band) for band in bands.values()]
    assert shares == sorted(shares), shares
    assert shares[2] >= 0.85, shares
