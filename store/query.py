"""What a reader typed, as a Query: the words that matter, in a form that nothing typed can turn into syntax."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from store.errors import UsageError
from store.text import STOP_WORDS, spans, squash, words

LONGEST = 4096
"""Characters that are read of what was typed: a Telegram message holds no more."""

MOST_WORDS = 32
"""Different words that are searched for: enough to know any sentence by, and a bound on the work."""

_WORD = re.compile(r"[^\W_]+")
INITIALS = re.compile(r"\b(?:[^\W\d_]\.){1,5}[^\W\d_]\b\.?")
"""An abbreviation written with dots: "U.S." and "U.S.A." are one word each, where the index sees letters."""

_APOSTROPHES = frozenset("'’‘ʼ`´")
_HYPHENS = frozenset("-‐‑–")
_TAILS = frozenset({"s", "t", "d", "m", "ll", "re", "ve"})
_PREFIXES = frozenset({"al", "el", "ad", "ar", "as", "az", "co", "de", "ex", "non", "pre", "pro", "re"})
"""Articles and prefixes before a hyphen: who types "al-nusra" wants "Nusra Front" too."""

_ABBREVIATIONS = frozenset({"us", "it", "is", "who"})
"""Function words that, written in capitals, are none."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for.

    `words` are the folded words that carry the subject, each once, in the order typed, at most MOST_WORDS; where
    nothing typed carries one, the words that were typed all the same. None at all means that no word was typed
    (only signs or pictures). `order` holds every word up to the last of these, as they followed each other.
    `capitals` are those of `words` that are abbreviations spelt like another word ("US"), so that they count only
    where the archive writes them in capitals. `dropped` counts the words beyond the bounds, which are not
    searched for.
    """

    typed: str
    words: tuple[str, ...]
    order: tuple[str, ...] = ()
    capitals: frozenset[str] = frozenset()
    dropped: int = 0


def parse(typed: str) -> Query:
    """Read what a person typed; UsageError where they typed nothing.

    Every character is data. Of a text longer than LONGEST only the beginning is read.
    """
    whole = squash(typed)
    if not whole:
        raise UsageError("There is nothing to search for.", hint="Type a word or a few: syria")
    text = INITIALS.sub(_join_initials, whole[:LONGEST])
    order = words(text)
    subjects, capitals = _subjects(text)
    if not subjects:
        for place, word in enumerate(order, start=1):
            subjects.setdefault(word, place)
        # Alone, "us" can only be meant as the abbreviation, where there is one.
        capitals = set(subjects) & _ABBREVIATIONS if len(subjects) == 1 else set()
    kept = tuple(subjects)[:MOST_WORDS]
    return Query(
        typed=text,
        words=kept,
        order=order[: subjects[kept[-1]]] if kept else (),
        capitals=frozenset(capitals.intersection(kept)),
        dropped=len(subjects) - len(kept) + len(_WORD.findall(whole, LONGEST)),
    )


def _subjects(text: str) -> tuple[dict[str, int], set[str]]:
    """Return the words that carry the subject, each with its first place from 1, and those that are abbreviations."""
    subjects: dict[str, int] = {}
    capitals: set[str] = set()
    shouting = text.isupper() and " " in text
    before, end = "", 0
    for place, word in enumerate(spans(text), start=1):
        gap, written, after = text[end : word.start], text[word.start : word.end], text[word.end : word.end + 1]
        if gap in _APOSTROPHES and word.folded in _TAILS:
            if word.folded == "t":  # "doesn't": what stands before is an auxiliary verb.
                subjects.pop(before, None)
        elif word.folded in _ABBREVIATIONS and written.isupper() and not shouting:
            subjects.setdefault(word.folded, place)
            capitals.add(word.folded)
        elif not _is_function_word(word.folded, after):
            subjects.setdefault(word.folded, place)
        before, end = word.folded, word.end
    return subjects, capitals


def _join_initials(match: re.Match[str]) -> str:
    return "".join(c for c in match.group() if c.isalpha()).upper()


def _is_function_word(word: str, after: str) -> bool:
    if word in STOP_WORDS or (len(word) == 1 and word.isascii() and word.isalpha()):
        return True
    return word in _PREFIXES and after in _HYPHENS


def expression(forms: Iterable[str]) -> str:
    """Return the full-text expression for passages that hold any of these forms.

    A form is one folded word, or several joined by blanks that must follow each other. Each is quoted: in FTS5 a
    string in double quotes is a phrase, whatever is in it (https://www.sqlite.org/fts5.html#fts5_strings).
    """
    return any_of('"' + form.replace('"', '""') + '"' for form in forms)


def any_of(expressions: Iterable[str]) -> str:
    """Return the expression for passages that match any of these, empty where there are none."""
    joined = " OR ".join(expressions)
    return f"({joined})" if joined else ""


def all_of(expressions: Iterable[str]) -> str:
    """Return the expression for passages that match every one of these, empty where there are none."""
    return " AND ".join(expressions)


def in_text(expression: str) -> str:
    """Return the expression for passages that match by their text, not by their question; empty for an empty one."""
    return f"text : ({expression})" if expression else ""
