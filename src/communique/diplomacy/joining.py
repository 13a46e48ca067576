"""Which tellings of meetings tell of one: by who took part, when, where, how, and by what 'the meeting' takes up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from communique.diplomacy.levels import side
from communique.diplomacy.tellings import Telling, is_one, known
from communique.diplomacy.things import When
from communique.model import Actor, Factuality, Place, Source

REAL: frozenset[Factuality] = frozenset({"happened", "ongoing"})
AHEAD: frozenset[Factuality] = frozenset({"planned", "promised"})
APART = frozenset({"call", "video"})
# How far below a meeting 'the talks' still takes it up, in sentences.
NEAR = 12


@dataclass(slots=True)
class Joined:
    """A meeting while its tellings are gathered."""

    tellings: list[Telling]
    sentence: int
    participants: tuple[Actor, ...]
    topics_from: list[int] = field(default_factory=list)

    @property
    def first(self) -> Telling:
        """The telling that came first."""
        return self.tellings[0]

    @property
    def factuality(self) -> Factuality:
        """Whether it came about, as the first telling says."""
        return self.first.factuality

    @property
    def kind(self) -> str:
        """The kind that the first telling which has one tells."""
        return next((each.kind for each in self.tellings if each.kind and _tells_kind(each)), "")

    @property
    def when(self) -> When | None:
        """The days that a telling names."""
        return next((telling.when for telling in self.tellings if telling.when is not None), None)

    @property
    def place(self) -> Place | None:
        """The place that a telling names."""
        return next((telling.place for telling in self.tellings if telling.place is not None), None)

    @property
    def host(self) -> Actor | None:
        """The host that a telling names."""
        return next((telling.host for telling in self.tellings if telling.host is not None), None)

    @property
    def within(self) -> str:
        """The larger event that a telling names."""
        return next((telling.within for telling in self.tellings if telling.within), "")

    @property
    def sources(self) -> tuple[Source, ...]:
        """All places that tell of it, the first first."""
        return tuple(dict.fromkeys(telling.quote for telling in self.tellings))

    def add(self, telling: Telling) -> None:
        """Takes in another telling of it."""
        self.tellings.append(telling)
        self.participants = known((*self.participants, *telling.participants))


def _tells_kind(telling: Telling) -> bool:
    """'During the talks' takes up any meeting, 'during the call' only a call."""
    return telling.kind != "talks" or len(_sides(telling.participants)) > 1


def join(tellings: Iterable[Telling]) -> list[Joined]:
    """The meetings that some tellings, in text order, tell of."""
    found: list[Joined] = []
    for told in tellings:
        telling = _with_persons(found, told)
        meeting = _known(found, telling)
        if meeting is not None:
            meeting.add(telling)
        elif (new := _new(found, telling)) is not None:
            found.append(new)
    return found


def _with_persons(found: list[Joined], telling: Telling) -> Telling:
    """'The two ministers' that were resolved to their countries are those who met before."""
    sides = _sides(telling.participants)
    bare = len(sides) >= 2 and not any(sides.values()) and telling.by_reference
    for one in found if bare else ():
        if set(_sides(one.participants)) == set(sides):
            return replace(telling, participants=one.participants)
    return telling


def _known(found: list[Joined], telling: Telling) -> Joined | None:
    sides = _sides(telling.participants)
    if len(sides) >= 2:
        return next((one for one in reversed(found) if _is_same(one, telling)), None)
    if not telling.takes_up or telling.other:
        return None
    for one in reversed(found):
        near = telling.quote.sentence - one.tellings[-1].quote.sentence <= NEAR
        if near and _may_take_up(one, telling) and set(sides) <= set(_sides(one.participants)):
            return one
    return None


def _may_take_up(one: Joined, telling: Telling) -> bool:
    if not _kinds_agree(one, telling) or not _times_agree(one.when, telling.when) or not _places_agree(one, telling):
        return False
    if telling.joint != one.first.joint and telling.joint:
        return False
    return _as_real(one.factuality, telling.factuality)


def _is_same(one: Joined, telling: Telling) -> bool:
    if not _kinds_agree(one, telling) or not _times_agree(one.when, telling.when) or not _places_agree(one, telling):
        return False
    if not _as_real(one.factuality, telling.factuality) or telling.other:
        return False
    mine, theirs = _sides(one.participants), _sides(telling.participants)
    if telling.joint and one.first.joint and mine.keys() & theirs.keys():
        return True
    if not (set(mine) <= set(theirs) or set(theirs) <= set(mine)):
        return False
    return all(_persons_agree(mine[name], theirs[name]) for name in mine.keys() & theirs.keys())


def _as_real(one: Factuality, other: Factuality) -> bool:
    return one == other or {one, other} <= REAL or {one, other} <= AHEAD


def _sides(actors: Iterable[Actor]) -> dict[str, list[Actor]]:
    """The parties with those who act for each."""
    found: dict[str, list[Actor]] = {}
    for actor in actors:
        named = found.setdefault(side(actor), [])
        if actor.kind in ("person", "office"):
            named.append(actor)
    return found


def _persons_agree(mine: list[Actor], theirs: list[Actor]) -> bool:
    return not mine or not theirs or _all_among(mine, theirs) or _all_among(theirs, mine)


def _all_among(some: list[Actor], others: list[Actor]) -> bool:
    return all(any(is_one(one, other) for other in others) for one in some)


def _kinds_agree(one: Joined, telling: Telling) -> bool:
    kinds = {one.kind, telling.kind} - {""}
    return not (kinds & APART) or len(kinds) < 2 or kinds <= {"call", "talks"} or kinds <= {"video", "talks"}


def _times_agree(one: When | None, other: When | None) -> bool:
    if one is None or other is None or not (one.date and one.date_end and other.date and other.date_end):
        return True
    return one.date <= other.date_end and other.date <= one.date_end


def _places_agree(one: Joined, telling: Telling) -> bool:
    mine, theirs = one.place, telling.place
    if mine is None or theirs is None or mine.lat is None or theirs.lat is None:
        return True
    return (mine.name or mine.text) == (theirs.name or theirs.text)


def _new(found: list[Joined], telling: Telling) -> Joined | None:
    """A meeting that no earlier telling told of, where the telling says enough of it."""
    sides = _sides(telling.participants)
    if len(sides) >= 2 or (telling.joint and (sides or (telling.place and telling.when)) and _is_own(telling)):
        return Joined([telling], telling.quote.sentence, telling.participants)
    if telling.many and sides:
        return Joined([telling], telling.quote.sentence, telling.participants)
    # 'The next round will take place in May': between those whom the text is about.
    dated = telling.other and (telling.when is not None or telling.place is not None)
    apart = telling.takes_up and not telling.joint and telling.when is not None and telling.place is not None
    main = next((one for one in found if len(_sides(one.participants)) >= 2), None)
    if (dated or apart) and main is not None and set(sides) <= set(_sides(main.participants)):
        return Joined([telling], telling.quote.sentence, _parties(main))
    return None


def _parties(meeting: Joined) -> tuple[Actor, ...]:
    """Those between whom another round is: all but who had the chair of a meeting of many."""
    host = meeting.host
    if host is None or not meeting.first.joint or len(_sides(meeting.participants)) < len(("one", "other", "host")):
        return meeting.participants
    return tuple(actor for actor in meeting.participants if side(actor) != side(host))


def _is_own(telling: Telling) -> bool:
    """Whether a summit is told of, not merely a name in the words of something else."""
    told = telling.head.dep_ in ("nsubj", "nsubjpass", "dobj")
    dated = telling.when is not None or telling.place is not None
    return told or (dated and bool(telling.participants))
