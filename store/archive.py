"""Archive: every Document and Passage, for reading; `store.writer` makes it."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from store.additions import ADDED, BUILDS
from store.database import ARCHIVE, faults, open_for_reading
from store.errors import NotFoundError
from store.index import Index
from store.listing import Listing
from store.rows import DOCUMENT, PASSAGE, document_of, passage_of
from store.vocabulary import Vocabulary

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path
    from random import Random

    from store.model import Document, Passage


class Mention(NamedTuple):
    """A Passage that speaks of a day: `words` as written there, `sentence` the index of the sentence, from 0."""

    passage: Passage
    day: date
    words: str
    sentence: int


class Archive:
    """The archive as of the last commit, open for reading.

    `words` are its words and names, `listing` the list of its documents, `index` finds passages. Each method sees one
    commit; several that must see the same one belong within `snapshot`. A connection belongs to the thread that opened
    it. Every method may raise `ArchiveError` when the file fails.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self.words = Vocabulary(self._all)
        self.listing = Listing(self._all)
        self.index = Index(self._all)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the archive at `path`; `ArchiveError` says what to do where that can't be done."""
        return cls(open_for_reading(path, ARCHIVE), path)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
        self.words.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let everything read within see the same commit, also while a build commits another; may be nested."""
        if self._connection.in_transaction:
            yield
            return
        with faults(self._path, ARCHIVE):
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.execute("ROLLBACK")

    def version(self) -> int:
        """Return a number that changes whenever another connection has committed: what was kept is then stale.

        It may change without: a writer that begins its log anew and is then undone changes it too.
        """
        return int(self._one("PRAGMA data_version")[0])

    def builds(self) -> int:
        """Return how many builds have changed the archive: another number where one did, and only then."""
        return int(self._one("SELECT coalesce((SELECT value FROM about WHERE name = ?), 0)", (BUILDS,))[0])

    def counts(self) -> tuple[int, int]:
        """Return how many documents and how many passages there are."""
        documents, passages = self._one("SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM passages)")
        return documents, passages

    def documents(self) -> tuple[Document, ...]:
        """Return every document, newest first, those of one day by file name."""
        rows = self._all(f"SELECT {DOCUMENT} FROM documents ORDER BY date DESC, file")
        return tuple(map(document_of, rows))

    def added(self, tag: str) -> tuple[Document, ...] | None:
        """Return those documents that came in together which are still there, newest first, by a build's tag.

        None where such a list is not known: it is an old one, or the archive was made anew since.
        """
        if not self._by_id("SELECT 1 FROM about WHERE name = ?", ADDED + tag):
            return None
        rows = self._by_id(
            f"SELECT {DOCUMENT} FROM about, json_each(about.value, '$.files') AS named "
            "JOIN documents ON documents.file = named.value "
            "WHERE about.name = ? ORDER BY date DESC, documents.file",
            ADDED + tag,
        )
        return tuple(map(document_of, rows))

    def documents_on(self, month: int, day: int) -> tuple[Document, ...]:
        """Return the documents dated on that day of any year, newest first."""
        rows = self._all(
            f"SELECT {DOCUMENT} FROM documents WHERE substr(date, 6) = ? ORDER BY date DESC, file",
            (f"{month:02}-{day:02}",),
        )
        return tuple(map(document_of, rows))

    def document(self, identifier: str) -> Document:
        """Return the document with that id, or raise `NotFoundError`."""
        rows = self._by_id(f"SELECT {DOCUMENT} FROM documents WHERE id = ?", identifier)
        if not rows:
            raise NotFoundError(f"No document has the id {identifier!r}.")
        return document_of(rows[0])

    def passage(self, identifier: str) -> Passage:
        """Return the passage with that id, or raise `NotFoundError`."""
        rows = self._by_id(f"SELECT {PASSAGE} FROM passages WHERE id = ?", identifier)
        if not rows:
            raise NotFoundError(f"No quote has the id {identifier!r}.")
        return passage_of(rows[0])

    def passages(self, document: str | None = None) -> Iterator[Passage]:
        """Return the passages in archive order: documents by file name, then by position; or those of one document."""
        where = "" if document is None else "WHERE documents.id = ?"
        with faults(self._path, ARCHIVE):
            rows = self._connection.execute(
                f"SELECT {PASSAGE} FROM documents JOIN passages ON document = documents.id {where} "
                "ORDER BY file, position",
                () if document is None else (document,),
            )
            yield from map(passage_of, rows)

    def neighbours(self, passage: Passage) -> tuple[Passage | None, Passage | None]:
        """Return the passage before it and the one after it in its document, None at either end."""
        before = self._all(
            f"SELECT {PASSAGE} FROM passages WHERE document = ? AND position < ? ORDER BY position DESC LIMIT 1",
            (passage.document, passage.position),
        )
        after = self._all(
            f"SELECT {PASSAGE} FROM passages WHERE document = ? AND position > ? ORDER BY position LIMIT 1",
            (passage.document, passage.position),
        )
        return (passage_of(before[0]) if before else None, passage_of(after[0]) if after else None)

    def page_text(self, document: str) -> str:
        """Return what is known of a document's page, a paragraph a line: its title, its questions and its passages."""
        [(title,)] = self._all("SELECT title FROM documents WHERE id = ?", (document,)) or [("",)]
        lines = [title] if title else []
        asked = None
        for text, question in self._all(
            "SELECT text, question FROM passages WHERE document = ? ORDER BY position", (document,)
        ):
            if question is not None and question != asked:
                lines.append(question)
            asked = question
            lines.append(text)
        return "\n".join(lines)

    def numbered(self, numbers: Collection[int]) -> dict[int, Passage]:
        """Return the passages with these numbers, which hold until `version` changes."""
        rows = self._all(f"SELECT {PASSAGE}, number FROM passages WHERE number IN ({_places(numbers)})", tuple(numbers))
        return {row[-1]: passage_of(row) for row in rows}

    def standing(self, document: str | None = None) -> tuple[str, ...]:
        """Return the ids of the passages that can be read on their own, in order; those of one document where named.

        An outlet's paraphrase is among them only where the archive has nothing better.
        """
        own = "SELECT id FROM passages WHERE alone AND attribution <> 'reported'"
        which = "" if document is None else "AND document = ?"
        rows = self._all(
            f"SELECT id FROM passages WHERE alone {which} AND (attribution <> 'reported' OR NOT EXISTS ({own})) "
            "ORDER BY id",
            () if document is None else (document,),
        )
        return tuple(identifier for (identifier,) in rows)

    def draw(self, rng: Random, most: int) -> tuple[Passage, ...]:
        """Return so many passages drawn from `standing`, all with the same chance, or all of them where there are less.

        It takes as long in an archive of any size, unless there are hardly any such passages.
        """
        with self.snapshot():
            drawn = self.listing.drawn(rng, most)
            if len(drawn) < most:
                standing = self.standing()
                drawn = rng.sample(standing, min(most, len(standing)))
            return tuple(map(self.passage, drawn))

    def first_days(self, among: Collection[str] | None, without: Collection[str]) -> dict[str, date]:
        """Return for each day of the year, MM-DD, on which something falls, the first date of its kind.

        What falls on a day is as `Search.on_this_day` has it, of passages `among` those ids (None: all) and not
        `without`: what documents of that day say, and days that passages speak of other than their own.
        """
        rows = self._all(
            """
            SELECT substr(day, 6), min(day) FROM (
                SELECT documents.date AS day, passages.id AS passage
                FROM documents JOIN passages ON document = documents.id WHERE NOT formula
                UNION ALL
                SELECT dates.day, dates.passage
                FROM dates JOIN passages ON passages.id = dates.passage JOIN documents ON documents.id = document
                WHERE NOT formula AND dates.day <> documents.date AND dates.day IS NOT documents.published
            )
            WHERE (:all OR passage IN (SELECT value FROM json_each(:among)))
                AND passage NOT IN (SELECT value FROM json_each(:without))
            GROUP BY substr(day, 6)
            """,
            {"all": among is None, "among": json.dumps(tuple(among or ())), "without": json.dumps(tuple(without))},
        )
        return {month_day: date.fromisoformat(day) for month_day, day in rows}

    def sayings(self) -> tuple[str, ...]:
        """Return the ids of the passages that are more than a formula, in order."""
        return tuple(one for (one,) in self._all("SELECT id FROM passages WHERE NOT formula ORDER BY id"))

    def mentions_on(self, month: int, day: int) -> tuple[Mention, ...]:
        """Return where passages speak of that day of any year, newest day first, then in archive order."""
        rows = self._all(
            f"""
            SELECT {PASSAGE}, dates.day, dates.words, dates.sentence
            FROM dates JOIN passages ON passages.id = dates.passage JOIN documents ON documents.id = document
            WHERE month_day = ? ORDER BY dates.day DESC, file, position, sentence, dates.rowid
            """,
            (f"{month:02}-{day:02}",),
        )
        return tuple(Mention(passage_of(row), date.fromisoformat(row[-3]), *row[-2:]) for row in rows)

    def _all(self, statement: str, values: Sequence[object] | Mapping[str, object] = ()) -> list[Any]:
        with faults(self._path, ARCHIVE):
            return self._connection.execute(statement, values).fetchall()

    def _by_id(self, statement: str, identifier: str) -> list[Any]:
        # What a terminal passes on may hold characters that no database takes; an id has none beyond ASCII.
        return self._all(statement, (identifier,)) if identifier.isascii() else []

    def _one(self, statement: str, values: Sequence[object] | Mapping[str, object] = ()) -> tuple[Any, ...]:
        row: tuple[Any, ...] = self._all(statement, values)[0]
        return row


def _places(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))
