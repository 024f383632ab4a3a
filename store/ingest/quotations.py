"""Quotation marks in a paragraph: where the quoted strings stand, and the text with their insides covered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_PAIRS = {"“": "”", "«": "»", "„": "“"}
_DOUBLE = re.compile(r"[“”«»„\"]")
_SINGLE_OPEN = re.compile(r"(?:(?<=^)|(?<=[\s(\[—–-]))[‘'](?=\w)")
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…])[’'](?=$|[\s.,;:!?)\]—–-])")
_SENTENCE_END = ".!?…"


class Quotation(NamedTuple):
    """A quoted string: `start` and `end` of what stands within the marks. `closed` is False where the paragraph ends
    first, as it does where a quotation runs on into the next paragraph; `single` where the marks are single ones.
    """

    start: int
    end: int
    closed: bool = True
    single: bool = False


def quotations(text: str, *, singles: bool = False) -> tuple[Quotation, ...]:
    """Return the quoted strings of a paragraph, outermost only, in order.

    Double marks of any kind count; with `singles`, single ones do too where they stand outside double ones. An
    apostrophe is no mark. A straight mark opens where a blank or a bracket stands before it and a word behind.
    """
    found: list[Quotation] = []
    opened: tuple[int, str] | None = None
    for mark in _DOUBLE.finditer(text):
        char, at = mark.group(), mark.start()
        if opened is None:
            if char in _PAIRS or (char == '"' and _opens(text, at)):
                opened = (at + 1, _PAIRS.get(char, '"'))
        elif char == opened[1] or (char in '”"' and opened[1] in '”"' and not _opens(text, at)):
            found.append(Quotation(opened[0], at))
            opened = None
    if opened is not None:
        found.append(Quotation(opened[0], len(text.rstrip()), closed=False))
    if singles:
        found.extend(_singles(text, found))
    return tuple(sorted(found))


def _opens(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(after.strip()) and (not before or before.isspace() or before in "([—–-‘'…/")


def _singles(text: str, taken: Sequence[Quotation]) -> list[Quotation]:
    found: list[Quotation] = []
    at = 0
    while opening := _SINGLE_OPEN.search(text, at):
        closing = _SINGLE_CLOSE.search(text, opening.end())
        if closing is None:
            break
        at = closing.end()
        if not any(quote.start - 1 <= opening.start() < quote.end for quote in taken):
            found.append(Quotation(opening.end(), closing.start(), single=True))
    return found


def cover(text: str, quotes: Sequence[Quotation]) -> str:
    """Return the text, of the same length, with the insides of the quotations covered by `x`.

    Only a last mark that ends a sentence stays, so that what is said within quotation marks can't be taken for what
    the outlet says, and sentences still end where they end.
    """
    covered = list(text)
    for quote in quotes:
        last = quote.end - 1
        for at in range(quote.start, quote.end):
            if not (at == last and text[at] in _SENTENCE_END):
                covered[at] = "x"
    return "".join(covered)
