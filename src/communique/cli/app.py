"""The command line: assembles the commands and turns errors into one line and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperGroup

from communique import __version__
from communique.cli.bench import bench
from communique.cli.code import code
from communique.cli.commitments import commitments
from communique.cli.explain import explain
from communique.cli.lexicon import lexicon
from communique.cli.merge import merge
from communique.cli.query import query
from communique.cli.read import read
from communique.cli.show import show
from communique.cli.tables import complain
from communique.cli.views import agreements, brief, dossier, meetings, person, positions, timeline
from communique.cli.who import who
from communique.errors import CommuniqueError

EXIT_ERROR = 2
EXIT_INTERRUPTED = 130


class Commands(TyperGroup):
    """The commands; each error of use ends as one line on standard error and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Runs a command: 2 for errors of use, 1 where something was not read, 130 for Ctrl-C."""
        try:
            return _flushed(lambda: super(Commands, self).invoke(ctx))
        except CommuniqueError as error:
            complain(f"communique: {error}")
            raise typer.Exit(EXIT_ERROR) from error
        except KeyboardInterrupt as error:
            complain(f"communique: interrupted. {error}".rstrip())
            raise typer.Exit(EXIT_INTERRUPTED) from error
        except BrokenPipeError as error:
            # Who read our output has enough; without a sink, Python would complain when it flushes at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from error


app = typer.Typer(
    name="communique",
    cls=Commands,
    help="Reads diplomatic news and keeps the record: who did what to whom, where and when, and the words that say so."
    "\n\nExample: communique read samples",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
VIEWS = (dossier, timeline, meetings, agreements, positions, person, brief)
for command in (read, code, explain, query, show, who, merge, commitments, *VIEWS, bench):
    app.command()(command)
app.add_typer(lexicon)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"communique {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Show the version."),
) -> None:
    """Reads diplomatic news and keeps the record: who did what to whom, where and when, and the words that say so.

    Example: communique read samples
    """


def main() -> None:
    """Runs the command line; see `Commands.invoke` for the exit codes."""
    app()


def _flushed(run: Callable[[], Any]) -> Any:
    """Flushes standard output while a broken pipe can still be handled."""
    try:
        return run()
    finally:
        sys.stdout.flush()
