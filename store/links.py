"""Addresses that prove a Quote: the page opened at its words, and the page as the Internet Archive keeps it.

The rules of text fragments are those of https://wicg.github.io/scroll-to-text-fragment/: a browser takes the first
place where the term stands at word boundaries, without regard to case, accents or the width of white space, and
looks for each term within one block element.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote as percent_encode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_LINE = 80
"""Quotes of up to so many characters are given whole; longer ones by their first and last words."""
_WORDS = 4
"""A term has at least so many words: the page holds more text than the archive knows of, such as its menus."""

# Scripts written without blanks can still be cut after their punctuation, where every browser sees a word end.
_PIECE = re.compile(r"[^\s。、，；：！？」』）】]+[。、，；：！？」』）】]*|[。、，；：！？」』）】]+")
_MARKS = re.compile("[\u0300-\u036f]+")


def source_link(url: str, quote_text: str, page_text: str) -> str:
    """Return `url` with a text fragment that opens the page at `quote_text`.

    `page_text` holds the paragraphs of the page, one a line. Where it does not hold the quote, `url` comes back as
    it is; where it does so more than once, the first place is taken for the quote's. A fragment that `url` has
    already stays before the new one; a `…` that ends a cut quote is left out.
    """
    page = _as_searched(page_text)
    paragraphs = _paragraphs(quote_text)
    if paragraphs and paragraphs[-1].endswith("…") and _place(page, paragraphs) is None:
        paragraphs = _paragraphs(quote_text.rstrip().removesuffix("…"))
        paragraphs = _without_cut_word(page, paragraphs)
    place = _place(page, paragraphs)
    if place is None:
        return url
    address, _, fragment = url.partition("#")
    element = fragment.partition(":~:")[0]
    terms = ",".join(_terms(page, place, paragraphs))
    return f"{address}#{element}:~:text={terms}"


def lookup(url: str, day: date) -> str:
    """Return the Internet Archive's address for the copy of `url` nearest to `day`; whether it has one is not known.

    The form is that of https://archive.org/help/wayback_api.php. A fragment never reaches a server, so it is left out.
    """
    return f"https://web.archive.org/web/{day.isoformat().replace('-', '')}/{url.partition('#')[0]}"


def _terms(page: str, place: int, paragraphs: tuple[str, ...]) -> Iterator[str]:
    """Yield the encoded parameters of the text directive for the paragraphs that stand at `place` in `page`."""
    whole = len(paragraphs) == 1
    opening = paragraphs[0]
    first = opening if whole and len(opening) <= _LINE else _start(page, place, opening)
    prefix = ""
    if _place(page, (first,)) != place:
        prefix = _prefix(page, place, _folded(first))
    if prefix:
        yield _encoded(prefix) + "-"
    if whole and len(first) == len(opening):
        yield _encoded(first)
        return
    last = _end(page, place, paragraphs, first)
    if not last and whole:
        yield _encoded(opening)
        return
    yield _encoded(first)
    if last:
        yield _encoded(last)


def _start(page: str, place: int, paragraph: str) -> str:
    """Return the shortest run of opening words whose first occurrence is at `place`, else the whole paragraph."""
    for words, piece in enumerate(_PIECE.finditer(paragraph), start=1):
        term = paragraph[: piece.end()]
        if words >= _WORDS and page.find(_folded(term)) == place:
            return term
    return paragraph


def _end(page: str, place: int, paragraphs: tuple[str, ...], start: str) -> str:
    """Return the shortest run of closing words that is first met after `start` where the quote ends, or nothing."""
    paragraph = paragraphs[-1]
    after = place + len(_folded(start))
    end = place + len("\n".join(_folded(p) for p in paragraphs))
    for words, piece in enumerate(reversed(list(_PIECE.finditer(paragraph))), start=1):
        term = _folded(paragraph[piece.start() :])
        if end - len(term) < after:
            break
        if (words >= _WORDS or piece.start() == 0) and page.find(term, after) == end - len(term):
            return paragraph[piece.start() :]
    return ""


def _prefix(page: str, place: int, start: str) -> str:
    """Return the fewest words before `place` that tell this occurrence of `start` from those before it, or nothing.

    They are of one paragraph, the one before where `start` opens its own: white space and the bounds of elements may
    stand between a prefix and what it goes before.
    """
    flat = page.replace("\n", " ")
    before = page[:place].rstrip().rpartition("\n")[2]
    for words, piece in enumerate(reversed(list(_PIECE.finditer(before))), start=1):
        prefix = before[piece.start() :]
        both = f"{prefix}{flat[place - 1] if flat[place - 1] == ' ' else ''}{start}"
        if words >= _WORDS and flat.find(both) == place + len(start) - len(both):
            return prefix
    return ""


def _place(page: str, paragraphs: tuple[str, ...]) -> int | None:
    """Return where the paragraphs first stand in `page`, as whole words if they do so anywhere; None: nowhere."""
    words = "\n".join(_folded(p) for p in paragraphs)
    if not words:
        return None
    place = first = page.find(words)
    while place != -1:
        if not _runs_on(page, place) and not _runs_on(page, place + len(words)):
            return place
        place = page.find(words, place + 1)
    return None if first == -1 else first


def _without_cut_word(page: str, paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """Return the paragraphs without the end of the last one, where the page has it go on without a break.

    That happens to scripts without blanks, where a quote is cut between any two characters.
    """
    words = "\n".join(_folded(p) for p in paragraphs)
    place = _place(page, paragraphs)
    if place is None or not _runs_on(page, place + len(words)):
        return paragraphs
    *_, last = _PIECE.finditer(paragraphs[-1])
    kept = paragraphs[-1][: last.start()].rstrip()
    return (*paragraphs[:-1], kept) if kept else paragraphs[:-1]


def _runs_on(page: str, at: int) -> bool:
    """Tell whether letters, their marks or figures stand on both sides of `at`."""
    return 0 < at < len(page) and all(unicodedata.category(letter)[0] in "LMN" for letter in page[at - 1 : at + 1])


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(p for line in text.splitlines() if (p := " ".join(line.split())))


@lru_cache(maxsize=16)
def _as_searched(page_text: str) -> str:
    return "\n".join(_folded(p) for p in _paragraphs(page_text))


def _folded(text: str) -> str:
    """Return the text as browsers compare it: without case and accents."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))


def _encoded(term: str) -> str:
    """Return the term percent-encoded; `-`, which stays as it is elsewhere in an address, marks a prefix here."""
    return percent_encode(term, safe="").replace("-", "%2D")
