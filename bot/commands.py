"""The commands: one table that feeds the handlers, the menu and /help."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats, Update
from telegram.ext import ContextTypes

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
    Command("random", "", "a quote worth reading on its own", lambda to: to.quotes.random),
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
    Command("help", "", "all commands", lambda to: to.general.help),
    Command("start", "", "the greeting", lambda to: to.general.start),
)

_MENUS = (BotCommandScopeAllPrivateChats(), BotCommandScopeAllGroupChats())
_NOT_IN_MENUS = {"start"}


def usage() -> tuple[tuple[str, str], ...]:
    """Return each command as it is written, with what it does."""
    return tuple((command.usage, command.does) for command in COMMANDS)


async def set_menu(bot: Bot) -> None:
    """Show the commands in the menus of private chats and of groups; TelegramError where Telegram does not answer."""
    menu = [BotCommand(command.name, command.does) for command in COMMANDS if command.name not in _NOT_IN_MENUS]
    for scope in _MENUS:
        await bot.set_my_commands(menu, scope)
