"""The commands: one table that feeds the handlers, the menu and /help."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass
from typing import Any

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    Update,
)
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.handlers.admin import AdminHandlers
from bot.handlers.calendar import CalendarHandlers
from bot.handlers.general import GeneralHandlers
from bot.handlers.quotes import QuoteHandlers
from bot.handlers.sources import SourceHandlers
from bot.handlers.subscriptions import SubscriptionHandlers

Handler = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class Handlers:
    """The handlers of all subjects."""

    general: GeneralHandlers
    quotes: QuoteHandlers
    calendar: CalendarHandlers
    sources: SourceHandlers
    subscriptions: SubscriptionHandlers
    admin: AdminHandlers


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name, the words it takes, what it does, who does it, and whether it is heard in channels too."""

    name: str
    words: str
    does: str
    handler: Callable[[Handlers], Handler]
    in_channels: bool = False

    @property
    def usage(self) -> str:
        """How the command is written."""
        return f"/{self.name} {self.words}".rstrip()


COMMANDS = (
    Command("quote", "[words]", "the best quote for these words, or a random one", lambda to: to.quotes.quote),
    Command(
        "random", "[words]", "a quote worth reading on its own, or one with these words", lambda to: to.quotes.random
    ),
    Command("onthisday", "[date]", "what was said or happened on that day", lambda to: to.calendar.on_this_day),
    Command("sources", "", "the documents, newest first", lambda to: to.sources.sources),
    Command("source", "number", "one document: all that is known of it", lambda to: to.sources.source),
    Command(
        "subscribe",
        "[time] [zone or city] [daily, weekdays, weekly] [words]",
        "a digest of this day, every day at your hour",
        lambda to: to.subscriptions.subscribe,
        in_channels=True,
    ),
    Command("settings", "", "change the digest", lambda to: to.subscriptions.settings, in_channels=True),
    Command("timezone", "[city]", "the zone of this chat", lambda to: to.subscriptions.timezone, in_channels=True),
    Command("unsubscribe", "", "end the digest", lambda to: to.subscriptions.unsubscribe, in_channels=True),
    Command("about", "", "what this is, and how quotes are marked", lambda to: to.general.about),
    Command("privacy", "", "what is stored of you", lambda to: to.general.privacy),
    Command("forget", "", "delete what is stored of this chat", lambda to: to.subscriptions.forget, in_channels=True),
    Command("help", "[search, subscribe]", "all commands, or more on one of these", lambda to: to.general.help),
    Command("start", "", "the greeting", lambda to: to.general.start),
)

ADMIN_COMMANDS = (
    Command("reload", "", "take in what changed among the texts", lambda to: to.admin.reload),
    Command("status", "", "how the bot is", lambda to: to.admin.status),
)
"""What admins may do besides, in their private chats."""

_log = logging.getLogger(__name__)

_MENUS = (BotCommandScopeAllPrivateChats(), BotCommandScopeAllGroupChats())
_NOT_IN_MENUS = {"start"}
_WITHDRAWN = 1000
"""People who tried a command of admins, the last, from whom a menu need not be taken again."""


def usage(*, admin: bool = False) -> tuple[tuple[str, str], ...]:
    """Return each command as it is written, with what it does; those of admins too where an admin asks."""
    return tuple((command.usage, command.does) for command in (*COMMANDS, *(ADMIN_COMMANDS if admin else ())))


async def set_menu(bot: Bot) -> None:
    """Show the commands in the menus of private chats and of groups; TelegramError where Telegram does not answer."""
    for scope in _MENUS:
        await bot.set_my_commands(_menu(COMMANDS), scope)


class AdminMenus:
    """Shows admins their own commands too, each in his private chat."""

    def __init__(self, bot: Bot, admins: frozenset[int]) -> None:
        self._bot = bot
        self._admins = admins
        self._without = set(admins)
        self._withdrawn: deque[int] = deque(maxlen=_WITHDRAWN)

    async def show(self) -> None:
        """Show them to every admin who has none yet."""
        for admin in tuple(self._without):
            await self._show_to(admin)

    async def met(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show them to an admin who writes, where that could not be done before: he had never opened his chat."""
        if update.effective_user is not None and update.effective_user.id in self._without:
            await self._show_to(update.effective_user.id)

    async def withdraw(self, update: Update) -> None:
        """Take them from somebody who tried one in his private chat, and may no longer: once an admin, it seems."""
        person, chat = update.effective_user, update.effective_chat
        if person is None or person.id in self._admins or chat is None or chat.id != person.id:
            return
        if person.id in self._withdrawn:
            return
        try:
            await self._bot.delete_my_commands(BotCommandScopeChat(person.id))
        except TelegramError as error:
            _log.info("menu of an admin not taken back user=%d error=%s", person.id, error.message)
        else:
            self._withdrawn.append(person.id)

    async def _show_to(self, admin: int) -> None:
        try:
            await self._bot.set_my_commands(_menu((*COMMANDS, *ADMIN_COMMANDS)), BotCommandScopeChat(admin))
        except TelegramError as error:
            _log.info("menu of an admin not set user=%d error=%s", admin, error.message)
        else:
            self._without.discard(admin)


def _menu(commands: Iterable[Command]) -> list[BotCommand]:
    return [BotCommand(command.name, command.does) for command in commands if command.name not in _NOT_IN_MENUS]
