"""Reports: live blogs and news articles, in which an outlet quotes and paraphrases what somebody said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from store.ingest.asking import Step, answered, asks, is_newest_first
from store.ingest.attribution import Attributed, Attributor, Run
from store.ingest.clauses import clauses
from store.ingest.header import is_dateline, title_index
from store.ingest.labels import small_words
from store.ingest.layout import Reading, Utterance
from store.ingest.page import Paragraph
from store.ingest.persons import NOT_A_PERSON, is_city, names_in, same_person, surname
from store.ingest.quotations import Quotation, cover, is_single_style, quotations
from store.ingest.saying import Person, pronoun_of
from store.ingest.titles import kind_of
from store.ingest.verbs import VERB
from store.model import Attribution, Source
from store.text import STOP_WORDS, fold, sentences, words

_HEAD = 8
_TITLE_WITHIN = 12
_LONGEST = 20_000
"""A longer line is no paragraph of a report."""
_AHEAD = 6
_STAMP = re.compile(
    r"^\W*(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s*(?:[ap]\.?\s?m\.?|GMT|UTC|BST|C?EST|MSK|EDT))*\s*[:–—-]*\s+", re.IGNORECASE
)
"""The time a post of a live blog begins with."""
_TAKES_PART = re.compile(
    rf"(?:^|(?<=[.!?…”\"]\s))(?P<name>[^\W\d_a-z][^\W\d_A-Z][\w’'-]+)\s+(?:(?:then|also)\s+)?(?:{VERB}(?!\w)"
    r"|(?:took|takes)\s+(?:to\s+)?the\s+(?:floor|stage|podium|stand|microphone|rostrum)|rose\b|st(?:oo|an)ds?\s+up\b"
    r"|(?:stepped|weighed|chimed|cut|broke)\s+in\b|(?:dis)?agree[sd]*\b|nodded|laughed|smiled|shrugged|followed\.|spoke\b)"
)
"""A sentence about somebody who speaks, by the surname alone: "Berg took the floor."."""
_IS_ASKED = re.compile(r"\W*(?:when\s+)?(?:asked|pressed|questioned)\b", re.IGNORECASE)
_ACRONYM = re.compile(r"\b[A-Z]{2,}\b")
_SIGNATURE = re.compile(r"^(?:[—–-]{1,2}\s*[^\W\d_a-z]|(?P<name>[^\W\d_a-z][^,]{3,40})(?:,|$))")
_OFFICE = re.compile(
    r"(?<!\w)(?P<office>(?:\w{1,30}\s+){0,2}?(?:[Mm]inister|[Pp]resident|[Cc]hancellor|[Ss]ecretary(?:\s+of\s+[Ss]tate|-[Gg]eneral)?"
    r"|[Ss]ecretary\s+[Gg]eneral|[Aa]mbassador|[Gg]overnor|[Ss]enator|[Ss]pokes(?:man|woman|person)|[Pp]remier|[Mm]ayor"
    r"|[Dd]irector|[Cc]hairman|[Kk]ing|[Pp]ope))\s+"
    r"(?P<name>[^\W\d_a-z][\w-]{1,40}(?:\s+[^\W\d_a-z][\w.-]{0,40}){0,3})"
)


def read(page: Sequence[Paragraph], *, source: Source, language: str | None) -> Reading:
    """Read a page as a report about one person: the one of `sources.toml`, else the one its title or head names and its
    sentences most often give words to.

    A paragraph that gives words to the person is a passage: quoted where some stand in quotation marks and are the
    person's, else reported. What the person did, what was asked and what others said are none; where others are quoted
    within it, what stands before and behind their sentences is.
    """
    at = title_index(page[:_TITLE_WITHIN], language)
    # A sentence that stands in for a title is of the text itself.
    body = _behind_head(page, 0 if at is None else at + (not page[at].is_closed), language)
    person = _person(page, source, title=page[at].text if at is not None else "")
    if person is None:
        return Reading(body, 0.0, (), lacks=_lacks(page))
    signed = {
        index
        for index, (line, after) in enumerate(zip(page, page[1:], strict=False))
        if index >= body and line.text[:1] in '“"«„‘' and _is_signature(after, person)
    }
    lines = [
        replace(line, text=_STAMP.sub("", line.text))
        for index, line in enumerate(page[body:], body)
        if not _is_aside(line) and index not in signed
    ]
    alone = _by_surname(lines, person)
    others, single_style = _others(lines, person) | alone, is_single_style(line.text for line in lines)
    covered = [cover(line.text, quotations(line.text, single_style=single_style)) for line in lines]
    person = replace(person, pronoun=pronoun_of(covered, person, others))
    attributor = Attributor(
        person=person,
        others=others,
        rivals=_rivals(lines, covered, person) | alone,
        single_style=single_style,
        asked_terms=_asked_terms(lines, person),
    )
    doubting = replace(attributor, person=replace(person, bare=False))
    read_so_far: list[Attributed] = []
    for index, (line, is_meant) in enumerate(zip(lines, _meant(lines, person), strict=True)):
        following = [later.text for later in lines[index + 1 : index + _AHEAD]]
        reader = attributor if is_meant else doubting
        read_so_far.append(reader.attribute(line.text, read_so_far[-1] if read_so_far else None, following))
    newest_first = is_newest_first([line.text for line in page[body:]])
    utterances = tuple(_utterances(lines, read_so_far, person, newest_first=newest_first))
    known = sum(len(line.text) for line, what in zip(lines, read_so_far, strict=True) if what.said or what.asked)
    live = kind_of(" ".join(line.text for line in page[: body + _HEAD])) == "live blog"
    return Reading(
        body=body,
        explained=known / sum(len(line.text) for line in page) if utterances else 0.0,
        utterances=utterances,
        kind="live blog" if live else "news report",
        live=live and any(line.is_heading and is_dateline(line.text, language) for line in page[body:]),
    )


def _utterances(
    lines: Sequence[Paragraph], read: Sequence[Attributed], person: Person, *, newest_first: bool
) -> Iterator[Utterance]:
    steps = [
        Step(line.text, asked=what.asked, said=what.said, continues=what.continues)
        for line, what in zip(lines, read, strict=True)
    ]
    question = answered(steps, newest_first=newest_first)
    for index, (line, what) in enumerate(zip(lines, read, strict=True)):
        if what.said:
            for start, end, verbatim, asked in what.runs or (Run(0, len(line.text), what.verbatim),):
                attribution = Attribution.QUOTED if verbatim else Attribution.REPORTED
                text = line.text[start:end]
                yield Utterance(line.line, text, attribution, person.name, asked or question.get(index), verbatim)


def _behind_head(page: Sequence[Paragraph], index: int, language: str | None) -> int:
    """Return the index of the first paragraph behind the title that is neither its day nor a control of the page."""
    while index < len(page) and (page[index].is_heading or is_dateline(page[index].text, language)):
        index += 1
    return index


def _is_aside(line: Paragraph) -> bool:
    """Tell whether a line is the page's: a control, a day, or a headline, which has no end where sentences have one."""
    return line.is_furniture or line.is_stage_direction or line.is_heading or len(line.text) > _LONGEST


