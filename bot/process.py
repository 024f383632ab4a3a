"""The bot as a process: on Telegram until a signal ends it, or in this terminal."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Sequence

from bot import logs
from bot.allowances import Limits
from bot.app import ARCHIVE, CONSOLE_CHATS, PLACES, build
from bot.console import ConsoleTelegram
from bot.conversation import converse, prompt
from bot.floods import Ceiling, Floods
from bot.loop import run_loop
from bot.manager import Manager
from bot.preparation import log_failure, log_remarks, prepare
from bot.service import NOT_DONE, Service
from bot.settings import Settings
from bot.vitals import PATIENCE_S
from bot.webhook import Webhook
from store import gazetteer
from store.database import needs_build
from store.errors import ArchiveError, BuildError, StoreError
from store.ingest import run as ingest

_NO_LIMITS = Limits(interval=0.0, group_most=1_000_000)
_NO_CEILING = Ceiling(most=1_000_000)
"""In a terminal, nobody is flooded."""

_PATIENCE_S = 3600.0
"""A reload is the one thing that lasts, and says so."""

_log = logging.getLogger(__name__)


def run(settings: Settings, patience: float = PATIENCE_S) -> int:
    """Be the bot on Telegram until a signal ends it; return the exit status, 2 where Telegram refuses the token.

    It ends by itself, with 1, where no request for updates has come back for `patience` seconds, and where there is no
    archive to answer from.
    """
    secrets = settings.secrets()
    logs.set_up(settings.log_level, settings.log_format, secrets)
    logs.catch_all(secrets)
    try:
        service = _service(settings, patience)
    except StoreError as error:
        _log.critical("%s", error)  # Said as the log is, which a machine may read.
        return NOT_DONE
    return run_loop(service.run())


def _service(settings: Settings, patience: float) -> Service:
    """Return the bot on what it answers from, which is made where need be; StoreError where it can't be."""
    manager = Manager()
    prepare(settings.seeds, settings.data / ARCHIVE, manager)
    _make_places(settings)
    bot = build(settings, patience=patience)
    webhook = None
    if settings.webhook_url:
        webhook = Webhook(settings, bot.application.bot, bot.application.update_queue, bot.metrics)
    return Service(
        bot.application,
        bot.ticks,
        bot.reload,
        bot.signs,
        bot.monitor,
        manager,
        bot.warm,
        patience,
        webhook=webhook,
        monitor_listen=settings.metrics_listen,
    )


def chat(settings: Settings, messages: Sequence[str]) -> int:
    """Hold a conversation in this terminal, of these messages or of what is typed; return the exit status."""
    logs.set_up("warning", "text")
    _bring_up_to_date(settings)
    telegram = ConsoleTelegram(patience=_PATIENCE_S)
    admins = settings.admins | {telegram.owner.id}
    bot = build(
        settings.model_copy(update={"admins": admins}),
        request=telegram,
        chats=CONSOLE_CHATS,
        limits=_NO_LIMITS,
        floods=Floods(_NO_CEILING),
    )
    return asyncio.run(converse(bot.application, telegram, messages or prompt(), sys.stdout, bot.ticks.caught_up))


def _bring_up_to_date(settings: Settings) -> None:
    """Take in what changed among the seeds; a build that fails leaves the archive as it was, to answer from."""
    archive = settings.data / ARCHIVE
    try:
        report = ingest.run(settings.seeds, archive)
    except BuildError as error:
        if needs_build(archive):
            raise
        log_failure(str(error))
        return
    log_remarks(report)


def _make_places(settings: Settings) -> None:
    """Make the table of places where need be, so that nobody who types a city waits for it."""
    try:
        gazetteer.bring_up_to_date(settings.data / PLACES)
    except ArchiveError as error:
        _log.warning("cities are not known: %s", error)
