"""The speed at which messages leave, and which leave first: python-telegram-bot's rate limiter, over aiolimiter.

The library's own ends a flood wait early and stops every chat for one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any, Final, TypeAlias

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.allowances import Chat, Limits
from bot.metrics import Metrics
from bot.outcomes import flood_wait
from bot.turns import Turns, Urgency

ANSWER: Final = Urgency(rank=0, burst=5, patience=30.0, most=20)
"""To a person who waits for it: all that one may ask for before being told to slow down (`bot.floods`) is answered. A
chat in which many talk to the bot at once must not hold up those of others: no more of its answers wait."""
NOTICE: Final = Urgency(rank=0, burst=12, patience=60.0, most=1)
"""That nobody is heard for now. It comes when there is a crowd of answers, and must get past them to be understood."""
DIGEST: Final = Urgency(rank=1, burst=1, patience=5.0, most=64)
"""What nobody waits for. Refused early, since whoever sends it has others to send meanwhile."""

_PACED = ("send", "forward", "copy", "editMessage")
_NOT_PACED = frozenset({"sendChatAction"})

_Answer: TypeAlias = bool | dict[str, Any] | list[dict[str, Any]]
_log = logging.getLogger(__name__)


class Pace(BaseRateLimiter[Urgency]):
    """Lets at most `per_second` messages leave in any second, to a chat as often as `limits` say, answers first.

    Messages, and edits of them, are paced; other requests pass. A flood wait shuts its chat, and no other, for exactly
    as long as Telegram says: an answer waits for it, within its patience, and goes again; a digest raises it. A message
    that would have to wait for its chat beyond its patience raises RetryAfter unsent, as if Telegram had said so.
    """

    def __init__(self, per_second: int, limits: Limits | None = None, metrics: Metrics | None = None) -> None:
        self._per_second = per_second
        self._metrics = metrics or Metrics()
        self._limits = limits or Limits()
        self._turns = Turns(self._per_second, self._limits)

    async def initialize(self) -> None:
        """Begin anew, with no message sent yet."""
        self._turns = Turns(self._per_second, self._limits)

    async def shutdown(self) -> None:
        """Refuse with NetworkError whatever still waits."""
        await self._turns.stop()

    def withdraw(self) -> None:
        """Let no digest leave any more, nor what must wait for its chat: these raise NetworkError unsent."""
        self._turns.close()

    async def process_request(  # noqa: PLR0917 - the library's signature
        self,
        callback: Callable[..., Coroutine[Any, Any, _Answer]],
        args: Any,  # noqa: ANN401 - the library's signature
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Urgency | None,
    ) -> _Answer:
        """Make the request when its turn has come; `rate_limit_args` is its urgency, None an answer's."""
        chat = _chat(endpoint, data)
        if chat is None:
            self._metrics.leaves()
            return await callback(*args, **kwargs)
        loop = asyncio.get_running_loop()
        urgency = rate_limit_args or ANSWER
        gives_up_at = loop.time() + urgency.patience
        while True:
            await self._turns.take(chat, urgency, gives_up_at)
            self._metrics.leaves()
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as flood:
                self._metrics.flood_waits.inc()
                opens_at = loop.time() + flood_wait(flood).total_seconds()
                self._turns.shut(chat, opens_at)
                _log.warning("flood wait chat=%s seconds=%g", chat, flood_wait(flood).total_seconds())
                if urgency is DIGEST or opens_at > gives_up_at:
                    raise


def _chat(endpoint: str, data: dict[str, Any]) -> Chat | None:
    """Return the chat that a request sends something to, or None."""
    chat = data.get("chat_id")
    if chat is None or not endpoint.startswith(_PACED) or endpoint in _NOT_PACED:
        return None
    try:
        return int(chat)
    except ValueError:
        return str(chat).casefold()
