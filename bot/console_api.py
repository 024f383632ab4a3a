"""The Bot API's methods over the chats of this process: what Telegram would answer, or why it would not."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from telegram import User
from telegram.constants import BotDescriptionLimit, CallbackQueryLimit, ChatAction, ChatType

from bot.console_chats import ChatRecord, Chats, Member
from bot.telegram_rules import JSON, RefusalError, bad_request, checked_commands, checked_keyboard
from bot.telegram_text import compose


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a bot made visible: `kind` is "sent", "edited", "deleted" or "answered" (a pressed button).

    `content` is the message as it then was; for "answered", the answer's parameters (`text`, `show_alert`, `url`).
    """

    kind: str
    chat: int
    content: JSON


class BotApi:
    """Everything that a bot can ask, apart from waiting for updates; names of methods are case-insensitive."""

    def __init__(self, me: User, chats: Chats) -> None:
        self.me = me
        self.chats = chats
        self.events: list[Event] = []
        self.queries: dict[str, int] = {}
        self.commands: dict[tuple[str, str], tuple[JSON, ...]] = {}
        self.texts: dict[tuple[str, str], str] = {}
        self.webhook: JSON = {}
        self._own: set[int] = set()
        self._methods: dict[str, Callable[[JSON], Any]] = {
            "getme": self._get_me,
            "sendmessage": self._send_message,
            "editmessagetext": self._edit_message_text,
            "editmessagereplymarkup": self._edit_message_reply_markup,
            "deletemessage": self._delete_message,
            "answercallbackquery": self._answer_callback_query,
            "sendchataction": self._send_chat_action,
            "setmycommands": self._set_my_commands,
            "getmycommands": self._get_my_commands,
            "deletemycommands": self._delete_my_commands,
            "setmydescription": lambda asked: self._set_text("description", asked),
            "getmydescription": lambda asked: self._get_text("description", asked),
            "setmyshortdescription": lambda asked: self._set_text("short_description", asked),
            "getmyshortdescription": lambda asked: self._get_text("short_description", asked),
            "setwebhook": self._set_webhook,
            "deletewebhook": self._delete_webhook,
            "getwebhookinfo": self._get_webhook_info,
            "getchat": self._get_chat,
            "getchatmember": self._get_chat_member,
            "getchatadministrators": self._get_chat_administrators,
            "leavechat": self._leave_chat,
        }

    def answer(self, method: str, asked: JSON) -> object:
        """Return the `result` of a method, or raise RefusalError."""
        do = self._methods.get(method.lower())
        if do is None:
            raise RefusalError("Not Found: method not found", status=404)
        return copy.deepcopy(do(asked))

    def _get_me(self, _asked: JSON) -> JSON:
        return self.me.to_dict()

    # Messages

    def _send_message(self, asked: JSON) -> JSON:
        shown = compose(asked.get("text"), asked.get("parse_mode"), asked.get("entities"))
        keyboard = checked_keyboard(asked.get("reply_markup"))
        record = self.chats.find(asked.get("chat_id"))
        record.check_writable()
        replied = _replied_to(record, asked.get("reply_parameters"))
        thread = asked.get("message_thread_id") or (replied or {}).get("message_thread_id")
        record.check_topic(thread)
        sender = {"sender_chat": record.as_json()} if record.type == ChatType.CHANNEL else {"from": _short(self.me)}
        content = {**record.thread_fields(thread), **_shown(shown.text, shown.entities, asked, keyboard)}
        if replied is not None:
            content["reply_to_message"] = {key: replied[key] for key in replied if key != "reply_to_message"}
        message = self.chats.write(record, sender, content)
        self._own.add(message["message_id"])
        self._note("sent", record, message)
        return message

    def _edit_message_text(self, asked: JSON) -> JSON:
        shown = compose(asked.get("text"), asked.get("parse_mode"), asked.get("entities"))
        keyboard = checked_keyboard(asked.get("reply_markup"))
        return self._edit(asked, _shown(shown.text, shown.entities, asked, keyboard))

    def _edit_message_reply_markup(self, asked: JSON) -> JSON:
        keyboard = checked_keyboard(asked.get("reply_markup"))
        _, before = self._own_message(asked, "message to edit")
        kept = {key: before[key] for key in ("text", "entities", "link_preview_options") if key in before}
        return self._edit(asked, kept | ({"reply_markup": keyboard} if keyboard else {}))

    def _edit(self, asked: JSON, content: JSON) -> JSON:
        """Replace what a message shows; a keyboard not given again is gone, as on Telegram."""
        record, before = self._own_message(asked, "message to edit")
        replaced = ("text", "entities", "link_preview_options", "reply_markup")
        if {key: before[key] for key in replaced if key in before} == content:
            raise bad_request("MESSAGE_NOT_MODIFIED")
        kept = {key: value for key, value in before.items() if key not in replaced}
        message = {**kept, "edit_date": self.chats.now(), **content}
        record.messages[message["message_id"]] = message
        self._note("edited", record, message)
        return message

    def _own_message(self, asked: JSON, named: str) -> tuple[ChatRecord, JSON]:
        record = self.chats.find(asked.get("chat_id"))
        record.check_writable()
        message = record.messages.get(int(asked.get("message_id") or 0))
        if message is None:
            raise bad_request(f"{named} not found")
        if named == "message to edit" and message["message_id"] not in self._own:
            raise bad_request("Message can't be edited")
        return record, message

    def _delete_message(self, asked: JSON) -> bool:
        record, message = self._own_message(asked, "message to delete")
        may = (
            message["message_id"] in self._own
            or record.type == ChatType.PRIVATE
            or record.bot in record.administrators()
        )
        if not may:
            raise bad_request("MESSAGE_DELETE_FORBIDDEN")
        del record.messages[message["message_id"]]
        self._note("deleted", record, message)
        return True

    def wrote(self, message_id: int) -> bool:
        """Say whether a message is the bot's own."""
        return message_id in self._own

    def _note(self, kind: str, record: ChatRecord, content: JSON) -> None:
        self.events.append(Event(kind, record.id, copy.deepcopy(content)))

    def _send_chat_action(self, asked: JSON) -> bool:
        if asked.get("action") not in [*ChatAction]:
            raise bad_request("Wrong parameter action in request")
        self.chats.find(asked.get("chat_id")).check_writable()
        return True

    # Pressed buttons

    def open_query(self, chat: int) -> str:
        """Return the id of a new callback query, open until it is forgotten."""
        query = str(4_000_000_000_000_000_000 + len(self.events) + len(self.queries))
        self.queries[query] = chat
        return query

    def _answer_callback_query(self, asked: JSON) -> bool:
        query = str(asked.get("callback_query_id"))
        if query not in self.queries:
            raise bad_request("QUERY_ID_INVALID")
        if len(asked.get("text") or "") > CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH:
            raise bad_request("MESSAGE_TOO_LONG")
        url = asked.get("url") or ""
        if url and not url.startswith(f"https://t.me/{self.me.username}?start="):
            raise bad_request("URL_INVALID")  # A game's would be the other one, but no bot here has games.
        answer = {"id": query, "text": asked.get("text") or "", "show_alert": bool(asked.get("show_alert")), "url": url}
        self.events.append(Event("answered", self.queries[query], answer))
        return True

    # What the bot says of itself

    def _set_my_commands(self, asked: JSON) -> bool:
        if (asked.get("scope") or {}).get("type") == "chat":
            self.chats.find(asked["scope"].get("chat_id"))
        self.commands[_scope(asked)] = checked_commands(asked.get("commands") or ())
        return True

    def _get_my_commands(self, asked: JSON) -> list[JSON]:
        return list(self.commands.get(_scope(asked), ()))

    def _delete_my_commands(self, asked: JSON) -> bool:
        self.commands.pop(_scope(asked), None)
        return True

    def _set_text(self, name: str, asked: JSON) -> bool:
        text = asked.get(name) or ""
        if len(text) > _TEXT_LIMITS[name]:
            raise bad_request(f"BOT_{'ABOUT' if name == 'short_description' else 'DESCRIPTION'}_TOO_LONG")
        self.texts[name, asked.get("language_code") or ""] = text
        return True

    def _get_text(self, name: str, asked: JSON) -> JSON:
        language = asked.get("language_code") or ""
        return {name: self.texts.get((name, language), self.texts.get((name, ""), ""))}

    # Webhooks

    def _set_webhook(self, asked: JSON) -> bool:
        address = asked.get("url") or ""
        if address and not address.startswith("https://"):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        self.webhook = dict(asked) if address else {}
        return True

    def _delete_webhook(self, _asked: JSON) -> bool:
        self.webhook = {}
        return True

    def _get_webhook_info(self, _asked: JSON) -> JSON:
        info: JSON = {"url": self.webhook.get("url", ""), "has_custom_certificate": False, "pending_update_count": 0}
        if "allowed_updates" in self.webhook:
            info["allowed_updates"] = self.webhook["allowed_updates"]
        return info

    # Chats

    def _get_chat(self, asked: JSON) -> JSON:
        gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
        return {
            **self._readable(asked).as_json(),
            "accepted_gift_types": dict.fromkeys(gifts, False),
            "max_reaction_count": 11,
            "accent_color_id": 0,
        }

    def _get_chat_member(self, asked: JSON) -> JSON:
        record = self._readable(asked)
        member = record.member(int(asked.get("user_id") or 0))
        if member is None:
            raise bad_request("user not found")
        return member.as_json(record.type)

    def _get_chat_administrators(self, asked: JSON) -> list[JSON]:
        record = self._readable(asked)
        if record.type == ChatType.PRIVATE:
            raise bad_request("there are no administrators in the private chat")
        shown = (member for member in record.administrators() if member is record.bot or not member.user.is_bot)
        return [member.as_json(record.type) for member in shown]

    def _leave_chat(self, asked: JSON) -> bool:
        record = self._readable(asked)
        if record.type == ChatType.PRIVATE:
            raise bad_request("chat member status can't be changed in private chats")
        record.bot = Member(self.me, "left")
        return True

    def _readable(self, asked: JSON) -> ChatRecord:
        record = self.chats.find(asked.get("chat_id"))
        if record.type != ChatType.PRIVATE and record.bot.status in {"left", "kicked"}:
            record.check_writable()
        return record


_TEXT_LIMITS = {
    "description": BotDescriptionLimit.MAX_DESCRIPTION_LENGTH,
    "short_description": BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH,
}


def _short(user: User) -> JSON:
    """Return a user as messages show it: without what only getMe tells of a bot."""
    named = user.to_dict()
    shown = ("id", "is_bot", "first_name", "last_name", "username", "language_code")
    return {key: named[key] for key in shown if key in named}


def _scope(asked: JSON) -> tuple[str, str]:
    scope = asked.get("scope") or {"type": "default"}
    return ":".join(str(value) for value in scope.values()), asked.get("language_code") or ""


def _shown(text: str, entities: tuple[JSON, ...], asked: JSON, keyboard: JSON | None) -> JSON:
    """Return the fields of a message that say what it shows."""
    content: JSON = {"text": text}
    if entities:
        content["entities"] = list(entities)
    if asked.get("link_preview_options"):
        content["link_preview_options"] = asked["link_preview_options"]
    if keyboard:
        content["reply_markup"] = keyboard
    return content


def _replied_to(record: ChatRecord, parameters: JSON | None) -> JSON | None:
    if not parameters:
        return None
    message = record.messages.get(int(parameters.get("message_id") or 0))
    if message is None and not parameters.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return message
