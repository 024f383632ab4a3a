"""Places among words: whether some words behind /subscribe name the zone, or are about a place; pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from bot.courtesies import is_courtesy
from bot.tokens import Token, cut
from store.text import FOREIGN_STOP_WORDS, STOP_WORDS, fold
from store.zones import How, Place, is_abbreviation, is_like_zone, parse_clock, parse_offset

MOST_WORDS = 4
"""Words that the name of a place may take: "Ho Chi Minh City"."""

_KNOWN_FROM = {How.NAME: 100_000, How.ALIAS: 1_000_000}
"""People from which a city is meant by a word that the archive speaks of too: Moscow and Geneva are, but not Deal in
Kent or Obama in Japan, nor Henderson, which was called Basic once. So it is with a word that is only close to one."""

_LED_FROM = {How.NAME: 100_000, How.ALIAS: 100_000}
"""The same behind "по" and its kin, straight after the hour: "в 9 часов по Владивостоку"."""

_AREAS = frozenset({How.COUNTRY, How.STATE})
_WORDS_TOO = frozenset("eastern central mountain pacific et ct mt pt est".split())
_TIME = frozenset("time timezone zeit время времени".split())
"""What stands behind a place whose clocks are meant, folded."""
_TIME_OF = frozenset("time heure hora zeit".split())
"""What stands before it, with a small word between."""
_ANY_ZONE = "zone"
_ZONE_OF = frozenset({"timezone", _ANY_ZONE, "zeitzone"})
"""What stands before it, with or without one; a zone alone may be another than that of clocks."""
_BEHIND_TIME = 2


_MONTHS = frozenset(
    map(
        fold,
        (
            "january|february|march|april|may|june|july|august|september|october|november|december|"
            "januar|februar|märz|mai|juni|juli|oktober|dezember|"
            "janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre|"
            "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|"
            "январе|феврале|марте|апреле|мае|июне|июле|августе|сентябре|октябре|ноябре|декабре"
        ).split("|"),
    )
)
"""Months, which are named behind "in" as places are: no town of such a name is meant."""


class FindZone(Protocol):
    """`store.places.Places.find`, or what stands in for it."""

    def __call__(self, words: str, *, exact: bool = False) -> tuple[Place, ...]:
        """Return the place of that name, or several to ask about; with `exact`, without forgiving slips."""


class Named(NamedTuple):
    """The places that the first words name, one or several to ask about, and how many words that takes."""

    places: tuple[Place, ...]
    length: int


class PlaceNames:
    """Finds the names of places among words.

    `said` tells whether the archive speaks of a folded word, in any form, `common` whether it is a common English word.
    """

    def __init__(self, find: FindZone, said: Callable[[str], bool], common: Callable[[str], bool]) -> None:
        self._find = find
        self._said = said
        self._common = common

    def zone(self, tokens: Sequence[Token], *, certain: bool, led: bool = False) -> Named | None:
        """Return what the first words name, as many as make a name; None where they are a subject, or name nothing.

        They are a subject where they name a country or a small town that the archive speaks of too, unless it is
        `certain` that a place was to come; `led` says that most likely one was, in some case of its language.
        """
        named = next(self._exactly(tokens), None)
        if named is None:
            return self._nearly(tokens, _LED_FROM if led else _KNOWN_FROM, certain=certain)
        subject = self._is_spoken_of(named, tokens) or not self._is_meant(named, tokens)
        return None if subject and not certain else named

    def other_reading(self, tokens: Sequence[Token], *, likely: bool) -> Named | None:
        """Return the place that the first words name though they are taken for a subject.

        Countries, and small towns that the archive speaks of too, only where a place is `likely`.
        """
        named = next(self._exactly(tokens), None)
        if named is None or not (named.places[0].how in _KNOWN_FROM or (likely and named.places[0].how in _AREAS)):
            return None
        return named if likely or self._is_meant(named, tokens) else None

    def unmistakable(self, tokens: Sequence[Token]) -> Named | None:
        """Return what the first words name that is never a subject: an offset, an IANA name with its slash, or clocks.

        Clocks are "MSK", in capitals, and those of a place: "moscow time", "heure de Paris".
        """
        first = tokens[0]
        for length in (2, 1):
            offset = parse_offset(" ".join(token.raw for token in tokens[:length]))
            if offset and (not first.unwanted or ":" in first.raw):
                return Named((offset,), min(length, len(tokens)))
        found = self._find(first.raw, exact=True) if "/" in first.raw else ()
        if found and found[0].how is How.ZONE:
            return Named(found, 1)
        return None if first.unwanted else self._clock(tokens)

    def _clock(self, tokens: Sequence[Token]) -> Named | None:
        first = tokens[0].text
        if first.isupper() and parse_clock(first) and not self._said(fold(first)):
            return Named(self._find(first, exact=True), 1)
        if fold(first) in _ZONE_OF and len(tokens) > 1:
            start = 1 + (len(tokens) > _BEHIND_TIME and fold(tokens[1].text) in STOP_WORDS)
            named = next(self._exactly(tokens[start:]), None)
            if named and fold(first) == _ANY_ZONE and named.places[0].how in _AREAS:
                return None  # "Buffer zone Syria".
            return named and Named(named.places, named.length + start)
        if fold(first) in _TIME_OF and len(tokens) > _BEHIND_TIME and _is_small(tokens[1]):
            named = next(self._exactly(tokens[_BEHIND_TIME:]), None)
            return named and Named(named.places, named.length + _BEHIND_TIME)
        for length in range(2, min(MOST_WORDS, len(tokens)) + 1):
            if fold(tokens[length - 1].text) in _TIME:
                named = next(self._exactly(tokens[:length]), None)
                if named and named.length == length and _is_known(named.places[0]):
                    return named
        return None

    def unknown(self, tokens: Sequence[Token], *, likely: bool) -> int:
        """Return how many of the first words are written like a zone, though none is known by that; 0 for none.

        What clocks are called for short is one in capitals where the archive does not speak of it ("EAT", "WIT"), and
        however it is written where a place is `likely`.
        """
        first = tokens[0]
        if first.unwanted or first.quoted:
            return 0
        if len(tokens) > 1 and _may_be_word(first):
            return 0
        if is_abbreviation(first.text) and (likely or (first.text.isupper() and not self._said(fold(first.text)))):
            return 1
        lengths = (length for length in (2, 1) if is_like_zone(" ".join(token.raw for token in tokens[:length])))
        return min(next(lengths, 0), len(tokens))

    def is_known(self, token: Token) -> bool:
        """Return whether a word is one of the archive's, or one that carries no subject."""
        folded = fold(token.text)
        return folded in STOP_WORDS or is_courtesy(folded) or self._said(folded)

    def is_word(self, token: Token) -> bool:
        """Return whether a word is one of the archive's, or of the language: it is no slip."""
        return self.is_known(token) or self._common(fold(token.text))

    def _exactly(self, tokens: Sequence[Token]) -> Iterator[Named]:
        """Yield what so many of the first words name to the letter, the longest name first."""
        for length, text in _beginnings(tokens):
            # Blanks do not count in names: "war in" would be Warin.
            small = length == 1 and _is_small(tokens[0]) and not (len(tokens) == 1 and parse_clock(text))
            if small or _ends_in_small(tokens[:length]) or fold(text) in _MONTHS:
                continue
            places = self._find(text, exact=True)
            if places and places[0].how is How.CLOCK and length < len(tokens) and _may_be_word(tokens[length - 1]):
                continue
            if places and not (places[0].how is How.REGION and self._ends_in_country(tokens[:length])):
                yield Named(places, length)

    def _nearly(self, tokens: Sequence[Token], known_from: Mapping[How, int], *, certain: bool) -> Named | None:
        for length, text in _beginnings(tokens):
            # "De la" would be LA.
            if any(map(self.is_known, tokens[:length])) or all(map(_is_small, tokens[:length])):
                continue
            if fold(text) in _MONTHS:
                continue
            places = self._find(text)
            if places and (certain or places[0].people >= known_from.get(places[0].how, math.inf)):
                return Named(places, length)
        return None

    def _is_spoken_of(self, named: Named, tokens: Sequence[Token]) -> bool:
        """Return whether a name is that of a country or a state of which the archive speaks, be it in English."""
        best = named.places[0]
        if best.how not in _AREAS:
            return False
        country = best.label.rpartition(", ")[2] if best.how is How.COUNTRY else ""
        return any(
            all(self._said(fold(token.text)) for token in words)
            for words in (tokens[: named.length], cut(country))
            if words
        )

    def _is_meant(self, named: Named, tokens: Sequence[Token]) -> bool:
        """Return whether a name is meant as that of a place: well known, or no word that the archive speaks of."""
        best = named.places[0]
        return named.length > 1 or _is_known(best) or not self._said(fold(tokens[0].text))

    def _ends_in_country(self, tokens: Sequence[Token]) -> bool:
        """Return whether the last words name a country without a comma: "damascus syria" is a zone and a subject."""
        for start in range(1, len(tokens)):
            found = self._find(" ".join(token.text for token in tokens[start:]), exact=True)
            if found and found[0].how is How.COUNTRY:
                return not tokens[start - 1].comma
        return False


