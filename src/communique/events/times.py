"""Which of the times that a sentence names is that of an act."""

from __future__ import annotations

from communique.events.arguments import ancestors, clause_of
from communique.model import TimeReference
from communique.text.parsed import ParsedDocument
from communique.text.tree import Word

LIMITS = frozenset({"to", "until", "till", "through", "by", "before"})


def time_of(parsed: ParsedDocument, number: int, verb: Word, predicate: Word) -> TimeReference | None:
    """The time that the act's own clause names, or else the nearest clause above it.

    Args:
        parsed: the document.
        number: of the sentence.
        verb: the word whose clause the act stands in.
        predicate: the word that tells the act; the verb itself, or a noun below it.
    """
    times = parsed.times[number] if number < len(parsed.times) else ()
    if not times:
        return None
    sentence = predicate.sent
    clause = clause_of(verb)
    chain = [clause.i, *(t.i for t in ancestors(clause) if t.pos_ in ("VERB", "AUX"))]
    found: list[tuple[int, int, TimeReference]] = []
    for time in times:
        words = [t for t in sentence if time.start <= parsed.offsets[t.idx] < time.end]
        above = _dated(words, predicate.i)
        # What lasts to a day, or is due by it, does not happen on it.
        limit = bool(words) and words[0].i > sentence.start and words[0].nbor(-1).lower_ in LIMITS
        if above in chain and not limit:
            found.append((chain.index(above), abs(words[0].i - predicate.i), time))
    return min(found, key=lambda item: item[:2])[2] if found else None


def _dated(words: list[Word], predicate: int) -> int:
    """The verb whose clause a time dates; -1 where it only dates a noun ('the election of August 2020')."""
    if not words:
        return -1
    inside = {word.i for word in words}
    word = words[0]
    while word.head.i != word.i and (word.i in inside or word.pos_ not in ("VERB", "AUX")):
        if word.i not in inside and word.pos_ in ("NOUN", "PROPN") and word.i != predicate:
            return -1
        word = word.head
    return word.i
