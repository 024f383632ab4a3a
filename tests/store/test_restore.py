from __future__ import annotations

import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store.backup import Contents, save
from store.chats import Chats, SavedSearches
from store.database import CHATS
from store.errors import ArchiveError, BackupError, UsageError
from store.ledger import Ledger
from store.model import Delivery, DeliveryState, Settled
from store.restore import TABLES, restore
from store.subscriptions import Subscriptions, Zone
from tests.databases import edit, rows

ROOT = Path(__file__).parents[2]
OPEN = """
import sys, time
from pathlib import Path
from store.chats import Chats
with Chats.open(Path(sys.argv[1])):
    print("open", flush=True)
    time.sleep(60)
"""
NOW = datetime(2026, 7, 30, 8, 0, tzinfo=UTC)
NINE = NOW.replace(hour=9)
TODAY = NOW.date()
ANN, BOB, EVE = 1, 2, 3
LEASED, SENDING, SENT, LATER = (DeliveryState(state) for state in ("leased", "sending", "sent", "later"))


class Process:
    """A bot with `chats.db` open, by two connections as the real one has."""

    def __init__(self, path: Path) -> None:
        self.chats = Chats.open(path)
        self.reading = Chats.open(path)
        self.subscriptions = Subscriptions(self.chats)
        self.ledger = Ledger(self.chats)
        self.searches = SavedSearches(self.chats)

    def subscribe(self, *ids: int, hour: str = "09:00", now: datetime = NOW) -> None:
        for chat in ids:
            self.subscriptions.subscribe(chat, 0, now, kind="private", hour=hour)

    def seen(self) -> list[int]:
        """Return the chats with a subscription, as the connection that reads sees them."""
        return [chat for (chat,) in self.reading.rows("SELECT chat FROM subscriptions ORDER BY chat")]

    def send(self, now: datetime) -> list[int]:
        """Send what is due, and return the chats that got something."""
        started = self.ledger.start(self.ledger.due(now), now)
        self.ledger.record([Settled(lease, SENT, message=5) for lease in started], now)
        return [lease.subscription.chat for lease in started]

    def delivery(self, chat: int) -> Delivery | None:
        return next(iter(self.ledger.of(chat)), None)

    def close(self) -> None:
        self.ledger.close()
        self.reading.close()
        self.chats.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "chats.db"


@pytest.fixture
def bot(path: Path) -> Iterator[Process]:
    process = Process(path)
    yield process
    process.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup.db"


def damage(path: Path) -> None:
    """Spoil every page of a database but the first, which is all that SQLite looks at when it opens it."""
    edit(path, "PRAGMA wal_checkpoint (TRUNCATE)")
    written = bytearray(path.read_bytes())
    written[4096:] = b"\xff" * (len(written) - 4096)
    path.write_bytes(written)


# What comes back


def test_a_bot_that_runs_sees_what_the_backup_holds_at_once(bot: Process, path: Path, file: Path) -> None:
    bot.subscribe(ANN, BOB)
    bot.subscriptions.set_zone(ANN, Zone("Europe/Berlin", "Berlin"), NOW, kind="private")
    save(path, file, NOW)
    bot.subscriptions.end(ANN, 0, NOW)
    bot.subscriptions.change(BOB, 0, NOW, hour="18:00", wanted=("syria",))
    bot.subscriptions.set_zone(ANN, Zone("Asia/Tokyo", "Tokyo"), NOW, kind="private")
    bot.subscribe(EVE)
    assert bot.seen() == [BOB, EVE]
    restored = restore(file, path, NOW)
    assert bot.seen() == [ANN, BOB]
    assert (restored.contents, restored.ended, restored.sent_is_known) == (Contents(2, 2), 1, True)
    bob = bot.subscriptions.get(BOB)
    assert bob is not None
    assert (bob.hour, bob.wanted) == ("09:00", ())
    assert bot.subscriptions.zone(ANN) == Zone("Europe/Berlin", "Berlin")
    assert bot.subscriptions.counts().chats == 2, "of Eve nothing is left"
    bot.subscribe(EVE)
    assert bot.seen() == [ANN, BOB, EVE], "the bot goes on writing to the same file"


