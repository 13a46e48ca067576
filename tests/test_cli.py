"""The command line: exit codes, one line for each problem, and a record that survives what befalls a run."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner, Result

import communique.cli.read as reading
from communique import __version__
from communique.cli.app import app
from communique.model import Event
from communique.record.store import Record
from communique.record.things import THING_TABLES

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
TABLES = ("meta", "documents", "sentences", "events_coded", "event_actors", "event_magnitudes", "failures")
COMMANDS = sorted(command.name or command.callback.__name__ for command in app.registered_commands if command.callback)
TEXT = "French officials met Spanish officials in Madrid on Monday."
GERMAN = "Der Minister hat sich am Montag mit dem Botschafter getroffen und die Lage in der Region besprochen. " * 3
# Reads as the command does, in small batches; ends itself at the n-th insertion, and tells when a batch is written.
DRIVER = """
import os, signal, sys
import communique.cli.read as reading
from communique.cli.app import main
from communique.record.store import Record
def main_with_small_batches():
    reading.BATCH = 5
    insert, write, fatal, done = Record._insert, Record.write, int(sys.argv.pop(1)), [0]
    def counted(self, *given):
        done[0] += 1
        if done[0] == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return insert(self, *given)
    def announced(self, *given):
        written = write(self, *given)
        print("batch", flush=True)
        return written
    Record._insert, Record.write = counted, announced
    main()
if __name__ == "__main__":
    main_with_small_batches()
