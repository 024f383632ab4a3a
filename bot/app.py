"""COMPOSITION ROOT: the only file that wires objects into an Application."""

from __future__ import annotations

import asyncio
import gc
import logging
import random
import time
from collections.abc import Callable, Coroutine, Sequence
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from functools import partial
from typing import Any, NamedTuple, TypeAlias

from telegram import LinkPreviewOptions, Update
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    Defaults,
    ExtBot,
    MessageHandler,
    TypeHandler,
)
from telegram.ext.filters import BaseFilter
from telegram.request import BaseRequest

from bot import commands, filters, subscribing
from bot.allowances import Limits
from bot.atlas import Atlas
from bot.boundary import on_error
from bot.bulletin import Bulletin
from bot.compositions import Composition, Compositions
from bot.courier import Courier
from bot.delivery import send
from bot.desk import Desk
from bot.finder import Finder
from bot.floods import Floods
from bot.fulfilment import Fulfilment
from bot.handlers.admin import AdminHandlers
from bot.handlers.calendar import CalendarHandlers
from bot.handlers.general import GeneralHandlers
from bot.handlers.membership import MembershipHandlers
from bot.handlers.pressed import PressHandlers, Repeats
from bot.handlers.quotes import QuoteHandlers
from bot.handlers.sources import SourceHandlers
from bot.handlers.subscriptions import SubscriptionHandlers
from bot.handlers.switches import SwitchHandlers
from bot.holdings import Stock
from bot.in_order import InOrder
from bot.intake import Arrivals, Intake
from bot.keeping import KeptSearches, Writing
from bot.metrics import BUTTON, OTHER, WORDS, Metrics
from bot.monitor import Monitor
from bot.orders import Orders
from bot.pace import Pace
from bot.polls import Polls
from bot.reception import Reception
from bot.reload import Reload, build_command
from bot.rights import Told
from bot.settings import Settings
from bot.signs import Pulse, Signs
from bot.status import Health, Heard
from bot.ticks import Ticks
from bot.transport import AiohttpRequest
from bot.vitals import PATIENCE_S, Vitals
from store.archive import Archive
from store.chats import Chats
from store.errors import ArchiveError
from store.model import Lease, Settled
from store.search import Search

AnyApplication: TypeAlias = Application[Any, Any, Any, Any, Any, Any]

ARCHIVE = "archive.db"
CHATS = "chats.db"
CONSOLE_CHATS = "console.db"
"""What `chat` keeps in place of the chats that Telegram knows: nothing said there ever gets out."""
PLACES = "places.db"
RELOADING = "reloading.json"
"""Where the message of a reload stands whose end has not been told yet."""

_NO_TOKEN = "0:none"  # noqa: S105 - a Telegram in this process asks for none, but the library does
_AT_ONCE = 1024
"""Updates handled at the same time: those that wait out a flood wait of their chat must leave room for all others."""
CONNECTIONS = 512
"""To Telegram at a time: digests take `courier.IN_FLIGHT` of them at most, and answers find the others free."""
_HEARD, _TRIES, _MENUS = -3, -2, -1
"""Groups of handlers that look at an update before those of group 0, one of which answers it."""
_SWEEP_SECONDS = 3600
_TICK_SECONDS = 1.0

_log = logging.getLogger(__name__)


class Bot(NamedTuple):
    """The bot, ready to run: the Application, what delivers its digests, and what tells how it fares.

    `warm` does what the first answers would take long for, and may be left undone.
    """

    application: AnyApplication
    ticks: Ticks
    signs: Signs
    metrics: Metrics
    monitor: Monitor
    reload: Reload
    warm: Callable[[], Coroutine[Any, Any, None]]


def build_application(settings: Settings, *, request: BaseRequest | None = None) -> AnyApplication:
    """Return the Application of `build`."""
    return build(settings, request=request).application


