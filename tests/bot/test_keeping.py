from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import keeping
from bot.keeping import KeptSearches, Writing
from store.chats import KEPT, Chats


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def kept(tmp_path: Path, clock: Clock) -> Iterator[KeptSearches]:
    with Chats.open(tmp_path / "chats.db") as writing, Chats.open(tmp_path / "chats.db") as reading:
        write = Writing()
        yield KeptSearches(writing, reading, write, clock)
        write.close()


async def test_a_search_is_kept_for_its_chat(kept: KeptSearches) -> None:
    mine, other = await kept.keep(1, "long words"), await kept.keep(2, "long words")
    assert mine is not None
    assert other is not None
    assert kept.words(mine, 1) == "long words"
    assert kept.words(mine, 2) is None
    assert kept.words(other, 2) == "long words"


async def test_a_search_goes_when_its_time_is_over(kept: KeptSearches, clock: Clock) -> None:
    search = await kept.keep(1, "long words")
    assert search is not None
    clock.time += KEPT
    await kept.sweep()
    assert kept.words(search, 1)
    clock.time += timedelta(seconds=1)
    await kept.sweep()
    assert kept.words(search, 1) is None


async def test_a_locked_database_costs_the_buttons_not_the_answer(
    kept: KeptSearches, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "PATIENCE", 1.0)
    search = await kept.keep(1, "before")
    assert search is not None
    with closing(sqlite3.connect(tmp_path / "chats.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        started = time.monotonic()
        assert await kept.keep(1, "long words") is None
        assert time.monotonic() - started < 2
        assert kept.words(search, 1) == "before"
        other.execute("ROLLBACK")


async def test_writing_stays_off_the_event_loop(kept: KeptSearches, monkeypatch: pytest.MonkeyPatch) -> None:
    threads = set()
    keep = kept._writing.keep

    def watched(chat: int, words: str, now: datetime) -> int:
        threads.add(threading.current_thread())
        return keep(chat, words, now)

    monkeypatch.setattr(kept._writing, "keep", watched)
    for number in range(3):
        await kept.keep(1, f"words {number}")
    assert len(threads) == 1
    assert threading.main_thread() not in threads
