"""Reads actor and agent dictionaries of PETRARCH and TABARI: names, codes, and the dates between which a code holds.

Source of the format: the documentation of PETRARCH's dictionaries and CAMEO's manual (2012), section on dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from communique.errors import DataFileError, SourceError
from communique.sources.decode import decode

Contents = Literal["actors", "agents"]

# Codes that stand for no actor: TABARI's null code, and its mark of stories that are not to be coded.
NULL_CODES = frozenset({"---", "###"})
# The years of two digits that PETRARCH takes for those of this century.
LAST_YEAR_OF_2000S = 30
_XML_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
_DATES = re.compile(r"(?P<sign>[<>])(?P<one>\d+)>?|(?P<first>\d+)-(?P<last>\d+)")
_SET = re.compile(r"!(?P<name>[^!\s]+)!\s*=\s*(?P<words>.*)")
_MARKER = re.compile(r"!([^!\s]+)!")
_AGENT = re.compile(r"(?P<phrase>[^{}\[\]]+?)\s*(?:\{(?P<plural>[^{}]*)\}\s*)?\[\s*(?P<code>[^\[\]]*?)\s*\]")
_AGENT_CODE = re.compile(r"~[A-Z]+|[A-Z]+~", re.ASCII)


@dataclass(frozen=True, slots=True)
class Restriction:
    """A code that holds from `start` to `end`, both days included; None is open."""

    code: str
    start: date | None = None
    end: date | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """An actor of a dictionary.

    Attributes:
        names: the root and its synonyms, with blanks for underscores.
        default: the code when no restriction holds, '' for none.
        restrictions: in the file's order; where several hold, the first does.
        line: that of the root, counted from 1.
    """

    names: tuple[str, ...]
    default: str = ""
    restrictions: tuple[Restriction, ...] = ()
    line: int = field(default=0, compare=False)

    def code(self, day: date) -> str:
        """The code on a day, '' for none."""
        for one in self.restrictions:
            if (one.start is None or one.start <= day) and (one.end is None or day <= one.end):
                return one.code
        return self.default

    def spans(self) -> list[Restriction]:
        """All of time in order, each stretch with the code that holds in it ('' for none)."""
        starts = {one.start for one in self.restrictions if one.start}
        starts |= {one.end + timedelta(1) for one in self.restrictions if one.end and one.end < date.max}
        days = [date.min, *sorted(starts - {date.min})]
        spans: list[Restriction] = []
        for number, day in enumerate(days):
            end = days[number + 1] - timedelta(1) if number + 1 < len(days) else None
            code = self.code(day)
            if spans and spans[-1].code == code:
                spans[-1] = replace(spans[-1], end=end)
            else:
                spans.append(Restriction(code, day if number else None, end))
        return spans


@dataclass(frozen=True, slots=True)
class AgentEntry:
    """An agent of a dictionary.

    Attributes:
        forms: the phrase, its plural where it is irregular, or all that its substitution set makes of it.
        code: without the tilde.
        before: the code goes before that of the actor ('NGO~').
    """

    forms: tuple[str, ...]
    code: str
    before: bool = False
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Dictionary:
    """What a file holds, and an error with line and remedy for each line that cannot be read."""

    path: str
    contents: Contents
    actors: tuple[ActorEntry, ...] = ()
    agents: tuple[AgentEntry, ...] = ()
    errors: tuple[DataFileError, ...] = ()


def read_dictionary(path: str | Path, contents: Contents | None = None) -> Dictionary:
    """A dictionary of actors or of agents.

    Args:
        path: the file, in whatever encoding.
        contents: actors or agents; told by the codes without, which only agents write with a tilde.

    Raises:
        DataFileError: the file cannot be read at all.
    """
    try:
        text = decode(Path(path).read_bytes(), str(path))
    except OSError as error:
        problem = f"cannot be read: {error.strerror}"
        raise DataFileError(problem, path=str(path), remedy="Check the path.") from error
    except SourceError as error:
        raise DataFileError(error.problem, path=str(path), line=error.line, remedy="Give a text file.") from error
    return parse_dictionary(text, str(path), contents)


def parse_dictionary(text: str, path: str = "", contents: Contents | None = None) -> Dictionary:
    """The same for the text of a dictionary; `path` is for the messages."""
    lines = list(_lines(text))
    if contents is None:
        contents = "agents" if any(_is_agent(line) for _, line in lines) else "actors"
    errors: list[DataFileError] = []
    if contents == "agents":
        agents = tuple(_Agents(path, errors).entries(lines))
        return Dictionary(path, contents, agents=agents, errors=tuple(errors))
    actors = tuple(_Actors(path, errors).entries(lines))
    return Dictionary(path, contents, actors, errors=tuple(errors))


def _is_agent(line: str) -> bool:
    return bool(_SET.fullmatch(line)) or any("~" in code for code in _BRACKETS.findall(line))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, with their numbers, without comments."""
    text = _XML_COMMENT.sub(lambda match: "\n" * match.group().count("\n"), text)
    for number, line in enumerate(text.split("\n"), 1):
        plain = _uncommented(line).strip()
        # '<NOUN>' and the like are TABARI's marks of sections.
        if plain and not plain.startswith("<"):
            yield number, plain


