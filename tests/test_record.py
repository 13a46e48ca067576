"""The record: what is written is what is read, all or nothing, and no file is opened that is not ours."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
import time
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import duckdb
import pytest

from communique.coded import Coded
from communique.errors import RecordError
from communique.model import Actor, Document, Event, Failure, Magnitude, Place, Source
from communique.record.store import SCHEMA_VERSION, Record, digest

TABLES = (
    "meta",
    "documents",
    "sentences",
    "events_coded",
    "event_actors",
    "event_magnitudes",
    "event_sources",
    "failures",
)
HOSTILE = ("'; DROP TABLE documents; --", '"x"', "a\\'b", "$1", "?", "%", "ид-1", "\x00", "a\nb", "[bold]x[/]")


def actor(text: str, start: int, country: str) -> Actor:
    return Actor(text, start, start + len(text), name=text, country=country, sector="GOV", kind="country")


def coded(document_id: str = "d1", text: str = "France met Spain.", events: int = 1) -> Coded:
    """A coded document made by hand, without a parse."""
    event = Event(
        *(f"e-{document_id}", document_id, 0, 7, 10, text[7:10], "CONSULT", "meet", ("diplomatic",), "036", 4.0, 1),
        *((actor("France", 0, "FRA"),), (actor("Spain", 11, "ESP"),), date(2020, 1, 2), date(2020, 1, 3), "day"),
        *(Place("Paris", 0, 5, "Paris", "FRA", 48.9, 2.3), (Magnitude("12", 7, 9, 12.0, "", "person", "killed"),)),
        *("happened", None, "meet", 0.9, (Source(0, 7, 10, text[7:10]),)),
    )
    return Coded(
        *(Document.make(text, document_id=document_id, origin="a.txt"), date(2020, 1, 2), "PARIS", None),
        *("Agency", "", "en", ((0, len(text)),)),
        tuple(dataclasses.replace(event, event_id=f"{event.event_id}-{n}") for n in range(events)),
    )


def dump(path: Path) -> dict[str, list[Any]]:
    """All rows of all tables, sorted."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return {table: sorted(map(repr, connection.execute(f"FROM {table}").fetchall())) for table in TABLES}


def write(path: Path, *batch: Coded, failures: tuple[Failure, ...] = (), origins: tuple[str, ...] = ()) -> None:
    with Record.open(path) as record:
        record.write(batch, failures, "v1", origins)


