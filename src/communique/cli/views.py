"""The views of the record: dossier, timeline, meetings, agreements, positions, person, brief."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from communique.cli import options as o
from communique.errors import SettingsError
from communique.record.store import Record
from communique.views import agreements as view_agreements
from communique.views import brief as view_brief
from communique.views import dossier as view_dossier
from communique.views import meetings as view_meetings
from communique.views import person as view_person
from communique.views import positions as view_positions
from communique.views import timeline as view_timeline
from communique.views.listing import Scope
from communique.views.plain import Form, render
from communique.views.report import View
from communique.views.scope import Span, sides, topics_under

MOST_COUNTRIES = 2
Countries = Annotated[
    list[str] | None, typer.Argument(help="Up to two countries that have a part in it, by ISO code or name.")
]
Since = Annotated[str, typer.Option("--since", help="First day, YYYY-MM-DD.")]
Until = Annotated[str, typer.Option("--until", help="Last day, YYYY-MM-DD.")]
FormOption = Annotated[Form, typer.Option("--format", help="md, html or json.")]
Output = Annotated[str, typer.Option("--output", help="File to write instead of standard output.")]
Topic = Annotated[str, typer.Option("--topic", help="Only what is on a topic, such as visas; those under it, too.")]
Limit = Annotated[int, typer.Option("--limit", help="The most rows, 0 for all.", min=0)]


def dossier(
    one: Annotated[str, typer.Argument(metavar="COUNTRY", help="ISO code or name.")],
    other: Annotated[str, typer.Argument(metavar="OTHER", help="ISO code or name.")],
    since: Since = "",
    until: Until = "",
    form: FormOption = Form.md,
    record: o.RecordPath = "record.duckdb",
    output: Output = "",
) -> None:
    """The file on a relationship: meetings, documents, open promises, positions, disputes, tone, sources.

    Example: communique dossier KAZ USA --since 2015-01-01 --format html --output dossier.html
    """
    _write(record, lambda store: view_dossier.dossier(store, one, other, _span(since, until)), form, output)


def timeline(
    countries: Countries = None,
    since: Since = "",
    until: Until = "",
    topic: Topic = "",
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="Only this kind: meeting, agreement, event, ...; repeatable.")
    ] = None,
    limit: Limit = 0,
    form: FormOption = Form.md,
    record: o.RecordPath = "record.duckdb",
    output: Output = "",
) -> None:
    """What happened, in order: meetings, visits, documents, promises, positions, events.

    Example: communique timeline KAZ USA --since 2015-01-01 --kind meeting --kind agreement
    """
    scope = _scope(countries, since, until, topic, limit)
    _write(record, lambda store: view_timeline.timeline(store, scope, kind or ()), form, output)


def meetings(
    countries: Countries = None,
    since: Since = "",
    until: Until = "",
    topic: Topic = "",
    limit: Limit = 0,
    form: FormOption = Form.md,
    record: o.RecordPath = "record.duckdb",
    output: Output = "",
) -> None:
    """Who met whom, where and on what, and who visited whom; the latest first.

    Example: communique meetings Kazakhstan --topic energy --limit 20
    """
    scope = _scope(countries, since, until, topic, limit)
    _write(record, lambda store: view_meetings.meetings(store, scope), form, output)


def agreements(
    countries: Countries = None,
    since: Since = "",
    until: Until = "",
    topic: Topic = "",
    stage: Annotated[str, typer.Option("--stage", help="Only those of a stage: signed, in-force, ...")] = "",
    limit: Limit = 0,
    form: FormOption = Form.md,
    record: o.RecordPath = "record.duckdb",
    output: Output = "",
) -> None:
    """The documents between states, with the stage that they have reached; the latest first.

    Example: communique agreements KAZ USA --stage signed
    """
    scope = _scope(countries, since, until, topic, limit)
    _write(record, lambda store: view_agreements.agreements(store, scope, stage), form, output)


def positions(
    countries: Countries = None,
    since: Since = "",
    until: Until = "",
    topic: Topic = "",
    limit: Limit = 0,
    form: FormOption = Form.md,
    record: o.RecordPath = "record.duckdb",
    output: Output = "",
) -> None:
    """Where each country stands.

    Example: communique positions --topic visas
    """
    scope = _scope(countries, since, until, topic, limit)
    _write(record, lambda store: view_positions.positions(store, scope), form, output)


def person(
    name: Annotated[str, typer.Argument(help="The name, whole or in part.")],
    since: Since = "",
    until: Until = "",
    form: FormOption = Form.md,
    record: o.RecordPath = "record.duckdb",
    output: Output = "",
) -> None:
    """What the record holds on somebody: offices, meetings, whom they met most, promises, positions.

    Example: communique person "John Kerry"
    """
    _write(record, lambda store: view_person.person(store, name, _span(since, until)), form, output)


def brief(
    week: Annotated[str, typer.Option("--week", help="ISO week, such as 2015-W45.")],
    limit: Annotated[int, typer.Option("--limit", help="The most items of a region.", min=1)] = 10,
    form: FormOption = Form.md,
    record: o.RecordPath = "record.duckdb",
    output: Output = "",
) -> None:
    """What is new in a week, by region, the most important first, each with the reason for its rank.

    Example: communique brief --week 2015-W45
    """
    _write(record, lambda store: view_brief.brief(store, week, limit), form, output)


def _span(since: str, until: str) -> Span:
    return Span(o.day(since), o.day(until))


def _scope(countries: list[str] | None, since: str, until: str, topic: str, limit: int) -> Scope:
    found = sides(countries or ())
    if len(found) > MOST_COUNTRIES:
        raise SettingsError(f"{len(found)} countries were given", remedy="Give two at most.")
    return Scope(found, _span(since, until), topics_under(topic), limit)


def _write(record: str, view: Callable[[Record], View], form: Form, output: str) -> None:
    with Record.open(record, read_only=True) as store:
        text = render(view(store), form)
    if not output:
        typer.echo(text, nl=not text.endswith("\n"))
        return
    try:
        Path(output).write_text(text, encoding="utf-8", errors="replace")
    except OSError as error:
        raise SettingsError(f"cannot be written: {error.strerror}", path=output, remedy="Name another file.") from error
