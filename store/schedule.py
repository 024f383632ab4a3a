"""The rows of Subscriptions as records, and when each is due next: what Subscriptions and the ledger share.

Every function works in the transaction that is open on the connection it is given.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from store.model import Rhythm, Subscription, SubscriptionState
from store.timing import Due, clock, due_on, falls_on, local_date, next_due, zone_of

if TYPE_CHECKING:
    import sqlite3

SUBSCRIPTION = (
    "subscriptions.chat, subscriptions.topic, chats.kind, hour, subscriptions.zone, subscriptions.zone_said, rhythm, "
    "weekday, wanted, unwanted, silent, exact, subscriptions.state, subscriptions.reason, next_due_at, next_date, "
    "subscriptions.made_at"
)
"""The columns of `subscriptions JOIN chats ON chats.id = subscriptions.chat` that `subscription_of` reads."""
TAKEN_UP_TO = (
    "(SELECT max(local_date) FROM deliveries WHERE deliveries.chat = subscriptions.chat "
    "AND deliveries.topic = subscriptions.topic AND (until IS NOT NULL OR deliveries.state = 'sent'))"
)
"""A column: the last local date of a Subscription whose Digest was sent or may yet be, or NULL."""
SELECT = f"SELECT {SUBSCRIPTION} FROM subscriptions JOIN chats ON chats.id = chat "

# A tick reads thousands of rows: enums are slow to call.
_RHYTHMS = {one.value: one for one in Rhythm}
_STATES = {one.value: one for one in SubscriptionState}
_START = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


def subscription_of(row: tuple[Any, ...]) -> Subscription:
    """Return the Subscription of a row that begins with the columns `SUBSCRIPTION`."""
    chat, topic, kind, hour, zone, zone_said, rhythm, weekday, wanted, unwanted, silent, exact = row[:12]
    state, reason, next_due_at, next_date, made_at = row[12:17]
    return Subscription(
        chat=chat,
        topic=topic,
        kind=kind,
        hour=hour,
        zone=zone,
        zone_said=zone_said,
        rhythm=_RHYTHMS[rhythm],
        weekday=weekday,
        wanted=_words(wanted),
        unwanted=_words(unwanted),
        silent=bool(silent),
        exact=bool(exact),
        state=_STATES[state],
        reason=reason,
        next_due_at=moment(next_due_at),
        next_date=date.fromisoformat(next_date),
        made_at=moment(made_at),
    )


def fetch(connection: sqlite3.Connection, chat: int, topic: int | None = None) -> tuple[Subscription, ...]:
    """Return the Subscriptions of a chat, or of one topic of it, by topic."""
    rows = connection.execute(SELECT + "WHERE chat = ?1 AND topic = coalesce(?2, topic) ORDER BY topic", (chat, topic))
    return tuple(map(subscription_of, rows.fetchall()))


def put(connection: sqlite3.Connection, subscription: Subscription) -> None:
    """Make or change the row of a Subscription, save when it is due next, which only `set_due` changes.

    Raises `UsageError` for an hour or a zone that can't be read: none is ever stored.
    """
    clock(subscription.hour)
    zone_of(subscription.zone)
    connection.execute(
        "INSERT INTO subscriptions (chat, topic, hour, zone, zone_said, rhythm, weekday, wanted, unwanted, silent, "
        "exact, state, reason, next_due_at, next_date, made_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (chat, topic) DO UPDATE SET hour = excluded.hour, zone = excluded.zone, "
        "zone_said = excluded.zone_said, rhythm = excluded.rhythm, weekday = excluded.weekday, "
        "wanted = excluded.wanted, unwanted = excluded.unwanted, silent = excluded.silent, exact = excluded.exact, "
        "state = excluded.state, reason = excluded.reason",
        (
            subscription.chat,
            subscription.topic,
            subscription.hour,
            subscription.zone,
            subscription.zone_said,
            subscription.rhythm,
            subscription.weekday,
            _array(subscription.wanted),
            _array(subscription.unwanted),
            subscription.silent,
            subscription.exact,
            subscription.state,
            subscription.reason,
            seconds(subscription.next_due_at),
            subscription.next_date.isoformat(),
            seconds(subscription.made_at),
        ),
    )


def owed(connection: sqlite3.Connection, subscription: Subscription, now: datetime) -> Due:
    """Return when a Subscription that was made or changed now is due: at once where the hour of today has passed.

    A chat that changes its zone westwards has an earlier date again: what it had of a later one counts for that too.
    """
    today = local_date(subscription.zone, now)
    if falls_on(today, subscription.rhythm, subscription.weekday) and not _is_taken(
        connection, subscription, today, or_later=True
    ):
        due = due_on(today, subscription.hour, subscription.zone)
        if due is not None and due.at <= now:
            return Due(now, today)
    return following(connection, subscription, now)


def following(
    connection: sqlite3.Connection, subscription: Subscription, after: datetime, taken_up_to: date = date.max
) -> Due:
    """Return the first Due later than a time whose local date neither was sent nor is on its way.

    No later date than `taken_up_to` is either, where that is known.
    """
    while True:
        due = next_due(
            subscription.hour, subscription.zone, subscription.rhythm, after=after, weekday=subscription.weekday
        )
        if due.local_date > taken_up_to or not _is_taken(connection, subscription, due.local_date):
            return due
        after = due.at


def set_due(connection: sqlite3.Connection, dues: Iterable[tuple[Subscription, Due]]) -> None:
    """Write down when Subscriptions are due next."""
    connection.executemany(
        "UPDATE subscriptions SET next_due_at = ?, next_date = ? WHERE chat = ? AND topic = ?",
        [(seconds(due.at), due.local_date.isoformat(), one.chat, one.topic) for one, due in dues],
    )


def pause(connection: sqlite3.Connection, chat: int, topic: int, reason: str, now: datetime) -> None:
    """Pause a Subscription; what of it was leased and has not left for Telegram won't."""
    call_back(connection, chat, topic, now)
    connection.execute(
        "UPDATE subscriptions SET state = 'paused', reason = ? WHERE chat = ? AND topic = ?", (reason, chat, topic)
    )


