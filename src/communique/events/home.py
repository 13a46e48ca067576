"""Whose are those whom a text names without a nation: 'police held two reporters' are of one country, mostly."""

from __future__ import annotations

import re
from dataclasses import replace

from communique.model import NO_STATES, Actor, EventType

# Bodies that deal with the people of their own country.
AT_HOME = frozenset({"COP", "JUD", "LEG", "LAB", "PTY", "OPP"})
# Acts of a state upon those whom it rules, and of these upon it.
DOMESTIC: frozenset[EventType] = frozenset({"PROTEST", "COERCE", "CONCEDE"})
# Who may well be abroad, or come from there.
ANYWHERE = frozenset({"MIL", "REB", "UAF", "PRM", "SPY", "REF", "BUS", ""})
GUESS = 0.5
PROTESTING = "14"
# Easings, dissent and administrative force: acts within a state where no other one is named.
UPON_OWN = frozenset({"081", "082", "083", "14", "171", "172", "173", "175"})
# Before these stand people of the country that they are in.
MISSION = re.compile(r"\b(?:embass(?:y|ies)|consulates?|missions?|ambassadors?|envoys?)\b", re.IGNORECASE)


def at_home(side: tuple[Actor, ...], other: tuple[Actor, ...], event_type: EventType) -> tuple[Actor, ...]:
    """One side, those on it without a country taken for compatriots of the other side where that is likely.

    Args:
        side: actors or recipients.
        other: the opposite side.
        event_type: of the act between them.
    """
    countries = {actor.country for actor in other}
    country = next(iter(countries), "")
    if len(countries) != 1 or len(country) != 3 or country in NO_STATES:
        return side
    if any(MISSION.search(actor.text) for actor in other):
        return side
    sectors = {actor.sector for actor in (*side, *other)}
    if event_type not in DOMESTIC and sectors.isdisjoint(AT_HOME):
        return side
    return tuple(_compatriot(actor, country) for actor in side)


def own_country(actors: tuple[Actor, ...], recipients: tuple[Actor, ...], cameo: str) -> tuple[Actor, ...]:
    """The recipients of an act upon one's own country, with that country where the text names nobody else.

    Who imposes a curfew, scraps a tax or marches does it to the state or people that they belong to: the words of the
    actor stand for it.
    """
    if cameo[:3] not in UPON_OWN and cameo[:2] not in UPON_OWN:
        return recipients
    if any(actor.country for actor in recipients):
        return recipients
    of_a_state = [actor for actor in actors if len(actor.country) == 3 and actor.country not in NO_STATES]
    if not of_a_state or len({actor.country for actor in actors if actor.country}) != 1:
        return recipients
    mine = of_a_state[0]
    sector = "GOV" if cameo[:2] == PROTESTING else ""
    where = (mine.text, mine.start, mine.end)
    own = Actor(
        *where, country=mine.country, sector=sector, kind="country", confidence=0.4, why="the actor's own country"
    )
    return (own, *recipients)


def _compatriot(actor: Actor, country: str) -> Actor:
    if actor.country or actor.sector in ANYWHERE or actor.kind not in ("group", "office", "person"):
        return actor
    return replace(
        actor, country=country, confidence=min(actor.confidence, GUESS), why=f"{actor.why}; as the other side"
    )
