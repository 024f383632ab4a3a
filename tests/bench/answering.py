"""How soon people are answered: `python -m tests.bench.answering [--rate 400] [--seconds 60] [--archive FILE]`.

Updates come at a steady rate from 2,000 people, commands, searches and presses mixed, and a Bot API stub takes the time
from handing one over to the request that answers it; it answers that after 100 ms. Telegram lets a bot send 30 messages
a second: 400 updates are over ten times what one bot can answer. Beside it, in the same run, the same bot over
python-telegram-bot's own transport (httpx) with pools of several sizes. Bot and stub are processes of their own.

The goals: 99 of 100 are answered within 10 ms, and memory in the second half is within 5 MB of that in the first.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from telegram.request import BaseRequest, HTTPXRequest

from bot.app import Bot, build
from bot.loop import run_loop
from bot.presses import DayPage, Hit, SourceList, encode
from bot.service import UPDATES
from bot.settings import load
from store.ingest import run as ingest
from tests.bench.memory import megabytes
from tests.bench.table import percentile, print_table
from tests.telegram_stub import TOKEN, StubProcess

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
LATENCY = 0.1
PEOPLE = 2000
WARM_UP = 3.0
TEXTS = (
    "/quote syria",
    "sanctions",
    "/random",
    "what about the jcpoa and iran",
    f"!{encode(Hit('syria', 3))}",
    "venezuala",
    "/onthisday 7 feb",
    "/quote north korea missiles",
    f"!{encode(SourceList(0))}",
    "/sources",
    "the united states of america",
    "/help",
    f"!{encode(DayPage(2, 7))}",
    "turkey",
    "/start",
    "space of chaos",
    "zanzibar",
)
"""A number that has no factor in common with that of the people, so that each of them tries everything."""


@dataclass(slots=True)
class Measured:
    """What came of one offer: how many were answered, how soon (in s), and the memory of the bot in both halves."""

    offered: int
    answered: int
    latencies: list[float]
    processor: float
    first_half: float
    second_half: float


def measure(pool: int | None, rate: float, seconds: float, archive: Path | None) -> Measured:
    """Offer updates to one bot over aiohttp, or, with a `pool` of so many connections, over httpx."""
    with StubProcess(latency=LATENCY, echo=False) as stub, tempfile.TemporaryDirectory() as folder:
        if archive is not None:
            shutil.copy(archive, Path(folder) / "archive.db")
        with _bot(stub.url, folder, pool) as pid:
            _until_polled(stub)
            for part in (WARM_UP, seconds):
                used = _processor(pid)
                stub.tell("offer", rate=rate, seconds=part, texts=TEXTS, chats=PEOPLE)
                halves = [_peak(pid, part / 2), _peak(pid, part / 2)]
                used = _processor(pid) - used
                time.sleep(0.5)
            told = stub.tell("offered")
        answers = [took for _, took in told["answers"]]
        return Measured(told["offered"], len(answers), answers, used / max(len(answers), 1), *halves)


def alone(url: str, folder: str, pool: str) -> None:
    """Be the bot until it is ended."""
    settings = load(seeds=SEEDS, data=Path(folder), token=TOKEN, api_url=url, messages_per_second=100_000)
    if not (settings.data / "archive.db").exists():
        ingest.run(settings.seeds, settings.data / "archive.db")
    size = int(pool)
    request: BaseRequest | None = HTTPXRequest(size, pool_timeout=60, read_timeout=60) if size else None
    run_loop(_serve(build(settings, request=request)))


async def _serve(bot: Bot) -> None:
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    await bot.warm()
    async with bot.application:
        await bot.application.start()
        assert bot.application.updater is not None
        await bot.application.updater.start_polling(allowed_updates=UPDATES)
        await ended.wait()
        await bot.application.updater.stop()
        await bot.application.stop()
        await bot.ticks.stopped()


@contextmanager
def _bot(url: str, folder: str, pool: int | None) -> Iterator[int]:
    command = [sys.executable, "-m", "tests.bench.answering", "--alone", url, folder, str(pool or 0)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as bot:
        try:
            yield bot.pid
        finally:
            bot.terminate()
            bot.wait(30)


def _until_polled(stub: StubProcess) -> None:
    while not stub.tell("seen", method="getUpdates"):
        time.sleep(0.05)


def _peak(pid: int, seconds: float) -> float:
    end, most = time.monotonic() + seconds, 0.0
    while time.monotonic() < end:
        most = max(most, megabytes(pid))
        time.sleep(0.25)
    return most


def _processor(pid: int) -> float:
    """Return the seconds of processor that a process has used (proc_pid_stat(5))."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main(rate: float, seconds: float, pools: Sequence[int], archive: Path | None) -> None:
    """Measure everything and print it."""
    print(f"load average before: {os.getloadavg()[0]:.2f}, processors: {os.cpu_count()}")
    runs = [("aiohttp", measure(None, rate, seconds, archive))]
    runs += [(f"httpx, {pool} connections", measure(pool, rate, seconds, archive)) for pool in pools]
    rows = [
        (
            name,
            f"{one.offered:,}",
            f"{one.answered:,}",
            *(f"{percentile(one.latencies, share) * 1000:.1f}" if one.latencies else "" for share in (0.5, 0.99, 1)),
            f"{one.processor * 1e6:.0f}",
            f"{one.first_half:.1f}",
            f"{one.second_half:.1f}",
        )
        for name, one in runs
    ]
    columns = ("", "offered", "answered", "p50 ms", "p99", "max", "µs each", "MB, first half", "second half")
    print_table(f"{rate:g} updates a second from {PEOPLE:,} people, for {seconds:g} s", columns, rows)
    print(f"load average after: {os.getloadavg()[0]:.2f}")


if __name__ == "__main__":
    if "--alone" in sys.argv:
        alone(*sys.argv[sys.argv.index("--alone") + 1 :])
    else:
        parser = argparse.ArgumentParser(description=__doc__)
        parser.add_argument("--rate", type=float, default=400)
        parser.add_argument("--seconds", type=float, default=60)
        parser.add_argument("--pools", type=int, nargs="*", default=[64, 256, 512])
        parser.add_argument("--archive", type=Path, help="another archive than that of the seeds")
        given = parser.parse_args()
        main(given.rate, given.seconds, given.pools, given.archive)
