"""communique merge: what is one thing in the record, and the user's verdicts on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from communique.actors.lexicon import Country
from communique.cli import options as o
from communique.cli.tables import Format, print_rows
from communique.datafiles import packaged, read_csv_entries
from communique.errors import SettingsError
from communique.record.merging.apply import Merged, merge_record
from communique.record.merging.verdicts import join as join_things
from communique.record.merging.verdicts import split as split_thing
from communique.record.store import Record

LISTING = """
SELECT q.kind, q.merged_id, q.thing_id, q.document_id, q.document_date AS date, q.source, q.words,
       (SELECT array_to_string(list_sort(list(DISTINCT j.judged_by || ': ' || j.why)), '; ') FROM judgements j
        WHERE j.verdict = 'same' AND (j.a = q.thing_id OR j.b = q.thing_id)) AS why
FROM thing_quotes q JOIN thing_sources s
ON s.thing_id = q.thing_id AND s.document_id = q.document_id AND s.position = 0 AND s."start" = q."start"
WHERE (SELECT count(*) FROM merged m WHERE m.merged_id = q.merged_id) > 1
ORDER BY q.kind, min(q.document_date) OVER (PARTITION BY q.merged_id), q.merged_id, q.rank
"""
# What a terminal has room for.
SHOWN = ("kind", "merged_id", "thing_id", "document_id", "words", "why")


def merge(
    record: o.RecordPath = "record.duckdb",
    listing: Annotated[bool, typer.Option("--list", help="Show what was merged, and why.")] = False,
    split: Annotated[str, typer.Option("--split", help="Take a merged thing apart, or one telling out of it.")] = "",
    join: Annotated[tuple[str, str], typer.Option("--join", help="Make two things one.")] = ("", ""),
    why: Annotated[str, typer.Option("--why", help="Your reason, kept with the verdict.")] = "",
    form: Annotated[Format, typer.Option("--format", help="table, jsonl, csv or md.")] = Format.table,
) -> None:
    """Merge what several documents tell of one thing, as `read` does at its end; your verdicts come first and last.

    Example: communique merge --list
    """
    if split and any(join):
        raise SettingsError("--split and --join were both given", remedy="Give one at a time.")
    if listing and not split and not any(join):
        with Record.open(record, read_only=True) as store:
            _print_listing(store, form)
        return
    with Record.open(record) as store:
        if split:
            split_thing(store, split, why)
        if any(join):
            join_things(store, *join, why)
        merged = merge_all(store)
        if listing:
            _print_listing(store, form)
        else:
            print_rows(("thing", "told", "merged into"), counts(merged), form)


def _print_listing(store: Record, form: Format) -> None:
    columns, rows = store.query(LISTING)
    kept = [n for n, name in enumerate(columns) if form is not Format.table or name in SHOWN]
    print_rows([columns[n] for n in kept], [[row[n] for n in kept] for row in rows], form)


def merge_all(store: Record) -> Merged:
    """Merges a record, with the names of countries from the lexicon."""
    return merge_record(store, country_names())


def counts(merged: Merged) -> list[tuple[str, int, int]]:
    """How many tellings there are of each kind, and how many things they make."""
    return [(kind, told, merged.things[kind]) for kind, told in merged.tellings.items()]


def country_names() -> Mapping[str, frozenset[str]]:
    """Names and demonyms of countries by code."""
    found: dict[str, frozenset[str]] = {}
    for country in read_csv_entries(packaged("communique.actors.data", "countries.csv"), Country):
        if country.kind != "former":
            names = {country.name, *country.names, *country.demonyms}
            found[country.code] = found.get(country.code, frozenset()) | names
    return found
