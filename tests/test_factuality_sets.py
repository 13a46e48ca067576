"""Two labelled sets of our own: which acts came about, and sentences in which nothing did."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple, get_args

import pytest
import yaml

from communique.actors.stage import ActorStage
from communique.events.factuality import Factualities
from communique.events.stage import EventStage
from communique.model import Document, Event, Factuality
from communique.settings import Settings
from communique.text.stage import TextStage

DATA = Path(__file__).parent / "data"
MARK = re.compile(r"\[(\w+)\]")
CATEGORIES: tuple[Factuality, ...] = get_args(Factuality)
# What may stand around an act without making another act of it: a demand to withdraw is no withdrawal.
TRANSPARENT = frozenset({"future", "negated", "same"})


class Marked(NamedTuple):
    """One marked act: the plain sentence, where the trigger starts, and its category."""

    text: str
    start: int
    label: Factuality


class Judged(NamedTuple):
    """What was said of a marked act, and by which rule."""

    item: Marked
    category: Factuality
    rule: str


@cache
def stages() -> tuple[TextStage, ActorStage, EventStage, Factualities]:
    settings = Settings(date=date(2015, 11, 2), force_language=True)
    return TextStage(settings), ActorStage(settings), EventStage(settings), Factualities.load()


def load_marked(name: str) -> Iterator[Marked]:
    content = yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
    for label, sentences in content.items():
        for sentence in sentences:
            plain = MARK.sub(r"\1", sentence)
            for number, mark in enumerate(MARK.finditer(sentence)):
                yield Marked(plain, mark.start() - 2 * number, label)


def load_negatives(name: str) -> dict[str, list[str]]:
    content: dict[str, list[str]] = yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
    return content


def judge(item: Marked) -> Judged:
    """The category of a marked act: of its own event in the record, else of the context rules alone."""
    parse, annotate, code, rules = stages()
    parsed = parse.parse(Document.make(item.text))
    for event in code.code(parsed, annotate.annotate(parsed)):
        *outer, act = event.rule.split("/")
        forces = {*outer, code.lexicon.by_id[act].force} - {"", "report"}
        if event.start <= item.start < event.end and forces <= TRANSPARENT:
            return Judged(item, event.factuality, event.rule)
    word = next(token for token in parsed.doc if parsed.offsets[token.idx] == item.start)
    return Judged(item, *rules.judge(word))


def happened(text: str) -> list[Event]:
    parse, annotate, code, _ = stages()
    parsed = parse.parse(Document.make(text))
    return [e for e in code.code(parsed, annotate.annotate(parsed)) if e.factuality in ("happened", "ongoing")]


@cache
def judgements(name: str) -> tuple[Judged, ...]:
    return tuple(map(judge, load_marked(name)))


def f1_by_category(name: str) -> dict[str, float]:
    pairs = Counter((judged.item.label, judged.category) for judged in judgements(name))
    found: dict[str, float] = {}
    for category in CATEGORIES:
        given = sum(n for (_, said), n in pairs.items() if said == category)
        true = sum(n for (label, _), n in pairs.items() if label == category)
        found[category] = 2 * pairs[category, category] / (given + true)
    return found


def test_the_sets_are_large() -> None:
    labels = Counter(item.label for item in load_marked("factuality"))
    assert set(labels) == set(CATEGORIES)
    assert min(labels.values()) >= 60
    assert len({item.text for item in load_marked("factuality")}) >= 500
    assert len({sentence for sentences in load_negatives("negatives").values() for sentence in sentences}) >= 300


@pytest.mark.parametrize(("name", "mean", "least"), [("factuality", 0.94, 0.86), ("factuality_second", 0.92, 0.80)])
def test_factuality_of_marked_acts(name: str, mean: float, least: float) -> None:
    scores = f1_by_category(name)
    assert sum(scores.values()) / len(scores) >= mean, scores
    assert min(scores.values()) >= least, scores


@pytest.mark.parametrize("name", ["negatives", "negatives_second"])
def test_what_is_no_act_is_not_coded_as_happened(name: str) -> None:
    sentences = [sentence for group in load_negatives(name).values() for sentence in group]
    wrong = {sentence: [event.rule for event in found] for sentence in sentences if (found := happened(sentence))}
    assert len(wrong) / len(sentences) <= 0.03, wrong


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Kenya promised that it would lift the ban.", "lift", "promised"),
        ("Kenya rejected a request to lift the ban.", "lift", "denied"),
        ("Kenya has no plans to lift the ban.", "lift", "denied"),
        ("Kenya has yet to lift the ban.", "lift", "denied"),
        ("Instead of lifting the ban, Kenya did nothing.", "lifting", "denied"),
        ("Kenya sent a minister to lift the ban.", "sent", "happened"),
        ("Kenya pushed into the town, threatening to shell it.", "threatening", "happened"),
        ("Kenya not only lifted the ban but paid as well.", "lifted", "happened"),
        ("Plans to lift the ban were dropped.", "lift", "denied"),
        ("Reports that Kenya had lifted the ban were false.", "lifted", "denied"),
    ],
)
def test_rules_of_scope(text: str, word: str, expected: str) -> None:
    parse, _, _, rules = stages()
    doc = parse.parse(Document.make(text)).doc
    assert rules.judge(next(token for token in doc if token.text == word))[0] == expected
