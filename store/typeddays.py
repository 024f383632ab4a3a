"""A day with its year, or a month of a year, in what was typed: "15 January 2018", "january 2018 syria"; pure."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from store.days import LANGUAGES

_ORDINAL = r"(?:st|nd|rd|th|er|º|\.|-?го)?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_NAME = (
    r"(?P<name>(?=ja|f[eé]|m[aä]|a[vpbguo]|ju|se|o[ck]|no|d[eéi]|en|янв|фев|ма|апр|ию|авг|сен|окт|ноя|дек)[^\W\d_]{3,})"
)
"""A word that begins as a month does in a language that days may be typed in: only for these are the names read."""

_BEFORE = r"""(?<![\w"“„«:.…/-])"""
_AFTER = r"""(?![\w"”“»…/-]|\.[.\w])"""
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


class TypedDays(NamedTuple):
    """The first and the last of the days that were typed, and what was typed beside them."""

    first: date
    last: date
    beside: str


def typed_days(typed: str) -> TypedDays | None:
    """Return the one day or month, with its year, that was typed without quotation marks; None where there is none."""
    if not _HAS_YEAR.search(typed):
        return None
    found = [(match, days) for pattern in _TYPED for match in pattern.finditer(typed) if (days := _days(match))]
    if len(found) != 1:
        return None
    [(match, (first, last))] = found
    return TypedDays(first, last, f"{typed[: match.start()]} {typed[match.end() :]}".strip())


def _days(match: re.Match[str]) -> tuple[date, date] | None:
    parts = match.groupdict()
    year, month = int(parts["year"]), int(parts.get("month") or 0)
    if parts.get("name"):
        from store.calendar import month_called  # noqa: PLC0415 - babel takes long, and hardly a search has a year

        month = month_called(parts["name"], LANGUAGES) or 0
    if not 1 <= month <= 12:
        return None
    longest = monthrange(year, month)[1]
    if not parts["day"]:
        return date(year, month, 1), date(year, month, longest)
    day = int(parts["day"])
    return (date(year, month, day), date(year, month, day)) if 1 <= day <= longest else None
