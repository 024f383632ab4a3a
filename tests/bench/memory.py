"""How much memory the running bot takes: `python -m tests.bench.memory [SEARCHES]`.

The goal is under 120 MB for `quotebot run` with the seeds, after it has answered. Telegram is a stub on loopback.
Beside it stands a process that has imported python-telegram-bot and does nothing.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.bench.table import print_table
from tests.telegram_stub import TelegramStub

ROOT = Path(__file__).parents[2]
QUOTEBOT = str(Path(sys.executable).with_name("quotebot"))
WORDS = (
    "syria",
    "sanctions",
    "nord stream",
    "venezuala",
    "space of chaos",
    "what about iran",
    "the",
    "/random",
    "/start",
)
IDLE = "import telegram.ext, sys; print(flush=True); sys.stdin.read()"
GOAL = 120


async def main(searches: int) -> None:
    """Measure and print."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        async with TelegramStub() as telegram:
            settings = {
                "QUOTEBOT_API_URL": telegram.url,
                "QUOTEBOT_TOKEN": f"1:{'bench' * 7}",
                "QUOTEBOT_DATA": folder,
                "QUOTEBOT_SEEDS": str(ROOT / "seeds"),
                "QUOTEBOT_LOG_LEVEL": "warning",
            }
            bot = await asyncio.create_subprocess_exec(QUOTEBOT, "run", cwd=folder, env=os.environ | settings)
            try:
                await _until(lambda: any(one.method == "getUpdates" for one in telegram.requests))
                rows.append(("quotebot run, before the first update", megabytes(bot.pid)))
                for number in range(searches):
                    telegram.say(WORDS[number % len(WORDS)], chat=1000 + number % 50)
                    await _until(partial(_has_sent, telegram, number + 1))
                rows.append((f"quotebot run, after {searches} searches", megabytes(bot.pid)))
            finally:
                bot.terminate()
                await bot.wait()
    rows.append(("python -c 'import telegram.ext'", _idle()))
    print_table(
        f"resident memory in MB (the goal: under {GOAL})", ("process", "MB"), [(n, f"{m:.0f}") for n, m in rows]
    )


def _has_sent(telegram: TelegramStub, messages: int) -> bool:
    return len(telegram.sent) >= messages


def _idle() -> float:
    with subprocess.Popen([sys.executable, "-c", IDLE], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as idle:
        assert idle.stdout is not None
        idle.stdout.readline()
        size = megabytes(idle.pid)
        idle.kill()
    return size


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not holds():  # noqa: ASYNC110 - what it waits for is another process
            await asyncio.sleep(0.005)


def megabytes(pid: int) -> float:
    """Return the resident set of a process, as Linux tells it (proc_pid_status(5))."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) / 1024


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
