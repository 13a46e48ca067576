"""What the tests of the actors stage share: a parsed document of a text, and the head of some of its words."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from communique.actors.lexicon import load_lexicon
from communique.actors.resolver import Resolver
from communique.actors.stage import ActorStage
from communique.model import Document
from communique.settings import Settings
from communique.text.parse import load_pipeline, parse
from communique.text.parsed import Header, ParsedDocument, Words
from communique.text.tree import Tree, Word


@cache
def stage() -> ActorStage:
    return ActorStage(Settings())


@cache
def resolver() -> Resolver:
    return Resolver(load_lexicon())


def parsed(text: str, day: str = "", dateline: str = "") -> ParsedDocument:
    doc = Tree(parse(load_pipeline(Settings().model), text))
    when = date.fromisoformat(day) if day else None
    places = (Words(dateline, 0, len(dateline)),) if dateline else ()
    header = Header(0, len(text), dateline=places)
    return ParsedDocument(Document.make(text, date=when), header, when, "en", doc, range(len(text) + 1))


def head_of(document: ParsedDocument, words: str) -> Word:
    """The head of the n-th occurrence ('Chad#2') of some words of the text."""
    words, _, number = words.partition("#")
    starts = [match.start() for match in re.finditer(rf"\b{re.escape(words)}", document.document.text)]
    start = starts[int(number or 1) - 1]
    words = words.removesuffix("'s")
    span = document.doc.span_at(start, start + len(words))
    assert span is not None
    return span.root
