"""Who may send next: turns handed out one by one, the urgent first, each chat as often as it may be written to."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import logging
from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import timedelta

from aiolimiter import AsyncLimiter
from telegram.error import NetworkError, RetryAfter, TelegramError

from bot.allowances import Allowances, Chat, Limits

_AT_ONCE = 0.1
"""The share of a second's worth that may leave at once: so much that an event loop that stalls makes up for it."""
_BEAT = 0.005
"""Seconds for which turns are handed out together where there are many: waking up for each costs as much as sending."""

_log = logging.getLogger(__name__)


class StoppingError(NetworkError):
    """Nothing is sent any more that would have to wait."""

    def __init__(self) -> None:
        super().__init__("Not sent: the bot is stopping")


@dataclass(frozen=True, slots=True)
class Urgency:
    """A kind of message: that of the lower `rank` goes first; `burst` of them may go at once to a chat that has rested.

    `patience` is how many seconds one waits for its chat before it is refused, `most` how many may wait for one chat.
    """

    rank: int
    burst: int
    patience: float
    most: int


@dataclass(slots=True, eq=False)
class _Waiter:
    chat: Chat
    urgency: Urgency
    gives_up_at: float
    number: int
    turn: asyncio.Future[None]
    granted: bool = False


@dataclass(order=True, slots=True)
class _Place:
    """A place in a queue: by rank or by time, then by the order of coming."""

    key: float
    number: int
    waiter: _Waiter = field(compare=False)


