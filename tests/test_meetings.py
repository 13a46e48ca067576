"""Meetings, visits, invitations, gifts, awards, accreditations and institutions, in sentences of our own."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from communique.diplomacy.things import Things
from communique.model import Actor
from communique.reader import Reader

DISPATCH = Path(__file__).resolve().parents[2] / "shared" / "dispatches" / "kazinform-2015-11-02.txt"
TODAY = date(2016, 5, 5)


@cache
def reader() -> Reader:
    """The reader of all tests."""
    return Reader()


def things(text: str, day: date | None = TODAY) -> Things:
    """What a text tells of."""
    return reader().read(text, date=day).things


def countries(actors: tuple[Actor, ...]) -> set[str]:
    """Whose they are."""
    return {actor.country for actor in actors}


@pytest.mark.parametrize(
    ("text", "who", "kind", "factuality"),
    [
        ("The foreign minister of Fiji met his Tongan counterpart in Suva.", {"FJI", "TON"}, "bilateral", "happened"),
        ("The president of Peru spoke by telephone with the president of Chile.", {"PER", "CHL"}, "call", "happened"),
        ("The foreign ministers of Estonia and Georgia held talks in Tallinn.", {"EST", "GEO"}, "talks", "happened"),
        ("The king of Norway received the president of Ghana in Oslo.", {"NOR", "GHA"}, "bilateral", "happened"),
        ("The premier of Nepal will meet the president of India on 9 May.", {"NPL", "IND"}, "bilateral", "planned"),
        (
            "The Tunisian and Libyan presidents met on the sidelines of the summit.",
            {"TUN", "LBY"},
            "sidelines",
            "happened",
        ),
    ],
)
def test_a_meeting(text: str, who: set[str], kind: str, factuality: str) -> None:
    [meeting] = things(text).meetings
    assert (countries(meeting.participants), meeting.kind, meeting.factuality) == (who, kind, factuality)
    assert text[meeting.quote.start : meeting.quote.end] == meeting.quote.trigger


@pytest.mark.parametrize(
    "text",
    [
        "The foreign minister of Fiji did not meet his Tongan counterpart.",
        "Peru urged Chile to hold talks with Bolivia.",
        "The cabinet meeting in Lima lasted two hours.",
    ],
)
def test_no_meeting(text: str) -> None:
    assert things(text).meetings == ()


def test_several_tellings_are_one_meeting_with_its_topics() -> None:
    text = (
        "The foreign minister of Latvia met his Georgian counterpart in Riga on Tuesday. "
        "During the meeting they discussed trade and energy. The meeting ended late."
    )
    [meeting] = things(text).meetings
    assert len(meeting.sources) == 3
    assert {topic.topic for topic in meeting.topics} >= {"trade", "energy"}
    assert (meeting.when.date, meeting.level) == (date(2016, 5, 3), "minister")


def test_an_earlier_meeting_stays_apart() -> None:
    text = (
        "The foreign minister of Latvia met his Georgian counterpart on Tuesday. "
        "The presidents of Latvia and Georgia met in Tbilisi in January."
    )
    assert [meeting.factuality for meeting in things(text).meetings] == ["happened", "background"]


@pytest.mark.parametrize(
    ("text", "host", "kind", "arrival", "departure"),
    [
        ("The president of Ghana paid a state visit to Estonia.", "EST", "state", None, None),
        ("The president of Peru arrived in Quito on Tuesday for a two-day official visit.", "ECU", "official", 3, 4),
        ("The foreign minister of Oman will visit Kenya on 9 May.", "KEN", "", 9, None),
    ],
)
def test_a_visit(text: str, host: str, kind: str, arrival: int | None, departure: int | None) -> None:
    [visit] = things(text).visits
    days = [day and date(2016, 5, day) for day in (arrival, departure)]
    assert (visit.host, visit.kind, [visit.arrival, visit.departure]) == (host, kind, days)


def test_a_journey_at_home_is_no_visit() -> None:
    assert things("The president of Peru travelled to Cusco.").visits == ()


def test_an_invitation_and_its_answer() -> None:
    text = "The president of Peru invited the president of Ghana to visit Lima. The invitation was accepted."
    [invitation] = things(text).invitations
    assert (countries(invitation.by), countries(invitation.to)) == ({"PER"}, {"GHA"})
    assert (invitation.occasion, invitation.status, len(invitation.sources)) == ("visit Lima", "accepted", 2)


@pytest.mark.parametrize(
    ("text", "gift"),
    [
        ("The president of Peru presented the king of Norway with a silver bowl.", "a silver bowl"),
        ("The premier of Samoa gave the president of Chile a carved drum.", "a carved drum"),
        ("The president of Peru presented the king of Norway with a report on trade.", ""),
        ("The premier of Samoa gave the president of Chile a chance.", ""),
    ],
)
def test_a_gift(text: str, gift: str) -> None:
    assert [each.object for each in things(text).gifts] == ([gift] if gift else [])


def test_an_award() -> None:
    [award] = things("The king of Norway awarded the president of Ghana the Order of St. Olav.").awards
    assert (countries(award.giver), countries(award.receiver)) == ({"NOR"}, {"GHA"})
    assert "Order" in award.object


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru recalled its ambassador to Chile on Tuesday.", ("recalled", "PER", "CHL")),
        (
            "The ambassador of Ghana, Kofi Mensah, presented his credentials to the president of Peru.",
            ("presents-credentials", "GHA", "PER"),
        ),
    ],
)
def test_an_accreditation(text: str, expected: tuple[str, str, str]) -> None:
    [one] = things(text).accreditations
    assert (one.act, one.sending, one.receiving) == expected


def test_institutions() -> None:
    text = "Peru and Chile agreed to convene the Intergovernmental Commission on Trade. The cabinet committee met."
    assert [(one.name, one.kind) for one in things(text).institutions] == [
        ("Intergovernmental Commission on Trade", "commission")
    ]


@pytest.mark.skipif(not DISPATCH.exists(), reason="the dispatch is not there")
def test_the_dispatch() -> None:
    found = things(DISPATCH.read_text(encoding="utf-8"), None)
    first, earlier = found.meetings
    assert [one.name for one in first.participants] == ["Erlan Idrissov", "John Kerry"]
    assert (first.when.date, first.factuality, earlier.factuality) == (date(2015, 11, 2), "happened", "background")
    assert first.place is not None and first.place.name == "Astana"
    [visit] = found.visits
    assert (visit.host, visit.kind, visit.arrival) == ("KAZ", "official", date(2015, 11, 1))
    assert [one.name for one in found.institutions] == ["bilateral Commission for Strategic Partnership"]
    assert [one.object for one in found.gifts] == ["Almaty's aport apples"]
    assert [(countries(one.by), countries(one.to)) for one in found.invitations] == [({"KAZ"}, {"USA"})]
    topics = {topic.topic for topic in first.topics}
    assert topics >= {
        "trade",
        "investment",
        "wto",
        "renewable-energy",
        "terrorism",
        "regional-integration",
        "afghanistan",
    }
