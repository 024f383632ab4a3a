"""Pressed buttons that change a Subscription: whoever presses must be one who may."""

from __future__ import annotations

from telegram import Bot, CallbackQuery, MaybeInaccessibleMessage, Message
from telegram.error import BadRequest, Forbidden

from bot import notices, preferences, subscribing
from bot.compositions import Compositions
from bot.delivery import UnreachableError, edit, follow, use_up
from bot.desk import Desk
from bot.digest import Edition, compose
from bot.handlers.gone import GoneError
from bot.holdings import Stock
from bot.in_order import InOrder
from bot.orders import Orders
from bot.presses import DigestPage
from bot.replies import Reply
from bot.rights import may_press
from bot.switches import Act, Switch, tag
from bot.terms import Target
from bot.wishes import MOST_WORDS
from store.choice import canonical
from store.errors import UsageError
from store.model import Rhythm, Subscription
from store.subscriptions import Wishes, Zone
from store.text import words as words_of
from store.timing import local_date
from store.zones import How, Place

_OFFERED = 3


class SwitchHandlers:
    """Do what the buttons of a Subscription ask for."""

    def __init__(  # noqa: PLR0917 - wired in one place
        self, bot: Bot, desk: Desk, orders: Orders, compositions: Compositions, stock: Stock, in_order: InOrder
    ) -> None:
        self._bot = bot
        self._desk = desk
        self._orders = orders
        self._compositions = compositions
        self._stock = stock
        self._in_order = in_order

    async def switched(self, switch: Switch, query: CallbackQuery) -> str:
        """Do it, and return what the passing line says; GoneError where it can't be done."""
        if query.message is None:
            raise UnreachableError
        async with self._in_order.turn(query.message.chat.id):
            return await self._switched(switch, query)

    async def _switched(self, switch: Switch, query: CallbackQuery) -> str:
        target = await self._target(switch, query)
        match switch.act:
            case Act.ANEW | Act.BEGIN:
                await self._order(switch, target, query)
            case Act.NOW:
                return await self._now(switch, target, query)
            case Act.RESUME:
                await self._resume(switch, target, query)
            case Act.END:
                was = await self._desk.end(target.chat, target.topic)
                await edit(query, subscribing.ended(target, was=was))
            case Act.ZONE:
                await self._set_zone(switch.value.partition("#")[0], target, query)
            case Act.SHOW if switch.value:
                await follow(query, await self._orders.shown(target))
            case Act.SHOW:
                await edit(query, await self._orders.shown(target))
            case Act.HOURS | Act.ZONES | Act.WORDS:
                await edit(query, self._choices(switch.act, target))
            case _:
                await self._change(switch, target, query)
        return ""

    def _choices(self, act: Act, target: Target) -> Reply:
        """Return what there is to choose among of one setting."""
        subscription = self._of(target)
        match act:
            case Act.HOURS:
                return preferences.hours(target, subscription)
            case Act.ZONES:
                return preferences.zone(target, subscription, self._desk.now())
            case _:
                return self._words(target, subscription)

    async def _target(self, switch: Switch, query: CallbackQuery) -> Target:
        """Return which Subscription is meant; GoneError for somebody who may not change it."""
        if query.message is None:
            raise UnreachableError
        here = query.message.chat
        chat = here.id if switch.chat is None else switch.chat
        if not await may_press(self._bot, chat, query.from_user.id):
            raise GoneError(subscribing.NOT_YOURS)
        if chat == here.id:
            return Target(chat, topic_of(query.message) if switch.topic is None else switch.topic, here.type)
        return await self._elsewhere(switch)

    async def _elsewhere(self, switch: Switch) -> Target:
        """Return which Subscription of another chat is meant."""
        try:
            other = await self._bot.get_chat(switch.chat or 0)
        except (BadRequest, Forbidden) as error:
            raise GoneError(subscribing.NOT_YOURS) from error
        return Target(
            other.id, switch.topic or 0, other.type, other.title or "", f"@{other.username}" if other.username else ""
        )

    def _of(self, target: Target) -> Subscription:
        subscription = self._desk.get(target.chat, target.topic)
        if subscription is None:
            raise GoneError(subscribing.NO_SUBSCRIPTION)
        return subscription

    async def _order(self, switch: Switch, target: Target, query: CallbackQuery) -> None:
        if query.message is None:
            raise UnreachableError
        try:
            if switch.act is Act.BEGIN:
                answers = await self._orders.begin(target)
            else:
                answers = await self._orders.anew(target, switch.value, query.message.chat.id) or ()
        except UsageError as error:
            raise GoneError(str(error)) from error
        if not answers:
            raise GoneError(subscribing.REQUEST_GONE)
        await edit(query, answers[0])
        await follow(query, *await self._orders.at_once(target))

    async def _now(self, switch: Switch, target: Target, query: CallbackQuery) -> str:
        self._of(target)
        said = await self._orders.taken_early(target, switch.value, query.message.chat.id) if query.message else None
        if said is None:
            await use_up(query)
        else:
            await edit(query, said)
        answers = await self._orders.now(target)
        if answers is None:
            subscription = self._of(target)
            return subscribing.no_more_today(subscription, await self._orders.outlook(subscription), self._desk.now())
        await follow(query, *answers)
        return "" if answers else subscribing.SENT_NOW

    async def _resume(self, switch: Switch, target: Target, query: CallbackQuery) -> None:
        """Resume; where no topic is named, in every topic of the chat."""
        resumed = await self._desk.resume(target.chat, switch.topic)
        outlook = await self._orders.outlook(resumed[0]) if resumed else None
        await edit(query, subscribing.resumed(target, resumed, outlook, self._desk.now()))
        for one in resumed:
            await self._orders.at_once(Target(one.chat, one.topic, target.kind, target.title))

    async def _set_zone(self, zone: str, target: Target, query: CallbackQuery) -> None:
        label = _label(query) or zone
        try:
            changed = await self._desk.set_zone(target.chat, Zone(zone, label), kind=target.kind, topic=target.topic)
        except UsageError as error:
            raise GoneError(str(error)) from error
        place = Place(label, zone, How.NAME)
        outlook = await self._orders.outlook_of(changed)
        held, now = self._desk.of(target.chat), self._desk.now()
        await edit(query, subscribing.zone_set(target, place, label, changed, now, outlook=outlook, held=held))
        await follow(query, *await self._orders.at_once(target))

    async def _change(self, switch: Switch, target: Target, query: CallbackQuery) -> None:
        subscription = self._of(target)
        try:
            changed = await self._desk.change(target.chat, target.topic, **_wishes(switch, subscription))
        except (UsageError, ValueError) as error:
            raise GoneError(subscribing.REQUEST_GONE) from error
        if changed is None:
            raise GoneError(subscribing.NO_SUBSCRIPTION)
        words = switch.act in {Act.DROP, Act.ADD}
        await edit(query, self._words(target, changed) if words else await self._orders.shown(target))
        await follow(query, *await self._orders.at_once(target))

    async def shown(self, switch: Switch, user: int) -> Reply:
        """Return the settings that a link leads to, for that person; GoneError for one who may not change them."""
        if switch.chat is None or not await may_press(self._bot, switch.chat, user):
            raise GoneError(subscribing.NOT_YOURS)
        return await self._orders.shown(await self._elsewhere(switch))

    async def page(self, press: DigestPage, chat: int, topic: int) -> Reply:
        """Return another part of a Digest; GoneError where its words or its quotes are no longer there."""
        subscription = self._desk.get(chat, topic)
        own = canonical(subscription.wanted, subscription.unwanted) if subscription else None
        words = own if press.words is None else press.words
        if words is None:
            raise GoneError(subscribing.NO_SUBSCRIPTION)
        typed = subscription.wanted if subscription and words == own else ()
        chosen = await self._compositions.digest(Edition(press.day, max(press.length, 1), words, typed))
        if not chosen.pieces:
            raise GoneError(notices.QUOTE_GONE)
        today = local_date(self._desk.zone_of(chat, topic).name, self._desk.now())
        return compose(chosen, press.at, past=today > press.day)

    def _words(self, target: Target, subscription: Subscription) -> Reply:
        """Return the words of a Subscription, with subjects of the archive that are not among them."""
        has = {words_of(one) for one in (*subscription.wanted, *subscription.unwanted)}
        offered = [one for one in self._stock.holdings().examples if words_of(one) not in has]
        return preferences.words(target, subscription, offered[:_OFFERED])


