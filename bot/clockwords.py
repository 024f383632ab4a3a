"""Hours said in words ("half past seven", "halb acht", "las ocho y media") put into figures; pure."""

from __future__ import annotations

import re
from types import MappingProxyType

from store.text import fold

_NUMBERS = (
    "one|eins|ein|une|una|первого|час|часа",
    "two|zwei|deux|dos|два|второго|двух",
    "three|drei|trois|tres|три|третьего|трех",
    "four|vier|quatre|cuatro|четыре|четвертого|четырех",
    "five|fünf|fuenf|cinq|cinco|пять|пятого|пяти",
    "six|sechs|seis|шесть|шестого|шести",
    "seven|sieben|sept|siete|семь|седьмого|семи",
    "eight|acht|huit|ocho|восемь|восьмого|восьми",
    "nine|neun|neuf|nueve|девять|девятого|девяти",
    "ten|zehn|dix|diez|десять|десятого|десяти",
    "eleven|elf|onze|once|одиннадцать|одиннадцатого|одиннадцати",
    "twelve|zwölf|zwoelf|douze|doce|двенадцать|двенадцатого|двенадцати",
)
_HOURS = MappingProxyType({fold(name): at for at, many in enumerate(_NUMBERS, start=1) for name in many.split("|")})
_MINUTES = MappingProxyType(
    dict.fromkeys(("fifteen", "fünfzehn", "quinze", "quince", "пятнадцать"), 15)
    | dict.fromkeys(("twenty", "zwanzig", "vingt", "veinte", "двадцать"), 20)
    | dict.fromkeys(("thirty", "dreißig", "trente", "treinta", "тридцать"), 30)
    | dict.fromkeys(("forty-five", "fünfundvierzig", "quarante-cinq", "сорок пять"), 45)
)

_FOLDED_MINUTES = MappingProxyType({fold(name): minutes for name, minutes in _MINUTES.items()})

_N = rf"(?P<hour>\d{{1,2}}|{'|'.join(sorted(_HOURS, key=len, reverse=True))})"
_CLOCK = r"(?: ?(?:o'clock|uhr|heures?|h|часов|часа))?"
_FORMS = MappingProxyType(
    {
        30: (rf"half (?:past )?{_N}", rf"{_N}{_CLOCK} et demie?", rf"{_N}{_CLOCK} y media"),
        -30: (rf"halb {_N}", rf"половин[аеу] {_N}", rf"пол ?{_N}"),
        15: (rf"(?:a )?quarter (?:past|after) {_N}", rf"viertel nach {_N}", rf"{_N}{_CLOCK} (?:et quart|y cuarto)"),
        -15: (
            rf"(?:a )?quarter (?:to|before|of|till) {_N}",
            rf"(?:viertel vor|dreiviertel|drei viertel) {_N}",
            rf"{_N}{_CLOCK} (?:moins le quart|menos cuarto)",
            rf"без четверти {_N}",
        ),
        -45: (rf"четверть {_N}",),
    }
)
"""How the parts of an hour are said, by the minutes that they add to the hour that is named: "halb acht" is 7:30."""

_MOST_MINUTES = rf"(?P<minutes>{'|'.join(map(fold, (*_MINUTES, *_HOURS)))})"
_PAST = re.compile(rf"{_MOST_MINUTES} (?:minutes? )?(?:past|after|nach) {_N}")
_TO = re.compile(rf"{_MOST_MINUTES} (?:minutes? )?(?:to|before|till|vor) {_N}")
_THEN = re.compile(rf"{_N}{_CLOCK} (?:et |y )?(?P<minutes>{'|'.join(map(fold, _MINUTES))})")
_SPOKEN = tuple((re.compile(form), minutes) for minutes, forms in _FORMS.items() for form in forms)

_AT = re.compile(r"(?:(?P<certain>at|um|a las|a la|las|в|gegen)|a) ")
_ALONE = re.compile(rf"{_N}(?P<rest>(?: .*)?)")
_HOUR_ITSELF = frozenset({"час", "часа"})
"""Names of one o'clock, and of any hour."""
_ONCE = "once"
"""Eleven, and a word of English: neither "at once" nor "once in the morning" is an hour."""


def in_figures(said: str) -> str | None:
    """Return folded words with the hour that they begin with in figures, what stands behind it as it was.

    "half past seven in the evening" is "7:30 in the evening". A number alone says an hour where "at" stands before it,
    or something behind it, of which it is for the caller to say whether it belongs to an hour. None for other words.
    """
    if not _may_be(said):
        return None
    at = _AT.match(said)
    core = said[at.end() :] if at else said
    for length in range(len(core), 0, -1):
        if length < len(core) and core[length] != " ":
            continue
        if figures := _figures(core[:length]):
            return figures + core[length:]
    before = at["certain"] if at else None
    return _alone(core, certain=before is not None, english=before == "at")


def _may_be(said: str) -> bool:
    """Return whether any word of an hour is there: most words are none."""
    return any(
        word in _HOURS or word in _FOLDED_MINUTES or word.startswith(fold("пол")) or word in _PARTS
        for word in said.split()
    )


_PARTS = frozenset(
    map(fold, "half halb quarter viertel dreiviertel quart cuarto demie demi media четверти четверть".split())
)
_KNOWN = _PARTS | _HOURS.keys() | _FOLDED_MINUTES.keys()


def _figures(said: str) -> str | None:
    for pattern, minutes in _SPOKEN:
        if found := pattern.fullmatch(said):
            return _clock(found["hour"], minutes)
    for pattern, sign in ((_PAST, 1), (_TO, -1), (_THEN, 1)):
        if found := pattern.fullmatch(said):
            return _clock(found["hour"], sign * _number(found["minutes"]))
    return None


def _alone(core: str, *, certain: bool, english: bool) -> str | None:
    """Return a number alone in figures; `certain` where a word before it, be it `english`, says that it is an hour."""
    found = _ALONE.fullmatch(core)
    if found is None or found["hour"].isdecimal():
        return None
    rest = found["rest"]
    if found["hour"] in _HOUR_ITSELF and not rest and not certain:
        return None
    if found["hour"] == _ONCE and (english or (not certain and rest.startswith(" in "))):
        return None
    return f"{_HOURS[found['hour']]}{rest or ':00'}" if certain or rest else None


def _number(said: str) -> int:
    return _HOURS.get(said) or _FOLDED_MINUTES[said]


def _clock(hour: str, minutes: int) -> str:
    """Return the time so many minutes after an hour; by a clock of twelve hours, unless the hour is of the other."""
    named = int(hour) if hour.isdecimal() else _HOURS[hour]
    at, past = divmod(named * 60 + minutes, 60)
    return f"{at or 12}:{past:02}" if named else f"{at % 24}:{past:02}"
