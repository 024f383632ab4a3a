"""Who may change what is kept for a chat, and the word to those who may not."""

from __future__ import annotations

from collections import OrderedDict

from telegram import Bot, ChatMember, Message
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, Forbidden

_MOST_TOLD = 10_000


async def may_manage(message: Message) -> bool:
    """Tell whether the sender of a message may: anyone in their private chat, in a group or channel its admins.

    An anonymous admin writes in the name of the group itself, and so does whoever writes in a channel, which only its
    admins can (https://core.telegram.org/bots/api#message, `sender_chat`).
    """
    if message.chat.type == ChatType.PRIVATE:
        return True
    if message.sender_chat is not None:
        return message.sender_chat.id == message.chat.id
    if message.from_user is None:
        return False
    return await is_admin(message.get_bot(), message.chat.id, message.from_user.id)


async def may_press(bot: Bot, chat: int, user: int) -> bool:
    """Tell whether a person may change a chat by a button; the id of a private chat is that of its person."""
    return chat == user or await is_admin(bot, chat, user)


async def is_admin(bot: Bot, chat: int, user: int) -> bool:
    """Tell whether a person is an admin of a group or channel; not where the bot can't see that.

    Of all who ask for one member's standing, only a bot that is an admin is sure to learn it; the list of admins is
    open to any (https://core.telegram.org/bots/api#getchatmember, #getchatadministrators).
    """
    try:
        admins = await bot.get_chat_administrators(chat)
    except (BadRequest, Forbidden):
        return False
    return any(admin.user.id == user for admin in admins)


def can_write(member: ChatMember, kind: str) -> bool:
    """Tell whether the bot may write in a chat of that kind, being such a member of it."""
    if kind == ChatType.CHANNEL:
        # Only an admin has a right to post; a creator is never a bot.
        return bool(getattr(member, "can_post_messages", False))
    if member.status == ChatMemberStatus.RESTRICTED:
        return bool(getattr(member, "is_member", False) and getattr(member, "can_send_messages", False))
    return member.status in {ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER}


class Told:
    """Remembers whom it was told that they may not, so that they are told once; of the newest, `most`."""

    def __init__(self, most: int = _MOST_TOLD) -> None:
        self._most = most
        self._told: OrderedDict[tuple[int, int], None] = OrderedDict()

    def first_time(self, message: Message) -> bool:
        """Tell whether the sender of a message has not been told in that chat, and remember it."""
        sender = message.sender_chat or message.from_user
        key = (message.chat.id, sender.id if sender else 0)
        first = key not in self._told
        self._told[key] = None
        self._told.move_to_end(key)
        if len(self._told) > self._most:
            self._told.popitem(last=False)
        return first
