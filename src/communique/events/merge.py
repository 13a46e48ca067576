"""One act, told once or several times: the lead and what elaborates it become one event with several sources."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from communique.model import NO_STATES, Actor, Event

REAL = frozenset({"happened", "ongoing", "background"})
# How far back in a text another telling of an act is looked for, in acts of the same type: keeps long texts linear.
WINDOW = 40
# How far below its telling 'the attack' still takes an act up by its noun alone, in sentences.
NEAR = 4


@dataclass(frozen=True, slots=True)
class Draft:
    """An event before it is known whether another sentence tells of it as well.

    Attributes:
        features: what its confidence rests on.
        dated: whether its date is the one that its own clause names.
        taken_up: whether it stands as a noun that takes up something known ('the attack', 'their meeting').
        dependent: whether its clause only elaborates another one ('..., killing two', 'to discuss').
    """

    event: Event
    features: tuple[str, ...]
    dated: bool
    taken_up: bool
    dependent: bool


def merged(drafts: Iterable[Draft]) -> tuple[Event, ...]:
    """The events of a document, those that tell of one act put together; in the order of their first telling.

    Args:
        drafts: in text order, those of one sentence with the surest first.
    """
    kept: list[Draft] = []
    recent: defaultdict[str, deque[int]] = defaultdict(lambda: deque(maxlen=WINDOW))
    for draft in drafts:
        places = recent[draft.event.event_type]
        known = next((place for place in reversed(places) if _tell_of_one(kept[place], draft)), None)
        if known is None:
            places.append(len(kept))
            kept.append(draft)
        else:
            kept[known] = _together(kept[known], draft)
    unique = {draft.event.event_id: draft.event for draft in reversed(kept)}
    return tuple(unique[identity] for identity in dict.fromkeys(draft.event.event_id for draft in kept))


def _tell_of_one(first: Draft, second: Draft) -> bool:
    one, other = first.event, second.event
    if not _as_real(one, other) or (first.dated and second.dated and not _overlap(one, other)):
        return False
    if one.sentence == other.sentence:
        return _includes(one, other, second) or _includes(other, one, first)
    if not _codes_agree(one, other) or not _places_agree(one, other):
        return False
    sides = [(one.actors, other.actors), (one.recipients, other.recipients)]
    if all(mine and theirs for mine, theirs in sides):
        straight = all(_share(mine, theirs) for mine, theirs in sides)
        crossed = _share(one.actors, other.recipients) and _share(one.recipients, other.actors)
        return straight or (one.event_type in ("CONSULT", "AGREE", "COOPERATE") and crossed)
    near = other.sentence - one.sentence <= NEAR
    return second.taken_up and near and all(_share(mine, theirs) for mine, theirs in sides if mine and theirs)


def _as_real(one: Event, other: Event) -> bool:
    return one.factuality == other.factuality or {one.factuality, other.factuality} <= REAL


def _includes(whole: Event, part: Event, draft: Draft) -> bool:
    """Whether an event of the same sentence adds nobody to another: 'telephoned X to discuss', 'arrived on a visit'."""
    actors, recipients = map(_parties, (whole.actors, whole.recipients))
    if not (_parties(part.actors) <= actors and _parties(part.recipients) <= recipients):
        return False
    lacks_side = not part.actors or not part.recipients
    return lacks_side or draft.dependent or _codes_agree(whole, part)


def _parties(side: Sequence[Actor]) -> frozenset[str]:
    return frozenset(actor.country or actor.text.casefold() for actor in side if actor.confidence > 0.3)


def _overlap(one: Event, other: Event) -> bool:
    if one.date is None or one.date_end is None or other.date is None or other.date_end is None:
        return True
    return one.date <= other.date_end and other.date <= one.date_end


def _codes_agree(one: Event, other: Event) -> bool:
    """Equal, or one says less of the same: 190 (fight) and 193 (with small arms); a visit is no talk."""
    if one.event_type == "CONSULT" and one.mode != other.mode:
        return False
    first, second = one.cameo, other.cameo
    if first.startswith(second) or second.startswith(first):
        return True
    return first[:2] == second[:2] and (first[2:] == "0" or second[2:] == "0")


def _places_agree(one: Event, other: Event) -> bool:
    if one.place is None or other.place is None:
        return True
    names = {place.name or place.text for place in (one.place, other.place)}
    whole_country = one.place.lat is None or other.place.lat is None
    return len(names) == 1 or (whole_country and one.place.country == other.place.country)


def _share(side: Sequence[Actor], other: Sequence[Actor]) -> bool:
    """Whether one party is on both sides."""
    return any(_is_same_party(one, two) for one in side for two in other)


def _is_same_party(one: Actor, other: Actor) -> bool:
    if one.entity_id and one.entity_id == other.entity_id:
        return True
    if one.text.casefold() == other.text.casefold():
        return True
    if not one.country or one.country != other.country or one.country in NO_STATES:
        return False
    if one.sector and other.sector and one.sector != other.sector:
        return False
    distinct = one.name and other.name and one.name != other.name
    return not (distinct and one.kind == other.kind)


def _together(first: Draft, second: Draft) -> Draft:
    """One draft of two: the first telling's words, and from the second what the first leaves open."""
    one, other = first.event, second.event
    event = replace(
        one,
        sources=tuple(dict.fromkeys((*one.sources, *other.sources))),
        actors=one.actors or other.actors,
        recipients=one.recipients or other.recipients,
        place=one.place or other.place,
        magnitudes=tuple(sorted({*one.magnitudes, *other.magnitudes}, key=lambda each: (each.start, each.end))),
        contexts=tuple(dict.fromkeys((*one.contexts, *other.contexts))),
        attributed_to=one.attributed_to or other.attributed_to,
    )
    if second.dated and not first.dated:
        event = replace(event, date=other.date, date_end=other.date_end, date_precision=other.date_precision)
    return replace(first, event=event, dated=first.dated or second.dated)
