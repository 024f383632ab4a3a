"""Names that stand in `aliases.toml` for a thing of which nobody here speaks.

What is typed of such a name is neither a slip nor anything else that one of its words may be: "OPEC" is not "open", nor
is "Jong" "long".
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from store.called import stretches_of

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
    def _names(self) -> frozenset[str]:
        return self._words.unspoken()

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for name in self._names:
            found.setdefault(len(name), []).append(name)
        return found

    def within(self, order: Sequence[str], strange: AbstractSet[str]) -> frozenset[str]:
        """Return the words typed that are part of such a name, where one of them is `strange`, which may be a slip."""
        if not strange or not self._names:
            return frozenset()
        families = self._words.families(order)
        found: set[str] = set()
        for first, last in stretches_of(order, frozenset(order)):
            name = order[first:last]
            if not strange.isdisjoint(name) and self._is_named("".join(map(families.__getitem__, name)), name):
                found.update(name)
        return frozenset(found)

    def _is_named(self, key: str, typed: Sequence[str]) -> bool:
        """Tell whether that is the key of such a name; one of several words may have a slip."""
        if key in self._names or len(typed) == 1 or len(key) < _LONG:
            return key in self._names
        from store.spelling import nearest  # noqa: PLC0415 - most searches have no strange word

        near = [name for length in (-1, 0, 1) for name in self._by_length.get(len(key) + length, ())]
        return bool(nearest(key, near, most=1))
