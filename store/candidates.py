"""Which passages are compared for a search of an archive that is not large: all that match, by SQLite's full text.

The passages of each word are kept in memory in the order of bm25 and put together here: for several words, how much of
what is sought a passage has comes first. For large archives see `store.accumulators`.
"""

from __future__ import annotations

from array import array
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from store.index import Order
from store.postings import LARGE
from store.query import any_of, expression, phrase
from store.ranking import COMPLETE, NEAREST
from store.wording import A_WORDING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from store.archive import Archive
    from store.index import Within
    from store.meaning import Meaning
    from store.stretches import Stretches

_MOST_INSIDE = 32
"""Sets of passages by who said them, and in which documents, that are kept in memory."""

_MOST_KEPT = 4096
"""Words whose passages are kept in memory, at 8 bytes a passage."""


_NEAR = 8
"""Words within which those sought stand near each other."""

_FOLLOWED = 20_000
"""Passages of the rarest word up to which the full-text index is asked where it stands beside others: at most a
microsecond each."""

_EDGE = 1e-3  # Shares are sums of fractions, in single precision where an archive is large.

MOST_WORDED = 16
"""Passages that are compared because words stand there as they were typed, or near each other, of each such kind."""


_PART = 4
_MOST_PARTS = 6
"""Words in a row that stand in a wording though it is misremembered elsewhere, and how many such parts of it are
looked for."""


class Found(NamedTuple):
    """Numbers of passages that match, those first that are to be compared first.

    `beside` are the numbers next to these of passages that have every term too, of which some are in their text; empty
    where all that match are among `numbers` or it is not known.
    """

    numbers: tuple[int, ...]
    beside: frozenset[int] = frozenset()


class Candidates:
    """Finds the passages of one commit of an archive that a search compares, at most so many of them at a time."""

    most_compared = 36

    def __init__(self, archive: Archive, stretches: Stretches) -> None:
        self._archive = archive
        self._stretches = stretches
        self._in_order = lru_cache(_MOST_KEPT)(self._matching)
        self._inside = lru_cache(_MOST_INSIDE)(self._all_inside)

    def every(self, meaning: Meaning, match: str, within: Within, order: Order) -> Found:
        """Return all passages that match, the best or the newest first; `match` has every group of `meaning`."""
        if meaning.groups and match == meaning.every_word:
            kept = {n: self._in_order(group.strong) for n, group in enumerate(meaning.groups)}
            first, *others = kept.values()
            held = frozenset(first).intersection(*others)
            rarest = min(meaning.groups, key=lambda group: group.passages)
            found = self._narrowed(self._ordered(kept, meaning, held, order), meaning, within, rarest.strong)
        else:
            found = self._archive.index.matching(match, LARGE, order=order, within=within, **meaning.by)
        return Found(tuple(found))

    def some(self, meaning: Meaning, most: int, within: Within) -> dict[int, float]:
        """Return passages that have any group of `meaning` in any words, those with most first, and how much at most.

        Passages that have too little to be hits beside the one that has most are left out.
        """
        shares = meaning.sought.shares
        kept = {n: self._in_order(group.wide) for n, group in enumerate(meaning.groups) if group.wide}
        has: dict[int, float] = {}
        for n, numbers in kept.items():
            for number in numbers:
                has[number] = has.get(number, 0.0) + shares[n]
        if meaning.by or within.without or within.conditions():
            any_of_them = any_of(group.wide for group in meaning.groups if group.wide)
            has = {number: has[number] for number in self._narrowed(tuple(has), meaning, within, any_of_them)}
        least = enough(meaning, max(has.values(), default=0.0))
        held = frozenset(number for number, share in has.items() if share >= least)
        places = _places(kept, shares, held)
        first = sorted([(-has[n], places[n], n) for n in held])[:most]
        beside = beside_groups(meaning)
        return {number: beside - minus_share for minus_share, _, number in first}

    def _matching(self, match: str) -> array[int]:
        return array("q", self._archive.index.matching(match, LARGE))

    def _ordered(
        self, kept: Mapping[int, Collection[int]], meaning: Meaning, held: frozenset[int], order: Order
    ) -> list[int]:
        """Return the passages held, the newest first or those first that stand first for the words that are kept."""
        if order is Order.NEWEST:
            return sorted(held, key=lambda number: (-self._stretches.day(number).toordinal(), number))
        if meaning.is_of_function_words:
            first = worded(self._archive, meaning) if len(held) > MOST_WORDED else []
            return list(dict.fromkeys((*(number for number in first if number in held), *sorted(held))))
        places = _places(kept, meaning.sought.shares, held)
        # Where not all are compared, those first that have the words as they were typed.
        as_typed = frozenset(worded(self._archive, meaning) if len(held) > self.most_compared else ())
        return [number for *_, number in sorted([(n not in as_typed, places[n], n) for n in held])]

    def _narrowed(self, numbers: Sequence[int], meaning: Meaning, within: Within, match: str) -> tuple[int, ...]:
        """Return those of these passages that lie within, and are by or of the people named; all of them match."""
        if within.without and numbers:
            without = f"({match}) AND {expression(within.without)}"
            excluded = frozenset(self._archive.index.matching(without, LARGE, order=Order.ANY))
            numbers = [number for number in numbers if number not in excluded]
            within = within._replace(without=())
        if not numbers or not (meaning.by or within.conditions()):
            return tuple(numbers)
        inside = self._inside(within, **meaning.by)
        return tuple([number for number in numbers if number in inside])

    def _all_inside(self, within: Within, speakers: tuple[str, ...] = (), names: str = "") -> frozenset[int]:
        found = self._archive.index.matching("", LARGE, order=Order.ANY, within=within, speakers=speakers, names=names)
        return frozenset(found)


