"""Quotation marks in a paragraph: where the quoted strings stand, and the text with their insides covered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_PAIRS = {"“": "”", "«": "»", "„": "“"}
_DOUBLE = re.compile(r"[“”«»„\"]")
_SINGLE_OPEN = re.compile(r"(?:(?<=^)|(?<=[\s(\[—–-]))[‘'](?=\w)(?!\d0s\b)")
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…])[’'](?=$|[\s.,;:!?)\]—–-])")
_CLOSING = '”"'
_SENTENCE_END = ".!?…"


class Quotation(NamedTuple):
    """A quoted string: `start` and `end` of what stands within the marks. `closed` is False where the paragraph ends
    first, as it does where a quotation runs on into the next paragraph; `single` where the marks are single ones.
    """

    start: int
    end: int
    closed: bool = True
    single: bool = False


def quotations(text: str, *, singles: bool = False, single_style: bool = False) -> tuple[Quotation, ...]:
    """Return the quoted strings of a paragraph, outermost only, in order.

    Double marks of any kind count; with `singles`, single ones do too where they stand outside double ones. In
    `single_style`, as the British press has it, single marks are the outer ones and double marks stand within them.
    An apostrophe is no mark. A straight mark opens where a blank or a bracket stands before it and a word behind.
    """
    if single_style:
        outer = _singles(text, [])
        inner = [quote for quote in _doubles(text) if not any(o.start <= quote.start < o.end for o in outer)]
        return tuple(sorted([*outer, *inner]))
    found = _doubles(text)
    return tuple(sorted([*found, *_singles(text, found)])) if singles else tuple(found)


def is_single_style(paragraphs: Iterable[str]) -> bool:
    """Tell whether a text quotes within single marks: more of its quotations open with one than with a double one."""
    single = double = 0
    for text in paragraphs:
        single += len(_singles(text, []))
        double += len(_doubles(text))
    return single > double


def _doubles(text: str) -> list[Quotation]:
    found: list[Quotation] = []
    opened: tuple[int, str] | None = None
    for mark in _DOUBLE.finditer(text):
        char, at = mark.group(), mark.start()
        if opened is None:
            if char in _PAIRS or (char == '"' and _opens(text, at)):
                opened = (at + 1, _PAIRS.get(char, '"'))
        elif char == opened[1] or (char in _CLOSING and opened[1] in _CLOSING and not _opens(text, at)):
            found.append(Quotation(opened[0], at))
            opened = None
    if opened is not None:
        found.append(Quotation(opened[0], len(text.rstrip()), closed=False))
    return found


def _opens(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(after.strip()) and (not before or before.isspace() or before in "([—–-‘'…/")


def _singles(text: str, taken: Sequence[Quotation]) -> list[Quotation]:
    found: list[Quotation] = []
    at = 0
    while opening := _SINGLE_OPEN.search(text, at):
        closing = next((mark for mark in _SINGLE_CLOSE.finditer(text, opening.end()) if _closes(text, mark)), None)
        if closing is None:
            break
        at = closing.end()
        if not any(quote.start - 1 <= opening.start() < quote.end for quote in taken):
            found.append(Quotation(opening.end(), closing.start(), single=True))
    return found


def _closes(text: str, mark: re.Match[str]) -> bool:
    """Tell a closing single mark from the apostrophe of a plural: "our partners’ choice" goes on in lower case."""
    before, after = text[mark.start() - 1], text[mark.end() : mark.end() + 2]
    return before != "s" or not (after[:1] == " " and after[1:].islower())


def cover(text: str, quotes: Sequence[Quotation]) -> str:
    """Return the text, of the same length, with the insides of the quotations covered by `x`.

    Only a last mark that ends a sentence stays, and what opens with a capital is covered by `X` at first: what is said
    within quotation marks can't be taken for what the outlet says, and sentences still begin and end where they do.
    """
    covered = list(text)
    for quote in quotes:
        last = quote.end - 1
        for at in range(quote.start, quote.end):
            if not (at == last and text[at] in _SENTENCE_END):
                covered[at] = "x"
        first = next((letter for letter in text[quote.start : quote.end] if letter.isalnum()), "x")
        if covered[quote.start : quote.start + 1] == ["x"] and not first.islower():
            covered[quote.start] = "X"
    return "".join(covered)
