"""Who asks too much: people, and groups as a whole, told from the requests that they made; pure.

All times are seconds of one clock that never goes back.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    """What is to be done with a request."""

    TAKE = "take"
    SLOW_DOWN = "slow down"
    """Not taken, and whoever made it is to be told so."""
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class Ceiling:
    """At most `most` requests within `period` seconds; beyond that, none is taken for `mute` seconds.

    For a group it is that of a person: Telegram lets a bot write 20 messages a minute to a group, so that more could
    not be answered anyway. Groups and people are remembered, `known` of them: those last heard of.
    """

    most: int = 20
    period: float = 10.0
    mute: float = 60.0
    known: int = 10_000


@dataclass(slots=True)
class _Asker:
    recent: deque[float]
    muted_until: float = 0.0
    told_until: float = 0.0

    def rested(self, now: float, period: float) -> bool:
        """Tell whether nothing that was asked matters any more."""
        last = self.recent[-1] + period if self.recent else 0.0
        return max(last, self.muted_until, self.told_until) <= now


@dataclass(slots=True)
class Floods:
    """Counts requests by the ids of people and groups."""

    ceiling: Ceiling = field(default_factory=Ceiling)
    _askers: OrderedDict[int, _Asker] = field(default_factory=OrderedDict)

    def __len__(self) -> int:
        return len(self._askers)

    def heard(self, person: int, chat: int, now: float, *, press: bool = False) -> Verdict:
        """Say what to do with a request of a person in a chat, which in private has the person's own id.

        Of those that are not taken, one of a person or group is answered. The `press` of a button by somebody else in
        a group that is not heard is answered once too: the button would seem to be broken.
        """
        asking = [self._asker(one, now) for one in dict.fromkeys((person, chat))]
        first = asking[0]
        if any(asker.muted_until > now for asker in asking):
            if not press or first.told_until > now:
                return Verdict.IGNORE
            first.told_until = max(asker.muted_until for asker in asking)
            return Verdict.SLOW_DOWN
        if full := [asker for asker in asking if self._is_full(asker, now)]:
            for asker in full:
                asker.muted_until = now + self.ceiling.mute
                asker.recent.clear()
            first.told_until = now + self.ceiling.mute
            return Verdict.SLOW_DOWN
        for asker in asking:
            asker.recent.append(now)
        return Verdict.TAKE

    def _is_full(self, asker: _Asker, now: float) -> bool:
        return len(asker.recent) == self.ceiling.most and asker.recent[0] + self.ceiling.period > now

    def _asker(self, identifier: int, now: float) -> _Asker:
        """Return what is known of a person or group, last in the order, and forget those before it that have rested."""
        asker = self._askers.pop(identifier, None) or _Asker(deque(maxlen=self.ceiling.most))
        self._askers[identifier] = asker
        self._forget_rested(now)
        return asker

    def _forget_rested(self, now: float) -> None:
        """Forget from the front, that is those not heard of for longest; more only where there are too many."""
        while len(self._askers) > 1:
            oldest = next(iter(self._askers.values()))
            if not oldest.rested(now, self.ceiling.period) and len(self._askers) <= self.ceiling.known:
                return
            self._askers.popitem(last=False)
