from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import UsageError
from store.model import Rhythm
from store.timing import (
    LATEST,
    Due,
    clock,
    covered,
    due_on,
    falls_on,
    local_date,
    next_due,
    too_late,
    zone_of,
)

DAY = timedelta(days=1)
STEP = timedelta(minutes=15)
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "America/Nuuk",  # Puts its clocks forward at 23:00, so that a Saturday lacks its last hour.
    "America/St_Johns",  # Until 2011 a Sunday began, and a minute later it was Saturday again.
    "America/Havana",  # Changes at midnight: a Sunday lacks its first hour, or has it twice.
    "Asia/Kathmandu",
    "Africa/Casablanca",  # Changes around Ramadan.
    "Antarctica/Troll",  # Changes by two hours.
    "Australia/Lord_Howe",  # Changes by half an hour.
    "Pacific/Apia",  # Skipped 30 December 2011.
    "Pacific/Kiritimati",  # Skipped 31 December 1994.
    "UTC",
    "UTC+05:45",
    "UTC-09:30",
)


def utc(*figures: int) -> datetime:
    return datetime(*figures, tzinfo=UTC)  # type: ignore[misc,arg-type]


def year_of(zone: str, hour: str, year: int, rhythm: Rhythm = Rhythm.DAILY, weekday: int = 0) -> list[Due]:
    """Return what is due for the dates of a year, going from one to the next as the bot does."""
    found = [next_due(hour, zone, rhythm, after=utc(year - 1, 12, 28), weekday=weekday)]
    while found[-1].local_date.year <= year:
        found.append(next_due(hour, zone, rhythm, after=found[-1].at, weekday=weekday))
    return [due for due in found if due.local_date.year == year]


@cache
def readings_of(zone: str, year: int) -> list[tuple[datetime, datetime]]:
    """Return what the wall clock of a zone reads, every 15 minutes of a year and a little before and after it."""
    place, instant, found = zone_of(zone), utc(year - 1, 12, 29), []
    while instant < utc(year + 1, 1, 3):
        found.append((instant, instant.astimezone(place).replace(tzinfo=None)))
        instant += STEP
    return found


@pytest.mark.parametrize("hour", ["00:00", "02:30", "09:00", "23:30"])
@pytest.mark.parametrize(
    ("zone", "year"),
    [
        ("Europe/Berlin", 2026),
        ("America/New_York", 2026),
        ("America/Nuuk", 2026),
        ("America/Havana", 2026),
        ("Asia/Kathmandu", 2026),
        ("Pacific/Kiritimati", 2026),
        ("Pacific/Kiritimati", 1994),
        ("Australia/Lord_Howe", 2026),
        ("Pacific/Apia", 2011),
        ("UTC+05:45", 2026),
    ],
)
def test_over_a_year_each_date_that_a_zone_has_is_due_once_when_its_clock_gets_there(
    zone: str, year: int, hour: str
) -> None:
    readings = readings_of(zone, year)
    dates = sorted({reading.date() for _, reading in readings if reading.year == year})
    walls = [datetime.combine(day, clock(hour)) for day in dates]
    expected = [
        Due(next(instant for instant, reading in near(readings, wall) if reading >= wall), wall.date())
        for wall in walls
    ]
    assert year_of(zone, hour, year) == expected


