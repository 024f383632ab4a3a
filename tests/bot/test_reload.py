"""Builds in real processes: good ones, and those that fail in every way that a process can."""

from __future__ import annotations

import asyncio
import fcntl
import os
import shutil
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.builds import Done, Ended, Failed, Outcome, Progress, Refused, Stopped
from bot.reload import Reload, build_command
from store.archive import Archive
from store.ingest import run as ingest
from tests.bot.conftest import SEEDS


def reload_of(*command: str, silence: float = 30.0) -> Reload:
    return Reload(command, builds=lambda: 1, now=lambda: datetime.now(UTC), silence=silence)


def script(code: str, silence: float = 30.0) -> Reload:
    return reload_of(sys.executable, "-c", f"import os, signal, sys, time\n{code}", silence=silence)


def text(folder: Path, number: str) -> Path:
    return next(folder.glob(f"{number}*.txt"))


async def came_of(reload: Reload) -> Outcome:
    ended = await reload.begin(1, "Ann")
    assert isinstance(ended, Ended)
    assert (reload.running, reload.last) == (None, ended)
    return ended.outcome


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for file in SEEDS.glob("00[134]*.txt"):
        shutil.copy(file, folder)
    shutil.copy(SEEDS / "sources.toml", folder)
    ingest.run(folder, tmp_path / "archive.db")
    return folder


@pytest.mark.slow
async def test_the_programs_own_command_builds(seeds: Path, tmp_path: Path) -> None:
    shutil.copy(text(SEEDS, "002"), seeds)
    text(seeds, "001").unlink()
    with Archive.open(tmp_path / "archive.db") as archive:
        before = archive.counts()
        with archive.snapshot():
            reload = Reload(build_command(seeds, tmp_path), builds=archive.builds, now=lambda: datetime.now(UTC))
            came = await came_of(reload)
            assert archive.counts() == before  # Whoever is reading sees the old archive to the end.
        assert isinstance(came, Done)
        report = came.report
        assert [len(files) for files in (report.added, report.removed, report.unchanged)] == [1, 1, 2]
        assert (report.passages_before, (report.documents, report.passages)) == (before[1], archive.counts())
        assert [new.file for new in archive.added(report.tag) or ()] == list(report.added)


@pytest.mark.slow
async def test_most_of_the_archive_leaves_only_as_it_was_agreed_to(seeds: Path, tmp_path: Path) -> None:
    for file in (text(seeds, "001"), text(seeds, "003")):
        file.rename(tmp_path / file.name)
    reload = reload_of(*build_command(seeds, tmp_path))
    came = await came_of(reload)
    assert isinstance(came, Refused)
    assert (came.leaving.number, came.leaving.held, len(came.leaving.files)) == (2, 3, 2)

    left = text(seeds, "004")
    left.rename(tmp_path / left.name)  # Another removal than the one that was agreed to.
    again = (await reload.begin(1, "Ann", came.leaving.tag)).outcome
    assert isinstance(again, Refused)
    assert again.leaving.number == 3
    assert again.leaving.tag != came.leaving.tag

    (tmp_path / left.name).rename(left)
    done = (await reload.begin(1, "Ann", came.leaving.tag)).outcome
    assert isinstance(done, Done)
    assert (len(done.report.removed), done.report.documents) == (2, 1)


async def test_it_tells_how_far_it_is() -> None:
    reload = script("""
print('{"done": 3, "total": 5, "file": "a.txt"}', file=sys.stderr, flush=True)
time.sleep(60)
""")
    building = reload.begin(1, "Ann")
    assert reload.running is not None
    while reload.running.progress is None:  # noqa: ASYNC110 - no event tells of it
        await asyncio.sleep(0.01)
    assert reload.running.progress == Progress(3, 5)
    with pytest.raises(ValueError, match="one build at a time"):
        reload.begin(2, "Bea")
    reload.stop()
    assert (await building).outcome == Stopped()
    assert (await reload.begin(1, "Ann")).outcome == Stopped()


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", "was killed (SIGKILL)"),
        ("raise MemoryError", "ran out of memory"),
        ("sys.exit('archive.db can not grow: the disk is full.')", "the disk is full"),
        ("sys.exit(7)", "exit status 7"),
        ("print('What is this?')", "without a report"),
        ("print('x' * 1000, file=sys.stderr)\nsys.stdout.buffer.write(bytes(range(256)))", "without a report"),
        ("sys.stderr.buffer.write(b'\\xff' * 3_000_000)", "without a report"),
        ("while True: sys.stdout.write('x' * 1_000_000)", "far more than a report"),
    ],
)
async def test_a_build_that_fails_has_a_reason(code: str, reason: str) -> None:
    came = await came_of(script(code))
    assert isinstance(came, Failed)
    assert reason in came.reason
    assert not came.changed


async def test_a_build_that_says_nothing_is_ended() -> None:
    """Also one that does not let itself be told to end."""
    pid = "print(os.getpid(), file=sys.stderr, flush=True)"
    reload = script(f"signal.signal(signal.SIGTERM, signal.SIG_IGN)\n{pid}\ntime.sleep(60)", silence=1.0)
    began = time.monotonic()
    came = await came_of(reload)
    assert time.monotonic() - began < 20
    assert isinstance(came, Failed)
    assert "said nothing for 1 s" in came.reason


