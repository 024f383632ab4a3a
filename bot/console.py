"""A Telegram that lives in this process: `quotebot chat` and the tests run the real Application against it.

Bots reach it through python-telegram-bot's own request interface, so whatever they send is answered, refused and
remembered as by api.telegram.org; people act through `ConsoleChat` and `ConsoleMessage`:

    telegram = ConsoleTelegram()
    async with telegram.running(build_application(settings, request=telegram)):
        chat = telegram.private()
        [answer] = await chat.say("/quote syria")
        page = await answer.press("›")
"""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, TypeAlias

from telegram import Update, User
from telegram.constants import ChatMemberStatus, ChatType
from telegram.ext import Application
from telegram.request import BaseRequest, RequestData

from bot.console_api import BotApi, Event
from bot.console_chats import ChatRecord, Chats, Member
from bot.console_faults import Fault
from bot.console_people import ConsoleChat
from bot.console_updates import UpdateQueue
from bot.stopping import stop
from bot.telegram_rules import JSON, RefusalError

AnyApplication: TypeAlias = Application[Any, Any, Any, Any, Any, Any]


@dataclass
class Request:
    """A request of the bot: its method as written, its parameters, and the answer (status 0: none came)."""

    method: str
    parameters: JSON
    status: int = 0
    answer: JSON = field(default_factory=dict)


