"""Datelines, dates, bylines and credits at the head and foot of dispatches."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.text.header import read_header

BODY = "The foreign ministers of both countries met and agreed to resume talks on the border."
DAY_AFTER = date(2015, 11, 3)

# head before BODY | date | places, with ; between | agency | byline
HEADS = [
    ("ASTANA, Nov 2 (Reuters) - ", "2015-11-02", "ASTANA", "Reuters", ""),
    ("ASTANA, Nov 2, 2014 (Reuters) - ", "2014-11-02", "ASTANA", "Reuters", ""),
    ("\ufeffKYIV/MOSCOW (AP) — ", "", "KYIV;MOSCOW", "AP", ""),
    ("KYIV/MOSCOW (AP) — ", "", "KYIV;MOSCOW", "AP", ""),
    ("KYIV/MOSCOW, Nov 2 (Reuters) - ", "2015-11-02", "KYIV;MOSCOW", "Reuters", ""),
    ("BEIJING, July 5 (Xinhua) -- ", "2015-07-05", "BEIJING", "Xinhua", ""),
    ("TEHRAN, Jan. 3 (IRNA) – ", "2015-01-03", "TEHRAN", "IRNA", ""),
    ("MOSCOW. Nov 2 (Interfax) - ", "2015-11-02", "MOSCOW", "Interfax", ""),
    ("/TASS/. MOSCOW, November 2. ", "2015-11-02", "MOSCOW", "TASS", ""),
    ("MOSCOW, November 2. /TASS/. ", "2015-11-02", "MOSCOW", "TASS", ""),
    ("ASTANA. KAZINFORM ", "", "ASTANA", "KAZINFORM", ""),
    ("ASTANA. KAZINFORM - ", "", "ASTANA", "KAZINFORM", ""),
    (" date 2015-11-02 ASTANA. KAZINFORM ", "2015-11-02", "ASTANA", "KAZINFORM", ""),
    ("date 2015-11-02 ", "2015-11-02", "", "", ""),
    ("02.11.2015 14:30 BISHKEK (AKIpress) - ", "2015-11-02", "BISHKEK", "AKIpress", ""),
    ("GENEVA (17 May 2018) – ", "2018-05-17", "GENEVA", "", ""),
    ("United Nations, New York, 3 March – ", "2015-03-03", "New York", "", ""),
    ("UNITED NATIONS (AFP) - ", "", "UNITED NATIONS", "AFP", ""),
    ("London – ", "", "London", "", ""),
    ("LONDON — ", "", "LONDON", "", ""),
    ("WASHINGTON: ", "", "WASHINGTON", "", ""),
    ("NEW DELHI: ", "", "NEW DELHI", "", ""),
    ("WASHINGTON, D.C. — ", "", "WASHINGTON, D.C.", "", ""),
    ("KABUL, Afghanistan — ", "", "KABUL, Afghanistan", "", ""),
    ("GAZA CITY, Gaza Strip (AP) — ", "", "GAZA CITY, Gaza Strip", "AP", ""),
    ("ALEXANDRIA, Va. (AP) — ", "", "ALEXANDRIA, Va.", "AP", ""),
    ("ST. PETERSBURG, Russia (Reuters) - ", "", "ST. PETERSBURG, Russia", "Reuters", ""),
    ("Seoul, Nov. 2 (Yonhap) -- ", "2015-11-02", "Seoul", "Yonhap", ""),
    ("ISLAMABAD, Nov 02 (APP): ", "2015-11-02", "ISLAMABAD", "APP", ""),
    ("ANKARA (AA) - ", "", "ANKARA", "AA", ""),
    ("BAKU, November 2, AZERTAC\n", "2015-11-02", "BAKU", "AZERTAC", ""),
    ("YEREVAN, NOVEMBER 2, ARMENPRESS. ", "2015-11-02", "YEREVAN", "ARMENPRESS", ""),
    ("Kyiv. 2 November. UKRINFORM. ", "2015-11-02", "Kyiv", "UKRINFORM", ""),
    ("Minsk, 2 November (BelTA) – ", "2015-11-02", "Minsk", "BelTA", ""),
    ("Brussels, 3 December 2014 (KUNA) -- ", "2014-12-03", "Brussels", "KUNA", ""),
    ("BUENOS AIRES, 21st September 2014 (Telam) --", "2014-09-21", "BUENOS AIRES", "Telam", ""),
    ("RIO DE JANEIRO, Nov 2 - ", "2015-11-02", "RIO DE JANEIRO", "", ""),
    ("ADDIS ABABA, November 2 (ENA) --", "2015-11-02", "ADDIS ABABA", "ENA", ""),
    ("JERUSALEM, Nov. 2, 2015 /PRNewswire/ -- ", "2015-11-02", "JERUSALEM", "PRNewswire", ""),
    ("Tashkent, Uzbekistan (UzDaily.com) -- ", "", "Tashkent, Uzbekistan", "UzDaily.com", ""),
    ("SUVA (Fiji Wire Service) - ", "", "SUVA", "Fiji Wire Service", ""),
    ("Nov 2, 2015 (Reuters) - ", "2015-11-02", "", "Reuters", ""),
    ("Nov 2, 2015 (Reuters)\n", "2015-11-02", "", "Reuters", ""),
    ("November 2, 2015\n", "2015-11-02", "", "", ""),
    ("2 November 2015\n\n", "2015-11-02", "", "", ""),
    ("Monday, November 2, 2015\n", "2015-11-02", "", "", ""),
    ("2015-11-02\n\n", "2015-11-02", "", "", ""),
    ("02.11.2015 14:30\n", "2015-11-02", "", "", ""),
    ("Published: Monday, 2 November 2015 14:30 GMT\n", "2015-11-02", "", "", ""),
    ("Geneva, 17 May 2018\n\n", "2018-05-17", "Geneva", "", ""),
    ("By Jane Doe in Geneva\n", "", "Geneva", "", "Jane Doe"),
    ("By Jane Doe and John Roe | Reuters\n", "", "", "Reuters", "Jane Doe and John Roe"),
    ("By JANE DOE, Associated Press\n\nPARIS (AP) — ", "", "PARIS", "AP", "JANE DOE"),
    ("For immediate release\n\n", "", "", "", ""),
    ("FOR IMMEDIATE RELEASE\n2 November 2015\n\n", "2015-11-02", "", "", ""),
    ("Press release No. 12/2015\n\n", "", "", "", ""),
    ("UNCLASSIFIED\n", "", "", "", ""),
    ("UNCLASSIFIED//FOR OFFICIAL USE ONLY\n", "", "", "", ""),
    ("Photo: ministry\n\nLONDON (Reuters) - ", "", "LONDON", "Reuters", ""),
    ("", "", "", "", ""),
]

NO_HEADS = [
    "KABUL fell to the Taliban in August, and the envoys left the city within days.",
    "MOSCOW said on Tuesday that it would not take part in the talks.",
    "Kyiv – Moscow talks on gas collapsed on Friday, officials said.",
    "Washington and Beijing – long at odds – agreed to talk on trade again.",
    "Paris-based diplomats said the talks had ended without any result.",
    "Paris, 3 March 2015, was the date on which the ministers signed the treaty.",
    "On Monday, 3 March – a day after the vote – the envoys met in Geneva again.",
    "Moscow. The city was quiet as the delegations arrived for the talks.",
    "NATO (the alliance) – a bloc of thirty states – met on Monday in Brussels.",
    "May (the prime minister) – said she would visit Tokyo in the summer.",
    "Iran (AP reports) said it would return to the negotiating table soon.",
    "Resolution 2231 (2015) – adopted unanimously by the Council – ended the sanctions.",
    "KERRY: We will keep talking until there is an agreement on the whole text.",
    "QUESTION: Will the Secretary visit Astana during his trip to the region?",
    "WHO: the World Health Organization declared the outbreak to be over today.",
    "TASS reported on Monday that the talks had ended without a result.",
    "Reuters, citing two officials, said the talks had ended without a result.",
    "U.S. officials said on Monday that talks would resume in Geneva.",
    "By Monday the talks had failed and the delegations went home.",
    "By Jane Doe's account the talks had failed before the delegations met.",
    "Photo opportunities were held before the talks between the two leaders.",
    "Related talks failed on Monday, the ministry of the interior said in a note.",
    "Source close to the talks said the ministers would meet again on Monday.",
    "Reporting by the mission was poor, the ministers of both sides said on Monday.",
    "Press release of the two ministers was not expected before the evening.",
    "Readout of the President's call with the Prime Minister of Japan",
    "November was quiet. The ministers met twice and agreed on nothing.",
    "Nov 2 was the day on which the ministers met and agreed on nothing.",
    "LONDON: Yes, Minister.\nPARIS: We agree with what the minister said about the border.",
]

FEET = [
    ("\nSource: MFA press service", "MFA press service"),
    (" Source: MFA press service", "MFA press service"),
    ("\n\nSource: KUNA.\n", "KUNA"),
    ("\n\nSource: KUNA\n\nPhoto: the ministry\n###\n", "KUNA"),
    ("\n(Reporting by Jane Doe in Astana; Editing by John Roe)", ""),
    (" (Reporting by Jane Doe; Editing by\nJohn Roe)\n", ""),
    ("\n\nReporting by Jane Doe; Editing by J. Roe\n", ""),
    ("\n(END)", ""),
    ("\nENDS\n\n", ""),
    ("\n###", ""),
    ("\nRead more: the treaty explained\nFollow us on our channel\n", ""),
    ("\n\nFor more information, please contact the press office.", ""),
    ("\n© 2015 The Daily Envoy. All rights reserved.", ""),
    ("", ""),
]


def body_of(text: str, reference: date | None = DAY_AFTER) -> str:
    header, cuts = read_header(text, reference)
    characters = list(text)
    for start, end in cuts:
        characters[start:end] = [" "] * (end - start)
    return "".join(characters)[header.body_start : header.body_end]


@pytest.mark.parametrize(("head", "day", "places", "agency", "byline"), HEADS)
def test_heads(head: str, day: str, places: str, agency: str, byline: str) -> None:
    text = head + BODY
    header, cuts = read_header(text, DAY_AFTER)
    assert text[header.body_start : header.body_end] == BODY
    assert cuts == ()
    assert str(header.date or "") == day
    assert ";".join(words.text for words in header.dateline) == places
    assert (header.agency.text if header.agency else "") == agency
    assert (header.byline.text if header.byline else "") == byline
    for words in (*header.dateline, header.agency, header.byline, header.date_words):
        assert words is None or text[words.start : words.end] == words.text


@pytest.mark.parametrize("text", NO_HEADS)
def test_no_words_of_a_sentence_are_cut(text: str) -> None:
    assert body_of(text) == text
    header, _ = read_header(text, DAY_AFTER)
    assert (header.dateline, header.agency, header.date) == ((), None, None)


@pytest.mark.parametrize(("foot", "attribution"), FEET)
def test_feet(foot: str, attribution: str) -> None:
    header, cuts = read_header(BODY + foot)
    assert (BODY + foot)[: header.body_end] == BODY
    assert cuts == ()
    assert (header.attribution.text if header.attribution else "") == attribution


def test_a_title_stays_in_the_body_and_what_follows_it_is_cut() -> None:
    text = f"Ministers meet in Astana\n2 November 2015\n\nBy Jane Doe\n\nASTANA, Nov 2 (Reuters) - {BODY}"
    header, _ = read_header(text)
    assert body_of(text).split() == f"Ministers meet in Astana {BODY}".split()
    assert header.date == date(2015, 11, 2)
    assert [words.text for words in header.dateline] == ["ASTANA"]
    assert header.byline is not None and header.byline.text == "Jane Doe"


def test_furniture_between_paragraphs_is_cut() -> None:
    text = f"{BODY}\n\nRead more: the treaty explained\n\nPhoto: the ministry\n\n{BODY}"
    assert body_of(text).split() == f"{BODY} {BODY}".split()


def test_a_date_without_a_year_needs_a_reference() -> None:
    header, _ = read_header(f"ASTANA, Nov 2 (Reuters) - {BODY}", None)
    assert header.date is None
    assert header.date_words is not None and header.date_words.text == "Nov 2"


def test_a_hard_wrapped_body_is_left_whole() -> None:
    text = "The ministers of both countries met on Monday and said after\nthe talks that they would meet.\n"
    assert body_of(text) == text.rstrip()


SENTENCE = st.lists(
    st.sampled_from(
        ["Moscow", "the", "minister", "said", "on", "Monday", "that", "talks", "would", "go", "KABUL", "UN"]
    ),
    min_size=4,
    max_size=14,
).map(lambda words: "He " + " ".join(words) + ".")


@given(st.lists(SENTENCE, min_size=1, max_size=5), st.sampled_from(["\n", "\n\n", " "]))
def test_plain_sentences_are_the_body(sentences: list[str], separator: str) -> None:
    text = separator.join(sentences)
    assert body_of(text) == text


HEAD_PIECES = st.sampled_from(
    ["ASTANA", ", ", "Nov 2", " (Reuters)", " - ", "\n", "By Jane Doe", "Source: ", "KUNA", "/TASS/", ". ",
     "2015-11-02",
     "date ", "(END)", "Photo: x", "The talks went on.", "KYIV/", "—", ": ", "###", " "]
)  # fmt: skip


@given(st.lists(HEAD_PIECES, max_size=14).map("".join) | st.text(max_size=120))
def test_any_text_has_a_header_with_offsets_inside_it(text: str) -> None:
    header, cuts = read_header(text, DAY_AFTER)
    assert 0 <= header.body_start <= header.body_end <= len(text)
    assert all(header.body_start <= start <= end <= header.body_end for start, end in cuts)
    for words in (*header.dateline, header.agency, header.byline, header.date_words, header.attribution):
        assert words is None or text[words.start : words.end] == words.text
