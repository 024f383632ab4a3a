"""Handing a Reply to Telegram: as an answer, as an edit, behind a pressed button."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from telegram import Bot, CallbackQuery, InlineKeyboardMarkup, MaybeInaccessibleMessage, Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest, TelegramError

from bot.asking import ask, keyboard_of, shown
from bot.markup import plain
from bot.presses import Context, Press, packed
from bot.replies import Reply

_log = logging.getLogger(__name__)


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
        await say(message, answer)


async def say(message: Message, answer: Reply) -> int:
    """Answer a message as `reply` does, and return the number of the answer, for `revise`."""
    direct = message.direct_messages_topic
    sent = await _formatted_or_plain(
        message.get_bot(),
        "sendMessage",
        {
            "chat_id": message.chat.id,
            # Elsewhere a thread is that of a chain of replies, which can't be written to.
            "message_thread_id": message.message_thread_id if message.is_topic_message else None,
            "direct_messages_topic_id": direct.topic_id if direct else None,
            "reply_parameters": None if message.chat.type == ChatType.PRIVATE else _to(message),
        },
        answer,
    )
    return number_of(sent)


async def send(bot: Bot, chat: int, answer: Reply) -> None:
    """Send what nobody asked for in that chat just now."""
    await _formatted_or_plain(bot, "sendMessage", {"chat_id": chat}, answer)


async def follow(query: CallbackQuery, *answers: Reply) -> None:
    """Send what a pressed button asked for, as a reply to the message that the button belongs to."""
    message = query.message
    if message is None:
        raise UnreachableError
    # Replying puts the answer into the same topic, also where Telegram no longer tells us which one that is.
    thread = message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None
    where = {"chat_id": message.chat.id, "message_thread_id": thread, "reply_parameters": _to(message)}
    for answer in answers:
        await _formatted_or_plain(query.get_bot(), "sendMessage", where, answer)


async def edit(query: CallbackQuery, answer: Reply) -> None:
    """Show a Reply in place of the message that a button belongs to; raise UnreachableError where that can't be."""
    if query.message is None:
        raise UnreachableError
    await revise(query.get_bot(), query.message.chat.id, query.message.message_id, answer)


async def use_up(query: CallbackQuery) -> None:
    """Take the button that was pressed from its message, where that can be done: it has nothing more to do."""
    message = query.message
    if not isinstance(message, Message) or message.reply_markup is None:
        return
    rows = [
        [button for button in row if button.callback_data != query.data] for row in message.reply_markup.inline_keyboard
    ]
    try:
        await query.edit_message_reply_markup(InlineKeyboardMarkup([row for row in rows if row]))
    except TelegramError as refusal:
        _log.debug("button left where it was error=%s", refusal.message)


async def revise(bot: Bot, chat: int, number: int, answer: Reply) -> None:
    """Show a Reply in place of a message of the bot's own; raise UnreachableError where that can't be."""
    try:
        await _formatted_or_plain(bot, "editMessageText", {"chat_id": chat, "message_id": number}, answer)
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
        asked = {"callback_query_id": query.id, "text": words or None, "show_alert": alert or None}
        await ask(query.get_bot(), "answerCallbackQuery", asked)
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


def number_of(sent: object) -> int:
    """Return the number of a message from what Telegram answers with; TelegramError where it does not say."""
    number = sent.get("message_id") if isinstance(sent, dict) else None
    if not isinstance(number, int):
        raise TelegramError("Invalid server response")
    return number


def _to(message: MaybeInaccessibleMessage) -> dict[str, object]:
    return {"message_id": message.message_id, "allow_sending_without_reply": True}


async def _formatted_or_plain(bot: Bot, method: str, where: Mapping[str, object], answer: Reply) -> object:
    """Send a Reply; should Telegram not take its formatting, without it rather than not at all."""
    keyboard = keyboard_of(answer.buttons)
    try:
        return await ask(bot, method, {**where, **shown(answer.html, keyboard, formatted=True)})
    except BadRequest as refusal:
        if "can't parse entities" not in refusal.message.casefold():
            raise
        of = [button.press.passage for row in answer.buttons for button in row if isinstance(button.press, Context)]
        _log.error("formatting refused passages=%s", ",".join(of))
        return await ask(bot, method, {**where, **shown(plain(answer.html), keyboard, formatted=False)})
