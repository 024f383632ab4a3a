"""Abbreviations that a text explains itself: "the Collective Security Treaty Organisation (CSTO)"; pure.

And those that it need not explain: the initials of what it calls by its whole name, "the World Food Programme".

After Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text" (2003): the
letters of the short form are looked for from its end in the words before the bracket, the first at the start of a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import dropwhile
from typing import NamedTuple

from store.text import STOP_WORDS, words

_BRACKET = re.compile(r"(?P<before>(?:[^\s()]+\s+){1,14})\((?P<inside>[^()]{2,90})\)")
_SHORT = re.compile(r"[A-Z][A-Za-z&.-]{1,9}[A-Z0-9]|[A-Z]{2,10}(?:-\d+)?")
_MOSTLY = 0.75
"""How many of the long form's words must begin with a letter of the short one."""

_SMALL = frozenset({"of", "the", "for", "and", "in", "on", "to", "against"})
_STATE = re.compile(r"^(?:united (?:states|kingdom)|u ?[sk]|american|british) ")

_BODIES = frozenset(
    """
    Act Administration Agency Agreement Alliance Army Assembly Association Authority Bank Board Brigade Bureau Center
    Centre Charter Coalition Commission Committee Community Conference Confederation Congress Constitution Convention
    Cooperation Corporation Corps Council Court Department Executive Federation Force Forces Forum Front Fund Group
    Guard Initiative Institute Institution League Ministry Mission Movement Office Operation Organisation Organization
    Partnership Party Plan Police Programme Program Project Protocol Republic Secretariat Service Services Society
    Status System Tribunal Treaty Union University
    """.split()
)
"""What bodies, laws and programmes are."""

_OF = frozenset({"of", "for", "on", "to", "against"})
_CAPITAL = r"[A-Z][^\W\d_]{1,40}+(?:-[A-Z]?[^\W\d_]{1,40}+)?+"
_CAPITALS = re.compile(rf"{_CAPITAL}(?:\s(?:(?:of|for|on|to|and|the|in|against)\s){{0,2}}{_CAPITAL}){{1,9}}")

_INITIALS = (3, 6)
"""Letters that the initials of a name must and may have to be known by themselves."""


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


def implied(text: str) -> Iterator[Abbreviation]:
    """Yield the initials of the bodies, laws and programmes that a text calls by their whole names.

    With and without the small words within, as some are said either way: "DOJ", "HHS". Without the state whose it is.
    """
    for run in _CAPITALS.finditer(text):
        for part in run[0].split(" and the "):
            said = part.split()
            for name in _names(said) if not _BODIES.isdisjoint(said) else ():
                long = _own(words(" ".join(name)))
                # The Justice Department is the DOJ.
                full = ["department", "of", *long[:-1]] if long[-1:] == ["department"] else long
                initials = "".join(word[0] for word in full), "".join(word[0] for word in full if word not in _SMALL)
                for short in dict.fromkeys(initials):
                    if len(long) > 1 and _INITIALS[0] <= len(short) <= _INITIALS[1]:
                        yield Abbreviation(short, " ".join(long))


def _names(said: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield what may be a name of a body among words in capitals: up to what it is, or from there on, or all."""
    for at, word in enumerate(said):
        if word in _BODIES:
            behind = said[at + 1 :] if said[at + 1 : at + 2] and said[at + 1] in _OF else []
            yield said[: at + 1]
            if behind:
                yield from ([word, *behind], [*said[: at + 1], *behind])
            if word == "Department":
                yield from (said[:at], behind[1:])


def _own(name: Sequence[str]) -> list[str]:
    """Return a folded name without what leads to it: "the", and the state whose it is."""
    led = " ".join(dropwhile(STOP_WORDS.__contains__, name))
    return _STATE.sub("", led, count=1).split()


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
