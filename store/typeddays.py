"""A day, a month or a year in what was typed: "15 January 2018", "january 2018 syria", "syria 2018"; pure."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from store.days import LANGUAGES

_ORDINAL = r"(?:st|nd|rd|th|er|º|\.|-?го)?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_NAME = (
    r"(?P<name>(?=ja|f[eé]|m[aä]|a[vpbguo]|ju|se|o[ck]|no|d[eéi]|en|янв|фев|ма|апр|ию|авг|сен|окт|ноя|дек)[^\W\d_]{3,})"
)
"""A word that begins as a month does in a language that days may be typed in: only for these are the names read."""

_BEFORE = r"""(?<![\w"“„«:.…/$€£#-])"""
_AFTER = r"""(?![\w"”“»…/%€-]|\.[.\w]|['’]\w)"""
_HAS_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_TYPED = tuple(
    re.compile(rf"{_BEFORE}{pattern}{_AFTER}", re.IGNORECASE)
    for pattern in (
        rf"(?:(?P<day>\d{{1,2}}){_ORDINAL}\s+(?:(?:of|de)\s+)?)?{_NAME}\.?,?\s+(?:(?:of|del?)\s+)?{_YEAR}(?:\s+года?)?",
        rf"{_NAME}\.?\s+(?P<day>\d{{1,2}}){_ORDINAL},?\s+{_YEAR}",
        rf"{_YEAR}-(?P<month>\d\d)(?:-(?P<day>\d\d))?",
        rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.{_YEAR}",
    )
)

_TO = r"(?:\s*[-–—]\s*|\s+(?:to|and|till|until|bis|und|a|à|y|et|по|и)\s+)"
_THE_YEAR = r"(?:the\s+)?(?:(?:year|jahre?|ann[eé]e|a[nñ]o)\s+)?"
_YEARS = tuple(
    re.compile(rf"{_BEFORE}{pattern}{_AFTER}", re.IGNORECASE)
    for pattern in (
        rf"(?:(?:from|between|de|von|zwischen|entre|с)\s+)?{_YEAR}{_TO}{_YEAR.replace('year', 'until')}(?:\s+год\w*)?",
        rf"(?:(?:in|of|from|im|en|de|del|в|за|от)\s+)?{_THE_YEAR}{_YEAR}(?:\s+год\w?)?",
    )
)
"""Several years, then one, with the words that only lead to it."""

_OPEN = re.compile(
    r"(?:since|before|after|until|till|by|than|through|seit|vor|nach|bis|depuis|avant|apr[eè]s|jusqu\w+|desde|hasta|antes|"
    r"despu[eé]s|с|до|после)(?:\s+(?:de|en|the|dem|year))*\s+$",
    re.IGNORECASE,
)
"""Words before a year that is only where a time begins or ends."""

_NEAR = 40
"""Letters before a year among which such words are looked for."""


class TypedDays(NamedTuple):
    """The first and the last of the days that were typed, what was typed beside them, and all of it, them as words."""

    first: date
    last: date
    beside: str
    as_words: str


def typed_days(typed: str) -> TypedDays | None:
    """Return the one day, month, year or row of years that was typed without quotation marks; None where none was."""
    if not _HAS_YEAR.search(typed):
        return None
    matches = [match for pattern in _TYPED for match in pattern.finditer(typed) if _month(match)]
    is_years = not matches
    if is_years:
        years = next((found for pattern in _YEARS if (found := [*pattern.finditer(typed)])), [])
        matches = years if len(years) == 1 and not _OPEN.search(typed[: years[0].start()][-_NEAR:]) else []
    if len(matches) != 1 or not (days := _years(matches[0]) if is_years else _days(matches[0])):
        return None
    before, written, after = typed[: matches[0].start()], matches[0].group(), typed[matches[0].end() :]
    quoted = _HAS_YEAR.sub(r'"\g<0>"', written) if is_years else f'"{written}"'
    return TypedDays(*days, f"{before} {after}".strip(), f"{before}{quoted}{after}")


def dated_threes(order: Sequence[str], beside: frozenset[str]) -> list[str]:
    """Return each three words of a search in a row of which not all stand `beside` a date.

    Nothing where the date lies beyond the words that are looked at, as in a long wording it may.
    """
    threes = zip(order, order[1:], order[2:], strict=False)
    return [" ".join(three) for three in threes if not beside.issuperset(three)]


def _years(match: re.Match[str]) -> tuple[date, date] | None:
    parts = match.groupdict()
    first, last = int(parts["year"]), int(parts.get("until") or parts["year"])
    return (date(first, 1, 1), date(last, 12, 31)) if first <= last else None


def _month(match: re.Match[str]) -> int:
    """Return the number of the month, 0 for a name of none."""
    parts = match.groupdict()
    if not parts.get("name"):
        return int(parts["month"])
    from store.calendar import month_called  # noqa: PLC0415 - babel takes long, and hardly a search has a year

    return month_called(parts["name"], LANGUAGES) or 0


def _days(match: re.Match[str]) -> tuple[date, date] | None:
    parts = match.groupdict()
    year, month = int(parts["year"]), _month(match)
    if month > 12:
        return None
    longest = monthrange(year, month)[1]
    if not parts["day"]:
        return date(year, month, 1), date(year, month, longest)
    day = int(parts["day"])
    return (date(year, month, day), date(year, month, day)) if 1 <= day <= longest else None
