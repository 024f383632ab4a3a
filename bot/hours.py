"""Hours of the day as people write them; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from bot import roughly
from bot.clockwords import in_figures
from store.text import fold

MOST_WORDS = 8
"""Words that an hour may take: "at 7 in the morning", "a las 8 h 30 de la mañana"."""

_AT = r"(?:(?:at|around|at around|um|gegen|um punkt|vers|около|ровно в|hacia las|sobre las|a las|a la|a|as|в|во|@) )?"
_NIGHT = 24
"""Stands for the half of the day that a night has: up to five in the morning the first, from six on the second."""

_PARTS = MappingProxyType(
    {
        0: "am|a.m|in the morning|morning|this morning|"
        "утра|утром|morgens|früh|vormittags|am morgen|am vormittag|in der früh|du matin|"
        "le matin|de la mañana|por la mañana|de la madrugada",
        12: "pm|p.m|in the afternoon|in the evening|afternoon|evening|tonight|this evening|"
        "дня|днем|вечера|вечером|mittags|nachmittags|abends|"
        "am nachmittag|am abend|de l'après-midi|du soir|le soir|de la tarde|por la tarde",
        _NIGHT: "at night|ночи|ночью|nachts|in der nacht|de la nuit|de la noche|por la noche",
    }
)
_HALVES = MappingProxyType({fold(said): half for half, many in _PARTS.items() for said in many.split("|")})
"""What tells the halves of the day apart, with the hours that it adds; folded."""
_UP_TO_NOON = frozenset({"de la manana", "por la manana"})
"""Halves whose 12 is noon: "las 12 de la mañana", as the Diccionario panhispánico de dudas has it under "hora"."""
_BEFORE = MappingProxyType(
    {said: half for said, half in _HALVES.items() if said not in {"am", "a.m", "pm", "p.m", "mittags"}}
    | dict.fromkeys(("mornings", "matin"), 0)
    | dict.fromkeys(("evenings", "afternoons", "abend", "soir"), 12)
    | dict.fromkeys(("night", "nights"), _NIGHT)
)
"""The same where they stand before the hour: "abends um 8"."""

_CLOCK = r"uhr|h|hrs|o'clock|o clock|oclock|часов|часа|час|ч|heures|heure|horas|hora"
_HALF = "|".join(map(re.escape, sorted(_HALVES, key=len, reverse=True)))
_IN_HALF = rf"(?: ?(?P<half>{_HALF})\.?)?"
_LAST_HALF = re.compile(rf" ?(?:{_HALF})\.?$")
_HOUR = re.compile(rf"(?P<at>{_AT})(?P<hour>\d{{1,2}})(?:[:.h](?P<minute>\d\d))?(?: ?(?P<clock>{_CLOCK})\b)?{_IN_HALF}")
_APART = re.compile(
    rf"{_AT}(?P<hour>\d{{1,2}}) ?(?:uhr|h|hrs|часов|часа|час|ч|heures?|horas?) (?:und |et |y |и )?"
    rf"(?P<minute>[0-5]\d)(?: ?(?:min|minuten|minutes|minutos|минут|минуты|мин)\b)?{_IN_HALF}"
)
_SPACED = re.compile(rf"{_AT}(?P<hour>\d{{1,2}}) (?P<minute>[0-5][05]){_IN_HALF}")
_MILITARY = re.compile(rf"{_AT}(?P<hour>0\d)(?P<minute>[0-5]\d)")
_MILITARY_HOURS = re.compile(rf"{_AT}(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d) ?(?:{_CLOCK}|hours)")
_NUMBERS = re.compile(r"\d{1,2}(?: ?[-\N{EN DASH}\N{EM DASH}] ?\d{1,2})?")
_FORMS = (_HOUR, _APART, _SPACED, _MILITARY, _MILITARY_HOURS)
_LIKE_A_YEAR = re.compile(r"(?P<hour>1\d|2[0-3])(?P<minute>[0-5]\d)")
"""Four figures that a clock shows, and that may be a year as well."""
_UNPOINTED = re.compile(rf"(?P<at>{_AT})(?P<hour>[1-9]|1\d|2[0-3])(?P<minute>[0-5][05]){_IN_HALF}")
"""An hour without its colon, "730": four figures are a year where nothing says that they are an hour."""
_LIKE_AN_HOUR = re.compile(rf"{_AT}\d{{1,4}}(?::\d{{0,4}})+ ?(?:{_HALF})?")
_NAMED = MappingProxyType(
    dict.fromkeys(("noon", "midday", "полдень", "mittag", "mittags", "midi", "mediodia"), "12:00")
    | dict.fromkeys(("midnight", "полночь", "mitternacht", "minuit", "medianoche"), "00:00")
)


_MORNING, _AFTERNOON, _EVENING, _LATE = "09:00", "15:00", "19:00", "21:00"
_AT_NAMED = re.compile(rf"{_AT}(?:12 )?(?P<name>\w+)")
_DAY_PARTS = MappingProxyType(
    dict.fromkeys(
        "in the morning|in the mornings|mornings|morgens|vormittags|am morgen|am vormittag|le matin|por la manana|"
        "por las mananas|утром|по утрам".split("|"),
        _MORNING,
    )
    | dict.fromkeys(
        "in the afternoon|in the afternoons|afternoons|nachmittags|am nachmittag|l'apres-midi|днем".split("|"),
        _AFTERNOON,
    )
    | dict.fromkeys(
        "in the evening|in the evenings|evenings|abends|am abend|le soir|por la tarde|por las tardes|вечером|"
        "по вечерам".split("|"),
        _EVENING,
    )
    | dict.fromkeys("at night|nachts|por la noche|por las noches".split("|"), _LATE)
)
"""Parts of the day, with the hour that each means where none is said; folded."""
_DAY_NOUNS = MappingProxyType(
    dict.fromkeys(("morning", "matin", "morgen", "утро"), _MORNING)
    | dict.fromkeys(("afternoon", "nachmittag"), _AFTERNOON)
    | dict.fromkeys(("evening", "abend", "soir", "вечер"), _EVENING)
    | dict.fromkeys(("night",), _LATE)
)
"""The same as nouns, which are words unless they stand alone or behind a day: "friday evening"."""


_NUMBER = r"(?:\d{1,2}|an?|one|two|three|half an|a few|ein(?:e|er)?|zwei|drei|une?|deux|trois|dos|tres|два|две|три)"
_TIME_LEFT = re.compile(
    rf"(?:(?:in|for|within|nach|für) )?{_NUMBER} (?:more )?(?:min(?:s|ute|utes|uten)?|hours?|stunden?)|"
    rf"(?:in|for|within|für) {_NUMBER} (?:more )?(?:days?|weeks?|months?|tage?n?|wochen?|monate?n?)|"
    rf"(?:dans|pendant|en|por|durante) {_NUMBER} ?(?:heures?|h|minutes?|jours?|semaines?|mois|horas?|minutos?|dias?|"
    rf"semanas?|mes(?:es)?)|"
    rf"(?:через|на|в течение) (?:{_NUMBER} )?(?:час(?:а|ов)?|минут\w*|день|дня|днеи|недел\w+|месяц\w*)"
)
"""How long it is to be until, or for, something: no hour, and no digest is so; folded."""


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour that some words say: `at` as "HH:MM", None where it is written like one and no clock shows it.

    `length` counts the words; `bare` marks a mere number, which may be meant as one; `halved` says that it is known
    which half of the day is meant; `year` marks four figures that may be a year, `odd` those of them that end in a
    minute at which hardly anybody wants anything ("2018", not "1930").
    """

    at: str | None
    length: int
    bare: bool = False
    halved: bool = False
    year: bool = False
    odd: bool = False


