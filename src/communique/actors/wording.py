"""The parts of a mention that stands alone, without a parse: the title, owner and name of 'French President X'."""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.actors.gazetteer import Found, Gazetteer
from communique.actors.roles import Match, RoleIndex

_TOKENS = re.compile(
    r"(?:[A-Za-z]\.)+|\b(?:Gen|Col|Lt|Maj|Capt|Adm|Brig|Sen|Rep|Gov|Mr|Mrs|Ms|Dr|Prof)\.|\w+(?:'\w{2,})?|'s\b|[^\w\s]"
)
_PARTICLES = frozenset(
    "al el bin ibn ben abu de da do dos del della di du van von der den la le ter bint ul as".split()
)
_SMALL = frozenset("the a an of for in and to at on his her its their".split())
_AFTER = frozenset({"of", "for", "in", "to", "at"})


@dataclass(frozen=True, slots=True)
class Wording:
    """What the words of a mention are.

    Attributes:
        role: the role phrase that heads it, if any.
        body: a role phrase before it ('parliament' in 'parliament official').
        owners: names of countries and organisations that go with it.
        name: the words of a personal name, if any.
        words: the words in lower case.
    """

    role: Match | None
    body: Match | None
    owners: tuple[Found, ...]
    name: str
    words: tuple[str, ...]


def read(text: str, gazetteer: Gazetteer, roles: RoleIndex) -> Wording:
    """The parts of a mention, by its surface alone."""
    tokens = list(_TOKENS.finditer(text))
    texts = [token.group() for token in tokens]
    lower = [word.lower() for word in texts]
    owners = [found for found in gazetteer.find(text) if found.entities[0].sort != "none"]
    taken = {n for n, token in enumerate(tokens) if any(found.start <= token.start() < found.end for found in owners)}
    matches = _roles(lower, taken, roles)
    head, body = _head(lower, matches)
    used = set(taken)
    for match in matches:
        used |= set(range(match.start, match.end))
    return Wording(head, body, tuple(owners), _name(texts, lower, used), tuple(lower))


def _roles(lower: list[str], taken: set[int], roles: RoleIndex) -> list[Match]:
    found: list[Match] = []
    covered = 0
    for index, word in enumerate(lower):
        if word in roles.heads and index >= covered and index not in taken:
            match = roles.match(lower, index)
            if match is not None and match.start >= 0:
                while found and found[-1].start >= match.start:
                    found.pop()
                found.append(match)
                covered = match.end
    return found


def _head(lower: list[str], matches: list[Match]) -> tuple[Match | None, Match | None]:
    """The role that heads the mention: the last of the run that the first one begins, and the one before it."""
    titles = [match for match in matches if not match.role.honorific]
    if not titles:
        return (matches[0], None) if matches else (None, None)
    at = 0
    while at + 1 < len(titles) and not set(lower[titles[at].end : titles[at + 1].start]) & (_AFTER | {",", "'s"}):
        at += 1
    return titles[at], titles[at - 1] if at else None


def _name(texts: list[str], lower: list[str], used: set[int]) -> str:
    """The longest run of capitalised words that are neither title nor owner."""
    best: list[str] = []
    run: list[str] = []
    for index, word in enumerate([*texts, ""]):
        free = bool(word) and index not in used
        if free and (word[0].isupper() or (run and (word in "-." or run[-1] == "-" or lower[index] in _PARTICLES))):
            run.append(word)
            continue
        if len(run) > len(best):
            best = run
        run = []
    while best and (best[-1] in ("-", ".") or best[-1].lower() in _SMALL):
        best.pop()
    return re.sub(r" ?(-) ?", r"\1", " ".join(best))
