"""What the views show: the merged things of the record and its events, each with its words and its documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date

HAPPENED = frozenset({"happened", "ongoing", "background", ""})
AHEAD = frozenset({"planned", "promised"})


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody's part in a thing; `role` is that of the table `merged_parties`."""

    role: str
    name: str
    country: str
    office: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What every row has.

    Attributes:
        date: the first day, None where no text tells; `published` is the date of the document that is quoted.
        quote: the sentence; `words` are those of it that say the thing.
        documents: ids of all documents that tell it, the quoted one first.
    """

    id: str
    date: Date | None = None
    date_end: Date | None = None
    date_precision: str = ""
    published: Date | None = None
    parties: tuple[Party, ...] = ()
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    quote: str = ""
    words: str = ""
    documents: tuple[str, ...] = ()

    @property
    def day(self) -> Date | None:
        """The day to sort by: its own, else that of the document."""
        return self.date or self.published

    def of(self, *roles: str) -> tuple[Party, ...]:
        """The parties with one of these roles; all but hosts where none is named."""
        return tuple(p for p in self.parties if (p.role in roles if roles else p.role != "host"))

    def countries(self, *roles: str) -> tuple[str, ...]:
        """The countries of the parties, without repetition."""
        return tuple(dict.fromkeys(party.country for party in self.of(*roles) if party.country))


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRow(Told):
    """A meeting, or a call."""

    form: str = "unknown"
    level: str = ""
    within: str = ""
    factuality: str = "happened"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRow(Told):
    """A visit; `host` is the code of the visited country."""

    form: str = ""
    host: str = ""
    factuality: str = "happened"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRow(Told):
    """A document between states, with the last stage that is known on the day of the view."""

    form: str = "agreement"
    title: str = ""
    stage: str = ""
    stage_date: Date | None = None
    factuality: str = "happened"


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseRow(Told):
    """A promise, with its status on the day of the view."""

    content: str = ""
    condition: str = ""
    due: Date | None = None
    due_words: str = ""
    strength: str = ""
    status: str = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionRow(Told):
    """Where somebody stands."""

    stance: str = ""
    object: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationRow(Told):
    """Somebody is asked to come."""

    occasion: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftRow(Told):
    """A present."""

    object: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardRow(Told):
    """An order, medal, prize or title."""

    object: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccreditationRow(Told):
    """An envoy takes up or leaves a post."""

    act: str = ""
    sending: str = ""
    receiving: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionRow(Told):
    """A mechanism between states."""

    name: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActRow(Told):
    """A coded event, or several documents' events of one type, day and pair of countries."""

    event_type: str = ""
    cameo: str = ""
    goldstein: float = 0.0
    quad_class: int = 0
    factuality: str = "happened"


KINDS: dict[str, type[Told]] = {
    "meeting": MeetingRow,
    "visit": VisitRow,
    "agreement": AgreementRow,
    "commitment": PromiseRow,
    "position": PositionRow,
    "invitation": InvitationRow,
    "gift": GiftRow,
    "award": AwardRow,
    "accreditation": AccreditationRow,
    "institution": InstitutionRow,
}


def latest_first(row: Told) -> tuple[int, str]:
    """Sorts rows by day, the last first and those without one at the end."""
    return (-row.day.toordinal() if row.day else 0, row.id)


def earliest_first(row: Told) -> tuple[int, str]:
    """Sorts rows by day, those without one at the end."""
    return (row.day.toordinal() if row.day else Date.max.toordinal(), row.id)
