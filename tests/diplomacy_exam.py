"""Scores the things of diplomacy against whole dispatches: `python tests/diplomacy_exam.py [--half held] [--show]`.

A golden fact is found where a thing of its kind has the same parties, the same keys (the day of a meeting, the stage of
an agreement, the stance of a position ...), has not come about where it should have or the reverse, and one of its
sources overlaps the golden quote. Facts that were denied or hang on a condition may be found as such, or be absent.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date as Date
from functools import cache
from pathlib import Path
from typing import Any

import pycountry
import yaml

from communique.actors.lexicon import Organisation
from communique.actors.people import name_key, skeleton
from communique.datafiles import packaged, read_csv_entries
from communique.diplomacy.things import Thing, Things
from communique.model import Actor

FOLDER = Path(__file__).parent / "diplomacy" / "dispatches"
Read = Callable[[str, Date | None], Things]
Row = dict[str, Any]

COUNTRIES = frozenset(country.alpha_3 for country in pycountry.countries) | {"XKX"}
SUPRANATIONAL = frozenset({"IGO", "NGO", "ISM", "IMG", "MNC"})
# Whether it came about: a thing that is planned is not the one that happened.
CLASSES = {
    **dict.fromkeys(("happened", "ongoing", "background"), "real"),
    **dict.fromkeys(("planned", "promised", "called-for"), "ahead"),
    "denied": "not",
    "conditional": "uncertain",
}
STRENGTH = {"pledged": 0, "promised": 0, "agreed": 0, "intends": 1, "considers": 2}
TITLES = frozenset({"sir", "lord", "dame", "mr", "mrs", "ms", "dr", "jr", "msgr"})


@dataclass(frozen=True)
class Party:
    """Somebody: a country's code or an organisation's name in one form, and a person's name, '' where not given."""

    who: str
    person: str = ""
    supranational: bool = False

    @property
    def names(self) -> frozenset[str]:
        """The words of the person's name."""
        return names_of(self.person)


@dataclass
class Score:
    """Counts of one kind of thing; `fields` counts of other fields, for matched things, how many are right."""

    golden: int = 0
    found: int = 0
    right: int = 0
    fields: dict[str, list[int]] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)
    falsities: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of the golden facts that was found; 1 where there are none."""
        return self.right / self.golden if self.golden else 1.0

    def count(self, name: str, right: bool) -> None:
        """Counts another field of a matched thing."""
        tally = self.fields.setdefault(name, [0, 0])
        tally[0] += right
        tally[1] += 1

    def __iadd__(self, other: Score) -> Score:
        self.golden, self.found, self.right = (
            self.golden + other.golden,
            self.found + other.found,
            self.right + other.right,
        )
        for name, (right, of) in other.fields.items():
            tally = self.fields.setdefault(name, [0, 0])
            tally[0] += right
            tally[1] += of
        self.misses += other.misses
        self.falsities += other.falsities
        return self


# Names


def plain(name: str) -> str:
    """A name in small letters without accents, points and hyphens."""
    return re.sub(r"^the ", "", name_key(name))


@cache
def organisations() -> dict[str, str]:
    """The canonical name of each organisation and group by all its names."""
    found: dict[str, str] = {}
    for table in ("organisations.csv", "groups.csv"):
        for entry in read_csv_entries(packaged("communique.actors.data", table), Organisation):
            for name in (entry.name, *entry.aliases):
                found.setdefault(plain(name), plain(entry.name))
    return found


@cache
def _canonical() -> frozenset[str]:
    return frozenset(organisations().values())


def organisation(name: str) -> str:
    """The canonical name of an organisation, itself where the lexicon has none; its organs are the organisation."""
    known = organisations().get(plain(name), plain(name))
    return "united nations" if known.startswith("un ") else known


def names_of(name: str) -> frozenset[str]:
    """All words of a person's name in a form that spellings share."""
    return frozenset(skeleton(word) for word in plain(name).split() if word not in TITLES)


def is_person(golden: str, found: frozenset[str]) -> bool:
    """Whether a name has the golden surname, its last word, or is one word of the golden name ('Wang')."""
    words = plain(golden).split()
    return skeleton(words[-1]) in found or (len(found) == 1 and found <= names_of(golden))


@cache
def party(text: str) -> Party:
    """A golden party: 'EST Sven Mikser', 'UN', 'African Union', 'EU Federica Mogherini'."""
    words = text.split()
    if not words:
        return Party("")
    if words[0] in COUNTRIES:
        return Party(words[0], " ".join(words[1:]))
    for end in range(len(words), 0, -1):
        head = plain(" ".join(words[:end]))
        if head in organisations():
            return Party(organisation(head), " ".join(words[end:]), True)
    if words[0].isupper():
        return Party(organisation(words[0]), " ".join(words[1:]), True)
    return Party(organisation(text), "", True)


