"""Days on which a digest comes, as people write them; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import MappingProxyType

from store.model import Rhythm
from store.text import fold

MOST_WORDS = 8
"""Words that a rhythm may take: "every second week on monday"."""

_RHYTHMS = MappingProxyType(
    {
        Rhythm.DAILY: "every morning|every evening|every night|каждое утро|каждый вечер|jeden morgen|jeden abend|"
        "chaque matin|chaque soir|tous les matins|tous les soirs|cada manana|cada noche|todas las mananas|"
        "todas las noches|daily|every day|each day|everyday|ежедневно|каждый день|taglich|jeden tag|quotidien|"
        "tous les jours|chaque jour|diario|diariamente|cada dia|todos los dias",
        Rhythm.WEEKDAYS: "mon-fri|mo-fr|пн-пт|lun-ven|lun-vie|monday-friday|"
        "monday to friday|monday through friday|mon to fri|с понедельника по пятницу|montag bis freitag|mo bis fr|"
        "montags bis freitags|du lundi au vendredi|lundi a vendredi|de lunes a viernes|lunes a viernes|"
        "weekdays|weekday|every weekday|on weekdays|workdays|working days|по будням|будни|werktags|"
        "wochentags|en semaine|jours ouvrables|entre semana|dias laborables",
        Rhythm.WEEKLY: "weekly|every week|each week|once a week|еженедельно|раз в неделю|каждую неделю|wochentlich|"
        "jede woche|hebdomadaire|chaque semaine|semanal|semanalmente|cada semana",
    }
)
_NO_RHYTHMS = frozenset(
    fold(said)
    for said in (
        "every other day|every second day|every two days|every two weeks|every other week|every second week|weekend|"
        "the weekend|"
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

_EACH = "every|each|jeden|jede|jedes|chaque|cada|каждый|каждая|каждое|каждую"
EACH = frozenset(map(fold, _EACH.split("|")))
"""What says of a time that it recurs, and nothing without that time; folded."""

_ON = "on|am|le|el|в|во"
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
"""Short names, which are other words too: they count behind "weekly" and, save those of German, in a row."""

_RECURRING = (
    "mondays|по понедельникам|montags|lundis|los lunes|todos los lunes",
    "tuesdays|по вторникам|dienstags|mardis|los martes|todos los martes",
    "wednesdays|по средам|mittwochs|mercredis|los miercoles|todos los miercoles",
    "thursdays|по четвергам|donnerstags|jeudis|los jueves|todos los jueves",
    "fridays|по пятницам|freitags|vendredis|los viernes|todos los viernes",
    "saturdays|по субботам|samstags|sonnabends|samedis|los sabados|todos los sabados",
    "sundays|по воскресеньям|sonntags|dimanches|los domingos|todos los domingos",
)
_WEEKDAY = tuple(
    (
        re.compile(rf"(?:(?P<each>{'|'.join(sorted(EACH))}) |(?:{fold(_ON)}) )?(?:{fold(name)})"),
        re.compile(rf"(?:(?:on|tous les|les) )?(?:{fold(many)})"),
    )
    for name, many in zip(_WEEKDAYS, _RECURRING, strict=True)
)

_SHORT_OF = MappingProxyType({fold(name): weekday for weekday, names in enumerate(_SHORT) for name in names.split("|")})
_IN_ROW = frozenset(
    fold(name) for names in (*_WEEKDAYS, *_SHORT, *_RECURRING) for name in names.split("|") if " " not in name
) - frozenset({"mo", "di", "mi", "do", "fr", "sa", "so"})
_AND = frozenset({"and", "und", "et", "y", "и", "&"})

_RHYTHM_OF = MappingProxyType({fold(said): rhythm for rhythm, many in _RHYTHMS.items() for said in many.split("|")})


def read_rhythm(words: Sequence[str]) -> tuple[Rhythm, int] | None:
    """Return a rhythm where the first of these words say so, and how many do."""
    for length in range(min(MOST_WORDS, len(words)), 0, -1):
        if rhythm := _RHYTHM_OF.get(fold(" ".join(words[:length])).replace("\N{EN DASH}", "-")):
            return rhythm, length
    return None


def read_no_rhythm(words: Sequence[str]) -> int:
    """Return how many of the first words say a rhythm that there is not, such as "monthly"; 0 for none."""
    lengths = range(min(MOST_WORDS, len(words)), 0, -1)
    return next((length for length in lengths if fold(" ".join(words[:length])) in _NO_RHYTHMS), 0)


def read_weekday(words: Sequence[str], *, weekly: bool) -> tuple[int, int] | None:
    """Return the weekday that the first of these words say, from Monday, 0, and how many do; None where they say none.

    "every monday" and "mondays" say that it recurs; "monday" and "on monday" only count where `weekly` was said.
    """
    for length in range(min(MOST_WORDS, len(words)), 0, -1):
        said = fold(" ".join(words[:length]))
        for weekday, (once, recurring) in enumerate(_WEEKDAY):
            match = once.fullmatch(said)
            if recurring.fullmatch(said) or (match and (weekly or match["each"])):
                return weekday, length
    return None


def read_short_weekday(words: Sequence[str]) -> tuple[int, int] | None:
    """Return the weekday that the first of these words is short for, from Monday, 0, and 1; None for no such word."""
    weekday = _SHORT_OF.get(fold(words[0])) if words else None
    return None if weekday is None else (weekday, 1)


def read_weekdays_in_row(words: Sequence[str]) -> int:
    """Return how many of the first words name several weekdays, such as "mon wed fri"; 0 for one or none."""
    end = named = 0
    for at, word in enumerate(map(fold, words)):
        if word in _IN_ROW:
            end, named = at + 1, named + 1
        elif word not in _AND or not named:
            break
    return end if named > 1 else 0
