"""Whose words 'I' and 'we' are: who is quoted, who a transcript says speaks, or whose speech the text is."""

from __future__ import annotations

import re
from bisect import bisect_right

from communique.actors.mentions import Mentions
from communique.events.arguments import children
from communique.model import Actor
from communique.text.parsed import ParsedDocument
from communique.text.tree import Word

FIRST = frozenset({"i", "me", "my", "we", "us", "our", "mine", "ours", "myself", "ourselves"})
# 'MINISTER STEINMEIER: ...', 'President Xi: ...' at the beginning of a line.
_LABEL = re.compile(r"^[ \t]*((?:[A-Z][\w.'’-]*[ \t]+){0,4}[A-Z][\w'’-]+):(?=\s)", re.MULTILINE)
_SPEECHES = frozenset(
    {"address", "speech", "remark", "statement", "excerpt", "lecture", "message", "op-ed", "article", "interview"}
)
_HEAD = 3


class Voices:
    """The speakers of one document.

    Args:
        parsed: the document.
        mentions: who its noun phrases are.
    """

    def __init__(self, parsed: ParsedDocument, mentions: Mentions) -> None:
        self._parsed, self._mentions = parsed, mentions
        offsets = parsed.offsets
        text = parsed.document.text
        labels = [(match.start(), match.start(1), match.end(1)) for match in _LABEL.finditer(text)]
        self._labels = [label for label in labels if offsets[0] <= label[1]] if len(offsets) else []
        self._starts = [offsets[word.idx] for word in parsed.doc]
        self._author: Actor | None = None
        self._known: dict[int, Actor | None] = {}

    def at(self, word: Word) -> Actor | None:
        """Who says 'I' at a word; None where the text does not tell."""
        offset = self._parsed.offsets[word.idx]
        at = bisect_right([start for start, _, _ in self._labels], offset) - 1
        if at >= 0:
            if at not in self._known:
                self._known[at] = self._labelled(*self._labels[at][1:])
            return self._known[at]
        if self._author is None:
            self._author = self._find_author()
        return self._author

    def other_than(self, word: Word) -> Actor | None:
        """Whom 'you' means at a word: the one other person who speaks in a transcript."""
        own = self.at(word)
        for number, (_, start, end) in enumerate(self._labels):
            if number not in self._known:
                self._known[number] = self._labelled(start, end)
        others = {one.name: one for one in self._known.values() if one is not None and own is not None}
        others.pop(own.name if own is not None else "", None)
        return next(iter(others.values())) if len(others) == 1 else None

    def _labelled(self, start: int, end: int) -> Actor | None:
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, end - 1) - 1
        words = self._parsed.doc.words[max(first, 0) : last + 1]
        return next((actor for word in reversed(words) if (actor := self._person(word)) is not None), None)

    def _find_author(self) -> Actor | None:
        """'Address by the Minister of Foreign Affairs, Winston Peters': the one after 'by' in the head of a speech."""
        for sentence in self._parsed.sentences[:_HEAD]:
            for word in sentence:
                if word.lower_ == "by" and word.head.lemma_.lower() in _SPEECHES:
                    for noun in children(word, "pobj"):
                        below = [each for each in noun.subtree if each.pos_ == "PROPN"]
                        return next((actor for each in below if (actor := self._person(each)) is not None), None)
        return None

    def _person(self, word: Word) -> Actor | None:
        return next((actor for actor in self._mentions.actors(word) if actor.kind == "person" and actor.country), None)
