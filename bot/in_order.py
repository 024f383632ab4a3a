"""One thing at a time in one chat, in the order in which it was asked for; chats do not wait for each other.

Updates are handled at the same time. Of two that came together, as all do for which the bot was away, the one that
needs fewer steps would be done first: a subscription made after `/forget`, or a chat paused after it came back.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeAlias
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import ContextTypes

Handler: TypeAlias = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]


class InOrder:
    """Hands out turns, to each chat one at a time."""

    def __init__(self) -> None:
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()  # Gone when nobody waits for them.

    def __len__(self) -> int:
        return len(self._turns)

    @asynccontextmanager
    async def turn(self, chat: int) -> AsyncIterator[None]:
        """Wait until all is done that was asked for before in that chat."""
        turns = self._turns.setdefault(chat, asyncio.Lock())
        async with turns:
            yield

    def handling(self, handler: Handler) -> Handler:
        """Return a handler that does what `handler` does, in its chat's turn."""

        async def handled(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
            if update.effective_chat is None:
                await handler(update, context)
                return
            async with self.turn(update.effective_chat.id):
                await handler(update, context)

        return handled
