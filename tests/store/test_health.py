from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from store.database import ARCHIVE, CHATS
from store.health import ailments, has_wal_reset_fault, sqlite_version
from tests.builders import passage, write_archive


def test_a_sound_archive_has_no_ailments(tmp_path: Path) -> None:
    write_archive(tmp_path / "archive.db", passage())
    assert ailments(tmp_path / "archive.db", ARCHIVE) == ()


def test_a_row_that_refers_to_nothing_is_told_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    write_archive(path, passage())
    with closing(sqlite3.connect(path, isolation_level=None)) as archive:
        archive.execute("INSERT INTO dates VALUES ('nobody', '2018-01-01', '01-01', '1 January', 0)")
    [ailment] = ailments(path, ARCHIVE)
    assert "a row in dates that refers to nothing" in ailment
    assert "`quotebot build`" in ailment


def test_many_such_rows_are_counted_not_listed(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    write_archive(path, passage())
    with closing(sqlite3.connect(path, isolation_level=None)) as archive:
        archive.executemany(
            "INSERT INTO dates VALUES ('nobody', '2018-01-01', '01-01', ?, 0)", [(str(n),) for n in range(1000)]
        )
    [ailment] = ailments(path, ARCHIVE)
    assert "1000 rows in dates that refer to nothing" in ailment


def test_damage_inside_is_found(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    write_archive(path, *(passage(f"We spoke of {number} things." * 20) for number in range(200)))
    with closing(sqlite3.connect(path)) as archive:
        archive.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    written = bytearray(path.read_bytes())
    middle = len(written) // 2 // 4096 * 4096
    written[middle : middle + 8192] = b"\xff" * 8192
    path.write_bytes(written)
    found = ailments(path, ARCHIVE)
    assert 0 < len(found) <= 11
    assert all("damaged" in ailment and "\n" not in ailment for ailment in found)


def test_a_database_of_another_kind_or_none_at_all_is_an_ailment(tmp_path: Path) -> None:
    write_archive(tmp_path / "archive.db", passage())
    [foreign] = ailments(tmp_path / "archive.db", CHATS)
    assert "not a Quotebot database of chats" in foreign
    [missing] = ailments(tmp_path / "none.db", CHATS)
    assert "There is no database of chats" in missing


def test_the_version_of_sqlite_is_told() -> None:
    assert re.fullmatch(r"3\.\d+\.\d+", sqlite_version())


@pytest.mark.parametrize(
    ("version", "faulty"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 46, 1), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 0), True),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 52, 0), False),
        ((4, 0, 0), False),
    ],
)
def test_sqlite_with_the_wal_reset_fault_is_known_by_its_version(version: tuple[int, int, int], faulty: bool) -> None:
    assert has_wal_reset_fault(version) is faulty
