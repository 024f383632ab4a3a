"""The list of documents, newest first, those of one day by file name, read by the page; and passages drawn by lot."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from store.rows import DOCUMENT, document_of

if TYPE_CHECKING:
    from random import Random

    from store.model import Document
    from store.vocabulary import Ask

_DRAWS, _MORE = 4, 24
"""Numbers that are drawn for each passage wanted, and beside: by and large a third of passages is read on its own."""


class Listing:
    """The documents of the archive that `ask` asks, as of its last commit.

    Every method may raise what `ask` raises, and takes a few milliseconds where there are a hundred thousand.
    """

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def count(self) -> int:
        """Return how many documents there are."""
        [(documents,)] = self._ask("SELECT count(*) FROM documents", ())
        return int(documents)

    def page(self, most: int, after: int) -> tuple[Document, ...]:
        """Return at most so many documents after the first ones."""
        rows = self._ask(
            f"SELECT {DOCUMENT} FROM documents WHERE rowid IN "
            "(SELECT rowid FROM documents ORDER BY date DESC, file LIMIT ? OFFSET ?) ORDER BY date DESC, file",
            (most, after),
        )
        return tuple(map(document_of, rows))

    def place(self, document: Document) -> int:
        """Return the number of a document in the list, from 1."""
        newer = "SELECT count(*) FROM documents WHERE date"
        day = document.date.isoformat()
        [(before,)] = self._ask(f"SELECT ({newer} > ?) + ({newer} = ? AND file < ?)", (day, day, document.file))
        return int(before) + 1

    def span(self) -> tuple[date, date] | None:
        """Return the dates of the oldest and of the newest document; None where there are none."""
        [(first, last)] = self._ask("SELECT (SELECT min(date) FROM documents), (SELECT max(date) FROM documents)", ())
        return (date.fromisoformat(first), date.fromisoformat(last)) if first else None

    def speakers(self) -> tuple[str, ...]:
        """Return all whose words the archive holds, in the order of the list."""
        # From one set of names to the next in the index: there are far fewer of these than documents.
        rows = self._ask(
            """
            WITH RECURSIVE listed (names) AS (
                SELECT min(speakers) FROM documents
                UNION ALL SELECT (SELECT min(speakers) FROM documents WHERE speakers > names) FROM listed
                WHERE names IS NOT NULL
            )
            SELECT names FROM listed JOIN documents ON documents.rowid =
                (SELECT rowid FROM documents WHERE speakers = names ORDER BY date DESC, file LIMIT 1)
            ORDER BY date DESC, file
            """,
            (),
        )
        return tuple(dict.fromkeys(name for (names,) in rows for name in json.loads(names)))

    def passages_by_speakers(self) -> dict[tuple[str, ...], int]:
        """Return of all who are the speakers of a document together how many passages such documents have."""
        rows = self._ask("SELECT speakers, sum(passages) FROM documents GROUP BY speakers", ())
        return {tuple(json.loads(names)): passages for names, passages in rows}

    def dated(self, first: int, last: int) -> tuple[str, ...]:
        """Return the ids of the documents of these years, both included, newest first."""
        rows = self._ask(
            "SELECT id FROM documents WHERE date BETWEEN ? AND ? ORDER BY date DESC, file",
            (f"{first:04}-01-01", f"{last:04}-12-31"),
        )
        return tuple(identifier for (identifier,) in rows)

    def of_days(self, first: date, last: date) -> tuple[str, ...]:
        """Return the ids of the documents of these days, both included."""
        rows = self._ask("SELECT id FROM documents WHERE date BETWEEN ? AND ?", (first.isoformat(), last.isoformat()))
        return tuple(identifier for (identifier,) in rows)

    def drawn(self, rng: Random, most: int) -> list[str]:
        """Return the ids of passages that can be read on their own, all with the same chance, at most so many.

        Numbers are drawn, and those kept that are such a passage's. So it takes as long in an archive of any size, but
        where few passages are such it may return less than there are.
        """
        [(first, last)] = self._ask("SELECT (SELECT min(number) FROM passages), (SELECT max(number) FROM passages)", ())
        if last is None:
            return []
        numbers = dict.fromkeys(rng.randint(first, last) for _ in range(_DRAWS * most + _MORE))
        own = "SELECT * FROM passages WHERE alone AND attribution <> 'reported'"
        rows = self._ask(
            "SELECT number, passages.id FROM json_each(?) AS drawn CROSS JOIN passages ON number = drawn.value "
            f"WHERE alone AND (attribution <> 'reported' OR NOT EXISTS ({own}))",
            (json.dumps(list(numbers)),),
        )
        ids = dict(rows)
        return [ids[number] for number in numbers if number in ids][:most]
