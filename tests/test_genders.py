"""Genders of names and titles: the three tables, and what they tell of people in the news."""

from __future__ import annotations

import csv
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.actors.gazetteer import fold
from communique.actors.genders import GENDERS, Genders, GenderWord, load_genders
from communique.actors.lexicon import DATA, Holder
from communique.datafiles import packaged, read_csv_entries, read_csv_pairs
from communique.errors import DataFileError

GIVEN = packaged(DATA, "given_names.csv")
HOLDERS = packaged(DATA, "holder_genders.csv")
PEOPLE = sorted({holder.person for holder in read_csv_entries(packaged(DATA, "holders.csv"), Holder)})


def rows(path: Path) -> list[list[str]]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.reader(lines))[1:]


def test_given_names_are_many_sorted_plain_and_of_one_gender() -> None:
    names = [name for name, _ in rows(GIVEN)]
    assert len(names) >= 1500
    assert names == sorted(set(names))
    assert [name for name in names if not re.fullmatch(r"[a-z]{2,}(-[a-z]+)*", name)] == []
    genders = [gender for _, gender in rows(GIVEN)]
    assert set(genders) == set(GENDERS)
    assert genders.count("f") > 1500


@pytest.mark.parametrize("name", "kim jean andrea nicola sasha robin jan karen leslie li min dominique alexis".split())
def test_names_of_women_and_men_are_left_out(name: str) -> None:
    assert name not in dict(rows(GIVEN))


def test_holders_are_named_as_in_the_table_of_holders_once_and_sorted() -> None:
    named = [person for person, _ in rows(HOLDERS)]
    assert named == sorted(set(named))
    assert set(named) <= set(PEOPLE)


def test_telling_words_stand_once() -> None:
    words = read_csv_entries(packaged(DATA, "gender_words.csv"), GenderWord)
    assert len({entry.word for entry in words}) == len(words)
    assert [entry for entry in words if (entry.gender == "") != (entry.where == "rank")] == []
    assert [entry.word for entry in words if entry.word != fold(entry.word).lower()] == []


def test_the_gender_of_nearly_every_holder_is_known() -> None:
    """Who is new in holders.csv and has a name of both, or with the family first, belongs in holder_genders.csv."""
    genders = load_genders()
    unknown = [person for person in PEOPLE if genders.of(person) == ""]
    assert len(unknown) <= len(PEOPLE) // 100, unknown


@pytest.mark.parametrize(
    "name, gender",
    [
        ("Margot Wallström", "f"),
        ("Dr. Ngozi Okonjo-Iweala", "f"),
        ("Dr Ngozi Okonjo-Iweala", "f"),
        ("Aung San Suu Kyi", "f"),
        ("Daw Aung San Suu Kyi", "f"),
        ("Sergey V. Lavrov", "m"),
        ("Igor Ivanov", "m"),
        ("Park Geun-hye", "f"),
        ("Park Geun Hye", "f"),
        ("Xi Jinping", "m"),
        ("Tsai Ing-wen", "f"),
        ("Kim Jong Un", "m"),
        ("Kim Yo-jong", "f"),
        ("Jean-Yves Le Drian", "m"),
        ("Jean Chrétien", "m"),
        ("Marie-Louise Coleiro Preca", "f"),
        ("Kim Campbell", "f"),
        ("Kim Darroch", "m"),
        ("Karen Karapetyan", "m"),
        ("Sheikh Hasina", "f"),
        ("Sheikh Tamim bin Hamad Al Thani", "m"),
        ("Halimah binti Yacob", "f"),
        ("P. V. Narasimha Rao", "m"),
        ("George H. W. Bush", "m"),
        ("J. Condoleezza Rice", "f"),
        ("Abd-Rabbu Mansour Hadi", "m"),
        ("Elizabeth II", "f"),
        ("Lady Ashton", "f"),
        ("Mr. Kelly", "m"),
        ("First Lady Jill Biden", "f"),
        ("Chancellor Angela Merkel", "f"),
        ("Mrs Thatcher", "f"),
        ("Jóhanna Sigurðardóttir", "f"),
        ("Björk Guðmundsdóttir", "f"),
        ("Radosław Sikorski", "m"),
        ("Sahle-Work Zewde", "f"),
        ("Gen. Prayut Chan-o-cha", "m"),
        ("Nguyen Thi Binh", "f"),
        ("Sanae Takaichi", "f"),
        ("U Thant", "m"),
        ("U. Anna Smith", "f"),
        ("President Suharto", "m"),
        ("Her Excellency Daw Aung San Suu Kyi", "f"),
        ("Recep Tayyip Erdoğan", "m"),
        ("Erin O'Toole", "m"),
        ("Andrea Thompson", "f"),
        ("Renho", "f"),
        ("Shamshad Akhtar", "f"),
        ("Shamshad Ahmad", "m"),
    ],
)
def test_names_of_the_news(name: str, gender: str) -> None:
    assert load_genders().of(name) == gender


@pytest.mark.parametrize(
    "name", ["", " ", "Lavrov", "Taylor", "Kim Smith", "Jean Dupont", "Li Na", "Mr Anna Smith", "J. Smith"]
)
def test_what_is_not_certain_has_no_gender(name: str) -> None:
    assert load_genders().of(name) == ""


@pytest.mark.parametrize(
    "words, gender",
    [
        ("Mr", "m"),
        ("Mrs.", "f"),
        ("Crown Prince", "m"),
        (["Foreign", "Ministry", "spokeswoman"], "f"),
        ("his spokeswoman", "f"),
        (["Señora"], "f"),
        ("Herr", "m"),
        ("Sheikha", "f"),
        ("Chairwoman", "f"),
        ("Mr and Mrs", ""),
        ("foreign minister", ""),
        ("", ""),
        ([], ""),
    ],
)
def test_titles(words: str | list[str], gender: str) -> None:
    assert load_genders().of_title(words) == gender


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    assert load_genders().of(text) in ("f", "m", "")


def test_titles_and_given_names_that_disagree_tell_nothing() -> None:
    words = [GenderWord("sheikh", "title", "m")]
    genders = Genders({"rehana": "f"}, {}, words)
    assert genders.of("Rehana Ahmed") == "f"
    assert genders.of("Sheikh Rehana Ahmed") == ""
    assert genders.of("Sheikh Ahmed") == "m"


def test_the_tables_are_read_once_and_fast() -> None:
    assert load_genders() is load_genders()
    load_genders.cache_clear()
    start = time.perf_counter()
    load_genders()
    assert time.perf_counter() - start < 0.2


@pytest.mark.parametrize(
    "text, told",
    [
        ("name,gender\nanna,f\nanna,m\n", "twice"),
        ("name,gender\nanna,x\n", "unknown value"),
        ("name,gender\nanna\n", "cells"),
        ("gender,name\nf,anna\n", "name,gender"),
        ("", "name,gender"),
    ],
)
def test_malformed_pairs_are_refused(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "names.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError, match=told) as caught:
        read_csv_pairs(path, "name", "gender", GENDERS)
    assert "names.csv" in str(caught.value)
