"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from communique.reader import to_date
from communique.settings import Settings
from communique.sources.options import SourceOptions

Paths = Annotated[list[str], typer.Argument(help="Files, folders, globs, or - for standard input.")]
RecordPath = Annotated[str, typer.Option("--record", help="The record, a DuckDB file.")]
DateOption = Annotated[str, typer.Option("--date", help="Date of texts that carry none, YYYY-MM-DD.")]
Model = Annotated[str, typer.Option("--model", help="Installed spaCy pipeline for English.")]
ForceLanguage = Annotated[bool, typer.Option("--force-language", help="Read texts that do not look English, too.")]
MaxCharacters = Annotated[int, typer.Option("--max-characters", help="Longest text that is read.")]
MinConfidence = Annotated[float, typer.Option("--min-confidence", help="Leave out events below it.", min=0.0, max=1.0)]
Workers = Annotated[int, typer.Option("--workers", help="Processes that code.", min=1)]
Encoding = Annotated[str, typer.Option("--encoding", help="Encoding of text files; detected by default.")]
TextColumn = Annotated[str, typer.Option("--text-column", help="Column with the text.")]
IdColumn = Annotated[str, typer.Option("--id-column", help="Column with the document's id.")]
DateColumn = Annotated[str, typer.Option("--date-column", help="Column with the date.")]
TitleColumn = Annotated[str, typer.Option("--title-column", help="Column with the title.")]
UrlColumn = Annotated[str, typer.Option("--url-column", help="Column with the address.")]
SourceColumn = Annotated[str, typer.Option("--source-column", help="Column with the source.")]
LanguageColumn = Annotated[str, typer.Option("--language-column", help="Column with the language.")]
# A path for the sake of the variable, which click splits as the system does its search path.
Lexicon = Annotated[
    list[Path] | None,
    typer.Option("--lexicon", envvar="COMMUNIQUE_LEXICON", help="Folder with your own tables, which win; repeatable."),
]
Folder = Annotated[str, typer.Option("--folder", help="Your data folder; by default the one of your account.")]
Spreadsheet = Annotated[
    bool, typer.Option("--spreadsheet", help="In CSV, put ' before cells that a spreadsheet would run as formulas.")
]

DEFAULTS = Settings()
COLUMNS = SourceOptions()


def folders(paths: Iterable[Path] | None) -> tuple[str, ...]:
    """The user's lexicon folders, as settings have them."""
    return tuple(map(str, paths or ()))


def user_folder(given: str) -> Path:
    """The folder for the user's own tables: the one that is given, else that of the account."""
    return Path(given) if given else Path(typer.get_app_dir("communique")) / "lexicon"


def day(text: str) -> date | None:
    """The date that an option gives; raises SettingsError when it is none."""
    return to_date(text) if text else None
