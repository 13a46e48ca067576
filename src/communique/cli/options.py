"""Options that several commands share."""

from __future__ import annotations

from datetime import date
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
LexiconFolders = Annotated[
    list[str], typer.Option("--lexicon", help="Folder with tables of your own, which win over ours; may be repeated.")
]
Workers = Annotated[int, typer.Option("--workers", help="Processes that code.", min=1)]
Encoding = Annotated[str, typer.Option("--encoding", help="Encoding of text files; detected by default.")]
TextColumn = Annotated[str, typer.Option("--text-column", help="Column with the text.")]
IdColumn = Annotated[str, typer.Option("--id-column", help="Column with the document's id.")]
DateColumn = Annotated[str, typer.Option("--date-column", help="Column with the date.")]
TitleColumn = Annotated[str, typer.Option("--title-column", help="Column with the title.")]
UrlColumn = Annotated[str, typer.Option("--url-column", help="Column with the address.")]
SourceColumn = Annotated[str, typer.Option("--source-column", help="Column with the source.")]
LanguageColumn = Annotated[str, typer.Option("--language-column", help="Column with the language.")]
Spreadsheet = Annotated[
    bool, typer.Option("--spreadsheet", help="In CSV, put ' before cells that a spreadsheet would run as formulas.")
]

DEFAULTS = Settings()
COLUMNS = SourceOptions()


def day(text: str) -> date | None:
    """The date that an option gives; raises SettingsError when it is none."""
    return to_date(text) if text else None
