"""Backup and restore by the real program while the real bot runs, each a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.console_faults import Fault
from tests.bot.program import SEEDS, Program, until
from tests.telegram_stub import StubProcess, fault_to_json

pytestmark = pytest.mark.slow

SENT = "SELECT count(*) FROM deliveries WHERE state = 'sent'"


@pytest.fixture
def telegram() -> Iterator[StubProcess]:
    with StubProcess() as stub:
        yield stub


@pytest.fixture
def program(tmp_path: Path, telegram: StubProcess) -> Iterator[Program]:
    program = Program(tmp_path, telegram)
    yield program
    program.kill()


def quotebot(program: Program, *words: str) -> str:
    """Run a command on the bot's data and return what it said on stderr."""
    command = [sys.executable, "-m", "bot", *words, "--data", str(program.data)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QUOTEBOT_")}
    done = subprocess.run(
        command, cwd=SEEDS.parent, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


def answer(telegram: StubProcess, chat: int, text: str) -> str:
    """Write to the bot and return what it answers."""
    before = len(answers(telegram, chat))
    telegram.tell("say", text=text, chat=chat)
    until(lambda: len(answers(telegram, chat)) > before)
    return answers(telegram, chat)[-1]


def answers(telegram: StubProcess, chat: int) -> list[str]:
    return [one["parameters"]["text"] for one in telegram.tell("seen", method="sendMessage") if one["chat"] == chat]


def digests(telegram: StubProcess) -> dict[int, int]:
    return {int(chat): number for chat, number in telegram.tell("summary")["chats"].items()}


def test_a_backup_restored_under_a_running_bot_sends_no_digest_twice_and_loses_no_subscription(
    program: Program, telegram: StubProcess, tmp_path: Path
) -> None:
    program.subscribe([7, 8])
    quotebot(program, "backup", str(tmp_path / "before.db"))
    program.start()
    until(lambda: program.rows(SENT) == [(2,)])
    answer(telegram, 7, "/unsubscribe")
    answer(telegram, 9, "/subscribe 09:00")
    assert program.subscription(7) is None
    assert program.subscription(9) is not None

    said = quotebot(program, "restore", str(tmp_path / "before.db"))
    assert "2 subscriptions" in said
    assert "gone with it: 1." in said
    assert program.subscription(7) is not None
    assert program.subscription(9) is None
    assert "Hour: " in answer(telegram, 7, "/settings")
    telegram.tell("say", text="/subscribe 09:00 syria", chat=9)
    until(lambda: program.subscription(9) is not None)  # The bot writes where it is read.

    # The Subscriptions of 7 and 8 say that today's is due still; it is not sent again, nor after a restart.
    until(lambda: program.rows("SELECT count(*) FROM subscriptions WHERE next_due_at <= unixepoch()") == [(0,)])
    assert program.stop()[0] == 0
    program.start()
    until(lambda: program.rows("SELECT count(*) FROM deliveries WHERE until IS NOT NULL") == [(0,)])
    assert answer(telegram, 8, "/help")
    assert len(answers(telegram, 8)) == len(["digest", "help"])
    assert len(answers(telegram, 7)) == len(["digest", "unsubscribed", "settings"])
    assert program.rows("SELECT count(*) FROM deliveries WHERE state = 'sent' AND chat IN (7, 8)") == [(2,)]
    assert program.rows("PRAGMA integrity_check") == [("ok",)]


def test_restored_while_digests_are_in_flight_each_chat_gets_one(
    program: Program, telegram: StubProcess, tmp_path: Path
) -> None:
    chats = range(1, 1001)
    telegram.tell("set", latency=0.3)
    telegram.tell("inject", fault=fault_to_json(Fault.flood(2)), chat=500)
    program.subscribe(chats)
    quotebot(program, "backup", str(tmp_path / "before.db"))
    program.start()
    until(lambda: sum(digests(telegram).values()) > 100)
    quotebot(program, "restore", str(tmp_path / "before.db"))
    in_between = sum(digests(telegram).values())
    until(lambda: program.rows(SENT) == [(len(chats),)])
    assert program.stop()[0] == 0
    assert in_between < len(chats), "it was in the middle of them"
    assert digests(telegram) == dict.fromkeys(chats, 1)
    log = program.log.read_text(encoding="utf-8")
    assert "Traceback" not in log, log
