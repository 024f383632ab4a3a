"""COMPOSITION ROOT: the only file that wires objects into an Application."""

from __future__ import annotations

import asyncio
import logging
import random
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime
from typing import Any, TypeAlias

from telegram import LinkPreviewOptions, Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    Defaults,
    MessageHandler,
)
from telegram.request import BaseRequest

from bot import commands, filters, logs
from bot.boundary import on_error
from bot.console import ConsoleTelegram
from bot.conversation import converse, prompt
from bot.handlers.calendar import CalendarHandlers
from bot.handlers.general import GeneralHandlers
from bot.handlers.pressed import PressHandlers, Repeats
from bot.handlers.quotes import QuoteHandlers
from bot.handlers.sources import SourceHandlers
from bot.holdings import Stock
from bot.keeping import KeptSearches
from bot.settings import Settings
from store.archive import Archive
from store.chats import Chats
from store.errors import BuildError
from store.ingest import run as ingest
from store.search import Search

AnyApplication: TypeAlias = Application[Any, Any, Any, Any, Any, Any]

ARCHIVE = "archive.db"
CHATS = "chats.db"
CONSOLE_CHATS = "console.db"
"""What `chat` keeps in place of the chats that Telegram knows: nothing said there ever gets out."""
UPDATES = (Update.MESSAGE, Update.CALLBACK_QUERY)
"""The kinds of updates that the bot asks Telegram for."""

_NO_TOKEN = "0:none"  # noqa: S105 - a Telegram in this process asks for none, but the library does
_AT_ONCE = 64
"""Updates handled at the same time: while one waits for Telegram, others go on."""
_SWEEP_SECONDS = 3600

_log = logging.getLogger(__name__)


def build_application(
    settings: Settings,
    *,
    request: BaseRequest | None = None,
    chats: str = CHATS,
    rng: random.Random | None = None,
) -> AnyApplication:
    """Return the bot, ready to run, on the archive and the database of chats in `settings.data`.

    `request` stands in for the network; `chats` is the name of the database of chats. Raises `ArchiveError` where
    one of the two databases can't be used. Both are let go of when the Application has shut down, by `post_shutdown`.
    """
    with ExitStack() as opened:
        archive = opened.enter_context(Archive.open(settings.data / ARCHIVE))
        writing = opened.enter_context(Chats.open(settings.data / chats))
        reading = opened.enter_context(Chats.open(settings.data / chats))
        kept = KeptSearches(writing, reading, lambda: datetime.now(UTC))
        opened.callback(kept.close)
        search = Search(archive)
        stock = Stock(archive)
        quotes = QuoteHandlers(search, archive, kept, stock, rng or random.Random())  # noqa: S311 - no secret
        calendar = CalendarHandlers(search, archive, lambda: _today(settings))
        sources = SourceHandlers(archive)
        general = GeneralHandlers(stock, kept, commands.usage())
        presses = PressHandlers(quotes, calendar, sources, Repeats(time.monotonic))
        handlers = commands.Handlers(general, quotes, calendar, sources)
        application = _application(settings, request, opened.pop_all())

    for command in commands.COMMANDS:
        application.add_handler(CommandHandler(command.name, command.handler(handlers), filters.OWN_COMMAND))
    application.add_handler(MessageHandler(filters.WORDS, quotes.plain))
    application.add_handler(MessageHandler(filters.ANYTHING_ELSE, general.anything_else))
    application.add_handler(MessageHandler(filters.UNKNOWN_COMMAND_TO_ME, general.anything_else))
    application.add_handler(CallbackQueryHandler(presses.pressed))
    application.add_error_handler(on_error)

    async def sweep(_context: ContextTypes.DEFAULT_TYPE) -> None:
        await kept.sweep()

    if application.job_queue is not None:
        application.job_queue.run_repeating(sweep, _SWEEP_SECONDS, first=1)
    return application


def run(settings: Settings) -> int:
    """Be the bot on Telegram until a signal ends it; return the exit status, 2 where Telegram refuses the token.

    Raises `StoreError` where there is no archive to answer from.
    """
    logs.set_up(settings.log_level, settings.log_format)
    _bring_up_to_date(settings)
    if settings.webhook_url:
        _log.warning("webhook not supported by this version: polling instead")
    application = build_application(settings)
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
    application = build_application(
        settings.model_copy(update={"admins": admins}), request=telegram, chats=CONSOLE_CHATS
    )
    return asyncio.run(converse(application, telegram, messages or prompt(), sys.stdout))


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


def _application(settings: Settings, request: BaseRequest | None, opened: ExitStack) -> AnyApplication:
    builder = (
        Application.builder()
        .token(settings.bot_token() or _NO_TOKEN)
        .base_url(f"{settings.api_url}/bot")
        .base_file_url(f"{settings.api_url}/file/bot")
        .defaults(Defaults(link_preview_options=LinkPreviewOptions(is_disabled=True), allow_sending_without_reply=True))
        .concurrent_updates(_AT_ONCE)
        .post_init(_show_menu)
    )
    if request is not None:
        builder = builder.request(request).get_updates_request(request)

    async def let_go(_application: AnyApplication) -> None:
        opened.close()

    return builder.post_shutdown(let_go).build()


async def _show_menu(application: AnyApplication) -> None:
    """Set the menu of commands; a bot without one still answers, so that a failure stops nothing."""
    _log.info("connected bot=%s", application.bot.username)
    try:
        await commands.set_menu(application.bot)
    except TelegramError as error:
        _log.warning("menu not set error=%s", error.message)


def _today(settings: Settings) -> date:
    return datetime.now(settings.timezone).date()
