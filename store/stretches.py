"""Where the passages of each document stand among the numbers of all: they follow each other, having come together.

A build writes that down as one row, for a search needs it of all documents: to read it from theirs took 70 ms where
there were ten thousand, of the first search after each build.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_right
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from typing import Any

    from numpy import ndarray

    from store.numbers import Stretch

    Array = ndarray[Any, Any]


class Stretches:
    """The stretches of all documents of one commit of an archive, by the numbers of their passages.

    `row` is that of the table: the first numbers, the last numbers and the dates, each as `keep` writes them down.
    """

    def __init__(self, row: tuple[bytes, bytes, bytes]) -> None:
        self._firsts, self._lasts, self._days = map(_read, row)

    def of(self, number: int) -> Stretch:
        """Return the first and the last number of the document that a passage stands in."""
        at = self._at(number)
        return self._firsts[at], self._lasts[at]

    def day(self, number: int) -> date:
        """Return the date of the document that a passage stands in."""
        return date.fromordinal(self._days[self._at(number)])

    def ordinals(self, numbers: Array) -> Array:
        """Return the dates of the documents that these passages stand in, as days counted from the year 1."""
        firsts, _, days = self._arrays
        return days[firsts.searchsorted(numbers, side="right") - 1]

    def there(self) -> Array:
        """Return for each number from 0 to the highest whether there is such a passage."""
        import numpy as np  # noqa: PLC0415 - only large archives have so many

        firsts, lasts, _ = self._arrays
        steps = np.zeros((int(lasts[-1]) if len(lasts) else 0) + 2, dtype=np.int8)
        steps[lasts + 1] = -1
        steps[firsts] += 1  # Where one document follows the other, nothing begins or ends.
        return np.cumsum(steps[:-1], dtype=np.int8).astype(bool)

    @cached_property
    def _arrays(self) -> tuple[Array, Array, Array]:
        import numpy as np  # noqa: PLC0415

        firsts, lasts, days = (np.array(one, dtype=np.int64) for one in (self._firsts, self._lasts, self._days))
        return firsts, lasts, days

    def _at(self, number: int) -> int:
        return bisect_right(self._firsts, number) - 1


def keep(connection: sqlite3.Connection) -> list[Stretch]:
    """Write down where the documents' passages stand by now, and return that, ascending; within a transaction."""
    rows = connection.execute(
        "SELECT number, number + passages - 1, date FROM documents "
        "JOIN passages ON document = documents.id AND position = 0 ORDER BY number"
    ).fetchall()
    columns = (
        _written(first for first, _, _ in rows),
        _written(last for _, last, _ in rows),
        _written(date.fromisoformat(day).toordinal() for _, _, day in rows),
    )
    connection.execute("DELETE FROM stretches")
    connection.execute("INSERT INTO stretches (firsts, lasts, days) VALUES (?, ?, ?)", columns)
    return [(first, last) for first, last, _ in rows]


def _written(numbers: Iterable[int]) -> bytes:
    return _little(array("I", numbers)).tobytes()


def _read(numbers: bytes) -> array[int]:
    found = array("I")
    found.frombytes(numbers)
    return _little(found)


def _little(numbers: array[int]) -> array[int]:
    """Turn numbers of four bytes from this machine's order to the lower byte first, or back."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
