"""Sentences coded by hand, in any of three forms, a JSON object a line: what a careful reader codes of each.

PLOVER records have `event_type` and in `source` and `target` lists of parties with a `code`; relation records have
there the words of the sentence; a full labelling has all `events`, the principal one first. docs/benchmarks.md shows
all three.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from communique.errors import SourceError
from communique.model import Document, EventType, Factuality, Failure
from communique.sources import load
from communique.sources.decode import open_text

Form = Literal["plover", "relation", "full"]
TYPES = frozenset(get_args(EventType))
FACTUALITIES = frozenset(get_args(Factuality))
# Names of labels that stand for several types.
SEVERAL: Mapping[str, frozenset[str]] = {"YIELD": frozenset({"CONCEDE", "RETREAT"})}
UNKNOWN = "***"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a labelled act: countries (or IGO, NGO), or its words; `given` where it has any party."""

    countries: frozenset[str] = frozenset()
    words: str = ""
    given: bool = True

    def __str__(self) -> str:
        return f"[{self.words}]" if self.words else "; ".join(sorted(self.countries)) or ("?" if self.given else "-")


@dataclass(frozen=True, slots=True)
class Label:
    """An act as labelled; `factuality` and `trigger` are '' where the form has none."""

    type: str
    source: Side
    target: Side
    factuality: str = ""
    trigger: str = ""

    @property
    def types(self) -> frozenset[str]:
        """The types that are right."""
        return SEVERAL.get(self.type, frozenset({self.type}))

    def __str__(self) -> str:
        return f"{self.source} {self.type} {self.target}" + (f", {self.factuality}" if self.factuality else "")


@dataclass(frozen=True, slots=True)
class Record:
    """A document with its labels, the principal one first."""

    document: Document
    form: Form
    labels: tuple[Label, ...]


def read_gold(path: str) -> Iterator[Record | Failure]:
    """The records of a file, as a stream; a line that cannot be understood is a Failure that names it.

    Raises:
        SourceError: the file is not there, or not JSON lines.
    """
    file = Path(path)
    if not file.is_file() or file.suffix.lower() not in (".jsonl", ".ndjson"):
        raise SourceError("no file of JSON lines", path=path, remedy="Name a .jsonl file of hand-coded sentences.")
    with open_text(file, path, "", newline="\n") as stream:
        lines = iter(enumerate(stream, 1))
        for item in load([path]):
            if isinstance(item, Failure):
                yield item
                continue
            line = next(line for number, line in lines if number == item.line)
            try:
                yield _record(json.loads(line), item)
            except SourceError as error:
                yield Failure(path, error.problem, error.remedy, item.line, item.document_id)


def read_arguable(path: str) -> dict[str, str]:
    """Why a label is arguable, by the record's id: lines of an id, a tab and a reason; '#' begins a comment.

    Raises:
        SourceError: the file is not there, or a line has no reason.
    """
    if not path:
        return {}
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError("cannot be read", path=path, remedy="Name a text file in UTF-8.") from error
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        identity, _, reason = line.partition("\t")
        if not identity.strip() or not reason.strip():
            raise SourceError("the line has no reason", path=path, line=number, remedy="Write id, tab, reason.")
        found[identity.strip()] = reason.strip()
    return found


def _record(values: Mapping[str, Any], document: Document) -> Record:
    if "events" in values:
        events = _list(values["events"], "events")
        return Record(document, "full", tuple(map(_full, events)))
    name = _one_of(values.get("event_type"), TYPES | SEVERAL.keys(), "event_type")
    source, target = values.get("source"), values.get("target")
    if isinstance(source, str) and isinstance(target, str):
        return Record(document, "relation", (Label(name, Side(words=source), Side(words=target)),))
    return Record(document, "plover", (Label(name, _parties(source, "source"), _parties(target, "target")),))


def _full(event: Any) -> Label:
    if not isinstance(event, dict):
        raise SourceError("an event is no object", remedy=_EXAMPLE)
    return Label(
        _one_of(event.get("type"), TYPES | SEVERAL.keys(), "type"),
        _side(_list(event.get("actor"), "actor"), "actor"),
        _side(_list(event.get("recipient"), "recipient"), "recipient"),
        _one_of(event.get("factuality"), FACTUALITIES, "factuality"),
        str(event.get("trigger") or ""),
    )


def _parties(parties: Any, key: str) -> Side:
    found = _list(parties, key)
    if not all(isinstance(party, dict) for party in found):
        raise SourceError(f"{key!r} holds something else than parties", remedy=_EXAMPLE)
    return _side([party.get("code") for party in found], key)


def _side(codes: list[Any], key: str) -> Side:
    if not all(isinstance(code, str | None) for code in codes):
        raise SourceError(f"{key!r} holds something else than codes", remedy=_EXAMPLE)
    return Side(frozenset(code[:3] for code in codes if code and code != UNKNOWN), given=bool(codes))


def _list(value: Any, key: str) -> list[Any]:
    if not isinstance(value, list):
        raise SourceError(f"{key!r} is no list", remedy=_EXAMPLE)
    return value


def _one_of(value: Any, allowed: frozenset[str], key: str) -> str:
    if value not in allowed:
        raise SourceError(f"{key!r} is {value!r}", remedy=f"One of: {', '.join(sorted(allowed))}.")
    return str(value)


_EXAMPLE = "docs/benchmarks.md shows the three forms that are read."
