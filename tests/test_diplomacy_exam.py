"""The scorer of whole dispatches counts as it says, with things made by hand in place of the product's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from communique.diplomacy.things import Agreement, Commitment, Institution, Meeting, Position, Things, Topic, When
from communique.model import Actor, Source
from diplomacy_exam import KINDS, Dispatch, dispatches, examine, is_development, load, report, same_parties

TEXT = (
    "TALLINN, 9 October 2018. Sven Mikser met Shirley Ayorkor Botchwey. They signed a treaty with the UN. "
    "Estonia promised to open a consulate. Ghana condemned the attack. The two sides set up a Joint Commission. "
    "A meeting with the Prime Minister was called off."
)


def row(quote: str, **fields: Any) -> dict[str, Any]:
    assert quote in TEXT
    return {"quote": quote, **fields}


ROWS: dict[str, list[dict[str, Any]]] = {
    "meetings": [
        row(
            "met Shirley",
            who=["EST Sven Mikser", "GHA Shirley Ayorkor Botchwey"],
            kind="bilateral",
            date=date(2018, 10, 9),
            factuality="happened",
        ),
        row("A meeting with the Prime Minister", who=["EST"], kind="bilateral", date=None, factuality="denied"),
    ],
    "agreements": [row("signed a treaty", kind="treaty", parties=["EST", "GHA", "UN"], stage="signed")],
    "commitments": [row("promised to open", by=["EST"], to=["GHA"], strength="promised", content="open a consulate")],
    "positions": [row("condemned the attack", who=["GHA"], stance="condemns", target=[], on="the attack")],
    "institutions": [row("Joint Commission", name="Joint Commission", kind="commission", members=["EST", "GHA"])],
}
ALL_ROWS = {kind: ROWS.get(kind, []) for kind in KINDS}
GOLDEN = Dispatch(
    "made", TEXT, date(2018, 10, 9), {kind: ROWS.get(kind, []) for kind in KINDS}, frozenset({"consular"})
)

ESTONIA = Actor("Estonia", 0, 1, "Estonia", country="EST", kind="country")
GHANA = Actor("Ghana", 0, 1, "Ghana", country="GHA", kind="country")
MIKSER = Actor("Mikser", 0, 1, "Sven Mikser", country="EST", kind="person")
BOTCHWEY = Actor("Botchwey", 0, 1, "Shirley Ayorkor Botchwey", country="GHA", kind="person")
NATIONS = Actor("the UN", 0, 1, "United Nations", country="IGO", kind="organisation")


def base(quote: str) -> dict[str, Any]:
    start = TEXT.index(quote)
    source = Source(0, start, start + len(quote), quote)
    return {"id": quote, "document_id": "d", "quote": source, "sources": (source,)}


DAY = When(date(2018, 10, 9), date(2018, 10, 9), "day")
MEETING = Meeting(
    **base("met"),
    kind="bilateral",
    level="minister",
    participants=(MIKSER, BOTCHWEY),
    host=None,
    place=None,
    within="",
    topics=(),
    when=DAY,
    factuality="happened",
)
TREATY = Agreement(
    **base("signed"),
    kind="treaty",
    stage="signed",
    parties=(ESTONIA, GHANA, NATIONS),
    title="",
    areas=(),
    when=DAY,
    factuality="happened",
)
PROMISE = Commitment(
    **base("promised"),
    by=(ESTONIA,),
    to=(),
    content="open a consulate",
    act="",
    condition="",
    due=None,
    due_words="",
    strength="pledged",
    topics=(),
    when=DAY,
)
POSITION = Position(
    **base("condemned"), holder=(GHANA,), stance="condemns", target=(), object="attack", topics=(), when=DAY
)
COMMISSION = Institution(**base("Joint Commission"), name="a Joint Commission", kind="commission", members=())
ALL = Things(
    meetings=(MEETING,),
    agreements=(TREATY,),
    commitments=(PROMISE,),
    positions=(POSITION,),
    institutions=(COMMISSION,),
    topics=(Topic("consular", "consulate", 0, 1),),
)


def figures(things: Things, kind: str) -> tuple[int, int, int]:
    score = examine(GOLDEN, things)[kind]
    return score.golden, score.found, score.right


def test_all_that_golden_tells_is_right_and_what_was_denied_may_be_absent() -> None:
    for kind, score in examine(GOLDEN, ALL).items():
        assert (score.precision, score.recall, score.misses, score.falsities) == (1, 1, [], []), kind
    assert "all but topics" in report(examine(GOLDEN, ALL), show=True)


def test_nothing_found_is_nothing_wrong() -> None:
    scores = examine(GOLDEN, Things())
    assert scores["meetings"].recall == 0
    assert all(score.precision == 1 for score in scores.values())
    assert len(scores["positions"].misses) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        replace(MEETING, participants=(MIKSER,)),
        replace(MEETING, participants=(MIKSER, GHANA)),
        replace(MEETING, participants=(MIKSER, BOTCHWEY, NATIONS)),
        replace(MEETING, when=When(date(2018, 10, 8), date(2018, 10, 8), "day")),
        replace(MEETING, when=When()),
        replace(MEETING, factuality="planned"),
        replace(MEETING, **base("open a consulate")),
    ],
)
def test_a_meeting_of_others_of_another_day_or_told_elsewhere_is_false(wrong: Meeting) -> None:
    assert figures(replace(ALL, meetings=(wrong,)), "meetings") == (1, 1, 0)


def test_a_meeting_told_twice_is_right_once() -> None:
    assert figures(replace(ALL, meetings=(MEETING, MEETING)), "meetings") == (1, 2, 1)


def test_what_was_denied_is_false_as_a_fact_and_no_matter_as_denied() -> None:
    denied = replace(MEETING, **base("called off"), participants=(ESTONIA,), when=When(), factuality="denied")
    place = base("A meeting with")
    assert figures(replace(ALL, meetings=(MEETING, replace(denied, **place))), "meetings") == (1, 1, 1)
    held = replace(denied, **place, factuality="happened")
    assert figures(replace(ALL, meetings=(MEETING, held)), "meetings") == (1, 2, 1)


def test_stage_and_stance_are_keys_and_strength_is_loose() -> None:
    assert figures(replace(ALL, agreements=(replace(TREATY, stage="ratified"),)), "agreements") == (1, 1, 0)
    assert figures(replace(ALL, positions=(replace(POSITION, stance="rejects"),)), "positions") == (1, 1, 0)
    assert figures(replace(ALL, commitments=(replace(PROMISE, strength="intends"),)), "commitments") == (1, 1, 1)
    assert figures(replace(ALL, commitments=(replace(PROMISE, strength="considers"),)), "commitments") == (1, 1, 0)
    assert figures(replace(ALL, commitments=(replace(PROMISE, to=(NATIONS,)),)), "commitments") == (1, 1, 0)


@pytest.mark.parametrize(
    ("golden", "actors", "same"),
    [
        (["UN"], (NATIONS,), True),
        (["African Union"], (NATIONS,), False),
        (["CHN Wang Yi"], (Actor("Wang", 0, 1, "Wang Yi", country="CHN", kind="person"),), True),
        (["CHN Wang Yi"], (Actor("Li", 0, 1, "Li Qiang", country="CHN", kind="person"),), False),
        (["EU Federica Mogherini"], (Actor("she", 0, 1, "Federica Mogherini", country="IGO", kind="person"),), True),
        (["EU"], (Actor("the EU", 0, 1, "European Union", country="IGO", kind="organisation"),), True),
        (["NOR Ine Eriksen Søreide"], (Actor("x", 0, 1, "Ine Eriksen Soreide", country="NOR", kind="person"),), True),
        (["EU"], (Actor("she", 0, 1, "Federica Mogherini", country="IGO", kind="person"),), True),
        (["EST"], (MIKSER,), True),
        (["EST"], (MIKSER, Actor("rebels", 0, 1, sector="REB")), True),
        ([], (MIKSER,), True),
    ],
)
def test_parties_are_compared_in_one_form(golden: list[str], actors: tuple[Actor, ...], same: bool) -> None:
    assert same_parties(golden, actors) is same


def test_the_halves_are_told_by_the_hash_of_the_name(tmp_path: Any) -> None:
    assert is_development("afp-mali-france")
    path = tmp_path / "made.yaml"
    path.write_text("date: 2018-10-09\ntext: a b\npositions:\n  - {who: [], stance: thanks, on: b, quote: a}\n")
    assert load(path).rows["positions"][0]["on"] == "b"
    assert {golden.name for golden in dispatches("dev")} | {golden.name for golden in dispatches("held")} == {
        golden.name for golden in dispatches("all")
    }