def _uncommented(line: str) -> str:
    """The line up to '#' or ';'; not within brackets, where '###' is a code."""
    inside = False
    for at, letter in enumerate(line):
        inside = letter == "[" or (inside and letter != "]")
        if letter in "#;" and not inside:
            return line[:at]
    return line


def _phrase(text: str) -> str:
    return " ".join(text.replace("_", " ").split())


def parse_date(text: str) -> date:
    """A day written YYYYMMDD or YYMMDD, years up to 30 being of this century; raises ValueError where it is none."""
    if len(text) == 8:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    if len(text) != 6:
        raise ValueError(text)
    year = int(text[:2])
    return date(year + (2000 if year <= LAST_YEAR_OF_2000S else 1900), int(text[2:4]), int(text[4:]))


class _LineError(Exception):
    """What is wrong with a line, and the remedy."""


class _Reader:
    def __init__(self, path: str, errors: list[DataFileError]) -> None:
        self._path = path
        self._errors = errors

    def _complain(self, line: int, problem: str, remedy: str) -> None:
        self._errors.append(DataFileError(problem, path=self._path, line=line, remedy=remedy))


class _Actors(_Reader):
    def entries(self, lines: list[tuple[int, str]]) -> Iterator[ActorEntry]:
        """The entries, each with its synonyms and restrictions; bad lines are left out."""
        entry: ActorEntry | None = None
        for number, line in lines:
            try:
                if line.startswith("+"):
                    entry = _with_synonym(entry, line)
                elif line.startswith("["):
                    entry = _with_codes(entry, line, number)
                else:
                    if entry is not None:
                        yield entry
                    # What follows a root that cannot be read must not go to the one before it.
                    entry = None
                    entry = _root(number, line)
            except _LineError as wrong:
                self._complain(number, *wrong.args)
        if entry is not None:
            yield entry


def _root(number: int, line: str) -> ActorEntry:
    name, bracket, codes = line.partition("[")
    phrase = _phrase(name)
    if not phrase:
        raise _LineError("a line without a name", "Write the name before its code.")
    _check_name(phrase)
    entry = ActorEntry((phrase,), line=number)
    return _with_codes(entry, bracket + codes, number) if bracket else entry


def _with_synonym(entry: ActorEntry | None, line: str) -> ActorEntry:
    phrase = _phrase(line[1:])
    if entry is None:
        raise _LineError("a synonym without an actor", "Write it below the line of the actor that it names.")
    if not phrase or "[" in phrase:
        raise _LineError(
            "a synonym is a name alone", "Write +NAME, and give a name with a code of its own a line of its own."
        )
    _check_name(phrase)
    return replace(entry, names=(*entry.names, phrase))


def _check_name(name: str) -> None:
    if re.search(r"[\[\]{}|!]", name):
        raise _LineError(f"the name {name!r} holds a sign that no name has", "Leave out brackets, | and !.")


def _with_codes(entry: ActorEntry | None, text: str, number: int) -> ActorEntry:
    """The entry with the codes of a line, all or none."""
    if entry is None:
        raise _LineError("a code without an actor", "Write it below the line of the actor that it is for.")
    if not re.fullmatch(r"(\s*\[[^\[\]]*\])+\s*", text):
        raise _LineError(
            f"the brackets of {text!r} do not close", "Write [CODE] or [CODE dates], and comments after # or ;."
        )
    for inner in _BRACKETS.findall(text):
        one = replace(_restriction(inner), line=number)
        if one.start or one.end:
            entry = replace(entry, restrictions=(*entry.restrictions, one))
        elif not entry.default:
            entry = replace(entry, default=one.code)
        elif entry.default != one.code:
            raise _LineError(
                "a second code without dates", f"Give it dates: {entry.default} holds where no other does."
            )
    return entry


