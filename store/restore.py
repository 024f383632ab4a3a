"""A backup put back in the place of what `chats.db` holds, also while the bot runs.

The database is not replaced as a file: a bot that has it open would go on with the old one, and its new file would be
of no use to anybody. What it holds is changed to what the backup holds in one transaction, so that whoever reads sees
the one or the other, and a restore that fails, or is killed, changes nothing. The backup itself is never opened for
writing: it is copied, looked through, and the copy brought up to this program's schema.

**What comes back, and what stays.**

- Chats and Subscriptions are those of the backup; what was made since is gone from the database. As that was before, it
  is kept beside the new one.
- The ledger keeps what it knows, and takes from the backup what it does not: that a Digest was *sent* stays so,
  whichever of the two says it. So an older backup sends no day a second time, although its Subscriptions say that the
  day is due: `store.leasing` asks the ledger before it leases. What the backup alone knows to be leased is free at
  once, as after a crash (`store.ledger`).
- Deliveries that are under way keep their rows, with id and attempt: the bot that holds their leases goes on with them,
  sends what has a Subscription still, and takes down what came of it. No id is given twice: rows of the backup get new
  ones, and the counters never go back.
- Searches that buttons refer to are those of both.

What was forgotten since the backup comes back with it. So does the old id of a group that became a supergroup since:
nobody knows that both are one, and it may get the Digest of that day once more.

**A damaged database** can't be changed like that. It is put aside, which needs that nobody has it open, and a new one
gets what the backup holds, with what can still be read of the Digests sent in the last days.
"""

from __future__ import annotations

import fcntl
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from itertools import chain, count
from pathlib import Path
from typing import Any, NamedTuple

from store import backup
from store.backup import Contents
from store.chats import Chats
from store.database import BACKUP, CHATS, faults, open_for_reading
from store.errors import ArchiveError, BackupError, DamagedError, UsageError
from store.health import damage, defects
from store.schedule import seconds

_RECENT = timedelta(days=3)
"""Days whose Digest could be due once more: one that is six hours late is not sent, anywhere on Earth."""
# The bytes that SQLite locks in the file while it has a database open.
# https://www.sqlite.org/fileformat.html#the_lock_byte_page
_SHARED_LOCK, _SHARED_LOCKS = 0x40000002, 510

TABLES = ("chats", "subscriptions", "deliveries", "searches")
"""All that a backup brings back."""

_KEEP_SENT = """
INSERT INTO deliveries (chat, topic, local_date, due_at, attempt, changed_at, message, reason, state)
SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'sent' WHERE EXISTS (SELECT 1 FROM chats WHERE id = ?1)
ON CONFLICT (chat, topic, local_date) DO UPDATE SET
    state = 'sent', until = NULL, changed_at = excluded.changed_at, message = excluded.message, reason = excluded.reason
WHERE state <> 'sent'"""


class Restored(NamedTuple):
    """What was done: what the backup holds, and where the database as it was before is kept, None where there was none.

    `ended` is the number of Subscriptions that the backup does not have; `sent_is_known` is False where a damaged
    database did not tell which Digests it had sent.
    """

    contents: Contents
    aside: Path | None
    ended: int
    sent_is_known: bool


def restore(file: Path, database: Path, now: datetime) -> Restored:
    """Make the database hold what a backup holds, as the head of this module tells; make it where there is none.

    Raises `UsageError`, `BackupError` or `ArchiveError` where the backup is not ours, newer than this program or
    damaged, and where it can't be put back; the database is then as it was.
    """
    _check_file(file, database)
    with backup.beside(database) as copy:
        with closing(open_for_reading(file, BACKUP, older=True)) as source:
            backup.copy_to(copy, source, file, BACKUP)
        contents = backup.check(copy, file, BACKUP)
        Chats.open(copy).close()  # To the schema of this program.
        put_back = _change if _can_be_changed(database) else _make_anew
        restored = Restored(contents, *put_back(database, copy, now))
    with closing(open_for_reading(database, CHATS)) as after, faults(database, CHATS):
        for defect in defects(after):
            raise BackupError(
                f"{database} {defect} after it was restored. As it was before, it is in {restored.aside}."
            )
    return restored


def _check_file(file: Path, database: Path) -> None:
    try:
        if file.is_dir():
            last = backup.newest(file)
            hint = "" if last is None else f" The last one is {last}."
            raise UsageError(f"{file} is a folder: name one of the backups in it.", hint)
        if not file.is_file():
            raise BackupError(f"There is no backup at {file}.")
        database.parent.mkdir(parents=True, exist_ok=True)
        if database.exists() and file.samefile(database):
            raise UsageError(f"{file} is the database itself.", "Name the backup that it is to be restored from.")
    except OSError as error:
        raise BackupError(f"{error.filename} can't be read or made: {error.strerror}.") from error


def _can_be_changed(database: Path) -> bool:
    """Return whether a database is whole; it is made where there is none. Raises `ArchiveError` for one not ours."""
    try:
        Chats.open(database).close()
        with closing(open_for_reading(database, CHATS)) as connection, faults(database, CHATS):
            return not damage(connection)
    except DamagedError:
        return False


def _change(database: Path, copy: Path, now: datetime) -> tuple[Path | None, int, bool]:
    """Let a database that is whole hold what the copy of a backup holds."""
    aside = _name_aside(database, now)
    with Chats.open(database) as chats:
        existed = bool(chats.rows("SELECT 1 FROM chats UNION ALL SELECT 1 FROM searches LIMIT 1"))
        chats.rows("ATTACH DATABASE ? AS backup", (str(copy),))
        with chats.writing() as connection:
            if existed:  # Nobody writes meanwhile: what is kept aside is what is replaced.
                with closing(open_for_reading(database, CHATS)) as before, backup.beside(aside) as kept:
                    backup.copy_to(kept, before, database, CHATS)
                    backup.put_in_place(kept, aside)
            ended = _merge(connection, now)
    return aside if existed else None, ended, True


