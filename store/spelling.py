"""A word that nobody said, and the words of the archive that it may have been meant for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

ONE_SLIP = 4
"""Letters from which one slip is forgiven: in a shorter word, one letter makes another word as often as not."""

TWO_SLIPS = 8
"""Letters from which two are."""


def slips(word: str) -> int:
    """Return how many slips a word of this length may hold; none where it has a digit, since no number is near."""
    if len(word) < ONE_SLIP or any(c.isdigit() for c in word):
        return 0
    return 1 if len(word) < TWO_SLIPS else 2


def lengths(word: str) -> tuple[int, int]:
    """Return the shortest and the longest length that a word meant by this one can have."""
    return len(word) - slips(word), len(word) + slips(word)


def corrections(word: str, known: Mapping[str, int]) -> tuple[str, ...]:
    """Return the words that `word` may have been meant for, the likeliest first; none where it is known.

    `known` are folded words with the number of passages each is in. The distance is the optimal string alignment
    of rapidfuzz: a letter more, less, other, or swapped with its neighbour is one slip each. Fewer slips come first,
    then the more frequent word, then the alphabet. Numbers are never meant.
    """
    most = slips(word)
    if word in known or not most:
        return ()
    near: Sequence[tuple[str, int, int]] = process.extract(
        word, list(known), scorer=OSA.distance, score_cutoff=most, limit=None
    )
    return tuple(
        other
        for other, _, _ in sorted(
            (entry for entry in near if not any(c.isdigit() for c in entry[0])),
            key=lambda entry: (entry[1], -known[entry[0]], entry[0]),
        )
    )


def nearest(word: str, among: Iterable[str], *, most: int) -> frozenset[str]:
    """Return the words with the fewest slips, at most so many, of those that are long enough for one."""
    near = process.extract(word, sorted(among), scorer=OSA.distance, score_cutoff=most, limit=None)
    near = [entry for entry in near if len(entry[0]) >= ONE_SLIP or most > 1]
    fewest = min((distance for _, distance, _ in near), default=0)
    return frozenset(other for other, distance, _ in near if distance == fewest)
