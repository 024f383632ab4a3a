"""What stands behind a command, as a request; pure."""

from __future__ import annotations

import re

from store.text import squash

_COMMAND = re.compile(r"/[A-Za-z0-9_]+(?:@[A-Za-z0-9_]+)?")
_NUMBER = re.compile(r"(?:#|no\.?|№)?\s*(\d{1,6})\.?", re.IGNORECASE)


def after_command(text: str) -> str:
    """Return what stands behind the command that a message begins with, on one line; "" where nothing does."""
    return squash(_COMMAND.sub("", text, count=1))


def source_number(words: str) -> int | None:
    """Return the number of a document as people write it ("2", "#2", "no. 2"), None for anything else."""
    found = _NUMBER.fullmatch(words)
    return int(found[1]) if found else None
