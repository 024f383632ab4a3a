"""How many passages hold each word, counted by SQLite itself in an index in memory that cuts words as the archive's."""

from __future__ import annotations

import sqlite3
from collections import Counter
from typing import TYPE_CHECKING

from store.stems import CUTTER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MOST = 20_000
"""Passages that are held before they are counted: some 15 MB."""


class Tally:
    """Counts the words of passages; `passages` and `occurrences` go by token, and are right after `count`."""

    def __init__(self) -> None:
        self.passages = Counter[str]()
        self.occurrences = Counter[str]()
        self._held = 0
        self._connection = sqlite3.connect(":memory:", isolation_level=None)
        self._connection.execute(
            f"CREATE VIRTUAL TABLE held USING fts5 (text, question, content='', columnsize=0, tokenize='{CUTTER}')"
        )
        self._connection.execute("CREATE VIRTUAL TABLE counted USING fts5vocab (held, 'row')")
        self._connection.execute("BEGIN")  # Each statement by itself would write its words one by one.

    def close(self) -> None:
        """Give the memory back."""
        self._connection.close()

    def add(self, texts: Sequence[tuple[str, str | None]]) -> None:
        """Take in passages, each a text and a question."""
        numbered = ((number, *said) for number, said in enumerate(texts, start=self._held + 1))
        self._connection.executemany("INSERT INTO held (rowid, text, question) VALUES (?, ?, ?)", numbered)
        self._held += len(texts)
        if self._held > _MOST:
            self.count()

    def count(self) -> None:
        """Count what was taken in since."""
        rows: Iterable[tuple[str, int, int]] = self._connection.execute("SELECT term, doc, cnt FROM counted")
        for token, passages, occurrences in rows:
            self.passages[token] += passages
            self.occurrences[token] += occurrences
        self._connection.execute("INSERT INTO held (held) VALUES ('delete-all')")
        self._held = 0