def test_what_is_written_is_what_the_views_give(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    write(path, coded())
    with Record.open(path, read_only=True) as record:
        columns, rows = record.query("FROM events")
        event = dict(zip(columns, rows[0], strict=True))
        assert (event["actor"], event["recipient"], event["event_type"]) == ("FRA", "ESP", "CONSULT")
        assert (event["date"], event["date_end"]) == (date(2020, 1, 2), date(2020, 1, 3))
        assert event["contexts"] == ["diplomatic"]
        assert (event["trigger"], event["place"], event["goldstein"]) == ("met", "Paris", 4.0)
        assert record.query("SELECT quote FROM quotes")[1] == [("France met Spain.",)]
        assert record.query("SELECT actor, recipient FROM dyads")[1] == [("FRA", "ESP")]


def test_writing_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    failure = Failure("b.txt", "the file is empty", "Give a file with text.")
    write(path, coded("d1"), coded("d2"), failures=(failure,), origins=("a.txt", "b.txt"))
    first = dump(path)
    assert len(first["documents"]) == 2
    assert len(first["failures"]) == 1
    write(path, coded("d1"), coded("d2"), failures=(failure,), origins=("a.txt", "b.txt"))
    assert dump(path) == first


def test_a_known_id_with_new_text_replaces_all_that_the_old_gave(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    write(path, coded("d1", events=3), coded("d2"))
    with Record.open(path) as record:
        written = record.write([coded("d1", "Greece met Spain in Rome.")], [], "v1")
        assert (written.new, written.replaced) == (0, 1)
        assert record.query("SELECT text FROM documents WHERE document_id = 'd1'")[1] == [
            ("Greece met Spain in Rome.",)
        ]
        assert record.query("SELECT count(*) FROM events_coded WHERE document_id = 'd1'")[1] == [(1,)]
        assert record.query("SELECT count(*) FROM event_actors WHERE document_id = 'd1'")[1] == [(2,)]
        assert record.query("SELECT count(*) FROM events_coded WHERE document_id = 'd2'")[1] == [(1,)]


def test_an_id_that_comes_twice_in_a_batch_is_there_once_with_its_last_text(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    write(path, coded("d1", "France met Spain."), coded("d1", "France met Spain again."))
    with Record.open(path, read_only=True) as record:
        assert record.query("SELECT text FROM documents")[1] == [("France met Spain again.",)]


def test_failures_are_those_of_the_last_reading_of_their_file(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    write(path, failures=(Failure("a.csv", "old", line=3), Failure("b.csv", "kept")), origins=("a.csv", "b.csv"))
    write(path, failures=(Failure("a.csv", "new", line=4), Failure("a.csv", "new", line=4)), origins=("a.csv",))
    with Record.open(path, read_only=True) as record:
        rows = record.query("SELECT origin, line, problem FROM failures ORDER BY ALL")[1]
    assert rows == [("a.csv", 4, "new"), ("b.csv", None, "kept")]


def test_a_failure_that_comes_again_is_there_once_with_or_without_a_line(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    first = (Failure("a.csv", "bad", "old", line=3), Failure("a.csv", "bad", "old"), Failure("b.csv", "bad", "old"))
    write(path, failures=first)
    write(path, failures=(Failure("a.csv", "bad", "new", line=3), Failure("a.csv", "bad", "new")))
    write(path, failures=(Failure("b.csv", "bad", "new"),))
    with Record.open(path, read_only=True) as record:
        rows = record.query("SELECT origin, line, remedy FROM failures ORDER BY ALL")[1]
    assert rows == [("a.csv", 3, "new"), ("a.csv", None, "new"), ("b.csv", None, "new")]


def test_many_events_and_failures_are_written_fast(tmp_path: Path) -> None:
    begun = time.perf_counter()
    with Record.open(tmp_path / "r.duckdb") as record:
        for batch in range(20):
            documents = [coded(f"d{batch}-{n}", events=10) for n in range(50)]
            bad = [Failure("b.jsonl", "malformed JSON", line=batch * 50 + n) for n in range(50)]
            assert record.write(documents, bad, "v1").new == 50
        assert record.query("SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM failures)")[1] == [
            (10_000, 1000)
        ]
    assert time.perf_counter() - begun < 5


def test_columns_of_one_name_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    write(path, coded())
    with Record.open(path, read_only=True) as record:
        assert record.query("SELECT 1 AS a, 2 AS a, 3 AS a_1, 4 AS a")[0] == ["a", "a_2", "a_1", "a_3"]


def test_a_batch_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    write(path, coded("d1"))
    before = dump(path)
    good = coded("d2")
    bad = dataclasses.replace(coded("d3"), language=None)  # type: ignore[arg-type]
    bad = dataclasses.replace(bad, document=dataclasses.replace(bad.document, text=None))  # type: ignore[arg-type]
    with Record.open(path) as record, pytest.raises(RecordError):
        record.write([good, bad], [], "v1")
    assert dump(path) == before
    write(path, good)
    assert len(dump(path)["documents"]) == 2


def test_ids_and_texts_can_hold_anything(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    write(path, *(coded(hostile, f"France met Spain {hostile}.") for hostile in HOSTILE))
    with Record.open(path, read_only=True) as record:
        for hostile in HOSTILE:
            rows = record.query("SELECT text FROM documents WHERE document_id = ?", [hostile])[1]
            assert rows == [(f"France met Spain {hostile}.",)]
        assert record.query("SELECT count(*) FROM documents")[1] == [(len(HOSTILE),)]


def test_a_document_with_thousands_of_sentences_fits(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    long = dataclasses.replace(coded(events=1200), sentences=tuple((n, n + 1) for n in range(1201)))
    write(path, long)
    contents = dump(path)
    assert (len(contents["sentences"]), len(contents["events_coded"])) == (1201, 1200)


def test_what_is_unknown_stays_unknown(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    full = coded("full")
    bare = [
        dataclasses.replace(event, contexts=(), date=None, date_end=None, place=None, recipients=(), goldstein=0)
        for event in coded("bare").events
    ]
    write(path, dataclasses.replace(coded("bare"), date=None, sentences=(), events=tuple(bare)))
    alone = dump(path)
    with Record.open(path, read_only=True) as record:
        columns = "contexts, date, place_name, place_lat, goldstein, attributed_to"
        assert record.query(f"SELECT {columns} FROM events_coded")[1] == [([], None, None, None, 0.0, "")]
        assert record.query("SELECT date, line FROM documents")[1] == [(None, None)]
    write(path, full, dataclasses.replace(coded("bare"), date=None, sentences=(), events=tuple(bare)))
    together = dump(path)
    assert all(set(alone[table]) <= set(together[table]) for table in TABLES)


@pytest.mark.parametrize(
    "field, value", [("text", "x"), ("title", "x"), ("url", "x"), ("source", "x"), ("date", date(2021, 1, 1))]
)
def test_the_digest_depends_on_all_that_is_kept(field: str, value: Any) -> None:
    document = Document.make("France met Spain.", document_id="d", date=date(2020, 1, 1))
    assert digest(document) == digest(dataclasses.replace(document, origin="elsewhere", line=3))
    assert digest(document) != digest(dataclasses.replace(document, **{field: value}))


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE x (a INTEGER)",
        "DELETE FROM documents",
        "SELECT 1; DROP TABLE documents",
        "INSERT INTO meta VALUES ('a', 'b')",
        "COPY documents TO 'stolen.csv'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM glob('/etc/*')",
        "ATTACH 'other.duckdb'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "EXPORT DATABASE 'stolen'",
        "nonsense",
        "",
        "-- nothing",
        "SELECT '\ud800'",
    ],
)
def test_a_query_can_neither_write_nor_reach_other_files(
    sql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(Path("r.duckdb"), coded())
    before = dump(Path("r.duckdb"))
    with Record.open("r.duckdb", read_only=True) as record, pytest.raises(RecordError) as caught:
        record.query(sql)
    assert "\n" not in str(caught.value)
    assert dump(Path("r.duckdb")) == before
    assert [path.name for path in tmp_path.iterdir()] == ["r.duckdb"]


def foreign_text(path: Path) -> None:
    path.write_text("This is no database.\n" * 1000)


def foreign_database(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE mine (a INTEGER)")


def foreign_meta(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE meta (something INTEGER)")


def newer(path: Path) -> None:
    write(path, coded())
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", [str(SCHEMA_VERSION + 1)])


def odd_schema(path: Path) -> None:
    write(path, coded())
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE meta SET value = 'two' WHERE key = 'schema'")


def folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize(
    "make, problem",
    [
        (foreign_text, "is no DuckDB file"),
        (foreign_database, "no record of Communique"),
        (foreign_meta, "no record of Communique"),
        (newer, "was written with schema '5'; this version knows 4"),
        (odd_schema, "was written with schema 'two'"),
        (folder, "is a folder"),
    ],
)
def test_what_is_no_record_of_ours_is_refused_and_left_alone(
    make: Any, problem: str, read_only: bool, tmp_path: Path
) -> None:
    path = tmp_path / "r.duckdb"
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(RecordError, match=problem) as caught:
        Record.open(path, read_only=read_only)
    assert str(caught.value).startswith(f"{path}: ")
    assert caught.value.remedy
    assert "\n" not in str(caught.value)
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_a_missing_record_and_a_missing_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"there is no such record\..*communique read"):
        Record.open(tmp_path / "none.duckdb", read_only=True)
    assert not (tmp_path / "none.duckdb").exists()
    with pytest.raises(RecordError, match="there is no folder"):
        Record.open(tmp_path / "nowhere" / "r.duckdb")


@pytest.mark.parametrize("read_only", [True, False])
def test_a_record_in_use_by_another_process_is_named(read_only: bool, tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    write(path, coded())
    hold = f"import duckdb; c = duckdb.connect({str(path)!r}); print('held', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(RecordError, match="is in use by another process"):
            Record.open(path, read_only=read_only)
        other.communicate("\n")
    with Record.open(path, read_only=read_only) as record:
        assert record.query("SELECT count(*) FROM documents")[1] == [(1,)]


def test_a_full_disk_is_named_and_keeps_what_was_written(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    path = tmp_path / "r.duckdb"
    write(path, coded("first"))
    script = f"""
import os, random, resource, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from test_record import coded, Record
size = os.path.getsize({str(path)!r})
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 4096, size + 4096))
from communique.errors import RecordError
try:
    with Record.open({str(path)!r}) as record:
        for n in range(60):
            noise = random.Random(n).randbytes(200_000).hex()
            record.write([coded(f"d{{n}}", "France met Spain. " + noise)], [], "v1")
except RecordError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=50, check=False)
    assert "Free some space on the disk" in done.stdout, (done.stdout, done.stderr)
    with Record.open(path) as record:
        assert ("first",) in record.query("SELECT document_id FROM documents")[1]


def test_a_record_of_an_older_schema_is_brought_up(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(resources.files("communique.record").joinpath("schema.sql").read_text(encoding="utf-8"))
        connection.execute("INSERT INTO meta VALUES ('kind', 'communique record'), ('schema', '1')")
    write(path, coded("d2"))
    assert len(dump(path)["event_magnitudes"]) == 1
    assert repr(("schema", str(SCHEMA_VERSION))) in dump(path)["meta"]
