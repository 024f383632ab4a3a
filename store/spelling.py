"""A word that nobody said, and the words of the archive that it may have been meant for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA

from store.nearness import begin_alike, cost, is_exchanged, is_heard_alike
from store.text import STOP_WORDS

ONE_SLIP = 4
"""Letters from which one slip is forgiven: in a shorter word, one letter makes another word as often as not."""

TWO_SLIPS = 8
"""Letters from which two are."""

_AS_ONE = 5
"""Letters from which two slips that are as good as one are forgiven, where nothing is nearer."""

_LIKELY = 1.8
"""What two slips may cost that are forgiven where only the word that was meant has TWO_SLIPS letters."""

_FREQUENT = 0.15
"""What it tells for a word that people say it often, beside what each slip tells against it (see `nearness`)."""


def slips(word: str) -> int:
    """Return how many slips a word of this length may hold; none where it has a digit, since no number is near."""
    if len(word) < ONE_SLIP or any(c.isdigit() for c in word):
        return 0
    return 1 if len(word) < TWO_SLIPS else 2


def lengths(word: str) -> tuple[int, int]:
    """Return the shortest and the longest length that a word meant by this one can have."""
    most = slips(word)
    return len(word) - most, len(word) + (2 if most and len(word) >= _AS_ONE else most)


def corrections(word: str, known: Mapping[str, int]) -> tuple[str, ...]:
    """Return the words that `word` may have been meant for, the likeliest first; none where it is known.

    See `weighed`.
    """
    return tuple(other for other, _ in weighed(word, known))


def weighed(word: str, known: Mapping[str, int]) -> tuple[tuple[str, float], ...]:
    """Return the words that `word` may have been meant for, each with its odds, which are less the likelier it is.

    `known` are folded words with the number of passages each is in; there are none where `word` is one of them. The
    distance is the optimal string alignment of rapidfuzz: a letter more, less, other, or swapped with its neighbour is
    one slip each. Of two, one in the first letter is a common one, or most words that nobody said would be near some
    word. Where nothing is as near as that, it may be two slips that are as good as one. What slips are likely comes
    first, and the more frequent word, but for function words; then the alphabet. Numbers are never meant.
    """
    most = slips(word)
    if word in known or not most:
        return ()
    near: Sequence[tuple[str, int, int]] = process.extract(
        word, list(known), scorer=OSA.distance, score_cutoff=most, limit=None
    )
    if not near and len(word) >= _AS_ONE:
        near = process.extract(word, list(known), scorer=OSA.distance, score_cutoff=2, limit=None)
        near = [entry for entry in near if _are_as_one(word, entry[0])]
    near = [(other, distance, at) for other, distance, at in near if distance == 1 or begin_alike(word, other)]
    odds = (
        (other, cost(word, other) - (_FREQUENT * log(known[other]) if other not in STOP_WORDS else 0))
        for other, _, _ in near
        if not any(c.isdigit() for c in other)
    )
    return tuple(sorted(odds, key=lambda entry: (entry[1], entry[0])))


def _are_as_one(word: str, other: str) -> bool:
    """Tell whether two slips are as good as one: "sirya", "phrance", or "teriory", of which the word is the longer."""
    if is_exchanged(word, other) or is_heard_alike(word, other):
        return True
    return len(other) >= TWO_SLIPS and cost(word, other) <= _LIKELY


def lacking(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the words of ONE_SLIP letters, one of which a word may lack that is too short for a slip: "bck".

    And those of as many letters as it, two of which are in each other's place: "wra".
    """
    if len(word) != ONE_SLIP - 1 or not word.isalpha():
        return ()
    by_length: dict[int, list[str]] = {len(word): [], ONE_SLIP: []}
    for other in known:
        if other.isalpha() and len(other) in by_length:
            by_length[len(other)].append(other)
    near = {*nearest(word, by_length[ONE_SLIP], most=1), *(o for o in by_length[len(word)] if is_exchanged(word, o))}
    return tuple(sorted(near, key=lambda other: (cost(word, other), other)))


def nearest(word: str, among: Iterable[str], *, most: int) -> frozenset[str]:
    """Return the words with the fewest slips, at most so many, of those that are long enough for one."""
    near = process.extract(word, sorted(among), scorer=OSA.distance, score_cutoff=most, limit=None)
    near = [entry for entry in near if len(entry[0]) >= ONE_SLIP or most > 1]
    fewest = min((distance for _, distance, _ in near), default=0)
    return frozenset(other for other, distance, _ in near if distance == fewest)