def read_hour(words: Sequence[str], *, first: bool = False) -> Hour | None:
    """Return the hour that the first of these words say, as many as belong to it; None where they say none.

    "7:30", "7.30", "7am", "7 in the evening", "8h du soir", "abends um 8", "at 7", "19", "19 Uhr", "19 Uhr 30",
    "19h30", "0730", "1930", "noon", "half past seven", "7ish", "by 8"; of "8-9" the first. As the `first` thing typed,
    "730" too. 24:00 is midnight.
    """
    for length in range(min(MOST_WORDS, len(words)), 0, -1):
        said = fold(" ".join(words[:length]))
        if found := _read_exactly(said):
            return replace(found, length=length, bare=said.isdecimal() and len(said) < len("0730"))
        if found := _read_roughly(said):
            return replace(found, length=length, bare=_NUMBERS.fullmatch(roughly.bare(said)) is not None)
        if year := _LIKE_A_YEAR.fullmatch(said):
            return replace(_hour_of(year), length=length, bare=True, year=True, odd=int(year["minute"]) % 5 > 0)
        if (unpointed := _UNPOINTED.fullmatch(said)) and (unpointed["at"] or unpointed["half"] or first):
            bare = said.isdecimal()
            if not bare or len(said) < len("1930"):
                return replace(_hour_of(unpointed), length=length, bare=bare)
        if _LIKE_AN_HOUR.fullmatch(said) or (_HOUR.fullmatch(said) and not said.isdecimal()):
            return Hour(None, length)
    return None


