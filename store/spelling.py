"""A word that nobody said, and the words of the archive that it may have been meant for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA

from store.nearness import cost, is_exchanged
from store.text import STOP_WORDS

ONE_SLIP = 4
"""Letters from which one slip is forgiven: in a shorter word, one letter makes another word as often as not."""

TWO_SLIPS = 8
"""Letters from which two are."""

_EXCHANGE = 5
"""Letters from which two that stand in each other's place are one slip, however far apart they are: "sirya"."""

_FREQUENT = 0.15
"""What it tells for a word that people say it often, beside what each slip tells against it (see `nearness`)."""


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

    See `weighed`.
    """
    return tuple(other for other, _ in weighed(word, known))


def weighed(word: str, known: Mapping[str, int]) -> tuple[tuple[str, float], ...]:
    """Return the words that `word` may have been meant for, each with its odds, which are less the likelier it is.

    `known` are folded words with the number of passages each is in; there are none where `word` is one of them. The
    distance is the optimal string alignment of rapidfuzz: a letter more, less, other, or swapped with its neighbour is
    one slip each. Where nothing is as near as that, two letters may stand in each other's place. What slips are likely
    comes first, and the more frequent word, but for function words; then the alphabet. Numbers are never meant.
    """
    most = slips(word)
    if word in known or not most:
        return ()
    near: Sequence[tuple[str, int, int]] = process.extract(
        word, list(known), scorer=OSA.distance, score_cutoff=most, limit=None
    )
    if not near and len(word) >= _EXCHANGE:
        near = process.extract(word, list(known), scorer=OSA.distance, score_cutoff=2, limit=None)
        near = [entry for entry in near if is_exchanged(word, entry[0])]
    odds = (
        (other, cost(word, other) - (_FREQUENT * log(known[other]) if other not in STOP_WORDS else 0))
        for other, _, _ in near
        if not any(c.isdigit() for c in other)
    )
    return tuple(sorted(odds, key=lambda entry: (entry[1], entry[0])))


def nearest(word: str, among: Iterable[str], *, most: int) -> frozenset[str]:
    """Return the words with the fewest slips, at most so many, of those that are long enough for one."""
    near = process.extract(word, sorted(among), scorer=OSA.distance, score_cutoff=most, limit=None)
    near = [entry for entry in near if len(entry[0]) >= ONE_SLIP or most > 1]
    fewest = min((distance for _, distance, _ in near), default=0)
    return frozenset(other for other, distance, _ in near if distance == fewest)
