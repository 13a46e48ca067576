"""Learns the weights of confidence from hand-labelled sentences: python scripts/calibrate.py tests/data/events/*.jsonl

Writes src/communique/events/data/confidence.yaml and prints the reliability table of the held-out folds: each sentence
is judged by weights that did not see it. An event is right where its type, both sides and whether it came about are as
labelled.
Needs scikit-learn (pip install scikit-learn).
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy
import yaml
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from communique.actors.stage import ActorStage
from communique.events.merge import Draft
from communique.events.stage import EventStage
from communique.model import Actor, Document, Event
from communique.settings import Settings
from communique.text.stage import TextStage

TARGET = Path(__file__).parents[1] / "src/communique/events/data/confidence.yaml"
HEAD = """# How much each feature of a reading tells that an event is right (events/confidence.py).
# Made by scripts/calibrate.py from the hand-labelled sentences in tests/data/events; not to be edited.
"""
FOLDS = 5
STRENGTH = 0.3
REAL = ("happened", "ongoing")
EITHER_WAY = ("CONSULT", "AGREE", "COOPERATE")


class Case(NamedTuple):
    """One coded event: the features of its reading, whether it is right, and the fold of its sentence."""

    features: dict[str, int]
    right: bool
    fold: int


def main(paths: Sequence[str]) -> None:
    cases = list(_cases(paths))
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([case.features for case in cases])
    right = numpy.array([case.right for case in cases])
    folds = numpy.array([case.fold for case in cases])
    said = numpy.zeros(len(cases))
    for fold in range(FOLDS):
        model = _fitted(table[folds != fold], right[folds != fold])
        said[folds == fold] = model.predict_proba(table[folds == fold])[:, 1]
    _report(said, right)
    model = _fitted(table, right)
    names = vectorizer.get_feature_names_out()
    weights = {str(n): round(float(w), 3) for n, w in zip(names, model.coef_[0], strict=True) if abs(w) >= 0.001}
    content = {"bias": round(float(model.intercept_[0]), 3), "weights": weights}
    TARGET.write_text(HEAD + yaml.safe_dump(content, sort_keys=True), encoding="utf-8")


def _fitted(table: Any, right: Any) -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=2000).fit(table, right)


def _cases(paths: Sequence[str]) -> Iterator[Case]:
    settings = Settings(force_language=True)
    text, actors, events = TextStage(settings), ActorStage(settings), EventStage(settings)
    for path in paths:
        for line in Path(path).read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            parsed = text.parse(Document.make(item["text"]))
            fold = int(hashlib.sha256(item["text"].encode()).hexdigest(), 16) % FOLDS
            for draft in _told_apart(events.drafts(parsed, actors.annotate(parsed))):
                right = any(_agree(draft.event, item, number) for number in range(len(item["events"])))
                yield Case(dict.fromkeys(draft.features, 1), right, fold)


def _told_apart(drafts: Iterator[Draft]) -> Iterator[Draft]:
    """One draft for each type and pair of sides, as merging leaves them."""
    seen = set()
    for draft in drafts:
        key = (draft.event.event_type, _countries(draft.event.actors), _countries(draft.event.recipients))
        if key not in seen:
            seen.add(key)
            yield draft


def _countries(side: Sequence[Any]) -> frozenset[str]:
    return frozenset(actor.country for actor in side)


def _agree(event: Event, item: dict[str, Any], number: int) -> bool:
    label = item["events"][number]
    if event.event_type != label["type"] or (event.factuality in REAL) != (label["factuality"] in REAL):
        return False
    words = (item.get("source", ""), item.get("target", "")) if number == 0 else ("", "")
    sides = (event.actors, event.recipients)
    wanted = list(zip((label["actor"], label["recipient"]), words, strict=True))
    straight = all(_is_side(side, *want) for side, want in zip(sides, wanted, strict=True))
    crossed = all(_is_side(side, *want) for side, want in zip(reversed(sides), wanted, strict=True))
    return straight or (crossed and event.event_type in EITHER_WAY)


def _is_side(side: Sequence[Actor], codes: Sequence[str], words: str) -> bool:
    """Whether a side has one of the countries, or the words, that the label gives it."""
    known = {code for code in codes if code}
    if not known or known & _countries(side):
        return True
    return bool(words) and any(actor.text in words or words in actor.text for actor in side)


def _report(said: Any, right: Any) -> None:
    rows = ["| confidence | events | said | right |", "|---|---|---|---|"]
    error = 0.0
    for low in numpy.arange(0.0, 1.0, 0.1):
        inside = (said >= low) & (said < low + 0.1)
        if inside.any():
            mean, share = said[inside].mean(), right[inside].mean()
            error += abs(mean - share) * inside.sum()
            rows.append(f"| {low:.1f} to {low + 0.1:.1f} | {inside.sum()} | {mean:.2f} | {share:.2f} |")
    rows.append(f"expected calibration error {error / len(said):.3f} over {len(said)} events, {right.mean():.3f} right")
    sys.stdout.write("\n".join(rows) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
