from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from store.archive import Archive
from store.chats import Chats
from store.database import ARCHIVE, CHATS, Kind, needs_build, open_for_reading, open_for_writing
from store.errors import ArchiveError
from store.writer import ArchiveWriter
from tests.builders import make_archive, passage, write_archive
from tests.databases import edit

if TYPE_CHECKING:
    from collections.abc import Iterator

NOBODY = 65534


def test_a_missing_archive_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"no archive at .*run `quotebot build`"):
        Archive.open(tmp_path / "archive.db")
    assert needs_build(tmp_path / "archive.db")


def test_an_archive_that_holds_nothing_yet_needs_a_build(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with ArchiveWriter(path):
        with pytest.raises(ArchiveError, match="holds nothing yet: run `quotebot build`"):
            Archive.open(path)
        assert needs_build(path)
    path.write_bytes(b"")
    assert needs_build(path)


def test_an_archive_of_this_program_needs_no_build(tmp_path: Path) -> None:
    with make_archive(tmp_path, passage()):
        assert not needs_build(tmp_path / "archive.db")


@pytest.mark.parametrize("open_it", [Archive.open, ArchiveWriter, needs_build, Chats.open])
@pytest.mark.parametrize(
    "statements",
    [
        ("CREATE TABLE recipes (name)",),
        ("PRAGMA application_id = 1196444487",),
        ("PRAGMA user_version = 4",),
    ],
    ids=["tables", "application id", "version"],
)
def test_a_database_of_another_program_is_left_alone(
    open_it: type[ArchiveWriter], statements: tuple[str, ...], tmp_path: Path
) -> None:
    path = tmp_path / "x.db"
    edit(path, *statements)
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match="of another program: move it away"):
        open_it(path)
    assert path.read_bytes() == before


def test_the_two_databases_are_not_taken_for_each_other(tmp_path: Path) -> None:
    write_archive(tmp_path / "archive.db", passage())
    with pytest.raises(ArchiveError, match="not a Quotebot database of chats"):
        Chats.open(tmp_path / "archive.db")


