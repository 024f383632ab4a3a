"""Places as zones: offsets as they are typed, names as they compare, and which of several namesakes is meant; pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import compress

from store.text import fold

CLEAR = 0.9
"""The share of people at which one of several namesakes is taken without asking.

Who types "Paris" is one of those who live in a Paris, most likely one of the more numerous: with nine in ten of them
in one zone (London, Geneva, Moscow), a question would tire nine to spare one. Birmingham (84 in 100 of them in
England), Tripoli (85 in Libya) and Springfield are asked about.
"""

GUESS = 0.5
"""The share at which one of several names that are close to what was typed is taken, to be confirmed."""

OTHER_NAME = 0.25
"""How much a city counts under another name than its own: half of these are of the past, or of its suburbs."""

NEGLIGIBLE = 0.01
"""The share of the largest namesake's people below which another is not worth a button."""

MOST = 8
"""Places that are offered to choose among: as many buttons as a screen holds."""

UTC = "UTC"

ABBREVIATIONS = frozenset(
    "acdt acst adt aedt aest akdt akst ast awst bst cat cdt cest cet chst cst eat edt eest eet est hdt hkt hst idt ist "
    "jst kst mdt mest met msk mst ndt nst nzdt nzst pdt pkt pst sast sst wat west wet wib wit wita "
    "et ct mt pt mez mesz мск".split()
)
"""What clocks are called for short, folded: those of the IANA database in its zones of today, and what people say.

Most stand for several zones ("IST": India, Ireland, Israel), some for one half of a year alone.
"""

_US = "United States"
_CLOCKS = (
    dict.fromkeys(("eastern", "et", "est", "edt"), (f"Eastern Time, {_US}", "America/New_York"))
    | dict.fromkeys(("central", "ct"), (f"Central Time, {_US}", "America/Chicago"))
    | dict.fromkeys(("mountain", "mt"), (f"Mountain Time, {_US}", "America/Denver"))
    | dict.fromkeys(("pacific", "pt", "pst", "pdt"), (f"Pacific Time, {_US}", "America/Los_Angeles"))
    | dict.fromkeys(("msk", "мск"), ("Moscow Time", "Europe/Moscow"))
)
"""Clocks by what people call them, folded, where one zone is meant, in summer and in winter."""

_LIKE_OFFSET = re.compile(r"(?:utc|gmt)\s?[+-]?\s?\d[\d:.,]*")
_LIKE_ZONE = re.compile(r"(?:africa|america|antarctica|arctic|asia|atlantic|australia|etc|europe|indian|pacific)/\S+")
_OFFSET = re.compile(r"(?:utc|gmt)?\s?([+-])\s?(\d{1,2})(?:[:.]?([0-5]\d)|[.,](5))?")
# Begins with letters to look for, which is ten times as fast over many names as a look at what stands before them.
_SAINT = re.compile(r"saint(?<![^\W_]saint)(?=[\W_]+[^\W_])")
_POSIX = re.compile(r"etc/gmt([+-])(\d{1,2})")
_RUSSIAN_ADJECTIVE = re.compile(r"(\w{3,})ск(?:ому|ое|ого|им|ом)")
_SHORTEST_ADJECTIVE = 5
_FURTHEST = {"-": 12 * 60, "+": 14 * 60}
"""Minutes from UTC that clocks on Earth show at most (tzdata: Etc/GMT+12, Pacific/Kiritimati)."""


class How(StrEnum):
    """What it was in the words typed that led to a Place."""

    NAME = "name"
    """The name of the city, as GeoNames has it first."""
    ALIAS = "alias"
    """A name that it has in another language, or had once."""
    REGION = "name and region"
    """Its name, then its country or, in the United States, its state."""
    COUNTRY = "country"
    """The name of a country: the Place is the largest city of each zone there."""
    STATE = "state"
    """The name of a state of the United States: the Place is the largest city of each zone there."""
    CLOCK = "clock"
    """What the clocks of a zone are called: "Eastern Time"."""
    ZONE = "zone"
    """The name of an IANA zone, or of the place that it is named after."""
    OFFSET = "offset"
    """An offset from UTC."""


_LESS = frozenset({How.ALIAS, How.STATE})
"""What counts less than a city's own name: who means a state most often names a city of it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its zone.

    `label` is what to call it: "Berlin, Germany", "Springfield, Missouri, United States", "Germany" where it has one
    zone, "Australia/Lord_Howe", "UTC+05:30". `zone` is an IANA name, or an offset like that last one ("UTC" for none).
    `people` live there, or in its zone and country where `how` is COUNTRY; 0 where that does not apply. `slip` says
    that what was typed is only close to such a name: the Place is a guess, to be confirmed.
    """

    label: str
    zone: str
    how: How
    people: int = 0
    slip: bool = False


def parse_offset(words: str) -> Place | None:
    """Return the offset that a person typed ("+3", "utc+05:30", "GMT-4", "UTC"), None for anything else.

    A sign means what people mean by it: "GMT-4" is four hours behind. In the IANA names "Etc/GMT-4" it is the other
    way round (https://data.iana.org/time-zones/tzdb/etcetera).
    """
    typed = fold(words).replace("−", "-").replace("–", "-").strip()
    if typed in {"utc", "gmt"}:
        return _offset("+", 0)
    if match := _POSIX.fullmatch(typed):
        return _offset("-" if match[1] == "+" else "+", int(match[2]) * 60)
    if match := _OFFSET.fullmatch(typed):
        return _offset(match[1], int(match[2]) * 60 + (30 if match[4] else int(match[3] or 0)))
    return None


