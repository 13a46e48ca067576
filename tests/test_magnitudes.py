"""Counts and amounts of acts: value, bound, unit, kind, and the words."""

from __future__ import annotations

import pytest

import communique

CASES = [
    (
        "A bomb killed 12 people and wounded at least 30 in Karachi.",
        [("12", 12, "", "person", "killed"), ("at least 30", 30, "at least", "person", "wounded")],
    ),
    ("Japan gave Mongolia $3.5 billion in aid.", [("$3.5 billion", 3.5e9, "", "USD", "")]),
    ("Germany will give Kenya 40 million euros.", [("40 million euros", 4e7, "", "EUR", "")]),
    (
        "Police arrested more than 1,200 protesters in Minsk.",
        [("more than 1,200", 1200, "at least", "person", "detained")],
    ),
    ("Hundreds of teachers marched in Quito.", [("Hundreds", 200, "at least", "person", "")]),
    ("Dozens of soldiers were killed in Mali on 3 May 2013.", [("Dozens", 24, "at least", "person", "killed")]),
    ("Turkey released two journalists.", [("two", 2, "", "person", "released")]),
    ("Peru expelled 15 Chilean diplomats.", [("15", 15, "", "person", "expelled")]),
    ("The rebels fired about 40 rockets at Sderot.", [("about 40", 40, "about", "rocket", "")]),
    ("Kenya met Ghana in 2014.", []),
    ("The 35-year-old minister met Chad's president.", []),
    ("Peru cut tariffs on Chile by 12 percent.", []),
]  # fmt: skip


@pytest.fixture(scope="module")
def reader() -> communique.Reader:
    return communique.Reader()


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_the_magnitudes_of_a_sentence(
    reader: communique.Reader, text: str, expected: list[tuple[str, float, str, str, str]]
) -> None:
    result = reader.read(text, date="2014-05-05")
    found = {each for event in result.events for each in event.magnitudes}
    read = sorted(found, key=lambda each: each.start)
    assert [(each.text, each.value, each.bound, each.unit, each.kind) for each in read] == expected
    assert all(text[each.start : each.end] == each.text for each in read)
    assert result.events


def test_an_event_with_magnitudes_survives_json(reader: communique.Reader) -> None:
    (event, *_) = reader.read("Peru expelled 15 Chilean diplomats.").events
    assert communique.Event.from_dict(event.to_dict()) == event
    assert event.magnitudes
