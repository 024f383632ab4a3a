"""The bot with a clock of its own, so that days pass at a word."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.allowances import Limits
from bot.app import build
from bot.console import ConsoleTelegram
from bot.console_people import ConsoleChat, ConsoleMessage
from bot.floods import Floods
from bot.settings import Settings
from bot.ticks import Ticks
from tests.bot.driving import NO_CEILING

AT_ONCE = Limits(interval=0.0, group_most=1_000_000)
START = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
"""A Monday."""


@dataclass
class Clock:
    """The time that the bot and its Telegram see."""

    time: datetime = START

    def __call__(self) -> datetime:
        return self.time

    def seconds(self) -> float:
        """Return the time as Telegram counts it."""
        return self.time.timestamp()

    def until(self, wall: str, zone: str = "UTC") -> None:
        """Go on to the next time at which the wall clock of a zone shows HH:MM."""
        local = self.time.astimezone(ZoneInfo(zone))
        hour, minute = map(int, wall.split(":"))
        then = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
        self.time = (then if then > local else then + timedelta(days=1)).astimezone(UTC)


@dataclass
class World:
    """A running bot."""

    telegram: ConsoleTelegram
    ticks: Ticks
    clock: Clock

    async def pass_to(self, wall: str, zone: str = "UTC") -> tuple[ConsoleMessage, ...]:
        """Go on to the next time at which the wall clock shows HH:MM, and return what the bot wrote on its own."""
        self.clock.until(wall, zone)
        return await self.tick()

    async def wait(self, **time: float) -> tuple[ConsoleMessage, ...]:
        """Let so much time pass, and return what the bot wrote on its own."""
        self.clock.time += timedelta(**time)
        return await self.tick()

    async def tick(self) -> tuple[ConsoleMessage, ...]:
        """Deliver what is due, and return what the bot wrote, in all chats."""
        before = len(self.telegram.events)
        await self.ticks.caught_up()
        chats = dict.fromkeys(event.chat for event in self.telegram.events[before:])
        return tuple(message for chat in chats for message in self.chat(chat).since(before))

    def chat(self, chat: int) -> ConsoleChat:
        """Return a chat by its id."""
        telegram = self.telegram
        return ConsoleChat(telegram._chats.find(chat), telegram._api, telegram.deliver, telegram.owner)


def fails_once(monkeypatch: pytest.MonkeyPatch, bot: World, name: str, error: Exception) -> None:
    """Let a method of the desk fail the next time, and work again after that."""
    works = getattr(bot.ticks._desk, name)

    async def fails(*_arguments: object) -> None:
        monkeypatch.setattr(bot.ticks._desk, name, works)
        raise error

    monkeypatch.setattr(bot.ticks._desk, name, fails)


@asynccontextmanager
async def world(
    settings: Settings, clock: Clock | None = None, telegram: ConsoleTelegram | None = None, *, chats: str = "chats.db"
) -> AsyncIterator[World]:
    clock = clock or Clock()
    telegram = telegram or ConsoleTelegram(clock=clock.seconds)
    settings = settings.model_copy(update={"messages_per_second": 100_000})
    bot = build(settings, request=telegram, now=clock, limits=AT_ONCE, floods=Floods(NO_CEILING), chats=chats)
    async with telegram.running(bot.application):
        yield World(telegram, bot.ticks, clock)
