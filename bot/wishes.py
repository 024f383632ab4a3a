"""What a chat asked for behind /subscribe: hour, zone, rhythm and words, and what each word was taken for; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from store.errors import UsageError
from store.model import Rhythm
from store.text import clip, words
from store.zones import Place

MOST_WORDS = 32
"""Words, wanted and unwanted, that a subscription may have: as many as a search reads."""

EXAMPLE = "/subscribe 7:30 berlin weekdays syria -sanctions"


class Taken(StrEnum):
    """What a word was taken for."""

    HOUR = "hour"
    ZONE = "zone"
    RHYTHM = "rhythm"
    WANTED = "wanted"
    UNWANTED = "unwanted"
    EVERYTHING = "everything"
    """Any words: those of before go."""
    SETTING = "setting"
    """Something that /settings has a button for: it changes nothing here."""
    NOTHING = "nothing"
    """A word without a subject of its own, such as "the": it changes nothing."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What some words, `typed` as they stand there, were taken for, and their other sensible reading, if any.

    `hour` ("HH:MM"; of a rhythm the one that it means where none is said, as "every evening" does), `rhythm`,
    `weekday` (of a weekly one, from Monday, 0), `places` and `words` are what they say under
    either; a phrase in quotation marks is one of the `words`.
    """

    typed: str
    taken: Taken
    other: Taken | None = None
    hour: str | None = None
    rhythm: Rhythm | None = None
    weekday: int | None = None
    places: tuple[Place, ...] = ()
    words: tuple[str, ...] = ()


class Why(StrEnum):
    """Why nothing was made of something typed."""

    UNREADABLE = "unreadable"
    NO_ZONE = "no zone"
    """It is written like a zone, and there is none of that name."""
    NO_RHYTHM = "no rhythm"
    """It says a rhythm in which no digest comes."""
    OPERATOR = "operator"
    """It narrows a search, which a digest is not."""
    SECOND_HOUR = "second hour"
    SECOND_RHYTHM = "second rhythm"
    SECOND_DAY = "second day"
    SECOND_ZONE = "second zone"
    """There is one of each."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Something typed that nothing was made of, why, and an `example` of what can be read."""

    typed: str
    example: str
    why: Why = Why.UNREADABLE


@dataclass(frozen=True, slots=True)
class Wish:
    """What a chat asked for; None or empty is what it said nothing of.

    `hour` is "HH:MM", `weekday` that of a weekly rhythm, from Monday, 0; `everything` says that no words are
    to choose. `zones` holds the one place whose zone is
    meant, or several to ask about, best first. Each of `wanted` and `unwanted` is a search of its own, as typed.
    `readings` are in the order typed.
    """

    hour: str | None = None
    zones: tuple[Place, ...] = ()
    rhythm: Rhythm | None = None
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    unread: tuple[Unread, ...] = ()
    weekday: int | None = None
    everything: bool = False


def turn(wish: Wish, number: int) -> Wish:
    """Return the Wish with one of its `readings`, counted from 0, turned to the other; as it is where it has none.

    There is one hour, one rhythm and one zone: what gave it before becomes a word where it can be one, else nothing.
    Raises `UsageError` where a word would be both wanted and unwanted.
    """
    if not 0 <= number < len(wish.readings) or wish.readings[number].other is None:
        return wish
    turned = _turned(wish.readings[number])
    readings = [
        _displaced(reading) if reading.taken is turned.taken and turned.taken in _SINGLE else reading
        for reading in wish.readings
    ]
    readings[number] = turned
    return wish_of(readings, wish.unread)


def chosen(wish: Wish, place: Place) -> Wish:
    """Return the Wish with one of several places of one name for its zone."""
    readings = [
        replace(reading, places=(place,)) if reading.taken is Taken.ZONE else reading for reading in wish.readings
    ]
    return wish_of(readings, wish.unread)


_SINGLE = frozenset({Taken.HOUR, Taken.ZONE, Taken.RHYTHM})


def _turned(reading: Reading) -> Reading:
    return reading if reading.other is None else replace(reading, taken=reading.other, other=reading.taken)


def _displaced(reading: Reading) -> Reading:
    return _turned(reading) if reading.other else replace(reading, taken=Taken.NOTHING)


def wish_of(readings: Iterable[Reading], unread: Iterable[Unread]) -> Wish:
    """Return what these readings, in the order typed, come to.

    Raises `UsageError` for more than MOST_WORDS words, and for one that is both wanted and unwanted.
    """
    readings = tuple(readings)
    wanted = _distinct(word for reading in readings if reading.taken is Taken.WANTED for word in reading.words)
    unwanted = _distinct(word for reading in readings if reading.taken is Taken.UNWANTED for word in reading.words)
    if len(wanted) + len(unwanted) > MOST_WORDS:
        raise UsageError(f"More than {MOST_WORDS} words are too many to choose by.", EXAMPLE)
    if both := wanted.keys() & unwanted.keys():
        word = next(word for key, word in wanted.items() if key in both)
        raise UsageError(f"“{clip(word, 40)}” can’t be both wanted and unwanted.", EXAMPLE)
    taken = {reading.taken: reading for reading in reversed(readings)}
    nothing = Reading("", Taken.NOTHING)
    rhythm = taken.get(Taken.RHYTHM, nothing)
    return Wish(
        hour=(taken.get(Taken.HOUR) or rhythm).hour,
        zones=taken.get(Taken.ZONE, nothing).places,
        rhythm=rhythm.rhythm,
        wanted=tuple(wanted.values()),
        unwanted=tuple(unwanted.values()),
        readings=readings,
        unread=tuple(unread),
        everything=Taken.EVERYTHING in taken,
        weekday=next((day.weekday for day in readings if day.taken is Taken.RHYTHM and day.weekday is not None), None),
    )


def _distinct(said: Iterable[str]) -> dict[str, str]:
    """Return the words by how they compare, each as it was typed first."""
    found: dict[str, str] = {}
    for word in said:
        found.setdefault(" ".join(words(word)), word)
    return found
