"""Who a report is about: the person to whom its sentences give words, if it tells who that is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from store.ingest.clauses import clauses
from store.ingest.labels import small_words
from store.ingest.page import Paragraph
from store.ingest.persons import NOT_A_PERSON, is_city, names_in, same_person, surname
from store.ingest.quotations import cover, quotations
from store.ingest.saying import Clause, Person
from store.ingest.verbs import VERB
from store.model import Source
from store.text import STOP_WORDS, fold, words

_HEAD = 8
_SAY = "say `speaker` in sources.toml"
_TAKES_PART = re.compile(
    rf"(?:^|(?<=[.!?…”\"]\s))(?P<name>[^\W\d_a-z][^\W\d_A-Z][\w’'-]+)\s+(?:(?:then|also)\s+)?(?:{VERB}(?!\w)"
    r"|(?:took|takes)\s+(?:to\s+)?the\s+(?:floor|stage|podium|stand|microphone|rostrum)|rose\b|st(?:oo|an)ds?\s+up\b"
    r"|(?:stepped|weighed|chimed|cut|broke)\s+in\b|(?:dis)?agree[sd]*\b|nodded|laughed|smiled|shrugged|followed\.|spoke\b)"
)
"""A sentence about somebody who speaks, by the surname alone: "Berg took the floor."."""
_OFFICE = re.compile(
    r"(?<!\w)(?P<office>(?:\w{1,30}\s+){0,2}?(?:[Mm]inister|[Pp]resident|[Cc]hancellor|[Ss]ecretary(?:\s+of\s+[Ss]tate|-[Gg]eneral)?"
    r"|[Ss]ecretary\s+[Gg]eneral|[Aa]mbassador|[Gg]overnor|[Ss]enator|[Ss]pokes(?:man|woman|person)|[Pp]remier|[Mm]ayor"
    r"|[Dd]irector|[Cc]hairman|[Kk]ing|[Pp]ope))\s+"
    r"(?P<name>[^\W\d_a-z][\w-]{1,40}(?:\s+[^\W\d_a-z][\w.-]{0,40}){0,3})"
)


def person_of(page: Sequence[Paragraph], source: Source, *, title: str) -> Person | None:
    """Return the person a report is about; None where neither `sources.toml` nor the head of the page names one."""
    offices = [(match["office"], match["name"]) for line in page for match in _OFFICE.finditer(line.text)]

    names = Counter(name for line in page for name in names_in(line.text))

    def known_as(name: str) -> Person:
        namesakes = [other for other in names if surname(other) == surname(name)]
        own = _offices([office for office, holder in offices if same_person(holder, name)])
        others = _offices([office for office, holder in offices if not same_person(holder, name)])
        shared = frozenset({*others, "diplomat"}.intersection(own))
        alone = all(same_person(other, name) for other in namesakes)
        bare = alone or same_person(namesakes[0], name)  # Who is named first in full is called by the surname later.
        return Person(name, own, shared, namesakes=not alone, bare=bare)

    if source.speaker is not None:
        return known_as(source.speaker)
    head = [title, *(line.text for line in page[:_HEAD])]
    in_head = {word for text in head for word in words(text)}
    candidates = [name for name, _ in names.most_common() if surname(name) in in_head]
    persons = [known_as(name) for name in candidates[:_HEAD]]
    spoken = {person.name: sum(says(line.text, person) for line in page) for person in persons}
    in_title = set(words(title))
    best = max(persons, key=lambda person: (surname(person.name) in in_title, spoken[person.name]), default=None)
    return best if best is not None and spoken[best.name] else None


def unknown_of(page: Sequence[Paragraph], person: Person, *, title: str, newest_first: bool) -> str | None:
    """Return why nothing tells that a person named in full is who a report calls by the surname alone; None where
    something does. `page` are its paragraphs behind the title.

    Who is meant is named in full by the title, or not later than words are given to the surname, which may be at the
    foot of what is told newest first; or with an office, if the surname has no other, and has that one not later, or
    stands in the title and words are given to both. Nobody is meant by the surname of another in the title, or of one
    who says as much.
    """
    if any(same_person(name, person.name) for name in names_in(title)):
        return None
    texts = [line.text for line in page]
    called = person.name.split()[-1]
    full = [any(same_person(name, person.name) for name in names_in(line.text)) for line in page]
    told = [
        one for one, line in zip(full, page, strict=True) if one or (not line.is_heading and says(line.text, person))
    ]
    titled = surname(person.name) in words(title)
    held: dict[bool, set[str]] = {True: set(), False: set()}
    early = False
    spoken = next((at for at, line in enumerate(page) if not line.is_heading and says(line.text, person)), len(page))
    for at, match in ((at, match) for at, text in enumerate([title, *texts], -1) for match in _OFFICE.finditer(text)):
        if same_person(match["name"], person.name):
            held[" " in match["name"]].add(surname(match["office"]))
            early |= at <= spoken or (" " in match["name"] and titled and says(texts[at], person))
    if not ((early and held[True] and held[False] <= held[True]) or True in told[:1] or (newest_first and told[-1])):
        return f"nothing tells that “{called}” is {person.name}, whom it names further down: {_SAY}"
    if titled:
        return None
    in_full = {surname(name) for line in page for name in names_in(line.text)}
    most = _times(page, person)
    for other in by_surname(page, person):
        if surname(other) not in in_full and (other in title.split() or _times(page, Person(other)) >= most):
            return f"nothing tells who “{other}” is, whose words it reports and whom it never names in full: {_SAY}"
    return None


def _times(lines: Sequence[Paragraph], person: Person) -> int:
    """Return how often a report gives words to a person by name."""
    return sum(len(_named(line.text, person)) for line in lines)


def lacks_of(page: Sequence[Paragraph]) -> str | None:
    """Return what a report lacks that gives words to somebody whom its head does not name; None where it is none."""
    count = Counter(name for line in page for name in names_in(line.text))
    for name, _ in count.most_common(_HEAD):
        if any(says(line.text, Person(name)) for line in page):
            return f"nothing tells whose words are wanted, those of {name} or of others: {_SAY}"
    return None


def by_surname(lines: Sequence[Paragraph], person: Person) -> tuple[str, ...]:
    """Return the surnames of those whom a page never names in full, and of whom it tells that they speak or are
    about to: "Berg took the floor."; no places, and no words that the page writes small.
    """
    small = small_words(lines)
    found = {match["name"] for line in lines for match in _TAKES_PART.finditer(line.text)}
    return tuple(
        name
        for name in sorted(found)
        if not (person.is_named(name) or is_city(name) or name.lower() in small)
        and fold(name) not in STOP_WORDS | NOT_A_PERSON
    )


def _offices(found: Sequence[str]) -> tuple[str, ...]:
    offices: list[str] = []
    for office in found:
        parts = fold(office).split()
        offices += [" ".join(parts[at:]) for at in range(len(parts))]
    if any(office.endswith("foreign minister") for office in offices):
        offices += ["top diplomat", "chief diplomat", "diplomat"]
    return tuple(dict.fromkeys(sorted(offices, key=len, reverse=True)))


def says(text: str, person: Person) -> bool:
    """Tell whether a paragraph gives words to a person by name or office."""
    return bool(_named(text, person))


def _named(text: str, person: Person) -> list[Clause]:
    if not person.is_in(text):
        return []
    found = clauses(cover(text, quotations(text)), person)
    return [clause for clause in found if clause.ours and not clause.pronoun]
