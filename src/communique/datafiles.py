"""The one loader of our data files: YAML lists and CSV tables into frozen dataclasses, checked as they load.

The allowed keys come from the dataclass that an entry fills; an unknown key, a missing key or a value of the wrong
shape is refused with the file, the entry and the remedy.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import types
import typing
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

import yaml

from communique.errors import DataFileError

T = TypeVar("T")
LIST_SEPARATOR = "|"
_WORDS_NOT_VALUES = ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML 1.2's idea of truth: the prepositions 'on' and 'off' are words, not booleans."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _WORDS_NOT_VALUES]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def packaged(package: str, name: str) -> Path:
    """Path of a data file that ships with `package` (for instance 'communique.events.data')."""
    return Path(str(resources.files(package).joinpath(name)))


def load_yaml(path: Path) -> Any:
    """The content of a YAML file; raises DataFileError that names the line when it is malformed."""
    try:
        return yaml.load(read_text(path), Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        raise DataFileError("malformed YAML", path=str(path), line=line, remedy=str(error)) from error


def read_yaml_entries(path: Path, cls: type[T]) -> list[T]:
    """Entries of a YAML list of mappings, each built as `cls`."""
    content = load_yaml(path)
    if not isinstance(content, list):
        raise DataFileError("a list of entries was expected", path=str(path))
    return [build(cls, entry, path=path, where=f"entry {n}") for n, entry in enumerate(content, 1)]


def read_csv_entries(path: Path, cls: type[T]) -> list[T]:
    """Rows of a CSV table with a header, each built as `cls`; lists are written a|b|c; lines with # are comments."""
    lines = [line for line in io.StringIO(read_text(path)) if line.strip() and not line.startswith("#")]
    reader = csv.reader(lines)
    header = next(reader, None)
    if header is None:
        raise DataFileError("the table is empty", path=str(path), remedy="Its first line must name the columns.")
    _check_header(cls, header, path)
    plain = [_PLAIN.get(hint) for hint in map(_schema(cls)[1].get, header)]  # type: ignore[arg-type]
    return [_entry(cls, header, plain, row, number, path) for number, row in enumerate(reader, 2)]


def read_csv_pairs(path: Path, key: str, value: str, choices: Iterable[str]) -> dict[str, str]:
    """A large table of two columns as key to value; a key that stands twice or a value outside `choices` is refused."""
    lines = [line for line in io.StringIO(read_text(path)) if not line.startswith("#")]
    rows = [row for row in csv.reader(lines) if row]
    if not rows or rows[0] != [key, value]:
        raise DataFileError("the first line is wrong", path=str(path), remedy=f"It must read {key},{value}.")
    pairs = {row[0]: row[1] for row in rows[1:] if len(row) == 2}
    if len(pairs) < len(rows) - 1 or not set(pairs.values()).issubset(choices):
        _refuse_pair(rows[1:], choices, path)
    return pairs


def _refuse_pair(rows: list[list[str]], choices: Iterable[str], path: Path) -> None:
    seen: set[str] = set()
    for row in rows:
        if len(row) != 2:
            raise DataFileError(f"a row has {len(row)} cells where two were expected", path=str(path), key=row[0])
        if row[1] not in choices:
            remedy = f"One of: {', '.join(choices)}."
            raise DataFileError(f"unknown value {row[1]!r}", path=str(path), key=row[0], remedy=remedy)
        if row[0] in seen:
            raise DataFileError("is in the table twice", path=str(path), key=row[0], remedy="Keep one of the lines.")
        seen.add(row[0])


def _check_header(cls: type[T], header: list[str], path: Path) -> None:
    fields, _, _ = _schema(cls)  # type: ignore[arg-type]
    unknown = [name for name in header if name not in fields]
    if unknown:
        remedy = f"Allowed columns: {', '.join(fields)}."
        raise DataFileError(f"unknown column {unknown[0]!r}", path=str(path), remedy=remedy)


def _entry(cls: type[T], header: list[str], plain: list[Any], row: list[str], number: int, path: Path) -> T:
    """A row as an instance; cells of plain types are converted here, since large tables are read at every start."""
    if len(row) > len(header):
        raise DataFileError(
            f"row {number} has {len(row)} cells where the header has {len(header)}",
            path=str(path),
            key=row[0],
            remedy='Quote a cell that holds a comma: "a, b".',
        )
    try:
        cells = {
            name: convert(cell)
            for name, convert, cell in zip(header, plain, row, strict=False)
            if cell != "" and convert is not None
        }
        if None not in plain:
            return cls(**cells)
    except (TypeError, ValueError, KeyError):
        pass
    given = {name: cell for name, cell in zip(header, row, strict=False) if cell != ""}
    return build(cls, given, path=path, where=f"row {number}")


