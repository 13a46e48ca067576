"""Places: towns, regions, namesakes, and names that are no place."""

from __future__ import annotations

import pytest

from actors_helper import head_of, parsed, resolver, stage
from communique.actors.places import cities, city, region, town_alone

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
    ("Soldiers trained at Adazi.", "Adazi", "LVA"),
    ("They fled to Diriamba.", "Diriamba", "NIC"),
    ("Shelling hit Albu Kamal.", "Kamal", "SYR"),
    ("Troops in Abu Kamal fled.", "Kamal", "SYR"),
    ("Police in Kuito fired into the air.", "Kuito", "AGO"),
    ("Talks in Odessa and Kharkov failed.", "Kharkov", "UKR"),
    ("They signed it in the town of Pale.", "Pale", "BIH"),
    ("Fighting near Hit, Iraq, went on.", "Hit", "IRQ"),
    ("Troops left Bor in South Sudan.", "Bor", "SSD"),
    ("South Sudan's army withdrew. The rebels stayed in Bor.", "Bor", "SSD"),
    ("The ministers met in Zagreb and Split.", "Split", "HRV"),
    ("The ministers met in Nancy.", "Nancy", "FRA"),
    ("A rocket hit Ain al-Asad air base.", "base", "IRQ"),
    ("He landed at Barajas airport.", "airport", "ESP"),
    ("Darfur rebels freed the hostages.", "Darfur", "SDN"),
    ("They met in Schloss Meseberg on Friday.", "Meseberg", "DEU"),
    ("They met at Camp David.", "David", "USA"),
    ("The Senkaku Islands were named.", "Islands", "JPN"),
    ("Smuggling in the Gaza Strip grew.", "Strip", "PSE"),
    ("Trucks waited at the Rafah crossing.", "crossing", ""),
    ("Ships passed the Strait of Hormuz.", "Strait", ""),
    ("Ships met in the South China Sea.", "Sea", ""),
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


NO_PLACES = [
    ("The budget passed.", "budget"),
    ("John Carter spoke.", "Carter"),
    ("John Hope said no.", "Hope"),
    ("Nancy said so.", "Nancy"),
    ("They had a word with Kerry in Rome.", "Kerry"),
    ("He had a letter from Anderson.", "Anderson"),
    ("The Charter was signed by all.", "Charter"),
    ("Reform is needed in Union towns.", "Union"),
]


@pytest.mark.parametrize(("text", "words"), NO_PLACES)
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


def test_what_is_also_a_word_or_a_person_is_a_town_where_the_words_say_so() -> None:
    for name in ("Hope", "Nancy", "Split", "Pale", "Of", "of", "man", "pale", "geneva"):
        assert town_alone(name) is None
    found = town_alone("Pale", "They signed it in Pale.")
    assert found is not None
    assert found.country == "BIH"
    assert town_alone("Kerry", "They had it from Kerry.") is None
    assert town_alone("Geneva") == city("Geneva")


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("the Azores", "place", "PRT"),
        ("Rafah crossing", "place", ""),
        ("South China Sea", "place", ""),
        ("Ain al-Asad", "place", "IRQ"),
        ("Diaoyu Islands", "place", "JPN"),
        ("Takeshima", "place", "KOR"),
        ("Golan Heights", "place", "SYR"),
        ("Khovd", "place", "MNG"),
        ("Al-Qaim", "place", "IRQ"),
        ("Chebarkul", "place", "RUS"),
        ("Darfur rebels", "group", "SDN"),
        ("Hope", "", ""),
    ],
)
def test_who(name: str, kind: str, country: str) -> None:
    found = resolver().who(name)
    assert (found.kind, found.country) == (kind, country)


def test_regions_that_act_have_the_country_they_are_in() -> None:
    document = parsed("Darfur rebels freed the hostages.")
    (actor,) = stage().annotate(document).actors(head_of(document, "rebels"))
    assert (actor.country, actor.sector) == ("SDN", "REB")


def test_articles_hyphens_and_apostrophes_do_not_matter() -> None:
    town = city("Al Qa'im")
    assert town is not None
    assert city("al-Qaim") == city("Qaim") == city("el-Kaim") == town
    assert city("St. Petersburg") == city("Saint Petersburg")


def test_regions_have_one_country() -> None:
    found = region("Khyber Pakhtunkhwa")
    assert found is not None
    assert found.country == "PAK"
    assert region("Central") is None
