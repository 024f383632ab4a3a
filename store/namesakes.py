"""Places that share a name with others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable


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
