"""How the full-text index cuts and stems words, asked of SQLite itself so that no other stemmer can disagree."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

CUTTER = "unicode61 remove_diacritics 2"
"""What cuts words for the index, before they are stemmed."""

TOKENIZER = f"porter {CUTTER}"
"""The tokenizer of `passages_fts`."""


class Stemmer:
    """Cuts and stems words as the full-text index of the archive does, in a database of its own in memory."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect(":memory:", isolation_level=None)
        for name, tokenizer in (("cut", CUTTER), ("stem", TOKENIZER)):
            self._connection.execute(
                f"CREATE VIRTUAL TABLE {name} USING fts5 (word, content='', columnsize=0, tokenize='{tokenizer}')"
            )
            self._connection.execute(f"CREATE VIRTUAL TABLE {name}_seen USING fts5vocab ({name}, 'instance')")

    def tokens(self, words: Iterable[str]) -> dict[str, str]:
        """Return each word as the index cuts it before stemming; what it cuts in two has a blank between."""
        return self._ask("cut", words)

    def stems(self, words: Iterable[str]) -> dict[str, str]:
        """Return what the index makes of each word; what it cuts in two has a blank between."""
        return self._ask("stem", words)

    def close(self) -> None:
        """Give the memory back."""
        self._connection.close()

    def _ask(self, table: str, words: Iterable[str]) -> dict[str, str]:
        asked = tuple(dict.fromkeys(words))
        found: dict[int, list[str]] = {}
        self._connection.execute("BEGIN")
        self._connection.executemany(f"INSERT INTO {table} (rowid, word) VALUES (?, ?)", enumerate(asked))
        for number, term in self._connection.execute(f"SELECT doc, term FROM {table}_seen ORDER BY doc, offset"):
            found.setdefault(number, []).append(term)
        self._connection.execute("ROLLBACK")  # Quicker than emptying the table, and it holds nothing but the question.
        return {word: " ".join(found.get(number, ())) for number, word in enumerate(asked)}
