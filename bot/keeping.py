"""Writing to `chats.db` without waiting on a disk, and the searches that buttons refer to.

Writes go through one thread with a connection of its own: neither a lock that another process holds nor the sync of a
write to the disk may stop the event loop.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TypeVar

from store.chats import Chats, SavedSearches
from store.errors import ArchiveError

PATIENCE = 1.0
"""Seconds that an answer waits for its search to be kept; after that it goes out without the way to other hits."""

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")


class Writing:
    """The one thread that writes; what it is given is done in order."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="chats")

    async def __call__(self, write: Callable[[], _Result]) -> _Result:
        """Return what `write` returns or raise what it raises.

        Begun, it is done even where nobody waits for it any more; what has not begun by then is left out.
        """
        return await asyncio.get_running_loop().run_in_executor(self._thread, write)

    def close(self) -> None:
        """Finish what is being written."""
        self._thread.shutdown(wait=True)


class KeptSearches:
    """The searches that buttons refer to; `writing` and `reading` are two connections to one database.

    `write` is the thread for the first; `now` gives the time, aware.
    """

    def __init__(self, writing: Chats, reading: Chats, write: Writing, now: Callable[[], datetime]) -> None:
        self._writing = SavedSearches(writing)
        self._reading = SavedSearches(reading)
        self._write = write
        self._now = now

    async def keep(self, chat: int, words: str) -> int | None:
        """Remember a search and return its id, or None where that fails or takes longer than `PATIENCE`."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._write(lambda: self._writing.keep(chat, words, self._now()))
        except (ArchiveError, TimeoutError) as error:
            _log.warning("search not kept chat=%d error=%s", chat, type(error).__name__)
            return None

    def words(self, search: int, chat: int) -> str | None:
        """Return the words of a search of that chat, or None where it is gone."""
        return self._reading.words(search, chat)

    async def sweep(self) -> None:
        """Delete the searches whose time is over; a failure is logged, the next sweep makes up for it."""
        try:
            swept = await self._write(lambda: self._writing.sweep(self._now()))
        except ArchiveError as error:
            _log.warning("sweep failed error=%s", error)
        else:
            _log.info("sweep done searches=%d", swept)
