"""Whether the bot does its work, for whoever asks: a health check, or the one who reads its numbers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from bot.desk import Desk
from bot.keeping import Writing
from bot.metrics import Metrics
from bot.signs import Signs
from store.archive import Archive
from store.errors import ArchiveError

PATIENCE_S = 90.0
"""How long no request for updates may come back: several times what the longest of them takes."""

_TICKS_WITHIN_S = 30.0
_WRITE_WITHIN_S = 5.0
_COUNTED_AGAIN_S = 15.0


class Vitals:
    """Looks at the parts of a running bot; `patience` is in seconds, and `clock` counts them."""

    def __init__(
        self,
        signs: Signs,
        archive: Archive,
        desk: Desk,
        write: Writing,
        metrics: Metrics,
        *,
        webhook: bool,
        patience: float = PATIENCE_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._signs = signs
        self._archive = archive
        self._desk = desk
        self._write = write
        self._metrics = metrics
        self._expected = "the webhook's listener has not answered" if webhook else "no request for updates came back"
        self._patience = patience
        self._clock = clock
        self._counted: float | None = None

    async def amiss(self) -> dict[str, str]:
        """Return what is amiss, in words, by the part that it is amiss with; empty while all is well."""
        looks: dict[str, Callable[[], Awaitable[str | None]]] = {
            "updates": self._updates,
            "ticks": self._ticks,
            "archive": self._reads,
            "chats": self._writes,
        }
        found = {part: await look() for part, look in looks.items()}
        return {part: words for part, words in found.items() if words}

    async def measure(self) -> None:
        """Bring the numbers up to date that are not counted as things happen."""
        self._metrics.update_age.set(self._signs.updates.age())
        self._metrics.tick_age.set(self._signs.ticks.age())
        now = self._clock()
        if self._counted is not None and now - self._counted < _COUNTED_AGAIN_S:
            return  # To count a million of them takes a moment.
        try:
            documents, passages = self._archive.counts()
            counts = await self._desk.counts()
        except ArchiveError:
            return  # The numbers stay as they were; /healthz says what is amiss.
        self._counted = now
        self._metrics.documents.set(documents)
        self._metrics.passages.set(passages)
        self._metrics.chats.set(counts.chats)
        self._metrics.subscriptions.labels("active").set(counts.active)
        self._metrics.subscriptions.labels("paused").set(counts.paused)

    async def _updates(self) -> str | None:
        age = self._signs.updates.age()
        return f"{self._expected} for {age:.0f} seconds" if age > self._patience else None

    async def _ticks(self) -> str | None:
        age = self._signs.ticks.age()
        return f"the scheduler has done nothing for {age:.0f} seconds" if age > _TICKS_WITHIN_S else None

    async def _reads(self) -> str | None:
        try:
            self._archive.counts()
        except ArchiveError as error:
            return str(error)
        return None

    async def _writes(self) -> str | None:
        """Read, and ask the thread that writes, which may be held up by a lock or a disk."""
        try:
            self._desk.waiting()
            async with asyncio.timeout(_WRITE_WITHIN_S):
                await self._write(lambda: None)
        except ArchiveError as error:
            return str(error)
        except TimeoutError:
            return f"nothing could be written for {_WRITE_WITHIN_S:.0f} seconds"
        return None
