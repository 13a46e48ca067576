"""Topics are found by their words, at the place where they stand."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.datafiles import read_yaml_entries
from communique.diplomacy.topics import TopicEntry, TopicExample, Topics
from communique.errors import DataFileError
from communique.model import Document
from communique.settings import Settings
from communique.text.parsed import ParsedDocument
from communique.text.stage import TextStage

TOPICS = Topics.load()
STAGE = TextStage(Settings(date=date(2015, 11, 2)))
CASES = [(entry.id, example) for entry in TOPICS.entries for example in entry.examples]


def parse(text: str) -> ParsedDocument:
    return STAGE.parse(Document.make(text))


def found(text: str) -> dict[str, str]:
    """The topics of a text with their words."""
    parsed = parse(text)
    return {topic.topic: topic.text for n in range(len(parsed.sentences)) for topic in TOPICS.find(parsed, n)}


def attached(text: str, word: str) -> set[str]:
    """The topics in what a word of a text governs."""
    parsed = parse(text)
    head = next(each for each in parsed.doc if each.text == word)
    return {topic.topic for topic in TOPICS.attached(parsed, head)}


@pytest.mark.parametrize(("entry", "example"), CASES, ids=[f"{entry}:{n}" for n, (entry, _) in enumerate(CASES)])
def test_an_example_names_what_it_says(entry: str, example: TopicExample) -> None:
    assert set(found(example.text)) == set(example.expect)


@pytest.mark.parametrize("entry", TOPICS.entries, ids=lambda entry: entry.id)
def test_a_topic_has_a_meaning_words_and_examples_of_its_own(entry: TopicEntry) -> None:
    assert entry.meaning
    assert len(entry.words) >= 15
    assert sum(entry.id in example.expect for example in entry.examples) >= 2
    for lines in (entry.words, entry.places, entry.never):
        assert len(lines) == len(set(lines))


def test_the_taxonomy_is_large_and_a_forest() -> None:
    parents = {entry.id: entry.parent for entry in TOPICS.entries}
    assert len(parents) > 100
    for topic in parents:
        above = [topic]
        while parents[above[-1]]:
            above.append(parents[above[-1]])
            assert len(above) < 6


@pytest.mark.parametrize(
    ("text", "expect"),
    [
        ("They discussed food security.", {"food-security": "food security"}),
        ("They discussed women's rights.", {"women": "women's rights"}),
        (
            "The dispute is over maritime boundaries.",
            {"borders": "maritime boundaries", "maritime": "maritime boundaries"},
        ),
        ("Human Rights were discussed.", {"human-rights": "Human Rights"}),
        ("They seek co-operation in many areas of co-operation.", {"cooperation": "areas of co-operation"}),
        ("Ministers met in Baghdad on Iraq.", {"iraq": "Iraq"}),
        ("Iraq and Jordan met.", {}),
        ("The energy minister met the Secretary of Defense.", {}),
        ("The Minister of Trade and Investment arrived.", {}),
    ],
)
def test_the_longest_words_tell_and_offices_and_parties_do_not(text: str, expect: dict[str, str]) -> None:
    assert found(text) == expect


@pytest.mark.parametrize(
    ("text", "word", "expect"),
    [
        ("The ministers discussed customs and tourism.", "customs", {"customs", "tourism"}),
        ("They discussed a treaty, which harms trade.", "treaty", set()),
        ("The ministers of Peru discussed Haiti.", "Haiti", {"haiti"}),
        ("They signed an agreement on education in Iraq.", "on", {"education"}),
        ("They discussed relations between Iraq and Libya.", "relations", set()),
        ("They held talks on Libya and Yemen.", "on", {"libya", "yemen"}),
    ],
)
def test_attached_is_what_a_word_governs(text: str, word: str, expect: set[str]) -> None:
    assert attached(text, word) == expect


WORDS = st.sampled_from(
    [
        *(
            "The ministers discussed",
            "trade",
            "the situation in Syria",
            "women's rights",
            "co-operation in energy",
            "on Iraq",
        ),
        *(
            "oil and gas,",
            "counter-terrorism",
            "which",
            "and",
            "of",
            "EXPO-2017",
            "—",
            "  ",
            "\n",
            "COVID-19",
            "the",
            "Gaza.",
        ),
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=12))
def test_words_stand_where_they_are_said_to(parts: list[str]) -> None:
    text = "The ministers met on Monday. " + " ".join(parts)
    parsed = parse(text)
    for number, sentence in enumerate(parsed.sentences):
        topics = TOPICS.find(parsed, number)
        whole = parsed.words(sentence[0], sentence[-1])
        for topic in topics:
            assert text[topic.start : topic.end] == topic.text != ""
            assert whole.start <= topic.start < topic.end <= whole.end
        for word in sentence:
            governed = TOPICS.attached(parsed, word)
            assert all(text[topic.start : topic.end] == topic.text for topic in governed)
        places = sorted({(topic.start, topic.end) for topic in topics})
        assert all(first[1] <= second[0] for first, second in pairwise(places))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (
            "- &a {id: a, name: A, parent: '', meaning: m, words: [x]}\n- *a",
            "twice",
        ),
        ("- {id: a, name: A, parent: b, meaning: m, words: [x]}", "unknown parent 'b'"),
        ("- {id: a, name: A, parent: '', meaning: m, words: [one two three four five]}", "is too long"),
        ("- {id: a, name: A, parent: '', meaning: m, words: [Trade]}", "small letters"),
        (
            "- {id: a, name: A, parent: '', meaning: m, words: [x], examples: [{text: x, expect: [b]}]}",
            "unknown topic 'b'",
        ),
        ("- {id: a, name: A, parent: '', meaning: m, words: [x], verbs: [y]}", "unknown key 'verbs'"),
        ("- {id: a, name: A, parent: '', meaning: m}", "missing key 'words'"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path: Path, content: str, problem: str) -> None:
    path = tmp_path / "topics.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataFileError, match=problem):
        Topics(read_yaml_entries(path, TopicEntry))
