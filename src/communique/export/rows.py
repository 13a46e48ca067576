"""Events as flat rows, for tables and CSV."""

from __future__ import annotations

from typing import Any

from communique.model import Actor, Event

SIDE = ("text", "name", "country", "sector", "office")
COLUMNS: tuple[str, ...] = (
    *"event_id document_id sentence start end trigger event_type mode contexts cameo goldstein quad_class".split(),
    *(f"actor_{name}" for name in SIDE),
    *(f"recipient_{name}" for name in SIDE),
    *"date date_end date_precision place place_country lat lon magnitudes".split(),
    *"factuality attributed_to rule confidence".split(),
)


def flat(event: Event) -> dict[str, Any]:
    """An event as one row: several actors of a side stand in a cell, separated by '; '."""
    place = event.place
    row: dict[str, Any] = {name: getattr(event, name) for name in COLUMNS if hasattr(event, name)}
    row["contexts"] = "; ".join(event.contexts)
    for prefix, side in (("actor", event.actors), ("recipient", event.recipients)):
        row |= {f"{prefix}_{name}": _joined(side, name) for name in SIDE}
    row["place"] = (place.name or place.text) if place else ""
    row |= {"place_country": place.country if place else "", "lat": place.lat if place else None}
    row |= {"lon": place.lon if place else None}
    row["magnitudes"] = "; ".join(f"{each.text} {each.kind}".strip() for each in event.magnitudes)
    row["attributed_to"] = event.attributed_to.text if event.attributed_to else ""
    for name in ("date", "date_end"):
        row[name] = row[name].isoformat() if row[name] else ""
    return {name: row[name] for name in COLUMNS}


def side(actors: tuple[Actor, ...]) -> str:
    """One side of an event in short: countries, or the words where there is none."""
    return "; ".join(actor.country or actor.text for actor in actors)


def _joined(side: tuple[Actor, ...], name: str) -> str:
    return "; ".join(str(getattr(actor, name)) for actor in side)
