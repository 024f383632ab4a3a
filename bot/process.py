"""The bot as a process: on Telegram until a signal ends it, or in this terminal."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeAlias

from telegram import Update
from telegram.error import InvalidToken

from bot import logs
from bot.allowances import Limits
from bot.app import ARCHIVE, CONSOLE_CHATS, PLACES, AnyApplication, build
from bot.console import ConsoleTelegram
from bot.conversation import converse, prompt
from bot.settings import Settings
from bot.ticks import Ticks
from store import gazetteer
from store.errors import ArchiveError, BuildError
from store.ingest import run as ingest

Init: TypeAlias = Callable[[AnyApplication], Coroutine[Any, Any, None]]

UPDATES = (Update.MESSAGE, Update.CHANNEL_POST, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)
"""The kinds of updates that the bot asks Telegram for."""

_NO_LIMITS = Limits(interval=0.0, group_most=1_000_000)
"""In a terminal, nobody is flooded."""

_log = logging.getLogger(__name__)


def run(settings: Settings) -> int:
    """Be the bot on Telegram until a signal ends it; return the exit status, 2 where Telegram refuses the token.

    Raises `StoreError` where there is no archive to answer from.
    """
    logs.set_up(settings.log_level, settings.log_format)
    _bring_up_to_date(settings)
    _make_places(settings)
    if settings.webhook_url:
        _log.warning("webhook not supported by this version: polling instead")
    application, ticks = build(settings)
    application.post_init = _stopping_at_a_signal(ticks, application.post_init)
    _log.info("connecting api=%s", settings.api_url)
    try:
        application.run_polling(allowed_updates=UPDATES, bootstrap_retries=-1)
    except InvalidToken:
        _log.error("token refused by Telegram: check QUOTEBOT_TOKEN, @BotFather shows it")
        return 2
    return 0


def chat(settings: Settings, messages: Sequence[str]) -> int:
    """Hold a conversation in this terminal, of these messages or of what is typed; return the exit status."""
    logs.set_up("warning", "text")
    _bring_up_to_date(settings)
    telegram = ConsoleTelegram()
    admins = settings.admins | {telegram.owner.id}
    application, ticks = build(
        settings.model_copy(update={"admins": admins}), request=telegram, chats=CONSOLE_CHATS, limits=_NO_LIMITS
    )
    return asyncio.run(converse(application, telegram, messages or prompt(), sys.stdout, ticks.caught_up))


def _bring_up_to_date(settings: Settings) -> None:
    """Take in what changed among the seeds; a build that fails leaves the archive as it was, to answer from."""
    archive = settings.data / ARCHIVE
    try:
        report = ingest.run(settings.seeds, archive)
    except BuildError as error:
        if not archive.exists():
            raise
        _log.error("build failed, answering from the archive as it was: %s", error)
        return
    for remark in report.refused:
        _log.warning("refused file=%s line=%s reason=%s", remark.file, remark.line, remark.reason)
    for remark in report.warnings:
        _log.warning("warning file=%s line=%s reason=%s", remark.file, remark.line, remark.reason)


def _stopping_at_a_signal(ticks: Ticks, init: Init | None) -> Init:
    """Return what begins as `init` does, and has a signal end the digests first: the library would wait for others."""

    async def begin(application: AnyApplication) -> None:
        if init is not None:
            await init(application)

        def stop() -> None:
            ticks.stop()
            application.stop_running()

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGABRT):
            asyncio.get_running_loop().add_signal_handler(number, stop)

    return begin


def _make_places(settings: Settings) -> None:
    """Make the table of places where need be, so that nobody who types a city waits for it."""
    try:
        gazetteer.bring_up_to_date(settings.data / PLACES)
    except ArchiveError as error:
        _log.warning("cities are not known: %s", error)
