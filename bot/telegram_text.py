"""What Telegram makes of a message's text: cleaned, trimmed, its entities put in order, or refused; pure.

Follows `fix_formatted_text` and `find_entities` of tdlib/td (`MessageEntity.cpp`, `misc.cpp`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from telegram.constants import MessageLimit

from bot.telegram_html import MarkupError, code_points, parse_html, utf16_length
from bot.telegram_rules import JSON, bad_request

REQUEST_BYTES = 1 << 15
"""Size of a text before its markup is read (`Client::get_formatted_text`)."""

ENTITIES_BYTES = 9_500
"""Size of a message's formatting, addresses of links included (tdlib/telegram-bot-api, issue 165: an approximation)."""

_ENTITY_BYTES = 16
_FORMATS = ("bold", "italic", "underline", "strikethrough", "spoiler")
_QUOTES = ("blockquote", "expandable_blockquote")
_VERBATIM = ("pre", "code")
_FOUND = {
    "bot_command": re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>@])"),
    "url": re.compile(r"(?<!\w)https?://[^\s<>\"«»“”]*[^\s<>\"«»“”.,:;!?')\]}…]"),
    "mention": re.compile(r"(?<![\w/])@[A-Za-z0-9_]{2,32}(?!\w)"),
    "hashtag": re.compile(r"(?<![\w&/])#\w*[^\W\d]\w*"),
}
_ORDER = (*_QUOTES, "pre", "code", "date_time", "text_link", *_FOUND, *_FORMATS, "custom_emoji")
"""Which of two entities over the same words stands first (`MessageEntity::get_type_priority`)."""


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text as it is shown and its entities: Bot API objects with offset and length in UTF-16 code units."""

    text: str
    entities: tuple[JSON, ...] = ()


@dataclass(frozen=True, slots=True)
class _Stretch:
    """An entity with the characters it covers, counted in code points."""

    begin: int
    end: int
    entity: JSON

    @property
    def type(self) -> str:
        return str(self.entity["type"])

    def order(self) -> tuple[int, int, int]:
        """Place among the entities of a message: first come first, the longer of two before the shorter."""
        place = _ORDER.index(self.type) if self.type in _ORDER else _ORDER.index("url")
        return self.begin, -self.end, place

    def meets(self, other: _Stretch) -> bool:
        return self.begin < other.end and other.begin < self.end


def compose(text: object, parse_mode: str | None = None, entities: Iterable[JSON] | None = None) -> Formatted:
    """Return what is shown of a message that a bot sends; raise RefusalError where Telegram would refuse it.

    The limit of 4,096 counts characters (code points) after the markup has been read, as Telegram does
    (`utf8_length` in tdlib/td, `MessageContent.cpp`), not UTF-16 code units, in which it measures entities.
    """
    if not isinstance(text, str) or not text:
        raise bad_request("Message text is empty")
    if len(text.encode(errors="surrogatepass")) > REQUEST_BYTES:
        raise bad_request("Text is too long")
    marked: list[JSON] = [dict(entity) for entity in entities or ()]
    if parse_mode:
        if parse_mode.lower() in {"markdown", "markdownv2"}:
            raise NotImplementedError("this Telegram reads HTML, the only format that Quotebot writes")
        if parse_mode.lower() != "html":
            raise bad_request("Unsupported parse_mode")
        try:
            text, marked = parse_html(text)
        except MarkupError as error:
            raise bad_request(f"Can't parse entities: {error}") from error
    shown = tidy(text, marked)
    if not shown.text:
        raise bad_request("Text must be non-empty")
    if len(shown.text) > MessageLimit.MAX_TEXT_LENGTH:
        raise bad_request("Message is too long")
    if sum(_ENTITY_BYTES + len(entity.get("url", "").encode()) for entity in shown.entities) > ENTITIES_BYTES:
        raise bad_request("ENTITIES_TOO_LONG")
    return shown


def tidy(text: str, entities: Iterable[JSON] = ()) -> Formatted:
    """Clean and trim a text, fix its entities and add those that Telegram finds by itself."""
    kept = [_cleaned(character) for character in text]
    moved = [0, *accumulate(map(len, kept))]
    cleaned = "".join(kept)
    end = len(cleaned.rstrip(" \n"))
    index = code_points(text)
    given = [
        _Stretch(moved[begin], moved[stop], entity)
        for entity in entities
        for begin, stop in [_place(index, entity)]
        if moved[begin] < moved[stop]
    ]
    standing = [replace(part, end=min(part.end, end)) for part in _fixed(given) if part.begin < end]
    start = min([end - len(cleaned[:end].lstrip(" \n")), *(part.begin for part in standing)])
    shown = cleaned[start:end]
    fixed = [replace(part, begin=part.begin - start, end=part.end - start) for part in standing]
    apart = [part for part in fixed if part.type not in (*_FORMATS, *_QUOTES)]
    found = [part for part in _find(shown) if not any(map(part.meets, apart))]
    units = [0, *accumulate(map(utf16_length, shown))]
    placed = sorted([*fixed, *found], key=_Stretch.order)[: MessageLimit.MESSAGE_ENTITIES]
    return Formatted(
        shown,
        tuple(
            {**part.entity, "offset": units[part.begin], "length": units[part.end] - units[part.begin]}
            for part in placed
        ),
    )


def _place(index: list[int], entity: JSON) -> tuple[int, int]:
    """Begin and end of an entity in code points, kept within the text."""
    last = len(index) - 1
    begin = min(max(int(entity["offset"]), 0), last)
    return index[begin], index[min(max(begin + int(entity["length"]), begin), last)]


def _cleaned(character: str) -> str:
    """Return what Telegram keeps of a character: controls become blanks, marks that turn or strike a line go."""
    if character == "\n":
        return character
    if character == "\r" or "\u2028" <= character <= "\u202e" or character in "\u0333\u033f\u030a":
        return ""
    return max(character, " ")


def _fixed(stretches: Iterable[_Stretch]) -> list[_Stretch]:
    """Drop what Telegram does not nest: quotes in quotes, links in links, anything in code; split what crosses."""
    ordered = sorted(stretches, key=_Stretch.order)
    quotes = _apart(part for part in ordered if part.type in _QUOTES)
    others = _apart(part for part in ordered if part.type not in (*_QUOTES, *_FORMATS))
    others = [part for part in others if not any(_crosses(part, quote) for quote in quotes)]
    formats = [part for kind in _FORMATS for part in _merged(stretch for stretch in ordered if stretch.type == kind)]
    cuts = {part.begin for part in formats} | {place for part in (*quotes, *others) for place in (part.begin, part.end)}
    verbatim = [part for part in others if part.type in _VERBATIM]
    pieces = (piece for part in formats for piece in _cut(part, cuts))
    return [*quotes, *others, *(piece for piece in pieces if not any(map(piece.meets, verbatim)))]


def _cut(part: _Stretch, places: Iterable[int]) -> Iterator[_Stretch]:
    bounds = [part.begin, *sorted(place for place in places if part.begin < place < part.end), part.end]
    return (replace(part, begin=begin, end=end) for begin, end in pairwise(bounds))


def _apart(ordered: Iterable[_Stretch]) -> list[_Stretch]:
    kept: list[_Stretch] = []
    for part in ordered:
        if not kept or part.begin >= kept[-1].end:
            kept.append(part)
    return kept


def _crosses(part: _Stretch, quote: _Stretch) -> bool:
    return part.meets(quote) and not (quote.begin <= part.begin and part.end <= quote.end)


def _merged(ordered: Iterable[_Stretch]) -> list[_Stretch]:
    kept: list[_Stretch] = []
    for part in ordered:
        if kept and part.begin <= kept[-1].end:
            kept[-1] = replace(kept[-1], end=max(kept[-1].end, part.end))
        else:
            kept.append(part)
    return kept


def _find(text: str) -> Iterator[_Stretch]:
    """Commands, addresses with their protocol, names and tags; Telegram finds more kinds, which no bot here uses."""
    end = 0
    matches = ((match, kind) for kind, pattern in _FOUND.items() for match in pattern.finditer(text))
    for match, kind in sorted(matches, key=lambda found: (found[0].start(), -found[0].end())):
        if match.start() >= end:
            end = match.end()
            yield _Stretch(match.start(), match.end(), {"type": kind})


def typed(text: str) -> tuple[Formatted, ...]:
    """Return the messages in which an app sends what a person typed: 4,096 characters each, cut at white space."""
    parts = []
    rest = tidy(text).text
    while len(rest) > MessageLimit.MAX_TEXT_LENGTH:
        head = rest[: MessageLimit.MAX_TEXT_LENGTH]
        cut = max(head.rfind("\n"), head.rfind(" ")) + 1 or len(head)
        parts.append(tidy(rest[:cut]))
        rest = rest[cut:]
    parts.append(tidy(rest))
    return tuple(part for part in parts if part.text)
