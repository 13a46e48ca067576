"""Times named in sentences, resolved against Monday, 2 November 2015."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.text.calendar import near_date
from communique.text.dates import find_times, parse_date
from communique.text.parsed import Words

MONDAY = date(2015, 11, 2)

# sentence | words of the time | first day | last day, when another | precision
CASES = """
The ministers met today|today|2015-11-02||day
They spoke earlier today|earlier today|2015-11-02||day
They spoke this morning|this morning|2015-11-02||day
Talks go on tonight|tonight|2015-11-02||day
He left yesterday|yesterday|2015-11-01||day
He left yesterday evening|yesterday evening|2015-11-01||day
She left last night|last night|2015-11-01||day
He arrives tomorrow|tomorrow|2015-11-03||day
Tomorrow's talks|Tomorrow|2015-11-03||day
He left the day before yesterday|the day before yesterday|2015-10-31||day
He arrived on Thursday|Thursday|2015-10-29||day
He arrived on Monday|Monday|2015-11-02||day
He will arrive on Thursday|Thursday|2015-11-05||day
A visit scheduled for Thursday|Thursday|2015-11-05||day
He must leave by Friday|Friday|2015-11-06||day
They met last Thursday|last Thursday|2015-10-29||day
They met last Monday|last Monday|2015-10-26||day
They meet next Thursday|next Thursday|2015-11-05||day
They meet next Monday|next Monday|2015-11-09||day
They meet this Thursday|this Thursday|2015-11-05||day
They met this past Thursday|this past Thursday|2015-10-29||day
They met late Tuesday|late Tuesday|2015-10-27||day
They met early on Tuesday|early on Tuesday|2015-10-27||day
They met on Tuesday night|Tuesday night|2015-10-27||day
They meet Thursday next week|Thursday next week|2015-11-12||day
They met on Thursday last week|Thursday last week|2015-10-29||day
They met at the weekend|at the weekend|2015-10-31|2015-11-01|day
They will meet over the weekend|over the weekend|2015-11-07|2015-11-08|day
They met last weekend|last weekend|2015-10-31|2015-11-01|day
Talks this weekend|this weekend|2015-11-07|2015-11-08|day
They met last week|last week|2015-10-26|2015-11-01|week
Talks go on this week|this week|2015-11-02|2015-11-08|week
Talks go on next week|next week|2015-11-09|2015-11-15|week
It was signed last month|last month|2015-10-01|2015-10-31|month
It begins next month|next month|2015-12-01|2015-12-31|month
It ends later this month|later this month|2015-11-02|2015-11-30|month
It was signed last year|last year|2014-01-01|2014-12-31|year
It was signed late last year|late last year|2014-01-01|2014-12-31|year
It ends this year|this year|2015-01-01|2015-12-31|year
It was signed earlier this year|earlier this year|2015-01-01|2015-11-02|year
It begins next year|next year|2016-01-01|2016-12-31|year
It must end by the end of the year|end of the year|2015-01-01|2015-12-31|year
It was signed last quarter|last quarter|2015-07-01|2015-09-30|quarter
Kerry arrived Nov 1 in Astana|Nov 1|2015-11-01||day
Kerry arrived Nov. 1|Nov. 1|2015-11-01||day
He arrived on 1 November|1 November|2015-11-01||day
He arrived on the 1st of November|1st of November|2015-11-01||day
He arrived on November 20|November 20|2015-11-20||day
It was signed on December 20|December 20|2014-12-20||day
It will be signed on March 5|March 5|2016-03-05||day
It was signed on November 2, 2013|November 2, 2013|2013-11-02||day
It was signed on 2 November 2013|2 November 2013|2013-11-02||day
It was signed on Saturday, 2 November 2013|Saturday, 2 November 2013|2013-11-02||day
It was signed on Sat, Nov 2, 2013|Sat, Nov 2, 2013|2013-11-02||day
It was signed on the 2nd day of November, 2013|2nd day of November, 2013|2013-11-02||day
It was signed NOVEMBER 2, 2013|NOVEMBER 2, 2013|2013-11-02||day
Signed 2013-11-02|2013-11-02|2013-11-02||day
Signed 02.11.2013|02.11.2013|2013-11-02||day
Signed 25/12/2013|25/12/2013|2013-12-25||day
Signed 12/25/2013|12/25/2013|2013-12-25||day
They met on May 3-5|May 3-5|2015-05-03|2015-05-05|day
They met from 3 to 5 May|3 to 5 May|2015-05-03|2015-05-05|day
They met between May 3 and 5, 2014|May 3 and 5, 2014|2014-05-03|2014-05-05|day
They met 30 May – 2 June 2014|30 May – 2 June 2014|2014-05-30|2014-06-02|day
They met December 30 to January 2|December 30 to January 2|2014-12-30|2015-01-02|day
It was placed there in August|in August|2015-08-01|2015-08-31|month
It will be placed there in August|in August|2016-08-01|2016-08-31|month
It was placed there in late August|in late August|2015-08-01|2015-08-31|month
He took office in May|in May|2015-05-01|2015-05-31|month
He took office early May|early May|2015-05-01|2015-05-31|month
They must leave by August|by August|2016-08-01|2016-08-31|month
Talks have gone on since September|since September|2015-09-01|2015-11-02|month
They met last May|last May|2015-05-01|2015-05-31|month
They meet next May|next May|2016-05-01|2016-05-31|month
It was signed in November 2013|in November 2013|2013-11-01|2013-11-30|month
It was signed in 2014|in 2014|2014-01-01|2014-12-31|year
It has held since 2013|since 2013|2013-01-01|2015-11-02|year
It must end by 2030|by 2030|2030-01-01|2030-12-31|year
It was signed in mid-2014|in mid-2014|2014-01-01|2014-12-31|year
The war went on from 1998 to 2002|from 1998 to 2002|1998-01-01|2002-12-31|year
The war went on in 1998–2002|in 1998–2002|1998-01-01|2002-12-31|year
The war went on in 2010-14|in 2010-14|2010-01-01|2014-12-31|year
The war of the 1990s|the 1990s|1990-01-01|1999-12-31|year
Trade grew in the Q3 2014|Q3 2014|2014-07-01|2014-09-30|quarter
Trade grew in the second quarter of 2014|second quarter of 2014|2014-04-01|2014-06-30|quarter
Trade grew in the first half of this year|first half of this year|2015-01-01|2015-06-30|quarter
They met in the summer of 2014|summer of 2014|2014-06-01|2014-08-31|quarter
They met last summer|last summer|2015-06-01|2015-08-31|quarter
They met 10 days ago|10 days ago|2015-10-23||day
They met two hours ago|two hours ago|2015-11-02||day
They met two weeks ago|two weeks ago|2015-10-19|2015-10-25|week
They met six months ago|six months ago|2015-05-01|2015-05-31|month
They met a year ago|a year ago|2014-01-01|2014-12-31|year
They meet three weeks from now|three weeks from now|2015-11-23|2015-11-29|week
They meet in two weeks' time|in two weeks' time|2015-11-16|2015-11-22|week
They met twice in the past two years|in the past two years|2013-11-02|2015-11-02|year
They met twice over the last 10 days|over the last 10 days|2015-10-23|2015-11-02|day
Trade will grow over the next year|over the next year|2015-11-02|2016-11-01|year
""".strip().splitlines()

NO_TIMES = """
May I ask the minister a question?
The government may send 20 troops
The troops march 5 kilometres a day
They march on the capital
May said that she would resign
She sat in May's cabinet
The Sun reported it
He sat 3 hours in the sun
The rally on Black Friday was quiet
The committee meets every Friday
The committee meets on Thursdays
The next day they left
The following Thursday they left
Aid will come in the coming days
They sent aid in recent weeks
Iran freed in 2000 troops' sight nobody
Resolution 2231 stands
The 2015 agreement stands
The USA Today report was denied
The Sunday Times reported it
Signed 02/11/2013
Signed on November 31
A force of 2014 soldiers came
He lost May 3 million votes
They met several days ago
""".strip().splitlines()


def times_of(sentence: str, reference: date | None = MONDAY) -> list[tuple[str, str, str, str]]:
    found = find_times(Words(sentence, 7, 7 + len(sentence)), reference)
    assert all(sentence[time.start - 7 : time.end - 7] == time.text for time in found)
    return [(time.text, str(time.date), str(time.date_end), time.precision) for time in found]


@pytest.mark.parametrize("case", CASES)
def test_times(case: str) -> None:
    sentence, words, first, last, precision = case.split("|")
    assert times_of(sentence + ".") == [(words, first, last or first, precision)]


@pytest.mark.parametrize("sentence", NO_TIMES)
def test_what_is_no_time(sentence: str) -> None:
    assert times_of(sentence) == []


def test_times_come_in_order() -> None:
    found = times_of("On Sunday he said that the treaty, signed on 3 May 2010, would lapse in 2020.")
    assert [words for words, *_ in found] == ["Sunday", "3 May 2010", "in 2020"]


def test_without_a_reference_only_times_with_a_year_are_resolved() -> None:
    sentence = "Today, last week and on May 3 they spoke of the pact of May 3, 2010 and of the war in 2008."
    assert [words for words, *_ in times_of(sentence, None)] == ["May 3, 2010", "in 2008"]


def test_the_tense_that_is_given_wins() -> None:
    words = Words("They will have met on Friday", 0, 28)
    (time,) = find_times(words, MONDAY, lambda offset: "past" if offset == 22 else "future")
    assert time.date == date(2015, 10, 30)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Monday, 2 November 2015", date(2015, 11, 2)),
        ("Nov. 2, 2015", date(2015, 11, 2)),
        ("2015-11-02T14:30:00Z", date(2015, 11, 2)),
        ("02.11.2015", date(2015, 11, 2)),
        ("2-Nov-2015", date(2015, 11, 2)),
        ("2015 November 2", date(2015, 11, 2)),
        ("02/11/2015", None),
        ("November 2", None),
        ("November 2015", None),
        ("3-5 May 2015", None),
        ("Resolution 2231", None),
        ("31 February 2015", None),
        ("", None),
    ],
)
def test_single_dates(text: str, found: date | None) -> None:
    assert parse_date(text) == found


DAYS = st.dates(date(1900, 1, 1), date(2095, 12, 31))


@given(
    DAYS,
    DAYS,
    st.sampled_from(["%d %B %Y", "%B %d, %Y", "%b. %d, %Y", "%Y-%m-%d", "%A, %d %B %Y", "%d.%m.%Y"]),
)
def test_every_full_date_is_read_back(day: date, reference: date, style: str) -> None:
    written = day.strftime(style).replace("May.", "May")
    sentence = f"It was signed on {written} in Geneva."
    assert times_of(sentence, reference) == [(written, str(day), str(day), "day")]


@given(DAYS, st.sampled_from(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]))
def test_weekdays_lie_within_a_week(reference: date, weekday: str) -> None:
    words = Words(f"on {weekday}", 0, 3 + len(weekday))
    (past,) = find_times(words, reference, lambda _: "past")
    (future,) = find_times(words, reference, lambda _: "future")
    assert past.date.strftime("%A") == future.date.strftime("%A") == weekday
    assert timedelta(0) <= reference - past.date < timedelta(7)
    assert timedelta(0) <= future.date - reference < timedelta(7)


@given(DAYS, DAYS)
def test_near_dates_lie_on_the_side_of_their_tense(day: date, reference: date) -> None:
    past, future = (near_date(day.month, day.day, reference, tense) for tense in ("past", "future"))
    assert past is not None and future is not None
    assert past <= reference <= future
    assert near_date(day.month, day.day, reference) in (past, future)


WORDS = st.sampled_from(
    ["the", "last", "next", "this", "past", "May", "March", "3", "5", "2014", "-", "to", "and", "in", "of",
     "since", "year", "week", "month", "days", "ago", "two", "Thursday", "Nov.", "Q3", "1990s", "quarter",
     "half", "first", "summer", "weekend", "at", "over", "31", "February", ",", ".", "today", "night",
     "early", "late", "999", "decades", "from", "now"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=14).map(" ".join), DAYS)
def test_any_words_give_times_whose_days_are_in_order(sentence: str, reference: date) -> None:
    for time in find_times(Words(sentence, 0, len(sentence)), reference):
        assert time.date <= time.date_end
        assert sentence[time.start : time.end] == time.text
