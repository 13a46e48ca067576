"""Puts Wikidata's organisations beside ours: those that ours lack, and the dates and ids that ours have not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from communique.actors.gazetteer import Gazetteer, fold
from communique.actors.lexicon import Lexicon, Organisation
from communique.actors.people import name_key
from communique.curation.refresh import Change, before
from communique.curation.statements import Body


class Organisations:
    """The organisations of a lexicon, with Wikidata's put beside them.

    Args:
        lexicon: ours with the user's own.
        own: the user's own entries, which nothing changes.
        today: an end that is later is left out.
    """

    def __init__(self, lexicon: Lexicon, own: Iterable[Organisation], today: date) -> None:
        self._own = frozenset(own)
        self._today = today.isoformat()
        self._gazetteer = Gazetteer(lexicon)
        self._taken = {organisation.id for organisation in lexicon.organisations}
        self._by_id = {entry.wikidata: entry for entry in lexicon.organisations if entry.wikidata}
        self._by_name: dict[str, dict[str, Organisation]] = defaultdict(dict)
        for organisation in lexicon.organisations:
            for name in (organisation.name, *organisation.aliases):
                self._by_name[fold(name)][organisation.id] = organisation
        self._rows: dict[str, Organisation] = {}
        self.changes: list[Change] = []

    @property
    def rows(self) -> list[Organisation]:
        """The new organisations, and ours with what Wikidata knows beyond them, by id."""
        return [self._rows[key] for key in sorted(self._rows)]

    def known(self, wikidata: str, name: str) -> Organisation | None:
        """Ours of that id, or of that name where it is the name of one and no other id is known."""
        if wikidata in self._by_id:
            return self._by_id[wikidata]
        named = list(self._by_name.get(fold(name), {}).values())
        return named[0] if len(named) == 1 and named[0].wikidata in ("", wikidata) else None

    def add(self, body: Body) -> None:
        """Puts an organisation of Wikidata beside ours."""
        same = self.known(body.wikidata, body.name)
        if same is None:
            self._make(body)
        elif same not in self._own:
            self._tell(same, body)

    def _end(self, body: Body) -> str:
        return body.end if body.end <= self._today else ""

    def _tell(self, same: Organisation, body: Body) -> None:
        told = replace(same, start=same.start or body.start, end=same.end or self._end(body), wikidata=body.wikidata)
        if told.end and before(told.end, told.start):
            told = replace(same, wikidata=body.wikidata)
        if told != same:
            dated = (told.start, told.end) != (same.start, same.end)
            self._rows[told.id] = told
            self.changes.append(Change("dated" if dated else "identified", told.id, body.wikidata))

    def _make(self, body: Body) -> None:
        identity = "-".join(name_key(body.name).split())
        if identity in self._taken or not _is_name(body.name) or self._gazetteer.lookup(body.name):
            explanation = f"{body.wikidata}: its name is no name by itself, or that of another"
            self.changes.append(Change("kept", body.name, explanation))
            return
        self._taken.add(identity)
        free = [name for name in body.short if name != body.name and not self._gazetteer.lookup(name)]
        self._rows[identity] = Organisation(
            id=identity,
            name=body.name,
            kind="IGO",
            country="IGO",
            aliases=tuple(filter(_is_name, free)),
            start=body.start,
            end=self._end(body),
            wikidata=body.wikidata,
        )
        self.changes.append(Change("new organisation", identity, body.name))


def _is_name(name: str) -> bool:
    """Whether words are a name wherever they stand: at least two capitals, and no sign that parts names in files."""
    return sum(letter.isupper() for letter in name) > 1 and len(name) > 2 and "|" not in name
