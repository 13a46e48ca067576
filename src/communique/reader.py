"""The reader: documents in, coded documents out. It builds the stages once and runs them in their order."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import date as Date
from functools import cache, cached_property
from itertools import islice
from multiprocessing import get_context, parent_process
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypedDict

from communique.coded import Coded
from communique.errors import CommuniqueError, SettingsError, SourceError
from communique.model import Document, Event, Failure
from communique.settings import Settings

if TYPE_CHECKING:
    import pandas

    from communique.actors.identities import Identity
    from communique.actors.inquiry import Inquiry
    from communique.actors.stage import ActorStage
    from communique.diplomacy.stage import DiplomacyStage
    from communique.diplomacy.things import Things
    from communique.events.stage import EventStage, Explanation
    from communique.text.stage import TextStage

    class Stages(TypedDict):
        """Stages that a caller gives."""

        text: TextStage | None
        actors: ActorStage | None
        events: EventStage | None
        diplomacy: DiplomacyStage | None


Item = Document | Failure | str
Items = list[Item]

CHUNK = 16
AHEAD = 4


@dataclass(frozen=True, slots=True)
class Result:
    """What one text gave."""

    coded: Coded

    @property
    def document(self) -> Document:
        """The document that was read."""
        return self.coded.document

    @property
    def events(self) -> tuple[Event, ...]:
        """Its events, in text order."""
        return self.coded.events

    @property
    def things(self) -> Things:
        """What it tells of meetings, visits, agreements, promises and the like."""
        return self.coded.things

    @property
    def date(self) -> Date | None:
        """Its date: given, or found at its head."""
        return self.coded.date

    @property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """The offsets of its sentences in the document's text."""
        return self.coded.sentences

    @property
    def problems(self) -> tuple[Failure, ...]:
        """What of it could not be read."""
        return self.coded.problems

    def to_dicts(self) -> list[dict[str, Any]]:
        """The events as plain JSON values."""
        return [event.to_dict() for event in self.events]

    def to_json(self) -> str:
        """The events as JSON lines."""
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in self.to_dicts())

    def to_pandas(self) -> pandas.DataFrame:
        """The events as a flat table; raises SettingsError where pandas is not installed."""
        try:
            import pandas
        except ImportError as error:
            raise SettingsError("pandas is not installed", remedy="pip install 'communique[pandas]'") from error
        from communique.export.rows import COLUMNS, flat

        return pandas.DataFrame([flat(event) for event in self.events], columns=list(COLUMNS))