"""
# For each batch; the last one is empty.
INSERTIONS = 7 + len(THING_TABLES)


def run(*arguments: object, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin, catch_exceptions=False)


def start(*arguments: object, fatal: int = 0, folder: Path) -> subprocess.Popen[str]:
    """The command in a process of its own, and in a process group of its own."""
    driver = folder / "driver.py"
    driver.write_text(DRIVER)
    command = [sys.executable, str(driver), str(fatal), *map(str, arguments)]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command, stdout=pipe, stderr=pipe, text=True, start_new_session=True, preexec_fn=hear_interrupts
    )


def hear_interrupts() -> None:
    """A shell starts background jobs deaf to Ctrl-C, and their children inherit that; ours must hear it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def dump(path: Path) -> dict[str, list[str]]:
    """All rows of all tables, sorted."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return {table: sorted(map(repr, connection.execute(f"FROM {table}").fetchall())) for table in TABLES}


def lines(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def news(path: Path, count: int) -> Path:
    places = ("Madrid", "Rome", "Oslo", "Vienna", "Lisbon")
    texts = (
        f"French officials met Spanish officials in {places[n % 5]} on Monday. It was round {n}." for n in range(count)
    )
    return lines(path, *({"id": f"n{n}", "date": "2020-01-08", "text": text} for n, text in enumerate(texts)))


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of the samples."""
    path = tmp_path_factory.mktemp("record") / "r.duckdb"
    assert run("read", SAMPLES, "--record", path).exit_code == 0
    return path


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_every_command_has_an_example(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "Example:" in result.stdout
    assert f"communique {command} " in result.stdout


def test_the_help_names_every_command_and_the_version_is_told() -> None:
    assert {"read", "code", "explain", "query", "show"} <= set(COMMANDS)
    assert all(command in run("--help").stdout for command in COMMANDS)
    assert run("--version").stdout == f"communique {__version__}\n"


@pytest.mark.parametrize(
    "arguments", [("bogus",), ("read",), ("code", "--format", "xml", "a.txt"), ("read", "--no-such")]
)
def test_wrong_use_is_an_error_that_says_what(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Error: " in result.stderr
    assert result.stdout == ""


def test_reading_prints_a_summary_and_fills_the_record(record: Path, tmp_path: Path) -> None:
    result = run("read", SAMPLES, "--record", tmp_path / "r.duckdb")
    for expected in ("documents", "sentences", "events", "CONSULT", "problems", "actor", "recipient"):
        assert expected in result.stdout
    assert result.stderr == ""
    contents = dump(record)
    assert len(contents["documents"]) >= 20
    assert len(contents["events_coded"]) >= 50


def test_reading_twice_changes_nothing(tmp_path: Path) -> None:
    path, bad = tmp_path / "r.duckdb", tmp_path / "bad.txt"
    bad.write_text("")
    news(tmp_path / "news.jsonl", 60)
    first = run("read", tmp_path, tmp_path / "none.txt", "--record", path)
    before = dump(path)
    second = run("read", tmp_path, tmp_path / "none.txt", "--record", path)
    assert dump(path) == before
    assert (first.exit_code, second.exit_code) == (1, 1)
    assert len(before["documents"]) == 60
    assert len(before["failures"]) == 2


def test_a_mended_file_leaves_no_failure_behind(tmp_path: Path) -> None:
    path, bad = tmp_path / "r.duckdb", tmp_path / "bad.txt"
    bad.write_text("")
    assert run("read", bad, "--record", path).exit_code == 1
    assert len(dump(path)["failures"]) == 1
    bad.write_text(TEXT)
    assert run("read", bad, "--record", path).exit_code == 0
    assert dump(path)["failures"] == []


def test_a_known_id_with_new_text_or_date_replaces_the_old(tmp_path: Path) -> None:
    path, source = tmp_path / "r.duckdb", tmp_path / "a.jsonl"
    wanted = [
        ("France met Spain on Monday.", "2020-01-08"),
        ("Italy met Spain.", "2020-01-08"),
        ("Italy met Spain.", "2021-02-03"),
    ]
    for text, date in wanted:
        lines(source, {"id": "same", "text": text, "date": date})
        assert run("read", source, "--record", path).exit_code == 0
        with Record.open(path, read_only=True) as store:
            assert store.query("SELECT text, date::VARCHAR FROM documents")[1] == [(text, date)]
            assert store.query("SELECT count(DISTINCT document_id) FROM events_coded")[1] == [(1,)]


def test_an_id_that_comes_twice_has_its_last_text_in_every_run(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    source = lines(
        tmp_path / "a.jsonl", {"id": "x", "text": "France met Spain."}, {"id": "x", "text": "Italy met Spain."}
    )
    for _ in range(3):
        run("read", source, "--record", path)
        with Record.open(path, read_only=True) as store:
            assert store.query("SELECT text FROM documents")[1] == [("Italy met Spain.",)]


def make_bad(folder: Path) -> list[Path]:
    """A folder of things that cannot be read, beside two that can."""
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "empty.txt").write_text("")
    (folder / "german.txt").write_text(GERMAN)
    (folder / "long.txt").write_text(TEXT * 5000)
    (folder / "nav.html").write_text("<html><body><nav><a href='/'>Home</a></nav></body></html>")
    (folder / "fake.pdf").write_text("not a PDF")
    (folder / "fake.parquet").write_text("not a table")
    (folder / "other.csv").write_text("body,id\nFrance met Spain.,1\n")
    (folder / "lines.jsonl").write_text(
        f'{{"text": "{TEXT}", "id": "good-1"}}\n{{"text": \n{{"text": "{TEXT}", "id": "good-2"}}\n'
    )
    (folder / "picture.png").write_bytes(b"\x89PNG")
    return [folder, folder / "picture.png", folder / "nowhere.txt"]


def test_bad_input_is_named_and_all_else_is_read(tmp_path: Path) -> None:
    path, folder = tmp_path / "r.duckdb", tmp_path / "in"
    folder.mkdir()
    result = run("read", *make_bad(folder), "--record", path, "--max-characters", 100_000)
    assert result.exit_code == 1
    problems = result.stderr.splitlines()
    for name, words in (
        ("binary.txt", "binary"), ("empty.txt", "empty"), ("german.txt", "German"), ("long.txt", "100,000"),
        ("nav.html", "article"), ("fake.pdf", "PDF"), ("fake.parquet", "Parquet"), ("other.csv:1", "--text-column"),
        ("lines.jsonl:2", "JSON"), ("picture.png", "kind"), ("nowhere.txt", "no such file"),
    ):  # fmt: skip
        found = [line for line in problems if f"{name}: " in line]
        assert len(found) == 1, (name, problems)
        assert words in found[0]
    assert len(problems) == 11
    with Record.open(path, read_only=True) as store:
        assert store.query("SELECT document_id FROM documents ORDER BY ALL")[1] == [("good-1",), ("good-2",)]
        assert store.query("SELECT count(*) FROM failures")[1] == [(11,)]
        assert store.query("SELECT line FROM failures WHERE origin LIKE '%lines.jsonl'")[1] == [(2,)]


def test_another_language_is_read_where_it_is_forced(tmp_path: Path) -> None:
    (tmp_path / "german.txt").write_text(GERMAN)
    skipped = run("read", tmp_path / "german.txt", "--record", tmp_path / "r.duckdb")
    assert (skipped.exit_code, "German" in skipped.stderr) == (1, True)
    forced = run("read", tmp_path / "german.txt", "--record", tmp_path / "r.duckdb", "--force-language")
    assert (forced.exit_code, forced.stderr) == (0, "")
    assert dump(tmp_path / "r.duckdb")["failures"] == []


def test_columns_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'key,day,body\nk1,2020-01-08,"{TEXT}"\n')
    names = ("--text-column", "body", "--id-column", "key", "--date-column", "day")
    result = run("code", tmp_path / "a.csv", "--format", "jsonl", *names)
    event = Event.from_dict(json.loads(result.stdout.splitlines()[0]))
    assert (event.document_id, str(event.date)) == ("k1", "2020-01-06")


def test_standard_input_is_text_or_json_lines() -> None:
    as_text = run("code", "-", "--format", "jsonl", "--date", "2020-01-08", stdin=TEXT)
    as_lines = run("code", "-", "--format", "jsonl", stdin=json.dumps({"id": "k", "date": "2020-01-08", "text": TEXT}))
    event, same = (json.loads(result.stdout.splitlines()[0]) for result in (as_text, as_lines))
    assert event["date"] == same["date"] == "2020-01-06"
    assert same["document_id"] == "k"
    assert run("code", "-", stdin="").exit_code == 1


def test_codes_as_csv_and_table_hold_the_same_events(tmp_path: Path) -> None:
    source = news(tmp_path / "a.jsonl", 3)
    rows = run("code", source, "--format", "csv").stdout.splitlines()
    events = run("code", source, "--format", "jsonl").stdout.splitlines()
    assert len(rows) == len(events) + 1 >= 4
    assert "CONSULT" in run("code", source).stdout
    assert run("code", source, "--format", "csv", "--output", tmp_path / "out.csv").stdout == ""
    assert (tmp_path / "out.csv").read_text().splitlines() == rows
    unwritable = run("code", source, "--output", tmp_path / "none" / "out.csv")
    assert (unwritable.exit_code, "cannot be written" in unwritable.stderr) == (2, True)


def test_workers_give_the_same_bytes(tmp_path: Path) -> None:
    source = news(tmp_path / "a.jsonl", 50)
    commands = [("code", SAMPLES, source, "--format", "jsonl", "--workers", n) for n in (1, 2)]
    alone, together = (run(*command).stdout_bytes for command in commands)
    assert alone == together
    assert len(alone) > 10_000


@pytest.mark.parametrize("arguments", [("query", "FROM events"), ("show", "x")])
def test_a_record_that_is_not_there_or_not_ours_is_named(arguments: tuple[str, ...], tmp_path: Path) -> None:
    missing = run(*arguments, "--record", tmp_path / "none.duckdb")
    (tmp_path / "text.duckdb").write_text("no database " * 500)
    foreign = run(*arguments, "--record", tmp_path / "text.duckdb")
    for result, words in ((missing, "there is no such record"), (foreign, "no DuckDB file")):
        assert result.exit_code == 2
        assert words in result.stderr
        assert len(result.stderr.splitlines()) == 1
        assert result.stdout == ""
    assert not (tmp_path / "none.duckdb").exists()


@pytest.mark.parametrize("wrong", [("--date", "soon"), ("--model", "no_such_model")])
def test_an_option_with_a_wrong_value_is_one_line(wrong: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    result = run("read", tmp_path / "a.txt", "--record", tmp_path / "r.duckdb", *wrong)
    assert result.exit_code == 2
    assert wrong[1] in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_query_has_columns_and_rows_in_every_format(record: Path) -> None:
    sql = "SELECT event_type, count(*) AS n FROM events GROUP BY ALL ORDER BY ALL"
    rows = [json.loads(line) for line in run("query", sql, "--record", record, "--format", "jsonl").stdout.splitlines()]
    assert sum(row["n"] for row in rows) == len(dump(record)["events_coded"])
    table = run("query", sql, "--record", record, "--format", "csv").stdout.splitlines()
    assert table == ["event_type,n", *(f"{row['event_type']},{row['n']}" for row in rows)]
    assert run("query", sql, "--record", record, "--format", "md").stdout.startswith(
        "| event_type | n |\n| --- | --- |\n"
    )


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TABLE documents",
        "SELECT * FROM read_csv('/etc/passwd')",
        "COPY documents TO 'x.csv'",
        "SELECT nothing",
        "",
    ],
)
def test_a_query_that_is_refused_is_one_line(sql: str, record: Path) -> None:
    result = run("query", sql, "--record", record)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""


