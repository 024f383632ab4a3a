from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from store.chats import Chats
from store.errors import ArchiveError
from store.leasing import KEPT, LEASED_FOR, SENDING_FOR
from store.ledger import Freed, Ledger
from store.model import Delivery, DeliveryState, Settled, SubscriptionState
from store.subscriptions import Subscriptions
from store.timing import LATEST, due_on

ROOT = Path(__file__).parents[2]
NOW = datetime(2018, 2, 7, 9, tzinfo=UTC)
TODAY = date(2018, 2, 7)
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ANN, BOB, GROUP = 11, 12, -1001234567890
SENT, LATER, MISSED = DeliveryState.SENT, DeliveryState.LATER, DeliveryState.MISSED


class Process:
    """What a process has open of the database. Several in this one are strangers to each other, as locks go."""

    def __init__(self, folder: Path) -> None:
        self.chats = Chats.open(folder / "chats.db")
        self.subscriptions = Subscriptions(self.chats)
        self.ledger = Ledger(self.chats)

    def die(self) -> None:
        """Leave without a word: what the kernel does for a process that was killed."""
        self.ledger.close()
        self.chats.close()


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Process]:
    process = Process(tmp_path)
    yield process
    process.die()


def subscribe(bot: Process, *chats: int, hour: str = "09:00", now: datetime = NOW - HOUR) -> None:
    for chat in chats:
        bot.subscriptions.subscribe(chat, 0, now, kind="private", hour=hour)


def send(bot: Process, now: datetime) -> list[tuple[int, date]]:
    """Send all that is due; return to whom, and of which day."""
    started = bot.ledger.start(bot.ledger.due(now), now)
    bot.ledger.record([Settled(lease, SENT, message=1) for lease in started], now)
    return [(lease.subscription.chat, lease.local_date) for lease in started]


def only(bot: Process, chat: int = ANN) -> Delivery:
    """Return the one Delivery that there is of a chat."""
    (delivery,) = bot.ledger.of(chat)
    return delivery


# From due to sent


def test_a_digest_is_due_at_its_hour_once_and_then_the_next_day(bot: Process) -> None:
    subscribe(bot, ANN)
    assert not bot.ledger.waiting(NOW - SECOND)
    assert bot.ledger.due(NOW - SECOND) == ()
    assert bot.ledger.waiting(NOW)
    (lease,) = bot.ledger.due(NOW)
    assert (lease.subscription.chat, lease.local_date, lease.due_at, lease.attempt) == (ANN, TODAY, NOW, 1)
    assert bot.ledger.due(NOW) == ()
    (started,) = bot.ledger.start([lease], NOW + SECOND)
    assert (started.delivery, started.local_date, started.due_at) == (lease.delivery, TODAY, NOW)
    assert bot.ledger.record([Settled(started, SENT, "plain", 77)], NOW + 2 * SECOND) == 1
    assert only(bot) == Delivery(ANN, 0, TODAY, NOW, SENT, 1, NOW + 2 * SECOND, 77, "plain")
    assert bot.ledger.last_sent() == NOW + 2 * SECOND
    assert not bot.ledger.waiting(NOW + DAY - SECOND)
    assert send(bot, NOW + DAY) == [(ANN, TODAY + DAY)]


def test_the_longest_overdue_come_first_and_no_more_than_asked_for(bot: Process) -> None:
    for number in range(10):
        subscribe(bot, number, hour=f"0{9 - number // 2}:00", now=NOW - 8 * HOUR)
    first = bot.ledger.due(NOW, 4)
    assert [lease.subscription.hour for lease in first] == ["05:00", "05:00", "06:00", "06:00"]
    assert bot.ledger.waiting(NOW)
    assert len(bot.ledger.due(NOW, 100)) == 6
    assert not bot.ledger.waiting(NOW)


def test_a_lease_carries_what_the_chat_wants_when_it_is_started(bot: Process) -> None:
    subscribe(bot, ANN)
    leases = bot.ledger.due(NOW)
    bot.subscriptions.change(ANN, 0, NOW, wanted=("syria",), silent=True)
    (started,) = bot.ledger.start(leases, NOW)
    assert (started.subscription.wanted, started.subscription.silent) == (("syria",), True)


