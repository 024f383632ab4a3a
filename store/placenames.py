"""Names of places: which countries and cities an archive speaks of, and what they are called."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from store import endings, text
from store.kinship import Thing

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator

    from store.kinship import Name

_LARGE = 100_000
"""People from which a city is taken for one that the archive may speak of, unless it is a capital, or a smaller one
whose name is one word that is no frequent one of English: "Kherson"."""

_SHORTEST = 4
"""Letters that a foreign name must have to be taken for a city's: GeoNames has codes among them."""

_WITHIN = r"(?<=[\w,;] )"
_IN_LOWER_CASE = r"\b[a-z]+[,;]? "
"""What stands before a name within a sentence, and before one that is no surname nor the end of a longer one."""

_SAMPLES = 5
"""Passages that are looked at for how a name is written."""


class PlaceNames:
    """The names of a `places.db` for what an archive speaks of; `words` are the folded words that it holds."""

    def __init__(self, places: sqlite3.Connection, archive: sqlite3.Connection, words: Collection[str]) -> None:
        self._places = places
        self._archive = archive
        self._words = words

    def countries(self) -> Iterator[Thing]:
        """Yield each country, with all its names but those in other languages."""
        names: dict[str, list[Name]] = {}
        rows = self._places.execute("SELECT country, words, root, how FROM countries WHERE how <> 'foreign'")
        for country, words, root, how in rows:
            names.setdefault(country, []).append((words, root or endings.root_of_all(words), how))
        yield from (Thing(tuple(found), country) for country, found in names.items())

    def foreign(self, countries: Collection[str]) -> Iterator[tuple[str, Name]]:
        """Yield the names in other languages of countries, given by their codes, each with the code."""
        rows = self._places.execute(
            "SELECT country, words, root FROM countries "
            "WHERE how = 'foreign' AND country IN (SELECT value FROM json_each(?))",
            (json.dumps(tuple(countries)),),
        )
        for country, words, root in rows:
            yield country, (words, root or endings.root_of_all(words), "foreign")

    def cities(self) -> Iterator[Thing]:
        """Yield the cities that the archive speaks of, by the largest of each name, under the name that it writes."""
        rows = self._places.execute(
            "SELECT label, id FROM places WHERE country IS NOT NULL AND people >= ? ORDER BY people DESC", (_LARGE,)
        ).fetchall()
        smaller = dict(self._smaller())
        capitals = {words for (words,) in self._places.execute("SELECT words FROM countries WHERE how = 'capital'")}
        found: dict[str, int] = {}
        for label, city in (*rows, *((label, city) for city, label in smaller.items())):
            name = label.partition(",")[0]
            words = " ".join(text.words(name))
            is_new = words and words not in found and self._may_be_said(words)
            before = _IN_LOWER_CASE if city in smaller else _WITHIN
            if is_new and is_written(self._archive, name, words, before, is_capital=words in capitals):
                found[words] = city
        for city, name in self._otherwise_written([city for _, city in rows if city not in found.values()]):
            found.setdefault(name, city)
        others: dict[int, list[str]] = {city: [] for city in found.values()}
        # One pass over all names is quicker than an index that nothing else needs.
        aliases = self._places.execute(
            "SELECT place, key, country, places.people FROM names JOIN places ON id = place "
            "WHERE how = 'alias' AND place IN (SELECT value FROM json_each(?))",
            (json.dumps(list(others)),),
        ).fetchall()
        others_of = _elsewhere(self._places, {key for _, key, _, _ in aliases if key.isascii()})
        for city, key, country, people in aliases:
            # Of a smaller city, a name in our letters is rather somebody's: "Harrison" was that of Scranton.
            if city in smaller and key.isascii():
                continue
            # Stalin is what Donetsk, Varna and others were called once, and of none of them what is meant.
            if not any(other != country and 3 * many > people for other, many in others_of.get(key, ())):
                others[city].append(key)
        for words, city in found.items():
            foreign = [(key, endings.root(key), "foreign") for key in others[city] if _may_be_typed(key)]
            yield Thing(((words, "", "name"), *foreign))

    def _smaller(self) -> list[tuple[int, str]]:
        """Return id and label of the smaller cities whose names are words of the archive, the largest first."""
        from store.realwords import is_frequent  # noqa: PLC0415 - only builds ask for cities

        may_be = [word for word in self._words if len(word) >= _SHORTEST]
        rows = self._places.execute(
            "SELECT names.key, places.id, label FROM json_each(?) AS one JOIN names ON names.key = one.value "
            "JOIN places ON places.id = place "
            "WHERE how = 'name' AND country IS NOT NULL AND places.people < ? ORDER BY places.people DESC, places.id",
            (json.dumps(may_be), _LARGE),
        ).fetchall()
        return [(city, label) for key, city, label in rows if not is_frequent(key)]

    def _otherwise_written(self, cities: list[int]) -> Iterator[tuple[int, str]]:
        """Yield those of these cities that the archive calls by another name, such as a former one: "Kiev"."""
        rows = self._places.execute(
            "SELECT names.key, place FROM json_each(?) JOIN names ON names.key = value WHERE names.how = 'alias' "
            "AND value NOT IN (SELECT key FROM countries WHERE how <> 'foreign') ORDER BY people DESC",
            (json.dumps([word for word in self._words if len(word) >= _SHORTEST]),),
        ).fetchall()
        wanted = set(cities)
        for key, city in rows:
            if city in wanted and is_written(self._archive, key.capitalize(), key):
                wanted.discard(city)
                yield city, key

    def _may_be_said(self, words: str) -> bool:
        return all(word in self._words for word in words.split(" "))


def is_written(
    archive: sqlite3.Connection, name: str, words: str, before: str = _WITHIN, *, is_capital: bool = False
) -> bool:
    """Tell whether an archive writes a word as a whole name: not "nice", nor the "San" of "San Francisco".

    What stands `before` it tells, as the pattern has it.
    A capital may also begin every sentence that it stands in, or the name of a treaty, unless it is a word too.
    """
    rows = archive.execute(
        "SELECT text FROM passages_fts WHERE passages_fts MATCH ? LIMIT ?", (f'text : "{words}"', _SAMPLES)
    ).fetchall()
    within = re.compile(rf"{before}{re.escape(name)}\b(?!\s[A-Z])")
    if any(within.search(said) for (said,) in rows):
        return True
    return is_capital and all(re.search(rf"\b{re.escape(name)}\b", said) for (said,) in rows)


def _elsewhere(places: sqlite3.Connection, keys: Iterable[str]) -> dict[str, list[tuple[str, int]]]:
    """Return for each of these names the countries and the people of all places that are called so."""
    found: dict[str, list[tuple[str, int]]] = {}
    for key, country, people in places.execute(
        "SELECT key, country, places.people FROM names JOIN places ON id = place "
        "WHERE key IN (SELECT value FROM json_each(?))",
        (json.dumps(tuple(keys)),),
    ):
        found.setdefault(key, []).append((country, people))
    return found


def _may_be_typed(key: str) -> bool:
    return len(key) >= _SHORTEST or not key.isascii()