def near(readings: list[tuple[datetime, datetime]], wall: datetime) -> list[tuple[datetime, datetime]]:
    """Return the readings from a day and a half before a wall time: no clock has ever been changed by more."""
    index = max(0, (wall.replace(tzinfo=UTC) - readings[0][0]) // STEP - 144)
    return readings[index:]


@pytest.mark.parametrize(
    ("zone", "hour", "day", "expected"),
    [
        ("Europe/Berlin", "02:30", date(2026, 3, 28), utc(2026, 3, 28, 1, 30)),
        ("Europe/Berlin", "02:30", date(2026, 3, 29), utc(2026, 3, 29, 1)),  # At 02:00 it was 03:00.
        ("Europe/Berlin", "02:00", date(2026, 3, 29), utc(2026, 3, 29, 1)),
        ("Europe/Berlin", "03:00", date(2026, 3, 29), utc(2026, 3, 29, 1)),
        ("Europe/Berlin", "02:30", date(2026, 10, 25), utc(2026, 10, 25, 0, 30)),  # The first of two.
        ("Europe/Berlin", "03:00", date(2026, 10, 25), utc(2026, 10, 25, 2)),
        ("America/New_York", "02:30", date(2026, 3, 8), utc(2026, 3, 8, 7)),
        ("America/New_York", "01:30", date(2026, 11, 1), utc(2026, 11, 1, 5, 30)),
        ("Australia/Lord_Howe", "02:15", date(2026, 10, 4), utc(2026, 10, 3, 15, 30)),  # 02:00 to 02:30.
        ("Australia/Lord_Howe", "01:45", date(2026, 4, 5), utc(2026, 4, 4, 14, 45)),
        ("America/Nuuk", "23:30", date(2026, 3, 28), utc(2026, 3, 29, 1)),  # Sunday has begun by then.
        ("America/Nuuk", "23:30", date(2026, 3, 29), utc(2026, 3, 30, 0, 30)),
        ("America/Havana", "00:30", date(2026, 3, 8), utc(2026, 3, 8, 5)),
        ("Asia/Kathmandu", "09:00", date(2026, 3, 29), utc(2026, 3, 29, 3, 15)),
        ("Pacific/Kiritimati", "09:00", date(2026, 1, 1), utc(2025, 12, 31, 19)),
        ("Pacific/Apia", "09:00", date(2011, 12, 29), utc(2011, 12, 29, 19)),
        ("Pacific/Apia", "09:00", date(2011, 12, 30), None),
        ("Pacific/Apia", "00:00", date(2011, 12, 30), None),
        ("Pacific/Apia", "00:00", date(2011, 12, 31), utc(2011, 12, 30, 10)),
        ("Pacific/Apia", "09:00", date(2011, 12, 31), utc(2011, 12, 30, 19)),
        ("UTC-09:30", "23:30", date(2026, 1, 1), utc(2026, 1, 2, 9)),
    ],
)
def test_a_digest_is_due_when_the_wall_clock_first_reads_its_hour_or_later(
    zone: str, hour: str, day: date, expected: datetime | None
) -> None:
    due = due_on(day, hour, zone)
    assert due == (None if expected is None else Due(expected, day))


moments = st.integers(int(utc(1993, 1, 1).timestamp()), int(utc(2037, 12, 1).timestamp())).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)
days = st.dates(date(1993, 1, 1), date(2037, 12, 1))
hours = st.times().map(lambda any_time: f"{any_time:%H:%M}")
rhythms = st.sampled_from(Rhythm)
weekdays = st.integers(0, 6)
zones = st.sampled_from(ZONES)


@given(days, hours, zones)
def test_before_it_is_due_the_clock_has_not_got_there_and_then_it_has(day: date, hour: str, zone: str) -> None:
    due, place = due_on(day, hour, zone), zone_of(zone)
    wall = datetime.combine(day, clock(hour))
    if due is None:
        noon = datetime.combine(day, time(12), place)
        assert noon.astimezone(UTC).astimezone(place).date() != day
        return
    assert due.local_date == day
    assert due.at.astimezone(place).replace(tzinfo=None) >= wall
    assert (due.at - timedelta(seconds=1)).astimezone(place).replace(tzinfo=None) < wall


@given(moments, hours, zones, rhythms, weekdays)
def test_the_next_is_the_first_of_all_days_around_that_is_later(
    after: datetime, hour: str, zone: str, rhythm: Rhythm, weekday: int
) -> None:
    due = next_due(hour, zone, rhythm, after=after, weekday=weekday)
    around = [local_date(zone, after) + DAY * offset for offset in range(-3, 18)]
    later = [
        other
        for day in around
        if falls_on(day, rhythm, weekday) and (other := due_on(day, hour, zone)) and other.at > after
    ]
    assert due == min(later, key=lambda other: other.at)
    assert due.at.tzinfo is UTC


