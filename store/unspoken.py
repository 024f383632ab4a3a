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


class Unspoken:
    """Knows such names in what was typed, as of one commit of an archive."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words

    @cached_property
    def _names(self) -> frozenset[str]:
        return self._words.unspoken()

    def within(self, order: Sequence[str], strange: AbstractSet[str]) -> frozenset[str]:
        """Return the words typed that are part of such a name, where one of them is `strange`."""
        if not strange or not self._names:
            return frozenset()
        families = self._words.families(order)
        found: set[str] = set()
        for first, last in stretches_of(order, frozenset(order)):
            name = order[first:last]
            if not strange.isdisjoint(name) and "".join(map(families.__getitem__, name)) in self._names:
                found.update(name)
        return frozenset(found)
