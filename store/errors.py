"""What can go wrong in the store, each with the facts that a person needs to act."""

from __future__ import annotations


class StoreError(Exception):
    """Base of every error that `store` raises on purpose; its text is a sentence for a person."""


class UsageError(StoreError):
    """Something typed could not be understood; the text says what, and `hint` gives an example that works."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class RefusedError(StoreError):
    """A text that is not taken into the archive: `file`, `line` (from 1, or None) and `reason`."""

    def __init__(self, file: str, line: int | None, reason: str) -> None:
        where = file if line is None else f"{file}:{line}"
        super().__init__(f"{where}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason


class BuildError(StoreError):
    """A build that was not done; the archive is as it was before."""


class RemovalError(BuildError):
    """A build that would take most documents out of the archive, and was not told that this is meant.

    `leaving` are the names of their files, of `held` in the archive; `tag` stands for these files and no others.
    """

    def __init__(self, message: str, leaving: tuple[str, ...], held: int, tag: str) -> None:
        super().__init__(message)
        self.leaving = leaving
        self.held = held
        self.tag = tag


class ArchiveError(StoreError):
    """`archive.db` or `chats.db` can't be used: missing, foreign, newer than this program, damaged or locked."""


class DamagedError(ArchiveError):
    """A database that SQLite can't make sense of."""


class BackupError(StoreError):
    """A backup that was not made or not put back; nothing is changed."""


class NotFoundError(StoreError):
    """Nothing in the archive has that id, number or address."""
