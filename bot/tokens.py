"""What was typed, cut into words and phrases with the signs that belong to them; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from store.text import squash
from store.zones import is_like_zone

_DASHES = "-‐‑–—−"
QUOTES = '"“”„«»'
"""What stands around a phrase."""
_TOKEN = re.compile(rf"(?P<dash>[{_DASHES}]?)[{QUOTES}](?P<phrase>[^{QUOTES}]*)[{QUOTES}][,;]*|[^\s,;]+[,;]*")
_SIGNED = re.compile(rf"[{_DASHES}+]\d")
_AROUND = ".,;:!?()[]{}…#'‘’" + QUOTES
_SEVERAL = re.compile(r"[^\W\d_]{3,}(?:/[^\W\d_]{3,})+")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a phrase: `raw` as typed, `text` without the signs around it, which may leave nothing.

    `quoted` marks a phrase in quotation marks, `unwanted` a dash before it, `signed` a dash or a plus before a number,
    `comma` a comma or semicolon behind it.
    """

    raw: str
    text: str
    quoted: bool = False
    unwanted: bool = False
    signed: bool = False
    comma: bool = False

    @property
    def plain(self) -> bool:
        """Whether it is a word without quotation marks, dash or sign, and so may be anything."""
        return any(map(str.isalnum, self.text)) and not (self.quoted or self.unwanted or self.signed)


def cut(typed: str) -> tuple[Token, ...]:
    """Return the words and phrases of what was typed, in order; a quotation mark without its other is passed over."""
    words = (_apart(word) for word in squash(typed).split(" "))
    return tuple(_token(match) for match in _TOKEN.finditer(" ".join(words)))


def _apart(word: str) -> str:
    """Return a word, or two and more that a slash or a bar holds together, "syria/iran", apart; a zone is one."""
    parts = word.replace("|", " ").split(" ")
    return " ".join(
        part.replace("/", " ") if _SEVERAL.fullmatch(part) and not is_like_zone(part) else part for part in parts
    )


def _token(match: re.Match[str]) -> Token:
    whole = match.group()
    raw = whole.rstrip(",;")
    text = raw if match["phrase"] is None else match["phrase"]
    return Token(
        raw=raw,
        text=squash(text.lstrip("+" + _DASHES).strip(_AROUND)),
        quoted=match["phrase"] is not None,
        unwanted=raw[0] in _DASHES,
        signed=_SIGNED.match(raw) is not None,
        comma=raw != whole,
    )
