"""What a parliament labels its members with: "Mr Deputy Speaker (Bob Ray):", "The Lord Bishop of Oslo:"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from store.ingest.page import Paragraph
from store.ingest.persons import is_holder, is_name

_HELD_BY = re.compile(r"^(?:The|THE)\s+(?P<office>[^()]{3,140})\s+\((?P<name>[^()]+\s[^()]+)\)\s?$")
"""As a parliament labels who holds an office: "The Secretary of State for the Sea (Ann Lee):"."""
_MEMBER = re.compile(
    r"^(?P<label>(?=[^:]{1,160}:)[^\W\d_a-z][\w’'.—-]*,?(?:\s+(?:[^\W_a-z][\w’'.—-]*,?|\([^()]*\)|of|the|for|and|in|on|to|at"
    r"|hon\.?|de|du|la|le|van|von|der|arap|ole|bin|&))*)\s?:\s+(?P<rest>\S.*)$"
)
"""What may be such a label, of whatever length: all of it capitalised, or in brackets."""
_PEER = re.compile(
    r"^(?:(?:The|Mr|Mrs|Ms|Madam)\s+)?(?:(?:Most|Right)\s+(?:Rev\w*\.?|Hon\w*\.?)\s+)?(?:(?:Lord|Lady|Duke|Duchess|Earl|Count(?:ess)?"
    r"|Marquess|Viscount(?:ess)?|Baron(?:ess)?|Bishop|Archbishop|Deputy\s+Speaker|Speaker)\b.*|.*\))$"
)
"""A label as no sentence has one: a peer, or with a constituency or a party in brackets."""


class Member(NamedTuple):
    """A line that a member of a parliament opens: the label as it is written, and what is said."""

    written: str
    rest: str


def held_by(written: str) -> str | None:
    """Return the name of who holds the office that a label names; None where it names none so."""
    held = _HELD_BY.match(written)
    is_held = held and is_name(held["name"]) and any(map(is_holder, re.split(r"[\s,.-]+", held["office"])))
    return held["name"] if held and is_held else None


def members(page: Sequence[Paragraph], *, behind: int) -> dict[int, Member]:
    """Return what stands before a colon where a parliament's labels are in use, and, where nothing tells that they are,
    what no sentence has before one, from the index `behind` on.
    """
    held = any(held_by(line.text.partition(":")[0]) for line in page)
    found = {index: match for index, line in enumerate(page) if (match := _MEMBER.match(line.text))}
    return {
        index: Member(match["label"], match["rest"])
        for index, match in found.items()
        if held or (index > behind and _PEER.match(match["label"]))
    }
