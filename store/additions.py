"""What builds leave in the table `about`: their number, and the lists of documents that came in together."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ADDED = "added "
"""What the name of such a list begins with; its tag follows. Its value is a JSON object: `number` and `files`."""

BUILDS = "builds"
"""The row that counts the builds which changed the archive."""

_TAG_LENGTH = 16


def tag_of(files: Iterable[str]) -> str:
    """Return what stands for these files, in any order, and no others: 16 characters of 0-9 a-f."""
    return sha256("\0".join(sorted(files)).encode()).hexdigest()[:_TAG_LENGTH]
