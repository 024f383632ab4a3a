"""Abbreviations that a text explains itself: "the Collective Security Treaty Organisation (CSTO)"; pure.

After Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text" (2003): the
letters of the short form are looked for from its end in the words before the bracket, the first at the start of a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from store.text import STOP_WORDS, words

_BRACKET = re.compile(r"(?P<before>(?:[^\s()]+\s+){1,14})\((?P<inside>[^()]{2,90})\)")
_SHORT = re.compile(r"[A-Z][A-Za-z&.-]{1,9}[A-Z0-9]|[A-Z]{2,10}(?:-\d+)?")
_MOSTLY = 0.75
"""How many of the long form's words must begin with a letter of the short one."""

_SMALL = frozenset({"of", "the", "for", "and", "in", "on", "to"})


class Abbreviation(NamedTuple):
    """A short form and what it is short for, both folded, with blanks between words."""

    short: str
    long: str


def explained(text: str) -> Iterator[Abbreviation]:
    """Yield the abbreviations that a text explains, in order."""
    if "(" not in text:
        return
    for found in _BRACKET.finditer(text):
        before, inside = found["before"].strip(), found["inside"].strip()
        if _SHORT.fullmatch(inside):
            short, long = inside, _long_form(inside, before)
        elif _SHORT.fullmatch(before.split()[-1]):
            short = before.split()[-1]
            long = inside if _long_form(short, inside) == inside else ""
        else:
            continue
        folded = words(long)
        if len(folded) > 1:
            yield Abbreviation("".join(words(short)), " ".join(folded))


def _long_form(short: str, before: str) -> str:
    """Return the end of `before` that `short` is short for, empty where it is not."""
    letters = [letter for letter in short.lower() if letter.isalnum()]
    at = len(before)
    for number, letter in enumerate(reversed(letters), start=1):
        first = number == len(letters)
        while True:
            at -= 1
            if at < 0:
                return ""
            begins = at == 0 or not before[at - 1].isalnum()
            if before[at].lower() == letter and (begins or not first):
                break
    long = before[at:]
    said = long.split()
    most = min(len(letters) + 5, 2 * len(letters))
    own = [word for word in said if word.lower() not in STOP_WORDS | _SMALL]
    initials = sum(word[0].lower() in letters for word in own)
    return long if before[at].isupper() and len(own) <= most and initials >= _MOSTLY * len(own) else ""
