"""The tick under the real Application: catching up, stops, and a year of days in zones of every kind."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Iterable
from contextlib import closing
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from telegram import User

from bot.app import build
from bot.compositions import Composition
from bot.console import ConsoleTelegram
from bot.conversation import converse
from bot.settings import Settings
from store.errors import ArchiveError
from store.leasing import LEASED_FOR, SENDING_FOR
from store.model import Lease, Settled
from tests.bot.digests import AT_ONCE, START, Clock, fails_once, world
from tests.builders import document, passage, write_archive


def ledger(settings: Settings, chats: str = "chats.db") -> list[tuple[str, str, str]]:
    """Return local date, state and reason of every Delivery, in order."""
    with closing(sqlite3.connect(settings.data / chats)) as connection:
        return connection.execute("SELECT local_date, state, reason FROM deliveries ORDER BY local_date, id").fetchall()


async def test_a_stop_of_two_hours_across_the_hour_makes_it_late_and_once(settings: Settings) -> None:
    clock = Clock()
    async with world(settings, clock) as bot:
        await bot.telegram.private().say("/subscribe")
    clock.until("10:30")
    async with world(settings, clock, bot.telegram) as bot:
        await bot.tick()
        assert len(bot.telegram.private().answers) == 2
        assert await bot.wait(hours=12) == ()


@pytest.mark.parametrize(("back", "sent"), [("14:59", True), ("15:01", False)])
async def test_a_stop_of_two_days_takes_down_the_days_missed(settings: Settings, back: str, *, sent: bool) -> None:
    clock = Clock()
    async with world(settings, clock) as bot:
        await bot.telegram.private().say("/subscribe")
    clock.time += timedelta(days=2)
    clock.until(back)
    async with world(settings, clock, bot.telegram) as bot:
        await bot.tick()
        assert len(bot.telegram.private().answers) == 1 + sent
    assert ledger(settings) == [
        ("2026-11-23", "missed", "more than 6 hours late"),
        ("2026-11-24", "missed", "more than 6 hours late"),
        ("2026-11-25", "sent", "") if sent else ("2026-11-25", "missed", "more than 6 hours late"),
    ]


async def test_a_crash_while_one_is_sent_repeats_that_one_and_no_other(settings: Settings) -> None:
    clock = Clock()
    async with world(settings, clock) as bot:
        await bot.telegram.private().say("/subscribe")
        await bot.pass_to("09:00")
    with closing(sqlite3.connect(settings.data / "chats.db", isolation_level=None)) as connection:
        connection.execute("UPDATE deliveries SET state = 'sending', until = 9999999999")
    async with world(settings, clock, bot.telegram) as bot:
        await bot.tick()
        assert len(bot.telegram.private().answers) == 3
        assert await bot.wait(hours=1) == ()


async def test_what_takes_longer_than_its_lease_is_not_sent_twice(settings: Settings) -> None:
    """As after a night in which the machine slept with a request under way."""
    async with world(settings) as bot:
        await bot.telegram.private().say("/subscribe")
        bot.clock.until("09:00")
        fulfil, begun, arrived = bot.ticks._fulfil, asyncio.Event(), asyncio.Event()

        async def slowly(lease: Lease, composition: Composition) -> Settled:
            begun.set()
            await arrived.wait()
            return await fulfil(lease, composition)

        bot.ticks._fulfil = slowly
        await bot.ticks.tick()
        await begun.wait()
        bot.clock.time += SENDING_FOR + timedelta(seconds=1)
        assert bot.ticks._desk.waiting()
        await bot.ticks.tick()
        arrived.set()
        assert len(await bot.tick()) == 1
    assert ledger(settings) == [("2026-11-23", "sent", "")]


async def test_a_lease_that_has_run_out_does_not_hide_that_another_is_in_flight(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.ticks.BATCH", 1)
    async with world(settings) as bot:
        await bot.telegram.private().say("/subscribe")
        fulfil, begun, arrived = bot.ticks._fulfil, asyncio.Event(), asyncio.Event()

        async def slowly(lease: Lease, composition: Composition) -> Settled:
            begun.set()
            await arrived.wait()
            return await fulfil(lease, composition)

        bot.ticks._fulfil = slowly
        bot.ticks._between_ticks.clear()  # No tick leases it meanwhile.
        bot.clock.until("09:00")
        old = await bot.ticks._desk.due(10)
        bot.clock.time += LEASED_FOR + timedelta(seconds=1)
        bot.ticks._enter((*await bot.ticks._desk.due(10), *old))
        async with asyncio.timeout(10):
            await begun.wait()
            while bot.ticks._leased or bot.ticks._starting:  # noqa: ASYNC110 - no event tells of it
                await asyncio.sleep(0.01)
        assert not bot.ticks._idle.is_set()
        bot.ticks._between_ticks.set()
        arrived.set()
        assert len(await bot.tick()) == 1


async def test_a_fault_that_nobody_foresaw_ends_no_digest_to_come(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with world(settings) as bot:
        await bot.telegram.private().say("/subscribe")
        for name in ("start", "record"):
            fails_once(monkeypatch, bot, name, sqlite3.OperationalError("locking protocol"))
        assert len(await bot.pass_to("09:00")) == 1
        assert len(await bot.pass_to("09:00")) == 1
    assert [state for _, state, _ in ledger(settings)] == ["sent", "sent"]


async def test_nobody_waits_over_a_stop_for_what_can_not_be_taken_down(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with world(settings) as bot:
        [answer] = await bot.telegram.private().say("/subscribe")
        begun = asyncio.Event()

        async def fails(_settled: object) -> int:
            begun.set()
            raise ArchiveError("the disk is full")

        monkeypatch.setattr(bot.ticks._desk, "record", fails)
        pressed = asyncio.create_task(answer.press("now"))
        await begun.wait()
        bot.ticks.stop()
        async with asyncio.timeout(10):
            await pressed


async def test_what_was_sent_is_taken_down_though_a_stop_waits_no_longer_for_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.ticks._RETRY_S", 0.1)
    free = threading.Event()
    async with world(settings) as bot:
        await bot.telegram.private().say("/subscribe")
        bot.clock.until("09:00")
        desk, settled = bot.ticks._desk, asyncio.Event()
        record = desk.record

        async def late(settlements: Iterable[Settled]) -> int:
            busy = asyncio.create_task(desk._write(lambda: free.wait(10)))  # The thread that writes has other things.
            await asyncio.sleep(0)
            settled.set()
            threading.Timer(1.0, free.set).start()
            try:
                return await record(settlements)
            finally:
                await busy

        monkeypatch.setattr(desk, "record", late)
        await bot.ticks.tick()
        await settled.wait()
    assert ledger(settings) == [("2026-11-23", "sent", "")]


async def test_text_added_in_the_morning_is_in_the_digest_of_the_evening(settings: Settings) -> None:
    async with world(settings) as bot:
        await bot.telegram.private().say("/subscribe")
        said = passage("We met early and spoke of the harvest of that year, which was a good one.", document="new")
        new = document("new", date=date(2016, 11, 23), outlet="The Daily")
        write_archive(settings.data / "archive.db", said, documents=[new])
        [digest] = await bot.pass_to("09:00")
        assert "10 years ago today, to The Daily" in digest.text


@pytest.mark.slow
async def test_a_database_that_can_not_be_written_is_logged_once_and_loses_nothing(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    async with world(settings) as bot:
        chat = bot.telegram.private()
        await chat.say("/subscribe")
        with closing(sqlite3.connect(settings.data / "chats.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            bot.clock.until("09:00")
            waiting = asyncio.create_task(bot.ticks.tick())
            assert "Syria" in (await chat.say("/quote syria"))[0].text
            await waiting
            await bot.ticks.tick()
            other.execute("ROLLBACK")
        assert caplog.text.count("digests wait: ") == 1
        assert len(await bot.tick()) == 1
        assert "digests go on" in caplog.text


async def test_the_same_digest_goes_to_all_chats_with_the_same_words(placed: Settings) -> None:
    async with world(placed, Clock(START + timedelta(days=1))) as bot:
        words = ["syria IRAN", "iran syria", "weekdays Syria iran", "iran"]
        for number, said in enumerate(words):
            await bot.telegram.private(_person(number)).say(f"/subscribe {said}")
        same, again, weekdays, other = await bot.pass_to("09:00")
        assert same.text.startswith("From the archive, about “syria” or “IRAN”\n")
        assert len({one.text.partition("\n")[2] for one in (same, again, weekdays)}) == 1
        assert other.text != same.text


def _person(number: int) -> User:
    return User(1001 + number, "Ann", is_bot=False)


# In a terminal


async def _typed(*lines: str, wait: float = 0.0) -> AsyncIterator[str]:
    for line in lines:
        await asyncio.sleep(wait)
        yield line


async def test_a_subscription_made_in_a_terminal_shows_the_digest_when_due(settings: Settings) -> None:
    clock = Clock()
    for typed, wait, shown in (
        ("/subscribe", 0.0, "today, Monday, 23 November, at 09:00"),
        ("/help", 0.0, "Nothing here falls on Monday, 23 November."),
    ):
        telegram = ConsoleTelegram(clock=clock.seconds)
        bot = build(settings, request=telegram, chats="console.db", now=clock, limits=AT_ONCE)
        out = StringIO()
        assert await converse(bot.application, telegram, _typed(typed, wait=wait), out, bot.ticks.caught_up) == 0
        assert shown in out.getvalue()
        clock.until("09:30")
    assert ledger(settings, "console.db") == [("2026-11-23", "sent", "")]
    assert not (settings.data / "chats.db").exists()


async def test_a_digest_that_comes_due_while_one_types_is_shown_at_once(settings: Settings) -> None:
    clock = Clock()
    telegram = ConsoleTelegram(clock=clock.seconds)
    bot = build(settings, request=telegram, chats="console.db", now=clock, limits=AT_ONCE)

    async def typing() -> AsyncIterator[str]:
        yield "/subscribe"
        clock.until("09:00")
        await bot.ticks.caught_up()
        await asyncio.sleep(0.5)
        assert "Nothing here falls on Monday" in out.getvalue()
        yield "/settings"

    out = StringIO()
    assert await converse(bot.application, telegram, typing(), out, bot.ticks.caught_up) == 0
    assert out.getvalue().index("Nothing here falls") < out.getvalue().index("Hour: 09:00")


async def test_when_all_is_sent_the_database_holds_it_without_its_log(settings: Settings, tmp_path: Path) -> None:
    async with world(settings) as bot:
        await bot.telegram.private().say("/subscribe")
        assert len(await bot.pass_to("09:00")) == 1
        await bot.ticks.tick()  # the next one, which finds nothing to do
        alone = tmp_path / "alone.db"
        alone.write_bytes((settings.data / "chats.db").read_bytes())
    with closing(sqlite3.connect(alone)) as connection:
        assert connection.execute("SELECT state FROM deliveries").fetchall() == [("sent",)]
