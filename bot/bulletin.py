"""A message that keeps in step with a reload until it says what came of it, also where the bot is stopped meanwhile."""

from __future__ import annotations

import asyncio
import json
import logging
import os
from pathlib import Path
from typing import Any, NamedTuple

from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot import admin_notices
from bot.builds import Ended
from bot.delivery import UnreachableError, revise, send
from bot.outcomes import flood_wait
from bot.reload import Reload
from bot.replies import Reply

EDIT_SECONDS = 2.0
"""How long a message stays as it is before it is edited again."""

_WAITS = (2.0, 4.0, 8.0, 16.0, 32.0)
"""Seconds between the attempts to say what came of a reload while Telegram is away."""

_log = logging.getLogger(__name__)


class Place(NamedTuple):
    """Where a message stands: its chat and its number there."""

    chat: int
    message: int


class Bulletin:
    """Edits messages about reloads; `file` remembers the one whose end is not told yet, None: it need not be."""

    def __init__(self, bot: ExtBot[Any], reload: Reload, file: Path | None) -> None:
        self._bot = bot
        self._reload = reload
        self._file = file

    async def follow(self, building: asyncio.Task[Ended], place: Place) -> None:
        """Let the message at `place` say how far the build is, and then what came of it."""
        self._remember(place)
        shown = None
        while not (await asyncio.wait([building], timeout=EDIT_SECONDS))[0]:
            running = self._reload.running
            if running is not None and running.progress != shown:
                shown = running.progress
                try:
                    await revise(self._bot, *place, admin_notices.reading(shown))
                except (TelegramError, UnreachableError) as error:
                    _log.info("progress not shown chat=%d error=%s", place.chat, type(error).__name__)
        if await self._conclude(place, admin_notices.ended(building.result())):
            self._forget()

    async def take_up(self, documents: int, passages: int) -> None:
        """Mend the message of a reload whose end nobody told, of an earlier process; the counts are the archive's."""
        place = self._remembered()
        if place is None:
            return
        try:
            await self._tell(place, admin_notices.interrupted(documents, passages))
        except TelegramError as error:
            _log.warning("reload not told yet chat=%d error=%s", place.chat, type(error).__name__)
        else:
            self._forget()

    async def _conclude(self, place: Place, answer: Reply) -> bool:
        """Say what came of it, as soon as Telegram takes it; False where it does not, or the bot is stopping."""
        for wait in (*_WAITS, None):
            try:
                await self._tell(place, answer)
            except TelegramError as error:
                _log.warning("reload not told yet chat=%d error=%s", place.chat, type(error).__name__)
                shut = flood_wait(error).total_seconds() if isinstance(error, RetryAfter) else 0.0
                if wait is None or await self._reload.stops_within(max(wait, shut)):
                    return False
            else:
                break
        return True

    async def _tell(self, place: Place, answer: Reply) -> None:
        """Let the message say it, or another one where it is gone; TelegramError where that may go better later."""
        try:
            try:
                await revise(self._bot, *place, answer)
            except UnreachableError:
                await send(self._bot, place.chat, answer)
        except (BadRequest, Forbidden) as error:
            _log.warning("reload never told chat=%d error=%s", place.chat, error.message)

    def _remember(self, place: Place) -> None:
        if self._file is None:
            return
        try:
            with open(os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:  # noqa: PTH123
                json.dump(place._asdict(), file)
        except OSError as error:  # The disk is full, it may be: the build will say so.
            _log.warning("message of the reload not remembered error=%s", error.strerror)

    def _remembered(self) -> Place | None:
        try:
            return Place(**json.loads((self._file or Path(os.devnull)).read_text(encoding="ascii")))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError):
            self._forget()
            return None

    def _forget(self) -> None:
        if self._file is not None:
            self._file.unlink(missing_ok=True)
