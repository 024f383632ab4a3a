"""SQLite files as tests find and change them, past the program."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path


def edit(path: Path, *statements: str) -> None:
    """Execute statements on a database, each a transaction of its own."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def rows(path: Path, statement: str) -> list[tuple[object, ...]]:
    """Return the rows that a query finds in a database."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()