def build(
    settings: Settings,
    *,
    request: BaseRequest | None = None,
    chats: str = CHATS,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    limits: Limits | None = None,
    floods: Floods | None = None,
    rng: random.Random | None = None,
    patience: float = PATIENCE_S,
    rebuild: Sequence[str] = (),
) -> Bot:
    """Return the bot, ready to run, on the archive and the database of chats in `settings.data`.

    `request` stands in for the network, `now` for the clock (aware), `limits` for Telegram's own per chat, `floods` for
    ours; `chats` is the name of the database of chats, `patience` how many seconds no request for updates may come
    back; `rebuild` is a command in place of the one that builds the archive. Raises `ArchiveError` where one of the two
    databases can't be used. Both are let go of when the Application has shut down, by `post_shutdown`.
    """
    rng = rng or random.Random()  # noqa: S311 - no secret
    signs = Signs()
    metrics = Metrics(command.name for command in (*commands.COMMANDS, *commands.ADMIN_COMMANDS))
    with ExitStack() as opened:
        archive = opened.enter_context(Archive.open(settings.data / ARCHIVE))
        writing = opened.enter_context(Chats.open(settings.data / chats))
        reading = opened.enter_context(Chats.open(settings.data / chats))
        finder = opened.enter_context(closing(Finder(settings.data / ARCHIVE, archive.version)))
        compositions = opened.enter_context(closing(Compositions(settings.data / ARCHIVE)))
        atlas = opened.enter_context(closing(Atlas(settings.data / PLACES)))
        write = Writing()
        kept = KeptSearches(writing, reading, write, now)
        desk = Desk(writing, reading, write, now, settings.timezone.key)
        opened.callback(desk.close)
        opened.callback(write.close)
        pace = Pace(settings.messages_per_second, limits, metrics)
        application = _application(
            settings, request, signs=signs, metrics=metrics, pace=pace, desk=desk, opened=opened.pop_all()
        )

    search = Search(archive)
    stock = Stock(archive)
    courier = Courier(application.bot, pace, now=now, rng=rng)
    fulfil = Fulfilment(desk, compositions, courier, _topic_closed(application.bot), rng)
    ticks = Ticks(desk, fulfil.composed, _counted(fulfil, metrics), courier)
    orders = Orders(desk, ticks, compositions, archive=archive, atlas=atlas, kept=kept)

    by_admin = filters.from_admin(settings.admins)

    def usage(update: Update) -> tuple[tuple[str, str], ...]:
        return commands.usage(admin=bool(by_admin.check_update(update)))

    quotes = QuoteHandlers(finder, search, archive, kept, stock, usage, rng=rng)
    calendar = CalendarHandlers(finder, archive.version, desk.today)
    sources = SourceHandlers(archive)
    switches = SwitchHandlers(application.bot, desk, orders, compositions, stock, in_order := InOrder())

    reload = Reload(
        rebuild or build_command(settings.seeds, settings.data),
        builds=archive.builds,
        now=now,
        ended=lambda reload: metrics.reloads.labels(type(reload.outcome).__name__.lower()).inc(),
    )
    bulletin = Bulletin(application.bot, reload, settings.data / RELOADING if chats == CHATS else None)
    heard = Heard(now)
    databases = tuple(settings.data / name for name in (ARCHIVE, chats, PLACES))
    health = Health(archive, desk, reload, heard, databases=databases, now=now)
    admin = AdminHandlers(settings.admins, reload, bulletin, health, desk)
    menus = commands.AdminMenus(application.bot, settings.admins)

    presses = PressHandlers(quotes, calendar, sources, switches, admin, repeats=Repeats(time.monotonic))
    general = GeneralHandlers(stock, usage, presses.opened)
    subscriptions = SubscriptionHandlers(desk, orders, atlas, Told())
    handlers = commands.Handlers(general, quotes, calendar, sources, subscriptions, admin)
    reception = Reception(application.bot, Floods() if floods is None else floods, metrics)

    # Of those of one group, the first that hears an update answers it.
    _keep_books(application, MembershipHandlers(desk), heard, in_order)
    _obey_admins(application, handlers, reception, by_admin, menus)
    _answer(application, handlers, presses, reception, in_order)
    application.add_error_handler(on_error)
    _schedule(application, ticks, kept, desk, signs.ticks)
    _turn_to_admins(application, menus, bulletin, archive)
    metrics.deliveries_waiting.set_function(lambda: ticks.waiting)
    vitals = Vitals(signs, archive, desk, write, metrics, webhook=bool(settings.webhook_url), patience=patience)
    return Bot(application, ticks, signs, metrics, Monitor(vitals, metrics), reload, partial(_warm, finder))


async def _warm(finder: Finder) -> None:
    await finder.warm()
    # All that is here by now stays: to look through it again took the collector 85 ms, every two seconds under load.
    gc.collect()
    gc.freeze()


def _answer(
    application: AnyApplication,
    handlers: commands.Handlers,
    presses: PressHandlers,
    reception: Reception,
    in_order: InOrder,
) -> None:
    """Answer what people ask for: commands, words, presses, and whatever else they send."""
    for command in commands.COMMANDS:
        where = filters.OWN_COMMAND_OR_POST if command.in_channels else filters.OWN_COMMAND
        handler = command.handler(handlers)
        if command.in_channels:  # Those that change what is kept of a chat.
            handler = in_order.handling(handler)
        handler = reception.request(command.name, handler)
        application.add_handler(CommandHandler(command.name, handler, where))
    anything_else = reception.request(OTHER, handlers.general.anything_else)
    application.add_handler(MessageHandler(filters.WORDS, reception.request(WORDS, handlers.quotes.plain)))
    application.add_handler(MessageHandler(filters.ANYTHING_ELSE, anything_else))
    application.add_handler(MessageHandler(filters.UNKNOWN_COMMAND_TO_ME, anything_else))
    application.add_handler(CallbackQueryHandler(reception.request(BUTTON, presses.pressed)))