def _restriction(inner: str) -> Restriction:
    code, _, when = inner.strip().partition(" ")
    if code not in NULL_CODES and not re.fullmatch(r"[A-Z]{3}[A-Z/]*", code, re.ASCII):
        raise _LineError(f"{code!r} is no code of an actor", "Write three capitals for each part, as in [KAZGOV].")
    when = re.sub(r"\s+", "", when)
    if not when:
        return Restriction(code)
    match = _DATES.fullmatch(when)
    if match is None:
        raise _LineError(f"{when!r} is no restriction of dates", "Write <date, >date or date-date, dates as YYYYMMDD.")
    try:
        if match["sign"]:
            day = parse_date(match["one"])
            return Restriction(code, end=day) if match["sign"] == "<" else Restriction(code, start=day)
        start, end = parse_date(match["first"]), parse_date(match["last"])
    except ValueError as error:
        raise _LineError(f"{when!r} holds no date of the calendar", "Write dates as YYYYMMDD or YYMMDD.") from error
    if end < start:
        raise _LineError(f"{when!r} ends before it starts", "Mend one of the two dates.")
    return Restriction(code, start, end)


class _Agents(_Reader):
    def entries(self, lines: list[tuple[int, str]]) -> Iterator[AgentEntry]:
        """The entries with their substitution sets filled in; bad lines are left out."""
        # A set may be used before the line that defines it, as in verb dictionaries.
        sets = {match["name"]: _words(match["words"]) for _, line in lines if (match := _SET.fullmatch(line))}
        first: tuple[str, bool] | None = None
        for number, line in lines:
            match = _SET.fullmatch(line)
            try:
                if match is not None:
                    if not _words(match["words"]):
                        raise _LineError(f"the set !{match['name']}! has no words", "Write them after =, with commas.")
                elif line.startswith("+"):
                    yield _synonymous(number, line, first, sets)
                else:
                    first = None
                    entry = _agent(number, line, sets)
                    first = (entry.code, entry.before)
                    yield entry
            except _LineError as wrong:
                self._complain(number, *wrong.args)


def _words(text: str) -> tuple[str, ...]:
    return tuple(_phrase(word) for word in text.split(",") if word.strip())


def _agent(number: int, line: str, sets: dict[str, tuple[str, ...]]) -> AgentEntry:
    match = _AGENT.fullmatch(line)
    if match is None:
        raise _LineError(f"{line!r} is no agent", "Write NOUN [~CODE] or NOUN {PLURAL} [~CODE].")
    code = match["code"]
    if not _AGENT_CODE.fullmatch(code):
        raise _LineError(
            f"{code!r} is no code of an agent", "Write capitals after or before ~, as in [~GOV] or [NGO~]."
        )
    forms = _forms(match["phrase"], match["plural"], sets)
    return AgentEntry(forms, code.strip("~"), code.endswith("~"), number)


def _synonymous(number: int, line: str, first: tuple[str, bool] | None, sets: dict[str, tuple[str, ...]]) -> AgentEntry:
    if first is None:
        raise _LineError("a synonym without an agent", "Write it below the line of an agent with a code.")
    code, before = first
    written = f"{code}~" if before else f"~{code}"
    return _agent(number, line[1:] if "[" in line else f"{line[1:]} [{written}]", sets)


def _forms(phrase: str, plural: str | None, sets: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    phrase = _phrase(phrase)
    marker = _MARKER.search(phrase)
    if marker is not None:
        if marker[1] not in sets:
            raise _LineError(f"there is no set !{marker[1]}!", f"Define it: !{marker[1]}! = WORD, WORD")
        made = tuple(_phrase(phrase.replace(marker[0], word)) for word in sets[marker[1]])
        if any("!" in form for form in made):
            raise _LineError("a phrase with two sets", "Write a line for each word of one of them.")
        return made
    if "!" in phrase or "|" in phrase:
        raise _LineError(f"the phrase {phrase!r} holds a sign that no phrase has", "Leave out | and single !.")
    return (phrase, *([_phrase(plural)] if plural and plural.strip() else []))
