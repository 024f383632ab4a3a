"""Days on which a digest comes, as people write them; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

from store.model import Rhythm
from store.spelling import corrections
from store.text import fold

MOST_WORDS = 8
"""Words that a rhythm may take, or several weekdays."""
_WEEKDAY_WORDS = 3
"""Words that one weekday may take: "todos los lunes"."""

_RHYTHMS = MappingProxyType(
    {
        Rhythm.DAILY: "a day|per day|a quote a day|one quote a day|one quote per day|1 quote a day|1 quote per day|"
        "pro tag|ein zitat pro tag|par jour|une citation par jour|al dia|por dia|una cita al dia|в день|"
        "every morning|every evening|every night|each morning|each evening|each night|every afternoon|"
        "once a day|once daily|1x a day|einmal am tag|einmal täglich|une fois par jour|una vez al dia|раз в день|"
        "один раз в день|all days|alle tage|"
        "seven days a week|7 days a week|"
        "каждое утро|каждый вечер|jeden morgen|jeden abend|"
        "chaque matin|chaque soir|tous les matins|tous les soirs|cada manana|cada noche|todas las mananas|"
        "todas las noches|daily|every day|each day|everyday|ежедневно|каждый день|taglich|jeden tag|quotidien|"
        "tous les jours|chaque jour|diario|diariamente|cada dia|todos los dias",
        Rhythm.WEEKDAYS: ""
        "business days|business day|on business days|every business day|jeden werktag|an werktagen|werktag|werktagen|"
        "unter der woche|рабочие дни|по рабочим дням|в рабочие дни|les jours de semaine|jours de semaine|"
        "dias de semana|los dias laborables|en dias laborables|"
        "weekdays|weekday|every weekday|on weekdays|workdays|working days|по будням|будни|werktags|"
        "daily except weekends|every day except weekends|every day but weekends|except weekends|except on weekends|"
        "not on weekends|no weekends|außer am wochenende|кроме выходных|sauf le week-end|menos los fines de semana|"
        "wochentags|en semaine|jours ouvrables|entre semana|dias laborables",
        Rhythm.WEEKLY: "einmal pro woche|einmal die woche|einmal in der woche|"
        "une fois par semaine|una vez por semana|una vez a la semana|один раз в неделю|"
        "per week|a quote a week|one quote a week|1 quote a week|"
        "weekly|every week|each week|once a week|еженедельно|раз в неделю|каждую неделю|wochentlich|"
        "jede woche|hebdomadaire|chaque semaine|semanal|semanalmente|cada semana",
    }
)
_NO_RHYTHMS = frozenset(
    fold(said)
    for said in (
        "every other day|every second day|every two days|every two weeks|every other week|every second week|weekend|"
        "the weekend|"
        "раз в час|раз в месяц|раз в год|"
        "через день|раз в два дня|раз в две недели|каждые две недели|выходные|jeden zweiten tag|alle zwei tage|"
        "alle zwei wochen|wochenende|un jour sur deux|tous les deux jours|toutes les deux semaines|week-end|"
        "cada dos dias|cada dos semanas|fin de semana|"
        "monthly|every month|once a month|yearly|every year|hourly|every hour|twice a day|weekends|at weekends|"
        "on weekends|every weekend|biweekly|fortnightly|ежемесячно|каждый месяц|ежечасно|каждый час|по выходным|"
        "monatlich|jeden monat|stundlich|jede stunde|am wochenende|wochenends|jedes wochenende|mensuel|chaque mois|"
        "tous les mois|"
        "chaque heure|le week-end|les week-ends|mensual|mensualmente|cada mes|todos los meses|cada hora|"
        "fines de semana|los fines de semana"
    ).split("|")
)
"""Rhythms that are often asked for, and that there are not; folded."""
_PER = r"(?:a|per|each|every|am|pro|die|in der|par|al|por|a la|в)"
_SPAN = (
    r"(?:days?|weeks?|months?|years?|hours?|tag|tage|woche|wochen|monat|jahr|stunde|stunden|jours?|semaines?|mois|"
    r"heures?|dias?|semanas?|mes|meses|horas?|день|дня|днеи|неделю|недели|недель|месяц|часов|часа|час)"
)
_TIMES = r"(?:twice|thrice|(?:\w+|\d+) (?:times|fois|veces|раза?)|\d+x|(?:zwei|drei|vier|funf)mal)"
_EVERY = r"(?:every|alle|tous les|toutes les|cada|каждые|раз в)"
_SEVERAL = r"(?:\d+|two|three|four|zwei|drei|vier|deux|trois|quatre|dos|tres|cuatro|два|две|три|четыре)"
_OR = r" ?(?:-|\N{EN DASH}|to|or|bis|oder|a|ou|o|до|или) ?"
_COUNT = rf"{_SEVERAL}(?:{_OR}{_SEVERAL})? (?:quotes?|zitate?|citations?|citas?|цитат\w?)"
_QUOTES = rf"(?:(?:max|maximum|up to|only|just|nur|seulement|solo|только) )?{_COUNT}(?: {_PER} {_SPAN})?"
_OFTEN = re.compile(rf"{_TIMES} {_PER} {_SPAN}|{_EVERY} {_SEVERAL} {_SPAN}|{_QUOTES}")
"""How often, or of how many quotes, it is asked for where no digest is so."""

_EACH = "every|each|jeden|jede|jedes|chaque|cada|каждый|каждая|каждое|каждую"
EACH = frozenset(map(fold, _EACH.split("|")))
"""What says of a time that it recurs, and nothing without that time; folded."""

MORNING, EVENING, NIGHT = "09:00", "19:00", "21:00"
_PARTS = MappingProxyType(
    dict.fromkeys(
        "every evening|each evening|every afternoon|каждыи вечер|jeden abend|chaque soir|tous les soirs".split("|"),
        EVENING,
    )
    | dict.fromkeys(
        "every morning|each morning|каждое утро|jeden morgen|chaque matin|tous les matins|cada manana|"
        "todas las mananas".split("|"),
        MORNING,
    )
    | dict.fromkeys("every night|each night|cada noche|todas las noches".split("|"), NIGHT)
)
"""Rhythms that say a part of the day, with the hour where none is said; folded."""

_WEEKDAYS = (
    "monday|понедельник|montag|lundi|lunes",
    "tuesday|вторник|dienstag|mardi|martes",
    "wednesday|среда|среду|mittwoch|mercredi|miercoles",
    "thursday|четверг|donnerstag|jeudi|jueves",
    "friday|пятница|пятницу|freitag|vendredi|viernes",
    "saturday|суббота|субботу|samstag|sonnabend|samedi|sabado",
    "sunday|воскресенье|sonntag|dimanche|domingo",
)
_SHORT = (
    "mon|mo|пн|lun",
    "tue|tues|di|вт|mar",
    "wed|mi|ср|mer|mie",
    "thu|thur|thurs|do|чт|jeu|jue",
    "fri|fr|пт|ven|vie",
    "sat|sa|сб|sam|sab",
    "sun|so|вс|dim|dom",
)
_SMALL = frozenset("di mi do so".split())
"""Short names that are small words elsewhere."""

_RECURRING = (
    "mondays|понедельникам|montags|lundis",
    "tuesdays|вторникам|dienstags|mardis",
    "wednesdays|средам|mittwochs|mercredis",
    "thursdays|четвергам|donnerstags|jeudis",
    "fridays|пятницам|freitags|vendredis",
    "saturdays|субботам|samstags|sonnabends|samedis|sabados",
    "sundays|воскресеньям|sonntags|dimanches|domingos",
)


def _by_name(names: Sequence[str]) -> dict[str, int]:
    return {fold(name): weekday for weekday, many in enumerate(names) for name in many.split("|")}


_WHOLE_OF, _SHORT_OF, _RECURRING_OF = _by_name(_WEEKDAYS), _by_name(_SHORT), _by_name(_RECURRING)
_NAMES = "|".join(sorted({*_WHOLE_OF, *_SHORT_OF, *_RECURRING_OF}, key=len, reverse=True))
_WEEKDAY = re.compile(
    rf"(?:(?P<each>{'|'.join(sorted(EACH))}|los|todos los|tous les|les|по) |(?P<on>on|am|le|el|в|во) )?"
    rf"(?P<name>{_NAMES})"
)
_BOUNDS = frozenset(
    map(
        fold,
        "from since starting start begin beginning until till before after by ab seit bis vor nach depuis dès avant "
        "après jusqu'à desde hasta с до после".split(),
    )
)
_JOINED = re.compile(rf"(?:{_NAMES})(?:[-/\N{{EN DASH}}+&](?:{_NAMES}))+")
_NTH = (
    r"(?:first|second|third|fourth|last|1st|2nd|3rd|4th|ersten|zweiten|dritten|letzten|premier|deuxieme|dernier|primer|"
    r"segundo|ultimo|первыи|второи|последнии|первую|вторую|последнюю)"
)
_SKIPPING = re.compile(
    rf"(?:{'|'.join(sorted(EACH))}) (?:other|{_NTH}) (?:{_NAMES})|"
    rf"{_NTH} (?:{_NAMES}) (?:(?:of|in) (?:the|each|every|a) month|im monat|du mois|del mes|месяца?)"
)
"""Weekdays of some weeks alone: "every other friday", "first monday of the month"."""
_DAY_OF = {**_WHOLE_OF, **_SHORT_OF, **_RECURRING_OF}
_FROM_TO = re.compile(
    rf"(?:(?:from|von|du|de|с) )?(?P<first>{_NAMES})(?:[-\N{{EN DASH}}]| (?:to|through|till|bis|au|a|al|по|до) )"
    rf"(?P<last>{_NAMES})"
)
_RANGES = {(0, 4): Rhythm.WEEKDAYS, (0, 6): Rhythm.DAILY}
_RANGE = re.compile(rf"(?<!\w)({_NAMES}) +[-\N{{EN DASH}}] +({_NAMES})(?!\w)", re.IGNORECASE)
_AND = frozenset(map(fold, "and|or|to|und|oder|bis|et|ou|y|o|и|или|&|+".split("|")))

_RHYTHM_OF = MappingProxyType({fold(said): rhythm for rhythm, many in _RHYTHMS.items() for said in many.split("|")})
_SPELT = MappingProxyType(
    {
        word: 1
        for said in (*_RHYTHM_OF, *_NO_RHYTHMS, *EACH, *_WHOLE_OF, *_RECURRING_OF)
        for word in said.split()
        if len(word) > 4
    }
)
"""Words of rhythms that are long enough to be known with a slip."""


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week that some words say: `day` from Monday, 0; `length` counts the words.

    `recurs` says that it is said to ("every monday", "mondays"), `led` that "on" stands before it, `short` that its
    name is a short one, which may be another word; `small` one that is a small word elsewhere ("so").
    """

    day: int
    length: int
    recurs: bool = False
    led: bool = False
    short: bool = False
    small: bool = False


