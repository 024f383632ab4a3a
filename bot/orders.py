"""Orders: what was typed behind /subscribe, read, kept for the buttons that read it anew, and carried out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from bot import preferences, subscribing
from bot.arguments import command_meant, parse_subscription
from bot.atlas import Atlas
from bot.compositions import Compositions
from bot.desk import Desk
from bot.keeping import KeptSearches
from bot.markup import clip
from bot.outlook import Outlook, outlook, taken_early
from bot.presses import LIMIT, encode
from bot.replies import Reply
from bot.switches import Act, Switch
from bot.terms import Target, here, named
from bot.ticks import Ticks
from bot.understood import no_zone
from bot.wishes import EXAMPLE, Taken, Unread, Why, Wish, chosen, turn
from store.archive import Archive
from store.errors import UsageError
from store.model import DeliveryState, Rhythm, Subscription, SubscriptionState
from store.realwords import is_common
from store.subscriptions import HOUR, Wishes
from store.timing import local_date

_KEPT = re.compile(r"(\d{1,18}):((?:\d{1,2}\+?)*):([^~]*)(?:~([dk0-6])((?:[01]\d|2[0-3])[0-5]\d)?)?", re.ASCII)
_DAYS = {Rhythm.DAILY: "d", Rhythm.WEEKDAYS: "k"}
"""How a button carries the rhythm of before; a weekly one by its weekday, from Monday, 0; the hour stands behind it."""

_LONGEST = 45
"""What a button can carry besides the chat and the topic, which may take 19 of Telegram's 64 bytes."""
_TYPED_SHOWN = 60
_CHOSEN = re.compile(r"#\d{1,2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Order:
    """What was typed, kept under an id (None: buttons can't refer to it), with the readings that were turned.

    `zone` is the one to go back to where no word says a zone any more, or, behind "#", the number of the place that was
    chosen among several, from 0; `days` is the rhythm to go back to, and `hour` the hour, HHMM. `wanted` and
    `unwanted` are the words to go back to, which are kept with what was typed.
    """

    kept: int | None
    typed: str
    turned: frozenset[int] = frozenset()
    zone: str = ""
    days: str = ""
    hour: str = ""
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()

    def again(self, target: Target, *, turned: int | None = None, zone: str | None = None) -> Switch:
        """Return what carries it out anew, with one more reading turned, or with another zone."""
        numbers = self.turned if turned is None else self.turned ^ {turned}
        joined = "+".join(map(str, sorted(numbers)))
        value = f"{self.kept}:{joined}:{self.zone if zone is None else zone}"
        before = (f"~{self.days}{self.hour}", f"~{self.days}") if self.days else ()
        fitting = (one for one in before if len(value) + len(one) <= _LONGEST)
        return target.switch(Act.ANEW, value + next(fitting, ""))

    def named(self) -> str:
        """Return what refers to it, where there is no room for what to go back to."""
        joined = "+".join(map(str, sorted(self.turned)))
        return f"{self.kept}:{joined}:{self.zone if _CHOSEN.fullmatch(self.zone) else ''}"


class Orders:
    """Carries out orders. Words that can't be read raise `UsageError`, before anything is changed."""

    def __init__(
        self,
        desk: Desk,
        ticks: Ticks,
        compositions: Compositions,
        *,
        archive: Archive,
        atlas: Atlas,
        kept: KeptSearches,
    ) -> None:
        self._desk = desk
        self._ticks = ticks
        self._compositions = compositions
        self._archive = archive
        self._atlas = atlas
        self._kept = kept

    async def typed(self, target: Target, words: str, chat: int) -> tuple[Reply, ...]:
        """Carry out what was typed in a chat, and return what to say."""
        if (command := command_meant(words)) and command != "/subscribe":
            raise UsageError(f"“{clip(words, _TYPED_SHOWN)}” changes nothing here. You may mean {command}.")
        wish = await self._wish(words)
        if words and (nothing := _nothing_understood(target, words, wish)):
            raise nothing
        before = self._desk.get(target.chat, target.topic)
        wanted, unwanted = (before.wanted, before.unwanted) if before else ((), ())
        kept = await self._kept.keep(chat, _with_before(words, wanted, unwanted)) if words else None
        zone = self._desk.zone_of(target.chat, target.topic).name
        hour = before.hour if before else HOUR
        order = Order(
            kept,
            words,
            zone=zone,
            days=_days(before),
            hour=hour.replace(":", ""),
            wanted=wanted,
            unwanted=unwanted,
        )
        if len(wish.zones) > 1:
            return (self._which_place(target, wish, order),)
        return await self._carried_out(target, wish, order, before=before)

    async def anew(self, target: Target, value: str, chat: int) -> tuple[Reply, ...] | None:
        """Carry out what a button refers to, pressed in that chat, and return what to say; None where it is gone."""
        found = await self._asked(value, chat)
        if found is None:
            return None
        order, wish = found
        if len(wish.zones) > 1:
            return (self._which_place(target, wish, order),)
        return await self._carried_out(target, wish, order)

    async def _asked(self, value: str, chat: int) -> tuple[Order, Wish] | None:
        """Return what a button refers to; None where it is gone."""
        found = _KEPT.fullmatch(value)
        kept = self._kept.words(int(found[1]), chat) if found else None
        if found is None or kept is None:
            return None
        words, *before = kept.split("\n")
        numbers = frozenset(int(number) for number in found[2].split("+") if number)
        order = Order(
            int(found[1]),
            words,
            numbers,
            found[3],
            found[4] or "",
            found[5] or "",
            wanted=tuple(one[1:] for one in before if one.startswith("+")),
            unwanted=tuple(one[1:] for one in before if one.startswith("-")),
        )
        wish = await self._wish(words)
        for number in sorted(numbers):
            wish = turn(wish, number)
        if len(wish.zones) > 1 and _CHOSEN.fullmatch(order.zone):
            place = dict(enumerate(wish.zones)).get(int(order.zone[1:]))
            wish = chosen(wish, place) if place else wish
        return order, wish

    async def begin(self, target: Target) -> tuple[Reply, ...]:
        """Subscribe with what holds where nothing was chosen."""
        return await self._carried_out(target, Wish(), Order(None, ""))

    async def taken_early(self, target: Target, value: str, chat: int) -> Reply | None:
        """Return what the message of a button says once that button has brought today's Digest, before its hour.

        `value` is what the button carries, pressed in that chat; None where the message can stay as it is.
        """
        subscription = self._desk.get(target.chat, target.topic)
        if not value or subscription is None or subscription.state is SubscriptionState.PAUSED:
            return None
        ahead = await self.outlook(subscription)
        if ahead.on_request:
            falls = await self._falls(subscription)
            ahead = taken_early(subscription, self._desk.now(), first=ahead.first, falls=falls)
        if value == "s":
            return self._settings(target, subscription, ahead)
        try:
            order, wish = await self._asked(value[1:], chat) or (Order(None, ""), Wish())
        except UsageError:  # The archive, and with it what a word is taken for, may have changed.
            return None
        return await self._confirmation(target, subscription, wish, order, outlook=ahead)

    async def _falls(self, subscription: Subscription) -> Callable[[date], bool]:
        """Return what tells on which days something falls, where nothing else is wanted: that may take a while."""
        return await self._compositions.falls(subscription) if subscription.exact else _anything

    async def outlook(self, subscription: Subscription) -> Outlook:
        """Return what comes next."""
        chat, topic = subscription.chat, subscription.topic
        falls = await self._falls(subscription)
        now = self._desk.now()
        return outlook(
            subscription,
            now,
            today=self._desk.delivered(chat, topic, local_date(subscription.zone, now)),
            first=not self._desk.has_sent(chat, topic),
            falls=falls,
        )

    async def outlook_of(self, subscriptions: Sequence[Subscription]) -> Outlook | None:
        """Return what comes next of the first that is active, if any."""
        active = next((one for one in subscriptions if one.state is SubscriptionState.ACTIVE), None)
        return None if active is None else await self.outlook(active)

    async def shown(self, target: Target) -> Reply:
        """Return the settings of a Subscription, or that there is none."""
        subscription = self._desk.get(target.chat, target.topic)
        return self._settings(target, subscription, await self.outlook(subscription) if subscription else None)

    def _settings(self, target: Target, subscription: Subscription | None, outlook: Outlook | None) -> Reply:
        zone = self._desk.zone_of(target.chat, target.topic)
        now = self._desk.now()
        return preferences.settings(target, subscription, zone=named(zone.said, zone.name), now=now, outlook=outlook)

    async def at_once(self, target: Target) -> tuple[Reply, ...]:
        """Deliver what is due now, if anything is, and return what to say where nothing came of it."""
        subscription = self._desk.get(target.chat, target.topic)
        if subscription is None or subscription.state is SubscriptionState.PAUSED:
            return ()
        now = self._desk.now()
        if subscription.next_due_at > now:
            return ()
        if subscription.next_date != local_date(subscription.zone, now):
            return ()  # That of yesterday waits for its tick; today's has its hour still ahead.
        answers = await self.now(target) or ()
        # Who wants no other quotes was just told that nothing falls on today.
        return () if subscription.exact and (await self.outlook(subscription)).empty else answers

    async def now(self, target: Target) -> tuple[Reply, ...] | None:
        """Deliver today's Digest, and return what to say where nothing came of it; None where it was there already."""
        settled = await self._ticks.now(target.chat, target.topic)
        subscription = self._desk.get(target.chat, target.topic)
        if settled is None or subscription is None:
            return None
        if settled.state is DeliveryState.SENT:
            return ()
        if settled.state is DeliveryState.EMPTY:
            return (subscribing.nothing_today(subscription, await self.outlook(subscription), self._desk.now()),)
        return (subscribing.not_sent(target, settled.state, settled.reason),)

    async def _wish(self, words: str) -> Wish:
        if not words:
            return Wish()
        places = await self._atlas.places()
        return parse_subscription(words, find_zone=places.find, said=self._said, common=is_common)

    def _said(self, word: str) -> bool:
        return bool(self._archive.words.known((word,)) or self._archive.words.akin(word).passages)

    def _which_place(self, target: Target, wish: Wish, order: Order) -> Reply:
        typed = next((one.words[0] for one in wish.readings if one.taken is Taken.ZONE and one.words), order.typed)
        if order.kept is None:
            return subscribing.too_vague(wish.zones)
        return subscribing.which_place(
            target, [(place, order.again(target, zone=f"#{at}")) for at, place in enumerate(wish.zones)], typed
        )

    async def _carried_out(
        self, target: Target, wish: Wish, order: Order, before: Subscription | None = None
    ) -> tuple[Reply, ...]:
        wishes = _wishes(wish, order)
        subscription = await self._desk.subscribe(target.chat, target.topic, kind=target.kind, **wishes)
        outlook = await self.outlook(subscription)
        return (await self._confirmation(target, subscription, wish, order, outlook=outlook, before=before),)

    async def _confirmation(
        self,
        target: Target,
        subscription: Subscription,
        wish: Wish,
        order: Order,
        *,
        outlook: Outlook,
        before: Subscription | None = None,
    ) -> Reply:
        others = [
            (reading, switch)
            for number, reading in enumerate(wish.readings)
            if reading.other is not None
            and order.kept is not None
            and _fits(switch := order.again(target, turned=number))
        ]
        ways = (order.again(target).value, order.named()) if order.kept is not None else ()
        again = next((way for way in ways if _fits(target.switch(Act.NOW, f"c{way}"))), "")
        unsaid, corrected = await self._compositions.understood((*subscription.wanted, *subscription.unwanted))
        return subscribing.confirmed(
            target,
            subscription,
            wish,
            now=self._desk.now(),
            outlook=outlook,
            before=before,
            others=others,
            unsaid=unsaid,
            corrected=corrected,
            again=again,
        )


def _with_before(typed: str, wanted: Sequence[str], unwanted: Sequence[str]) -> str:
    """Return what was typed, a line, and behind it a line for each word of before."""
    return "\n".join([typed, *(f"+{one}" for one in wanted), *(f"-{one}" for one in unwanted)])


def _fits(switch: Switch) -> bool:
    """Tell whether a button can carry it: not where very many readings are turned."""
    return len(encode(switch)) <= LIMIT


def _nothing_understood(target: Target, words: str, wish: Wish) -> UsageError | None:
    """Return why nothing is changed where nothing of a request can be: a digest of everything is hardly meant by it."""
    taken = {reading.taken for reading in wish.readings}
    if taken - {Taken.NOTHING, Taken.SETTING} or (taken == {Taken.NOTHING} and not wish.unread):
        return None
    if setting := next((reading.typed for reading in wish.readings if reading.taken is Taken.SETTING), ""):
        return UsageError(f"“{clip(setting, _TYPED_SHOWN)}” is a button in /settings. Nothing is changed.")
    unread = wish.unread[0] if wish.unread else Unread(words, EXAMPLE.removeprefix("/subscribe "))
    typed = clip(unread.typed, _TYPED_SHOWN)
    example = f"/subscribe {here(target)}{unread.example}"
    match unread.why:
        case Why.NO_ZONE:
            return UsageError(f"{no_zone(typed)}, so nothing is changed.", example)
        case Why.OPERATOR:
            return UsageError(
                f"“{typed}” narrows a search with /quote, and a digest has words alone. Nothing is changed.", example
            )
        case Why.NO_RHYTHM:
            comes = "a digest comes daily, on weekdays or weekly, on one day. Nothing is changed."
            return UsageError(f"I can’t send it “{typed}”: {comes}", example)
        case _:
            return UsageError(f"I can’t read “{typed}”, so nothing is changed.", example)


def _days(before: Subscription | None) -> str:
    """Return the rhythm as a button carries it."""
    if before is None:
        return _DAYS[Rhythm.DAILY]
    return _DAYS.get(before.rhythm, str(before.weekday))


def _anything(_: date) -> bool:
    """Return whether a day has something, where a quote from the archive will do."""
    return True


def _wishes(wish: Wish, order: Order) -> Wishes:
    """Return what is to be changed: what the words speak of; words are replaced as a whole."""
    wishes = Wishes()
    if wish.hour is not None:
        wishes["hour"] = wish.hour
    elif order.turned and order.hour:
        wishes["hour"] = f"{order.hour[:2]}:{order.hour[2:]}"
    if wish.rhythm is not None:
        wishes["rhythm"] = wish.rhythm
    elif order.turned and order.days:
        wishes["rhythm"] = next((one for one, days in _DAYS.items() if days == order.days), Rhythm.WEEKLY)
    if wish.weekday is not None:
        wishes["weekday"] = wish.weekday
    elif wish.rhythm is None and order.turned and order.days.isdecimal():
        wishes["weekday"] = int(order.days)
    says_words = wish.wanted or wish.unwanted or wish.everything
    if says_words or order.turned:
        words = wish if says_words else order
        wishes["wanted"], wishes["unwanted"] = words.wanted, words.unwanted
    if wish.zones:
        wishes["zone"], wishes["zone_said"] = wish.zones[0].zone, wish.zones[0].label
    elif order.turned and order.zone and not _CHOSEN.fullmatch(order.zone):
        wishes["zone"], wishes["zone_said"] = order.zone, order.zone
    return wishes