def parse_clock(words: str) -> Place | None:
    """Return the zone whose clocks are called so ("eastern", "ET", "MSK"), None for anything else.

    What stands for several zones alike, such as "IST", is none.
    """
    found = _CLOCKS.get(fold(words).strip())
    return Place(*found, How.CLOCK) if found else None


def adjectives(word: str) -> tuple[str, ...]:
    """Return what a place may be called by whose adjective this is: "московскому", "Moskauer"; none for no such word.

    Russian adjectives take -ский in any case, where the place may end in -ск, -а or nothing, or hold a vowel less
    (Москва, московский); German ones take -er.
    """
    folded = fold(word)
    if found := _RUSSIAN_ADJECTIVE.fullmatch(folded):
        stem = found[1]
        return (stem, f"{stem}ск", f"{stem}а", *((f"{stem[:-2]}ва",) if stem.endswith("ов") else ()))
    return (folded[:-2],) if len(folded) > _SHORTEST_ADJECTIVE and folded.endswith("er") else ()


def is_like_zone(words: str) -> bool:
    """Return whether words are written like an offset or an IANA zone, be there one of that name or not."""
    typed = fold(words).replace("−", "-").replace("–", "-").strip()
    return (_LIKE_OFFSET.fullmatch(typed) or _LIKE_ZONE.fullmatch(typed)) is not None


def is_abbreviation(words: str) -> bool:
    """Return whether words are what some clock is called for short."""
    return fold(words).strip() in ABBREVIATIONS


def keys(names: Iterable[str]) -> list[str]:
    """Return each name as it compares: folded, letters and digits alone, "" where there are none.

    Without blanks, so that "Sao Paulo", "São-Paulo" and "saopaulo" are one; "saint" is "st". The same as `key` of
    each, but ten times as fast over many, which are folded all at once.
    """
    lines = [name.replace("\n", " ") for name in names]
    plain = [line.isascii() for line in lines]
    quick = _letters("\n".join(compress(lines, plain)))
    other = _letters("\n".join(line for line in lines if not line.isascii()))
    return [next(quick if ascii_alone else other) for ascii_alone in plain]


def _letters(names: str) -> Iterator[str]:
    """Yield the lines of a text, each folded to letters and digits; the vowel signs of India are letters here."""
    folded = _SAINT.sub("st", fold(names))
    signs = "".join(c for c in set(folded) if c != "\n" and not (c.isalnum() or unicodedata.category(c) == "Mc"))
    return iter(re.sub(f"[{re.escape(signs)}]+", "", folded).split("\n") if signs else folded.split("\n"))


def key(name: str) -> str:
    """Return one name as `keys` does."""
    return keys((name,))[0]


def choose(namesakes: Iterable[Place], clear: float = CLEAR) -> tuple[Place, ...]:
    """Return the one that is meant, where a zone has this share of the people; else those to ask about, at most MOST.

    The largest comes first. Only zones count: two namesakes in one zone need no question, and the larger stands for
    both. Beside a city of that very name that counts the most, those that are called otherwise are none: Lomé is not
    meant by "Rome", though Santiago de Cuba may be by "Santiago".
    """
    weights = {place: place.people * (OTHER_NAME if place.how in _LESS else 1) for place in namesakes}
    ordered = sorted(weights, key=lambda place: (-weights[place], place.label, place.zone))
    if ordered and ordered[0].how is How.NAME:
        name = key(ordered[0].label.partition(",")[0])
        ordered = [place for place in ordered if place.how is not How.ALIAS or name in key(place.label)]
    people: dict[str, float] = {}
    for place in ordered:
        people[place.zone] = people.get(place.zone, 0) + weights[place]
    if not ordered:
        return ()
    zone = max(people, key=lambda zone: people[zone])
    if len(people) == 1 or people[zone] >= clear * sum(people.values()) > 0:
        return (_whole(next(place for place in ordered if place.zone == zone)),)
    least = NEGLIGIBLE * weights[ordered[0]]
    return _told_apart(place for place in ordered if weights[place] >= least)


def _whole(place: Place) -> Place:
    """Return the country or the state alone, where that is what was typed and one zone speaks for it."""
    if place.how is How.STATE:
        return replace(place, label=place.label.partition(", ")[2])
    return replace(place, label=place.label.rpartition(", ")[2]) if place.how is How.COUNTRY else place


def _told_apart(places: Iterable[Place]) -> tuple[Place, ...]:
    """Return the places under labels that differ: with its zone, where a country has two of one name."""
    distinct: dict[tuple[str, str], Place] = {}
    for place in places:
        distinct.setdefault((place.label, place.zone), place)
    seen = Counter(label for label, _ in distinct)
    named = (
        replace(place, label=f"{place.label} ({place.zone})") if seen[place.label] > 1 else place
        for place in distinct.values()
    )
    return tuple(named)[:MOST]


def _offset(sign: str, minutes: int) -> Place | None:
    if minutes > _FURTHEST[sign]:
        return None
    zone = f"UTC{sign}{minutes // 60:02}:{minutes % 60:02}" if minutes else UTC
    return Place(zone, zone, How.OFFSET)
