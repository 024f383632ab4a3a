"""The rows of the ledger as they are leased, started and settled; `store.ledger` tells what each state means.

Every function works in the transaction that is open on the connection it is given.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from store.errors import UsageError
from store.model import DeliveryState, Lease, Settled, Subscription
from store.schedule import SUBSCRIPTION, TAKEN_UP_TO, following, moment, pause, seconds, set_due, subscription_of
from store.timing import Due, too_late

if TYPE_CHECKING:
    import sqlite3

LEASED_FOR = timedelta(minutes=10)
"""How long a Delivery may wait for `start` before it is leased anew."""
SENDING_FOR = timedelta(minutes=5)
"""How long a request may take before its Delivery is leased anew."""
KEPT = timedelta(days=30)
"""How long a final Delivery is kept, from when it was due; a missed day that is older is not even taken down."""

_MAY_HAVE_ARRIVED = "stopped while it was being sent: it may have arrived"
_TOO_LATE = "more than 6 hours late"


def lease_due(connection: sqlite3.Connection, now: datetime, limit: int) -> list[Lease]:
    """Lease for the Subscriptions whose time has come."""
    rows = connection.execute(
        # CROSS keeps SQLite to this order: first the index of what is due.
        f"SELECT {SUBSCRIPTION}, {TAKEN_UP_TO} FROM subscriptions CROSS JOIN chats ON chats.id = chat "
        "WHERE subscriptions.state = 'active' AND next_due_at <= ? ORDER BY next_due_at LIMIT ?",
        (seconds(now), limit),
    ).fetchall()
    days: list[tuple[Subscription, Due]] = []
    ahead: list[tuple[Subscription, Due]] = []
    for row in rows:
        subscription, taken = subscription_of(row), row[-1]
        try:
            due_now, due = _passed(connection, subscription, now, date.fromisoformat(taken) if taken else date.min)
        except UsageError as error:  # The database of zones has lost this one. Nobody else's Digest waits for it.
            pause(connection, subscription.chat, subscription.topic, str(error), now)
        else:
            days += [(subscription, one) for one in due_now]
            ahead.append((subscription, due))
    set_due(connection, ahead)
    return lease_days(connection, days, now)


def lease_again(connection: sqlite3.Connection, now: datetime, limit: int) -> tuple[list[Lease], int]:
    """Lease what nobody holds any more, or what is to be tried again; return how many rows were dealt with, too."""
    rows = connection.execute(
        f"SELECT deliveries.id, attempt, local_date, due_at, deliveries.state, deliveries.reason, {SUBSCRIPTION} "
        "FROM deliveries JOIN chats ON chats.id = deliveries.chat LEFT JOIN subscriptions "
        "ON subscriptions.chat = deliveries.chat AND subscriptions.topic = deliveries.topic "
        "AND subscriptions.state = 'active' WHERE until <= ? ORDER BY until LIMIT ?",
        (seconds(now), limit),
    ).fetchall()
    leases: list[Lease] = []
    for identifier, attempt, day, due_at, was, reason, *subscription in rows:
        unknown = _MAY_HAVE_ARRIVED if was == DeliveryState.SENDING else reason
        if subscription[0] is None:
            _close(connection, identifier, DeliveryState.ENDED, unknown, now)
        elif too_late(moment(due_at), now):
            _close(connection, identifier, DeliveryState.MISSED, unknown or _TOO_LATE, now)
        else:
            connection.execute(
                "UPDATE deliveries SET state = 'leased', attempt = ?, until = ?, changed_at = ? WHERE id = ?",
                (attempt + 1, seconds(now + LEASED_FOR), seconds(now), identifier),
            )
            held = subscription_of(tuple(subscription))
            leases.append(Lease(identifier, attempt + 1, held, date.fromisoformat(day), moment(due_at)))
    return leases, len(rows)


def hand_over(connection: sqlite3.Connection, subscription: Subscription, now: datetime) -> None:
    """Enter into the ledger what is due of a Subscription, leased by nobody, so that the next tick takes it."""
    due_now, due = _passed(connection, subscription, now)
    lease_days(connection, [(subscription, one) for one in due_now], now, timedelta(0))
    set_due(connection, [(subscription, due)])


def lease_days(
    connection: sqlite3.Connection,
    days: Sequence[tuple[Subscription, Due]],
    now: datetime,
    held_for: timedelta = LEASED_FOR,
) -> list[Lease]:
    """Lease the Digests of days; left out are those that were sent or are on their way."""
    until, changed_at = seconds(now + held_for), seconds(now)
    [(newest,)] = connection.execute("SELECT coalesce(max(id), 0) FROM deliveries").fetchall()
    connection.executemany(
        "INSERT INTO deliveries (chat, topic, local_date, due_at, until, changed_at, state, attempt, reason) "
        "VALUES (?, ?, ?, ?, ?, ?, 'leased', 1, '') ON CONFLICT (chat, topic, local_date) DO NOTHING",
        [(one.chat, one.topic, due.local_date.isoformat(), seconds(due.at), until, changed_at) for one, due in days],
    )
    made = {
        tuple(day): identifier
        for identifier, *day in connection.execute(
            "SELECT id, chat, topic, local_date FROM deliveries WHERE id > ?", (newest,)
        )
    }
    leases = []
    for subscription, due in days:
        day = (subscription.chat, subscription.topic, due.local_date.isoformat())
        identifier, attempt = made.get(day), 1
        if identifier is None:
            again = connection.execute(
                "UPDATE deliveries SET due_at = ?, until = ?, changed_at = ?, state = 'leased', attempt = attempt + 1, "
                "message = NULL, reason = '' WHERE chat = ? AND topic = ? AND local_date = ? "
                "AND until IS NULL AND state <> 'sent' RETURNING id, attempt",
                (seconds(due.at), until, changed_at, *day),
            ).fetchall()
            if not again:
                continue
            [(identifier, attempt)] = again
        leases.append(Lease(identifier, attempt, subscription, due.local_date, due.at))
    return leases


def _passed(
    connection: sqlite3.Connection, subscription: Subscription, now: datetime, taken_up_to: date = date.max
) -> tuple[list[Due], Due]:
    """Return the days of a Subscription that are due, and the first that is still ahead; miss those that are too late.

    `taken_up_to` is that of `following`.
    """
    days = []
    due = Due(subscription.next_due_at, subscription.next_date)
    while due.at <= now:
        if not too_late(due.at, now):
            days.append(due)
        elif now - due.at < KEPT:
            _miss(connection, subscription, due, now)
        due = following(connection, subscription, max(due.at, now - KEPT), taken_up_to)
    return days, due


def start(connection: sqlite3.Connection, leases: Sequence[Lease], now: datetime) -> list[Lease]:
    """Begin to send what is leased; left out is what holds no longer, or has become too late."""
    rows = connection.execute(
        f"SELECT {SUBSCRIPTION}, deliveries.id, attempt FROM deliveries "
        "JOIN subscriptions ON subscriptions.chat = deliveries.chat AND subscriptions.topic = deliveries.topic "
        "JOIN chats ON chats.id = deliveries.chat WHERE deliveries.id IN (SELECT value FROM json_each(?)) "
        "AND until IS NOT NULL AND deliveries.state <> 'later' AND subscriptions.state = 'active'",
        (json.dumps([lease.delivery for lease in leases]),),
    )
    held = {tuple(row[-2:]): row for row in rows}
    started: list[Lease] = []
    for lease in leases:
        row = held.get((lease.delivery, lease.attempt))
        if row is None:
            continue
        if too_late(lease.due_at, now):  # The database could not be written, or the machine slept.
            _close(connection, lease.delivery, DeliveryState.MISSED, _TOO_LATE, now)
        else:
            started.append(
                Lease(lease.delivery, lease.attempt, subscription_of(row), lease.local_date, lease.due_at),
            )
    until, changed_at = seconds(now + SENDING_FOR), seconds(now)
    connection.executemany(
        "UPDATE deliveries SET state = 'sending', until = ?, changed_at = ? WHERE id = ?",
        [(until, changed_at, lease.delivery) for lease in started],
    )
    return started


def settle(connection: sqlite3.Connection, settled: Iterable[Settled], now: datetime) -> int:
    """Take down what came of leases, and return of how many that still held, or were sent all the same.

    Raises `ValueError` for a state that is no outcome, and where `again_at` is missing or too much.
    """
    sent: list[Settled] = []
    number = 0
    for one in settled:
        if one.state is DeliveryState.SENT and one.again_at is None:
            sent.append(one)
        else:
            number += _settle(connection, one, now)
    changed_at = seconds(now)
    return (
        number
        + connection.executemany(
            "UPDATE deliveries SET state = 'sent', until = NULL, changed_at = ?, message = ?, reason = ? "
            "WHERE id = ? AND state <> 'sent'",
            [(changed_at, one.message, one.reason, one.lease.delivery) for one in sent],
        ).rowcount
    )


def _settle(connection: sqlite3.Connection, settled: Settled, now: datetime) -> bool:
    lease, state, again_at = settled.lease, settled.state, settled.again_at
    if state in {DeliveryState.LEASED, DeliveryState.SENDING}:
        raise ValueError(f"“{state}” is no outcome")
    if (state is DeliveryState.LATER) != (again_at is not None):
        raise ValueError(f"“{state}” with the time {again_at}")
    if again_at is not None and too_late(lease.due_at, again_at):
        state, again_at = DeliveryState.MISSED, None
    rows = connection.execute(
        "UPDATE deliveries SET state = ?, until = ?, changed_at = ?, message = ?, reason = ? WHERE id = ? "
        "AND attempt = ? AND until IS NOT NULL AND state <> 'later' RETURNING chat, topic",
        (
            state,
            None if again_at is None else _not_before(again_at),
            seconds(now),
            settled.message,
            settled.reason,
            lease.delivery,
            lease.attempt,
        ),
    ).fetchall()
    if state is DeliveryState.GONE:
        for chat, topic in rows:
            pause(connection, chat, topic, settled.reason, now)
    return bool(rows)


def _miss(connection: sqlite3.Connection, subscription: Subscription, due: Due, now: datetime) -> None:
    connection.execute(
        "INSERT INTO deliveries (chat, topic, local_date, due_at, state, attempt, changed_at, reason) "
        "VALUES (?, ?, ?, ?, 'missed', 0, ?, ?) ON CONFLICT (chat, topic, local_date) DO NOTHING",
        (
            subscription.chat,
            subscription.topic,
            due.local_date.isoformat(),
            seconds(due.at),
            seconds(now),
            _TOO_LATE,
        ),
    )


def _close(connection: sqlite3.Connection, identifier: int, state: DeliveryState, reason: str, now: datetime) -> None:
    connection.execute(
        "UPDATE deliveries SET state = ?, until = NULL, changed_at = ?, reason = ? WHERE id = ?",
        (state, seconds(now), reason, identifier),
    )


def _not_before(time: datetime) -> int:
    """Return a time in whole seconds that is not earlier: who cuts a flood wait short gets a longer one."""
    return seconds(time + timedelta(seconds=1) - timedelta(microseconds=1))
