"""When a meeting was, where its own clause does not name a time."""

from __future__ import annotations

from dataclasses import replace

from communique.diplomacy.scene import Scene
from communique.diplomacy.tellings import Telling
from communique.diplomacy.things import When
from communique.events.arguments import children, clause_of
from communique.text.tree import Word

DAYS_OF_NEWS = 6
SHORT_CLAUSE = 14
PARTS_OF_DAY = frozenset({"morning", "afternoon", "evening", "noon", "midday", "today", "tonight"})


def since(scene: Scene, verb: Word, telling: Telling) -> Telling:
    """'Had not met since January': they met then."""
    since = any(child.lower_ == "since" for child in children(verb, "prep", "mark"))
    if telling.factuality != "denied" or not since or telling.when is None:
        return telling
    start = telling.when.date
    return replace(telling, factuality="background", when=When(start, start, telling.when.precision))


def only_time(scene: Scene, verb: Word) -> When | None:
    """The one time in the words below a verb, wherever the parser hung it: 'will sit for the first time on Monday'."""
    number = scene.number(verb)
    if verb.pos_ != "VERB" or number >= len(scene.parsed.times):
        return None
    below = {word.i for word in verb.subtree if word.i > verb.i}
    times = [t for t in scene.parsed.times[number] if (w := scene.word_at(t.start)) is not None and w.i in below]
    near = len(times) == 1 and times[0].precision == "day" and len(below) < SHORT_CLAUSE
    return When(times[0].date, times[0].date_end, times[0].precision) if near else None


def today(scene: Scene, head: Word) -> When | None:
    """'In the afternoon', 'this evening': the day of the document."""
    clause = clause_of(head)
    clauses = [clause, clause.head] if clause.dep_ in ("xcomp", "ccomp") else [clause]
    links = ("npadvmod", "prep", "advmod")
    below = [word for each in clauses for child in children(each, *links) for word in child.subtree]
    day = scene.parsed.date
    return When(day, day, "day") if day is not None and any(word.lower_ in PARTS_OF_DAY for word in below) else None


def before(scene: Scene, when: When) -> bool:
    """Whether it lies so long before the document that it is no news."""
    day = scene.parsed.date
    return when.date_end is not None and day is not None and (day - when.date_end).days > DAYS_OF_NEWS
