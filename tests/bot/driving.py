"""The bot of `build_application`, running against a Telegram in this process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import User

from bot.app import build
from bot.console import ConsoleTelegram
from bot.console_people import ConsoleMessage
from bot.floods import Ceiling, Floods
from bot.settings import Settings

ANN = User(2002, "Ann", is_bot=False)
CAT = User(3003, "Cat", is_bot=False)

LONG = "what do you think of the situation in syria and of the talks about it in geneva and astana"
"""A search that does not fit into a button."""

NO_CEILING = Ceiling(most=1_000_000)
"""Tests ask more, and faster, than people."""


@asynccontextmanager
async def running(settings: Settings, telegram: ConsoleTelegram | None = None) -> AsyncIterator[ConsoleTelegram]:
    telegram = telegram or ConsoleTelegram()
    async with telegram.running(build(settings, request=telegram, floods=Floods(NO_CEILING)).application):
        yield telegram


def labels(message: ConsoleMessage) -> list[list[str]]:
    return [[button.text for button in row] for row in message.rows]
