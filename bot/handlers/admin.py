"""What admins may do, by a command or a button, in their private chats; and what becomes of those who are none."""

from __future__ import annotations

import logging
from collections import OrderedDict, deque
from datetime import datetime, timedelta

from telegram import CallbackQuery, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot import admin_notices, notices
from bot.admin_notices import Clock
from bot.arguments import after_command
from bot.bulletin import Bulletin, Place
from bot.delivery import UnreachableError, answer_press, message_of, reply, revise, say
from bot.desk import Desk
from bot.handlers.gone import GoneError
from bot.presses import Removal
from bot.reload import Reload
from bot.status import Health

_log = logging.getLogger(__name__)


class AdminHandlers:
    """Reload the archive, and tell how the bot is; `admins` are the ids of those persons who may."""

    def __init__(self, admins: frozenset[int], reload: Reload, bulletin: Bulletin, health: Health, desk: Desk) -> None:
        self._admins = admins
        self._reload = reload
        self._bulletin = bulletin
        self._health = health
        self._desk = desk
        self._tries = _Tries()

    async def reload(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Build the archive anew, and tell how far that is and what came of it."""
        message = message_of(update)
        if self._reload.running is not None:
            await reply(message, admin_notices.already(self._reload.running, self._clock(message.chat.id)))
        elif self._reload.stopping:
            await reply(message, notices.said(admin_notices.STOPPING))
        elif message.from_user is not None:
            building = self._reload.begin(message.from_user.id, message.from_user.full_name)
            number = await say(message, admin_notices.reading(None))
            await self._bulletin.follow(building, Place(message.chat.id, number))

    async def remove(self, press: Removal, query: CallbackQuery) -> None:
        """Build anew, now that an admin agrees to what leaves the archive; GoneError for anybody else."""
        if not self._is_admin(query):
            if self._tries.first(query.from_user.id, self._desk.now()):
                _log.warning("not obeyed press=removal user=%d", query.from_user.id)
            raise GoneError(notices.GARBLED)  # As of any button that is none of ours.
        if query.message is None:
            raise UnreachableError
        place = Place(query.message.chat.id, query.message.message_id)
        if self._reload.running is not None:
            raise GoneError(admin_notices.already_words(self._reload.running, self._clock(place.chat)))
        if self._reload.stopping:
            raise GoneError(admin_notices.STOPPING)
        building = self._reload.begin(query.from_user.id, query.from_user.full_name, press.tag)
        await answer_press(query)
        await revise(query.get_bot(), *place, admin_notices.reading(None))
        await self._bulletin.follow(building, place)

    async def status(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Tell how the bot is."""
        message = message_of(update)
        found = await self._health.status(update)
        words = after_command(message.text or "")
        shown = admin_notices.status(found, self._clock(message.chat.id))
        await reply(message, shown, *notices.unused("/status", words, f"/quote {words}"))

    async def tried(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Log that an admin's command came from somebody or somewhere that it is not obeyed; others answer it."""
        message = update.effective_message
        person = update.effective_user
        if message is not None and self._tries.first(person.id if person else message.chat.id, self._desk.now()):
            command = (message.text or "").split()[0].partition("@")[0]
            _log.warning("not obeyed command=%s user=%s chat=%d", command, person and person.id, message.chat.id)

    def _is_admin(self, query: CallbackQuery) -> bool:
        """Tell whether an admin pressed a button in his private chat."""
        chat = None if query.message is None else query.message.chat
        private = chat is None or (chat.type == ChatType.PRIVATE and chat.id == query.from_user.id)
        return private and query.from_user.id in self._admins

    def _clock(self, chat: int) -> Clock:
        return Clock(self._desk.zone_of(chat, 0).name, self._desk.now())


class _Tries:
    """Tells which tries of whom are worth a line in the log: `MOST` in a while, lest a flood fills it.

    Of people, the newest are remembered.
    """

    MOST = 10
    WHILE = timedelta(minutes=10)
    PEOPLE = 1000

    def __init__(self) -> None:
        self._tried: OrderedDict[int, deque[datetime]] = OrderedDict()

    def first(self, person: int, now: datetime) -> bool:
        """Tell whether this try is one of the first of that person in a while, and remember it."""
        times = self._tried.setdefault(person, deque(maxlen=self.MOST))
        self._tried.move_to_end(person)
        if len(self._tried) > self.PEOPLE:
            self._tried.popitem(last=False)
        if len(times) == self.MOST and now - times[0] < self.WHILE:
            return False
        times.append(now)
        return True
