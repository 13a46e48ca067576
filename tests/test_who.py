"""communique who: one mention, or a file of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import communique
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


def test_a_context_tells_who_a_pronoun_is_and_what_is_a_place(tmp_path: Path) -> None:
    sentence = "Kerry flew to Vienna on Monday for talks with his Iranian counterpart, who praised him."
    path = tmp_path / "mentions.jsonl"
    words = ["Kerry", "Vienna", "his Iranian counterpart", "him"]
    asked = [{"text": text, "date": "2015-06-29", "context": sentence} for text in words]
    path.write_text("\n".join(map(json.dumps, asked)), encoding="utf-8")
    result = CliRunner().invoke(app, ["who", "--file", str(path), "--format", "jsonl"])
    found = [json.loads(line) for line in result.output.splitlines()]
    assert [(row["kind"], row["country"], row["office_holder"] or row["name"]) for row in found] == [
        ("person", "USA", "John Kerry"),
        ("place", "AUT", "Vienna"),
        ("office", "IRN", "Mohammad Javad Zarif"),
        ("person", "USA", "John Kerry"),
    ]


def test_the_second_of_the_same_words_is_asked_by_its_offset() -> None:
    sentence = "Georgia of the Foreign Office flew to Georgia, where police met her."
    (first,) = communique.who("Georgia", context=sentence, start=0)
    (second,) = communique.who("Georgia", context=sentence, start=sentence.rindex("Georgia"))
    assert second.country == "GEO"
    assert first.kind != "place"
    with pytest.raises(communique.CommuniqueError, match="does not stand at 3"):
        communique.who("Georgia", context=sentence, start=3)


def test_a_mention_of_several_tells_the_others_too() -> None:
    sentence = "The presidents of Kenya and Ghana met, and the two sides signed a pact."
    result = CliRunner().invoke(app, ["who", "the two sides", "--context", sentence, "--format", "json"])
    found = json.loads(result.output)
    assert [found["country"], *(other["country"] for other in found["also"])] == ["KEN", "GHA"]


def test_a_bad_line_names_its_number(tmp_path: Path) -> None:
    path = tmp_path / "mentions.jsonl"
    path.write_text('{"text": "Pyongyang"}\nnonsense\n{"text": "Kenya"}\n', encoding="utf-8")
    result = CliRunner().invoke(app, ["who", "--file", str(path), "--format", "jsonl"])
    assert result.exit_code == 2
    assert ":2: no mention in the line" in result.stderr
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(row["country"], row["why"]) for row in rows][1:] == [
        ("", "no mention in the line"),
        ("KEN", "country name"),
    ]
