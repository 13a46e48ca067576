"""The text stage as a whole: documents in, parsed documents out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.errors import SourceError
from communique.model import Document
from communique.settings import Settings
from communique.text.clean import clean
from communique.text.parsed import ParsedDocument
from communique.text.stage import TextStage

MONDAY = date(2015, 11, 2)
STAGE = TextStage(Settings())
DISPATCH = """\
Ministers agree to reopen the border

By Jane Doe

ASTANA, Nov 2 (Reuters) - The foreign ministers of Kazakhstan and Japan met on Sunday and
agreed to reopen talks on trade. “We will meet again on Thursday,” the host’s spokes-
man said.

Photo: the ministry

- They also condemned last week's attack.
- Mr. Lee, who arrived Nov 1, leaves today.

(Reporting by Jane Doe; Editing by John Roe)
Source: the ministry's press service
"""


def parse(text: str, day: date | None = MONDAY, **fields: str) -> ParsedDocument:
    return STAGE.parse(Document.make(text, date=day, **fields))


def times_of(parsed: ParsedDocument) -> list[tuple[str, str]]:
    return [(time.text, time.date.isoformat()) for times in parsed.times for time in times]


def test_a_dispatch() -> None:
    parsed = parse(DISPATCH)
    assert [sentence.text for sentence in parsed.sentences] == [
        "Ministers agree to reopen the border",
        "The foreign ministers of Kazakhstan and Japan met on Sunday and agreed to reopen talks on trade.",
        '"We will meet again on Thursday," the host\'s spokesman said.',
        "They also condemned last week's attack.",
        "Mr. Lee, who arrived Nov 1, leaves today.",
    ]
    assert times_of(parsed) == [
        ("Sunday", "2015-11-01"),
        ("Thursday", "2015-11-05"),
        ("last week", "2015-10-26"),
        ("Nov 1", "2015-11-01"),
        ("today", "2015-11-02"),
    ]
    assert len(parsed.times) == len(parsed.sentences)
    assert parsed.language == "en"
    header = parsed.header
    assert header.attribution is not None and header.attribution.text == "the ministry's press service"
    assert header.byline is not None and header.byline.text == "Jane Doe"
    assert header.agency is not None and header.agency.text == "Reuters"


def test_words_are_the_documents_own() -> None:
    parsed = parse(DISPATCH)
    for token in parsed.doc:
        words = parsed.words(token, token)
        assert words.text == DISPATCH[words.start : words.end]
        assert clean(words.text)[0] == token.text
    spokesman = next(token for token in parsed.doc if token.text == "spokesman")
    assert parsed.words(spokesman, spokesman).text == "spokes-\nman"


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["The minister", " met", " “the envoy”", ".", "\n\n", "\n", "  ",
             " nego-\ntiations", "\u00a0today",
             " Nov 1", " &amp;", "\u200b", " \ufb01rst", " on Friday", " (AP)", " -- ", "**Note**", "- "]
        ),
        min_size=3,
        max_size=30,
    ).map("".join)
)  # fmt: skip
def test_offsets_hold_in_any_document(text: str) -> None:
    try:
        parsed = parse(text)
    except SourceError:
        return
    assert len(parsed.offsets) == len(parsed.doc.text) + 1
    for token in parsed.doc:
        words = parsed.words(token, token)
        assert words.text == text[words.start : words.end]
        if token.text.isalpha() and token.text.isascii() and words.text.isalpha() and words.text.isascii():
            assert words.text == token.text
    for times in parsed.times:
        for time in times:
            assert text[time.start : time.end] == time.text


@pytest.mark.parametrize(
    ("sentence", "times"),
    [
        ("The ministers met on Thursday.", [("Thursday", "2015-10-29")]),
        ("The ministers will meet on Thursday.", [("Thursday", "2015-11-05")]),
        ("They agreed to meet in March.", [("in March", "2016-03-01")]),
        ("Talks failed to start on Thursday.", [("Thursday", "2015-10-29")]),
        ("They met to sign a deal on Friday.", [("Friday", "2015-10-30")]),
        ("The minister is visiting Tokyo on Tuesday.", [("Tuesday", "2015-11-03")]),
        (
            "A meeting scheduled for Friday was cancelled on Sunday.",
            [("Friday", "2015-11-06"), ("Sunday", "2015-11-01")],
        ),
        (
            "He said on Sunday that he would travel to Tokyo on Friday.",
            [("Sunday", "2015-11-01"), ("Friday", "2015-11-06")],
        ),
        ("The ministers have met on Friday.", [("Friday", "2015-10-30")]),
        ("The talks will have ended by Friday.", [("Friday", "2015-11-06")]),
    ],
)
def test_the_tense_tells_the_side_of_a_time(sentence: str, times: list[tuple[str, str]]) -> None:
    assert times_of(parse(sentence)) == times


def test_where_the_date_comes_from() -> None:
    text = "November 1, 2015\n\nThe ministers of both countries met today in Geneva."
    stage = TextStage(Settings(date=date(2001, 1, 1)))
    assert stage.parse(Document.make(text, date=MONDAY)).date == MONDAY
    assert stage.parse(Document.make(text)).date == date(2015, 11, 1)
    assert stage.parse(Document.make("The ministers of both countries met today.")).date == date(2001, 1, 1)
    undated = parse("The ministers of both countries met today.", None)
    assert undated.date is None and times_of(undated) == []


def test_header_alone_needs_no_pipeline() -> None:
    stage = TextStage(Settings(model="no_such_pipeline", date=MONDAY))
    header = stage.header(Document.make("TOKYO, Nov 1 (Kyodo) - The ministers met."))
    assert header.date == date(2015, 11, 1)


def test_a_parse_does_not_depend_on_the_documents_before_it() -> None:
    def reading(stage: TextStage) -> list[tuple[str, str, str, int]]:
        doc = stage.parse(Document.make(DISPATCH, date=MONDAY)).doc
        return [(token.text, token.tag_, token.dep_, token.head.i) for token in doc]

    alone = reading(TextStage(Settings()))
    STAGE.parse(Document.make("Envoys of Qatar condemned the strike. " * 40, date=MONDAY))
    assert reading(STAGE) == alone


@pytest.mark.parametrize("text", ["", " \n\t\n", "...\n---\n", "For immediate release\n"])
def test_a_document_without_words_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match="no words") as caught:
        parse(text, origin="a.txt")
    assert caught.value.path == "a.txt" and caught.value.remedy


FRENCH = "Le ministre a reçu son homologue à Paris et les deux pays ont signé un accord sur la coopération."


def test_another_language_is_refused_unless_forced() -> None:
    with pytest.raises(SourceError, match=r"seems to be in French \(fr\)") as caught:
        parse(FRENCH)
    assert "force_language" in caught.value.remedy
    forced = TextStage(Settings(force_language=True)).parse(Document.make(FRENCH))
    assert forced.language == "fr" and len(forced.doc) > 10


def test_the_language_that_the_source_names_wins() -> None:
    assert parse(FRENCH, language="en").language == "en"
    with pytest.raises(SourceError, match=r"is said to be in German"):
        parse("The ministers of both countries met in Geneva.", language="de")


def test_a_document_that_is_too_long_is_refused() -> None:
    stage = TextStage(Settings(max_characters=50))
    with pytest.raises(SourceError, match="more than 50"):
        stage.parse(Document.make("The ministers met. " * 3))


def test_the_shared_dispatch() -> None:
    path = Path(__file__).parents[2] / "shared" / "dispatches" / "kazinform-2015-11-02.txt"
    if not path.exists():
        pytest.skip("the shared dispatches are not here")
    parsed = parse(path.read_text(encoding="utf-8"), None)
    assert parsed.date == MONDAY
    assert [words.text for words in parsed.header.dateline] == ["ASTANA"]
    assert parsed.header.agency is not None and parsed.header.agency.text == "KAZINFORM"
    assert parsed.header.attribution is not None
    assert len(parsed.sentences) == 14
    assert [day for _, day in times_of(parsed)] == ["2015-11-02", "2015-11-01", "2015-08-01"]
