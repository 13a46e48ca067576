"""Puts Wikidata's terms beside ours: who goes on, who left, who is new, and where ours stay as they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from communique.actors.check import OVERLAP_DAYS, PROVISIONAL, SHARED
from communique.actors.lexicon import Holder, Lexicon, Office
from communique.actors.people import name_key, skeleton
from communique.actors.terms import compatible, possible_days, precision, same_term
from communique.curation.statements import Served

What = Literal["new holder", "ended", "dated", "identified", "new office", "new organisation", "kept"]


@dataclass(frozen=True, slots=True)
class Change:
    """What an entry of Wikidata did: `kept` where ours stays against it."""

    what: What
    entry: str
    explanation: str = ""


class Holders:
    """The holders of offices, ours and the user's, with Wikidata's terms put beside them.

    Args:
        lexicon: ours with the user's own.
        own: the user's own entries, which nothing changes.
        today: terms that begin later are not taken, and those that end later are open.
    """

    def __init__(self, lexicon: Lexicon, own: Iterable[Holder], today: date) -> None:
        self._own = frozenset(own)
        self._today = today.isoformat()
        self._terms: dict[str, list[Holder]] = defaultdict(list)
        self._named: dict[str, str] = {}
        self._ids: dict[str, str] = {}
        for holder in lexicon.holders:
            self._terms[holder.office].append(holder)
            self._named.setdefault(name_key(holder.person), holder.person)
            if holder.wikidata:
                self._named.setdefault(holder.wikidata, holder.person)
                self._ids[holder.person] = holder.wikidata
        self._rows: dict[tuple[str, str, str], Holder] = {}
        self.changes: list[Change] = []

    def add(self, office: Office, terms: Sequence[Served]) -> None:
        """Puts all of Wikidata's terms in an office beside ours: first those that go on, then the new ones."""
        told = [
            replace(term, end="" if term.end[:10] > self._today else term.end)
            for term in sorted(terms, key=lambda term: (term.start, term.end, term.person))
            if (term.start or term.end) and term.start <= self._today
        ]
        new = [term for term in told if not self._go_on(office, term)]
        for term in new:
            # A statement of its own may tell the same term with other dates.
            if self._go_on(office, term):
                continue
            doubt = "" if SHARED in office.notes else self._doubt(office, term, told)
            name = self._name(term)
            if doubt or not term.start:
                self.changes.append(Change("kept", f"{name}, {office.id}", doubt or "no start is given"))
                continue
            holder = Holder(name, office.id, (), term.start, term.end, precision(term.start, term.end), term.person)
            if name != term.name:
                holder = replace(holder, aliases=(term.name,))
            self._keep(holder, "new holder", f"from {term.start} to {term.end or 'today'}")

    @property
    def rows(self) -> list[Holder]:
        """The new terms, and ours that are told otherwise, office by office in order."""
        return [self._rows[key] for key in sorted(self._rows)]

    def _name(self, term: Served) -> str:
        """Our name of a person: by the id, or by the name unless it is that of a namesake with another id."""
        ours = self._named.get(term.person) or self._named.get(name_key(term.name), term.name)
        return ours if self._ids.get(ours, term.person) == term.person else term.name

    def _same_person(self, holder: Holder, term: Served, shared: bool) -> bool:
        if holder.wikidata or self._ids.get(holder.person):
            return (holder.wikidata or self._ids[holder.person]) == term.person
        names = [name_key(name) for name in (holder.person, *holder.aliases)]
        if name_key(term.name) in names:
            return True
        return not shared and any(_spelt_alike(name, name_key(term.name)) for name in names)

    def _go_on(self, office: Office, term: Served) -> bool:
        """Whether a term is one that we have; it is told with what Wikidata knows beyond ours."""
        same = [
            holder
            for holder in self._terms[office.id]
            if self._same_person(holder, term, SHARED in office.notes)
            and same_term(holder.start, holder.end, term.start, term.end)
        ]
        if not same:
            return False
        holder = next((one for one in same if not one.end), same[-1])
        if holder not in self._own:
            self._tell(holder, term, alone=len(same) == 1)
        return True

    def _tell(self, holder: Holder, term: Served, alone: bool) -> None:
        start = _finer(holder.start, term.start) if alone else holder.start
        end = _finer(holder.end, term.end) if holder.end else term.end
        if end and before(end, start):
            start, end = holder.start, holder.end
        for ours, theirs in ((holder.start, term.start), (holder.end, term.end)):
            if alone and ours and theirs and not compatible(ours, theirs):
                explanation = f"ours has {ours} where Wikidata has {theirs}"
                self.changes.append(Change("kept", f"{holder.person}, {holder.office}", explanation))
        told = replace(
            holder, start=start, end=end, precision=precision(start, end), wikidata=holder.wikidata or term.person
        )
        if told == holder:
            return
        what: What = "identified"
        explanation = told.wikidata
        if end and not holder.end:
            what, explanation = "ended", f"on {end}"
        elif (start, end) != (holder.start, holder.end):
            what, explanation = "dated", f"from {start} to {end or 'today'}"
        self._rows.pop(_order(holder), None)
        here = self._terms[holder.office]
        here[here.index(holder)] = told
        self._ids[holder.person] = told.wikidata
        self._named[told.wikidata] = holder.person
        self._keep(told, what, explanation, known=True)

    def _keep(self, holder: Holder, what: What, explanation: str, *, known: bool = False) -> None:
        if not known:
            self._terms[holder.office].append(holder)
        self._rows[_order(holder)] = holder
        self.changes.append(Change(what, f"{holder.person}, {holder.office}", explanation))

    def _doubt(self, office: Office, term: Served, told: Sequence[Served]) -> str:
        """Why a new term is not taken: it is left open though others followed, or another held the office then."""
        name = self._name(term)
        others = [holder for holder in self._terms[office.id] if holder.person != name]
        if not term.end:
            starts = [(one.name, one.start) for one in told if one.person != term.person]
            starts += [(holder.person, holder.start) for holder in others]
            for other, start in starts:
                if start and term.start and _days(term.start, start) > OVERLAP_DAYS:
                    return f"no end is given, and {other} followed in {start}"
        for holder in others:
            if holder.wikidata == term.person or any(word in holder.notes for word in PROVISIONAL):
                continue
            followed = not holder.end and _days(holder.start, term.start) > 0
            if not followed and _overlap(holder, term) > timedelta(days=OVERLAP_DAYS):
                return f"ours has {holder.person} from {holder.start} to {holder.end or 'today'}"
        return ""


