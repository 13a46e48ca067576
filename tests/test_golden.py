"""Whole dispatches: each file of tests/golden holds a text, a line of '=', and the record that it must give."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique import Event, Reader
from communique.coded import Coded

FOLDER = Path(__file__).parent / "golden"
RULE = "=" * 20


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def line(event: Event) -> str:
    """One event as the golden files write it."""
    sides = [
        " + ".join(dict.fromkeys(" ".join(filter(None, (a.country, a.sector))) or a.text for a in side)) or "-"
        for side in (event.actors, event.recipients)
    ]
    return (
        f"{event.date} {event.event_type} {event.cameo} {event.factuality}: {sides[0]} -> {sides[1]} | {event.trigger}"
    )


def record(coded: Coded) -> list[str]:
    """The record of a dispatch as the golden files write it."""
    head = f"date {coded.date}; place {coded.dateline}; agency {coded.agency}; from {coded.attribution}"
    return [head, *map(line, coded.events)]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_dispatch_gives_its_record(reader: Reader, path: Path) -> None:
    text, _, expected = path.read_text(encoding="utf-8").partition(f"\n{RULE}\n")
    coded = reader.read(text).coded
    assert record(coded) == expected.splitlines()
    for event in coded.events:
        for part in (event, *event.actors, *event.recipients):
            words = part.trigger if isinstance(part, Event) else part.text
            assert text[part.start : part.end] == words


def test_the_real_dispatch_of_the_codebook(reader: Reader) -> None:
    path = Path(__file__).parents[2] / "shared/dispatches/kazinform-2015-11-02.txt"
    if not path.exists():
        pytest.skip("the codebook's dispatch is not here")
    coded = reader.read(path.read_text(encoding="utf-8")).coded
    rows = [
        (e.event_type, frozenset(a.country for a in (*e.actors, *e.recipients)), str(e.date), e.factuality)
        for e in coded.events
    ]
    both = frozenset({"KAZ", "USA"})
    assert ("CONSULT", both, "2015-11-02", "happened") in rows
    assert ("CONSULT", both, "2015-11-01", "happened") in rows
    assert any(kind == "AGREE" and sides == both for kind, sides, _, _ in rows)
    assert any(e.event_type == "SUPPORT" and e.actors[0].country == "USA" for e in coded.events if e.actors)
    assert any(kind == "CONSULT" and factuality == "background" for kind, _, _, factuality in rows)
    assert not any(kind in ("ASSAULT", "RETREAT") for kind, *_ in rows)
    assert not any(a.country in ("IRN", "AFG") for e in coded.events for a in e.actors)
    assert coded.dateline_place is not None
    assert (str(coded.date), coded.dateline_place.name, coded.agency) == ("2015-11-02", "Astana", "KAZINFORM")
