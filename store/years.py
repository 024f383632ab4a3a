"""The year of a day that a text names without one.

Nothing is asserted that the text does not bear out. Where another year is spoken of nearby and it is not plain whether
the day is of that one, or where the day may as well be of the year to come, its year is open and it is not taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from itertools import pairwise
from typing import TYPE_CHECKING

from store.timewords import time_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from store.timewords import TimeWords


@dataclass(frozen=True, slots=True)
class Written:
    """One or more days of a month as a text writes them: where, in which sentence, and the year if it stands there."""

    start: int
    end: int
    sentence: int
    month: int
    days: tuple[int, ...]
    year: int | None


@dataclass(frozen=True, slots=True)
class _Named:
    """A year that a text names, None where it does not say which ("ten years ago"), and what it opens, if anything."""

    start: int
    end: int
    year: int | None
    opens_sentence: bool
    opens_clause: bool


class _Tense(Enum):
    """Whether the words around a day speak of what is over, of what is to come, or leave that open."""

    OVER = auto()
    TO_COME = auto()
    OPEN = auto()


_IN_YEAR = re.compile(
    r"\b(?:in|of|en|du|de|del|im jahre?|nel|em|в|во|у)\s+(?:the\s+\w+\s+of\s+|(?P<month>[^\W\d_]+)\.?\s+)?"
    r"(?P<year>1[89]\d{2}|20\d{2})(?![\w-]|[.,]\d)",
    re.IGNORECASE,
)
_PARTS_OF_YEAR = frozenset({"early", "mid", "late", "spring", "summer", "autumn", "fall", "winter"})
_SMALL = (
    r"(?:back|and|but|so|then|already|later|earlier|also|again|here|ещё|еще|уже|и|а|но|bereits|schon|und|aber|déjà"
    r"|et|mais|ya|y|pero)"
)
_OPENING = re.compile(rf"[\s\"'“”‘’«»„(\[]*(?:{_SMALL}[\s,]+){{0,2}}", re.IGNORECASE)
_CLAUSE = re.compile(rf"[,;:(—–]\s*(?:{_SMALL}\s+)?$", re.IGNORECASE)
_JOINED = re.compile(
    r"\s*(?:[-–—,]|,?\s*(?:and|or|to|until|through|und|oder|bis|et|ou|au|jusqu['’]au|y|o|al|hasta|и|или|по|до))?\s*"
    r"(?:on\s+|am\s+|den\s+|le\s+|el\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
_ADJACENT = re.compile(r"[\s,(]*(?:on|of|am|vom|den|le|du|el|del)?\s*(?:the\s+)?", re.IGNORECASE)
# What lies behind these speaks of another time than what lies before them.
_BREAK = re.compile(
    r"[;:()]|\b(?:which|who|that|where|because|while|if|after|before|but|что|котор\w+|если|но|после|перед|dass|weil|wenn"
    r"|aber|nachdem|que|qui|mais|pero)\b",
    re.IGNORECASE,
)
_NAMES_BY_DAY = frozenset({(9, 11)})
"""Days that stand for what happened on them in one year, and are said without it: "since September 11"."""
_SOON = timedelta(days=31)
"""A day this close ahead may be meant where the sentence does not say that it is over ("the summit on December 1")."""


def dates_of(
    text: str,
    bounds: Sequence[tuple[int, int]],
    written: Sequence[Written],
    *,
    language: str | None,
    months: Collection[str],
    document_day: date,
) -> Iterator[tuple[date, ...]]:
    """Yield, for each of the days in turn, the dates that it stands for: none where its year stays open.

    `months` are the names of months in that language, in lower case and without full stops.
    In this order: the year beside it, or beside the day it is joined to ("30 September – 2 October 2015"); the year
    that the sentence gives before it ("In 2015, … on September 30", "last year") or that the sentence before opened
    with; else that of the document's own date. A habit ("every year on May 9") has no year.
    """
    tongue = time_words(language)

    def named_in(start: int, end: int) -> list[_Named]:
        return _named(text, (start, end), written, tongue, months, document_day)

    governing: dict[int, int] = {}
    for index, day in enumerate(written):
        # A full stop within the day ("8. November") may have been taken for the sentence's.
        sentence = bounds[day.sentence][0], next(end for _, end in bounds[day.sentence :] if end >= day.end)
        year = day.year
        if year is None:
            year = _joined_year(text, written[index:])
        if year is None:
            if re.search(rf"\b(?:{tongue.habit})\b", text[slice(*sentence)], re.IGNORECASE):
                yield ()
                continue
            named = named_in(*sentence)
            before = named_in(*bounds[day.sentence - 1]) if day.sentence else []
            year, rivals = _governor(text, day, named, before, governing, document_day=document_day)
            if year is None:
                tense = _tense(text, sentence, day, tongue)
                yield _guessed(day, tense, document_day, rivals)
                continue
        if day.year is None:
            governing[day.sentence] = year
        yield tuple(date(year, day.month, each) for each in day.days if _exists(year, day.month, each))


def _joined_year(text: str, written: Sequence[Written]) -> int | None:
    """Return the year of the first day that has one, where the days up to it hang together."""
    for day, following in pairwise(written):
        if not _JOINED.fullmatch(text[day.end : following.start]):
            return None
        if following.year is not None:
            return following.year
    return None


def _named(  # noqa: PLR0917
    text: str,
    sentence: tuple[int, int],
    written: Sequence[Written],
    tongue: TimeWords,
    months: Collection[str],
    document_day: date,
) -> list[_Named]:
    """Return the years that a sentence names, in order."""
    spans: list[tuple[int, int, int | None]] = []
    for match in _IN_YEAR.finditer(text, *sentence):
        part = match["month"].casefold() if match["month"] else ""
        if not part or part in months or part in _PARTS_OF_YEAR:  # "In Resolution 1973" names none.
            spans.append((match.start(), match.end(), int(match["year"])))
    this = document_day.year
    for words, year in (
        (tongue.last_year, this - 1),
        (tongue.this_year, this),
        (tongue.next_year, this + 1),
        (tongue.some_year, None),
    ):
        pattern = re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
        spans += [(match.start(), match.end(), year) for match in pattern.finditer(text, *sentence)]
    named = [_Named(*span, *_opens(text, sentence, span[0])) for span in spans]
    # A day with its year tells of its own, and no more than that.
    days = [day for day in written if day.year is not None and sentence[0] <= day.start < sentence[1]]
    named += [_Named(day.start, day.end, day.year, opens_sentence=False, opens_clause=False) for day in days]
    return sorted(named, key=lambda year: (year.start, year.end))


def _opens(text: str, sentence: tuple[int, int], start: int) -> tuple[bool, bool]:
    """Tell whether what begins at `start` opens the sentence or a part of it, small words and quotation marks apart."""
    opening = _OPENING.match(text, *sentence)
    return opening is not None and start <= opening.end(), bool(_CLAUSE.search(text, sentence[0], start))


def _governor(
    text: str,
    day: Written,
    named: list[_Named],
    before: list[_Named],
    governing: dict[int, int],
    *,
    document_day: date,
) -> tuple[int | None, list[int | None]]:
    """Return the year that governs the day, or None and the years that might."""
    for year in named:
        beside = year.start >= day.end and _ADJACENT.fullmatch(text[day.end : year.start])
        if beside or (year.end <= day.start and _ADJACENT.fullmatch(text[year.end : day.start])):
            return year.year, [year.year]
    earlier = [year for year in named if year.end <= day.start]
    if earlier:
        last = earlier[-1]
        return (last.year if last.opens_sentence or last.opens_clause else None), [last.year]
    if day.sentence in governing:
        return governing[day.sentence], []
    opening = next((year for year in before if year.opens_sentence), None)
    if opening is not None:
        return opening.year, [opening.year]
    if day.sentence - 1 in governing:
        return governing[day.sentence - 1], []
    # Of the years that the sentence comes to later, those that are over compete ("On March 18, after … in 2014").
    later = [year.year for year in named if year.year is not None and year.year < document_day.year]
    return None, [*(year.year for year in before), *later]


def _guessed(day: Written, tense: _Tense, document_day: date, rivals: Sequence[int | None]) -> tuple[date, ...]:
    """Return the dates as the document's own date has them, unless another year might be meant."""
    if any((day.month, each) in _NAMES_BY_DAY for each in day.days):
        return ()
    to_come = tense is _Tense.TO_COME
    step = 1 if to_come else -1
    # Nine years hold a leap year, even around 1900 and 2100.
    for year in range(document_day.year + (not to_come), document_day.year + 9 * step, step):
        if not all(_exists(year, day.month, each) for each in day.days):
            continue
        dates = tuple(date(year, day.month, each) for each in day.days)
        if tense is _Tense.OPEN and timedelta(0) < dates[0] - document_day <= _SOON:
            return ()
        if dates[-1] >= document_day if to_come else dates[0] <= document_day:
            # What is over is of no later year, and what is to come of no earlier one.
            apart = tense is not _Tense.OPEN
            meant = [rival for rival in rivals if not (apart and rival is not None and (rival - year) * step < 0)]
            return dates if all(rival == year for rival in meant) else ()
    return ()


def _tense(text: str, sentence: tuple[int, int], day: Written, tongue: TimeWords) -> _Tense:
    """Return what the part of the sentence around the day speaks of."""
    breaks = [*_BREAK.finditer(text, *sentence)]
    start = max((found.end() for found in breaks if found.end() <= day.start), default=sentence[0])
    end = min((found.start() for found in breaks if found.start() >= day.end), default=sentence[1])
    part = f"{text[start : day.start]} {text[day.end : end]}"
    rest, futures = re.subn(rf"(?<!\w)(?:{tongue.future})\b", " ", part, flags=re.IGNORECASE)
    if re.search(rf"\b(?:{tongue.past})\b", rest, re.IGNORECASE):
        return _Tense.OVER
    return _Tense.TO_COME if futures else _Tense.OPEN


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