class Turns:
    """Hands out at most `per_second` turns in any second, and to a chat as many as `limits` allow."""

    def __init__(self, per_second: int, limits: Limits) -> None:
        self._per_second = per_second
        self._second = _second(per_second)
        self._allowances = Allowances(limits)
        self._together = max(1, int(_BEAT * per_second))
        at_once = max(1.5, _AT_ONCE * per_second)
        # The bucket spreads turns over the second. It can't keep the limit alone: when the event loop stalls, turns are
        # taken later than they were handed out, and meet those of the next second. So what was taken is counted too.
        self._bucket = AsyncLimiter(at_once, at_once / per_second)
        self._taken: deque[float] = deque()
        self._granted = 0
        self._numbers = itertools.count()
        self._waiting: set[_Waiter] = set()
        self._crowds: Counter[tuple[Chat, Urgency]] = Counter()
        self._ready: list[_Place] = []
        self._resting: list[_Place] = []
        self._behind: dict[Chat, list[_Waiter]] = {}
        self._news = asyncio.Event()
        self._dispatcher: asyncio.Task[None] | None = None
        self._closed = False

    async def take(self, chat: Chat, urgency: Urgency, gives_up_at: float) -> None:
        """Return when a message may be sent to a chat; it then counts as sent.

        Raises RetryAfter where the chat can't be written to before `gives_up_at`, by the event loop's clock, or too
        many wait for it already, and NetworkError where the program ends first. That others go first is no matter.
        """
        loop = asyncio.get_running_loop()
        waiter = _Waiter(chat, urgency, gives_up_at, next(self._numbers), loop.create_future())
        if refusal := self._refusal(waiter, loop.time()):
            raise refusal
        self._crowds[chat, urgency] += 1
        self._waiting.add(waiter)
        self._ask_again(waiter)
        try:
            await waiter.turn
            now = loop.time()
            self._taken.append(now)
            self._allowances.take(chat, now)
        finally:
            self._leave(waiter)

    def shut(self, chat: Chat, until: float) -> None:
        """Hand out no turn for a chat before that time."""
        self._allowances.shut(chat, until)

    def close(self) -> None:
        """Hand out no turn any more but of the first rank, and of that only where the chat may be written to now."""
        self._closed = True
        for waiter in self._waiting:
            self._refuse_if_need_be(waiter)

    async def stop(self) -> None:
        """Hand out no turn any more: whoever waits gets NetworkError."""
        self.close()
        if self._dispatcher is not None:
            self._dispatcher.cancel()
            await asyncio.wait([self._dispatcher])

    def _ask_again(self, waiter: _Waiter) -> None:
        heapq.heappush(self._ready, _Place(waiter.urgency.rank, waiter.number, waiter))
        self._news.set()
        if self._dispatcher is None or self._dispatcher.done():
            self._dispatcher = asyncio.get_running_loop().create_task(self._dispatch(), name="turns")
            self._dispatcher.add_done_callback(self._ended)

    def _leave(self, waiter: _Waiter) -> None:
        self._waiting.discard(waiter)
        self._crowds[waiter.chat, waiter.urgency] -= 1
        if not self._crowds[waiter.chat, waiter.urgency]:
            del self._crowds[waiter.chat, waiter.urgency]
        if waiter.granted:
            self._granted -= 1
            for other in self._behind.pop(waiter.chat):
                self._ask_again(other)

    async def _dispatch(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            now = loop.time()
            while self._resting and self._resting[0].key <= now:
                self._ask_again(heapq.heappop(self._resting).waiter)
            if self._ready:
                some = min(self._together, len(self._ready))
                await self._bucket.acquire(some)
                self._hand_out(min(some, await self._room_in_this_second(loop)), loop.time())
            else:
                await self._something_new(loop)

    async def _something_new(self, loop: asyncio.AbstractEventLoop) -> None:
        self._news.clear()
        alarm = loop.call_at(self._resting[0].key, self._news.set) if self._resting else None
        try:
            await self._news.wait()
        finally:
            if alarm:
                alarm.cancel()

    async def _room_in_this_second(self, loop: asyncio.AbstractEventLoop) -> int:
        """Return how many turns there are before the limit is reached, at least one: wait for it if need be."""
        while True:
            now = loop.time()
            while self._taken and self._taken[0] <= now - self._second:
                self._taken.popleft()
            room = self._per_second - len(self._taken) - self._granted
            if room > 0:
                return room
            # Turns that were handed out are taken as soon as the tasks that wait for them run.
            await asyncio.sleep(self._taken[0] + self._second - now if self._taken else 0)

    def _hand_out(self, most: int, now: float) -> None:
        """Hand out turns to the first who can use them."""
        while self._ready and most:
            waiter = heapq.heappop(self._ready).waiter
            if waiter.turn.done() or self._refuse_if_need_be(waiter):
                continue
            if waiter.chat in self._behind:
                # When the one before it goes is not known yet, so neither is when this one may.
                self._behind[waiter.chat].append(waiter)
                continue
            opens_at = self._allowances.opens_at(waiter.chat, waiter.urgency.burst)
            if opens_at > now:
                heapq.heappush(self._resting, _Place(opens_at, waiter.number, waiter))
                continue
            self._behind[waiter.chat] = []
            self._granted += 1
            waiter.granted = True
            waiter.turn.set_result(None)
            most -= 1

    def _refusal(self, waiter: _Waiter, now: float) -> TelegramError | None:
        """Return why one can't wait, or can't wait any longer; None where it can."""
        opens_at = max(now, self._allowances.opens_at(waiter.chat, waiter.urgency.burst))
        if self._closed and (waiter.urgency.rank or opens_at > now):
            return StoppingError()
        crowded = waiter not in self._waiting and self._crowds[waiter.chat, waiter.urgency] >= waiter.urgency.most
        if crowded or opens_at > max(now, waiter.gives_up_at):
            return RetryAfter(timedelta(seconds=max(opens_at - now, 1.0)))
        return None

    def _refuse_if_need_be(self, waiter: _Waiter) -> bool:
        if waiter.turn.done():
            return False
        refusal = self._refusal(waiter, asyncio.get_running_loop().time())
        if refusal is not None:
            waiter.turn.set_exception(refusal)
        return refusal is not None

    def _ended(self, dispatcher: asyncio.Task[None]) -> None:
        """Let nobody wait for turns that nobody hands out."""
        if not dispatcher.cancelled() and dispatcher.exception():
            _log.error("turns are no longer handed out", exc_info=dispatcher.exception())
        for waiter in self._waiting:
            if not waiter.turn.done():
                waiter.turn.set_exception(StoppingError())


def _second(per_second: int) -> float:
    """Return a second as counted here: a little longer, since messages leave a little later than they are counted.

    On a busy machine that is up to some hundredths of a second, which shows where the limit is low.
    """
    return 1.01 + min(0.8 / per_second, 0.03)
