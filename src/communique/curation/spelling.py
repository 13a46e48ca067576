"""Names from dictionaries in capitals, as a text writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from communique.actors.gazetteer import fold
from communique.actors.lexicon import Lexicon
from communique.actors.people import PARTICLES

_SMALL = frozenset("of the and for in on at to by with against an".split()) | PARTICLES
_DOTTED = re.compile(r"(?:[A-Z]\.)+[A-Z]?")
_NO_VOWEL = re.compile(r"[B-DF-HJ-NP-TV-XZ]{2,5}")
# Longer words are seldom initials; of shorter ones a text may write either ('NATO' and 'Nato').
_LONGEST_INITIALS = 5
_SHORTEST_NAME = 4


class Spelling:
    """How names in capitals are written, by our lexicon's own spelling where it has the name."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._known: dict[str, str] = {}
        for country in lexicon.countries:
            seats = (metonym.partition("=")[0] for metonym in country.metonyms)
            self._learn((country.name, *country.names, *country.demonyms, *country.capital, *seats))
        for organisation in lexicon.organisations:
            self._learn((organisation.name, *organisation.aliases))
        for holder in lexicon.holders:
            self._learn((holder.person, *holder.aliases))

    def _learn(self, names: Iterable[str]) -> None:
        for name in names:
            self._known.setdefault(fold(name).upper(), name)

    def name(self, written: str) -> str:
        """The likeliest spelling; a name that is not all in capitals is left as it is."""
        if not written.isupper():
            return written
        known = self._known.get(fold(written))
        if known is not None:
            return known
        words = written.split()
        if len(words) == 1 and len(written) < _SHORTEST_NAME:
            return written
        return " ".join(_word(word, first=not at) for at, word in enumerate(words))

    def forms(self, written: str) -> tuple[str, ...]:
        """The likeliest spelling, then, where our lexicon does not tell it, others that a text may have."""
        name = self.name(written)
        if fold(written) in self._known:
            return (name,)
        others = [written] if " " not in written and len(written) <= _LONGEST_INITIALS else []
        if written.isupper() and any(word in PARTICLES for word in name.split()):
            others.append(" ".join(word[:1].upper() + word[1:] for word in name.split()))
        return tuple(dict.fromkeys((name, *others)))


def _word(word: str, *, first: bool) -> str:
    if _DOTTED.fullmatch(word) or _NO_VOWEL.fullmatch(word):
        return word
    if word.lower() in _SMALL and not first:
        return word.lower()
    parts = word.split("-")
    return "-".join(
        part.lower() if at and (len(part) == 1 or part.lower() in _SMALL) else _capital(part)
        for at, part in enumerate(parts)
    )


def _capital(part: str) -> str:
    """'O'BRIEN' is O'Brien, but 'SHI'ITE' is Shi'ite."""
    before, apostrophe, after = part.lower().partition("'")
    after = after.capitalize() if len(before) == 1 and len(after) > 1 else after
    return before.capitalize() + apostrophe + after
