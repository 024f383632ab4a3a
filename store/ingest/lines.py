"""What the lines of a file tell, each by itself and beside the others; pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from store.text import fold

LONGEST = 300
"""A longer line is no head or foot of a page."""
STAGE = re.compile(r"^\W*[(\[].*[)\]]\W*$")
"""A remark in brackets."""
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DIGITS = re.compile(r"\d+")
_NUMBER_AHEAD = re.compile(r"^[€$£]?\d+(?:[.,]\d+)*\s?%?\s+(?!(?:st|nd|rd|th)\b)(?=\w)")
_ENDED = re.compile(r"""[.!?…。！？؟।:;][”"’'»)\]*_]*$""")


def is_ended(line: str) -> bool:
    """Tell whether a line ends as a sentence does, or before what it announces; marks of Markdown may stand behind."""
    return _ENDED.search(line) is not None


def is_continued(line: str) -> bool:
    """Tell whether a line begins as the rest of a sentence does: in lower case, a number before it or none."""
    return _NUMBER_AHEAD.sub("", line)[:1].islower()


def key_of(text: str) -> str:
    """Return a line as it compares, numbers in it aside."""
    return _DIGITS.sub("#", fold(text))


def beside_each(texts: Sequence[str], past: Collection[int] = ()) -> tuple[list[int | None], list[int | None]]:
    """Return for each line the index of the one before and of the one behind that is not empty and not of `past`."""
    sides: list[list[int | None]] = []
    for order in (range(len(texts)), range(len(texts) - 1, -1, -1)):
        side: list[int | None] = [None] * len(texts)
        last: int | None = None
        for at in order:
            side[at] = last
            if texts[at] and at not in past:
                last = at
        sides.append(side)
    return sides[0], sides[1]


def cuts(texts: Sequence[str], before: int | None, behind: int | None) -> bool:
    """Tell whether what stands between two lines stands in the midst of a sentence."""
    return before is not None and behind is not None and not is_ended(texts[before]) and is_continued(texts[behind])
