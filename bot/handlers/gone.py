"""What a pressed button can run into: what it stood for is no longer there."""

from __future__ import annotations


class GoneError(Exception):
    """What a button asks for can't be had any more, or never could; `words` say so, for an alert."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words
