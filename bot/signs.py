"""Signs of life: when something was last seen to work, for whoever watches the process."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

_FIRST_REPEAT_S = 60.0
_LONGEST_REPEAT_S = 3600.0

_log = logging.getLogger(__name__)


class Pulse:
    """When something last happened; may be read from any thread. `clock` counts seconds and never goes back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last = clock()

    def beat(self, pause: float = 0.0) -> None:
        """Note that it happens now, and is not to happen again before `pause` seconds are over."""
        self._last = self._clock() + pause

    def age(self) -> float:
        """Return how many seconds ago it last happened or was to, or the watch began."""
        return max(self._clock() - self._last, 0.0)


class Outage:
    """Tells the log that Telegram is away: at once, then after a minute, after two, and so on, and when it is back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began: float | None = None
        self._told_again_at = 0.0
        self._repeat = _FIRST_REPEAT_S
        self.reason = ""
        """Why, in a few words; empty while all is well."""

    def failed(self, reason: str) -> None:
        """Note that a request had no answer to be used; `reason` holds no secret."""
        now = self._clock()
        self.reason = reason
        if self._began is None:
            self._began = now
            self._repeat = _FIRST_REPEAT_S
            self._told_again_at = now + self._repeat
            _log.warning("telegram is away, trying again reason=%s", reason)
        elif now >= self._told_again_at:
            self._repeat = min(2 * self._repeat, _LONGEST_REPEAT_S)
            self._told_again_at = now + self._repeat
            _log.warning("telegram is still away seconds=%.0f reason=%s", now - self._began, reason)

    def over(self) -> None:
        """Note that a request was answered."""
        if self._began is not None:
            _log.info("telegram is back seconds=%.1f", self._clock() - self._began)
            self._began = None
            self.reason = ""


@dataclass(frozen=True, slots=True)
class Signs:
    """What the parts of a bot that runs show of themselves.

    `updates` beats when a request for updates has come back, be it empty or with an error, or when the webhook's
    listener has answered; `ticks` when the scheduler has done its round. `token_refused` is set when Telegram goes on
    refusing a token that it took before.
    """

    updates: Pulse = field(default_factory=Pulse)
    ticks: Pulse = field(default_factory=Pulse)
    telegram: Outage = field(default_factory=Outage)
    token_refused: asyncio.Event = field(default_factory=asyncio.Event)
