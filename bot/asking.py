"""Requests to Telegram whose answer is read as it is.

For each message the library makes a Message of the answer, and looks through every parameter for what JSON has
not, which takes longer than the request itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.ext import ExtBot
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.buttons import Row
from bot.presses import encode
from bot.turns import Urgency

_NO_PREVIEW = {"is_disabled": True}


async def ask(bot: Bot, method: str, asked: Mapping[str, object], urgency: Urgency | None = None) -> object:
    """Make a request at the pace of the bot's rate limiter, and return the result that Telegram answers with.

    `asked` are the parameters, as values that JSON has; None are left out. `urgency` None is an answer's. Raises
    `TelegramError` as the library's own methods do.
    """
    given = {name: one for name, one in asked.items() if one is not None}
    form = RequestData([RequestParameter(name, one, None) for name, one in given.items()])
    sending = (f"{bot.base_url}/{method}", form)
    pace = bot.rate_limiter if isinstance(bot, ExtBot) else None
    if pace is None:
        return await bot.request.post(*sending)
    return await pace.process_request(bot.request.post, sending, {}, method, given, urgency)


def shown(text: str, keyboard: str, *, formatted: bool) -> dict[str, object]:
    """Return what a message shows, as parameters; `keyboard` is that of `keyboard_of`."""
    return {
        "text": text,
        "parse_mode": ParseMode.HTML if formatted else None,
        "link_preview_options": _NO_PREVIEW,
        "reply_markup": keyboard or None,
    }


@lru_cache(maxsize=512)  # A digest goes to thousands of chats, and many ask for the same.
def keyboard_of(rows: tuple[Row, ...]) -> str:
    """Return rows of buttons in Telegram's JSON; empty where there are none."""
    if not rows:
        return ""
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(
                    button.label, url=button.url, callback_data=encode(button.press) if button.press else None
                )
                for button in row
            ]
            for row in rows
        ]
    ).to_json()
