"""What a pressed button does to a Subscription, written as a button carries it; pure.

`<chat>.<topic>.<act><value>`: without a chat it is the one that the message stands in, without a topic that of the
message. Whoever presses may have made it up: who may change that chat is asked at every press.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256


class Act(StrEnum):
    """What is done; its letter keeps its meaning for good."""

    SHOW = "s"
    """Show the settings, in place of the message; in a message of their own where the value is "!"."""
    HOURS = "H"
    """Show the hours to choose from."""
    ZONES = "Z"
    """Show the zone, and how to change it."""
    WORDS = "W"
    """Show the words, to take away or add."""
    HOUR = "h"
    """Set the hour, HHMM."""
    RHYTHM = "r"
    """Set the rhythm, by its name."""
    WEEKDAY = "w"
    """Set the day of a weekly digest, from Monday, 0."""
    SILENT = "q"
    """Deliver without a sound, 1, or with one, 0."""
    EXACT = "x"
    """Send anniversaries alone, 1, or something every day, 0."""
    DROP = "d"
    """Take a word away, by its `tag`."""
    ADD = "a"
    """Add a word wanted."""
    ZONE = "z"
    """Set the zone, whose name ends before a "#", to that of the place that the button names."""
    ANEW = "g"
    """Carry out anew what was typed: its id, the numbers of the readings that are turned, a zone, between colons."""
    NOW = "n"
    """Have today's Digest now; the value is `s` in the settings, `c` and that of ANEW, if any, in a confirmation."""
    BEGIN = "b"
    """Subscribe."""
    RESUME = "p"
    """Go on after a pause; every topic of the chat where none is named."""
    END = "e"
    """Unsubscribe."""


@dataclass(frozen=True, slots=True)
class Switch:
    """An act on the Subscription of a topic; None: of the chat, the topic of the message."""

    act: Act
    value: str = ""
    chat: int | None = None
    topic: int | None = None


FORM = re.compile(r"(-?\d{1,16})?\.(\d{1,12})?\.([A-Za-z])(.*)", re.ASCII | re.DOTALL)


def written(switch: Switch) -> str:
    """Return a switch as text."""
    chat = "" if switch.chat is None else switch.chat
    topic = "" if switch.topic is None else switch.topic
    return f"{chat}.{topic}.{switch.act}{switch.value}"


def read(text: str) -> Switch | None:
    """Return the switch that was written, or None for what is none."""
    found = FORM.fullmatch(text)
    if found is None or found[3] not in {*Act}:
        return None
    chat, topic, act, value = found.groups()
    return Switch(Act(act), value, None if chat is None else int(chat), None if topic is None else int(topic))


def tag(words: str) -> str:
    """Return a few letters that stand for a word or phrase of any length."""
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:8]
