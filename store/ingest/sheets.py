"""Printed pages: their numbers, running heads and notes, taken out of the lines of a text; pure."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from store.ingest.lines import is_ended
from store.ingest.notes import between, foot, unmarked
from store.text import fold

Lines = Sequence[tuple[int, str]]
"""Lines with their numbers, from 1."""

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
_DELIVERY = re.compile(r"^[^\d:]{0,60}\bcheck(?:ed)?\s+against\s+delivery\W*$", re.IGNORECASE)
_MARKING = re.compile(
    r"^(?:(?:top[ -])?secret|confidential|restricted|official(?:\W+sensitive)?|unclassified|non[ -]classifi[eé]e?|final"
    r"|draft|\W)+$",
    re.IGNORECASE,
)
"""Who may read a paper, and what it is: at the head and foot of each page."""
_STAGE = re.compile(r"^\W*[(\[].*[)\]]\W*$")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DIGITS = re.compile(r"\d+")
_LAST_NUMBER = re.compile(r"^(?P<head>.*[^\W\d_]{3,}.*\s)(?P<n>\d{1,4})$")
_NO_TITLE = (_OF, _PAGE, _ADDRESS_OF, _DELIVERY, _MARKING)
_LONGEST = 300
"""A longer line is no head or foot of a page."""
_STEP = 3
"""Of the numbers of pages in a row so few may be lacking, less one."""
_CHAIN = 3
_PACE = 0.25
_SHORTEST = 10
"""Lines that a page has at least, where only its number tells."""
_AGAIN = 2
_OFTEN = 3
_FULL = 120
_ROOM = 0.6
_HEAD = 30
_MOST_LINES = 8
"""Lines that a page's head or foot may have."""
_ADDRESS = re.compile(r"(?:https?:|www\.)", re.IGNORECASE)
_LABELLED = re.compile(r"^[^\W\d_][^:]{0,60}:\s+\S")
_PROSE = 4
"""Words from which on a line that ends as sentences do is one, and no title."""


@dataclass(frozen=True, slots=True)
class Unprinted:
    """Lines without what belongs to the pages that they were printed on; `runs_on` holds the numbers of those that go
    on with a sentence of the page before.
    """

    lines: list[tuple[int, str]]
    runs_on: frozenset[int]


def unprinted(lines: Lines, breaks: Collection[int] = ()) -> Unprinted:
    """Take the numbers of pages, what stands at their head or foot on page after page, and the notes at their foot out
    of lines; `breaks` holds the numbers of lines that a form feed stands before.

    A number is that of a page by its form ("Page 3 of 9", "5/7") or where it is one of a row of such lines. A line is
    a head or a foot where it comes again beside such numbers, or in the midst of sentences.
    """
    texts = [text for _, text in lines]
    full = max((len(text) for text in texts if len(text) <= _FULL), default=0)
    marks = _marks(texts)
    starts = {at for at, (number, _) in enumerate(lines) if number in breaks}
    again = _come_again(texts)
    marks |= _interrupting(texts, again - marks, full) | _dated(texts, again - marks)
    marks = _beside(texts, marks, starts, again)
    marks |= {at for at, text in enumerate(texts) if len(text) <= _LONGEST and _DELIVERY.match(text)}
    noted = foot(texts, marks, starts) | between(texts, marks)
    shown = unmarked(texts, marks, starts, noted)
    marks |= noted.keys()
    if not marks and not starts:
        return Unprinted([(number, text) for (number, _), text in zip(lines, shown, strict=True)], frozenset())
    return _joined(lines, shown, marks, starts, kept=_first_heads(texts, marks, noted), full=full)


def _marks(texts: Sequence[str]) -> set[int]:
    """Return the indexes of the lines that are numbers of pages, or day and time of a print."""
    short = [(at, text) for at, text in enumerate(texts) if text and len(text) <= _LONGEST]
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
            told.setdefault(_key(text), []).append(at)
    found = {at for group in told.values() if len(group) >= _AGAIN for at in group}
    numbers = [(at, int(match["n"])) for at, text in short if (match := _NUMBER.match(text))]
    row = _row(numbers)
    before, behind = _beside_each(texts) if len(row) > 1 else ([], [])
    if len(row) >= _CHAIN or any(_cuts(texts, before[at], behind[at]) for at in row if len(row) > 1):
        found.update(row)
    return found | _paced(numbers) | _numbered(texts, short)


