"""Subscriptions: which chat wants a Digest, of what, and when it is due next.

`next_due_at` always stands for a local date that has had no Digest. A change by which the hour of today has passed
makes today's due at once; one that is made after today's was sent makes the next one due on another day; what was due
before a change stays due. What was sent stands in `store.ledger` and stays there when a Subscription ends, so that
subscribing again sends no second one that day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, TypedDict, Unpack

from store.chats import Chats
from store.leasing import hand_over
from store.model import Rhythm, Subscription, SubscriptionState
from store.schedule import SELECT, call_back, fetch, moment, owed, pause, put, seconds, set_due, subscription_of
from store.timing import local_date, zone_of

if TYPE_CHECKING:
    import sqlite3

HOUR = "09:00"
"""When a Digest comes where no hour was chosen."""
ZONE = "UTC"
"""The zone of a chat that chose none, where nothing else is said."""


class Wishes(TypedDict, total=False):
    """What a chat may choose, by the fields of `Subscription`; what is not named stays as it is."""

    hour: str
    zone: str
    zone_said: str
    rhythm: Rhythm
    weekday: int
    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]
    silent: bool
    exact: bool


class Zone(NamedTuple):
    """The time zone of a chat, and the place that it was chosen by."""

    name: str
    said: str


class Counts(NamedTuple):
    """How many chats are known, and how many Subscriptions are active and paused."""

    chats: int
    active: int
    paused: int


class Subscriptions:
    """Who wants what: a chat may have one Subscription for each topic, 0 where it has none.

    Every `now` is an aware time. An hour or a zone that can't be read raises `UsageError`, and nothing is changed.
    `zone` is that of chats that chose none.
    """

    def __init__(self, chats: Chats, zone: str = ZONE) -> None:
        self._chats = chats
        self._zone = zone

    def get(self, chat: int, topic: int = 0) -> Subscription | None:
        """Return the Subscription of a topic, or None."""
        rows = self._chats.rows(SELECT + "WHERE chat = ? AND topic = ?", (chat, topic))
        return subscription_of(rows[0]) if rows else None

    def of(self, chat: int) -> tuple[Subscription, ...]:
        """Return every Subscription of a chat, by topic."""
        return tuple(map(subscription_of, self._chats.rows(SELECT + "WHERE chat = ? ORDER BY topic", (chat,))))

    def counts(self) -> Counts:
        """Return how many there are."""
        rows = self._chats.rows(
            "SELECT (SELECT count(*) FROM chats), count(*) FILTER (WHERE state = 'active'), "
            "count(*) FILTER (WHERE state = 'paused') FROM subscriptions"
        )
        return Counts(*rows[0])

    def next_due(self) -> datetime | None:
        """Return when the next Digest of any chat is due, which may be overdue, or None where none is."""
        rows = self._chats.rows(
            "SELECT next_due_at FROM subscriptions WHERE state = 'active' ORDER BY next_due_at LIMIT 1"
        )
        return moment(rows[0][0]) if rows else None

    def zone(self, chat: int) -> Zone | None:
        """Return the time zone that a chat chose, or None."""
        rows = self._chats.rows("SELECT zone, zone_said FROM chats WHERE id = ? AND zone IS NOT NULL", (chat,))
        return Zone(*rows[0]) if rows else None

    def subscribe(self, chat: int, topic: int, now: datetime, *, kind: str, **wishes: Unpack[Wishes]) -> Subscription:
        """Make a Subscription, or change and resume the one there is, and return it as it is now.

        `kind` is the kind of chat. A new one is daily at `HOUR` in the chat's zone, else `zone`, with no words; the
        weekday of a weekly one is the day that it is there now. The first zone that a chat names becomes the chat's,
        and so does any that is named for its only Subscription.
        """
        with self._chats.writing() as connection:
            zone = _know(connection, chat, kind, now)
            before = fetch(connection, chat, topic)
            after = before[0] if before else _new(chat, topic, kind, zone or Zone(self._zone, ""), now)
            after = replace(after, state=SubscriptionState.ACTIVE, reason="", **wishes)
            if "weekday" not in wishes and not (before and before[0].rhythm is after.rhythm):
                after = replace(after, weekday=local_date(after.zone, now).weekday())
            if "zone" in wishes and (zone is None or all(one.topic == topic for one in fetch(connection, chat))):
                _set_zone(connection, chat, Zone(after.zone, after.zone_said))
            put(connection, after)
            for old in before:
                _hand_over(connection, old, now)
            return _reschedule(connection, after, now)

    def change(self, chat: int, topic: int, now: datetime, **wishes: Unpack[Wishes]) -> Subscription | None:
        """Change what a Subscription asks for, and return it as it is now, or None where there is none."""
        with self._chats.writing() as connection:
            for before in fetch(connection, chat, topic):
                return _change(connection, before, wishes, now)
        return None

    def set_zone(self, chat: int, zone: Zone, now: datetime, *, kind: str, topic: int = 0) -> tuple[Subscription, ...]:
        """Set the time zone of a chat, and return the Subscriptions that it changed, that of `topic` first.

        Those that go by the chat's clock go by the new one; a topic that named another zone for itself keeps that,
        unless this is said there.
        """
        zone_of(zone.name)  # Refuses it also where there is no Subscription to refuse it.
        with self._chats.writing() as connection:
            was = _know(connection, chat, kind, now) or Zone(self._zone, "")
            _set_zone(connection, chat, zone)
            wishes = Wishes(zone=zone.name, zone_said=zone.said)
            held = sorted(fetch(connection, chat), key=lambda one: one.topic != topic)
            moving = [one for one in held if one.topic == topic or one.zone == was.name]
            return tuple(_change(connection, before, wishes, now) for before in moving)

    def pause(self, chat: int, reason: str, now: datetime, *, topic: int | None = None) -> int:
        """Pause the active Subscriptions of a chat, or that of one topic, and return how many it paused."""
        with self._chats.writing() as connection:
            active = [one for one in fetch(connection, chat, topic) if one.state is SubscriptionState.ACTIVE]
            for one in active:
                pause(connection, chat, one.topic, reason, now)
        return len(active)

    def resume(self, chat: int, now: datetime, *, topic: int | None = None) -> tuple[Subscription, ...]:
        """Resume the paused Subscriptions of a chat, or that of one topic, and return them as they are now.

        Days that passed meanwhile are not made up for, except that of today where its hour has passed.
        """
        with self._chats.writing() as connection:
            paused = [one for one in fetch(connection, chat, topic) if one.state is SubscriptionState.PAUSED]
            resumed = [replace(one, state=SubscriptionState.ACTIVE, reason="") for one in paused]
            for one in resumed:
                put(connection, one)
            return tuple(_reschedule(connection, one, now) for one in resumed)

    def end(self, chat: int, topic: int, now: datetime) -> bool:
        """End a Subscription and call back what of it has not left; return whether there was one."""
        with self._chats.writing() as connection:
            call_back(connection, chat, topic, now)
            ended = connection.execute("DELETE FROM subscriptions WHERE chat = ? AND topic = ?", (chat, topic))
            return ended.rowcount > 0

    def forget(self, chat: int) -> None:
        """Delete every row of a chat, in whatever table, at once: also its searches and Deliveries.

        A chat that subscribes again the same day gets that day's Digest again: nobody knows of the first.
        """
        with self._chats.writing() as connection:
            connection.execute("DELETE FROM searches WHERE chat = ?", (chat,))
            connection.execute("DELETE FROM chats WHERE id = ?", (chat,))  # All others go with this row.
        self._chats.empty_log()

    def moved(self, old: int, new: int, now: datetime) -> None:
        """Hand all that is kept of a group to the supergroup that it became; leases stay good.

        Where both have a Subscription for a topic, a search or a Delivery of one day, that of the new id stays, unless
        it was the old one's Digest that was sent.
        """
        if old == new:
            return
        with self._chats.writing() as connection:
            connection.execute(
                "INSERT INTO chats (id, kind, zone, zone_said, made_at) "
                "SELECT ?, 'supergroup', zone, zone_said, ? FROM chats WHERE id = ? ON CONFLICT (id) DO NOTHING",
                (new, seconds(now), old),
            )
            connection.execute(
                "DELETE FROM deliveries WHERE chat = ?1 AND (topic, local_date) IN "
                "(SELECT topic, local_date FROM deliveries WHERE chat = ?2 AND state = 'sent')",
                (new, old),
            )
            connection.execute("UPDATE OR IGNORE deliveries SET chat = ? WHERE chat = ?", (new, old))
            connection.execute("UPDATE OR IGNORE subscriptions SET chat = ? WHERE chat = ?", (new, old))
            connection.execute("UPDATE OR IGNORE searches SET chat = ? WHERE chat = ?", (new, old))
            connection.execute("DELETE FROM searches WHERE chat = ?", (old,))
            connection.execute("DELETE FROM chats WHERE id = ?", (old,))


def _know(connection: sqlite3.Connection, chat: int, kind: str, now: datetime) -> Zone | None:
    """Make sure that there is a row for a chat, and return the zone it chose, or None."""
    rows = connection.execute(
        "INSERT INTO chats (id, kind, zone, zone_said, made_at) VALUES (?, ?, NULL, '', ?) "
        "ON CONFLICT (id) DO UPDATE SET kind = excluded.kind RETURNING zone, zone_said",
        (chat, kind, seconds(now)),
    ).fetchall()
    return None if rows[0][0] is None else Zone(*rows[0])


def _set_zone(connection: sqlite3.Connection, chat: int, zone: Zone) -> None:
    connection.execute("UPDATE chats SET zone = ?, zone_said = ? WHERE id = ?", (*zone, chat))


def _new(chat: int, topic: int, kind: str, zone: Zone, now: datetime) -> Subscription:
    """Return a Subscription as it is where nothing was chosen."""
    name, said = zone
    today = local_date(name, now)
    return Subscription(
        chat=chat,
        topic=topic,
        kind=kind,
        hour=HOUR,
        zone=name,
        zone_said=said,
        rhythm=Rhythm.DAILY,
        weekday=today.weekday(),
        wanted=(),
        unwanted=(),
        silent=False,
        exact=False,
        state=SubscriptionState.ACTIVE,
        reason="",
        next_due_at=now,
        next_date=today,
        made_at=now,
    )


def _change(connection: sqlite3.Connection, before: Subscription, wishes: Wishes, now: datetime) -> Subscription:
    after = replace(before, **wishes)
    if "weekday" not in wishes and after.rhythm is not before.rhythm:
        after = replace(after, weekday=local_date(after.zone, now).weekday())
    put(connection, after)
    if _timing(after) == _timing(before):
        return after
    _hand_over(connection, before, now)
    return _reschedule(connection, after, now)


def _timing(subscription: Subscription) -> tuple[str, str, Rhythm, int]:
    return subscription.hour, subscription.zone, subscription.rhythm, subscription.weekday


def _hand_over(connection: sqlite3.Connection, before: Subscription, now: datetime) -> None:
    """Keep what is due by the terms of before from being lost by a change."""
    if before.state is SubscriptionState.ACTIVE and before.next_due_at <= now:
        hand_over(connection, before, now)


def _reschedule(connection: sqlite3.Connection, subscription: Subscription, now: datetime) -> Subscription:
    due = owed(connection, subscription, now)
    set_due(connection, [(subscription, due)])
    return replace(subscription, next_due_at=moment(seconds(due.at)), next_date=due.local_date)
