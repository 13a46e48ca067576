"""Cleaning keeps the offset of every character that stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.text.clean import blank, clean

CASES = [
    ("The ministers met.", "The ministers met."),
    ("“We agree”, he said; it’s done.", '"We agree", he said; it\'s done.'),
    ("Mr.\u00a0Petrov\u2009met the\u202fenvoy.", "Mr. Petrov met the envoy."),
    ("``We agree'' he said.", '"We agree" he said.'),
    ("co\u00adoperation with\u200b Tokyo\ufeff", "cooperation with Tokyo"),
    ("the nego-\ntiations failed", "the negotiations failed"),
    ("the vice-\npresident of an Asia-\nPacific bank", "the vice-president of an Asia-Pacific bank"),
    ("two  spaces\tand a tab", "two spaces and a tab"),
    ("Aid &amp; trade&nbsp;talks &amp;nbsp; held", "Aid & trade talks held"),
    ("the Minister&#8217;s visit", "the Minister's visit"),
    ("the \ufb01rst o\ufb03ce", "the first office"),
    ("Re\u0301publique", "République"),
    ("One paragraph.\n\nAnother.\n\n\n\nThird.", "One paragraph.\nAnother.\nThird."),
    ("One paragraph.\r\n\r\nAnother.", "One paragraph.\nAnother."),
    ("the talks went\non in Geneva", "the talks went on in Geneva"),
    (
        "# Talks held\n\nThe **President** met [the envoy](https://a.example/b).",
        "Talks held\nThe President met the envoy.",
    ),
    ("**Note**\n\n> A quoted line\n\n---\n\nBody ![map](a.png) here", "Note\nA quoted line\nBody here"),
    (
        "The parties:\n- agreed to meet;\n-  condemned the attack",
        "The parties:\nagreed to meet;\ncondemned the attack",
    ),
    ("• One point\n• Another point", "One point\nAnother point"),
    ("The Council,\n1. Demands a halt;\n2. Urges talks", "The Council,\nDemands a halt;\nUrges talks"),
    ("2 * 3 and snake_case stay", "2 * 3 and snake_case stay"),
    ("Kyiv — Moscow – talks", "Kyiv — Moscow – talks"),
    ("", ""),
    (" \n\t ", ""),
]

PIECES = st.sampled_from(
    ["Minister", "met", "the ", " ", "  ", "\n", "\n\n", "\r\n", "-\n", "nego-\ntiations", "“quote”", "''",
     "``", "\u00a0",
     "\u00ad", "\u200b", "\ufb01", "e\u0301", "&amp;", "&nbsp;", "&#39;", "# ", "**", "[a](http://b)",
     "- ", "• ", "1. ",
     "(a) Thus", ".", ",", "é", "会", "5", "...", "\x00", "\u2028", "_x_", "A&B", "> ", "\\*"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200)


@pytest.mark.parametrize(("text", "cleaned"), CASES)
def test_what_is_cleaned(text: str, cleaned: str) -> None:
    assert clean(text)[0] == cleaned


def test_hard_wrapped_lines_are_joined_and_short_lines_end_paragraphs() -> None:
    text = (
        "Ministers agree on a timetable\n"
        "The ministers of both countries agreed on Monday that the talks which broke off\n"
        "In March would go on in Geneva before the end of the year, and that a working\n"
        "Group would prepare them.\n"
        "Border trade\n"
        "The ministers also spoke of the border and of trade across it, and they agreed\n"
        "To open two more crossings."
    )
    assert [line.split()[0] for line in clean(text)[0].split("\n")] == ["Ministers", "The", "Border", "The"]


def test_long_lines_are_paragraphs() -> None:
    line = "The ministers met and agreed to resume the talks " * 5
    assert clean(f"Talks\n{line.strip()}\nA second paragraph")[0].count("\n") == 2


def test_offsets_are_a_range_when_nothing_goes() -> None:
    assert clean("The ministers’ talks.")[1] == range(22)


@given(TEXTS)
def test_offsets_never_decrease_and_letters_are_the_originals(text: str) -> None:
    cleaned, offsets = clean(text)
    assert len(offsets) == len(cleaned) + 1
    assert all(a <= b for a, b in zip(offsets, list(offsets)[1:], strict=False))
    assert offsets[0] >= 0 and offsets[-1] <= len(text)
    for n, character in enumerate(cleaned):
        original = text[offsets[n]]
        # A comma of a headline becomes 'and'.
        mapped = original in "ﬀﬁﬂﬃﬄﬅﬆ&," or text[offsets[n] + 1 : offsets[n] + 2] >= "\u0300"
        if character.isascii() and character.isalnum() and not mapped:
            assert character == original


@given(TEXTS)
def test_white_space_is_single(text: str) -> None:
    cleaned, _ = clean(text)
    assert cleaned == cleaned.strip()
    assert not any(pair in cleaned for pair in ("  ", "\n\n", " \n", "\n "))


@given(
    st.text(alphabet="ab \n", max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4),
)
def test_blanked_spans_keep_every_offset(text: str, spans: list[tuple[int, int]]) -> None:
    blanked = blank(text, spans)
    assert len(blanked) == len(text)
    for n, character in enumerate(text):
        hidden = any(start <= n < end for start, end in spans)
        assert blanked[n] == (" " if hidden and character != "\n" else character)
