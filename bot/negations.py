"""Words by which people say what they do not want to read about; pure."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from store.text import fold

_NEXT = (
    "not|no|neither|weder|ni|ни|nicht|nichts|kein|keine|keinen|keinerlei|pas|aucun|aucune|ningún|ninguna|ninguno|не|нет|"
    "никаких|don't|dont"
)
"""What denies the one word, or phrase, that follows."""

_REST = (
    "without|except|excluding|minus|ohne|außer|ausgenommen|sans|sauf|excepté|moins|sin|excepto|menos|salvo|"
    "без|кроме|исключая|минус"
)
"""What denies all that follows."""

_NOTHING = "nothing|nichts|rien|nada|ничего"
"""What denies all that is named behind "about" next to it: "nothing about syria"; elsewhere it may be a subject."""

_VERBS = (
    "remove|delete|clear|exclude|ignore|skip|hide|drop|stop|unsubscribe|entferne|entfernen|ausschließen|stopp|supprimer|"
    "supprime|exclure|arrête|arrêter|хватит|"
    "quitar|quita|excluir|исключить|исключи|убери|убрать|удали|удалить"
)
"""What denies all that follows where a request begins with it: "remove syria"; elsewhere it may be a subject."""

_FILLERS = "any|anything|everything|all|alles|tout|todo|все|bitte"
"""What names nothing, or anything: "everything except syria", "all about syria"."""

_ABOUT = "about|on|regarding|concerning|über|zu|von|sur|à|de|о|об|про|sobre"
"""What stands between such a word and what is named."""

_SUBJECTS = (
    "word|words|topic|topics|subject|subjects|filter|filters|wort|wörter|thema|themen|mot|mots|sujet|sujets|"
    "palabra|palabras|tema|temas|filtro|filtros|слова|тема|темы|темам"
)
"""What may stand behind one of these for any subject: "all topics"; behind one that denies too: "no words"."""

_BUT = (("but",), ("apart", "from"), ("aside", "from"), ("other", "than"))
"""What denies the rest behind one of these alone."""

_BETWEEN = (
    "want|interested|need|from|care|send|quiero|interesa|interesado|interesada|veux|intéressé|intéressée|"
    "sea|interessiert|interesse|will|möchte|хочу|интересует|надо|нужно"
)
"""What stands between a word that denies and what is denied."""

_BACK = "but|only|with|plus|aber|nur|mit|mais|avec|seulement|pero|con|solo|но|только|с"
"""What ends that."""

_DENIES_REST = MappingProxyType(
    dict.fromkeys(map(fold, _NEXT.split("|")), False) | dict.fromkeys(map(fold, _REST.split("|")), True)
)
_FILLER = frozenset(map(fold, _FILLERS.split("|")))
_LINK = frozenset(map(fold, _BETWEEN.split("|")))
_DENIES_ABOUT = frozenset(map(fold, _NOTHING.split("|")))
_ABOUTS = frozenset(map(fold, _ABOUT.split("|")))
_SUBJECT = frozenset(map(fold, _SUBJECTS.split("|")))
_ORS = frozenset(map(fold, "or|nor|and|oder|noch|und|ou|ni|et|o|y|e|или|и".split("|")))
_ENDS = frozenset(map(fold, _BACK.split("|")))
_VERB = frozenset(map(fold, _VERBS.split("|")))


def denies_rest(folded: str) -> bool | None:
    """Return whether a word denies all that follows, rather than the next word alone; None where it denies nothing."""
    return _DENIES_REST.get(folded)


def ends(folded: str) -> bool:
    """Tell whether a word ends what was denied."""
    return folded in _ENDS


def is_filler(folded: str) -> bool:
    """Tell whether a word names nothing where one that denies follows: "everything" of "everything except syria"."""
    return folded in _FILLER


def denies_behind_filler(folded: Sequence[str]) -> int:
    """Return how many of the first words deny the rest behind such a filler alone: "but", "apart from"; 0 for none."""
    return next((len(said) for said in _BUT if tuple(folded[: len(said)]) == said), 0)


def denies_first(folded: str) -> bool:
    """Tell whether a word denies all that follows where a request begins with it: "remove"."""
    return folded in _VERB


def denies_about(folded: Sequence[str]) -> bool:
    """Tell whether the first two words deny what follows: "nothing about"."""
    return len(folded) > 1 and folded[0] in _DENIES_ABOUT and folded[1] in _ABOUTS


def is_about(folded: str) -> bool:
    """Tell whether a word stands before what is named: "about"."""
    return folded in _ABOUTS


def is_subject(folded: str) -> bool:
    """Tell whether a word stands for any subject: "topics"."""
    return folded in _SUBJECT


def joins(folded: str) -> bool:
    """Tell whether a word behind what is denied denies what follows as well: "not syria or iran"."""
    return folded in _ORS


def links(folded: str) -> bool:
    """Tell whether a word stands between one that denies and what is denied: "interested" of "not interested in"."""
    return folded in _LINK or folded in _FILLER or folded in _DENIES_ABOUT