@dataclass(frozen=True)
class Found:
    """An actor that the product found, as it is compared."""

    who: str
    names: frozenset[str]
    supranational: bool

    @property
    def is_known(self) -> bool:
        """Whether there is a country, a person or an organisation of the lexicon to compare."""
        return not self.supranational or bool(self.names) or self.who in _canonical()

    @classmethod
    def of(cls, actor: Actor) -> Found:
        """A country by its code, an organisation by its name, a person with its names."""
        if actor.kind == "person":
            above = actor.country in SUPRANATIONAL
            return cls("" if above else actor.country, names_of(actor.name or actor.text), above)
        supranational = actor.country in SUPRANATIONAL or actor.country == ""
        return cls(
            organisation(actor.name or actor.text) if supranational else actor.country, frozenset(), supranational
        )


def is_of(golden: Party, found: Found) -> bool:
    """Whether an actor found is of a golden party's country or organisation; of some officials neither is known."""
    if golden.supranational and found.supranational and not found.who:
        return True
    return golden.who == found.who or (golden.supranational and _is_group_of(golden.who, found))


def is_same(golden: Party, found: Found) -> bool:
    """Whether an actor found is a golden party, its person included where both name one."""
    if golden.supranational and found.supranational and not found.who:
        return not golden.person or is_person(golden.person, found.names)
    if golden.person and found.names and not is_person(golden.person, found.names):
        return False
    return is_of(golden, found)


def _is_group_of(name: str, found: Found) -> bool:
    """FARC is COL REB in the lexicon: the code of its country stands for it where its name is not compared."""
    return not found.supranational and found.who == _countries().get(name, "?")


@cache
def _countries() -> dict[str, str]:
    tables = [packaged("communique.actors.data", name) for name in ("organisations.csv", "groups.csv")]
    entries = [entry for path in tables for entry in read_csv_entries(path, Organisation)]
    return {plain(entry.name): entry.country for entry in entries if entry.country not in SUPRANATIONAL}


def same_parties(golden: Iterable[str], actors: Iterable[Actor]) -> bool:
    """Whether both name the same countries and organisations, and of each the persons that golden names (one at least).

    Who has neither a country nor a known name ('rebels') is not compared. No golden party at all: any will do.
    """
    wanted = [party(text) for text in golden]
    found = [Found.of(actor) for actor in actors]
    if not wanted:
        return True
    for who in {each.who for each in wanted}:
        persons = [each for each in wanted if each.who == who and each.person]
        candidates = persons or [each for each in wanted if each.who == who]
        hits = [one for each in candidates for one in found if is_same(each, one)]
        if not hits or (persons and not any(one.names for one in hits)):
            return False
    return all(any(is_of(each, one) for each in wanted) for one in found if one.is_known)


def agree(golden: Iterable[str], actors: Sequence[Actor]) -> bool:
    """As `same_parties` for those whom it concerns: who are left out on either side do not speak against it."""
    wanted = [party(text) for text in golden]
    if not wanted or not actors:
        return True
    return any(is_of(each, Found.of(actor)) for each in wanted for actor in actors)


# Golden files


@dataclass(frozen=True)
class Dispatch:
    """A golden dispatch."""

    name: str
    text: str
    date: Date | None
    rows: dict[str, list[Row]]
    topics: frozenset[str]


def load(path: Path) -> Dispatch:
    """A golden file; YAML 1.1 takes the key 'on' for a truth."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    rows = {kind: [_row(row) for row in content.get(kind) or []] for kind in KINDS}
    date = content.get("date")
    date = Date.fromisoformat(date) if isinstance(date, str) else date
    return Dispatch(path.stem, content["text"], date, rows, frozenset(content.get("topics") or ()))


def _row(row: dict[Any, Any]) -> Row:
    return {("on" if key is True else key): value for key, value in row.items()}


def is_development(name: str) -> bool:
    """Whether a file belongs to the half that may be looked at: an even hash of its name."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2 == 0


def dispatches(half: str, folder: Path = FOLDER) -> Iterator[Dispatch]:
    """The golden dispatches of one half, or of both."""
    for path in sorted(folder.glob("*.yaml")):
        if half == "all" or is_development(path.stem) == (half == "dev"):
            yield load(path)


# Keys of each kind


