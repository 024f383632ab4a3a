"""Which stretches of what was typed may be names, and how a name may be put otherwise; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

_LONGEST_NAME = 7
"""Words that a name typed may have."""


def stretches_of(order: Sequence[str], ends: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yield where names may begin and end that no word is in twice, with one of these words at either end."""
    for first in (at for at, word in enumerate(order) if word in ends):
        inside: set[str] = set()
        for last, word in enumerate(order[first : first + _LONGEST_NAME], start=first + 1):
            if word in inside:
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