@given(moments, hours, zones, rhythms, weekdays)
def test_what_follows_is_another_date(after: datetime, hour: str, zone: str, rhythm: Rhythm, weekday: int) -> None:
    first = next_due(hour, zone, rhythm, after=after, weekday=weekday)
    second = next_due(hour, zone, rhythm, after=first.at, weekday=weekday)
    assert second.local_date > first.local_date
    assert second.at > first.at


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu"])
def test_over_a_year_weekdays_and_weeks_leave_no_day_uncovered(zone: str) -> None:
    year = [date(2026, 1, 1) + DAY * number for number in range(365)]
    weekdays = year_of(zone, "02:30", 2026, Rhythm.WEEKDAYS)
    assert [due.local_date for due in weekdays] == [day for day in year if day.weekday() < 5]
    fridays = year_of(zone, "02:30", 2026, Rhythm.WEEKLY, weekday=4)
    assert [due.local_date for due in fridays] == [day for day in year if day.weekday() == 4]
    for found, rhythm in ((weekdays, Rhythm.WEEKDAYS), (fridays, Rhythm.WEEKLY)):
        spoken_of = [day for due in found for day in covered(due.local_date, rhythm)]
        assert len(set(spoken_of)) == len(spoken_of)
        assert set(year[7:-7]) <= set(spoken_of)


@pytest.mark.parametrize(
    ("rhythm", "day", "expected"),
    [
        (Rhythm.DAILY, date(2018, 2, 5), [5]),
        (Rhythm.WEEKDAYS, date(2018, 2, 5), [3, 4, 5]),  # A Monday.
        (Rhythm.WEEKDAYS, date(2018, 2, 6), [6]),
        (Rhythm.WEEKLY, date(2018, 2, 9), [3, 4, 5, 6, 7, 8, 9]),
    ],
)
def test_a_digest_covers_the_days_since_the_last(rhythm: Rhythm, day: date, expected: list[int]) -> None:
    assert [each.day for each in covered(day, rhythm)] == expected


def test_a_week_that_lost_its_day_has_no_digest() -> None:
    found = year_of("Pacific/Apia", "09:00", 2011, Rhythm.WEEKLY, weekday=4)
    assert date(2011, 12, 30).weekday() == 4
    assert found[-1].local_date == date(2011, 12, 23)


def test_what_is_due_now_is_not_next() -> None:
    assert next_due("09:00", "UTC", Rhythm.DAILY, after=utc(2018, 2, 7, 9)).local_date == date(2018, 2, 8)
    before = utc(2018, 2, 7, 9) - timedelta(microseconds=1)
    assert next_due("09:00", "UTC", Rhythm.DAILY, after=before).local_date == date(2018, 2, 7)


def test_six_hours_late_is_late_enough() -> None:
    due_at = utc(2018, 2, 7, 9)
    assert timedelta(hours=6) == LATEST
    assert not too_late(due_at, due_at + LATEST)
    assert too_late(due_at, due_at + LATEST + timedelta(seconds=1))


@pytest.mark.parametrize("hour", ["", "9:00", "24:00", "09:60", "0900", "09:00:00", " 09:00", "٠٩:٠٠", "09:00\n"])
def test_what_is_no_hour_is_refused(hour: str) -> None:
    with pytest.raises(UsageError, match="no time of day"):
        next_due(hour, "UTC", Rhythm.DAILY, after=utc(2018, 2, 7))


@pytest.mark.parametrize(
    "zone",
    [
        *("", "Berlin", "Europe", "../../etc/passwd", "/etc/passwd", "zone.tab", "x" * 5000, "\0", "\ud83d"),
        *("UTC+5", "UTC+14:01", "UTC+05:60", "UTC+5:30", "UTC+05:30 "),
    ],
)
def test_what_is_no_zone_is_refused(zone: str) -> None:
    with pytest.raises(UsageError, match="no time zone"):
        next_due("09:00", zone, Rhythm.DAILY, after=utc(2018, 2, 7))


def test_zones_are_names_or_offsets() -> None:
    assert zone_of("Europe/Berlin") == ZoneInfo("Europe/Berlin")
    assert zone_of("UTC+14:00").utcoffset(None) == timedelta(hours=14)
    assert zone_of("UTC-03:30").utcoffset(None) == -timedelta(hours=3, minutes=30)
    assert local_date("UTC+14:00", utc(2018, 2, 7, 10)) == date(2018, 2, 8)
