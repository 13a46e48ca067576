"""communique lexicon: the group of commands for the upkeep of the lexicon."""

from __future__ import annotations

import typer

from communique.cli.lexicon_tables import add, check, show
from communique.cli.lexicon_update import update

lexicon = typer.Typer(
    name="lexicon",
    help="Keep the lexicon: check it, add your own entries, fetch new ones; they win over ours."
    "\n\nExample: communique lexicon check",
    no_args_is_help=True,
    rich_markup_mode=None,
)
for command in (check, add, show, update):
    lexicon.command()(command)
