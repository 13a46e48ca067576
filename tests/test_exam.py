"""The examination of hand-coded sentences: forms of labels, causes of misses, figures, and what the command prints."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from communique.cli.app import app
from communique.errors import SourceError
from communique.exam.causes import CAUSES
from communique.exam.examine import Examination, examine
from communique.exam.gold import Record, read_arguable, read_gold
from communique.exam.trace import Tracer
from communique.exam.verdicts import verdicts
from communique.model import Failure
from communique.settings import Settings


def written(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def label(
    kind: str, trigger: str, actor: list[str], recipient: list[str], factuality: str = "happened"
) -> dict[str, Any]:
    return {"type": kind, "trigger": trigger, "actor": actor, "recipient": recipient, "factuality": factuality}


def full(text: str, *labels: dict[str, Any]) -> dict[str, Any]:
    return {"text": text, "source": "", "target": "", "events": list(labels)}


def plover(identity: str, text: str, kind: str, source: list[str], target: list[str]) -> dict[str, Any]:
    sides = [[{"text": "", "code": code, "sector": ""} for code in side] for side in (source, target)]
    return {"id": identity, "text": text, "event_type": kind, "source": sides[0], "target": sides[1]}


def relation(text: str, kind: str, source: str, target: str) -> dict[str, Any]:
    return {"id": "r", "text": text, "event_type": kind, "source": source, "target": target}


@cache
def tracer() -> Tracer:
    return Tracer(Settings())


def exam(tmp_path: Path, *rows: dict[str, Any], arguable: dict[str, str] | None = None) -> Examination:
    return examine(str(written(tmp_path / "gold.jsonl", *rows)), tracer(), arguable or {})


def causes(found: Examination) -> list[str]:
    return [miss.cause for miss in found.misses if miss.cause != "not labelled"]


CASES = {
    "type right, factuality not": (
        "factuality",
        full("Ghana may have attacked Togo.", label("ASSAULT", "attacked", ["GHA"], ["TGO"])),
    ),
    "a side told wrong": (
        "actor",
        full("Ghana condemned the Zorvanian government.", label("ACCUSE", "condemned", ["GHA"], ["ZMB"])),
    ),
    "dropped since it names nobody": (
        "actor",
        full("The blast wounded visitors.", label("ASSAULT", "wounded", [], [""])),
    ),
    "sides the wrong way round": (
        "frame",
        full("Ghana condemned Togo.", label("ACCUSE", "condemned", ["TGO"], ["GHA"])),
    ),
    "another domain": (
        "domain",
        full("Ghana bombed Togo in the championship.", label("ASSAULT", "bombed", ["GHA"], ["TGO"])),
    ),
    "content of another act": (
        "composed",
        full("Ghana urged Togo to attack Benin.", label("ASSAULT", "attack", ["TGO"], ["BEN"])),
    ),
    "a mere mention": (
        "composed",
        full("Ghana discussed the withdrawal of Togo.", label("RETREAT", "withdrawal", ["TGO"], [])),
    ),
    "a condition on an argument": (
        "condition",
        full("Ghana met the target of the budget.", label("CONSULT", "met", ["GHA"], [])),
    ),
    "another part of speech": (
        "parse",
        full("The bombed Togo town was quiet.", label("ASSAULT", "bombed", [], ["TGO"])),
    ),
    "known as no act": (
        "other sense",
        full("Ghana's striker attacked Togo.", label("ASSAULT", "attacked", ["GHA"], ["TGO"])),
    ),
    "known as another act": (
        "other sense",
        full("France praised Spain.", label("CONSULT", "praised", ["FRA"], ["ESP"])),
    ),
    "no wording": (
        "trigger missing",
        full("Ghana's farmers grow maize near Togo.", label("AID", "grow", ["GHA"], ["TGO"])),
    ),
    "countries of a PLOVER record": ("actor", plover("p", "Ghana condemned Togo.", "ACCUSE", ["GHA"], ["BEN"])),
    "sides of a PLOVER record": ("frame", plover("p", "Ghana condemned Togo.", "ACCUSE", ["TGO"], ["GHA"])),
    "words of a relation record": (
        "actor",
        relation("Ghana condemned the noise in Lomé.", "ACCUSE", "Ghana", "the noise"),
    ),
    "another event stands between the sides": (
        "frame",
        relation("Ghana condemned Togo, and Benin praised Mali.", "SUPPORT", "Ghana", "Togo"),
    ),
    "a relation that is not coded": ("trigger missing", relation("Maize grows in Ghana.", "YIELD", "Ghana", "Maize")),
}


@pytest.mark.parametrize(("cause", "row"), CASES.values(), ids=CASES)
def test_a_miss_is_told_by_its_cause(cause: str, row: dict[str, Any], tmp_path: Path) -> None:
    found = exam(tmp_path, row)
    assert causes(found) == [cause], [miss.coded for miss in found.misses]


def test_every_cause_has_a_case() -> None:
    told = {cause for cause, _ in CASES.values()} | {"arguable", "not labelled", "doubtful"}
    assert told == {cause.name for cause in CAUSES}


@pytest.mark.parametrize(
    "row",
    [
        full("Ghana condemned Togo.", label("ACCUSE", "condemned", ["GHA"], ["TGO"])),
        full("Ghana met Togo.", label("CONSULT", "met", ["TGO"], ["GHA"])),
        full("Ghana condemned Togo.", label("ACCUSE", "condemned", ["GHA"], [""])),
        full("Trees are green."),
        plover("p", "Ghana condemned Togo.", "ACCUSE", ["GHA"], ["***"]),
        plover("p", "Ghana condemned Togo.", "ACCUSE", ["GHA", "TGO"], []),
        relation("Ghana condemned Togo.", "ACCUSE", "Ghana", "Togo"),
        relation("Ghana freed ten prisoners from Togo.", "YIELD", "Ghana", "ten prisoners from Togo"),
    ],
)
def test_what_is_right_is_no_miss(row: dict[str, Any], tmp_path: Path) -> None:
    found = exam(tmp_path, row)
    assert [(miss.cause, miss.wanted, miss.coded) for miss in found.misses] == []


def test_what_is_coded_and_not_labelled_is_told_with_its_rule_and_words(tmp_path: Path) -> None:
    found = exam(tmp_path, full("Ghana condemned Togo."))
    assert [(m.cause, m.type, m.wanted) for m in found.misses] == [("not labelled", "ACCUSE", "")]
    assert found.misses[0].coded[0].startswith("GHA ACCUSE TGO, happened, by accuse.")
    assert found.misses[0].coded[0].endswith("at 'condemned'")


def test_each_label_has_an_event_of_its_own(tmp_path: Path) -> None:
    text = "Ghana condemned Togo."
    record = read_one(tmp_path, full(text, *[label("ACCUSE", "condemned", ["GHA"], ["TGO"])] * 2))
    faults = [verdict.fault for verdict in verdicts(record, tracer().code(record.document)[0])]
    assert faults == ["", "type"]


def test_an_arguable_label_is_told_as_such_with_its_reason(tmp_path: Path) -> None:
    row = plover("p7", "Ghana condemned Togo.", "CONSULT", ["GHA"], ["TGO"])
    (miss,) = exam(tmp_path, row, arguable={"p7": "no meeting"}).misses
    assert (miss.cause, miss.reason) == ("arguable", "no meeting")


def test_an_act_that_is_left_out_as_doubtful_is_told_as_such(tmp_path: Path) -> None:
    gold = written(tmp_path / "gold.jsonl", plover("p", "Ghana condemned Togo.", "ACCUSE", ["GHA"], ["TGO"]))
    found = examine(str(gold), Tracer(Settings(min_confidence=1.0)), {})
    assert [(miss.cause, miss.coded) for miss in found.misses] == [("doubtful", ())]


def read_one(tmp_path: Path, row: dict[str, Any]) -> Record:
    (record,) = read_gold(str(written(tmp_path / "one.jsonl", row)))
    assert isinstance(record, Record)
    return record


def test_an_id_is_made_of_the_text_where_there_is_none(tmp_path: Path) -> None:
    row = full("Ghana condemned Togo.")
    first, second = (read_one(tmp_path, each).document.document_id for each in (row, {**row, "events": []}))
    assert first == second
    assert len(first) == 16


def test_figures_are_shares_of_what_was_labelled_and_coded(tmp_path: Path) -> None:
    found = exam(
        tmp_path,
        full("Ghana condemned Togo.", label("ACCUSE", "condemned", ["GHA"], ["TGO"])),
        full("France praised Spain.", label("SUPPORT", "praised", ["ESP"], ["FRA"], "planned")),
        full("Maize grows.", label("AID", "grows", [""], [""])),
        full("Ghana condemned Togo."),
        full("Trees are green."),
    )
    assert {figure.name: (figure.hits, figure.of) for figure in found.figures if figure.of is not None} == {
        "type precision": (2, 3),
        "type recall": (2, 3),
        "triple precision": (1, 3),
        "triple recall": (1, 3),
        "factuality of right types": (1, 2),
        "top": (2, 3),
        "silent": (1, 3),
        "happened, where nothing is labelled": (1, 2),
    }
    values = {figure.name: figure.value for figure in found.figures}
    assert values["type F1"] == pytest.approx(2 / 3)
    assert values["triple F1"] == pytest.approx(1 / 3)


def test_records_without_a_full_labelling_have_no_figures(tmp_path: Path) -> None:
    assert exam(tmp_path, plover("p", "Ghana condemned Togo.", "ACCUSE", ["GHA"], ["TGO"])).figures == []


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"text": "Ghana condemned Togo."}, "'event_type' is None"),
        (relation("Ghana condemned Togo.", "BLAME", "Ghana", "Togo"), "'event_type' is 'BLAME'"),
        ({**relation("Ghana condemned Togo.", "ACCUSE", "Ghana", "Togo"), "target": None}, "'source' is no list"),
        (full("Ghana condemned Togo.", label("ACCUSE", "condemned", ["GHA"], [], "maybe")), "'factuality' is 'maybe'"),
        (full("Ghana condemned Togo.", {"type": "ACCUSE", "actor": "GHA"}), "'actor' is no list"),
        ({"text": "Ghana condemned Togo.", "events": None}, "'events' is no list"),
        ({"text": "Ghana condemned Togo.", "events": [1]}, "an event is no object"),
        ({"text": "Le ministre des affaires étrangères a rencontré son homologue à Paris.", "events": []}, "French"),
        ({"text": ["a", "b"], "events": []}, "holds"),
    ],
)
def test_a_line_that_is_not_understood_is_named_and_the_rest_is_read(
    row: dict[str, Any], problem: str, tmp_path: Path
) -> None:
    found = exam(tmp_path, row, full("Trees are green."))
    assert [(failure.line, problem in failure.problem) for failure in found.failures] == [(1, True)], found.failures
    assert found.records == 1


def test_blank_and_broken_lines_do_not_shift_the_labels(tmp_path: Path) -> None:
    good = json.dumps(full("Ghana condemned Togo.", label("ACCUSE", "condemned", ["GHA"], ["TGO"])))
    path = tmp_path / "gold.jsonl"
    path.write_text(f'\n{{"text": \n\n{good}\n', encoding="utf-8")
    items = list(read_gold(str(path)))
    assert [type(item) for item in items] == [Failure, Record]
    assert [item.document.line for item in items if isinstance(item, Record)] == [4]


@pytest.mark.parametrize("name", ["none.jsonl", "gold.txt"])
def test_a_file_that_is_no_gold_file_is_an_error(name: str, tmp_path: Path) -> None:
    (tmp_path / "gold.txt").write_text("Ghana condemned Togo.", encoding="utf-8")
    with pytest.raises(SourceError, match="no file of JSON lines"):
        list(read_gold(str(tmp_path / name)))


def test_arguable_labels_have_reasons(tmp_path: Path) -> None:
    path = tmp_path / "arguable.tsv"
    path.write_text("# id, reason\n\np1\tno act is told\n", encoding="utf-8")
    assert read_arguable(str(path)) == {"p1": "no act is told"}
    path.write_text("p1\tno act is told\np2\n", encoding="utf-8")
    with pytest.raises(SourceError, match="has no reason") as caught:
        read_arguable(str(path))
    assert caught.value.line == 2
    with pytest.raises(SourceError, match="cannot be read"):
        read_arguable(str(tmp_path / "none.tsv"))


def bench(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["bench", *map(str, arguments)])


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return written(
        tmp_path / "gold.jsonl",
        {"id": "a", **full("Ghana condemned Togo.", label("CONSULT", "condemned", ["GHA"], ["TGO"]))},
        {"id": "b", **full("France condemned Spain.", label("ACCUSE", "condemned", ["ESP"], ["FRA"]))},
        {"id": "c", **full("Kenya condemned Chad.", label("ACCUSE", "condemned", ["TCD"], ["KEN"]))},
    )


def test_the_table_has_figures_causes_and_examples(gold: Path) -> None:
    result = bench("--gold", gold, "--errors", "--show", 1)
    assert result.exit_code == 0, result.output
    for expected in ("type F1", "Misses by cause", "ACCUSE 2", "frame: ACCUSE", "3 sentences, 3 labels, 4 misses."):
        assert expected in result.stdout
    assert "wanted  ESP ACCUSE FRA, happened" in result.stdout
    assert "coded   FRA ACCUSE ESP, happened, by accuse." in result.stdout
    assert "Kenya" not in result.stdout


def test_json_lines_have_a_row_for_each_figure_count_and_example(gold: Path) -> None:
    result = bench("--gold", gold, "--errors", "--show", 5, "--format", "jsonl")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["value"] for row in rows if row.get("figure") == "type recall"] == [0.667]
    counts = [(row["cause"], row["type"], row["misses"]) for row in rows if "misses" in row]
    assert counts == [("not labelled", "ACCUSE", 1), ("frame", "ACCUSE", 2), ("other sense", "CONSULT", 1)]
    assert [row["id"] for row in rows if "id" in row] == ["a", "b", "c", "a"]


def test_arguable_labels_are_named_by_a_file(gold: Path, tmp_path: Path) -> None:
    arguable = tmp_path / "arguable.tsv"
    arguable.write_text("b\twho began is disputed\n", encoding="utf-8")
    result = bench("--gold", gold, "--errors", "--show", 1, "--arguable", arguable)
    assert "arguable: ACCUSE" in result.stdout
    assert "reason  who began is disputed" in result.stdout


@pytest.mark.parametrize("arguments", [("--errors",), ("--show", "3"), ("--arguable", "x.tsv")])
def test_options_that_need_others_say_so(arguments: tuple[str, ...]) -> None:
    result = bench(*arguments)
    assert result.exit_code == 2
    assert "--errors" in result.output


def test_a_bad_line_makes_the_exit_code_1(tmp_path: Path) -> None:
    result = bench("--gold", written(tmp_path / "gold.jsonl", {"text": "Ghana condemned Togo."}), "--errors")
    assert result.exit_code == 1
    assert "gold.jsonl:1: 'event_type' is None" in result.stderr
