"""Which passages are compared for a search of a large archive: those with the highest sum of impacts.

An accumulator for each passage that holds a word (Zobel and Moffat, "Inverted files for text search engines", ACM
Computing Surveys 2006, section 4): what `store.postings` notes of it, times the word's share of what is sought. All of
them are added up, so that the best are found wherever they stand; only these are then read and compared by
`store.ranking`. What must stand word for word is asked of the full-text index.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from store.candidates import MOST_WORDED, Found, beside_groups, enough, worded
from store.impacts import Impacts, find
from store.index import Order
from store.postings import SAID
from store.query import expression, in_text, phrase
from store.sought import STRONG

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from store.archive import Archive
    from store.entries import Group
    from store.impacts import Posted
    from store.index import Within
    from store.meaning import Meaning
    from store.stretches import Stretches

    Array = np.ndarray[Any, Any]

MOST_FOUND = 1_000
"""Passages, the best, that can be paged through."""

_DENSE = 64
"""One of so many numbers, from which it is quicker to write all of them down than to look each one up."""

_MOST_AMONG = 16
"""Sets of documents, at a byte for each passage of the archive, that are kept."""


class Accumulators:
    """Finds the passages of one commit of a large archive that a search compares, at most so many of them at a time."""

    most_compared = 32
    """Half of what it takes by bm25: impacts come nearer to what comparing says (`python -m tests.bench.uncapped`)."""

    def __init__(self, archive: Archive, stretches: Stretches) -> None:
        self._archive = archive
        self._stretches = stretches
        self._impacts = Impacts(archive, stretches.there())
        self._among = lru_cache(_MOST_AMONG)(self._within)

    def every(self, meaning: Meaning, match: str, within: Within, order: Order) -> Found:
        """Return the passages that have every term outright and lie within, at most MOST_FOUND, in this order.

        `match` is asked for only where all that is sought is function words: unless something narrows them, the first
        are as good as any.
        """
        inside = self._inside(meaning, within)
        posted = [
            (self._posted(group, STRONG), share)
            for group, share in zip(meaning.groups, meaning.sought.shares, strict=False)
            if self._is_told(group)
        ]
        if meaning.groups and not posted:
            any_will_do = inside is self._impacts.there and order is not Order.NEWEST
            most = MOST_FOUND if any_will_do else len(inside)
            numbers = np.array(self._archive.index.matching(match, most, order=Order.ANY), dtype=np.int64)
            impacts = np.zeros(len(numbers))
        elif not posted:
            numbers = np.flatnonzero(inside)
            impacts = self._standing(meaning, within)[numbers]
        else:
            numbers, impacts = _together(posted, len(inside))
        held = inside[numbers]
        numbers, impacts = numbers[held], impacts[held]
        if order is Order.NEWEST:
            impacts = self._stretches.ordinals(numbers)
        first = _highest(numbers, impacts, MOST_FOUND)
        if len(first) > MOST_WORDED and order is not Order.NEWEST and meaning.groups:
            known = np.zeros(len(inside), dtype=bool)
            known[numbers] = True
            first = [*(number for number in worded(self._archive, meaning) if known[number]), *first]
        found = tuple(dict.fromkeys(first))[:MOST_FOUND]
        return Found(found, self._beside(found, numbers, posted) if posted else frozenset())

    def some(self, meaning: Meaning, most: int, within: Within) -> dict[int, float]:
        """Return passages that have any term in any words, those first that have most of it, with how much at most.

        Those are left out that have too little to be hits beside the one that has most.
        """
        inside = self._inside(meaning, within)
        coverage = np.zeros(len(inside), dtype=np.float32)
        impact = np.zeros(len(inside), dtype=np.float32)
        for group, share in zip(meaning.groups, meaning.sought.shares, strict=False):
            numbers, impacts = self._posted(group, 0.0)
            coverage[numbers] += share
            impact[numbers] += share * impacts
        coverage[~inside] = 0.0
        numbers = np.flatnonzero(coverage >= max(enough(meaning, float(coverage.max(initial=0.0))), 1e-6))
        # All of the impacts together are less than what one more term covers.
        first = _highest(numbers, np.rint(coverage[numbers] * 1000) * 256 + impact[numbers], most)
        beside = beside_groups(meaning)
        return {number: float(coverage[number]) + beside for number in first}

    def _posted(self, group: Group, least: float) -> Posted:
        return self._impacts.of(tuple(way for way in group.ways if way[1] >= least))

    def _is_told(self, group: Group) -> bool:
        """Tell whether postings tell who says a term outright: not where a function word does, for which there are none
        ("s" of "each other's", which "others" says as well).
        """
        return all(self._impacts.knows(form) for form, worth in group.ways if worth >= STRONG)

    def _beside(self, found: Sequence[int], numbers: Array, posted: Sequence[tuple[Posted, float]]) -> frozenset[int]:
        """Return those of these numbers that are next to one that was found, and say something of it in their text."""
        places = np.array(found, dtype=np.int64)
        beside = np.concatenate((places - 1, places + 1))
        beside = beside[find(beside, numbers)[1]]
        says = np.zeros(len(beside), dtype=bool)
        for (held, impacts), _ in posted:
            says |= impacts[find(beside, held)[0]] >= SAID
        return frozenset(beside[says].tolist())

    def _inside(self, meaning: Meaning, within: Within) -> Array:
        """Return for each number whether the passage lies within, and is by or of the people named."""
        inside = self._impacts.there
        if within.documents is not None:
            inside = inside & self._among(within.documents)
        if within.speakers is not None:
            inside = inside & self._marked(self._impacts.of_speakers(within.speakers).numbers)
        if meaning.named:
            inside = inside & self._named(meaning)
        for words in meaning.sought.exactly:
            if len(words) == 1 and self._impacts.knows(words[0]):
                continue  # Whether it is that form of the word is seen when they are compared.
            inside = inside & self._matching(in_text(phrase(" ".join(words))))
        for form in within.without:
            if " " not in form and self._impacts.knows(form):
                left_out = self._marked(self._impacts.of_form(form).numbers)
            else:
                left_out = self._matching(expression((form,)))
            inside = inside & ~left_out
        return inside

    def _matching(self, match: str) -> Array:
        """Return for each number whether the passage matches: all are listed, at some two microseconds each."""
        return self._marked(self._archive.index.matching(match, len(self._impacts.there), order=Order.ANY))

    def _within(self, documents: Collection[str]) -> Array:
        """Return for each number whether the passage stands in one of these documents."""
        among = np.zeros(len(self._impacts.there), dtype=bool)
        for first, last in self._archive.index.stretches_of(documents):
            among[first : last + 1] = True
        return among

    def _named(self, meaning: Meaning) -> Array:
        """Return for each number whether the passage is by one of the people named, or speaks of them."""
        speaks = [self._marked(self._posted(group, 0.0).numbers) for group in meaning.named]
        together = speaks[0]
        for one in speaks[1:]:
            together = together | one if meaning.names_several else together & one
        return together | self._marked(self._impacts.of_speakers(meaning.speakers).numbers)

    def _marked(self, numbers: Array | Sequence[int]) -> Array:
        marked = np.zeros(len(self._impacts.there), dtype=bool)
        marked[np.asarray(numbers, dtype=np.int64)] = True
        return marked

    def _standing(self, meaning: Meaning, within: Within) -> Array:
        """Return for each number whether the passage stands alone, where only speakers are asked for."""
        standing = np.zeros(len(self._impacts.there), dtype=np.uint8)
        numbers, impacts = self._impacts.of_speakers(within.speakers or meaning.speakers)
        standing[numbers] = impacts
        return standing


def _together(posted: Sequence[tuple[Posted, float]], size: int) -> tuple[Array, Array]:
    """Return the numbers, below `size`, that all of these have, and the sums of their impacts times their shares."""
    (fewest, share), *others = sorted(posted, key=lambda one: len(one[0].numbers))
    numbers, sums = fewest.numbers, np.float32(share) * fewest.impacts
    for (more, impacts), part in others:
        if len(numbers) * _DENSE > size:
            every = np.zeros(size, dtype=np.uint8)
            every[more] = impacts
            here = every[numbers]
        else:
            at, held = find(numbers, more)
            here = np.where(held, impacts[at], 0) if len(more) else np.zeros(len(numbers), dtype=np.uint8)
        numbers, sums = numbers[here > 0], sums[here > 0] + np.float32(part) * here[here > 0]
    return numbers, sums


def _highest(numbers: Array, values: Array, most: int) -> list[int]:
    """Return the numbers with the highest values, at most so many, of equals the lower number first."""
    if len(numbers) > most:
        least = np.partition(values, len(values) - most)[len(values) - most]
        kept = values >= least
        numbers, values = numbers[kept], values[kept]
    order = np.lexsort((numbers, -values.astype(np.float64)))
    return [int(number) for number in numbers[order[:most]]]
