"""The wordings of meetings: entries of data/meetings.yaml and data/meeting_kinds.yaml."""

from __future__ import annotations

from dataclasses import dataclass

from communique.diplomacy.things import MeetingKind


@dataclass(frozen=True, slots=True)
class Wording:
    """An entry of data/meetings.yaml.

    Attributes:
        take: for verbs what brings the other side.
        needs: words one of which must hang on the verb.
        person: whether the other side must be somebody in office, not a country.
        named: whether it must be a person by name.
        hosts: whether the subject is the host.
        joint: whether all sides are in the subject.
        plural: whether the noun tells of a meeting in the plural alone.
        modified: words one of which must stand before the noun.
        bodies: whether it is the session of a body.
    """

    id: str
    kind: MeetingKind | str = ""
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    take: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    person: bool = False
    named: bool = False
    hosts: bool = False
    joint: bool = False
    plural: bool = False
    bodies: bool = False


@dataclass(frozen=True, slots=True)
class KindCue:
    """Words that tell a kind of meeting."""

    kind: MeetingKind
    words: tuple[str, ...]
