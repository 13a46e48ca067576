"""How each row reads in a report: one line in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from communique.views import rows as r
from communique.views.report import Entry
from communique.views.scope import country_name

NOT_TOLD = ("", "unknown")
LENGTHS = {"day": 10, "week": 10, "month": 7, "quarter": 7, "year": 4}
MOST_NAMES = 8


def entry(row: r.Told, reason: str = "") -> Entry:
    """A row as a line."""
    text, marks = WORDINGS[type(row)](row)
    told = () if len(row.documents) < 2 else (f"told by {len(row.documents)} documents",)
    return Entry(day(row), text, (*(m for m in marks if m), *told), row.quote, row.words, row.documents, reason)


def entries(rows: Iterable[r.Told]) -> tuple[Entry, ...]:
    """Rows as lines."""
    return tuple(map(entry, rows))


def day(row: r.Told) -> str:
    """When, as exactly as the text tells; of what has no day of its own, that of the document."""
    if row.date is None:
        return f"reported {row.published}" if row.published else "no date"
    first = row.date.isoformat()[: LENGTHS.get(row.date_precision, 10)]
    if row.date_precision in ("day", "") and row.date_end and row.date_end != row.date:
        return f"{first} to {row.date_end}"
    return f"week of {first}" if row.date_precision == "week" else first


def names(parties: Iterable[r.Party]) -> str:
    """Parties with their countries, where the name is not the country's own."""
    found = list(dict.fromkeys(_name(party) for party in parties))
    more = len(found) - MOST_NAMES
    return ", ".join(found[:MOST_NAMES]) + (f" and {more} others" if more > 0 else "")


def _name(party: r.Party) -> str:
    if not party.country or len(party.country) != 3 or party.name in (party.country, country_name(party.country)):
        return country_name(party.name) if party.name == party.country else party.name
    return f"{party.name} ({party.country})"


def _about(row: r.Told) -> str:
    return f"on {', '.join(row.topics)}" if row.topics else ""


def _factuality(row: Any) -> str:
    return "" if row.factuality == "happened" else row.factuality


def _meeting(row: r.MeetingRow) -> tuple[str, tuple[str, ...]]:
    form = {"call": "telephone call", "video": "video talks", "sidelines": "meeting on the sidelines"}.get(
        row.form, "meeting" if row.form in NOT_TOLD else row.form if row.form == "talks" else f"{row.form} meeting"
    )
    where = f"in {', '.join(row.places)}" if row.places else ""
    within = f"within: {row.within}" if row.within else ""
    level = f"level: {row.level}" if row.level else ""
    who = names(row.of("participant")) or "participants not named"
    return f"{who}: {form}", (where, level, within, _about(row), _factuality(row))


def _visit(row: r.VisitRow) -> tuple[str, tuple[str, ...]]:
    form = f"{row.form} visit" if row.form else "visit"
    where = f"stops: {', '.join(row.places)}" if row.places else ""
    who = names(row.of("visitor")) or "somebody not named"
    return f"{who}: {form} to {country_name(row.host) or 'a country not named'}", (where, _about(row), _factuality(row))


def _agreement(row: r.AgreementRow) -> tuple[str, tuple[str, ...]]:
    stage = f"{row.stage} {row.stage_date}" if row.stage_date and row.stage_date != row.date else row.stage
    kind = row.form.replace("-", " ")
    title = row.title if kind in row.title.casefold() else f"{kind}: {row.title}" if row.title else kind
    return f"{title} between {names(row.of('party')) or 'parties not named'}", (stage, _about(row), _factuality(row))


def _promise(row: r.PromiseRow) -> tuple[str, tuple[str, ...]]:
    to = f" to {names(row.of('to'))}" if row.of("to") else ""
    due = f"due {row.due}" if row.due else f"due: {row.due_words}" if row.due_words else ""
    condition = f"condition: {row.condition}" if row.condition else ""
    text = f"{names(row.of('by')) or 'somebody not named'}{to}: {row.content}"
    return text, (row.status, row.strength, due, condition, _about(row))


def _position(row: r.PositionRow) -> tuple[str, tuple[str, ...]]:
    whom = names(row.of("target"))
    on = ": ".join(part for part in (whom, row.object) if part)
    return f"{names(row.of('holder')) or 'somebody not named'} {row.stance} {on}".rstrip(), (_about(row),)


def _invitation(row: r.InvitationRow) -> tuple[str, tuple[str, ...]]:
    text = f"{names(row.of('by')) or 'somebody not named'} invited {names(row.of('to')) or 'somebody not named'}"
    return f"{text}: {row.occasion}" if row.occasion else text, (row.status,)


def _present(verb: str) -> Callable[[Any], tuple[str, tuple[str, ...]]]:
    def wording(row: Any) -> tuple[str, tuple[str, ...]]:
        giver, receiver = names(row.of("giver")) or "somebody not named", names(row.of("receiver"))
        return f"{giver} {verb} {receiver or 'somebody not named'}: {row.object}", ()

    return wording


def _accreditation(row: r.AccreditationRow) -> tuple[str, tuple[str, ...]]:
    posts = [country_name(code) for code in (row.sending, row.receiving) if code]
    return f"{names(row.of('person'))}: {row.act.replace('-', ' ')}", (" to ".join(posts),)


def _institution(row: r.InstitutionRow) -> tuple[str, tuple[str, ...]]:
    members = names(row.of("member"))
    return row.name, (row.form.replace("-", " "), f"members named: {members}" if members else "")


def _act(row: r.ActRow) -> tuple[str, tuple[str, ...]]:
    one, two = names(row.of("actor")), names(row.of("recipient"))
    marks = (f"CAMEO {row.cameo}" if row.cameo else "", f"Goldstein {row.goldstein:+g}", _factuality(row))
    return f"{one}: {row.event_type.lower()} ({row.words}), towards {two}", marks


WORDINGS: dict[type[r.Told], Callable[[Any], tuple[str, tuple[str, ...]]]] = {
    r.MeetingRow: _meeting,
    r.VisitRow: _visit,
    r.AgreementRow: _agreement,
    r.PromiseRow: _promise,
    r.PositionRow: _position,
    r.InvitationRow: _invitation,
    r.GiftRow: _present("gave"),
    r.AwardRow: _present("decorated"),
    r.AccreditationRow: _accreditation,
    r.InstitutionRow: _institution,
    r.ActRow: _act,
}
