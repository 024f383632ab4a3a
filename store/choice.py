"""Which Passages a chat wants to be shown, by the words that it wants and those it does not; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from store.model import Passage
from store.text import spans, words

Hits = tuple[tuple[int, int, float], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The Passages that words leave over, in one commit of an archive.

    `among` are the ids of those that hold a wanted word, None where none is wanted; `without` those of the Passages
    that hold an unwanted one. `forms` are the folded words of the archive that count as a wanted one.
    """

    among: frozenset[str] | None = None
    without: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()

    def fits(self, passage: str) -> bool:
        """Tell whether the Passage of that id may be shown."""
        return (self.among is None or passage in self.among) and passage not in self.without

    def hits(self, passage: Passage) -> Hits:
        """Return where a Passage says a wanted word: (start, end, weight) in its text."""
        return tuple((word.start, word.end, 1.0) for word in spans(passage.text) if word.folded in self.forms)

    def matched(self, passage: Passage) -> tuple[str, ...]:
        """Return the words of a Passage that are wanted ones, folded, in order."""
        return tuple(sorted(self.forms.intersection(words(passage.text))))


EVERYTHING = Choice()


@lru_cache(maxsize=1024)  # Most chats have no words, or those of many others.
def canonical(wanted: tuple[str, ...], unwanted: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words in the one form that all chats with the same words share: folded, each once, in order."""
    return _each(wanted), _each(unwanted)


def _each(phrases: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({" ".join(words(phrase)) for phrase in phrases} - {""}))
