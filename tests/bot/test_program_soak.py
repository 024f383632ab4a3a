"""An hour's worth of faults in five minutes, under the real program: it answers again after each, and loses nothing."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from bot.console_faults import Fault
from bot.presses import Hit, encode
from tests.bench.memory import megabytes
from tests.bot.program import SEEDS, Program, until
from tests.telegram_stub import ME, StubProcess, fault_to_json

pytestmark = pytest.mark.slow

SECONDS = 300
ADMIN = 900_001
SUBSCRIBERS = range(1, 201)
STRANGERS = itertools.count(10_000)
GARBAGE = Fault(200, b'{"ok": true, "result": [{"message"')
FAULTS = [Fault.gateway(), Fault.lost(), Fault.flood(1), GARBAGE, Fault.refused("Internal Server Error", 500)]
MOST_MB = 10.0


@pytest.fixture
def telegram() -> Iterator[StubProcess]:
    with StubProcess(latency=0.02) as stub:
        yield stub


@pytest.fixture
def program(tmp_path: Path, telegram: StubProcess) -> Program:
    return Program(tmp_path, telegram, QUOTEBOT_ADMINS=str(ADMIN))


def answers(telegram: StubProcess) -> None:
    """Ask as somebody new until an answer comes: what Telegram refuses once is not said again."""
    for _ in range(20):
        chat = next(STRANGERS)
        telegram.tell("say", text="/quote syria", chat=chat)
        for _ in range(60):
            if any(one["message"] for one in telegram.tell("seen", method="sendMessage", chat=chat)):
                return
            time.sleep(0.05)
    pytest.fail("nobody was answered any more")


def inject(telegram: StubProcess, fault: Fault, method: str, times: int) -> None:
    telegram.tell("inject", fault=fault_to_json(fault), method=method, times=times)


def cut(telegram: StubProcess, _program: Program) -> None:
    for method in ("getUpdates", "sendMessage"):
        inject(telegram, Fault.lost(), method, 5)


def flood_waits(telegram: StubProcess, _program: Program) -> None:
    inject(telegram, Fault.flood(2), "sendMessage", 3)
    inject(telegram, Fault.flood(1), "getUpdates", 1)


def gateway(telegram: StubProcess, _program: Program) -> None:
    for method in ("getUpdates", "sendMessage", "answerCallbackQuery"):
        inject(telegram, Fault.gateway(), method, 4)


def garbage(telegram: StubProcess, _program: Program) -> None:
    for method in ("getUpdates", "sendMessage"):
        inject(telegram, GARBAGE, method, 3)


def slow(telegram: StubProcess, _program: Program) -> None:
    telegram.tell("set", latency=1.5)
    for _ in range(20):
        telegram.tell("say", text="sanctions", chat=next(STRANGERS))
    time.sleep(3)
    telegram.tell("set", latency=0.02)


def unknown_kinds(telegram: StubProcess, _program: Program) -> None:
    broken = {"message": {"text": 5, "chat": "no chat"}}
    telegram.tell("push", updates=[{"a_kind_to_come": {"id": 1}}, broken, {}, {"poll": {"id": "1"}}])


def duplicates(telegram: StubProcess, _program: Program) -> None:
    chat = {"id": next(STRANGERS), "type": "private", "first_name": "Ann"}
    person = {"id": chat["id"], "is_bot": False, "first_name": "Ann"}
    message = {"message_id": 7, "date": 1_800_000_000, "text": "iran", "chat": chat, "from": person}
    under = message | {"from": ME}
    press = {"id": "7", "from": person, "chat_instance": "1", "message": under, "data": encode(Hit("iran", 1))}
    telegram.tell("push", updates=[{"message": message}] * 3 + [{"callback_query": press}] * 3)


def flood(telegram: StubProcess, _program: Program) -> None:
    chat = next(STRANGERS)
    for _ in range(60):
        telegram.tell("say", text="turkey", chat=chat)
    time.sleep(1)
    texts = [one["parameters"]["text"] for one in telegram.tell("seen", method="sendMessage", chat=chat)]
    assert sum(text.startswith("Slow down") for text in texts) <= 1
    assert len(texts) <= 21


def reload(telegram: StubProcess, _program: Program) -> None:
    before = len(telegram.tell("seen", chat=ADMIN))
    telegram.tell("say", text="/reload", chat=ADMIN)
    until(lambda: len(telegram.tell("seen", chat=ADMIN)) > before)


TROUBLES: list[Callable[[StubProcess, Program], None]] = [
    *(cut, flood_waits, gateway, garbage, slow, unknown_kinds, duplicates, flood, reload),
]


def test_it_answers_again_after_each_fault_and_loses_nothing(program: Program, telegram: StubProcess) -> None:
    seeds = {file.name: sha256(file.read_bytes()).digest() for file in SEEDS.iterdir()}
    program.subscribe(SUBSCRIBERS, due=timedelta(minutes=1))
    program.start()
    answers(telegram)
    telegram.tell("chaos", share=0.2, faults=[fault_to_json(fault) for fault in FAULTS], seed=11)
    in_flight: set[int] = set()
    end = time.monotonic() + SECONDS
    while time.monotonic() < end - SECONDS / 3:
        for trouble in TROUBLES:
            trouble(telegram, program)
            answers(telegram)
        program.kill()
        in_flight |= {chat for (chat,) in program.rows("SELECT chat FROM deliveries WHERE state = 'sending'")}
        program.start()
        answers(telegram)

    # The last third without a kill: what it takes then is what it would take in a year.
    for _ in range(30):
        answers(telegram)
    at_first = megabytes(program.pid)
    while time.monotonic() < end:
        for trouble in TROUBLES:
            trouble(telegram, program)
            answers(telegram)
    telegram.tell("chaos", share=0)
    until(partial(program.settled, len(SUBSCRIBERS)), patience=120)
    grown = megabytes(program.pid) - at_first
    status, seconds = program.stop()

    assert (status, seconds < 10) == (0, True)
    assert grown < MOST_MB
    assert program.rows("SELECT state, count(*) FROM subscriptions GROUP BY state") == [("active", len(SUBSCRIBERS))]
    assert program.rows("SELECT state, count(*) FROM deliveries GROUP BY state") == [("sent", len(SUBSCRIBERS))]
    sent = telegram.tell("summary")["chats"]
    twice = {chat for chat in SUBSCRIBERS if sent[str(chat)] > 1}
    assert twice <= in_flight
    assert {file.name: sha256(file.read_bytes()).digest() for file in SEEDS.iterdir()} == seeds
