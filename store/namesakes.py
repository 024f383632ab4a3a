"""Places that share a name with others, and countries that a text in another language than English calls by name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from store.text import spans

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator

_SAMPLES = 20


def elsewhere(places: sqlite3.Connection, keys: Iterable[str]) -> dict[str, list[tuple[str, int]]]:
    """Return for each of these names the countries and the people of all places that are called so."""
    found: dict[str, list[tuple[str, int]]] = {}
    for key, country, people in places.execute(
        "SELECT key, country, places.people FROM names JOIN places ON id = place "
        "WHERE key IN (SELECT value FROM json_each(?))",
        (json.dumps(tuple(keys)),),
    ):
        found.setdefault(key, []).append((country, people))
    return found


def written(archive: sqlite3.Connection, names: Collection[str]) -> frozenset[str]:
    """Return those of the folded names that a text of another language than English says, in a capital: "Ucrania".

    Of a word of English, nobody knows whether it is that.
    """
    rows = archive.execute("SELECT DISTINCT language FROM documents WHERE language NOT LIKE 'en%'")
    if not rows.fetchall():
        return frozenset()
    from store.realwords import strange  # noqa: PLC0415 - only builds ask for it

    of_none = strange(word for name in names for word in name.split(" "))
    said = {name for name in names if of_none.issuperset(name.split(" "))}
    return frozenset(name for name in said if any(_is_name(name, text) for text in _texts_with(name, archive)))


def _texts_with(name: str, archive: sqlite3.Connection) -> Iterator[str]:
    rows = archive.execute(
        "SELECT passages.text FROM passages_fts JOIN passages ON number = passages_fts.rowid "
        "JOIN documents ON documents.id = document WHERE passages_fts MATCH ? AND language NOT LIKE 'en%' LIMIT ?",
        (f'text : "{name}"', _SAMPLES),
    )
    yield from (text for (text,) in rows)


def _is_name(name: str, said: str) -> bool:
    first, length = name.split(" ", maxsplit=1)[0], len(name.split(" "))
    return any(
        word.folded == first
        and said[word.start].isupper()
        and [other.folded for other in found[at : at + length]] == name.split(" ")
        for found in (spans(said),)
        for at, word in enumerate(found)
    )