@pytest.mark.parametrize(
    "hostile", ["x' OR '1'='1", "'; DROP TABLE documents; --", "$1", "[red]x[/red]", "\udcff", "\x1b[31m"]
)
def test_an_id_that_is_not_there_is_named_whatever_it_holds(hostile: str, record: Path) -> None:
    result = run("show", hostile, "--record", record)
    assert result.exit_code == 2
    assert "\x1b" not in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_showing_prints_text_as_it_stands_and_the_facts(tmp_path: Path) -> None:
    text = (
        f"[bold red]{TEXT}[/bold red] [link=http://x]here[/link] \x1b[31mred\x07\r\nThey said that they will meet [/]."
    )
    source = lines(
        tmp_path / "a.jsonl", {"id": "it's [b]", "title": "[i]Talks[/i]", "date": "2020-01-08", "text": text}
    )
    run("read", source, "--record", tmp_path / "r.duckdb")
    result = run("show", "it's [b]", "--record", tmp_path / "r.duckdb")
    assert result.exit_code == 0
    shown = " ".join(result.stdout.split())
    for expected in ("[bold red]French officials", "[/bold red]", "[link=http://x]here[/link]", "[i]Talks[/i]", "[/]."):
        assert expected in shown
    assert not set(result.stdout) & {"\x1b", "\x07", "\r"}
    assert "CONSULT" in result.stdout


