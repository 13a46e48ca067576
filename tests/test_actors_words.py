"""The words of a mention, what referring words stand for, and properties that hold for any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actors_helper import head_of, parsed, stage

TEXTS = [
    ("The Turkish police fired on the crowd.", "police", "Turkish police"),
    ("Some 300 Syrian refugees crossed into Jordan.", "refugees", "Syrian refugees"),
    ("Serbia's parliament met in Belgrade.", "parliament", "Serbia's parliament"),
    ("French President Jacques Chirac spoke in Lyon.", "Chirac", "French President Jacques Chirac"),
    ("The leader of the Islamic State was killed near Idlib.", "leader", "leader of the Islamic State"),
    ("Talks with the presidents of Kenya and Ghana failed.", "presidents", "presidents of Kenya"),
    ("Demonstrators in Baghdad threw stones.", "Demonstrators", "Demonstrators"),
    ("A 34-year-old Danish tourist was freed.", "tourist", "Danish tourist"),
    ("The U.S. Secretary of State, who was in Oslo, agreed.", "Secretary of State", "U.S. Secretary of State"),
    ("Workers of the Gdansk shipyard in Poland struck.", "Workers", "Workers of the Gdansk shipyard"),
]

SAME = [
    ("Finland rejected the plan. It called the terms unfair.", "It", "FIN"),
    ("Morocco recalled its envoy.", "its", "MAR"),
    ("The Chilean foreign minister said she was surprised.", "she", "CHL"),
    ("Rwanda and Burundi said they had agreed.", "they", "RWA BDI"),
    ("Peru and Ecuador signed the accord. Both countries had been at war in 1995.", "countries", "PER ECU"),
    ("Peru and Ecuador signed the accord. The two sides had fought in 1995.", "sides", "PER ECU"),
    ("Uganda's president, who was in Kampala, refused.", "who", "UGA"),
    ("Hezbollah fired rockets. The group said it had no choice.", "group", "LBN"),
    ("The European Union froze the aid. The bloc gave no date.", "bloc", "IGO"),
    ("Latvia protested. The country wants an apology.", "country", "LVA"),
    ("The Liberian Peace Council (LPC) met. The LPC wants seats.", "LPC#2", "LBR"),
]

NOBODY = [
    ("It is clear that the talks failed.", "It"),
    ("The sides of the box were red.", "sides"),
    ("The plan and the budget of the summit were agreed.", "plan"),
    ("Sanctions on oil and talks on grain continued.", "talks"),
]


@pytest.mark.parametrize(("text", "words", "expected"), TEXTS)
def test_words_of_a_mention(text: str, words: str, expected: str) -> None:
    document = parsed(text, "2005-03-01")
    actors = stage().annotate(document).actors(head_of(document, words))
    assert {actor.text for actor in actors} == {expected}
    assert all(text[actor.start : actor.end] == actor.text for actor in actors)


@pytest.mark.parametrize(("text", "words", "expected"), SAME)
def test_referring_words(text: str, words: str, expected: str) -> None:
    document = parsed(text)
    actors = stage().annotate(document).actors(head_of(document, words))
    assert " ".join(actor.country for actor in actors) == expected


@pytest.mark.parametrize(("text", "words"), NOBODY)
def test_nobody_is_meant(text: str, words: str) -> None:
    document = parsed(text)
    assert stage().annotate(document).actors(head_of(document, words)) == ()


def test_two_leaders_keep_their_names() -> None:
    text = (
        "Chinese President Hu Jintao received Brazilian President Dilma Rousseff. The two leaders signed nine accords."
    )
    document = parsed(text, "2011-04-12")
    actors = stage().annotate(document).actors(head_of(document, "leaders"))
    assert [actor.name for actor in actors] == ["Hu Jintao", "Dilma Rousseff"]


def test_counterpart_holds_the_same_office() -> None:
    text = "German Foreign Minister Frank-Walter Steinmeier called his Polish counterpart."
    document = parsed(text, "2015-05-05")
    (actor,) = stage().annotate(document).actors(head_of(document, "counterpart"))
    assert (actor.country, actor.sector) == ("POL", "GOV")
    assert "Foreign" in actor.office


def test_a_dateline_is_only_a_guess() -> None:
    document = parsed("Police dispersed the march.", dateline="LIMA")
    (actor,) = stage().annotate(document).actors(head_of(document, "Police"))
    assert actor.country == "PER"
    assert actor.confidence < 0.5


VOCABULARY = (
    "the The U.S. EU Iraqi Iran Kremlin Georgia Jordan Chad Washington president President of and , ' 's ( ) - his its "
    "who said met Foreign Minister John Smith police officers in from two sides countries they it Taliban counterpart "
    "North South Korea . former ministers for defence state leaders group dozens Mr. al-Shabab chief Lagos , . $ 100"
).split()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=30))
def test_any_text_can_be_annotated(words: list[str]) -> None:
    text = " ".join(words)
    document = parsed(text, "2010-01-01")
    mentions = stage().annotate(document)
    for token in document.doc:
        for actor in mentions.actors(token):
            assert text[actor.start : actor.end] == actor.text
            assert 0.0 <= actor.confidence <= 1.0
        place = mentions.place(token)
        assert place is None or text[place.start : place.end] == place.text


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(VOCABULARY), min_size=5, max_size=30), st.randoms(use_true_random=False))
def test_the_order_of_questions_does_not_matter(words: list[str], random: object) -> None:
    document = parsed(" ".join(words), "2010-01-01")
    tokens = list(document.doc)
    first = stage().annotate(document)
    in_order = {token.i: first.actors(token) for token in tokens}
    random.shuffle(tokens)  # type: ignore[attr-defined]
    second = stage().annotate(document)
    assert {token.i: second.actors(token) for token in tokens} == in_order