def test_every_column_of_every_table_comes_back(bot: Process, path: Path, file: Path) -> None:
    bot.subscribe(ANN, BOB)
    bot.searches.keep(ANN, "syria", NOW)
    bot.send(NINE)
    save(path, file, NOW)
    before = {table: rows(path, f"SELECT * FROM {table}") for table in TABLES}
    assert all(before.values())
    kept = {name for (name,) in rows(path, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert kept - set(TABLES) <= {"sqlite_sequence", "_sqlite_migrations"}, "a new table has to be restored, too"
    for chat in (ANN, BOB):
        bot.subscriptions.forget(chat)
    restore(file, path, NOW)
    after = {table: rows(path, f"SELECT * FROM {table}") for table in TABLES}
    for found in (before, after):
        found["deliveries"] = [row[1:] for row in found["deliveries"]]  # Their ids are new, those of others are kept.
    assert after == before


def test_what_was_there_before_is_kept_beside_it_and_can_be_put_back(bot: Process, path: Path, file: Path) -> None:
    save(path, file, NOW)
    bot.subscribe(ANN)
    aside = restore(file, path, NOW).aside
    assert aside == path.with_name("chats-before-2026-07-30T080000Z.db")
    assert stat.S_IMODE(aside.stat().st_mode) == 0o600
    assert bot.seen() == []
    restore(aside, path, NOW)
    assert bot.seen() == [ANN]


def test_two_restores_in_one_second_keep_both(bot: Process, path: Path, file: Path) -> None:
    bot.subscribe(ANN)
    save(path, file, NOW)
    kept = {restore(file, path, NOW).aside for _ in range(3)}
    assert {one.name for one in kept if one} == {
        "chats-before-2026-07-30T080000Z.db",
        "chats-before-2026-07-30T080000Z-2.db",
        "chats-before-2026-07-30T080000Z-3.db",
    }


def test_on_a_new_machine_the_database_is_made(bot: Process, path: Path, file: Path, tmp_path: Path) -> None:
    bot.subscribe(ANN)
    save(path, file, NOW)
    new = tmp_path / "new" / "data" / "chats.db"
    assert restore(file, new, NOW).aside is None
    there = Process(new)
    assert there.seen() == [ANN]
    there.close()
    assert stat.S_IMODE(new.stat().st_mode) == 0o600
    assert {one.name for one in new.parent.iterdir()} <= {
        f"chats.db{suffix}" for suffix in ("", "-wal", "-shm", "-writer", "-present")
    }


def test_a_backup_of_an_older_schema_is_brought_up_to_date_and_stays_as_it_is(
    bot: Process, path: Path, file: Path
) -> None:
    bot.searches.keep(ANN, "syria", NOW)
    save(path, file, NOW)
    edit(
        file,
        *(f"DROP TABLE {table}" for table in ("deliveries", "subscriptions", "chats")),
        "DELETE FROM _sqlite_migrations WHERE name = 'subscriptions_and_deliveries'",
        "PRAGMA user_version = 1",
    )
    before = file.read_bytes()
    bot.subscriptions.forget(ANN)
    assert restore(file, path, NOW).contents == Contents(0, 0)
    assert [words for (words,) in bot.reading.rows("SELECT words FROM searches")] == ["syria"]
    assert file.read_bytes() == before


# The ledger


def test_what_was_sent_since_the_backup_is_not_sent_again(bot: Process, path: Path, file: Path) -> None:
    bot.subscribe(ANN, BOB)
    save(path, file, NOW)
    assert bot.send(NINE) == [ANN, BOB]
    restore(file, path, NINE)
    assert bot.send(NINE) == []
    tomorrow = NINE + timedelta(days=1)
    assert bot.send(tomorrow) == [ANN, BOB]


def test_nor_is_it_to_a_chat_that_the_backup_does_not_know(bot: Process, path: Path, file: Path) -> None:
    save(path, file, NOW)
    bot.subscribe(ANN)
    assert bot.send(NINE) == [ANN]
    restore(file, path, NINE)
    assert bot.seen() == []
    bot.subscribe(ANN, now=NINE)
    assert bot.send(NINE) == [], "it subscribes again and had today's"
    assert bot.send(NINE + timedelta(days=1)) == [ANN]


def test_what_the_backup_alone_knows_to_be_sent_is_not_sent_again(bot: Process, path: Path, file: Path) -> None:
    bot.subscribe(ANN)
    bot.send(NINE)
    save(path, file, NINE)
    bot.subscriptions.forget(ANN)
    bot.subscribe(ANN, now=NINE)
    [lease] = bot.ledger.due(NINE)
    restore(file, path, NINE)
    assert bot.ledger.start([lease], NINE) == ()
    assert bot.send(NINE) == []


def test_leases_that_a_bot_holds_stay_good(bot: Process, path: Path, file: Path) -> None:
    bot.subscribe(ANN, BOB)
    save(path, file, NOW)
    leases = bot.ledger.due(NINE)
    [started, waiting] = [*bot.ledger.start(leases[:1], NINE), leases[1]]
    restore(file, path, NINE)
    assert bot.ledger.due(NINE) == (), "nobody else may have them meanwhile"
    assert bot.ledger.record([Settled(started, SENT)], NINE) == 1
    [second] = bot.ledger.start([waiting], NINE)
    bot.ledger.record([Settled(second, SENT)], NINE)
    assert [bot.ledger.of(chat)[0].state for chat in (ANN, BOB)] == [SENT, SENT]


def test_what_waits_for_telegram_goes_on_waiting(bot: Process, path: Path, file: Path) -> None:
    bot.subscribe(ANN)
    save(path, file, NOW)
    started = bot.ledger.start(bot.ledger.due(NINE), NINE)
    later = NINE + timedelta(minutes=30)
    bot.ledger.record([Settled(started[0], LATER, "flood", again_at=later)], NINE)
    restore(file, path, NINE)
    assert bot.send(NINE + timedelta(minutes=29)) == []
    assert bot.send(later) == [ANN]


def test_a_lease_of_a_subscription_that_the_backup_does_not_have_ends(bot: Process, path: Path, file: Path) -> None:
    save(path, file, NOW)
    bot.subscribe(ANN)
    leases = bot.ledger.due(NINE)
    restore(file, path, NINE)
    assert bot.ledger.start(leases, NINE) == ()


def test_what_was_leased_at_the_time_of_the_backup_is_sent_once(bot: Process, path: Path, file: Path) -> None:
    bot.subscribe(ANN)
    bot.ledger.due(NINE)
    save(path, file, NINE)
    bot.subscriptions.forget(ANN)
    restore(file, path, NINE + timedelta(minutes=1))
    assert bot.send(NINE + timedelta(minutes=1)) == [ANN]
    assert bot.send(NINE + timedelta(minutes=20)) == []


def test_an_id_that_a_lease_may_have_is_given_to_no_other(bot: Process, path: Path, file: Path, tmp_path: Path) -> None:
    other = Process(tmp_path / "other" / "chats.db")
    other.subscribe(BOB)
    other.ledger.due(NINE)
    save(tmp_path / "other" / "chats.db", file, NINE)
    other.close()
    bot.subscribe(ANN)
    leases = bot.ledger.due(NINE)
    bot.subscriptions.forget(ANN)
    assert rows(file, "SELECT id, attempt FROM deliveries") == [(leases[0].delivery, leases[0].attempt)]
    restore(file, path, NINE)
    assert bot.ledger.start(leases, NINE) == (), "it would be Bob's"
    assert bot.send(NINE) == [BOB]


def test_a_row_never_goes_back_from_sent(bot: Process, path: Path, file: Path) -> None:
    bot.subscribe(ANN)
    bot.ledger.due(NINE)
    save(path, file, NINE)
    bot.ledger.release(NINE)
    edit(path, "UPDATE deliveries SET state = 'sent', until = NULL, message = 77")
    restore(file, path, NINE)
    found = bot.delivery(ANN)
    assert found is not None
    assert (found.state, found.message) == (SENT, 77)


# Searches


def test_searches_that_buttons_refer_to_are_those_of_both(bot: Process, path: Path, file: Path) -> None:
    swept, old = bot.searches.keep(ANN, "syria", NOW), bot.searches.keep(ANN, "kosovo", NOW)
    save(path, file, NOW)
    new = bot.searches.keep(BOB, "libya", NOW)
    edit(path, f"DELETE FROM searches WHERE id = {swept}")
    restore(file, path, NOW)
    assert [bot.searches.words(one) for one in (swept, old, new)] == ["syria", "kosovo", "libya"]
    assert bot.searches.keep(EVE, "iran", NOW) > new


def test_the_id_of_a_search_is_never_given_twice(bot: Process, path: Path, file: Path, tmp_path: Path) -> None:
    last = [bot.searches.keep(ANN, f"word {number}", NOW) for number in range(5)][-1]
    bot.subscriptions.forget(ANN)
    save(path, file, NOW)
    new = tmp_path / "new" / "chats.db"
    restore(file, new, NOW)
    there = Process(new)
    assert there.searches.keep(ANN, "syria", NOW) > last
    there.close()


# What is refused


def newer(file: Path) -> None:
    edit(file, f"PRAGMA user_version = {CHATS.version + 1}")


def foreign(file: Path) -> None:
    edit(file, "PRAGMA application_id = 1")


def garbage(file: Path) -> None:
    file.write_bytes(b"rubbish" * 1000)


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: 4096 * 5])


