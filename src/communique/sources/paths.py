"""Paths as a user gives them, into the files that they stand for."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from communique.model import Failure
from communique.sources.loaders import LOADERS

STANDARD_INPUT = "-"

_CHECK_PATH = "Check the path."
# What to do with kinds of files that people are likely to try.
_REMEDIES = {
    ".gz": "Unpack it first.",
    ".zip": "Unpack it first.",
    ".json": "Write one object on each line, as .jsonl: jq -c '.[]' FILE.json > FILE.jsonl",
    ".xlsx": "Save it as .csv.",
    ".xls": "Save it as .csv.",
    ".docx": "Save it as .txt, .html or .pdf.",
    ".doc": "Save it as .txt, .html or .pdf.",
}


def expand(paths: Iterable[str]) -> list[str | Failure]:
    """The files that paths stand for, each once, and a Failure for each path that stands for none.

    Folders are walked for files of a known kind; hidden ones and linked folders are left out. Globs that the
    shell has not expanded are expanded here. Files are sorted within a folder or a glob, and keep the order
    of the paths otherwise.

    Args:
        paths: files, folders, globs, or '-' for standard input.
    """
    seen: set[str] = set()
    found: list[str | Failure] = []
    for given in paths:
        for item in _expand_one(given):
            if not isinstance(item, Failure):
                key = item if item == STANDARD_INPUT else os.path.realpath(item)
                if key in seen:
                    continue
                seen.add(key)
            found.append(item)
    return found


def _expand_one(given: str) -> Iterator[str | Failure]:
    if given == STANDARD_INPUT:
        yield given
    elif not given.strip() or "\0" in given:
        yield Failure(given, "is no path", "Give a file, a folder, or - for standard input.")
    elif "://" in given:
        yield Failure(given, "addresses are not read", "Save the page as .html, and give the file.")
    else:
        origin = given.replace(os.sep, "/")
        try:
            yield from _expand_path(Path(given), origin)
        except OSError as error:
            yield Failure(origin, f"cannot be read: {(error.strerror or str(error)).lower()}", _CHECK_PATH)


def _expand_path(path: Path, origin: str) -> Iterator[str | Failure]:
    if path.is_dir():
        yield from _walk(path)
    elif path.exists():
        yield _file(path, origin)
    elif path.is_symlink():
        yield _broken_link(origin)
    elif matches := sorted(glob.glob(origin, recursive=True)):  # noqa: PTH207 (pathlib has none for whole paths)
        for match in matches:
            yield from _expand_path(Path(match), match.replace(os.sep, "/"))
    elif glob.has_magic(origin):
        yield Failure(origin, "no file fits the pattern", _CHECK_PATH)
    else:
        yield Failure(origin, "no such file or folder", _CHECK_PATH)


def _walk(folder: Path) -> Iterator[str | Failure]:
    errors: list[OSError] = []
    empty = True
    for root, folders, files in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(root, name)
            if name.startswith(".") or path.suffix.lower() not in LOADERS:
                continue
            empty = False
            yield _file(path, path.as_posix()) if path.exists() else _broken_link(path.as_posix())
    for error in errors:
        empty = False
        reason = (error.strerror or str(error)).lower()
        origin = Path(error.filename or folder).as_posix()
        yield Failure(origin, f"the folder cannot be read: {reason}", "Check its permissions.")
    if empty:
        problem = "the folder holds no file of a known kind"
        yield Failure(folder.as_posix(), problem, f"Known kinds: {_kinds()}.")


def _file(path: Path, origin: str) -> str | Failure:
    """The path of a file that can be opened: a pipe without a writer would block for ever."""
    suffix = path.suffix.lower()
    if not path.is_file():
        return Failure(origin, "is neither a file nor a folder", "Send it to standard input, and give -.")
    if suffix not in LOADERS:
        named = f"unknown kind of file {path.suffix}" if suffix else "a file without an extension"
        return Failure(origin, named, f"{_REMEDIES.get(suffix, 'Rename or convert it.')} Known kinds: {_kinds()}.")
    return origin


def _broken_link(origin: str) -> Failure:
    return Failure(origin, "is a link that leads nowhere", "Mend or remove the link.")


def _kinds() -> str:
    return ", ".join(sorted(LOADERS))
