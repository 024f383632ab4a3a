from __future__ import annotations

import asyncio

import pytest

from bot.console_updates import UpdateQueue
from bot.telegram_rules import JSON, RefusalError


def updates(*numbers: int) -> list[JSON]:
    return [{"update_id": number} for number in numbers]


def queue_of(*numbers: int) -> UpdateQueue:
    queue = UpdateQueue()
    for update in updates(*numbers):
        queue.put(update)
    return queue


async def test_updates_come_again_until_a_higher_offset_confirms_them() -> None:
    queue = queue_of(1, 2, 3)
    assert await queue.get() == updates(1, 2, 3)
    assert await queue.get(offset=2) == updates(2, 3)
    assert await queue.get(offset=1) == updates(2, 3)
    assert await queue.get(offset=4) == []


async def test_a_negative_offset_leaves_only_the_last() -> None:
    queue = queue_of(1, 2, 3)
    assert await queue.get(offset=-1) == updates(3)
    assert await queue.get() == updates(3)


async def test_no_more_come_than_the_limit() -> None:
    assert await queue_of(1, 2, 3).get(limit=2) == updates(1, 2)


async def test_one_that_waits_gets_the_update_at_once() -> None:
    queue = UpdateQueue()
    waiting = asyncio.create_task(queue.get(seconds=50))
    await asyncio.sleep(0)
    queue.put({"update_id": 1})
    assert await waiting == updates(1)


async def test_one_that_is_overtaken_is_refused() -> None:
    queue = UpdateQueue()
    waiting = asyncio.create_task(queue.get(seconds=50))
    await asyncio.sleep(0)
    await queue.get()
    with pytest.raises(RefusalError, match="terminated by other getUpdates") as refusal:
        await waiting
    assert refusal.value.status == 409


async def test_closing_answers_the_one_that_waits_and_all_later_ones() -> None:
    queue = UpdateQueue()
    waiting = asyncio.create_task(queue.get(seconds=50))
    await asyncio.sleep(0)
    queue.close()
    assert await waiting == []
    assert await queue.get(seconds=50) == []


async def test_an_update_is_confirmed_when_the_next_is_asked_for() -> None:
    queue = queue_of(1)
    confirmed = asyncio.create_task(queue.confirmed(1))
    await queue.get(offset=1)
    await asyncio.sleep(0)
    assert not confirmed.done()
    await queue.get(offset=2)
    await confirmed


async def test_waiting_for_a_bot_that_stops_ends() -> None:
    queue = queue_of(1)
    confirmed = asyncio.create_task(queue.confirmed(1))
    await asyncio.sleep(0)
    queue.close()
    with pytest.raises(RuntimeError, match="stopped asking"):
        await confirmed


async def test_changes_of_members_come_only_where_they_were_asked_for() -> None:
    queue = UpdateQueue()
    assert queue.wanted("message")
    assert not queue.wanted("chat_member")
    await queue.get(allowed=["chat_member"])
    assert queue.wanted("chat_member")
    assert not queue.wanted("message")
    await queue.get(allowed=[])
    assert queue.wanted("message")
