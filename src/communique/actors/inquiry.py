"""Who a mention is, asked from outside, in the sentence that it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from communique.actors.identities import Identity
from communique.actors.locations import is_where
from communique.actors.places import cities
from communique.actors.pronouns import PRONOUNS
from communique.actors.shapes import conjuncts_within
from communique.actors.stage import NOMINAL, ActorStage, DocumentMentions
from communique.errors import SourceError
from communique.model import Document
from communique.settings import Settings
from communique.text.parsed import ParsedDocument
from communique.text.stage import TextStage
from communique.text.tree import Span, Word

NOBODY = Identity(confidence=0.0, why="not known")


class Inquiry:
    """Answers who mentions are in their sentences; the language model is loaded for the first.

    Args:
        settings: the lexicon folders of the user, and the language model.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        settings = replace(settings or Settings(), force_language=True)
        self._actors = ActorStage(settings)
        self.resolver = self._actors.resolver
        self._text = TextStage(settings)
        self._last: tuple[tuple[str, date | None], ParsedDocument, DocumentMentions] | None = None

    def ask(self, text: str, day: date | None, context: str, start: int | None = None) -> tuple[Identity, ...]:
        """Who some words denote; several where they name several, never none (`NOBODY` where it cannot be told).

        Args:
            text: the words of the mention.
            day: the date at which it is asked.
            context: sentences that the mention stands in, or that are about the same.
            start: where in the context the mention begins, in characters, where its words occur there more than once.
        """
        parsed, mentions = self._read(context, day)
        span = _span(parsed, text.strip(), start)
        if span is None:
            return self._actors.resolver.everyone(text, day, context)
        return self._in_context(span, mentions) or (NOBODY,)

    def _read(self, context: str, day: date | None) -> tuple[ParsedDocument, DocumentMentions]:
        """The context read; the last one is kept, as several mentions of one sentence are asked in turn."""
        if self._last is None or self._last[0] != (context, day):
            parsed = self._text.parse(Document.make(context, date=day))
            self._last = ((context, day), parsed, self._actors.annotate(parsed))
        return self._last[1:]

    def _in_context(self, span: Span, mentions: DocumentMentions) -> tuple[Identity, ...]:
        found: dict[tuple[str, ...], Identity] = {}
        if mentions.within_name(span):
            return ()
        for head in _heads(span, mentions):
            identities = mentions.identities(head)
            place = mentions.place(head) if is_where(head) and _names_place(identities) else None
            if place is not None:
                name = place.name or place.text
                sure = 0.85 if len({town.country for town in cities(name)} | {place.country}) == 1 else 0.75
                identities = (Identity(name, "place", place.country, confidence=sure, why="where it is"),)
            for one in identities:
                found.setdefault((one.name or one.office, one.country, one.sector), one)
        return tuple(found.values())


def _span(parsed: ParsedDocument, text: str, start: int | None) -> Span | None:
    """The words in the parsed text; None where they are not in it."""
    text = text.removesuffix("'s").removesuffix("’s")
    body = parsed.doc.text
    position = 0
    while (at := body.find(text, position)) >= 0:
        position = at + 1
        inside = (at and body[at - 1].isalnum()) or body[at + len(text) : at + len(text) + 1].isalnum()
        if not inside and (start is None or parsed.offsets[at] == start):
            return parsed.doc.span_at(at, at + len(text))
    if start is not None:
        raise SourceError(f"{text!r} does not stand at {start}", remedy="Give the offset of its first character.")
    return None


def _heads(span: Span, mentions: DocumentMentions) -> Iterator[Word]:
    """The nouns that the words are about: the head, and those coordinated with it within the words."""
    head = span.root
    end = mentions.name_end(head)
    owned = end < span.end and span.doc[end].tag_ == "POS"
    nominal = head.pos_ in NOMINAL or head.lower_ in PRONOUNS or bool(mentions.identities(head))
    if owned or not nominal:
        nouns = [token for token in span if token.pos_ in NOMINAL]
        head = nouns[-1] if nouns else head
    yield head
    yield from (other for other in conjuncts_within(head) if span.start <= other.i < span.end)
    # The parser takes the second of a list of states for an apposition: 'asked Peru, Chile, Brazil and Cuba'.
    listed = [other for other in head.children if other.dep_ == "appos" and span.start <= other.i < span.end]
    if any(child.dep_ == "conj" for child in head.children):
        yield from (other for other in listed if all(one.kind == "country" for one in mentions.identities(other)))


def _names_place(found: tuple[Identity, ...]) -> bool:
    """Whether all that is named is a country or a town, not somebody in it."""
    return all(one.kind == "place" or (one.kind == "country" and not one.office) for one in found)
