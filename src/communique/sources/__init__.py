"""The sources stage: paths into documents, and a failure for each thing that could not be read."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from communique.errors import SourceError
from communique.model import Document, Failure
from communique.sources.loaders import LOADERS, load_standard_input
from communique.sources.options import SourceOptions

__all__ = ["STANDARD_INPUT", "SourceOptions", "expand", "load"]

STANDARD_INPUT = "-"


def load(paths: Iterable[str], options: SourceOptions | None = None) -> Iterator[Document | Failure]:
    """Documents of files, folders, globs and '-' (standard input), one by one, in a fixed order.

    What cannot be read comes as a Failure in its place; everything else goes on.
    """
    chosen = options or SourceOptions()
    for item in expand(paths):
        if isinstance(item, Failure):
            yield item
        elif item == STANDARD_INPUT:
            yield from _guarded(item, load_standard_input(sys.stdin.buffer, chosen))
        else:
            yield from _guarded(item, LOADERS[Path(item).suffix.lower()](Path(item), item, chosen))


def expand(paths: Iterable[str]) -> Iterator[str | Failure]:
    """The files that paths stand for: folders walked, globs expanded, each list sorted."""
    for given in paths:
        path = Path(given)
        if given == STANDARD_INPUT:
            yield given
        elif path.is_dir():
            yield from _walk(path)
        elif path.exists():
            yield _known(given)
        elif matches := sorted(glob.glob(given, recursive=True)):
            yield from expand(matches)
        else:
            reason = "a link that leads nowhere" if path.is_symlink() else "no such file or folder"
            yield Failure(given, reason, "Check the path.")


def _walk(folder: Path) -> Iterator[str | Failure]:
    found = False
    try:
        for root, folders, files in os.walk(folder, onerror=_raise):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(files):
                if not name.startswith(".") and Path(name).suffix.lower() in LOADERS:
                    found = True
                    yield (Path(root) / name).as_posix()
    except OSError as error:
        yield Failure(folder.as_posix(), f"cannot be read: {error.strerror}", "Check its permissions.")
        return
    if not found:
        yield Failure(
            folder.as_posix(), "the folder holds no file of a known kind", f"Known kinds: {_kinds()}."
        )


def _raise(error: OSError) -> None:
    raise error


def _known(given: str) -> str | Failure:
    if Path(given).suffix.lower() in LOADERS:
        return given
    return Failure(given, f"unknown kind of file {Path(given).suffix!r}", f"Known kinds: {_kinds()}.")


def _kinds() -> str:
    return ", ".join(sorted(LOADERS))


def _guarded(origin: str, documents: Iterator[Document | Failure]) -> Iterator[Document | Failure]:
    try:
        yield from documents
    except SourceError as error:
        yield Failure(origin, error.problem, error.remedy, error.line)
    except OSError as error:
        yield Failure(
            origin, f"cannot be read: {error.strerror or error}", "Check that it exists and is readable."
        )