def test_what_is_being_sent_is_not_tried_again_where_the_chat_has_paused_it(bot: Process) -> None:
    subscribe(bot, ANN)
    leases = bot.ledger.start(bot.ledger.due(NOW), NOW)
    bot.subscriptions.pause(ANN, "kicked", NOW)
    assert bot.ledger.start(leases, NOW) == ()
    assert bot.ledger.record([Settled(leases[0], SENT)], NOW) == 1, "it may have arrived before"


@pytest.mark.parametrize(
    ("state", "active"),
    [
        (DeliveryState.EMPTY, True),
        (DeliveryState.MISSED, True),
        (DeliveryState.REFUSED, True),
        (DeliveryState.GONE, False),
    ],
)
def test_an_outcome_is_final_and_only_the_gone_pause(state: DeliveryState, active: bool, bot: Process) -> None:
    subscribe(bot, ANN)
    leases = bot.ledger.start(bot.ledger.due(NOW), NOW)
    assert bot.ledger.record([Settled(leases[0], state, "why")], NOW) == 1
    assert (only(bot).state, only(bot).reason) == (state, "why")
    assert bot.ledger.start(leases, NOW) == ()
    subscription = bot.subscriptions.get(ANN)
    assert subscription is not None
    assert (subscription.state is SubscriptionState.ACTIVE) == active
    assert subscription.reason == ("" if active else "why")
    assert bot.ledger.waiting(NOW + DAY) == active


def test_what_is_put_off_is_tried_again_at_its_time_and_not_before(bot: Process) -> None:
    subscribe(bot, ANN)
    (lease,) = bot.ledger.start(bot.ledger.due(NOW), NOW)
    again_at = NOW + timedelta(seconds=30, milliseconds=1)
    bot.ledger.record([Settled(lease, LATER, "flood wait", again_at=again_at)], NOW)
    assert (only(bot).state, only(bot).reason) == (LATER, "flood wait")
    assert bot.ledger.start([lease], NOW) == (), "it must be leased anew"
    assert bot.ledger.record([Settled(lease, DeliveryState.GONE)], NOW) == 0
    assert not bot.ledger.waiting(NOW + 30 * SECOND)
    (again,) = bot.ledger.due(NOW + 31 * SECOND)
    assert (again.delivery, again.attempt, again.local_date) == (lease.delivery, 2, TODAY)
    bot.ledger.record([Settled(again, SENT)], NOW)
    assert only(bot).state is SENT


def test_what_would_be_tried_again_too_late_is_missed(bot: Process) -> None:
    subscribe(bot, ANN)
    leases = bot.ledger.start(bot.ledger.due(NOW), NOW)
    bot.ledger.record([Settled(leases[0], LATER, "flood wait", again_at=NOW + LATEST + SECOND)], NOW)
    assert (only(bot).state, only(bot).reason) == (MISSED, "flood wait")


@pytest.mark.parametrize(
    ("state", "again_at"),
    [
        (DeliveryState.LEASED, None),
        (DeliveryState.SENDING, None),
        (DeliveryState.LEASED, NOW),
        (DeliveryState.LATER, None),
        (DeliveryState.SENT, NOW),
    ],
)
def test_what_is_no_outcome_is_a_mistake(state: DeliveryState, again_at: datetime | None, bot: Process) -> None:
    subscribe(bot, ANN, BOB)
    first, second = bot.ledger.start(bot.ledger.due(NOW), NOW)
    with pytest.raises(ValueError, match=state.value):
        bot.ledger.record([Settled(first, SENT), Settled(second, state, again_at=again_at)], NOW)
    assert only(bot).state is DeliveryState.SENDING, "all or nothing"


def test_what_was_leased_in_time_and_is_started_too_late_is_missed(bot: Process) -> None:
    subscribe(bot, ANN)
    leases = bot.ledger.due(NOW)
    assert bot.ledger.start(leases, NOW + LATEST + SECOND) == ()
    assert only(bot).state is MISSED
    assert bot.ledger.due(NOW + LATEST + SECOND) == ()


