"""What became of promises: later acts, documents, promises and sentences that tell of one kept, broken or replaced."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from functools import lru_cache
from typing import Any, Literal

from communique.record.merging.papers import are_same_promise
from communique.record.merging.tellings import NO_COUNTRIES, Telling
from communique.record.merging.words import TOKEN, fold, numbers, overlap, stem, stems
from communique.record.store import Record

Status = Literal["open", "done", "broken", "overdue", "superseded"]
FINAL = frozenset({"done", "superseded"})
ALIKE = 0.6
# The longest name of a country, in words.
NAME_WORDS = 4
# Less has to agree where the code of the act does.
ALIKE_BY_CODE = 0.5
# What a promise of one code is kept by.
DEEDS = {
    "0331": "071",
    "0332": "072",
    "0333": "073",
    "0334": "075",
    "033": "07",
    "0311": "061",
    "0312": "062",
    "036": "04",
}
DONE_EVENTS = frozenset({"COOPERATE", "AID", "SUPPORT", "CONCEDE", "RETREAT", "CONSULT"})
STAGES = {
    "signed": "sign",
    "ratified": "ratify",
    "adopted": "adopt",
    "in-force": "conclude",
    "implemented": "implement",
}
BROKEN = re.compile(
    r"\b(?:(?:will|would|shall) (?:not|no longer|never)|won['’]t|refus\w+ to|reject\w*|cancel\w*|scrapp\w+|abandon\w*"
    r"|renege\w*|called off|ruled out|went back on|broke (?:its|his|her|their) (?:promise|word|pledge))\b",
    re.IGNORECASE,
)
# Words by which a sentence does not tell that it was done.
UNDONE = re.compile(
    r"\b(?:not|never|no|nor|without|yet|still|fail\w*|will|would|shall|should|must|may|might|could|can|if|unless"
    r"|whether|plan(?:s|ned|ning)?|intend\w*|promis\w+|pledg\w+|vow\w*|agree[ds]?|expect\w*|going to|propos\w+"
    r"|want(?:s|ed|ing)?|ask\w*|urg(?:e[sd]?|ing)|call\w* (?:on|for)|seek\w*|consider(?:s|ed|ing)?|hop(?:e[sd]?|ing)"
    r"|discuss\w*|talk\w*|ready|prepar\w+|offer\w*|due|about to|start\w*|beg[iau]n\w*)\b|n['’]t\b",
    re.IGNORECASE,
)
# Words by which a sentence tells that something was done, whatever its own verb.
KEPT = re.compile(
    r"\b(?:receiv\w+|receipt|deliver\w+|complet\w+|fulfil\w*|kept|arriv\w+|paid|handed over|in full|honou?red)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a promise, when, and the words that say so. `by` is the thing or event that tells it."""

    status: Status
    date: Date | None
    document_id: str
    sentence: int | None
    start: int
    end: int
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class _Sentence:
    document_id: str
    number: int
    start: int
    end: int
    date: Date
    text: str
    stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Act:
    event_id: str
    country: str
    event_type: str
    cameo: str
    factuality: str
    date: Date
    where: _Sentence


def follow_up(
    record: Record, groups: Mapping[str, Mapping[str, Sequence[Telling]]], names: Mapping[str, frozenset[str]]
) -> list[tuple[Any, ...]]:
    """The rows of all changes of all promises, each with the promise as told first."""
    promises = groups["commitment"]
    if not promises:
        return []
    later = _Later(record, groups, names)
    rows: list[tuple[Any, ...]] = []
    for identity, members in promises.items():
        found = [_beginning(members), *later.changes(identity, members)]
        for position, each in enumerate(_history(found)):
            where = (each.date, each.document_id, each.sentence, each.start, each.end)
            rows.append((identity, position, each.status, *where, each.by, each.why))
    return rows


def status_at(changes: Sequence[tuple[str, Date | None]], due: Date | None, day: Date) -> Status | None:
    """The status on a day of a promise with these changes in order; None where it was not made yet."""
    status: Any = None
    for name, when in changes:
        if when is None or when <= day:
            status = name
    return "overdue" if status == "open" and due is not None and due < day else status


def _beginning(members: Sequence[Telling]) -> Change:
    first = members[0]
    day = min((d for d in (first.first, first.published) if d), default=None)
    end = first.start + len(first.words)
    return Change("open", day, first.document_id, None, first.start, end, first.id, "the promise")


def _history(changes: Sequence[Change]) -> Iterator[Change]:
    """The changes in order of time, up to one that ends it; what changes nothing is left out."""
    first, *rest = changes
    yield first
    status: str = first.status
    for each in sorted(rest, key=lambda c: (c.date or Date.max, c.document_id, c.start, c.status)):
        if status in FINAL or each.status == status:
            continue
        yield each
        status = each.status


