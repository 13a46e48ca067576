"""The things of diplomacy that a document tells of, each with the words that say it and all places that tell of it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date as Date
from typing import Any, Literal

from communique.model import Actor, Factuality, Place, Precision, Source

MeetingKind = Literal["bilateral", "multilateral", "call", "video", "sidelines", "meal", "talks", "unknown"]
Level = Literal["head-of-state", "head-of-government", "minister", "deputy", "official", "envoy", ""]
VisitKind = Literal["state", "official", "working", "private", ""]
DocumentKind = Literal[
    "joint-statement", "treaty", "agreement", "memorandum", "protocol", "contract", "communique", "roadmap",
    "declaration", "plan", "understanding",
]  # fmt: skip
Stage = Literal[
    "negotiated", "initialled", "signed", "adopted", "ratified", "in-force", "implemented", "terminated", "agreed",
    "suspended",
]  # fmt: skip
Strength = Literal["pledged", "promised", "agreed", "intends", "considers"]
Stance = Literal[
    "supports", "welcomes", "opposes", "condemns", "praises", "recognises", "doubts", "rejects", "thanks", "regrets"
]  # fmt: skip
InvitationStatus = Literal["given", "accepted", "declined"]
AccreditationAct = Literal["presents-credentials", "appointed", "recalled", "agrément"]
InstitutionKind = Literal[
    "commission", "committee", "council", "dialogue", "summit-format", "working-group", "forum", "mechanism",
    "organisation", "fund",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the taxonomy (data/topics.yaml) as the text names it; offsets into the document's text."""

    topic: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class When:
    """First and last day, as far as the text tells; None where it does not."""

    date: Date | None = None
    date_end: Date | None = None
    precision: Precision = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """What every thing has.

    Attributes:
        id: hash of the document, the kind of thing and the place of its quote.
        quote: the words that say it; `sources` are all places that tell of it, the quote first.
    """

    id: str
    document_id: str
    quote: Source
    sources: tuple[Source, ...]

    def to_dict(self) -> dict[str, Any]:
        """The thing as plain values, with dates as date objects."""
        return dataclasses.asdict(self)


@dataclass(frozen=True, slots=True)
class Meeting(Thing):
    """Some met, or talked. `level` is the lower one of the highest on each side; `within` the larger event."""

    kind: MeetingKind
    level: Level
    participants: tuple[Actor, ...]
    host: Actor | None
    place: Place | None
    within: str
    topics: tuple[Topic, ...]
    when: When
    factuality: Factuality


@dataclass(frozen=True, slots=True)
class Visit(Thing):
    """Somebody went to another country: `host` is its code, `arrival` and `departure` are days where the text tells."""

    kind: VisitKind
    visitors: tuple[Actor, ...]
    host: str
    arrival: Date | None
    departure: Date | None
    stops: tuple[Place, ...]
    topics: tuple[Topic, ...]
    when: When
    factuality: Factuality


@dataclass(frozen=True, slots=True)
class Agreement(Thing):
    """A document, or an understanding without one, and the stage that it has reached."""

    kind: DocumentKind
    stage: Stage
    parties: tuple[Actor, ...]
    title: str
    areas: tuple[Topic, ...]
    when: When
    factuality: Factuality


@dataclass(frozen=True, slots=True)
class Commitment(Thing):
    """Somebody is to do something: `content` are its words, `act` its CAMEO code, `due` a day where one is set."""

    by: tuple[Actor, ...]
    to: tuple[Actor, ...]
    content: str
    act: str
    condition: str
    due: Date | None
    due_words: str
    strength: Strength
    topics: tuple[Topic, ...]
    when: When


@dataclass(frozen=True, slots=True)
class Position(Thing):
    """Where somebody stands: `target` is whom it concerns, `object` the words of what it is on."""

    holder: tuple[Actor, ...]
    stance: Stance
    target: tuple[Actor, ...]
    object: str
    topics: tuple[Topic, ...]
    when: When


@dataclass(frozen=True, slots=True)
class Invitation(Thing):
    """Somebody is asked to come: `occasion` are the words of to what."""

    by: tuple[Actor, ...]
    to: tuple[Actor, ...]
    occasion: str
    place: Place | None
    status: InvitationStatus
    when: When


@dataclass(frozen=True, slots=True)
class Gift(Thing):
    """A present; `object` are the words of what it is."""

    giver: tuple[Actor, ...]
    receiver: tuple[Actor, ...]
    object: str
    when: When


@dataclass(frozen=True, slots=True)
class Award(Thing):
    """An order, medal, prize or title."""

    giver: tuple[Actor, ...]
    receiver: tuple[Actor, ...]
    object: str
    when: When


@dataclass(frozen=True, slots=True)
class Accreditation(Thing):
    """An envoy takes up or leaves a post. `sending` and `receiving` are country codes or names of organisations."""

    person: Actor
    act: AccreditationAct
    sending: str
    receiving: str
    when: When


@dataclass(frozen=True, slots=True)
class Institution(Thing):
    """A mechanism between states that the text names."""

    name: str
    kind: InstitutionKind
    members: tuple[Actor, ...]


@dataclass(frozen=True, slots=True)
class Things:
    """All that a document gave."""

    meetings: tuple[Meeting, ...] = ()
    visits: tuple[Visit, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    positions: tuple[Position, ...] = ()
    invitations: tuple[Invitation, ...] = ()
    gifts: tuple[Gift, ...] = ()
    awards: tuple[Award, ...] = ()
    accreditations: tuple[Accreditation, ...] = ()
    institutions: tuple[Institution, ...] = ()
    topics: tuple[Topic, ...] = ()
