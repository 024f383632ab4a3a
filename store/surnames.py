"""Persons as texts name them, with an office: "Chancellor of Germany Angela Merkel", "Mr Torkunov"; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from store.text import fold

_TITLES = (
    "President|Prime Minister|Foreign Minister|Defen[cs]e Minister|Minister|Chancellor|Secretary of State|"
    "Secretary[- ]General|Secretary|Ambassador|General|Colonel|Senator|Congressman|Mr|Mrs|Ms|Miss|Dr|Sir|Lord|King|"
    "Queen|Prince|Princess|Pope|Governor|Mayor|Rector|Director|Chairman|Chairwoman|Chairperson|Commissioner|Professor|Premier|"
    "Academician|Sheikh|Patriarch"
)
_TITLE = re.compile(_TITLES)
"""Where a person may be named: without the boundary before it, this is looked for by its first letters alone."""

_PERSON = re.compile(
    rf"\b(?:{_TITLES})\.?\s(?:(?:of|for)\s(?:the\s)?[A-Z]\w+(?:\s(?:and\s)?[A-Z]\w+){{0,3}}?\s)?"
    r"(?P<given>(?:[A-Z](?:\.|[a-zé]+)\s){0,2}(?:[A-Z][a-z]+-)?)"
    r"(?P<surname>(?:al-|el-|de |van |von )?[A-Z][^\W\d_]+(?:-[A-Z][^\W\d_]+)?)"
)

TITLES = frozenset(
    """
    president minister prime foreign defence defense chancellor secretary state general ambassador colonel senator
    congressman vice mr mrs ms miss dr sir lord king queen prince princess pope governor mayor rector director chairman
    chairwoman chairperson commissioner professor premier academician sheikh patriarch herr frau monsieur madame senor
    """.split()
)
"""Folded words that may stand before a person's name without telling which person is meant."""

_WITH_INITIALS = 3
"""Words of a name that people go by the initials of."""

_NO_NAMES = frozenset(
    """
    affairs state states foreign defence defense council union nations house government duma assembly office ministry
    general deputy prime minister president secretary of the and in russia russian us uk eu un united embassy academy
    federation republic
    """.split()
)


class Person(NamedTuple):
    """A person's folded surname, and the given name before it, empty where the text has none.

    `initials` and the `whole` name are there where it has three words: "FDR" is Franklin D. Roosevelt.
    """

    surname: str
    given: str
    initials: str = ""
    whole: str = ""


def named(text: str) -> Iterator[Person]:
    """Yield the persons that a text names with an office or title, in order."""
    for found in _persons(text):
        surname = fold(found["surname"].replace("-", " ").split()[-1])
        given = [fold(name.strip(".")) for name in found["given"].replace("-", " ").split()]
        if surname not in _NO_NAMES and not _NO_NAMES.intersection(given) and len(surname) > 2:
            whole = (*given, surname)
            initials = "".join(name[0] for name in whole) if len(whole) == _WITH_INITIALS else ""
            yield Person(surname, given[0] if given else "", initials, " ".join(whole) if initials else "")


def _persons(text: str) -> Iterator[re.Match[str]]:
    at = 0
    while title := _TITLE.search(text, at):
        found = _PERSON.match(text, title.start())
        at = title.start() + 1
        if found is not None:
            yield found
            at = found.end()
