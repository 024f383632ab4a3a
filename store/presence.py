"""Who else is at work on a database: known to the kernel, which forgets a process the moment it dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

from store.errors import ArchiveError


class Presence:
    """A share in a lock file beside a database, held until `close` or the death of the process, by whatever cause.

    A process id, or a sign of life kept in the database, could not tell a dead process from one in another container,
    or not at once. The file stays when all are gone: one who holds it and one who makes it anew would never meet.
    """

    def __init__(self, database: Path, when_alone: Callable[[], None]) -> None:
        """Announce this process; call `when_alone` first if no other one is present, and let none in meanwhile.

        Raises `ArchiveError` where the file can't be made.
        """
        path = database.with_name(f"{database.name}-present")
        try:
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise ArchiveError(f"{path} can't be made: {error.strerror}.") from error
        try:
            if self._is_alone():
                when_alone()
            fcntl.flock(self._handle, fcntl.LOCK_SH)  # Waits for another's `when_alone` at most.
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Be present no longer."""
        os.close(self._handle)

    def _is_alone(self) -> bool:
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
