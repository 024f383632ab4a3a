from __future__ import annotations

import time

import pytest
from telegram import Bot
from telegram.error import Forbidden, NetworkError

from bot.console_faults import Fault
from bot.transport import AiohttpRequest
from tests.telegram_stub import TOKEN, StubProcess, TelegramStub, fault_to_json


def bot(url: str) -> Bot:
    return Bot(TOKEN, base_url=f"{url}/bot", request=AiohttpRequest(), get_updates_request=AiohttpRequest())


async def test_a_stub_in_a_process_of_its_own_does_as_it_is_told() -> None:
    with StubProcess(latency=0.05) as stub:
        stub.tell("inject", fault=fault_to_json(Fault.blocked()), chat=7)
        stub.tell("say", text="/start", chat=8)
        async with bot(stub.url) as one:
            with pytest.raises(Forbidden):
                await one.send_message(7, "hello")
            began = time.monotonic()
            assert (await one.send_message(7, "hello")).text == "hello"
            assert time.monotonic() - began >= 0.05
            [update] = await one.get_updates(timeout=1)
            assert update.message is not None
            assert update.message.chat.id == 8
            assert await one.get_updates(offset=update.update_id + 1, timeout=0) == ()
        seen = stub.tell("seen", method="sendMessage")
        assert [one["status"] for one in seen] == [403, 200]
        assert seen[1]["parameters"]["text"] == "hello"
        assert stub.tell("summary")["chats"] == {"7": 1}
        assert len(stub.tell("times")) == 2


async def test_a_fault_meets_the_method_and_the_chat_that_it_is_for() -> None:
    async with TelegramStub() as stub, bot(stub.url) as one:
        stub.inject(Fault.gateway(), "editMessageText", chat=7)
        stub.inject(Fault.gateway(), chat=9, times=2)
        await one.send_message(7, "hello")
        await one.edit_message_text("hello", 8, 1)
        with pytest.raises(NetworkError):
            await one.edit_message_text("hello", 7, 1)
        for _ in range(2):
            with pytest.raises(NetworkError):
                await one.send_message(9, "hello")
        await one.send_message(9, "hello")
    assert [request.status for request in stub.requests[1:]] == [200, 200, 502, 502, 502, 200]
    assert [request.chat for request in stub.sent] == [7, 8, 9]


async def test_what_was_done_before_the_connection_was_lost_counts_as_sent() -> None:
    async with TelegramStub() as stub, bot(stub.url) as one:
        for delivered in (False, True):
            stub.inject(Fault.lost(delivered=delivered))
            with pytest.raises(NetworkError):
                await one.send_message(7, "hello")
    assert len(stub.sent) == 1


async def test_chaos_meets_its_share_and_ends() -> None:
    async with TelegramStub() as stub, bot(stub.url) as one:
        stub.chaos(0.5, [Fault.gateway()], seed=1)
        failed = 0
        for _ in range(60):
            try:
                await one.send_message(7, "hello")
            except NetworkError:
                failed += 1
        assert 15 < failed < 45
        stub.chaos(0)
        for _ in range(10):
            await one.send_message(7, "hello")
