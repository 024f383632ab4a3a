from __future__ import annotations

import asyncio

from bot.in_order import InOrder


async def test_one_chat_is_served_in_order_and_others_do_not_wait() -> None:
    in_order = InOrder()
    done: list[str] = []
    opened = asyncio.Event()

    async def ask(chat: int, what: str) -> None:
        async with in_order.turn(chat):
            if what == "slow":
                await opened.wait()
            done.append(what)

    tasks = [asyncio.create_task(ask(chat, what)) for chat, what in ((1, "slow"), (1, "quick"), (2, "other"))]
    await tasks[-1]
    assert done == ["other"]
    opened.set()
    await asyncio.gather(*tasks)
    assert done == ["other", "slow", "quick"]
    assert not len(in_order)
