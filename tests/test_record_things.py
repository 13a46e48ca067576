"""Things of diplomacy in the record: written with their document, replaced with it, and given by the views."""

from __future__ import annotations

import dataclasses
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import duckdb

from communique.coded import Coded
from communique.model import Actor, Place
from communique.record.store import SCHEMA_VERSION, Record
from communique.record.things import KINDS, THING_TABLES
from things_helper import (
    actors,
    agreement,
    commitment,
    document,
    meeting,
    on,
    others,
    position,
    topics,
    visit,
    who,
)

FINNISH = "FIN Timo Soini"
CANADIAN = "CAN Chrystia Freeland"


def full(document_id: str = "d1") -> Coded:
    """A document with a thing of each kind."""
    return document(
        document_id,
        "2020-01-02",
        meeting(FINNISH, CANADIAN, place="Helsinki", host=who(FINNISH), topics=topics("trade", "energy")),
        visit(CANADIAN, "FIN", "2020-01-02", start=3),
        agreement("FIN", "CAN", title="agreement on fisheries", stage="signed", day="2020-01-02"),
        commitment("FIN", "CAN", "ratify CETA", due="2020-12-31", topics=topics("trade")),
        position(CANADIAN, "welcomes", "the programme"),
        *others(),
    )


def rows(path: Path, sql: str) -> list[dict[str, Any]]:
    with Record.open(path, read_only=True) as record:
        columns, found = record.query(sql)
    return [dict(zip(columns, row, strict=True)) for row in found]


def write(path: Path, *batch: Coded) -> None:
    with Record.open(path) as record:
        record.write(batch, [], "v1")


def dump(path: Path) -> dict[str, list[str]]:
    return {table: sorted(repr(row) for row in rows(path, f"FROM {table}")) for table in THING_TABLES}


def test_the_views_give_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    write(path, full())
    met = rows(path, "FROM meetings")[0]
    assert met["participants"] == ["Timo Soini", "Chrystia Freeland"]
    assert (met["countries"], met["host"], met["place"]) == (["CAN", "FIN"], "Timo Soini", "Helsinki")
    assert (met["date"], met["kind"], met["level"]) == (date(2020, 1, 2), "bilateral", "minister")
    assert (met["topics"], met["quote"], met["words"]) == (["energy", "trade"], "They met.", "met")
    assert (met["document_id"], met["documents"]) == ("d1", ["d1"])
    went = rows(path, "FROM visits")[0]
    assert (went["leader"], went["office"], went["country"]) == ("Chrystia Freeland", "Minister", "CAN")
    assert (went["visited"], went["arrival"], went["departure"], went["kind"]) == (
        *("FIN", date(2020, 1, 2), date(2020, 1, 2), "official"),
    )
    agreed = rows(path, "FROM agreements")[0]
    assert (agreed["title"], agreed["stage"], agreed["countries"]) == (
        "agreement on fisheries",
        "signed",
        ["CAN", "FIN"],
    )
    promised = rows(path, "FROM commitments")[0]
    assert (promised["by_countries"], promised["to_countries"], promised["content"]) == (
        ["FIN"],
        ["CAN"],
        "ratify CETA",
    )
    assert (promised["due"], promised["status"], promised["topics"]) == (date(2020, 12, 31), "open", ["trade"])
    held = rows(path, "FROM positions")[0]
    assert (held["holders"], held["stance"], held["object"]) == (["Chrystia Freeland"], "welcomes", "the programme")


def test_every_kind_has_its_table_with_parties_places_topics_and_sources(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    write(path, full())
    for kind in KINDS.values():
        assert len(rows(path, f"FROM {kind.table}")) == 1
    assert len(rows(path, "FROM thing_sources")) == len(KINDS)
    roles = {row["role"] for row in rows(path, "FROM thing_parties")}
    assert roles | {"target"} == {role for kind in KINDS.values() for role, _ in kind.parties}
    assert {row["role"] for row in rows(path, "FROM thing_places")} == {"place"}
    assert [row["topic"] for row in rows(path, "FROM document_topics")] == ["trade"]
    orphans = """
        SELECT thing_id FROM thing_parties WHERE thing_id NOT IN (SELECT thing_id FROM thing_sources)
        UNION ALL SELECT thing_id FROM thing_sources WHERE document_id NOT IN (SELECT document_id FROM documents)
        UNION ALL SELECT thing_id FROM thing_sources WHERE thing_id NOT IN (SELECT thing_id FROM merged)"""
    assert rows(path, orphans) == []


def test_a_replaced_document_leaves_nothing_of_its_things(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    write(path, full("d2"))
    alone = dump(path)
    write(path, full("d1"))
    write(path, full("d1"))
    assert len(rows(path, "FROM meetings")) == 2
    write(path, document("d1", "2020-01-02"))
    after = dump(path)
    assert {row for row in after.pop("document_topics") if "d1" not in row} == set(alone.pop("document_topics"))
    assert after == alone


def test_all_places_of_a_visit_and_all_sources_of_a_meeting_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    met = meeting(FINNISH, CANADIAN)
    met = dataclasses.replace(met, sources=(met.quote, dataclasses.replace(met.quote, start=5, end=8, trigger="talks")))
    stops = (Place("Oulu", 0, 4, "Oulu", "FIN"), Place("Turku", 5, 9, "Turku", "FIN"))
    write(path, document("d1", "2020-01-02", met, dataclasses.replace(visit(CANADIAN, "FIN", ""), stops=stops)))
    assert [row["name"] for row in rows(path, "FROM thing_places ORDER BY position")] == ["Oulu", "Turku"]
    words = "SELECT s.* FROM thing_sources s JOIN meetings_told USING (thing_id) ORDER BY position"
    assert [(row["position"], row["words"]) for row in rows(path, words)] == [(0, "met"), (1, "talks")]
    assert rows(path, "FROM visits")[0]["arrival"] is None


def test_organisations_are_no_countries(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    nato = Actor("NATO", 0, 4, name="NATO", country="IGO", entity_id="nato", kind="organisation")
    met = dataclasses.replace(meeting(), participants=(*actors("FIN"), nato), when=on(""))
    write(path, document("d1", "2020-01-02", met))
    found = rows(path, "FROM meetings")[0]
    assert (found["countries"], found["participants"], found["date"]) == (["FIN"], ["FIN", "NATO"], None)


def test_a_record_of_schema_3_is_brought_up(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    folder = resources.files("communique.record")
    with duckdb.connect(str(path)) as connection:
        for name in ("schema.sql", "schema_2.sql", "schema_3.sql"):
            connection.execute(folder.joinpath(name).read_text(encoding="utf-8"))
        connection.execute("INSERT INTO meta VALUES ('kind', 'communique record'), ('schema', '3')")
    write(path, full())
    assert len(rows(path, "FROM meetings")) == 1
    assert {"key": "schema", "value": str(SCHEMA_VERSION)} in rows(path, "FROM meta")


def test_an_office_without_a_holder_is_shown_with_its_country(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    office = Actor("the President", 0, 13, name="President", office="President", country="KGZ", kind="office")
    write(path, document("d1", "2020-01-02", dataclasses.replace(meeting(), participants=(*actors("FIN"), office))))
    assert rows(path, "FROM meetings")[0]["participants"] == ["FIN", "President (KGZ)"]
