from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from telegram.error import BadRequest, NetworkError, RetryAfter
from telegram.ext import ExtBot

from bot.allowances import Limits
from bot.console_faults import Fault
from bot.pace import ANSWER, DIGEST, Pace
from bot.transport import AiohttpRequest
from bot.turns import Urgency
from tests.telegram_stub import TOKEN, TelegramStub

# python-telegram-bot warns of a later type of `retry_after` wherever a flood wait is raised.
pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after:telegram.warnings.PTBDeprecationWarning")

QUICK = Limits(interval=0.1, group_most=4, group_period=1.0)
"""A tenth of the real times, so that tests need not take longer."""
FAST = 10_000
GROUP = -2002


class Sender:
    """Sends through a Pace and writes down what left when: (seconds since the start, chat, urgency)."""

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self.left: list[tuple[float, int, Urgency]] = []
        self.started = time.monotonic()

    async def send(
        self,
        chat: int,
        urgency: Urgency = ANSWER,
        *,
        endpoint: str = "sendMessage",
        before: Callable[[], object] = lambda: None,
    ) -> object:
        async def callback(*_arguments: object, **_named: object) -> bool:
            self.left.append((time.monotonic() - self.started, chat, urgency))
            before()
            return True

        data = {"chat_id": chat, "text": "hello"}
        return await self.pace.process_request(callback, (), {}, endpoint, data, urgency)

    def times(self, chat: int | None = None) -> list[float]:
        return [left for left, to, _ in self.left if chat in {None, to}]


@asynccontextmanager
async def sending(per_second: int = FAST, limits: Limits = QUICK) -> AsyncIterator[Sender]:
    pace = Pace(per_second, limits)
    await pace.initialize()
    yield Sender(pace)
    await pace.shutdown()


def busiest(times: Sequence[float], seconds: float = 1.0) -> int:
    """Return the most of these times that lie so near together."""
    return max(sum(start <= time_ < start + seconds for time_ in times) for start in times)


def gaps(times: Sequence[float]) -> list[float]:
    return [later - earlier for earlier, later in zip(times, times[1:], strict=False)]


def raising(error: Exception, times: int = 1) -> Callable[[], object]:
    """Return what raises an error the first times it is called."""
    left = [error] * times

    def call() -> None:
        if left:
            raise left.pop()

    return call


# Over all chats


@pytest.mark.parametrize(("per_second", "number", "least"), [(30, 45, 28), (200, 300, 190)])
async def test_no_second_holds_more_than_the_limit_and_little_less(per_second: int, number: int, least: float) -> None:
    async with sending(per_second) as sender:
        await asyncio.gather(*(sender.send(chat, DIGEST) for chat in range(1, number + 1)))
    times = sender.times()
    assert len(times) == number
    # A little longer than a second, since what leaves later than it is counted must find room in it.
    assert busiest(times, 1.01) <= per_second
    assert (number - 1) / (times[-1] - times[0]) >= least


async def test_a_second_begins_without_a_burst() -> None:
    async with sending(100) as sender:
        await asyncio.gather(*(sender.send(chat) for chat in range(1, 31)))
    assert sum(left < 0.1 for left in sender.times()) <= 22  # what has gathered, and those of this tenth of a second


async def test_a_loop_that_stalls_does_not_send_more_in_the_next_second() -> None:
    stalls = {10: 0.3, 40: 0.2, 70: 0.1}
    async with sending(60) as sender:

        async def send(chat: int) -> None:
            await sender.send(chat, DIGEST, before=lambda: time.sleep(stalls.get(chat, 0)))

        await asyncio.gather(*(send(chat) for chat in range(1, 101)))
    assert len(sender.left) == 100
    assert busiest(sender.times()) <= 60


async def test_a_limit_of_one_a_second_is_kept() -> None:
    async with sending(1) as sender:
        await asyncio.gather(*(sender.send(chat) for chat in (1, 2)))
    [gap] = gaps(sender.times())
    assert 1 <= gap < 1.2


async def test_answers_go_before_digests_that_came_first() -> None:
    async with sending(50) as sender:
        digests = [asyncio.create_task(sender.send(chat, DIGEST)) for chat in range(1, 31)]
        await asyncio.sleep(0.1)
        await asyncio.gather(*(sender.send(chat) for chat in range(101, 106)))
        assert sum(task.done() for task in digests) < 15
        await asyncio.gather(*digests)
    kinds = [urgency for _, _, urgency in sender.left]
    assert kinds[kinds.index(ANSWER) :][:5] == [ANSWER] * 5


async def test_those_of_one_kind_go_in_the_order_in_which_they_came() -> None:
    async with sending(200) as sender:
        await asyncio.gather(*(sender.send(chat, DIGEST) for chat in range(1, 41)))
    assert [chat for _, chat, _ in sender.left] == list(range(1, 41))


