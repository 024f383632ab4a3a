"""Words by which people say what they do not want to read about; pure."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from store.text import fold

_NEXT = "not|no|nicht|nichts|kein|keine|keinen|pas|не|нет|don't|dont"
"""What denies the one word, or phrase, that follows."""

_REST = (
    "without|except|excluding|minus|ohne|außer|ausgenommen|sans|sauf|excepté|moins|sin|excepto|menos|salvo|"
    "без|кроме|исключая|минус"
)
"""What denies all that follows."""

_FILLERS = "anything|everything|all|alles|tout|todo|все|bitte"
"""What stands before such a word and names nothing: "everything except syria"."""

_BUT = (("but",), ("apart", "from"), ("aside", "from"), ("other", "than"))
"""What denies the rest behind one of these alone."""

_BETWEEN = "want|interested|need|from"
"""What stands between a word that denies and what is denied."""

_BACK = "but|only|with|plus|aber|nur|mit|mais|avec|seulement|pero|con|solo|но|только|с"
"""What ends that."""

_DENIES_REST = MappingProxyType(
    dict.fromkeys(map(fold, _NEXT.split("|")), False) | dict.fromkeys(map(fold, _REST.split("|")), True)
)
_FILLER = frozenset(map(fold, _FILLERS.split("|")))
_LINK = frozenset(_BETWEEN.split("|"))
_ENDS = frozenset(map(fold, _BACK.split("|")))
_ENGLISH = frozenset("not no don't dont without except excluding minus".split())


def denies_rest(folded: str) -> bool | None:
    """Return whether a word denies all that follows, rather than the next word alone; None where it denies nothing."""
    return _DENIES_REST.get(folded)


def is_english(folded: str) -> bool:
    """Tell whether a word denies in English; the others are words of English by chance ("sin")."""
    return folded in _ENGLISH


def ends(folded: str) -> bool:
    """Tell whether a word ends what was denied."""
    return folded in _ENDS


def is_filler(folded: str) -> bool:
    """Tell whether a word names nothing where one that denies follows: "everything" of "everything except syria"."""
    return folded in _FILLER


def denies_behind_filler(folded: Sequence[str]) -> int:
    """Return how many of the first words deny the rest behind such a filler alone: "but", "apart from"; 0 for none."""
    return next((len(said) for said in _BUT if tuple(folded[: len(said)]) == said), 0)


def links(folded: str) -> bool:
    """Tell whether a word stands between one that denies and what is denied: "interested" of "not interested in"."""
    return folded in _LINK
