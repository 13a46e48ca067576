"""Scores merging and follow-up on the stories: `python tests/stories_exam.py [STORY...] [--show]`.

A story is several documents; `same_meetings` tells which of them tell of one meeting, `commitments` what became of each
promise by which day, `agreements` the stages, `visits` which documents tell of one visit.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from communique.cli.commitments import ledger
from communique.cli.merge import country_names
from communique.model import Document
from communique.reader import Reader
from communique.record.merging.apply import merge_record
from communique.record.merging.words import FORMAL, overlap, stems
from communique.record.store import Record

STORIES = Path(__file__).resolve().parent / "diplomacy" / "stories"
# How much of a labelled promise's words one in the record must share to be it.
ALIKE = 0.5
MEETINGS = "SELECT meeting_id, date, date_end, countries, documents FROM meetings"
STAGES = """
SELECT a.countries, a.title, s.stage, s.date, s.agreement_id
FROM agreement_stages s JOIN agreements a USING (agreement_id)
"""


@dataclass
class Counts:
    """What was right, wrong and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Right of what was said."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Right of what is labelled."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    def add(self, what: str, said: set[Any], labelled: set[Any], optional: set[Any] = frozenset()) -> None:  # type: ignore[assignment]
        """Counts members of sets; those that are optional neither help nor harm."""
        self.right += len(said & labelled)
        self.wrong += len(wrong := said - labelled - optional)
        self.missed += len(missed := labelled - said)
        self.notes += [f"{what}: wrong {each}" for each in sorted(wrong, key=str)]
        self.notes += [f"{what}: missed {each}" for each in sorted(missed, key=str)]


@dataclass
class Score:
    """The figures over some stories.

    Attributes:
        pairs: pairs of documents that tell of one meeting.
        meetings: meetings found with their documents' day and countries.
        statuses: of promises that are in the record, as of each labelled day; `missed` are those of promises not found.
        stages: stages of agreements, all of one agreement in one history.
        visits: pairs of documents that tell of one visit.
    """

    pairs: Counts = field(default_factory=Counts)
    meetings: Counts = field(default_factory=Counts)
    statuses: Counts = field(default_factory=Counts)
    stages: Counts = field(default_factory=Counts)
    visits: Counts = field(default_factory=Counts)

    def lines(self) -> Iterator[str]:
        """One line for each figure."""
        for name, counts in vars(self).items():
            numbers = f"right {counts.right:3} wrong {counts.wrong:3} missed {counts.missed:3}"
            yield f"{name:9} {numbers}  precision {counts.precision:.2f} recall {counts.recall:.2f}"


def load(names: list[str]) -> dict[str, dict[str, Any]]:
    """The stories by name, all or some."""
    paths = sorted(STORIES.glob("*.yaml"))
    chosen = [path for path in paths if not names or path.stem in names]
    return {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in chosen}


def examine(stories: dict[str, dict[str, Any]], reader: Reader) -> Score:
    """Reads each story into a record of its own and compares."""
    score = Score()
    for name, story in stories.items():
        given = [
            Document.make(each["text"], document_id=each["id"], date=each["date"], source=each["source"])
            for each in story["documents"]
        ]
        with tempfile.TemporaryDirectory() as folder, Record.open(Path(folder) / "record.duckdb") as record:
            record.write([reader.code(document) for document in given], [], "exam")
            merge_record(record, country_names())
            _meetings(name, story, record, score)
            _statuses(name, story, record, score)
            _stages(name, story, record, score)
            visits = [row[0] for row in record.query("SELECT documents FROM visits")[1]]
            labelled = [each["documents"] for each in story.get("visits", [])]
            if labelled:
                score.visits.add(name, _pairs(visits), _pairs(labelled))
    return score


def _pairs(groups: list[list[str]]) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in combinations(sorted(set(group)), 2)}


