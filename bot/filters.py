"""Which messages the bot hears: in a private chat all that a person sends, in a group its own commands.

Edited messages are not heard: an answer to what was written long ago, or a deletion by a slip of the pen, surprises
more than it helps. A forwarded command was given by, and to, somebody else.
"""

from __future__ import annotations

from telegram import Message
from telegram.ext import filters


class _Addressed(filters.MessageFilter):
    """A command with this bot's name behind it: `/command@name`."""

    def filter(self, message: Message) -> bool:
        command = (message.text or "").split(maxsplit=1)[0].casefold()
        return command.endswith(f"@{message.get_bot().username}".casefold())


class _Himself(filters.MessageFilter):
    """Words of a person of one of these ids, and his own.

    A group's anonymous admin and a channel are no person. What was forwarded, or sent through or by another bot, may be
    somebody else's words (https://core.telegram.org/bots/api#message).
    """

    def __init__(self, persons: frozenset[int]) -> None:
        super().__init__()
        self._persons = persons

    def filter(self, message: Message) -> bool:
        lent = (message.sender_chat, message.forward_origin, message.via_bot, message.sender_business_bot)
        return message.from_user is not None and message.from_user.id in self._persons and not any(lent)


_NEW = filters.UpdateType.MESSAGE
_PRIVATE = _NEW & filters.ChatType.PRIVATE

OWN_COMMAND = _NEW & ~filters.FORWARDED
"""What a handler of one of the bot's commands hears."""

OWN_COMMAND_OR_POST = (_NEW | filters.UpdateType.CHANNEL_POST) & ~filters.FORWARDED
"""The same, and a post in a channel, where only admins write."""

WORDS = _PRIVATE & filters.TEXT & ~filters.COMMAND
"""Words to search for; those of a forwarded message too."""

ANYTHING_ELSE = _PRIVATE & ~filters.StatusUpdate.ALL
"""Whatever else a person sends: a command that there is not, a picture, a voice."""

UNKNOWN_COMMAND_TO_ME = _NEW & ~filters.ChatType.PRIVATE & filters.COMMAND & ~filters.FORWARDED & _Addressed()
"""In a group, a command that there is not, meant for this bot and no other."""


def from_admin(admins: frozenset[int]) -> filters.BaseFilter:
    """Return what hears a new message of a person of one of these ids, in his private chat."""
    return _PRIVATE & _Himself(admins)


MIGRATION = _NEW & filters.StatusUpdate.MIGRATE
"""The news, in either of the two, that a group has become a supergroup."""