def test_outcomes_are_counted_since_a_time(bot: Process) -> None:
    subscribe(bot, ANN, BOB, GROUP, now=NOW - 3 * DAY - HOUR)
    for now in (NOW - 3 * DAY, NOW):
        first, second, _ = bot.ledger.start(bot.ledger.due(now), now)
        bot.ledger.record([Settled(first, SENT), Settled(second, DeliveryState.REFUSED)], now)
    day = {SENT: 1, DeliveryState.REFUSED: 1, DeliveryState.SENDING: 1}
    assert bot.ledger.outcomes(NOW) == day
    assert bot.ledger.outcomes(NOW - DAY) == day | {MISSED: 3}
    assert bot.ledger.outcomes(NOW + SECOND) == {}


# Late, and too late


@pytest.mark.parametrize(
    ("late", "sent", "missed"),
    [
        (2 * HOUR, [7], []),
        (LATEST, [7], []),
        (LATEST + SECOND, [], [7]),
        (DAY - SECOND, [], [7]),
        (2 * DAY, [9], [7, 8]),
        (2 * DAY + LATEST, [9], [7, 8]),
        (2 * DAY + LATEST + SECOND, [], [7, 8, 9]),
        (16 * HOUR, [], [7]),  # Past midnight.
    ],
)
def test_after_a_stop_the_latest_is_sent_unless_it_is_too_late_and_the_others_are_missed(
    late: timedelta, sent: list[int], missed: list[int], bot: Process
) -> None:
    subscribe(bot, ANN)
    assert send(bot, NOW + late) == [(ANN, date(2018, 2, day)) for day in sent]
    deliveries = sorted(bot.ledger.of(ANN), key=lambda delivery: delivery.local_date)
    assert [delivery.local_date.day for delivery in deliveries if delivery.state is MISSED] == missed
    assert {delivery.reason for delivery in deliveries if delivery.state is MISSED} <= {"more than 6 hours late"}
    assert not bot.ledger.waiting(NOW + late)
    following = bot.subscriptions.get(ANN)
    assert following is not None
    assert following.next_date == date(2018, 2, max(sent + missed) + 1)


def test_a_digest_of_late_evening_is_still_its_days_after_midnight(bot: Process) -> None:
    subscribe(bot, ANN, hour="23:30")
    assert send(bot, NOW + 18 * HOUR) == [(ANN, TODAY)]


def test_one_that_was_asked_for_at_midnight_does_not_cost_the_next_day(bot: Process) -> None:
    asked = datetime(2018, 2, 7, 23, 50, tzinfo=UTC)
    subscribe(bot, ANN, hour="00:05", now=asked)
    assert send(bot, asked + 30 * MINUTE) == [(ANN, TODAY), (ANN, TODAY + DAY)]


def test_a_stop_of_a_year_takes_down_the_days_that_are_kept_and_no_more(bot: Process) -> None:
    subscribe(bot, ANN)
    assert send(bot, NOW + 365 * DAY) == [(ANN, TODAY + 365 * DAY)]
    missed = [delivery for delivery in bot.ledger.of(ANN, limit=400) if delivery.state is MISSED]
    assert len(missed) == KEPT.days - 1
    assert bot.ledger.sweep(NOW + 365 * DAY) == 0


def test_those_who_are_too_late_hold_nobody_up(bot: Process) -> None:
    subscribe(bot, *range(20), hour="02:00", now=NOW - 8 * HOUR)
    subscribe(bot, ANN + 100)
    assert bot.ledger.due(NOW, 20) == ()
    assert bot.ledger.waiting(NOW), "fewer leases than asked for do not mean that all is done"
    assert len(bot.ledger.due(NOW, 20)) == 1


def test_old_deliveries_are_swept_and_open_ones_are_not(bot: Process) -> None:
    subscribe(bot, ANN, BOB, GROUP)
    _, ann, bob = bot.ledger.start(bot.ledger.due(NOW), NOW)  # In the order of the chats' ids.
    bot.ledger.record([Settled(ann, SENT), Settled(bob, SENT)], NOW)
    assert bot.ledger.sweep(NOW + KEPT) == 0
    assert [bot.ledger.sweep(NOW + KEPT + SECOND, limit=1) for _ in range(3)] == [1, 1, 0]
    assert [only(bot, GROUP).state, bot.ledger.of(ANN)] == [DeliveryState.SENDING, ()]


