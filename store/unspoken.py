"""Names that stand in `aliases.toml` for a thing of which nobody here speaks.

What is typed of such a name that nobody says is neither a slip nor anything else that it may be: "OPEC" is not "open",
nor is "Jong" "long". What the archive says as a name may be of the same thing, and so it is searched for: "President
Xi", "Jacinda". Its other words are left out: who asks for "Amnesty International" wants nothing international.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

from store.called import stretches_of
from store.surnames import TITLES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from store.vocabulary import Vocabulary


_LONG = 8
"""Letters that a name of several words must have to be known with a slip."""


class Unspoken:
    """Knows such names in what was typed, as of one commit of an archive."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words

    @cached_property
    def _names(self) -> Sequence[str]:
        return sorted(self._words.unspoken())

    @cached_property
    def _borne(self) -> frozenset[str]:
        return self._words.borne()

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for name in self._names:
            found.setdefault(len(name), []).append(name)
        return found

    @cached_property
    def _titles(self) -> frozenset[str]:
        return frozenset(self._words.families(TITLES).values())

    def within(self, order: Sequence[str], strange: AbstractSet[str]) -> frozenset[str]:
        """Return the words typed that are part of such a name, where one of them is `strange`, which may be a slip.

        Those that are borne are not among them. Two words tell of a name that goes on otherwise: "Kim Jong Il"; one
        made of offices alone is nobody's.
        """
        if not strange or not self._names:
            return frozenset()
        families = self._words.families(order)
        found: set[str] = set()
        for first, last in stretches_of(order, frozenset(order)):
            name = order[first:last]
            parts = [families[word] for word in name]
            if strange.isdisjoint(name) or (len(name) > 1 and self._titles.issuperset(parts)):
                continue
            if self._is_named("".join(parts), len(name)):
                found.update(name)
        return frozenset(found - self._borne)

    def _is_named(self, key: str, words: int) -> bool:
        """Tell whether so many words, without blanks, are such a name, or the beginning of one, but for a slip."""
        at = bisect_left(self._names, key)
        next_one = self._names[at] if at < len(self._names) else ""
        if next_one == key or words == 1:
            return next_one == key
        if next_one.startswith(key) or len(key) < _LONG:
            return next_one.startswith(key)
        from store.spelling import nearest  # noqa: PLC0415 - most searches have no strange word

        near = [name for length in (-1, 0, 1) for name in self._by_length.get(len(key) + length, ())]
        return bool(nearest(key, near, most=1))
