"""What the bot says of itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot import notices
from bot.arguments import after_command, command_meant
from bot.delivery import message_of, reply
from bot.holdings import Stock
from bot.presses import Press, unpacked
from bot.replies import Reply
from store.spelling import nearest
from store.text import fold

_ABOUT_SEARCH = frozenset({"search", "searching", "quote"})
"""What stands behind /help where somebody wants to know how to search."""
_ABOUT_DIGEST = frozenset({"subscribe", "subscribing", "subscription", "digest", "settings", "timezone", "unsubscribe"})
"""What stands there where somebody wants to know how to ask for a digest."""

_SLIPS = 2
"""How many slips in a command are forgiven."""


class GeneralHandlers:
    """Greet and explain; `usage` pairs how a command is written with what it does, for whoever sent an update.

    `opened` answers what a link into a private chat carries, given that chat.
    """

    def __init__(
        self,
        stock: Stock,
        usage: Callable[[Update], Sequence[tuple[str, str]]],
        opened: Callable[[Press, int], Awaitable[tuple[Reply, ...]]],
    ) -> None:
        self._stock = stock
        self._opened = opened
        self._usage = usage

    async def start(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Greet, or answer what the link carries that somebody followed here."""
        message = message_of(update)
        press = unpacked(after_command(message.text or "")) if _is_private(message) else None
        if press is not None:
            await reply(message, *await self._opened(press, message.chat.id))
            return
        await reply(message, notices.start(self._stock.holdings(), private=_is_private(message)))

    async def help(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Explain the commands, or how to search, or how to ask for a digest."""
        message = message_of(update)
        about = fold(after_command(message.text or "")).strip("/ ")
        if about in _ABOUT_SEARCH:
            await reply(message, notices.help_search())
        elif about in _ABOUT_DIGEST:
            await reply(message, notices.help_subscribe())
        else:
            await reply(message, notices.help_page(self._usage(update)))

    async def about(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say what the bot is and how its answers are marked."""
        message = message_of(update)
        words = after_command(message.text or "")
        unused = notices.unused("/about", words, f"/quote {words}")
        await reply(message, notices.about(self._stock.holdings()), *unused)

    async def privacy(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say what is stored."""
        message = message_of(update)
        words = after_command(message.text or "")
        await reply(message, notices.privacy(), *notices.unused("/privacy", words, f"/quote {words}"))

    async def anything_else(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say in one line what the bot can do, or which command is meant by one that it does not have."""
        message = message_of(update)
        typed = message.text or ""
        if typed.startswith("/") and (command := command_meant(typed.partition("@")[0])):
            await reply(message, notices.other_command(command))
            return
        if typed.startswith("/"):
            mistyped = typed.split()[0].partition("@")[0]
            commands = [written.split()[0] for written, _ in self._usage(update)]
            near = nearest(mistyped.lower(), commands, most=_SLIPS) - {
                mistyped.lower()
            }  # One forwarded is spelt right.
            if near:
                await reply(message, notices.no_such_command(mistyped, sorted(near)))
                return
        await reply(message, notices.what_it_does(self._stock.holdings(), private=_is_private(message)))


def _is_private(message: Message) -> bool:
    return message.chat.type == ChatType.PRIVATE
