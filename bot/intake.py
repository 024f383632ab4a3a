"""Between the queue of updates and the handlers: what comes is counted, and how long it waited is known."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.metrics import Metrics


class Arrivals(asyncio.Queue[object]):
    """The queue of updates, which remembers when each came; `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._came: dict[int, float] = {}

    def put_nowait(self, item: object) -> None:
        """Put an update into the queue."""
        if isinstance(item, Update):
            self._came[item.update_id] = self._clock()
        super().put_nowait(item)

    def came(self, update: object) -> float:
        """Return when an update came, and forget it; now for one that never was in the queue."""
        return self._came.pop(update.update_id, self._clock()) if isinstance(update, Update) else self._clock()


class Intake(BaseUpdateProcessor):
    """Lets `most` updates be handled at the same time."""

    def __init__(self, most: int, arrivals: Arrivals, metrics: Metrics) -> None:
        super().__init__(most)
        self._arrivals = arrivals
        self._metrics = metrics

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle an update."""
        self._metrics.received(update)
        with self._metrics.answering(self._arrivals.came(update)):
            await coroutine

    async def initialize(self) -> None:
        """Nothing is to be made ready."""

    async def shutdown(self) -> None:
        """Nothing is to be let go of."""
