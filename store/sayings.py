"""Where a passage says what is sought, and what of it its question asks about; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum
from typing import NamedTuple

from store.sought import Sought
from store.views import View


class Said(NamedTuple):
    """Where a passage says a term, the worth of the best way it does, of all ways together, and if none is outright."""

    places: Sequence[int]
    worth: float
    mass: float
    lower: bool


_CUT_OFF = frozenset({"won", "don", "can"})
"""Words that the apostrophe leaves of others: nobody has won who "won't"."""
_NOT = ("t",)


def said_in(view: View, sought: Sought) -> dict[int, Said]:
    """Return where the terms stand, by their numbers in order."""
    counts = sought.counts
    ways: dict[int, list[tuple[Sequence[int], float, bool, int]]] = {}
    for form in sought.keys & view.held:
        places: Sequence[int] = view.places(form)
        if form in _CUT_OFF:
            places = [place for place in places if view.words[place + 1 : place + 2] != _NOT]
        for n, worth, capital, lower, phrase in counts[form]:
            at: Sequence[int] = places
            if capital:
                at = [place for place in at if view.written(place).isupper()]
            if phrase:
                at = _before(phrase, at, view.words)
            elif lower:  # A "crypto-analytic service" is about no bitcoin, whatever "crypto" is alike.
                at = view.ending_compounds(at)
            if at and n in ways:
                ways[n].append((at, worth, lower, 1 + len(phrase)))
            elif at:
                ways[n] = [(at, worth, lower, 1 + len(phrase))]
    said = {}
    # Never in the order of a set, which would change the last digit of a sum.
    for n in sorted(ways) if len(ways) > 1 else ways:
        (at, worth, lower, length), *others = ways[n]
        said[n] = _in_many_ways(ways[n]) if others or length > 1 else Said(at, worth, worth * len(at), lower)
    return said


def _in_many_ways(ways: Sequence[tuple[Sequence[int], float, bool, int]]) -> Said:
    """Return where a term stands of which several forms do, or one of several words."""
    _, best, is_lower, longest = ways[0]
    for _, worth, lower, length in ways[1:]:
        best, longest = max(best, worth), max(longest, length)
        is_lower = is_lower and lower
    if longest == 1:
        mass = fsum([worth * len(at) for at, worth, _, _ in ways])  # The same in any order.
        return Said(sorted([place for at, *_ in ways for place in at]), best, mass, is_lower)
    places: list[int] = []
    mass, end = 0.0, -1
    mentions = [(place, -length, -worth) for at, worth, _, length in ways for place in at]
    for place, minus_length, minus_worth in sorted(mentions):
        if place > end:  # "Syrian Arab Republic" is one mention, not one more of Syria.
            mass -= minus_worth
            end = place - minus_length - 1
            places += range(place, end + 1)
    return Said(places, best, mass, is_lower)


def _before(phrase: Sequence[frozenset[str]], places: Sequence[int], words: Sequence[str]) -> list[int]:
    """Return those of the places behind which the words of a phrase stand, each in one of its forms."""
    last = len(words) - len(phrase)
    first, *others = phrase
    found = [place for place in places if place < last and words[place + 1] in first]
    for n, forms in enumerate(others, start=2):
        found = [place for place in found if words[place + n] in forms]
    return found


def stands_in(view: View, phrases: Iterable[tuple[str, ...]]) -> bool:
    """Tell whether the text has each of these phrases, word for word."""
    return all(
        any(view.words[place : place + len(phrase)] == phrase for place in view.places(phrase[0])) for phrase in phrases
    )


def forms_asked(view: View, sought: Sought) -> list[str]:
    """Return the forms that the question has, in no order; of a name of several words, where it has them all."""
    return [
        form
        for form in sought.keys & view.asked
        if any(
            (not counts.capital or view.written_in_question(form).isupper())
            and all(not forms.isdisjoint(view.asked) for forms in counts.phrase)
            for counts in sought.counts[form]
        )
    ]


def asked_by(view: View, sought: Sought) -> dict[int, float]:
    """Return the worth of the terms that the question has, by their numbers in order."""
    if sought.keys.isdisjoint(view.asked):
        return {}
    asked: dict[int, float] = {}
    for form in forms_asked(view, sought):
        for n, worth, _, lower, phrase in sought.counts[form]:
            if not lower and worth > asked.get(n, 0.0) and all(not forms.isdisjoint(view.asked) for forms in phrase):
                asked[n] = worth
    return dict(sorted(asked.items()))
