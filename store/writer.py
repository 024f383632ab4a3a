"""ArchiveWriter: puts Documents into the archive and takes them out, in one transaction."""

from __future__ import annotations

import json
import sqlite3
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, NamedTuple, Self

from store import postings, stretches
from store.additions import ADDED, BUILDS, tag_of
from store.database import ARCHIVE, faults, open_for_writing, schema_version
from store.errors import RefusedError
from store.locks import WriteLock
from store.naming import Naming
from store.numbers import joined
from store.standing import stands_alone
from store.terms import Terms
from store.turnover import Turnover

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from store.aliases import Aliases
    from store.model import DatedMention, Document, Passage
    from store.turnover import Said

_json = json.JSONEncoder(ensure_ascii=False).encode  # `json.dumps` makes such an encoder for every value.

_LISTS = 50
"""How many lists of documents that came in together are kept."""
_NUMBERED = "numbered"
"""The row of `about` that tells the highest number that a passage has had."""

_WAIT_MS = 30_000
"""How long a build waits for another one to end."""


class Kept(NamedTuple):
    """What the archive holds of a file: the SHA-256 of what it was made from, and of its text."""

    digest: str
    text_digest: str


class ArchiveWriter:
    """One transaction on the archive: nothing of it is seen or kept before `commit`.

    Readers see the archive as it was meanwhile; a second writer waits. Used as a context manager, it is undone at
    the end where it was not committed. Every method may raise `ArchiveError` when the file fails.
    """

    def __init__(self, path: Path, *, wait_ms: int = _WAIT_MS) -> None:
        """Open the archive at `path`, made or migrated where need be, and begin once no other writer is at work."""
        self._path = path
        self._changed = False
        self._unindexed: dict[str, tuple[int, int]] = {}
        self._came: dict[str, tuple[int, int]] = {}
        with ExitStack() as opened:
            self._connection = opened.enter_context(closing(open_for_writing(path, ARCHIVE, wait_ms=wait_ms)))
            opened.enter_context(opened.enter_context(closing(WriteLock(path, wait_ms=wait_ms))))
            with faults(path, ARCHIVE):
                self._connection.execute("PRAGMA synchronous = NORMAL")  # What a power cut takes can be built again.
                self._connection.execute("BEGIN IMMEDIATE")
                self._migrate()
                self._turnover = opened.enter_context(closing(Turnover()))
                self._terms = opened.enter_context(closing(Terms(self._connection)))
                self._naming = Naming(self._connection)
                self._last = self._last_number()
            self._opened = opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Undo what was not committed, and let go of the file."""
        self._opened.close()

    def kept(self) -> dict[str, Kept]:
        """Return what the archive holds, by file name."""
        with faults(self._path, ARCHIVE):
            rows = self._connection.execute("SELECT file, digest, text_digest FROM documents").fetchall()
        return {file: Kept(*digests) for file, *digests in rows}

    def counts(self) -> tuple[int, int]:
        """Return how many documents and how many passages there are."""
        with faults(self._path, ARCHIVE):
            row = self._connection.execute("SELECT count(*), total(passages) FROM documents").fetchone()
        return row[0], int(row[1])

    def put(
        self,
        document: Document,
        passages: Sequence[Passage],
        mentions: Mapping[str, Iterable[DatedMention]],
        kept: Kept,
    ) -> None:
        """Put a document with its passages in place of what its file held before; `mentions` go by passage id.

        Its counts are taken from the passages; `questions` counts the different ones. Raises `RefusedError`, and
        changes nothing, where an id of it belongs to another file or comes twice.
        """
        with faults(self._path, ARCHIVE):
            self._index_before(document.file)
            self._connection.execute("SAVEPOINT one_file")
            try:
                gone = self._delete(document.file)
                self._insert(document, passages, mentions, kept)
            except sqlite3.IntegrityError as error:
                self._connection.execute("ROLLBACK TO one_file")
                self._connection.execute("RELEASE one_file")
                raise RefusedError(
                    document.file, None, f"an id of it is taken by another text or passage ({error}): rename the file"
                ) from error
            self._connection.execute("RELEASE one_file")
            said = dict.fromkeys(text for passage in passages for text in (passage.question, passage.text) if text)
            self._naming.learn(document.id, said)
        first = self._last - len(passages) + 1
        self._turn(gone, {number: (one.text, one.question) for number, one in enumerate(passages, start=first)})
        self._changed = True

    def remove(self, file: str) -> None:
        """Take out what the archive holds of a file, if anything."""
        with faults(self._path, ARCHIVE):
            self._index_before(file)
            gone = self._delete(file)
            self._came.pop(file, None)
        self._turn(gone, {})
        self._changed = True

    def note_added(self, files: Iterable[str]) -> str:
        """Let the archive remember the documents of these files as those that came in together, and return their tag.

        `Archive.added` returns them by it. The newest of such lists are kept; without files there is none, and no tag.
        """
        names = sorted(files)
        if not names:
            return ""
        tag = tag_of(names)
        with faults(self._path, ARCHIVE):
            kept = self._connection.execute(
                "SELECT name, json_extract(value, '$.number') FROM about WHERE name GLOB ? ORDER BY 2 DESC",
                (f"{ADDED}*",),
            ).fetchall()
            self._connection.executemany(
                "DELETE FROM about WHERE name = ?", ((name,) for name, _ in kept[_LISTS - 1 :])
            )
            value = {"number": kept[0][1] + 1 if kept else 1, "files": names}
            self._connection.execute(
                "INSERT OR REPLACE INTO about (name, value) VALUES (?, ?)",
                (f"{ADDED}{tag}", _json(value)),
            )
        return tag

    def call(self, places: Path | None, aliases: Aliases) -> bool:
        """Take the names of things from a `places.db`, if there is one, and from `aliases.toml`.

        Return whether they have changed.
        """
        with faults(self._path, ARCHIVE):
            changed = self._naming.use(places, aliases)
        self._changed |= changed
        return changed

    def commit(self) -> None:
        """Keep all that was done, at once; writes nothing where nothing was."""
        with faults(self._path, ARCHIVE):
            if not self._changed and not postings.are_stale(self._connection):
                self._connection.execute("ROLLBACK")
                return
            self._index()
            self._terms.keep()
            held = stretches.keep(self._connection)
            postings.keep(self._connection, held, self._came.values())
            # Postings tell of numbers that are gone: none is given twice.
            self._connection.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (_NUMBERED, str(self._last)))
            self._naming.keep(self._turnover)
            self._connection.execute(
                "INSERT INTO about VALUES (?, '1') ON CONFLICT DO UPDATE SET value = CAST(value AS INTEGER) + 1",
                (BUILDS,),
            )
            self._connection.execute("COMMIT")
            # So that archive.db, copied without its -wal file, is whole; waits for no reader.
            self._connection.execute("PRAGMA wal_checkpoint (PASSIVE)")

    def _migrate(self) -> None:
        if schema_version(self._connection, self._path, ARCHIVE) < ARCHIVE.version:
            from store.schema import migrate  # noqa: PLC0415 - sqlite-utils takes 0.1 s to import, most builds need none

            migrate(self._connection, ARCHIVE)
            self._changed = True

    def _index_before(self, file: str) -> None:
        """Bring the full-text index in step before rows of a file go that may not be in it yet."""
        if file in self._unindexed:
            self._index()

    def _index(self) -> None:
        """Put all passages that came since into the full-text index, in as few statements as can be."""
        self._connection.executemany(
            "INSERT INTO passages_fts (rowid, text, question) "
            "SELECT number, text, question FROM passages WHERE number BETWEEN ? AND ?",
            joined(self._unindexed.values()),
        )
        self._unindexed.clear()

    def _turn(self, went: Mapping[int, Said], came: Mapping[int, Said]) -> None:
        """Note what passages say that went out and that came in, by their numbers."""
        self._turnover.turn(went, came)
        self._terms.subtract(went.values())
        self._terms.add(came.values())

    def _delete(self, file: str) -> dict[int, Said]:
        """Delete a file's rows and return what its passages said, by their numbers."""
        gone = self._connection.execute(
            "SELECT number, text, question FROM documents JOIN passages ON document = documents.id WHERE file = ?",
            (file,),
        ).fetchall()
        self._connection.execute("DELETE FROM documents WHERE file = ?", (file,))
        return {number: (text, question) for number, text, question in gone}

    def _last_number(self) -> int:
        """Return the highest number that a passage has, or ever had while there were postings."""
        [(number,)] = self._connection.execute(
            "SELECT max((SELECT coalesce(max(number), 0) FROM passages), "
            "coalesce((SELECT CAST(value AS INTEGER) FROM about WHERE name = ?), 0))",
            (_NUMBERED,),
        )
        return int(number)

    def _insert(
        self,
        document: Document,
        passages: Sequence[Passage],
        mentions: Mapping[str, Iterable[DatedMention]],
        kept: Kept,
    ) -> None:
        self._connection.execute(
            "INSERT INTO documents (id, file, digest, text_digest, title, date, dated, published, outlet, venue, kind, "
            "language, url, archived, speakers, passages, questions) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document.id,
                document.file,
                *kept,
                document.title,
                document.date.isoformat(),
                document.dated,
                None if document.published is None else document.published.isoformat(),
                document.outlet,
                document.venue,
                document.kind,
                document.language,
                document.url,
                document.archived,
                _json(document.speakers),
                len(passages),
                len({passage.question for passage in passages} - {None}),
            ),
        )
        first, self._last = self._last + 1, self._last + len(passages)
        self._connection.execute("INSERT OR REPLACE INTO about (name, value) VALUES ('building', '')")
        self._connection.executemany(
            "INSERT INTO passages (number, id, document, position, line, text, attribution, verbatim, speaker, "
            "question, formula, alone) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    number,
                    passage.id,
                    document.id,
                    passage.position,
                    passage.line,
                    passage.text,
                    passage.attribution,
                    _json(passage.verbatim),
                    passage.speaker,
                    passage.question,
                    passage.formula,
                    stands_alone(passage),
                )
                for number, passage in enumerate(passages, start=first)
            ),
        )
        self._connection.execute("DELETE FROM about WHERE name = 'building'")
        self._connection.executemany(
            "INSERT INTO dates (passage, day, month_day, words, sentence) VALUES (?, ?, ?, ?, ?)",
            (
                (passage, mention.day.isoformat(), f"{mention.day:%m-%d}", mention.words, mention.sentence)
                for passage, found in mentions.items()
                for mention in found
            ),
        )
        self._unindexed[document.file] = self._came[document.file] = first, self._last
