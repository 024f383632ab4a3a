from __future__ import annotations

import pytest

from bot.signs import Outage, Pulse


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_pulse_tells_how_long_ago_it_beat() -> None:
    clock = Clock()
    pulse = Pulse(clock)
    clock.now += 5
    assert pulse.age() == 5
    pulse.beat()
    assert pulse.age() == 0


def test_pulse_that_is_to_pause_is_not_missed() -> None:
    clock = Clock()
    pulse = Pulse(clock)
    pulse.beat(pause=300)
    clock.now += 299
    assert pulse.age() == 0
    clock.now += 11
    assert pulse.age() == 10


def test_outage_is_told_at_once_then_more_and_more_rarely_and_when_it_is_over(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    clock = Clock()
    outage = Outage(clock)
    outage.over()
    assert not caplog.messages
    for _ in range(3600):
        outage.failed("502")
        clock.now += 1
    assert caplog.messages[0] == "telegram is away, trying again reason=502"
    assert caplog.messages[1] == "telegram is still away seconds=60 reason=502"
    assert len(caplog.messages) == 6
    assert outage.reason == "502"
    outage.over()
    assert caplog.messages[-1] == "telegram is back seconds=3600.0"
    assert not outage.reason
    outage.failed("lost")
    assert caplog.messages[-1] == "telegram is away, trying again reason=lost"
