from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlite_utils import Database

from store.database import ARCHIVE, CHATS, Kind, open_for_writing
from store.schema import MIGRATIONS, migrate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KINDS = pytest.mark.parametrize("kind", [ARCHIVE, CHATS], ids=lambda kind: kind.name)


def made(path: Path, kind: Kind) -> sqlite3.Connection:
    connection = open_for_writing(path, kind)
    connection.execute("BEGIN IMMEDIATE")
    migrate(connection, kind)
    connection.execute("COMMIT")
    return connection


def tables(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Yield name and statement of our own tables: not the library's, nor what SQLite makes for the index."""
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    for name, sql in rows:
        if not name.startswith(("_sqlite_migrations", "sqlite_", "passages_fts")):
            yield name, sql


@KINDS
def test_the_version_is_the_number_of_migrations(kind: Kind, tmp_path: Path) -> None:
    with closing(made(tmp_path / "x.db", kind)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (kind.version,)
        assert connection.execute("PRAGMA application_id").fetchone() == (kind.application_id,)
        assert len(MIGRATIONS[kind].applied(Database(connection))) == kind.version
        assert MIGRATIONS[kind].pending(Database(connection)) == []


@KINDS
def test_every_table_and_column_explains_itself(kind: Kind, tmp_path: Path) -> None:
    with closing(made(tmp_path / "x.db", kind)) as connection:
        names = [name for name, _ in tables(connection)]
        assert names
        for name, sql in tables(connection):
            assert re.match(r"CREATE TABLE \w+ \(\n\s+-- \w.+", sql), f"{name} does not say what a row is"
            for _, column, *_ in connection.execute(f"PRAGMA table_info ({name})").fetchall():
                assert re.search(rf"(?m)^    {column} [^\n]*-- \w.+$", sql), f"{name}.{column} has no comment"


def test_what_the_archive_is_made_of(tmp_path: Path) -> None:
    with closing(made(tmp_path / "archive.db", ARCHIVE)) as connection:
        assert {name for name, _ in tables(connection)} == {
            *("documents", "passages", "dates", "terms", "about"),
            *("abbreviations", "persons", "called", "said", "sounds", "postings", "stretches"),
        }
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        referring = {
            (name, key[2], key[3])
            for name, _ in tables(connection)
            for key in connection.execute(f"PRAGMA foreign_key_list ({name})").fetchall()
        }
        of_documents = {(name, "documents", "document") for name in ("passages", "abbreviations", "persons")}
        assert referring == of_documents | {("dates", "passages", "passage")}


def test_what_the_database_of_chats_is_made_of(tmp_path: Path) -> None:
    with closing(made(tmp_path / "chats.db", CHATS)) as connection:
        names = {name for name, _ in tables(connection)}
        assert names == {"searches", "chats", "subscriptions", "deliveries"}
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        for name in ("subscriptions", "deliveries"):
            keys = connection.execute(f"PRAGMA foreign_key_list ({name})").fetchall()
            assert [(key[2], key[3], key[6]) for key in keys] == [("chats", "chat", "CASCADE")]
            unique = {
                tuple(row[0] for row in connection.execute("SELECT name FROM pragma_index_info (?)", (index,)))
                for _, index, is_unique, *_ in connection.execute(f"PRAGMA index_list ({name})").fetchall()
                if is_unique
            }
            assert unique == {("chat", "topic", "local_date") if name == "deliveries" else ("chat", "topic")}


def test_sqlite_utils_finds_the_full_text_index_of_the_passages(tmp_path: Path) -> None:
    with closing(made(tmp_path / "archive.db", ARCHIVE)) as connection:
        assert Database(connection).table("passages").detect_fts() == "passages_fts"


@KINDS
def test_a_migration_that_is_undone_leaves_nothing(kind: Kind, tmp_path: Path) -> None:
    with closing(open_for_writing(tmp_path / "x.db", kind)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        migrate(connection, kind)
        connection.execute("ROLLBACK")
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
        assert connection.execute("PRAGMA application_id").fetchone() == (0,)


def test_a_migration_outside_a_transaction_is_a_mistake(tmp_path: Path) -> None:
    with (
        closing(open_for_writing(tmp_path / "x.db", ARCHIVE)) as connection,
        pytest.raises(ValueError, match="transaction"),
    ):
        migrate(connection, ARCHIVE)


def test_an_edit_by_another_program_keeps_the_full_text_index_right(tmp_path: Path) -> None:
    with closing(made(tmp_path / "archive.db", ARCHIVE)) as connection:
        connection.execute(
            "INSERT INTO documents VALUES ('d', 'd.txt', '', '', 'T', '2018-02-07', 'utterance', "
            "NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[]', 1, 0)"
        )
        connection.execute(
            "INSERT INTO passages VALUES (7, 'p', 'd', 0, 1, 'Peace in Syria.', 'spoken', '[]', NULL, NULL, 0, 1)"
        )
        found = "SELECT rowid FROM passages_fts WHERE passages_fts MATCH ?"
        assert connection.execute(found, ("syria",)).fetchall() == [(7,)]
        connection.execute("UPDATE passages SET text = 'Peace in Kosovo.', question = 'Where?'")
        assert connection.execute(found, ("syria",)).fetchall() == []
        assert connection.execute(found, ("kosovo AND where",)).fetchall() == [(7,)]
        connection.execute("INSERT INTO passages_fts (passages_fts, rank) VALUES ('integrity-check', 1)")
        connection.execute("DELETE FROM documents")
        assert connection.execute(found, ("kosovo",)).fetchall() == []
        assert connection.execute("SELECT count(*) FROM passages").fetchone() == (0,)
