"""Which passages are compared for a search: all that match where these are few, else the best by what is noted of them.

SQLite's bm25 takes a microsecond for each passage that matches, and much more where several words do: of a word that a
hundred thousand passages hold, all of them can't be compared while somebody waits. So the passages of each rare word
are kept in memory in the order of bm25, as long as there is room, and put together here: for several words, how much of
what is sought a passage has comes first. For each frequent word the archive notes which passages are most about it
(`store.terms`), and a search for it alone compares these; one for several compares those that have them as they were
typed or near each other, and the best by bm25 of the first that have all.
"""

from __future__ import annotations

from array import array
from functools import lru_cache
from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from store.archive import Order
from store.query import all_of, expression, phrase
from store.ranking import A_WORDING, NEAREST
from store.stretches import Stretches
from store.terms import FREQUENT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from store.archive import Archive, Within
    from store.meaning import Meaning
    from store.model import Document
    from store.numbers import Stretch

_NEAR = 8
"""Words within which those sought stand next to each other."""

_ORDERED = 1_000
"""Passages with several frequent words that are put in the order of bm25: some two milliseconds."""

_SEEN = 3
"""Words of the index for each term that bm25 then sees."""

_FOLLOWED = 20_000
"""Passages of the rarest word up to which what was typed is looked for word for word: a microsecond each."""

_MOST_KEPT = 4096
"""Words whose passages are kept in memory, at 8 bytes a passage."""

_MOST_HELD = 4 * FREQUENT
"""Passages of a rare word that are kept: what says the same makes some words more frequent than was counted."""

_COUNTED = 5_000
"""Passages up to which those that match are counted, and put in the order of their dates."""

_MOST_EXCLUDED = 100_000
"""Passages of rare words that are left out, at most."""

_MOST_STRETCHES = 256
"""Documents, or stretches of them, that are looked through one after the other: each takes some 20 µs."""


class Found(NamedTuple):
    """Numbers of passages to compare, whether these are all that match, and how many do if that could be counted."""

    numbers: tuple[int, ...]
    are_all: bool
    total: int


