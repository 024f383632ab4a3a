"""What comes into the archive and what goes out of it in one build, indexed in memory as the archive indexes it."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from store.stems import TOKENIZER

if TYPE_CHECKING:
    from collections.abc import Mapping

Said = tuple[str, str | None]
"""What a passage says: its text and its question."""

MOST = 2_000
"""Passages whose words are kept, some 2 MB: where there are more it is as quick to ask the whole archive."""


class Turnover:
    """The words of the passages that came in and stay, and of those that went out, unless these are `many`."""

    def __init__(self) -> None:
        self.many = False
        self._turned = 0
        self._index = sqlite3.connect(":memory:", isolation_level=None)
        for table in ("came", "went"):
            self._index.execute(f"CREATE VIRTUAL TABLE {table} USING fts5 (text, question, tokenize='{TOKENIZER}')")
        self._index.execute("BEGIN")  # Each statement by itself would write its words one by one.

    def close(self) -> None:
        """Give the memory back."""
        self._index.close()

    def turn(self, went: Mapping[int, Said], came: Mapping[int, Said]) -> None:
        """Note passages that went out and passages that came in after them, by their numbers."""
        self._turned += len(went) + len(came)
        if not self.many and self._turned > MOST:
            self._index.execute("ROLLBACK")
            self.many = True
        if not self.many:
            self._index.executemany("DELETE FROM came WHERE rowid = ?", ((number,) for number in went))
            self._index.executemany("INSERT INTO went (text, question) VALUES (?, ?)", went.values())
            self._index.executemany(
                "INSERT INTO came (rowid, text, question) VALUES (?, ?, ?)", ((n, *said) for n, said in came.items())
            )

    def came_with(self, phrase: str) -> bool:
        """Return whether a passage that came in has an FTS5 expression."""
        return self._has("SELECT EXISTS (SELECT * FROM came WHERE came MATCH ?)", phrase)

    def went_with(self, phrase: str) -> bool:
        """Return whether a passage that went out has an FTS5 expression."""
        return self._has("SELECT EXISTS (SELECT * FROM went WHERE went MATCH ?)", phrase)

    def _has(self, statement: str, phrase: str) -> bool:
        return bool(self._index.execute(statement, (phrase,)).fetchone()[0])
