"""A polite client of a SPARQL service: one request at a time, pauses between them, and waits where it is asked to."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Protocol

from communique.errors import UpdateError

WIKIDATA = "https://query.wikidata.org/sparql"
# Seconds. The service itself gives up a query after 60.
TIMEOUT = 90.0
DELAY = 1.0
FIRST_WAIT = 5.0
LONGEST_WAIT = 600.0
TRIES = 6
# Too many requests, or trouble that may pass.
_MAY_PASS = frozenset({429, 500, 502, 503, 504})
_LATER = "Run the command again later: what was answered is kept, and it goes on from there."

Binding = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer over HTTP; the names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    text: str


class NoReplyError(Exception):
    """No answer came: no network, no such host, a broken connection, or too slow."""


class Transport(Protocol):
    """What sends a request."""

    def get(self, url: str, parameters: Mapping[str, str], headers: Mapping[str, str], timeout: float) -> Reply:
        """The reply to a GET request; raises NoReplyError where none comes in `timeout` seconds."""
        ...


class Requests:
    """Sends requests with the library of that name, over one connection."""

    def __init__(self) -> None:
        import requests

        self._session = requests.Session()
        self._failure = requests.RequestException

    def get(self, url: str, parameters: Mapping[str, str], headers: Mapping[str, str], timeout: float) -> Reply:
        """See `Transport.get`."""
        try:
            reply = self._session.get(url, params=dict(parameters), headers=dict(headers), timeout=timeout)
            text = reply.content.decode("utf-8", errors="replace")
        except self._failure as error:
            raise NoReplyError(str(error)) from error
        return Reply(reply.status_code, {name.lower(): value for name, value in reply.headers.items()}, text)


class Client:
    """Asks a SPARQL service.

    Args:
        transport: what sends the requests.
        agent: the User-Agent: the tool and its version.
        url: the address of the service.
        sleep: waits a number of seconds.
        now: the time, for dates in Retry-After.
    """

    def __init__(
        self,
        transport: Transport,
        agent: str,
        url: str = WIKIDATA,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._transport = transport
        self._headers = {"User-Agent": agent, "Accept": "application/sparql-results+json"}
        self._url = url
        self._sleep = sleep
        self._now = now
        self._asked = False

    def ask(self, query: str) -> list[Binding]:
        """The rows that answer a query.

        Raises:
            UpdateError: the service refuses the query, or gives no proper answer after several tries.
        """
        problem = ""
        for attempt in range(TRIES):
            if self._asked:
                self._sleep(DELAY)
            self._asked = True
            wait = min(FIRST_WAIT * 2**attempt, LONGEST_WAIT)
            try:
                reply = self._transport.get(self._url, {"query": query, "format": "json"}, self._headers, TIMEOUT)
            except NoReplyError as error:
                problem = f"no answer came ({error})"
            else:
                if reply.status == 200:
                    found = bindings(reply.text)
                    if found is not None:
                        return found
                    problem = "the answer is not in SPARQL's JSON format, or cut off"
                elif reply.status in _MAY_PASS:
                    problem = f"the service answers with status {reply.status}"
                    wait = self._asked_to_wait(reply, wait)
                else:
                    remedy = "Report it, with the status." if reply.status == 400 else _LATER
                    raise UpdateError(f"the service refuses with status {reply.status}", path=self._url, remedy=remedy)
            if attempt + 1 < TRIES:
                self._sleep(wait)
        raise UpdateError(f"{problem}, after {TRIES} tries", path=self._url, remedy=_LATER)

    def _asked_to_wait(self, reply: Reply, wait: float) -> float:
        """The seconds that Retry-After asks for, as a number or a date; `wait` without it."""
        asked = reply.headers.get("retry-after", "").strip()
        seconds = wait
        if asked.isdecimal():
            seconds = float(asked)
        elif asked:
            try:
                seconds = max(0.0, (parsedate_to_datetime(asked) - self._now()).total_seconds())
            except (TypeError, ValueError):
                return wait
        if seconds > LONGEST_WAIT:
            problem = f"the service asks to wait {seconds:.0f} seconds (status {reply.status})"
            raise UpdateError(problem, path=self._url, remedy=_LATER)
        return seconds


def bindings(text: str) -> list[Binding] | None:
    """The rows of a SPARQL answer in JSON; None where it is none."""
    try:
        found: Any = json.loads(text)["results"]["bindings"]
    except (ValueError, KeyError, TypeError):
        return None
    if not isinstance(found, list) or not all(map(_is_row, found)):
        return None
    return found


def _is_row(row: object) -> bool:
    return isinstance(row, dict) and all(
        isinstance(cell, dict) and isinstance(cell.get("value"), str) and isinstance(cell.get("type"), str)
        for cell in row.values()
    )
