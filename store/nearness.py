"""How likely one word is typed for another: by a key beside the right one, two letters swapped, a vowel as heard; pure.

The slips are those that Damerau counted (https://doi.org/10.1145/363958.363994), and what people write as they hear it.
Costs were chosen by random slips in the words of the seeds.
"""

from __future__ import annotations

import re
from itertools import combinations

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_KEYS = {key: (row + 0.0, at + row / 2) for row, keys in enumerate(_ROWS) for at, key in enumerate(keys)}
_BESIDE = frozenset(
    one + other
    for pair in combinations(_KEYS, 2)
    for one, other in (pair, pair[::-1])
    if abs(_KEYS[one][0] - _KEYS[other][0]) <= 1 and abs(_KEYS[one][1] - _KEYS[other][1]) <= 1
)
"""Keys next to each other on a keyboard, as two letters."""

_HEARD_AS = frozenset(
    one + other
    for letters in ("aeiou", "iy", "cks", "sz", "uw", "vw", "gj", "dt", "bp", "ckq", "fv", "mn")
    for pair in combinations(letters, 2)
    for one, other in (pair, pair[::-1])
)
"""Letters that are written for each other, as they are heard."""

_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"(?:[cst]|ss|sh)ion", "shon"),
        (r"ph|ff|gh(?![aeiou])", "f"),
        (r"ck|qu|ch(?=[lr])|c(?![eiyh])", "k"),
        (r"c(?=[eiy])|z", "s"),
        (r"x", "ks"),
        (r"oo|ou|ew", "u"),
        (r"ee|ea|ie|ei|y", "i"),
        (r"(.)\1+", r"\1"),
    )
)
"""What is written otherwise than it is heard, of several letters, or by several."""

_SWAPPED = 0.7
_EXCHANGED = 1.2
_DOUBLED = 0.6
_LACKING = 0.8
_ADDED = 1.2
_ADDED_BESIDE = 1.0
_BESIDE_COST = 0.9
_HEARD = 0.9
_ANOTHER = 1.5
_FIRST = 0.3
"""What a slip in the first letter costs more: people look at that one."""


def cost(typed: str, meant: str) -> float:
    """Return how unlikely it is that one word was typed for another: about 1 for each slip, 0 for the word itself."""
    if typed != meant and is_heard_alike(typed, meant):
        return _HEARD
    first, last = 0, min(len(typed), len(meant))
    while first < last and typed[first] == meant[first]:
        first += 1
    end = 0
    while end < last - first and typed[-1 - end] == meant[-1 - end]:
        end += 1
    if first and len(typed) != len(meant):
        first -= 1  # So that a doubled letter is seen.
    one, other = typed[first : len(typed) - end], meant[first : len(meant) - end]
    if len(one) > 2 and is_exchanged(one, other):
        return _EXCHANGED
    before = typed[first - 1] if first else ""
    return _cost(one, other, before, typed[len(typed) - end : len(typed) - end + 1], at_start=not first)


def begin_alike(typed: str, meant: str) -> bool:
    """Tell whether two words begin with one letter, or with what is often typed or written for it.

    That is the letter swapped with the next one, lacking, doubled, or with a key beside it pressed too or instead.
    """
    first, second = typed[:1], typed[1:2]
    if first == meant[:1] or typed[:2] == meant[1::-1] or first == meant[1:2]:
        return True
    of = second if second == meant[:1] else meant[:1] if second == meant[1:2] else ""
    return first + of in _BESIDE | _HEARD_AS or is_heard_alike(typed, meant)


def _cost(one: str, other: str, before: str, after: str, *, at_start: bool) -> float:
    """Return what the slips between two stretches cost, that stand between the same letters in both words."""
    above: list[float] = []
    last: list[float] = [0.0]
    for meant in range(len(other)):
        last.append(last[-1] + _lacking(other, meant, before, after, first=at_start and not meant))
    for typed, letter in enumerate(one, start=1):
        first = at_start and typed == 1
        row = [last[0] + _added(one, typed - 1, before, after, first=first)]
        for meant, wanted in enumerate(other, start=1):
            ways = [
                last[meant - 1] + (0.0 if letter == wanted else _other(letter, wanted, first=first and meant == 1)),
                last[meant] + _added(one, typed - 1, before, after, first=first),
                row[meant - 1] + _lacking(other, meant - 1, before, after, first=at_start and meant == 1),
            ]
            if typed > 1 and meant > 1 and letter == other[meant - 2] and one[typed - 2] == wanted != letter:
                ways.append(above[meant - 2] + _SWAPPED)
            row.append(min(ways))
        above, last = last, row
    return last[-1]


def _other(letter: str, wanted: str, *, first: bool) -> float:
    pair = letter + wanted
    least = _BESIDE_COST if pair in _BESIDE else _HEARD if pair in _HEARD_AS else _ANOTHER
    return least + _FIRST * first


def _added(typed: str, at: int, before: str, after: str, *, first: bool) -> float:
    letter = typed[at]
    beside = (typed[at - 1] if at else before, typed[at + 1 : at + 2] or after)
    if letter in beside:
        return _DOUBLED
    return (_ADDED_BESIDE if any(letter + other in _BESIDE for other in beside) else _ADDED) + _FIRST * first


def _lacking(meant: str, at: int, before: str, after: str, *, first: bool) -> float:
    beside = (meant[at - 1] if at else before, meant[at + 1 : at + 2] or after)
    return _DOUBLED if meant[at] in beside else _LACKING + _FIRST * first


def is_exchanged(typed: str, meant: str) -> bool:
    """Tell whether two letters of one word stand in each other's place in the other, and all else is the same."""
    if len(typed) != len(meant):
        return False
    differ = [(one, other) for one, other in zip(typed, meant, strict=True) if one != other]
    return len(differ) == 2 and differ[0] == differ[1][::-1]


def is_heard_alike(typed: str, meant: str) -> bool:
    """Tell whether two words sound the same in English: "aphrican", "goolf", "expantion"; of "ch" it may be "k"."""
    return _heard(typed) in {_heard(meant), _heard(meant.replace("ch", "k"))}


def _heard(word: str) -> str:
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word
