from __future__ import annotations

import asyncio
import datetime as dt
import threading
from pathlib import Path

import pytest

from bot.compositions import Compositions
from bot.digest import Digest, Edition
from bot.editions import Composed
from store.errors import ArchiveError
from tests.builders import document, make_archive, passage

DAY = dt.date(2026, 12, 28)
TALK = document(date=dt.date(2017, 12, 28), outlet="Interfax")


@pytest.fixture
def compositions(tmp_path: Path) -> Compositions:
    make_archive(tmp_path, passage("We want a political settlement in Syria."), documents=[TALK]).close()
    return Compositions(tmp_path / "archive.db")


async def test_each_is_made_once_in_another_thread_and_a_fault_of_one_harms_no_other(
    compositions: Compositions, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[tuple[int, dt.date]] = []
    digest = compositions._editions.digest

    def slow(edition: Edition) -> Digest:
        made.append((threading.get_ident(), edition.day))
        if edition.day != DAY:
            raise ArchiveError("damaged") if edition.day.month == 1 else ValueError("unforeseen")
        return digest(edition)

    monkeypatch.setattr(compositions._editions, "digest", slow)
    days = (DAY, dt.date(2027, 1, 1), DAY, dt.date(2027, 2, 1), DAY)
    try:
        found = await compositions.of([(Edition(day), False) for day in days])
    finally:
        compositions.close()
    assert [type(one) for one in found] == [Composed, ArchiveError, Composed, ValueError, Composed]
    assert found[0] is found[2]
    assert [day for _, day in made] == [DAY, dt.date(2027, 1, 1), dt.date(2027, 2, 1)]
    assert threading.get_ident() not in {thread for thread, _ in made}


async def test_neither_who_subscribes_nor_a_stop_waits_for_all_that_are_made_together(
    compositions: Compositions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.compositions._SLICE_S", 0.0)
    done: list[str] = []
    begun, go_on = threading.Event(), threading.Event()

    def slow(edition: Edition, *, past: bool) -> None:
        del past
        begun.set()
        go_on.wait(10)
        done.append(f"{edition.day:%B}")

    monkeypatch.setattr(compositions._editions, "composed", slow)
    monkeypatch.setattr(compositions._editions, "corrected", lambda _: done.append("asked"))
    try:
        making = asyncio.create_task(compositions.of([(Edition(dt.date(2027, month, 1)), False) for month in (1, 2)]))
        await asyncio.to_thread(begun.wait, 10)
        asking = asyncio.create_task(compositions.understood(()))
        await asyncio.sleep(0)
        go_on.set()
        await asyncio.gather(making, asking)
        assert done == ["January", "asked", "February"]

        begun.clear()
        go_on.clear()
        making = asyncio.create_task(compositions.of([(Edition(dt.date(2027, month, 1)), False) for month in (3, 4)]))
        await asyncio.to_thread(begun.wait, 10)
        making.cancel()
        go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await making
    finally:
        go_on.set()
        compositions.close()
    assert done[3:] == ["March"]


async def test_what_words_were_understood_as(compositions: Compositions) -> None:
    try:
        assert await compositions.understood(("syira", "zanzibar")) == (("zanzibar",), (("syira", "syria"),))
    finally:
        compositions.close()


def test_without_an_archive_nothing_can_be_composed(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError):
        Compositions(tmp_path / "archive.db")