class _Later:
    """What the record tells after a promise."""

    def __init__(
        self,
        record: Record,
        groups: Mapping[str, Mapping[str, Sequence[Telling]]],
        names: Mapping[str, frozenset[str]],
    ) -> None:
        self._promises_of: dict[str, list[tuple[str, Telling]]] = defaultdict(list)
        self._agreements_of: dict[str, list[Telling]] = defaultdict(list)
        # Sentences that name a country, or tell of an act of it, by a word of its promises.
        self._sentences: dict[tuple[str, str], list[_Sentence]] = defaultdict(list)
        self._acts: dict[tuple[str, int], list[_Act]] = defaultdict(list)
        wanted: dict[str, set[str]] = defaultdict(set)
        for identity, members in groups["commitment"].items():
            for side in members[0].side("by"):
                self._promises_of[side].append((identity, members[0]))
                wanted[side] |= members[0].substance
        for group in groups["agreement"].values():
            for each in group:
                for side in each.sides & wanted.keys():
                    self._agreements_of[side].append(each)
        sentences = {(each.document_id, each.number): each for each in _sentences(record)}
        for act in _acts(record, sentences):
            self._acts[act.where.document_id, act.where.number].append(act)
        by_name = _by_name(record, names, wanted.keys())
        for key, sentence in sentences.items():
            about = {act.country for act in self._acts.get(key, ())} | _countries(sentence.text, by_name)
            for country in about & wanted.keys():
                for word in sentence.stems & wanted[country]:
                    self._sentences[country, word].append(sentence)

    def changes(self, identity: str, members: Sequence[Telling]) -> Iterator[Change]:
        """All that changes a promise, in no order."""
        first = members[0]
        yield from self._superseded(identity, first)
        parties = first.side("by")
        agreements = {each.id: each for side in parties for each in self._agreements_of[side]}
        for each in agreements.values():
            change = _by_agreement(first, each)
            if change:
                yield change
        own = {member.document_id for member in members}
        begun = first.published or first.first
        for sentence in self._candidates(first, parties):
            if sentence.document_id in own or (begun and sentence.date < begun):
                continue
            change = self._by_sentence(first, sentence)
            if change:
                yield change

    def _superseded(self, identity: str, first: Telling) -> Iterator[Change]:
        """A later promise of the same with another day replaces it."""
        for side in sorted(first.side("by")):
            for other_id, other in self._promises_of[side]:
                later = first.published and other.published and other.published > first.published
                due = other.values["due"]
                if (
                    other_id != identity
                    and later
                    and due
                    and due != first.values["due"]
                    and are_same_promise(first, other)
                ):
                    end = other.start + len(other.words)
                    where = (other.published, other.document_id, None, other.start, end)
                    yield Change("superseded", *where, other.id, f"promised anew for {due}")

    def _candidates(self, first: Telling, parties: frozenset[str]) -> list[_Sentence]:
        """Sentences that tell of a party of the promise, and share enough of its words."""
        shared: dict[tuple[str, int], set[str]] = defaultdict(set)
        found: dict[tuple[str, int], _Sentence] = {}
        for word in first.substance:
            for party in parties:
                for each in self._sentences.get((party, word), ()):
                    shared[each.document_id, each.number].add(word)
                    found[each.document_id, each.number] = each
        least = max(2, ALIKE_BY_CODE * len(first.substance))
        return [found[key] for key in sorted(found) if len(shared[key]) >= least]

    def _by_sentence(self, first: Telling, sentence: _Sentence) -> Change | None:
        words = first.substance
        parties = first.side("by")
        if numbers(words) - sentence.stems:
            return None
        acts = [act for act in self._acts.get((sentence.document_id, sentence.number), ()) if act.country in parties]
        likeness = len(words & sentence.stems) / len(words)
        told = _tells(first, sentence)
        if told == "broken" and likeness >= ALIKE:
            refused = next((act for act in acts if act.event_type == "REJECT"), acts[0] if acts else None)
            return _change("broken", sentence, refused, "said that it will not be done")
        kept = next((act for act in acts if _is_deed(first, act)), None)
        if kept and told != "open":
            return _change("done", sentence, kept, f"{kept.event_type} {kept.cameo} by the same party")
        if told == "done" and likeness >= ALIKE:
            return _change("done", sentence, acts[0] if acts else None, "told as done")
        return None


