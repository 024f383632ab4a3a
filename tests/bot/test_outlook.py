from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.markup import plain
from bot.outlook import outlook
from bot.terms import coming
from store.model import DeliveryState, Rhythm
from tests.builders import subscription

NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
TODAY = NOW.date()
AT_NINE = NOW.replace(hour=9)


@pytest.mark.parametrize(
    ("exact", "due_in", "today", "falls", "said"),
    [
        (False, 4, None, (), "The first one comes today, Monday, 23 November, at 09:00."),
        (
            False,
            28,
            DeliveryState.SENT,
            (),
            "Today’s has been sent. The first one comes tomorrow, Tuesday, 24 November",
        ),
        (False, 28, DeliveryState.LATER, (), "Today’s is on its way. The first one comes tomorrow"),
        (True, 4, None, (0, 3), "The first one comes today, Monday, 23 November, at 09:00."),
        (True, 4, None, (3,), "Nothing falls on today. The first one comes Thursday, 26 November, at 09:00."),
        (True, 0, None, (3,), "Nothing falls on today. The first one comes Thursday, 26 November, at 09:00."),
        (True, 4, None, (), "Nothing falls on today. Nor does anything within a year"),
    ],
)
def test_what_comes_next_is_said(
    exact: bool, due_in: int, today: DeliveryState | None, falls: tuple[int, ...], said: str
) -> None:
    one = subscription(NOW + timedelta(hours=due_in), exact=exact)
    days = {TODAY + timedelta(ahead) for ahead in falls}
    seen = outlook(one, NOW, today=today, first=True, falls=days.__contains__)
    assert plain(coming(one, seen, NOW)).startswith(said)


def test_a_day_of_another_rhythm_is_not_promised() -> None:
    one = subscription(AT_NINE, exact=True, rhythm=Rhythm.WEEKLY)
    seen = outlook(one, NOW, today=None, first=True, falls=lambda day: day == date(2026, 11, 25))
    assert seen.next_at is None


@pytest.mark.parametrize(
    ("exact", "today", "falls", "can"),
    [
        (False, None, False, True),
        (False, DeliveryState.SENT, False, False),
        (True, None, True, True),
        (True, None, False, False),
    ],
)
def test_todays_can_be_had_before_its_hour_where_there_is_one(
    exact: bool, today: DeliveryState | None, falls: bool, can: bool
) -> None:
    seen = outlook(subscription(AT_NINE, exact=exact), NOW, today=today, first=True, falls=lambda _: falls)
    assert seen.on_request is can
