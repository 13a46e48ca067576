"""The text stage: a document in, its header, its parse and the times it names out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from functools import cached_property

from spacy.language import Language

from communique.errors import SourceError
from communique.model import Document, TimeReference
from communique.settings import Settings
from communique.text.calendar import Tense
from communique.text.clean import blank, clean
from communique.text.dates import find_times
from communique.text.header import read_header
from communique.text.language import detect, language_name
from communique.text.parse import load_pipeline, parse
from communique.text.parsed import Header, ParsedDocument
from communique.text.tree import Tree, Word

_AHEAD = frozenset(("will", "shall", "would", "wo", "'ll", "can", "should", "must", "may"))
_PERFECT = frozenset(("has", "have", "had", "'ve"))
_PRESENT = frozenset(("is", "are", "am", "'s", "'re", "'m"))
_PLANNED = frozenset(("schedule", "plan", "slate", "set", "expect", "due", "upcoming"))
# Verbs whose infinitive tells what came about or did not, in their own tense: 'failed to agree on Friday'.
_IMPLICATIVE = frozenset(("fail", "manage", "begin", "start", "continue", "refuse", "decline"))
_REMEDY_LANGUAGE = "Leave it out, or read it all the same with --force-language (in Python: force_language=True)."


class TextStage:
    """Reads documents one by one; the pipeline is loaded when the first is parsed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def nlp(self) -> Language:
        """The spaCy pipeline; raises SettingsError or PipelineError (see `load_pipeline`)."""
        return load_pipeline(self._settings.model)

    def header(self, document: Document) -> Header:
        """What stands at the head and foot of a document."""
        return read_header(document.text, document.date or self._settings.date)[0]

    def parse(self, document: Document) -> ParsedDocument:
        """The document cleaned, parsed and with its times found.

        Raises:
            SourceError: the document holds no words, is too long, or is in another language than English.
        """
        self._check_length(document)
        reference = document.date or self._settings.date
        header, cuts = read_header(document.text, reference)
        outside = [(0, header.body_start), (header.body_end, len(document.text))]
        text, offsets = clean(blank(document.text, [*outside, *cuts]))
        if not any(character.isalnum() for character in text):
            raise _refusal(document, "the document holds no words", "Look whether its text was extracted.")
        language = self._language(document, text)
        doc = Tree(parse(self.nlp, text))
        today = document.date or header.date or self._settings.date
        parsed = ParsedDocument(
            document=document,
            header=header,
            date=today,
            language=language,
            doc=doc,
            offsets=offsets if isinstance(offsets, range) else tuple(offsets),
        )
        return replace(parsed, times=_times(parsed))

    def _check_length(self, document: Document) -> None:
        limit = self._settings.max_characters
        if len(document.text) > limit:
            problem = f"the document has {len(document.text):,} characters, more than {limit:,}"
            raise _refusal(document, problem, "Split it, or raise the setting max_characters.")

    def _language(self, document: Document, text: str) -> str:
        given = document.language.lower()[:2]
        code = given or detect(text)[0]
        if code == "en" or self._settings.force_language:
            return code or "en"
        if not code:
            raise _refusal(document, "the document's language cannot be told", _REMEDY_LANGUAGE)
        said = "is said to be" if given else "seems to be"
        problem = f"the document {said} in {language_name(code)} ({code}), and only English is read"
        raise _refusal(document, problem, _REMEDY_LANGUAGE)


def tense_of(token: Word) -> Tense:
    """The tense of the clause that a token is in, as it bears on a time: past, future, or '' for neither.

    Modals and infinitives look ahead ('would meet', 'agreed to meet'), and so do the present progressive ('is
    visiting on Friday') and words for plans ('scheduled for Friday').
    """
    for ancestor in (token, *token.ancestors):
        tag = ancestor.tag_
        helpers = {child.lower_ for child in ancestor.lefts if child.dep_ in ("aux", "auxpass")}
        if ancestor is not token and ancestor.lemma_ in _PLANNED and tag in ("VBN", "JJ") and not helpers & _PERFECT:
            return "future"
        if not tag.startswith("VB"):
            continue
        if helpers & _PERFECT and not helpers & {"will", "shall"}:
            return "past"
        if helpers & _AHEAD:
            return "future"
        if "to" not in helpers:
            return _tense_of_form(tag, helpers)
        if ancestor.dep_ != "advcl" and ancestor.head.lemma_ not in _IMPLICATIVE:
            return "future"
    return ""


def _tense_of_form(tag: str, helpers: set[str]) -> Tense:
    if tag == "VBD" or helpers & {"was", "were", "did"}:
        return "past"
    if tag == "VBG" and helpers & _PRESENT:
        return "future"
    return "past" if tag == "VBN" and not helpers & _PRESENT else ""


def _times(parsed: ParsedDocument) -> tuple[tuple[TimeReference, ...], ...]:
    doc, offsets = parsed.doc, parsed.offsets

    def tense_at(offset: int) -> Tense:
        position = bisect_left(offsets, offset)
        return tense_of(doc[bisect_right(doc, position, key=lambda token: token.idx) - 1])

    return tuple(find_times(parsed.words(sentence[0], sentence[-1]), parsed.date, tense_at) for sentence in doc.sents)


def _refusal(document: Document, problem: str, remedy: str) -> SourceError:
    return SourceError(problem, path=document.origin, line=document.line, key=document.document_id, remedy=remedy)
