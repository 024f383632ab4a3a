"""The whole bot in a flood of digests: `python -m tests.bench.digests [SUBSCRIPTIONS] [--people 100]`.

All are due in the same minute. The bot of `bot.app.build`, on the archive of the seeds and a ledger that waits for the
disk, sends them to a Bot API stub that answers after 100 ms; bot and stub are processes of their own. Meanwhile people
write to it, one after another. Beside it, in the same run, the same bot over python-telegram-bot's own transport.

A second counts from any message on. The goals: for 100,000 at a limit of 1,000 at least 950 a second and never more
than 1,010, in less than 300 MB; at 30 never more than 30 and at least 28 on average.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from telegram.request import BaseRequest, HTTPXRequest

from bot.app import CONNECTIONS, build
from bot.loop import run_loop
from bot.settings import load
from bot.transport import AiohttpRequest
from store.chats import Chats
from store.ingest import run as ingest
from store.ledger import Ledger
from store.model import DeliveryState
from tests.bench.sending import OURS, THEIRS, Watched, busiest
from tests.bench.subscribers import Subscriber, fill
from tests.bench.table import print_table
from tests.telegram_stub import TOKEN, StubProcess, tell

ROOT = Path(__file__).parents[2]
LATENCY = 0.1
ASKED = "/quote syria"


@dataclass(slots=True)
class Measured:
    """What the bot did: `sent` is what its ledger says; of all messages, `rate` is how many left a second.

    `least` and `most` are those of the emptiest and the fullest second, `answer` how many ms a person waited on
    average, the stub's own time left out.
    """

    sent: int
    rate: float
    least: int
    most: int
    processor: float
    megabytes: float
    answered: int
    answer: float


async def flood(name: str, url: str, folder: Path, *, number: int, limit: int, people: int) -> Measured:
    """Send digests to so many chats, and answer people meanwhile."""
    settings = load(seeds=ROOT / "seeds", data=folder, token=TOKEN, api_url=url, messages_per_second=limit)
    ingest.run(settings.seeds, folder / "archive.db")
    with Chats.open(folder / "chats.db") as chats:
        due = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=1)
        fill(chats, (Subscriber(chat, due) for chat in range(1, number + 1)))
    request = Watched(_transport(name))
    bot = build(settings, request=request)
    application, ticks = bot.application, bot.ticks
    async with application:
        assert application.updater is not None
        await application.updater.start_polling()
        used = time.process_time()
        await application.start()
        if people:
            await asyncio.to_thread(tell, url, "flood", updates=people, in_flight=1, text=ASKED)
        while len(request.times) < number:  # noqa: ASYNC110 - an event in every request would slow it down
            await asyncio.sleep(0.1)
        await ticks.caught_up()
        used = time.process_time() - used
        flooded = await asyncio.to_thread(tell, url, "flooded")
        await application.updater.stop()
        await application.stop()
        await ticks.stopped()
    with Chats.open(folder / "chats.db") as chats, closing(Ledger(chats)) as ledger:
        outcomes = ledger.outcomes(due - timedelta(hours=1))
    # From a person's message to the request of the answer: the stub hands out updates after its time.
    waited = flooded["seconds"] / max(flooded["answered"], 1) - LATENCY
    return Measured(
        sent=outcomes.get(DeliveryState.SENT, 0),
        rate=(len(request.times) - 1) / (request.times[-1] - request.times[0]),
        least=emptiest(request.times),
        most=busiest(request.times),
        processor=used,
        megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        answered=flooded["answered"],
        answer=waited * 1000,
    )


def emptiest(times: list[float]) -> int:
    """Return the fewest messages in any of the whole seconds counted from the first one."""
    counts = [0] * int(times[-1] - times[0])
    for one in times:
        second = int(one - times[0])
        if second < len(counts):
            counts[second] += 1
    return min(counts, default=len(times))


def measure(name: str, number: int, limit: int, people: int) -> Measured:
    """Run one flood in processes of their own."""
    with StubProcess(latency=LATENCY, echo=False) as stub, tempfile.TemporaryDirectory() as folder:
        given = [name, stub.url, folder, *map(str, (number, limit, people))]
        command = [sys.executable, "-m", "tests.bench.digests", "--alone", *given]
        run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
        return Measured(**json.loads(run.stdout))


def main(number: int, people: int) -> None:
    """Measure everything and print it."""
    print(f"load average before: {os.getloadavg()[0]:.2f}, processors: {os.cpu_count()}")
    few = min(number, 5_000)
    runs = [
        ("1,000 a second", OURS, measure(OURS, number, 1000, people)),
        ("1,000 a second", THEIRS, measure(THEIRS, few, 1000, people)),
        ("30 a second", OURS, measure(OURS, 900, 30, min(people, 20))),
    ]
    rows = [
        (
            f"{title}, {name}",
            f"{one.sent:,}",
            f"{one.rate:.1f}",
            f"{one.least:,}",
            f"{one.most:,}",
            f"{one.processor / one.sent * 1e6:.0f}",
            f"{one.megabytes:.0f}",
            f"{one.answered:,}",
            f"{one.answer:.1f}",
        )
        for title, name, one in runs
    ]
    columns = ("limit, transport", "sent", "a second", "least in 1 s", "most", "µs each", "MB", "answered", "ms")
    print_table("The whole bot with its ledger; µs of processor", columns, rows)
    print(f"load average after: {os.getloadavg()[0]:.2f}")


def _transport(name: str) -> BaseRequest:
    if name == OURS:
        return AiohttpRequest(connections=CONNECTIONS)
    return HTTPXRequest(connection_pool_size=CONNECTIONS, pool_timeout=60, read_timeout=60)


if __name__ == "__main__":
    if "--alone" in sys.argv:
        name, url, folder, number, limit, people = sys.argv[sys.argv.index("--alone") + 1 :]
        run = flood(name, url, Path(folder), number=int(number), limit=int(limit), people=int(people))
        print(json.dumps(asdict(run_loop(run))))
    else:
        parser = argparse.ArgumentParser(description=__doc__)
        parser.add_argument("subscriptions", nargs="?", type=int, default=100_000)
        parser.add_argument("--people", type=int, default=100)
        given = parser.parse_args()
        main(given.subscriptions, given.people)
