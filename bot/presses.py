"""What a press of a button asks for, written into the 64 bytes that Telegram keeps with the button.

A letter says which press it is; what follows is its own. Buttons live as long as their messages, over restarts and
new versions: a letter keeps its meaning for good. Whoever presses may have made the bytes up, so `decode` trusts
none of them.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, replace
from datetime import date

from bot import switches
from bot.switches import Switch

LIMIT = 64
"""Bytes of `callback_data`, in UTF-8: https://core.telegram.org/bots/api#inlinekeyboardbutton."""

_MOST = 999_999
"""The largest place in a list that is believed; a longer number is made up."""

_MOST_PIECES = 999


@dataclass(frozen=True, slots=True)
class Ask:
    """A search for `words`, answered by a message of its own."""

    words: str


@dataclass(frozen=True, slots=True)
class Hit:
    """The hit at place `at` (from 0) of the search for `words`, which travel with the button."""

    words: str
    at: int


@dataclass(frozen=True, slots=True)
class KeptHit:
    """The hit at place `at` (from 0) of a saved search: its words were too long to travel."""

    search: int
    at: int


@dataclass(frozen=True, slots=True)
class Place:
    """The counter between the two arrows: hit `at` (from 0) of `total`."""

    at: int
    total: int


@dataclass(frozen=True, slots=True)
class Context:
    """A whole Passage, with the question it answers."""

    passage: str


@dataclass(frozen=True, slots=True)
class AnyQuote:
    """A quote worth reading on its own, of one Document or of the whole Archive."""

    document: str = ""


@dataclass(frozen=True, slots=True)
class DayPage:
    """What falls on a day, from entry `at` on; `year` is None where any year is meant."""

    month: int
    day: int
    year: int | None = None
    at: int = 0


@dataclass(frozen=True, slots=True)
class SourceList:
    """The list of Documents, from number `at` (from 0) on; `fresh` in a message of its own."""

    at: int = 0
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class SourceCard:
    """All that is known of one Document."""

    document: str


@dataclass(frozen=True, slots=True)
class DigestPage:
    """A Digest from quote `at` on: that of `day` and the days before it, `length` in all.

    `words` are those wanted and those unwanted; None where they are too long to travel: then those that the chat has
    now.
    """

    day: date
    length: int = 1
    at: int = 0
    words: tuple[tuple[str, ...], tuple[str, ...]] | None = ((), ())


@dataclass(frozen=True, slots=True)
class NewDocuments:
    """The list of the Documents that came in together by the build of that tag, from number `at` (from 0) on.

    `fresh` in a message of its own.
    """

    tag: str
    at: int = 0
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Removal:
    """A reload that may take out of the archive what the tag stands for, and nothing else."""

    tag: str


Press = (
    Ask
    | Hit
    | KeptHit
    | Place
    | Context
    | AnyQuote
    | DayPage
    | SourceList
    | SourceCard
    | NewDocuments
    | DigestPage
    | Removal
    | Switch
)

_ID = r"[A-Za-z0-9_-]{1,32}"
_NUMBER = r"\d{1,6}"
_FORMS = {
    "a": r"(.+)",
    "h": rf"({_NUMBER}):(.+)",
    "k": rf"({_NUMBER}):(\d{{1,18}})",
    "n": rf"({_NUMBER})/({_NUMBER})",
    "c": rf"({_ID})",
    "r": rf"({_ID})?",
    "d": rf"(\d\d)(\d\d):(\d{{4}})?:({_NUMBER})",
    "l": rf"({_NUMBER})(!)?",
    "s": rf"({_ID})",
    "g": r"(\d{8}):(\d):(\d{1,3}):([^;]*);(.*)",
    "t": r"(.*)",
    "w": rf"([0-9a-f]{{16}}):({_NUMBER})(!)?",
    "x": r"([0-9a-f]{16})",
}


