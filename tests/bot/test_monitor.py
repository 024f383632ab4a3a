from __future__ import annotations

import asyncio
import json
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import ClientSession
from prometheus_client.parser import text_string_to_metric_families

from bot.app import Bot, build
from bot.console import ConsoleTelegram
from bot.serving import serving
from bot.settings import Settings
from bot.signs import Pulse


@asynccontextmanager
async def watched(settings: Settings, patience: float = 90.0) -> AsyncIterator[tuple[Bot, int]]:
    telegram = ConsoleTelegram()
    bot = build(settings, request=telegram, patience=patience)
    async with telegram.running(bot.application, polling=True), serving(bot.monitor.app(), ("127.0.0.1", 0)) as port:
        yield bot, port


async def get(port: int, path: str) -> tuple[int, str]:
    async with ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.text()


async def amiss(port: int) -> dict[str, str]:
    """Return what is amiss, when it is told with the right status."""
    status, text = await get(port, "/healthz")
    told: dict[str, str] = json.loads(text)["amiss"]
    assert status == (503 if told else 200)
    assert json.loads(text)["healthy"] == (not told)
    return told


async def test_while_all_is_well_nothing_is_amiss(settings: Settings) -> None:
    async with watched(settings) as (_, port):
        assert await amiss(port) == {}


async def test_updates_that_do_not_come_back_are_told(settings: Settings) -> None:
    async with watched(settings, patience=0.2) as (bot, port):
        await asyncio.sleep(0.3)  # A request for updates waits for ten seconds.
        assert (await amiss(port))["updates"].startswith("no request for updates came back for ")
        bot.signs.updates.beat()
        assert await amiss(port) == {}


async def test_a_scheduler_that_stands_still_is_told(settings: Settings) -> None:
    async with watched(settings) as (bot, port):
        assert bot.application.job_queue is not None
        await bot.application.job_queue.stop()
        bot.signs.ticks._last -= 31.0
        assert (await amiss(port))["ticks"] == "the scheduler has done nothing for 31 seconds"


async def test_a_tick_that_is_stuck_is_not_hidden_by_those_that_overtake_it(settings: Settings) -> None:
    now = 0.0
    async with watched(settings) as (bot, _):
        jobs = bot.application.job_queue
        assert jobs is not None
        tick = next(job for job in jobs.jobs() if job.name == "tick")
        object.__setattr__(bot.signs, "ticks", Pulse(lambda: now))
        stuck = asyncio.Event()
        real = bot.ticks.tick

        async def never() -> None:
            await stuck.wait()

        bot.ticks.tick = never  # type: ignore[method-assign]
        first = asyncio.create_task(tick.run(bot.application))
        await asyncio.sleep(0)
        before = bot.signs.ticks.age()
        await tick.run(bot.application)
        now = 40.0
        assert bot.signs.ticks.age() == before + 40.0
        stuck.set()
        bot.ticks.tick = real  # type: ignore[method-assign]
        await first


async def test_an_archive_that_can_not_be_read_is_told(settings: Settings) -> None:
    async with watched(settings) as (_, port):
        (settings.data / "archive.db").write_bytes(b"rubbish" * 10_000)
        assert "archive.db is damaged" in (await amiss(port))["archive"]


async def test_a_thread_that_writes_and_is_stuck_is_told(settings: Settings) -> None:
    async with watched(settings) as (bot, port):
        vitals = bot.monitor._vitals
        held, free = threading.Event(), threading.Event()

        def hold() -> None:
            held.set()
            free.wait(30)

        waiting = asyncio.create_task(vitals._write(hold))
        await asyncio.to_thread(held.wait, 10)
        assert (await amiss(port))["chats"] == "nothing could be written for 5 seconds"
        free.set()
        await waiting
        assert await amiss(port) == {}


async def test_a_backup_that_reads_is_no_fault(settings: Settings) -> None:
    async with watched(settings) as (_, port):
        with sqlite3.connect(settings.data / "chats.db") as other:
            other.execute("BEGIN")
            other.execute("SELECT count(*) FROM chats").fetchall()
            assert await amiss(port) == {}


async def test_numbers_are_in_prometheus_format(settings: Settings) -> None:
    async with watched(settings) as (_, port):
        status, text = await get(port, "/metrics")
        assert status == 200
        names = {family.name for family in text_string_to_metric_families(text)}
    assert {"quotebot_updates", "quotebot_answers", "quotebot_answer_seconds", "quotebot_deliveries"} <= names
    assert {"quotebot_archive_documents", "quotebot_subscriptions", "quotebot_reloads"} <= names
    assert {"process_resident_memory_bytes", "quotebot_deliveries_waiting", "quotebot_updates_waiting"} <= names


async def test_nothing_else_is_there(settings: Settings) -> None:
    async with watched(settings) as (_, port):
        assert (await get(port, "/"))[0] == 404
