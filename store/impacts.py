"""Impacts: what the passages of a large archive are worth to a word or a name, as `store.postings` noted it."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from store.answers import Answers
from store.index import Order
from store.postings import SPEAKER, STEM
from store.query import phrase
from store.text import STOP_WORDS, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from store.archive import Archive

    Array = np.ndarray[Any, Any]

_KEPT_BYTES = 32_000_000
"""Of what was read, the latest, that is kept in memory."""


class Posted(NamedTuple):
    """Numbers of passages, ascending, and what each is worth, from 1 to 255."""

    numbers: Array
    impacts: Array


class Impacts:
    """The postings of one commit of an archive; `there` tells for each number whether there is such a passage."""

    def __init__(self, archive: Archive, there: Array) -> None:
        self._archive = archive
        self._stem = Answers(archive.words.stems, "")
        self._kept: OrderedDict[object, Posted] = OrderedDict()
        self._kept_bytes = 0
        self.there = there

    def of(self, ways: Collection[tuple[str, float]]) -> Posted:
        """Return the passages that hold one of several forms, and what the best of these is worth times its worth."""
        if len(ways) == 1 and next(iter(ways))[1] == 1.0:
            return self.of_form(next(iter(ways))[0])
        key = tuple(ways)
        if (posted := self._kept.get(key)) is None:
            best = np.zeros(len(self.there), dtype=np.uint8)
            for form, worth in ways:
                numbers, impacts = self.of_form(form)
                best[numbers] = np.maximum(best[numbers], np.maximum(impacts * worth, 1).astype(np.uint8))
            numbers = np.flatnonzero(best)
            posted = self._keep(key, Posted(numbers, best[numbers]))
        return posted

    def of_form(self, form: str) -> Posted:
        """Return the passages that hold a form: its words one after the other, where they are several."""
        if " " not in form:
            return self._of_words(form)
        if (posted := self._kept.get(form)) is None:
            numbers, impacts = self._of_words(form)
            # Common words stand in one passage far more often than side by side: each would be read to see it.
            held = self._archive.index.matching(phrase(form), len(self.there), order=Order.ANY) if len(numbers) else ()
            one_after_the_other = np.isin(numbers, np.array(held, dtype=np.int64))
            posted = self._keep(form, Posted(numbers[one_after_the_other], impacts[one_after_the_other]))
        return posted

    def _of_words(self, form: str) -> Posted:
        """Return the passages that hold all words of a form, wherever they stand, worth what the least of them is."""
        first, *others = [self._of_key(STEM, stem) for stem in self._stems(form)] or [_nothing()]
        for other in others:
            at, held = find(first.numbers, other.numbers)
            first = Posted(first.numbers[held], np.minimum(first.impacts[held], other.impacts[at[held]]))
        return first

    def of_speakers(self, names: Iterable[str]) -> Posted:
        """Return the passages that one of these people said; those that can be read on their own are worth more."""
        posted = [self._of_key(SPEAKER, name) for name in names] or [_nothing()]
        numbers = np.concatenate([one.numbers for one in posted])
        order = np.argsort(numbers, kind="stable")
        return Posted(numbers[order], np.concatenate([one.impacts for one in posted])[order])

    def knows(self, form: str) -> bool:
        """Tell whether postings are kept for a form: there are none for function words."""
        return bool(self._stems(form))

    def _stems(self, form: str) -> list[str]:
        """Return the keys of the words of a form, which may be as the index has them: "россией", where we fold "й"."""
        every = [word for one in form.split(" ") for word in ((one,) if _is_in_capitals(one) else words(one))]
        telling = [word for word in every if word not in STOP_WORDS]
        stems = self._stem.of(telling)
        return [word if _is_in_capitals(word) else stems[word] for word in telling]

    def _of_key(self, kind: str, key: str) -> Posted:
        if (posted := self._kept.get((kind, key))) is not None:
            self._kept.move_to_end((kind, key))
            return posted
        rows = self._archive.index.postings(kind, key)
        numbers = [np.frombuffer(offsets, dtype="<u2").astype(np.int64) + segment for segment, offsets, _ in rows]
        impacts = [np.frombuffer(impacts, dtype=np.uint8) for *_, impacts in rows]
        if not rows:
            return self._keep((kind, key), _nothing())
        every, worths = np.concatenate(numbers), np.concatenate(impacts)
        left = every < len(self.there)
        left[left] = self.there[every[left]]
        return self._keep((kind, key), Posted(every[left], worths[left]))

    def _keep(self, key: object, posted: Posted) -> Posted:
        self._kept[key] = posted
        self._kept_bytes += posted.numbers.nbytes + posted.impacts.nbytes
        while self._kept_bytes > _KEPT_BYTES:
            _, (numbers, impacts) = self._kept.popitem(last=False)
            self._kept_bytes -= numbers.nbytes + impacts.nbytes
        return posted


def find(wanted: Array, among: Array) -> tuple[Array, Array]:
    """Return where each of these numbers stands among others, which ascend, and whether it is there at all."""
    if not len(among):
        return np.zeros(len(wanted), dtype=np.int64), np.zeros(len(wanted), dtype=bool)
    at = np.minimum(np.searchsorted(among, wanted), len(among) - 1)
    return at, among[at] == wanted


def _is_in_capitals(word: str) -> bool:
    """Tell whether this is an abbreviation spelt like a function word, as `Group.ways` has it."""
    return word.isascii() and word.isupper()


def _nothing() -> Posted:
    return Posted(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint8))
