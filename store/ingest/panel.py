"""Who is heard in a panel, a debate, a hearing or a call for investors whose title names nobody: all but who leads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from store.ingest.formulas import is_formula
from store.ingest.labels import Label
from store.ingest.outlets import is_named_so, speaks_for
from store.ingest.page import Paragraph
from store.ingest.persons import is_office, names_in, same_person, surname
from store.text import fold, words

_PANEL = re.compile(
    r"\b(?:panel|round\s?-?table|debate|hearing|symposium|plenary|podium|podiumsdiskussion|table\s+ronde|mesa\s+redonda"
    r"|hansard|the\s+house\s+(?:met|sat|assembled)|(?:council|committee|board|assembly|parliament\w*|senate|plenary)\s+"
    r"(?:[\w-]+\s+){0,2}(?:session|meeting|sitting|proceedings)"
    r"|(?P<call>(?:earnings|results|investors?|analysts?|conference|quarter(?:ly)?|q[1-4])\s+(?:[\w-]+\s+){0,2}?call)"
    r"|(?:panel\s+|group\s+|public\s+)discussion|круглый\s+стол|дискусси\w+)\b",
    re.IGNORECASE,
)
"""What a title calls a text in which all who speak are heard for themselves, whomever it names."""
_MODERATES = re.compile(r"\b(?:moderat\w+|host\w*|presen(?:ts|ted|ter)|interview\w*|ведущ\w+|leitung)\b", re.IGNORECASE)
_WELCOMES = re.compile(
    r"\b(?:welcome\s+(?:back\s+)?(?:to\b|all\b|every|ladies|you\b)|(?:please\s+)?(?:join\s+me\s+in\s+)?welcom(?:e|ing)\s+our\b"
    r"|i\s+welcome\s+(?:you|our|all)\b|joining\s+(?:us|me)\b|with\s+(?:us|me)\s+(?:today|tonight|here|this|are|is)\b|thank\s+you\s+(?:all\s+)?for\s+(?:coming|joining)"
    r"|willkommen|bienvenue|bienvenid[oa]s|добро\s+пожаловать)",
    re.IGNORECASE,
)
"""What is said by who leads a talk and opens it."""
_CALLED = re.compile(r"\bquestions?\b[^.?!]{0,60}?\b(?:from|is|by|with)\b(?P<who>[^.?!]{1,80})", re.IGNORECASE)
"""What is said by who calls somebody to ask: "Our next question comes from the line of Ann Lee of …"."""
_HANDS_OVER = re.compile(
    r"\b(?:over|floor|back)\s+to\b|\b(?:hear|remarks|presentation|statement|comments)\s+(?:from|by)\b|\bjoined\s+by\b",
    re.IGNORECASE,
)
"""What is said by who gives a call for investors to one of the company's."""
_SHORT = 120
"""Words that a turn of a call which asks has at most, where it does not end with the question."""
_LEADS = "who leads such a talk is not heard in it"
_SPEAKS_FOR = "it is the outlet’s, or speaks for it"
_ASKS = "it asks"
_COURTEOUS = "it says nothing but courtesies"
_HOLDS = "nothing tells who holds that office"


def heard(
    named: Counter[str],
    labels: Mapping[int, Label],
    page: Sequence[Paragraph],
    title: str,
    asking: frozenset[int],
    *,
    outlet: str,
) -> tuple[list[str], dict[str, str]]:
    """Return who is heard in a panel, a debate, a hearing or a call whose title names nobody who speaks, and why others
    are not, by the folded name; nobody where it is none, and one alone only in a call.

    Not heard is who leads: ends a third of the turns with a question, or is said to lead, or opens it with a welcome or
    introduces two of the others; or is the outlet, or speaks for it. Who says nothing but courtesies, asks within the
    only turn or is called to ask ("Our next question comes from …"), is none of them either.
    """
    kind = _PANEL.search(title)
    if not kind or any(same_person(name, one) for name in named for one in names_in(title)):
        return [], {}
    opening = next((labels[index] for index in sorted(labels) if labels[index].role == "name"), None)
    head = [line.text for line in page[: min(labels, default=0)] if _MODERATES.search(line.text)]
    called = {
        word for label in labels.values() for match in _CALLED.finditer(label.rest) for word in words(match["who"])
    }

    def why(name: str) -> str | None:
        turns = {index: label for index, label in labels.items() if label.name == name}
        asks = len(asking & turns.keys()) or (len(turns) == 1 and "?" in next(iter(turns.values())).rest)
        others = {surname(other) for other in named if not same_person(other, name)}
        welcomes = opening is not None and opening.name == name and _WELCOMES.search(opening.rest) is not None
        presents = opening in turns.values() and len(others.intersection(words(opening.rest if opening else ""))) > 1
        if is_office(name):
            return _HOLDS
        if presents or welcomes or any(same_person(one, name) for text in head for one in names_in(text)):
            return _LEADS
        if fold(name) == fold(outlet) or is_named_so(name):
            return _SPEAKS_FOR
        if not kind["call"] and any(speaks_for(label.rest) for label in turns.values()):
            return _SPEAKS_FOR
        # In a call, who answers asks others to go on: "Bob, do you want to add to that?".
        asks_most = asks * (2 if kind["call"] else 3) >= len(turns) + bool(kind["call"])
        if surname(name) in called or asks_most or (kind["call"] and _is_caller(name, labels, asking)):
            return _ASKS
        return _COURTEOUS if all(is_formula(label.rest) for label in turns.values()) else None

    reasons = {name: why(name) for name in named}
    names = [name for name, reason in reasons.items() if reason is None]
    left = {fold(name): reason for name, reason in reasons.items() if reason is not None}
    return (names if kind["call"] or len(names) > 1 else []), left


def _is_caller(name: str, labels: Mapping[int, Label], asking: frozenset[int]) -> bool:
    """Tell whether somebody is heard first in a call for investors to ask: behind the operator, to whom no turn of the
    company's is handed over, or with a question that somebody answers who spoke before.
    """
    order = [labels[index] for index in sorted(labels)]
    first = next(at for at, label in enumerate(order) if label.name == name)
    before = {label.name for label in order[:first] if label.role == "name"}
    if not before:
        return False
    operator, text = order[first - 1], set(words(order[first - 1].rest))
    if operator.role == "unknown" and not (surname(name) in text and _HANDS_OVER.search(operator.rest)):
        return True
    answers = first + 1 < len(order) and order[first + 1].name in before
    asks = sorted(labels)[first] in asking or ("?" in order[first].rest and len(words(order[first].rest)) <= _SHORT)
    return answers and asks
