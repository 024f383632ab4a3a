"""Pressed buttons: each to the subject it belongs to, and always an answer."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace

from telegram import CallbackQuery, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot import notices
from bot.delivery import UnreachableError, answer_press, edit, follow, open_in_private
from bot.handlers.admin import AdminHandlers
from bot.handlers.calendar import CalendarHandlers
from bot.handlers.gone import GoneError
from bot.handlers.quotes import QuoteHandlers
from bot.handlers.sources import SourceHandlers
from bot.handlers.switches import SwitchHandlers, topic_of
from bot.presses import (
    AnyQuote,
    Ask,
    Context,
    DayPage,
    DigestPage,
    Hit,
    KeptHit,
    NewDocuments,
    Place,
    Press,
    Removal,
    SourceCard,
    SourceList,
    decode,
)
from bot.replies import Reply
from bot.switches import Act, Switch


class PressHandlers:
    """Do what buttons ask for: turning pages edits the message, whatever leads elsewhere is sent behind it."""

    def __init__(
        self,
        quotes: QuoteHandlers,
        calendar: CalendarHandlers,
        sources: SourceHandlers,
        switches: SwitchHandlers,
        admin: AdminHandlers,
        *,
        repeats: Repeats,
    ) -> None:
        self._quotes = quotes
        self._calendar = calendar
        self._sources = sources
        self._switches = switches
        self._admin = admin
        self._repeats = repeats

    async def pressed(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Do what the pressed button asks for, or say why that can't be done."""
        query = update.callback_query
        if query is None:
            return
        press = decode(query.data or "")
        try:
            if isinstance(press, Removal):
                await self._admin.remove(press, query)
                return
            if await self._opens_private_chat(press, query):
                return
            words = await self._do(press, query)
        except GoneError as gone:
            await answer_press(query, gone.words, alert=True)
        except UnreachableError:
            await answer_press(query, notices.MESSAGE_GONE, alert=True)
        else:
            await answer_press(query, words)

    async def opened(self, press: Press, chat: int) -> tuple[Reply, ...]:
        """Return what a press leads to whose link somebody followed into his private chat."""
        try:
            if isinstance(press, Switch):
                return (await self._switches.shown(press, chat),)
            if isinstance(press, DigestPage):
                return (await self._switches.page(press, chat, 0),)
            page = await self._page(press, chat)
            return await self._elsewhere(press, chat) if page is None else (page,)
        except GoneError as gone:
            return (notices.said(gone.words),)

    @staticmethod
    async def _opens_private_chat(press: Press | None, query: CallbackQuery) -> bool:
        """Open the private chat where the button is a channel's: there, nobody posts or changes what all see.

        GoneError where no link can carry the press, which is for the words of a digest: they are those of the channel.
        """
        message = query.message
        if press is None or message is None or message.chat.type != ChatType.CHANNEL:
            return False
        if isinstance(press, Switch):
            press = replace(press, chat=message.chat.id, act=Act.SHOW, value="")
        travels = not (isinstance(press, DigestPage) and press.words is None)
        if not (travels and await open_in_private(query, press)):
            raise GoneError(notices.NO_LINK)
        return True

    async def _do(self, press: Press | None, query: CallbackQuery) -> str:
        """Do what a press asks for and return what the passing line says, often nothing."""
        if press is None:
            raise GoneError(notices.GARBLED)
        if query.message is None:
            raise UnreachableError
        if isinstance(press, Place):
            return notices.place(press.at, press.total)
        if isinstance(press, Switch):
            return await self._switches.switched(press, query)
        if isinstance(press, DigestPage):
            await edit(query, await self._switches.page(press, query.message.chat.id, topic_of(query.message)))
            return ""
        page = await self._page(press, query.message.chat.id)
        if page is not None:
            await edit(query, page)
        elif self._repeats.is_one(query):
            return notices.ALREADY_SENT
        else:
            await follow(query, *await self._elsewhere(press, query.message.chat.id))
        return ""

    async def _page(self, press: Press, chat: int) -> Reply | None:
        """Return what takes the place of the message, None for a press that leads elsewhere."""
        match press:
            case Hit() | KeptHit():
                return await self._quotes.turned(press, chat)
            case DayPage():
                return await self._calendar.page(press, chat)
            case SourceList(at, fresh=False):
                return self._sources.listed(at)
            case NewDocuments(fresh=False):
                return self._sources.new(press)
            case SourceCard(document):
                return self._sources.card(document)
        return None

    async def _elsewhere(self, press: Press, chat: int) -> tuple[Reply, ...]:
        """Return what is sent behind the message."""
        match press:
            case SourceList(at):
                return (self._sources.listed(at),)
            case NewDocuments():
                return (self._sources.new(press),)
            case Ask(words):
                return (await self._quotes.found(words, chat),)
            case AnyQuote(document):
                return (self._quotes.chosen(document),)
            case Context(passage):
                return self._quotes.context(passage)
        raise GoneError(notices.GARBLED)  # No link or button of ours leads there.


class Repeats:
    """Tells a second press on one button from a new wish: twice within `seconds` is one, whoever pressed.

    `clock` counts seconds. The newest presses are remembered, `most` of them.
    """

    def __init__(self, clock: Callable[[], float], *, seconds: float = 2.0, most: int = 1000) -> None:
        self._clock = clock
        self._seconds = seconds
        self._most = most
        self._pressed: OrderedDict[tuple[int, int, str], float] = OrderedDict()

    def is_one(self, query: CallbackQuery) -> bool:
        """Tell whether this press repeats one, and remember it."""
        if query.message is None:
            return False
        now = self._clock()
        button = (query.message.chat.id, query.message.message_id, query.data or "")
        before = self._pressed.pop(button, None)
        self._pressed[button] = now
        if len(self._pressed) > self._most:
            self._pressed.popitem(last=False)
        return before is not None and now - before < self._seconds
