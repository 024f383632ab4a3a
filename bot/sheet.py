"""Words that were typed, each used up once: for a Reading, or for what can't be read; pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.tokens import Token
from bot.wishes import Reading, Unread, Why


class Sheet:
    """The words typed, which of them are `free` still, and what was made of the others, by where that begins."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.read: dict[int, Reading] = {}
        self._unread: dict[int, Unread] = {}
        self._free = [True] * len(tokens)

    def readings(self) -> list[Reading]:
        """Return what was read, in the order typed."""
        return [self.read[at] for at in sorted(self.read)]

    def unread(self) -> list[Unread]:
        """Return what can't be read, in the order typed."""
        return [self._unread[at] for at in sorted(self._unread)]

    def is_free(self, at: int) -> bool:
        """Return whether there is such a word, unused."""
        return 0 <= at < len(self.tokens) and self._free[at]

    def is_plain(self, at: int) -> bool:
        """Return whether there is such a word, unused, without a sign or quotation marks."""
        return self.is_free(at) and self.tokens[at].plain

    def use(self, start: int, end: int) -> str:
        """Use words up, and return them as they were typed."""
        self._free[start:end] = [False] * (end - start)
        return " ".join(token.raw for token in self.tokens[start:end])

    def give_up(self, start: int, end: int, example: str, why: Why = Why.UNREADABLE) -> None:
        """Use words up of which nothing can be made."""
        self._unread[start] = Unread(self.use(start, end), example, why)

    def texts(self, start: int, most: int) -> list[str]:
        """Return the plain words from `start` on that are free, at most so many."""
        found: list[str] = []
        while len(found) < most and self.is_plain(start + len(found)):
            found.append(self.tokens[start + len(found)].text)
        return found