def _is_signature(line: Paragraph, person: Person) -> bool:
    """Tell whether a line says that the one before is somebody else's: "— Bob Ray, fisherman", "Bob Ray, fisherman"."""
    signature = _SIGNATURE.match(line.text)
    if signature is None or not line.is_heading or person.is_in(line.text):
        return False
    return signature["name"] is None or next(names_in(signature["name"]), None) == signature["name"]


def _person(page: Sequence[Paragraph], source: Source, *, title: str) -> Person | None:
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
    spoken = {person.name: sum(_says(line.text, person) for line in page) for person in persons}
    in_title = set(words(title))
    best = max(persons, key=lambda person: (surname(person.name) in in_title, spoken[person.name]), default=None)
    return best if best is not None and spoken[best.name] else None


def _meant(lines: Sequence[Paragraph], person: Person) -> Iterator[bool]:
    """Yield for each line whether the surname alone means the person in it.

    It does not where a namesake is named in full, nor behind that, until the person is.
    """
    meant = True
    for line in lines:
        full = [name.split() for name in names_in(line.text)]
        full = [name for name in full if person.is_named(name[-1]) and not is_city(name[0])]  # "In Oslo Lee said".
        named = [same_person(" ".join(name), person.name) for name in full]
        yield all(named) if named else meant
        meant = named[-1] if named else meant


