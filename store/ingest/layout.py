"""What a format makes of a page: who says what, before it is given ids and kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from store.model import Attribution
from store.text import excerpt

_QUOTATION = re.compile(r"""^(?:"[^"]+"|[“„][^“”„]+[”“]|«[^«»]+»|»[^«»]+«)[.,;!?…]?$""")


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


def introduced(utterances: Iterable[Utterance]) -> Iterator[Utterance]:
    """Join a paragraph that is a quotation to the one that leads to it: "My predecessor put it this way:".

    By itself it would pass for the speaker's own words. What can't be shown together stays apart.
    """
    before: Utterance | None = None
    for one in utterances:
        same = before is not None and (before.speaker, before.question) == (one.speaker, one.question)
        if before is not None and same and before.text.endswith(":") and _QUOTATION.match(one.text):
            joined = f"{before.text} {one.text}"
            if excerpt(joined) == joined:
                before = replace(before, text=joined)
                continue
        if before is not None:
            yield before
        before = one
    if before is not None:
        yield before
