from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import ExtBot

from bot.allowances import Limits
from bot.console_faults import Fault
from bot.courier import Courier, Letter, Receipt
from bot.markup import Html
from bot.outcomes import Gone, Later, Refused, Sent, TopicClosed
from bot.pace import Pace
from bot.transport import AiohttpRequest
from bot.turns import Urgency
from tests.telegram_stub import TOKEN, Received, TelegramStub

# python-telegram-bot warns of a later type of `retry_after` wherever a flood wait is raised.
pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after:telegram.warnings.PTBDeprecationWarning")

QUICK = Limits(interval=0.02, group_most=20, group_period=0.5)
GARBAGE = Fault(200, b"<html>not found</html>")


@dataclass
class Post:
    """A courier, the Telegram that it sends to, and what it found there."""

    stub: TelegramStub
    courier: Courier
    pace: Pace

    async def send(self, *chats: int, **fields: Any) -> list[Receipt]:  # noqa: ANN401 - any field of a Letter
        return await asyncio.gather(*(self.courier.deliver(letter(chat, **fields)) for chat in chats))

    @property
    def attempts(self) -> list[Received]:
        return [one for one in self.stub.requests if one.method == "sendMessage"]


def letter(chat: int, html: str = "<b>On this day</b> &amp; so on", *, seconds: float = 60, **fields: Any) -> Letter:  # noqa: ANN401 - any field
    return Letter(chat, Html(html), datetime.now(UTC) + timedelta(seconds=seconds), **fields)


@asynccontextmanager
async def posting(
    *,
    latency: float = 0.0,
    per_second: int = 5_000,
    read_timeout: float = 5.0,
    **bounds: Any,  # noqa: ANN401 - those of a Courier
) -> AsyncIterator[Post]:
    pace = Pace(per_second, QUICK)
    async with TelegramStub(latency=latency) as stub:
        bot: ExtBot[Urgency] = ExtBot(
            TOKEN,
            base_url=f"{stub.url}/bot",
            request=AiohttpRequest(read_timeout=read_timeout),
            get_updates_request=AiohttpRequest(),
            rate_limiter=pace,
        )
        async with bot:
            rng = random.Random(1)  # noqa: S311 - no secret
            bounds = {"first_wait": 0.05} | bounds
            yield Post(stub, Courier(bot, pace, now=lambda: datetime.now(UTC), rng=rng, **bounds), pace)


def apart(first: Received, second: Received) -> float:
    return second.at - first.at


# Sent


async def test_a_letter_is_sent_as_it_is() -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("+2 more", callback_data="more")]]).to_json()
    async with posting() as post:
        [receipt] = await post.send(-1001, topic=5, keyboard=keyboard, silent=True)
    [request] = post.attempts
    assert receipt == Receipt(Sent(request.message), -1001, attempts=1)
    assert request.parameters == {
        "chat_id": "-1001",
        "text": "<b>On this day</b> &amp; so on",
        "parse_mode": "HTML",
        "message_thread_id": "5",
        "disable_notification": "true",
        "link_preview_options": '{"is_disabled": true}',
        "reply_markup": keyboard,
    }


async def test_a_letter_to_no_topic_names_none() -> None:
    async with posting() as post:
        await post.send(7)
    assert "message_thread_id" not in post.attempts[0].parameters
    assert "disable_notification" not in post.attempts[0].parameters


# Sent again


@pytest.mark.parametrize(
    "fault", [Fault.gateway(), Fault.lost(), Fault.silence(), GARBAGE, Fault(500, b"{}"), Fault(200, b"[]")]
)
async def test_a_passing_fault_is_tried_again_with_growing_waits(fault: Fault) -> None:
    async with posting(first_wait=0.1, read_timeout=0.2) as post:
        post.stub.inject(fault, times=3)
        [receipt] = await post.send(7)
    assert receipt == Receipt(Sent(post.attempts[-1].message), 7, attempts=4)
    patience = 0.2 if fault.timed_out else 0.0
    waits = [apart(*pair) - patience for pair in zip(post.attempts, post.attempts[1:], strict=False)]
    for wait, longest in zip(waits, (0.1, 0.2, 0.4), strict=True):
        assert longest / 2 <= wait < longest + 0.15


async def test_those_that_fail_together_do_not_come_back_together() -> None:
    async with posting(first_wait=1.0) as post:  # Far longer than a busy machine stands still.
        post.stub.inject(Fault.gateway(), times=40)
        await post.send(*range(1, 41))
    again = [request.at for request in post.attempts[40:]]
    assert len(again) == 40
    assert again[-1] - again[0] > 0.1