def bare(words: Sequence[str]) -> str:
    """Return the name alone of words that named a place by its clocks: "moscow" of "moscow time", "heure de Moscou"."""
    if len(words) > 1 and fold(words[-1]) in _TIME:
        return " ".join(words[:-1])
    led = len(words) > 1 and fold(words[0]) in _TIME_OF | _ZONE_OF
    small = led and len(words) > _BEHIND_TIME and fold(words[1]) in STOP_WORDS | FOREIGN_STOP_WORDS
    return " ".join(words[led + small :])


def _is_known(place: Place) -> bool:
    """Return whether a place is well known by the name that led to it."""
    return place.people >= _KNOWN_FROM.get(place.how, 0)


def _may_be_word(token: Token) -> bool:
    """Return whether what clocks are called may be a word before others: "eastern Ukraine", "et" in French."""
    return fold(token.text) in _WORDS_TOO and not token.text.isupper()


def _ends_in_small(tokens: Sequence[Token]) -> bool:
    """Return whether words end in a function word; "US" alone is none."""
    return fold(tokens[-1].text) in STOP_WORDS and not (len(tokens) == 1 and tokens[0].text == "US")


def _is_small(token: Token) -> bool:
    """Return whether a word is most likely a function word, though a town may be called that ("по")."""
    folded = fold(token.text)
    return (folded in FOREIGN_STOP_WORDS or is_courtesy(folded)) and not token.text.isupper()


def _beginnings(tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """Yield how many words, and these as one text, the most first; commas stand where they were typed."""
    for length in range(min(MOST_WORDS, len(tokens)), 0, -1):
        parts = [token.raw if token.signed else token.text for token in tokens[:length]]
        commas = [", " if token.comma else " " for token in tokens[: length - 1]]
        yield length, "".join(part + comma for part, comma in zip(parts, [*commas, ""], strict=True))
