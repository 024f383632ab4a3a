"""The table of words: kept in step with the passages, so that a build of ten files counts ten files."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from store import spellings, stems, tally, text
from store.tally import Tally

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

Term = tuple[str, str]
"""A folded word, and the token that the full-text index has for it."""

_BATCH = 1_000
_CUT_BY = "words"
"""The row of `about` that tells which code cut the words that are counted."""


class Terms:
    """Counts the words that come into the archive and go out of it, within the transaction of an ArchiveWriter."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._stemmer = stems.Stemmer()
        self._came = Tally()
        self._went = Tally()
        self._code = _code_of_words()
        row = connection.execute("SELECT value FROM about WHERE name = ?", (_CUT_BY,)).fetchone()
        # What was counted by other code can't be subtracted by this one; a table without that row was emptied.
        said = connection.execute("SELECT EXISTS (SELECT * FROM passages)").fetchone()[0]
        self._stale = row[0] != self._code if row is not None else bool(said)

    def close(self) -> None:
        """Give the memory back."""
        for held in (self._stemmer, self._came, self._went):
            held.close()

    def add(self, texts: Iterable[tuple[str, str | None]]) -> None:
        """Count the words of passages that came in, each a text and a question."""
        if not self._stale:
            self._came.add(tuple(texts))

    def subtract(self, texts: Iterable[tuple[str, str | None]]) -> None:
        """Count the words of passages that went out, each a text and a question."""
        if not self._stale:
            self._went.add(tuple(texts))

    def keep(self) -> None:
        """Bring the table in step with what was counted; count everything where other code did so before."""
        if self._stale:
            self._connection.execute("DELETE FROM terms")
            rows = self._connection.execute("SELECT text, question FROM passages")
            while batch := rows.fetchmany(_BATCH):
                self._came.add(batch)
        passages, occurrences = Counter[Term](), Counter[Term]()
        for counted, sign in ((self._came, 1), (self._went, -1)):
            counted.count()
            for token, held in counted.passages.items():
                for term in _terms_of(token):
                    passages[term] += sign * held
                    occurrences[term] += sign * counted.occurrences[token]
        shared = {token: spellings.common_form(token) for _, token in passages}
        stemmed = self._stemmer.stems((*shared, *shared.values()))
        self._connection.executemany(
            "INSERT INTO terms (word, token, stem, family, passages, occurrences) VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (word, token) DO UPDATE SET "
            "passages = passages + excluded.passages, occurrences = occurrences + excluded.occurrences",
            (
                (word, token, stemmed[token], stemmed[shared[token]], more, occurrences[word, token])
                for (word, token), more in sorted(passages.items())
            ),
        )
        self._connection.execute("DELETE FROM terms WHERE passages <= 0")
        self._connection.execute("INSERT OR REPLACE INTO about (name, value) VALUES (?, ?)", (_CUT_BY, self._code))


def _terms_of(token: str) -> tuple[Term, ...]:
    """Return what people may type for a token of the index: nearly always that; where we cut it, each of its parts."""
    return ((token, token),) if token.isascii() else tuple((word.folded, token) for word in text.spans(token))


def _code_of_words() -> str:
    """Return the SHA-256 of the code that cuts and stems words."""
    code = sha256()
    for module in (text, stems, spellings, tally):
        code.update(Path(str(module.__file__)).read_bytes())
    return code.hexdigest()