async def test_a_build_that_is_ended_is_not_waited_for_where_a_child_of_it_lives_on() -> None:
    child = "import subprocess\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(20)'])"
    building = script(f"{child}\ntime.sleep(60)", silence=1.0).begin(1, "Ann")
    async with asyncio.timeout(10):
        came = (await building).outcome
    assert isinstance(came, Failed)
    assert "said nothing for 1 s" in came.reason


async def test_a_build_that_prints_too_much_at_once_is_ended_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """So much comes at once that asyncio reads no further unless somebody takes it, and never meets its end."""
    monkeypatch.setattr("bot.reload._MOST_PRINTED", 0)
    wide = f"import fcntl\nfcntl.fcntl(1, {fcntl.F_SETPIPE_SZ}, 1_000_000)"
    came = await came_of(script(f"{wide}\nsys.stdout.write('x' * 1_000_000)\ntime.sleep(60)", silence=3.0))
    assert isinstance(came, Failed)
    assert "far more than a report" in came.reason


async def test_a_command_that_is_not_there_is_a_failure() -> None:
    came = await came_of(reload_of("/nowhere/python"))
    assert isinstance(came, Failed)
    assert "could not be started: No such file" in came.reason


async def test_it_is_told_neither_the_token_nor_other_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTEBOT_TOKEN", "1:secret")
    came = await came_of(script("sys.exit(' '.join(name for name in os.environ if 'QUOTEBOT' in name) or 'none')"))
    assert came == Failed("none")


async def test_a_change_that_was_made_all_the_same_is_said() -> None:
    numbers = iter((1, 2))
    reload = Reload((sys.executable, "-c", ""), builds=lambda: next(numbers), now=lambda: datetime.now(UTC))
    came = await came_of(reload)
    assert isinstance(came, Failed)
    assert came.changed


@pytest.mark.slow
async def test_a_build_killed_in_the_middle_leaves_the_archive_as_it_was(seeds: Path, tmp_path: Path) -> None:
    """Killed when the first of the new texts is in, within the transaction."""
    with Archive.open(tmp_path / "archive.db") as archive:
        before = archive.documents()
        shutil.copy(text(SEEDS, "000"), seeds)
        (seeds / "009.txt").write_text(text(SEEDS, "002").read_text(encoding="utf-8"), encoding="utf-8")
        code = """
import os, signal
from pathlib import Path
from store.ingest import run
run.run(Path(sys.argv[1]), Path(sys.argv[2]), progress=lambda done, *_: done == 1 and os.kill(os.getpid(), 9))
"""
        came = await came_of(
            reload_of(sys.executable, "-c", f"import sys{code}", str(seeds), str(tmp_path / "archive.db"))
        )
        assert isinstance(came, Failed)
        assert archive.documents() == before
        done = await came_of(reload_of(*build_command(seeds, tmp_path)))
        assert isinstance(done, Done)
        assert len(done.report.added) == 2


@pytest.mark.slow
async def test_a_build_killed_when_it_has_written_much_is_not_said_to_have_changed_the_archive(
    seeds: Path, tmp_path: Path
) -> None:
    """What does not fit into its memory goes to the disk before it is committed, into a log that it begins anew."""
    large = text(SEEDS, "004").read_text(encoding="utf-8")

    def write(word: str) -> None:
        for number in range(60):
            (seeds / f"more-{number}.txt").write_text(f"{large}\n\nNumber {number}, {word}.\n", encoding="utf-8")

    code = """
import os, sys
from pathlib import Path
from store.ingest import run
run.run(Path(sys.argv[1]), Path(sys.argv[2]), progress=lambda done, total, _: done == total and os.kill(os.getpid(), 9))
"""
    command = (sys.executable, "-c", code, str(seeds), str(tmp_path / "archive.db"))
    with Archive.open(tmp_path / "archive.db") as archive:
        write("as it was")
        ingest.run(seeds, tmp_path / "archive.db")
        write("changed")
        before = archive.version(), archive.builds()
        came = await came_of(Reload(command, builds=archive.builds, now=lambda: datetime.now(UTC)))
        assert isinstance(came, Failed)
        assert not came.changed
        assert archive.version() != before[0]
        done = await came_of(
            Reload(build_command(seeds, tmp_path), builds=archive.builds, now=lambda: datetime.now(UTC))
        )
        assert isinstance(done, Done)
        assert archive.builds() == before[1] + 1


@pytest.mark.slow
async def test_a_build_whose_reader_is_gone_ends_and_changes_nothing(seeds: Path, tmp_path: Path) -> None:
    """The bot was killed: nobody listens, and the first thing that it tells ends it."""
    shutil.copy(text(SEEDS, "002"), seeds)
    reader, writer = os.pipe()
    process = await asyncio.create_subprocess_exec(*build_command(seeds, tmp_path), stdout=writer, stderr=writer)
    os.close(writer)
    os.close(reader)
    assert await asyncio.wait_for(process.wait(), 60) != 0
    with Archive.open(tmp_path / "archive.db") as archive:
        assert archive.counts()[0] == 3
