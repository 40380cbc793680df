"""Time expressions of newswires, read against the article's day: Friday, June 21st, 2024, unless the case gives another."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from whodid.coder.date_arithmetic import easter
from whodid.coder.dateline import dateline
from whodid.coder.dates import resolve_dates

FRIDAY = date(2024, 6, 21)

# The sentence, and the day of its first time expression; None where it has none.
ONE_DAY: list[tuple[str, str | None]] = [
    # Weekdays
    ("Russia attacked Ukraine on Wednesday.", "2024-06-19"),
    ("The envoy left Friday.", "2024-06-21"),
    ("The envoy left on Saturday.", "2024-06-15"),
    ("Fighting began Monday morning.", "2024-06-17"),
    ("Fighting began late Tuesday.", "2024-06-18"),
    ("Fighting began early on Tuesday.", "2024-06-18"),
    ("Thursday's talks failed.", "2024-06-20"),
    ("They met last Tuesday.", "2024-06-18"),
    ("They met last Friday.", "2024-06-14"),
    ("They will meet next Tuesday.", "2024-06-25"),
    ("They will meet next Friday.", "2024-06-28"),
    ("They will meet this Sunday.", "2024-06-23"),
    ("They met this Monday.", "2024-06-17"),
    ("They met on Thursday last week.", "2024-06-13"),
    ("They met on Thursday of last week.", "2024-06-13"),
    ("They met last week on Tuesday.", "2024-06-11"),
    ("They will meet on Tuesday next week.", "2024-06-25"),
    ("They met a week ago Tuesday.", "2024-06-11"),
    ("They met on Sun. and parted.", "2024-06-16"),
    ("They met on Thurs. and parted.", "2024-06-20"),
    # Days by name
    ("They met today.", "2024-06-21"),
    ("They met yesterday.", "2024-06-20"),
    ("They met late yesterday.", "2024-06-20"),
    ("They met yesterday evening.", "2024-06-20"),
    ("They met the day before yesterday.", "2024-06-19"),
    ("They will meet tomorrow.", "2024-06-22"),
    ("Shells fell overnight.", "2024-06-21"),
    ("Shells fell last night.", "2024-06-20"),
    ("Shells fell this morning.", "2024-06-21"),
    ("Shells fell earlier in the day.", "2024-06-21"),
    ("He left the same day.", "2024-06-21"),
    ("He had left the previous day.", "2024-06-20"),
    ("He had left the day before.", "2024-06-20"),
    # So many units back
    ("The treaty signed two days prior was new.", "2024-06-19"),
    ("The treaty was signed two days earlier, and Seoul protested.", "2024-06-19"),
    ("They met a day earlier.", "2024-06-20"),
    ("They met two nights ago.", "2024-06-19"),
    ("They met three weeks ago.", "2024-05-31"),
    ("They met a fortnight ago.", "2024-06-07"),
    ("They met a couple of weeks ago.", "2024-06-07"),
    ("They met a few days ago.", "2024-06-18"),
    ("They met about 10 days ago.", "2024-06-11"),
    ("They met two months ago.", "2024-04-21"),
    ("They met a year ago.", "2023-06-21"),
    ("They met more than a year ago.", "2023-06-21"),
    ("They met a decade ago.", "2014-06-21"),
    ("They met twenty-five years ago.", "1999-06-21"),
    ("They met 25 years ago.", "1999-06-21"),
    ("They met a year and a half ago.", "2022-12-21"),
    ("They met three-and-a-half years ago.", "2020-12-21"),
    ("They met two and a half years ago.", "2021-12-21"),
    ("They met half a year ago.", "2023-12-21"),
    ("They met 1.5 years ago.", "2022-12-21"),
    ("They met a year or two ago.", "2023-06-21"),
    ("They met 48 hours ago.", "2024-06-19"),
    ("They met three hours ago.", "2024-06-21"),
    ("They met 20 minutes ago.", "2024-06-21"),
    ("They met two\n  days   ago.", "2024-06-19"),
    ("It has happened twice in the past two weeks.", "2024-06-07"),
    ("It happened during the past month.", "2024-05-21"),
    ("It happened over the last three days.", "2024-06-18"),
    ("It happened in the past 24 hours.", "2024-06-20"),
    ("It happened over the past year.", "2023-06-21"),
    ("The empire fell 2,000 years ago.", None),
    # So many units ahead, or from another day
    ("They will meet in two weeks.", "2024-07-05"),
    ("They will meet within the next three months.", "2024-09-21"),
    ("They met on Monday, and two days later they parted.", "2024-06-17"),
    ("Two days later they parted.", None),
    ("The next day they parted.", None),
    ("They met two days before the vote.", None),
    ("They left the day before Kim arrived.", None),
    ("They met two days earlier than planned.", None),
    ("They met two days prior to the summit.", None),
    # Weeks, months and years by their distance
    ("They met last week.", "2024-06-10"),
    ("They met late last week.", "2024-06-14"),
    ("They met earlier this week.", "2024-06-17"),
    ("They met this week.", "2024-06-21"),
    ("They will meet later this week.", "2024-06-22"),
    ("They met over the weekend.", "2024-06-15"),
    ("They met at the weekend.", "2024-06-15"),
    ("They met last weekend.", "2024-06-15"),
    ("They will meet this weekend.", "2024-06-22"),
    ("They met last month.", "2024-05-01"),
    ("They met late last month.", "2024-05-21"),
    ("They met at the end of last month.", "2024-05-31"),
    ("They met earlier this month.", "2024-06-01"),
    ("They crossed for a third time this month.", "2024-06-21"),
    ("They will meet next month.", "2024-07-01"),
    ("They met last year.", "2023-01-01"),
    ("They met late last year.", "2023-11-01"),
    ("They met earlier this year.", "2024-01-01"),
    ("They met in the last decade of the war.", "2010-01-01"),
    ("It began last century.", "1901-01-01"),
    # A day of a month
    ("They met on June 3.", "2024-06-03"),
    ("They met on 3 June.", "2024-06-03"),
    ("They met on June 3rd.", "2024-06-03"),
    ("They met on the 3rd of June.", "2024-06-03"),
    ("They met on the third of June.", "2024-06-03"),
    ("They will meet on Sept. 11.", "2024-09-11"),
    ("They met on Jan. 5, 2023.", "2023-01-05"),
    ("They met on Jan 3-5.", "2024-01-03"),
    ("They met on 3-5 January.", "2024-01-03"),
    ("They met from June 3 to 5.", "2024-06-03"),
    ("They met on 24 February 2022.", "2022-02-24"),
    ("They met on February 24, 2022.", "2022-02-24"),
    ("They met on February 24th 2022, in rain.", "2022-02-24"),
    ("They met on 2024-02-29.", "2024-02-29"),
    ("They met on Monday, May 6.", "2024-05-06"),
    ("They met on Monday (May 6).", "2024-05-06"),
    ("They met on Monday 6 May.", "2024-05-06"),
    ("They met on Thursday, June 20, 2024.", "2024-06-20"),
    ("They met in the week of June 3.", "2024-06-03"),
    ("They met on the 20th.", "2024-06-20"),
    ("They met on the 25th.", "2024-05-25"),
    ("They met on the 5th of last month.", "2024-05-05"),
    ("They will meet on July 4.", "2024-07-04"),
    ("They met on December 30.", "2023-12-30"),
    ("They met on May 6, 1998, in Delhi.", "1998-05-06"),
    ("They met on June 31.", None),
    ("They met on February 29, 2023.", None),
    ("In May 20 people died.", "2024-05-01"),
    # Months, years, seasons, decades
    ("They met in March.", "2024-03-01"),
    ("They met in Sept. and parted.", "2023-09-01"),
    ("They met in November.", "2023-11-01"),
    ("They met in March 2022.", "2022-03-01"),
    ("The March of 2022 was cold.", "2022-03-01"),
    ("They met in mid-May.", "2024-05-11"),
    ("They met in late May.", "2024-05-21"),
    ("They met in early May.", "2024-05-01"),
    ("They met at the end of May.", "2024-05-31"),
    ("They met at the end of February 2024.", "2024-02-29"),
    ("They met in May of last year.", "2023-05-01"),
    ("They met in May last year.", "2023-05-01"),
    ("They met last year in May.", "2023-05-01"),
    ("They met last August.", "2023-08-01"),
    ("They will meet this November.", "2024-11-01"),
    ("They will meet next January.", "2025-01-01"),
    ("Crimea was annexed in 2014.", "2014-01-01"),
    ("It was signed back in 1994.", "1994-01-01"),
    ("The war of 2008 was short.", "2008-01-01"),
    ("It was signed in early 2014.", "2014-01-01"),
    ("It was signed in late 2014.", "2014-11-01"),
    ("It was signed in mid-2014.", "2014-06-01"),
    ("It was signed at the end of 2014.", "2014-12-01"),
    ("It was signed in the spring of 2014.", "2014-03-01"),
    ("It was signed in winter 2015.", "2015-01-01"),
    ("It was signed last summer.", "2023-06-01"),
    ("It was signed last winter.", "2023-12-01"),
    ("It was signed this spring.", "2024-03-01"),
    ("It was signed this summer.", "2024-06-01"),
    ("It began in the 1990s.", "1990-01-01"),
    ("It began in the late 1990s.", "1997-01-01"),
    ("It began in the '80s.", "1980-01-01"),
    ("It fell in the first quarter.", "2024-01-01"),
    ("It fell in the fourth quarter of 2023.", "2023-10-01"),
    ("It fell in Q3 2022.", "2022-07-01"),
    ("It fell last quarter.", "2024-01-01"),
    ("It fell in the second half of 2023.", "2023-07-01"),
    # Holidays
    ("They met on New Year's Day.", "2024-01-01"),
    ("They met on New Year’s Day.", "2024-01-01"),
    ("They met on Christmas Eve.", "2023-12-24"),
    ("They met on Christmas Day 2021.", "2021-12-25"),
    ("They met on Good Friday.", "2024-03-29"),
    ("They met on Easter Sunday 2016.", "2016-03-27"),
    ("They met on May Day.", "2024-05-01"),
    ("The war began after the Sept. 11 attacks.", "2001-09-11"),
    # Bounds and terms
    ("They have met since 2014.", None),
    ("They have met since last May.", None),
    ("They have met since the early 1990s.", None),
    ("They will stay until Friday.", None),
    ("They must leave by Monday.", None),
    ("They have fought for the past two years.", None),
    ("Talks are scheduled for Tuesday.", None),
    # Ordinary words and names
    ("Prime Minister Theresa May said no.", None),
    ("They may march on the second day.", None),
    ("He sat in the sun and wed her.", None),
    ("The Sun newspaper reported it.", None),
    ("Sun Yat-sen fought for Mon State.", None),
    ("The Sunday Times reported it.", None),
    ("He works for the March of Dimes.", None),
    ("The March 14 Alliance protested.", None),
    ("The government of May fell.", None),
    ("A letter from Jan Egeland arrived in Mar del Plata.", None),
    ("A force of 2000 soldiers left.", None),
    ("The Good Friday Agreement holds.", None),
    ("Russia Today reported it.", None),
    ("A quarter of the troops left after the fall of Kabul.", None),
    ("It was the 3rd round, on the 38th parallel.", None),
    ("He fell from grace in 1850.", None),
    ("The May 3,000 marched.", None),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "day"), ONE_DAY)
def test_a_time_expression_is_read_against_a_friday_in_june(sentence: str, day: str | None) -> None:
    found = resolve_dates(sentence, FRIDAY)
    assert [when.day.isoformat() for when in found[:1]] == ([day] if day else []), found
    assert all(when.basis == "text" and sentence[when.start : when.end] == when.words for when in found)


@pytest.mark.parametrize(
    ("sentence", "published", "day"),
    [
        ("They met a month ago.", "2024-03-31", "2024-02-29"),
        ("They met a month ago.", "2023-03-31", "2023-02-28"),
        ("They met a year ago.", "2024-02-29", "2023-02-28"),
        ("They will meet in a month.", "2024-01-31", "2024-02-29"),
        ("They met last month.", "2024-01-15", "2023-12-01"),
        ("They met on Monday.", "2024-01-02", "2024-01-01"),
        ("They met on Friday.", "2024-01-02", "2023-12-29"),
        ("They met last week.", "2024-01-02", "2023-12-25"),
        ("They met on Dec. 31.", "2024-01-02", "2023-12-31"),
        ("They will meet on Jan. 2.", "2023-12-30", "2024-01-02"),
        ("They met in December.", "2024-01-02", "2023-12-01"),
        ("They met on the 31st.", "2024-01-02", "2023-12-31"),
        ("They met on Feb. 29.", "2025-01-10", "2024-02-29"),
        ("They met yesterday.", "2024-03-01", "2024-02-29"),
        ("They met over the weekend.", "2024-06-17", "2024-06-15"),
        ("They met this weekend.", "2024-06-17", "2024-06-15"),
        ("They met last weekend.", "2024-06-23", "2024-06-15"),
        ("They met in the fourth quarter.", "2024-01-02", "2023-10-01"),
        ("They met on New Year's Eve.", "2024-01-01", "2023-12-31"),
        ("They met on Christmas Eve.", "2023-12-26", "2023-12-24"),
        ("They met at the end of last month.", "2024-03-05", "2024-02-29"),
        ("They met this winter.", "2024-03-05", "2023-12-01"),
        ("They will meet this winter.", "2024-10-05", "2024-12-01"),
        ("They met this summer.", "2024-11-05", "2024-06-01"),
    ],
)
def test_ends_of_months_and_years_are_crossed(sentence: str, published: str, day: str) -> None:
    assert [when.day.isoformat() for when in resolve_dates(sentence, date.fromisoformat(published))] == [day]


def test_several_times_stand_in_the_order_of_the_sentence() -> None:
    found = resolve_dates("Last week Seoul spoke, on Thursday Moscow did, and in 2014 neither.", FRIDAY)
    assert [(when.words, when.day.isoformat()) for when in found] == [
        ("Last week", "2024-06-10"),
        ("Thursday", "2024-06-20"),
        ("in 2014", "2014-01-01"),
    ]


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("They met on June 3, and two days later they parted.", ["2024-06-03", "2024-06-05"]),
        ("They met on June 3 and signed the same day.", ["2024-06-03", "2024-06-03"]),
        ("They met on Monday and parted the next day.", ["2024-06-17", "2024-06-18"]),
        ("They met on June 3 and parted the following Monday.", ["2024-06-03", "2024-06-10"]),
        ("On Thursday they spoke of what they had signed two days earlier.", ["2024-06-20", "2024-06-18"]),
        ("On Thursday they spoke of what they signed two days ago.", ["2024-06-20", "2024-06-19"]),
    ],
)
def test_a_time_counted_from_another_one_starts_at_that(sentence: str, days: list[str]) -> None:
    assert [when.day.isoformat() for when in resolve_dates(sentence, FRIDAY)] == days


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        ("KYIV, June 20 - Russia attacked.", "2024-06-20", "KYIV, June 20 -"),
        ("KYIV, June 20 (Reuters) - Russia attacked.", "2024-06-20", "KYIV, June 20 (Reuters) -"),
        ("BEIJING, June 20 (Xinhua) -- China said.", "2024-06-20", "BEIJING, June 20 (Xinhua) --"),
        ("MOSCOW, June 20. /TASS/. Russia said.", "2024-06-20", "MOSCOW, June 20. /TASS/."),
        ("PARIS, 20 June 2024 (AFP) — France said.", "2024-06-20", "PARIS, 20 June 2024 (AFP) —"),
        ("BUENOS AIRES, Argentina, June 20 — They met.", "2024-06-20", "BUENOS AIRES, Argentina, June 20 —"),
        ("ST. PETERSBURG, Fla., June 20 (UPI) -- They met.", "2024-06-20", "ST. PETERSBURG, Fla., June 20 (UPI) --"),
        ("GENEVA/PARIS, June 20 - They met.", "2024-06-20", "GENEVA/PARIS, June 20 -"),
        ("BOGOTÁ, June 20 – They met.", "2024-06-20", "BOGOTÁ, June 20 –"),
        ("Tehran, June 20, IRNA -- Iran said.", "2024-06-20", "Tehran, June 20, IRNA --"),
        ("Seoul, June 20 (Yonhap) -- Seoul said.", "2024-06-20", "Seoul, June 20 (Yonhap) --"),
        ("June 20 (UPI) -- They met.", "2024-06-20", "June 20 (UPI) --"),
        ("  WASHINGTON, May 31, 2024: They met.", "2024-05-31", "WASHINGTON, May 31, 2024:"),
    ],
)
def test_a_dateline_of_a_wire_gives_its_day(text: str, day: str, words: str) -> None:
    line = dateline(text, FRIDAY)
    assert line is not None
    assert (line.day.isoformat(), line.basis, line.words) == (day, "dateline", words)
    assert text[line.start : line.end] == words


@pytest.mark.parametrize(
    "text",
    [
        "LONDON — Britain said.",
        "KYIV, Ukraine (AP) — Russia attacked.",
        "KYIV, June 25 - From tomorrow's paper.",
        "KYIV, March 3 - From an old paper.",
        "KYIV, June 31 - They met.",
        "Russia attacked on June 20 - and lost.",
        "Kyiv fell on June 20: nobody came.",
        "The UN met on June 20 (its birthday) - and left.",
        "A line.\nKYIV, June 20 - too late.",
        "",
    ],
)
def test_what_only_looks_like_a_dateline_is_none(text: str) -> None:
    assert dateline(text, FRIDAY) is None


def test_a_dateline_of_december_belongs_to_the_old_year() -> None:
    line = dateline("KYIV, Dec. 31 - Russia attacked.", date(2024, 1, 1))
    assert line is not None
    assert line.day == date(2023, 12, 31)


@pytest.mark.parametrize(
    ("year", "day"),
    [(1818, "03-22"), (1954, "04-18"), (1961, "04-02"), (2000, "04-23"), (2024, "03-31"), (2038, "04-25")],
)
def test_easter_falls_where_the_church_has_it(year: int, day: str) -> None:
    # Examples of Meeus (1991), chapter 8, and the extremes.
    assert easter(year).isoformat() == f"{year}-{day}"


_PIECES = st.sampled_from(
    "on in the of a an last next this late early mid- end since until by for two 3 21 31 48 99 999 0 2024 2014 1850 "
    "1990s May March Sept. Jan Sun Friday Monday, week weekend month year years decade century days hours ago earlier prior "
    "before later half and-a-half quarter first third 21st winter summer Easter Christmas New Year's Day to - -5 , . ( ) "
    "\n \u00a0 ſix fıve yesterday overnight the-day-before KYIV, (AP) -- 2024-13-45 ٣ ²".split(" ")
)


@given(text=st.lists(_PIECES, max_size=14).map(" ".join) | st.text(max_size=80), published=st.dates())
@example(text="two ſeconds, thirty years ago, in 999 decades", published=date.min)
@example(text="tomorrow, next week, in 999 decades, next winter, next century", published=date.max)
@settings(max_examples=400)
def test_no_text_and_no_day_raises_and_offsets_match_the_words(text: str, published: date) -> None:
    found = resolve_dates(text, published)
    assert all(text[when.start : when.end] == when.words and when.words for when in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    line = dateline(text, published)
    assert line is None or text[line.start : line.end] == line.words
