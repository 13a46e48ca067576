"""communique lexicon check, add and show: what is found in tables, and how the user's own are kept."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from communique.actors.lexicon import GROUPS, TABLES, Holder, Organisation, load_lexicon, read_layer
from communique.cli.app import app
from communique.curation import rows as module
from communique.curation.add import Added, RowsError, add
from communique.curation.check import Checked, Finding, check
from communique.curation.rows import columns_of, read_entries, read_sheet, table_of, table_text, write_whole
from communique.errors import DataFileError, SettingsError

OURS = frozenset(check().findings)
HEAD = "id,name,kind,country,sector,aliases,start,end\n"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def found(folder: Path, **tables: str) -> list[Finding]:
    """What the check finds in the user's tables, beyond what it finds in ours."""
    for name, text in tables.items():
        write(folder / f"{name}.csv", text)
    return [finding for finding in check([folder]).findings if finding not in OURS]


# --- check ---


def test_our_own_tables_have_no_error() -> None:
    assert [finding for finding in OURS if finding.severity == "error"] == []


def test_errors_come_first_and_are_counted() -> None:
    def finding(severity: Any) -> Finding:
        return Finding(severity, "gap", "a", "b", "c")

    checked = Checked((finding("error"), finding("note"), finding("note")), 9)
    assert (checked.errors, checked.notes) == (1, 2)


@pytest.mark.parametrize(
    ("row", "kind", "words"),
    [
        ("mine,Red Front,REB,XQZ,REB,,,", "unknown-code", "unknown country 'XQZ'"),
        ("mine,Red Front,REB,FJI,REBEL,,,", "unknown-code", "unknown sector 'REBEL'"),
        ("mine,Red Front,BANK,FJI,REB,,,", "unknown-code", "unknown kind 'BANK'"),
        ("mine,Red Front,REB,FJI,REB,,2010,2009-12", "impossible", "ends on 2009-12 before it starts on 2010"),
        ("mine,Red Front,REB,FJI,REB,,2010-02-30,", "bad-date", "'2010-02-30' is no date"),
        ('mine,"Red\nFront",REB,FJI,REB,,,', "malformed", "name holds a line break"),
        ("mine,,REB,FJI,REB,,,", "malformed", "missing key 'name'"),
    ],
)
def test_a_wrong_row_is_found_with_its_line(tmp_path: Path, row: str, kind: str, words: str) -> None:
    findings = found(tmp_path, groups=f"# mine\n{HEAD}{row}\n")
    assert [(f.severity, f.kind) for f in findings] == [("error", kind)]
    assert words in findings[0].explanation
    assert findings[0].where.startswith(f"{tmp_path / 'groups.csv'}:3")


def test_an_id_used_twice_is_found_across_organisations_and_groups(tmp_path: Path) -> None:
    rows = f"{HEAD}mine,Red Front,REB,FJI,REB,,,\n"
    findings = found(tmp_path, groups=rows, organisations=f"{HEAD}mine,Red Bank,BANK,FJI,,,,\n")
    assert [(f.kind, f.entry) for f in findings] == [("twice", "mine")]
    assert "organisations.csv:2" in findings[0].explanation


def test_an_entry_that_replaces_ours_is_no_finding(tmp_path: Path) -> None:
    ours = next(group for group in load_lexicon().organisations if group.kind == "REB" and not group.aliases)
    assert found(tmp_path, groups=f'{HEAD}{ours.id},"{ours.name}",REB,{ours.country},REB,,,\n') == []


@pytest.mark.parametrize(("end", "number"), [("2011", 1), ("2009", 0), ("", 1)])
def test_a_name_that_two_bear_at_one_time_is_a_note(tmp_path: Path, end: str, number: int) -> None:
    rows = f"one,Red Front,REB,FJI,REB,RFX,2000,{end}\ntwo,Blue Front,REB,FJI,REB,RFX,2010-06,\n"
    findings = found(tmp_path, groups=HEAD + rows)
    assert [(f.severity, f.kind, f.entry) for f in findings] == [("note", "shared-name", "two")] * number


TERM = "person,office,start,end,precision\n"


def test_overlaps_of_the_user_are_errors_and_with_ours_notes(tmp_path: Path) -> None:
    office = "id,country,name,sector\nfji-envoy-to-the-moon,FJI,Envoy to the Moon,GOV\n"
    terms = "A One,fji-envoy-to-the-moon,2000,2005,year\nB Two,fji-envoy-to-the-moon,2003,2007,year\n"
    findings = found(tmp_path, offices=office, holders=f"{TERM}{terms}A Nother,deu-chancellor,2010,2012,year\n")
    kinds = {(f.severity, f.kind, f.entry) for f in findings}
    assert ("error", "overlap", "B Two, fji-envoy-to-the-moon, 2003") in kinds
    assert {f.severity for f in findings if "deu-chancellor" in f.entry} == {"note"}


