"""The sources stage: paths into documents, and a failure for each thing that could not be read."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from communique.errors import SourceError
from communique.model import Document, Failure
from communique.sources.loaders import LOADERS, load_standard_input
from communique.sources.options import SourceOptions
from communique.sources.paths import STANDARD_INPUT, expand

__all__ = ["LOADERS", "STANDARD_INPUT", "SourceOptions", "expand", "load"]


def load(paths: Iterable[str], options: SourceOptions | None = None) -> Iterator[Document | Failure]:
    """Documents of files, folders, globs and '-' (standard input), one by one, in a fixed order.

    Args:
        paths: as a user gives them; see `expand`.
        options: names of columns, encoding and the longest text; the defaults where left out.

    Returns:
        A lazy stream. What cannot be read comes as a Failure in its place, and everything else goes on. A
        document with a date that is not understood comes without it, after a Failure that says so.
    """
    chosen = options or SourceOptions()
    for item in expand(paths):
        if isinstance(item, Failure):
            yield item
        elif item == STANDARD_INPUT:
            yield from _guarded(item, load_standard_input(sys.stdin.buffer, item, chosen))
        else:
            yield from _guarded(item, LOADERS[Path(item).suffix.lower()](Path(item), item, chosen))


def _guarded(origin: str, documents: Iterator[Document | Failure]) -> Iterator[Document | Failure]:
    try:
        yield from documents
    except SourceError as error:
        yield Failure(origin, error.problem, error.remedy, error.line)
    except UnicodeError as error:
        yield Failure(origin, f"the bytes do not fit the encoding: {error}", "Save it as UTF-8, or name its encoding.")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        yield Failure(origin, f"cannot be read: {reason}", "Check that it exists and that you may read it.")
