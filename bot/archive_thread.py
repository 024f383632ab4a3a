"""A thread of its own for work on the archive that may take long, so that it keeps nobody else waiting."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from store.archive import Archive

_Result = TypeVar("_Result")


class ArchiveThread:
    """A thread called `name` that reads the archive at `path`, with a connection of its own.

    Raises `ArchiveError` where the archive can't be opened.
    """

    def __init__(self, path: Path, name: str) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)
        try:
            # A connection belongs to the thread that opened it.
            self.archive = self._thread.submit(Archive.open, path).result()
        except BaseException:
            self._thread.shutdown()
            raise

    async def __call__(self, work: Callable[[], _Result]) -> _Result:
        """Return what `work` returns or raise what it raises; it alone may use `archive`."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def close(self) -> None:
        """Finish what is being done, and let go of the archive."""
        self._thread.submit(self.archive.close)
        self._thread.shutdown(wait=True)
