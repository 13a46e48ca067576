"""How high somebody stands, and the level of a meeting: the lower one of the highest on each side."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from communique.datafiles import packaged, read_yaml_entries
from communique.diplomacy.things import Level
from communique.diplomacy.wordings import DATA
from communique.model import NO_STATES, Actor

RANKS: dict[str, int] = {level: rank for rank, level in enumerate(get_args(Level))}


@dataclass(frozen=True, slots=True)
class Offices:
    """Words of offices at one level."""

    level: Level
    words: tuple[str, ...]


class Levels:
    """Tells levels by data/levels.yaml."""

    def __init__(self) -> None:
        entries = read_yaml_entries(packaged(DATA, "levels.yaml"), Offices)
        self._entries = [
            (entry.level, re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, entry.words))})(?![\w-])"))
            for entry in entries
        ]

    def of(self, actor: Actor) -> Level:
        """The level of somebody, '' where neither office nor words tell it."""
        for text in (actor.office, actor.text if actor.kind != "country" else ""):
            for level, pattern in self._entries:
                if text and pattern.search(text.casefold()):
                    return level
        return ""

    def of_meeting(self, participants: Iterable[Actor]) -> Level:
        """The lowest of the highest of each side; '' where the level of a side is not known."""
        highest: dict[str, Level] = {}
        for actor in participants:
            level = self.of(actor)
            best = highest.get(side(actor))
            if best is None or (level and (not best or RANKS[level] < RANKS[best])):
                highest[side(actor)] = level
        return max(highest.values(), key=lambda level: RANKS[level], default="")


def side(actor: Actor) -> str:
    """The party that somebody belongs to: the country, or the organisation by its name."""
    if len(actor.country) == 3 and actor.country not in NO_STATES:
        return actor.country
    return organisation(actor)


def organisation(actor: Actor) -> str:
    """The organisation that somebody acts for: the first part of the id of an office, else the name."""
    if actor.kind == "organisation" or not actor.entity_id:
        return actor.name or actor.text
    return actor.entity_id.split("-")[0].upper() if actor.kind == "office" else actor.name or actor.text