def _lacks(page: Sequence[Paragraph]) -> str | None:
    """Return what a report lacks that gives words to somebody whom its head does not name; None where it is none."""
    count = Counter(name for line in page for name in names_in(line.text))
    for name, _ in count.most_common(_HEAD):
        if any(_says(line.text, Person(name)) for line in page):
            return f"nothing tells whose words are wanted, those of {name} or of others: say `speaker` in sources.toml"
    return None


def _others(lines: Sequence[Paragraph], person: Person) -> frozenset[str]:
    """Return the folded surnames of the persons a page names besides the one it is about."""
    found = {name for line in lines for name in names_in(line.text)}
    return frozenset(surname(name) for name in found if not person.is_named(name.split()[-1]))


def _by_surname(lines: Sequence[Paragraph], person: Person) -> frozenset[str]:
    """Return the folded surnames of those whom a page never names in full, and of whom it tells that they speak or are
    about to: "Berg took the floor."; no places, and no words that the page writes small.
    """
    small = small_words(lines)
    found = {match["name"] for line in lines for match in _TAKES_PART.finditer(line.text)}
    return frozenset(
        fold(name)
        for name in found
        if not (person.is_named(name) or is_city(name) or name.lower() in small)
        and fold(name) not in STOP_WORDS | NOT_A_PERSON
    )


def _rivals(lines: Sequence[Paragraph], covered: Sequence[str], person: Person) -> frozenset[str]:
    """Return the folded surnames of the others for whom the person's pronoun may stand: all but those whom the report
    calls by another one, and names with an acronym ("UN Geneva"), which are no persons'.
    """
    found = {name for line in lines for name in names_in(line.text) if not _ACRONYM.search(name) or name.isupper()}
    names = {surname(name): name for name in sorted(found) if not person.is_named(name.split()[-1])}
    everybody = frozenset({*names, surname(person.name)})

    def is_other(folded: str, name: str) -> bool:
        texts = [text for text in covered if name.rsplit(maxsplit=1)[-1] in text]
        return person.is_other(pronoun_of(texts, Person(name), everybody - {folded}))

    return frozenset(folded for folded, name in names.items() if person.pronoun is None or not is_other(folded, name))


def _offices(found: Sequence[str]) -> tuple[str, ...]:
    offices: list[str] = []
    for office in found:
        parts = fold(office).split()
        offices += [" ".join(parts[at:]) for at in range(len(parts))]
    if any(office.endswith("foreign minister") for office in offices):
        offices += ["top diplomat", "chief diplomat", "diplomat"]
    return tuple(dict.fromkeys(sorted(offices, key=len, reverse=True)))


def _says(text: str, person: Person) -> bool:
    if not person.is_in(text):
        return False
    covered = cover(text, quotations(text))
    return any(clause.ours and not clause.pronoun for clause in clauses(covered, person))


def _asked_terms(lines: Sequence[Paragraph], person: Person) -> frozenset[str]:
    """Return the folded strings that stand in quotation marks where others ask: names and terms, whoever repeats them,
    and questions; not what is answered there ("Asked about the port, the mayor said: “It will close.”").
    """
    return frozenset(
        fold(line.text[quote.start : quote.end])
        for line in lines
        if not _says(line.text, person) and asks(cover(line.text, quotations(line.text)))
        for quote in quotations(line.text, singles=True)
        if not _is_answer(line.text, quote, person)
    )


def _is_answer(text: str, quote: Quotation, person: Person) -> bool:
    """Tell whether a quotation is what the person of a sentence says by office, or, where the sentence begins with what
    was asked, by office or pronoun behind that.
    """
    covered = cover(text, quotations(text))
    start, end = next((span for span in sentences(covered) if quote.start <= span[1]), (0, 0))
    asked = _IS_ASKED.match(covered[start:end]) is not None
    return any(
        clause.ours and (start + clause.end <= quote.start if asked else not clause.pronoun)
        for clause in clauses(covered[start:end], person)
    )