def _make_anew(database: Path, copy: Path, now: datetime) -> tuple[Path, int, bool]:
    """Put a damaged database aside and make a new one of the copy of a backup."""
    sent = _sent_lately(database, now)
    aside = _name_aside(database, now)
    try:
        if _is_open(database):
            raise BackupError(f"{database} is damaged, and a bot has it open: stop it, restore, and start it again.")
        database.rename(aside)
        with suppress(FileNotFoundError):
            database.with_name(f"{database.name}-wal").rename(aside.with_name(f"{aside.name}-wal"))
        database.with_name(f"{database.name}-shm").unlink(missing_ok=True)
    except OSError as error:
        raise BackupError(f"{database} can't be put aside: {error.strerror}.") from error
    with Chats.open(database) as chats:
        chats.rows("ATTACH DATABASE ? AS backup", (str(copy),))
        with chats.writing() as connection:
            _merge(connection, now)
            connection.executemany(_KEEP_SENT, sent or ())
    return aside, 0, sent is not None


def _merge(connection: sqlite3.Connection, now: datetime) -> int:
    """Change `main` to what `backup` holds, within the open transaction; return how many Subscriptions ended."""
    for table in TABLES:
        if _columns(connection, table, "main") != _columns(connection, table, "backup"):
            raise BackupError(f"The table {table} of the backup is not as Quotebot makes it: {BACKUP.restore}.")
    _take(connection, "chats", key="id")
    ended = connection.execute(
        "DELETE FROM main.subscriptions WHERE (chat, topic) NOT IN (SELECT chat, topic FROM backup.subscriptions)"
    ).rowcount
    _take(connection, "subscriptions", key="chat, topic")
    connection.execute(
        "UPDATE main.deliveries SET state = 'sent', until = NULL, changed_at = known.changed_at, "
        "message = known.message, reason = known.reason FROM backup.deliveries AS known "
        "WHERE known.state = 'sent' AND main.deliveries.state <> 'sent' AND main.deliveries.chat = known.chat "
        "AND main.deliveries.topic = known.topic AND main.deliveries.local_date = known.local_date"
    )
    columns = ", ".join(name for name in _columns(connection, "deliveries") if name not in {"id", "until"})
    connection.execute(
        f"INSERT INTO main.deliveries ({columns}, until) SELECT {columns}, "
        "CASE WHEN state = 'leased' OR state = 'sending' THEN ? ELSE until END FROM backup.deliveries "
        "WHERE true ORDER BY id ON CONFLICT (chat, topic, local_date) DO NOTHING",
        (seconds(now),),
    )
    connection.execute(
        "DELETE FROM main.chats WHERE id NOT IN (SELECT id FROM backup.chats) "
        "AND id NOT IN (SELECT chat FROM main.deliveries)"
    )
    connection.execute("DELETE FROM main.deliveries WHERE chat NOT IN (SELECT id FROM main.chats)")
    columns = ", ".join(_columns(connection, "searches"))
    connection.execute(f"INSERT OR IGNORE INTO main.searches ({columns}) SELECT {columns} FROM backup.searches")
    known = "(SELECT seq FROM backup.sqlite_sequence AS known WHERE known.name = main.sqlite_sequence.name)"
    connection.execute(f"UPDATE main.sqlite_sequence SET seq = max(seq, coalesce({known}, 0))")
    return ended


def _take(connection: sqlite3.Connection, table: str, key: str) -> None:
    """Insert or change rows of a table, all columns of them, which a later migration may add to."""
    names = _columns(connection, table)
    columns, news = ", ".join(names), ", ".join(f"excluded.{name}" for name in names)
    connection.execute(
        f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM backup.{table} WHERE true "
        f"ON CONFLICT ({key}) DO UPDATE SET ({columns}) = ({news}) "
        f"WHERE ({', '.join(f'{table}.{name}' for name in names)}) IS NOT ({news})"
    )


def _columns(connection: sqlite3.Connection, table: str, schema: str = "main") -> list[str]:
    return [name for (name,) in connection.execute("SELECT name FROM pragma_table_info (?, ?)", (table, schema))]


def _name_aside(database: Path, now: datetime) -> Path:
    name = f"{database.stem}-before-{now.astimezone(UTC):%Y-%m-%dT%H%M%SZ}"
    names = chain((name,), (f"{name}-{number}" for number in count(2)))
    return next(path for one in names if not (path := database.with_name(f"{one}{database.suffix}")).exists())


def _sent_lately(database: Path, now: datetime) -> list[tuple[Any, ...]] | None:
    """Return what a damaged database tells of the Digests sent in the last days, None where it does not."""
    try:
        with closing(open_for_reading(database, CHATS)) as connection, faults(database, CHATS):
            return connection.execute(
                "SELECT chat, topic, local_date, due_at, attempt, changed_at, message, reason FROM deliveries "
                "WHERE state = 'sent' AND due_at >= ?",
                (seconds(now - _RECENT),),
            ).fetchall()
    except ArchiveError:
        return None


def _is_open(database: Path) -> bool:
    """Return whether any process has a database open; this one must not, for it would lose its own locks.

    https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_
    """
    with database.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_LOCKS, _SHARED_LOCK)
        except BlockingIOError:
            return True
    return False
