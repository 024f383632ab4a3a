"""`chats.db`: what must be remembered of chats. Precious and private: back it up, and show it to no one."""

from __future__ import annotations

from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from store.database import CHATS, WAIT_MS, faults, open_for_writing, schema_version
from store.locks import WriteLock

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

KEPT = timedelta(days=30)
"""How long a search is remembered after it was last typed."""

_LOG_PAGES = 8000
"""How long the log of writes grows (32 MB) before a writer must stop to move it into the database.

A lease of 1,000 adds some 2,500 pages, and those of the ledger are written again and again.
"""
_LARGEST_ID = 2**63 - 1


class Chats:
    """The open database of chats, which the classes that keep one kind of thing in it share.

    Its connection may pass between threads that use it in turn. Every method, and what is built on it, may raise
    `ArchiveError` when the file fails or stays locked.
    """

    def __init__(self, connection: sqlite3.Connection, lock: WriteLock, path: Path) -> None:
        self._connection = connection
        self._lock = lock
        self._path = path

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the database at `path`, made or migrated where need be, readable by its owner alone.

        Raises `ArchiveError` where the file is foreign, newer than this program, damaged or can't be written.
        """
        with ExitStack() as opened:
            connection = opened.enter_context(closing(open_for_writing(path, CHATS, private=True)))
            lock = opened.enter_context(closing(WriteLock(path, wait_ms=WAIT_MS, private=True)))
            chats = cls(connection, lock, path)
            with faults(path, CHATS):
                connection.execute("PRAGMA synchronous = FULL")  # What was acknowledged outlives a power cut.
                connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES:d}")
                connection.execute("PRAGMA secure_delete = ON")  # /forget leaves no words in free pages.
                if schema_version(connection, path, CHATS) < CHATS.version:
                    chats._migrate()
            opened.pop_all()
        return chats

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
        self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def rows(self, statement: str, values: tuple[object, ...] = ()) -> list[Any]:
        """Return every row of a statement that reads."""
        with faults(self._path, CHATS):
            return self._connection.execute(statement, values).fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction that may write at once; it is kept at the end, or undone where something is raised."""
        with self._lock, faults(self._path, CHATS):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def shorten_log(self) -> None:
        """Move what was written into the database, as far as nobody reads the log: best when there is nothing to do."""
        with self._lock:
            self.rows("PRAGMA wal_checkpoint (PASSIVE)")

    def empty_log(self) -> None:
        """Move what was written into the database, so that nothing can be read in the log of writes any more."""
        with self._lock:
            self.rows("PRAGMA wal_checkpoint (TRUNCATE)")

    def _migrate(self) -> None:
        from store.schema import migrate  # noqa: PLC0415 - sqlite-utils takes 0.1 s to import and is needed once

        with self.writing() as connection:
            # Another process may have done it while this one waited.
            if schema_version(connection, self._path, CHATS) < CHATS.version:
                migrate(connection, CHATS)


class SavedSearches:
    """The searches that buttons refer to, where what was typed does not fit into the button."""

    def __init__(self, chats: Chats) -> None:
        self._chats = chats

    def keep(self, chat: int, words: str, now: datetime) -> int:
        """Remember what a chat searched for, and return its id; the same words of one chat keep theirs."""
        plain = words.encode(errors="replace").decode()  # Half of a surrogate pair can't be stored.
        with self._chats.writing() as connection:
            rows = connection.execute(
                "INSERT INTO searches (chat, words, created_at) VALUES (?, ?, ?) "
                "ON CONFLICT (chat, words) DO UPDATE SET created_at = excluded.created_at RETURNING id",
                (chat, plain, _moment(now)),
            ).fetchall()
        return int(rows[0][0])

    def words(self, identifier: int, chat: int | None = None) -> str | None:
        """Return the words of a search, or None where it is gone; given a chat, also where it is another's."""
        if not 0 < identifier <= _LARGEST_ID:
            return None
        rows = self._chats.rows(
            "SELECT words FROM searches WHERE id = ? AND chat = coalesce(?, chat)", (identifier, chat)
        )
        return str(rows[0][0]) if rows else None

    def forget(self, chat: int) -> None:
        """Delete every search of a chat."""
        with self._chats.writing() as connection:
            connection.execute("DELETE FROM searches WHERE chat = ?", (chat,))

    def sweep(self, now: datetime) -> int:
        """Delete the searches that are older than `KEPT`, and return how many they were."""
        with self._chats.writing() as connection:
            return connection.execute("DELETE FROM searches WHERE created_at < ?", (_moment(now - KEPT),)).rowcount


def _moment(moment: datetime) -> str:
    """Return an aware time as text that sorts as the times do."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return moment.astimezone(UTC).isoformat(timespec="seconds")
