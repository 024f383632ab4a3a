from __future__ import annotations

import random

import pytest

from bot.allowances import Allowances, Chat, Limits

LIMITS = Limits(interval=1.0, group_most=20, group_period=60.0)
PERSON, GROUP, CHANNEL = 1001, -2002, "@channel"


def sent_at(chat: Chat, burst: int, number: int, *, start: float = 100.0) -> list[float]:
    """Return when each of so many messages goes that all want to go from the start on."""
    allowances = Allowances(LIMITS)
    now = start
    times = []
    for _ in range(number):
        now = max(now, allowances.opens_at(chat, burst))
        allowances.take(chat, now)
        times.append(now - start)
    return times


@pytest.mark.parametrize(
    ("chat", "burst", "times"),
    [
        (PERSON, 1, [0, 1, 2, 3]),
        (PERSON, 5, [0, 0, 0, 0, 0, 1, 2, 3]),
        (GROUP, 1, [*range(20), *range(60, 80), 120]),
        (GROUP, 5, [0, 0, 0, 0, 0, *range(1, 16), 60, 60, 60, 60, 60, 61]),
        (CHANNEL, 1, [*range(20), 60]),
    ],
)
def test_messages_to_a_chat_are_spread(chat: Chat, burst: int, times: list[int]) -> None:
    assert sent_at(chat, burst, len(times)) == times


def test_a_rest_makes_room_for_a_burst_again() -> None:
    allowances = Allowances(LIMITS)
    for _ in range(5):
        allowances.take(PERSON, 100)
    assert allowances.opens_at(PERSON, 5) == 101
    assert allowances.opens_at(PERSON, 1) == 105
    allowances.take(PERSON, 200)
    assert allowances.opens_at(PERSON, 5) <= 200


def test_a_digest_waits_until_answers_are_paid_for() -> None:
    allowances = Allowances(LIMITS)
    allowances.take(PERSON, 100)
    allowances.take(PERSON, 100)
    assert allowances.opens_at(PERSON, 1) == 102


def test_chats_do_not_wait_for_each_other() -> None:
    allowances = Allowances(LIMITS)
    for _ in range(30):
        allowances.take(GROUP, 100)
    assert allowances.opens_at(PERSON, 1) == 0
    assert allowances.opens_at(-2003, 1) == 0


def test_a_chat_that_is_shut_opens_when_the_longest_wait_is_over() -> None:
    allowances = Allowances(LIMITS)
    allowances.shut(PERSON, 130)
    allowances.shut(PERSON, 110)
    assert allowances.opens_at(PERSON, 5) == 130
    assert allowances.opens_at(GROUP, 5) == 0


@pytest.mark.parametrize("burst", [1, 5])
@pytest.mark.parametrize("chat", [PERSON, GROUP])
def test_no_window_holds_more_than_the_limits_say(chat: Chat, burst: int) -> None:
    rng = random.Random(7)  # noqa: S311 - no secret
    allowances = Allowances(LIMITS)
    times: list[float] = []
    now = 100.0
    for _ in range(500):
        now = max(now + rng.expovariate(1.5), allowances.opens_at(chat, burst))
        allowances.take(chat, now)
        times.append(now)
    for start in times:
        for seconds in (1, 2, 10, 30):
            # A hair less, since sums of fractions are not exact.
            assert sum(start <= time < start + seconds - 1e-9 for time in times) <= seconds + burst - 1
        assert chat == PERSON or sum(start <= time < start + 60 - 1e-9 for time in times) <= 20


def test_what_is_known_of_chats_that_have_rested_is_forgotten() -> None:
    allowances = Allowances(LIMITS)
    most = 0
    for number in range(50_000):
        allowances.take(number + 1, number / 1000)
        most = max(most, len(allowances))
    assert most < 3_000  # A second's worth rests for a second.


def test_what_matters_still_is_not_forgotten() -> None:
    allowances = Allowances(LIMITS)
    allowances.shut(PERSON, 1000)
    for _ in range(20):
        allowances.take(GROUP, 1)
    for number in range(5_000):
        allowances.take(10_000 + number, number / 100)
    assert allowances.opens_at(PERSON, 1) == 1000
    assert allowances.opens_at(GROUP, 1) == 61
