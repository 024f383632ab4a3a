"""What the bot says of itself, and the deletion of all that it keeps of a chat."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot import notices
from bot.delivery import message_of, reply
from bot.holdings import Stock
from bot.keeping import KeptSearches
from bot.rights import may_manage


class GeneralHandlers:
    """Greet, explain, forget; `usage` pairs how a command is written with what it does."""

    def __init__(self, stock: Stock, kept: KeptSearches, usage: Sequence[tuple[str, str]]) -> None:
        self._stock = stock
        self._kept = kept
        self._usage = usage

    async def start(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Greet."""
        message = message_of(update)
        await reply(message, notices.start(self._stock.holdings(), private=_is_private(message)))

    async def help(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Explain the commands."""
        await reply(message_of(update), notices.help_page(self._usage))

    async def about(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say what the bot is and how its answers are marked."""
        await reply(message_of(update), notices.about(self._stock.holdings()))

    async def privacy(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say what is stored."""
        await reply(message_of(update), notices.privacy())

    async def forget(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Delete all that is stored of the chat, if the sender may."""
        message = message_of(update)
        if not await may_manage(message):
            await reply(message, notices.admins_only())
            return
        await self._kept.forget(message.chat.id)
        await reply(message, notices.forgotten())

    async def anything_else(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say in one line what the bot can do."""
        message = message_of(update)
        await reply(message, notices.what_it_does(self._stock.holdings(), private=_is_private(message)))


def _is_private(message: Message) -> bool:
    return message.chat.type == ChatType.PRIVATE