@pytest.mark.parametrize("again", [True, False])
def test_what_is_changed_before_the_first_tick_after_a_stop_takes_no_day_away(again: bool, bot: Process) -> None:
    subscribe(bot, ANN, hour="22:00")
    restart = NOW + DAY + 16 * HOUR  # 1 o'clock in the night: the day before is not too late yet.
    if again:
        bot.subscriptions.subscribe(ANN, 0, restart, kind="private", hour="02:00")
    else:
        bot.subscriptions.change(ANN, 0, restart, hour="02:00")
    assert send(bot, restart) == [(ANN, TODAY + DAY)]
    assert [(one.local_date.day, one.state) for one in bot.ledger.of(ANN)] == [(8, SENT), (7, MISSED)]
    assert send(bot, restart + HOUR - SECOND) == []
    assert send(bot, restart + HOUR) == [(ANN, TODAY + 2 * DAY)]


def test_a_zone_that_is_lost_pauses_its_subscription_and_no_other(bot: Process) -> None:
    subscribe(bot, ANN, BOB)
    with bot.chats.writing() as connection:
        connection.execute("UPDATE subscriptions SET zone = 'Europe/Atlantis' WHERE chat = ?", (ANN,))
    assert [lease.subscription.chat for lease in bot.ledger.start(bot.ledger.due(NOW), NOW)] == [BOB]
    lost = bot.subscriptions.get(ANN)
    assert lost is not None
    assert (lost.state, lost.reason) == (SubscriptionState.PAUSED, "“Europe/Atlantis” is no time zone.")


# Now


def test_a_digest_asked_for_ahead_of_its_hour_counts_as_that_days(bot: Process) -> None:
    subscribe(bot, ANN, hour="18:00")
    lease = bot.ledger.claim(ANN, 0, TODAY, NOW)
    assert lease is not None
    assert bot.ledger.claim(ANN, 0, TODAY, NOW) is None, "it is on its way"
    bot.ledger.record([Settled(one, SENT) for one in bot.ledger.start([lease], NOW)], NOW)
    assert bot.ledger.claim(ANN, 0, TODAY, NOW) is None, "it was sent"
    assert not bot.ledger.waiting(NOW + 9 * HOUR)
    assert send(bot, NOW + DAY + 9 * HOUR) == [(ANN, TODAY + DAY)]


def test_a_digest_that_is_due_at_once_is_had_by_whoever_comes_first(bot: Process) -> None:
    subscribe(bot, ANN, BOB, now=NOW + HOUR)
    assert bot.ledger.claim(ANN, 0, TODAY, NOW + HOUR) is not None
    assert [lease.subscription.chat for lease in bot.ledger.due(NOW + HOUR)] == [BOB]
    assert bot.ledger.claim(BOB, 0, TODAY, NOW + HOUR) is None


def test_what_is_asked_for_after_a_stop_costs_no_day_before(bot: Process) -> None:
    subscribe(bot, ANN)
    assert bot.ledger.claim(ANN, 0, TODAY + 2 * DAY, NOW + 2 * DAY) is not None
    assert bot.ledger.due(NOW + 2 * DAY) == ()
    assert [(one.local_date.day, one.state) for one in bot.ledger.of(ANN)] == [
        (9, DeliveryState.LEASED),
        (8, MISSED),
        (7, MISSED),
    ]


@pytest.mark.parametrize("state", [DeliveryState.EMPTY, DeliveryState.MISSED, DeliveryState.REFUSED])
def test_a_day_that_came_to_nothing_can_be_asked_for(state: DeliveryState, bot: Process) -> None:
    subscribe(bot, ANN)
    (lease,) = bot.ledger.start(bot.ledger.due(NOW), NOW)
    bot.ledger.record([Settled(lease, state, "why")], NOW)
    again = bot.ledger.claim(ANN, 0, TODAY, NOW + HOUR)
    assert again is not None
    assert (again.delivery, again.attempt, again.due_at) == (lease.delivery, 2, NOW + HOUR)
    assert only(bot).reason == ""


