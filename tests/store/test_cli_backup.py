from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from store.chats import Chats
from store.cli import Commands, cli
from store.cli_backup import backup, restore
from store.subscriptions import Subscriptions

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    for name in [name for name in os.environ if name.startswith("QUOTEBOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    program = Commands(commands={**cli.commands, "backup": backup, "restore": restore}, params=cli.params)
    return lambda *words: CliRunner().invoke(program, words)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    subscribe(tmp_path / "data", 1)
    return tmp_path / "data"


def subscribe(data: Path, *ids: int) -> None:
    with Chats.open(data / "chats.db") as chats:
        for chat in ids:
            Subscriptions(chats).subscribe(chat, 0, datetime.now(UTC), kind="private")


def test_backup_prints_its_file_and_says_what_it_holds(run: Run, data: Path) -> None:
    made = run("backup", "kept.db")
    assert (made.exit_code, made.stdout) == (0, f"{data.parent / 'kept.db'}\n")
    assert made.stderr == "It holds 1 chat and 1 subscription, and was looked through.\n"
    subscribe(data, 2)
    assert "2 chats and 2 subscriptions" in run("backup", "kept.db").stderr


def test_backups_in_a_folder_are_dated_and_the_last_are_kept(run: Run, data: Path) -> None:
    folder = data.parent / "backups"
    folder.mkdir()
    (folder / "chats-2020-01-01T000000Z.db").touch()
    made = run("backup", "backups", "--keep", "1")
    assert made.exit_code == 0
    assert "Older backups deleted: 1." in made.stderr
    [left] = folder.iterdir()
    assert str(left.relative_to(data.parent)) == made.stdout.strip()


def test_restore_says_what_came_back_what_went_and_where_the_old_is(run: Run, data: Path) -> None:
    run("backup", "kept.db")
    subscribe(data, 2, 3)
    done = run("--data", str(data), "restore", "kept.db")
    assert done.exit_code == 0, done.stderr
    assert "chats.db is as of the backup, 1 chat and 1 subscription, and was looked through." in done.stderr
    assert "Subscriptions made since the backup, and gone with it: 2." in done.stderr
    [aside] = data.glob("chats-before-*.db")
    assert f"As it was before, it is kept in {aside}." in done.stderr


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["backup"], 2, "Missing argument 'FILE'"),
        (["backup", "data/chats.db"], 2, "is the database itself. Name a file of its own"),
        (["backup", "kept.db", "--keep", "3"], 2, "kept.db is no folder. Make it first"),
        (["backup", "none/"], 2, "none/ is no folder. Make it first"),
        (["backup", ".", "--keep", "0"], 2, "0 is not in the range x>=1"),
        (["backup", "none/kept.db"], 1, "no folder"),
        (["backup", "kept.db", "--data", "none"], 1, "There is no database of chats at none/chats.db"),
        (["restore"], 2, "Missing argument 'FILE'"),
        (["restore", "data/chats.db"], 2, "is the database itself"),
        (["restore", "."], 2, "is a folder"),
        (["restore", "none.db"], 1, "There is no backup at none.db."),
    ],
)
def test_what_can_not_be_done_is_said_and_told_by_the_exit_status(
    words: list[str], status: int, said: str, run: Run, data: Path
) -> None:
    before = (data / "chats.db").read_bytes()
    done = run(*words)
    assert (done.exit_code, said in done.stderr, done.stdout) == (status, True, ""), done.stderr
    assert (data / "chats.db").read_bytes() == before
    assert not (data.parent / "none").exists()