def beside_groups(meaning: Meaning) -> float:
    """Return what a passage may have beside its share of the groups, by its speaker's name, or by rounding."""
    return sum(map(meaning.sought.shares.__getitem__, meaning.sought.named)) + _EDGE


def enough(meaning: Meaning, most: float) -> float:
    """Return the share of what is sought that a passage must have, where the one with the most has that much.

    With less it can't be a hit beside that one. A phrase in quotation marks is looked for together with all the rest.
    """
    if meaning.sought.exactly:
        return COMPLETE
    return 0.0 if meaning.is_narrowed else NEAREST * most


def _places(kept: Mapping[int, Collection[int]], shares: Sequence[float], held: frozenset[int]) -> dict[int, float]:
    """Return for each passage held how far down it stands for the words whose passages are kept, 0 for first in all."""
    places = dict.fromkeys(held, 0.0)
    for n, numbers in kept.items():
        step = shares[n] / max(len(numbers), 1)
        for at, number in enumerate(numbers):
            if number in held:
                places[number] += step * at
    return places


def worded(archive: Archive, meaning: Meaning) -> list[int]:
    """Return passages that have the words as they were typed, next to each other, or near each other."""
    if min(group.passages for group in meaning.groups) > _FOLLOWED:
        return []
    wanted = []
    if len(meaning.sought.typed) >= A_WORDING:
        wanted.append(phrase(" ".join(meaning.sought.typed)))
    commonest = [group.tokens[0] for group in meaning.groups if group.tokens]
    if len(commonest) > 1:
        words = " ".join(map(phrase, commonest))
        wanted += [f"NEAR({words}, 0)", f"NEAR({words}, {_NEAR})"]
    return [number for match in wanted for number in archive.index.matching(match, MOST_WORDED, order=Order.ANY)]


def nearly_worded(archive: Archive, meaning: Meaning, within: Within, beside: Sequence[int]) -> tuple[int, ...]:
    """Return passages, but for these `beside`, that have a part of what was typed word for word.

    Of what is misremembered, the rest still stands so: of a few words one half, of more any few in a row. Some word of
    them carries a subject, and is not too frequent.
    """
    typed = meaning.sought.typed
    if len(typed) <= A_WORDING:
        return ()
    rare = {token for group in meaning.groups if group.passages <= _FOLLOWED for token in group.tokens}
    half = len(typed) // 2
    parts = [typed[at : at + _PART] for at in range(0, len(typed) - _PART + 1, _PART)]
    parts = [typed[:half], typed[half:]] if half <= _PART else parts[:_MOST_PARTS]
    match = any_of(phrase(" ".join(part)) for part in parts if not rare.isdisjoint(part))
    if not match:
        return ()
    some = archive.index.matching(match, MOST_WORDED, order=Order.ANY, within=within, **meaning.by)
    return tuple(sorted({*some}.difference(beside))) if some else ()