def test_a_flood_wait_is_not_to_be_got_round(bot: Process) -> None:
    subscribe(bot, ANN)
    (lease,) = bot.ledger.start(bot.ledger.due(NOW), NOW)
    bot.ledger.record([Settled(lease, LATER, again_at=NOW + HOUR)], NOW)
    assert bot.ledger.claim(ANN, 0, TODAY, NOW) is None


def test_nothing_can_be_asked_for_without_an_active_subscription(bot: Process) -> None:
    subscribe(bot, ANN)
    bot.subscriptions.pause(ANN, "blocked", NOW)
    assert bot.ledger.claim(ANN, 0, TODAY, NOW) is None
    assert bot.ledger.claim(BOB, 0, TODAY, NOW) is None
    assert bot.ledger.of(ANN) == ()


# Crashes. Each leaves a first process at some point; a second one starts, and does what is due.


def nothing(_bot: Process) -> None:
    """Crash before the lease."""


def within_the_lease(bot: Process) -> None:
    """Crash while the lease is being written."""
    bot.chats._connection.execute("BEGIN IMMEDIATE")
    bot.chats._connection.execute("UPDATE subscriptions SET next_due_at = next_due_at + 86400")


def lease(bot: Process) -> None:
    """Crash after the lease."""
    assert len(bot.ledger.due(NOW)) == 2


def claim(bot: Process) -> None:
    """Crash after a lease that a chat asked for."""
    for chat in (ANN, BOB):
        assert bot.ledger.claim(chat, 0, TODAY, NOW)


def start(bot: Process) -> None:
    """Crash after the start, before, while or after Telegram takes it, for the ledger can't tell."""
    assert len(bot.ledger.start(bot.ledger.due(NOW), NOW)) == 2


def within_the_record(bot: Process) -> None:
    """Crash while it is being taken down that it was sent."""
    leases = bot.ledger.start(bot.ledger.due(NOW), NOW)
    bot.chats._connection.execute("BEGIN IMMEDIATE")
    bot.chats._connection.execute(
        "UPDATE deliveries SET state = 'sent', until = NULL WHERE id = ?", (leases[0].delivery,)
    )


def record(bot: Process) -> None:
    """Crash after it was taken down."""
    leases = bot.ledger.start(bot.ledger.due(NOW), NOW)
    assert bot.ledger.record([Settled(one, SENT) for one in leases], NOW) == 2


CRASHES = [
    pytest.param(nothing, Freed(0, 0), [ANN, BOB], id="before the lease"),
    pytest.param(within_the_lease, Freed(0, 0), [ANN, BOB], id="within the lease"),
    pytest.param(lease, Freed(2, 0), [ANN, BOB], id="after the lease"),
    pytest.param(claim, Freed(2, 0), [ANN, BOB], id="after a claim"),
    pytest.param(start, Freed(0, 2), [ANN, BOB], id="after the start: in flight"),
    pytest.param(within_the_record, Freed(0, 2), [ANN, BOB], id="within the record: in flight"),
    pytest.param(record, Freed(0, 0), [], id="after the record"),
]


@pytest.mark.parametrize(("crash", "freed", "expected"), CRASHES)
def test_a_crash_misses_nothing_and_repeats_what_was_in_flight_at_most(
    crash: Callable[[Process], None], freed: Freed, expected: list[int], tmp_path: Path
) -> None:
    first = Process(tmp_path)
    subscribe(first, ANN, BOB)
    crash(first)
    first.die()
    second = Process(tmp_path)
    assert second.ledger.release(NOW + SECOND) == freed
    assert second.ledger.release(NOW + SECOND) == Freed(0, 0), "once is enough"
    assert send(second, NOW + SECOND) == [(chat, TODAY) for chat in expected]
    assert [only(second, chat).state for chat in (ANN, BOB)] == [SENT, SENT]
    assert not second.ledger.waiting(NOW + DAY - SECOND)
    assert send(second, NOW + DAY) == [(ANN, TODAY + DAY), (BOB, TODAY + DAY)]
    second.die()


