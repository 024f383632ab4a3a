"""Where the passages of each document stand among the numbers of all: they follow each other, having come together."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from store.numbers import joined

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from typing import Any

    from numpy import ndarray

    from store.archive import Archive
    from store.numbers import Stretch

    Array = ndarray[Any, Any]


class Stretches:
    """The stretches of all documents of one commit of an archive."""

    def __init__(self, archive: Archive) -> None:
        rows = archive.index.stretches()
        self._of = {identifier: (first, last) for identifier, _, first, last in rows}
        dated = sorted((first, day) for _, day, first, _ in rows)
        self._starts = [first for first, _ in dated]
        self._days = [day for _, day in dated]

    def of(self, document: str) -> Stretch:
        """Return the first and the last number of a document's passages."""
        return self._of[document]

    def day(self, number: int) -> date:
        """Return the date of the document that a passage stands in."""
        return date.fromisoformat(self._days[bisect_right(self._starts, number) - 1])

    def ordinals(self, numbers: Array) -> Array:
        """Return the dates of the documents that these passages stand in, as days counted from the year 1."""
        starts, days = self._arrays
        return days[starts.searchsorted(numbers, side="right") - 1]

    @cached_property
    def _arrays(self) -> tuple[Array, Array]:
        import numpy as np  # noqa: PLC0415 - only large archives have so many

        days = [date.fromisoformat(day).toordinal() for day in self._days]
        return np.array(self._starts, dtype=np.int64), np.array(days, dtype=np.int64)

    def newest_first(self, among: Collection[str] | None) -> Iterator[Stretch]:
        """Yield the stretches of all documents, or of those with one of these ids, the newest document first."""
        return (stretch for one, stretch in self._of.items() if among is None or one in among)

    def joined(self, among: Collection[str]) -> list[Stretch]:
        """Return the stretches of the documents with these ids, as few as there can be, in order."""
        return joined(self._of[one] for one in among if one in self._of)
