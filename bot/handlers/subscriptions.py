"""Subscriptions: to make one, to end it, to see what it holds and to set its zone; in groups for admins only."""

from __future__ import annotations

import re

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest, Forbidden
from telegram.ext import ContextTypes

from bot import notices, subscribing
from bot.arguments import after_command, means_all
from bot.atlas import Atlas
from bot.delivery import post_of, reply
from bot.desk import Desk
from bot.orders import Orders
from bot.rights import Told, can_write, is_admin, may_manage
from bot.terms import Target, here
from store.errors import UsageError
from store.subscriptions import Zone
from store.text import squash
from store.zones import How, Place

_NAMED = re.compile(r"(?:^|\s)@([A-Za-z]\w{3,31})(?=\s|$)", re.ASCII)
"""A channel or group by its public name: https://core.telegram.org/bots/api#sendmessage, `chat_id`."""


class SubscriptionHandlers:
    """Answer what chats say of their Digest."""

    def __init__(self, desk: Desk, orders: Orders, atlas: Atlas, told: Told) -> None:
        self._desk = desk
        self._orders = orders
        self._atlas = atlas
        self._told = told

    async def subscribe(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Subscribe, or change the Subscription there is, by the words behind the command."""
        message = post_of(update)
        target, words = await self._addressed(message, setting_up=True)
        if target is None:
            return
        try:
            answers = await self._orders.typed(target, words, message.chat.id)
        except UsageError as error:
            answers = (notices.misunderstood(error),)
        await reply(message, *answers)
        await reply(message, *await self._orders.at_once(target))

    async def unsubscribe(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """End the Subscription; words behind the command ask for something less, so that nothing is changed."""
        message = post_of(update)
        target, words = await self._addressed(message)
        if target is not None and not means_all(words) and self._desk.get(target.chat, target.topic):
            await reply(message, subscribing.ends_all(target, words))
        elif target is not None:
            was = await self._desk.end(target.chat, target.topic)
            await reply(message, subscribing.ended(target, was=was))

    async def settings(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show the Subscription, with buttons to change it."""
        message = post_of(update)
        target, words = await self._addressed(message)
        if target is not None:
            unused = notices.unused("/settings", words, f"/subscribe {here(target)}{words}")
            await reply(message, await self._orders.shown(target), *unused)

    async def timezone(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Set the zone to that of the place behind the command, or say which it is."""
        message = post_of(update)
        target, words = await self._addressed(message)
        if target is None:
            return
        if not words:
            zone = self._desk.zone_of(target.chat, target.topic)
            await reply(message, subscribing.zone(target, zone.said, zone.name, self._desk.now()))
            return
        atlas = await self._atlas.places()
        places = atlas.find(words)
        if len(places) == 1:
            was = self._desk.zone_of(target.chat, target.topic)
            zone = Zone(places[0].zone, places[0].label)
            changed = await self._desk.set_zone(target.chat, zone, kind=target.kind, topic=target.topic)
            await reply(
                message,
                subscribing.zone_set(
                    target,
                    places[0],
                    words,
                    changed,
                    self._desk.now(),
                    outlook=await self._orders.outlook_of(changed),
                    before=Place(was.said or was.name, was.name, How.NAME),
                    held=self._desk.of(target.chat),
                ),
            )
            await reply(message, *await self._orders.at_once(target))
        elif places:
            await reply(message, subscribing.which_zone(target, places, atlas.bare(words)))
        else:
            await reply(message, subscribing.no_such_place(target, words, atlas.nearest(words)))

    async def forget(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Delete all that is stored of the chat; words behind the command that ask for less change nothing."""
        message = post_of(update)
        target, words = await self._addressed(message)
        if target is not None and not means_all(words):
            await reply(message, subscribing.forgets_all(target, words))
        elif target is not None:
            subscriptions = self._desk.of(target.chat)
            await self._desk.forget(target.chat)
            await reply(message, subscribing.forgotten(target, subscriptions))

    async def _addressed(self, message: Message, *, setting_up: bool = False) -> tuple[Target | None, str]:
        """Return which Subscription a command is about, and the words behind it; None where its sender may not.

        In a private chat, a name such as @channel says which channel or group is meant.
        """
        words = after_command(message.text or "")
        named = _NAMED.search(words) if message.chat.type == ChatType.PRIVATE else None
        if named is not None:
            target = await self._named(message, f"@{named[1]}", setting_up=setting_up)
            if target is None:
                await reply(message, subscribing.no_such_chat(f"@{named[1]}", setting_up=setting_up))
            return target, squash(_NAMED.sub(" ", words))
        if not await may_manage(message):
            if self._told.first_time(message):
                await reply(message, notices.admins_only())
            return None, words
        topic = message.message_thread_id if message.is_topic_message else None
        return Target(message.chat.id, topic or 0, message.chat.type), words

    @staticmethod
    async def _named(message: Message, name: str, *, setting_up: bool) -> Target | None:
        if message.from_user is None:
            return None
        try:
            bot = message.get_bot()
            chat = await bot.get_chat(name)
            if setting_up and not can_write(await bot.get_chat_member(chat.id, bot.id), chat.type):
                return None
        except (BadRequest, Forbidden):
            return None
        if not await is_admin(bot, chat.id, message.from_user.id):
            return None
        return Target(chat.id, 0, chat.type, chat.title or name, name)
