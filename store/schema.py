"""The tables of `archive.db` and `chats.db`, made and changed by migrations.

A migration, once released, is never edited: a change is a further function at the end of its list, and
`Kind.version` in `store.database` counts them. Tables are written out as whole statements because SQLite keeps
these as they stand, so that `.schema` explains every column to whoever opens the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Database, Migrations

from store import tables
from store.database import ARCHIVE, CHATS, Kind

if TYPE_CHECKING:
    import sqlite3

archive = Migrations("quotebot.archive")
chats = Migrations("quotebot.chats")

MIGRATIONS = {ARCHIVE: archive, CHATS: chats}


def migrate(connection: sqlite3.Connection, kind: Kind) -> None:
    """Bring the schema up to `kind.version` and stamp the file as ours, within the transaction that is open."""
    if not connection.in_transaction:
        raise ValueError("a migration belongs into a transaction")
    MIGRATIONS[kind].apply(Database(connection, recursive_triggers=False, execute_plugins=False))
    connection.execute(f"PRAGMA application_id = {kind.application_id:d}")
    connection.execute(f"PRAGMA user_version = {kind.version:d}")


@archive()
def documents_and_passages(db: Database) -> None:
    """Make the first archive: what was said, where, when, by whom, and the ways to find it."""
    for statement in (
        tables.DOCUMENTS,
        "CREATE INDEX documents_by_day ON documents (substr(date, 6))",
        tables.PASSAGES,
        "CREATE INDEX passages_standing ON passages (id, attribution) WHERE alone",
        tables.DATES,
        "CREATE INDEX dates_by_day ON dates (month_day, day)",
        "CREATE INDEX dates_by_passage ON dates (passage)",
        tables.TERMS,
        "CREATE INDEX terms_by_stem ON terms (stem, word)",
        "CREATE INDEX terms_by_length ON terms (length(word), word, passages)",
        tables.ABOUT,
        tables.PASSAGES_FTS,
        *tables.KEEP_PASSAGES_FTS,
    ):
        db.execute(statement)


@archive()
def words_and_names(db: Database) -> None:
    """Keep what words are forms of one, and what else things are called.

    The words, and what texts explain, are read anew from the passages where `about` has no row.
    """
    for statement in (
        tables.ABBREVIATIONS,
        "CREATE INDEX abbreviations_by_document ON abbreviations (document)",
        tables.PERSONS,
        "CREATE INDEX persons_by_document ON persons (document)",
        "CREATE INDEX persons_by_surname ON persons (surname, given)",
        tables.CALLED,
        "CREATE INDEX called_by_root ON called (root) WHERE root <> ''",
        tables.SAID,
        tables.BEST,
        "DROP TABLE terms",
        tables.TERMS_IN_ONE_SPELLING,
        "CREATE INDEX terms_by_family ON terms (family, word)",
        "CREATE INDEX terms_by_length ON terms (length(word), word, passages)",
        "DELETE FROM about WHERE name = 'words'",
    ):
        db.execute(statement)


@archive()
def passages_indexed_together(db: Database) -> None:
    """Let a build put all its passages into the full-text index at once.

    One by one, as a trigger does it, each is written to the index by itself, which takes several times as long.
    """
    db.execute("DROP TRIGGER passages_ai")
    db.execute(tables.INDEX_PASSAGE_UNLESS_BUILDING)


@archive()
def postings(db: Database) -> None:
    """Note what every passage of a large archive is worth to each word, in place of the best few."""
    db.execute(tables.POSTINGS)
    db.execute("DROP TABLE best")


@archive()
def lists_of_documents(db: Database) -> None:
    """Let the documents be leafed through, and told of, without reading all of them."""
    for statement in (
        "CREATE INDEX documents_by_date ON documents (date DESC, file, passages)",
        "CREATE INDEX documents_by_speakers ON documents (speakers, date DESC, file, passages)",
        "CREATE INDEX passages_standing_best ON passages (number) WHERE alone AND attribution <> 'reported'",
    ):
        db.execute(statement)


@archive()
def stretches_of_documents(db: Database) -> None:
    """Let a search know where each document's passages stand without reading all documents."""
    db.execute(tables.STRETCHES)


@archive()
def sounds_of_names(db: Database) -> None:
    """Note how the names of persons sound, so that they are found as other languages spell them."""
    db.execute(tables.SOUNDS)


@archive()
def names_as_written(db: Database) -> None:
    """Keep the words of which names are the stems, so that other words of the same stem are not taken for them."""
    for statement in (
        "DROP TABLE called",
        tables.CALLED_AS_WRITTEN,
        "CREATE INDEX called_by_root ON called (root) WHERE root <> ''",
        "DELETE FROM about WHERE name = 'names'",
    ):
        db.execute(statement)


@archive()
def abbreviations_of_words(db: Database) -> None:
    """Tell abbreviations of words in lower case, each of which is also sought by itself, from those of names.

    They are learnt anew, as all files are read again by the code that learns them otherwise.
    """
    for statement in (
        "DROP TABLE abbreviations",
        tables.ABBREVIATIONS_OF_WORDS,
        "CREATE INDEX abbreviations_by_document ON abbreviations (document)",
        "DELETE FROM about WHERE name = 'names'",
    ):
        db.execute(statement)


@chats()
def saved_searches(db: Database) -> None:
    """Make the table of searches that buttons refer to."""
    for statement in (
        tables.SEARCHES,
        "CREATE INDEX searches_by_age ON searches (created_at)",
    ):
        db.execute(statement)


@chats()
def subscriptions_and_deliveries(db: Database) -> None:
    """Make the tables of the digest: who wants it, when it is due next, and the ledger of what was sent."""
    for statement in (
        tables.CHATS,
        tables.SUBSCRIPTIONS,
        "CREATE INDEX subscriptions_due ON subscriptions (next_due_at) WHERE state = 'active'",
        tables.DELIVERIES,
        "CREATE INDEX deliveries_open ON deliveries (until) WHERE until IS NOT NULL",
        "CREATE INDEX deliveries_by_age ON deliveries (due_at)",
    ):
        db.execute(statement)
