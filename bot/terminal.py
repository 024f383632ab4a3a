"""Messages as a person would see them in Telegram, in a terminal: plain where it must be, styled where it can be."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TextIO

from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.text import Text

from bot.console_people import Button, ConsoleMessage
from bot.telegram_html import code_points

WIDTH = 80
"""Columns where the output is not a terminal, so that it is the same everywhere."""

_BAR = "▌"
_STYLES = {
    "bold": "bold",
    "italic": "italic",
    "underline": "underline",
    "strikethrough": "strike",
    "code": "cyan",
    "pre": "cyan",
    "text_link": "underline",
    "url": "underline",
    "bot_command": "cyan",
}
_MARKS = {"bold": "*", "italic": "_"}
"""What stands around a stretch where a terminal has no styles: what the eye needs to tell whose words are whose."""
_QUOTES = {"blockquote", "expandable_blockquote"}
_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
"""What a terminal would obey rather than show."""


def terminal(out: TextIO) -> Console:
    """Return a console that writes to `out`: no escape codes unless it is a terminal and NO_COLOR is unset."""
    tty = out.isatty()
    return Console(
        file=out,
        width=shutil.get_terminal_size((WIDTH, 24)).columns if tty else WIDTH,
        color_system="auto" if tty and not os.environ.get("NO_COLOR") else None,
        force_terminal=tty,
        highlight=False,
        markup=False,
        emoji=False,
    )


def show_message(message: ConsoleMessage, console: Console, first: int = 1) -> None:
    """Print a message: its text, its buttons row by row with their numbers, and the addresses that they open.

    Numbers count from `first`.
    """
    rows = [tuple(replace(button, number=button.number + first - 1) for button in row) for row in message.rows]
    lines = [*_text_lines(message, console), *_button_lines(rows, console.width)]
    for line in lines:
        line.rstrip()
        console.print(line, soft_wrap=True)


def show_note(text: str, console: Console) -> None:
    """Print a line that is no message: what a pressed button was answered with, or what the terminal has to say."""
    console.print(Text(_CONTROLS.sub("", text.replace("\n", " ")), style="italic"), soft_wrap=True)


def _text_lines(message: ConsoleMessage, console: Console) -> Iterator[Text]:
    for quoted, block in _blocks(message, marked=console.color_system is None):
        for paragraph in block.split("\n", allow_blank=True):
            room = max(console.width - len(_BAR) - 1, 1) if quoted else console.width
            for line in _wrapped(paragraph, room):
                yield Text.assemble((f"{_BAR} ", "dim"), line) if quoted else line


def _wrapped(paragraph: Text, width: int) -> Iterable[Text]:
    """Break a line between words; a word too long for one is folded, unless it is an address to be copied."""
    breaks = []
    used = 0
    for word in re.finditer(r" *[^ ]+", paragraph.plain):
        room = cell_len(word[0])
        if used and used + room > width:
            breaks.append(word.end() - len(word[0].lstrip(" ")))
            used = 0
            room = cell_len(word[0].lstrip(" "))
        if room > width and "://" not in word[0]:
            at = word.end() - len(word[0].lstrip(" "))
            for piece in chop_cells(paragraph.plain[at : word.end()], width)[:-1]:
                at += len(piece)
                breaks.append(at)
            room = cell_len(paragraph.plain[at : word.end()])
        used += room
    return paragraph.divide(breaks)


def _blocks(message: ConsoleMessage, *, marked: bool) -> Iterator[tuple[bool, Text]]:
    """Yield the stretches of a message and whether each is a quote; a quote stands on lines of its own."""
    text = message.text
    index = code_points(text)
    entities = [
        (index[entity["offset"]], index[entity["offset"] + entity["length"]], entity["type"], entity.get("url"))
        for entity in message.content.get("entities", ())
    ]
    done = 0
    for begin, end, kind, _ in entities:
        if kind in _QUOTES:
            if before := text[done:begin]:
                yield False, _styled(text, done, done + len(before.removesuffix("\n")), entities, marked=marked)
            yield True, _styled(text, begin, end, entities, marked=marked)
            done = end + text[end:].startswith("\n")
    if text[done:]:
        yield False, _styled(text, done, len(text), entities, marked=marked)


def _styled(
    text: str, begin: int, end: int, entities: Iterable[tuple[int, int, str, str | None]], *, marked: bool
) -> Text:
    """Return a stretch with its styles, or with marks in their place; a link's address follows its words where it says
    something else.
    """
    styled = Text(_CONTROLS.sub(" ", text[begin:end]))
    additions: list[tuple[int, int, int, Text]] = []  # place, then what orders those of one place
    for first, last, kind, url in entities:
        if not (first < end and begin < last and kind in _STYLES):
            continue
        styled.stylize(_STYLES[kind], first - begin, last - begin)
        if url and last <= end and _bare(text[first:last]) != _bare(url):
            additions.append((last - begin, 1, 0, Text(f" ({url})", style="dim")))
    for kind, mark in _MARKS.items() if marked else ():
        spans = [(max(first, begin), min(last, end)) for first, last, found, _ in entities if found == kind]
        for first, last in _joined(span for span in spans if span[0] < span[1]):
            opening, closing = _inside(text, first, last, begin)
            additions.append((opening, 2, opening - closing, Text(mark)))
            additions.append((closing, 0, closing - opening, Text(mark)))
    for place, _, _, addition in sorted(additions, key=lambda found: found[:3], reverse=True):
        styled = Text.assemble(styled[:place], addition, styled[place:])
    return styled


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join what touches: Telegram splits a stretch where another format begins or ends within it."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1]:
            found[-1] = found[-1][0], max(last, found[-1][1])
        else:
            found.append((first, last))
    return found


def _inside(text: str, first: int, last: int, begin: int) -> tuple[int, int]:
    """Return where marks go around a stretch, counted from `begin`: at its letters, not at the blanks around them."""
    stretch = text[first:last]
    lead = len(stretch) - len(stretch.lstrip())
    return first + lead - begin, first + max(len(stretch.rstrip()), lead) - begin


def _bare(address: str) -> str:
    return address.removeprefix("https://").removeprefix("http://").rstrip("/").lower()


def _button_lines(rows: Iterable[tuple[Button, ...]], width: int) -> Iterator[Text]:
    """Yield the rows of buttons, broken where they do not fit, then the addresses."""
    addresses = []
    for row in rows:
        line = Text()
        for button in row:
            label = _CONTROLS.sub(" ", button.text)
            opens = " ↗" if button.url and not label.endswith("↗") else ""
            shown = Text.assemble((f"[{button.number}]", "bold"), f" {label}{opens}")
            if line and line.cell_len + 2 + shown.cell_len > width:
                yield line
                line = Text()
            line = Text.assemble(line, "  ", shown) if line else shown
            if button.url:
                addresses.append(Text(f"[{button.number}] {button.url}", style="dim"))
        yield line
    yield from addresses
