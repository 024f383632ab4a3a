"""Subscribing, changing, leasing, sending, crashing, restoring backups in any order, by two processes: Hypothesis looks
for the one that sends a day twice or leaves it out."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from store.backup import save
from store.chats import Chats
from store.leasing import SENDING_FOR
from store.ledger import Ledger
from store.model import DeliveryState, Lease, Rhythm, Settled, SubscriptionState
from store.restore import restore
from store.subscriptions import Subscriptions, Zone
from store.timing import LATEST, due_on, falls_on, local_date

MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - where no disk keeps tests waiting
BEGIN = datetime(2026, 3, 27, 12, tzinfo=UTC)  # Clocks change in Berlin and Nuuk the next night.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
ZONES = ("Europe/Berlin", "America/Nuuk", "Australia/Lord_Howe", "Pacific/Kiritimati", "Pacific/Honolulu", "UTC+05:45")
OUTCOMES = (DeliveryState.SENT, DeliveryState.SENT, DeliveryState.REFUSED, DeliveryState.GONE, DeliveryState.LATER)

one_chat = st.integers(1, 3)
one_process = st.integers(0, 1)
some_hour = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.sampled_from([0, 30]))
some_zone = st.sampled_from(ZONES)


@dataclass
class Process:
    """A process with the leases that it holds: to be started, and sent (since when) but not taken down."""

    chats: Chats
    leased: list[Lease] = field(default_factory=list)
    sent: list[tuple[Lease, datetime]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chats.rows("PRAGMA synchronous = OFF")  # No power is cut here, and a disk is slow.
        self.subscriptions = Subscriptions(self.chats)
        self.ledger = Ledger(self.chats)

    def die(self) -> None:
        self.ledger.close()
        self.chats.close()


class Bot(RuleBasedStateMachine):
    """The bot, its chats, and a Telegram that counts."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=MEMORY))
        self.now = BEGIN
        self.telegram: Counter[tuple[int, date]] = Counter()
        self.may_come_again: Counter[tuple[int, date]] = Counter()
        self.steady: dict[int, datetime] = {}

    @initialize()
    def run(self) -> None:
        self.processes = [self._process(), self._process()]

    def _process(self) -> Process:
        return Process(Chats.open(self.folder / "chats.db"))

    def teardown(self) -> None:
        """Kill all, start anew, and see whether anything is left undone."""
        for process in self.processes:
            self._grant(process, self.now)
            process.die()
        last = self._process()
        try:
            self.now += timedelta(minutes=20)  # Leases run out, flood waits end.
            while last.ledger.waiting(self.now):
                started = last.ledger.start(last.ledger.due(self.now, 2), self.now)
                self._take(started)
                last.ledger.record([Settled(lease, DeliveryState.SENT) for lease in started], self.now)
            self._check_nothing_is_left(last)
        finally:
            last.die()
            shutil.rmtree(self.folder)

    def _check_nothing_is_left(self, last: Process) -> None:
        for chat in range(1, 4):
            deliveries = {delivery.local_date: delivery for delivery in last.ledger.of(chat, limit=1000)}
            assert not [delivery for delivery in deliveries.values() if delivery.state.open]
            for day, delivery in deliveries.items():
                assert delivery.state is not DeliveryState.SENT or self.telegram[chat, day]
            subscription = last.subscriptions.get(chat)
            if subscription is None or subscription.state is not SubscriptionState.ACTIVE:
                continue
            assert subscription.next_due_at > self.now
            if chat in self.steady:
                day = local_date(subscription.zone, self.steady[chat])
                while day <= local_date(subscription.zone, self.now):
                    due = due_on(day, subscription.hour, subscription.zone)
                    falls = falls_on(day, subscription.rhythm, subscription.weekday)
                    if due is not None and falls and self.steady[chat] < due.at <= self.now:
                        assert day in deliveries, f"{day} was left out"
                    day += timedelta(days=1)

    @invariant()
    def no_day_comes_twice_save_what_was_in_flight(self) -> None:
        assert not self.telegram - self.may_come_again - Counter(dict.fromkeys(self.telegram, 1))

    # The world

    @rule(minutes=st.integers(1, 4) | st.integers(5, 60 * 60))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        for process in self.processes:
            self._grant(process, self.now - SENDING_FOR)  # As good as a crash.

    @rule(number=one_process)
    def crash(self, number: int) -> None:
        self._grant(self.processes[number], self.now)
        self.processes[number].die()
        self.processes[number] = self._process()

    # What chats ask for

    @rule(chat=one_chat, hour=some_hour, zone=some_zone, rhythm=st.sampled_from(Rhythm))
    def subscribe(self, chat: int, hour: str, zone: str, rhythm: Rhythm) -> None:
        before = self.processes[0].subscriptions.get(chat)
        self.processes[0].subscriptions.subscribe(
            chat, 0, self.now, kind="private", hour=hour, zone=zone, rhythm=rhythm
        )
        if before is None:
            self.steady[chat] = self.now
        else:
            self.steady.pop(chat, None)

    @rule(chat=one_chat, hour=some_hour)
    def change(self, chat: int, hour: str) -> None:
        self.processes[0].subscriptions.change(chat, 0, self.now, hour=hour)
        self.steady.pop(chat, None)

    @rule(chat=one_chat, zone=some_zone)
    def travel(self, chat: int, zone: str) -> None:
        self.processes[1].subscriptions.set_zone(chat, Zone(zone, zone), self.now, kind="private")
        self.steady.pop(chat, None)

    @rule(chat=one_chat, end=st.booleans())
    def stop(self, chat: int, *, end: bool) -> None:
        if end:
            self.processes[0].subscriptions.end(chat, 0, self.now)
        else:
            self.processes[0].subscriptions.pause(chat, "enough", self.now)
        self.steady.pop(chat, None)

    @rule(chat=one_chat)
    def resume(self, chat: int) -> None:
        self.processes[1].subscriptions.resume(chat, self.now)
        self.steady.pop(chat, None)

    # What the bot does

    @rule(number=one_process, limit=st.integers(1, 5))
    def lease(self, number: int, limit: int) -> None:
        process = self.processes[number]
        leases = process.ledger.due(self.now, limit)
        assert all(self.now - lease.due_at <= LATEST for lease in leases)
        process.leased += leases

    @rule(number=one_process, chat=one_chat)
    def claim(self, number: int, chat: int) -> None:
        process = self.processes[number]
        subscription = process.subscriptions.get(chat)
        if subscription is not None:
            lease = process.ledger.claim(chat, 0, local_date(subscription.zone, self.now), self.now)
            process.leased += [] if lease is None else [lease]

    @rule(number=one_process)
    def send(self, number: int) -> None:
        process = self.processes[number]
        started = process.ledger.start(process.leased, self.now)
        process.leased = []
        self._take(started)
        process.sent += [(lease, self.now) for lease in started]

    @rule(number=one_process, outcome=st.sampled_from(OUTCOMES))
    def record(self, number: int, outcome: DeliveryState) -> None:
        process = self.processes[number]
        leases = [lease for lease, _ in process.sent]
        for lease in leases:
            if outcome is not DeliveryState.SENT:  # Then Telegram has not taken it.
                self.telegram[lease.subscription.chat, lease.local_date] -= 1
            if outcome is DeliveryState.GONE:
                self.steady.pop(lease.subscription.chat, None)
        again_at = self.now + timedelta(minutes=10) if outcome is DeliveryState.LATER else None
        process.ledger.record([Settled(lease, outcome, again_at=again_at) for lease in leases], self.now)
        process.sent = []

    def _take(self, started: tuple[Lease, ...]) -> None:
        self.telegram.update((lease.subscription.chat, lease.local_date) for lease in started)

    def _grant(self, process: Process, since: datetime) -> None:
        """Grant that what was sent by then and not taken down comes again, once."""
        for number, (lease, sent_at) in enumerate(process.sent):
            if sent_at <= since:
                self.may_come_again[lease.subscription.chat, lease.local_date] += 1
                process.sent[number] = (lease, NEVER)


class BotWithBackups(Bot):
    """The same, with backups that are made and put back at any moment, while both processes go on."""

    @rule()
    def back_up(self) -> None:
        save(self.folder / "chats.db", self.folder / "backup.db", self.now)

    @precondition(lambda self: (self.folder / "backup.db").exists())
    @rule()
    def restore(self) -> None:
        restore(self.folder / "backup.db", self.folder / "chats.db", self.now)
        self.steady.clear()

    @rule(number=one_process)
    def deliver(self, number: int) -> None:
        self.lease(number, 5)
        self.send(number)
        self.record(number, DeliveryState.SENT)

    @rule(number=one_process, minutes=st.integers(1, 24 * 60))
    def turn_back_what_was_delivered(self, number: int, minutes: int) -> None:
        self.back_up()
        self.time_passes(minutes)
        self.deliver(number)
        self.restore()
        self.deliver(1 - number)


TestBot = Bot.TestCase
TestBot.settings = settings(max_examples=60, stateful_step_count=40)
TestBotWithBackups = pytest.mark.slow(BotWithBackups.TestCase)
TestBotWithBackups.settings = settings(max_examples=100, stateful_step_count=40)
