"""What a press of a button asks for, written into the 64 bytes that Telegram keeps with the button.

A letter says which press it is; what follows is its own. Buttons live as long as their messages, over restarts and
new versions: a letter keeps its meaning for good. Whoever presses may have made the bytes up, so `decode` trusts
none of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LIMIT = 64
"""Bytes of `callback_data`, in UTF-8: https://core.telegram.org/bots/api#inlinekeyboardbutton."""

_MOST = 999_999
"""The largest place in a list that is believed; a longer number is made up."""


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


Press = Ask | Hit | KeptHit | Place | Context | AnyQuote | DayPage | SourceList | SourceCard

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
}


def fits(words: str) -> bool:
    """Tell whether a search's words can travel with its buttons, whichever hit they ask for."""
    return len(encode(Hit(words, _MOST)).encode()) <= LIMIT and decode(encode(Hit(words, 0))) == Hit(words, 0)


def encode(press: Press) -> str:  # noqa: PLR0911 - one return for each kind of press
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


def decode(written: str) -> Press | None:  # noqa: PLR0911 - one return for each kind of press
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
        case _:
            return SourceCard(first)
