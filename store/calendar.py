"""The days that a text speaks of, as written in its language.

Names of months and the order of day and month are those of the Unicode CLDR, through babel. Days are in figures;
months or years alone, weekdays and words such as "yesterday" are no days here: what they mean depends on more than
the text says. Neither are dates whose order is not known (8/11/2017) or that lack the year in figures (8.11.).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, cast

from babel import Locale, UnknownLocaleError
from babel.dates import get_month_names

from store.model import DatedMention
from store.text import STOP_WORDS, fold, sentences
from store.years import Written, dates_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

_BEFORE = r"(?<![^\s(\[{«“„‘\"'’—–-])(?<!\d[—–-])"
_ORDINAL = {"en": r"(?:st|nd|rd|th)?"}
_ANY_ORDINAL = r"(?:\.?[ºª]|\.|er|-?(?:го|е))?"
_RANGE = r"\s?[-–—]\s?|\s+(?:to|through|bis|au|al|по|до)\s+"
_AND = r"\s+(?:and|und|et|y|e|и|та)\s+"
_OF = r"(?:(?:of|de|del)\s+|d['’])?"
_YEAR = r"(?:(?:,\s?|\s+(?:(?:of|de|del|in)\s+)?)(?P<year>\d{4})(?!\w|[.,:/-]\d|\s?%))?"
_YEARS = range(1000, 2101)
"""Figures that are taken for a year: "November 8, 2254 people" holds none."""
_AFTER = r"(?!\w|[.,:/]\d|\s?%|-\w)"
_NUMERIC = (
    re.compile(r"(?<![\w./+-])(?P<year>\d{4})-(?P<month>\d{2})-(?P<days>\d{2})(?![\d-]|[./]\d)"),
    re.compile(r"(?<![\w./+-])(?P<days>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?![\d-]|[./]\d)"),
    re.compile(r"(?<!\d)(?:(?P<year>\d{4})\s?[年년]\s?)?(?P<month>\d{1,2})\s?[月월]\s?(?P<days>\d{1,2})\s?[日일号號]"),
)
_NUMBERED = re.compile(
    r"(?:\b(?:article|resolution|section|chapter|paragraph|protocol|version|room|no\.?)|№)\s$", re.IGNORECASE
)
_DEADLINE = re.compile(
    r"\b(?:by|before|prior to|(?:no|not) later than|к|не позднее|vor dem|avant le|antes del?)\s(?:the\s)?$",
    re.IGNORECASE,
)
_DETERMINED = re.compile(r"\b(?:the|an?|this|that|our|their|its|his|her|my|your)\s$", re.IGNORECASE)
_IN = re.compile(r"\bin\s$", re.IGNORECASE)
_NEXT_WORD = re.compile(r"\s+([^\W\d_]+)")


@dataclass(frozen=True, slots=True)
class _Names:
    """How a language writes days: its patterns, and the months by their names in lower case."""

    patterns: tuple[re.Pattern[str], ...]
    months: dict[str, int]


def month_called(name: str, languages: Iterable[str]) -> int | None:
    """Return the month of that name, whole or for short, in the first of these languages that has it; None in none."""
    called = name.casefold()
    return next((month for one in languages if (month := _names(one).months.get(called))), None)


def mentions(text: str, *, language: str | None, document_day: date) -> tuple[DatedMention, ...]:
    """Return the days that `text` speaks of, in order; each day of a range is one.

    `language` is a BCP 47 tag; English is read where it is None or not known. A day without a year gets the one that
    the text around it gives, else the latest that is not after `document_day`, or the next one where the sentence
    plainly speaks of what is to come (`store.years` holds the rules). Left out, since the text does not say that
    anything happened on a day of a known year: habits ("every year on May 9"), deadlines ("by May 9"), days whose year
    stays open ("ten years ago, on May 9"), and days that only name a thing ("the September 11 attacks").
    """
    names = _names(language)
    matches = [match for pattern in (*names.patterns, *_NUMERIC) for match in pattern.finditer(text)]
    if not matches:
        return ()
    bounds = sentences(text)
    written = _distinct(_written(text, bounds, names, matches))
    dated = dates_of(text, bounds, written, language=language, months=names.months, document_day=document_day)
    found = []
    for day, dates in zip(written, dated, strict=True):
        words = text[day.start : day.end]
        found += [DatedMention(each, words, day.sentence) for each in dates]
    return tuple(found)


def _written(
    text: str, bounds: tuple[tuple[int, int], ...], names: _Names, matches: Iterable[re.Match[str]]
) -> Iterator[Written]:
    """Yield the matches that stand where a day can stand and that a calendar has."""
    starts = [start for start, _ in bounds]
    for match in matches:
        sentence = max(0, bisect_right(starts, match.start()) - 1)
        month = names.months.get(match["month"].casefold().rstrip(".")) or int(match["month"])
        day = Written(match.start(), match.end(), sentence, month, _days(match["days"], month), _year(match))
        before = text[max(0, day.start - 24) : day.start]
        if _DEADLINE.search(before) or _NUMBERED.search(before):
            continue
        if day.year is None:
            if match["year"]:  # Figures, but not of a year.
                day = replace(day, end=max(match.end("days"), match.end("month")))
            yearless = _yearless(text, bounds[sentence][0], day, match)
            if yearless is None:
                continue
            day = yearless
        if day.days:
            yield day


def _year(match: re.Match[str]) -> int | None:
    """Return the year written beside a day, or None."""
    figures = match["year"] or match.groupdict().get("year_before")
    return int(figures) if figures and int(figures) in _YEARS else None


def _yearless(text: str, sentence: int, day: Written, match: re.Match[str]) -> Written | None:
    """Return the day as far as it surely is one, or None.

    "March 8 soldiers home" and "in November 8 countries" are none; in "on November 8 and 15 countries" the second
    number counts something else. "The September 11 attacks" names a thing, of whatever year.
    """
    before, after = text[max(0, sentence, day.start - 20) : day.start], _NEXT_WORD.match(text, day.end)
    counted = after is not None and after[1][0].islower() and fold(after[1]) not in STOP_WORDS
    month_first = match.start("month") < match.start("days")
    if _DETERMINED.search(before) and after is not None and (counted or after[1][0].isupper()):
        return None
    if not month_first:
        return day
    if _IN.search(before) or (counted and not before.strip("\"'“”‘’«»„([ ")):
        return None
    if counted and (conjunction := re.search(_AND, match["days"])):
        end = match.start("days") + conjunction.start()
        return replace(day, end=end, days=_days(text[match.start("days") : end], day.month))
    return day


def _days(words: str, month: int) -> tuple[int, ...]:
    """Return the days of a month that "8", "8-10" or "8, 9 and 10" stand for; none where the month lacks one."""
    days = [int(figures) for figures in re.findall(r"\d+", words)]
    if len(days) == 2 and re.search(rf"\d\D*(?:{_RANGE})\d", words):
        days = list(range(days[0], days[1] + 1))
    last = monthrange(2000, month)[1] if 1 <= month <= 12 else 0
    return tuple(days) if all(1 <= day <= last for day in days) else ()


def _distinct(found: Iterable[Written]) -> list[Written]:
    """Return the days in the order of the text; of two that overlap, the one that begins first or is longer."""
    distinct: list[Written] = []
    for day in sorted(found, key=lambda day: (day.start, -day.end)):
        if not distinct or day.start >= distinct[-1].end:
            distinct.append(day)
    return distinct


@lru_cache(maxsize=32)
def _names(language: str | None) -> _Names:
    try:
        locale = Locale.parse((language or "en").replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    # English is written in both orders everywhere, and so is "Sept.", which CLDR has as British.
    locales = [Locale("en"), Locale("en", "GB")] if locale.language == "en" else [locale]
    months: dict[str, int] = {}
    spellings: set[str] = set()
    # The forms of a date come first: babel may answer for others with what it read for another language before.
    for context in ("format", "stand-alone"):
        for each in locales:
            for width in ("wide", "abbreviated"):
                for month, name in _month_names(width, context, each):
                    bare = name.rstrip(".")
                    if not bare[0].isdecimal() and months.setdefault(bare.casefold(), month) == month:
                        spellings |= _spellings(bare, abbreviated=width == "abbreviated")
    if not spellings:
        return _Names((), months)
    month_names = "|".join(sorted(spellings, key=lambda name: (-len(name), name)))
    day = r"\d{1,2}" + _ORDINAL.get(locale.language, _ANY_ORDINAL)
    days = f"(?P<days>{day}(?:(?:,\\s{day})*,?(?:{_AND}){day}|(?:{_RANGE}){day})?)"
    month_named = rf"(?P<month>{month_names})"
    patterns = [re.compile(rf"{_BEFORE}{days}\s+{_OF}{month_named}(?!\w){_YEAR}")]
    order = locales[0].date_formats["long"].pattern
    if order.find("M") < order.find("d"):
        patterns.append(
            re.compile(rf"(?<!\w)(?:(?P<year_before>\d{{4}})[.,]?\s)?{month_named}\s+(?:the\s+)?{days}{_AFTER}{_YEAR}")
        )
    return _Names(tuple(patterns), months)


def _month_names(width: str, context: str, locale: Locale) -> list[tuple[int, str]]:
    names = get_month_names(
        cast('Literal["abbreviated", "wide"]', width), cast('Literal["format", "stand-alone"]', context), locale
    )
    return [(month, name) for month, name in names.items() if name.strip(".")]


def _spellings(name: str, *, abbreviated: bool) -> set[str]:
    """Return patterns of how a month's name is written.

    One that begins with a capital does so always ("may" is no month in English); an abbreviation in lower case is one
    only with its full stop ("5 ago", "8 mar" and "3 set" are also words).
    """
    stop = "" if not abbreviated else r"\." if name[0].islower() else r"\.?"
    forms = {name, name.upper()} | ({name[0].upper() + name[1:]} if name[0].islower() else set())
    return {re.escape(form) + stop for form in forms}