def _tells(first: Telling, sentence: _Sentence) -> Status | None:
    """What the words of a sentence that has the promise's words tell of it; 'open' that it is not done."""
    told, is_kept = _reading(sentence.text)
    if told:
        return told
    verb = next(iter(TOKEN.findall(fold(first.values["content"]))), "")
    return "done" if is_kept or stem(verb) in sentence.stems else None


@lru_cache(maxsize=50_000)
def _reading(text: str) -> tuple[Status | None, bool]:
    """What a sentence says of whatever it is about: that it will not be done, or is not; whether that it is."""
    if BROKEN.search(text):
        return "broken", False
    return ("open", False) if UNDONE.search(text) else (None, bool(KEPT.search(text)))


def _is_deed(first: Telling, act: _Act) -> bool:
    code = first.values["act"] or ""
    deed = next((DEEDS[code[:n]] for n in (4, 3) if code[:n] in DEEDS), None)
    happened = act.factuality in ("happened", "ongoing") and act.event_type in DONE_EVENTS
    return happened and deed is not None and act.cameo.startswith(deed)


def _by_agreement(first: Telling, agreement: Telling) -> Change | None:
    """A document that was promised and has come, or one that was ended against a promise."""
    stage = agreement.values["stage"]
    later = first.published and agreement.published and agreement.published > first.published
    if not later or not first.side("by") & agreement.sides or agreement.factuality not in ("happened", "ongoing"):
        return None
    words = first.substance
    verb = stem(STAGES.get(stage, ""))
    promised = stems(first.values["content"]) | {stem(each) for each in TOKEN.findall(fold(first.values["content"]))}
    if not verb or verb not in promised or overlap(words - {verb}, agreement.matter) < ALIKE:
        return None
    day = agreement.first or agreement.published
    end = agreement.start + len(agreement.words)
    return Change("done", day, agreement.document_id, None, agreement.start, end, agreement.id, f"{stage}")


def _change(status: Status, sentence: _Sentence, act: _Act | None, why: str) -> Change:
    day = max(act.date, sentence.date) if act else sentence.date
    where = (sentence.document_id, sentence.number, sentence.start, sentence.end)
    return Change(status, day, *where, act.event_id if act else "", why)


def _sentences(record: Record) -> Iterator[_Sentence]:
    sql = """
        SELECT s.document_id, s.sentence, s."start", s."end", d.date,
               substr(d.text, s."start" + 1, s."end" - s."start")
        FROM sentences s JOIN documents d USING (document_id) WHERE d.date IS NOT NULL ORDER BY 1, 2"""
    for document, number, start, end, day, text in record.query(sql)[1]:
        yield _Sentence(document, number, start, end, day, text, stems(text))


def _acts(record: Record, sentences: Mapping[tuple[str, int], _Sentence]) -> Iterator[_Act]:
    sql = """
        SELECT e.event_id, e.document_id, e.sentence, a.country, e.event_type, e.cameo, e.factuality, e.date
        FROM events_coded e JOIN event_actors a
        ON a.event_id = e.event_id AND a.document_id = e.document_id AND a.role = 'actor'
        WHERE a.country <> '' ORDER BY e.document_id, e."start", e.event_id, a.position"""
    for event, document, number, country, event_type, cameo, factuality, day in record.query(sql)[1]:
        where = sentences.get((document, number))
        if where is not None:
            yield _Act(event, country, event_type, cameo or "", factuality, day or where.date, where)


def _by_name(
    record: Record, given: Mapping[str, frozenset[str]], countries: Collection[str]
) -> dict[tuple[str, ...], str]:
    """The countries that have promised something, by what texts call them: as given, and as in the record."""
    sql = """
        SELECT DISTINCT country, unnest([text, name]) FROM
        (SELECT country, text, name, kind FROM event_actors
         UNION ALL SELECT country, text, name, kind FROM thing_parties)
        WHERE kind = 'country' ORDER BY ALL"""
    rows = [*record.query(sql)[1], *((country, name) for country in sorted(given) for name in sorted(given[country]))]
    found: dict[tuple[str, ...], str] = {}
    for country, name in rows:
        words = tuple(TOKEN.findall(fold(name or "").removeprefix("the ")))
        if country in countries and country not in NO_COUNTRIES and len("".join(words)) > 3:
            found[words] = country
    return found


def _countries(text: str, by_name: Mapping[tuple[str, ...], str]) -> set[str]:
    """The countries that a sentence names."""
    words = TOKEN.findall(fold(text))
    spans = (tuple(words[at : at + size]) for size in range(1, NAME_WORDS + 1) for at in range(len(words) - size + 1))
    return {by_name[span] for span in spans if span in by_name}
