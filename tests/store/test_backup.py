from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from store.backup import Contents, newest, prune, save
from store.chats import Chats, SavedSearches
from store.database import CHATS
from store.errors import ArchiveError, BackupError, UsageError
from store.subscriptions import Subscriptions
from tests.databases import edit, rows

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 7, 30, 10, 11, 12, tzinfo=UTC)
SUBSCRIBE = """
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from store.chats import Chats
from store.subscriptions import Subscriptions
with Chats.open(Path(sys.argv[1])) as chats:
    for chat in count(1):
        Subscriptions(chats).subscribe(chat, 0, datetime.now(UTC), kind="private")
        if chat == 20:
            print("going on", flush=True)
"""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Path]:
    """A database of three chats, open in a bot."""
    path = tmp_path / "data" / "chats.db"
    with Chats.open(path) as chats:
        subscribe(chats, 1, 2)
        SavedSearches(chats).keep(3, "syria", NOW)
        yield path


def subscribe(chats: Chats, *ids: int) -> None:
    for chat in ids:
        Subscriptions(chats).subscribe(chat, 0, NOW, kind="private")


def test_a_backup_is_one_private_file_that_holds_all(database: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    file, contents = save(database, folder / "kept.db", NOW)
    assert (file, contents) == (folder / "kept.db", Contents(chats=2, subscriptions=2))
    assert [path.name for path in folder.iterdir()] == ["kept.db"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    for table in ("chats", "subscriptions", "deliveries", "searches", "sqlite_sequence"):
        assert rows(file, f"SELECT * FROM {table}") == rows(database, f"SELECT * FROM {table}")
    assert rows(file, "PRAGMA journal_mode") == [("delete",)]
    assert rows(file, "PRAGMA application_id") == [(CHATS.application_id,)]


def test_in_a_folder_it_is_named_by_the_time_in_utc(database: Path, tmp_path: Path) -> None:
    file, _ = save(database, tmp_path, NOW.astimezone(timezone(timedelta(hours=-9))))
    assert file == tmp_path / "chats-2026-07-30T101112Z.db"
    assert newest(tmp_path) == file


def test_while_a_process_writes_a_backup_is_of_one_moment(tmp_path: Path) -> None:
    path = tmp_path / "chats.db"
    command = [sys.executable, "-c", SUBSCRIBE, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "going on\n"
        counts = [save(path, tmp_path / "backup.db", NOW).contents for _ in range(5)]
        process.kill()
    assert all(found.chats == found.subscriptions >= 20 for found in counts), (
        "a chat and its subscription are one write"
    )
    assert counts == sorted(counts)
    assert counts[0] < counts[-1], "it went on writing"


def test_a_backup_of_ours_is_replaced_even_where_it_is_damaged(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "backup.db"
    save(database, file, NOW)
    file.write_bytes(file.read_bytes()[:100] + b"rubbish")
    assert save(database, file, NOW).contents == Contents(2, 2)


def test_a_link_to_a_backup_stays_a_link(database: Path, tmp_path: Path) -> None:
    file, link = tmp_path / "backup.db", tmp_path / "last.db"
    save(database, file, NOW)
    before = file.stat().st_ino
    link.symlink_to(file)
    assert save(database, link, NOW).file == file
    assert link.is_symlink()
    assert file.stat().st_ino != before


def other_database(path: Path) -> None:
    edit(path, "CREATE TABLE theirs (x)")


def newer_backup(path: Path) -> None:
    edit(path, f"PRAGMA application_id = {CHATS.application_id}", f"PRAGMA user_version = {CHATS.version + 1}")


def live_database(path: Path) -> None:
    Chats.open(path).close()


def some_text(path: Path) -> None:
    path.write_text("a letter")


def nothing(path: Path) -> None:
    path.touch()


def pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (some_text, "no backup of Quotebot's"),
        (nothing, "no backup of Quotebot's"),
        (other_database, "no backup of Quotebot's"),
        (pipe, "no backup of Quotebot's"),
        (live_database, "a database that a bot works with"),
        (newer_backup, "a newer Quotebot"),
    ],
)
def test_what_is_no_backup_of_ours_is_never_replaced(make: object, said: str, database: Path, tmp_path: Path) -> None:
    file = tmp_path / "there.db"
    assert callable(make)
    make(file)
    before = file.stat()
    with pytest.raises(BackupError, match=said):
        save(database, file, NOW)
    assert (file.stat().st_ino, file.stat().st_size) == (before.st_ino, before.st_size)


@pytest.mark.parametrize("name", ["data/chats.db", "data/../data/chats.db", "link.db"])
def test_the_database_itself_is_no_place_for_its_backup(name: str, database: Path, tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(database)
    with pytest.raises(UsageError, match="is the database itself"):
        save(database, tmp_path / name, NOW)


def test_a_folder_that_is_not_there_is_named(database: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match=r"no folder .*/nowhere: make it"):
        save(database, tmp_path / "nowhere" / "backup.db", NOW)


def test_without_a_database_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"no database of chats at .*start the bot once"):
        save(tmp_path / "chats.db", tmp_path / "backup.db", NOW)
    assert not list(tmp_path.iterdir())


def test_a_database_of_an_older_schema_is_backed_up_as_it_is(database: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    save(database, old, NOW)
    edit(old, "DROP TABLE deliveries", "DROP TABLE subscriptions", "DROP TABLE chats", "PRAGMA user_version = 1")
    assert save(old, tmp_path / "backup.db", NOW).contents == Contents(0, 0)
    assert rows(tmp_path / "backup.db", "PRAGMA user_version") == [(1,)]


def test_of_a_damaged_database_no_backup_is_made_and_the_last_one_stays(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "backup.db"
    save(database, file, NOW)
    before = file.read_bytes()
    edit(database, "PRAGMA wal_checkpoint (TRUNCATE)")
    written = bytearray(database.read_bytes())
    written[4096 * 3 : 4096 * 6] = b"\xff" * 4096 * 3
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(written)
    with pytest.raises(BackupError, match=r"damaged.db is damaged.*restore it from a backup"):
        save(damaged, file, NOW)
    assert file.read_bytes() == before
    assert not list(tmp_path.glob(".quotebot-*"))


def test_a_row_that_refers_to_nothing_is_found(database: Path, tmp_path: Path) -> None:
    edit(database, "DELETE FROM chats WHERE id = 1")
    with pytest.raises(BackupError, match="a row in subscriptions that refers to nothing"):
        save(database, tmp_path / "backup.db", NOW)
    assert not (tmp_path / "backup.db").exists()


def test_what_a_killed_process_left_goes_when_it_is_a_day_old(database: Path, tmp_path: Path) -> None:
    fresh, stale = tmp_path / ".quotebot-fresh", tmp_path / ".quotebot-stale"
    for left in (fresh, stale):
        left.mkdir()
        (left / "chats.db").write_text("half of it")
    two_days_ago = time.time() - 2 * 24 * 3600
    os.utime(stale, (two_days_ago, two_days_ago))
    save(database, tmp_path, NOW)
    assert (fresh.exists(), stale.exists()) == (True, False)


def test_the_name_is_given_only_once_all_is_on_the_disk(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    sync, replace = os.fsync, Path.replace

    def synced(handle: int) -> None:
        done.append(f"sync {Path(f'/proc/self/fd/{handle}').readlink().name}")
        sync(handle)

    def replaced(self: Path, target: Path) -> Path:
        done.append("replace")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", replaced)
    save(database, tmp_path / "backup.db", NOW)
    assert done == ["sync backup.db", "replace", f"sync {tmp_path.name}"]


def test_of_dated_backups_the_last_are_kept_and_nothing_else_is_touched(database: Path, tmp_path: Path) -> None:
    days = [NOW + timedelta(days=day) for day in range(5)]
    files = [save(database, tmp_path, day).file for day in days]
    others = [tmp_path / name for name in ("chats.db", "chats-before-2020-01-01T000000Z.db", "chats-2020.db", "x.txt")]
    for other in others:
        other.touch()
    assert prune(tmp_path, 5, files[-1]) == ()
    assert prune(tmp_path, 2, files[-1]) == tuple(files[:3])
    assert [file.exists() for file in files] == [False, False, False, True, True]
    assert all(other.exists() for other in others)


def test_the_backup_just_made_is_kept_also_where_the_clock_was_turned_back(database: Path, tmp_path: Path) -> None:
    ahead = save(database, tmp_path, NOW + timedelta(days=365)).file
    made = save(database, tmp_path, NOW).file
    assert prune(tmp_path, 1, made) == (ahead,)
    assert made.exists()
