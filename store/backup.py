"""A copy of `chats.db` to rely on, taken while the bot runs: one file, whole as of one moment, and looked through.

SQLite copies it by its backup interface (https://www.sqlite.org/backup.html), in one go: a reader in write-ahead mode
sees one commit and holds up nobody. The copy is made beside its target, checked, brought to the disk, and only then put
in its place: whatever fails, a backup that was there stays.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from store.database import BACKUP, CHATS, Kind, faults, open_for_reading
from store.errors import BackupError, DamagedError, UsageError
from store.health import defects

_DATED = re.compile(r"chats-\d{4}-\d\d-\d\dT\d{6}Z\.db")
_UNFINISHED = ".quotebot-"
_LEFT_BEHIND = timedelta(days=1)
"""How old something unfinished is that nobody is at work on any more."""

# https://www.sqlite.org/fileformat.html#the_database_header
_HEADER = 100
_MAGIC = b"SQLite format 3\0"
_WRITE_AHEAD = 2


class Contents(NamedTuple):
    """How many rows of a table a database of chats has."""

    chats: int
    subscriptions: int


class Saved(NamedTuple):
    """A backup that was made, and what it holds."""

    file: Path
    contents: Contents


def save(database: Path, target: Path, now: datetime) -> Saved:
    """Copy the database into a file, or into a dated one where `target` is a folder, readable by its owner alone.

    A file that is there is replaced if it is a backup of ours. Raises `UsageError`, `BackupError` or `ArchiveError`
    where no backup was made; what was there is as it was.
    """
    with _faults_of(target):
        file = target / f"chats-{now.astimezone(UTC):%Y-%m-%dT%H%M%SZ}.db" if target.is_dir() else target.resolve()
        _check_target(file, database)
    with closing(open_for_reading(database, CHATS, older=True)) as source, beside(file) as copy:
        copy_to(copy, source, database, CHATS)
        contents = check(copy, database, CHATS)
        put_in_place(copy, file)
    return Saved(file, contents)


def newest(folder: Path) -> Path | None:
    """Return the last of the dated backups in a folder, or None."""
    return max(_dated(folder), default=None)


def prune(folder: Path, keep: int, made: Path) -> tuple[Path, ...]:
    """Delete the dated backups in a folder but for the last `keep`, of which `made` is one; return those deleted."""
    older = sorted(file for file in _dated(folder) if file.name != made.name)
    gone = older[: max(0, len(older) - (keep - 1))]
    with _faults_of(folder):
        for file in gone:
            file.unlink(missing_ok=True)
    return tuple(gone)


@contextmanager
def beside(file: Path) -> Iterator[Path]:
    """Lend a place for a copy on the same disk as a file; what is left there at the end is deleted.

    So is what a process left that was killed before its end.
    """
    if not file.parent.is_dir():
        raise BackupError(f"There is no folder {file.parent}: make it first.")
    with _faults_of(file.parent):
        long_ago = (datetime.now(UTC) - _LEFT_BEHIND).timestamp()
        for left in file.parent.glob(f"{_UNFINISHED}*"):
            if left.stat().st_mtime < long_ago:
                shutil.rmtree(left, ignore_errors=True)
        folder = tempfile.TemporaryDirectory(prefix=_UNFINISHED, dir=file.parent, ignore_cleanup_errors=True)
    with folder as name:
        yield Path(name, file.name)


def copy_to(copy: Path, source: sqlite3.Connection, path: Path, kind: Kind) -> None:
    """Copy what a connection to the database at `path` sees into a file that needs no other beside it."""
    with _faults_of(copy):
        copy.touch(mode=0o600)
    try:
        with closing(sqlite3.connect(copy, isolation_level=None)) as target, faults(copy, BACKUP):
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
    except DamagedError as error:
        raise BackupError(f"{path} is damaged and can't be copied: {kind.restore}.") from error


def check(copy: Path, path: Path, kind: Kind) -> Contents:
    """Look through a copy of the database at `path` and return what it holds; `BackupError` where it is not sound."""
    try:
        with closing(open_for_reading(copy, kind, older=True)) as connection, faults(copy, kind):
            for defect in defects(connection):
                raise BackupError(f"{path} {defect}: {kind.restore}.")
            return _contents_of(connection)
    except DamagedError as error:
        raise BackupError(f"{path} is damaged: {kind.restore}.") from error


def put_in_place(made: Path, file: Path) -> None:
    """Bring a copy to the disk and give it its name, in place of what had that name."""
    with _faults_of(file):
        _sync(made)
        made.replace(file)
        _sync(file.parent)


def _check_target(file: Path, database: Path) -> None:
    """Refuse to put a backup in place of anything but a backup."""
    if not file.exists():
        return
    if database.exists() and file.samefile(database):
        raise UsageError(f"{file} is the database itself.", "Name a file of its own, or a folder, for the backup.")
    header = b""
    if file.is_file():
        with file.open("rb") as opened:
            header = opened.read(_HEADER)
    version, application_id = (int.from_bytes(header[at : at + 4]) for at in (60, 68))
    if not header.startswith(_MAGIC) or application_id != CHATS.application_id:
        raise BackupError(f"{file} is there already and is no backup of Quotebot's: name another file.")
    if _WRITE_AHEAD in header[18:20]:
        raise BackupError(f"{file} is a database that a bot works with, not a backup: name another file.")
    if version > CHATS.version:
        raise BackupError(f"{file} is a backup of a newer Quotebot: name another file.")


def _contents_of(connection: sqlite3.Connection) -> Contents:
    """Return how much a database of chats holds, of whatever schema."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    counts = (
        connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] if table in tables else 0
        for table in Contents._fields
    )
    return Contents(*counts)


def _dated(folder: Path) -> list[Path]:
    return [file for file in folder.iterdir() if _DATED.fullmatch(file.name)]


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _faults_of(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BackupError(f"{path} can't be read or written: {error.strerror or error}.") from error
