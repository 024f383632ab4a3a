"""The queue that getUpdates reads, and the wait for a bot to have read it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.telegram_rules import JSON, RefusalError

LONGEST_POLL = 50.0
"""Seconds that Telegram keeps a request for updates open at most (`LONG_POLL_MAX_TIMEOUT`)."""

_ASKED_FOR_ONLY = {"chat_member", "message_reaction", "message_reaction_count"}


class UpdateQueue:
    """Updates in the order of their ids, kept until a request with a higher offset confirms them."""

    def __init__(self) -> None:
        self._pending: list[JSON] = []
        self._confirmed = 0
        self._polls = 0
        self._allowed: frozenset[str] = frozenset()
        self._closed = False
        self._change = asyncio.Event()

    def wanted(self, kind: str) -> bool:
        """Say whether the bot asked for this kind of update."""
        return kind in self._allowed if self._allowed else kind not in _ASKED_FOR_ONLY

    def put(self, update: JSON) -> None:
        """Add an update; a request that waits for one gets it at once."""
        self._pending.append(update)
        self._wake()

    async def get(
        self, offset: int = 0, limit: int = 100, seconds: float = 0, allowed: Sequence[str] | None = None
    ) -> list[JSON]:
        """Answer getUpdates: what is pending from `offset` on, after at most `seconds`.

        A request that is overtaken by another is refused, as Telegram does to the second copy of a bot.
        """
        if allowed is not None:
            self._allowed = frozenset(allowed)
        self._polls += 1
        poll = self._polls
        if offset < 0:
            self._pending = self._pending[offset:]
        else:
            self._confirmed = max(self._confirmed, offset - 1)
            self._pending = [update for update in self._pending if update["update_id"] >= offset]
        self._wake()
        deadline = asyncio.get_running_loop().time() + min(seconds, LONGEST_POLL)
        while not self._pending and not self._closed:
            try:
                async with asyncio.timeout_at(deadline):
                    await self._change.wait()
            except TimeoutError:
                break
            if poll != self._polls:
                raise RefusalError(
                    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
                    status=409,
                )
        return self._pending[:limit]

    async def confirmed(self, update_id: int) -> None:
        """Wait until the bot has asked for what comes after an update; raise RuntimeError if it stops before."""
        while self._confirmed < update_id:
            if self._closed:
                raise RuntimeError("the bot stopped asking for updates")
            await self._change.wait()

    def open(self) -> None:
        """Let requests wait again."""
        self._closed = False

    def close(self) -> None:
        """Answer the waiting request with what there is, and every later one at once."""
        self._closed = True
        self._wake()

    def _wake(self) -> None:
        self._change.set()
        self._change = asyncio.Event()