def read_number(word: str) -> Hour | None:
    """Return the hour that a number in words is where it is all that was typed: "seven"; None for another word."""
    hour = read_hour(("at", word))
    return replace(hour, length=1, bare=True) if hour and hour.at and hour.length > 1 else None


def read_part(words: Sequence[str], *, noun: bool = False) -> tuple[str, int] | None:
    """Return the hour that a part of the day means where none is said, and how many of the first words say it.

    With `noun`, "evening" alone is one.
    """
    for length in range(min(MOST_WORDS, len(words)), 0, -1):
        said = fold(" ".join(words[:length]))
        if hour := _DAY_PARTS.get(said) or (_DAY_NOUNS.get(said) if noun else None):
            return hour, length
    return None


def read_duration(words: Sequence[str]) -> int:
    """Return how many of the first words say how long, "in 2 hours", "10 minutes"; 0 for none."""
    lengths = range(min(MOST_WORDS, len(words)), 0, -1)
    return next((length for length in lengths if _TIME_LEFT.fullmatch(fold(" ".join(words[:length])))), 0)


def in_evening(at: str, *, night: bool) -> str:
    """Return an hour, "HH:MM", as it is meant where a digest is wanted every evening, or every night."""
    hour = _in_half(int(at[:2]), _NIGHT if night else 12)
    return f"{hour:02}{at[2:]}" if hour < 24 else at


def _read_exactly(said: str) -> Hour | None:
    return _read(said) or _read_behind_half(said) or _read_spoken(said)


def _read_roughly(said: str) -> Hour | None:
    """Return an hour that is said to be about right, or the first of two between which any will do."""
    core = roughly.bare(said)
    if core != said and (hour := _read_exactly(core)):
        return hour
    if (ends := roughly.ends_of(said)) is None:
        return None
    first, last = map(roughly.bare, ends[:2])
    end = _read_exactly(last)
    if end is None or end.at is None:
        return None
    half = _LAST_HALF.search(last)
    # That of "7-9pm" is said of both, unless the first would then be the later one.
    starts = (_read_exactly(f"{first}{half.group()}") if half else None, _read_exactly(first))
    possible = [start for start in starts if start and start.at]
    in_order = (start for start in possible if start.at and start.at < end.at)
    return next(in_order, possible[-1] if possible and ends[2] else None)  # "9 to 5".


def _read(said: str) -> Hour | None:
    if (named := _AT_NAMED.fullmatch(said)) and named["name"] in _NAMED:
        return Hour(_NAMED[named["name"]], 0, halved=True)
    match = next(filter(None, (form.fullmatch(said) for form in _FORMS)), None)
    hour = _hour_of(match) if match else None
    return hour if hour and hour.at else None


def _read_behind_half(said: str) -> Hour | None:
    """Return an hour before which the half of the day is said."""
    for half in _BEFORE:
        if said.startswith(f"{half} "):
            behind = said[len(half) + 1 :]
            hour = _read(behind) or _read_spoken(behind)
            if hour and hour.at and not hour.halved:
                return replace(hour, at=_shown(_in_half(int(hour.at[:2]), _BEFORE[half]), hour.at[3:]), halved=True)
    return None


def _read_spoken(said: str) -> Hour | None:
    figures = in_figures(said) or in_figures(said.replace("-", " "))
    return _read(figures) if figures else None


def _hour_of(match: re.Match[str]) -> Hour:
    found = match.groupdict()
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = found.get("half")
    if half and not (hour == 12 and half in _UP_TO_NOON):
        hour = _in_half(hour, _HALVES[half])
    if (hour, minute) == (24, 0) and found["minute"]:
        hour = 0
    return Hour(_shown(hour, minute), 0, halved=half is not None or hour > 12)


def _shown(hour: int, minute: int | str) -> str | None:
    return f"{hour:02}:{int(minute):02}" if hour < 24 and int(minute) < 60 else None


def _in_half(hour: int, half: int) -> int:
    """Return the hour of the day; 24 and more where that half has no such hour."""
    if half == _NIGHT:
        half = 12 if 6 <= hour < 12 or hour > 12 else 0
    if hour > 12:
        return hour if half else 24
    return hour % 12 + half