def _meetings(name: str, story: dict[str, Any], record: Record, score: Score) -> None:
    found = sorted(record.query(MEETINGS)[1], key=_by_day)
    labelled = story["same_meetings"]
    maybe = _pairs([[*each["documents"], *each.get("optional", [])] for each in labelled])
    score.pairs.add(name, _pairs([row[4] for row in found]), _pairs([each["documents"] for each in labelled]), maybe)
    taken: set[str] = set()
    for each in labelled:
        sides = {who.split()[0] for who in each["who"]}
        near = [
            row
            for row in found
            if row[0] not in taken
            and sides <= set(row[3])
            and set(row[4]) & set(each["documents"])
            and _covers(row, each)
        ]
        if near:
            taken.add(near[0][0])
            score.meetings.right += 1
        else:
            score.meetings.missed += 1
            score.meetings.notes.append(f"{name}: missed {each['who']} {each['date']}")
    # A document may tell of meetings that no label names; only a second one for a label is certainly wrong.
    for row in found:
        same = [
            each for each in labelled if {who.split()[0] for who in each["who"]} == set(row[3]) and _covers(row, each)
        ]
        if row[0] not in taken and same:
            score.meetings.wrong += 1
            score.meetings.notes.append(f"{name}: twice {row[1:]}")


def _by_day(row: tuple[Any, ...]) -> tuple[bool, bool, str, str]:
    """Dated meetings before undated ones, those of one day before vague ones: a label takes the one that fits best."""
    return row[1] is None, str(row[2] or row[1]) > str(row[1]), str(row[1]), str(row[0])


def _covers(row: tuple[Any, ...], label: dict[str, Any]) -> bool:
    """Whether the days of a meeting in the record take in the labelled one, or it is undated."""
    wanted = str(label["date"])
    if row[1] is None or len(wanted) < 10:
        return row[1] is None or str(row[1])[: len(wanted)] <= wanted <= str(row[2])[: len(wanted)]
    return str(row[1]) <= wanted <= str(row[2] or row[1])


def _statuses(name: str, story: dict[str, Any], record: Record, score: Score) -> None:
    for label in story["commitments"]:
        by = {who.split()[0] for who in label["by"]}
        for point in label["history"]:
            rows = [row for row in ledger(record, point["as_of"]) if by & set(row["by_countries"])]
            near = max(rows, key=lambda row: _likeness(row, label), default=None)
            if near is None or _likeness(near, label) < ALIKE:
                score.statuses.missed += 1
                score.statuses.notes.append(f"{name}: no such promise: {label['content']!r}")
            elif near["status"] == point["status"]:
                score.statuses.right += 1
            else:
                score.statuses.wrong += 1
                said = f"{near['status']}, not {point['status']}"
                score.statuses.notes.append(f"{name}: {label['content']!r} {point['as_of']}: {said}")


def _likeness(row: dict[str, Any], label: dict[str, Any]) -> float:
    """How alike the words of two promises are; the labelled day decides between a promise and its renewal."""
    words = overlap(stems(row["content"]), stems(label["content"]))
    return words + (0.1 if row["due"] == label.get("due") else 0.0) if words else 0.0


def _stages(name: str, story: dict[str, Any], record: Record, score: Score) -> None:
    rows = record.query(STAGES)[1]
    for label in story["agreements"]:
        wanted = {(str(each["date"]), each["stage"]) for each in label["stages"]}
        near: dict[str, set[tuple[str, str]]] = {}
        for countries, title, stage, day, identity in rows:
            if set(label["parties"]) & set(countries) and overlap(_matter(title), _matter(label["title"])) >= ALIKE:
                near.setdefault(identity, set()).add((str(day), stage))
        best = max(near.values(), key=lambda said: (len(said & wanted), sorted(said)), default=set())
        score.stages.add(f"{name}: {label['title']}", best, wanted)


def _matter(title: str | None) -> frozenset[str]:
    """The stems of a title without the kind of document."""
    return stems(title or "") - FORMAL


def main(arguments: list[str]) -> None:
    """Prints the figures, with `--show` what is wrong."""
    names = [each for each in arguments if not each.startswith("--")]
    score = examine(load(names), Reader())
    lines = list(score.lines())
    if "--show" in arguments:
        lines += [note for counts in vars(score).values() for note in counts.notes]
    sys.stdout.write("".join(f"{line}\n" for line in lines))


if __name__ == "__main__":
    main(sys.argv[1:])
