"""Finder: searches in a thread of its own, so that one that takes long keeps nobody else waiting."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from store.archive import Archive
from store.model import Results
from store.search import Search


class Finder:
    """Finds in the archive at `path`, with a connection of its own.

    Raises `ArchiveError` where the archive can't be opened.
    """

    def __init__(self, path: Path) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="search")
        try:
            # A connection belongs to the thread that opened it.
            self._archive = self._thread.submit(Archive.open, path).result()
        except BaseException:
            self._thread.shutdown()
            raise
        self._search = Search(self._archive)

    async def find(self, typed: str, *, limit: int = 5, offset: int = 0) -> Results:
        """Return what `Search.find` returns, or raise what it raises."""
        find = partial(self._search.find, typed, limit=limit, offset=offset)
        return await asyncio.get_running_loop().run_in_executor(self._thread, find)

    def close(self) -> None:
        """Finish what is being looked for, and let go of the archive."""
        self._thread.submit(self._archive.close)
        self._thread.shutdown(wait=True)