def test_gaps_are_notes_and_unknown_offices_errors(tmp_path: Path) -> None:
    office = "id,country,name,sector\nfji-envoy-to-the-moon,FJI,Envoy to the Moon,GOV\n"
    terms = "A One,fji-envoy-to-the-moon,2000,2005,year\nB Two,fji-envoy-to-the-moon,2008,,year\nC,no-such,2000,,year\n"
    findings = found(tmp_path, offices=office, holders=TERM + terms)
    assert [(f.severity, f.kind) for f in findings] == [("error", "unknown-office"), ("note", "gap")]


def test_a_table_that_cannot_be_read_is_a_finding_and_the_others_are_checked(tmp_path: Path) -> None:
    findings = found(tmp_path, groups="id,name\nx,y,red\n", traps="text,reading\nC,nothing\n", peoples="name\nA,b\n")
    assert [(f.kind, Path(f.where).name) for f in findings] == [
        ("malformed", "groups.csv:2"),
        ("malformed", "peoples.csv:2"),
        ("unknown-code", "traps.csv:2"),
    ]


def test_the_command_ends_with_one_for_errors_alone(tmp_path: Path) -> None:
    write(tmp_path / "groups.csv", f"{HEAD}one,Red Front,REB,FJI,REB,,,\n")
    result = CliRunner().invoke(app, ["lexicon", "check", str(tmp_path)])
    assert result.exit_code == 0
    assert " entries: 0 errors, " in result.output.splitlines()[-1]
    write(tmp_path / "groups.csv", f"{HEAD}one,Red Front,REB,FIJI,REB,,,\n")
    result = CliRunner().invoke(app, ["lexicon", "check", str(tmp_path), "--format", "json"])
    report = json.loads(result.output)
    assert (result.exit_code, report["errors"]) == (1, 1)
    assert report["findings"][0]["explanation"] == "unknown country 'FIJI'"


def test_a_folder_that_does_not_exist_is_an_error_of_use(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["lexicon", "check", str(tmp_path / "none")])
    assert result.exit_code == 2
    with pytest.raises(SettingsError):
        check([tmp_path / "none"])


# --- add ---


@pytest.mark.parametrize(
    ("columns", "table"),
    [
        ("code,name,demonyms", "countries"),
        ("id,country,name", "offices"),
        ("person,office,start", "holders"),
        ("word,sector", "agents"),
        ("word,weak", "relational"),
        ("phrase,office", "titles"),
        ("name,forms", "peoples"),
        ("text,reading", "traps"),
        ("id,name,wikidata", "organisations"),
    ],
)
def test_the_columns_tell_the_table(tmp_path: Path, columns: str, table: str) -> None:
    row = ",".join("x" for _ in columns.split(","))
    assert table_of(read_sheet(write(tmp_path / "mine.csv", f"{columns}\n{row}\n"))).name == table


def test_kinds_and_file_names_tell_groups_from_organisations(tmp_path: Path) -> None:
    for name, kind, table in [("a", "REB", "groups"), ("a", "IGO", "organisations"), ("groups", "ISM", "groups")]:
        sheet = read_sheet(write(tmp_path / f"{name}.csv", f"id,name,kind\nx,X,{kind}\n"))
        assert table_of(sheet).name == table


@pytest.mark.parametrize("columns", ["id,name,colour", "sector,kind", "alpha"])
def test_columns_of_no_table_are_refused_with_those_that_are(tmp_path: Path, columns: str) -> None:
    with pytest.raises(DataFileError, match=r"columns are those of no table.*It has: "):
        add(write(tmp_path / "x.csv", f"{columns}\na\n"), tmp_path / "mine")


def test_rows_are_added_replaced_and_left(tmp_path: Path) -> None:
    folder, path = tmp_path / "mine", tmp_path / "x.csv"
    write(path, f"{HEAD}one,Red Front,REB,FJI,REB,Reds|RF,,\ntwo,Blue Front,REB,FJI,REB,,,\n")
    assert add(path, folder) == Added("groups", folder / "groups.csv", 2, 0, 0)
    write(path, f"{HEAD}two,Blue Front,REB,TON,REB,,,\none,Red Front,REB,FJI,REB,Reds|RF,,\nsix,Six,PTY,FJI,PTY,,,\n")
    assert add(path, folder) == Added("groups", folder / "groups.csv", 1, 1, 1)
    entries = read_layer(folder).organisations
    assert [(entry.id, entry.country) for entry in entries] == [("one", "FJI"), ("two", "TON"), ("six", "FJI")]
    assert entries[0].aliases == ("Reds", "RF")
    assert [path.name for path in folder.iterdir()] == ["groups.csv"]


