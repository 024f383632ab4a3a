"""Telegram's HTML: marked-up text -> plain text and entities, or Telegram's refusal; pure.

Follows `parse_html` of tdlib/td (`MessageEntity.cpp`), the code that reads every bot's messages. The standard
library's HTMLParser can't stand in for it: it forgives what Telegram refuses (a bare `<`, an unclosed tag, one
unknown to it) and decodes named references that Telegram leaves as they are (`&nbsp;`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.telegram_rules import JSON, checked_address

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_ARGUMENTS = {("a", "href"), ("tg-emoji", "emoji-id"), ("tg-time", "format"), ("blockquote", "expandable")}
_SPACES = " \t\r\n\0\v"
_REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9A-Fa-f]+)|#(?P<decimal>[0-9]+)|(?P<name>lt|gt|amp|quot)(?![A-Za-z]));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_LONGEST_REFERENCE = 10
_LAST_CODE_POINT = 0x10FFFF


class MarkupError(ValueError):
    """The markup is not Telegram's; the text is Telegram's reason, to follow "can't parse entities: "."""


@dataclass
class _Open:
    """A start tag waiting for its end: `offset` in UTF-16 code units, `begins` in characters of the plain text."""

    tag: str
    argument: str
    offset: int
    begins: int


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, in which Telegram counts offsets and lengths of entities."""
    return len(text) + sum(character > "\uffff" for character in text)


def code_points(text: str) -> list[int]:
    """Return for each UTF-16 offset into a text, its end included, the index of the character there."""
    return [*(at for at, character in enumerate(text) for _ in range(utf16_length(character))), len(text)]


def parse_html(source: str) -> tuple[str, list[JSON]]:
    """Return the plain text and its entities in the order of their end tags; raise MarkupError."""
    return _Parser(source).parse()


