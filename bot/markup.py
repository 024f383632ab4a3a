"""Telegram's HTML: plain text goes in, is escaped once, and is measured as Telegram measures it.

Telegram counts a message in UTF-16 code units after its formatting has been taken out, and refuses more than
4,096 of them: https://core.telegram.org/bots/api#sendmessage.
"""

from __future__ import annotations

import html as html_entities
import re
from collections.abc import Iterable
from typing import LiteralString

from store import text as texts

MESSAGE_LIMIT = 4096
"""UTF-16 code units of one message, without its formatting."""

# Marks that turn the direction of all that follows: in somebody's words they would garble ours.
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
"""All of Unicode's control characters (category Cc) but the line feed."""
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")
_TAG = re.compile(r"<[^<>]*>")

Spans = Iterable[tuple[int, int]]


class Html(str):
    """Text that is HTML already; every other string is plain and gets escaped on its way in."""

    __slots__ = ()


def html(template: LiteralString, **parts: object) -> Html:
    """Fill a template of our own with parts: `Html` as it is, anything else as plain text, escaped."""
    return Html(template.format(**{name: as_html(part) for name, part in parts.items()}))


def as_html(part: object) -> Html:
    """Return plain text escaped, and `Html` as it is."""
    return part if isinstance(part, Html) else Html(html_entities.escape(clean(str(part)), quote=False))


def join(parts: Iterable[object], between: LiteralString = "") -> Html:
    """Join parts into one; plain ones are escaped."""
    return Html(between.join(as_html(part) for part in parts))


def clean(text: str) -> str:
    """Return the text without what Telegram refuses or what would garble the text around it.

    Lone surrogates (from a byte that was no UTF-8) become `�`, control characters blanks; marks that turn the
    direction of writing go, the letters of right-to-left scripts carry theirs themselves.
    """
    plain = _TURNING.sub("", text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))
    return _CONTROL.sub(" ", plain)


def units(text: str) -> int:
    """Return how many UTF-16 code units a plain text has."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def length(message: Html) -> int:
    """Return what Telegram will count for a message: UTF-16 code units after the formatting is taken out."""
    return units(plain(message))


def plain(message: Html) -> str:
    """Return what people read of a message: its text without the formatting."""
    return html_entities.unescape(_TAG.sub("", message))


def clip(text: str, limit: int) -> str:
    """Return the text on one line in at most `limit` UTF-16 units, cut at a word and ended with `…` if longer."""
    line = texts.squash(clean(text))
    return line if units(line) <= limit else texts.clip(line, _fitting(line, 0, limit))


def split(text: str, limit: int) -> tuple[tuple[int, int], ...]:
    """Return (start, end) of stretches of whole sentences, each at most `limit` UTF-16 units.

    A sentence that is longer is cut between words, a word that is longer is cut. Between two stretches there is
    nothing but white space, so that joined they are the text.
    """
    stretches: list[tuple[int, int]] = []
    for first, last in texts.sentences(text):
        if stretches and units(text[stretches[-1][0] : last]) <= limit:
            stretches[-1] = (stretches[-1][0], last)
            continue
        start = first
        while units(text[start:last]) > limit:
            end = start + _fitting(text, start, limit)
            blank = text.rfind(" ", start + 1, end + 1)
            end = blank if blank > start else end
            stretches.append((start, end))
            start = end + (len(text[end:last]) - len(text[end:last].lstrip()))
        stretches.append((start, last))
    return tuple(stretches)


def styled(text: str, start: int, end: int, *, bold: Spans = (), italic: Spans = ()) -> Html:
    """Return `text[start:end]` with stretches of it in bold and in italics; offsets are those of `text`."""
    strong, slanted = _covered(bold), _covered(italic)
    out: list[Html] = []
    at = start
    while at < end:
        slanting = at in slanted
        piece: list[Html] = []
        while at < end and (at in slanted) == slanting:
            until = at
            while until < end and (until in slanted) == slanting and (until in strong) == (at in strong):
                until += 1
            stretch = as_html(text[at:until])
            piece.append(html("<b>{stretch}</b>", stretch=stretch) if at in strong else stretch)
            at = until
        out.append(html("<i>{piece}</i>", piece=join(piece)) if slanting else join(piece))
    return join(out)


def _covered(spans: Spans) -> set[int]:
    return {at for first, last in spans for at in range(first, last)}


def _fitting(text: str, start: int, limit: int) -> int:
    """Return how many characters of `text` from `start` on fit into `limit` UTF-16 units, at least one."""
    used = 0
    for count, character in enumerate(text[start : start + limit + 1]):
        used += 2 if ord(character) > 0xFFFF else 1
        if used > limit:
            return max(count, 1)
    return max(len(text) - start, 1)
