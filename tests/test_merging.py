"""Merging: what several documents tell of one thing is one, in whatever order, and the user has the last word."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from communique.coded import Coded
from communique.diplomacy.things import Thing
from communique.errors import RecordError
from communique.record.merging.apply import merge_record
from communique.record.merging.verdicts import join, split
from communique.record.merging.words import stem, stems
from communique.record.store import Record
from things_helper import agreement, commitment, document, meeting, position, topics, visit

SOINI, FREELAND, LAVROV = "FIN Timo Soini", "CAN Chrystia Freeland", "RUS Sergey Lavrov"
BURNS, SASAE = "USA William Burns", "JPN Kenichiro Sasae"


def merged(path: Path, *batch: Coded) -> Record:
    record = Record.open(path)
    record.write(batch, [], "v1")
    merge_record(record)
    return record


def groups(record: Record, kind: str = "meeting") -> list[list[str]]:
    """The documents of each merged thing of a kind, sorted."""
    sql = "SELECT list_sort(list(document_id)) FROM merged WHERE kind = ? GROUP BY merged_id"
    return sorted(row[0] for row in record.query(sql, [kind])[1])


def pair(a: Thing, b: Thing, days: tuple[str, str] = ("2020-01-02", "2020-01-02"), **more: Any) -> tuple[Coded, Coded]:
    return document("a", days[0], a, **more), document("b", days[1], b, **more)


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        (meeting(SOINI, FREELAND, place="Helsinki"), meeting(FREELAND, SOINI), True),
        (meeting(SOINI, FREELAND), meeting("FIN", FREELAND, level=""), True),
        (meeting(SOINI, FREELAND), meeting("FIN Sauli Niinistö", FREELAND), False),
        (meeting(SOINI, FREELAND), meeting(SOINI, LAVROV), False),
        (meeting(SOINI, FREELAND), meeting(SOINI, FREELAND, kind="call"), False),
        (meeting(SOINI, FREELAND), meeting(SOINI, FREELAND, kind="unknown"), True),
        (meeting(SOINI, FREELAND, place="Helsinki"), meeting(SOINI, FREELAND, place="Washington"), False),
        (meeting(SOINI, FREELAND), meeting(SOINI, FREELAND, day="2020-01-04"), False),
        (meeting(SOINI, FREELAND), meeting(SOINI, FREELAND, factuality="denied"), False),
        (meeting(SOINI, FREELAND, factuality="planned"), meeting(SOINI, FREELAND), True),
        (meeting("FIN minister", "CAN minister"), meeting("FIN", "CAN"), True),
        (meeting("FIN", "CAN", level=""), meeting("FIN", "CAN", level=""), False),
        (meeting("FIN", "CAN", level="head-of-state"), meeting("FIN", "CAN"), False),
        (meeting(SOINI, place="Helsinki"), meeting(SOINI, FREELAND, place="Helsinki"), True),
        (meeting(SOINI), meeting(SOINI, FREELAND), False),
        (meeting(SOINI, FREELAND, place="Helsinki"), meeting(SOINI, FREELAND, place="Helsinki", day="2020-01"), True),
        (meeting(SOINI, FREELAND), meeting(SOINI, FREELAND, day="2020-03"), False),
        (meeting("FIN", "CAN", "NOR"), meeting("FIN", "CAN", "NOR", "SWE"), False),
    ],
)
def test_two_tellings_of_a_meeting_are_one_or_not(a: Thing, b: Thing, one: bool, tmp_path: Path) -> None:
    with merged(tmp_path / "r.duckdb", *pair(a, b)) as record:
        assert groups(record) == ([["a", "b"]] if one else [["a"], ["b"]])


def test_a_day_apart_is_one_meeting_where_clocks_differ_and_the_place_agrees(tmp_path: Path) -> None:
    here = meeting(BURNS, SASAE, day="2012-03-16", place="Honolulu")
    there = meeting(SASAE, BURNS, day="2012-03-17", place="Honolulu")
    elsewhere = meeting(SASAE, BURNS, day="2012-03-17", place="Washington")
    usa = document("usa", "2012-03-16", here, country="USA")
    with merged(tmp_path / "1.duckdb", usa, document("jpn", "2012-03-18", there, country="JPN")) as record:
        assert groups(record) == [["jpn", "usa"]]
        assert record.query("SELECT date FROM meetings")[1] == [(date(2012, 3, 16),)], "the date of the place"
    with merged(tmp_path / "2.duckdb", usa, document("jpn", "2012-03-18", elsewhere, country="JPN")) as record:
        assert groups(record) == [["jpn"], ["usa"]]
    with merged(tmp_path / "3.duckdb", usa, document("us2", "2012-03-18", there, country="USA")) as record:
        assert groups(record) == [["us2"], ["usa"]], "two days of talks"


def test_what_one_document_tells_as_two_is_not_joined_by_a_third(tmp_path: Path) -> None:
    two = document("two", "2020-01-02", meeting(SOINI, FREELAND), meeting(SOINI, FREELAND, start=50))
    with merged(tmp_path / "r.duckdb", two, document("one", "2020-01-02", meeting(SOINI, FREELAND))) as record:
        assert groups(record) == [["one", "two"], ["two"]]


def test_a_vague_telling_joins_only_where_there_is_one_candidate(tmp_path: Path) -> None:
    first = document("first", "2020-01-03", meeting(SOINI, FREELAND, day="2020-01-03", place="Helsinki"))
    second = document("second", "2020-01-20", meeting(SOINI, FREELAND, day="2020-01-20", place="Helsinki"))
    vague = document("vague", "2020-02-02", meeting(SOINI, FREELAND, day="2020-01", place="Helsinki"))
    with merged(tmp_path / "1.duckdb", first, vague) as record:
        assert groups(record) == [["first", "vague"]]
    with merged(tmp_path / "2.duckdb", first, second, vague) as record:
        assert groups(record) == [["first"], ["second"], ["vague"]]


def test_a_merged_meeting_has_the_best_of_each_and_shows_what_each_stresses(tmp_path: Path) -> None:
    a = meeting(SOINI, "CAN", level="", topics=topics("trade", "energy"))
    b = meeting("FIN", FREELAND, place="Helsinki", topics=topics("trade", "women"))
    c = meeting(SOINI, FREELAND, topics=topics("energy"))
    batch = [document(name, "2020-01-02", each) for name, each in zip("abc", (a, b, c), strict=True)]
    with merged(tmp_path / "r.duckdb", *batch) as record:
        columns, rows = record.query("FROM meetings")
        (met,) = [dict(zip(columns, row, strict=True)) for row in rows]
        assert sorted(met["participants"]) == ["Chrystia Freeland", "Timo Soini"]
        assert (met["place"], met["documents"]) == ("Helsinki", ["a", "b", "c"])
        stressed = record.query("SELECT document_id, topic FROM meeting_topics WHERE alone ORDER BY ALL")[1]
        assert stressed == [("b", "women")]
        assert len(record.query("FROM thing_quotes WHERE kind = 'meeting'")[1]) == 3


def test_the_stages_of_an_agreement_are_one_history(tmp_path: Path) -> None:
    title = "agreement on the promotion and protection of investments"
    tellings = [
        agreement("FIN", "ECU", title=title, stage="signed", day="2001-04-18"),
        agreement("ECU", "FIN", title=title, stage="ratified", day="2001-10-09"),
        agreement("FIN", "ECU", title="investment protection agreement", stage="terminated", day="2010-11-09"),
        agreement("FIN", "ECU", title="tax agreement", stage="negotiated", day="2010-05-01"),
        agreement("FIN", "PER", title=title, stage="signed", day="2001-04-18"),
        agreement("FIN", "ECU", title=title, stage="signed", day="2011-04-18"),
    ]
    batch = [document(f"f{n}", str(each.when.date), each) for n, each in enumerate(tellings)]
    with merged(tmp_path / "r.duckdb", *batch) as record:
        assert groups(record, "agreement") == [["f0", "f1", "f2"], ["f3"], ["f4"], ["f5"]]
        stages = "SELECT stage FROM agreement_stages WHERE document_id IN ('f0', 'f1', 'f2') ORDER BY date"
        assert record.query(stages)[1] == [("signed",), ("ratified",), ("terminated",)]
        now = "SELECT stage, title FROM agreements WHERE len(documents) > 1"
        assert record.query(now)[1] == [("terminated", title)]


def test_a_visit_put_off_and_held_is_one_visit(tmp_path: Path) -> None:
    planned = document("v1", "2017-11-20", visit("TUR Erdoğan", "DZA", "2017-12-11", "planned"), text="He will visit.")
    held = visit("TUR Erdoğan", "DZA", "2018-02-26")
    again = document("v3", "2018-02-27", held, text="He began the visit that he had put off.")
    with merged(tmp_path / "1.duckdb", planned, again) as record:
        assert groups(record, "visit") == [["v1", "v3"]]
        assert record.query("SELECT arrival, factuality FROM visits")[1] == [(date(2018, 2, 26), "happened")]
    with merged(tmp_path / "2.duckdb", planned, document("v3", "2018-02-27", held)) as record:
        assert groups(record, "visit") == [["v1"], ["v3"]]


def test_a_promise_told_again_is_one_and_one_with_a_new_day_another(tmp_path: Path) -> None:
    words = "complete the study of the Lethem road"
    batch = [
        document("a", "2010-01-02", commitment("BRA", "GUY", words, due="2010-12-31", day="2010-01-02")),
        document("b", "2010-02-02", commitment("BRA", "", "completion of the Lethem road study", day="2010-02-02")),
        document("c", "2011-02-02", commitment("BRA", "GUY", words, due="2012-06-30", day="2011-02-02")),
        document("d", "2010-02-02", commitment("PER", "GUY", words, day="2010-02-02")),
        document("e", "2010-02-02", commitment("BRA", "GUY", "pay 20 million for the Lethem road", day="2010-02-02")),
        document("f", "2010-02-02", commitment("BRA", "GUY", "pay 30 million for the Lethem road", day="2010-02-02")),
    ]
    with merged(tmp_path / "r.duckdb", *batch) as record:
        found = groups(record, "commitment")
        assert [group for group in found if len(group) > 1] in ([["a", "b"]], [])
        assert ["c"] in found
        assert ["d"] in found
        assert ["e"] in found


def test_one_position_reported_twice_is_one(tmp_path: Path) -> None:
    a, b = (
        position(FREELAND, "condemns", text) for text in ("the attack in Mali", "an attack on peacekeepers in Mali")
    )
    other = document("c", "2020-01-02", position(FREELAND, "welcomes", "the attack in Mali"))
    with merged(tmp_path / "r.duckdb", *pair(a, b), other) as record:
        assert groups(record, "position") == [["a", "b"], ["c"]]


def many() -> list[Coded]:
    """Documents with tellings that can be joined in several ways."""
    chance = random.Random(7)
    people = [SOINI, FREELAND, LAVROV, "NOR Børge Brende", "FIN", "CAN minister"]
    days = ["2020-01-02", "2020-01-03", "2020-01-04", "2020-01"]
    batch = []
    for number in range(30):
        first, second = chance.sample(people, 2)
        met = [
            meeting(
                first, second, day=chance.choice(days), place=chance.choice(["", "Helsinki", "New York"]), start=n * 40
            )
            for n in range(chance.choice([1, 1, 2]))
        ]
        promise = commitment(
            first, second, chance.choice(["open an embassy", "ratify the new treaty", "open the embassy"])
        )
        paper = agreement(
            first, second, title="treaty on fisheries", stage=chance.choice(["signed", "ratified"]), day=days[0]
        )
        batch.append(
            document(f"d{number:02}", "2020-01-05", *met, promise, paper, country=chance.choice(["FIN", "CAN"]))
        )
    return batch


def contents(record: Record) -> dict[str, list[str]]:
    tables = ("merged", "merged_parties", "judgements", "commitment_changes", "meetings", "agreements", "commitments")
    return {table: sorted(map(repr, record.query(f"FROM {table}")[1])) for table in tables}


def test_the_order_of_documents_is_of_no_account(tmp_path: Path) -> None:
    batch = many()
    with merged(tmp_path / "r.duckdb", *batch) as record:
        expected = contents(record)
    assert any(len(group) > 2 for group in groups(merged(tmp_path / "again.duckdb", *batch)))
    for seed in range(6):
        shuffled = batch[:]
        random.Random(seed).shuffle(shuffled)
        with Record.open(tmp_path / f"{seed}.duckdb") as record:
            for start in range(0, len(shuffled), 7):
                record.write(shuffled[start : start + 7], [], "v1")
                if seed % 2:
                    merge_record(record)
            merge_record(record)
            assert contents(record) == expected
            merge_record(record)
            assert contents(record) == expected, "merging twice changes nothing"


def ids(record: Record, kind: str = "meeting") -> dict[str, str]:
    """The thing of each document."""
    return dict(record.query("SELECT document_id, thing_id FROM merged WHERE kind = ?", [kind])[1])


def three() -> list[Coded]:
    return [document(name, "2020-01-02", meeting(SOINI, FREELAND, place="Helsinki")) for name in "abc"]


def test_a_merged_thing_is_split_and_stays_so_over_a_new_reading(tmp_path: Path) -> None:
    with merged(tmp_path / "r.duckdb", *three()) as record:
        assert groups(record) == [["a", "b", "c"]]
        assert split(record, ids(record)["b"], "another delegation") == 2
        merge_record(record)
        assert groups(record) == [["a", "c"], ["b"]]
        record.write([*three(), document("d", "2020-01-02", meeting(SOINI, FREELAND))], [], "v2")
        merge_record(record)
        assert groups(record) in ([["a", "c", "d"], ["b"]], [["a", "c"], ["b", "d"]])
        said = record.query(
            "SELECT DISTINCT verdict, why, judged_at IS NOT NULL FROM judgements WHERE judged_by = 'user'"
        )[1]
        assert said == [("apart", "another delegation", True)]


def test_the_whole_of_a_merged_thing_is_split(tmp_path: Path) -> None:
    with merged(tmp_path / "r.duckdb", *three()) as record:
        split(record, record.query("SELECT meeting_id FROM meetings")[1][0][0])
        merge_record(record)
        assert groups(record) == [["a"], ["b"], ["c"]]


def test_a_verdict_holds_where_a_text_has_changed_a_little(tmp_path: Path) -> None:
    with merged(tmp_path / "r.duckdb", *three()) as record:
        split(record, ids(record)["b"])
        record.write([document("b", "2020-01-02", meeting(SOINI, FREELAND, place="Helsinki", start=20))], [], "v2")
        merge_record(record)
        assert groups(record) == [["a", "c"], ["b"]]


def test_things_are_joined_whatever_the_rules_say_and_split_again(tmp_path: Path) -> None:
    a, b = meeting(SOINI, FREELAND), meeting(SOINI, FREELAND, day="2020-01-09")
    with merged(tmp_path / "r.duckdb", *pair(a, b)) as record:
        found = ids(record)
        assert join(record, found["a"], found["b"]) == 1
        merge_record(record)
        assert groups(record) == [["a", "b"]]
        record.write(pair(a, b), [], "v2")
        merge_record(record)
        assert groups(record) == [["a", "b"]]
        split(record, found["a"])
        merge_record(record)
        assert groups(record) == [["a"], ["b"]]
        assert len(record.query("FROM judgements")[1]) == 1, "the later verdict is the one that counts"


def test_a_verdict_on_nothing_is_refused(tmp_path: Path) -> None:
    promise = document("p", "2020-01-02", commitment("FIN", "CAN", "ratify the treaty"))
    with merged(tmp_path / "r.duckdb", *three(), promise) as record:
        with pytest.raises(RecordError, match="there is no thing 'x'"):
            split(record, "x")
        with pytest.raises(RecordError, match="told only once"):
            split(record, ids(record, "commitment")["p"])
        with pytest.raises(RecordError, match=r"is a meeting, .* a commitment"):
            join(record, ids(record)["a"], ids(record, "commitment")["p"])
        with pytest.raises(RecordError, match="one thing already"):
            join(record, ids(record)["a"], ids(record)["a"])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("ratified", "ratification"),
        ("studies", "study"),
        ("opened", "open"),
        ("transfer", "transferred"),
        ("raise", "raised"),
    ],
)
def test_forms_of_a_word_have_one_stem(first: str, second: str) -> None:
    assert stem(first) == stem(second)


def test_stems_leave_out_what_says_nothing_and_accents() -> None:
    assert stems("The Minister promised to build 20 schools in Bogotá") == {"build", "20", "school", "bogota"}