def topic_of(message: MaybeInaccessibleMessage) -> int:
    """Return the topic that a message stands in, 0 for none."""
    # Of a message that is too old, Telegram says no topic: in a private chat or a plain group there is none.
    topic = message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None
    return topic or 0


def _label(query: CallbackQuery) -> str | None:
    """Return what stands on the button that was pressed."""
    message = query.message
    rows = message.reply_markup.inline_keyboard if isinstance(message, Message) and message.reply_markup else ()
    return next((button.text for row in rows for button in row if button.callback_data == query.data), None)


def _wishes(switch: Switch, subscription: Subscription) -> Wishes:  # noqa: PLR0911 - one return for each kind of press
    """Return what a press changes; ValueError for what no button of ours carries."""
    match switch.act, switch.value:
        case Act.HOUR, hour:
            return Wishes(hour=f"{hour[:2]}:{hour[2:]}")
        case Act.RHYTHM, rhythm:
            return Wishes(rhythm=Rhythm(rhythm))
        case Act.WEEKDAY, ("0" | "1" | "2" | "3" | "4" | "5" | "6") as weekday:
            return Wishes(rhythm=Rhythm.WEEKLY, weekday=int(weekday))
        case Act.SILENT, ("0" | "1") as on:
            return Wishes(silent=on == "1")
        case Act.EXACT, ("0" | "1") as on:
            return Wishes(exact=on == "1")
        case Act.DROP, dropped:
            return Wishes(
                wanted=tuple(one for one in subscription.wanted if tag(one) != dropped),
                unwanted=tuple(one for one in subscription.unwanted if tag(f"-{one}") != dropped),
            )
        case Act.ADD, added if words_of(added) and len(subscription.wanted + subscription.unwanted) < MOST_WORDS:
            wanted = tuple(one for one in subscription.wanted if words_of(one) != words_of(added))
            return Wishes(wanted=(*wanted, added))
    raise ValueError(switch)
