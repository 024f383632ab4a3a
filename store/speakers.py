"""Who speaks in an archive, and by which words each may be called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from store.text import STOP_WORDS, words


class Speakers:
    """The speakers of one commit of an archive; `together` are the passages of those who speak together.

    `bearers` are those of each word of a name, `passages_of` tells in how many passages one speaks, and `passages` are
    all there are.
    """

    def __init__(self, together: Mapping[tuple[str, ...], int]) -> None:
        self.passages = sum(together.values())
        self.passages_of: defaultdict[str, int] = defaultdict(int)
        bearers: defaultdict[str, set[str]] = defaultdict(set)
        for speakers, passages in together.items():
            for speaker in speakers:
                self.passages_of[speaker] += passages
                for name in words(speaker):
                    bearers[name].add(speaker)
        self.bearers = {
            name: frozenset(who) for name, who in bearers.items() if len(name) > 1 and name not in STOP_WORDS
        }
        self.names = {name: sum(self.passages_of[who] for who in bearers) for name, bearers in self.bearers.items()}
        """The words of their names, each with the passages of those who bear it."""

    @property
    def everyone(self) -> frozenset[str]:
        """All who speak here."""
        return frozenset(self.passages_of)

    def called(self, names: Collection[str]) -> frozenset[str]:
        """Return the speakers whose names have all of these folded words."""
        return frozenset(speaker for speaker in self.passages_of if set(names) <= set(words(speaker)))
