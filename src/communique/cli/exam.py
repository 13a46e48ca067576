"""How an examination is printed: figures, misses by cause, and examples of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TextIO

from rich.padding import Padding
from rich.text import Text

from communique.cli.tables import Format, console, one_line, print_rows, printable

if TYPE_CHECKING:
    from communique.exam.examine import Examination, Miss

FIGURES = ("figure", "value", "hits", "of")
GROUPS = ("cause", "misses", "meaning", "types")
COUNTS = ("cause", "type", "misses")
EXAMPLES = ("cause", "type", "id", "text", "wanted", "coded", "reason")


def print_examination(found: Examination, form: Format, stream: TextIO, show: int) -> None:
    """Prints an examination with up to `show` examples of each cause and type.

    As a table, examples are paragraphs; in the other forms all is rows, and the figures come first.
    """
    if form is Format.table:
        _print_tables(found, stream, show)
        return
    parts: list[tuple[tuple[str, ...], list[tuple[Any, ...]]]] = [
        (FIGURES, _figures(found)),
        (COUNTS, [(cause, name, count) for (cause, name), count in counted(found).items()]),
        (EXAMPLES, [_example(miss) for miss in examples(found, show)]),
    ]
    first = True
    for columns, rows in parts:
        if rows:
            if not first and form is not Format.jsonl:
                stream.write("\n")
            print_rows(columns, rows, form, stream)
            first = False


def counted(found: Examination) -> dict[tuple[str, str], int]:
    """How many misses each cause has of each type: causes in their order, the frequent types first."""
    return {
        (cause.name, name): count
        for cause, misses in found.by_cause()
        for name, count in Counter(miss.type for miss in misses).most_common()
    }


def examples(found: Examination, show: int) -> Iterator[Miss]:
    """The first misses of each cause and type, in the order of the counts."""
    for cause, name in counted(found):
        yield from [miss for miss in found.misses if (miss.cause, miss.type) == (cause, name)][:show]


def _figures(found: Examination) -> list[tuple[Any, ...]]:
    return [(f.name, None if f.value is None else round(f.value, 3), f.hits, f.of) for f in found.figures]


def _example(miss: Miss) -> tuple[Any, ...]:
    return miss.cause, miss.type, miss.record, miss.text, miss.wanted, list(miss.coded), miss.reason


def _print_tables(found: Examination, stream: TextIO, show: int) -> None:
    if found.figures:
        print_rows(FIGURES, _figures(found), Format.table, stream, title="Figures")
    groups = []
    for cause, misses in found.by_cause():
        types = Counter(miss.type for miss in misses).most_common()
        groups.append((cause.name, len(misses), cause.meaning, [f"{name} {count}" for name, count in types]))
    if groups:
        print_rows(GROUPS, groups, Format.table, stream, title="Misses by cause")
    out = console(stream)
    out.print(f"{found.records} sentences, {found.labels} labels, {len(found.misses)} misses.")
    headed = ("", "")
    for miss in examples(found, show):
        if (miss.cause, miss.type) != headed:
            headed = (miss.cause, miss.type)
            out.print(Text(f"\n{miss.cause}: {miss.type}", style="bold"))
        lines = [one_line(miss.text), f"wanted  {miss.wanted or 'nothing'}"]
        lines += [f"coded   {each}" for each in miss.coded or ("nothing",)]
        lines += [f"reason  {miss.reason}"] if miss.reason else []
        out.print(Padding(Text(miss.record), (0, 0, 0, 2)))
        for line in lines:
            out.print(Padding(Text(printable(line)), (0, 0, 0, 4)))
