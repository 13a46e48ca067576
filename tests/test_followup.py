"""What becomes of promises: kept, broken, overdue, replaced; and what changes nothing."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from communique.cli.app import app
from communique.cli.commitments import ledger
from communique.coded import Coded
from communique.model import Event, Source
from communique.record.merging.apply import merge_record
from communique.record.merging.followup import status_at
from communique.record.store import Record
from things_helper import actors, agreement, commitment, document

NAMES = {"AUS": frozenset({"Australia"}), "KWT": frozenset({"Kuwait"}), "IRL": frozenset({"Ireland", "Irish"})}
PLANT = commitment("AUS Alexander Downer", "NRU", "finance a new desalination plant", day="2002-12-09")
MONEY = commitment("KWT", "LBN", "transfer 300 million dollars for reconstruction", day="2002-12-09", act="0331")
MISSION = commitment("IRL", "LBR", "raise its mission in Monrovia to a full embassy", day="2002-12-09")


def event(country: str, event_type: str, cameo: str, day: str = "2003-05-14", factuality: str = "happened") -> Event:
    when = date.fromisoformat(day)
    return Event(
        *("e1", "later", 0, 0, 4, "acts", event_type, "", (), cameo, 0.0, 1, actors(country), (), when, when, "day"),  # type: ignore[arg-type]
        *(None, (), factuality, None, "rule", 0.9, (Source(0, 0, 4, "acts"),)),  # type: ignore[arg-type]
    )


def statuses(path: Path, *batch: Coded, day: str = "2030-01-01") -> list[str]:
    with Record.open(path) as record:
        record.write(batch, [], "v1")
        merge_record(record, NAMES)
        return [row["status"] for row in ledger(record, date.fromisoformat(day))]


@pytest.mark.parametrize(
    ("promise", "text", "status"),
    [
        (PLANT, "Australia will not finance a new desalination plant on Nauru.", "broken"),
        (PLANT, "Australia financed the new desalination plant.", "done"),
        (PLANT, "Australia may finance the desalination plant.", "open"),
        (PLANT, "Australia has not yet financed the desalination plant.", "open"),
        (PLANT, "Australia pledged to finance the desalination plant.", "open"),
        (PLANT, "Japan financed the new desalination plant.", "open"),
        (PLANT, "Australia financed a new road.", "open"),
        (MONEY, "The Bank confirms receipt of 300 million dollars from Kuwait for reconstruction.", "done"),
        (MONEY, "The Bank confirms receipt of 200 million dollars from Kuwait for reconstruction.", "open"),
        (MONEY, "The 300 million dollars of Kuwait for reconstruction have not been received.", "open"),
        (MISSION, "Ireland today raised its mission in Liberia to a full embassy.", "done"),
        (MISSION, "Ireland closed its mission in Monrovia, never a full embassy.", "open"),
    ],
)
def test_a_later_sentence_tells_what_became_of_a_promise(
    promise: object, text: str, status: str, tmp_path: Path
) -> None:
    first = document("first", "2002-12-09", promise, text="He made a promise.")  # type: ignore[arg-type]
    assert statuses(tmp_path / "1.duckdb", first, document("later", "2003-05-14", text=text)) == [status]
    earlier = document("earlier", "2001-05-14", text=text)
    assert statuses(tmp_path / "2.duckdb", first, earlier) == ["open"], "what came before is no answer"


def test_a_coded_act_of_the_promised_kind_keeps_a_promise(tmp_path: Path) -> None:
    first = document("first", "2002-12-09", MONEY, text="He made a promise.")
    text = "It gave 300 million dollars for reconstruction."
    given = document("later", "2003-05-14", text=text, events=(event("KWT", "AID", "071"),))
    other = document("later", "2003-05-14", text=text, events=(event("SAU", "AID", "071"),))
    planned = document("later", "2003-05-14", text=text, events=(event("KWT", "AID", "071", factuality="planned"),))
    assert statuses(tmp_path / "1.duckdb", first, given) == ["done"]
    assert statuses(tmp_path / "2.duckdb", first, other) == ["open"]
    assert statuses(tmp_path / "3.duckdb", first, planned) == ["open"]


def test_a_change_keeps_its_date_document_and_words(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    text = "It is hot. Australia will not finance a new desalination plant on Nauru."
    statuses(path, document("first", "2002-12-09", PLANT), document("later", "2003-05-14", text=text))
    with Record.open(path, read_only=True) as record:
        sql = """
            SELECT c.position, c.status, c.date, c.document_id, c.why,
                   substr(d.text, c."start" + 1, c."end" - c."start")
            FROM commitment_changes c JOIN documents d USING (document_id) ORDER BY c.position"""
        opened, broken = record.query(sql)[1]
        assert opened[:5] == (0, "open", date(2002, 12, 9), "first", "the promise")
        assert broken[:4] == (1, "broken", date(2003, 5, 14), "later")
        assert broken[5] == text.partition(". ")[2]
        assert record.query("SELECT status, status_date FROM commitments")[1] == [("broken", date(2003, 5, 14))]


def test_a_promise_with_a_new_day_replaces_the_old_one(tmp_path: Path) -> None:
    words = "complete the study of the Lethem road"
    old = commitment("BRA", "GUY", words, due="2010-12-31", day="2009-09-14")
    new = commitment(
        "BRA Antonio Patriota", "GUY", "the study of the Lethem road would now be completed", due="2012-06-30"
    )
    new = dataclasses.replace(new, when=dataclasses.replace(new.when, date=date(2011, 3, 22)))
    batch = (document("b1", "2009-09-14", old), document("b3", "2011-03-22", new))
    path = tmp_path / "r.duckdb"
    assert statuses(path, *batch, day="2009-09-14") == ["open"]
    assert statuses(path, *batch, day="2011-02-10") == ["overdue"]
    assert statuses(path, *batch, day="2011-03-22") == ["superseded", "open"]
    assert statuses(path, *batch, day="2012-07-01") == ["superseded", "overdue"]


def test_a_promised_document_that_came_keeps_the_promise(tmp_path: Path) -> None:
    promise = commitment("FIN", "ECU", "sign the agreement on fisheries", day="2001-01-02")
    first = document("first", "2001-01-02", promise, text="He made a promise.")
    for number, (stage, title, status) in enumerate(
        [
            ("signed", "agreement on fisheries", "done"),
            ("signed", "agreement on tax", "open"),
            ("negotiated", "agreement on fisheries", "open"),
        ]
    ):
        paper = agreement("FIN", "ECU", title=title, stage=stage, day="2001-04-18")
        assert statuses(tmp_path / f"{number}.duckdb", first, document("later", "2001-04-18", paper)) == [status]


@pytest.mark.parametrize(
    ("changes", "due", "day", "status"),
    [
        ([("open", "2020-01-01")], None, "2019-12-31", None),
        ([("open", "2020-01-01")], None, "2030-01-01", "open"),
        ([("open", "2020-01-01")], "2020-06-30", "2020-06-30", "open"),
        ([("open", "2020-01-01")], "2020-06-30", "2020-07-01", "overdue"),
        ([("open", "2020-01-01"), ("done", "2020-08-01")], "2020-06-30", "2020-07-15", "overdue"),
        ([("open", "2020-01-01"), ("done", "2020-08-01")], "2020-06-30", "2020-08-01", "done"),
        ([("open", "2020-01-01"), ("broken", "2020-03-01")], "2020-06-30", "2020-07-01", "broken"),
    ],
)
def test_the_status_of_a_day(changes: list[tuple[str, str]], due: str | None, day: str, status: str | None) -> None:
    dated = [(name, date.fromisoformat(when)) for name, when in changes]
    assert status_at(dated, date.fromisoformat(due) if due else None, date.fromisoformat(day)) == status


def test_the_command_lists_what_is_asked_for(tmp_path: Path) -> None:
    path = str(tmp_path / "r.duckdb")
    due = dataclasses.replace(MISSION, due=date(2003, 6, 30))
    statuses(
        tmp_path / "r.duckdb",
        *(document("a", "2002-12-09", PLANT), document("b", "2002-12-09", MONEY), document("c", "2002-12-09", due)),
        document("later", "2003-05-14", text="Australia will not finance a new desalination plant on Nauru."),
    )

    def listed(*options: str) -> list[tuple[str, str]]:
        done = CliRunner().invoke(app, ["commitments", "--record", path, "--format", "jsonl", *options])
        assert done.exit_code == 0, done.output
        found = [json.loads(line) for line in done.output.splitlines()]
        return sorted((row["document_id"], row["status"]) for row in found)

    assert listed() == [("a", "broken"), ("b", "open"), ("c", "overdue")]
    assert listed("--open") == [("b", "open"), ("c", "overdue")]
    assert listed("--overdue") == [("c", "overdue")]
    assert listed("--as-of", "2003-01-01") == [("a", "open"), ("b", "open"), ("c", "open")]
    assert listed("--as-of", "2002-01-01") == []
    assert listed("--by", "kwt") == [("b", "open")]
    assert listed("--by", "Downer") == [("a", "broken")]
    assert listed("--to", "LBR", "--open") == [("c", "overdue")]
    both = CliRunner().invoke(app, ["commitments", "--record", path, "--open", "--overdue"])
    assert both.exit_code == 2


def test_the_command_merges_lists_and_splits(tmp_path: Path) -> None:
    path = str(tmp_path / "r.duckdb")
    statuses(tmp_path / "r.duckdb", document("a", "2002-12-09", PLANT), document("b", "2002-12-10", PLANT))

    def run(*options: str) -> list[dict[str, str]]:
        done = CliRunner().invoke(app, ["merge", "--record", path, "--format", "jsonl", *options])
        assert done.exit_code == 0, done.output
        return [json.loads(line) for line in done.output.splitlines()]

    assert {row["thing"]: (row["told"], row["merged into"]) for row in run()}["commitment"] == (2, 1)
    listed = run("--list")
    assert [(row["kind"], row["document_id"]) for row in listed] == [("commitment", "a"), ("commitment", "b")]
    assert listed[0]["why"].startswith("rules: the same promise")
    run("--split", listed[0]["merged_id"], "--why", "two plants")
    assert run("--list") == []
    run("--join", listed[0]["thing_id"], listed[1]["thing_id"])
    assert len(run("--list")) == 2
    both = CliRunner().invoke(app, ["merge", "--record", path, "--split", "x", "--join", "x", "y"])
    assert both.exit_code == 2
