"""How fast messages leave, over HTTP on loopback: `python -m tests.bench.sending [--digests 20000] [--answers 2000]`.

Ours and python-telegram-bot's own transport (httpx) in one run, each against a Bot API stub that answers after 100 ms,
bot and stub in processes of their own. The goals: digests at 950 a second or more, limit 1,000, for 100,000 of them, in
less than 300 MB; in no second more than the limit (1,010 at 1,000), on average 28 at 30.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, ContextTypes, ExtBot, MessageHandler, filters
from telegram.request import BaseRequest, HTTPXRequest

from bot.courier import Courier, Letter
from bot.markup import Html
from bot.outcomes import Sent
from bot.pace import Pace
from bot.transport import AiohttpRequest
from bot.turns import Urgency
from tests.bench.table import print_table
from tests.telegram_stub import TOKEN, StubProcess, tell

LATENCY = 0.1
AT_ONCE = 256
UNLIMITED = 100_000
OURS, THEIRS = "aiohttp", "httpx"
TEXT = Html("<b>On this day, 9 years ago</b>\n<blockquote>" + "We are convinced that there is no other way. " * 10)
BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("Source", "https://example.org/#:~:text=We%20are")]])


@dataclass(slots=True)
class Measured:
    """What one process has done: `most` messages that its transport was handed in any one second, `amiss` those that
    did not go well at once.
    """

    number: int
    seconds: float
    processor: float
    megabytes: float
    most: int = 0
    amiss: int = 0


def busiest(times: Sequence[float], window: float = 1.0) -> int:
    """Return the most of these times that lie in any one window, of which one end belongs to it."""
    first = most = 0
    for last, time_ in enumerate(times):
        while times[first] <= time_ - window:
            first += 1
        most = max(most, last - first + 1)
    return most


def transport(name: str) -> BaseRequest:
    """Return a transport by its name, with room for all that goes at once and time to wait for it."""
    if name == OURS:
        return AiohttpRequest(connections=AT_ONCE)
    return HTTPXRequest(connection_pool_size=AT_ONCE, pool_timeout=60, read_timeout=60)


class Watched(BaseRequest):
    """A transport that writes down when it is handed a message."""

    def __init__(self, request: BaseRequest) -> None:
        self._request = request
        self.times: list[float] = []

    @property
    def read_timeout(self) -> float | None:
        return self._request.read_timeout

    async def initialize(self) -> None:
        await self._request.initialize()

    async def shutdown(self) -> None:
        await self._request.shutdown()

    async def do_request(self, url: str, *given: Any, **named: Any) -> tuple[int, bytes]:  # noqa: ANN401 - passed on
        if url.endswith("/sendMessage"):
            self.times.append(time.monotonic())
        return await self._request.do_request(url, *given, **named)


async def digests(name: str, url: str, number: int, limit: int, in_flight: int) -> Measured:
    """Send digests to as many chats, as fast as a limit allows."""
    pace = Pace(limit)
    request = Watched(transport(name))
    bot: ExtBot[Urgency] = ExtBot(
        TOKEN, base_url=f"{url}/bot", request=request, get_updates_request=transport(name), rate_limiter=pace
    )
    amiss = 0
    chats = iter(range(1, number + 1))
    keyboard = BUTTONS.to_json()
    until = datetime.now(UTC) + timedelta(hours=6)

    async def work(courier: Courier) -> None:
        nonlocal amiss
        for chat in chats:
            receipt = await courier.deliver(Letter(chat, TEXT, until, keyboard=keyboard))
            amiss += not isinstance(receipt.outcome, Sent) or receipt.attempts > 1

    async with bot:
        rng = random.Random(1)  # noqa: S311 - no secret
        courier = Courier(bot, pace, now=lambda: datetime.now(UTC), rng=rng, in_flight=in_flight)
        began, used = time.monotonic(), time.process_time()
        await asyncio.gather(*(work(courier) for _ in range(AT_ONCE * 2)))
        seconds = time.monotonic() - began
        return Measured(number, seconds, time.process_time() - used, _megabytes(), busiest(request.times), amiss)


async def answers(name: str, url: str, number: int) -> Measured:
    """Answer that many people, of whom 256 wait at any time, from polling to sending."""
    answered = 0
    done = asyncio.Event()

    async def answer(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        nonlocal answered
        assert update.message is not None
        await update.message.reply_text(TEXT, parse_mode="HTML", reply_markup=BUTTONS)
        answered += 1
        if answered == number:
            done.set()

    application = (
        Application.builder()
        .token(TOKEN)
        .base_url(f"{url}/bot")
        .concurrent_updates(AT_ONCE)
        .request(transport(name))
        .get_updates_request(transport(name))
        .build()
    )
    application.add_handler(MessageHandler(filters.ALL, answer))
    async with application:
        assert application.updater is not None
        await application.updater.start_polling()
        await application.start()
        used = time.process_time()
        await asyncio.to_thread(tell, url, "flood", updates=number, in_flight=AT_ONCE)
        await done.wait()
        used = time.process_time() - used
        seconds = (await asyncio.to_thread(tell, url, "flooded"))["seconds"]
        await application.updater.stop()
        await application.stop()
        return Measured(number, seconds, used, _megabytes())


def measure(kind: str, *arguments: object) -> Measured:
    """Run one measurement in a process of its own."""
    with StubProcess(latency=LATENCY, echo=False) as stub:
        command = [sys.executable, "-m", "tests.bench.sending", "--alone", kind, stub.url, *map(str, arguments)]
        run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=Path(__file__).parents[2])
        return Measured(**json.loads(run.stdout))


def alone(kind: str, url: str, name: str, *numbers: str) -> None:
    """Measure in this process and print what came out."""
    number, *bounds = map(int, numbers)
    work = digests(name, url, number, *bounds) if kind == "digests" else answers(name, url, number)
    print(json.dumps(asdict(asyncio.run(work))))


def main(number: int, answered: int) -> None:
    """Measure everything and print it."""
    print(f"load average before: {os.getloadavg()[0]:.2f}, processors: {os.cpu_count()}")
    few = min(number, 1_000)
    runs = [
        ("1,000 a second", OURS, measure("digests", OURS, number, 1000, AT_ONCE)),
        ("1,000 a second", THEIRS, measure("digests", THEIRS, few, 1000, AT_ONCE)),
        ("no limit", OURS, measure("digests", OURS, number, UNLIMITED, AT_ONCE)),
        ("no limit", THEIRS, measure("digests", THEIRS, few, UNLIMITED, AT_ONCE)),
        ("64 in flight", OURS, measure("digests", OURS, few, UNLIMITED, 64)),
        ("64 in flight", THEIRS, measure("digests", THEIRS, few, UNLIMITED, 64)),
        ("30 a second", OURS, measure("digests", OURS, 600, 30, AT_ONCE)),
        ("answers", OURS, measure("answers", OURS, answered)),
        ("answers", THEIRS, measure("answers", THEIRS, max(answered // 5, AT_ONCE))),
    ]
    rows = [
        (
            f"{title}, {name}",
            f"{one.number:,}",
            f"{one.number / one.seconds:.1f}",
            f"{one.most:,}" if one.most else "",
            f"{one.processor / one.number * 1e6:.0f}",
            f"{one.megabytes:.0f}",
            str(one.amiss),
        )
        for title, name, one in runs
    ]
    columns = ("", "number", "a second", "most in 1 s", "µs", "MB", "amiss")
    print_table(f"Answered after {LATENCY * 1000:.0f} ms, {AT_ONCE} in flight; µs of processor", columns, rows)
    print(f"load average after: {os.getloadavg()[0]:.2f}")


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    if "--alone" in sys.argv:
        alone(*sys.argv[sys.argv.index("--alone") + 1 :])
    else:
        parser = argparse.ArgumentParser(description=__doc__)
        parser.add_argument("--digests", type=int, default=20_000)
        parser.add_argument("--answers", type=int, default=2_000)
        given = parser.parse_args()
        main(given.digests, given.answers)
