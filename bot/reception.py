"""The door to the handlers: requests are let in, or told to slow down, and counted with what came of them."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from telegram import ReplyParameters, Update
from telegram.error import TelegramError
from telegram.ext import ContextTypes, ExtBot

from bot import notices
from bot.commands import Handler
from bot.delivery import answer_press
from bot.floods import Floods, Verdict
from bot.metrics import Metrics
from bot.pace import NOTICE
from bot.turns import Urgency

_log = logging.getLogger(__name__)


class Reception:
    """Stands before the handlers of what people ask for; `clock` counts seconds, `bot` tells them to slow down.

    Not before those that keep books, as of a bot that was thrown out of a chat: they must miss nothing. Admins are no
    exception: what an admin's hand can do stays far below the ceiling, what a script can do is a flood from anyone.
    """

    def __init__(
        self, bot: ExtBot[Urgency], floods: Floods, metrics: Metrics, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._bot = bot
        self._floods = floods
        self._metrics = metrics
        self._clock = clock

    def request(self, command: str, handler: Handler) -> Handler:
        """Return a handler that does what `handler` does for those who do not ask too much."""

        async def received(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
            if not await self._lets_in(update, command):
                return
            try:
                await handler(update, context)
            except TelegramError:
                self._metrics.answered(command, "not sent")
                raise
            except BaseException:
                self._metrics.answered(command, "failed")
                raise
            self._metrics.answered(command, "answered")

        return received

    async def _lets_in(self, update: Update, command: str) -> bool:
        sender, chat = update.effective_sender, update.effective_chat
        if sender is None and chat is None:
            return True
        here = chat.id if chat is not None else sender.id if sender is not None else 0
        person = sender.id if sender is not None else here
        verdict = self._floods.heard(person, here, self._clock(), press=update.callback_query is not None)
        if verdict is Verdict.TAKE:
            return True
        self._metrics.answered(command, "ignored" if verdict is Verdict.IGNORE else "slowed down")
        if verdict is Verdict.SLOW_DOWN:
            _log.warning("flood chat=%d sender=%d", here, person)
            await self._tell(update)
        return False

    async def _tell(self, update: Update) -> None:
        try:
            if update.callback_query is not None:
                await answer_press(update.callback_query, notices.SLOW_DOWN, alert=True)
            elif (message := update.effective_message) is not None:
                await self._bot.send_message(
                    message.chat.id,
                    notices.SLOW_DOWN,
                    message_thread_id=message.message_thread_id if message.is_topic_message else None,
                    reply_parameters=ReplyParameters(message.message_id),
                    rate_limit_args=NOTICE,
                )
        except TelegramError as error:
            _log.info("not told to slow down update=%d error=%s", update.update_id, type(error).__name__)