def with_loose_ends(file: Path) -> None:
    edit(file, "DELETE FROM chats WHERE id = 1")


def without_a_table(file: Path) -> None:
    edit(file, "DROP TABLE searches")


def without_a_column(file: Path) -> None:
    edit(file, "ALTER TABLE subscriptions DROP COLUMN silent")


def empty(file: Path) -> None:
    file.write_bytes(b"")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (newer, "was made by a newer Quotebot .* upgrade Quotebot"),
        (foreign, "not a Quotebot backup but a database of another program: name another file"),
        (garbage, "damaged or not a database: take another backup"),
        (damage, "damaged.*: take another backup"),
        (cut_short, "damaged.*: take another backup"),
        (with_loose_ends, "a row in subscriptions that refers to nothing: take another backup"),
        (without_a_table, "table searches of the backup is not as Quotebot makes it"),
        (without_a_column, "table subscriptions of the backup is not as Quotebot makes it"),
        (empty, "holds nothing yet: name another file"),
        (Path.unlink, "no backup at"),
    ],
)
def test_what_is_no_sound_backup_changes_nothing(
    spoil: Callable[[Path], None], said: str, bot: Process, path: Path, file: Path
) -> None:
    bot.subscribe(ANN)
    save(path, file, NOW)
    bot.subscribe(BOB)
    spoil(file)
    with pytest.raises((ArchiveError, BackupError), match=said):
        restore(file, path, NOW)
    assert bot.seen() == [ANN, BOB]
    assert not list(path.parent.glob(".quotebot-*"))


