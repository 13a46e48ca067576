"""Offices as agencies write them, with their holders on a day."""

from __future__ import annotations

from datetime import date

import pytest

from actors_helper import resolver

# text, date, id of the office, holder on the day
TITLES = [
    ("the Indian External Affairs Minister", "2023-05-05", "ind-foreign-minister", "S. Jaishankar"),
    ("British Foreign Secretary", "2013-05-05", "gbr-foreign-minister", "William Hague"),
    ("Philippine Secretary of Foreign Affairs", "2014-05-05", "phl-foreign-minister", "Albert del Rosario"),
    ("Mexican Secretary of Foreign Relations", "2018-03-05", "mex-foreign-minister", "Luis Videgaray"),
    ("South African International Relations Minister", "2020-03-05", "zaf-foreign-minister", "Naledi Pandor"),
    ("Portuguese Minister of State and Foreign Affairs", "2021-03-05", "prt-foreign-minister", "Augusto Santos Silva"),
    ("Maltese Minister for Foreign and European Affairs", "2022-05-05", "mlt-foreign-minister", "Ian Borg"),
    ("Holy See Secretary for Relations with States", "2018-03-05", "vat-foreign-minister", "Paul Richard Gallagher"),
    ("Irish Taoiseach", "2020-12-05", "irl-prime-minister", "Micheál Martin"),
    ("Hong Kong Chief Executive", "2019-08-05", "hkg-chief-executive", "Carrie Lam"),
    ("Afghan Chief Executive", "2016-08-05", "afg-chief-executive", "Abdullah Abdullah"),
    ("Kuwait's Amir", "2015-08-05", "kwt-emir", "Sabah al-Ahmad al-Sabah"),
    ("Qatar's ruler", "2010-08-05", "qat-emir", "Hamad bin Khalifa Al Thani"),
    ("Sultan of Oman", "2015-08-05", "omn-sultan", "Qaboos bin Said"),
    ("Crown Prince of Saudi Arabia", "2012-08-05", "sau-crown-prince", "Salman of Saudi Arabia"),
    ("Abu Dhabi Crown Prince", "2019-08-05", "are-abu-dhabi-crown-prince", "Mohamed bin Zayed Al Nahyan"),
    ("Leader of the Islamic Revolution of Iran", "2020-12-05", "irn-supreme-leader", "Ali Khamenei"),
    ("Myanmar's State Counsellor", "2018-08-05", "mmr-state-counsellor", "Aung San Suu Kyi"),
    ("Malian junta leader", "2022-03-05", "mli-president", "Assimi Goïta"),
    ("Niger's military ruler", "2024-03-05", "ner-president", "Abdourahamane Tchiani"),
    ("Gabon's transitional president", "2024-03-05", "gab-president", "Brice Oligui Nguema"),
    ("Lebanese Caretaker Prime Minister", "2022-12-05", "lbn-prime-minister", "Najib Mikati"),
    ("Bangladeshi Chief Adviser", "2025-03-05", "bgd-prime-minister", "Muhammad Yunus"),
    ("Peru's cabinet chief", "2022-10-05", "per-prime-minister", "Aníbal Torres"),
    ("British Chancellor of the Exchequer", "2018-05-05", "gbr-chancellor-of-the-exchequer", "Philip Hammond"),
    ("U.S. Treasury Secretary", "2018-05-05", "usa-secretary-of-the-treasury", "Steven Mnuchin"),
    ("Russian Security Council Secretary", "2018-05-05", "rus-security-council-secretary", "Nikolai Patrushev"),
    ("President of the Palestinian Authority", "2016-03-05", "pse-president", "Mahmoud Abbas"),
    ("Chairman of Libya's Presidential Council", "2018-03-05", "lby-president", "Fayez al-Sarraj"),
    ("head of Sudan's Sovereign Council", "2023-03-05", "sdn-president", "Abdel Fattah al-Burhan"),
    ("Chinese Communist Party General Secretary", "2018-01-01", "chn-general-secretary", "Xi Jinping"),
    ("Hezbollah Secretary-General", "2018-03-05", "hezbollah-secretary-general", "Hassan Nasrallah"),
    ("President of Iraqi Kurdistan", "2014-12-05", "irq-kurdistan-president", "Masoud Barzani"),
    ("Chechen President", "2012-03-05", "rus-chechnya-head", "Ramzan Kadyrov"),
    ("President of Abkhazia", "2017-03-05", "geo-abkhazia-leader", "Raul Khajimba"),
    ("Turkish Cypriot leader", "2018-03-05", "cyp-turkish-cypriot-leader", "Mustafa Akıncı"),
    ("President of Somaliland", "2018-03-05", "som-somaliland-president", "Muse Bihi Abdi"),
    ("Minister of State of Monaco", "2018-03-05", "mco-minister-of-state", "Serge Telle"),
    ("Captain Regent of San Marino", "2018-03-05", "smr-captain-regent", ""),
    ("Mozambican Foreign Minister", "2023-05-05", "moz-foreign-minister", "Verónica Macamo"),
    ("Latvian Foreign Minister", "2023-08-01", "lva-foreign-minister", "Krišjānis Kariņš"),
]

NAMES = [
    ("Tsai Ing-wen", "Tsai Ing-wen"),
    ("Hassan Sheikh Mohamud", "Hassan Sheikh Mohamud"),
    ("Choe Son Hui", "Choe Son-hui"),
    ("Vladimir Zelensky", "Volodymyr Zelensky"),
    ("Moamer Kadhafi", "Muammar Gaddafi"),
    ("Walid Muallem", "Walid al-Moallem"),
    ("Lt. Gen. Abdel Fattah al-Burhan", "Abdel Fattah al-Burhan"),
    ("Sheikh Hamad bin Jassem bin Jabr Al Thani", "Hamad bin Jassim Al Thani"),
    ("South Korean President Park Geun-hye", "Park Geun-hye"),
    ("Philippine Foreign Secretary Albert del Rosario", "Albert del Rosario"),
]


@pytest.mark.parametrize(("text", "day", "office", "holder"), TITLES)
def test_title(text: str, day: str, office: str, holder: str) -> None:
    found = resolver().who(text, date.fromisoformat(day))
    assert (found.office_id, found.office_holder) == (office, holder)


@pytest.mark.parametrize(("text", "person"), NAMES)
def test_name(text: str, person: str) -> None:
    assert resolver().who(text).name == person


@pytest.mark.parametrize("text", ["a Hamas leader", "Houthi spokesman", "Catalan leader"])
def test_a_member_of_a_group_is_not_the_holder_of_its_office(text: str) -> None:
    assert resolver().who(text, date(2018, 3, 5)).office_holder == ""


def test_former_and_designate_hold_nothing() -> None:
    for text in ("former Pakistani Prime Minister", "Prime Minister-designate of Lebanon"):
        found = resolver().who(text, date(2020, 9, 5))
        assert (found.sector, found.office_holder) == ("ELI", "")
