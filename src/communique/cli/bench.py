"""communique bench: our time against that of the bare parser, and what is missed of hand-coded sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer
from rich.console import Console

from communique.cli import options as o
from communique.cli.code import output_stream
from communique.cli.tables import Format, print_rows
from communique.model import Failure
from communique.settings import Settings
from communique.sources import load

if TYPE_CHECKING:
    from communique.bench import Measurement

DOCUMENTS = 100
MEBIBYTE = 1024 * 1024
HEADS = (
    *("pipeline", "documents", "words", "seconds", "cpu_seconds", "words_per_second"),
    *("ratio", "wall_ratio", "peak_mib"),
)


def bench(
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="Files, folders or globs; without any, texts made of the lexicon's examples."),
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="table, jsonl, csv or md.")] = Format.table,
    without_ner: Annotated[
        bool, typer.Option("--without-ner", help="Compare with the model without its entity recogniser, too.")
    ] = False,
    documents: Annotated[
        int, typer.Option("--documents", help="How many texts to make, where no path is given.", min=1)
    ] = DOCUMENTS,
    model: o.Model = o.DEFAULTS.model,
    gold: Annotated[
        str, typer.Option("--gold", help="Code a file of hand-coded sentences instead, for its scorer.")
    ] = "",
    errors: Annotated[
        bool, typer.Option("--errors", help="With --gold: print what was missed, by cause, instead of the events.")
    ] = False,
    show: Annotated[
        int, typer.Option("--show", help="With --errors: so many examples of each cause and type.", min=0)
    ] = 0,
    arguable: Annotated[
        str, typer.Option("--arguable", help="With --errors: file of ids, a tab, and why the label is arguable.")
    ] = "",
    output: Annotated[str, typer.Option("--output", help="Write to a file instead.")] = "",
) -> None:
    """Measure our whole coding against the bare spaCy pipeline over the same texts in one run.

    `ratio` is our processor time over that of the pipeline in the row, `wall_ratio` the same by the clock;
    `peak_mib` is the memory of the process, which holds all pipelines.

    With --gold nothing is measured: a JSON lines file of `id` and `text` is coded for its scorer. With --errors its
    labels are read as well, and what was missed is told by cause.

    Example: communique bench samples --without-ner

    Example: communique bench --gold gold.jsonl --errors --show 3
    """
    _check_use(gold, errors, show, arguable)
    # It brings spaCy, which the other commands shall not have to load.
    from communique.bench import built_in, code_gold, measure

    settings = Settings(model)
    with output_stream(output) as stream:
        if errors:
            failures = _examine(gold, arguable, settings, form, stream, show)
        elif gold:
            failures = code_gold(gold, stream, settings)
        else:
            texts = load(paths) if paths else built_in(documents)
            result = measure(texts, settings, without_ner=without_ner)
            print_rows(HEADS, rows(result), form, stream)
            failures = result.failures
    _report(failures)


def _check_use(gold: str, errors: bool, show: int, arguable: str) -> None:
    if errors and not gold:
        raise typer.BadParameter("--errors wants a file of hand-coded sentences: add --gold FILE")
    if (show or arguable) and not errors:
        raise typer.BadParameter("--show and --arguable go with --errors")


def _examine(gold: str, arguable: str, settings: Settings, form: Format, stream: TextIO, show: int) -> list[Failure]:
    from communique.cli.exam import print_examination
    from communique.exam.examine import examine
    from communique.exam.gold import read_arguable
    from communique.exam.trace import Tracer

    found = examine(gold, Tracer(settings), read_arguable(arguable))
    print_examination(found, form, stream, show)
    return found.failures


def rows(result: Measurement) -> list[tuple[Any, ...]]:
    """A row for each pipeline, its figures rounded for reading."""
    return [
        (
            *(pipeline.name, result.documents, result.words),
            *(round(pipeline.seconds, 2), round(pipeline.cpu_seconds, 2)),
            round(result.words / pipeline.seconds),
            *(round(result.ratio(pipeline), 3), round(result.wall_ratio(pipeline), 3)),
            round(result.peak_memory / MEBIBYTE),
        )
        for pipeline in result.pipelines
    ]


def _report(failures: list[Failure]) -> None:
    console = Console(stderr=True, markup=False, highlight=False)
    for failure in failures:
        console.print(f"problem: {failure}", soft_wrap=True)
    if failures:
        raise typer.Exit(1)
