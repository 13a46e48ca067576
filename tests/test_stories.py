"""Stories of several documents: nothing is merged that is two, and no promise has a wrong status."""

from __future__ import annotations

import pytest

import stories_exam
from communique.reader import Reader


@pytest.fixture(scope="module")
def score() -> stories_exam.Score:
    return stories_exam.examine(stories_exam.load([]), Reader())


def test_no_two_meetings_are_merged_that_are_apart(score: stories_exam.Score) -> None:
    assert score.pairs.wrong == 0, score.pairs.notes
    assert score.visits.wrong == 0, score.visits.notes


def test_no_promise_that_is_found_has_a_wrong_status(score: stories_exam.Score) -> None:
    assert score.statuses.wrong == 0, score.statuses.notes


def test_as_much_is_found_as_was(score: stories_exam.Score) -> None:
    found = {name: counts.right for name, counts in vars(score).items()}
    least = {"pairs": 5, "meetings": 13, "statuses": 20, "stages": 9, "visits": 1}
    assert {name: found[name] for name in least if found[name] < least[name]} == {}
