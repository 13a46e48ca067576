"""Plain text and Markdown: one document a file, its text as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from communique.errors import SourceError
from communique.model import Document, Failure
from communique.sources.decode import decode
from communique.sources.documents import SPLIT, most_bytes, whole_document
from communique.sources.options import SourceOptions

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(?P<block>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)(?:[ \t]*\r?\n)*")
_FIRST_KEY = re.compile(r"\s*(?:#.*\n\s*)*[\w-]+[ \t]*:(?:\s|$)")
# The names that site generators use, by ours.
_KEYS = {
    "title": ("title",),
    "date": ("date", "published", "pubdate"),
    "url": ("url", "link", "permalink"),
    "source": ("source", "publisher", "agency"),
    "language": ("language", "lang"),
}


def load_text(path: Path, origin: str, options: SourceOptions) -> Iterator[Document | Failure]:
    """A .txt file: one document with the text of the whole file; raises SourceError where it has none."""
    text = decode(read_bytes(path, options), origin, options.encoding)
    yield from whole_document(text, origin, options)


def load_markdown(path: Path, origin: str, options: SourceOptions) -> Iterator[Document | Failure]:
    """A .md file: one document; a YAML front matter gives its title, date, url, source and language.

    The text is the file's, from the first line of text after the front matter on; raises SourceError where
    there is none.
    """
    text = decode(read_bytes(path, options), origin, options.encoding)
    matter = _FRONT_MATTER.match(text)
    # Without a key, the lines are rules that someone drew above and below a text.
    if matter is None or not _FIRST_KEY.match(matter["block"]):
        yield from whole_document(text, origin, options)
        return
    fields: dict[str, str] = {}
    try:
        fields = _front_matter(matter["block"])
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        problem = "the front matter is malformed YAML, so the document has no title and date from it"
        yield Failure(origin, problem, 'Quote a value that holds a colon: "a: b".', line)
    yield from whole_document(text[matter.end() :], origin, options, fields)


def read_bytes(path: Path, options: SourceOptions) -> bytes:
    """A file's bytes; raises SourceError, without reading it, for one that is too long in any encoding."""
    size, most = path.stat().st_size, most_bytes(options)
    if size > most:
        problem = f"the file has {size:,} bytes, more than a text of {options.max_characters:,} characters takes"
        raise SourceError(problem, remedy=SPLIT)
    return path.read_bytes()


def _front_matter(block: str) -> dict[str, str]:
    # The base loader makes text of every scalar, so that no date or number is converted twice.
    loaded = yaml.load(block, Loader=yaml.BaseLoader)
    values = {str(key).lower(): value for key, value in loaded.items()} if isinstance(loaded, dict) else {}
    return {
        field: value
        for field, names in _KEYS.items()
        if (value := next((values[n] for n in names if values.get(n)), "")) and isinstance(value, str)
    }
