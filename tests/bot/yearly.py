"""A year of digests in a process: `python -m tests.bot.yearly FOLDER URL HOUR ZONE…` (see `test_program_year`).

The bot of `bot.app.build` against a Bot API server, with a clock that goes on a quarter of an hour whenever all that is
due has been sent. Prints a line for each Digest that went out: chat, local date, the wall clock of its zone.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app import build
from bot.settings import load
from store.chats import Chats
from store.ledger import Ledger
from store.model import DeliveryState
from store.subscriptions import Subscriptions
from tests.bot.digests import AT_ONCE, Clock
from tests.telegram_stub import TOKEN

BEGIN, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
STEP = timedelta(minutes=15)


async def main(folder: Path, url: str, hour: str, zones: list[str]) -> None:
    clock = Clock(BEGIN)
    settings = load(data=folder, token=TOKEN, api_url=url, messages_per_second=100_000)
    with Chats.open(folder / "chats.db") as chats:
        subscriptions = Subscriptions(chats)
        for chat, zone in enumerate(zones, 1):
            subscriptions.subscribe(chat, 0, BEGIN, kind="private", hour=hour, zone=zone, zone_said=zone)
        bot = build(settings, now=clock, limits=AT_ONCE)
        application, ticks = bot.application, bot.ticks
        ledger = Ledger(chats)
        printed: set[tuple[int, str]] = set()
        async with application:
            while clock.time < END:
                clock.time += STEP
                if not ledger.waiting(clock.time):
                    continue
                await ticks.caught_up()
                for chat, zone in enumerate(zones, 1):
                    for delivery in ledger.of(chat, limit=2):
                        day = (chat, f"{delivery.local_date}")
                        if delivery.state is DeliveryState.SENT and day not in printed:
                            printed.add(day)
                            print(*day, f"{clock.time.astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M}")
            await ticks.stopped()


if __name__ == "__main__":
    _, folder, url, hour, *zones = sys.argv
    asyncio.run(main(Path(folder), url, hour, zones))
