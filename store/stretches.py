"""Where the passages of each document stand among the numbers of all: they follow each other, having come together."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from store.numbers import joined

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date
    from typing import Any

    from numpy import ndarray

    from store.archive import Archive
    from store.model import Document
    from store.numbers import Stretch

    Array = ndarray[Any, Any]


class Stretches:
    """The stretches of all documents of one commit of an archive."""

    def __init__(self, archive: Archive, documents: Iterable[Document]) -> None:
        firsts = archive.first_numbers()
        self._of = {one.id: (firsts[one.id], firsts[one.id] + one.passages - 1) for one in documents if one.passages}
        dated = sorted((self._of[one.id][0], one.date) for one in documents if one.passages)
        self._starts = [first for first, _ in dated]
        self._days = [day for _, day in dated]
        self._newest_first = [
            one.id for one in sorted(documents, key=lambda one: (-one.date.toordinal(), one.file)) if one.passages
        ]

    def day(self, number: int) -> date:
        """Return the date of the document that a passage stands in."""
        return self._days[bisect_right(self._starts, number) - 1]

    def ordinals(self, numbers: Array) -> Array:
        """Return the dates of the documents that these passages stand in, as days counted from the year 1."""
        starts, days = self._arrays
        return days[starts.searchsorted(numbers, side="right") - 1]

    @cached_property
    def _arrays(self) -> tuple[Array, Array]:
        import numpy as np  # noqa: PLC0415 - only large archives have so many

        return np.array(self._starts, dtype=np.int64), np.array([day.toordinal() for day in self._days])

    def newest_first(self, among: Collection[str] | None) -> Iterator[Stretch]:
        """Yield the stretches of all documents, or of those with one of these ids, the newest document first."""
        return (self._of[one] for one in self._newest_first if among is None or one in among)

    def joined(self, among: Collection[str]) -> list[Stretch]:
        """Return the stretches of the documents with these ids, as few as there can be, in order."""
        return joined(self._of[one] for one in among if one in self._of)
