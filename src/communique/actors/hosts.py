"""Hosts and guests: 'the host country', 'the visiting leader', told from where the talks of the text are held."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from communique.actors.identities import Identity
from communique.actors.locations import Locations
from communique.actors.places import PREPOSITIONS_WITHIN
from communique.actors.resolver import Resolver
from communique.text.tree import Span, Word

Part = Literal["host", "guest", ""]

_HOST = frozenset({"host", "hosting", "hosts"})
_GUEST = frozenset({"visiting", "guest"})
_RECEIVING = frozenset({"host", "receive", "welcome", "greet"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def part(head: Word) -> Part:
    """Whether a noun phrase names a host ('the host nation') or a guest ('the visiting minister')."""
    words = {child.lower_ for child in head.children if child.dep_ in ("amod", "compound", "nmod")}
    if words & _HOST or head.lower_ in ("host", "hosts"):
        return "host"
    return "guest" if words & _GUEST or head.lower_ in ("guest", "visitor") else ""


class Hosts:
    """Who is at home and who is not in the talks that one document tells of.

    Args:
        locations: the places of the document.
        resolver: names countries.
        participants: who takes part in a sentence, before a token.
    """

    def __init__(
        self,
        locations: Locations,
        resolver: Resolver,
        participants: Callable[[Span, int], tuple[Identity, ...]],
    ) -> None:
        self._locations = locations
        self._resolver = resolver
        self._participants = participants

    def named(self, head: Word, before: Sequence[Span]) -> tuple[Identity, ...]:
        """Who a phrase such as 'the visiting leader' stands for; empty where it is no such phrase or is not clear.

        Args:
            head: the noun.
            before: the sentences in which the talks may have been told of, the nearest first.
        """
        wanted = part(head)
        home = self._home(head, before) if wanted else ""
        if not home:
            return ()
        for sentence in before:
            found = self._participants(sentence, head.i)
            fitting = [one for one in found if (one.country == home) == (wanted == "host")]
            if len(fitting) == 1 and fitting[0].kind != "country":
                return (replace(fitting[0], confidence=min(fitting[0].confidence, 0.65), why=f"{wanted} of the talks"),)
        return ()

    def country(self, head: Word, before: Sequence[Span]) -> tuple[Identity, ...]:
        """The country that 'the host country' stands for."""
        home = self._home(head, before) if part(head) == "host" else ""
        return (replace(self._resolver.country(home), confidence=0.65, why="host of the talks"),) if home else ()

    def _home(self, head: Word, before: Sequence[Span]) -> str:
        for sentence in before:
            for token in _until(sentence, head.i):
                if token.dep_ == "pobj" and token.head.lower_ in PREPOSITIONS_WITHIN and token.pos_ == "PROPN":
                    place = self._locations.place(token)
                    if place is not None and place.country:
                        return place.country
            receivers = [t for t in sentence if t.i < head.i and t.dep_ in _SUBJECTS and t.head.lemma_ in _RECEIVING]
            for token in receivers:
                here = [one for one in self._participants(sentence, token.i + 1) if one.country]
                if here:
                    return here[-1].country
        return self._locations.dateline_country


def _until(sentence: Span, index: int) -> Iterator[Word]:
    return (token for token in reversed(list(sentence)) if token.i < index)