class Candidates:
    """Finds the passages of one commit of an archive that a search compares."""

    def __init__(self, archive: Archive, documents: Iterable[Document]) -> None:
        self._archive = archive
        self._stretches = Stretches(archive, tuple(documents))
        self._in_order = lru_cache(_MOST_KEPT)(self._of_rare)

    def every(self, meaning: Meaning, match: str, within: Within, order: Order, most: int) -> Found:
        """Return passages that match, of more than `most` those to compare; `match` has every group of `meaning`.

        Where not all could be found quickly, the others come after these in the order of `Archive.matching`.
        """
        groups = meaning.groups
        rare = {n: group for n, group in enumerate(groups) if group.passages <= FREQUENT and group.strong}
        if rare:
            kept = {n: self._in_order(group.strong) for n, group in rare.items()}
            first, *others = kept.values()
            held = frozenset(first).intersection(*others)
            rarest = min(rare.values(), key=lambda group: group.passages)
            found = self._narrowed(self._ordered(kept, meaning, held, order), meaning, within, rarest.strong)
            # Whether these few have the frequent words and the phrases too is seen when they are compared.
            if len(found) <= most or (len(rare) == len(groups) and match == meaning.every_word):
                return Found(found, are_all=True, total=len(found))
        numbers = self._first(match, max(most, _ORDERED) + 1, within, meaning)
        if len(numbers) <= most:
            return Found(numbers, are_all=True, total=len(numbers))
        fewest = min((group.passages for group in groups), default=0)
        by_many = not groups and len(numbers) > _ORDERED
        if order is Order.NEWEST and (fewest > _COUNTED or by_many):
            newest = self._newest(match, most, within, meaning)
            return Found(newest, are_all=True, total=len(newest))
        if by_many:  # All that a speaker said, of which the first are as good as any.
            among = within if within.numbers else within._replace(numbers=(0, numbers[-1]))
            best = self._archive.matching(match, len(numbers), order=order, within=among, **meaning.by)
            return Found(best, are_all=True, total=len(best))
        if rare or not groups or order is Order.NEWEST:
            best = self._archive.matching(match, most, order=order, within=within, **meaning.by)
            total = self._archive.count_matching(match, within=within, **meaning.by)
            return Found(best, are_all=False, total=total)
        return self._of_frequent(meaning, match, numbers, within, most)

    def _of_frequent(self, meaning: Meaning, match: str, first: Sequence[int], within: Within, most: int) -> Found:
        """Return what to compare for frequent words; the `first` that match are all where these are few enough."""
        are_many = len(first) > _ORDERED
        nearest = self._nearest(meaning, within, most, are_many=are_many)
        if are_many and len(meaning.groups) == 1:
            return _first_of((*nearest, *self._noted(meaning.groups[0].tokens, most, within), *first), most)
        among = within._replace(numbers=(0, first[-1])) if are_many and within.numbers is None else within
        # Of a country's twenty names each costs bm25 as much as the first: it sees the commonest, the others follow.
        commonest = all_of(expression(group.tokens[:_SEEN]) for group in meaning.groups if group.tokens)
        best = self._archive.matching(commonest or match, len(first), order=Order.BEST, within=among, **meaning.by)
        if are_many:
            return _first_of((*nearest, *best, *first), most)
        known = frozenset(first)
        return _first_of((*(number for number in (*nearest, *best) if number in known), *first), len(first))

    def _nearest(self, meaning: Meaning, within: Within, most: int, *, are_many: bool) -> tuple[int, ...]:
        """Return passages that have frequent words as they were typed, next to each other, or near each other."""
        wanted: list[tuple[str, Order]] = []
        rarest = min(group.passages for group in meaning.groups)
        if len(meaning.sought.typed) >= A_WORDING and rarest <= _FOLLOWED:
            wanted.append((phrase(" ".join(meaning.sought.typed)), Order.ANY))
        commonest = [group.tokens[0] for group in meaning.groups if group.tokens]
        if len(commonest) > 1:
            words = " ".join(map(phrase, commonest))
            wanted.append((f"NEAR({words}, 0)", Order.ANY if are_many else Order.BEST))
            wanted.append((f"NEAR({words}, {_NEAR})", Order.ANY))
        found: list[int] = []
        for match, order in wanted:
            found += self._archive.matching(match, most // 4, order=order, within=within, **meaning.by)
        return tuple(found)

    def some(self, meaning: Meaning, most: int, within: Within) -> tuple[int, ...]:
        """Return passages that have any group of `meaning`: of rare ones those that have most, else what is noted.

        Passages that have too little to be hits beside the one that has most are left out.
        """
        shares = meaning.sought.shares
        groups = dict(enumerate(meaning.groups))
        rare = {n: group.wide for n, group in groups.items() if group.wide_passages <= _MOST_HELD and group.wide}
        # Of a rare word for which frequent ones may stand, what says the word itself, and what is noted for the others.
        rare_itself = {n: group.strong for n, group in groups.items() if group.passages <= FREQUENT and group.strong}
        frequent = [group for n, group in groups.items() if n not in rare and group.wide_passages > FREQUENT]
        kept = {n: self._in_order(match) for n, match in (rare_itself | rare).items()}
        has: dict[int, float] = {}
        for n, numbers in kept.items():
            for number in numbers:
                has[number] = has.get(number, 0.0) + shares[n]
        if meaning.by or within.without or within.conditions():
            any_of_them = " OR ".join((rare_itself | rare).values())
            has = {number: has[number] for number in self._narrowed(tuple(has), meaning, within, any_of_them)}
        # What a passage may have beside the rare words, any may.
        others = 1 - sum(shares[n] for n in rare)
        enough = NEAREST * (max(has.values(), default=0.0) + others) - others if not meaning.is_narrowed else 0.0
        held = frozenset(number for number, share in has.items() if share >= enough)
        places = _places(kept, shares, held)
        chosen = [sorted(held, key=lambda number: (-round(has[number], 6), places[number], number))[:most]]
        chosen += [list(self._noted(group.wide_tokens, most // len(frequent), within)) for group in frequent]
        return tuple(dict.fromkeys(chain(*chosen)))

    def _of_rare(self, match: str) -> array[int]:
        return array("q", self._archive.matching(match, _MOST_HELD))

    def _ordered(
        self, kept: Mapping[int, Collection[int]], meaning: Meaning, held: frozenset[int], order: Order
    ) -> list[int]:
        """Return the passages held, the newest first or those first that stand first for the words that are kept."""
        if order is Order.NEWEST:
            return sorted(held, key=lambda number: (-self._stretches.day(number).toordinal(), number))
        places = _places(kept, meaning.sought.shares, held)
        return sorted(held, key=lambda number: (places[number], number))

    def _first(self, match: str, most: int, within: Within, meaning: Meaning) -> tuple[int, ...]:
        """Return the first passages that match: of few stretches of documents one after the other."""
        stretches = self._stretches.joined(within.documents) if within.documents is not None and match else []
        if not 0 < len(stretches) <= _MOST_STRETCHES:
            return self._archive.matching(match, most, order=Order.ANY, within=within, **meaning.by)
        return self._along(stretches, match, most, within, meaning)

    def _newest(self, match: str, most: int, within: Within, meaning: Meaning) -> tuple[int, ...]:
        """Return the newest passages that match, found in the newest documents where these have enough."""
        newest = islice(self._stretches.newest_first(within.documents), _MOST_STRETCHES)
        found = self._along(newest, match, most, within, meaning)
        if len(found) >= most:
            return found
        return self._archive.matching(match, most, order=Order.NEWEST, within=within, **meaning.by)

    def _along(
        self, stretches: Iterable[Stretch], match: str, most: int, within: Within, meaning: Meaning
    ) -> tuple[int, ...]:
        found: list[int] = []
        for stretch in stretches:
            here = within._replace(documents=None, numbers=stretch)
            found += self._archive.matching(match, most - len(found), order=Order.ANY, within=here, **meaning.by)
            if len(found) >= most:
                break
        return tuple(found)

    def _narrowed(self, numbers: Sequence[int], meaning: Meaning, within: Within, match: str) -> tuple[int, ...]:
        """Return those of these passages that lie within, and are by or of the people named; all of them match."""
        if within.without and numbers:
            without = self._archive.matching(f"({match}) AND ({within.without})", _MOST_EXCLUDED, order=Order.ANY)
            excluded = frozenset(without)
            numbers = [number for number in numbers if number not in excluded]
            within = within._replace(without="")
        if not numbers or not (meaning.by or within.conditions()):
            return tuple(numbers)
        inside = self._archive.among(numbers, within=within, **meaning.by)
        return tuple(number for number in numbers if number in inside)

    def _noted(self, tokens: Sequence[str], most: int, within: Within) -> tuple[int, ...]:
        """Return passages that are noted for these words of the index, the best of each first, at most so many."""
        best = self._archive.words.best(tokens)
        turns = zip_longest(*(best[token] for token in tokens if token in best))
        numbers = tuple(dict.fromkeys(number for turn in turns for number in turn if number is not None))
        if within.without or within.conditions():
            inside = self._archive.among(numbers, within=within)
            numbers = tuple(number for number in numbers if number in inside)
        return numbers[:most]


def _first_of(numbers: Iterable[int], most: int) -> Found:
    """Return these passages, each once, as all that are compared."""
    chosen = tuple(islice(dict.fromkeys(numbers), most))
    return Found(chosen, are_all=True, total=len(chosen))


def _places(kept: Mapping[int, Collection[int]], shares: Sequence[float], held: frozenset[int]) -> dict[int, float]:
    """Return for each passage held how far down it stands for the words whose passages are kept, 0 for first in all."""
    places = dict.fromkeys(held, 0.0)
    for n, numbers in kept.items():
        step = shares[n] / max(len(numbers), 1)
        for at, number in enumerate(numbers):
            if number in held:
                places[number] += step * at
    return places
