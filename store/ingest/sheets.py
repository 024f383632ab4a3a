"""Printed pages: their numbers, running heads and notes, taken out of the lines of a text; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from store.ingest.lines import STAGE, is_continued, is_ended
from store.ingest.notes import between, foot, unmarked
from store.ingest.pageheads import first_heads, page_heads
from store.ingest.pagenumbers import page_marks

Lines = Sequence[tuple[int, str]]
"""Lines with their numbers, from 1."""

_FULL = 120
_ROOM = 0.6


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
    starts = {at for at, (number, _) in enumerate(lines) if number in breaks}
    marks = page_heads(texts, page_marks(texts), starts, full)
    noted = foot(texts, marks, starts) | between(texts, marks)
    shown = unmarked(texts, marks, starts, noted)
    marks |= noted.keys()
    if not marks and not starts:
        return Unprinted([(number, text) for (number, _), text in zip(lines, shown, strict=True)], frozenset())
    return _joined(lines, shown, marks, starts, kept=first_heads(texts, marks, noted), full=full)


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
    if not before or is_ended(before) or STAGE.match(text):
        return False
    return is_continued(text) or (_ROOM * full <= len(before) <= _FULL and not before.isupper())
