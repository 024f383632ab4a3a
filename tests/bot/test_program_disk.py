"""A disk that fails under the real program: nothing is lost, the log says what is the matter, and people get answers.

Needs to mount file systems, and so to be root.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from tests.bot.program import Program, until
from tests.telegram_stub import StubProcess

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.geteuid() != 0 and not os.environ.get("CI"), reason="only root can mount a file system"),
]

PERSON = 1001
SUBSCRIBERS = range(1, 6)
LONG = "what do you think of the situation in syria and of the talks about it in geneva and astana"


@pytest.fixture
def telegram() -> Iterator[StubProcess]:
    with StubProcess() as stub:
        yield stub


def mount(*arguments: str | Path) -> None:
    subprocess.run(["mount", *arguments], check=True, timeout=30)


@contextmanager
def mounted(folder: Path, *arguments: str | Path) -> Iterator[Path]:
    folder.mkdir(exist_ok=True)
    mount(*arguments, folder)
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True, timeout=30)


@contextmanager
def running(program: Program, telegram: StubProcess) -> Iterator[None]:
    telegram.tell("clear")
    program.start()
    try:
        until(lambda: telegram.tell("seen", method="getUpdates"))
        yield
    finally:
        program.stop()


def answer(telegram: StubProcess, words: str) -> float:
    """Ask in private, wait for the answer, and return the seconds that it took."""
    before = len(telegram.tell("seen", method="sendMessage", chat=PERSON))
    began = time.monotonic()
    telegram.tell("say", text=words, chat=PERSON)
    until(lambda: len(telegram.tell("seen", method="sendMessage", chat=PERSON)) > before)
    return time.monotonic() - began


def fall_due(program: Program, *, seconds: int) -> None:
    """Make today's digest due for all in so many seconds."""
    with closing(sqlite3.connect(program.data / "chats.db", isolation_level=None, timeout=30)) as database:
        database.execute("UPDATE subscriptions SET next_due_at = unixepoch() + ?", (seconds,))


def fill(folder: Path) -> Path:
    """Fill a disk to the last byte, and return the file that does."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"0" * 4096):
            pass
    return filler


def had(telegram: StubProcess) -> list[int]:
    """Return which subscribers got a message, each as often as it did."""
    return sorted(one["chat"] for one in telegram.tell("seen", method="sendMessage") if one["chat"] != PERSON)


def log(program: Program) -> str:
    return program.log.read_text(encoding="utf-8")


def in_two_hours(program: Program) -> None:
    program.subscribe(SUBSCRIBERS, due=timedelta(hours=2), made=timedelta())


def test_full_disk_holds_digests_back_and_people_get_answers(tmp_path: Path, telegram: StubProcess) -> None:
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=64m", "tmpfs") as disk:
        program = Program(tmp_path, telegram, data=disk)
        in_two_hours(program)
        with running(program, telegram):
            fall_due(program, seconds=3)
            filler = fill(disk)
            until(lambda: "the disk is full" in log(program))
            for words in ("/quote syria", LONG):
                answer(telegram, words)
            assert not had(telegram)
            assert log(program).count("digests wait") == 1
            filler.unlink()
            until(lambda: program.settled(len(SUBSCRIBERS)))
            assert "digests go on" in log(program)
        assert had(telegram) == list(SUBSCRIBERS)
        assert program.rows("PRAGMA integrity_check") == [("ok",)]


def test_lock_of_ten_seconds_holds_digests_back_and_people_get_answers(tmp_path: Path, telegram: StubProcess) -> None:
    program = Program(tmp_path, telegram)
    in_two_hours(program)
    with running(program, telegram):
        fall_due(program, seconds=2)
        with closing(sqlite3.connect(program.data / "chats.db", isolation_level=None, timeout=30)) as other:
            other.execute("BEGIN IMMEDIATE")
            end = time.monotonic() + 10
            while time.monotonic() < end:
                answer(telegram, "/quote syria")
                answer(telegram, LONG)
            assert not had(telegram)
            other.execute("ROLLBACK")
        until(lambda: program.settled(len(SUBSCRIBERS)))
    assert had(telegram) == list(SUBSCRIBERS)
    assert "is locked by another process" in log(program)


def test_disk_that_turns_read_only_holds_digests_back_and_people_get_answers(
    tmp_path: Path, telegram: StubProcess
) -> None:
    """As the kernel makes it where the device fails: one that is asked to, it does not while files are open."""
    image = tmp_path / "image"
    with image.open("wb") as file:
        file.truncate(64 << 20)
    subprocess.run(["mkfs.ext4", "-q", "-F", image], check=True, timeout=60)
    disk = ("-o", "loop,errors=remount-ro", image)
    with mounted(tmp_path / "disk", *disk) as folder:
        program = Program(tmp_path, telegram, data=folder / "data")
        in_two_hours(program)
        with running(program, telegram):
            fall_due(program, seconds=3)
            mount("-o", "remount,abort", folder)
            until(lambda: "digests wait" in log(program))
            for words in ("/quote syria", LONG):
                answer(telegram, words)
            assert not had(telegram)
    with mounted(tmp_path / "disk", *disk), running(program, telegram):
        until(lambda: program.settled(len(SUBSCRIBERS)))
        assert had(telegram) == list(SUBSCRIBERS)
        assert program.rows("PRAGMA integrity_check") == [("ok",)]