@pytest.mark.parametrize(("crash", "freed", "expected"), CRASHES)
def test_a_crash_in_the_real_misses_nothing_either(
    crash: Callable[[Process], None], freed: Freed, expected: list[int], tmp_path: Path
) -> None:
    first = Process(tmp_path)
    subscribe(first, ANN, BOB)
    first.die()
    program = f"""
import os, signal, sys
from pathlib import Path
from tests.store import test_ledger
process = test_ledger.Process(Path(sys.argv[1]))
test_ledger.{crash.__name__}(process)
os.kill(os.getpid(), signal.SIGKILL)
"""
    killed = subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, check=False, timeout=60)
    assert killed.returncode == -9
    second = Process(tmp_path)
    assert second.ledger.release(NOW + SECOND) == freed
    assert send(second, NOW + SECOND) == [(chat, TODAY) for chat in expected]
    assert [only(second, chat).state for chat in (ANN, BOB)] == [SENT, SENT]
    second.die()


def test_the_first_lease_frees_what_the_dead_left_where_nobody_asked_for_it(tmp_path: Path) -> None:
    first = Process(tmp_path)
    subscribe(first, ANN)
    first.ledger.due(NOW)
    first.die()
    second = Process(tmp_path)
    assert send(second, NOW) == [(ANN, TODAY)]
    second.die()


def test_what_the_dead_left_comes_first_and_counts(tmp_path: Path) -> None:
    first = Process(tmp_path)
    subscribe(first, 1, 2, 3)
    first.ledger.due(NOW)
    subscribe(first, 4, 5, 6)
    first.die()
    second = Process(tmp_path)
    assert [lease.subscription.chat for lease in second.ledger.due(NOW, 4)] == [1, 2, 3, 4]
    assert [lease.subscription.chat for lease in second.ledger.due(NOW, 4)] == [5, 6]
    second.die()


def test_a_restart_does_not_cut_a_flood_wait_short(tmp_path: Path) -> None:
    first = Process(tmp_path)
    subscribe(first, ANN)
    (lease,) = first.ledger.start(first.ledger.due(NOW), NOW)
    first.ledger.record([Settled(lease, LATER, again_at=NOW + HOUR)], NOW)
    first.die()
    second = Process(tmp_path)
    assert send(second, NOW + HOUR - SECOND) == []
    assert send(second, NOW + HOUR) == [(ANN, TODAY)]
    second.die()


@pytest.mark.parametrize(
    ("crash", "reason"),
    [
        (lease, "more than 6 hours late"),
        (start, "stopped while it was being sent: it may have arrived"),
    ],
)
def test_what_a_crash_left_too_long_is_missed(crash: Callable[[Process], None], reason: str, tmp_path: Path) -> None:
    first = Process(tmp_path)
    subscribe(first, ANN, BOB)
    crash(first)
    first.die()
    second = Process(tmp_path)
    assert send(second, NOW + LATEST + SECOND) == []
    assert (only(second).state, only(second).reason) == (MISSED, reason)
    second.die()


def test_what_was_in_flight_when_its_subscription_ended_and_the_bot_died_is_ended(tmp_path: Path) -> None:
    first = Process(tmp_path)
    subscribe(first, ANN)
    first.ledger.start(first.ledger.due(NOW), NOW)
    assert first.subscriptions.end(ANN, 0, NOW)
    assert only(first).state is DeliveryState.SENDING, "it can't be called back"
    first.die()
    second = Process(tmp_path)
    assert send(second, NOW + SECOND) == []
    assert only(second).state is DeliveryState.ENDED
    assert not second.ledger.waiting(NOW + DAY)
    second.die()


# Two processes


def test_a_second_process_leaves_the_leases_of_the_first_alone(bot: Process, tmp_path: Path) -> None:
    subscribe(bot, ANN, BOB)
    (ann, bob) = bot.ledger.due(NOW)
    bot.ledger.start([ann], NOW)
    other = Process(tmp_path)
    assert other.ledger.release(NOW) == Freed(0, 0)
    assert other.ledger.due(NOW + SENDING_FOR - SECOND) == ()
    assert bot.ledger.record([Settled(ann, SENT)], NOW) == 1
    assert len(bot.ledger.start([bob], NOW)) == 1
    other.die()


