"""What a format makes of a page: who says what, before it is given ids and kept."""

from __future__ import annotations

from dataclasses import dataclass

from store.model import Attribution


@dataclass(frozen=True, slots=True)
class Utterance:
    """One paragraph of a speaker's words as a format found it; `line` is where it begins in the file, from 1.

    `speaker` is the name as the page spells it, or None where the page does not say.
    """

    line: int
    text: str
    attribution: Attribution
    speaker: str | None = None
    question: str | None = None
    verbatim: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A page as a format reads it.

    `body` is the index of the first paragraph behind the head of the page. `explained` says how well the format
    explains the text: the share of its letters, from 0 to 1, that the format knows what to make of. `kind` and
    `live` are what the layout itself tells: a live report is dated by the day it reports. `lacks` says what a text of
    the format lacks to be read, where it holds no words of a speaker. `left_out` tells, with the line it begins at,
    what a text that is read holds and nothing was made of.
    """

    body: int
    explained: float
    utterances: tuple[Utterance, ...]
    kind: str | None = None
    live: bool = False
    lacks: str | None = None
    left_out: tuple[tuple[int, str], ...] = ()
