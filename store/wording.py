"""A wording as somebody remembers it, with words forgotten, added or exchanged, found in a passage; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from store.sayings import Said
from store.sought import MOST_STEPS, Sought
from store.text import STOP_WORDS
from store.views import View

A_WORDING = 3
"""Words, function words among them, that are remembered wording where they stand in this order."""

_MOST_PLACES = 8
"""Places of a word from which what was typed is looked for: function words have dozens."""

_MOST_STARTS = 3
"""Words, those with the fewest places first, from which it is."""

_MOST_SKIPPED = 2
"""Words in a row that who remembers a wording may have forgotten, added, or have others for."""

_NEARLY = 2 / 3
"""The share of a wording that tells it, where a word of it is another: three words of four, or four of six."""

_SUBJECT = 0.5
"""The share of what is sought, by weight, that must be among them: "president of the" is no wording."""

_SURE = 2
"""Words that carry a subject that must be: one stands anywhere."""

_A_LONG_WORDING = 6
"""Words in their order that are remembered wording wherever it begins and ends; of fewer, the first and the last word
are among them, since what is typed last may be the subject: "the missile defence system of" some country."""


_NONE = (0.0, 0)


class _Hit(Protocol):
    """A passage, where it says what is sought, and the share of that which it has."""

    @property
    def view(self) -> View: ...
    @property
    def said(self) -> Mapping[int, Said]: ...
    @property
    def coverage(self) -> float: ...


class Run(NamedTuple):
    """How many of the words typed follow each other as they were typed, and the places of the first and the last."""

    steps: float = 1.0
    first: int = 0
    last: int = 0


def in_step(view: View, sought: Sought, said: Mapping[int, Said]) -> float:
    """Return how many of the words typed follow each other here as they were typed, from one of the rarest on.

    A word may have another in its place, or be one too many, which does not count; what has words before it that were
    not typed counts for a half, or a third: people remember most of a wording. Two words are none.
    """
    return run_of(view, sought, said, forgetful=False).steps


def run_of(view: View, sought: Sought, said: Mapping[int, Said], *, forgetful: bool = True) -> Run:
    """Return what `in_step` counts, with where it begins and ends among the words typed.

    Who is `forgetful` may have left out a function word anywhere, if more than A_WORDING were typed.
    """
    best, most_skipped = Run(), _MOST_SKIPPED if len(sought.order) >= A_WORDING else 0
    forgets, words = forgetful and len(sought.order) > A_WORDING, view.words
    rarest = [n for n, one in said.items() if one.places]
    if len(rarest) > 1:
        rarest = sorted(rarest, key=lambda n: len(said[n].places))[:_MOST_STARTS]
    for n in rarest:
        if n not in sought.beside:
            continue
        typed, forms, after, before = sought.beside[n]
        for place in said[n].places[:_MOST_PLACES]:
            if words[place] in forms:
                ahead, last = _followed(words, place, after, most_skipped, 1, forgets=forgets) if after else _NONE
                back, first = _followed(words, place, before, most_skipped, -1, forgets=forgets) if before else _NONE
                if 1 + ahead + back > best.steps:
                    best = Run(1 + ahead + back, typed - first, typed + last)
    return best


def share_of(run: Run, sought: Sought) -> float:
    """Return how much of what was typed a run is: 1 for all of it, 0 for a word by itself."""
    return min(1.0, (run.steps - 1) / max(min(len(sought.order) - 1, MOST_STEPS), 1))


def is_remembered(hit: _Hit, sought: Sought) -> bool:
    """Tell whether a passage has the wording that was typed, though a word of it is another: "only deal with facts"."""
    may_be = hit.coverage >= _SUBJECT and len(sought.order) > A_WORDING
    return may_be and tells(run_of(hit.view, sought, hit.said), hit.said, hit.coverage, sought)


def tells(run: Run, said: Mapping[int, Said], coverage: float, sought: Sought) -> bool:
    """Tell whether a run is enough of a wording for that; no name in one is misremembered.

    `coverage` is the share of what is sought that the passage has.
    """
    length = len(sought.order)
    if length <= A_WORDING or run.steps < _NEARLY * length or coverage < _SUBJECT:
        return False
    found = sum(1 for one in said.values() if one.places and not one.lower)
    lacking = (term for n, term in enumerate(sought.terms) if n not in said)
    if found < _SURE or any(term.is_name or term.has_names for term in lacking):
        return False
    places = [beside.place for beside in sought.beside.values()]
    return run.steps >= _A_LONG_WORDING or (run.first <= min(places) and run.last >= max(places))


def _followed(
    held: Sequence[str], place: int, wanted: Iterable[frozenset[str]], most_skipped: int, step: int, *, forgets: bool
) -> tuple[float, int]:
    """Return how much of what is wanted stands from this place on, forward or backward, and how far it goes."""
    found, far, others, size = 0.0, 0, 0, len(held)
    for number, forms in enumerate(wanted, start=1):
        # A word typed and not found may stand for one of these, which is none that was forgotten then.
        skipped, at, free = -others, place + step, forgets
        while 0 <= at < size and held[at] not in forms and skipped <= most_skipped:
            if free and skipped >= 0 and held[at] in STOP_WORDS:
                free = False
            else:
                skipped += 1
            at += step
        if 0 <= at < size and skipped <= most_skipped:
            found += 1 / (max(skipped, 0) + 1)
            place, far, others = at, number, 0
        elif others == most_skipped:
            break
        else:
            others += 1
    return found, far