@pytest.mark.parametrize(
    "endpoint", ["getMe", "answerCallbackQuery", "sendChatAction", "deleteMessage", "getChat", "editForumTopic"]
)
async def test_what_sends_nothing_to_a_chat_does_not_wait(endpoint: str) -> None:
    async with sending(1) as sender:
        await sender.send(1)
        async with asyncio.timeout(0.5):
            await asyncio.gather(*(sender.send(1, endpoint=endpoint) for _ in range(50)))


@pytest.mark.parametrize("endpoint", ["sendMessage", "sendPhoto", "copyMessage", "forwardMessage", "editMessageText"])
async def test_what_sends_something_to_a_chat_waits(endpoint: str) -> None:
    async with sending(10) as sender:
        await asyncio.gather(*(sender.send(chat, endpoint=endpoint) for chat in range(1, 6)))
    assert sender.times()[-1] - sender.times()[0] > 0.25


# To one chat


async def test_digests_to_one_chat_keep_their_distance() -> None:
    async with sending() as sender:
        await asyncio.gather(*(sender.send(1, DIGEST) for _ in range(4)))
    assert min(gaps(sender.times())) >= 0.1


async def test_answers_to_one_chat_may_come_in_a_burst() -> None:
    async with sending() as sender:
        await asyncio.gather(*(sender.send(1) for _ in range(8)))
    assert sender.times()[4] - sender.times()[0] < 0.08
    assert min(gaps(sender.times()[4:])) >= 0.09


async def test_a_group_gets_no_more_than_its_limit_in_any_period() -> None:
    async with sending() as sender:
        await asyncio.gather(*(sender.send(GROUP) for _ in range(6)))
    assert sender.times()[3] - sender.times()[0] < 0.3
    assert sender.times()[4] - sender.times()[0] >= 1.0


async def test_a_chat_that_waits_holds_up_no_other() -> None:
    async with sending(500) as sender:
        slow = [asyncio.create_task(sender.send(1, DIGEST)) for _ in range(5)]
        await asyncio.sleep(0)
        await asyncio.gather(*(sender.send(chat, DIGEST) for chat in range(2, 52)))
        assert sum(task.done() for task in slow) <= 3
        await asyncio.gather(*slow)


async def test_too_many_answers_to_one_chat_are_refused_at_once() -> None:
    async with sending(limits=Limits(interval=5)) as sender:
        tasks = [asyncio.create_task(sender.send(1)) for _ in range(30)]
        _, waiting = await asyncio.wait(tasks, timeout=0.2)
        assert len(waiting) == ANSWER.most - ANSWER.burst
        assert len(sender.left) == ANSWER.burst
        refused = [task.exception() for task in tasks if task.done() and task.exception()]
        assert len(refused) == 30 - ANSWER.most
        assert all(isinstance(error, RetryAfter) for error in refused)
        await sender.send(2)
        for task in waiting:
            task.cancel()


async def test_a_digest_that_would_wait_longer_than_its_patience_is_refused_unsent() -> None:
    async with sending(limits=Limits(interval=60)) as sender:
        await sender.send(1, DIGEST)
        async with asyncio.timeout(1):
            with pytest.raises(RetryAfter) as refused:
                await sender.send(1, DIGEST)
    assert 59 <= refused.value._retry_after.total_seconds() <= 60
    assert len(sender.left) == 1


async def test_waiting_for_others_is_no_matter_of_patience() -> None:
    hasty = Urgency(rank=1, burst=1, patience=0.05, most=64)
    async with sending(50) as sender:
        await asyncio.gather(*(sender.send(chat, hasty) for chat in range(1, 21)))
    assert len(sender.left) == 20


async def test_an_id_written_in_words_is_the_same_chat() -> None:
    async with sending() as sender:
        await asyncio.gather(*(sender.send(chat, DIGEST) for chat in (1, "1", 1)))  # type: ignore[arg-type]
        await asyncio.gather(*(sender.send(chat, DIGEST) for chat in ("@Names", "@names")))  # type: ignore[arg-type]
    first, second = sender.times()[:3], sender.times()[3:]
    assert min(gaps(first) + gaps(second)) >= 0.09


# Flood waits


@pytest.mark.parametrize("wait", [1, timedelta(seconds=1)])
async def test_a_flood_wait_stops_its_chat_alone_for_exactly_that_long(wait: int | timedelta) -> None:
    async with sending() as sender:
        flooded = asyncio.create_task(sender.send(1, before=raising(RetryAfter(wait))))
        await asyncio.sleep(0.05)
        await asyncio.gather(*(sender.send(chat) for chat in range(2, 30)))
        assert max(sender.times()) < 0.5
        assert await flooded
    first, second = sender.times(1)
    assert 1.0 <= second - first < 1.2


async def test_after_a_flood_wait_nothing_goes_to_that_chat_before_time() -> None:
    async with sending() as sender:
        with pytest.raises(RetryAfter):
            await sender.send(1, DIGEST, before=raising(RetryAfter(1)))
        await sender.send(1)
        await sender.send(1, DIGEST)
    assert sender.times()[1] - sender.times()[0] >= 1.0