def call_back(connection: sqlite3.Connection, chat: int, topic: int, now: datetime) -> None:
    """End the Deliveries of a Subscription that were leased or put off; one that is being sent can't be called back."""
    connection.execute(
        "UPDATE deliveries SET state = 'ended', until = NULL, changed_at = ? "
        "WHERE chat = ? AND topic = ? AND until IS NOT NULL AND state <> 'sending'",
        (seconds(now), chat, topic),
    )


def seconds(time: datetime) -> int:
    """Return an aware time as the tables have it: whole seconds since 1970, what is beyond cut off."""
    if time.tzinfo is None:
        raise ValueError("a time without a zone")
    return (time - _START) // _SECOND


def moment(stored: int) -> datetime:
    """Return what the tables have for a time as a time, UTC."""
    return _START + stored * _SECOND


@lru_cache(maxsize=1024)  # Most chats have none, or one of few.
def _words(array: str) -> tuple[str, ...]:
    return tuple(json.loads(array))


def _array(words: tuple[str, ...]) -> str:
    # Half of a surrogate pair can't be stored.
    return json.dumps(words, ensure_ascii=False).encode(errors="replace").decode()


def _is_taken(connection: sqlite3.Connection, subscription: Subscription, day: date, *, or_later: bool = False) -> bool:
    """Return whether the Digest of a day was sent or may yet be; what was missed or refused may be tried again."""
    row = connection.execute(
        "SELECT 1 FROM deliveries WHERE chat = ?1 AND topic = ?2 AND (local_date = ?3 OR ?4 AND local_date > ?3) "
        "AND (until IS NOT NULL OR state = 'sent')",
        (subscription.chat, subscription.topic, day.isoformat(), or_later),
    ).fetchone()
    return row is not None
