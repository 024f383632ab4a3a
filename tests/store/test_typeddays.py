from __future__ import annotations

from datetime import date

import pytest

from store.typeddays import typed_days


@pytest.mark.parametrize(
    ("typed", "beside"),
    [
        ("15 January 2018", ""),
        ("January 15th, 2018 syria", "syria"),
        ("syria 15th of january 2018", "syria"),
        ("15 января 2018 года", ""),
        ("15. Januar 2018", ""),
        ("15 de enero de 2018", ""),
        ("15 janvier 2018 -nato", "-nato"),
        ("2018-01-15", ""),
        ("15.1.2018 syria", "syria"),
    ],
)
def test_a_day_is_read_as_people_type_it(typed: str, beside: str) -> None:
    days = typed_days(typed)
    assert days is not None
    assert (days.first, days.last, days.beside) == (date(2018, 1, 15), date(2018, 1, 15), beside)


@pytest.mark.parametrize("typed", ["february 2020", "Feb 2020", "février 2020", "febrero de 2020", "2020-02"])
def test_a_month_lasts_from_its_first_day_to_its_last(typed: str) -> None:
    days = typed_days(typed)
    assert days is not None
    assert (days.first, days.last) == (date(2020, 2, 1), date(2020, 2, 29))


@pytest.mark.parametrize(
    ("typed", "beside"),
    [
        ("2018", ""),
        ("syria 2018", "syria"),
        ("syria, 2018", "syria,"),
        ("syria in the year 2018", "syria"),
        ("Syrien im Jahr 2018", "Syrien"),
        ("Сирия в 2018 году", "Сирия"),
        ("2018 -nato", "-nato"),
    ],
)
def test_a_year_lasts_from_its_first_day_to_its_last(typed: str, beside: str) -> None:
    days = typed_days(typed)
    assert days is not None
    assert (days.first, days.last, days.beside) == (date(2018, 1, 1), date(2018, 12, 31), beside)


@pytest.mark.parametrize(
    "typed", ["2017-2018 nato", "between 2017 and 2018 nato", "nato 2017 – 2018", "nato 2017 bis 2018"]
)
def test_several_years_are_one_time(typed: str) -> None:
    days = typed_days(typed)
    assert days is not None
    assert (days.first, days.last, days.beside) == (date(2017, 1, 1), date(2018, 12, 31), "nato")


@pytest.mark.parametrize(
    ("typed", "as_words"),
    [
        ("january 2018 syria", '"january 2018" syria'),
        ("syria in 2018", 'syria in "2018"'),
        ("nato 2017-2018", 'nato "2017"-"2018"'),
    ],
)
def test_a_time_can_be_looked_for_as_words(typed: str, as_words: str) -> None:
    days = typed_days(typed)
    assert days is not None
    assert days.as_words == as_words
    assert typed_days(as_words) is None


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "2254",
        "resolution 2254",
        "agenda 2030 of 2018",
        "since 2018 syria",
        "Syrien vor dem Jahr 2018",
        "20183",
        "$2018",
        "2018's",
        "-2018 syria",
        '"2018"',
        "2018-2017",
        "2018-13",
        "31 February 2018",
        "January 2018 to March 2018",
        '"January 2018"',
        "year:2018 january",
        "2017..2018",
        "January 2018..",
        "1.13.2018",
    ],
)
def test_what_is_no_day_of_a_year_is_none(typed: str) -> None:
    assert typed_days(typed) is None
