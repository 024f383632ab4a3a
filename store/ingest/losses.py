"""What of a page looks like running text and was left out: it is told, and never lost silently."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from store.ingest.layout import Utterance
from store.ingest.page import Paragraph
from store.ingest.voice import is_own
from store.text import words

_SHARE = 0.1
_WORDS = 60
"""A note on the speaker or the outlet behind a text has hardly more words, nor more than a tenth of what is kept."""
_SHOWN = 60


def _words_of(lines: Sequence[Paragraph]) -> int:
    return sum(len(words(line.text)) for line in lines if line.is_prose)


def ahead(head: Sequence[Paragraph]) -> Iterator[tuple[int, str]]:
    """Yield the first line above what is kept that says I or we as a speaker does: it may be how the speech opens."""
    own = [line for line in head if line.is_prose and is_own(line)]
    if own:
        why = (
            f"left out above the first words kept, from “{shown(own[0].text)}” on: {_words_of(own)} words look like"
            " running text; if they are the speaker's, label them with “Name:”"
        )
        yield own[0].line, why


def shown(text: str) -> str:
    """Return the beginning of a line, as messages quote it."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…"


def behind(rest: Sequence[Paragraph], kept: Sequence[Utterance]) -> Iterator[tuple[int, str]]:
    """Yield the line at which reading stopped and what is behind it, where that is a good share of running text."""
    lost = _words_of(rest)
    if lost >= max(_WORDS, _SHARE * sum(len(words(one.text)) for one in kept)):
        why = (
            f"reading stopped here, at “{shown(rest[0].text)}”: {lost} words from here on look like running text; if"
            " the speaker goes on, take this line out of the file, or label with “Name:” what is said behind it"
        )
        yield rest[0].line, why


def own_voice(lines: Sequence[Paragraph], kept: Sequence[Utterance]) -> tuple[int, int]:
    """Return the first line of the paragraphs that say I or we outside of quotation marks and are not among those
    kept, and how many words these have beyond the words kept: more than none, and a page is no report but a speech.
    """
    read: Collection[int] = {one.line for one in kept}
    own = [line for line in lines if line.line not in read and is_own(line)]
    return own[0].line if own else 0, _words_of(own) - sum(len(words(one.text)) for one in kept)