def listed(value: object) -> list[str]:
    """A party or a list of them."""
    return [] if not value else [str(one) for one in value] if isinstance(value, list) else [str(value)]


def same_date(golden: object, thing: Any) -> bool:
    """Whether a thing's date is the golden one, as far as the coarser of them tells."""
    if not golden:
        return True
    when = thing.when
    if when.date is None:
        return False
    wanted, found = str(golden), when.date.isoformat()
    length = min(len(wanted), {"day": 10, "month": 7, "year": 4, "quarter": 4, "week": 7}.get(when.precision, 10))
    if wanted[:length] == found[:length]:
        return True
    return when.date_end is not None and len(wanted) == 10 and found <= wanted <= when.date_end.isoformat()


def same_class(row: Row, thing: Any) -> bool:
    """Whether both came about, both lie ahead, or both did not; what hangs on a condition did not come about."""
    wanted, found = row.get("factuality"), getattr(thing, "factuality", None)
    if not wanted or not found:
        return True
    classes = {CLASSES[wanted], CLASSES[found]}
    return len(classes) == 1 or ("uncertain" in classes and "real" not in classes)


def words_of(text: str) -> frozenset[str]:
    """The words of a name that tell, in small letters."""
    return frozenset(re.findall(r"\w+", plain(text))) - {"the", "of", "and", "on", "a", "in", "for"}


def _is_meeting(row: Row, thing: Any) -> bool:
    return same_parties(listed(row["who"]), thing.participants) and same_date(row.get("date"), thing)


def _is_visit(row: Row, thing: Any) -> bool:
    return same_parties(listed(row["who"]), thing.visitors) and (not row.get("to") or row["to"] == thing.host)


def _is_agreement(row: Row, thing: Any) -> bool:
    return row["stage"] == thing.stage and same_parties(listed(row["parties"]), thing.parties)


def _is_commitment(row: Row, thing: Any) -> bool:
    close = abs(STRENGTH[row["strength"]] - STRENGTH[thing.strength]) <= 1
    return close and same_parties(listed(row["by"]), thing.by) and agree(listed(row.get("to")), thing.to)


def _is_position(row: Row, thing: Any) -> bool:
    holders = same_parties(listed(row["who"]), thing.holder)
    return row["stance"] == thing.stance and holders and agree(listed(row.get("target")), thing.target)


def _is_invitation(row: Row, thing: Any) -> bool:
    sides = same_parties(listed(row["by"]), thing.by) and same_parties(listed(row["to"]), thing.to)
    return row["status"] == thing.status and sides


def _is_present(row: Row, thing: Any) -> bool:
    return same_parties(listed(row["giver"]), thing.giver) and same_parties(listed(row["receiver"]), thing.receiver)


def _is_accreditation(row: Row, thing: Any) -> bool:
    named = not row["person"] or is_person(row["person"], names_of(thing.person.name or thing.person.text))
    places = [(row[side], getattr(thing, side)) for side in ("sending", "receiving")]
    return row["act"] == thing.act and named and all(not a or party(a).who in (b, organisation(b)) for a, b in places)


def _is_institution(row: Row, thing: Any) -> bool:
    golden, found = words_of(row["name"]), words_of(thing.name)
    return bool(golden & found) and (golden <= found or found <= golden)


KINDS: dict[str, Callable[[Row, Any], bool]] = {
    "meetings": _is_meeting,
    "visits": _is_visit,
    "agreements": _is_agreement,
    "commitments": _is_commitment,
    "positions": _is_position,
    "invitations": _is_invitation,
    "gifts": _is_present,
    "awards": _is_present,
    "accreditations": _is_accreditation,
    "institutions": _is_institution,
}


# Matching


def spans(text: str, quote: str) -> list[tuple[int, int]]:
    """Every place of a quote in the text."""
    return [(match.start(), match.end()) for match in re.finditer(re.escape(quote), text)]


def overlaps(text: str, row: Row, thing: Thing) -> bool:
    """Whether one of a thing's sources shares words with the golden quote."""
    places = spans(text, row["quote"])
    return any(start < s.end and s.start < end for start, end in places for s in (thing.quote, *thing.sources))


def pair(rows: Sequence[Row], things: Sequence[Thing], is_pair: Callable[[Row, Thing], bool]) -> dict[int, int]:
    """The largest pairing of rows and things, by their numbers: each is used once."""
    fits = {i: [j for j, thing in enumerate(things) if is_pair(row, thing)] for i, row in enumerate(rows)}
    owner: dict[int, int] = {}

    def place(i: int, tried: set[int]) -> bool:
        for j in fits[i]:
            if j not in tried:
                tried.add(j)
                if j not in owner or place(owner[j], tried):
                    owner[j] = i
                    return True
        return False

    # Rows that must be found take their thing first.
    for i in sorted(fits, key=lambda i: is_optional(rows[i])):
        place(i, set())
    return {i: j for j, i in owner.items()}