def test_showing_numbers_the_events_and_quotes_each(tmp_path: Path) -> None:
    text = "Peru and Chile signed a treaty with Fiji. Ghana condemned Togo on Friday."
    source = lines(tmp_path / "a.jsonl", {"id": "x", "date": "2020-01-08", "text": text})
    run("read", source, "--record", tmp_path / "r.duckdb")
    shown = " ".join(run("show", "x", "--record", tmp_path / "r.duckdb").stdout.split())
    assert "signed¹ a treaty" in shown or "signed a treaty¹" in shown
    assert "condemned² Togo" in shown
    assert "Peru (PER); Chile (CHL) → Fiji (FJI), 2020-01-08, happened “Peru and Chile signed" in shown
    assert "2 ACCUSE Ghana (GHA) → Togo (TGO), 2020-01-03, happened “Ghana condemned Togo on Friday.”" in shown


def test_values_that_a_format_lacks_are_written_as_it_can(record: Path) -> None:
    sql = (
        "SELECT 1 AS a, 2 AS a, 'nan'::DOUBLE AS x, ['p', 'q'] AS l, {'d': DATE '2020-01-01'} AS s, '=1' AS f, -1 AS n"
    )
    row = json.loads(run("query", sql, "--record", record, "--format", "jsonl").stdout)
    assert row == {"a": 1, "a_1": 2, "x": None, "l": ["p", "q"], "s": {"d": "2020-01-01"}, "f": "=1", "n": -1}
    table = run("query", sql, "--record", record, "--format", "csv").stdout
    assert list(csv.reader(table.splitlines())) == [
        ["a", "a_1", "x", "l", "s", "f", "n"],
        ["1", "2", "nan", "p; q", '{"d": "2020-01-01"}', "=1", "-1"],
    ]


