"""What a person types for a day is read, and said back; anything else is a UsageError."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.days import Day, falls_on, in_words, keys, other_order, parse_day, years_ago
from store.errors import UsageError

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("7 feb", "7 February"),
        ("feb 7", "7 February"),
        ("7 FEB.", "7 February"),
        ("7th of february", "7 February"),
        ("on the 7th of February", "7 February"),
        ("7.2.", "7 February"),
        ("7.2", "7 February"),
        ("7. 2.", "7 February"),
        ("7/2", "7 February"),
        ("7-2", "7 February"),
        ("7 2", "7 February"),
        ("28/12", "28 December"),
        ("02-07", "7 February"),
        ("--02-07", "7 February"),
        ("12-02", "2 December"),
        ("28-12", "28 December"),
        ("12/31", "31 December"),
        ("29 feb", "29 February"),
        ("29.2.", "29 February"),
        ("02-29", "29 February"),
        ("7 февраля", "7 February"),
        ("7 février", "7 February"),
        ("1er mars", "1 March"),
        ("am 3. Oktober", "3 October"),
        ("el 7 de febrero", "7 February"),
        ("in 3 days", "25 November"),
    ],
)
def test_day_without_a_year(typed: str, said: str) -> None:
    found = parse_day(typed, today=TODAY)
    assert (found.said, found.year) == (said, None)
    assert found.said == f"{found.day} {in_words(date(2024, found.month, found.day)).split()[1]}"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2018-02-07", Day(2, 7, 2018, "7 February 2018")),
        ("20180207", Day(2, 7, 2018, "7 February 2018")),
        ("7.2.2018", Day(2, 7, 2018, "7 February 2018")),
        ("7/2/18", Day(2, 7, 2018, "7 February 2018")),
        ("7.2.68", Day(2, 7, 2068, "7 February 2068")),
        ("7.2.69", Day(2, 7, 1969, "7 February 1969")),
        ("28 December 2017", Day(12, 28, 2017, "28 December 2017")),
        ("December 28, 2017", Day(12, 28, 2017, "28 December 2017")),
        ("Thursday, 28 December 2017", Day(12, 28, 2017, "28 December 2017")),
        ("7 марта 2018 г.", Day(3, 7, 2018, "7 March 2018")),
        ("29 feb 2016", Day(2, 29, 2016, "29 February 2016")),
    ],
)
def test_day_with_its_year(typed: str, expected: Day) -> None:
    assert parse_day(typed, today=TODAY) == expected


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("today", "today, 22 November"),
        ("Yesterday", "yesterday, 21 November"),
        ("tomorrow", "tomorrow, 23 November"),
        ("сегодня", "today, 22 November"),
        ("gestern", "yesterday, 21 November"),
        ("aujourd'hui", "today, 22 November"),
        ("mañana", "tomorrow, 23 November"),
    ],
)
def test_relative_day_is_counted_from_today(typed: str, said: str) -> None:
    assert parse_day(typed, today=TODAY).said == said


def test_today_may_be_29_february() -> None:
    assert parse_day("today", today=date(2024, 2, 29)) == Day(2, 29, None, "today, 29 February")


def test_tomorrow_of_the_last_day_there_is_cannot_be_read() -> None:
    with pytest.raises(UsageError):
        parse_day("tomorrow", today=date.max)


@pytest.mark.parametrize(
    "typed",
    [
        *("february", "2018", "feb 2018", "may", "5", "7th", "monday", "next month", "last week"),
        *("31 feb", "30 february 2018", "29 feb 2017", "29.2.2017", "13/13", "13-13", "0.1.", "31 апреля"),
        *("syria", "7 feb syria", "a 7", "10:30", "1518000000", "3.11.2", "--", "7 feb 8 mar 9 apr 10 may"),
        *("😀", "\u202e7 feb of\u202c nothing", "שבעה בפברואר", "x" * 4096, "7 feb " * 600, "9" * 4096),
    ],
)
def test_what_is_no_day_is_named_and_examples_are_given(typed: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_day(typed, today=TODAY)
    assert typed[:5] in str(caught.value)
    assert len(str(caught.value)) < 100
    assert "7 feb" in caught.value.hint


@pytest.mark.parametrize("typed", ["", " ", "\n\t", "\u200b\u00a0"])
def test_nothing_typed_is_said_to_be_nothing(typed: str) -> None:
    with pytest.raises(UsageError, match="No day") as caught:
        parse_day(typed, today=TODAY)
    assert caught.value.hint


def test_every_example_of_the_hint_can_be_read() -> None:
    with pytest.raises(UsageError) as caught:
        parse_day("syria", today=TODAY)
    examples = caught.value.hint.removesuffix(".").partition(": ")[2].replace(" (month first)", "").split(", ")
    assert len(examples) == 5
    for example in examples:
        assert parse_day(example, today=TODAY).said


DATEISH = st.lists(
    st.sampled_from([*"0123456789", "7", "feb", "28", "мая", "le", "-", ".", "/", " ", "today", "ago", ":", "２", "é"])
).map("".join)


@given(words=st.text() | DATEISH, today=st.dates())
def test_whatever_is_typed_is_a_day_of_the_calendar_or_a_usage_error(words: str, today: date) -> None:
    try:
        found = parse_day(words, today=today)
    except UsageError as error:
        assert error.hint  # noqa: PT017 - it may be raised, but need not
        return
    day = date(2024 if found.year is None else found.year, found.month, found.day)
    assert in_words(day).startswith(found.said.rpartition(", ")[2])


@given(day=st.dates(min_value=date(1000, 1, 1)))
def test_a_day_as_said_or_in_iso_is_read_back(day: date) -> None:
    for typed in (in_words(day), day.isoformat()):
        found = parse_day(typed, today=TODAY)
        assert (found.day, found.month, found.year, found.said) == (day.day, day.month, day.year, in_words(day))
    found = parse_day(f"{day:%m-%d}", today=TODAY)
    assert (found.day, found.month, found.year) == (day.day, day.month, None)


def test_dateparser_is_imported_only_for_words() -> None:
    code = (
        "import sys, datetime; from store.days import parse_day\n"
        "parse_day('02-07', today=datetime.date(2026, 11, 22)); print('dateparser' in sys.modules)\n"
        "parse_day('7 feb', today=datetime.date(2026, 11, 22)); print('dateparser' in sys.modules)\n"
    )
    run = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert (run.stdout.split(), run.stderr) == (["False", "True"], "")


@pytest.mark.parametrize(
    ("event", "month", "day", "in_year", "expected"),
    [
        (date(2016, 2, 29), 2, 28, 2026, True),
        (date(2016, 2, 29), 2, 29, 2026, True),
        (date(2016, 2, 29), 2, 28, 2024, False),
        (date(2016, 2, 29), 2, 29, 2024, True),
        (date(2016, 2, 29), 2, 28, 1900, True),
        (date(2016, 2, 29), 2, 28, 2000, False),
        (date(2017, 2, 28), 2, 28, 2026, True),
        (date(2017, 2, 28), 2, 29, 2026, False),
        (date(2017, 12, 28), 12, 28, 2026, True),
        (date(2017, 12, 28), 12, 27, 2026, False),
        (date(2017, 11, 28), 12, 28, 2026, False),
    ],
)
def test_29_february_falls_on_the_28th_in_common_years(
    event: date, month: int, day: int, in_year: int, *, expected: bool
) -> None:
    assert falls_on(event, month, day, in_year=in_year) is expected


@given(event=st.dates(), year=st.integers(1583, 9999))
def test_every_event_falls_on_one_day_of_a_year(event: date, year: int) -> None:
    first = date(year, 1, 1).toordinal()
    days = [date.fromordinal(n) for n in range(first, min(first + 366, date.max.toordinal() + 1))]
    assert sum(falls_on(event, d.month, d.day, in_year=year) for d in days if d.year == year) == 1


def test_keys_are_those_of_the_archive() -> None:
    assert keys(2, 7, 2026) == ("02-07",)
    assert keys(2, 28, 2026) == ("02-28", "02-29")
    assert keys(2, 28, 2024) == ("02-28",)


def test_years_ago_counts_from_the_year_asked_about() -> None:
    assert years_ago(date(2017, 12, 28), 2026) == 9
    assert years_ago(date(2027, 1, 1), 2026) == -1


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("2/7", "7 February"),
        ("2/7/18", "7 February 2018"),
        ("2 - 7", "7 February"),
        ("02-07", "2 July"),
        ("2.7.", None),
        ("7/7", None),
        ("2/13", None),
        ("2018-02-07", None),
        ("7 feb", None),
    ],
)
def test_figures_that_may_be_the_day_or_the_month(typed: str, other: str | None) -> None:
    found = other_order(typed)
    assert (found and found.said) == other