def fits(words: str) -> bool:
    """Tell whether a search's words can travel with its buttons, whichever hit they ask for."""
    return len(encode(Hit(words, _MOST)).encode()) <= LIMIT and decode(encode(Hit(words, 0))) == Hit(words, 0)


def encode(press: Press) -> str:  # noqa: C901, PLR0911, PLR0912 - one return for each kind of press
    """Return the bytes of a press as text; at most `LIMIT` where `fits` said so of the words."""
    match press:
        case Ask(words):
            return f"a{words}"
        case Hit(words, at):
            return f"h{at}:{words}"
        case KeptHit(search, at):
            return f"k{at}:{search}"
        case Place(at, total):
            return f"n{min(at, _MOST)}/{min(total, _MOST)}"
        case Context(passage):
            return f"c{passage}"
        case AnyQuote(document):
            return f"r{document}"
        case DayPage(month, day, year, at):
            return f"d{month:02}{day:02}:{'' if year is None else f'{year:04}'}:{at}"
        case SourceList(at, fresh):
            return f"l{at}{'!' if fresh else ''}"
        case SourceCard(document):
            return f"s{document}"
        case DigestPage(day, length, at, words):
            travelling = "*;" if words is None else ";".join(map(",".join, words))
            return f"g{day:%Y%m%d}:{length}:{at}:{travelling}"
        case NewDocuments(tag, at, fresh):
            return f"w{tag}:{at}{'!' if fresh else ''}"
        case Removal(tag):
            return f"x{tag}"
        case Switch():
            return f"t{switches.written(press)}"


def decode(written: str) -> Press | None:  # noqa: C901, PLR0911, PLR0912 - one return for each kind of press
    """Return the press that was written, or None for what no button of ours carries."""
    form = _FORMS.get(written[:1])
    found = re.fullmatch(form, written[1:], re.ASCII | re.DOTALL) if form else None
    if found is None:
        return None
    first, *others = found.groups()
    match written[0]:
        case "a":
            return Ask(first)
        case "h":
            return Hit(others[0], int(first))
        case "k":
            return KeptHit(int(others[0]), int(first))
        case "n":
            return Place(int(first), int(others[0]))
        case "c":
            return Context(first)
        case "r":
            return AnyQuote(first or "")
        case "d":
            return DayPage(int(first), int(others[0]), int(others[1]) if others[1] else None, int(others[2]))
        case "l":
            return SourceList(int(first), fresh=others[0] is not None)
        case "g":
            return _digest_page(first, *others)
        case "t":
            return switches.read(first)
        case "w":
            return NewDocuments(first, int(others[0]), fresh=others[1] is not None)
        case "x":
            return Removal(first)
        case _:
            return SourceCard(first)


def packed(press: Press) -> str | None:
    """Return a press as the parameter of a link that opens the bot, None where it is too long for one.

    https://core.telegram.org/bots/features#deep-linking: at most 64 of A-Z a-z 0-9 _ -.
    """
    parameter = urlsafe_b64encode(encode(press).encode()).decode().rstrip("=")
    return parameter if len(parameter) <= LIMIT else None


def unpacked(parameter: str) -> Press | None:
    """Return the press that a link carries, None for what no link of ours does."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", parameter, re.ASCII):
        return None
    try:
        return decode(urlsafe_b64decode(f"{parameter}{'=' * (-len(parameter) % 4)}").decode())
    except ValueError:
        return None


def shortened(page: DigestPage) -> DigestPage:
    """Return the page without its words where they are too long to travel, whichever quote it begins at."""
    longest = replace(page, at=_MOST_PIECES)
    return page if len(encode(longest).encode()) <= LIMIT else replace(page, words=None)


def _digest_page(day: str, length: str, at: str, wanted: str, unwanted: str) -> DigestPage | None:
    try:
        of = date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        return None
    words = None if wanted == "*" else (_phrases(wanted), _phrases(unwanted))
    return DigestPage(of, int(length), int(at), words)


def _phrases(joined: str) -> tuple[str, ...]:
    return tuple(phrase for phrase in joined.split(",") if phrase)
