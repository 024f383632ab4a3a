"""The bot as a service: started however long Telegram is away, watched while it runs, ended in order."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias

from telegram import Update
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.ext import Application

from bot import logs
from bot.manager import Manager
from bot.monitor import Monitor
from bot.outcomes import flood_wait
from bot.reload import Reload
from bot.serving import CannotListenError, serving
from bot.signs import Signs
from bot.stopping import stop
from bot.ticks import Ticks
from bot.watch import STUCK, Watch
from bot.webhook import CONNECTIONS, Webhook

AnyApplication: TypeAlias = Application[Any, Any, Any, Any, Any, Any]

UPDATES = (Update.MESSAGE, Update.CHANNEL_POST, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)
"""The kinds of updates that the bot asks Telegram for."""

NOT_DONE = 1
WRONG_USE = 2

_FIRST_WAIT_S = 1.0
_LONGEST_WAIT_S = 30.0
_FEED_EVERY_S = 5.0
_STOP_POLLING_S = 5.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Service:
    """A bot to be run, once `warm` is done: `patience` is how many seconds no request for updates may come back.

    Updates are asked for where there is no `webhook`; `monitor` answers on `monitor_listen` where that is given.
    """

    application: AnyApplication
    ticks: Ticks
    reload: Reload
    signs: Signs
    monitor: Monitor
    manager: Manager
    warm: Callable[[], Awaitable[None]]
    patience: float
    webhook: Webhook | None = None
    monitor_listen: tuple[str, int] | None = None

    async def run(self) -> int:
        """Run until a signal or the watch ends it, and return the exit status."""
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(logs.loop_fault)
        end = _End(self.ticks, self.reload)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGABRT):
            loop.add_signal_handler(number, end, 0)
        watch = Watch(self.signs.updates, self.patience, lambda: loop.call_soon_threadsafe(end, STUCK))
        watch.start()
        try:
            async with AsyncExitStack() as beside:
                await beside.enter_async_context(_beside(self._feed()))
                if self.monitor_listen is not None:
                    port = await beside.enter_async_context(serving(self.monitor.app(), self.monitor_listen))
                    _log.info("monitor listens on=%s:%d", self.monitor_listen[0], port)
                if self.webhook is not None:
                    port = await beside.enter_async_context(serving(self.webhook.app(), self.webhook.listen))
                    _log.info("webhook listens on=%s:%d", self.webhook.listen[0], port)
                    await beside.enter_async_context(_beside(self.webhook.look(port, self.signs.updates)))
                return await self._live(end)
        except CannotListenError as error:
            _log.critical("%s", error)
            return NOT_DONE
        finally:
            watch.stop()

    async def _live(self, end: _End) -> int:
        """Start, wait for the end, stop, and return the exit status."""
        try:
            await _until_first(self._start(), end.wait())
            await _until_first(end.wait(), self._token_refused())
        except InvalidToken:
            _log.critical("token refused by Telegram: check QUOTEBOT_TOKEN, @BotFather shows it")
            return WRONG_USE
        finally:
            self.manager.stopping()
            await self._stop()
        return end.status

    async def _start(self) -> None:
        application = self.application
        await self.warm()
        _log.info("connecting")
        await self._patiently(application.initialize)
        if application.post_init is not None:
            await application.post_init(application)
        if self.webhook is not None:
            await self._patiently(self._set_webhook)
        elif application.updater is not None:
            # The updater does this too, but silently for as long as it fails.
            await self._patiently(application.bot.delete_webhook)
            await application.updater.start_polling(
                allowed_updates=UPDATES,
                bootstrap_retries=-1,
                error_callback=lambda error: self.signs.telegram.failed(_reason(error)),
            )
        await application.start()
        self.manager.ready()

    async def _token_refused(self) -> None:
        await self.signs.token_refused.wait()
        raise InvalidToken

    async def _set_webhook(self) -> None:
        if self.webhook is not None:
            await self.application.bot.set_webhook(
                self.webhook.url,
                secret_token=self.webhook.secret,
                allowed_updates=UPDATES,
                max_connections=CONNECTIONS,
            )

    async def _patiently(self, ask: Callable[[], Awaitable[object]]) -> None:
        """Do what needs Telegram, again and again until it is there; InvalidToken where it refuses the token."""
        wait = _FIRST_WAIT_S
        while True:
            pause = 0.0
            try:
                await ask()
            except InvalidToken:
                raise
            except TelegramError as error:
                self.signs.telegram.failed(_reason(error))
                pause = flood_wait(error).total_seconds() if isinstance(error, RetryAfter) else wait
                wait = min(1.5 * wait, _LONGEST_WAIT_S)
                self.manager.ready()  # It can't do more by itself; to be killed for a slow start would not help.
            else:
                self.signs.telegram.over()
                return
            finally:
                self.signs.updates.beat(pause)
            await asyncio.sleep(pause)

    async def _stop(self) -> None:
        """End digests first: else those to come would be waited for."""
        updater = self.application.updater
        self.ticks.stop()
        self.reload.stop()
        if self.webhook is not None:
            self.webhook.stop()
        if updater is not None and updater.running:
            await _within(updater.stop(), _STOP_POLLING_S)
        await stop(self.application)

    async def _feed(self) -> None:
        """Tell the service manager how it goes, as long as the watch would find nothing amiss."""
        within = self.manager.watches_within
        while True:
            if self.signs.updates.age() <= self.patience:
                self.manager.alive()
            away = logs.without_tokens(self.signs.telegram.reason)
            self.manager.status(f"Telegram is away: {away}" if away else "Telegram answers")
            await asyncio.sleep(_FEED_EVERY_S if within is None else min(_FEED_EVERY_S, within / 3))


class _End:
    """The end of a Service: called with an exit status, of which the first holds."""

    def __init__(self, ticks: Ticks, reload: Reload) -> None:
        self.status = 0
        self._ticks = ticks
        self._reload = reload
        self._come = asyncio.Event()

    def __call__(self, status: int) -> None:
        if not self._come.is_set():
            _log.info("ending status=%d", status)
            self.status = status
            self._ticks.stop()
            self._reload.stop()
            self._come.set()

    async def wait(self) -> None:
        await self._come.wait()


async def _until_first(*waits: Coroutine[Any, Any, object]) -> None:
    """Run all of them until one is done, and end the others; raises what that one raises."""
    tasks = [asyncio.create_task(wait) for wait in waits]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()


async def _within(work: Coroutine[Any, Any, None], seconds: float) -> None:
    """Wait for something that long at most: the library's polling can't be woken from its waits for Telegram."""
    task = asyncio.create_task(work)
    _, late = await asyncio.wait({task}, timeout=seconds)
    if late:
        _log.warning("polling did not end in time: the last updates may come again")
        task.cancel()
    else:
        task.result()


@asynccontextmanager
async def _beside(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Let something be done meanwhile."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _reason(error: TelegramError) -> str:
    return f"{type(error).__name__}: {error.message}"