def test_a_folder_is_no_backup_but_its_last_one_is_named(bot: Process, path: Path, tmp_path: Path) -> None:
    bot.subscribe(ANN)
    with pytest.raises(UsageError, match="is a folder: name one"):
        restore(tmp_path, path, NOW)
    last = save(path, tmp_path, NOW).file
    with pytest.raises(UsageError) as raised:
        restore(tmp_path, path, NOW)
    assert str(last) in raised.value.hint


def test_the_database_is_not_restored_from_itself(bot: Process, path: Path, tmp_path: Path) -> None:
    bot.subscribe(ANN)
    (tmp_path / "link.db").symlink_to(path)
    with pytest.raises(UsageError, match="is the database itself"):
        restore(tmp_path / "link.db", path, NOW)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("PRAGMA application_id = 1", "database of another program"),
        (f"PRAGMA user_version = {CHATS.version + 1}", "made by a newer Quotebot"),
    ],
)
def test_what_is_not_ours_is_not_written_over(statement: str, said: str, bot: Process, path: Path, file: Path) -> None:
    bot.subscribe(ANN)
    save(path, file, NOW)
    edit(path, statement)
    with pytest.raises(ArchiveError, match=said):
        restore(file, path, NOW)
    assert bot.seen() == [ANN]


def test_readers_see_the_old_or_the_new_never_half(bot: Process, path: Path, file: Path) -> None:
    bot.subscribe(*range(1, 200))
    save(path, file, NOW)
    bot.subscribe(*range(200, 500))
    seen: set[int] = set()
    done = threading.Event()

    def read() -> None:
        with Chats.open(path) as chats:
            while not done.is_set():
                seen.add(len(chats.rows("SELECT chat FROM subscriptions")))

    thread = threading.Thread(target=read)
    thread.start()
    restore(file, path, NOW)
    done.set()
    thread.join()
    assert seen <= {499, 199}
    assert len(bot.seen()) == 199


# A damaged database


def test_a_damaged_database_is_put_aside_once_nobody_has_it_open(path: Path, file: Path) -> None:
    bot = Process(path)
    bot.subscribe(ANN)
    save(path, file, NOW)
    bot.close()
    with subprocess.Popen([sys.executable, "-c", OPEN, str(path)], cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"open\n"
        damage(path)
        with pytest.raises(BackupError, match=r"damaged, and a bot has it open: stop it, restore, and start it again"):
            restore(file, path, NOW)
        process.kill()
    restored = restore(file, path, NOW)
    assert restored.aside == path.with_name("chats-before-2026-07-30T080000Z.db")
    assert (restored.contents, restored.sent_is_known) == (Contents(1, 1), False)
    assert b"\xff" * 4096 in restored.aside.read_bytes()
    again = Process(path)
    assert again.seen() == [ANN]
    again.close()


def test_what_can_be_read_of_its_ledger_is_kept(path: Path, file: Path) -> None:
    bot = Process(path)
    bot.subscribe(ANN, BOB)
    save(path, file, NOW)
    bot.send(NINE)
    bot.searches.keep(ANN, "a search " * 5000, NOW)  # Pages of their own, to be spoilt.
    bot.close()
    edit(path, "PRAGMA wal_checkpoint (TRUNCATE)")
    written = bytearray(path.read_bytes())
    written[-4096 * 3 :] = b"\xff" * 4096 * 3
    path.write_bytes(written)
    restored = restore(file, path, NINE)
    assert restored.aside is not None
    assert restored.sent_is_known
    again = Process(path)
    assert again.send(NINE) == []
    assert again.send(NINE + timedelta(days=1)) == [ANN, BOB]
    again.close()


def test_one_that_is_no_database_at_all_is_put_aside_too(path: Path, file: Path) -> None:
    bot = Process(path)
    bot.subscribe(ANN)
    save(path, file, NOW)
    bot.close()
    path.write_bytes(b"rubbish" * 1000)
    assert restore(file, path, NOW).contents == Contents(1, 1)
