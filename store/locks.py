"""One writer at a time, among the processes of Quotebot: a lock of ours beside each database.

SQLite keeps two transactions apart by itself. What it does not keep apart is the commit of one connection and the
checkpoint of another, and before 3.51.3 the two can damage a database that is in write-ahead mode, where they meet
within an instant (the WAL-reset fault: https://www.sqlite.org/wal.html#walresetbug). Python comes with whatever SQLite
its system has, so Quotebot does not rely on it: who writes holds the lock from before its transaction until after its
last checkpoint. Those who only read take no checkpoint, and who closes takes one only where nobody else is there.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from time import monotonic, sleep
from typing import Self

from store.errors import ArchiveError

_POLL_S = 0.005


class WriteLock:
    """The right to write a database, which one holder at a time has, in whatever thread or process.

    It ends with its process, by whatever cause. The file stays: one who holds it and one who makes it anew would never
    meet. `with` waits `wait_ms` at most and raises `ArchiveError` where that is not enough.
    """

    def __init__(self, database: Path, *, wait_ms: int, private: bool = False) -> None:
        """Make the lock's file where there is none, a `private` one readable by its owner alone.

        Raises `ArchiveError` where it can't be made or opened.
        """
        self._database = database
        self._wait_ms = wait_ms
        path = database.with_name(f"{database.name}-writer")
        try:
            self._handle = os.open(path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o600 if private else 0o666)
        except OSError as error:
            raise ArchiveError(f"{path} can't be made: {error.strerror}.") from error

    def __enter__(self) -> Self:
        until = monotonic() + self._wait_ms / 1000
        while not self._taken():
            if monotonic() > until:
                raise ArchiveError(f"{self._database} is locked by another process: try again when that is done.")
            sleep(_POLL_S)
        return self

    def __exit__(self, *_: object) -> None:
        fcntl.flock(self._handle, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of the file, and of the right where it is held."""
        os.close(self._handle)

    def _taken(self) -> bool:
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
