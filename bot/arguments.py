"""What stands behind a command, as a request; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from types import MappingProxyType

from bot.courtesies import is_courtesy
from bot.negations import is_filler
from bot.placenames import FindZone, PlaceNames
from bot.rhythms import close_ranges
from bot.tokens import cut
from bot.wishes import EXAMPLE, Wish, wish_of
from bot.wordings import Reader
from store.errors import UsageError
from store.text import STOP_WORDS, fold, squash

_MEANT = MappingProxyType(
    {
        "/unsubscribe": "stop|off|end|quit|cancel|unsubscribe|no|none|never|turn off|switch off|стоп|выкл|выключить|"
        "отписаться|отмена|нет|stopp|aus|ausschalten|beenden|abbestellen|abmelden|nein|arret|arreter|desactiver|"
        "desabonner|se desabonner|non|parar|apagar|desactivar|cancelar|darse de baja|"
        "pause|suspend|пауза|приостановить|pausieren|anhalten|suspendre|pausa|pausar|suspender",
        "/help": "help|помощь|справка|hilfe|aide|ayuda",
        "/subscribe": "subscribe|abonnieren|abonnier|s'abonner|abonner|suscribirse|suscribir|подписаться|подписка",
        "/onthisday": "on this day",
        "/settings": "settings|настройки|einstellungen|parametres|ajustes|"
        "resume|unpause|возобновить|fortsetzen|reprendre|reanudar",
    }
)
_COMMAND_OF = MappingProxyType({fold(said): command for command, many in _MEANT.items() for said in many.split("|")})

_NO_SUBJECTS = frozenset({"subscribe", "unsubscribe", "timezone", "onthisday"})
"""Names of commands that nobody looks for something with."""
_AROUND = "/.,:!? "

MOST_TOKENS = 64
"""Words, signs and phrases that are read behind /subscribe; nobody means more."""

_COMMAND = re.compile(r"/[A-Za-z0-9_]+(?:@[A-Za-z0-9_]+)?")
_NUMBER = re.compile(r"(?:#|no\.?|№)?\s*(\d{1,6})\.?", re.IGNORECASE)


def after_command(text: str) -> str:
    """Return what stands behind the command that a message begins with, on one line; "" where nothing does."""
    return squash(_COMMAND.sub("", text, count=1))


def command_meant(words: str) -> str | None:
    """Return the command that is meant by words that ask for something else than a digest: "off" for /unsubscribe."""
    said = fold(squash(words)).strip("/.!? ")
    asked = " ".join(word for word in said.split() if not is_courtesy(word))
    return _COMMAND_OF.get(said) or _COMMAND_OF.get(asked)


def command_typed(words: str, names: Collection[str]) -> str | None:
    """Return the command that a message without a slash is written like, with what stands behind it; None for none.

    "status" alone, of the commands of these `names`; with words behind it one that is no subject: "subscribe 8:00".
    """
    first, _, rest = squash(words).partition(" ")
    name = fold(first).strip(_AROUND)
    if name in _NO_SUBJECTS and name in names and not means_all(rest):
        return f"/{name} {rest}"
    asked = [fold(token.text) for token in cut(words)]
    asked = [word for word in asked if word in names or not means_all(word)]
    return f"/{asked[0]}" if len(asked) == 1 and asked[0] in names else None


def means_all(words: str) -> bool:
    """Tell whether words behind a command ask for nothing less than it does: none, or such as "all of me, please"."""
    folded = [fold(token.text) for token in cut(words)]
    return all(is_filler(word) or is_courtesy(word) or word in STOP_WORDS for word in folded)


def source_number(words: str) -> int | None:
    """Return the number of a document as people write it ("2", "#2", "no. 2"), None for anything else."""
    found = _NUMBER.fullmatch(words)
    return int(found[1]) if found else None


def parse_subscription(
    typed: str, *, find_zone: FindZone, said: Callable[[str], bool], common: Callable[[str], bool]
) -> Wish:
    """Return what the words after /subscribe ask for, in any order; nothing at all is an empty Wish.

    A place straight after the hour, or after "in", gives the zone; so do, anywhere, an IANA name with its slash and
    an offset. Anywhere else a place is a word. A country is always one, save in "7:30 in germany"; so is, straight
    after the hour or after "in" alone, the name of a small town that the archive speaks of. A mere number is the hour
    only where nothing else is.

    `said` tells whether the archive speaks of a folded word, `common` whether one is common in English: neither is a
    slip in another.

    What can't be read is in `Wish.unread`. Raises `UsageError` for more words than a Wish may have, and for one that
    is both wanted and unwanted.
    """
    tokens = cut(close_ranges(typed))
    if len(tokens) > MOST_TOKENS:
        raise UsageError(f"More than {MOST_TOKENS} words are too many to read.", EXAMPLE)
    return wish_of(*Reader(tokens, PlaceNames(find_zone, said, common)).read())
