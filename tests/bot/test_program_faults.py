"""A minute in which Telegram fails at random: what the real program makes of it, digest by digest."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.console_faults import Fault
from tests.bot.program import Program, until
from tests.telegram_stub import StubProcess, fault_to_json

pytestmark = pytest.mark.slow

SECONDS = 60
PRIVATE = range(1, 1401)
GROUPS = range(-20, 0)
"""Groups that become supergroups before they get anything."""
UNKNOWN = "Bad Request: something new"
FAULTS = [
    Fault.blocked(),
    Fault.refused("Forbidden: bot was kicked from the supergroup chat", 403),
    Fault.flood(1),
    Fault.flood(3),
    Fault.gateway(),
    Fault.lost(),
    Fault.lost(delivered=True),
    Fault(200, b"<html>not found</html>"),
    Fault.refused(UNKNOWN),
    Fault.refused("Bad Request: can't parse entities: it is odd"),
    Fault.refused("Internal Server Error", 500),
]


@pytest.fixture
def telegram() -> Iterator[StubProcess]:
    with StubProcess(latency=0.05) as stub:
        yield stub


def test_every_digest_and_subscription_ends_as_telegrams_last_answer_has_it(
    tmp_path: Path, telegram: StubProcess
) -> None:
    program = Program(tmp_path, telegram, QUOTEBOT_MESSAGES_PER_SECOND="30")
    for chat in GROUPS:
        telegram.tell("inject", fault=fault_to_json(Fault.migrated(chat - 10**12)), chat=chat)
    telegram.tell("chaos", share=0.35, faults=[fault_to_json(fault) for fault in FAULTS], seed=7)
    program.subscribe([*PRIVATE, *GROUPS])
    program.start()
    time.sleep(SECONDS)
    telegram.tell("chaos", share=0)
    assert program.rows("SELECT count(*) FROM deliveries WHERE state = 'later'")[0][0] > 0, "a minute full of faults"
    until(lambda: program.settled(len(PRIVATE) + len(GROUPS)), patience=300)
    program.stop()

    answers: dict[int, list[dict[str, Any]]] = {}
    for request in telegram.tell("seen", method="sendMessage"):
        answers.setdefault(request["chat"], []).append(request)
    chats = {*PRIVATE, *(chat - 10**12 for chat in GROUPS)}
    states = dict(program.rows("SELECT chat, state FROM deliveries"))
    subscriptions = dict(program.rows("SELECT chat, state FROM subscriptions"))
    assert states.keys() == subscriptions.keys() == chats
    assert not program.rows("SELECT chat FROM subscriptions WHERE state = 'active' AND next_due_at <= unixepoch()")
    seen = set()
    for chat in chats:
        *earlier, last = answers[chat]
        acknowledged = [one for one in answers[chat] if one["status"] == 200 and one["message"]]
        match last["status"]:
            case 200:
                expected = ("sent", "active")
                assert acknowledged == [last], chat
            case 400:
                expected = ("refused", "active")
            case 403:
                expected = ("gone", "paused")
            case status:
                pytest.fail(f"chat {chat} was left with {status}")
        assert (states[chat], subscriptions[chat]) == expected, chat
        assert not [one for one in earlier if one["status"] == 403], "what is paused is left alone"
        seen.add(expected[0])
    assert seen == {"sent", "refused", "gone"}