def test_a_row_of_many_columns_is_a_list_of_names_and_values(record: Path) -> None:
    shown = run("query", "FROM events ORDER BY event_id LIMIT 2", "--record", record).stdout
    with Record.open(record, read_only=True) as store:
        columns, rows = store.query("FROM events ORDER BY event_id LIMIT 2")
    assert [line.strip() for line in shown.splitlines() if line.startswith("Row")] == ["Row 1", "Row 2"]
    for name in ("event_id", "trigger", "event_type"):
        assert f"  {name}: {rows[1][columns.index(name)]}" in shown


def test_the_table_of_events_names_sides_and_breaks_no_date(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ghana condemned Togo. Chile condemned Peru.")
    shown = run("code", tmp_path / "a.txt", "--date", "2020-01-08").stdout
    assert shown.splitlines()[1].replace("┃", "").split() == [
        "document",
        "date",
        "event",
        "factuality",
        "words",
        "place",
    ]
    assert shown.count(" 2020-01-08 ") == shown.count(" happened ") == 2
    assert "GHA ACCUSE" in shown
    assert "CHL ACCUSE" in shown


@pytest.mark.parametrize("begin", "=+-@\t")
def test_cells_for_a_spreadsheet_are_no_formulas(begin: str, record: Path) -> None:
    sql = f"SELECT '{begin}1+1' AS f, 'a{begin}b' AS g, -1.5::DOUBLE AS n"
    plain, safe = (
        list(csv.reader(run("query", sql, "--record", record, "--format", "csv", *option).stdout.splitlines()))[1]
        for option in ((), ("--spreadsheet",))
    )
    assert plain == [f"{begin}1+1", f"a{begin}b", "-1.5"]
    assert safe == [f"'{begin}1+1", f"a{begin}b", "-1.5"]


def test_a_change_of_rules_codes_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own"
    own.mkdir()
    source, path = news(tmp_path / "a.jsonl", 3), tmp_path / "r.duckdb"
    hashes = [reading._rules(()), reading._rules((str(own),))]
    for words in ("a", "b"):
        (own / "groups.csv").write_text(words)
        hashes.append(reading._rules((str(own),)))
    assert len(set(hashes[1:])) == 3
    run("read", source, "--record", path)
    monkeypatch.setattr(reading, "_rules", lambda folders: "changed")
    assert [
        line.split()[1:4] for line in run("read", source, "--record", path).stdout.splitlines() if "replaced" in line
    ]
    with Record.open(path, read_only=True) as store:
        assert store.query("SELECT count(*), bool_and(reader LIKE '%changed') FROM documents")[1] == [(3, True)]


@pytest.mark.skipif(sys.platform == "darwin", reason="its file names are UTF-8")
def test_file_names_that_are_no_text_are_read_and_written_out(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in ((b"bad\xff.txt", ""), (b"good\xff.txt", TEXT), (b"plain.txt", "Italy met Spain.")):
        (folder / os.fsdecode(name)).write_text(text)
    for _ in range(2):
        assert run("read", folder, "--record", tmp_path / "r.duckdb").exit_code == 1
        with Record.open(tmp_path / "r.duckdb", read_only=True) as store:
            sql = "SELECT split(origin, '/')[-1] FROM {} ORDER BY ALL"
            assert store.query(sql.format("documents"))[1] == [(r"good\udcff.txt",), ("plain.txt",)]
            assert store.query(sql.format("failures"))[1] == [(r"bad\udcff.txt",)]


def test_explaining_shows_rules_and_events() -> None:
    result = run("explain", TEXT, "--date", "2020-01-08")
    assert result.exit_code == 0
    assert "CONSULT" in result.stdout
    nothing = run("explain", "")
    assert (nothing.exit_code, len(nothing.stderr.splitlines())) == (2, 1)


@pytest.mark.parametrize("fatal", [3, 2 * INSERTIONS, 5 * INSERTIONS + 1])
def test_a_run_that_is_killed_leaves_a_record_that_opens_and_is_completed(fatal: int, tmp_path: Path) -> None:
    source, whole, broken = news(tmp_path / "a.jsonl", 20), tmp_path / "whole.duckdb", tmp_path / "broken.duckdb"
    run("read", source, "--record", whole)
    process = start("read", source, "--record", broken, fatal=fatal, folder=tmp_path)
    process.communicate(timeout=50)
    assert process.returncode == -signal.SIGKILL
    kept = min((fatal - 1) // INSERTIONS * 5, 20)
    count = run("query", "SELECT count(*) AS n FROM documents", "--record", broken, "--format", "jsonl")
    assert json.loads(count.stdout) == {"n": kept}
    resumed = run("read", source, "--record", broken)
    assert resumed.exit_code == 0
    assert [line for line in resumed.stdout.splitlines() if "unchanged" in line and f" {kept} " in line]
    assert dump(broken) == dump(whole)


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_ends_with_130_and_keeps_what_was_read(workers: int, tmp_path: Path) -> None:
    source, path = news(tmp_path / "a.jsonl", 400), tmp_path / "r.duckdb"
    process = start("read", source, "--record", path, "--workers", workers, folder=tmp_path)
    assert process.stdout is not None
    assert [process.stdout.readline() for _ in range(2)] == ["batch\n"] * 2
    os.killpg(process.pid, signal.SIGINT)
    _, stderr = process.communicate(timeout=50)
    assert process.returncode == 130, stderr
    assert stderr.splitlines() == ["communique: interrupted. What was read so far is kept; run it again to go on."]
    assert 10 <= len(dump(path)["documents"]) < 400


def test_ctrl_c_ends_coding_with_130_and_promises_nothing(tmp_path: Path) -> None:
    source = news(tmp_path / "a.jsonl", 3000)
    process = start("code", source, "--format", "jsonl", folder=tmp_path)
    assert process.stdout is not None
    assert process.stdout.readline().startswith("{")
    os.killpg(process.pid, signal.SIGINT)
    _, stderr = process.communicate(timeout=50)
    assert (process.returncode, stderr) == (130, "communique: interrupted.\n")


def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    source = news(tmp_path / "a.jsonl", 100)
    process = start("read", source, "--record", tmp_path / "r.duckdb", "--workers", 2, fatal=7, folder=tmp_path)
    # The workers hold the other end of this pipe: it is at its end when they have gone.
    process.communicate(timeout=50)
    assert process.returncode == -signal.SIGKILL


@pytest.mark.parametrize("form", ["jsonl", "table"])
def test_a_broken_pipe_is_silent(form: str) -> None:
    command = [sys.executable, "-m", "communique", "code", str(SAMPLES), "--format", form]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1 if form == "jsonl" else 0)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=50) == 0
