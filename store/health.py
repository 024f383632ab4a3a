"""Whether our two SQLite files are sound, for the operator who asks."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from store.database import Kind, faults, open_for_reading
from store.errors import ArchiveError


def ailments(path: Path, kind: Kind) -> tuple[str, ...]:
    """Return a sentence for each fault of a database: not ours, of another schema, damaged, or with loose ends."""
    try:
        with closing(open_for_reading(path, kind)) as connection, faults(path, kind):
            damage = [said for (said,) in connection.execute("PRAGMA integrity_check") if said != "ok"]
            loose = [table for table, *_ in connection.execute("PRAGMA foreign_key_check")]
    except ArchiveError as error:
        return (str(error),)
    found = [f"{path} is damaged: {said}. {kind.restore.capitalize()}." for said in damage]
    found += [f"{path} has a row in {table} that refers to nothing. {kind.restore.capitalize()}." for table in loose]
    return tuple(found)


def sqlite_version() -> str:
    """Return the version of SQLite that Python was built with."""
    return sqlite3.sqlite_version