async def test_a_flood_wait_is_kept_exactly_and_others_go_on() -> None:
    async with posting() as post:
        post.stub.inject(Fault.flood(1), chat=7)
        receipts = await post.send(7, *range(10, 40))
    assert [type(receipt.outcome) for receipt in receipts] == [Sent] * 31
    first, second = [request for request in post.attempts if request.chat == 7]
    assert 1.0 <= apart(first, second) < 1.25
    assert max(apart(first, request) for request in post.attempts if request.chat != 7) < 0.8


async def test_no_attempt_begins_after_the_time_is_up() -> None:
    async with posting(first_wait=0.1) as post:
        post.stub.inject(Fault.gateway(), times=100)
        [receipt] = await post.send(7, seconds=0.6)
        assert isinstance(receipt.outcome, Later)
        assert receipt.outcome.reason.startswith("NetworkError: Bad Gateway (502)")
        assert 2 <= receipt.attempts <= 5
        assert apart(post.attempts[0], post.attempts[-1]) <= 0.7
        [too_late] = await post.send(7, seconds=-1)
    assert isinstance(too_late.outcome, Later)
    assert too_late.attempts == 0


async def test_a_flood_wait_longer_than_the_time_left_comes_back_at_once() -> None:
    async with posting() as post:
        post.stub.inject(Fault.flood(600))
        async with asyncio.timeout(1):
            [receipt] = await post.send(7)
    assert receipt.outcome == Later("flood wait", timedelta(seconds=600))


# Not sent


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (Fault.blocked(), Gone("blocked by the user")),
        (Fault.refused("Forbidden: bot was kicked from the supergroup chat", 403), Gone("removed from the chat")),
        (Fault.refused("Bad Request: TOPIC_CLOSED"), TopicClosed("Topic_closed")),
        (Fault.refused("Bad Request: SOMETHING_NEW"), Refused("Something_new")),
        (Fault.refused("Forbidden: something new", 403), Refused("Forbidden: something new")),
    ],
)
async def test_a_refusal_is_not_argued_with(fault: Fault, outcome: object) -> None:
    async with posting() as post:
        post.stub.inject(fault)
        [receipt] = await post.send(7)
    assert receipt == Receipt(outcome, 7, attempts=1)  # type: ignore[arg-type]


async def test_a_group_that_moved_gets_it_in_its_new_place() -> None:
    async with posting() as post:
        post.stub.inject(Fault.migrated(-1001), chat=-7, times=10)
        [receipt] = await post.send(-7)
    assert [request.chat for request in post.attempts] == [-7, -1001]
    assert receipt == Receipt(Sent(post.attempts[-1].message), -1001, attempts=2)


async def test_a_group_that_moves_in_circles_is_left_alone() -> None:
    async with posting() as post:
        post.stub.inject(Fault.migrated(-8), chat=-7, times=10)
        post.stub.inject(Fault.migrated(-7), chat=-8, times=10)
        [receipt] = await post.send(-7)
    assert isinstance(receipt.outcome, Refused)
    assert receipt.attempts == 4


async def test_text_whose_formatting_is_refused_goes_out_plain(caplog: pytest.LogCaptureFixture) -> None:
    fault = Fault.refused("Bad Request: can't parse entities: Unsupported start tag")
    async with posting() as post:
        post.stub.inject(fault)
        with caplog.at_level(logging.ERROR):
            [receipt] = await post.send(7, passages=("p1", "p2"))
        assert post.attempts[-1].parameters["text"] == "On this day & so on"
        assert "parse_mode" not in post.attempts[-1].parameters
        assert receipt == Receipt(Sent(post.attempts[-1].message), 7, attempts=2, plain=True)
        assert "passages=p1,p2" in caplog.text

        post.stub.inject(fault, times=2)
        [receipt] = await post.send(7)
    assert isinstance(receipt.outcome, Refused)


