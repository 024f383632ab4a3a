"""What the digest promises, shown by the real program in its own process."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.console_faults import Fault
from tests.bot.program import Program, until
from tests.telegram_stub import StubProcess, fault_to_json

pytestmark = pytest.mark.slow

CHATS = range(1, 2001)
KILLS = 10


@pytest.fixture
def telegram() -> Iterator[StubProcess]:
    with StubProcess(latency=0.05) as stub:
        yield stub


@pytest.fixture
def program(tmp_path: Path, telegram: StubProcess) -> Program:
    return Program(tmp_path, telegram)


def sent(telegram: StubProcess) -> dict[int, int]:
    """Return how often each chat was sent something."""
    return {int(chat): number for chat, number in telegram.tell("summary")["chats"].items()}


def has_sent(telegram: StubProcess, messages: int) -> bool:
    return sum(sent(telegram).values()) >= messages


def test_kill_repeats_at_most_what_was_in_flight_and_misses_none(program: Program, telegram: StubProcess) -> None:
    program.subscribe(CHATS)
    in_flight: set[int] = set()
    for _ in range(KILLS):
        mark = sum(sent(telegram).values()) + 120
        program.start()
        until(partial(has_sent, telegram, mark))
        program.kill()
        in_flight |= {chat for (chat,) in program.rows("SELECT chat FROM deliveries WHERE state = 'sending'")}
    program.start()
    until(lambda: program.rows("SELECT count(*) FROM deliveries WHERE state = 'sent'") == [(len(CHATS),)])
    status, seconds = program.stop()
    assert (status, seconds < 10) == (0, True)
    assert set(sent(telegram)) == set(CHATS)
    assert {chat for chat, number in sent(telegram).items() if number > 1} <= in_flight


def test_stop_finishes_what_is_in_flight(program: Program, telegram: StubProcess) -> None:
    telegram.tell("set", latency=0.5)
    program.subscribe(range(1, 501))
    program.start()
    until(partial(has_sent, telegram, 50))
    status, seconds = program.stop()
    assert (status, seconds < 10) == (0, True)
    assert program.rows("SELECT count(*) FROM deliveries WHERE state = 'sending'") == [(0,)]
    assert {chat for (chat,) in program.rows("SELECT chat FROM deliveries WHERE state = 'sent'")} == set(sent(telegram))


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault.blocked(), ("paused", "gone")),
        (Fault.flood(2), ("active", "sent")),
        (Fault.gateway(), ("active", "sent")),
        (Fault.lost(), ("active", "sent")),
        (Fault.refused("Bad Request: something new"), ("active", "refused")),
        (Fault.refused("Bad Request: can't parse entities: it is odd"), ("active", "sent")),
    ],
    ids=["blocked", "flood wait", "gateway", "lost connection", "unknown refusal", "formatting"],
)
def test_what_telegram_answers_leaves_the_subscription_in_the_right_state(
    program: Program, telegram: StubProcess, fault: Fault, expected: tuple[str, str]
) -> None:
    telegram.tell("inject", fault=fault_to_json(fault), chat=7)
    program.subscribe([7, 8])
    program.start()
    final = "SELECT count(*) FROM deliveries WHERE state IN ('sent', 'gone', 'refused')"
    until(lambda: (program.data / "chats.db").exists() and program.rows(final) == [(2,)])
    program.stop()
    found = program.subscription(7)
    assert found is not None
    [(delivery,)] = program.rows("SELECT state FROM deliveries WHERE chat = 7")
    assert (found.state, delivery) == expected
    assert program.rows("SELECT state FROM deliveries WHERE chat = 8") == [("sent",)]


def test_stopped_for_two_hours_it_sends_late_and_once(program: Program, telegram: StubProcess) -> None:
    program.subscribe([7], due=timedelta(hours=-2))
    for _ in range(2):
        program.start()
        until(lambda: program.rows("SELECT count(*) FROM deliveries WHERE state = 'sent'") == [(1,)])
        program.stop()
    assert sent(telegram) == {7: 1}


@pytest.mark.parametrize(("late", "states"), [(5, ["missed", "missed", "sent"]), (7, ["missed", "missed", "missed"])])
def test_stopped_for_two_days_it_records_what_was_missed(
    program: Program, telegram: StubProcess, late: int, states: list[str]
) -> None:
    program.subscribe([7], due=timedelta(hours=-late), made=timedelta(days=-2, hours=-late - 1))
    program.start()
    until(lambda: len(program.rows("SELECT id FROM deliveries WHERE state IN ('sent', 'missed')")) == len(states))
    program.stop()
    rows = program.rows("SELECT state, reason FROM deliveries ORDER BY local_date")
    assert [state for state, _ in rows] == states
    assert all(reason for state, reason in rows if state == "missed")
    assert sum(sent(telegram).values()) == states.count("sent")
