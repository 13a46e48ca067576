"""What the actors stage gives: who each noun phrase of a parsed document denotes."""

from __future__ import annotations

from typing import Protocol

from communique.model import Actor, Place
from communique.text.tree import Word


class Mentions(Protocol):
    """Answers for the noun phrases of one document; a phrase is named by its head token."""

    def actors(self, head: Word) -> tuple[Actor, ...]:
        """Who the noun phrase headed by `head` denotes: empty when it is no actor ('the budget').

        Several where the phrase's modifiers are coordinated ('Hungarian and Romanian officials') or where it is plural
        and resolved ('the two sides'). Conjuncts of `head` itself are not included: each has a head of its own.
        """

    def place(self, head: Word) -> Place | None:
        """The place that the phrase headed by `head` names, also where the same words could name an actor."""
