"""Things of diplomacy and documents that tell of them, made by hand."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

from communique.coded import Coded
from communique.diplomacy.things import (
    Accreditation,
    Agreement,
    Award,
    Commitment,
    Gift,
    Institution,
    Invitation,
    Meeting,
    Position,
    Thing,
    Things,
    Topic,
    Visit,
    When,
)
from communique.model import Actor, Document, Event, Place, Source, content_id

PLACES = {
    "Helsinki": Place("Helsinki", 0, 8, "Helsinki", "FIN", 60.17, 24.94),
    "Honolulu": Place("Honolulu", 0, 8, "Honolulu", "USA", 21.31, -157.86),
    "New York": Place("New York", 0, 8, "New York", "USA", 40.71, -74.0),
    "Washington": Place("Washington", 0, 8, "Washington", "USA", 38.9, -77.04),
}
FIELDS = {
    Meeting: "meetings",
    Visit: "visits",
    Agreement: "agreements",
    Commitment: "commitments",
    Position: "positions",
    Invitation: "invitations",
    Gift: "gifts",
    Award: "awards",
    Accreditation: "accreditations",
    Institution: "institutions",
}


def who(text: str) -> Actor:
    """'FIN' is a country, 'FIN Timo Soini' a person, 'FIN minister' (lower case) an office."""
    country, _, name = text.partition(" ")
    if not name:
        return Actor(country, 0, 3, name=country, country=country, sector="GOV", kind="country", entity_id=country)
    if name[0].islower():
        return Actor(name, 0, 3, country=country, sector="GOV", office=name, kind="office")
    identity = name.lower().replace(" ", "-")
    return Actor(
        name, 0, 3, name=name, country=country, sector="GOV", office="Minister", kind="person", entity_id=identity
    )


def actors(*texts: str) -> tuple[Actor, ...]:
    return tuple(map(who, texts))


def on(text: str) -> When:
    """'2020-01-02' is a day, '2020-01' a month, '' unknown."""
    if not text:
        return When()
    if len(text) == 7:
        return When(date.fromisoformat(f"{text}-01"), date.fromisoformat(f"{text}-28"), "month")
    return When(date.fromisoformat(text), date.fromisoformat(text), "day")


def topics(*names: str) -> tuple[Topic, ...]:
    return tuple(Topic(name, name, 0, len(name)) for name in names)


def _common(words: str, start: int) -> dict[str, Any]:
    source = Source(0, start, start + len(words), words)
    return {"id": "", "document_id": "", "quote": source, "sources": (source,)}


def meeting(*parties: str, day: str = "2020-01-02", place: str = "", start: int = 0, **more: Any) -> Meeting:
    fields: dict[str, Any] = {
        "kind": "bilateral", "level": "minister", "host": None, "within": "", "topics": (), "factuality": "happened",
    }  # fmt: skip
    where = PLACES.get(place)
    base = _common("met", start)
    return Meeting(**base, participants=actors(*parties), place=where, when=on(day), **{**fields, **more})


def visit(visitor: str, host: str, day: str, factuality: Any = "happened", start: int = 0) -> Visit:
    return Visit(
        **_common("visited", start), kind="official", visitors=actors(visitor), host=host, arrival=None, departure=None,
        stops=(), topics=(), when=on(day), factuality=factuality,
    )  # fmt: skip


def agreement(*parties: str, title: str, stage: Any, day: str, start: int = 0, kind: Any = "agreement") -> Agreement:
    return Agreement(
        **_common(stage, start), kind=kind, stage=stage, parties=actors(*parties), title=title, areas=(), when=on(day),
        factuality="happened",
    )  # fmt: skip


def commitment(by: str, to: str, content: str, *, due: str = "", day: str = "2020-01-02", **more: Any) -> Commitment:
    fields: dict[str, Any] = {"act": "", "condition": "", "due_words": "", "strength": "promised", "topics": ()}
    return Commitment(
        **_common(content, 0), by=actors(by), to=actors(*([to] if to else [])), content=content,
        due=date.fromisoformat(due) if due else None, when=on(day), **{**fields, **more},
    )  # fmt: skip


def position(holder: str, stance: Any, object_: str, day: str = "2020-01-02") -> Position:
    return Position(
        **_common(stance, 0), holder=actors(holder), stance=stance, target=(), object=object_, topics=(), when=on(day)
    )


def others() -> tuple[Thing, ...]:
    """One of each kind that is not merged."""
    day = on("2020-01-02")
    return (
        Invitation(
            **_common("invited", 0), by=actors("FIN"), to=actors("CAN"), occasion="a visit", place=PLACES["Helsinki"],
            status="given", when=day,
        ),
        Gift(**_common("gave", 0), giver=actors("FIN"), receiver=actors("CAN"), object="a carpet", when=day),
        Award(**_common("awarded", 0), giver=actors("FIN"), receiver=actors("CAN"), object="an order", when=day),
        Accreditation(
            **_common("presented", 0), person=who("FIN Timo Soini"), act="presents-credentials", sending="FIN",
            receiving="CAN", when=day,
        ),
        Institution(**_common("Council", 0), name="Arctic Council", kind="council", members=actors("FIN", "CAN")),
    )  # fmt: skip


def document(
    document_id: str,
    day: str,
    *things: Thing,
    text: str = "They met.",
    country: str = "",
    events: tuple[Event, ...] = (),
) -> Coded:
    """A coded document that tells of things; each sentence ends with a full stop."""
    placed: dict[str, Any] = {}
    for number, thing in enumerate(things):
        kind = FIELDS[type(thing)]
        identity = content_id(document_id, kind, thing.quote.start, number)
        placed.setdefault(kind, []).append(dataclasses.replace(thing, id=identity, document_id=document_id))
    sentences, start = [], 0
    for part in text.split(". "):
        sentences.append((start, min(len(text), start + len(part) + 1)))
        start += len(part) + 2
    found = Things(**{kind: tuple(each) for kind, each in placed.items()}, topics=topics("trade"))
    made = date.fromisoformat(day)
    return Coded(
        Document.make(text, document_id=document_id, date=made, source=f"source of {document_id}"),
        *(
            made,
            "",
            Place("", 0, 0, "", country) if country else None,
            "",
            "",
            "en",
            tuple(sentences),
            events,
            (),
            found,
        ),
    )
