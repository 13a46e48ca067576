"""How files are read: names of columns, encoding, the longest text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """Options of the sources stage.

    Attributes:
        text_column ... language_column: names of the columns in tables and JSON lines.
        encoding: of text files, by a name that Python knows; '' to detect it.
        max_characters: longest text that is read, in characters.
    """

    text_column: str = "text"
    id_column: str = "id"
    date_column: str = "date"
    title_column: str = "title"
    url_column: str = "url"
    source_column: str = "source"
    language_column: str = "language"
    encoding: str = ""
    max_characters: int = 5_000_000

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are read, the text's first."""
        return (
            self.text_column,
            self.id_column,
            self.date_column,
            self.title_column,
            self.url_column,
            self.source_column,
            self.language_column,
        )