def test_json_lines_are_taken(tmp_path: Path) -> None:
    row = {"id": "one", "name": 'The "Front", Inc.', "kind": "REB", "country": "FJI", "aliases": ["Reds", "RF"]}
    add(write(tmp_path / "x.jsonl", json.dumps(row) + "\n\n"), tmp_path / "mine")
    assert read_layer(tmp_path / "mine").organisations == (
        Organisation("one", 'The "Front", Inc.', "REB", "FJI", aliases=("Reds", "RF")),
    )


def test_comments_and_order_of_the_users_table_stay(tmp_path: Path) -> None:
    old = "# my groups\nid,name,kind,country\n# the reds\none,Red Front,REB,FJI\n\n# the blues\ntwo,Blue,REB,FJI\n"
    write(tmp_path / "mine" / "groups.csv", old)
    add(write(tmp_path / "x.csv", "id,name,kind,country\none,Red Front,REB,TON\n"), tmp_path / "mine")
    lines = (tmp_path / "mine" / "groups.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[0] for line in lines] == ["id", "# my groups", "# the reds", "one", "# the blues", "two"]


def test_the_precision_of_terms_is_filled(tmp_path: Path) -> None:
    path = write(tmp_path / "x.csv", "person,office,start,end\nAn Other,deu-chancellor,2031-05,2033\n")
    add(path, tmp_path / "mine")
    holder = Holder("An Other", "deu-chancellor", (), "2031-05", "2033", "year")
    assert read_layer(tmp_path / "mine").holders == (holder,)


WRONG = [
    ("id,name,country\nx,X,FIJI\n", 2, "unknown country 'FIJI'"),
    ("# note\n\nid,name,sector\nx,X,REBEL\n", 4, "unknown sector 'REBEL'"),
    ("id,name,start\nx,X,12 May\n", 2, "no date"),
    ("id,name,wikidata\nx,X,42\n", 2, "no Wikidata id"),
    ("id,name\nx,X\nx,Y\n", 3, "the same entry as in line 2"),
    ('id,name,notes\nx,X,"a\nb"\ny,Y,"c\nd"\n', 4, "line break"),
    ("id,name\nx,X\ny,\n", 3, "missing key 'name'"),
    ("person,office,start\nA,no-such-office,2000\n", 2, "there is no office 'no-such-office'"),
    ("person,office,start,precision\nA,deu-chancellor,2000,day\n", 2, "the precision 'day'"),
    ("word,sector\nRebels,REB\n", 2, "has capitals"),
    ("phrase,honorific\nsir,perhaps\n", 2, "bool was expected"),
    ("text,reading\nA b,city\n", 2, "unknown reading 'city'"),
    ("code,name\nfj,Fiji\n", 2, "no country code"),
    ("id,country,name,level\nx,FJI,X,boss\n", 2, "unknown level 'boss'"),
]


@pytest.mark.parametrize(("text", "line", "words"), WRONG)
def test_a_wrong_row_is_told_with_file_line_and_remedy_and_nothing_is_added(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    path = write(tmp_path / "x.csv", text)
    with pytest.raises(RowsError) as caught:
        add(path, tmp_path / "mine")
    assert words in str(caught.value.errors[-1])
    assert f"{path}:{line}" in str(caught.value.errors[-1])
    assert not (tmp_path / "mine").exists()


def test_a_row_with_too_many_cells_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"x\.csv:3 .*3 cells where the header has 2.*Quote"):
        add(write(tmp_path / "x.csv", "id,name\nx,X\ny,Y,Z\n"), tmp_path / "mine")


@pytest.mark.parametrize("text", ["[1]\n", "{nonsense}\n", ""])
def test_bad_json_lines_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(DataFileError, match=r"x\.jsonl"):
        add(write(tmp_path / "x.jsonl", text), tmp_path / "mine")


def test_a_table_of_the_user_that_does_not_fit_is_not_touched(tmp_path: Path) -> None:
    old = "id,name,colour\nx,X,red\n"
    write(tmp_path / "mine" / "groups.csv", old)
    with pytest.raises(DataFileError, match=r"groups\.csv"):
        add(write(tmp_path / "groups.csv", "id,name\ny,Y\n"), tmp_path / "mine")
    assert (tmp_path / "mine" / "groups.csv").read_text(encoding="utf-8") == old


def test_the_command_tells_every_row(tmp_path: Path) -> None:
    path = write(tmp_path / "groups.csv", "id,name,country\nx,X,FIJI\ny,Y,TONGA\n")
    result = CliRunner().invoke(app, ["lexicon", "add", str(path), "--folder", str(tmp_path / "mine")])
    assert result.exit_code == 2
    assert "groups.csv:2 [x]" in result.output and "groups.csv:3 [y]" in result.output
    assert "Nothing was added." in result.output
    result = CliRunner().invoke(app, ["lexicon", "add", str(path), "--table", "herbs"])
    assert (result.exit_code, "there is no table 'herbs'" in result.output) == (2, True)


def test_what_is_added_is_used_by_who(tmp_path: Path) -> None:
    path = write(tmp_path / "agents.csv", "word,sector,kind\nforeign minister,EDU,person\n")
    mine = str(tmp_path / "mine")
    assert CliRunner().invoke(app, ["lexicon", "add", str(path), "--folder", mine]).exit_code == 0
    words = ["who", "a foreign minister", "--format", "jsonl"]
    sectors = [
        json.loads(CliRunner().invoke(app, [*words, *more], env=env).output)["sector"]
        for more, env in [([], {}), (["--lexicon", mine], {}), ([], {"COMMUNIQUE_LEXICON": mine})]
    ]
    assert sectors == ["GOV", "EDU", "EDU"]


def test_the_record_tells_which_lexicon_was_used(tmp_path: Path) -> None:
    from communique.cli.read import _version
    from communique.settings import Settings

    add(write(tmp_path / "agents.csv", "word,sector\nsquirrel,EDU\n"), tmp_path / "mine")
    with_it = Settings(lexicon_folders=(str(tmp_path / "mine"),))
    first = _version(with_it)
    assert first != _version(Settings())
    add(write(tmp_path / "agents.csv", "word,sector\nsquirrel,MIL\n"), tmp_path / "mine")
    assert _version(with_it) != first


def test_show_counts_ours_fetched_and_own(tmp_path: Path) -> None:
    write(tmp_path / "groups.csv", f"{HEAD}one,Red Front,REB,FJI,REB,,,\n")
    write(tmp_path / "wikidata" / "holders.csv", TERM)
    result = CliRunner().invoke(app, ["lexicon", "show", "--folder", str(tmp_path)])
    row = next(line for line in result.output.splitlines() if "groups" in line)
    assert [cell.strip() for cell in row.split("│")[3:5]] == ["0", "1"]


# --- files ---


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.csv", "old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.os, "fsync", full)
    with pytest.raises(DataFileError, match="No space left"):
        write_whole(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


NAMES = st.text(st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(' ",;#'), min_size=1, max_size=12)
NAMES = NAMES.map(str.strip).filter(lambda name: name and "|" not in name and not name.startswith("#"))
ENTRIES = st.builds(Organisation, id=NAMES, name=NAMES, aliases=st.lists(NAMES, max_size=3).map(tuple), notes=NAMES)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ENTRIES, min_size=1, max_size=5, unique_by=lambda entry: entry.id))
def test_what_is_written_is_read_again(tmp_path: Path, entries: list[Organisation]) -> None:
    path = tmp_path / "groups.csv"
    write_whole(path, table_text(GROUPS, entries))
    read, errors = read_entries(read_sheet(path), GROUPS)
    assert errors == []
    assert [entry.value for entry in read] == entries
    assert list(read_layer(tmp_path).organisations) == entries


@pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])
def test_all_of_our_tables_survive_being_written(tmp_path: Path, table: Any) -> None:
    entries = getattr(load_lexicon(), "organisations" if table is GROUPS else table.name)[:300]
    text = table_text(table, entries)
    assert next(csv.reader(io.StringIO(text))) == list(columns_of(table))
    write_whole(tmp_path / table.file, text)
    again = getattr(read_layer(tmp_path), "organisations" if table is GROUPS else table.name)
    assert again == entries


# --- the page of the documentation ---

PAGE = (Path(__file__).parents[1] / "docs" / "lexicon.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(csv|bash|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_page_shows_what_the_commands_print(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = iter(["groups.csv", "holders.csv"])
    output, compared = "", 0
    for kind, text in BLOCK.findall(PAGE):
        if kind == "csv":
            write(tmp_path / next(names), text)
        elif kind == "bash" and not {"update", "read"} & set(text.split()):
            output = CliRunner().invoke(app, shlex.split(text)[1:]).output
        elif kind == "text":
            lines = "\n".join(line.rstrip() for line in output.splitlines()) + "\n"
            pattern = re.escape(text).replace(re.escape("[...]"), "(?s:.*)")
            assert re.fullmatch(pattern, lines), lines
            compared += 1
    assert compared == 4