@pytest.mark.parametrize(("started", "held_for"), [(False, LEASED_FOR), (True, SENDING_FOR)])
def test_a_lease_that_runs_out_goes_to_the_other_and_its_holder_may_not_send(
    started: bool, held_for: timedelta, bot: Process, tmp_path: Path
) -> None:
    subscribe(bot, ANN)
    leases = bot.ledger.due(NOW)
    if started:
        bot.ledger.start(leases, NOW)
    other = Process(tmp_path)
    assert other.ledger.due(NOW + held_for - SECOND) == ()
    (taken,) = other.ledger.due(NOW + held_for)
    assert (taken.delivery, taken.attempt) == (leases[0].delivery, 2)
    assert bot.ledger.start(leases, NOW + held_for) == ()
    assert bot.ledger.record([Settled(leases[0], DeliveryState.GONE, "late news")], NOW + held_for) == 0
    assert only(bot).state is DeliveryState.LEASED
    assert len(other.ledger.start([taken], NOW + held_for)) == 1
    other.die()


def test_news_that_it_was_sent_is_never_too_late(bot: Process, tmp_path: Path) -> None:
    subscribe(bot, ANN)
    leases = bot.ledger.start(bot.ledger.due(NOW), NOW)
    other = Process(tmp_path)
    taken = other.ledger.due(NOW + SENDING_FOR)
    assert bot.ledger.record([Settled(leases[0], SENT, message=5)], NOW + SENDING_FOR) == 1
    assert other.ledger.start(taken, NOW + SENDING_FOR) == ()
    assert bot.ledger.record([Settled(leases[0], SENT, message=6)], NOW + SENDING_FOR) == 0
    assert (only(bot).state, only(bot).message) == (SENT, 5)
    other.die()


def test_each_start_begins_the_time_anew(bot: Process, tmp_path: Path) -> None:
    subscribe(bot, ANN)
    leases = bot.ledger.start(bot.ledger.due(NOW), NOW)
    assert len(bot.ledger.start(leases, NOW + 4 * MINUTE)) == 1
    other = Process(tmp_path)
    assert other.ledger.due(NOW + 4 * MINUTE + SENDING_FOR - SECOND) == ()
    assert len(other.ledger.due(NOW + 4 * MINUTE + SENDING_FOR)) == 1
    other.die()


def test_many_who_lease_at_once_never_get_the_same(tmp_path: Path) -> None:
    first = Process(tmp_path)
    subscribe(first, *range(1, 121))
    first.die()

    def work(_number: int) -> list[int]:
        mine = Process(tmp_path)
        got = []
        while mine.ledger.waiting(NOW):
            got += [one.subscription.chat for one in mine.ledger.start(mine.ledger.due(NOW, 7), NOW)]
        alive.append(mine)
        return got

    alive: list[Process] = []
    with ThreadPoolExecutor(4) as pool:
        leased = Counter(chat for got in pool.map(work, range(4)) for chat in got)
    assert leased == Counter(range(1, 121))
    for process in alive:
        process.die()


def test_two_programs_on_one_database_do_not_both_send_a_day(tmp_path: Path) -> None:
    first = Process(tmp_path)
    subscribe(first, *range(1, 201))
    first.die()
    program = """
import json, sys
from pathlib import Path
from tests.store.test_ledger import NOW, Process, SENT, Settled
process = Process(Path(sys.argv[1]))
process.ledger.release(NOW)
print("ready", flush=True)
sys.stdin.readline()
sent = []
while process.ledger.waiting(NOW):
    started = process.ledger.start(process.ledger.due(NOW, 5), NOW)
    process.ledger.record([Settled(lease, SENT) for lease in started], NOW)
    sent += [lease.subscription.chat for lease in started]
print(json.dumps(sent))
"""
    command = [sys.executable, "-c", program, str(tmp_path)]
    with subprocess_of(command) as one, subprocess_of(command) as two:
        for process in (one, two):
            assert process.stdout.readline() == "ready\n"
        for process in (one, two):
            process.stdin.write("go\n")
            process.stdin.flush()
        sent = [json.loads(process.stdout.readline()) for process in (one, two)]
    assert Counter(sent[0] + sent[1]) == Counter(range(1, 201))


def subprocess_of(command: list[str]) -> Any:  # noqa: ANN401 - its pipes are not None, which its type can't say
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


# Faults of the database


