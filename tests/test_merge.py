"""One act told several times is one event with several sources; acts that only resemble each other stay apart."""

from __future__ import annotations

from datetime import date

import pytest

from communique import Event, Reader

DAY = date(2019, 3, 14)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def coded(reader: Reader, text: str, event_type: str) -> list[Event]:
    return [event for event in reader.read(text, date=DAY).events if event.event_type == event_type]


@pytest.mark.parametrize(
    ("text", "event_type", "triggers"),
    [
        ("Turkey shelled a Syrian post on Monday. The shelling killed two Syrian soldiers.", "ASSAULT", 2),
        ("Kenya expelled two Somali diplomats. The expulsion of the Somali diplomats came at noon.", "SANCTION", 2),
        (
            "The Polish president met the Czech president on Tuesday. The Czech president met him in Prague.",
            "CONSULT",
            2,
        ),
        ("The Danish minister telephoned his Irish counterpart to discuss fishing.", "CONSULT", 2),
    ],
)
def test_one_act_told_twice(reader: Reader, text: str, event_type: str, triggers: int) -> None:
    events = coded(reader, text, event_type)
    assert len(events) == 1, [(event.trigger, event.sources) for event in events]
    assert len(events[0].sources) == triggers
    for source in events[0].sources:
        assert text[source.start : source.end] == source.trigger


@pytest.mark.parametrize(
    ("text", "event_type", "number"),
    [
        ("Turkey shelled Idlib on Monday. Turkey shelled Idlib on Tuesday.", "ASSAULT", 2),
        ("Russia shelled Kharkiv. Russia shelled Kherson.", "ASSAULT", 2),
        ("The Polish president met the Czech president. The Polish president met the Slovak president.", "CONSULT", 2),
        ("Kenya expelled two Somali diplomats. Kenya may expel two Somali diplomats.", "SANCTION", 2),
        ("Turkey arrested three Syrians. Turkish police arrested four Greeks.", "COERCE", 2),
    ],
)
def test_acts_that_resemble_each_other(reader: Reader, text: str, event_type: str, number: int) -> None:
    events = coded(reader, text, event_type)
    assert len(events) == number, [(event.trigger, event.sources) for event in events]


def test_a_demand_is_part_of_the_protest_that_voices_it(reader: Reader) -> None:
    events = reader.read("Thousands of Chileans marched to demand the resignation of their president.", date=DAY).events
    assert [(event.event_type, event.cameo) for event in events] == [("PROTEST", "1411")]


def test_a_purpose_is_as_future_as_what_serves_it(reader: Reader) -> None:
    events = reader.read("The Omani minister will travel to Yemen to mediate.", date=DAY).events
    assert {event.event_type for event in events} == {"AGREE"}
    assert {event.factuality for event in events} == {"planned"}
