"""The benchmark: what it runs on, that all pipelines see the same, and that its sums are right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from communique.bench import BARE, OURS, WITHOUT_NER, Measurement, Pipeline, built_in, code_gold, measure
from communique.cli.app import app
from communique.coded import Coded
from communique.errors import SourceError
from communique.events.lexicon import load_lexicon
from communique.model import Document, Failure
from communique.settings import Settings

FRENCH = "Le ministre des affaires étrangères a rencontré son homologue dans la capitale et ils ont parlé."


def test_built_in_documents_have_news_length_and_differ() -> None:
    documents = list(built_in(5, words=50))
    assert len({document.text for document in documents}) == 5
    assert all(50 <= len(document.text.split()) < 100 for document in documents)
    assert [document.document_id for document in documents] == [f"bench-{n}" for n in range(1, 6)]


def test_built_in_documents_use_every_example() -> None:
    examples = {example.text for act in load_lexicon().acts for example in act.examples}
    text = " ".join(document.text.replace("\n\n", " ") for document in built_in(60))
    assert {example for example in examples if example not in text} == set()


def test_every_pipeline_reads_the_same_documents() -> None:
    texts: list[Document | Failure] = [*built_in(4, words=30), Failure("x.txt", "no such file")]
    result = measure(texts, Settings(), without_ner=True)
    assert [pipeline.name for pipeline in result.pipelines] == [OURS, BARE, WITHOUT_NER]
    assert result.documents == 4
    assert result.words == sum(len(t.text.split()) for t in texts if isinstance(t, Document))
    assert [failure.origin for failure in result.failures] == ["x.txt"]
    assert all(pipeline.seconds > 0 and pipeline.cpu_seconds > 0 for pipeline in result.pipelines)
    assert result.peak_memory > 50_000_000
    assert result.ratio(result.pipelines[0]) == result.wall_ratio(result.pipelines[0]) == 1.0


def test_the_pipelines_do_what_they_are_named_for() -> None:
    document = Document.make("On Monday France condemned Spain.", document_id="d")
    ours, bare, less = measure([document], Settings(), without_ner=True).pipelines
    coded = ours.run(document)
    assert isinstance(coded, Coded)
    assert [event.event_type for event in coded.events] == ["ACCUSE"]
    assert {"ner", "parser", "tagger"} <= set(components(bare))
    assert "ner" not in components(less)


def components(pipeline: Pipeline) -> list[str]:
    """The names of the components of the spaCy pipeline that a contestant runs."""
    return next(cell.cell_contents.pipe_names for cell in pipeline.run.__closure__ or ())  # type: ignore[attr-defined]


def test_a_document_that_we_refuse_is_timed_for_nobody() -> None:
    result = measure([Document.make(FRENCH), *built_in(1, words=20)], Settings(), without_ner=False)
    assert result.documents == 1
    assert "French" in result.failures[0].problem


def test_nothing_to_read_is_an_error() -> None:
    with pytest.raises(SourceError, match="no text can be read"):
        measure([Failure("x.txt", "no such file")], Settings(), without_ner=False)


def test_ratios_divide_ours_by_theirs() -> None:
    ours, bare = Pipeline(OURS, str, 3.0, 2.0), Pipeline(BARE, str, 2.0, 1.0)
    result = Measurement([ours, bare])
    assert (result.wall_ratio(bare), result.ratio(bare)) == (1.5, 2.0)


def test_the_command_prints_a_row_for_each_pipeline() -> None:
    found = CliRunner().invoke(app, ["bench", "--documents", "1", "--format", "jsonl"])
    assert found.exit_code == 0, found.output
    rows = [json.loads(line) for line in found.stdout.splitlines()]
    assert [row["pipeline"] for row in rows] == [OURS, BARE]
    assert rows[0]["ratio"] == 1.0
    assert rows[1]["ratio"] > 0
    assert rows[0]["words"] >= 400


def test_gold_files_are_coded_for_their_scorer(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    rows = [
        {"id": "a", "text": "Ghana condemned Togo."},
        {"id": "b", "text": "Trees are green."},
        {"id": "c"},
    ]
    gold.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    output = tmp_path / "events.jsonl"
    with output.open("w", encoding="utf-8") as stream:
        failures = code_gold(str(gold), stream, Settings())
    events = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert [(event["document_id"], event["event_type"]) for event in events] == [("a", "ACCUSE")]
    assert [failure.line for failure in failures] == [3]
