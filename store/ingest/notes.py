"""Footnotes: found at the foot of a printed page, and their marks taken out of the text; pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Sequence

from store.ingest.lines import is_continued, is_ended

_STARTS = re.compile(
    r"^(?:\[(?P<bracketed>\d{1,3})\]|(?P<number>\d{1,3})|[⁰¹²³⁴-⁹]{1,3}"
    r"|[^\w\s•·+<>(\[#|~=–—-]{1,3}\d{0,2})\s+(?=[“\"‘'«(]?[^\W\d_a-z]|https?:|www\.)"
)
"""What a note begins with: its mark, as it was printed or as a machine that reads print took it ("° Lee, 9.")."""
_CITES = re.compile(
    r"https?://|\bwww\.|\b(?:[IT]bid|Idem|Op\.\s?cit)\b|\b[Cc]f\.|\bSee\s(?:also\s)?[^\W\d_a-z“\"]|\b[A-Z]/(?:RES|HRC|PV)/"
    r"|\b(?:pp?|paras?|arts?|vol|nos?|ch|sec)\.\s?\d|,\s\d{1,4}(?:[-–]\d{1,4})?\s?\.$"
    r"|,\s(?:\d{1,2}\s)?[^\W\d_a-z][^\W\d_]+\s(?:\d{1,2},\s)?(?:19|20)\d\d\s?\.?$|\((?:[^()]*\s)?(?:19|20)\d\d\)\W*$"
)
"""What citations hold and sentences that are spoken hardly ever do."""
_DEFINED = re.compile(r"^\[\^[\w-]+\]:\s")
_REFERRED = re.compile(
    r"(?<=[^\s\]])(?:\[\^[\w-]{1,20}\]|\\?\[\d{1,3}\\?\](?![(:\w])|<sup>\W{0,2}\d{1,3}\W{0,2}</sup>)"
)
_RAISED = re.compile(r"(?:(?<=[^\W\d_][^\W\d_][^\W\d_])|(?<=[.,;:!?”\"’)»]))[⁰¹²³⁴-⁹]{1,3}(?![\w⁰¹²³⁴-⁹])")
_MOST = 600
_LINES = 4


def foot(texts: Sequence[str], marks: Collection[int], starts: Collection[int]) -> dict[int, str]:
    """Return the lines of the notes at the foot of pages, with the number of the note that each begins, or ""."""
    found: dict[int, str] = {}
    for first, end in pages(texts, marks, starts):
        taken: dict[int, str] = {}
        for block in _from_below(texts, first, end):
            opening = texts[block[0]]
            if len(opening) > _MOST or not _STARTS.match(opening) or not _is_one(texts, block):
                break
            taken |= {at: _number(texts[at]) for at in block}
            if _is_noted(texts, block, range(first, block[0])):
                found |= taken
                taken = {}
        found |= {at: _number(texts[at]) for at in range(first, end) if _DEFINED.match(texts[at])}
    return found


def between(texts: Sequence[str], marks: Collection[int]) -> dict[int, str]:
    """Return the lines of notes that cite and stand in the midst of a sentence, where nothing else tells of a page."""
    found: dict[int, str] = {}
    run: list[int] = []
    before = ""
    for at, text in enumerate(texts):
        if not text or at in marks:
            continue
        if len(text) <= _MOST and _STARTS.match(text):
            run.append(at)
            continue
        if run and run[-1] == at - 1 and not is_ended(texts[at - 1]) and not text[0].islower():
            run.append(at)  # The second line of a note.
            continue
        cites = sum(_CITES.search(texts[one]) is not None for one in run)
        if run and 2 * cites >= len(run) and before and not is_ended(before) and is_continued(text):
            found |= {one: _number(texts[one]) for one in run}
        run, before = [], text
    return found


def unmarked(texts: Sequence[str], marks: Collection[int], starts: Collection[int], noted: dict[int, str]) -> list[str]:
    """Return lines without the marks of notes: those that only notes have, and the numbers of notes of their page."""
    shown = [_REFERRED.sub("", text) for text in texts]
    if any("¹" in text for text in texts):  # Notes are counted from one: "²" alone is of an area.
        shown = [_RAISED.sub("", text) for text in shown]
    for first, end in pages(texts, marks, starts):
        numbers = sorted({noted[at] for at in range(first, end) if noted.get(at)}, key=len, reverse=True)
        if numbers:
            mark = _mark_of("|".join(numbers))
            shown[first:end] = [mark.sub("", text) for text in shown[first:end]]
    return shown


def pages(texts: Sequence[str], marks: Collection[int], starts: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield the first index of each printed page and the one behind its last."""
    first = 0
    for at in range(len(texts)):
        if at in marks or at in starts:
            if at > first:
                yield first, at
            first = at + 1 if at in marks else at
    if first < len(texts):
        yield first, len(texts)


def _from_below(texts: Sequence[str], first: int, end: int) -> Iterator[list[int]]:
    """Yield the blocks of lines of a page, the last first: a line that a note's mark opens begins another."""
    block: list[int] = []
    for at in range(end - 1, first - 1, -1):
        if texts[at]:
            block.insert(0, at)
        opens = at == first or not texts[at - 1] or (block[:1] == [at] and _STARTS.match(texts[at]) is not None)
        if block and opens:
            yield block
            block = []


def _is_one(texts: Sequence[str], block: Sequence[int]) -> bool:
    """Tell whether the lines behind the first of a block go on with it: few, and none begins small behind a stop."""
    pairs = itertools.pairwise(block)
    return len(block) <= _LINES and not any(is_ended(texts[one]) and texts[at][0].islower() for one, at in pairs)


def _is_noted(texts: Sequence[str], block: Sequence[int], above: range) -> bool:
    """Tell whether a block at the foot of a page is a note: it cites, or its number is a mark in the text above; not
    where paragraphs above are numbered so.
    """
    number = _number(texts[block[0]])
    if number and any(_number(texts[at]) == str(int(number) - 1) and not _CITES.search(texts[at]) for at in above):
        return False
    if any(_CITES.search(texts[at]) for at in block):
        return True
    return bool(number) and any(_mark_of(number).search(texts[at]) for at in above)


def _mark_of(numbers: str) -> re.Pattern[str]:
    """Return the pattern of notes' numbers behind a word or a stop in a text; "km2" and "CO2" have none."""
    return re.compile(
        rf"(?:(?<=[^\W\d_][^\W\d_][^\W\d_])|(?<=[^\W\d_)”\"’][.,;:!?”\"’)]))(?:{numbers})(?=[\s.,;:)”\"]|$)"
    )


def _number(text: str) -> str:
    match = _STARTS.match(text)
    return (match["bracketed"] or match["number"] or "") if match else ""
