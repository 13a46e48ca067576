"""Places: towns, regions, namesakes, and names that are no place."""

from __future__ import annotations

import pytest

from actors_helper import head_of, parsed, stage
from communique.actors.places import cities, city, region

PLACES = [
    ("They met in Geneva on Monday.", "Geneva", "CHE"),
    ("The talks in Vienna ended.", "Vienna", "AUT"),
    ("Fighting went on in the northern city of Kirkuk.", "city", "IRQ"),
    ("Fighting went on in the northern city of Kirkuk.", "Kirkuk", "IRQ"),
    ("Police in Tripoli, Lebanon, found the car.", "Tripoli", "LBN"),
    ("Libya's coast guard brought them to Tripoli.", "Tripoli", "LBY"),
    ("The train left Lebanon, Ohio, at noon.", "Lebanon", "USA"),
    ("A bomb exploded in southern Lebanon.", "Lebanon", "LBN"),
    ("Floods hit Sindh province.", "province", "PAK"),
    ("The envoy flew to Sharm el-Sheikh.", "Sheikh", "EGY"),
    ("They voted in Crimea.", "Crimea", "UKR"),
    ("Strikes hit Helmand.", "Helmand", "AFG"),
]


@pytest.mark.parametrize(("text", "words", "country"), PLACES)
def test_place(text: str, words: str, country: str) -> None:
    document = parsed(text)
    place = stage().annotate(document).place(head_of(document, words))
    assert place is not None
    assert place.country == country
    assert text[place.start : place.end] == place.text


def test_degrees() -> None:
    document = parsed("They met in Astana.")
    place = stage().annotate(document).place(head_of(document, "Astana"))
    assert place is not None
    assert place.lat == pytest.approx(51.2, abs=0.3)
    assert place.lon == pytest.approx(71.4, abs=0.3)


@pytest.mark.parametrize(("text", "words"), [("The budget passed.", "budget"), ("John Carter spoke.", "Carter")])
def test_no_place(text: str, words: str) -> None:
    document = parsed(text)
    assert stage().annotate(document).place(head_of(document, words)) is None


def test_a_town_is_a_place_before_it_is_an_actor() -> None:
    document = parsed("They met in Geneva.")
    (actor,) = stage().annotate(document).actors(head_of(document, "Geneva"))
    assert actor.kind == "place"
    assert actor.confidence < 0.5


def test_namesakes_stand_with_the_largest_first() -> None:
    towns = cities("Tripoli")
    assert [town.country for town in towns][:2] == ["LBY", "LBN"]
    assert city("Tripoli", "LBN") == towns[1]
    assert city("tripoli") == towns[0]
    assert city("Nowhere-at-all") is None


def test_regions_have_one_country() -> None:
    found = region("Khyber Pakhtunkhwa")
    assert found is not None
    assert found.country == "PAK"
    assert region("Central") is None
