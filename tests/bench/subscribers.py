"""Subscriptions in any number, for measuring."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from store.chats import Chats
from store.schedule import seconds
from store.timing import zone_of


class Subscriber(NamedTuple):
    """A private chat with a daily Digest: when it is next due (aware), by the clock of which zone, about what."""

    chat: int
    due_at: datetime
    zone: str = "UTC"
    wanted: tuple[str, ...] = ()


def fill(chats: Chats, subscribers: Iterable[Subscriber]) -> None:
    """Make the Subscriptions, in one transaction."""
    with chats.writing() as connection:
        for chat, due_at, zone, wanted in subscribers:
            local = due_at.astimezone(zone_of(zone))
            connection.execute("INSERT INTO chats VALUES (?, 'private', ?, '', 0)", (chat, zone))
            connection.execute(
                "INSERT INTO subscriptions VALUES (?, 0, ?, ?, '', 'daily', 0, ?, '[]', 0, 0, 'active', '', ?, ?, 0)",
                (chat, f"{local:%H:%M}", zone, json.dumps(wanted), seconds(due_at), f"{local:%Y-%m-%d}"),
            )
