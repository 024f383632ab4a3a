"""Handing a Reply to Telegram: as an answer, as an edit, behind a pressed button."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram import Bot, CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message, ReplyParameters, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.markup import plain
from bot.presses import Context, Press, encode, packed
from bot.replies import Reply

_log = logging.getLogger(__name__)

_Sent = TypeVar("_Sent")
Send = Callable[[str, str | None, InlineKeyboardMarkup | None], Awaitable[_Sent]]
"""Sends a text, its parse mode and its keyboard."""


class UnreachableError(Exception):
    """The message that was to be edited is gone, or no longer the bot's to edit."""


def message_of(update: Update) -> Message:
    """Return the message of an update that the handlers' filters have let through because it has one."""
    if update.message is None:
        raise ValueError("an update without a message came past the filters")
    return update.message


def post_of(update: Update) -> Message:
    """Return the message or channel post of an update that the handlers' filters have let through."""
    message = update.message or update.channel_post
    if message is None:
        raise ValueError("an update without a message came past the filters")
    return message


async def reply(message: Message, *answers: Reply) -> None:
    """Answer a message in its topic, in a group as a reply to it; also where it was deleted meanwhile."""
    for answer in answers:
        await _formatted_or_plain(
            answer,
            lambda text, mode, keyboard: message.reply_text(text, parse_mode=mode, reply_markup=keyboard),
        )


async def say(message: Message, answer: Reply) -> int:
    """Answer a message as `reply` does, and return the number of the answer, for `revise`."""
    sent = await _formatted_or_plain(
        answer,
        lambda text, mode, keyboard: message.reply_text(text, parse_mode=mode, reply_markup=keyboard),
    )
    return sent.message_id


async def send(bot: Bot, chat: int, answer: Reply) -> None:
    """Send what nobody asked for in that chat just now."""
    await _formatted_or_plain(
        answer,
        lambda text, mode, keyboard: bot.send_message(chat, text, parse_mode=mode, reply_markup=keyboard),
    )


async def follow(query: CallbackQuery, *answers: Reply) -> None:
    """Send what a pressed button asked for, as a reply to the message that the button belongs to."""
    message = query.message
    if message is None:
        raise UnreachableError
    # Replying puts the answer into the same topic, also where Telegram no longer tells us which one that is.
    thread = message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None
    to_it = ReplyParameters(message.message_id, allow_sending_without_reply=True)
    for answer in answers:
        await _formatted_or_plain(
            answer,
            lambda text, mode, keyboard: query.get_bot().send_message(
                message.chat.id,
                text,
                parse_mode=mode,
                reply_markup=keyboard,
                reply_parameters=to_it,
                message_thread_id=thread,
            ),
        )


async def edit(query: CallbackQuery, answer: Reply) -> None:
    """Show a Reply in place of the message that a button belongs to; raise UnreachableError where that can't be."""
    if query.message is None:
        raise UnreachableError
    await revise(query.get_bot(), query.message.chat.id, query.message.message_id, answer)


async def revise(bot: Bot, chat: int, number: int, answer: Reply) -> None:
    """Show a Reply in place of a message of the bot's own; raise UnreachableError where that can't be."""
    try:
        await _formatted_or_plain(
            answer,
            lambda text, mode, keyboard: bot.edit_message_text(
                text, chat, number, parse_mode=mode, reply_markup=keyboard
            ),
        )
    except BadRequest as refusal:
        fault = refusal.message.casefold().replace("_", " ")
        if "not modified" in fault:
            return  # Somebody pressed twice: it is there already.
        if "message to edit not found" in fault or "can't be edited" in fault or "message id invalid" in fault:
            raise UnreachableError from refusal
        raise


async def answer_press(query: CallbackQuery, words: str = "", *, alert: bool = False) -> None:
    """Tell the app that a press was heard, in a passing line, or in an alert that must be closed.

    Telegram takes this for a short while only: after a restart it may be too late, which harms nobody.
    """
    try:
        await query.answer(words or None, show_alert=alert)
    except BadRequest as refusal:
        _log.debug("press not answered error=%s", refusal.message)


async def open_in_private(query: CallbackQuery, press: Press) -> bool:
    """Answer a press by opening the bot's private chat with it; False where the press is too long for a link."""
    parameter = packed(press)
    if parameter is None:
        return False
    try:
        await query.answer(url=f"https://t.me/{query.get_bot().username}?start={parameter}")
    except BadRequest as refusal:
        _log.debug("press not answered error=%s", refusal.message)
    return True


def keyboard(answer: Reply) -> InlineKeyboardMarkup | None:
    """Return the buttons of a Reply as Telegram wants them."""
    rows = [
        [
            InlineKeyboardButton(
                button.label, url=button.url, callback_data=encode(button.press) if button.press else None
            )
            for button in row
        ]
        for row in answer.buttons
    ]
    return InlineKeyboardMarkup(rows) if rows else None


async def _formatted_or_plain(answer: Reply, send: Send[_Sent]) -> _Sent:
    """Send a Reply; should Telegram not take its formatting, without it rather than not at all."""
    buttons = keyboard(answer)
    try:
        return await send(answer.html, ParseMode.HTML, buttons)
    except BadRequest as refusal:
        if "can't parse entities" not in refusal.message.casefold():
            raise
        shown = [button.press.passage for row in answer.buttons for button in row if isinstance(button.press, Context)]
        _log.error("formatting refused passages=%s", ",".join(shown))
        return await send(plain(answer.html), None, buttons)