class Reader:
    """Reads documents. The language model is loaded at the first one.

    Args:
        settings: how to read.
        text, actors, events, diplomacy: stages to use in place of ours; with several workers they must be picklable.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        text: TextStage | None = None,
        actors: ActorStage | None = None,
        events: EventStage | None = None,
        diplomacy: DiplomacyStage | None = None,
    ) -> None:
        self.settings = settings or Settings()
        self._given: Stages = {"text": text, "actors": actors, "events": events, "diplomacy": diplomacy}

    @cached_property
    def _text(self) -> TextStage:
        if self._given["text"]:
            return self._given["text"]
        from communique.text.stage import TextStage

        return TextStage(self.settings)

    @cached_property
    def _actors(self) -> ActorStage:
        if self._given["actors"]:
            return self._given["actors"]
        from communique.actors.stage import ActorStage

        return ActorStage(self.settings)

    @cached_property
    def _events(self) -> EventStage:
        if self._given["events"]:
            return self._given["events"]
        from communique.events.stage import EventStage

        return EventStage(self.settings)

    @cached_property
    def _diplomacy(self) -> DiplomacyStage:
        if self._given["diplomacy"]:
            return self._given["diplomacy"]
        from communique.diplomacy.stage import DiplomacyStage

        return DiplomacyStage(self.settings)

    def __getstate__(self) -> dict[str, Any]:
        """What a worker process needs: it loads the models itself."""
        return {"settings": self.settings, "_given": self._given}

    def read(self, text: str | Document, *, date: Date | str | None = None, title: str = "") -> Result:
        """The events of one text.

        Args:
            text: the text, or a document.
            date: its date, as a date or in ISO form; else it is looked for at the head of the text.
            title: its title, kept with the document.

        Raises:
            SourceError: the text is empty, or in a language that is not read.
            SettingsError: `date` is no ISO date, or the model is not installed.
        """
        if isinstance(text, Document):
            return Result(self.code(text))
        return Result(self.code(Document.make(text, date=to_date(date), title=title)))

    def code(self, document: Document) -> Coded:
        """The coded document; raises SourceError where it cannot be read."""
        _check_characters(document)
        from communique.actors.places import dateline_place

        parsed = self._text.parse(document)
        mentions = self._actors.annotate(parsed)
        header = parsed.header
        places = [words.text for words in header.dateline]
        events = self._events.code(parsed, mentions)
        quotes = [parsed.words(sentence[0], sentence[-1]) for sentence in parsed.sentences]
        return Coded(
            document=document,
            date=parsed.date,
            dateline="; ".join(places),
            dateline_place=dateline_place(header.dateline[0]) if header.dateline else None,
            agency=header.agency.text if header.agency else "",
            attribution=header.attribution.text if header.attribution else "",
            language=parsed.language,
            sentences=tuple((words.start, words.end) for words in quotes),
            events=events,
            things=self._diplomacy.read(parsed, mentions, events),
        )

    def explain(self, text: str, *, date: Date | str | None = None) -> Explanation:
        """How a text was read: tokens, mentions and the rules that were tried."""
        parsed = self._text.parse(Document.make(text, date=to_date(date)))
        return self._events.explain(parsed, self._actors.annotate(parsed))

    def read_many(self, documents: Iterable[Document | Failure | str]) -> Iterator[Coded | Failure]:
        """Coded documents in the order of the input, as a stream; what cannot be read comes as a Failure.

        With `settings.workers` above 1, documents are coded by that many processes; the output is the same.
        """
        if self.settings.workers > 1:
            yield from self._read_in_processes(documents)
            return
        for item in documents:
            yield self.attempt(item)

    def attempt(self, item: Document | Failure | str) -> Coded | Failure:
        """The coded document, or the reason why there is none; a failure passes through."""
        if isinstance(item, Failure):
            return item
        document = _document(item)
        try:
            return self.code(document)
        except SourceError as error:
            return _failure(document, error.problem, error.remedy)
        except (CommuniqueError, ImportError):
            raise
        except Exception as error:  # noqa: BLE001 - whatever goes wrong at one document, the others are read
            return _failure(document, f"a fault of ours: {type(error).__name__}: {error}", "Please report it.")

    def _read_in_processes(self, documents: Iterable[Item]) -> Iterator[Coded | Failure]:
        stream = iter(documents)
        chunks = iter(lambda: list(islice(stream, CHUNK)), [])
        with _Workers(self) as workers:
            waiting: deque[tuple[Items, Future[list[Coded | Failure]]]] = deque()
            for chunk in chunks:
                waiting.append((chunk, workers.submit(chunk)))
                if len(waiting) > self.settings.workers * AHEAD:
                    yield from workers.results(*waiting.popleft())
            while waiting:
                yield from workers.results(*waiting.popleft())


class _Workers:
    """Processes that code. A document at which one dies costs that document alone."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._many = self._pool(reader.settings.workers)
        self._single: ProcessPoolExecutor | None = None

    def __enter__(self) -> _Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pool in (self._many, self._single):
            if pool:
                pool.shutdown(cancel_futures=True)

    def _pool(self, processes: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(processes, get_context("spawn"), _start_worker, (self._reader,))

    def submit(self, chunk: Items) -> Future[list[Coded | Failure]]:
        """Hands a chunk to the processes, to new ones where the last have died."""
        try:
            return self._many.submit(_work, chunk)
        except BrokenProcessPool:
            self._many = self._pool(self._reader.settings.workers)
            return self._many.submit(_work, chunk)

    def results(self, chunk: Items, future: Future[list[Coded | Failure]]) -> list[Coded | Failure]:
        """What the processes gave for a chunk; when one has died, each document is tried alone."""
        try:
            return future.result()
        except BrokenProcessPool:
            return [self._alone(item) for item in chunk]

    def _alone(self, item: Item) -> Coded | Failure:
        """What one process gives for one document; this one, where no process can be started at all."""
        if isinstance(item, Failure):
            return item
        try:
            self._single = self._single or self._pool(1)
            self._single.submit(_work, []).result()
        except BrokenProcessPool:
            return self._reader.attempt(item)
        try:
            return self._single.submit(_work, [item]).result()[0]
        except BrokenProcessPool:
            self._single = None
            remedy = "It may want more memory than there is: split it, or set --max-characters below its length."
            return _failure(_document(item), "the process that read it died", remedy)


def read(text: str, *, date: Date | str | None = None, title: str = "", settings: Settings | None = None) -> Result:
    """The events of one text: the main job in one call. See `Reader.read` for the arguments and errors."""
    return Reader(settings).read(text, date=date, title=title)


def who(
    text: str,
    *,
    date: Date | str | None = None,
    context: str = "",
    start: int | None = None,
    settings: Settings | None = None,
) -> tuple[Identity, ...]:
    """Who a mention is on a date: several where it names several ('the two sides'), never none.

    Without a context the lexicon alone is asked, in microseconds; a context is parsed, and then pronouns, surnames and
    places are told by their sentence.

    Args:
        text: the words of the mention.
        date: the date at which it is asked.
        context: the sentence, or a few, that the mention stands in.
        start: where in the context it begins (characters), if its words occur there more than once.
        settings: the lexicon folders and the language model.

    Raises:
        SettingsError: `date` is no date, or a folder or the model is not there.
        SourceError: the mention does not stand at `start`.
    """
    from communique.actors.resolver import load_resolver

    settings = settings or Settings()
    if not context.strip():
        return load_resolver(settings.lexicon_folders).everyone(text, to_date(date))
    return _inquiry(settings).ask(text, to_date(date), context, start)


@cache
def _inquiry(settings: Settings) -> Inquiry:
    from communique.actors.inquiry import Inquiry

    return Inquiry(settings)


def to_date(value: Date | str | None) -> Date | None:
    """A date, from itself or from its ISO form; raises SettingsError when it is none."""
    if value is None or isinstance(value, Date):
        return value
    try:
        return Date.fromisoformat(value)
    except ValueError as error:
        raise SettingsError(f"{value!r} is no date", remedy="Write it as YYYY-MM-DD.") from error


def _document(item: Document | str) -> Document:
    return Document.make(item) if isinstance(item, str) else item


def _failure(document: Document, problem: str, remedy: str) -> Failure:
    return Failure(document.origin or "text", problem, remedy, document.line, document.document_id)


def _check_characters(document: Document) -> None:
    """Refuses half surrogate pairs, which JSON can hold and no text file or record can."""
    for name in ("text", "document_id", "title", "url", "source", "language"):
        try:
            getattr(document, name).encode()
        except UnicodeEncodeError as error:
            raise SourceError(
                f"the {name.replace('_', ' ')} holds half a surrogate pair at character {error.start}",
                path=document.origin,
                line=document.line,
                key=document.document_id,
                remedy="Mend the program that wrote it.",
            ) from error


class _Worker:
    """The reader of a worker process."""

    reader: Reader


def _start_worker(reader: Reader) -> None:
    """Ctrl-C is left to the main process, and a worker ends when that is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _Worker.reader = reader


def _end_with_parent() -> None:
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _work(items: Items) -> list[Coded | Failure]:
    return [_Worker.reader.attempt(item) for item in items]