class ConsoleTelegram(BaseRequest):
    """Telegram's side of the conversation.

    `clock` gives the time in seconds since 1970; `patience` is how long a bot may take over one update, in seconds,
    before TimeoutError is raised. `owner` is the person who acts where no other is named.
    """

    def __init__(
        self,
        *,
        username: str = "quotebot",
        name: str = "Quotebot",
        clock: Callable[[], float] = time.time,
        patience: float = 30.0,
    ) -> None:
        self.me = User(
            7_000_000_001,
            name,
            is_bot=True,
            username=username,
            can_join_groups=True,
            can_read_all_group_messages=True,
            supports_inline_queries=False,
            can_connect_to_business=False,
            has_main_web_app=False,
        )
        self.owner = User(1001, "You", is_bot=False, language_code="en")
        self.requests: list[Request] = []
        self._chats = Chats(clock)
        self._api = BotApi(self.me, self._chats)
        self._queue = UpdateQueue()
        self._faults: list[tuple[str, object, Fault]] = []
        self._update_ids = itertools.count(1)
        self._application: AnyApplication | None = None
        self._patience = patience
        self._closed = False

    # The bot's side: python-telegram-bot's BaseRequest

    @property
    def read_timeout(self) -> float | None:
        """Seconds that a bot waits for an answer."""
        return 5.0

    async def initialize(self) -> None:
        """Begin to answer, again if need be."""
        self._closed = False
        self._queue.open()

    async def shutdown(self) -> None:
        """Stop answering; a request that waits for updates gets none."""
        self._closed = True
        self._queue.close()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_timeouts: object, **_more: object
    ) -> tuple[int, bytes]:
        """Answer as api.telegram.org would: HTTP status and JSON."""
        if self._closed:
            raise RuntimeError("this ConsoleTelegram has been shut down")
        if method != "POST":
            return 404, b""
        parameters = json.loads(json.dumps(request_data.parameters if request_data else {}))
        request = Request(url.rsplit("/", 1)[-1], parameters)
        self.requests.append(request)
        fault = self._next_fault(request)
        if fault is None or fault.delivered:
            request.status, request.answer = await self._answer(request)
        if fault is not None:
            request.status = fault.status
            return fault.answer()
        return request.status, json.dumps(request.answer).encode()

    async def _answer(self, request: Request) -> tuple[int, JSON]:
        try:
            if request.method.lower() == "getupdates":
                result: object = await self._get_updates(request.parameters)
            else:
                result = self._api.answer(request.method, request.parameters)
        except RefusalError as refusal:
            answer: JSON = {"ok": False, "error_code": refusal.status, "description": refusal.description}
            return refusal.status, answer | ({"parameters": refusal.parameters} if refusal.parameters else {})
        return 200, {"ok": True, "result": result}

    async def _get_updates(self, asked: JSON) -> list[JSON]:
        if self._api.webhook:
            raise RefusalError(
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
                status=409,
            )
        return await self._queue.get(
            int(asked.get("offset") or 0),
            int(asked.get("limit") or 100),
            float(asked.get("timeout") or 0),
            asked.get("allowed_updates"),
        )

    def _next_fault(self, request: Request) -> Fault | None:
        for place, (method, chat, fault) in enumerate(self._faults):
            if method.lower() == request.method.lower() and chat in (None, request.parameters.get("chat_id")):
                del self._faults[place]
                return fault
        return None

    def inject(
        self, fault: Fault, method: str = "sendMessage", *, chat: ConsoleChat | None = None, times: int = 1
    ) -> None:
        """Answer the next requests of a method (in one chat, or in any) with a fault; earlier faults come first."""
        self._faults += [(method, None if chat is None else chat.id, fault)] * times

    # What was seen

    @property
    def events(self) -> tuple[Event, ...]:
        """Everything the bot has made visible, in order, in all chats."""
        return tuple(self._api.events)

    @property
    def refused(self) -> tuple[Request, ...]:
        """The bot's requests that were refused, injected faults included."""
        return tuple(request for request in self.requests if request.status >= HTTPStatus.BAD_REQUEST)

    @property
    def commands(self) -> dict[tuple[str, str], tuple[JSON, ...]]:
        """The menus that the bot has set, by scope ("default", "all_private_chats", …) and language ("")."""
        return self._api.commands

    def forget_queries(self) -> None:
        """Let every pressed button grow too old to be answered."""
        self._api.queries.clear()

    # The people's side

    def private(self, user: User | None = None) -> ConsoleChat:
        """Return a person's chat with the bot, opening it if need be."""
        person = user or self.owner
        if person.id not in self._chats:
            record = ChatRecord(person.id, ChatType.PRIVATE, Member(self.me), person=person)
            record.members[person.id] = Member(person)
            self._chats.add(record)
        return ConsoleChat(self._chats.find(person.id), self._api, self.deliver, person)

    def group(
        self,
        title: str = "Group",
        *,
        kind: str = ChatType.SUPERGROUP,
        topics: Iterable[str] = (),
        admins: Iterable[User] = (),
        bot: str | None = ChatMemberStatus.MEMBER,
        username: str | None = None,
    ) -> ConsoleChat:
        """Open a group (`kind` "group" or "supergroup"), a forum where `topics` are named, or a channel.

        `owner` is its creator and, unless told otherwise, who acts in it; `bot` is the bot's standing.
        """
        standing = Member(self.me, bot or ChatMemberStatus.LEFT)
        record = ChatRecord(self._chats.new_id(kind), kind, standing, title=title, username=username)
        record.members[self.owner.id] = Member(self.owner, ChatMemberStatus.OWNER)
        record.members |= {user.id: Member(user, ChatMemberStatus.ADMINISTRATOR) for user in admins}
        chat = ConsoleChat(self._chats.add(record), self._api, self.deliver, self.owner)
        for name in topics:
            record.is_forum = True
            chat.open_topic(name)
        return chat

    def channel(self, title: str = "Channel", *, admins: Iterable[User] = ()) -> ConsoleChat:
        """Open a channel that the bot may write to."""
        return self.group(title, kind=ChatType.CHANNEL, admins=admins, bot=ChatMemberStatus.ADMINISTRATOR)

    async def upgrade(self, chat: ConsoleChat, *, quietly: bool = False) -> ConsoleChat:
        """Make a group a supergroup with a new id and return it; `quietly` keeps the news from the bot."""
        old = chat.record
        new = self.group(old.title, bot=old.bot.status)
        new.record.members = dict(old.members)
        old.migrated_to = new.id
        if not quietly:
            await chat.send({"migrate_to_chat_id": new.id})
            await new.send({"migrate_from_chat_id": old.id})
        return new

    # The way to the Application

    def attach(self, application: AnyApplication) -> None:
        """Name the Application that handles what people do here."""
        self._application = application

    @asynccontextmanager
    async def running(self, application: AnyApplication, *, polling: bool = False) -> AsyncIterator[ConsoleTelegram]:
        """Run an Application as its own `run_polling` does; updates come through getUpdates where `polling` is set."""
        self.attach(application)
        updater = application.updater
        try:
            await application.initialize()
            if application.post_init:
                await application.post_init(application)
            if polling and updater is not None:
                await updater.start_polling()
            await application.start()
            yield self
        finally:
            if updater is not None and updater.running:
                await updater.stop()
            await stop(application)

    async def deliver(self, kind: str, content: JSON, *, update_id: int | None = None) -> None:
        """Hand an update to the bot and wait until it has been handled, tasks of non-blocking handlers included.

        It goes through getUpdates while the Application's updater polls, else through its queue while it runs, else
        straight to `process_update`. `update_id` repeats an earlier one.
        """
        application = self._application
        if application is None:
            raise RuntimeError("no Application is attached: see ConsoleTelegram.running and attach")
        number = next(self._update_ids) if update_id is None else update_id
        update = json.loads(json.dumps({"update_id": number, kind: content}))
        before = asyncio.all_tasks()
        try:
            async with asyncio.timeout(self._patience):
                await self._pass_on(application, kind, update)
                await _finished(application, before)
        except TimeoutError as error:
            raise TimeoutError(f"the bot took over {self._patience:g} s for a {kind}") from error

    async def _pass_on(self, application: AnyApplication, kind: str, update: JSON) -> None:
        if application.updater is not None and application.updater.running and not self._api.webhook:
            if not self._queue.wanted(kind):
                return
            self._queue.put(update)
            await self._queue.confirmed(update["update_id"])
            await application.update_queue.join()
        elif application.running:
            await application.update_queue.put(Update.de_json(update, application.bot))
            await application.update_queue.join()
        else:
            await application.process_update(Update.de_json(update, application.bot))


async def _finished(application: AnyApplication, before: set[asyncio.Task[Any]]) -> None:
    """Wait for the tasks in which python-telegram-bot runs handlers that do not block."""
    name = f"Application:{application.bot.id}:process_update_non_blocking"
    while tasks := [task for task in asyncio.all_tasks() - before if task.get_name().startswith(name)]:
        await asyncio.wait(tasks)
