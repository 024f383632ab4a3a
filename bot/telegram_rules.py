"""What Telegram refuses, and in which words: addresses, keyboards, commands; pure.

Taken from the servers that answer bots: tdlib/telegram-bot-api (`Client.cpp`) and tdlib/td (`LinkManager.cpp`,
`HttpUrl.cpp`, `ReplyMarkup.cpp`, `BotCommand.cpp`), and from https://core.telegram.org/bots/api.
"""

from __future__ import annotations

import ipaddress
import json
import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from telegram.constants import BotCommandLimit, InlineKeyboardButtonLimit, InlineKeyboardMarkupLimit

JSON: TypeAlias = dict[str, Any]

MARKUP_BYTES = 10_240
"""Size of a keyboard as JSON that Telegram still takes (measured: tginfo/Telegram-Limits, issue 187)."""

_IN_WORDS = {
    "MESSAGE_NOT_MODIFIED": "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message",
    "QUERY_ID_INVALID": "query is too old and response timeout expired or query ID is invalid",
    "MESSAGE_DELETE_FORBIDDEN": "message can't be deleted",
    "REPLY_MARKUP_TOO_LONG": "reply markup is too long",
}
_LAST_PORT = 0xFFFF
_HOST = re.compile(r"(?:[A-Za-z0-9._!$,~*'();&+=-]|[^\x00-\x7f]|%[0-9A-Fa-f]{2})*")
_USERINFO = re.compile(r"(?:[A-Za-z0-9._!$,~*'();&+=:-]|[^\x00-\x7f]|%[0-9A-Fa-f]{2})*")
_ADDRESS = re.compile(r"(?:(?P<protocol>[^:/?#@\[\]]*)://)?(?P<authority>[^/?#]*)(?P<query>.*)", re.DOTALL)
_APP_LINK = re.compile(r"(?P<scheme>tg|ton|tonsite):(?://)?(?P<rest>.*)", re.DOTALL | re.IGNORECASE)
_COMMAND = re.compile(r"[a-z0-9_]+")
_OTHER_BUTTONS = (
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
)


