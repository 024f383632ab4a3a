"""The chats that this process's Telegram knows, and what was written in them, as the Bot API shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from telegram import User
from telegram.constants import ChatMemberStatus, ChatType

from bot.telegram_rules import JSON, RefusalError, bad_request

GROUP_ANONYMOUS_BOT = User(1087968824, "Group", is_bot=True, username="GroupAnonymousBot")
"""In whose name Telegram shows what an anonymous admin writes."""

_RIGHTS = (
    "can_manage_chat can_change_info can_delete_messages can_invite_users can_restrict_members can_promote_members "
    "can_manage_video_chats can_post_stories can_edit_stories can_delete_stories"
).split()
_ADMINS = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)
_PRESENT = (*_ADMINS, ChatMemberStatus.MEMBER, ChatMemberStatus.RESTRICTED)


@dataclass
class Member:
    """A user's standing in a chat: `status` as in the Bot API (creator, administrator, member, left, kicked)."""

    user: User
    status: str = ChatMemberStatus.MEMBER
    anonymous: bool = False

    def as_json(self, chat_type: str) -> JSON:
        """Return the Bot API's ChatMember."""
        shown: JSON = {"user": self.user.to_dict(), "status": str(self.status)}
        if self.status in _ADMINS:
            shown["is_anonymous"] = self.anonymous
        if self.status == ChatMemberStatus.ADMINISTRATOR:
            shown |= dict.fromkeys(_RIGHTS, True) | {"can_be_edited": False}
            if chat_type == ChatType.CHANNEL:
                shown |= dict.fromkeys(("can_post_messages", "can_edit_messages"), True)
            else:
                shown |= dict.fromkeys(("can_pin_messages", "can_manage_topics"), True)
        if self.status == ChatMemberStatus.BANNED:
            shown["until_date"] = 0
        return shown


@dataclass
class Topic:
    """A forum topic."""

    name: str
    closed: bool = False


@dataclass
class ChatRecord:
    """A chat: who is in it, its topics by thread id, and the messages that still stand in it by their id."""

    id: int
    type: str
    bot: Member
    title: str = ""
    person: User | None = None
    username: str | None = None
    is_forum: bool = False
    migrated_to: int | None = None
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, JSON] = field(default_factory=dict)

    def as_json(self) -> JSON:
        """Return the Bot API's Chat."""
        shown: JSON = {"id": self.id, "type": str(self.type)}
        if self.person is not None:
            named = self.person.to_dict()
            return shown | {key: named[key] for key in ("first_name", "last_name", "username") if key in named}
        shown["title"] = self.title
        if self.username:
            shown["username"] = self.username
        if self.is_forum:
            shown["is_forum"] = True
        return shown

    def member(self, user_id: int) -> Member | None:
        """Return a user's standing, the bot's included, or None where this user is unknown here."""
        return self.bot if user_id == self.bot.user.id else self.members.get(user_id)

    def administrators(self) -> Iterator[Member]:
        """Yield owner and administrators, the bot among them where it is one."""
        yield from (member for member in (*self.members.values(), self.bot) if member.status in _ADMINS)

    def check_writable(self) -> None:
        """Raise RefusalError where the bot may not write here (`Client::check_chat_access`)."""
        if self.migrated_to is not None:
            raise RefusalError(
                "Bad Request: group chat was upgraded to a supergroup chat",
                parameters={"migrate_to_chat_id": self.migrated_to},
            )
        if self.type == ChatType.PRIVATE:
            if self.bot.status == ChatMemberStatus.BANNED:
                raise RefusalError("Forbidden: bot was blocked by the user", status=403)
            return
        if self.bot.status == ChatMemberStatus.BANNED:
            raise RefusalError(f"Forbidden: bot was kicked from the {self.type} chat", status=403)
        if self.bot.status not in _PRESENT:
            raise RefusalError(f"Forbidden: bot is not a member of the {self.type} chat", status=403)
        if self.type == ChatType.CHANNEL and self.bot.status not in _ADMINS:
            raise bad_request("Need administrator rights in the channel chat")
        if self.bot.status == ChatMemberStatus.RESTRICTED:
            raise bad_request("not enough rights to send text messages to the chat")

    def check_topic(self, thread: int | None) -> None:
        """Raise RefusalError where nothing can be written to that topic."""
        if thread is None or not self.is_forum:
            return
        topic = self.topics.get(thread)
        if topic is None:
            raise bad_request("Message thread not found")
        if topic.closed and self.bot.status not in _ADMINS:
            raise bad_request("TOPIC_CLOSED")

    def thread_fields(self, thread: int | None) -> JSON:
        """Return the fields that place a message in a topic; the General topic of a forum has none."""
        if thread is None or not self.is_forum:
            return {}
        return {"message_thread_id": thread, "is_topic_message": True}


class Chats:
    """Every chat by its id, and the counters that number them and their messages."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._records: dict[int, ChatRecord] = {}
        self._last_message = 0

    def __contains__(self, chat_id: int) -> bool:
        return chat_id in self._records

    def add(self, record: ChatRecord) -> ChatRecord:
        """Make a chat known."""
        self._records[record.id] = record
        return record

    def new_id(self, chat_type: str) -> int:
        """Return an id of the range that Telegram gives to this type of chat (private ones have their user's)."""
        first = -4_000_000_000 if chat_type == ChatType.GROUP else -1_001_000_000_000
        return first - len(self._records) - 1

    def find(self, chat_id: object) -> ChatRecord:
        """Return the chat of an id, or of "@username"; raise RefusalError."""
        if chat_id is None or chat_id == "":
            raise bad_request("chat_id is empty")
        for record in self._records.values():
            if str(chat_id) == str(record.id) or (record.username and chat_id == f"@{record.username}"):
                return record
        raise bad_request("Chat not found")

    def now(self) -> int:
        """Return the time as Telegram counts it, in seconds since 1970."""
        return int(self._clock())

    def next_message_id(self) -> int:
        """Return a number for a message; later ones are higher."""
        self._last_message += 1
        return self._last_message

    def write(self, record: ChatRecord, sender: JSON, content: JSON) -> JSON:
        """Put a message into a chat and return it; `sender` and `content` are fields of the Bot API's Message."""
        message = {
            "message_id": self.next_message_id(),
            **sender,
            "chat": record.as_json(),
            "date": self.now(),
            **content,
        }
        record.messages[message["message_id"]] = message
        return message
