"""Titles beside names: 'French President', 'Minister of Foreign Affairs of Kazakhstan', ', the chief negotiator'."""

from __future__ import annotations

from dataclasses import dataclass, replace

from communique.actors.identities import Identity
from communique.actors.phrases import CALENDAR, POSSESSIVE, QUALIFIERS, Scene
from communique.actors.resolver import NOT_YET, Resolver
from communique.actors.roles import Match, Role
from communique.text.tree import Word

_SPAN = 10


@dataclass(frozen=True, slots=True)
class TitleReading:
    """A title as read from the words before or after a name."""

    start: int
    identity: Identity
    match: Match


class Titles:
    """Reads the titles of one document."""

    def __init__(self, scene: Scene, resolver: Resolver) -> None:
        self._scene = scene
        self._resolver = resolver

    def before(self, start: int) -> TitleReading | None:
        """The title that ends where the name begins: directly, before its country, or before a comma."""
        at = self._skip_honorifics(start)
        scene = self._scene
        match = scene.role_end.get(at)
        if (match is None or match.role.kind == "body") and at > 1:
            beyond = self._role_with_of(at)
            if beyond is not None:
                match = beyond
            elif scene.lower[at - 1] == "," and scene.doc[at - 1].sent == scene.doc[start].sent:
                match = self._role_before_comma(at - 1, start)
        if match is None:
            honour = scene.role_end.get(start)
            if honour is None or at == start:
                return None
            return TitleReading(at, Identity("", "person", confidence=0.3, why="honorific"), honour)
        return self.reading(match)

    def _skip_honorifics(self, at: int) -> int:
        while (match := self._scene.role_end.get(at)) is not None and match.role.honorific:
            at = match.start
        return at

    def _role_with_of(self, at: int) -> Match | None:
        """The role before 'of' and an owner: 'Minister of Foreign Affairs of Kazakhstan'."""
        scene, start = self._scene, at
        while start > 1:
            body, hit = scene.role_end.get(start), scene.hit_of.get(start - 1)
            if hit is not None:
                start = hit.start
            elif body is not None and body.role.kind == "body":
                start = body.start
            else:
                break
        before = start - 2 if scene.lower[start - 1] == "the" else start - 1
        return scene.role_end.get(before) if start < at and scene.lower[before] in ("of", "for") else None

    def _role_before_comma(self, comma: int, start: int) -> Match | None:
        """'Qatar's emir, Sheikh Hamad': an apposition, not a list."""
        name = self._scene.doc[start]
        for index in range(comma - 1, max(-1, comma - _SPAN), -1):
            match = self._scene.role_of.get(index)
            if match is not None and match.role.kind == "person":
                between = self._scene.lower[match.end : comma]
                plain = not between or between[0] in ("of", "for", "to", "in")
                linked = self._appositive(self._scene.doc[index], name)
                return match if plain and linked and "," not in between else None
        return None

    def _appositive(self, role: Word, name: Word) -> bool:
        top = name
        for _ in range(4):
            if top.dep_ == "appos":
                return top.head == role or top.head.i in range(role.i - 3, name.i)
            if top.head == role or top.head == top:
                break
            top = top.head
        if role.dep_ == "appos":
            return True
        return top.dep_ in ("compound", "nsubj", "npadvmod") and name.sent == role.sent and self._singular(role)

    def _singular(self, role: Word) -> bool:
        return role.tag_ not in ("NNS", "NNPS")

    def after(self, end: int) -> TitleReading | None:
        """'Saeb Erekat, chief Palestinian negotiator': the apposition after a name."""
        doc, lower = self._scene.doc, self._scene.lower
        if end + 1 >= len(doc) or lower[end] not in (",", "("):
            return None
        head = next((c for c in doc[end - 1].children if c.dep_ == "appos" and c.i > end), None)
        indices = [head.i] if head is not None else []
        for index in range(end + 1, min(len(doc), end + _SPAN)):
            if lower[index] in (",", ")", ";", ".") or doc[index].pos_ in ("VERB", "AUX"):
                break
            indices.append(index)
        for index in indices:
            match = self._scene.role_of.get(index)
            if match is not None and match.role.kind == "person" and not match.role.honorific:
                if doc[index].tag_ in ("NNS", "NNPS") or any(
                    t in (",", ";") for t in lower[end + 1 : max(end + 1, match.start)]
                ):
                    return None
                reading = self.reading(match)
                return replace(reading, start=end)
        return None

    def reading(self, match: Match) -> TitleReading:
        """A role phrase with the country or organisation and the qualifiers that stand around it."""
        start, owner, qualifiers, body = self._leftwards(match)
        if self._scene.doc[match.head].tag_ in ("NNS", "NNPS") and self._coordinated(match, start):
            owner = None
        if owner is None:
            owner = self._rightwards(match)
        identity = self._resolver.compose(match.role, owner, qualifiers, body, self._scene.day)
        return TitleReading(start, identity, match)

    def _leftwards(self, match: Match) -> tuple[int, Identity | None, frozenset[str], Role | None]:
        scene, doc = self._scene, self._scene.doc
        at, owner, body, start = match.start, None, None, match.start
        qualifiers: set[str] = set()
        within = next((scene.hit_of[i] for i in range(match.start, match.head) if i in scene.hit_of), None)
        if within is not None and within.entity.sort != "none" and not scene.is_compounded(within):
            owner = within.identity
        if "-" in scene.lower[match.end : match.end + 1] and match.end + 1 < len(doc):
            qualifiers |= {scene.lower[match.end + 1]} & NOT_YET
        while at > 0 and match.start - at < _SPAN and not doc[at].is_sent_start:
            previous = at - 1
            hit = scene.hit_of.get(previous)
            if hit is not None:
                if hit.entity.sort != "none" and not scene.is_compounded(hit) and owner is None:
                    owner, start = hit.identity, hit.start
                at = hit.start
                continue
            word, token = scene.lower[previous], doc[previous]
            if word in POSSESSIVE or word == "-":
                at = previous
                continue
            inner = scene.role_end.get(at)
            if inner is not None and inner.start < at and owner is None:
                body = body or inner.role
                at = start = inner.start
                continue
            plain = token.pos_ in ("ADJ", "NOUN", "PROPN") or token.dep_ == "amod"
            if not plain or word in CALENDAR or (owner and word not in QUALIFIERS):
                break
            qualifiers |= {word} & QUALIFIERS
            at = previous
            adjacent = start == at + 1 and token.dep_ in ("amod", "compound", "nmod")
            start = at if word in QUALIFIERS or adjacent else start
        return start, owner, frozenset(qualifiers), body

    def _coordinated(self, match: Match, start: int) -> bool:
        """'Czech and Slovak prime ministers Petr Fiala and Robert Fico': whose is whose, the names must tell."""
        first = max(0, start - 4)
        hits = {self._scene.hit_of[i].start for i in range(first, match.start) if i in self._scene.hit_of}
        return len(hits) > 1 and bool({"and", ","} & set(self._scene.lower[first : match.start]))

    def _rightwards(self, match: Match) -> Identity | None:
        lower = self._scene.lower
        at = match.end
        if at >= len(lower) or lower[at] not in ("of", "for", "in"):
            return None
        for index in range(at + 1, min(at + 6, len(lower))):
            hit = self._scene.hit_of.get(index)
            if hit is not None:
                return hit.identity if hit.entity.sort != "none" else None
            if lower[index] in (",", ".", "who", "and") or self._scene.doc[index].pos_ == "VERB":
                return None
        return None
