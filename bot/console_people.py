"""What a person can do in this process's Telegram: write, press, join, leave; and what they then see."""

from __future__ import annotations

import copy
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from telegram import Message, User
from telegram.constants import ChatMemberStatus, ChatType

from bot.console_api import BotApi, Event
from bot.console_chats import GROUP_ANONYMOUS_BOT, ChatRecord, Member, Topic
from bot.telegram_rules import JSON
from bot.telegram_text import tidy, typed

Deliver = Callable[[str, JSON], Awaitable[None]]
"""Hands a kind of update and its content to the bot, and returns when the bot has handled it."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message, numbered from 1 over all rows."""

    number: int
    text: str
    url: str | None = None
    data: str | None = None


@dataclass(frozen=True, slots=True)
class ConsoleMessage:
    """A message as it stood at one moment; a later edit makes another one. `content` is the Bot API's Message."""

    chat: ConsoleChat = field(repr=False)
    content: JSON

    @property
    def id(self) -> int:
        """Its number in the chat."""
        return int(self.content["message_id"])

    @property
    def text(self) -> str:
        """What a person reads, without markup."""
        return str(self.content.get("text", ""))

    @property
    def message(self) -> Message:
        """The message as python-telegram-bot shows it."""
        return Message.de_json(copy.deepcopy(self.content), None)

    @property
    def html(self) -> str:
        """The text with its entities as HTML again."""
        return self.message.text_html

    @property
    def thread(self) -> int | None:
        """The forum topic it stands in."""
        return self.content.get("message_thread_id")

    @property
    def rows(self) -> tuple[tuple[Button, ...], ...]:
        """Its buttons, row by row."""
        rows = []
        number = 0
        for row in self.content.get("reply_markup", {}).get("inline_keyboard", ()):
            rows.append(
                tuple(
                    Button(number + place, shown["text"], shown.get("url"), shown.get("callback_data"))
                    for place, shown in enumerate(row, start=1)
                )
            )
            number += len(row)
        return tuple(rows)

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Its buttons in the order of their numbers."""
        return tuple(button for row in self.rows for button in row)

    def button(self, which: int | str) -> Button:
        """Return a button by its number (from 1), its label, or words that only its label holds; or LookupError."""
        if isinstance(which, int):
            found = [button for button in self.buttons if button.number == which]
        else:
            found = [button for button in self.buttons if button.text == which] or [
                button for button in self.buttons if which in button.text
            ]
        if len(found) != 1:
            raise LookupError(f"{len(found)} buttons for {which!r} among {[button.text for button in self.buttons]}")
        return found[0]

    async def press(self, which: int | str, *, user: User | None = None) -> ConsoleMessage:
        """Press a button and return what came of it: the last message sent or edited, else this one as it is now.

        Raises ValueError for a button that opens an address, which no bot hears of.
        """
        button = self.button(which)
        if button.data is None:
            raise ValueError(f"{button.text!r} tells the bot nothing; it opens {button.url}")
        return await self.forge(button.data, user=user)

    async def forge(self, data: str, *, user: User | None = None) -> ConsoleMessage:
        """Send any `callback_data` in the name of this message, as a modified app could; returned as by `press`."""
        answers = await self.chat.call_back(self, data, user)
        return answers[-1] if answers else self.now or self

    @property
    def now(self) -> ConsoleMessage | None:
        """The message as it is now; None: deleted."""
        return self.chat.message(self.id)


class ConsoleChat:
    """A chat as the people in it see it. Everything they do waits until the bot has handled it."""

    def __init__(self, record: ChatRecord, api: BotApi, deliver: Deliver, speaker: User) -> None:
        self.record = record
        self.speaker = speaker
        self._api = api
        self._deliver = deliver

    @property
    def id(self) -> int:
        """The chat's id."""
        return self.record.id

    @property
    def messages(self) -> tuple[ConsoleMessage, ...]:
        """Every message that still stands in the chat, people's and the bot's, oldest first."""
        return tuple(ConsoleMessage(self, copy.deepcopy(content)) for content in self.record.messages.values())

    @property
    def answers(self) -> tuple[ConsoleMessage, ...]:
        """The bot's messages that still stand in the chat."""
        return tuple(message for message in self.messages if self._api.wrote(message.id))

    @property
    def toast(self) -> str:
        """What the last pressed button was answered with; empty where nothing was shown."""
        shown = [event for event in self._api.events if event.kind == "answered" and event.chat == self.id]
        return str(shown[-1].content["text"]) if shown else ""

    def message(self, message_id: int) -> ConsoleMessage | None:
        """Return a message as it is now, or None where there is none of that number."""
        content = self.record.messages.get(message_id)
        return None if content is None else ConsoleMessage(self, copy.deepcopy(content))

    async def say(
        self,
        text: str,
        *,
        user: User | None = None,
        thread: int | None = None,
        reply_to: ConsoleMessage | None = None,
        anonymous: bool = False,
    ) -> tuple[ConsoleMessage, ...]:
        """Write a text and return the bot's answers in this chat: each message sent or edited, as it is then.

        A text of over 4,096 characters arrives as several messages; one of white space alone is not sent at all.
        """
        mark = len(self._api.events)
        for part in typed(text):
            content: JSON = {"text": part.text}
            if part.entities:
                content["entities"] = list(part.entities)
            await self.send(content, user=user, thread=thread, reply_to=reply_to, anonymous=anonymous)
        return self.since(mark)

    async def send(
        self,
        content: Mapping[str, object],
        *,
        user: User | None = None,
        thread: int | None = None,
        reply_to: ConsoleMessage | None = None,
        anonymous: bool = False,
    ) -> tuple[ConsoleMessage, ...]:
        """Send a message of any kind, given the fields of the Bot API's Message; answers as from `say`."""
        mark = len(self._api.events)
        fields = dict(content)
        if reply_to is not None:
            fields["reply_to_message"] = {k: v for k, v in reply_to.content.items() if k != "reply_to_message"}
        message = self.put(fields, user=user, thread=thread, anonymous=anonymous)
        kind = "channel_post" if self.record.type == ChatType.CHANNEL else "message"
        await self._deliver(kind, message.content)
        return self.since(mark)

    def put(
        self,
        content: Mapping[str, object],
        *,
        user: User | None = None,
        thread: int | None = None,
        anonymous: bool = False,
    ) -> ConsoleMessage:
        """Let a person's message stand in the chat without the bot hearing of it, as of what it missed."""
        fields = {**self.record.thread_fields(thread), **content}
        sender = self._sender(user or self.speaker, anonymous=anonymous)
        return ConsoleMessage(self, copy.deepcopy(self._api.chats.write(self.record, sender, fields)))

    async def edit(self, text: str) -> tuple[ConsoleMessage, ...]:
        """Change the text that was last said here; answers as from `say`."""
        mark = len(self._api.events)
        said = [content for number, content in self.record.messages.items() if not self._api.wrote(number)]
        shown = tidy(text)
        kept = {key: value for key, value in said[-1].items() if key not in ("text", "entities")}
        edited = kept | {"edit_date": self._api.chats.now(), "text": shown.text}
        if shown.entities:
            edited["entities"] = list(shown.entities)
        self.record.messages[edited["message_id"]] = edited
        kind = "edited_channel_post" if self.record.type == ChatType.CHANNEL else "edited_message"
        await self._deliver(kind, edited)
        return self.since(mark)

    async def call_back(
        self, message: ConsoleMessage, data: str, user: User | None = None
    ) -> tuple[ConsoleMessage, ...]:
        """Send a callback query; answers as from `say`. Pressing a button is what people do: `message.press`."""
        mark = len(self._api.events)
        current = self.record.messages.get(message.id)
        gone = {"chat": self.record.as_json(), "message_id": message.id, "date": 0}
        query = {
            "id": self._api.open_query(self.id),
            "from": (user or self.speaker).to_dict(),
            "message": gone if current is None else current,
            "chat_instance": str(-self.id),
            "data": data,
        }
        await self._deliver("callback_query", query)
        return self.since(mark)

    def since(self, mark: int) -> tuple[ConsoleMessage, ...]:
        """Return the messages sent or edited here since `len(telegram.events)` was `mark`, each once, as it is now."""
        seen: dict[int, Event] = {}
        for event in self._api.events[mark:]:
            if event.chat == self.id and event.kind in {"sent", "edited"}:
                number = event.content["message_id"]
                seen.pop(number, None)
                seen[number] = event
        return tuple(message for number in seen if (message := self.message(number)) is not None)

    def _sender(self, user: User, *, anonymous: bool) -> JSON:
        if self.record.type == ChatType.CHANNEL:
            return {"sender_chat": self.record.as_json()}
        if anonymous:
            return {"from": GROUP_ANONYMOUS_BOT.to_dict(), "sender_chat": self.record.as_json()}
        self.record.members.setdefault(user.id, Member(user))
        return {"from": user.to_dict()}

    # Who is here

    def admit(self, user: User, status: str = ChatMemberStatus.MEMBER, *, anonymous: bool = False) -> None:
        """Give a user a standing: creator, administrator, member, restricted, left or kicked."""
        self.record.members[user.id] = Member(user, status, anonymous)

    async def bot_becomes(self, status: str, *, by: User | None = None) -> tuple[ConsoleMessage, ...]:
        """Change the bot's own standing: added, promoted, thrown out; in a private chat "kicked" means blocked."""
        mark = len(self._api.events)
        before = self.record.bot
        self.record.bot = Member(before.user, status)
        change = {
            "chat": self.record.as_json(),
            "from": (by or self.speaker).to_dict(),
            "date": self._api.chats.now(),
            "old_chat_member": before.as_json(self.record.type),
            "new_chat_member": self.record.bot.as_json(self.record.type),
        }
        await self._deliver("my_chat_member", change)
        return self.since(mark)

    # Topics of a forum

    def open_topic(self, name: str) -> int:
        """Open a topic, or open it again, and return its thread id."""
        for thread, topic in self.record.topics.items():
            if topic.name == name:
                topic.closed = False
                return thread
        thread = self._api.chats.next_message_id()
        self.record.topics[thread] = Topic(name)
        return thread

    def close_topic(self, thread: int) -> None:
        """Let only admins write to a topic."""
        self.record.topics[thread].closed = True

    def delete_topic(self, thread: int) -> None:
        """Remove a topic."""
        del self.record.topics[thread]
