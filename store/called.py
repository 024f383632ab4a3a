"""Which stretches of what was typed may be names, and how a name may be put otherwise; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from store.text import is_of_another_script

_LONGEST_NAME = 7
"""Words that a name typed may have."""

_MOST_PIECES = 24
"""Pieces that it may have in a script whose vowels cut words in pieces, such as those of India, if not many more are
typed than one name has."""


def stretches_of(order: Sequence[str], ends: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yield where names may begin and end that no word is in twice, with one of these words at either end.

    In another script it may be: what are words there are pieces of words elsewhere, "स य क त र ज" of "संयुक्त राज्य".
    """
    for first in (at for at, word in enumerate(order) if word in ends):
        inside: set[str] = set()
        in_pieces = len(order) <= 2 * _MOST_PIECES and is_of_another_script(order[first])
        longest = _MOST_PIECES if in_pieces else _LONGEST_NAME
        for last, word in enumerate(order[first : first + longest], start=first + 1):
            if (in_pieces or word in inside) and not (in_pieces and is_of_another_script(word)):
                break
            inside.add(word)
            if word in ends:
                yield first, last


def turned(words: Sequence[str]) -> str:
    """Return a name without blanks as it is where it does without "of": "sea law" for "law of the sea"."""
    if "of" not in words:
        return "".join(words)
    at = words.index("of")
    return "".join(word for word in (*words[at + 1 :], *words[:at]) if word != "the")
