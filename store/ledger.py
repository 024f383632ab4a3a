"""The ledger: makes the Digest of a local date happen once, whatever stops and whoever else is at work.

**The life of a Delivery.** Its row, unique for chat, topic and local date, is what gives the right to send.

- `due` and `claim` make it, *leased*, and in the same transaction move the Subscription on to its next day: at no
  moment is a day in neither place, or to be had from both. A change of a Subscription that is due does the same, with
  a lease that nobody holds, so that the new terms take away no day of the old.
- `start` makes it *sending* before every single request to Telegram, and passes only what its caller still holds: not
  what was leased anew since (each lease counts `attempt` up), nor what was called back because the chat ended or
  paused its Subscription, or was forgotten.
- `record` makes it final (*sent*, *empty*, *missed*, *refused*, *gone*), or *later*, to be leased anew at its time.
  That it was sent is taken down whoever says so, for the message is out.
- *Missed* becomes also what nobody looked at before it was more than six hours late, *ended* what was called back.
  What is final and not *sent* is not tried again unless the chat asks for it: by `claim`, or by a change of its
  Subscription that makes that same day due once more.

**A crash**, kill -9 and a power cut included (`synchronous=FULL`),

- before the lease: nothing was written; the Subscription is due as it was, and the next tick leases it;
- after the lease, before `start`: nothing has left; the row is freed, leased anew and sent once;
- after `start`, before Telegram answered: nobody can know whether Telegram has it, so it is freed and sent again, for
  twice is better than never. These messages in flight are the only ones that a crash can repeat: those for which
  `start` was asked and `record` was not told;
- after Telegram took it, before `record`: the same, and this message does come twice;
- in `record`: SQLite keeps it whole or not at all;
- after `record`: nothing is left to be done. The next day was set by the lease already.

What is *later* waits for its time, restart or not: no restart cuts a flood wait short. What is freed when it is more
than six hours late is *missed*, with the reason that it may have arrived where it was *sending*.

**Who frees it.** A process that starts frees every lease at once, provided that no other process is present: whoever
held them is dead (`store.presence` asks the kernel). Where another one is present, they may be its own, and are left
to run out: `LEASED_FOR` after the lease, `SENDING_FOR` after `start`. Two processes never lease the same row, since a
lease is one `BEGIN IMMEDIATE` transaction. So without a crash a message comes twice only where a request takes longer
than `SENDING_FOR`: give it up well before that.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, Self

from store.chats import Chats
from store.leasing import KEPT, lease_again, lease_days, lease_due, settle, start
from store.model import Delivery, DeliveryState, Lease, Settled, SubscriptionState
from store.presence import Presence
from store.schedule import fetch, following, moment, seconds, set_due
from store.timing import Due


class Freed(NamedTuple):
    """How many leases the dead have left: of what had not left yet, and of what may come twice now."""

    leased: int
    sending: int


class Ledger:
    """Deliveries: who is to get a Digest now, and what came of it. Every time is aware, those returned are UTC.

    Closed, it tells other processes that this one holds no lease.
    """

    def __init__(self, chats: Chats) -> None:
        self._chats = chats
        self._presence: Presence | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give up every lease: the next process to start may free them."""
        if self._presence is not None:
            self._presence.close()
            self._presence = None

    def release(self, now: datetime) -> Freed:
        """Free what a process that died held. Does so once, before the first lease, which calls it if nobody has."""
        freed: list[Freed] = []
        if self._presence is None:
            database = Path(self._chats.rows("PRAGMA database_list")[0][2])  # One name for all symbolic links to it.
            self._presence = Presence(database, partial(self._free, now, freed))
        return freed[0] if freed else Freed(0, 0)

    def waiting(self, now: datetime) -> bool:
        """Return whether anything is due: a look that takes no time, writes nothing and waits for nobody."""
        rows = self._chats.rows(
            "SELECT EXISTS (SELECT 1 FROM subscriptions WHERE state = 'active' AND next_due_at <= ?1) "
            "OR EXISTS (SELECT 1 FROM deliveries WHERE until <= ?1)",
            (seconds(now),),
        )
        return bool(rows[0][0])

    def due(self, now: datetime, limit: int = 1000) -> tuple[Lease, ...]:
        """Lease what is due, longest overdue first, and take down as missed what is too late to be sent.

        `limit` is how many Subscriptions and open Deliveries to deal with. That fewer leases are returned, or none,
        does not mean that nothing else is due: ask `waiting`. Lease no more than will be started within `LEASED_FOR`.
        """
        self.release(now)
        if not self.waiting(now):
            return ()
        with self._chats.writing() as connection:
            leases, dealt_with = lease_again(connection, now, limit)
            return (*leases, *lease_due(connection, now, limit - dealt_with))

    def claim(self, chat: int, topic: int, day: date, now: datetime) -> Lease | None:
        """Lease the Digest of a local date because it is asked for now; it counts as that day's.

        None where that day's was sent or is on its way, and where there is no active Subscription.
        """
        self.release(now)
        with self._chats.writing() as connection:
            for subscription in fetch(connection, chat, topic):
                if subscription.state is not SubscriptionState.ACTIVE:
                    return None
                leases = lease_days(connection, [(subscription, Due(now, day))], now)
                if leases and subscription.next_date == day:
                    set_due(connection, [(subscription, following(connection, subscription, now))])
                return leases[0] if leases else None
        return None

    def start(self, leases: Iterable[Lease], now: datetime) -> tuple[Lease, ...]:
        """Return the leases that still hold, each with its Subscription as it is now: these may be sent.

        To be asked before every request, also before one that is made again. What it leaves out must not be sent.
        """
        with self._chats.writing() as connection:
            return tuple(start(connection, tuple(leases), now))

    def record(self, settled: Iterable[Settled], now: datetime) -> int:
        """Take down what came of leases, return of how many, and pause the Subscriptions of what is gone.

        Left out are leases that hold no longer, unless it was sent, and those of chats that were forgotten. What is to
        be tried again when it would be too late is missed. Where it raises `ArchiveError`, nothing was taken down:
        keep what was settled and try again before the next `due`, or it is sent again when its lease has run out.
        """
        with self._chats.writing() as connection:
            return settle(connection, settled, now)

    def of(self, chat: int, topic: int | None = None, limit: int = 31) -> tuple[Delivery, ...]:
        """Return the Deliveries of a chat, or of one topic of it, the newest date first."""
        rows = self._chats.rows(
            "SELECT chat, topic, local_date, due_at, state, attempt, changed_at, message, reason FROM deliveries "
            "WHERE chat = ?1 AND topic = coalesce(?2, topic) ORDER BY local_date DESC, topic LIMIT ?3",
            (chat, topic, limit),
        )
        return tuple(map(_delivery_of, rows))

    def outcomes(self, since: datetime) -> dict[DeliveryState, int]:
        """Return how many Deliveries that were due since then are in each state; states without any are left out."""
        rows = self._chats.rows(
            "SELECT state, count(*) FROM deliveries WHERE due_at >= ? GROUP BY state ORDER BY state", (seconds(since),)
        )
        return {DeliveryState(state): count for state, count in rows}

    def last_sent(self) -> datetime | None:
        """Return when the Digest was sent that was due last, or None."""
        rows = self._chats.rows(
            "SELECT changed_at FROM deliveries WHERE state = 'sent' ORDER BY due_at DESC, id DESC LIMIT 1"
        )
        return moment(rows[0][0]) if rows else None

    def sweep(self, now: datetime, limit: int = 1000) -> int:
        """Delete at most `limit` final Deliveries older than `KEPT`, and return how many; 0 when none is left."""
        with self._chats.writing() as connection:
            return connection.execute(
                "DELETE FROM deliveries WHERE id IN "
                "(SELECT id FROM deliveries WHERE due_at < ? AND until IS NULL ORDER BY due_at LIMIT ?)",
                (seconds(now - KEPT), limit),
            ).rowcount

    def _free(self, now: datetime, freed: list[Freed]) -> None:
        with self._chats.writing() as connection:
            rows = connection.execute(
                "UPDATE deliveries SET until = ? WHERE until IS NOT NULL AND state <> 'later' RETURNING state",
                (seconds(now),),
            ).fetchall()
        states = [state for (state,) in rows]
        freed.append(Freed(states.count("leased"), states.count("sending")))


def _delivery_of(row: tuple[Any, ...]) -> Delivery:
    chat, topic, day, due_at, state, attempt, changed_at, message, reason = row
    return Delivery(
        chat=chat,
        topic=topic,
        local_date=date.fromisoformat(day),
        due_at=moment(due_at),
        state=DeliveryState(state),
        attempt=attempt,
        changed_at=moment(changed_at),
        message=message,
        reason=reason,
    )