async def test_what_goes_wrong_with_one_does_not_take_the_others_with_it(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    paced = Pace.process_request

    async def sometimes(self: Pace, *request: Any, **named: Any) -> object:  # noqa: ANN401 - passed on
        if request and request[4]["chat_id"] == 1:
            raise KeyError("result")
        return await paced(self, *request, **named)

    monkeypatch.setattr(Pace, "process_request", sometimes)
    async with posting() as post:
        receipts = await post.send(1, 2)
    assert receipts[0].outcome == Refused("KeyError")
    assert isinstance(receipts[1].outcome, Sent)
    assert "fault while sending chat=1" in caplog.text


# Bounds


async def test_no_more_are_in_flight_than_may_be() -> None:
    async with posting(latency=0.05, read_timeout=5, in_flight=10) as post:
        await post.send(*range(1, 61))
    times = [request.at for request in post.attempts]
    # While one is on its way for 50 ms, nine others are: the eleventh comes when the first has been answered. None is
    # given up and sent again meanwhile, however busy the machine.
    assert min(later - earlier for earlier, later in zip(times, times[10:], strict=False)) >= 0.045


async def test_what_waits_to_be_sent_again_takes_no_place_in_flight() -> None:
    async with posting(in_flight=2) as post:
        post.stub.inject(Fault.flood(1), chat=1)
        post.stub.inject(Fault.flood(1), chat=2)
        await post.send(1, 2, *range(10, 30))
    assert {request.chat for request in post.attempts[:-2]} == {1, 2, *range(10, 30)}


async def test_no_more_are_taken_than_are_accepted() -> None:
    async with posting(accepted=2) as post:
        post.stub.inject(Fault.flood(1), chat=1)
        post.stub.inject(Fault.flood(1), chat=2)
        await post.send(1, 2, 3)
    assert [request.chat for request in post.attempts][2:] != [3, 1, 2]
    assert apart(post.attempts[0], next(one for one in post.attempts if one.chat == 3)) >= 1.0


# Stopping


async def test_stopping_finishes_what_is_in_flight_and_begins_nothing() -> None:
    async with posting(latency=0.3, read_timeout=2, in_flight=5) as post:
        post.stub.inject(Fault.flood(5), chat=1)
        tasks = [asyncio.create_task(post.courier.deliver(letter(chat))) for chat in range(1, 21)]
        await asyncio.sleep(0.45)
        seen = len(post.attempts)
        post.courier.stop()
        assert await post.courier.landed(5)
        async with asyncio.timeout(0.2):
            receipts = await asyncio.gather(*tasks)
        assert len(post.attempts) == seen
        sent = {receipt.chat for receipt in receipts if isinstance(receipt.outcome, Sent)}
        assert sent == {request.chat for request in post.attempts if request.message}
        assert all(isinstance(receipt.outcome, Sent | Later) for receipt in receipts)

        [late] = await post.send(99)
    assert isinstance(late.outcome, Later)
    assert late.attempts == 0


async def test_stopping_does_not_wait_for_turns_that_are_far_off() -> None:
    async with posting(per_second=2) as post:
        tasks = [asyncio.create_task(post.courier.deliver(letter(chat))) for chat in range(1, 101)]
        await asyncio.sleep(0.2)
        post.courier.stop()
        async with asyncio.timeout(1):
            assert await post.courier.landed(1)
            receipts = await asyncio.gather(*tasks)
    assert sum(isinstance(receipt.outcome, Sent) for receipt in receipts) == len(post.attempts) <= 2


async def test_stopping_does_not_wait_for_ever() -> None:
    async with posting(read_timeout=30) as post:
        post.stub.inject(Fault.silence())
        task = asyncio.create_task(post.courier.deliver(letter(7)))
        await asyncio.sleep(0.1)
        post.courier.stop()
        assert not await post.courier.landed(0.1)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert await post.courier.landed(0.1)


# Everything at once


async def test_whatever_telegram_answers_every_letter_ends_where_it_should() -> None:
    passing = [Fault.gateway(), Fault.lost(), Fault.silence(), GARBAGE, Fault.flood(1)]
    gone, closed, unknown = range(1, 11), range(11, 21), range(21, 31)
    async with posting(first_wait=0.02, read_timeout=1.0) as post:
        for chat in gone:
            post.stub.inject(Fault.blocked(), chat=chat, times=1000)
        for chat in closed:
            post.stub.inject(Fault.refused("Bad Request: message thread not found"), chat=chat, times=1000)
        for chat in unknown:
            post.stub.inject(Fault.refused("Bad Request: NEVER_SEEN"), chat=chat, times=1000)
        post.stub.chaos(0.4, passing, seed=3)
        receipts = await post.send(*range(1, 151))
    for receipt in receipts:
        wanted = (
            Gone
            if receipt.chat in gone
            else TopicClosed
            if receipt.chat in closed
            else Refused
            if receipt.chat in unknown
            else Sent
        )
        assert isinstance(receipt.outcome, wanted), receipt
    delivered = [request.chat for request in post.stub.sent]
    assert sorted(delivered) == list(range(31, 151))