async def test_a_flood_wait_beyond_patience_is_raised_at_once() -> None:
    async with sending() as sender:
        async with asyncio.timeout(1):
            with pytest.raises(RetryAfter):
                await sender.send(1, before=raising(RetryAfter(31)))
            with pytest.raises(RetryAfter) as next_one:
                await sender.send(1)
    assert 30 < next_one.value._retry_after.total_seconds() <= 31
    assert len(sender.left) == 1


async def test_other_errors_are_raised_and_count_as_sent() -> None:
    async with sending() as sender:
        with pytest.raises(BadRequest):
            await sender.send(1, DIGEST, before=raising(BadRequest("no")))
        await sender.send(1, DIGEST)
    assert sender.times()[1] - sender.times()[0] >= 0.1


async def test_the_wait_that_telegram_asks_for_is_kept_over_the_network() -> None:
    async with TelegramStub() as stub:
        bot: ExtBot[Urgency] = ExtBot(
            TOKEN,
            base_url=f"{stub.url}/bot",
            request=AiohttpRequest(),
            get_updates_request=AiohttpRequest(),
            rate_limiter=Pace(FAST, QUICK),
        )
        async with bot:
            stub.inject(Fault.flood(1), chat=1)
            with pytest.raises(RetryAfter):
                await bot.send_message(1, "digest", rate_limit_args=DIGEST)
            await asyncio.gather(bot.send_message(1, "answer"), bot.send_message(2, "answer"))
    first, other, second = [one for one in stub.requests if one.method == "sendMessage"]
    assert (first.chat, other.chat, second.chat) == (1, 2, 1)
    assert 1.0 <= second.at - first.at < 1.2
    assert other.at - first.at < 0.2


# Ends


async def test_withdrawn_digests_are_refused_and_answers_still_go() -> None:
    async with sending(20) as sender:
        digests = [asyncio.create_task(sender.send(chat, DIGEST)) for chat in range(1, 21)]
        answers = [asyncio.create_task(sender.send(chat)) for chat in range(101, 104)]
        await asyncio.sleep(0.01)
        sender.pace.withdraw()
        assert await asyncio.gather(*answers) == [True] * 3
        results = await asyncio.gather(*digests, return_exceptions=True)
        assert sum(isinstance(one, NetworkError) for one in results) >= 15
        with pytest.raises(NetworkError):
            await sender.send(1, DIGEST)


async def test_withdrawing_refuses_answers_that_wait_for_their_chat() -> None:
    async with sending(limits=Limits(interval=5)) as sender:
        tasks = [asyncio.create_task(sender.send(1)) for _ in range(7)]
        await asyncio.sleep(0.1)
        sender.pace.withdraw()
        results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [isinstance(one, NetworkError) for one in results] == [False] * 5 + [True] * 2


async def test_whoever_waits_at_the_end_is_told() -> None:
    async with sending(5) as sender:
        tasks = [asyncio.create_task(sender.send(chat)) for chat in range(1, 11)]
        await asyncio.sleep(0.05)
        await sender.pace.shutdown()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        assert sum(isinstance(one, NetworkError) for one in results) >= 7
        await sender.pace.initialize()
        assert await sender.send(1)


async def test_a_message_that_is_given_up_takes_no_turn() -> None:
    async with sending(20) as sender:
        given_up = [asyncio.create_task(sender.send(chat)) for chat in range(1, 11)]
        await asyncio.sleep(0.01)
        for task in given_up:
            task.cancel()
        await asyncio.gather(*given_up, return_exceptions=True)
        before = len(sender.left)
        async with asyncio.timeout(0.5):
            await asyncio.gather(*(sender.send(chat, DIGEST) for chat in range(1, 5)))
    assert len(sender.left) == before + 4
    assert not sender.pace._turns._waiting
    assert not sender.pace._turns._behind
    assert not sender.pace._turns._granted


async def test_nothing_is_kept_of_what_has_been_sent() -> None:
    async with sending(FAST, Limits(interval=0.01)) as sender:
        for start in range(0, 4000, 200):
            await asyncio.gather(*(sender.send(chat) for chat in range(start + 1, start + 201)))
        turns = sender.pace._turns
        assert len(turns._allowances) < 1000
        assert not any([turns._waiting, turns._crowds, turns._ready, turns._resting, turns._behind])


async def test_nobody_waits_for_turns_that_nobody_hands_out(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sending() as sender:

        def broken(*_arguments: object) -> None:
            raise ZeroDivisionError

        with monkeypatch.context() as broken_for_now:
            broken_for_now.setattr(sender.pace._turns, "_hand_out", broken)
            with caplog.at_level(logging.ERROR), pytest.raises(NetworkError):
                await sender.send(1)
        assert "turns are no longer handed out" in caplog.text
        assert await sender.send(1)
