"""Who noun phrases denote: sentences of our own with labels, over the real parser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from actors_helper import head_of, parsed, stage
from communique.datafiles import read_yaml_entries

DATA = Path(__file__).parent / "data" / "actors.yaml"


@dataclass(frozen=True)
class Sentence:
    text: str
    mentions: dict[str, str]
    date: str = ""
    dateline: str = ""


SENTENCES = read_yaml_entries(DATA, Sentence)
CASES = [(sentence, words, expected) for sentence in SENTENCES for words, expected in sentence.mentions.items()]


def fits(found: set[str], expected: str) -> bool:
    """Whether the actors are those of a label: '-' none, '*' anything, 'CHN *' any sector."""
    if expected == "*":
        return True
    wanted = [] if expected == "-" else [one.strip() for one in expected.split(";")]
    if len(wanted) != len(found):
        return False
    return all(any(_same(one, other) for other in found) for one in wanted)


def _same(wanted: str, found: str) -> bool:
    return wanted == found or (wanted.endswith(" *") and found.split()[0] == wanted.split()[0])


@pytest.mark.parametrize(("sentence", "words", "expected"), CASES, ids=[f"{s.text[:40]}|{w}" for s, w, _ in CASES])
def test_mention(sentence: Sentence, words: str, expected: str) -> None:
    document = parsed(sentence.text, sentence.date, sentence.dateline)
    actors = stage().annotate(document).actors(head_of(document, words))
    found = {f"{actor.country or '?'} {actor.sector}".strip() for actor in actors}
    assert fits(found, expected), f"{found} by {[actor.why for actor in actors]}"


def test_enough_is_covered() -> None:
    codes = {code for _, _, expected in CASES for code in re.findall(r"\b[A-Z]{3}\b", expected)}
    assert len(CASES) >= 250
    assert len(codes) >= 100


def test_words_that_are_no_sentence_end() -> None:
    """Fragments whose root is a noun or a preposition: no search for a governor may go on for ever."""
    for text in (
        "Back to Vienna",
        "Out of",
        "Soldiers in Tripoli and the visiting leader, over",
        "Over Kyiv",
        "him it they",
    ):
        document = parsed(text, "2015-06-29", "Geneva")
        mentions = stage().annotate(document)
        for token in document.doc:
            mentions.actors(token)
            mentions.place(token)
