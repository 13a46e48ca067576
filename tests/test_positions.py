"""Positions: who stands where on what."""

from __future__ import annotations

from datetime import date as Date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.diplomacy.positions import Positions
from communique.diplomacy.stances import load_stance_wordings
from communique.diplomacy.things import Position
from diplomacy_helper import DISPATCH, assert_verbatim, scene_of, sides

FINDER = Positions()
EXAMPLES = [(each.text, each.expect) for wording in load_stance_wordings() for each in wording.examples]
SENTENCES = (
    "France condemned the attack on the embassy.",
    "“We welcome the decision of Chad,” the president of France said.",
    "Peru thanked Chile for its hospitality…",
    "Both sides expressed concern over the war.",
    "The foreign minister of Peru met the foreign minister of Chile.",
    "France does not recognise the referendum.",
)


def found(text: str, day: Date | None = Date(2020, 5, 4)) -> list[Position]:
    return list(FINDER.find(scene_of(text, day)))


def row(position: Position) -> str:
    who = " ".join(part for part in (sides(position.holder), position.stance, sides(position.target)) if part)
    return f"{who}: {position.object}"


def test_every_wording_has_an_example() -> None:
    assert not [wording.id for wording in load_stance_wordings() if not wording.examples]


@pytest.mark.parametrize(("text", "expect"), EXAMPLES)
def test_example_of_the_data(text: str, expect: str) -> None:
    assert "; ".join(map(row, found(text))) == ("" if expect == "-" else expect)


def test_the_position_of_another_is_theirs() -> None:
    text = "The foreign minister of Peru said that Chile supports the plan of Bolivia."
    assert [row(one) for one in found(text)] == ["CHL supports BOL: the plan of Bolivia"]


def test_what_is_praised_may_be_a_position_itself() -> None:
    rows = [row(one) for one in found("Peru praised Chile's support for free trade.")]
    assert rows == ["PER praises CHL: Chile's support for free trade", "CHL supports: free trade"]


def test_several_holders_are_one_row() -> None:
    rows = [row(one) for one in found("Peru, Chile and Bolivia condemned the attack.")]
    assert rows == ["BOL CHL PER condemns: the attack"]


def test_the_agent_of_a_passive() -> None:
    rows = [row(one) for one in found("The attack was condemned by Peru.")]
    assert rows == ["PER condemns: The attack"]


def test_we_are_who_speaks() -> None:
    rows = [row(one) for one in found('"We welcome the decision of Chad," the president of France said.')]
    assert rows == ["FRA welcomes TCD: the decision of Chad"]


def test_participles() -> None:
    rows = [row(one) for one in found("The president of Peru left Lima, thanking Chile for its help.")]
    assert rows == ["PER thanks CHL: its help"]


def test_told_twice() -> None:
    (one,) = found("Peru condemned the attack on the port. Peru again condemned the attack on the port.")
    assert len(one.sources) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Peru urged Chile to condemn the attack.",
        "If Peru condemns the attack, Chile will pay.",
        "Did Peru condemn the attack?",
        "Peru might support the plan.",
        "Peru refused to condemn the attack.",
        "The king of Sweden welcomed the president of Chile at the palace.",
        "Peru discussed support for refugees.",
        "Chile ruled nothing out.",
    ],
)
def test_no_position(text: str) -> None:
    assert found(text) == []


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3), st.sampled_from([" ", "\n\n", "  \n"]))
def test_quotes_are_verbatim(parts: list[str], gap: str) -> None:
    text = gap.join(parts)
    things = found(text)
    assert_verbatim(text, things)
    assert all(one.object in text for one in things)


@pytest.mark.skipif(not DISPATCH.exists(), reason="the shared dispatch is not there")
def test_the_shared_dispatch() -> None:
    text = DISPATCH.read_text(encoding="utf-8")
    positions = found(text, None)
    assert_verbatim(text, positions)
    rows = [row(one) for one in positions]
    commission = rows.pop(0)
    assert commission.startswith("KAZ USA praises: the activity of the bilateral Commission for Strategic Partnership")
    assert rows == [
        "USA welcomes KAZ: Kazakhstan's invitation to participate in the oncoming EXPO-2017 in Astana",
        "USA supports: the idea and the theme of Astana EXPO-2017 ( Future Energy)",
        "USA praises KAZ: Kazakh President's initiative on establishment of the UN Green Technologies Development "
        "Centre in Kazakhstan",
        "USA praises KAZ: the role of Kazakhstan in nuclear weapons non-proliferation and nuclear disarmament",
    ]
    assert {name for one in positions[2:4] for name in [one.holder[0].name]} == {"John Kerry"}
