from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store import chats as chats_module
from store.archive import Archive
from store.chats import Chats, SavedSearches
from store.errors import ArchiveError
from store.locks import WriteLock
from store.subscriptions import Subscriptions
from store.writer import ArchiveWriter
from tests.builders import passage, write_archive

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 7, 30, tzinfo=UTC)
HOLD = """
import sys, time
from pathlib import Path
from store.locks import WriteLock
with WriteLock(Path(sys.argv[1]), wait_ms=1000):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def lock(tmp_path: Path) -> Iterator[WriteLock]:
    with closing(WriteLock(tmp_path / "chats.db", wait_ms=20)) as lock:
        yield lock


def test_one_holds_it_at_a_time_and_who_comes_after_is_told(lock: WriteLock, tmp_path: Path) -> None:
    with closing(WriteLock(tmp_path / "chats.db", wait_ms=1000)) as first:
        with first, pytest.raises(ArchiveError, match=r"chats.db is locked by another process"), lock:
            pass
        with lock:
            pass


def test_who_waits_has_it_when_the_other_is_done(lock: WriteLock, tmp_path: Path) -> None:
    order: list[str] = []

    def wait() -> None:
        with closing(WriteLock(tmp_path / "chats.db", wait_ms=60_000)) as second, second:
            order.append("second")

    thread = threading.Thread(target=wait)
    with lock:
        thread.start()
        thread.join(0.1)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_the_killed_hold_nothing(lock: WriteLock, tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path / "chats.db")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(ArchiveError, match="locked"), lock:
            pass
        process.kill()
    with lock:
        pass


def test_databases_are_kept_apart(lock: WriteLock, tmp_path: Path) -> None:
    with closing(WriteLock(tmp_path / "archive.db", wait_ms=20)) as other, lock, other:
        pass


def test_the_file_of_a_private_database_is_private_and_not_handed_to_children(tmp_path: Path) -> None:
    with closing(WriteLock(tmp_path / "chats.db", wait_ms=0, private=True)) as lock:
        assert stat.S_IMODE((tmp_path / "chats.db-writer").stat().st_mode) == 0o600
        assert not os.get_inheritable(lock._handle)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"chats.db-writer can't be made: No such file"):
        WriteLock(tmp_path / "data" / "chats.db", wait_ms=0)


@pytest.mark.parametrize(
    "write",
    [
        lambda chats: SavedSearches(chats).keep(7, "syria", NOW),
        lambda chats: chats.empty_log(),
        lambda chats: Subscriptions(chats).forget(7),
    ],
    ids=["a transaction", "a checkpoint", "both"],
)
def test_nobody_writes_to_chats_or_takes_a_checkpoint_without_it(
    write: Callable[[Chats], object], lock: WriteLock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chats_module, "WAIT_MS", 20)
    with Chats.open(tmp_path / "chats.db") as chats:
        with lock, pytest.raises(ArchiveError, match="locked by another process"):
            write(chats)
        write(chats)


def test_nobody_changes_the_archive_without_it_and_all_may_read(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    write_archive(path, passage())
    with closing(WriteLock(path, wait_ms=20)) as lock, lock:
        with pytest.raises(ArchiveError, match="locked by another process"):
            ArchiveWriter(path, wait_ms=20)
        with Archive.open(path) as archive:
            assert archive.counts() == (1, 1)


def test_who_changes_the_archive_holds_it_until_it_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    write_archive(path, passage())
    with closing(WriteLock(path, wait_ms=20)) as lock:
        with ArchiveWriter(path) as writer:
            writer.remove("talk.txt")
            writer.commit()
            with pytest.raises(ArchiveError, match="locked"), lock:
                pass
        with lock:
            pass
