"""What comes next of a Subscription: today's at once, or another day's, or nothing at all; pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from store.model import DeliveryState, Subscription
from store.timing import Due, local_date, next_due

_AHEAD = timedelta(days=366)
"""How far is looked for a day on which something falls: what falls on a day does so every year."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What comes next.

    `at_once` says that a Digest is due now, `sent` that today's was sent, `under_way` that it is
    leased or to be tried again, `empty` that nothing falls on
    today for a chat that wants no other quotes, `on_request` that today's can be had before its hour, `first` that none
    was sent yet. `next_at` is when the next one comes that is not due now, UTC; None where none does within a year.
    """

    at_once: bool
    sent: bool
    under_way: bool
    empty: bool
    on_request: bool
    first: bool
    next_at: datetime | None


def outlook(
    subscription: Subscription,
    now: datetime,
    *,
    today: DeliveryState | None,
    first: bool,
    falls: Callable[[date], bool],
) -> Outlook:
    """Return what comes next; `today` is how far today's Digest has come, None where nothing was done about it.

    `falls` tells whether the Digest of a local date has something that falls on its days.
    """
    day = local_date(subscription.zone, now)
    sent = today is DeliveryState.SENT
    under_way = today is not None and today.open
    due = subscription.next_due_at <= now
    empty = subscription.exact and not falls(day)
    return Outlook(
        at_once=due and not (subscription.exact and not falls(subscription.next_date)),
        sent=sent,
        under_way=under_way,
        empty=empty,
        on_request=not (sent or under_way or due or empty),
        first=first,
        next_at=_next_at(subscription, now, falls),
    )


def taken_early(subscription: Subscription, now: datetime, *, first: bool, falls: Callable[[date], bool]) -> Outlook:
    """Return what comes next where today's Digest is asked for before its hour: it follows at once, and counts."""
    if subscription.next_date == local_date(subscription.zone, now):
        due = _following(subscription, subscription.next_due_at)
        subscription = replace(subscription, next_due_at=due.at, next_date=due.local_date)
    next_at = _next_at(subscription, now, falls)
    return Outlook(
        at_once=True, sent=False, under_way=False, empty=False, on_request=False, first=first, next_at=next_at
    )


def _next_at(subscription: Subscription, now: datetime, falls: Callable[[date], bool]) -> datetime | None:
    due = Due(subscription.next_due_at, subscription.next_date)
    if due.at <= now:
        due = _following(subscription, now)
    last = due.local_date + _AHEAD
    while subscription.exact and not falls(due.local_date):
        due = _following(subscription, due.at)
        if due.local_date > last:
            return None
    return due.at


def _following(subscription: Subscription, after: datetime) -> Due:
    return next_due(
        subscription.hour, subscription.zone, subscription.rhythm, after=after, weekday=subscription.weekday
    )