def spelt(word: str) -> str | None:
    """Return the word of a rhythm that a folded word with a slip is meant for, if any: "weekdays" for "weekdys"."""
    return next(iter(corrections(word.replace("\N{EN DASH}", "-"), _SPELT)), None)


def read_rhythm(words: Sequence[str]) -> tuple[Rhythm, int] | None:
    """Return a rhythm where the first of these words say so, and how many do."""
    for length in range(min(MOST_WORDS, len(words)), 0, -1):
        said = fold(" ".join(words[:length]))
        rhythm = _RHYTHM_OF.get(said)
        if rhythm is None and (found := _FROM_TO.fullmatch(said)):
            rhythm = _RANGES.get((_DAY_OF[found["first"]], _DAY_OF[found["last"]]))
        if rhythm:
            return rhythm, length
    return None


def close_ranges(typed: str) -> str:
    """Return what was typed with the blanks taken out of "mon - fri"."""
    return _RANGE.sub(r"\1-\2", typed)


def joins(word: str) -> bool:
    """Tell whether a word stands between two days: "and"."""
    return fold(word) in _AND


def part_of_day(words: Sequence[str]) -> str | None:
    """Return the hour that a rhythm means where none is said: "every evening"; None where it says none."""
    return _PARTS.get(fold(" ".join(words)))


