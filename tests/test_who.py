"""communique who: one mention, or a file of them."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from communique.cli.app import app


def test_one_mention_as_json() -> None:
    result = CliRunner().invoke(app, ["who", "U.S. Secretary of State", "--date", "2009-06-01", "--format", "json"])
    found = json.loads(result.output)
    assert (found["office_holder"] or found["name"], found["country"], found["sector"]) == (
        "Hillary Clinton",
        "USA",
        "GOV",
    )
    assert found["text"] == "U.S. Secretary of State"


def test_a_file_gives_a_line_for_each_line_in_order(tmp_path: Path) -> None:
    path = tmp_path / "mentions.jsonl"
    lines = [{"text": "Turkish police"}, {"text": "the Kremlin", "date": "2015-01-01"}, {"text": "Pyongyang"}]
    path.write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["who", "--file", str(path), "--format", "jsonl"])
    found = [json.loads(line) for line in result.output.splitlines()]
    assert [(row["text"], row["country"]) for row in found] == [
        ("Turkish police", "TUR"),
        ("the Kremlin", "RUS"),
        ("Pyongyang", "PRK"),
    ]


def test_a_bad_line_names_its_number(tmp_path: Path) -> None:
    path = tmp_path / "mentions.jsonl"
    path.write_text('{"text": "Pyongyang"}\nnonsense\n', encoding="utf-8")
    result = CliRunner().invoke(app, ["who", "--file", str(path), "--format", "jsonl"])
    assert result.exit_code == 2
    assert ":2: no mention in the line" in result.output
