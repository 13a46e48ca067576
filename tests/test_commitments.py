"""Commitments: who is to do what, on what condition and by when."""

from __future__ import annotations

from datetime import date as Date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.diplomacy.commitments import Commitments
from communique.diplomacy.pledges import load_commitment_wordings
from communique.diplomacy.things import Commitment
from diplomacy_helper import DISPATCH, assert_verbatim, scene_of, sides

FINDER = Commitments()
EXAMPLES = [(each.text, each.expect) for wording in load_commitment_wordings() for each in wording.examples]
SENTENCES = (
    "Kenya promised to open an embassy in Lima by 5 June.",
    "Norway is ready to host the talks if both sides wish so.",
    "“We will build the bridge, once the river falls,” the president of Peru said.",
    "Kenya offered 20 million dollars to Peru…",
    "The foreign minister of Peru met the foreign minister of Chile.",
    "He undertook to resume the talks and not to license drilling.",
)


def found(text: str, day: Date | None = Date(2020, 5, 4)) -> list[Commitment]:
    return list(FINDER.find(scene_of(text, day)))


def row(commitment: Commitment) -> str:
    who = " ".join(part for part in (sides(commitment.by), sides(commitment.to)) if part)
    return f"{commitment.strength} {who}: {commitment.content}"


def test_every_wording_has_an_example() -> None:
    assert not [wording.id for wording in load_commitment_wordings() if not wording.examples]


@pytest.mark.parametrize(("text", "expect"), EXAMPLES)
def test_example_of_the_data(text: str, expect: str) -> None:
    assert "; ".join(map(row, found(text))) == ("" if expect == "-" else expect)


@pytest.mark.parametrize(
    ("text", "words", "due"),
    [
        ("Kenya promised to open an embassy by 5 June.", "by 5 June", Date(2020, 6, 5)),
        (
            "Kenya promised to open an embassy before the end of the year.",
            "before the end of the year",
            Date(2020, 12, 31),
        ),
        ("Kenya promised to open an embassy before the summer recess.", "before the summer recess", None),
        ("Kenya promised to open an embassy.", "", None),
        ("Kenya promised to support the candidature for 2023.", "", None),
    ],
)
def test_due(text: str, words: str, due: Date | None) -> None:
    (one,) = found(text)
    assert (one.due_words, one.due) == (words, due)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("Kenya promised to open an embassy if Peru does so.", "if Peru does so"),
        ("Kenya promised to open an embassy as soon as it has the money.", "as soon as it has the money"),
        ("Norway confirmed that it will pay, provided that the review is completed.",
         "provided that the review is completed"),
        ("Kenya intends to open an embassy, subject to the approval of parliament.",
         "subject to the approval of parliament"),
        ("Kenya promised to open an embassy once the rains have ended.", "once the rains have ended"),
    ],
)  # fmt: skip
def test_condition(text: str, condition: str) -> None:
    (one,) = found(text)
    assert one.condition == condition
    assert condition not in one.content


def test_each_of_several() -> None:
    rows = [row(one) for one in found("Kenya promised to open the port and to free the sailors.")]
    assert rows == ["promised KEN: open the port", "promised KEN: free the sailors"]


def test_we_are_who_speaks() -> None:
    text = '"We will return the bronzes," the president of Germany said.'
    assert [row(one) for one in found(text)] == ["pledged DEU: return the bronzes"]


def test_the_other_side_of_the_meeting() -> None:
    text = "The foreign minister of Peru met the foreign minister of Chile. Chile promised to lower the fees."
    assert [row(one) for one in found(text)] == ["promised CHL PER: lower the fees"]


@pytest.mark.parametrize(
    "text",
    [
        "Kenya asked Peru to promise to open an embassy.",
        "Kenya wants Peru to open an embassy.",
        "Kenya called on Peru to open an embassy.",
        "Kenya refused to open an embassy.",
        "Will Kenya open an embassy?",
        "The foreign minister of Peru will meet the foreign minister of Chile on Friday.",
        "Kenya will impose sanctions on Peru.",
        "Kenya will not open an embassy.",
        "An analyst said that Kenya would open an embassy.",
        "Kenya had promised nothing.",
    ],
)
def test_no_commitment(text: str) -> None:
    assert found(text) == []


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3), st.sampled_from([" ", "\n\n", "  \n"]))
def test_quotes_are_verbatim(parts: list[str], gap: str) -> None:
    text = gap.join(parts)
    things = found(text)
    assert_verbatim(text, things)
    for one in things:
        assert one.content in text
        assert one.condition in text
        assert one.due_words in text


@pytest.mark.skipif(not DISPATCH.exists(), reason="the shared dispatch is not there")
def test_the_shared_dispatch() -> None:
    text = DISPATCH.read_text(encoding="utf-8")
    (one,) = found(text, None)
    assert_verbatim(text, [one])
    assert row(one) == "promised USA KAZ: take a decision on this issue and opening its pavilion"
    assert one.condition == "as soon as it sums up the results of its attendance in EXPO Milano 2015"
    assert one.due is None