def _numbered(texts: Sequence[str], lines: Lines) -> set[int]:
    """Return the indexes of the lines that give the occasion with its year and, at their end, a number that rises by a
    page or a few each time: "January 26, 2017 DEBATES 9".
    """
    told: dict[str, list[tuple[int, int]]] = {}
    for at, text in lines:
        if (match := _LAST_NUMBER.match(text)) and _YEAR.search(match["head"]):
            told.setdefault(match["head"], []).append((at, int(match["n"])))
    before, behind = _beside_each(texts) if told else ([], [])
    return {
        at
        for group in told.values()
        if len(group) >= _AGAIN and all(0 < two[1] - one[1] <= _STEP for one, two in itertools.pairwise(group))
        if len(group) > _OFTEN or any(_cuts(texts, before[at], behind[at]) for at, _ in group)
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


def _key(text: str) -> str:
    return _DIGITS.sub("#", fold(text))


def _come_again(texts: Sequence[str]) -> set[int]:
    """Return the indexes of lines that come again, numbers in them aside; no remark in brackets, greeting or label."""
    keys = {
        at: _key(text)
        for at, text in enumerate(texts)
        if text and len(text) <= _LONGEST and not text.endswith((",", ":")) and not _STAGE.match(text)
    }
    times = Counter(keys.values())
    return {at for at, key in keys.items() if times[key] >= _AGAIN and any(map(str.isalnum, key))}


def _beside_each(texts: Sequence[str], past: Collection[int] = ()) -> tuple[list[int | None], list[int | None]]:
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


def _cuts(texts: Sequence[str], before: int | None, behind: int | None) -> bool:
    """Tell whether what stands between two lines stands in the midst of a sentence."""
    return before is not None and behind is not None and not is_ended(texts[before]) and texts[behind][0].islower()


def _interrupting(texts: Sequence[str], again: Collection[int], full: int) -> set[int]:
    """Return the indexes of lines that come again in the midst of sentences; none that may be one of a paragraph's,
    as is a long one with others around it that come but once.
    """

    def alone(at: int) -> bool:
        around = [near in again or not texts[near] for near in (at - 1, at + 1) if 0 <= near < len(texts)]
        beside = at - 1 in again or at + 1 in again
        return not texts[at][0].islower() and (beside or len(texts[at]) < _ROOM * full or all(around))

    able = {at for at in again if alone(at) and not is_ended(texts[at])}
    before, behind = _beside_each(texts, able)
    times = Counter(_key(texts[at]) for at in able)
    cut = Counter(_key(texts[at]) for at in able if _cuts(texts, before[at], behind[at]))
    sure = {key for key, number in cut.items() if number >= _AGAIN or times[key] > _OFTEN}
    return {at for at in able if _key(texts[at]) in sure}


def _dated(texts: Sequence[str], again: Collection[int]) -> set[int]:
    """Return the indexes of lines that come again and again one below the other, a year in one of them: the occasion
    and its day, on each page. Names of speakers with their offices, or with times, come again so too, without a year.
    """
    blocks: dict[tuple[str, ...], list[list[int]]] = {}
    block: list[int] = []
    _, behind = _beside_each(texts)
    for at in [*sorted(at for at in again if not is_ended(texts[at])), len(texts)]:
        if block and (at == len(texts) or behind[block[-1]] != at):
            if len(block) > 1 and any(_YEAR.search(texts[one]) for one in block):
                blocks.setdefault(tuple(_key(texts[one]) for one in block), []).append(block)
            block = []
        block.append(at)
    return {at for same in blocks.values() if len(same) >= _OFTEN for block in same for at in block}


def _beside(texts: Sequence[str], marks: set[int], starts: Collection[int], again: Collection[int]) -> set[int]:
    """Return marks, and the lines that come again beside them or beside a form feed, and again beside these.

    A line that ends as sentences do, or has a label, may be said again and again. It is the page's where it comes again
    word for word, and stands in the midst of sentences.
    """
    before, behind = _beside_each(texts)
    edges = {at if texts[at] else behind[at] for at in starts} | {before[at] for at in starts}
    found = set(marks)
    for _ in range(_MOST_LINES):
        before, behind = _beside_each(texts, found)
        around = {near for at in found for near in (before[at], behind[at])}
        able = {at for at in around | edges if at is not None and at in again and at not in found}
        plain = {at for at in able if not _is_said(texts[at])}
        times = Counter(_key(texts[at]) for at in again)
        beside = Counter(_key(texts[at]) for at in plain)
        beside.update(_key(texts[at]) for at in found if at in again)
        new = {at for at in plain if beside[key := _key(texts[at])] >= _AGAIN and 2 * beside[key] > times[key]}
        new |= _said_by_pages(texts, able - plain, again, found)
        if not new:
            break
        found |= new
    return found


def _is_said(text: str) -> bool:
    """Tell whether a line may be what somebody says: a sentence, or a labelled turn; no address."""
    return not _ADDRESS.match(text) and (is_ended(text) or _LABELLED.match(text) is not None)


def _said_by_pages(
    texts: Sequence[str], able: Collection[int], again: Collection[int], found: Collection[int]
) -> set[int]:
    """Return those of the sentences that are a page's own, such as a notice of rights at the foot of each."""
    times = Counter(texts[at] for at in again)
    here = Counter(texts[at] for at in able)
    often = {text for text, number in here.items() if number >= _AGAIN and 2 * number > times[text]}
    some = {at for at in able if texts[at] in often}
    before, behind = _beside_each(texts, {*found, *some})
    cut = Counter(texts[at] for at in some if _cuts(texts, before[at], behind[at]))
    return {at for at in some if cut[texts[at]] >= _AGAIN}


def _first_heads(texts: Sequence[str], marks: Collection[int], noted: Collection[int]) -> dict[int, str]:
    """Return what stays of the first lines of a text that come again on other pages: it may be the title."""
    kept: dict[int, str] = {}
    seen: set[str] = set()
    before, behind = _beside_each(texts, marks)
    prose = next((at for at, text in enumerate(texts) if is_ended(text) and len(text.split()) >= _PROSE), _HEAD)
    for at in sorted(marks):
        rest = _PRINTED.sub("", texts[at])
        key = _key(rest)
        plain = any(map(str.isalpha, rest)) and not any(form.match(rest) for form in _NO_TITLE)
        if (
            at < min(prose, _HEAD)
            and at not in noted
            and plain
            and key not in seen
            and not _cuts(texts, before[at], behind[at])
        ):
            kept[at] = rest
        seen.add(key)
    return kept


def _joined(
    lines: Lines,
    shown: Sequence[str],
    marks: Collection[int],
    starts: Collection[int],
    *,
    kept: dict[int, str],
    full: int,
) -> Unprinted:
    """Return the lines without the marks: a sentence that ran over these goes on, what is whole stands apart."""
    found: list[tuple[int, str]] = []
    runs_on: set[int] = set()
    gap: list[int] | None = None

    def closes(text: str) -> Iterator[tuple[int, str]]:
        before = next((last for _, last in reversed(found) if last), "")
        if gap is None:
            return
        if goes_on(before, text, full):
            while found and not found[-1][1]:
                found.pop()
            runs_on.add(number)
        elif found and found[-1][1]:
            yield gap[0], ""

    for at, (number, _) in enumerate(lines):
        if at in marks and at not in kept:
            gap = gap or [number]
            continue
        text = kept.get(at, shown[at])
        if at in starts and gap is None:
            gap = [number]
        if text:
            found.extend(closes(text))
            gap = None
        found.append((number, text))
    return Unprinted(found, frozenset(runs_on))


def goes_on(before: str, text: str, full: int) -> bool:
    """Tell whether a sentence that a line breaks off goes on with the first line of the next page: it begins small, or
    the line before was as long as lines are.
    """
    if not before or is_ended(before) or _STAGE.match(text):
        return False
    return text[0].islower() or (_ROOM * full <= len(before) <= _FULL and not before.isupper())