def _obey_admins(
    application: AnyApplication,
    handlers: commands.Handlers,
    reception: Reception,
    by_admin: BaseFilter,
    menus: commands.AdminMenus,
) -> None:
    """Answer the commands of admins; of all others they are looked at only, and answered like any that there is not."""

    async def tried(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await handlers.admin.tried(update, context)
        await menus.withdraw(update)

    application.add_handler(MessageHandler(by_admin, menus.met), _MENUS)
    for command in commands.ADMIN_COMMANDS:
        handler = reception.request(command.name, command.handler(handlers))
        application.add_handler(CommandHandler(command.name, handler, by_admin))
        application.add_handler(CommandHandler(command.name, tried, ~by_admin), _TRIES)


def _keep_books(application: AnyApplication, membership: MembershipHandlers, heard: Heard, in_order: InOrder) -> None:
    """Take note of chats that come and go, and of when anything was heard at all."""
    application.add_handler(MessageHandler(filters.MIGRATION, membership.migrated))
    changed = in_order.handling(membership.changed)
    application.add_handler(ChatMemberHandler(changed, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_handler(TypeHandler(Update, heard.note), _HEARD)


def _turn_to_admins(
    application: AnyApplication, menus: commands.AdminMenus, bulletin: Bulletin, archive: Archive
) -> None:
    """Let the start show admins their menus, and mend what a stop left of a reload."""
    before = application.post_init

    async def begin(started: AnyApplication) -> None:
        if before is not None:
            await before(started)
        await menus.show()
        await bulletin.take_up(*archive.counts())

    application.post_init = begin


def _counted(fulfil: Fulfilment, metrics: Metrics) -> Callable[[Lease, Composition], Coroutine[Any, Any, Settled]]:
    async def counted(lease: Lease, composition: Composition) -> Settled:
        settled = await fulfil(lease, composition)
        metrics.deliveries.labels(settled.state.value).inc()
        return settled

    return counted


def _schedule(application: AnyApplication, ticks: Ticks, kept: KeptSearches, desk: Desk, pulse: Pulse) -> None:
    """Let the JobQueue tick, `pulse` with it, and sweep, and a stop wait for what is in flight."""
    at_work = asyncio.Lock()

    async def tick(_context: ContextTypes.DEFAULT_TYPE) -> None:
        if at_work.locked():
            return  # What overtakes one that is stuck must not hide it.
        async with at_work:
            await ticks.tick()
            pulse.beat()

    async def sweep(_context: ContextTypes.DEFAULT_TYPE) -> None:
        await kept.sweep()
        try:
            await desk.sweep()
        except ArchiveError as error:
            _log.warning("sweep failed error=%s", error)

    async def stop(_application: AnyApplication) -> None:
        await ticks.stopped()

    if application.job_queue is not None:
        # A tick that is late is not to be left out, and one that is still at work waits for no other.
        late = {"misfire_grace_time": None, "coalesce": True, "max_instances": 2}
        application.job_queue.run_repeating(tick, _TICK_SECONDS, first=0, job_kwargs=late)
        application.job_queue.run_repeating(sweep, _SWEEP_SECONDS, first=1)
    application.post_stop = stop


def _topic_closed(bot: ExtBot[Any]) -> Callable[[int, int], Coroutine[Any, Any, None]]:
    async def tell(chat: int, topic: int) -> None:
        try:
            await send(bot, chat, subscribing.topic_closed(topic))
        except TelegramError as error:
            _log.warning("not told of a closed topic chat=%d topic=%d error=%s", chat, topic, error.message)

    return tell


def _application(
    settings: Settings,
    request: BaseRequest | None,
    *,
    signs: Signs,
    metrics: Metrics,
    pace: Pace,
    desk: Desk,
    opened: ExitStack,
) -> AnyApplication:
    arrivals = Arrivals()
    intake = Intake(_AT_ONCE, arrivals, metrics)
    metrics.updates_waiting.set_function(arrivals.qsize)
    metrics.updates_at_work.set_function(lambda: intake.current_concurrent_updates)
    builder = (
        Application.builder()
        .token(settings.bot_token() or _NO_TOKEN)
        .base_url(f"{settings.api_url}/bot")
        .base_file_url(f"{settings.api_url}/file/bot")
        .defaults(Defaults(link_preview_options=LinkPreviewOptions(is_disabled=True), allow_sending_without_reply=True))
        .update_queue(arrivals)
        .concurrent_updates(intake)
        .rate_limiter(pace)
        .request(request or AiohttpRequest(connections=CONNECTIONS))
        .get_updates_request(Polls(request or AiohttpRequest(connections=1), signs))
    )

    async def begin(application: AnyApplication) -> None:
        await _free_leases(desk)
        await _show_menu(application)

    async def let_go(application: AnyApplication) -> None:
        await application.bot.shutdown()  # The library forgets it where Telegram refused the token.
        opened.close()

    return builder.post_init(begin).post_shutdown(let_go).build()


async def _free_leases(desk: Desk) -> None:
    """Take up what the last process left; what can't be done now, the first tick does."""
    try:
        freed = await desk.release()
    except ArchiveError as error:
        _log.error("digests wait: %s", error)
    else:
        _log.info("taken up leased=%d sending=%d", freed.leased, freed.sending)


async def _show_menu(application: AnyApplication) -> None:
    """Set the menu of commands; a bot without one still answers, so that a failure stops nothing."""
    _log.info("connected bot=%s", application.bot.username)
    try:
        await commands.set_menu(application.bot)
    except TelegramError as error:
        _log.warning("menu not set error=%s", error.message)
