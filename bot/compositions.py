"""Compositions: Digests made in a thread of its own; to choose among a hundred thousand documents takes a while."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeAlias

from bot.archive_thread import ArchiveThread
from bot.digest import Digest, Edition
from bot.editions import Composed, Editions
from store.choice import canonical
from store.days import keys
from store.errors import ArchiveError
from store.model import Subscription
from store.search import Search
from store.timing import covered

Composition: TypeAlias = Composed | Exception | None
"""A Digest as it goes out; None where the archive is empty, or what went wrong."""

_SLICE_S = 0.05
"""After how long the thread turns to others who wait for it, where many Digests are made together."""

_log = logging.getLogger(__name__)


class Compositions:
    """Editions of the archive at `path`, with a connection of its own.

    Raises `ArchiveError` where the archive can't be opened; so may any method but `of`.
    """

    def __init__(self, path: Path) -> None:
        self._run = ArchiveThread(path, "digests")
        self._editions = Editions(Search(self._run.archive), self._run.archive)

    async def of(self, asked: Sequence[tuple[Edition, bool]]) -> list[Composition]:
        """Return each Edition as it goes out, `past` or not as in `digest.compose`; one that fails harms no other."""
        made: dict[tuple[Edition, bool], Composition] = {}
        left = dict.fromkeys(asked)
        while left:
            some = await self._run(partial(self._made, tuple(left)))
            made.update(some)
            left = dict.fromkeys(one for one in left if one not in some)
        return [made[one] for one in asked]

    async def digest(self, edition: Edition) -> Digest:
        """Return what was chosen for an Edition."""
        return await self._run(partial(self._editions.digest, edition))

    async def falls(self, subscription: Subscription) -> Callable[[date], bool]:
        """Return what tells whether something falls on the days that its Digest of a local date covers."""
        words = canonical(subscription.wanted, subscription.unwanted)
        first_days = await self._run(partial(self._editions.first_days, words))
        return lambda day: any(
            first_days.get(key, date.max) <= one
            for one in covered(day, subscription.rhythm)
            for key in keys(one.month, one.day, one.year)
        )

    async def understood(self, words: Collection[str]) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
        """Return which words nobody speaks of, and which were taken for others: (typed, taken for)."""
        return await self._run(lambda: (self._editions.unsaid(words), self._editions.corrected(words)))

    def close(self) -> None:
        """Finish what is being composed, and let go of the archive."""
        self._run.close()

    def _made(self, asked: Iterable[tuple[Edition, bool]]) -> dict[tuple[Edition, bool], Composition]:
        """Make as many as a slice of time holds, one at least: a stop, and who subscribes, must not wait for all."""
        made: dict[tuple[Edition, bool], Composition] = {}
        over = time.monotonic() + _SLICE_S
        for edition, past in asked:
            if made and time.monotonic() >= over:
                break
            try:
                made[edition, past] = self._editions.composed(edition, past=past)
            except ArchiveError as error:
                made[edition, past] = error
            except Exception as error:  # noqa: BLE001 - what goes wrong with one must not take the others with it
                _log.exception("fault while composing day=%s", edition.day)
                made[edition, past] = error
        return made
