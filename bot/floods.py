"""Who asks too much: people, and groups as a whole, told from the requests that they made; pure.

All times are seconds of one clock that never goes back.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Collection
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
        asking = self._askers_of(dict.fromkeys((person, chat)), now)
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

    def _askers_of(self, identifiers: Collection[int], now: float) -> list[_Asker]:
        """Return what is known of a person and of a chat, nothing as yet maybe; they are now the last in the order."""
        asking = {one: self._known(one) for one in identifiers}
        self._forget_rested(now, self.ceiling.known - len(asking))
        self._askers.update(asking)
        return list(asking.values())

    def _known(self, identifier: int) -> _Asker:
        if identifier in self._askers:
            return self._askers.pop(identifier)
        return _Asker(deque(maxlen=self.ceiling.most))

    def _forget_rested(self, now: float, most: int) -> None:
        """Forget from the front, that is those not heard of for longest; who has not rested, only beyond `most`."""
        while self._askers:
            oldest = next(iter(self._askers.values()))
            if not oldest.rested(now, self.ceiling.period) and len(self._askers) <= most:
                return
            self._askers.popitem(last=False)
