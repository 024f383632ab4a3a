"""What the bot begins with is made in a process of its own, and that one is not left behind."""

from __future__ import annotations

import logging
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

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
    prepare(seeds, data / "archive.db")

    assert {path.name for path in data.iterdir()} >= {"archive.db", "chats.db"}
    with Archive.open(data / "archive.db") as archive:
        assert archive.counts() == (1, 2)
    assert [record.getMessage() for record in caplog.records if "file=two.txt" in record.getMessage()]


def test_a_build_that_fails_leaves_what_there_was(
    seeds: Path, tmp_path: Path, places_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    data = data_with(tmp_path, places_file)
    with pytest.raises(BuildError, match="There is no seeds folder"):
        prepare(tmp_path / "none", data / "archive.db")
    prepare(seeds, data / "archive.db")
    caplog.clear()
    prepare(tmp_path / "none", data / "archive.db")

    [failure] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert "answering from the archive as it was: There is no seeds folder" in failure.getMessage()


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

    assert status == -signal.SIGTERM
    assert not Path(f"/proc/{child}").exists()