def read_no_rhythm(words: Sequence[str]) -> int:
    """Return how many of the first words say a rhythm that there is not, such as "monthly"; 0 for none."""
    lengths = range(min(MOST_WORDS, len(words)), 0, -1)
    for length in lengths:
        said = fold(" ".join(words[:length]))
        often = _OFTEN.fullmatch(said) or _SKIPPING.fullmatch(said)
        if said in _NO_RHYTHMS or (often and said not in _RHYTHM_OF):
            return length
    return 0


def is_span(word: str) -> bool:
    """Tell whether a word is a span of time, which a number before it counts: "days"."""
    return re.fullmatch(_SPAN, fold(word)) is not None


def is_bound(word: str) -> bool:
    """Tell whether a word says that something is to begin or to end on the day behind it: "from", "until"."""
    return fold(word) in _BOUNDS


def read_weekday(words: Sequence[str]) -> Weekday | None:
    """Return the weekday that the first of these words say; None where they say none."""
    for length in range(min(_WEEKDAY_WORDS, len(words)), 0, -1):
        if found := _WEEKDAY.fullmatch(fold(" ".join(words[:length]))):
            name = found["name"]
            if name in _RECURRING_OF:
                return Weekday(_RECURRING_OF[name], length, recurs=True)
            recurs, led = found["each"] is not None, found["on"] is not None
            if name in _WHOLE_OF:
                return Weekday(_WHOLE_OF[name], length, recurs=recurs, led=led)
            return Weekday(_SHORT_OF[name], length, recurs=recurs, led=led, short=True, small=name in _SMALL)
    return None


def read_weekdays_in_row(words: Sequence[str]) -> int:
    """Return how many of the first words name several weekdays, such as "mon wed fri", "sat-sun"; 0 for one or none."""
    if words and _JOINED.fullmatch(fold(words[0])):
        return 1
    at = end = named = 0
    while at < len(words):
        day = read_weekday(words[at:])
        if day is not None and not day.small:
            at += day.length
            end, named = at, named + 1
        elif named and joins(words[at]):
            at += 1
        else:
            break
    return end if named > 1 else 0
