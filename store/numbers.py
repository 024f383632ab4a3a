"""Stretches of the numbers of passages; pure."""

from __future__ import annotations

from collections.abc import Iterable

Stretch = tuple[int, int]
"""The first and the last number of passages that follow each other, both included."""


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return stretches in order, those that follow each other made one."""
    found: list[Stretch] = []
    for first, last in sorted(stretches):
        if found and found[-1][1] + 1 == first:
            found[-1] = found[-1][0], last
        else:
            found.append((first, last))
    return found
