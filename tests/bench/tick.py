"""What a tick costs the database of chats: `python -m tests.bench.tick [SUBSCRIPTIONS]`.

A million Subscriptions of as many chats, a thousand of which are due at each of a few minutes and the others later.
Beside it, in the same run, the same table without the index of what is due. The goals are 50 ms for leasing 1,000, so
that a tick stays under 100 ms with their composition, and under 1 ms for a tick with nothing due. Every write waits
for the disk.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from store.chats import Chats
from store.ledger import Ledger
from store.model import DeliveryState, Lease, Settled
from store.schedule import seconds
from store.timing import zone_of
from tests.bench.table import milliseconds, percentile, print_table

SEED = 7  # The same chats in every run.
ROUNDS = 9
DUE = 1000
BATCH = 50
FIRST = datetime(2018, 2, 7, 6, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati", "Australia/Lord_Howe", "UTC")

Row = tuple[int, str, str, int, str]


def subscriptions(count: int) -> Iterator[Row]:
    """Yield chat, hour, zone, time and date: `DUE` of them for each minute of a round, the others in hours to come."""
    rng = random.Random(SEED)  # noqa: S311 - nothing secret
    rounds = dict(zip(rng.sample(range(count), DUE * ROUNDS), list(range(ROUNDS)) * DUE, strict=True))
    for number, chat in enumerate(sorted(rng.sample(range(10**10), count))):
        at = FIRST + MINUTE * rounds.get(number, rng.randrange(60, 1440))
        zone = rng.choice(ZONES)
        local = at.astimezone(zone_of(zone))
        yield chat, f"{local:%H:%M}", zone, seconds(at), f"{local:%Y-%m-%d}"


def fill(chats: Chats, count: int) -> None:
    """Make the Subscriptions, in one transaction."""
    with chats.writing() as connection:
        for chat, hour, zone, at, day in subscriptions(count):
            connection.execute("INSERT INTO chats VALUES (?, 'private', ?, '', 0)", (chat, zone))
            connection.execute(
                "INSERT INTO subscriptions VALUES "
                "(?, 0, ?, ?, '', 'daily', 0, '[\"syria\"]', '[]', 0, 0, 'active', '', ?, ?, 0)",
                (chat, hour, zone, at, day),
            )


class Measured:
    """The times that each step took, in ms."""

    def __init__(self, chats: Chats) -> None:
        self._chats = chats
        self.nothing: list[float] = []
        self.lease: list[float] = []
        self.start: list[float] = []
        self.record: list[float] = []

    def measure(self, rounds: range) -> None:
        """Go through ticks with nothing due and ticks with `DUE`, each minute once."""
        with Ledger(self._chats) as ledger:
            for number in rounds:
                now = FIRST + MINUTE * number
                self.nothing.append(milliseconds(partial(ledger.due, now - timedelta(seconds=1))))
                leases: list[Lease] = []
                self.lease.append(milliseconds(lambda: leases.extend(ledger.due(now, DUE))))  # noqa: B023 - called here
                if len(leases) != DUE:
                    raise AssertionError(f"leased {len(leases)}")
                for start in range(0, DUE, BATCH):
                    batch = leases[start : start + BATCH]
                    self.start.append(milliseconds(partial(ledger.start, batch, now)))
                    sent = [Settled(lease, DeliveryState.SENT, message=1) for lease in batch]
                    self.record.append(milliseconds(partial(ledger.record, sent, now)))


def main(count: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "chats.db"
        with Chats.open(path) as chats:
            taken = milliseconds(partial(fill, chats, count))
            chats.rows("PRAGMA wal_checkpoint (TRUNCATE)")
            print(f"{count:,} subscriptions made in {taken / 1000:.0f} s, {path.stat().st_size / 1e6:.0f} MB")
            with_index, without = Measured(chats), Measured(chats)
            with_index.measure(range(ROUNDS - 2))
            with chats.writing() as connection:
                connection.execute("DROP INDEX subscriptions_due")
            without.measure(range(ROUNDS - 2, ROUNDS))
    steps = {
        "a tick with nothing due": (with_index.nothing, without.nothing),
        f"lease of {DUE:,}": (with_index.lease, without.lease),
        f"start of {BATCH}": (with_index.start, without.start),
        f"record of {BATCH}": (with_index.record, without.record),
    }
    rows = [
        (step, *(f"{percentile(some, share):.2f}" for some in pair for share in (0.5, 1)))
        for step, pair in steps.items()
    ]
    columns = ("step", "median ms", "worst", "without index: median", "worst")
    print_table("goals: 1 ms with nothing due, 50 ms for the lease", columns, rows)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