@pytest.mark.parametrize(
    ("open_it", "remedy"),
    [(Archive.open, "delete it and run `quotebot build`"), (ArchiveWriter, "delete it"), (needs_build, "delete it")],
)
def test_a_newer_archive_says_what_to_do(open_it: type[ArchiveWriter], remedy: str, tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    write_archive(path, passage())
    edit(path, f"PRAGMA user_version = {ARCHIVE.version + 1}")
    with pytest.raises(ArchiveError, match=f"made by a newer Quotebot .*upgrade Quotebot, or {remedy}"):
        open_it(path)


def test_newer_chats_are_never_to_be_deleted(tmp_path: Path) -> None:
    path = tmp_path / "chats.db"
    Chats.open(path).close()
    edit(path, f"PRAGMA user_version = {CHATS.version + 1}")
    with pytest.raises(ArchiveError, match="upgrade Quotebot, or restore it from a backup"):
        Chats.open(path)


def test_an_older_archive_is_built_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    write_archive(path, passage())
    edit(path, "PRAGMA user_version = 0")
    assert needs_build(path)
    with pytest.raises(ArchiveError, match="run `quotebot build`"):
        Archive.open(path)


@pytest.mark.parametrize("open_it", [Archive.open, ArchiveWriter, needs_build])
def test_a_file_that_is_no_database_says_what_to_do(open_it: type[ArchiveWriter], tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    path.write_bytes(b"Dear diary, " * 1000)
    with pytest.raises(ArchiveError, match="damaged or not a database: delete it and run `quotebot build`"):
        open_it(path)


def test_a_damaged_archive_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    write_archive(path, *(passage(f"Passage number {number} speaks of Syria.") for number in range(500)))
    raw = bytearray(path.read_bytes())
    raw[4096 * 2 :] = b"\xff" * (len(raw) - 4096 * 2)
    path.write_bytes(raw)
    with (
        pytest.raises(ArchiveError, match="damaged: delete it and run `quotebot build`"),
        Archive.open(path) as archive,
    ):
        list(archive.passages())


def test_a_fault_of_the_program_is_not_blamed_on_the_file(tmp_path: Path) -> None:
    with make_archive(tmp_path, passage()) as archive, pytest.raises(sqlite3.OperationalError, match="unterminated"):
        archive.index.matching('"', 9)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(ArchiveError, match=r"data/archive.db can't be made"):
        open_for_writing(tmp_path / "data" / "archive.db", ARCHIVE)


def test_a_reader_can_not_write(tmp_path: Path) -> None:
    write_archive(tmp_path / "archive.db", passage())
    with (
        closing(open_for_reading(tmp_path / "archive.db", ARCHIVE)) as connection,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        connection.execute("DELETE FROM documents")


def test_a_path_of_any_letters_can_be_opened(tmp_path: Path) -> None:
    folder = tmp_path / "50% of ?#€ & “quotes”"
    folder.mkdir()
    with make_archive(folder, passage()) as archive:
        assert archive.counts() == (1, 1)


def test_a_second_writer_waits_and_then_says_so(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    write_archive(path, passage())
    with ArchiveWriter(path), pytest.raises(ArchiveError, match="locked by another process"):
        ArchiveWriter(path, wait_ms=10)


def test_many_may_make_a_database_at_once(tmp_path: Path) -> None:
    makers = 4
    together = threading.Barrier(makers)

    def make(path: Path) -> None:
        together.wait()
        open_for_writing(path, ARCHIVE).close()

    with ThreadPoolExecutor(makers) as pool:
        for attempt in range(50):
            list(pool.map(make, [tmp_path / f"{attempt}.db"] * makers))


def test_a_private_database_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    with Chats.open(tmp_path / "chats.db"):
        for name in ("chats.db", "chats.db-wal", "chats.db-shm"):
            assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


@contextmanager
def folder_that_cannot_be_written() -> Iterator[Path]:
    """Lend a folder, outside pytest's own, which others than root may not enter; give up being root for a while."""
    folder = Path(tempfile.mkdtemp())
    try:
        yield folder
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


@contextmanager
def no_root(folder: Path) -> Iterator[None]:
    folder.chmod(0o555)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        folder.chmod(0o755)


def test_an_archive_in_a_folder_that_cannot_be_written_is_read() -> None:
    with folder_that_cannot_be_written() as folder:
        write_archive(folder / "archive.db", passage())
        assert {path.name for path in folder.iterdir()} == {"archive.db", "archive.db-writer"}
        with no_root(folder):
            with Archive.open(folder / "archive.db") as archive:
                assert archive.counts() == (1, 1)
            assert not needs_build(folder / "archive.db")


def test_an_archive_that_another_user_writes_to_is_read_too() -> None:
    with folder_that_cannot_be_written() as folder:
        write_archive(folder / "archive.db", passage())
        with ArchiveWriter(folder / "archive.db") as writer:
            writer.remove("talk.txt")
            with no_root(folder), Archive.open(folder / "archive.db") as archive:
                assert archive.counts() == (1, 1)


def test_what_another_user_left_half_written_says_what_to_check() -> None:
    with folder_that_cannot_be_written() as folder:
        path = folder / "archive.db"
        with ArchiveWriter(path) as writer:
            writer.commit()
            shutil.copy(path, folder / "copy.db")
            shutil.copy(folder / "archive.db-wal", folder / "copy.db-wal")
        with no_root(folder), pytest.raises(ArchiveError, match="can't be opened: check"):
            Archive.open(folder / "copy.db")


def test_the_kinds_are_stamped_with_letters() -> None:
    def letters(kind: Kind) -> bytes:
        return kind.application_id.to_bytes(4, "big")

    assert (letters(ARCHIVE), letters(CHATS)) == (b"QuoA", b"QuoC")
