from __future__ import annotations

import os
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from store.errors import ArchiveError
from store.presence import Presence

ROOT = Path(__file__).parents[2]
PRESENT = """
import sys, time
from pathlib import Path
from store.presence import Presence
Presence(Path(sys.argv[1]), lambda: print("alone"))
print("present", flush=True)
time.sleep(60)
"""


def announce(database: Path) -> tuple[Presence, bool]:
    """Announce one more process; return it, and whether it found itself alone."""
    called: list[bool] = []
    presence = Presence(database, lambda: called.append(True))
    return presence, bool(called)


def test_who_comes_first_is_alone_and_who_comes_after_is_not(tmp_path: Path) -> None:
    first, was_alone = announce(tmp_path / "chats.db")
    second, was_second_alone = announce(tmp_path / "chats.db")
    assert (was_alone, was_second_alone) == (True, False)
    first.close()
    third, was_third_alone = announce(tmp_path / "chats.db")
    assert not was_third_alone, "the second is still there"
    second.close()
    third.close()
    last, was_last_alone = announce(tmp_path / "chats.db")
    assert was_last_alone
    last.close()


def test_databases_are_kept_apart(tmp_path: Path) -> None:
    present = [announce(tmp_path / name) for name in ("chats.db", "console.db")]
    assert all(was_alone for _, was_alone in present)
    for presence, _ in present:
        presence.close()


def test_the_killed_are_no_longer_present(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PRESENT, str(tmp_path / "chats.db")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert [process.stdout.readline() for _ in range(2)] == ["alone\n", "present\n"]
        present, was_alone = announce(tmp_path / "chats.db")
        assert not was_alone
        present.close()
        process.kill()
    present, was_alone = announce(tmp_path / "chats.db")
    assert was_alone
    present.close()


def test_nobody_else_comes_in_while_one_is_alone(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PRESENT, str(tmp_path / "chats.db")]

    def when_alone() -> None:
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        started.append(process)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(1)

    started: list[subprocess.Popen[str]] = []
    with closing(Presence(tmp_path / "chats.db", when_alone)), started[0] as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "present\n"
        process.kill()


def test_who_fails_while_alone_is_not_present(tmp_path: Path) -> None:
    def fail() -> None:
        raise ArchiveError("the disk is full")

    with pytest.raises(ArchiveError, match="full"):
        Presence(tmp_path / "chats.db", fail)
    presence, was_alone = announce(tmp_path / "chats.db")
    assert was_alone
    presence.close()


def test_the_file_is_private_and_not_handed_to_children(tmp_path: Path) -> None:
    with closing(Presence(tmp_path / "chats.db", lambda: None)) as presence:
        assert stat.S_IMODE((tmp_path / "chats.db-present").stat().st_mode) == 0o600
        assert not os.get_inheritable(presence._handle)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"chats.db-present can't be made: No such file"):
        Presence(tmp_path / "data" / "chats.db", lambda: None)
