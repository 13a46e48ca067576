"""Agreements: documents with their stage, and understandings."""

from __future__ import annotations

from datetime import date as Date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.diplomacy.agreements import Agreements
from communique.diplomacy.papers import load_agreement_wordings
from communique.diplomacy.things import Agreement
from diplomacy_helper import DISPATCH, assert_verbatim, scene_of, sides

FINDER = Agreements()
EXAMPLES = [(each.text, each.expect) for wording in load_agreement_wordings() for each in wording.examples]
SENTENCES = (
    "Fiji and Tonga signed an agreement on fisheries in Suva.",
    "The sides agreed to open consulates and to simplify the visa regime.",
    "The foreign minister of Peru met the foreign minister of Chile.",
    "A memorandum of understanding on mining was signed.",
    "“We agreed that the next round will take place in Lima,” he said.",
    "The treaty, signed in Lima on 4 May 2019, entered into force today…",
    "Ratified by Peru on 2 May 2020.",
)


def found(text: str, day: Date | None = Date(2020, 5, 4)) -> list[Agreement]:
    return list(FINDER.find(scene_of(text, day)))


def row(agreement: Agreement) -> str:
    return f"{agreement.kind} {agreement.stage} {sides(agreement.parties)}"


def test_every_wording_has_an_example() -> None:
    assert not [wording.id for wording in load_agreement_wordings() if not wording.examples]


@pytest.mark.parametrize(("text", "expect"), EXAMPLES)
def test_example_of_the_data(text: str, expect: str) -> None:
    assert "; ".join(map(row, found(text))) == ("" if expect == "-" else expect)


def test_title_and_day_of_a_document() -> None:
    (one,) = found("Jordan and Egypt signed a memorandum of understanding on solar energy in Amman on 2 May.")
    assert one.title == "memorandum of understanding on solar energy"
    assert one.when.date == Date(2020, 5, 2)
    assert one.factuality == "happened"


def test_a_document_without_a_title() -> None:
    assert [one.title for one in found("Jordan and Egypt signed an agreement.")] == [""]


def test_what_is_yet_to_come() -> None:
    (one,) = found("Jordan and Egypt will sign an agreement on gas tomorrow.")
    assert (one.stage, one.factuality) == ("signed", "planned")


def test_what_is_history() -> None:
    (one,) = found("The president recalled the treaty between Peru and Chile, signed in Lima on 3 June 1999.")
    assert (row(one), one.factuality, one.when.date) == ("treaty signed CHL PER", "background", Date(1999, 6, 3))


def test_one_document_told_twice_has_two_sources() -> None:
    text = "Peru and Chile signed a tax treaty today. The tax treaty was signed in Lima by Peru and Chile."
    (one,) = found(text)
    assert len(one.sources) == 2


def test_the_agreement_takes_up_its_full_name() -> None:
    text = "Peru and Chile signed an agreement on double taxation in Lima. The agreement enters into force on 1 June."
    first, second = found(text)
    assert second.stage == "in-force"
    assert second.title == first.title == "agreement on double taxation"
    assert sides(second.parties) == "CHL PER"


def test_the_parties_of_a_passive_are_those_who_met() -> None:
    text = "The foreign minister of Peru met the foreign minister of Chile in Lima. A memorandum on mining was signed."
    assert [row(one) for one in found(text)] == ["memorandum signed CHL PER"]


def test_the_ministers_agreed() -> None:
    text = "The foreign minister of Peru met the foreign minister of Chile in Lima. They agreed to open consulates."
    assert [row(one) for one in found(text)] == ["understanding agreed CHL PER"]


@pytest.mark.parametrize(
    "text",
    [
        "Peru and Chile met in Lima, but no agreement was reached.",
        "Will Peru and Chile sign a treaty?",
        "If Peru and Chile sign the treaty, trade will grow.",
        "Peru urged Chile to sign the treaty.",
        "Peru and Chile discussed the signing of a treaty.",
        "Peru and Chile are in agreement with the United Nations.",
        "The Protocol Department of Peru wrote to Chile.",
        "Peru may denounce the treaty with Chile at any time.",
        "The treaty between Peru and Chile has yet to be ratified.",
        "Peru and Chile agreed that war is bad.",
    ],
)
def test_no_agreement(text: str) -> None:
    assert found(text) == []


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3), st.sampled_from([" ", "\n\n", "  \n"]))
def test_quotes_are_verbatim(parts: list[str], gap: str) -> None:
    text = gap.join(parts)
    assert_verbatim(text, found(text))


@pytest.mark.skipif(not DISPATCH.exists(), reason="the shared dispatch is not there")
def test_the_shared_dispatch() -> None:
    text = DISPATCH.read_text(encoding="utf-8")
    agreements = found(text, None)
    assert_verbatim(text, agreements)
    assert [(row(one), one.quote.trigger.split(" at the")[0]) for one in agreements] == [
        ("joint-statement adopted KAZ USA", "adopted a joint statement"),
        ("agreement agreed KAZ USA", "agreements reached"),
        ("understanding agreed KAZ USA",
         "agreed to strengthen cooperation in research and technical sphere and in education"),
        ("understanding agreed KAZ USA", "extend regulatory-legal framework"),
        ("understanding agreed KAZ USA", "simplify visa regime"),
    ]  # fmt: skip
    assert agreements[1].factuality == "background"
