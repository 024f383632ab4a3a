"""The buttons under a message: what each asks for or opens, in rows that fit a phone; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from bot.presses import AnyQuote, Ask, Context, DayPage, Hit, KeptHit, Place, Press, SourceCard, SourceList, fits
from store import links
from store.model import Document, Passage, Quote

_ADDRESS_LIMIT = 2000
_EXAMPLES_IN_ROW = 3


@dataclass(frozen=True, slots=True)
class Button:
    """A button: what a press asks for, or the address it opens."""

    label: str
    press: Press | None = None
    url: str | None = None


Row = tuple[Button, ...]
Search = Hit | KeptHit
"""A search that buttons can ask for again."""

RANDOM = Button("🎲 A random quote", AnyQuote())
SOURCES = Button("📚 Sources", SourceList(fresh=True))


def can_open(url: str | None) -> bool:
    """Tell whether Telegram takes the address for a button: one that it refuses costs the whole message.

    Its rule is not documented; it wants http or https and a host with a dot in it.
    """
    if not url or len(url) > _ADDRESS_LIMIT or re.search(r"[^!-~]", url):
        return False
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    return (
        parts.scheme in {"http", "https"}
        and port != 0
        and re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", host) is not None
        and "@" not in parts.netloc
    )


def page_row(document: Document, link: str | None, archived: str | None) -> Row:
    """Return the buttons that open the page, and its copy in a web archive or the look-up of one."""
    kept = "Archived copy" if document.archived else "Web archive (look-up)"
    offered = (Button("Source", url=link), Button(kept, url=archived))
    return tuple(button for button in offered if can_open(button.url))


def document_row(document: Document) -> Row:
    """Return the buttons that open a document's page, at its beginning, and its copy."""
    day = document.published or document.date
    looked_up = links.lookup(document.url, day) if document.url else None
    return page_row(document, document.url, document.archived or looked_up)


def quote_rows(quote: Quote) -> tuple[Row, ...]:
    """Return what belongs to every quote: the page, its copy, and the passage it is cut from."""
    rows = (page_row(quote.document, quote.link, quote.archived), (Button("Context", Context(quote.passage.id)),))
    return tuple(row for row in rows if row)


def numbered_quote_row(number: int, quote: Quote) -> Row:
    """Return the page and the context of one quote among several."""
    source = Button(f"{number} · Source", url=quote.link)
    context = Button(f"{number} · Context", Context(quote.passage.id))
    return (source, context) if can_open(source.url) else (context,)


def paging_rows(total: int, at: int, search: Search | None) -> tuple[Row, ...]:
    """Return the way to the hits before and after hit `at` (from 0) of `total`; none for a single hit."""
    if total <= 1 or search is None:
        return ()
    row = [Button(f"{at + 1} of {total}", Place(at, total))]
    if at > 0:
        row.insert(0, Button("‹ prev", replace(search, at=at - 1)))
    if at + 1 < total:
        row.append(Button("next ›", replace(search, at=at + 1)))
    return (tuple(row),)


def neighbour_row(before: Passage | None, after: Passage | None) -> Row:
    """Return the way to the passages around one."""
    row = []
    if before is not None:
        row.append(Button("‹ Passage before", Context(before.id)))
    if after is not None:
        row.append(Button("Passage after ›", Context(after.id)))
    return tuple(row)


def example_rows(examples: Sequence[str]) -> tuple[Row, ...]:
    """Return searches that find something, one tap away, in a row; none where there are none."""
    row = tuple(Button(f"🔎 {words}", Ask(words)) for words in examples[:_EXAMPLES_IN_ROW])
    return (row,) if row else ()


def as_typed_rows(words: str) -> tuple[Row, ...]:
    """Return the search for words as they were typed; none where there is none that a button can carry."""
    return ((Button(f"🔎 {words} as typed", Ask(words)),),) if words and fits(words) else ()


def source_rows(
    numbers: Sequence[tuple[int, Document]], total: int, at: int, size: int, turned: Callable[[int], Press] = SourceList
) -> tuple[Row, ...]:
    """Return a button for each document shown, and the way to the rest of the list: `turned` to an entry of it."""
    cards = [Button(str(number), SourceCard(document.id)) for number, document in numbers]
    half = (len(cards) + 1) // 2 if len(cards) > size // 2 + 1 else len(cards)
    way = []
    if at > 0:
        way.append(Button("‹ newer", turned(max(at - size, 0))))
    if at + size < total:
        way.append(Button("older ›", turned(at + size)))
    return tuple(row for row in (tuple(cards[:half]), tuple(cards[half:]), tuple(way)) if row)


def day_rows(page: DayPage, shown: int, total: int) -> tuple[Row, ...]:
    """Return the way to what else falls on a day, where not all of it is shown."""
    row = []
    if page.at > 0:
        row.append(Button("‹ back to the first", replace(page, at=0)))
    rest = total - page.at - shown
    if rest > 0:
        row.append(Button(f"+{rest} more", replace(page, at=page.at + shown)))
    return (tuple(row),) if row else ()
