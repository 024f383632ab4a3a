"""Words by which people say what they do not want to read about; pure."""

from __future__ import annotations

from types import MappingProxyType

from store.text import fold

_NEXT = "not|no|nicht|kein|keine|keinen|pas|не|нет"
"""What denies the one word, or phrase, that follows."""

_REST = (
    "without|except|excluding|minus|ohne|außer|ausgenommen|sans|sauf|excepté|moins|sin|excepto|menos|salvo|"
    "без|кроме|исключая|минус"
)
"""What denies all that follows."""

_BACK = "but|only|with|plus|aber|nur|mit|mais|avec|seulement|pero|con|solo|но|только|с"
"""What ends that."""

_DENIES_REST = MappingProxyType(
    dict.fromkeys(map(fold, _NEXT.split("|")), False) | dict.fromkeys(map(fold, _REST.split("|")), True)
)
_ENDS = frozenset(map(fold, _BACK.split("|")))
_ENGLISH = frozenset("not no without except excluding minus".split())


def denies_rest(folded: str) -> bool | None:
    """Return whether a word denies all that follows, rather than the next word alone; None where it denies nothing."""
    return _DENIES_REST.get(folded)


def is_english(folded: str) -> bool:
    """Tell whether a word denies in English; the others are words of English by chance ("sin")."""
    return folded in _ENGLISH


def ends(folded: str) -> bool:
    """Tell whether a word ends what was denied."""
    return folded in _ENDS
