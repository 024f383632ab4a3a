"""Which words of a Passage are the speaker's own, which the outlet's, and which those that were found; pure."""

from __future__ import annotations

from store.model import Attribution, Passage, Quote
from store.text import spans, words

MARKS = frozenset("\"“”„«»'‘’")
"""Quotation marks of the languages that the archive may hold."""

Span = tuple[int, int]


def own_words(passage: Passage) -> tuple[Span, ...]:
    """Return the stretches of the passage's text that are the speaker's own words, with their quotation marks.

    In a report these are the strings of `verbatim`, each where it stands between quotation marks, or runs on from
    the passage before or into the next; one that is not found so counts as the outlet's, never the other way round.
    """
    if passage.attribution is Attribution.SPOKEN:
        return ((0, len(passage.text)),)
    found: list[Span] = []
    behind = 0
    for own in passage.verbatim:
        at = _within_marks(passage.text, own, behind)
        if at is None:
            continue
        behind = at + len(own)
        first = at - (at > 0)
        found.append((first, behind + (passage.text[behind : behind + 1] in MARKS)))
    return tuple(found)


def _within_marks(whole: str, own: str, behind: int) -> int | None:
    at = whole.find(own, behind) if own else -1
    while at >= 0:
        end = at + len(own)
        if (at == 0 or whole[at - 1] in MARKS) and (end == len(whole) or whole[end] in MARKS):
            return at
        at = whole.find(own, at + 1)
    return None


def found_in(quote: Quote) -> list[Span]:
    """Return where what was found stands in the text of a quote; by its words, where the places are not known."""
    if quote.found is None:
        wanted = {word for match in quote.matched for word in words(match)}
        return [(word.start, word.end) for word in spans(quote.text) if word.folded in wanted]
    begin = max(quote.passage.text.find(quote.text.removesuffix("…").rstrip()), 0)
    places = ((start - begin, end - begin) for start, end in quote.found)
    return [(start, end) for start, end in places if start >= 0 and end <= len(quote.text)]
