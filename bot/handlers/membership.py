"""Chats that let the bot in or out, block it or take it back, and groups that become supergroups."""

from __future__ import annotations

import logging

from telegram import ChatMemberUpdated, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot import subscribing
from bot.delivery import post_of, send
from bot.desk import Desk
from bot.fulfilment import TOPIC_CLOSED
from bot.replies import Reply
from bot.rights import can_write
from bot.terms import Target
from store.model import SubscriptionState

_BLOCKED = "you had blocked me"
_REMOVED = "I had been removed"
_MUTED = "I was not allowed to write"

_log = logging.getLogger(__name__)


class MembershipHandlers:
    """Pause what can't be delivered any more, and offer to resume it when it can."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def changed(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Take note of what the bot may do in a chat now."""
        change = update.my_chat_member
        if change is None:
            return
        could, can = (
            can_write(member, change.chat.type) for member in (change.old_chat_member, change.new_chat_member)
        )
        if could and not can:
            paused = await self._desk.pause(change.chat.id, _reason(change))
            _log.info("shut out chat=%d paused=%d", change.chat.id, paused)
        elif can:
            await self._let_in(change, anew=not could)

    async def migrated(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Follow a group to the supergroup that it became."""
        message = post_of(update)
        if message.migrate_to_chat_id is not None:
            await self._desk.moved(message.chat.id, message.migrate_to_chat_id)
        elif message.migrate_from_chat_id is not None:
            await self._desk.moved(message.migrate_from_chat_id, message.chat.id)

    async def _let_in(self, change: ChatMemberUpdated, *, anew: bool) -> None:
        """Offer to resume what is paused; to a channel that is new, a Digest.

        A member of a group in which members may not write is no other than one who may: what the bot could do before
        is told by its being paused. A closed topic is not opened by a change of the bot's rights.
        """
        chat = change.chat
        known = self._desk.of(chat.id)
        paused = [one for one in known if one.state is SubscriptionState.PAUSED]
        if not anew:
            paused = [one for one in paused if one.reason != TOPIC_CLOSED]
        in_channel = chat.type == ChatType.CHANNEL
        target = Target(chat.id, 0, chat.type, (chat.title or "") if in_channel else None)
        if paused:
            await self._say(change, in_channel=in_channel, words=subscribing.back(target, paused[0].reason))
        elif anew and in_channel and not known:
            await self._say(change, in_channel=True, words=subscribing.offered(target))

    async def _say(self, change: ChatMemberUpdated, *, in_channel: bool, words: Reply) -> None:
        """Tell the chat, or, of a channel, the admin who made the change, if he ever wrote to the bot."""
        to = change.from_user.id if in_channel else change.chat.id
        try:
            await send(change.get_bot(), to, words)
        except TelegramError as error:
            _log.info("not told chat=%d about=%d error=%s", to, change.chat.id, error.message)


def _reason(change: ChatMemberUpdated) -> str:
    if change.chat.type == ChatType.PRIVATE:
        return _BLOCKED
    return _REMOVED if change.new_chat_member.status in {ChatMemberStatus.LEFT, ChatMemberStatus.BANNED} else _MUTED
