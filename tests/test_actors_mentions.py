"""Who noun phrases denote: sentences of our own with labels, over the real parser."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from spacy.tokens import Token

from communique.actors.stage import ActorStage, DocumentMentions
from communique.datafiles import read_yaml_entries
from communique.model import Document
from communique.settings import Settings
from communique.text.parse import load_pipeline, parse
from communique.text.parsed import Header, ParsedDocument

DATA = Path(__file__).parent / "data" / "actors.yaml"


@dataclass(frozen=True)
class Sentence:
    text: str
    mentions: dict[str, str]
    date: str = ""
    dateline: tuple[str, ...] = field(default=())


SENTENCES = read_yaml_entries(DATA, Sentence)
CASES = [(sentence, words, expected) for sentence in SENTENCES for words, expected in sentence.mentions.items()]


@pytest.fixture(scope="session")
def stage() -> ActorStage:
    return ActorStage(Settings())


def parsed(text: str, day: date | None = None) -> ParsedDocument:
    doc = parse(load_pipeline(Settings().model), text)
    document = Document.make(text, date=day)
    return ParsedDocument(document, Header(0, len(text)), day, "en", doc, range(len(text) + 1))


def head_of(mentions: ParsedDocument, words: str) -> Token:
    """The head of the n-th occurrence ('Chad#2') of some words of the text."""
    words, _, number = words.partition("#")
    starts = [match.start() for match in re.finditer(rf"\b{re.escape(words)}", mentions.document.text)]
    start = starts[int(number or 1) - 1]
    words = words.removesuffix("'s")
    span = mentions.doc.char_span(start, start + len(words), alignment_mode="expand")
    assert span is not None
    return span.root


def fits(found: set[str], expected: str) -> bool:
    if expected == "*":
        return True
    wanted = [] if expected == "-" else [one.strip() for one in expected.split(";")]
    if len(wanted) != len(found):
        return False
    return all(any(_same(one, other) for other in found) for one in wanted)


def _same(wanted: str, found: str) -> bool:
    return wanted == found or (wanted.endswith(" *") and found.split()[0] == wanted.split()[0])


@pytest.mark.parametrize(("sentence", "words", "expected"), CASES, ids=[f"{s.text[:40]}|{w}" for s, w, _ in CASES])
def test_mention(stage: ActorStage, sentence: Sentence, words: str, expected: str) -> None:
    document = parsed(sentence.text, date.fromisoformat(sentence.date) if sentence.date else None)
    mentions: DocumentMentions = stage.annotate(document)
    actors = mentions.actors(head_of(document, words))
    found = {f"{actor.country or '?'} {actor.sector}".strip() for actor in actors}
    assert fits(found, expected), f"{found} by {[actor.why for actor in actors]}"


def test_enough_is_covered() -> None:
    codes = {code for _, _, expected in CASES for code in re.findall(r"\b[A-Z]{3}\b", expected)}
    assert len(CASES) >= 150
    assert len(codes) >= 40