class RefusalError(Exception):
    """Telegram refuses a request: HTTP `status`, `description`, and `parameters` for the client to act on."""

    def __init__(self, description: str, *, status: int = 400, parameters: Mapping[str, int] | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = dict(parameters or {})


def bad_request(fault: str) -> RefusalError:
    """Return Telegram's "400 Bad Request" for a fault, in the words of `Client::fail_query_with_error`."""
    fault = _IN_WORDS.get(fault, fault)
    if not (fault[1:2].isupper() or fault[1:2] == "_"):
        fault = fault[:1].lower() + fault[1:]
    return RefusalError(f"Bad Request: {fault}")


def checked_address(link: str) -> str:
    """Return the address as Telegram keeps it: protocol added, host in lower case, at least a "/" after it.

    Raises ValueError with Telegram's reason where it takes the address for malformed.
    """
    app = _APP_LINK.fullmatch(link)
    protocol, userinfo, host, port, query = _split_address(app["rest"] if app else link)
    if app:
        scheme = app["scheme"].lower()
        if userinfo or port or host.startswith("[") or app["rest"].lower().startswith(("http://", "https://")):
            raise ValueError("Wrong tg URL" if scheme == "tg" else "Wrong ton URL")
        if not re.fullmatch(r"[A-Za-z0-9_-]*" if scheme != "tonsite" else r"[A-Za-z0-9_.-]*", host):
            raise ValueError("Unallowed characters in URL host")
        return f"{scheme}://{host}{query[1:] if query.startswith('/?') else query}"
    if "." not in host and not host.startswith("["):
        raise ValueError("Wrong HTTP URL")
    return f"{protocol}://{userinfo + '@' if userinfo else ''}{host}{f':{port}' if port else ''}{query}"


def _split_address(link: str) -> tuple[str, str, str, int, str]:
    """Protocol, user information, host, port (0: none given), and path with what follows it."""
    match = _ADDRESS.fullmatch(link)
    if match is None:  # every string matches
        raise ValueError("Wrong HTTP URL")
    protocol = (match["protocol"] if match["protocol"] is not None else "http").lower()
    if protocol not in {"http", "https"}:
        raise ValueError("Unsupported URL protocol")
    authority = match["authority"]
    port = 0
    if given := re.fullmatch(r"(?P<rest>.+):(?P<port>[^:\]@]*)", authority, re.DOTALL):
        authority = given["rest"]
        port = int(given["port"]) if re.fullmatch(r"[0-9]{1,9}", given["port"]) else -1
        if not 0 < port <= _LAST_PORT:
            raise ValueError("Wrong port number specified in the URL")
    userinfo, _, host = authority.rpartition("@")
    _check_host(host.lower(), userinfo)
    query = match["query"].rstrip(" \t\r\n\0\v")
    if not query.startswith("/"):
        query = "/" + query
    return protocol, userinfo, host.lower(), port, re.sub(r"[\x00-\x20]", lambda c: f"%{ord(c[0]):02X}", query)


def _check_host(host: str, userinfo: str) -> None:
    if host.startswith("[") and host.endswith("]"):
        try:
            ipaddress.IPv6Address(host[1:-1])
        except ValueError as error:
            raise ValueError("Wrong IPv6 address specified in the URL") from error
        return
    if not host:
        raise ValueError("URL host is empty")
    if host == ".":
        raise ValueError("Host is invalid")
    for name, part, allowed in (("host", host, _HOST), ("userinfo", userinfo, _USERINFO)):
        taken = allowed.match(part)
        rest = part[taken.end() if taken else 0 :]
        if rest.startswith("%"):
            raise ValueError(f"Wrong percent-encoded symbol in URL {name}")
        if rest:
            raise ValueError(f"Disallowed character in URL {name}")


def _object(written: str) -> object:
    try:
        return json.loads(written)
    except ValueError as error:
        raise bad_request("can't parse reply keyboard markup JSON object") from error


def checked_keyboard(markup: object) -> JSON | None:
    """Return the inline keyboard as Telegram keeps it, or None where there is none; raise RefusalError.

    Other kinds of markup (a reply keyboard, a forced reply) are taken and, as by Telegram, not given back.
    """
    if markup is None:
        return None
    if isinstance(markup, str):  # What the library does not write as JSON itself reaches Telegram all the same.
        markup = _object(markup)
    if not isinstance(markup, dict):
        raise bad_request("Object expected as reply markup")
    rows = markup.get("inline_keyboard") or []
    if not all(isinstance(row, list | tuple) for row in rows):
        raise bad_request('Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    kept = [[_checked_button(button) for button in row if _has_text(button)] for row in rows]
    kept = [row for row in kept if row]
    keyboard = {"inline_keyboard": kept}
    if sum(map(len, kept)) > InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER or len(_encoded(keyboard)) > MARKUP_BYTES:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return keyboard if kept else None


def _encoded(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _has_text(button: object) -> bool:
    """Telegram leaves out, without a word, buttons that show nothing."""
    if not isinstance(button, dict):
        raise bad_request("Can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise bad_request("Can't parse inline keyboard button: Can't find field \"text\"")
    return bool(button["text"] or button.get("icon_custom_emoji_id"))


def _checked_button(button: JSON) -> JSON:
    if address := button.get("url"):
        try:
            return {**button, "url": checked_address(address)}
        except ValueError as error:
            raise bad_request(f"Inline keyboard button URL '{address}' is invalid: {error}") from error
    if callback_data := button.get("callback_data"):
        if len(callback_data.encode()) > InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
        return button
    if not any(kind in button for kind in _OTHER_BUTTONS):
        raise bad_request("Can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    return button


def checked_commands(commands: object) -> tuple[JSON, ...]:
    """Return the commands of a menu as Telegram keeps them; raise RefusalError."""
    if not isinstance(commands, list | tuple):
        raise bad_request("Expected an Array of BotCommand")
    if len(commands) > BotCommandLimit.MAX_COMMAND_NUMBER:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return tuple(_checked_command(command) for command in commands)


def _checked_command(entry: JSON) -> JSON:
    command = entry["command"].strip().removeprefix("/")
    if not command:
        raise bad_request("Command must be non-empty")
    if len(command) > BotCommandLimit.MAX_COMMAND:
        raise bad_request(f"Command length must not exceed {BotCommandLimit.MAX_COMMAND:d}")
    description = entry["description"].strip()
    if not description:
        raise bad_request("Command description must be non-empty")
    if len(description) > BotCommandLimit.MAX_DESCRIPTION:
        raise bad_request(f"Command description length must not exceed {BotCommandLimit.MAX_DESCRIPTION:d}")
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": command, "description": description}
