"""The command line: assembles the commands and turns errors into one line and an exit code."""

from __future__ import annotations

import os
import sys

import click
import typer
from rich.console import Console

from communique import __version__
from communique.cli.bench import bench
from communique.cli.code import code
from communique.cli.explain import explain
from communique.cli.query import query
from communique.cli.read import read
from communique.cli.show import show
from communique.errors import CommuniqueError

EXIT_ERROR = 2
EXIT_INTERRUPTED = 130

app = typer.Typer(
    name="communique",
    help="Reads diplomatic news and keeps the record: who did what to whom, where and when, and the words that say so."
    "\n\nExample: communique read samples",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (read, code, explain, query, show, bench):
    app.command()(command)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"communique {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Show the version."
    ),
) -> None:
    """Reads diplomatic news and keeps the record: who did what to whom, where and when, and the words that say so.

    Example: communique read samples
    """


def main() -> None:
    """Runs the command line; exits with 2 for errors of use, 1 where something was not read, 130 for Ctrl-C."""
    try:
        app(standalone_mode=False)
    except CommuniqueError as error:
        _complain(str(error))
        sys.exit(EXIT_ERROR)
    except click.exceptions.Abort:
        _complain("Interrupted. What was read so far is kept; run it again to go on.")
        sys.exit(EXIT_INTERRUPTED)
    except KeyboardInterrupt:
        _complain("Interrupted. What was read so far is kept; run it again to go on.")
        sys.exit(EXIT_INTERRUPTED)
    except click.exceptions.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _complain(message: str) -> None:
    Console(stderr=True, markup=False, highlight=False).print(f"communique: {message}", soft_wrap=True)