class _Parser:
    """One reading of one text; `at` is the next character, a NUL stands behind the last one."""

    def __init__(self, source: str) -> None:
        self.source = source + "\0"
        self.at = 0
        self.plain: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[JSON] = []

    def parse(self) -> tuple[str, list[JSON]]:
        end = len(self.source) - 1
        while self.at < end:
            character = self.source[self.at]
            if character == "&":
                self._put(self._reference())
            elif character != "<":
                self._put(character)
                self.at += 1
            elif self.source[self.at + 1] == "/":
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        text = "".join(self.plain)
        if re.search("[\ud800-\udfff]", text):
            raise MarkupError(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        return text, self.entities

    def _put(self, character: str) -> None:
        self.plain.append(character)
        self.offset += utf16_length(character)

    def _reference(self) -> str:
        """Pass the reference at `at` and return its character; one unknown to Telegram stays as it is written."""
        match = _REFERENCE.match(self.source, self.at)
        character = _decoded(match) if match else None
        if match is None or character is None:
            self.at += 1
            return "&"
        self.at = match.end()
        return character

    def _where(self, begins: int) -> str:
        return f"at byte offset {len(self.source[:begins].encode(errors='surrogatepass'))}"

    def _until(self, stops: str) -> str:
        begins = self.at
        while self.source[self.at] not in stops:
            self.at += 1
        return self.source[begins : self.at]

    def _skip_spaces(self) -> None:
        while self.at < len(self.source) - 1 and self.source[self.at] in _SPACES:
            self.at += 1

    def _at_end(self) -> bool:
        return self.at >= len(self.source) - 1

    def _start_tag(self) -> None:
        begins = self.at
        self.at += 1
        tag = self._until(_SPACES + ">").lower()
        if self._at_end():
            raise MarkupError(f"Unclosed start tag {self._where(begins)}")
        if tag not in _TAGS:
            raise MarkupError(f'Unsupported start tag "{tag}" {self._where(begins)}')
        argument = self._attributes(tag, begins)
        self.at += 1
        if tag == "span" and argument != "spoiler":
            raise MarkupError(f'Tag "span" must have class "tg-spoiler" {self._where(begins)}')
        self.open.append(_Open(tag, argument, self.offset, len(self.plain)))

    def _attributes(self, tag: str, begins: int) -> str:
        """Pass all attributes up to ">" and return the one that says something for this tag, or ""."""
        argument = ""
        while self.source[self.at] != ">":
            self._skip_spaces()
            if self.source[self.at] == ">":
                break
            name = self._until(_SPACES + "=>/\"'")
            if not name:
                raise MarkupError(f'Empty attribute name in the tag "{tag}" {self._where(begins)}')
            self._skip_spaces()
            value = "1"
            if self.source[self.at] == "=":
                self.at += 1
                self._skip_spaces()
                value = self._value()
            elif name != "expandable":
                value = ""
            if self._at_end():
                raise MarkupError(f'Unclosed start tag "{tag}" {self._where(begins)}')
            argument = _argument(tag, name, value) or argument
        return argument

    def _value(self) -> str:
        begins = self.at
        quote = self.source[self.at]
        if quote not in "'\"":
            while re.match(r"[A-Za-z0-9.-]", self.source[self.at]):
                self.at += 1
            if self.source[self.at] not in _SPACES + ">":
                raise MarkupError(f"Unexpected end of name token {self._where(begins)}")
            return self.source[begins : self.at].lower()
        self.at += 1
        value = []
        while self.source[self.at] != quote and not self._at_end():
            if self.source[self.at] == "&":
                value.append(self._reference())
            else:
                value.append(self.source[self.at])
                self.at += 1
        if not self._at_end():
            self.at += 1
        return "".join(value)

    def _end_tag(self) -> None:
        begins = self.at
        if not self.open:
            raise MarkupError(f"Unexpected end tag {self._where(begins)}")
        self.at += 2
        name = self._until(_SPACES + ">").lower()
        self._skip_spaces()
        if self.source[self.at] != ">":
            raise MarkupError(f"Unclosed end tag {self._where(begins)}")
        self.at += 1
        opened = self.open.pop()
        if name not in {"", opened.tag}:
            raise MarkupError(f'Unmatched end tag {self._where(begins)}, expected "</{opened.tag}>", found "</{name}>"')
        if self.offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity: JSON = {
            "type": _TAGS[opened.tag],
            "offset": opened.offset,
            "length": self.offset - opened.offset,
        }
        last = self.entities[-1] if self.entities else {}
        same_stretch = (last.get("offset"), last.get("length")) == (entity["offset"], entity["length"])
        if opened.tag == "a":
            try:
                entity["url"] = checked_address(opened.argument or "".join(self.plain[opened.begins :]))
            except ValueError:
                return  # Telegram shows the text and drops the link
        elif opened.tag == "pre" and same_stretch and last["type"] == "code" and "language" in last:
            last["type"] = "pre"
            return
        elif opened.tag == "code" and opened.argument:
            if same_stretch and last["type"] == "pre":
                last["language"] = opened.argument
                return
            entity["language"] = opened.argument
        elif opened.tag == "tg-emoji":
            if not re.fullmatch(r"-?[0-9]+", opened.argument) or int(opened.argument) == 0:
                raise MarkupError("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = opened.argument
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        self.entities.append(entity)


def _decoded(match: re.Match[str]) -> str | None:
    if match["name"]:
        return _NAMED[match["name"]]
    code = int(match["hex"], 16) if match["hex"] else int(match["decimal"])
    if not 0 < code < _LAST_CODE_POINT or len(match[0].removesuffix(";")) >= _LONGEST_REFERENCE:
        return None
    return chr(code)


def _argument(tag: str, name: str, value: str) -> str:
    """Return what an attribute says to Telegram, which passes over all others."""
    if name == "class":
        prefix = {"code": "language-", "span": "tg-"}.get(tag)
        return value.removeprefix(prefix) if prefix and value.startswith(prefix) else ""
    if (tag, name) == ("blockquote", "expandable"):
        return "1"
    return value if (tag, name) in _ARGUMENTS else ""
