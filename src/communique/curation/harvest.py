"""Asks the queries page by page, and keeps each answer on disk, so that an interrupted run goes on where it was."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from string import Template
from typing import Protocol

from communique.curation.rows import write_whole
from communique.curation.rules import DATA
from communique.curation.web import Binding, bindings
from communique.datafiles import packaged, read_yaml_entries

# Told what is being asked, how many answers there are so far, and whether the last came from disk.
Progress = Callable[[str, int, bool], None]


@dataclass(frozen=True, slots=True)
class Query:
    """A question to Wikidata: SPARQL with places to fill in, and the rows of a page."""

    name: str
    text: str
    page: int


class Asks(Protocol):
    """What answers a query; see `communique.curation.web.Client`."""

    def ask(self, query: str) -> list[Binding]:
        """The rows that answer a query."""
        ...


@cache
def queries() -> dict[str, Query]:
    """The queries of queries.yaml by name."""
    return {query.name: query for query in read_yaml_entries(packaged(DATA, "queries.yaml"), Query)}


class Harvest:
    """Answers to the queries, from disk where they are young enough.

    Args:
        client: what is asked.
        folder: where the answers are kept.
        today: the day.
        max_age: days for which an answer holds.
        progress: told after each answer.
    """

    def __init__(self, client: Asks, folder: Path, today: date, max_age: int, progress: Progress) -> None:
        self._client = client
        self._folder = folder
        self._today = today
        self._oldest = today - timedelta(days=max_age)
        self._progress = progress
        self._answers = 0

    def rows(self, name: str, **filled: object) -> Iterator[Binding]:
        """All rows that answer a query, page after page.

        Raises:
            UpdateError: the service gives no proper answer.
            DataFileError: an answer cannot be kept.
        """
        query = queries()[name]
        for number in range(10**6):
            limits = {"limit": query.page, "offset": number * query.page}
            found = self._page(name, Template(query.text).substitute(filled | limits))
            yield from found
            if len(found) < query.page:
                return

    def _page(self, name: str, text: str) -> list[Binding]:
        path = self._folder / f"{name}-{sha256(text.encode()).hexdigest()[:16]}.json"
        found = self._kept(path)
        kept = found is not None
        if found is None:
            found = self._client.ask(text)
            answer = {"asked": self._today.isoformat(), "query": text, "results": {"bindings": found}}
            write_whole(path, json.dumps(answer, ensure_ascii=False))
        self._answers += 1
        self._progress(name, self._answers, kept)
        return found

    def _kept(self, path: Path) -> list[Binding] | None:
        """An answer on disk; None where there is none, it is old, or it is damaged."""
        try:
            text = path.read_text(encoding="utf-8")
            asked = date.fromisoformat(json.loads(text)["asked"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return bindings(text) if asked > self._oldest else None
