"""What stands at the head or foot of printed pages, page after page: found among the lines that come again; pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from store.ingest.lines import LONGEST, STAGE, YEAR, beside_each, cuts, is_ended, key_of
from store.ingest.pagenumbers import is_mark, without_print

_DELIVERY = re.compile(r"^[^\d:]{0,60}\bcheck(?:ed)?\s+against\s+delivery\W*$", re.IGNORECASE)
_AGAIN = 2
_OFTEN = 3
_ROOM = 0.6
_HEAD = 30
_MOST_LINES = 8
"""Lines that a page's head or foot may have."""
_ADDRESS = re.compile(r"(?:https?:|www\.)", re.IGNORECASE)
_LABELLED = re.compile(r"^[^\W\d_][^:]{0,60}:\s+\S")
_PROSE = 4
"""Words from which on a line that ends as sentences do is one, and no title."""


def page_heads(texts: Sequence[str], marks: Collection[int], starts: Collection[int], full: int) -> set[int]:
    """Return `marks`, the indexes of the numbers of pages, with those of the heads and feet of pages: lines that come
    again beside such numbers or a form feed (`starts`), or in the midst of sentences; `full` is how long lines are.
    """
    again = _come_again(texts)
    found = {*marks, *_interrupting(texts, again - {*marks}, full), *_dated(texts, again - {*marks})}
    found = _beside(texts, found, starts, again)
    found |= _cutting(texts, found, full)
    return found | {at for at, text in enumerate(texts) if len(text) <= LONGEST and _DELIVERY.match(text)}


def _come_again(texts: Sequence[str]) -> set[int]:
    """Return the indexes of lines that come again, numbers in them aside; no remark in brackets, greeting or label."""
    keys = {
        at: key_of(text)
        for at, text in enumerate(texts)
        if text and len(text) <= LONGEST and not text.endswith((",", ":")) and not STAGE.match(text)
    }
    times = Counter(keys.values())
    return {at for at, key in keys.items() if times[key] >= _AGAIN and any(map(str.isalnum, key))}


def _interrupting(texts: Sequence[str], again: Collection[int], full: int) -> set[int]:
    """Return the indexes of lines that come again in the midst of sentences; none that may be one of a paragraph's,
    as is a long one with others around it that come but once.
    """

    def alone(at: int) -> bool:
        around = [near in again or not texts[near] for near in (at - 1, at + 1) if 0 <= near < len(texts)]
        beside = at - 1 in again or at + 1 in again
        return not texts[at][0].islower() and (beside or len(texts[at]) < _ROOM * full or all(around))

    able = {at for at in again if alone(at) and not is_ended(texts[at])}
    before, behind = beside_each(texts, able)
    times = Counter(key_of(texts[at]) for at in able)
    cut = Counter(key_of(texts[at]) for at in able if cuts(texts, before[at], behind[at]))
    sure = {key for key, number in cut.items() if number >= _AGAIN or times[key] > _OFTEN}
    return {at for at in able if key_of(texts[at]) in sure}


def _dated(texts: Sequence[str], again: Collection[int]) -> set[int]:
    """Return the indexes of lines that come again and again one below the other, a year in one of them: the occasion
    and its day, on each page. Names of speakers with their offices, or with times, come again so too, without a year.
    """
    blocks: dict[tuple[str, ...], list[list[int]]] = {}
    block: list[int] = []
    _, behind = beside_each(texts)
    for at in [*sorted(at for at in again if not is_ended(texts[at])), len(texts)]:
        if block and (at == len(texts) or behind[block[-1]] != at):
            if len(block) > 1 and any(YEAR.search(texts[one]) for one in block):
                blocks.setdefault(tuple(key_of(texts[one]) for one in block), []).append(block)
            block = []
        block.append(at)
    return {at for same in blocks.values() if len(same) >= _OFTEN for block in same for at in block}


def _beside(texts: Sequence[str], marks: set[int], starts: Collection[int], again: Collection[int]) -> set[int]:
    """Return marks, and the lines that come again beside them or beside a form feed, and again beside these.

    A line that ends as sentences do, or has a label, may be said again and again. It is the page's where it comes again
    word for word, and stands in the midst of sentences.
    """
    before, behind = beside_each(texts)
    edges = {at if texts[at] else behind[at] for at in starts} | {before[at] for at in starts}
    found = set(marks)
    for _ in range(_MOST_LINES):
        before, behind = beside_each(texts, found)
        around = {near for at in found for near in (before[at], behind[at])}
        able = {at for at in around | edges if at is not None and at in again and at not in found}
        plain = {at for at in able if not _is_said(texts[at])}
        times = Counter(key_of(texts[at]) for at in again)
        beside = Counter(key_of(texts[at]) for at in plain)
        beside.update(key_of(texts[at]) for at in found if at in again)
        new = {at for at in plain if beside[key := key_of(texts[at])] >= _AGAIN and 2 * beside[key] > times[key]}
        new |= _said_by_pages(texts, able - plain, again, found)
        if not new:
            break
        found |= new
    return found


def _cutting(texts: Sequence[str], marks: Collection[int], full: int) -> set[int]:
    """Return the indexes of short lines beside `marks` that come but once, in the midst of a sentence in long ones."""
    sides = beside_each(texts, marks)
    near = {side[at] for at in marks for side in sides}
    able = {at for at in near if at is not None and _is_short(texts[at], full)}
    before, behind = beside_each(texts, {*marks, *able})

    def is_long(at: int | None) -> bool:
        return at is not None and len(texts[at]) >= _ROOM * full

    return {at for at in able if cuts(texts, before[at], behind[at]) and is_long(before[at]) and is_long(behind[at])}


def _is_short(text: str, full: int) -> bool:
    """Tell whether a line has room for more and begins as headings do, without an end or a label."""
    plain = not is_ended(text) and not STAGE.match(text) and not _LABELLED.match(text)
    return plain and len(text) < _ROOM * full and (text[0].isupper() or text[0].isdigit())


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
    before, behind = beside_each(texts, {*found, *some})
    cut = Counter(texts[at] for at in some if cuts(texts, before[at], behind[at]))
    return {at for at in some if cut[texts[at]] >= _AGAIN}


def first_heads(texts: Sequence[str], marks: Collection[int], noted: Collection[int]) -> dict[int, str]:
    """Return what stays of the first lines of a text that come again on other pages: it may be the title."""
    kept: dict[int, str] = {}
    seen: set[str] = set()
    before, behind = beside_each(texts, marks)
    prose = next((at for at, text in enumerate(texts) if is_ended(text) and len(text.split()) >= _PROSE), _HEAD)
    for at in sorted(marks):
        rest = without_print(texts[at])
        key = key_of(rest)
        plain = any(map(str.isalpha, rest)) and not (is_mark(rest) or _DELIVERY.match(rest))
        if (
            at < min(prose, _HEAD)
            and at not in noted
            and plain
            and key not in seen
            and not cuts(texts, before[at], behind[at])
        ):
            kept[at] = rest
        seen.add(key)
    return kept
