"""The labelled sets of mentions: what was reached may not fall."""

from __future__ import annotations

from pathlib import Path

import pytest

from who_exam import load_items, place_of, score, total

SETS = sorted((Path(__file__).parent / "data").glob("who_?.yaml"))


def test_the_sets_are_large_and_of_the_whole_world() -> None:
    items = [item for path in SETS for item in load_items(path)]
    years = {item["date"][:4] for item in items}
    codes = {label.split()[0] for item in items for label in item["mentions"].values() if label[:1].isupper()}
    assert sum(len(item["mentions"]) for item in items) > 2000
    assert {str(year) for year in range(1995, 2026)} <= years
    assert len(codes) > 100


def test_every_mention_stands_in_its_text() -> None:
    for path in SETS:
        for item in load_items(path):
            for mention in item["mentions"]:
                words, start = place_of(item["text"], mention)
                assert item["text"][start:].startswith(words)


def test_figures_hold() -> None:
    """Country, sector and identity of at least 0.95 over all sets, and at most one in a hundred wrong and confident."""
    figures = total([score(path) for path in SETS]).figures()
    assert figures["country"] >= 0.965
    assert figures["sector"] >= 0.97
    assert figures["identity"] >= 0.95
    assert figures["wrong and confident"] <= 0.01


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_no_set_is_left_behind(path: Path) -> None:
    figures = score(path).figures()
    assert figures["country"] >= 0.95
    assert figures["sector"] >= 0.95
    assert figures["identity"] >= 0.92
    assert figures["wrong and confident"] <= 0.01
