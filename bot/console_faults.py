"""What can go wrong between a bot and Telegram, to be injected into `ConsoleTelegram`."""

from __future__ import annotations

import json
from dataclasses import dataclass

from telegram.error import NetworkError, TimedOut

from bot.telegram_rules import JSON


@dataclass(frozen=True, slots=True)
class Fault:
    """An answer that is no success: HTTP status and body, or (status 0) none at all.

    `delivered` means that Telegram did what was asked and only its answer went missing.
    """

    status: int = 0
    body: bytes = b""
    delivered: bool = False
    timed_out: bool = False

    def answer(self) -> tuple[int, bytes]:
        """Return the answer, or raise what python-telegram-bot's own transport raises without one."""
        if self.status:
            return self.status, self.body
        if self.timed_out:
            raise TimedOut
        raise NetworkError("httpx.ReadError: the connection was lost")

    @classmethod
    def refused(cls, description: str, status: int = 400, **parameters: int) -> Fault:
        """Refuse in Telegram's form; `description` with its prefix ("Bad Request: …")."""
        answer: JSON = {"ok": False, "error_code": status, "description": description}
        if parameters:
            answer["parameters"] = parameters
        return cls(status, json.dumps(answer).encode())

    @classmethod
    def flood(cls, retry_after: int) -> Fault:
        """Ask the bot to wait this many seconds."""
        return cls.refused(f"Too Many Requests: retry after {retry_after}", 429, retry_after=retry_after)

    @classmethod
    def blocked(cls) -> Fault:
        """Refuse as where a person has blocked the bot."""
        return cls.refused("Forbidden: bot was blocked by the user", 403)

    @classmethod
    def migrated(cls, chat_id: int) -> Fault:
        """Refuse as where a group has become the supergroup of that id."""
        description = "Bad Request: group chat was upgraded to a supergroup chat"
        return cls.refused(description, migrate_to_chat_id=chat_id)

    @classmethod
    def gateway(cls) -> Fault:
        """Answer as the web server in front of Telegram does when Telegram is not there."""
        return cls(502, b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>")

    @classmethod
    def lost(cls, *, delivered: bool = False) -> Fault:
        """Lose the connection, before Telegram has read the request or after it has done it."""
        return cls(delivered=delivered)

    @classmethod
    def silence(cls, *, delivered: bool = False) -> Fault:
        """Let the bot's patience run out."""
        return cls(delivered=delivered, timed_out=True)
