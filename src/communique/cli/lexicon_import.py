"""communique lexicon import: the user's dictionaries of PETRARCH and TABARI into their own tables."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import Annotated

import typer

from communique.cli import options as o
from communique.cli.tables import Format, complain, print_rows


class DictionaryContents(StrEnum):
    """What a dictionary holds."""

    actors = "actors"
    agents = "agents"


def import_dictionaries(
    files: Annotated[list[str], typer.Argument(help="Actor or agent dictionaries of PETRARCH or TABARI.")],
    folder: o.Folder = "",
    contents: Annotated[
        DictionaryContents | None, typer.Option("--as", help="What the files hold; told by their codes by default.")
    ] = None,
) -> None:
    """Import actors and agents, with their dates, from your own dictionaries of PETRARCH or TABARI into your tables.

    What an earlier import made of a name is replaced; rows that you wrote stay. Lines that cannot be read are listed,
    the others are imported, and the exit code is 1.

    Example: communique lexicon import my.actors.txt my.agents.txt --folder my-tables
    """
    from communique.curation.petrarch import import_dictionaries as import_all

    where = o.user_folder(folder)
    done = import_all(files, where, contents.value if contents else None)
    for error in done.errors:
        complain(f"communique: {error}")
    rows = [
        ("actors", done.actors),
        ("agents", done.agents),
        ("date restrictions", done.restrictions),
        ("skipped", len(done.skipped)),
        ("lines that cannot be read", len(done.errors)),
    ]
    print_rows(("imported", "count"), rows, Format.table, title=f"Your tables: {where}")
    reasons = Counter(one.reason for one in done.skipped)
    if reasons:
        print_rows(("skipped because", "count"), reasons.most_common(), Format.table)
    if done.rows:
        complain(f"To use them: communique read PATH... --lexicon {where}")
    if done.errors:
        raise typer.Exit(1)
