"""How near the words sought stand to each other in a passage, and how far in the order typed; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from store.sayings import Said
from store.sought import Sought
from store.views import View

A_WORDING = 3
"""Words, function words among them, that are remembered wording where they stand in this order."""

MOST_PLACES = 8
"""Places of a word at which its neighbours are looked at: function words have dozens."""

_MOST_STARTS = 3
"""Words, those with the fewest places first, from which what was typed is looked for in its order."""

_MOST_SKIPPED = 2
"""Words in a row that who remembers a wording may have forgotten, or have others for."""


def nearness(view: View, said: Mapping[int, Said]) -> float:
    """Return 1 where the words found stand side by side, less the further apart, half of it for one sentence."""
    found = [(n, one.places) for n, one in said.items() if one.places]
    needed = len(found)
    if needed < 2:
        return 0.0
    last: dict[int, int] = {}
    first, end, width = 0, 0, len(view.words)
    for place, n in sorted((place, n) for n, places in found for place in places[:MOST_PLACES]):
        last[n] = place
        if len(last) == needed and place - (start := min(last.values())) < width:
            first, end, width = start, place, place - start
    same_sentence = view.sentence[first] == view.sentence[end]
    return 0.5 * same_sentence + 0.5 * (needed - 1) / max(width, needed - 1)


def in_step(view: View, sought: Sought, said: Mapping[int, Said]) -> float:
    """Return how many of the words typed follow each other here as they were typed, from one of the rarest on.

    A word may have another in its place, which does not count; what has words before it that were not typed counts for
    a half, or a third: people remember most of a wording. Two words are none.
    """
    best, most_skipped, words = 1.0, _MOST_SKIPPED if len(sought.order) >= A_WORDING else 0, view.words
    rarest = [n for n, one in said.items() if one.places]
    if len(rarest) > 1:
        rarest = sorted(rarest, key=lambda n: len(said[n].places))[:_MOST_STARTS]
    for n in rarest:
        if n not in sought.beside:
            continue
        forms, after, before = sought.beside[n]
        for place in said[n].places[:MOST_PLACES]:
            if words[place] in forms:
                follow = _followed(words, place, after, most_skipped, 1) if after else 0.0
                if before:
                    follow += _followed(words, place, before, most_skipped, -1)
                best = max(best, 1 + follow)
    return best


def _followed(held: Sequence[str], place: int, wanted: Iterable[frozenset[str]], most_skipped: int, step: int) -> float:
    """Return how much of what is wanted stands from this place on, forward or backward."""
    found, others, size = 0.0, 0, len(held)
    for forms in wanted:
        place += step
        if 0 <= place < size and held[place] in forms:
            found += 1
            others = 0
            continue
        for skipped in range(1, most_skipped + 1):
            at = place + step * skipped
            if 0 <= at < size and held[at] in forms:
                found += 1 / (skipped + 1)
                place, others = at, 0
                break
        else:
            others += 1
            if others > most_skipped:
                break
    return found
