"""What became of a message: Telegram's answer, or the error in place of one, as a value; pure.

The words are those of the servers that answer bots: tdlib/telegram-bot-api (`Client.cpp`: `check_chat_access`,
`check_message_topic`, `fail_query_with_error`), tdlib/td (`MessagesManager::process_send_message_fail_error`,
`DialogManager::can_send_message_to_dialog`, `MessageContent.cpp`), and of Telegram's own servers, in capitals
(https://core.telegram.org/method/messages.sendMessage#possible-errors).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias

from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter


@dataclass(frozen=True, slots=True)
class Sent:
    """It is there."""

    message_id: int


@dataclass(frozen=True, slots=True)
class Later:
    """Not now: to be sent again `after` exactly so long, or, where that is None, at some later time."""

    reason: str
    after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """The chat can't be written to until somebody there changes that; `reason` in a few words of ours."""

    reason: str


@dataclass(frozen=True, slots=True)
class TopicClosed:
    """The topic is closed or deleted; the rest of the chat may be written to."""

    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The group has become a supergroup of another id."""

    chat: int


@dataclass(frozen=True, slots=True)
class Unformatted:
    """Telegram does not take the formatting; without it, it may take the text."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Refused for a reason that nobody here knows, in Telegram's words: no ground for ending anything."""

    reason: str


Outcome: TypeAlias = Sent | Later | Gone | TopicClosed | Moved | Unformatted | Refused

_REASON_LIMIT = 200

_GONE = {
    "blocked by the user": ("bot was blocked by the user", "user_is_blocked"),
    "account deleted": ("user is deactivated", "input_user_deactivated", "user_deleted"),
    "never talked to": ("can't initiate conversation", "peer_id_invalid"),
    "a bot": ("can't send messages to bots", "can't send messages to the bot", "user_is_bot", "user_bot_invalid"),
    "removed from the chat": (
        "bot was kicked from",
        "bot is not a member of",
        "channel_private",
        "channel_public_group_na",
        "user_banned_in_channel",
    ),
    "no such chat": (
        "chat not found",
        "user not found",
        "group chat was deleted",
        "group is deactivated",
        "group chat was deactivated",
        "channel_invalid",
        "chat_id_invalid",
        "chat_forbidden",
    ),
    "no right to write": (
        "not enough rights to send",
        "need administrator rights",
        "have no write access",
        "have no rights to send",
        "chat_write_forbidden",
        "chat_send_plain_forbidden",
        "chat_guest_send_forbidden",
        "chat_admin_required",
        "chat_restricted",
        "right_forbidden",
        "allow_payment_required",
        "privacy_premium_required",
    ),
}
_TOPIC_CLOSED = ("topic_closed", "topic_deleted", "message thread not found", "topic_id_invalid")
_UNFORMATTED = ("can't parse entities", "entities too long", "entities_too_long", "entity_bounds_invalid")


def of_answer(answer: object) -> Outcome:
    """Return the outcome of a result of `sendMessage`; Later where it is no message, whoever has answered so."""
    match answer:
        case {"message_id": int(number)}:
            return Sent(number)
        case _:
            return Later("Invalid server response")


def of_error(error: Exception) -> Outcome:
    """Return the outcome that an error in place of an answer stands for; of whatever is no refusal, Later."""
    match error:
        case RetryAfter():
            return Later("flood wait", flood_wait(error))
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case BadRequest() | Forbidden():
            return _of_refusal(error.message)
        case _:
            # Servers that are down, connections that are lost, answers that are garbage, a token that is being changed:
            # all of this passes, and is nothing that the chat could help.
            return Later(_short(f"{type(error).__name__}: {error}"))


def flood_wait(error: RetryAfter) -> timedelta:
    """Return how long Telegram says to wait; the library gives it as seconds or, where so set, as a timedelta."""
    wait = error.retry_after
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)


def _of_refusal(description: str) -> Outcome:
    said = description.casefold()
    description = _short(description)
    if any(phrase in said for phrase in _UNFORMATTED):  # First, since what follows may be words of the message.
        return Unformatted(description)
    for reason, phrases in _GONE.items():
        if any(phrase in said for phrase in phrases):
            return Gone(reason)
    if any(phrase in said for phrase in _TOPIC_CLOSED):
        return TopicClosed(description)
    return Refused(description)


def _short(reason: str) -> str:
    """Return as much of a reason as is worth keeping: a proxy's may be a whole page."""
    return reason if len(reason) <= _REASON_LIMIT else f"{reason[: _REASON_LIMIT - 1]}…"
