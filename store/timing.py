"""When a Subscription is due, by the wall clock of any zone.

One definition holds for every day: a Digest is due at the first instant at which the wall clock reads its hour or
later. On a day with two 02:30s that is the first of them, on a day without 02:30 the moment at which the clock was
put forward. A date that a zone skipped whole (30 December 2011 in Samoa) has no Digest. The one thing read is the
IANA database, by `zoneinfo`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from store.errors import UsageError
from store.model import Rhythm

LATEST = timedelta(hours=6)
"""How late a Digest may still be sent."""

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_HOUR = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
_OFFSET = re.compile(r"UTC([+-])(\d\d):([0-5]\d)", re.ASCII)
_FARTHEST = timedelta(hours=14)
"""No place on Earth is farther from UTC: Kiritimati is 14 hours ahead, Baker Island 12 behind."""


@dataclass(frozen=True, slots=True)
class Due:
    """When a Digest is due, UTC, and the local date that it is of.

    That date is not always the one on the wall at that moment: where clocks are put forward from 23:00 to 24:00,
    Saturday's Digest of 23:30 is due when Sunday begins.
    """

    at: datetime
    local_date: date


@lru_cache(maxsize=4096)  # Chats of one zone that chose one hour are many, and are due together.
def next_due(hour: str, zone: str, rhythm: Rhythm, *, after: datetime, weekday: int = 0) -> Due:
    """Return the first Due that is later than `after`, an aware time.

    `hour` is HH:MM; `weekday`, from Monday, 0, counts for a weekly rhythm alone. Raises `UsageError` where hour or
    zone can't be read.
    """
    # No earlier date can be due later: the wall clock has been past every hour of it.
    day = local_date(zone, after)
    while True:
        due = due_on(day, hour, zone) if falls_on(day, rhythm, weekday) else None
        if due is not None and due.at > after:
            return due
        day += _DAY


def due_on(day: date, hour: str, zone: str) -> Due | None:
    """Return when the Digest of a local date is due, or None where that zone skipped the date.

    Raises `UsageError` where hour or zone can't be read.
    """
    place = zone_of(zone)
    at = _first_reading(datetime.combine(day, clock(hour)), place)
    if at.astimezone(place).date() != day:
        midnight = _first_reading(datetime.combine(day, time.min), place)
        if midnight.astimezone(place).date() != day:
            return None
    return Due(at, day)


def falls_on(day: date, rhythm: Rhythm, weekday: int = 0) -> bool:
    """Return whether a local date has a Digest by a rhythm; `weekday`, from Monday, 0, is that of a weekly one."""
    match rhythm:
        case Rhythm.DAILY:
            return True
        case Rhythm.WEEKDAYS:
            return day.weekday() < 5
        case Rhythm.WEEKLY:
            return day.weekday() == weekday


def covered(day: date, rhythm: Rhythm) -> tuple[date, ...]:
    """Return the days that the Digest of a local date speaks of, in order; the last is that date itself."""
    before = 0
    if rhythm is Rhythm.WEEKLY:
        before = 6
    elif rhythm is Rhythm.WEEKDAYS and day.weekday() == 0:
        before = 2
    return tuple(day - _DAY * back for back in range(before, -1, -1))


def too_late(due_at: datetime, now: datetime) -> bool:
    """Return whether a Digest is too old to be sent: more than `LATEST` after it was due."""
    return now - due_at > LATEST


def local_date(zone: str, now: datetime) -> date:
    """Return the date on the wall of a zone; UsageError where the zone can't be read."""
    return now.astimezone(zone_of(zone)).date()


def clock(hour: str) -> time:
    """Return HH:MM, in 24 hours and ASCII digits, as a time; UsageError for anything else."""
    figures = _HOUR.fullmatch(hour)
    if figures is None:
        raise UsageError(f"“{hour}” is no time of day.", "07:30")
    return time(int(figures[1]), int(figures[2]))


@lru_cache(maxsize=1024)  # zoneinfo itself holds on to eight.
def zone_of(name: str) -> tzinfo:
    """Return a zone by its name in the IANA database, or by an offset such as UTC+05:30; UsageError for no zone."""
    figures = _OFFSET.fullmatch(name)
    if figures is not None:
        offset = timedelta(hours=int(figures[2]), minutes=int(figures[3]))
        if offset <= _FARTHEST:
            return timezone(-offset if figures[1] == "-" else offset)
    else:
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):  # By turns, for a name that is wrong, odd or a folder's.
            pass
    raise UsageError(f"“{name}” is no time zone.", "Europe/Berlin")


def _first_reading(wall: datetime, place: tzinfo) -> datetime:
    """Return the first instant, UTC, at which the wall clock of a place reads `wall` (naive) or later."""
    latest = wall.replace(tzinfo=place).astimezone(UTC)
    if _reading(latest, place) == wall:
        return latest  # Of two such instants the first, for that is what fold=0 means.
    # The clock jumped over it. Taken by the offset from before the jump it lies after the jump, by the one from after
    # it before: https://peps.python.org/pep-0495/#mind-the-gap
    earliest = wall.replace(tzinfo=place, fold=1).astimezone(UTC)
    while latest - earliest > _SECOND:
        middle = earliest + (latest - earliest) // 2
        middle = middle.replace(microsecond=0)
        if _reading(middle, place) < wall:
            earliest = middle
        else:
            latest = middle
    return latest


def _reading(instant: datetime, place: tzinfo) -> datetime:
    return instant.astimezone(place).replace(tzinfo=None, fold=0)