def is_optional(row: Row) -> bool:
    """What was denied or hangs on a condition may be absent; so may what another list tells, too."""
    return row.get("factuality") in ("denied", "conditional") or bool(row.get("optional"))


def examine(golden: Dispatch, things: Things) -> dict[str, Score]:
    """The scores of one dispatch by kind, `topics` among them."""
    scores = {kind: _examine_kind(golden, kind, things) for kind in KINDS}
    scores["topics"] = _examine_topics(golden, {topic.topic for topic in things.topics})
    return scores


def _examine_kind(golden: Dispatch, kind: str, things: Things) -> Score:
    rows, found, same = golden.rows[kind], list(getattr(things, kind)), KINDS[kind]
    if kind == "commitments":
        # What both sides agreed is an agreement and, in some of the golden files, a commitment besides.
        understood = [row for row in golden.rows["agreements"] if row["stage"] == "agreed"]
        quotes = [row["quote"] for row in understood]
        rows = [row | {"optional": row["strength"] == "agreed" and _is_told(golden, row, quotes)} for row in rows]

    def is_pair(row: Row, thing: Thing) -> bool:
        return overlaps(golden.text, row, thing) and same_class(row, thing) and same(row, thing)

    paired = pair(rows, found, is_pair)
    score = Score()
    for i, row in enumerate(rows):
        if is_optional(row):
            continue
        score.golden += 1
        if i in paired:
            score.right += 1
            _count_fields(score, kind, row, found[paired[i]])
        else:
            score.misses.append(f"{golden.name} {kind}: {brief(row)}")
    excused = {j for i, j in paired.items() if is_optional(rows[i])}
    if kind == "commitments":
        excused |= {
            j
            for j, thing in enumerate(found)
            if j not in paired.values() and thing.strength == "agreed"
            if any(overlaps(golden.text, row, thing) for row in understood)
        }
    score.found = len(found) - len(excused)
    for j, thing in enumerate(found):
        if j not in paired.values() and j not in excused:
            score.falsities.append(f"{golden.name} {kind}: {outline(thing)} | {why_not(golden, rows, thing, same)}")
    return score


def _is_told(golden: Dispatch, row: Row, quotes: Iterable[str]) -> bool:
    own = spans(golden.text, row["quote"])
    others = [place for quote in quotes for place in spans(golden.text, quote)]
    return any(a < d and c < b for a, b in own for c, d in others)


def _count_fields(score: Score, kind: str, row: Row, thing: Any) -> None:
    """How many of the other fields are right, where golden tells them."""
    for name in ("kind", "factuality", "level", "status"):
        if row.get(name) and hasattr(thing, name) and not (kind == "invitations" and name == "status"):
            score.count(name, row[name] == getattr(thing, name))
    if row.get("place") and hasattr(thing, "place"):
        score.count("place", thing.place is not None and bool(words_of(row["place"]) & _forms(thing.place)))
    if row.get("date") and kind != "meetings" and hasattr(thing, "when"):
        score.count("date", same_date(row["date"], thing))
    for name in ("due", "arrival", "departure"):
        if row.get(name) and hasattr(thing, name):
            score.count(name, getattr(thing, name) is not None and str(row[name]) == getattr(thing, name).isoformat())
    for name in ("condition", "content", "object", "occasion"):
        if row.get(name) and hasattr(thing, name):
            score.count(name, _shares(row[name], getattr(thing, name)))
    if row.get("on"):
        score.count("on", _shares(row["on"], thing.object))
    for name in ("target", "to"):
        if row.get(name) and kind in ("positions", "commitments") and hasattr(thing, name):
            score.count(name, bool(getattr(thing, name)))
    if row.get("areas"):
        score.count("areas", set(row["areas"]) <= {topic.topic for topic in thing.areas})


def _forms(place: Any) -> frozenset[str]:
    return words_of(place.name) | words_of(place.text)


def _shares(golden: str, found: str) -> bool:
    """Whether half of the golden words are among those found."""
    wanted = words_of(golden)
    return 2 * len(wanted & words_of(found)) >= len(wanted)


def _examine_topics(golden: Dispatch, found: set[str]) -> Score:
    right = found & golden.topics
    score = Score(len(golden.topics), len(found), len(right))
    score.misses += [f"{golden.name} topics: {name}" for name in sorted(golden.topics - found)]
    score.falsities += [f"{golden.name} topics: {name}" for name in sorted(found - golden.topics)]
    return score