def test_nothing_leaves_while_the_database_is_locked_and_nothing_is_lost(bot: Process, tmp_path: Path) -> None:
    subscribe(bot, ANN)
    bot.chats.rows("PRAGMA busy_timeout = 10")
    with closing(sqlite3.connect(tmp_path / "chats.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert bot.ledger.waiting(NOW), "a look waits for nobody"
        with pytest.raises(ArchiveError, match="locked"):
            bot.ledger.due(NOW)
        other.execute("ROLLBACK")
        leases = bot.ledger.due(NOW)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveError, match="locked"):
            bot.ledger.start(leases, NOW)
        other.execute("ROLLBACK")
        (started,) = bot.ledger.start(leases, NOW)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveError, match="locked"):
            bot.ledger.record([Settled(started, SENT)], NOW)
        other.execute("ROLLBACK")
    assert bot.ledger.record([Settled(started, SENT)], NOW) == 1
    assert only(bot).state is SENT


def test_who_cannot_free_what_the_dead_left_tries_again(tmp_path: Path) -> None:
    first = Process(tmp_path)
    subscribe(first, ANN)
    first.ledger.due(NOW)
    first.die()
    second = Process(tmp_path)
    second.chats.rows("PRAGMA busy_timeout = 10")
    with closing(sqlite3.connect(tmp_path / "chats.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveError, match="locked"):
            second.ledger.due(NOW)
    assert send(second, NOW) == [(ANN, TODAY)]
    second.die()


# A year


@pytest.mark.parametrize(
    ("hour", "year"),
    [("02:15", 2026), ("23:30", 2026), ("09:00", 2011)],
)
def test_over_a_year_each_local_date_has_one_digest_at_the_right_wall_clock(hour: str, year: int, bot: Process) -> None:
    zones = (
        *("Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati", "Australia/Lord_Howe"),
        *("Pacific/Apia", "America/Nuuk", "UTC"),
    )
    bot.chats.rows("PRAGMA synchronous = OFF")  # Time is simulated here, and so is power.
    begin, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    for chat, zone in enumerate(zones, start=1):
        made = bot.subscriptions.subscribe(chat, 0, begin, kind="private", zone=zone, hour=hour)
        assert made.next_due_at >= begin
    sent: dict[int, list[tuple[date, datetime]]] = {chat: [] for chat in range(1, len(zones) + 1)}
    while (now := bot.subscriptions.next_due()) is not None and now < end:
        assert not bot.ledger.waiting(now - SECOND)
        for chat, day in send(bot, now):
            sent[chat].append((day, now))
    for chat, zone in enumerate(zones, start=1):
        days = [day for day, _ in sent[chat]]
        skipped = {date(2011, 12, 30)} if zone == "Pacific/Apia" else set()
        whole_year = [days[0] + DAY * number for number in range((days[-1] - days[0]).days + 1)]
        assert days == [day for day in whole_year if day not in skipped]
        assert len(days) >= 364 - len(skipped)
        for day, at in sent[chat][1:]:  # The first came at once where its hour had passed.
            due = due_on(day, hour, zone)
            assert due is not None
            assert at == due.at


# Anything, in any order


def test_no_index_is_missed(bot: Process) -> None:
    """What a tick asks must not grow with the table."""
    looked_at: list[str] = []
    bot.chats._connection.set_trace_callback(looked_at.append)
    subscribe(bot, ANN)
    bot.ledger.record([Settled(one, SENT) for one in bot.ledger.start(bot.ledger.due(NOW), NOW)], NOW)
    bot.subscriptions.next_due()
    bot.ledger.of(ANN)
    bot.ledger.outcomes(NOW)
    bot.ledger.sweep(NOW)
    bot.subscriptions.moved(ANN, GROUP, NOW)
    bot.subscriptions.forget(GROUP)
    bot.chats._connection.set_trace_callback(None)
    statements = [one for one in looked_at if one.startswith(("SELECT", "UPDATE", "DELETE", "INSERT"))]
    assert len(statements) > 15
    for statement in statements:
        for *_, step in bot.chats.rows(f"EXPLAIN QUERY PLAN {statement}"):
            bounded = "USING INDEX" in step or "CONSTANT" in step or "json_each" in step
            assert not step.startswith("SCAN") or bounded, (statement, step)
