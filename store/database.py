"""Opening the SQLite files of Quotebot, and what their faults mean to the person who runs it.

Standard library only: every `quotebot quote` opens the archive, and importing sqlite-utils alone takes longer
than the search.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass, replace
from time import monotonic, sleep
from typing import TYPE_CHECKING

from store.errors import ArchiveError, DamagedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Kind:
    """One of our databases: its name in sentences, its stamps, and what to do when one is lost.

    `application_id` stands in the header of the file (https://www.sqlite.org/fileformat.html#application_id) and
    tells our databases from other programs' and from each other; it is not registered with SQLite. `version` is
    kept in `user_version`: the number of migrations that the schema has. `instead` is what to do where another
    program's database is found.
    """

    name: str
    application_id: int
    version: int
    remake: str
    restore: str
    instead: str = "move it away, or choose another folder with --data or QUOTEBOT_DATA"


ARCHIVE = Kind(
    name="archive",
    application_id=0x51756F41,  # "QuoA" in ASCII, as `file archive.db` and a hex dump show it
    version=9,
    remake="run `quotebot build`",
    restore="delete it and run `quotebot build`",
)
CHATS = Kind(
    name="database of chats",
    application_id=0x51756F43,  # "QuoC"
    version=2,
    remake="start the bot once",
    restore="restore it from a backup",
)
BACKUP = replace(
    CHATS,
    name="backup",
    remake="name another file",
    restore="take another backup",
    instead="name another file",
)
"""A copy of the database of chats, for which its faults mean something else."""
PLACES = Kind(
    name="table of places",
    application_id=0x51756F50,  # "QuoP"
    version=2,
    remake="start the bot once",
    restore="delete it and start the bot",
)

WAIT_MS = 5_000
"""How long a statement waits for another process that writes."""

_FAULTS = {
    sqlite3.SQLITE_BUSY: "is locked by another process: try again when that is done",
    sqlite3.SQLITE_LOCKED: "is locked by another process: try again when that is done",
    sqlite3.SQLITE_CORRUPT: "is damaged: {kind.restore}",
    sqlite3.SQLITE_NOTADB: "is damaged or not a database: {kind.restore}",
    sqlite3.SQLITE_CANTOPEN: "can't be opened: check that file and folder exist and may be read and written",
    sqlite3.SQLITE_READONLY: "can't be written: check the permissions of the file and of its folder",
    sqlite3.SQLITE_PERM: "can't be written: check the permissions of the file and of its folder",
    sqlite3.SQLITE_FULL: "can't grow: the disk is full",
    sqlite3.SQLITE_IOERR: "can't be read or written: the disk reports an error",
}
"""What a person can act on, by SQLite's result code (https://www.sqlite.org/rescode.html)."""
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def reachable(path: Path) -> Path:
    """Return the path of what may or may not be there; ArchiveError where that can't be known, for want of a right."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        pass
    except OSError as error:
        raise ArchiveError(
            f"{path} can't be reached: {error.strerror}. Do it as the user whose folder that is."
        ) from error
    return path


def open_for_reading(path: Path, kind: Kind, *, older: bool = False) -> sqlite3.Connection:
    """Return a connection that can't write, to a database of this kind and of this program's schema, or an `older` one.

    Readers see the last commit, whatever a writer is doing. Raises `ArchiveError` where the file is missing,
    foreign, older (unless that will do), newer, empty, or lies in a folder where SQLite can't keep the shared memory of
    a writer, and `DamagedError` where it is damaged.
    """
    if not reachable(path).is_file():
        raise ArchiveError(f"There is no {kind.name} at {path}: {kind.remake}.")
    with faults(path, kind):
        connection, version = _connect_read_only(path, kind)
    if not version or (version < kind.version and not older):
        connection.close()
        fault = "was made by an older Quotebot" if version else "holds nothing yet"
        raise ArchiveError(f"{path} {fault}: {kind.remake}.")
    return connection


def open_for_writing(path: Path, kind: Kind, *, wait_ms: int = WAIT_MS, private: bool = False) -> sqlite3.Connection:
    """Return a connection in autocommit mode to a database of this kind, made where there is none.

    Write-ahead log and foreign keys are on; the schema may still be older than `kind.version`, or absent.
    `wait_ms` is how long a statement waits for another writer; a `private` file is made so that its owner alone can
    read it. Raises `ArchiveError` like `open_for_reading`, and where file or folder can't be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Only where there is none: closing a file that SQLite holds open would drop SQLite's locks on it.
        # https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_
        if not path.exists():
            path.touch(mode=0o600 if private else 0o666)
    except OSError as error:
        raise ArchiveError(f"{path} can't be made: {error.strerror}.") from error
    with faults(path, kind):
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        try:
            connection.execute(f"PRAGMA busy_timeout = {wait_ms:d}")
            schema_version(connection, path, kind)  # Before the first write: a foreign file stays as it is.
            _write_ahead(connection, wait_ms)
            connection.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            connection.close()
            raise
    return connection


def needs_build(path: Path) -> bool:
    """Return whether there is no archive at `path` yet, or one that this program must migrate before reading.

    Raises `ArchiveError` where the file is another program's, newer than this one, or damaged.
    """
    if not reachable(path).is_file():
        return True
    with faults(path, ARCHIVE):
        connection, version = _connect_read_only(path, ARCHIVE)
    connection.close()
    return version < ARCHIVE.version


def schema_version(connection: sqlite3.Connection, path: Path, kind: Kind) -> int:
    """Return the schema version of a database of this kind, 0 for one that holds nothing yet.

    Raises `ArchiveError` for another program's database, and for one newer than this program.
    """
    application_id: int = connection.execute("PRAGMA application_id").fetchone()[0]
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if application_id != kind.application_id:
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if application_id or version or tables:
            raise ArchiveError(
                f"{path} is not a Quotebot {kind.name} but a database of another program: {kind.instead}."
            )
        return 0
    if version > kind.version:
        raise ArchiveError(
            f"{path} was made by a newer Quotebot (its schema is {version}, this program knows {kind.version}): "
            f"upgrade Quotebot, or {kind.restore}."
        )
    return version


@contextmanager
def faults(path: Path, kind: Kind) -> Iterator[None]:
    """Turn those of SQLite's errors that a person can act on into `ArchiveError`; let our own mistakes through."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        sentence = _FAULTS.get(code)
        if sentence is None:
            raise
        kind_of_error = DamagedError if code in _DAMAGE else ArchiveError
        raise kind_of_error(f"{path} {sentence.format(kind=kind)}.") from error


def _write_ahead(connection: sqlite3.Connection, wait_ms: int) -> None:
    """Turn the write-ahead log on; wait for another process that does the same."""
    until = monotonic() + wait_ms / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            # This one statement does not wait for as long as busy_timeout says.
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > until:
                raise
            sleep(0.01)
        else:
            return


def _connect_read_only(path: Path, kind: Kind) -> tuple[sqlite3.Connection, int]:
    """Return a connection that can't write, and the schema version it found."""
    try:
        return _connect_by_uri(path, kind, "mode=ro")
    except sqlite3.OperationalError as error:
        refused = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
        if not refused or path.with_name(path.name + "-wal").exists():
            raise
        # SQLite wants to make its -wal and -shm files, and the folder can't be written. Without a -wal file nobody has
        # the database open for writing, so what is in the file is all there is.
        # https://www.sqlite.org/wal.html#read_only_databases
        return _connect_by_uri(path, kind, "mode=ro&immutable=1")


def _connect_by_uri(path: Path, kind: Kind, how: str) -> tuple[sqlite3.Connection, int]:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None)
    try:
        connection.execute(f"PRAGMA busy_timeout = {WAIT_MS:d}")
        connection.execute("PRAGMA query_only = ON")
        return connection, schema_version(connection, path, kind)
    except BaseException:
        connection.close()
        raise