# Report


def brief(row: Row) -> str:
    """A golden row in one line."""
    told = {
        key: value for key, value in row.items() if key not in ("quote", "optional") and value not in ("", None, [])
    }
    return ", ".join(f"{key}={value}" for key, value in told.items()) + f' "{row["quote"]}"'


def outline(thing: Any) -> str:
    """A thing found in one line."""
    parts = []
    for name in type(thing).__dataclass_fields__:
        value = getattr(thing, name)
        if name in ("id", "document_id", "quote", "sources", "topics", "areas", "stops") or value in ("", None, ()):
            continue
        if name == "when":
            value = value.date and f"{value.date} {value.precision}"
        elif isinstance(value, tuple):
            value = [f"{each.country} {each.name or each.text}" for each in value]
        elif hasattr(value, "name"):
            value = value.name or value.text
        parts.append(f"{name}={value}")
    quotes = " / ".join(source.trigger for source in dict.fromkeys((thing.quote, *thing.sources)))
    return ", ".join(parts) + f' "{quotes}"'


def why_not(golden: Dispatch, rows: Sequence[Row], thing: Thing, same: Callable[[Row, Any], bool]) -> str:
    """What speaks against the golden rows of the same words."""
    near = [row for row in rows if overlaps(golden.text, row, thing)]
    if not near:
        return "no such fact"
    if any(same(row, thing) and not same_class(row, thing) for row in near):
        return "came about, or not"
    if any(same(row, thing) for row in near):
        return "told twice"
    return f"but {brief(near[0])}"


def report(scores: dict[str, Score], show: bool = False) -> str:
    """The figures by kind, and of all things together."""
    total = Score()
    lines = [f"{'kind':15}{'golden':>7}{'found':>7}{'right':>7}{'facts right':>13}{'facts found':>13}  fields"]
    for kind, score in scores.items():
        if kind != "topics":
            total += Score(score.golden, score.found, score.right)
        lines.append(_line(kind, score))
    lines.append(_line("all but topics", total))
    if show:
        for score in scores.values():
            lines += ["", *(f"MISSED {line}" for line in score.misses), *(f"FALSE  {line}" for line in score.falsities)]
    return "\n".join(lines)


def _line(kind: str, score: Score) -> str:
    fields = ", ".join(f"{name} {right}/{of}" for name, (right, of) in sorted(score.fields.items()))
    counts = f"{kind:15}{score.golden:7}{score.found:7}{score.right:7}"
    return f"{counts}{score.precision:13.3f}{score.recall:13.3f}  {fields}".rstrip()


def examination(golden: Iterable[Dispatch], read: Read) -> dict[str, Score]:
    """The scores over dispatches by kind."""
    scores = {kind: Score() for kind in (*KINDS, "topics")}
    for dispatch in golden:
        for kind, score in examine(dispatch, read(dispatch.text, dispatch.date)).items():
            scores[kind] += score
    return scores


def reader() -> Read:
    """What the product reads of a text: by `communique.Reader` where it gives things, else by the stages."""
    from communique.model import Document
    from communique.reader import Reader, Result
    from communique.settings import Settings

    if hasattr(Result, "things"):
        whole = Reader()
        return lambda text, date: whole.read(text, date=date).things  # type: ignore[attr-defined]
    from communique.actors.stage import ActorStage
    from communique.diplomacy.stage import DiplomacyStage
    from communique.events.stage import EventStage
    from communique.text.stage import TextStage

    settings = Settings()
    parse, annotate, code = TextStage(settings), ActorStage(settings), EventStage(settings)
    tell = DiplomacyStage(settings)

    def read(text: str, date: Date | None) -> Things:
        parsed = parse.parse(Document.make(text, date=date))
        mentions = annotate.annotate(parsed)
        things: Things = tell.read(parsed, mentions, code.code(parsed, mentions))
        return things

    return read


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--half", choices=("dev", "held", "all"), default="dev")
    options.add_argument("--show", action="store_true", help="list misses and falsities with their quotes")
    options.add_argument("--kind", action="append", choices=(*KINDS, "topics"), help="show only these kinds")
    given = options.parse_args(arguments)
    if given.show and given.half != "dev":
        options.error("--show is for the development half: the other one is not to be looked at")
    scores = examination(dispatches(given.half), reader())
    kinds = given.kind or list(scores)
    sys.stdout.write(report({kind: scores[kind] for kind in kinds}, given.show) + "\n")


if __name__ == "__main__":
    main()
