"""Finder: searches in a thread of its own, so that one that takes long keeps nobody else waiting."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from bot.archive_thread import ArchiveThread
from bot.remembered import Remembered
from store.archive import Archive
from store.days import parse_day
from store.errors import ArchiveError
from store.model import Results
from store.realwords import is_compound
from store.search import Search

_Answer = TypeVar("_Answer")

_log = logging.getLogger(__name__)


class Finder:
    """Finds in the archive at `path`, with a connection of its own.

    `version` gives a number that changes with the archive. Raises `ArchiveError` where the archive can't be opened.
    """

    def __init__(self, path: Path, version: Callable[[], int]) -> None:
        self._run = ArchiveThread(path, "search")
        self._search = Search(self._run.archive)
        self._remembered: Remembered[tuple[str, int, int, bool], Results] = Remembered(version)

    async def find(self, typed: str, *, limit: int = 5, offset: int = 0, compare: bool = False) -> Results:
        """Return what `Search.find` returns, or raise what it raises."""
        asked = (typed, limit, offset, compare)
        found = self._remembered.get(asked)
        if found is None:
            of = self._remembered.of  # While this search lasts, others may find that the archive has changed.
            found = await self._run(partial(self._search.find, typed, limit=limit, offset=offset, compare=compare))
            self._remembered.keep(asked, found, of)
        return found

    async def ask(self, work: Callable[[Search, Archive], _Answer]) -> _Answer:
        """Return what `work` returns, in the thread of the searches, or raise what it raises."""
        return await self._run(partial(work, self._search, self._run.archive))

    async def warm(self) -> None:
        """Do now what the first search, and the first date in words, would take long for."""
        try:
            await self.ask(_begin)
        except ArchiveError as error:
            _log.warning("the first search failed: %s", error)

    def close(self) -> None:
        """Finish what is being looked for, and let go of the archive."""
        self._run.close()


def _begin(search: Search, _archive: Archive) -> None:
    search.find("what was said first", limit=1)
    is_compound("first", "thing")  # Which words English says as one, a file tells.
    search.find("enero 1900", limit=1)  # Months are called otherwise in the languages before this one.
    parse_day("1 january", today=date.min)
