"""Mentions that stand alone: `Resolver.who`, with the date and the context that decide."""

from __future__ import annotations

from datetime import date

import pytest

from actors_helper import resolver

# text, date, country, sector, person (of the name or the holder)
CASES = [
    ("U.S. Secretary of State", "2015-11-02", "USA", "GOV", "John Kerry"),
    ("U.S. Secretary of State", "2009-06-01", "USA", "GOV", "Hillary Clinton"),
    ("Kerry", "2015-11-02", "USA", "GOV", "John Kerry"),
    ("Kerry", "2003-05-01", "USA", "LEG", "John Kerry"),
    ("Kerry", "2018-05-01", "USA", "ELI", "John Kerry"),
    ("Carter", "1999-03-01", "USA", "ELI", "Jimmy Carter"),
    ("Carter", "2016-03-01", "USA", "GOV", "Ash Carter"),
    ("Bush", "1996-01-01", "USA", "ELI", "George H. W. Bush"),
    ("Bhutto", "1995-01-01", "PAK", "GOV", "Benazir Bhutto"),
    ("Bhutto", "1999-01-01", "PAK", "OPP", "Benazir Bhutto"),
    ("Tsvangirai", "2008-04-01", "ZWE", "OPP", "Morgan Tsvangirai"),
    ("Tsvangirai", "2010-04-01", "ZWE", "GOV", "Morgan Tsvangirai"),
    ("Suu Kyi", "2003-01-01", "MMR", "OPP", "Aung San Suu Kyi"),
    ("Maskhadov", "1999-10-01", "RUS", "REB", "Aslan Maskhadov"),
    ("Díaz-Canel", "2021-06-01", "CUB", "GOV", "Miguel Díaz-Canel"),
    ("Alliot-Marie", "2006-06-01", "FRA", "GOV", "Michèle Alliot-Marie"),
    ("al-Maliki", "2010-06-01", "IRQ", "GOV", "Nouri al-Maliki"),
    ("the Israeli opposition leader", "2023-06-01", "ISR", "LEG", "Yair Lapid"),
    ("the army chief of Thailand", "2006-09-19", "THA", "MIL", "Sonthi Boonyaratglin"),
    ("the French president", "1999-01-01", "FRA", "GOV", "Jacques Chirac"),
    ("Foreign Minister of France", "2010-06-01", "FRA", "GOV", "Bernard Kouchner"),
    ("President of the Republic of Korea", "2014-03-03", "KOR", "GOV", "Park Geun-hye"),
    ("Iran's top diplomat", "2016-01-01", "IRN", "GOV", "Mohammad Javad Zarif"),
    ("the Kazakh foreign minister", "2015-01-01", "KAZ", "GOV", "Erlan Idrissov"),
    ("German Chancellor", "2012-01-01", "DEU", "GOV", "Angela Merkel"),
    ("Chancellor Gerhard Schröder", "2002-01-01", "DEU", "GOV", "Gerhard Schröder"),
    ("British Prime Minister Tony Blair", "2003-03-20", "GBR", "GOV", "Tony Blair"),
    ("the prime minister of Japan", "2013-05-05", "JPN", "GOV", "Shinzo Abe"),
    ("UN Secretary-General", "2010-01-01", "IGO", "", "Ban Ki-moon"),
    ("UN Secretary-General Kofi Annan", "2000-01-01", "IGO", "", "Kofi Annan"),
    ("Pyongyang", "", "PRK", "GOV", ""),
    ("the Kremlin", "", "RUS", "GOV", ""),
    ("Foggy Bottom", "", "USA", "GOV", ""),
    ("Turkish police", "", "TUR", "COP", ""),
    ("four Saudi men", "", "SAU", "CVL", ""),
    ("retired vice president of Kenya", "", "KEN", "ELI", ""),
    ("an American destroyer", "", "USA", "MIL", ""),
    ("the bank governor of Ghana", "", "GHA", "*", ""),
    ("Hezbollah fighters", "", "LBN", "REB", ""),
    ("EU officials", "", "IGO", "", ""),
    ("UN peacekeepers", "", "IGO", "MIL", ""),
    ("acting foreign minister of Moldova", "", "MDA", "GOV", ""),
    ("Kenya's president-elect", "", "KEN", "ELI", ""),
    ("Georgia", "", "GEO", "", ""),
    ("the Democratic Republic of the Congo", "", "COD", "", ""),
    ("Kosovo", "", "XKX", "", ""),
]


@pytest.mark.parametrize(("text", "day", "country", "sector", "person"), CASES)
def test_who(text: str, day: str, country: str, sector: str, person: str) -> None:
    found = resolver().who(text, date.fromisoformat(day) if day else None)
    assert found.country == country, found
    assert sector in ("*", found.sector), found
    if person:
        assert person in (found.name, found.office_holder), found


def test_nobody_is_said_to_be_nobody() -> None:
    found = resolver().who("the quarterly budget")
    assert found.country == ""
    assert found.confidence == 0.0


def test_the_context_decides_between_namesakes() -> None:
    assert resolver().who("Geneva").kind == "place"
    found = resolver().who("the president", date(2015, 1, 1), "")
    assert found.office_holder == ""


def test_the_term_is_told() -> None:
    found = resolver().who("U.S. President", date(2010, 5, 5))
    assert found.term == ("2009-01-20", "2017-01-20")
    assert found.office_id == "usa-president"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russian and Belorussian soldiers", ["RUS MIL", "BLR MIL"]),
        ("the presidents of Kenya and Ghana", ["KEN GOV", "GHA GOV"]),
        ("Germany, France and Britain", ["DEU ", "FRA ", "GBR "]),
        ("U.S. and EU officials", ["USA GOV", "IGO "]),
        ("Trinidad and Tobago", ["TTO "]),
        ("the UN special envoy for Syria", ["IGO "]),
        ("special envoy for Syria", [" GOV"]),
        ("a Chinese restaurant", [" "]),
        ("China-brokered", [" "]),
    ],
)
def test_everyone_whom_a_mention_names(text: str, expected: list[str]) -> None:
    found = resolver().everyone(text, date(2016, 8, 1))
    assert [f"{one.country} {one.sector}" for one in found] == expected


def test_an_envoy_is_told_by_what_he_deals_with() -> None:
    assert resolver().who("UN special envoy for Syria", date(2016, 8, 1)).office_holder == "Staffan de Mistura"
    assert resolver().who("U.S. ambassador to Russia", date(2012, 8, 1)).office_holder == "Michael McFaul"
