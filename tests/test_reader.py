"""The reader: spans that hold, the same output however it is run, and failures instead of faults."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import communique
from communique.coded import Coded
from communique.errors import SettingsError, SourceError
from communique.export.rows import COLUMNS
from communique.model import Actor, Document, Event, Failure
from communique.reader import Reader, Result, to_date
from communique.settings import Settings
from communique.sources import load
from communique.text.parsed import ParsedDocument

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
MEETING = "French officials met Spanish officials in Madrid on Monday."
GERMAN = "Der Minister hat sich am Montag mit dem Botschafter getroffen und die Lage in der Region besprochen. " * 3
FRAGMENTS = st.sampled_from(
    [
        *(
            "France",
            "met",
            "the minister",
            "talks between",
            "Spain",
            "U.S.",
            "said",
            "in Geneva",
            "Nov 2",
            ".",
            ",",
            "—",
        ),
        *(
            "\r\n",
            "\n\n",
            " ",
            "\t",
            "\ufeff",
            "\x00",
            "é",
            "𝔘",
            "<b>",
            "[bold]",
            "&amp;",
            "’s",
            "(Reuters) -",
            "“",
            "”",
        ),
    ]
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="module")
def sampled(reader: Reader) -> list[Coded]:
    coded = [item for item in reader.read_many(load([str(SAMPLES)])) if isinstance(item, Coded)]
    assert len(coded) >= 20
    return coded


def spans(event: Event) -> Iterator[tuple[int, int, str]]:
    """Every piece of text that an event quotes, with the offsets that it gives for it."""
    yield event.start, event.end, event.trigger
    for actor in (*event.actors, *event.recipients):
        yield actor.start, actor.end, actor.text
    for other in (event.place, event.attributed_to):
        if other:
            yield other.start, other.end, other.text


def check_spans(coded: Coded) -> None:
    text = coded.document.text
    for event in coded.events:
        first, last = coded.sentences[event.sentence]
        assert first <= event.start < event.end <= last
        for start, end, quoted in spans(event):
            assert 0 <= start < end <= len(text)
            assert text[start:end] == quoted


def test_every_span_of_the_samples_is_the_words_it_quotes(sampled: list[Coded]) -> None:
    for coded in sampled:
        check_spans(coded)
    assert sum(len(coded.events) for coded in sampled) >= 50


def test_the_samples_have_dates_events_and_both_sides(sampled: list[Coded]) -> None:
    assert sum(bool(coded.date) for coded in sampled) >= 0.85 * len(sampled)
    assert sum(bool(coded.events) for coded in sampled) >= 0.8 * len(sampled)
    events = [event for coded in sampled for event in coded.events]
    assert len({event.event_type for event in events}) >= 10
    assert len({event.event_id for event in events}) == len(events)
    assert sum(bool(event.actors and event.recipients) for event in events) >= len(events) / 2


def test_an_event_is_the_same_after_json(sampled: list[Coded]) -> None:
    for event in (event for coded in sampled for event in coded.events):
        assert Event.from_dict(json.loads(json.dumps(event.to_dict()))) == event


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(FRAGMENTS, min_size=1, max_size=25))
def test_spans_hold_and_nothing_breaks_on_any_text(reader: Reader, parts: list[str]) -> None:
    text = " ".join(parts)
    item = reader.attempt(Document.make(text, document_id="d"))
    if isinstance(item, Failure):
        assert "a fault of ours" not in item.problem
    else:
        assert item.document.text == text
        check_spans(item)


def test_reading_is_deterministic_and_depends_on_nothing_read_before(reader: Reader) -> None:
    first = reader.read(MEETING, date="2020-01-06").to_json()
    reader.read("Iran condemned Israel on Sunday. The minister left Tehran.", date="2021-01-06")
    assert reader.read(MEETING, date="2020-01-06").to_json() == first
    assert first


def test_a_text_gives_events_dates_and_a_table(reader: Reader) -> None:
    result = reader.read(MEETING, date="2020-01-08", title="Talks")
    assert isinstance(result, Result)
    event = result.events[0]
    assert event.event_type == "CONSULT"
    assert [actor.country for actor in event.actors] == ["FRA"]
    assert [actor.country for actor in event.recipients] == ["ESP"]
    assert event.date == date(2020, 1, 6)
    assert result.document.title == "Talks"
    assert result.date == date(2020, 1, 8)
    assert [MEETING[start:end] for start, end in result.sentences] == [MEETING]
    assert result.problems == ()
    table = result.to_pandas()
    assert list(table.columns) == list(COLUMNS)
    assert list(table["actor_country"]) == ["; ".join(a.country for a in e.actors) for e in result.events]
    assert [json.loads(line)["event_id"] for line in result.to_json().splitlines()] == list(table["event_id"])


def test_the_package_reads_a_text_in_one_call() -> None:
    result = communique.read(MEETING, date=date(2020, 1, 8))
    assert result.events[0].event_type == "CONSULT"
    assert isinstance(result.events[0].actors[0], Actor)


def test_a_table_without_events_has_its_columns(reader: Reader) -> None:
    table = reader.read("The weather was fine.").to_pandas()
    assert len(table) == 0
    assert list(table.columns) == list(COLUMNS)


@pytest.mark.parametrize("text", ["", "   \n", "...", "\x00"])
def test_a_text_without_words_is_refused(reader: Reader, text: str) -> None:
    with pytest.raises(SourceError, match="no words"):
        reader.read(text)


def test_another_language_is_refused_unless_forced(reader: Reader) -> None:
    with pytest.raises(SourceError, match="German"):
        reader.read(GERMAN)
    forced = Reader(Settings(force_language=True)).read(GERMAN)
    assert forced.coded.language == "de"
    assert forced.coded.sentences


def test_a_text_that_is_too_long_is_refused_without_a_parse() -> None:
    with pytest.raises(SourceError, match="more than 20"):
        Reader(Settings(max_characters=20)).read(MEETING)


def test_half_a_surrogate_pair_is_refused(reader: Reader) -> None:
    with pytest.raises(SourceError, match="half a surrogate pair at character 6"):
        reader.read("France\ud800 met Spain.")
    assert isinstance(reader.attempt("France\ud800 met Spain."), Failure)


@pytest.mark.parametrize("field", ["document_id", "title", "url", "source", "language"])
def test_half_a_surrogate_pair_beside_the_text_is_refused(field: str, reader: Reader) -> None:
    document = Document.make(MEETING, **{field: "x\ud800"})
    with pytest.raises(SourceError, match=f"the {field.replace('_', ' ')} holds half a surrogate pair at character 1"):
        reader.read(document)


@pytest.mark.parametrize("wrong", ["2020-13-01", "yesterday", "01/02/2020", ""])
def test_a_date_that_is_none_is_refused(wrong: str) -> None:
    with pytest.raises(SettingsError, match="is no date"):
        to_date(wrong)


def test_a_model_that_is_not_installed_is_an_error_and_no_failure_of_a_document() -> None:
    with pytest.raises(SettingsError, match="no_such_model"):
        list(Reader(Settings(model="no_such_model")).read_many([MEETING]))


def test_many_documents_come_as_a_stream_with_failures_in_their_place(reader: Reader) -> None:
    taken: list[int] = []

    def documents() -> Iterator[Document | Failure | str]:
        items: list[Failure | str] = [MEETING, "", Failure("x.txt", "no such file"), GERMAN, MEETING]
        for number, item in enumerate(items):
            taken.append(number)
            yield item

    stream = reader.read_many(documents())
    assert isinstance(next(stream), Coded)
    assert taken == [0]
    rest = list(stream)
    assert [type(item) for item in rest] == [Failure, Failure, Failure, Coded]
    assert [item.problem for item in rest if isinstance(item, Failure)][1] == "no such file"


def test_a_fault_of_ours_in_one_document_leaves_the_others(monkeypatch: pytest.MonkeyPatch, reader: Reader) -> None:
    whole = Reader.code

    def faulty(self: Reader, document: Document) -> Coded:
        if "Spanish" in document.text:
            raise KeyError("broken")
        return whole(self, document)

    monkeypatch.setattr(Reader, "code", faulty)
    failure, coded = reader.read_many([Document.make(MEETING, origin="a.csv", line=7), "France met Italy."])
    assert isinstance(failure, Failure)
    assert (failure.origin, failure.line) == ("a.csv", 7)
    assert "a fault of ours: KeyError" in failure.problem
    assert isinstance(coded, Coded)


def test_processes_give_the_same_in_the_same_order(sampled: list[Coded]) -> None:
    items = list(load([str(SAMPLES)]))
    items.insert(1, Failure("x.txt", "no such file"))
    items.insert(3, Document.make(GERMAN, document_id="german"))
    alone = list(Reader().read_many(items))
    together = list(Reader(Settings(workers=2)).read_many(items))
    assert together == alone
    assert [item for item in alone if isinstance(item, Coded)] == sampled


class FakeText:
    """A text stage that ends its process at some texts, and refuses all others."""

    def parse(self, document: Document) -> ParsedDocument:
        if "poison" in document.text:
            os._exit(9)
        if "fault" in document.text:
            raise ZeroDivisionError("fault")
        raise SourceError(f"refused in process {os.getpid()}")


def test_a_process_that_dies_costs_only_the_document_at_which_it_died() -> None:
    texts = [f"Text {n}." for n in range(40)]
    texts[5] = texts[30] = "poison"
    items: list[Document | Failure | str] = [
        Document.make(text, origin="a.jsonl", line=n) for n, text in enumerate(texts)
    ]
    items[6] = Failure("x.txt", "no such file")
    reader = Reader(Settings(workers=2), text=FakeText())  # type: ignore[arg-type]
    found = [item for item in reader.read_many(items) if isinstance(item, Failure)]
    assert len(found) == len(items)
    assert found[6] == items[6]
    assert {n for n, item in enumerate(found) if "died" in item.problem} == {5, 30}
    assert found[30].line == 30
    assert found[30].remedy
    assert all(item.problem.startswith("refused") for n, item in enumerate(found) if n not in (5, 6, 30))
    assert f"refused in process {os.getpid()}" not in {item.problem for item in found}


def test_where_no_process_can_be_started_this_one_reads(tmp_path: Path) -> None:
    script = tmp_path / "unguarded.py"
    script.write_text(
        "from communique import Reader, Settings\n"
        "import test_reader\n"
        "reader = Reader(Settings(workers=2), text=test_reader.FakeText())\n"
        "print([item.problem.split()[0] for item in reader.read_many(['a', 'b', 'c'])])\n"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    command = [sys.executable, str(script)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=50, check=False, env=environment)
    assert done.stdout == "['refused', 'refused', 'refused']\n", done.stderr


def test_any_fault_becomes_a_failure_of_that_document() -> None:
    reader = Reader(text=FakeText())  # type: ignore[arg-type]
    fault, refusal = reader.read_many(["fault", "plain"])
    assert isinstance(fault, Failure)
    assert fault.problem == "a fault of ours: ZeroDivisionError: fault"
    assert isinstance(refusal, Failure)
    assert refusal.problem.startswith("refused")


def test_importing_loads_no_model() -> None:
    heavy = ("spacy", "duckdb", "numpy", "typer", "rich", "pandas")
    script = f"import communique, sys; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
