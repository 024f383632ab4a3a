"""Subscriptions and the ledger for the event loop: reads at once, writes through the one thread that writes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import NamedTuple, Unpack

from bot.keeping import Writing
from store.chats import Chats
from store.ledger import Freed, Ledger
from store.model import DeliveryState, Lease, Settled, Subscription
from store.subscriptions import Counts, Subscriptions, Wishes, Zone
from store.timing import local_date


class Overview(NamedTuple):
    """How many chats and Subscriptions there are, and what became of Digests; times are UTC, None for none."""

    counts: Counts
    last_sent_at: datetime | None
    next_due_at: datetime | None
    outcomes: dict[DeliveryState, int]


class Desk:
    """What is known of chats; `writing` and `reading` are two connections to one database, `write` is for the first.

    `now` gives the time, aware; `zone` is that of chats that chose none. Any method may raise `ArchiveError`.
    """

    def __init__(self, writing: Chats, reading: Chats, write: Writing, now: Callable[[], datetime], zone: str) -> None:
        self._chats = writing
        self._writing = Subscriptions(writing, zone)
        self._reading = Subscriptions(reading, zone)
        self._ledger = Ledger(writing)
        self._looking = Ledger(reading)
        self._write = write
        self._now = now
        self._zone = zone

    def now(self) -> datetime:
        """Return the time, aware."""
        return self._now()

    def get(self, chat: int, topic: int) -> Subscription | None:
        """Return the Subscription of a topic, or None."""
        return self._reading.get(chat, topic)

    def of(self, chat: int) -> tuple[Subscription, ...]:
        """Return every Subscription of a chat, by topic."""
        return self._reading.of(chat)

    def zone_of(self, chat: int, topic: int) -> Zone:
        """Return the time zone of a topic's Subscription, else of the chat, else that of all who chose none."""
        subscription = self._reading.get(chat, topic)
        if subscription is not None:
            return Zone(subscription.zone, subscription.zone_said)
        return self._reading.zone(chat) or Zone(self._zone, "")

    def today(self, chat: int) -> date:
        """Return the date where a chat is."""
        return local_date((self._reading.zone(chat) or Zone(self._zone, "")).name, self._now())

    def delivered(self, chat: int, topic: int, day: date) -> DeliveryState | None:
        """Return how far the Digest of a day has come, None where nothing was done about it."""
        states = (one.state for one in self._looking.of(chat, topic) if one.local_date == day)
        return next(states, None)

    def has_sent(self, chat: int, topic: int) -> bool:
        """Return whether a Digest was sent to a topic, as far back as the ledger goes."""
        return any(one.state is DeliveryState.SENT for one in self._looking.of(chat, topic))

    async def counts(self) -> Counts:
        """Return how many chats and Subscriptions there are; counted by the thread that writes, which holds up none."""
        return await self._write(self._writing.counts)

    async def subscribe(self, chat: int, topic: int, *, kind: str, **wishes: Unpack[Wishes]) -> Subscription:
        """Make a Subscription, or change and resume the one there is, and return it."""
        return await self._write(lambda: self._writing.subscribe(chat, topic, self._now(), kind=kind, **wishes))

    async def change(self, chat: int, topic: int, **wishes: Unpack[Wishes]) -> Subscription | None:
        """Change a Subscription and return it, None where there is none."""
        return await self._write(lambda: self._writing.change(chat, topic, self._now(), **wishes))

    async def set_zone(self, chat: int, zone: Zone, *, kind: str, topic: int) -> tuple[Subscription, ...]:
        """Set the zone of a chat and of the Subscriptions that go by it, and return these, that of `topic` first."""
        return await self._write(lambda: self._writing.set_zone(chat, zone, self._now(), kind=kind, topic=topic))

    async def pause(self, chat: int, reason: str) -> int:
        """Pause the Subscriptions of a chat, and return how many were active."""
        return await self._write(lambda: self._writing.pause(chat, reason, self._now()))

    async def resume(self, chat: int, topic: int | None = None) -> tuple[Subscription, ...]:
        """Resume the paused Subscriptions of a chat, or that of one topic, and return them."""
        return await self._write(lambda: self._writing.resume(chat, self._now(), topic=topic))

    async def end(self, chat: int, topic: int) -> bool:
        """End a Subscription, and return whether there was one."""
        return await self._write(lambda: self._writing.end(chat, topic, self._now()))

    async def forget(self, chat: int) -> None:
        """Delete all that is stored of a chat."""
        await self._write(lambda: self._writing.forget(chat))

    async def moved(self, old: int, new: int) -> None:
        """Hand all that is kept of a group to the supergroup that it became."""
        await self._write(lambda: self._writing.moved(old, new, self._now()))

    # The ledger

    async def release(self) -> Freed:
        """Free what a process that died had leased."""
        return await self._write(lambda: self._ledger.release(self._now()))

    def waiting(self) -> bool:
        """Return whether anything is due."""
        return self._looking.waiting(self._now())

    async def due(self, limit: int) -> tuple[Lease, ...]:
        """Lease what is due, at most about `limit`."""
        return await self._write(lambda: self._ledger.due(self._now(), limit))

    async def claim(self, chat: int, topic: int, day: date) -> Lease | None:
        """Lease the Digest of a day for a chat that asks for it; None where it had it, or is paused."""
        return await self._write(lambda: self._ledger.claim(chat, topic, day, self._now()))

    async def start(self, leases: Iterable[Lease]) -> tuple[Lease, ...]:
        """Return the leases that still hold, as they now are; their requests must follow."""
        return await self._write(lambda: self._ledger.start(leases, self._now()))

    async def record(self, settled: Iterable[Settled]) -> int:
        """Take down what came of leases; once asked for, that is done even where nobody waits for it any more.

        A stop waits for a moment only, and what was sent and not taken down would be sent once more.
        """
        return await asyncio.shield(self._write(lambda: self._ledger.record(settled, self._now())))

    async def overview(self, since: datetime) -> Overview:
        """Return how much there is; `outcomes` are those of what was due since then.

        On the thread that writes: among a million Deliveries it takes longer than others should wait for an answer.
        """
        return await self._write(
            lambda: Overview(
                self._writing.counts(),
                self._ledger.last_sent(),
                self._writing.next_due(),
                self._ledger.outcomes(since),
            )
        )

    async def rest(self) -> None:
        """Do what writing has left to be done, now that there is nothing to write."""
        await self._write(self._chats.shorten_log)

    async def sweep(self) -> int:
        """Delete Deliveries that are old, and return how many."""
        swept = 0
        while some := await self._write(lambda: self._ledger.sweep(self._now())):
            swept += some
        return swept

    def close(self) -> None:
        """Let other processes know that nothing is leased here any more."""
        self._ledger.close()
