from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from telegram import Chat, Message
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot import outcomes
from bot.outcomes import Gone, Later, Moved, Refused, Sent, TopicClosed, Unformatted

# python-telegram-bot warns of a later type of `retry_after` wherever a flood wait is raised.
pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after:telegram.warnings.PTBDeprecationWarning")


def refusal(description: str) -> TelegramError:
    """Return what python-telegram-bot makes of a refusal in Telegram's words."""
    return Forbidden(description) if description.startswith("Forbidden") else BadRequest(description)


def test_a_message_is_sent() -> None:
    answer = Message(42, datetime(2026, 2, 7, tzinfo=UTC), Chat(7, "private")).to_dict()
    assert outcomes.of_answer(answer) == Sent(42)


@pytest.mark.parametrize("answer", [True, [], {}, {"message_id": None}])
def test_what_is_no_message_is_tried_again(answer: object) -> None:
    assert isinstance(outcomes.of_answer(answer), Later)


@pytest.mark.parametrize(
    ("description", "reason"),
    [
        ("Forbidden: bot was blocked by the user", "blocked by the user"),
        ("Forbidden: user is deactivated", "account deleted"),
        ("Forbidden: bot can't initiate conversation with a user", "never talked to"),
        ("Bad Request: PEER_ID_INVALID", "never talked to"),
        ("Forbidden: bot can't send messages to bots", "a bot"),
        ("Forbidden: the bot can't send messages to the bot", "a bot"),
        ("Forbidden: bot was kicked from the group chat", "removed from the chat"),
        ("Forbidden: bot was kicked from the supergroup chat", "removed from the chat"),
        ("Forbidden: bot was kicked from the channel chat", "removed from the chat"),
        ("Forbidden: bot is not a member of the group chat", "removed from the chat"),
        ("Forbidden: bot is not a member of the channel chat", "removed from the chat"),
        ("Bad Request: CHANNEL_PRIVATE", "removed from the chat"),
        ("Forbidden: the group chat was deleted", "no such chat"),
        ("Bad Request: chat not found", "no such chat"),
        ("Bad Request: private chat not found", "no such chat"),
        ("Bad Request: group is deactivated", "no such chat"),
        ("Bad Request: not enough rights to send text messages to the chat", "no right to write"),
        ("Bad Request: need administrator rights in the channel chat", "no right to write"),
        ("Bad Request: have no write access to the chat", "no right to write"),
        ("Bad Request: CHAT_WRITE_FORBIDDEN", "no right to write"),
        ("Bad Request: CHAT_SEND_PLAIN_FORBIDDEN", "no right to write"),
        ("Bad Request: CHAT_ADMIN_REQUIRED", "no right to write"),
    ],
)
def test_a_chat_that_can_not_be_written_to_is_gone(description: str, reason: str) -> None:
    assert outcomes.of_error(refusal(description)) == Gone(reason)


@pytest.mark.parametrize(
    "description",
    ["Bad Request: TOPIC_CLOSED", "Bad Request: TOPIC_DELETED", "Bad Request: message thread not found"],
)
def test_a_topic_that_is_closed_or_deleted_ends_no_chat(description: str) -> None:
    assert isinstance(outcomes.of_error(refusal(description)), TopicClosed)


@pytest.mark.parametrize(
    "description",
    [
        'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 7',
        "Bad Request: can't parse entities: Unexpected end tag: chat not found",
        "Bad Request: entities too long",
        "Bad Request: ENTITY_BOUNDS_INVALID",
    ],
)
def test_formatting_that_telegram_does_not_take_is_the_fault_of_the_text_alone(description: str) -> None:
    assert isinstance(outcomes.of_error(refusal(description)), Unformatted)


@pytest.mark.parametrize(
    "description",
    [
        "Bad Request: message is too long",
        "Bad Request: BUTTON_URL_INVALID",
        "Bad Request: message to be replied not found",
        "Bad Request: SOMETHING_NEW_INVALID",
        "Forbidden: something that nobody has seen before",
        "Forbidden (403). Parsing the server response b'<html>' failed",
        "Bad Request (400)",
    ],
)
def test_a_refusal_that_nobody_knows_ends_nothing(description: str) -> None:
    error = refusal(description)
    assert outcomes.of_error(error) == Refused(str(error))


@pytest.mark.parametrize(
    "error",
    [
        NetworkError("Bad Gateway"),
        NetworkError("Internal Server Error (500)"),
        NetworkError("ServerDisconnectedError: Server disconnected"),
        TimedOut(),
        TelegramError("Invalid server response"),
        InvalidToken("Unauthorized"),
        Conflict("Conflict: terminated by other getUpdates request"),
    ],
)
def test_what_passes_is_for_later_and_nobody_says_how_much(error: TelegramError) -> None:
    outcome = outcomes.of_error(error)
    assert outcome == Later(f"{type(error).__name__}: {error}", None)


@pytest.mark.parametrize("newer", ["false", "true"])
@pytest.mark.parametrize("wait", [7, timedelta(seconds=7)])
def test_a_flood_wait_is_for_later_and_exactly_so_much(
    monkeypatch: pytest.MonkeyPatch, wait: int | timedelta, newer: str
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", newer)
    error = RetryAfter(wait)
    assert isinstance(error.retry_after, timedelta if newer == "true" else int)
    assert outcomes.of_error(error) == Later("flood wait", timedelta(seconds=7))
    assert outcomes.flood_wait(error) == timedelta(seconds=7)


def test_a_reason_is_no_page() -> None:
    page = f"Bad Gateway (502). Parsing the server response {b'x' * 5000!r} failed"
    for outcome in (outcomes.of_error(NetworkError(page)), outcomes.of_error(Forbidden(page))):
        assert isinstance(outcome, Later | Refused)
        assert len(outcome.reason) == 200
        assert outcome.reason.endswith("x…")


def test_a_group_that_became_a_supergroup_has_moved() -> None:
    assert outcomes.of_error(ChatMigrated(-1001)) == Moved(-1001)
