"""What a tick costs: `python -m tests.bench.tick [SUBSCRIPTIONS]`.

A million Subscriptions of as many chats, a thousand of which are due at each of a few minutes and the others later.
Half want no words, the others one of thirty; their Digests are composed from the archive of the seeds, of which nothing
has been read or composed yet at the first tick and whenever it is said so. Beside it, in the same run, the same table
without the index of what is due. The goals are under 100 ms for leasing a thousand and composing their Digests, and
under 1 ms for a tick with nothing due. Every write waits for the disk.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from bot.editions import Editions, edition_of
from store.archive import Archive
from store.chats import Chats
from store.ingest.run import run
from store.ledger import Ledger
from store.model import DeliveryState, Lease, Settled
from store.search import Search
from tests.bench.subscribers import Subscriber, fill
from tests.bench.table import milliseconds, percentile, print_table

SEEDS = Path(__file__).parents[2] / "seeds"
SEED = 7  # The same chats in every run.
ROUNDS = 9
DUE = 1000
BATCH = 50
FIRST = datetime(2018, 2, 7, 6, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati", "Australia/Lord_Howe", "UTC")
WORDS = (
    "syria iran ukraine sanctions terrorism nato elections turkey africa china india trade security missiles "
    "diplomacy journalists europe britain america germany france japan korea yemen libya iraq israel gas football"
).split()
WANTED = [()] * len(WORDS) + [(word,) for word in WORDS]


def subscribers(count: int) -> Iterator[Subscriber]:
    """Yield `DUE` of them for each minute of a round, the others in hours to come."""
    rng = random.Random(SEED)  # noqa: S311 - nothing secret
    rounds = dict(zip(rng.sample(range(count), DUE * ROUNDS), list(range(ROUNDS)) * DUE, strict=True))
    for number, chat in enumerate(sorted(rng.sample(range(10**10), count))):
        at = FIRST + MINUTE * rounds.get(number, rng.randrange(60, 1440))
        zone = rng.choice(ZONES)
        yield Subscriber(chat, at, zone, rng.choice(WANTED))


class Measured:
    """The times that each step took, in ms."""

    def __init__(self, chats: Chats, archive: Archive) -> None:
        self._chats = chats
        self._archive = archive
        self.nothing: list[float] = []
        self.lease: list[float] = []
        self.compose: list[float] = []
        self.compose_anew: list[float] = []
        self.start: list[float] = []
        self.record: list[float] = []

    def measure(self, rounds: range) -> None:
        """Go through ticks with nothing due and ticks with `DUE`, each minute once."""
        editions = self._editions()
        with Ledger(self._chats) as ledger:
            for number in rounds:
                now = FIRST + MINUTE * number
                self.nothing.append(milliseconds(partial(ledger.due, now - timedelta(seconds=1))))
                leases: list[Lease] = []
                self.lease.append(milliseconds(lambda: leases.extend(ledger.due(now, DUE))))  # noqa: B023 - called here
                if len(leases) != DUE:
                    raise AssertionError(f"leased {len(leases)}")
                self.compose.append(milliseconds(partial(_compose, editions, leases)))
                self.compose_anew.append(milliseconds(partial(_compose, self._editions(), leases)))
                for start in range(0, DUE, BATCH):
                    batch = leases[start : start + BATCH]
                    self.start.append(milliseconds(partial(ledger.start, batch, now)))
                    sent = [Settled(lease, DeliveryState.SENT, message=1) for lease in batch]
                    self.record.append(milliseconds(partial(ledger.record, sent, now)))

    def _editions(self) -> Editions:
        return Editions(Search(self._archive), self._archive)


def _compose(editions: Editions, leases: list[Lease]) -> None:
    for edition in dict.fromkeys(edition_of(lease.subscription, lease.local_date) for lease in leases):
        editions.composed(edition, past=False)


def main(count: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "chats.db"
        run(SEEDS, Path(folder) / "archive.db")
        with Chats.open(path) as chats, Archive.open(Path(folder) / "archive.db") as archive:
            taken = milliseconds(partial(fill, chats, subscribers(count)))
            chats.rows("PRAGMA wal_checkpoint (TRUNCATE)")
            print(f"{count:,} subscriptions made in {taken / 1000:.0f} s, {path.stat().st_size / 1e6:.0f} MB")
            with_index, without = Measured(chats, archive), Measured(chats, archive)
            with_index.measure(range(ROUNDS - 2))
            with chats.writing() as connection:
                connection.execute("DROP INDEX subscriptions_due")
            without.measure(range(ROUNDS - 2, ROUNDS))
    steps = {
        "a tick with nothing due": (with_index.nothing, without.nothing),
        f"lease of {DUE:,}": (with_index.lease, without.lease),
        f"their composition, {len(WORDS) + 1} kinds of words": (with_index.compose, without.compose),
        "their composition, nothing composed before": (with_index.compose_anew, without.compose_anew),
        f"start of {BATCH}": (with_index.start, without.start),
        f"record of {BATCH}": (with_index.record, without.record),
    }
    rows = [
        (step, *(f"{percentile(some, share):.2f}" for some in pair for share in (0.5, 1)))
        for step, pair in steps.items()
    ]
    columns = ("step", "median ms", "worst", "without index: median", "worst")
    print_table("goals: 1 ms with nothing due, 100 ms for lease and composition", columns, rows)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
