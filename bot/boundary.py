"""The end of every fault: what nobody handled is logged, and the person gets an answer."""

from __future__ import annotations

import logging

from telegram import Update
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError
from telegram.ext import ContextTypes

from bot import delivery, notices
from bot.logs import account
from bot.outcomes import Gone, TopicClosed, of_error
from bot.turns import StoppingError

_log = logging.getLogger(__name__)


async def on_error(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Log a fault with the ids of chat and update, never with what people wrote, and apologise once."""
    error = context.error
    if error is None:
        return
    if not isinstance(update, Update):
        _log.error("fault outside an update\n%s", "\n".join(account(error)))
        return
    chat = update.effective_chat.id if update.effective_chat else None
    if isinstance(error, Forbidden | RetryAfter | StoppingError) or isinstance(of_error(error), Gone | TopicClosed):
        # Nothing can be said to them now, which is no fault: where that was noticed tells nobody anything.
        _log.warning("not answered update=%s chat=%s error=%s", update.update_id, chat, error)
        if update.callback_query is not None and isinstance(error, BadRequest):
            await delivery.answer_press(update.callback_query, notices.NO_PLACE, alert=True)
        return
    _log.error("fault update=%s chat=%s\n%s", update.update_id, chat, "\n".join(account(error)))
    try:
        if update.callback_query is not None:
            await delivery.answer_press(update.callback_query, notices.FAILED_PRESS, alert=True)
        elif update.message is not None:
            await delivery.reply(update.message, notices.failed())
    except TelegramError as second:
        _log.warning("apology not sent update=%s chat=%s error=%s", update.update_id, chat, type(second).__name__)
