"""From due to sent: one tick of the JobQueue leases what is due; it is sent and taken down while others are leased.

Nothing is prepared ahead: a Digest is chosen when its time has come, and after a stop the same question to the ledger
is the catch-up. What each state of a Delivery means, and what a crash leaves of it, is told in `store.ledger`.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from typing import Any

from bot.compositions import Composition
from bot.courier import Courier
from bot.desk import Desk
from store.errors import ArchiveError
from store.model import Lease, Settled
from store.timing import local_date

ROOM = 2000
"""Deliveries leased and not taken down: at 1,000 a second, those of two seconds."""
BATCH = 64
"""Deliveries started in one transaction."""
IN_FLIGHT = 256
"""Deliveries started and not taken down: what a crash can repeat is among them."""

_LANDING_S = 7.0
"""How long a stop waits for what is in flight; the rest of ten seconds is for taking it down."""
_RETRY_S = 1.0
_GATHERED_S = 0.03
"""How long what is settled waits for others in flight: every transaction waits for the disk."""

_log = logging.getLogger(__name__)


class Ticks:
    """Delivers what is due by way of `courier`.

    `compose` makes the Digests of leases, `fulfil` of a started Lease and its Digest what came of it; they raise
    nothing.
    """

    def __init__(
        self,
        desk: Desk,
        compose: Callable[[Sequence[Lease]], Awaitable[Sequence[Composition]]],
        fulfil: Callable[[Lease, Composition], Awaitable[Settled]],
        courier: Courier,
    ) -> None:
        self._desk = desk
        self._compose = compose
        self._fulfil = fulfil
        self._courier = courier
        self._leased: deque[Lease] = deque()
        self._started: set[int] = set()
        self._settled: deque[Settled] = deque()
        self._awaited: dict[int, asyncio.Future[Settled | None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._starting = self._recording = False
        self._between_ticks = asyncio.Event()
        self._between_ticks.set()
        self._stopping = False
        self._faulty = self._restless = False
        self._idle = asyncio.Event()
        self._idle.set()

    @property
    def waiting(self) -> int:
        """How many Deliveries are leased and have not been started."""
        return len(self._leased)

    async def tick(self) -> None:
        """Lease what is due, as much as there is room for; a tick that overtakes another does nothing."""
        if self._stopping or not self._between_ticks.is_set():
            return
        self._between_ticks.clear()
        try:
            while (room := ROOM - len(self._leased) - len(self._started)) >= BATCH and self._desk.waiting():
                self._enter(await self._desk.due(room))
            self._works()
            if self._restless and self._idle.is_set():
                await self._desk.rest()
                self._restless = False
        except ArchiveError as error:
            self._fails(error)
        finally:
            self._between_ticks.set()

    async def now(self, chat: int, topic: int) -> Settled | None:
        """Deliver today's Digest to a chat that asks for it, and return what came of it.

        None where it had it already, has no active Subscription, or the bot stops.
        """
        subscription = self._desk.get(chat, topic)
        if subscription is None or self._stopping:
            return None
        lease = await self._desk.claim(chat, topic, local_date(subscription.zone, self._desk.now()))
        if lease is None or self._stopping:
            return None
        outcome: asyncio.Future[Settled | None] = asyncio.get_running_loop().create_future()
        self._tell(lease.delivery, None)  # It may have been called back, and asked for once more.
        self._awaited[lease.delivery] = outcome
        self._enter((lease,), first=True)
        return await outcome

    async def caught_up(self) -> None:
        """Deliver all that is due, and return when it is taken down."""
        await self._between_ticks.wait()
        await self.tick()
        await self._idle.wait()

    def stop(self) -> None:
        """Begin nothing any more: what has not left waits in the ledger for the next start.

        Nobody is kept waiting for what is in flight either: the Application ends its handlers before `stopped` is
        called, and where the ledger can't be written, what came of it may never be taken down.
        """
        self._stopping = True
        self._leased.clear()
        for delivery in tuple(self._awaited):
            self._tell(delivery, None)
        self._courier.stop()

    async def stopped(self) -> None:
        """Stop, wait some seconds at most for what is in flight, and take down what came of it."""
        self.stop()
        await self._courier.landed(_LANDING_S)
        try:
            async with asyncio.timeout(_RETRY_S):
                while self._tasks:  # What has landed begins to be taken down only now.
                    await asyncio.wait(self._tasks)
        except TimeoutError:
            _log.error("stopped before all was taken down number=%d", len(self._started))
            for task in self._tasks:
                task.cancel()

    def _enter(self, leases: Iterable[Lease], *, first: bool = False) -> None:
        if self._stopping:
            return
        # What takes longer than its lease, since this machine slept or the database could not be written, comes back
        # here as if a dead process had left it.
        leases = [lease for lease in leases if lease.delivery not in self._started]
        if first:
            self._leased.extendleft(leases)
        else:
            self._leased.extend(leases)
        self._go_on()

    def _go_on(self) -> None:
        """See to it that what is leased is started, and what is settled taken down."""
        if self._leased and not self._starting and len(self._started) + BATCH <= IN_FLIGHT:
            self._starting = True
            self._run(self._start())
        if self._settled and not self._recording:
            self._recording = True
            self._run(self._record())
        if self._leased or self._started or self._starting:
            self._idle.clear()
        else:
            self._idle.set()

    async def _start(self) -> None:
        batch = [self._leased.popleft() for _ in range(min(BATCH, len(self._leased)))]
        # Where it waited for longer than its lease, another lease of it may have been started meanwhile.
        asked = {lease.delivery for lease in batch} - self._started
        self._restless = True
        self._started |= asked
        try:
            started = await self._desk.start(batch)
        except Exception as error:  # noqa: BLE001 - as in `_record`
            self._fails(error)
            await asyncio.sleep(_RETRY_S)
            self._started -= asked
            if not self._stopping:
                self._leased.extendleft(reversed(batch))
        else:
            left_out = asked - {lease.delivery for lease in started}
            self._started -= left_out
            for delivery in left_out:
                self._tell(delivery, None)
            for lease, composition in zip(started, await self._compose(started), strict=True):
                self._run(self._send(lease, composition))
        self._starting = False
        self._go_on()

    async def _send(self, lease: Lease, composition: Composition) -> None:
        self._settled.append(await self._fulfil(lease, composition))
        self._go_on()

    async def _record(self) -> None:
        """Take down what is settled, until there is no more of it; what can't be is tried again, and again."""
        while self._settled:
            if len(self._settled) < min(BATCH, len(self._started)):
                await asyncio.sleep(_GATHERED_S)
            batch = list(self._settled)
            try:
                await self._desk.record(batch)
            except Exception as error:  # noqa: BLE001 - whatever it is, to give up would end all digests without a word
                self._fails(error)
                await asyncio.sleep(_RETRY_S)
                continue
            self._works()
            for settled in batch:
                self._settled.popleft()
                self._started.discard(settled.lease.delivery)
                self._tell(settled.lease.delivery, settled)
        self._recording = False
        self._go_on()

    def _tell(self, delivery: int, settled: Settled | None) -> None:
        outcome = self._awaited.pop(delivery, None)
        if outcome is not None and not outcome.done():
            outcome.set_result(settled)

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _fails(self, error: Exception) -> None:
        """Log a fault of the database, once until it works again."""
        if not self._faulty:
            _log.error("digests wait: %s", error, exc_info=None if isinstance(error, ArchiveError) else error)
        self._faulty = True

    def _works(self) -> None:
        if self._faulty:
            _log.info("digests go on")
        self._faulty = False