def _split(cell: str) -> tuple[str, ...]:
    return tuple([part.strip() for part in cell.split(LIST_SEPARATOR) if part.strip()])


_TRUTH = {"yes": True, "no": False, "true": True, "false": False}
_PLAIN: dict[Any, Any] = {
    str: str,
    int: int,
    float: float,
    float | None: float,
    tuple[str, ...]: _split,
    bool: _TRUTH.__getitem__,
}


def build(cls: type[T], entry: object, *, path: Path, where: str) -> T:
    """An instance of dataclass `cls` from a mapping; raises DataFileError for keys or values that do not fit."""
    if not isinstance(entry, Mapping):
        raise DataFileError(f"a mapping was expected, not {entry!r}", path=str(path), key=where)
    fields, hints, required = _schema(cls)  # type: ignore[arg-type]
    label = str(entry.get("id") or entry.get("name") or where)
    unknown = [key for key in entry if key not in fields]
    if unknown:
        raise DataFileError(
            f"unknown key {', '.join(map(repr, unknown))}",
            path=str(path),
            key=label,
            remedy=f"Allowed keys: {', '.join(fields)}.",
        )
    missing = [key for key in required if key not in entry]
    if missing:
        raise DataFileError(f"missing key {', '.join(map(repr, missing))}", path=str(path), key=label)
    values = {key: _convert(value, hints[key], path, f"{label}.{key}") for key, value in entry.items()}
    try:
        return cls(**values)
    except ValueError as error:
        raise DataFileError(str(error), path=str(path), key=label) from error


@cache
def _schema(cls: Any) -> tuple[tuple[str, ...], dict[str, Any], tuple[str, ...]]:
    if not dataclasses.is_dataclass(cls):
        raise TypeError(f"{cls} is not a dataclass")
    fields = dataclasses.fields(cls)
    required = tuple(
        f.name for f in fields if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
    )
    return tuple(f.name for f in fields), typing.get_type_hints(cls), required


def _convert(value: object, hint: Any, path: Path, where: str) -> Any:
    origin = typing.get_origin(hint)
    if origin is typing.Literal:
        choices = typing.get_args(hint)
        if value not in choices:
            remedy = f"One of: {', '.join(map(str, choices))}."
            raise DataFileError(f"unknown value {value!r}", path=str(path), key=where, remedy=remedy)
        return value
    if origin in (typing.Union, types.UnionType):
        if value is None and type(None) in typing.get_args(hint):
            return None
        inner = next(arg for arg in typing.get_args(hint) if arg is not type(None))
        return _convert(value, inner, path, where)
    if origin is tuple:
        return _convert_tuple(value, typing.get_args(hint)[0], path, where)
    if origin in (dict, Mapping):
        if not isinstance(value, Mapping):
            raise DataFileError(f"a mapping was expected, not {value!r}", path=str(path), key=where)
        inner = typing.get_args(hint)[1]
        return {str(key): _convert(item, inner, path, f"{where}.{key}") for key, item in value.items()}
    if dataclasses.is_dataclass(hint):
        return build(typing.cast(type, hint), value, path=path, where=where)
    return _convert_scalar(value, hint, path, where)


def _convert_tuple(value: object, inner: Any, path: Path, where: str) -> tuple[Any, ...]:
    items: Iterable[object]
    if isinstance(value, str):
        items = [part.strip() for part in value.split(LIST_SEPARATOR) if part.strip()]
    elif isinstance(value, list):
        items = value
    else:
        raise DataFileError(f"a list was expected, not {value!r}", path=str(path), key=where)
    return tuple(_convert(item, inner, path, where) for item in items)


def _convert_scalar(value: object, hint: Any, path: Path, where: str) -> Any:
    if hint is Any or (isinstance(hint, type) and type(value) is hint):
        return value
    try:
        if hint is float and isinstance(value, int | str):
            return float(value)
        if hint is int and isinstance(value, str):
            return int(value)
    except ValueError:
        pass
    if hint is bool and value in ("yes", "no", "true", "false"):
        return value in ("yes", "true")
    if hint is str and isinstance(value, int | float) and not isinstance(value, bool):
        remedy = f"Write it in quotes: '{value}'."
        raise DataFileError(f"text was expected, not the number {value!r}", path=str(path), key=where, remedy=remedy)
    raise DataFileError(f"{getattr(hint, '__name__', hint)} was expected, not {value!r}", path=str(path), key=where)


def read_text(path: Path) -> str:
    """The text of a data file; raises DataFileError where it cannot be read or is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DataFileError(f"cannot be read: {error.strerror}", path=str(path)) from error
    except UnicodeDecodeError as error:
        raise DataFileError("is not UTF-8", path=str(path), remedy="Save it as UTF-8.") from error
