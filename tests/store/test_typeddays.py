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
    assert typed_days(typed) == (date(2018, 1, 15), date(2018, 1, 15), beside)


@pytest.mark.parametrize("typed", ["february 2020", "Feb 2020", "février 2020", "febrero de 2020", "2020-02"])
def test_a_month_lasts_from_its_first_day_to_its_last(typed: str) -> None:
    days = typed_days(typed)
    assert days is not None
    assert (days.first, days.last) == (date(2020, 2, 1), date(2020, 2, 29))


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "2018",
        "syria 2018",
        "resolution 2254",
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
