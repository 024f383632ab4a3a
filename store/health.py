"""Whether our SQLite files are sound, and SQLite itself, for the operator who asks."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

from store.database import Kind, faults, open_for_reading
from store.errors import ArchiveError

_MOST = 10
"""How many places of damage are told: who has more needs no list of them."""

_WITH_WAL = (3, 7, 0)
_FIXED = (3, 51, 3)
_FIXED_TOO = {(3, 44): 6, (3, 50): 7}
"""Releases before `_FIXED` that were mended afterwards: from which patch on. https://www.sqlite.org/wal.html#walresetbug"""


def ailments(path: Path, kind: Kind) -> tuple[str, ...]:
    """Return a sentence for each fault of a database: not ours, of another schema, damaged, or with loose ends."""
    try:
        with closing(open_for_reading(path, kind)) as connection, faults(path, kind):
            found = defects(connection)
    except ArchiveError as error:
        return (str(error),)
    return tuple(f"{path} {one}. {kind.restore.capitalize()}." for one in found)


def defects(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return what is wrong inside a database, each to be said of its file: `… is damaged: …`; none where it is sound.

    Raises `sqlite3.DatabaseError` where so much is wrong that it can't be looked at.
    """
    loose = Counter(table for table, *_ in connection.execute("PRAGMA foreign_key_check"))
    ends = (
        f"has a row in {table} that refers to nothing"
        if rows == 1
        else f"has {rows} rows in {table} that refer to nothing"
        for table, rows in loose.items()
    )
    return (*damage(connection), *ends)


def damage(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return where the file itself is damaged, like `defects`."""
    said = (words for (words,) in connection.execute(f"PRAGMA integrity_check ({_MOST:d})"))
    return tuple(f"is damaged: {' '.join(words.split())}" for words in said if words != "ok")


def sqlite_version() -> str:
    """Return the version of SQLite that Python was built with."""
    return sqlite3.sqlite_version


def has_wal_reset_fault(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> bool:
    """Return whether a version of SQLite has the fault that `store.locks` guards against.

    A system may mend its SQLite and leave the number as it was, which can't be told from here.
    """
    fixed_too = _FIXED_TOO.get(version[:2])
    return _WITH_WAL <= version < _FIXED and (fixed_too is None or version[2] < fixed_too)
