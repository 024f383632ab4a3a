"""Labels within a paragraph: the initials of two persons or more, which open turns again and again; pure.

Where a page lost its lines, an interview runs on: "… to Mars. CA: When? GS: Within a decade." Read as one turn, what is
asked there would pass for the answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

_END = r"""[.?!…)\]"”’—–-]"""
_LABEL = re.compile(rf"(?:^|(?<={_END})\s*)(?P<initials>[A-Z]{{2,3}}):\s")
_NAMED = re.compile(rf"(?:^|(?<={_END})\s*)(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){{1,2}}):\s")
_AGAIN = 3
"""Turns that each must have to be known by the initials alone."""
_TWO = 2


def initials_in(lines: Iterable[str]) -> frozenset[str]:
    """Return the initials that open turns of a page, some of them within its lines; none where one person's do."""
    count: Counter[str] = Counter()
    within = False
    for line in lines:
        for label in _LABEL.finditer(line):
            count[label["initials"]] += 1
            within = within or label.start() > 0
    found = frozenset(initials for initials, times in count.items() if times >= _AGAIN)
    return found if within and len(found) >= _TWO else frozenset()


def turns_of(line: str, initials: Collection[str]) -> Sequence[str]:
    """Return a line cut before each label of these initials, or of a name that has them."""
    if not initials:
        return (line,)
    starts = {label.start("initials") for label in _LABEL.finditer(line) if label["initials"] in initials}
    starts |= {
        label.start("name")
        for label in _NAMED.finditer(line)
        if "".join(word[0] for word in re.split(r"[\s-]", label["name"])) in initials
    }
    cuts = [0, *sorted(starts - {0}), len(line)]
    return [piece for first, last in zip(cuts, cuts[1:], strict=False) if (piece := line[first:last].strip())]
