"""The numbers of the pages that a text was printed on, and what else a printer sets on each; pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from store.ingest.lines import LONGEST, YEAR, beside_each, cuts, key_of

_NUMBER = re.compile(r"^[-–—|\[(.\s]{0,4}(?P<n>\d{1,4})[-–—|\]).\s]{0,4}$")
_OF = re.compile(
    r"^(?:\W{0,4}(?:page|pages|pagina|página|seite|стр\.?|страница|p\.)\s*)?(?P<n>\d{1,4})\s*(?:/|\||of|von|van|de|sur|из)\s*"
    r"(?P<of>\d{1,4})\W{0,3}$",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"^\W{0,4}(?:(?:page|pagina|página|seite|стр\.?|страница)\W{0,4}\d{1,4}|[\dO]{1,4}\s*\|\s*p\s?a\s?g\s?e)\W{0,4}$",
    re.IGNORECASE,
)
_PRINTED = re.compile(
    r"^(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}),?\s+\d{1,2}:\d\d(?::\d\d)?(?:\s*[ap]\.?m\.?)?(?=\s|$)\s*", re.IGNORECASE
)
"""What a browser prints at the head of each page: day and time, before the title."""
_ADDRESS_OF = re.compile(r"^(?:https?:|www\.)\S*(?:\s\S+){0,2}\s+(?P<n>\d{1,3})/(?P<of>\d{1,3})$", re.IGNORECASE)
"""What it prints at the foot: the address, and which page of how many."""
_MARKING = re.compile(
    r"^(?:(?:top[ -])?secret|confidential|restricted|official(?:\W+sensitive)?|unclassified|non[ -]classifi[eé]e?|final"
    r"|draft|\W)+$",
    re.IGNORECASE,
)
"""Who may read a paper, and what it is: at the head and foot of each page."""
_LAST_NUMBER = re.compile(r"^(?P<head>.*[^\W\d_]{3,}.*\s)(?P<n>\d{1,4})$")
_STEP = 3
"""Of the numbers of pages in a row so few may be lacking, less one."""
_CHAIN = 3
_PACE = 0.25
_SHORTEST = 10
"""Lines that a page has at least, where only its number tells."""
_AGAIN = 2
_OFTEN = 3


def page_marks(texts: Sequence[str]) -> set[int]:
    """Return the indexes of the lines that are numbers of pages, or day and time of a print."""
    short = [(at, text) for at, text in enumerate(texts) if text and len(text) <= LONGEST]
    told: dict[str, list[int]] = {}
    for at, text in short:
        if match := _OF.match(text) or _ADDRESS_OF.match(text):
            if 0 < int(match["n"]) <= int(match["of"]):
                told.setdefault(f"of {int(match['of'])}", []).append(at)
        elif _PAGE.match(text):
            told.setdefault("page", []).append(at)
        elif match := _PRINTED.match(text):
            told.setdefault(f"printed {match.group().strip()}", []).append(at)
        elif _MARKING.match(text) and any(map(str.isalpha, text)):
            told.setdefault(key_of(text), []).append(at)
    found = {at for group in told.values() if len(group) >= _AGAIN for at in group}
    numbers = [(at, int(match["n"])) for at, text in short if (match := _NUMBER.match(text))]
    row = _row(numbers)
    before, behind = beside_each(texts) if len(row) > 1 else ([], [])
    if len(row) >= _CHAIN or any(cuts(texts, before[at], behind[at]) for at in row if len(row) > 1):
        found.update(row)
    return found | _paced(numbers) | _numbered(texts, short)


def is_mark(text: str) -> bool:
    """Tell whether a line has the form of a page's number or marking, by itself."""
    return any(form.match(text) for form in (_OF, _PAGE, _ADDRESS_OF, _MARKING))


def without_print(text: str) -> str:
    """Return a line without the day and time that a browser prints before it."""
    return _PRINTED.sub("", text)


def _numbered(texts: Sequence[str], lines: Sequence[tuple[int, str]]) -> set[int]:
    """Return the indexes of the lines that give the occasion with its year and, at their end, a number that rises by a
    page or a few each time: "January 26, 2017 DEBATES 9".
    """
    told: dict[str, list[tuple[int, int]]] = {}
    for at, text in lines:
        if text[-1].isdigit() and (match := _LAST_NUMBER.match(text)) and YEAR.search(match["head"]):
            told.setdefault(match["head"], []).append((at, int(match["n"])))
    before, behind = beside_each(texts) if told else ([], [])
    return {
        at
        for group in told.values()
        if len(group) >= _AGAIN and all(0 < two[1] - one[1] <= _STEP for one, two in itertools.pairwise(group))
        if len(group) > _OFTEN or any(cuts(texts, before[at], behind[at]) for at, _ in group)
        for at, _ in group
    }


def _paced(numbers: Sequence[tuple[int, int]]) -> set[int]:
    """Return the indexes of the numbers that rise as the lines do: pages of one text are of about one length."""
    paces = sorted(at / number for at, number in numbers if number)
    usual = paces[len(paces) // 2] if paces else 0
    found = [(at, number) for at, number in numbers if number and abs(at / number - usual) <= _PACE * usual]
    rise = all(one[1] < other[1] for one, other in itertools.pairwise(found))
    return {at for at, _ in found} if len(found) >= _AGAIN and rise and usual >= _SHORTEST else set()


def _row(numbers: Sequence[tuple[int, int]]) -> list[int]:
    """Return the indexes of the longest row of numbers that rise by one each, a few lacking."""
    best: dict[int, tuple[int, int | None, int]] = {}  # the last number of a row -> its length, the one before, index
    ends: list[tuple[int, int | None]] = []
    trail: list[tuple[int, int | None]] = []
    for at, number in numbers:
        length, before = max(
            ((best[number - step][0], best[number - step][2]) for step in range(1, _STEP + 1) if number - step in best),
            default=(0, None),
        )
        trail.append((at, before))
        ends.append((length, len(trail) - 1))
        if length + 1 > best.get(number, (0, None, 0))[0]:
            best[number] = (length + 1, before, len(trail) - 1)
    if not ends:
        return []
    at_end: int | None = max(ends)[1]
    found = []
    while at_end is not None:
        at, at_end = trail[at_end]
        found.append(at)
    return found[::-1]
