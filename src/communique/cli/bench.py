"""communique bench: our time against that of the bare parser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

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
    output: Annotated[str, typer.Option("--output", help="Write to a file instead.")] = "",
) -> None:
    """Measure our whole coding against the bare spaCy pipeline over the same texts in one run.

    `ratio` is our processor time over that of the pipeline in the row, `wall_ratio` the same by the clock;
    `peak_mib` is the memory of the process, which holds all pipelines.

    With --gold nothing is measured: a JSON lines file of `id` and `text` is coded for its scorer.

    Example: communique bench samples --without-ner
    """
    # It brings spaCy, which the other commands shall not have to load.
    from communique.bench import built_in, code_gold, measure

    settings = Settings(model)
    with output_stream(output) as stream:
        if gold:
            failures = code_gold(gold, stream, settings)
        else:
            texts = load(paths) if paths else built_in(documents)
            result = measure(texts, settings, without_ner=without_ner)
            print_rows(HEADS, rows(result), form, stream)
            failures = result.failures
    _report(failures)


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
