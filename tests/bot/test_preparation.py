"""What the bot begins with is made in a process of its own, and that one is not left behind."""

from __future__ import annotations

import logging
import signal
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.manager import Manager
from bot.preparation import prepare
from store.archive import Archive
from store.errors import BuildError
from tests.bot.program import Program, until
from tests.telegram_stub import StubProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = """Interview with Ann Lee

January 5, 2018

Question: And peace?

Ann Lee: It comes by talking, as I said {} times.

Question: And war?

Ann Lee: It comes by silence.
"""


UNMANAGED = Manager({})


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "one.txt").write_text(TEXT.format(1))
    return seeds


@pytest.fixture
def telegram() -> Iterator[StubProcess]:
    with StubProcess() as stub:
        yield stub


def data_with(tmp_path: Path, places_file: Path) -> Path:
    data = tmp_path / "data"
    data.mkdir()
    (data / "places.db").hardlink_to(places_file)
    return data


def test_what_changed_is_taken_in_and_what_was_refused_is_logged(
    seeds: Path, tmp_path: Path, places_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    data = data_with(tmp_path, places_file)
    (seeds / "two.txt").write_text("")
    prepare(seeds, data / "archive.db", UNMANAGED)

    assert {path.name for path in data.iterdir()} >= {"archive.db", "chats.db"}
    with Archive.open(data / "archive.db") as archive:
        assert archive.counts() == (1, 2)
    assert [record.getMessage() for record in caplog.records if "file=two.txt" in record.getMessage()]


def test_a_build_that_fails_leaves_what_there_was(
    seeds: Path, tmp_path: Path, places_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    data = data_with(tmp_path, places_file)
    with pytest.raises(BuildError, match="There is no seeds folder"):
        prepare(tmp_path / "none", data / "archive.db", UNMANAGED)
    prepare(seeds, data / "archive.db", UNMANAGED)
    caplog.clear()
    prepare(tmp_path / "none", data / "archive.db", UNMANAGED)

    [failure] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert "answering from the archive as it was: There is no seeds folder" in failure.getMessage()


def test_an_archive_that_was_never_built_is_none_to_answer_from(tmp_path: Path) -> None:
    (tmp_path / "archive.db").touch()
    with pytest.raises(BuildError, match="There is no seeds folder"):
        prepare(tmp_path / "none", tmp_path / "archive.db", UNMANAGED)


def test_the_manager_is_told_how_far_it_is_and_asked_for_time(seeds: Path, tmp_path: Path, places_file: Path) -> None:
    """A first build that takes longer than a start may would else be ended, and begun anew for ever."""
    data = data_with(tmp_path, places_file)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(tmp_path / "notify"))
        prepare(seeds, data / "archive.db", Manager({"NOTIFY_SOCKET": listener.getsockname()}))
        heard = [listener.recv(400, socket.MSG_DONTWAIT).decode() for _ in range(2)]
    assert heard[0] == "STATUS=reading the texts: 1 of 1"
    assert heard[1].startswith("EXTEND_TIMEOUT_USEC=")


def in_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Run a script in place of the program."""
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))


def test_what_can_not_be_started_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nothing"))
    with pytest.raises(BuildError, match="could not be started: No such file or directory"):
        prepare(tmp_path, tmp_path / "archive.db", UNMANAGED)


def test_much_that_is_said_holds_nothing_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    much = "yes far too much | head -c 3000000"
    in_its_place(tmp_path, monkeypatch, f"{much}; {much} >&2; echo >&2; echo It went wrong. >&2; exit 1")
    with pytest.raises(BuildError, match=r"^It went wrong\.$"):
        prepare(tmp_path, tmp_path / "archive.db", UNMANAGED)


def test_a_word_to_end_ends_it_in_order_and_the_build_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The signal alone would leave the build behind, or go unheard by the first process of a container."""
    in_its_place(tmp_path, monkeypatch, f"echo $$ > {tmp_path}/pid; kill -TERM $PPID; exec sleep 60")
    with pytest.raises(SystemExit) as ended:
        prepare(tmp_path, tmp_path / "archive.db", UNMANAGED)
    assert ended.value.code == 0
    assert not Path("/proc", (tmp_path / "pid").read_text().strip()).exists()
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


@pytest.mark.slow  # starts the program
def test_what_makes_the_databases_does_not_stay_in_memory(tmp_path: Path, telegram: StubProcess) -> None:
    program = Program(tmp_path, telegram)
    program.start()
    try:
        until(lambda: telegram.tell("seen", method="getUpdates"))
        loaded = Path(f"/proc/{program.pid}/maps").read_text()
    finally:
        program.stop()

    assert "/pydantic_core/" in loaded
    assert "numpy" not in loaded


@pytest.mark.slow  # starts the program
def test_a_bot_that_is_told_to_end_while_it_begins_takes_the_build_with_it(
    seeds: Path, tmp_path: Path, telegram: StubProcess, places_file: Path
) -> None:
    data = data_with(tmp_path, places_file)
    for number in range(3000):
        (seeds / f"{number}.txt").write_text(TEXT.format(number))
    program = Program(tmp_path, telegram, data=data, QUOTEBOT_SEEDS=str(seeds))
    program.start()
    children = Path(f"/proc/{program.pid}/task/{program.pid}/children")
    until(lambda: children.read_text() and (data / "archive.db").exists())
    [child] = children.read_text().split()
    status, _ = program.stop()

    assert status == 0
    assert not Path(f"/proc/{child}").exists()