def _spelt_alike(one: str, other: str) -> bool:
    """Whether two full names may be one in other letters: 'Yosefa Naulu' and 'Iosefa Naulu'."""
    names = one.split(), other.split()
    if not all(len(words) > 1 for words in names):
        return False
    if skeleton(names[0][-1]) != skeleton(names[1][-1]):
        return False
    first, second = names[0][0], names[1][0]
    if 1 in (len(first), len(second)):
        return first[0] == second[0]
    # The first letter may be a vowel or half-vowel that one spelling leaves out: 'Erlan' and 'Yerlan'.
    return skeleton(first)[1:] == skeleton(second)[1:]


def _finer(ours: str, theirs: str) -> str:
    """The more precise of two dates that can be the same day; ours where they differ."""
    return theirs if len(theirs) > len(ours) and ours and compatible(ours, theirs) else ours


def _span(iso: str, default: date) -> tuple[date, date]:
    return possible_days(iso) or (default, default)


def before(end: str, start: str) -> bool:
    """Whether an end lies before a start, whatever day each of them means."""
    return _span(end, date.max)[1] < _span(start, date.min)[0]


def _days(earlier: str, later: str) -> int:
    """The days that surely lie between two dates; less than one where they need not be in that order."""
    return (_span(later, date.min)[0] - _span(earlier, date.min)[1]).days


def _overlap(holder: Holder, term: Served) -> timedelta:
    first = max(_span(holder.start, date.min)[1], _span(term.start, date.min)[1])
    return min(_span(holder.end, date.max)[0], _span(term.end, date.max)[0]) - first


def _order(holder: Holder) -> tuple[str, str, str]:
    return holder.office, holder.start, holder.person
