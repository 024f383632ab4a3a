"""The archive built anew in a process of its own, one build at a time, while this one answers.

Beside a thread of ours the event loop would wait for the interpreter at every row; a process has an interpreter of its
own. What it writes is one transaction: killed, it leaves nothing behind.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.builds import Ended, Failed, Leaving, Outcome, Progress, Running, Stopped, outcome, told
from store.errors import ArchiveError

SILENCE_S = 300.0
"""How long a build may say nothing; longer than any text of the largest size, or the wait for another build, takes."""

_MOST_PRINTED = 64 * 1024 * 1024
_LONGEST_LINE = 1024 * 1024
_CHUNK = 64 * 1024
_LAST_LINES = 20
_NICE = 5
"""So much less urgent is a build than the answers: https://docs.python.org/3/library/os.html#os.setpriority."""

_log = logging.getLogger(__name__)


def build_command(seeds: Path, data: Path) -> tuple[str, ...]:
    """Return what builds the archive in `data` from `seeds` with this very program, and tells how far it is."""
    folders = ("--seeds", str(seeds), "--data", str(data))
    return (sys.executable, "-m", "bot", "build", "--json", "--progress", "json", *folders)


@dataclass(slots=True)
class _Heard:
    """What a build has said so far."""

    printed: bytearray = field(default_factory=bytearray)
    leaving: Leaving | None = None
    lines: deque[str] = field(default_factory=lambda: deque(maxlen=_LAST_LINES))


class Reload:
    """Runs `command`, which builds the archive; `builds` tells by another number that the archive has changed.

    `now` gives the time, aware; `silence` is how many seconds a build may say nothing; `ended` is called with what came
    of each.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        builds: Callable[[], int],
        now: Callable[[], datetime],
        silence: float = SILENCE_S,
        ended: Callable[[Ended], object] = lambda _: None,
    ) -> None:
        self._command = tuple(command)
        self._builds = builds
        self._now = now
        self._silence = silence
        self._ended = ended
        self._process: asyncio.subprocess.Process | None = None
        self._stop = asyncio.Event()
        self.running: Running | None = None
        self.last: Ended | None = None

    @property
    def stopping(self) -> bool:
        """Whether no build is begun any more."""
        return self._stop.is_set()

    def begin(self, person: int, name: str, agreed: str = "") -> asyncio.Task[Ended]:
        """Begin a build, and return the task that ends with what came of it; only where none is `running`.

        `agreed` is the tag of what may leave the archive. Whatever goes wrong is a `Failed` with the reason.
        """
        if self.running is not None:
            raise ValueError("one build at a time")
        self.running = Running(person, name, self._now())
        _log.info("reload begun user=%d", person)
        return asyncio.create_task(self._run(self.running, agreed), name="reload")

    async def _run(self, running: Running, agreed: str) -> Ended:
        person = running.person
        try:
            came = await self._outcome(running, agreed)
            self.last = Ended(person, running.name, running.since, self._now(), came)
        finally:
            self.running = None
        _log.info(
            "reload ended user=%d outcome=%s seconds=%.1f", person, type(came).__name__.lower(), self.last.seconds
        )
        self._ended(self.last)
        return self.last

    def stop(self) -> None:
        """End the build that is under way, and begin none any more."""
        self._stop.set()
        _kill(self._process)

    async def stops_within(self, seconds: float) -> bool:
        """Wait so long, or until `stop`, and return whether that was called."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stop.wait()
        return self.stopping

    async def _outcome(self, running: Running, agreed: str) -> Outcome:
        before = self._builds_so_far()
        heard = _Heard()
        try:
            process, pipes = await self._begin(agreed)
        except OSError as error:
            return Failed(f"It could not be started: {error.strerror or type(error).__name__}.")
        self._process = process
        try:
            if self.stopping:
                return Stopped()
            async with asyncio.timeout(self._silence) as patience:
                await asyncio.gather(
                    self._read(process, heard), self._listen(process, running, heard, patience), process.wait()
                )
        except TimeoutError:
            return Failed(f"It said nothing for {self._silence:g} s, so I ended it.")
        finally:
            _kill(process)
            # For asyncio a process ends when its pipes do: what nobody reads, or a child of it holds, puts that off.
            for pipe in pipes:
                pipe.close()
            await process.wait()
            self._process = None
        if len(heard.printed) > _MOST_PRINTED:
            return Failed("It printed far more than a report has, so I ended it.")
        changed = self._builds_so_far() != before
        printed = heard.printed.decode(errors="replace")
        came = outcome(process.returncode or 0, printed, heard.leaving, heard.lines, changed=changed)
        return Stopped() if self.stopping and isinstance(came, Failed) else came

    async def _begin(self, agreed: str) -> tuple[asyncio.subprocess.Process, list[asyncio.BaseTransport]]:
        """Begin a build as `asyncio.create_subprocess_exec` does, which hands out no pipes that could be closed."""
        loop = asyncio.get_running_loop()
        transport, protocol = await loop.subprocess_exec(
            lambda: asyncio.subprocess.SubprocessStreamProtocol(_CHUNK, loop),
            *self._command,
            *(("--agreed", agreed) if agreed else ()),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            # It needs none of our settings: its folders are named, and the token is not its business.
            env={name: value for name, value in os.environ.items() if not name.startswith("QUOTEBOT_")},
        )
        process = asyncio.subprocess.Process(transport, protocol, loop)
        with suppress(OSError):  # It is over already.
            os.setpriority(os.PRIO_PROCESS, process.pid, _NICE)
        return process, [pipe for one in (1, 2) if (pipe := transport.get_pipe_transport(one)) is not None]

    @staticmethod
    async def _read(process: asyncio.subprocess.Process, heard: _Heard) -> None:
        """Take what it prints, up to its end; what is far too much is read and thrown away, until it is ended."""
        if process.stdout is None:
            return
        while len(heard.printed) <= _MOST_PRINTED:
            chunk = await process.stdout.read(_CHUNK)
            if not chunk:
                return
            heard.printed += chunk
        _kill(process)
        while await process.stdout.read(_CHUNK):
            pass

    async def _listen(
        self, process: asyncio.subprocess.Process, running: Running, heard: _Heard, patience: asyncio.Timeout
    ) -> None:
        """Take what it tells line by line, up to its end."""
        if process.stderr is None:
            return
        rest = b""
        while chunk := await process.stderr.read(_CHUNK):
            patience.reschedule(asyncio.get_running_loop().time() + self._silence)
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                _note(line, running, heard)
            if len(rest) > _LONGEST_LINE:
                rest = rest[-_LONGEST_LINE:]
        _note(rest, running, heard)

    def _builds_so_far(self) -> int | None:
        try:
            return self._builds()
        except ArchiveError:
            return None


def _note(line: bytes, running: Running, heard: _Heard) -> None:
    match told(line.decode(errors="replace")):
        case Progress() as progress:
            running.progress = progress
        case Leaving() as leaving:
            heard.leaving = leaving
        case str(words):
            heard.lines.append(words)


def _kill(process: asyncio.subprocess.Process | None) -> None:
    """End a build at once; what it had not committed is undone by whoever opens the archive next."""
    if process is not None and process.returncode is None:
        with suppress(ProcessLookupError):
            process.kill()
