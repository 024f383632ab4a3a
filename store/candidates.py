"""Which passages are compared for a search: all that match where these are few, else the best by what is noted of them.

SQLite's bm25 takes a microsecond for each passage that matches: of a word that a hundred thousand passages hold, all
of them can't be compared while somebody waits. So the archive notes for each such word which passages are most about it
(`store.terms`), and a search for frequent words alone compares these, those that have the words next to each other, and
the first that have all.
"""

from __future__ import annotations

from itertools import chain, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from store.archive import Order
from store.terms import FREQUENT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.archive import Archive, Within
    from store.meaning import Group, Meaning

_NEAR = 8
"""Words within which those sought stand next to each other."""


class Found(NamedTuple):
    """Numbers of passages to compare, whether these are all that match, and how many do if that could be counted."""

    numbers: tuple[int, ...]
    are_all: bool
    total: int


class Candidates:
    """Finds the passages of one commit of an archive that a search compares."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def every(self, meaning: Meaning, match: str, within: Within, order: Order, most: int) -> Found:
        """Return passages that match, of more than `most` those to compare; `match` has every group of `meaning`."""
        numbers = self._archive.matching(match, most + 1, order=Order.ANY, within=within, **meaning.by)
        if len(numbers) <= most:
            return Found(numbers, are_all=True, total=len(numbers))
        fewest = min((group.passages for group in meaning.groups), default=0)
        if fewest <= FREQUENT or order is Order.NEWEST:
            best = self._archive.matching(match, most, order=order, within=within, **meaning.by)
            total = self._archive.count_matching(match, within=within, **meaning.by)
            return Found(best, are_all=False, total=total)
        near = self._near(meaning.groups)
        found = chain(
            *(self._noted(group, most // len(meaning.groups), within) for group in meaning.groups),
            self._archive.matching(near, most // 2, order=Order.ANY, within=within, **meaning.by) if near else (),
            numbers[: most // 2],
        )
        found_once = tuple(dict.fromkeys(found))
        return Found(found_once, are_all=True, total=len(found_once))

    def some(self, meaning: Meaning, most: int, within: Within) -> tuple[int, ...]:
        """Return passages that have any group of `meaning`, the rarest first: bm25 for these, else what is noted."""
        rare = [group.wide for group in meaning.groups if group.passages <= FREQUENT and group.wide]
        match = " OR ".join(rare[:most])
        found = [self._archive.matching(match, most, within=within, **meaning.by)] if match else []
        frequent = [group for group in meaning.groups if group.passages > FREQUENT]
        found += [self._noted(group, most // len(frequent), within) for group in frequent]
        return tuple(dict.fromkeys(chain(*found)))

    def _noted(self, group: Group, most: int, within: Within) -> tuple[int, ...]:
        """Return passages that are noted for the words of a group, the best of each first, at most so many."""
        best = self._archive.words.best(group.tokens)
        turns = zip_longest(*(best[token] for token in group.tokens if token in best))
        numbers = tuple(dict.fromkeys(number for turn in turns for number in turn if number is not None))
        if within.conditions():
            inside = self._archive.among(numbers, within)
            numbers = tuple(number for number in numbers if number in inside)
        return numbers[:most]

    @staticmethod
    def _near(groups: Iterable[Group]) -> str:
        """Return the expression for passages that have the commonest form of each group next to each other."""
        words = [group.tokens[0] for group in groups if group.tokens]
        quoted = " ".join('"' + word.replace('"', '""') + '"' for word in words)
        return f"NEAR({quoted}, {_NEAR})" if len(words) > 1 else ""
