"""The machinery of events: patterns, composition, roles and factuality, on sentences of our own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique import Event, Reader, Settings
from communique.datafiles import read_yaml_entries
from communique.errors import DataFileError
from communique.events.lexicon import Act, load_lexicon, parse_pattern

LEXICON = load_lexicon()
SETS = LEXICON.sets
ACT = Act("test")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Settings(date=date(2015, 11, 2)))


def events(reader: Reader, text: str) -> list[Event]:
    return list(reader.read(text).events)


def brief(event: Event) -> tuple[str, ...]:
    sides = ("+".join(sorted({a.country for a in side if a.country})) for side in (event.actors, event.recipients))
    return event.event_type, *sides, event.factuality


SENTENCES = [
    ("The Kenyan president met the Ugandan president.", ("CONSULT", "KEN", "UGA", "happened")),
    ("The Ugandan president was received by the Kenyan president.", ("CONSULT", "KEN", "UGA", "happened")),
    ("Kenya, Uganda FMs discuss Somalia", ("CONSULT", "KEN", "UGA", "happened")),
    ("Kenya PM to visit Uganda next month", ("AGREE", "KEN", "UGA", "planned")),
    ("Nairobi to expel Ugandan envoys", ("THREATEN", "KEN", "UGA", "planned")),
    ("Kenya expels two Ugandan diplomats, Kampala vows response", ("SANCTION", "KEN", "UGA", "happened")),
    (
        "Two monks were executed in Kenya; the execution of the Ugandan monks by Kenyan soldiers was filmed.",
        ("ASSAULT", "KEN", "UGA", "happened"),
    ),
    ("The Ugandan envoy was summoned by Kenya and handed a note of protest.", ("ACCUSE", "KEN", "UGA", "happened")),
    ("The Ugandan deputy was shot as he left a school by two Kenyan soldiers.", ("ASSAULT", "KEN", "UGA", "happened")),
    ("Kenyan police arrested two reporters.", ("COERCE", "KEN", "KEN", "happened")),
    ("Talks between Kenya and Uganda took place on Monday.", ("CONSULT", "KEN", "UGA", "happened")),
    ("Kenya will send aid to Uganda.", ("AGREE", "KEN", "UGA", "planned")),
    ("Kenya threatened to impose sanctions on Uganda.", ("THREATEN", "KEN", "UGA", "happened")),
    ("Kenya demanded that Uganda withdraw its troops.", ("REQUEST", "KEN", "UGA", "happened")),
    ("Kenya refused to meet the Ugandan ambassador.", ("REJECT", "KEN", "UGA", "happened")),
    ("Kenya promised to lift sanctions against Uganda.", ("AGREE", "KEN", "UGA", "happened")),
    ("Kenya stopped aid to Uganda.", ("SANCTION", "KEN", "UGA", "happened")),
    ("Kenyan troops may attack Ugandan soldiers.", ("ASSAULT", "KEN", "UGA", "conditional")),
    ("Kenyan troops did not attack Ugandan soldiers.", ("ASSAULT", "KEN", "UGA", "denied")),
    ("Ugandan soldiers were attacked by Kenyan troops.", ("ASSAULT", "KEN", "UGA", "happened")),
    ("Kenya accused Uganda of shelling villages.", ("ACCUSE", "KEN", "UGA", "happened")),
    ("Kenya said that Uganda must release the fishermen.", ("REQUEST", "KEN", "UGA", "happened")),
    ("In 1998 Kenya severed ties with Uganda.", ("SANCTION", "KEN", "UGA", "background")),
    ("Kenya will not recognise the Ugandan government.", ("REJECT", "KEN", "UGA", "happened")),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[text for text, _ in SENTENCES])
def test_act_sides_and_factuality(reader: Reader, text: str, expected: tuple[str, ...]) -> None:
    assert expected in [brief(event) for event in events(reader, text)]


NOTHING = [
    "Brazil beat Germany in the final.",
    "The Chinese restaurant in Nairobi opened on Monday.",
    "The storm killed twelve people in Honduras.",
    "The report describes the history of the region.",
    "Arsenal attacked from the start.",
    "Kenya's economy met expectations.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_no_act_that_happened(reader: Reader, text: str) -> None:
    assert [brief(e) for e in events(reader, text) if e.factuality == "happened"] == []


def test_speaker_is_kept_and_is_no_event(reader: Reader) -> None:
    (event,) = events(reader, "Turkish troops shelled Syrian villages, Iraqi officials said.")
    assert brief(event)[:3] == ("ASSAULT", "TUR", "SYR")
    assert event.attributed_to is not None
    assert event.attributed_to.country == "IRQ"


def test_the_same_text_gives_the_same_ids(reader: Reader) -> None:
    text = "Kenya condemned Uganda. Uganda rejected the criticism."
    first, second = (Reader(Settings(date=date(2015, 11, 2))).read(text).events for _ in range(2))
    assert first == second
    assert len({event.event_id for event in first}) == len(first)


def test_events_survive_json(reader: Reader) -> None:
    for event in events(reader, "Kenya met Uganda in Geneva on Monday."):
        assert Event.from_dict(event.to_dict()) == event


def test_pattern_notation() -> None:
    pattern = parse_pattern("put on=trial/!x".replace("/!x", ""), "V", ACT, SETS)
    assert (pattern.head, pattern.needs[0].slot, pattern.needs[0].words) == ("put", "on", {"trial"})
    noun = parse_pattern("hunger strike", "N", ACT, SETS)
    assert (noun.head, noun.modifiers) == ("strike", (frozenset({"hunger"}),))
    assert parse_pattern("meet !=@abstract", "V", ACT, SETS).needs[0].negated


def test_unknown_set_is_refused() -> None:
    with pytest.raises(DataFileError, match="unknown set '@nonsense'"):
        parse_pattern("hold =@nonsense", "V", ACT, SETS)


def test_unknown_key_names_file_entry_and_remedy(tmp_path: Path) -> None:
    path = tmp_path / "acts.yaml"
    path.write_text("- id: mine.act\n  cameo: '040'\n  verb: [meet]\n", encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        read_yaml_entries(path, Act)
    message = str(caught.value)
    assert "acts.yaml" in message
    assert "mine.act" in message
    assert "'verb'" in message
    assert "verbs" in message


def test_a_user_act_wins(tmp_path: Path) -> None:
    text = "- id: mine.parley\n  cameo: '040'\n  frame: meet\n  verbs: [palaver with]\n"
    (tmp_path / "acts.yaml").write_text(text, encoding="utf-8")
    own = Reader(Settings(lexicon_folders=(str(tmp_path),)))
    found = own.read("The Kenyan president palavered with the Ugandan president.").events
    assert [event.rule for event in found] == ["mine.parley"]


@given(st.sampled_from(sorted(LEXICON.ontology.forces)), st.sampled_from(sorted(LEXICON.ontology.codes)))
def test_composition_gives_known_codes(force: str, code: str) -> None:
    result = LEXICON.ontology.forces[force].apply(code)
    assert result == "" or result in LEXICON.ontology.codes
