"""How often one chat may be written to: from when on the next message may go, told from those that went; pure.

All times are seconds of one clock that never goes back.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import TypeAlias

Chat: TypeAlias = int | str
"""A chat by its id, or a channel or public group by its @name."""

_LOOKED_AT = 2


@dataclass(frozen=True, slots=True)
class Limits:
    """One message in `interval` seconds to a chat, at most `group_most` in any `group_period` seconds to a group.

    The figures are Telegram's own (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this),
    with a hundredth more time: what leaves in time may be counted a little later than what left before it.
    """

    interval: float = 1.01
    group_most: int = 20
    group_period: float = 60.6


@dataclass(slots=True)
class Allowance:
    """What one chat may still be sent. `paid_at` is when, at one message an interval, all that was sent is paid for."""

    limits: Limits
    recent: deque[float] | None = None
    paid_at: float = 0.0
    shut_until: float = 0.0

    def opens_at(self, burst: int) -> float:
        """Return from when on a message may go, where up to `burst` may go at once after a rest; maybe long ago."""
        opens = max(self.shut_until, self.paid_at - (burst - 1) * self.limits.interval)
        if self.recent and len(self.recent) == self.limits.group_most:
            opens = max(opens, self.recent[0] + self.limits.group_period)
        return opens

    def take(self, now: float) -> None:
        """Count a message that goes now."""
        self.paid_at = max(self.paid_at, now) + self.limits.interval
        if self.recent is not None:
            self.recent.append(now)

    def shut(self, until: float) -> None:
        """Let nothing go before that time; what was shut for longer stays so."""
        self.shut_until = max(self.shut_until, until)

    def rested(self, now: float) -> bool:
        """Tell whether nothing that was sent matters any more."""
        last = self.recent[-1] + self.limits.group_period if self.recent else 0.0
        return max(self.paid_at, self.shut_until, last) <= now


@dataclass(slots=True)
class Allowances:
    """The allowances of all chats; those of chats that have rested are forgotten, so that there are never many."""

    limits: Limits
    _known: OrderedDict[Chat, Allowance] = field(default_factory=OrderedDict)

    def __len__(self) -> int:
        return len(self._known)

    def opens_at(self, chat: Chat, burst: int) -> float:
        """Return from when on a message to that chat may go; 0 where nothing is known of it."""
        known = self._known.get(chat)
        return known.opens_at(burst) if known else 0.0

    def take(self, chat: Chat, now: float) -> None:
        """Count a message that goes to that chat now."""
        self._forget_rested(now)
        self._of(chat).take(now)

    def shut(self, chat: Chat, until: float) -> None:
        """Let nothing go to that chat before that time."""
        self._of(chat).shut(until)

    def _of(self, chat: Chat) -> Allowance:
        if chat not in self._known:
            # A name may be a channel's or a group's: ids of private chats alone are positive.
            group = isinstance(chat, str) or chat < 0
            self._known[chat] = Allowance(self.limits, deque(maxlen=self.limits.group_most) if group else None)
        return self._known[chat]

    def _forget_rested(self, now: float) -> None:
        """Look at more chats than are added: those that rest go faster than others come."""
        for _ in range(min(_LOOKED_AT, len(self._known))):
            chat, allowance = self._known.popitem(last=False)
            if not allowance.rested(now):
                self._known[chat] = allowance
