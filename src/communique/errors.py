"""The errors that Communique raises. Each names what is wrong, where, and what to do."""

from __future__ import annotations


class CommuniqueError(Exception):
    """Base of every error that a user can cause and mend.

    Args:
        problem: what is wrong, in one sentence without a full stop.
        remedy: what the user can do about it.
        path: the file concerned, if any.
        line: its line, counted from 1, if known.
        key: the entry or key concerned, if any.
    """

    def __init__(
        self, problem: str, *, remedy: str = "", path: str = "", line: int | None = None, key: str = ""
    ) -> None:
        self.problem = problem
        self.remedy = remedy
        self.path = path
        self.line = line
        self.key = key
        super().__init__(self.__str__())

    def __str__(self) -> str:
        where = self.path + (f":{self.line}" if self.line is not None else "")
        if self.key:
            where = f"{where} [{self.key}]" if where else f"[{self.key}]"
        text = f"{where}: {self.problem}" if where else self.problem
        return f"{text}. {self.remedy}" if self.remedy else text


class SourceError(CommuniqueError):
    """A document, or a file of documents, cannot be read."""


class DataFileError(CommuniqueError):
    """A lexicon or rule file does not fit its schema."""


class RecordError(CommuniqueError):
    """The record cannot be opened, written or queried."""


class SettingsError(CommuniqueError):
    """An option has a value that it cannot have."""


class UpdateError(CommuniqueError):
    """An online source does not answer, or not as it should."""
