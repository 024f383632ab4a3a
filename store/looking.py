"""A search under way: what is looked for, and its hits, of which so many at a time are compared with each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from store.index import Order

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from store.index import Within
    from store.meaning import Meaning
    from store.ranking import Ranked


class Looking(NamedTuple):
    """A search under way: what is looked for, within what, and whether the date comes before all else."""

    meaning: Meaning
    within: Within
    newest_first: bool = False

    @property
    def order(self) -> Order:
        """In which order candidates are wanted where there are many."""
        return Order.NEWEST if self.newest_first else Order.BEST

    @property
    def may_come_near(self) -> bool:
        """Whether a passage may come near what is looked for without having all of it."""
        return bool(self.meaning.groups) and not self.meaning.is_of_function_words


class Compared(NamedTuple):
    """Hits, `total` of them: the `first`, compared with each other, and how the others are, so many `at_once`."""

    first: Sequence[Ranked]
    total: int
    at_once: int
    block: Callable[[slice], Sequence[Ranked]]

    @property
    def coverage(self) -> float:
        """The share of what is sought that the first hit has."""
        return self.first[0].coverage if self.first else 0.0

    def page(self, limit: int, offset: int) -> list[Ranked]:
        """Return the hits from `offset` on, at most `limit`."""
        page: list[Ranked] = []
        while len(page) < limit and offset < self.total:
            begin = offset - offset % self.at_once
            hits = self.block(slice(begin, begin + self.at_once)) if begin else self.first
            page += hits[offset - begin :][: limit - len(page)]
            offset = begin + self.at_once
        return page


def compare(total: int, at_once: int, block: Callable[[slice], Sequence[Ranked]]) -> Compared:
    """Return hits of which the first are compared at once, and a `block` of the others when it is asked for."""
    return Compared(block(slice(at_once)), total, at_once, block)
