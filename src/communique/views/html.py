"""A report as one HTML page without anything from outside; the templates escape whatever they are given."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from communique.views.chart import plot
from communique.views.report import Report
from communique.views.words import clean, parts, web_address

if TYPE_CHECKING:
    from jinja2 import Environment


def html(report: Report) -> str:
    """The report as a page."""
    return _environment().get_template("report.html.j2").render(report=report)


@cache
def _environment() -> Environment:
    # Only here, so that no other command waits for it.
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("communique.views"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"clean": clean, "web_address": web_address}
    environment.globals |= {"plot": plot, "parts": parts}
    return environment
