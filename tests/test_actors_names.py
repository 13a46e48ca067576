"""Names in running text: what the gazetteer finds, what it must not, and the countries table."""

from __future__ import annotations

from datetime import date

import pycountry
import pytest

from actors_helper import parsed, resolver, stage
from communique.actors.gazetteer import fold
from communique.actors.lexicon import load_lexicon

FOUND = [
    ("Ukraine's premier", "UKR"),
    ("the DPRK and the ROK", "PRK KOR"),
    ("U.S.-Russian talks", "USA RUS"),
    ("IRAN AND IRAQ SIGN", "IRN IRQ"),
    ("Côte d’Ivoire", "CIV"),
    ("Ivory Coast", "CIV"),
    ("they told us it is time", ""),
    ("the Ukrainians and the Dutch", "UKR NLD"),
    ("Congo-Brazzaville", "COG"),
    ("Guinea-Bissau and Guinea", "GNB GIN"),
    ("Nigeriens and Nigerians", "NER NGA"),
    ("Bosnia-Herzegovina", "BIH"),
    ("Dominicans and Dominica", "DOM DMA"),
    ("a South American summit", ""),
    ("the Indian Ocean and the South China Sea", ""),
    ("New Mexico", "USA"),
    ("Washington State University", "USA"),
    ("Türkiye and Turkiye", "TUR TUR"),
    ("the Paris Agreement", ""),
    ("10 Downing Street", "GBR"),
    ("WHO IS NEXT", ""),
    ("Chinese, Japanese and Portuguese", "CHN JPN PRT"),
    ("Nagorno-Karabakh", "AZE"),
    ("eSwatini", "SWZ"),
]

PERSONS = [
    "Michael Jordan scored.",
    "Chad Smith left.",
    "Denzel Washington spoke.",
    "Jack London wrote.",
    "Israel Katz called.",
    "Paris Hilton arrived.",
    "India Arie sang.",
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_names_found(text: str, expected: str) -> None:
    found = [resolver().entity(one.entities, None) for one in resolver().gazetteer.find(text)]
    assert " ".join(e.country for e in found if e is not None and e.country not in ("", "IGO")) == expected


@pytest.mark.parametrize("text", PERSONS)
def test_personal_names_are_no_countries(text: str) -> None:
    document = parsed(text, "2019-06-01")
    actors = [actor for _, found in stage().annotate(document).all() for actor in found]
    assert not any(actor.kind == "country" for actor in actors)


def test_offsets_survive_folding() -> None:
    text = "Élysée, Łódź, Türkiye – São Tomé’s"
    assert len(fold(text)) == len(text)
    assert fold("abc") == "abc"


def test_names_change_with_the_date() -> None:
    entities = resolver().gazetteer.lookup("Zaire")
    assert entities[0].country == "COD"
    soviet = resolver().entity(resolver().gazetteer.lookup("Soviet Union"), date(1985, 1, 1))
    assert soviet is not None
    assert soviet.country == "SUN"


def test_every_country_of_the_standard_is_there() -> None:
    codes = {country.code for country in load_lexicon().countries}
    assert {country.alpha_3 for country in pycountry.countries} <= codes
    assert {"XKX", "SUN", "YUG", "SCG", "CSK"} <= codes


def test_states_have_what_news_needs() -> None:
    states = [country for country in load_lexicon().countries if country.kind == "state"]
    assert len(states) > 190
    lacking = {country.code for country in states if not country.demonyms}
    assert lacking <= {"VAT", "KNA", "DMA", "COG"}


def test_no_name_is_claimed_twice() -> None:
    seen: dict[str, str] = {}
    for country in load_lexicon().countries:
        for name in (country.name, *country.names):
            assert seen.setdefault(name, country.code) == country.code, name
