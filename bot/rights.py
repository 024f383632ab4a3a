"""Who may change what is kept for a chat."""

from __future__ import annotations

from telegram import Message
from telegram.constants import ChatMemberStatus, ChatType

_MANAGERS = {ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR}


async def may_manage(message: Message) -> bool:
    """Tell whether the sender of a message may: anyone in their private chat, in a group its admins.

    An anonymous admin writes in the name of the group itself
    (https://core.telegram.org/bots/api#message, `sender_chat`).
    """
    if message.chat.type == ChatType.PRIVATE:
        return True
    if message.sender_chat is not None:
        return message.sender_chat.id == message.chat.id
    if message.from_user is None:
        return False
    member = await message.chat.get_member(message.from_user.id)
    return member.status in _MANAGERS
