"""Places: the zone of what a person calls a city, a country, an IANA zone or an offset, in any language and with slips.

Reads `places.db`, which `store.gazetteer` makes from GeoNames (https://www.geonames.org/, CC BY 4.0).
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

from rapidfuzz import process
from rapidfuzz.distance import OSA

from store.database import PLACES, faults, open_for_reading
from store.spelling import ONE_SLIP, TWO_SLIPS, slips
from store.text import squash
from store.zones import (
    GUESS,
    OTHER_NAME,
    How,
    Place,
    adjectives,
    choose,
    is_abbreviation,
    key,
    keys,
    parse_clock,
    parse_offset,
)

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

LONGEST = 80
"""Characters that the name of a place may have; what is longer is none."""

NEAREST = 3
"""Names that are suggested where nothing was found."""

_LIKELY = 5
"""Letters from which a name with a slip is taken for that of a city: of four, one slip makes too many words."""
_PEOPLE = 1_000_000
_PEOPLE_OF_LONG = 100_000
"""People from which a city is meant by a name with slips, and by one so long that hardly another word is near it."""

_MOST_WORDS = 8
_TIME = re.compile(
    r"(?<=\S)\s+(?:(?:(?:local|standard|daylight)\s)?time(?:\s?zone)?|zeit|врем(?:я|ени))$", re.IGNORECASE
)
"""What people add to a place when they mean its time."""
_BEFORE = re.compile(
    r"^(?:(?:time|heure|hora|zeit|время|(?:по )?времени)\s+)?"
    r"(?:at|in|of|for|en|à|de|a|nach|von|für|в|во|по)\s+(?=\S)|^heure d['’]|^(?:по )?времени\s+(?=\S)",
    re.IGNORECASE,
)
"""What people write before it: "in berlin", "hora de Madrid", "по Москве"."""
_ALIKE = 0.75
"""How much of a name must be alike for a suggestion: one letter in four may be another."""


class Places:
    """The open table of places; a connection belongs to the thread that opened it.

    Every method may raise `ArchiveError` when the file fails. Each takes under 5 ms once the file is in memory, so that
    it may be called on an event loop.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    @staticmethod
    def bare(words: str) -> str:
        """Return the name alone of what was typed for a place: "rome" of "in rome"."""
        return _BEFORE.sub("", _TIME.sub("", squash(words)))

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the table at `path`; `ArchiveError` where there is none: `store.gazetteer` makes it."""
        return cls(open_for_reading(path, PLACES), path)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def made_of(self) -> str:
        """Return the versions of what the table was made of, as `store.gazetteer.versions` gives them."""
        return "".join(value for (value,) in self._all("SELECT value FROM about WHERE name = 'made_of'", ()))

    def find(self, words: str, *, exact: bool = False) -> tuple[Place, ...]:
        """Return the place that is meant, or several to ask about, best first; none where none has such a name.

        An offset comes before all, and what clocks are called ("MSK"); then every city, country and state of exactly
        that name, of which `choose` says how many are meant, and where there is none an IANA zone, or the place that
        one is named after ("Lord Howe"); then a city with its country or state ("Paris, Texas"), or, where its time is
        meant, by its adjective ("Moskauer Zeit") or its people ("german time"); then, unless `exact`, what stands
        behind "in", and names with as few slips as `store.spelling` forgives, where it is likely that one of these is
        meant. What clocks are called for short ("CEST") is no name with slips.
        """
        whole = squash(words)
        typed = _TIME.sub("", whole)
        if not typed or len(typed) > LONGEST:
            return ()
        if known := parse_offset(typed) or parse_clock(typed):
            return (known,)
        name = key(typed)
        found = choose(self._called((name,))) or choose(self._with_region(typed))
        if not found and typed != whole:
            found = choose(self._called(keys(adjectives(typed)))) or choose(self._of_people(typed))
        if found or exact or is_abbreviation(typed):
            return found
        if (place := _BEFORE.sub("", typed)) != typed:
            return self.find(place)
        near = choose(self._misspelt(name), GUESS)
        return tuple(replace(place, slip=True) for place in near) if _is_likely(name, near) else ()

    def nearest(self, words: str) -> tuple[Place, ...]:
        """Return at most NEAREST places whose names are the most like this one, for a hint where `find` found none.

        One that is named among several words comes first ("I live in Berlin"), then those that it found too far to be
        taken.
        """
        if named := self._among(words):
            return named
        name = key(words[:LONGEST])
        if len(name) < ONE_SLIP or is_abbreviation(words):
            return ()
        alike = process.extract(
            name,
            self._spellings(name),
            scorer=OSA.normalized_similarity,
            score_cutoff=_ALIKE,
            limit=NEAREST,
        )
        found = (*choose(self._misspelt(name), GUESS), *(choose(self._called((other,)))[0] for other, _, _ in alike))
        return tuple({place.label: replace(place, slip=True) for place in found}.values())[:NEAREST]

    def _among(self, words: str) -> tuple[Place, ...]:
        """Return the largest places that some of several words name to the letter, where one is that is large."""
        typed = re.sub(r"[,()&]", " ", words[:LONGEST]).split()[:_MOST_WORDS]
        parts = {" ".join(typed[start:end]) for end in range(1, len(typed) + 1) for start in range(end)}
        parts = {part for part in parts if len(key(part)) >= ONE_SLIP and not is_abbreviation(part)}
        found = {(place, part) for part in parts if len(typed) > 1 for place in self.find(part, exact=True)}
        # "Central" alone is a word; "Central Time" is a clock.
        clear = [place for place, part in found if place.people >= _PEOPLE_OF_LONG or _TIME.search(part)]
        large = dict.fromkeys(clear)
        weights = {place: place.people * (OTHER_NAME if place.how is How.ALIAS else 1) for place in large}
        # Who names a city and its country means the city.
        vague = {How.CLOCK: 1, How.STATE: 2, How.COUNTRY: 2}
        ordered = sorted(large, key=lambda place: (vague.get(place.how, 0), -weights[place], place.label))
        return tuple(ordered[:NEAREST])

    def _called(self, names: Collection[str]) -> tuple[Place, ...]:
        """Return the places of exactly these names, as `keys` has them."""
        rows = self._all(
            "SELECT label, zone, how, names.people FROM names JOIN places ON place = id "
            "WHERE key IN (SELECT value FROM json_each(?)) ORDER BY names.people DESC",
            (json.dumps(tuple(names)),),
        )
        return tuple(map(_place, rows))

    def _of_people(self, typed: str) -> tuple[Place, ...]:
        """Return the zones of the country whose people are called so, be it with an ending: "german", "deutscher"."""
        rows = self._all(
            "SELECT DISTINCT name.key FROM countries JOIN countries AS name USING (country) "
            "WHERE countries.key IN (SELECT value FROM json_each(?)) AND countries.how IN (?, ?) AND name.how = ?",
            (json.dumps((key(typed), *keys(adjectives(typed)))), "people", "foreign", "name"),
        )
        return tuple(place for place in self._called([name for (name,) in rows]) if place.how is How.COUNTRY)

    def _with_region(self, typed: str) -> tuple[Place, ...]:
        """Return the places that are called by some of the words, and lie in what the words after them call."""
        words = typed.replace(",", " ").split()[:_MOST_WORDS]
        splits = [keys((" ".join(words[:at]), " ".join(words[at:]))) for at in range(len(words) - 1, 0, -1)]
        for name, region in splits:
            rows = self._all(
                "SELECT DISTINCT label, zone, ?, places.people FROM names JOIN places ON place = id "
                "JOIN regions ON regions.country = places.country AND regions.region IN ('', places.region) "
                "WHERE names.key = ? AND regions.key = ? AND how IN (?, ?)",
                (How.REGION, name, region, How.NAME, How.ALIAS),
            )
            if rows:
                return tuple(map(_place, rows))
        return ()

    def _misspelt(self, name: str) -> tuple[Place, ...]:
        """Return the places whose names hold the fewest slips."""
        most = slips(name)
        if not most:
            return ()
        near = process.extract(name, self._spellings(name), scorer=OSA.distance, score_cutoff=most, limit=None)
        fewest = near[0][1] if near else 0
        return self._called([other for other, distance, _ in near if distance == fewest])

    def _spellings(self, name: str) -> list[str]:
        """Return the names that begin or end with the same two letters.

        A name with slips both in its first two and in its last two letters is missed: to look among all names would
        take ten times as long.
        """
        rows = self._all("SELECT keys FROM spellings WHERE part IN (?, ?)", (f"{name[:2]}*", f"*{name[-2:]}"))
        return [spelling for (names,) in rows for spelling in names.split("\n")]

    def _all(self, statement: str, values: tuple[object, ...]) -> list[Any]:
        with faults(self._path, PLACES):
            return self._connection.execute(statement, values).fetchall()


def _is_likely(name: str, near: tuple[Place, ...]) -> bool:
    """Return whether a name with slips is that of one of these places, rather than a word that happens to be close."""
    if not near or len(name) < _LIKELY:
        return False
    from store.realwords import is_common  # noqa: PLC0415 - most names are spelt right

    return near[0].people >= (_PEOPLE if len(name) < TWO_SLIPS else _PEOPLE_OF_LONG) and not is_common(name)


def _place(row: tuple[str, str, str, int]) -> Place:
    label, zone, how, people = row
    return Place(label, zone, How(how), people)
