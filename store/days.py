"""Days of the year: what a person typed, how a day is said, and what falls on it.

Dates in words are read by dateparser; it takes 130 ms to import, so that is done when the first one is met.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from store.errors import UsageError
from store.text import clip, squash

if TYPE_CHECKING:
    from dateparser.date import DateDataParser  # type: ignore[import-untyped]

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

LANGUAGES = ("en", "ru", "de", "fr", "es")
"""The languages in which dates may be typed; one that fits several is read in the first of them."""

_HINT = "A day looks like: 7 feb, 7.2., 02-07 (month first), 28 December 2017, today."
_LONGEST = 40
_BASE = datetime(2024, 1, 15, 12)  # noqa: DTZ001
"""Where relative words are counted from before `today` is put in its place: a leap year, so that 29 February is."""

_ISO = re.compile(r"(?:(\d{4})-?)(\d\d)-?(\d\d)")
_MONTH_DAY = re.compile(r"(?:--)?(\d\d)-(\d\d)")
_DAY_MONTH = re.compile(r"(\d{1,2})\s?([./ -])\s?(\d{1,2})(?:\s?\2\s?(\d{4}|\d\d)?)?")
# dateparser takes the German "am" for the hour's, and stumbles over two such words in a row.
_BEFORE = re.compile(r"(?:(?:on|the|am|den|der|dem|le|el)\s+)+", re.IGNORECASE)
# dateparser takes "a 7" for 1 July, and thinks long about a dozen numbers; a day, a year and an hour are at most four.
_NAMED = re.compile(r"[^\W\d_]{3}")
_NUMBER = re.compile(r"\d+")
_MOST_NUMBERS = 4
_NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the year that a person asked for; `year` is None where none was typed.

    `said` is what was understood, in words: "7 February", "today, 22 November", "28 December 2017".
    """

    month: int
    day: int
    year: int | None
    said: str


def parse_day(words: str, *, today: date) -> Day:
    """Return the day that a person typed, in any of `LANGUAGES` or in figures.

    In figures the day comes first ("7/2", "7.2."), but for ISO's "02-07", where the month does; an order that no
    calendar allows is turned round ("12/31"). Raises UsageError, with examples as its hint, for anything else.
    """
    typed = squash(words)
    if not typed:
        raise UsageError("No day was given.", _HINT)
    day = None
    if len(typed) <= _LONGEST:
        day = _in_figures(typed) or _in_words(_BEFORE.sub("", typed, count=1), today)
    if day is None:
        raise UsageError(f"“{clip(typed, _LONGEST)}” is not a day I can read.", _HINT)
    return day


def other_order(words: str) -> Day | None:
    """Return what a day in figures is where its day and its month change places: 7 February for "2/7".

    None where that is no other day, or where the figures are written so that nobody takes them otherwise ("2.7.").
    """
    typed = squash(words)
    if match := _MONTH_DAY.fullmatch(typed):
        first, second, year = int(match[1]), int(match[2]), None
    elif (match := _DAY_MONTH.fullmatch(typed)) and "." not in typed:
        second, first, year = int(match[1]), int(match[3]), _century(match[4]) if match[4] else None
    else:
        return None
    taken, other = _day(second, first, year), _day(first, second, year)
    return other if taken and taken != other else None


def falls_on(event: date, month: int, day: int, *, in_year: int) -> bool:
    """Tell whether `event` is remembered on that day in `in_year`: 29 February on the 28th where there is no 29th."""
    return f"{event:%m-%d}" in keys(month, day, in_year)


def keys(month: int, day: int, in_year: int) -> tuple[str, ...]:
    """Return, as "MM-DD", the days of events that are remembered on that day in `in_year`."""
    if (month, day) == (2, 28) and _day(29, 2, in_year) is None:
        return ("02-28", "02-29")
    return (f"{month:02}-{day:02}",)


def years_ago(event: date, in_year: int) -> int:
    """Return how many years before `in_year` the event was; negative where it is still to come."""
    return in_year - event.year


def in_words(day: date) -> str:
    """Return the date as it is said: "28 December 2017"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def stretch_in_words(first: date, last: date) -> str:
    """Return a day, or a month or years from first day to last, as it is said: "January 2018", "2017 to 2018"."""
    if first == last:
        return in_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{MONTHS[first.month - 1]} {first.year}"
    return f"{first.year}" if first.year == last.year else f"{first.year} to {last.year}"


def _in_figures(typed: str) -> Day | None:
    """Return the day typed without a word, or None: dateparser reads ISO's month and day the wrong way round."""
    if match := _ISO.fullmatch(typed):
        year, month, day = map(int, match.groups())
        return _day(day, month, year)
    if match := _MONTH_DAY.fullmatch(typed):
        month, day = map(int, match.groups())
        return _day(day, month) or _day(month, day)
    if match := _DAY_MONTH.fullmatch(typed):
        first, second = int(match[1]), int(match[3])
        written = _century(match[4]) if match[4] else None
        return _day(first, second, written) or _day(second, first, written)
    return None


@lru_cache(maxsize=512)  # The same few days are asked for, and it takes a millisecond to read one.
def _in_words(typed: str, today: date) -> Day | None:
    """Return the day typed in words, or None."""
    if not _NAMED.search(typed) or len(_NUMBER.findall(typed)) > _MOST_NUMBERS:
        return None
    relative = _parser("relative-time", "day").get_date_data(typed)
    if relative.date_obj is not None:
        if relative.period != "day":
            return None
        return _near(today, (relative.date_obj.date() - _BASE.date()).days)
    dated = _parser("absolute-time", "day", "month", "year").get_date_data(typed).date_obj
    if dated is not None:
        return _day(dated.day, dated.month, dated.year)
    yearless = _parser("absolute-time", "day", "month").get_date_data(typed).date_obj
    return None if yearless is None else _day(yearless.day, yearless.month)


def _near(today: date, days: int) -> Day | None:
    try:
        day = today + timedelta(days)
    except OverflowError:
        return None
    said = f"{day.day} {MONTHS[day.month - 1]}"
    return Day(day.month, day.day, None, f"{_NEAR[days]}, {said}" if days in _NEAR else said)


def _day(day: int, month: int, year: int | None = None) -> Day | None:
    """Return the day where the calendar has it; 29 February is one where no year says otherwise."""
    try:
        date(_BASE.year if year is None else year, month, day)
    except ValueError:
        return None
    said = f"{day} {MONTHS[month - 1]}"
    return Day(month, day, year, said if year is None else f"{said} {year}")


def _century(typed: str) -> int:
    """Return the year; two figures are of 1969 to 2068, as POSIX has it."""
    year = int(typed)
    if len(typed) == 4:
        return year
    return year + (1900 if year >= 69 else 2000)


@lru_cache(maxsize=4)
def _parser(kind: str, *parts: str) -> DateDataParser:
    from dateparser.date import DateDataParser  # noqa: PLC0415 - see the module's docstring

    settings = {
        "PARSERS": [kind],
        "REQUIRE_PARTS": list(parts),
        "DATE_ORDER": "DMY",
        "PREFER_LOCALE_DATE_ORDER": False,
        "RELATIVE_BASE": _BASE,
        "TIMEZONE": "UTC",
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    return DateDataParser(languages=list(LANGUAGES), use_given_order=True, settings=settings)
