"""JSON lines: an object a line, a document an object, read as a stream."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from communique.errors import SourceError
from communique.model import Document, Failure
from communique.sources.decode import open_text, undecoded
from communique.sources.documents import row_document
from communique.sources.lines import bounded_lines
from communique.sources.options import SourceOptions

# A character may be written as \uXXXX; and there are other columns.
_ESCAPE = 6
_OTHER_COLUMNS = 1_000_000
_KINDS = {list: "an array", str: "a string", bool: "true or false", int: "a number", float: "a number"}
_MEND = "Mend or remove the line."


def load_json_lines(path: Path, origin: str, options: SourceOptions) -> Iterator[Document | Failure]:
    """A .jsonl file: a document a line; a bad line is a Failure that names it, and the rest goes on.

    Raises SourceError where the file is empty, binary, or JSON that is not written a line an object.
    """
    with open_text(path, origin, options.encoding, newline="\n") as text:
        yield from read_json_lines(text, origin, options)


def read_json_lines(text: io.TextIOBase, origin: str, options: SourceOptions) -> Iterator[Document | Failure]:
    """The documents of an open stream; see `load_json_lines`."""
    longest = options.max_characters * _ESCAPE + _OTHER_COLUMNS
    empty = True
    for number, line in bounded_lines(text, longest):
        if line is None:
            yield Failure(origin, f"the line is longer than {longest:,} characters", _MEND, number)
        elif line.strip():
            if empty and line.strip() in ("[", "{"):
                problem = "the file is JSON, but not an object on each line"
                remedy = "Convert it: jq -c '.[]' FILE.json > FILE.jsonl (jq -c . for objects over several lines)."
                raise SourceError(problem, remedy=remedy, line=number)
            yield from _line(line, origin, number, options)
        else:
            continue
        empty = False
    if empty:
        raise SourceError("the file is empty", remedy="Give a file with text.")


def _line(line: str, origin: str, number: int, options: SourceOptions) -> Iterator[Document | Failure]:
    if undecoded(line):
        remedy = "Save the file as UTF-8, or name its encoding with --encoding."
        yield Failure(origin, "the line holds bytes that are not in the file's encoding", remedy, number)
        return
    try:
        values: Any = json.loads(line.rstrip("\r\n"))
    except json.JSONDecodeError as error:
        yield Failure(origin, f"malformed JSON at column {error.colno}: {error.msg}", _MEND, number)
        return
    except (ValueError, RecursionError) as error:
        yield Failure(origin, f"JSON that cannot be read: {str(error)[:100]}", _MEND, number)
        return
    if isinstance(values, dict):
        yield from row_document(values, origin, number, options)
        return
    kind = _KINDS.get(type(values), "null")
    remedy = f'Write an object on each line: {{"{options.text_column}": "..."}}'
    yield Failure(origin, f"the line is {kind}, not an object", remedy, number)
