"""Contexts are told by the words of the act's own clause."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from communique.actors.stage import ActorStage
from communique.datafiles import packaged, read_yaml_entries
from communique.errors import DataFileError
from communique.events.contexts import DATA, Context, ContextExample, Contexts
from communique.events.lexicon import load_lexicon
from communique.events.stage import EventStage
from communique.model import Document
from communique.settings import Settings
from communique.text.stage import TextStage

KNOWN = load_lexicon().ontology.contexts
CONTEXTS = Contexts.load(KNOWN)
CASES = [(entry.id, example) for entry in CONTEXTS.entries for example in entry.examples]
Stages = tuple[TextStage, ActorStage, EventStage]


@pytest.fixture(scope="module")
def stages() -> Stages:
    settings = Settings(date=date(2015, 11, 2))
    return TextStage(settings), ActorStage(settings), EventStage(settings)


def told(stages: Stages, text: str) -> dict[str, tuple[str, ...]]:
    """The contexts of each event by its trigger."""
    parse, annotate, code = stages
    parsed = parse.parse(Document.make(text))
    return {event.trigger: event.contexts for event in code.code(parsed, annotate.annotate(parsed))}


@pytest.mark.parametrize(("entry", "example"), CASES, ids=[f"{entry}:{n}" for n, (entry, _) in enumerate(CASES)])
def test_the_words_of_an_example_tell_what_it_says(stages: Stages, entry: str, example: ContextExample) -> None:
    words = list(stages[0].parse(Document.make(example.text)).doc)
    assert {context for _, context in CONTEXTS.find(words)} == set(example.expect)


@pytest.mark.parametrize("entry", CONTEXTS.entries, ids=lambda entry: entry.id)
def test_a_context_has_a_meaning_words_and_an_example_of_its_own(entry: Context) -> None:
    assert entry.meaning
    assert len(entry.words) + len(entry.phrases) >= 20
    assert any(entry.id in example.expect for example in entry.examples)
    for lines in (entry.words, entry.phrases, entry.never):
        assert len(lines) == len(set(lines))
        assert [line for line in lines if line != line.lower()] == []


def test_every_context_of_the_ontology_has_words() -> None:
    assert [entry.id for entry in CONTEXTS.entries] == list(KNOWN)


def test_an_act_keeps_the_contexts_of_its_code_and_gains_those_of_its_words(stages: Stages) -> None:
    found = told(stages, "France urged Turkey to respect the freedom of the press.")
    assert [contexts[-1] for contexts in found.values()] == ["rights_freedoms"]
    found = told(stages, "The foreign minister of France visited Turkey.")
    assert found == {"visited": ("diplomatic",)}


@pytest.mark.parametrize(
    ("text", "expect"),
    [
        (
            "France condemned the elections in Belarus, and Poland sent vaccines to Ukraine.",
            {"condemned": {"election"}, "sent": {"health"}},
        ),
        (
            "Kenya accused Sudan of torture after Egypt sent food aid to Chad.",
            {"accused": {"human_rights"}, "sent": {"human_security"}},
        ),
        (
            "The navy of Iran, which attacked a Saudi oil tanker, warned the United States.",
            {"attacked": {"military", "natural_resource"}, "warned": {"military"}},
        ),
    ],
)
def test_each_of_two_acts_has_the_contexts_of_its_own_clause(
    stages: Stages, text: str, expect: dict[str, set[str]]
) -> None:
    found = told(stages, text)
    looked_for = set().union(*expect.values())
    for trigger, contexts in expect.items():
        (whole,) = (each for each in found if each.startswith(trigger))
        assert set(found[whole]) & looked_for == contexts


def test_a_shared_subject_tells_the_contexts_of_both_acts(stages: Stages) -> None:
    found = told(stages, "The parliament of Georgia condemned Russia and thanked Ukraine.")
    assert all("legislative" in contexts for contexts in found.values())
    assert len(found) == 2


def test_a_clause_that_tells_no_act_belongs_to_the_act_above_it(stages: Stages) -> None:
    (contexts,) = told(stages, "China criticized a report that mentions the Uighurs.").values()
    assert "religion_ethnicity" in contexts


@pytest.mark.parametrize("link", ["while", ", and"])
def test_a_clause_beside_the_act_is_no_part_of_it(stages: Stages, link: str) -> None:
    (contexts,) = told(stages, f"France sent howitzers to Ukraine {link} farmers grew wheat.").values()
    assert "military" in contexts
    assert "natural_resource" not in contexts


def test_a_nominal_act_takes_in_its_clause(stages: Stages) -> None:
    (contexts,) = told(stages, "Talks between Sudan and Egypt focused on migration.").values()
    assert contexts == ("diplomatic", "migration")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("- {id: sports, meaning: games}", "unknown context 'sports'"),
        ("- {id: health, meaning: a}\n- {id: health, meaning: b}", "stands twice"),
        ("- {id: health, meaning: a, phrases: [virus]}", "'virus' is one word"),
        ("- {id: health, meaning: a, examples: [{text: a, expect: [sports]}]}", "unknown context 'sports'"),
        ("- {id: health, meaning: a, verbs: [heal]}", "unknown key 'verbs'"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path: Path, content: str, problem: str) -> None:
    path = tmp_path / "contexts.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataFileError, match=problem):
        Contexts(read_yaml_entries(path, Context), KNOWN)


def test_the_file_that_ships_is_in_the_package() -> None:
    assert packaged(DATA, "contexts.yaml").is_file()


def test_a_hyphen_may_stand_or_not_and_names_keep_their_plural(stages: Stages) -> None:
    entry = Context("military", "", words=("cease-fire",), phrases=("arm/armed force",))
    contexts = Contexts([entry], KNOWN)
    for text in ("They broke the cease-fire.", "They broke the cease fire.", "The Armed Forces left."):
        assert len(contexts.find(list(stages[0].parse(Document.make(text)).doc))) == 1
