"""Names of persons as pages write them: with offices, in capitals, shortened, with a slip."""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA

from store.text import fold, squash, words

_OFFICES = frozenset(
    """
    president vice prime minister foreign deputy first acting secretary state general chancellor premier king queen
    prince princess ambassador chairman chairwoman chairperson chair speaker senator congressman congresswoman
    representative governor mayor judge justice professor doctor dr prof mr mrs ms miss sir dame lord lady his her
    excellency the of and for affairs ministry spokesman spokeswoman spokesperson director head high commissioner
    special envoy russian american us u s british german french former then pope archbishop bishop rector academician
    """.split()
)
_NAME_WORD = re.compile(r"^[^\W\d_][\w.'’-]*$")
_PARENTHESIS = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_PARTICLES = frozenset("de da di du del della van von der den la le el al bin ibn dos e y".split())
_MOST_WORDS = 5
_SLIP_LENGTH = 5


def bare_name(label: str) -> str:
    """Return a person's name without offices, titles and remarks in brackets: "Foreign Minister Sergey Lavrov (in
    English)" is "Sergey Lavrov". A name in capitals comes back capitalised. Empty where no name is left.
    """
    parts = squash(_PARENTHESIS.sub("", label)).split(" ")
    while parts and fold(parts[0]).strip(".,") in _OFFICES:
        parts.pop(0)
    name = " ".join(parts).strip(" ,")
    return name.title() if name.isupper() and len(name) > 1 else name


def is_name(text: str) -> bool:
    """Tell whether the text has the shape of a person's name: one to five capitalised words, particles aside."""
    parts = text.split(" ")
    if not 1 <= len(parts) <= _MOST_WORDS or not parts[0]:
        return False
    capitalised = [part for part in parts if fold(part) not in _PARTICLES]
    return bool(capitalised) and all(_NAME_WORD.match(part) and not part[0].islower() for part in capitalised)


def surname(name: str) -> str:
    """Return the folded last word of a name; empty for an empty one."""
    found = words(name)
    return found[-1] if found else ""


def same_person(one: str, other: str) -> bool:
    """Tell whether two spellings name one person: the same surname, one slip allowed from five letters on, and, where
    both give more, first names that begin alike ("S. Lavrov", "Sergei Lavrov", "Lavov").
    """
    ours, theirs = words(bare_name(one)), words(bare_name(other))
    if not ours or not theirs:
        return False
    slip = 1 if min(len(ours[-1]), len(theirs[-1])) >= _SLIP_LENGTH else 0
    if OSA.distance(ours[-1], theirs[-1], score_cutoff=slip) > slip:
        return False
    return len(ours) == 1 or len(theirs) == 1 or ours[0][0] == theirs[0][0]
