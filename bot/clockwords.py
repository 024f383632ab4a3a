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
    "dreizehn|treize|trece|тринадцать",
    "vierzehn|quatorze|catorce|четырнадцать",
    "fünfzehn|quinze|quince|пятнадцать",
    "sechzehn|seize|dieciseis|шестнадцать",
    "siebzehn|dix-sept|diecisiete|семнадцать",
    "achtzehn|dix-huit|dieciocho|восемнадцать",
    "neunzehn|dix-neuf|diecinueve|девятнадцать",
    "zwanzig|vingt|veinte|двадцать",
    "einundzwanzig|vingt et une|vingt-et-une|veintiuna|двадцать один",
    "zweiundzwanzig|vingt-deux|veintidos|двадцать два",
    "dreiundzwanzig|vingt-trois|veintitres|двадцать три",
)
_HOURS = MappingProxyType({fold(name): at for at, many in enumerate(_NUMBERS, start=1) for name in many.split("|")})
_NAMED_MINUTES = (
    "five|fünf|fuenf|cinq|cinco|пять|пяти",
    "ten|zehn|dix|diez|десять|десяти",
    "fifteen|fünfzehn|quinze|quince|пятнадцать|пятнадцати",
    "twenty|zwanzig|vingt|veinte|двадцать|двадцати",
    "twenty-five|twenty five|fünfundzwanzig|vingt-cinq|veinticinco|двадцать пять|двадцати пяти",
    "thirty|dreißig|trente|treinta|тридцать",
    "thirty-five|thirty five|fünfunddreißig|trente-cinq|treinta y cinco|тридцать пять",
    "forty|vierzig|quarante|cuarenta|сорок",
    "forty-five|forty five|fünfundvierzig|quarante-cinq|cuarenta y cinco|сорок пять",
    "fifty|fünfzig|cinquante|cincuenta|пятьдесят",
    "fifty-five|fifty five|fünfundfünfzig|cinquante-cinq|cincuenta y cinco|пятьдесят пять",
)
_MINUTES = MappingProxyType(
    {fold(name): 5 * at for at, many in enumerate(_NAMED_MINUTES, start=1) for name in many.split("|")}
)
_ORDINALS = "|".join(
    name for many in _NUMBERS for name in many.split("|") if name.endswith("ого") or name == "третьего"
)
_N = rf"(?P<hour>\d{{1,2}}|{'|'.join(sorted(_HOURS, key=len, reverse=True))})"
_O_CLOCK = r" ?(?:o'clock|uhr|heures?|h|часов|часа)"
_CLOCK = rf"(?:{_O_CLOCK})?"
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
        -45: (rf"четверть {_N}", rf"viertel {_N}"),
    }
)
"""How the parts of an hour are said, by the minutes that they add to the hour that is named: "halb acht" is 7:30."""

_UNIT = r"min|minutes?|minuten?|minutos?|минуты|минута|минут"
_NAMES = "|".join(sorted(_MINUTES, key=len, reverse=True))
_SOME = rf"(?P<minutes>\d{{1,2}}(?= ?(?:{_UNIT}) )|\d?[05]|{_NAMES})(?: ?(?:{_UNIT}))?"
"""Minutes before or after an hour; a number alone only where it is one that people say: "10 to 8", not "8 to 9"."""
_LATER = (
    (0, 1, rf"{_SOME} (?:past|after|nach) {_N}"),
    (0, -1, rf"{_SOME} (?:to|before|till|vor) {_N}"),
    (-30, 1, rf"{_SOME} nach halb {_N}"),
    (-30, -1, rf"{_SOME} vor halb {_N}"),
    (0, -1, rf"{_N}{_CLOCK} (?:moins|menos) {_SOME}"),
    (0, -1, rf"без {_SOME} {_N}"),
    (-60, 1, rf"{_SOME} (?P<hour>{_ORDINALS})"),
    (0, 1, rf"{_N}(?:{_O_CLOCK} (?:et )?|{_CLOCK} y ){_SOME}"),
    (0, 1, rf"{_N} (?P<minutes>{'|'.join(name for name in _NAMES.split('|') if _MINUTES[name] >= 15)})"),
)
"""Minutes before or after an hour: those that its part has, the sign of those that are named, and how it is said."""
_COUNTED = tuple((half, sign, re.compile(form)) for half, sign, form in _LATER)
_KNOWN = (
    _HOURS.keys()
    | {word for name in _MINUTES for word in name.split()}
    | set(
        map(
            fold,
            "half halb quarter viertel dreiviertel quart cuarto demie demi media четверти четверть past after nach to "
            "before till vor moins menos y без".split(),
        )
    )
)
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
    return any(word in _KNOWN or word.startswith("пол") for word in said.split())


def _figures(said: str) -> str | None:
    for pattern, minutes in _SPOKEN:
        if found := pattern.fullmatch(said):
            return _clock(found["hour"], minutes)
    for part, sign, form in _COUNTED:
        if found := form.fullmatch(said):
            return _clock(found["hour"], part + sign * _number(found["minutes"]))
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
    return int(said) if said.isdecimal() else _MINUTES[said]


def _clock(hour: str, minutes: int) -> str:
    """Return the time so many minutes after an hour; by a clock of twelve hours, unless the hour is of the other."""
    named = int(hour) if hour.isdecimal() else _HOURS[hour]
    at, past = divmod(named * 60 + minutes, 60)
    return f"{at or 12}:{past:02}" if named else f"{at % 24}:{past:02}"
