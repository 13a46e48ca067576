"""The benchmark: our whole coding against the bare spaCy pipeline, over the same texts in one run."""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TextIO

import spacy

from communique.errors import SourceError
from communique.events.lexicon import load_lexicon
from communique.model import Document, Failure
from communique.reader import Reader
from communique.settings import Settings
from communique.sources import load

OURS = "communique"
BARE = "spacy"
WITHOUT_NER = "spacy without ner"
NEWS_WORDS = 400
BUILT_IN_DATE = date(2024, 5, 14)
WARM_UP = 3


@dataclass
class Pipeline:
    """One of the contestants, and the time that it has taken, in seconds."""

    name: str
    run: Callable[[Document], object]
    seconds: float = 0.0
    cpu_seconds: float = 0.0

    def time(self, document: Document) -> tuple[object, float, float]:
        """What it makes of a document, and the seconds that took by the clock and of the processor."""
        cpu, wall = time.process_time(), time.perf_counter()
        value = self.run(document)
        return value, time.perf_counter() - wall, time.process_time() - cpu


@dataclass
class Measurement:
    """What a run measured.

    Attributes:
        documents, words: how many were read by every pipeline; words are what white space separates.
        pipelines: ours first, then the bare ones.
        peak_memory: largest resident memory of the process so far in bytes, all pipelines being loaded.
        failures: documents that we cannot read; nobody was timed on them.
    """

    pipelines: Sequence[Pipeline]
    documents: int = 0
    words: int = 0
    peak_memory: int = 0
    failures: list[Failure] = field(default_factory=list)

    def ratio(self, other: Pipeline) -> float:
        """Our processor time over that of another pipeline: other work on the machine hardly changes it."""
        return self.pipelines[0].cpu_seconds / other.cpu_seconds

    def wall_ratio(self, other: Pipeline) -> float:
        """Our time by the clock over that of another pipeline."""
        return self.pipelines[0].seconds / other.seconds


def measure(documents: Iterable[Document | Failure], settings: Settings, *, without_ner: bool) -> Measurement:
    """Times our coding and the bare pipeline on each document in turn, after a warm-up.

    The bare pipeline is the installed model as it loads, with all its components, and gets the text as it is.
    The pipelines take turns in going first, so that none of them always finds the text in the cache.

    Args:
        documents: the texts; failures among them are kept for the report.
        settings: how to read; its model is the one that is compared with.
        without_ner: whether to time the model without its named-entity recogniser as well.

    Raises:
        SourceError: there is no text that can be read.
    """
    reader = Reader(settings)
    result = Measurement(_pipelines(reader, settings, without_ner=without_ner))
    warm = 0
    for item in documents:
        if isinstance(item, Failure):
            result.failures.append(item)
            continue
        if warm < WARM_UP:
            warm += 1
            for pipeline in result.pipelines:
                pipeline.run(item)
        _time(result, item)
    if not result.documents:
        raise SourceError("no text can be read", remedy="Name files with texts, or leave the paths out.")
    result.peak_memory = peak_memory()
    return result


def _pipelines(reader: Reader, settings: Settings, *, without_ner: bool) -> list[Pipeline]:
    ours = Pipeline(OURS, reader.attempt)
    ours.run(Document.make("France met Spain."))
    bare = spacy.load(settings.model)
    pipelines = [ours, Pipeline(BARE, lambda document: bare(document.text))]
    if without_ner:
        less = spacy.load(settings.model, exclude=["ner"])
        pipelines.append(Pipeline(WITHOUT_NER, lambda document: less(document.text)))
    return pipelines


def _time(result: Measurement, document: Document) -> None:
    """Times one document, and leaves it out for all when one of the pipelines cannot read it."""
    first = result.documents % len(result.pipelines)
    times = []
    for pipeline in (*result.pipelines[first:], *result.pipelines[:first]):
        value, seconds, cpu_seconds = pipeline.time(document)
        if isinstance(value, Failure):
            result.failures.append(value)
            return
        times.append((pipeline, seconds, cpu_seconds))
    for pipeline, seconds, cpu_seconds in times:
        pipeline.seconds += seconds
        pipeline.cpu_seconds += cpu_seconds
    result.documents += 1
    result.words += len(document.text.split())


def peak_memory() -> int:
    """The largest resident memory that this process has had, in bytes; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def built_in(count: int, words: int = NEWS_WORDS) -> Iterator[Document]:
    """Documents of news length, made of the example sentences of the lexicon, four to a paragraph.

    Each of these sentences has an act or looks like one, so they ask more of the coding than news does.

    Args:
        count: how many documents.
        words: their length; the last sentence may exceed it.
    """
    sentences = [example.text for act in load_lexicon().acts for example in act.examples]
    # A stride without a common divisor visits all sentences, and neighbours come from different acts.
    stride = next(n for n in range(37, 37 + len(sentences)) if math.gcd(n, len(sentences)) == 1)
    position = 0
    for number in range(1, count + 1):
        chosen: list[str] = []
        while sum(len(sentence.split()) for sentence in chosen) < words:
            chosen.append(sentences[position % len(sentences)])
            position += stride
        paragraphs = [" ".join(chosen[start : start + 4]) for start in range(0, len(chosen), 4)]
        yield Document.make("\n\n".join(paragraphs), document_id=f"bench-{number}", date=BUILT_IN_DATE)


def code_gold(path: str, stream: TextIO, settings: Settings) -> list[Failure]:
    """Codes the sentences of a gold file and writes their events for a scorer, as JSON lines.

    Args:
        path: JSON lines with `id` and `text`; other keys are left alone, save those that a document may have.
        stream: where to write.
        settings: how to read.

    Returns:
        What could not be read.
    """
    failures: list[Failure] = []
    for coded in Reader(settings).read_many(load([path])):
        if isinstance(coded, Failure):
            failures.append(coded)
            continue
        for event in coded.events:
            stream.write(json.dumps(event.to_dict(), ensure_ascii=False) + "\n")
    return failures
