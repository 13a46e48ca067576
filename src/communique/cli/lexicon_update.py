"""communique lexicon update: offices, holders and organisations from Wikidata."""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from communique import __version__
from communique.cli import options as o
from communique.cli.lexicon_tables import ReportFormat
from communique.cli.tables import Format, complain, print_rows

if TYPE_CHECKING:
    from communique.curation.update import Updated, Wanted


Offices = Annotated[bool, typer.Option("--offices", help="Only offices and their holders.")]
Organisations = Annotated[bool, typer.Option("--organisations", help="Only intergovernmental organisations.")]


def update(
    offices: Offices = False,
    organisations: Organisations = False,
    since: Annotated[int, typer.Option("--since", help="Leave out terms that ended before this year.")] = 2000,
    max_age: Annotated[int, typer.Option("--max-age", help="Days for which a kept answer holds.", min=0)] = 7,
    folder: o.Folder = "",
    endpoint: Annotated[str, typer.Option("--endpoint", help="Another SPARQL service with Wikidata's data.")] = "",
    form: Annotated[ReportFormat, typer.Option("--format", help="table, or json of all.")] = ReportFormat.table,
) -> None:
    """Fetch offices, holders and organisations from Wikidata into your data folder; this command alone goes online.

    One request is made at a time, with pauses; answers are kept, and an interrupted run goes on where it was. Your own
    entries stay, and win over what is fetched.

    Example: communique lexicon update --offices --since 2015 --folder my-tables
    """
    from communique.curation.update import Wanted

    both = offices == organisations
    wanted = Wanted(both or offices, both or organisations, since, max_age)
    where = str(o.user_folder(folder))
    done = _fetch(where, wanted, endpoint)
    if form is ReportFormat.json:
        changes = [{"what": c.what, "entry": c.entry, "explanation": c.explanation} for c in done.changes]
        written = [str(path) for path in done.written]
        report = {"entries": done.entries, "written": written, "changes": changes}
        sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=2) + "\n")
        return
    counts = Counter(change.what for change in done.changes)
    rows = [*sorted(counts.items()), *((f"rows of {name}", number) for name, number in done.entries.items())]
    print_rows(("change against ours", "count"), rows, Format.table, title=f"Fetched into {where}")
    files = f"{len(done.written)} file{'s' * (len(done.written) != 1)} changed."
    complain(f"{files} Where ours was kept, --format json tells why.")
    complain(f"To use them: communique read PATH... --lexicon {where}")


def _fetch(folder: str, wanted: Wanted, endpoint: str) -> Updated:
    from communique.curation.update import update as refresh
    from communique.curation.web import WIKIDATA, Client, Requests

    client = Client(Requests(), f"communique/{__version__} (lexicon update)", endpoint or WIKIDATA)
    screen = Console(stderr=True)
    progress = Progress(
        SpinnerColumn(),
        TextColumn("asking Wikidata: {task.description}"),
        TimeElapsedColumn(),
        console=screen,
        transient=True,
        disable=not screen.is_terminal,
    )
    with progress:
        task = progress.add_task("offices", total=None)

        def tell(name: str, answers: int, kept: bool) -> None:
            source = "kept" if kept else "asked"
            progress.update(task, description=f"{name}, answer {answers} ({source})")

        try:
            return refresh(folder, client, datetime.now(UTC).date(), wanted, tell)
        except KeyboardInterrupt as error:
            raise KeyboardInterrupt("What was answered is kept; run it again to go on.") from error
