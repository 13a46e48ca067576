"""The parse as a tree of plain words, made once a document from spaCy's.

spaCy makes a new object and looks up its strings each time that an attribute of a token is asked for, which made the
walks over the tree as dear as the parse itself. The names here and what they mean are spaCy's; but a word is always
the same object, so that words may be compared with `is`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import overload

from spacy import attrs
from spacy.strings import StringStore
from spacy.tokens import Doc

_STRINGS = [attrs.ORTH, attrs.LOWER, attrs.LEMMA, attrs.POS, attrs.TAG, attrs.DEP, attrs.ENT_TYPE]
_FLAGS = [attrs.SPACY, attrs.LIKE_NUM, attrs.IS_ALPHA, attrs.IS_PUNCT, attrs.IS_UPPER]


class Word:
    """A word of a parsed text, in the place that the parse gives it.

    Attributes:
        doc: the text that it stands in; `sent` is its sentence.
        i: its index in the text; `idx` is that of its first character.
        text: as written; `lower_` in lower case, `lemma_` its base form.
        whitespace_: the space after it, or ''.
        pos_, tag_: the coarse and the fine part of speech.
        dep_: its relation to its head.
        head: its governor; at the root the word itself.
        children: the words that it governs, in text order; `lefts` are those before it, `rights` those after it.
        ent_type_: the kind of entity that it belongs to, '' for none.
        is_sent_start: whether it begins a sentence.
        like_num, is_alpha, is_punct, is_upper: what its letters are.
    """

    __slots__ = (
        *("doc", "sent", "i", "idx", "text", "lower_", "lemma_", "whitespace_", "pos_", "tag_", "dep_", "ent_type_"),
        *("head", "children", "lefts", "rights"),
        *("is_sent_start", "like_num", "is_alpha", "is_punct", "is_upper"),
    )

    doc: Tree
    sent: Span
    head: Word
    children: tuple[Word, ...]
    lefts: tuple[Word, ...]
    rights: tuple[Word, ...]

    def __init__(self, doc: Tree, i: int, idx: int, strings: tuple[str, ...], flags: tuple[bool, ...]) -> None:
        self.doc, self.i, self.idx = doc, i, idx
        self.text, self.lower_, self.lemma_, self.pos_, self.tag_, self.dep_, self.ent_type_ = strings
        space, self.like_num, self.is_alpha, self.is_punct, self.is_upper = flags
        self.whitespace_ = " " if space else ""
        self.children = self.lefts = self.rights = ()
        self.is_sent_start = False

    def __repr__(self) -> str:
        return f"<{self.text} {self.i}>"

    @property
    def subtree(self) -> Iterator[Word]:
        """The word and all below it, in text order."""
        for word in self.lefts:
            yield from word.subtree
        yield self
        for word in self.rights:
            yield from word.subtree

    @property
    def ancestors(self) -> Iterator[Word]:
        """Its governors, nearest first."""
        word = self
        while word.head is not word:
            word = word.head
            yield word

    @property
    def left_edge(self) -> Word:
        """The first word of what it governs."""
        return min(self.subtree, key=lambda word: word.i)

    @property
    def conjuncts(self) -> tuple[Word, ...]:
        """The words that it is coordinated with."""
        first = self
        while first.dep_ == "conj" and first.head is not first:
            first = first.head
        found = [first]
        for word in found:
            found.extend(child for child in word.rights if child.dep_ == "conj")
        return tuple(word for word in found if word is not self)

    def is_ancestor(self, other: Word) -> bool:
        """Whether another word is below it."""
        return any(word is self for word in other.ancestors)

    def nbor(self, by: int = 1) -> Word:
        """The word so many places further; raises IndexError beyond the text."""
        at = self.i + by
        if at < 0:
            raise IndexError(at)
        return self.doc.words[at]


class Span:
    """Some words of a text in a row, such as a sentence; `start` and `end` are indices of words, the end exclusive."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: Tree, start: int, end: int) -> None:
        self.doc, self.start, self.end = doc, start, end

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Word]:
        return iter(self.doc.words[self.start : self.end])

    @overload
    def __getitem__(self, at: int) -> Word: ...
    @overload
    def __getitem__(self, at: slice) -> Span: ...
    def __getitem__(self, at: int | slice) -> Word | Span:
        if isinstance(at, slice):
            start, end, _ = at.indices(len(self))
            return Span(self.doc, self.start + start, self.start + max(start, end))
        return self.doc.words[range(self.start, self.end)[at]]

    @property
    def text(self) -> str:
        """The words as written, without the space after the last."""
        if self.start == self.end:
            return ""
        first, last = self[0], self[-1]
        return self.doc.text[first.idx : last.idx + len(last.text)]

    @property
    def root(self) -> Word:
        """The word that is nearest to the root of the sentence; punctuation only where there is nothing else."""
        top = next((word for word in self if word.head is word), None)
        if top is not None:
            return top
        tops = [word for word in self if not self.start <= word.head.i < self.end]
        return min(tops, key=lambda word: (word.is_punct and not word.children, sum(1 for _ in word.ancestors)))


class Tree:
    """The words of a parsed text.

    Attributes:
        text: what was parsed.
        words: its words.
        sents: its sentences.
    """

    __slots__ = ("sents", "text", "words")

    def __init__(self, doc: Doc) -> None:
        strings: StringStore = doc.vocab.strings
        look_up = cache(lambda key: str(strings[key]))
        self.text: str = doc.text
        # By columns, so that no lists are made word by word.
        columns = (map(look_up, column) for column in doc.to_array(_STRINGS).T.tolist())
        flags = doc.to_array(_FLAGS).astype(bool).T.tolist()
        words: list[Word] = []
        idx = 0
        for i, (of_word, is_word) in enumerate(zip(zip(*columns, strict=True), zip(*flags, strict=True), strict=True)):
            word = Word(self, i, idx, of_word, is_word)
            words.append(word)
            idx += len(word.text) + len(word.whitespace_)
        self.words = tuple(words)
        _join(words, doc.to_array(attrs.HEAD).astype("int64").tolist())
        self.sents = tuple(Span(self, sent.start, sent.end) for sent in doc.sents)
        for sent in self.sents:
            sent[0].is_sent_start = True
            for word in sent:
                word.sent = sent

    def __len__(self) -> int:
        return len(self.words)

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words)

    @overload
    def __getitem__(self, at: int) -> Word: ...
    @overload
    def __getitem__(self, at: slice) -> Span: ...
    def __getitem__(self, at: int | slice) -> Word | Span:
        if isinstance(at, slice):
            start, end, _ = at.indices(len(self.words))
            return Span(self, start, max(start, end))
        return self.words[at]

    def span_at(self, start: int, end: int) -> Span | None:
        """The words that some characters of the text belong to, at least in part; None where there are none."""
        inside = [word.i for word in self.words if word.idx < end and word.idx + len(word.text) > start]
        return self[inside[0] : inside[-1] + 1] if inside else None


def _join(words: list[Word], offsets: list[int]) -> None:
    """Hangs each word on its head, which stands so many words off."""
    below: dict[int, list[Word]] = {}
    for word, offset in zip(words, offsets, strict=True):
        word.head = words[word.i + offset]
        if offset:
            below.setdefault(word.head.i, []).append(word)
    for i, children in below.items():
        word = words[i]
        word.children = tuple(children)
        word.lefts = tuple(child for child in children if child.i < i)
        word.rights = word.children[len(word.lefts) :]
