"""Reports: live blogs and news articles, in which an outlet quotes and paraphrases what somebody said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from store.ingest.asking import Step, answered, asks, is_newest_first
from store.ingest.attribution import Attributed, Attributor, Run
from store.ingest.clauses import clauses
from store.ingest.header import is_dateline, title_index
from store.ingest.layout import Reading, Utterance
from store.ingest.losses import own_voice
from store.ingest.page import Paragraph
from store.ingest.persons import is_city, names_in, same_person, surname
from store.ingest.quotations import Quotation, cover, is_single_style, quotations
from store.ingest.saying import Person, pronoun_of
from store.ingest.subject import by_surname, lacks_of, person_of, says, unknown_of
from store.ingest.titles import kind_of
from store.model import Attribution, Source
from store.text import fold, sentences

_SPEECH = (
    "most of it says I or we, as a speech does, and nothing tells whose: say `speaker` and `kind` (as “speech”) in"
    " sources.toml"
)
_LEFT = (
    "most says I or we outside of quotation marks, as a speech does, and is left out: if these are the speaker's words,"
    " say `kind` (as “speech”) in sources.toml"
)
_HEAD = 8
_TITLE_WITHIN = 12
_LONGEST = 20_000
"""A longer line is no paragraph of a report."""
_AHEAD = 6
_STAMP = re.compile(
    r"^\W*(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s*(?:[ap]\.?\s?m\.?|GMT|UTC|BST|C?EST|MSK|EDT))*\s*[:–—-]*\s+", re.IGNORECASE
)
"""The time a post of a live blog begins with."""
_IS_ASKED = re.compile(r"\W*(?:when\s+)?(?:asked|pressed|questioned)\b", re.IGNORECASE)
_ACRONYM = re.compile(r"\b[A-Z]{2,}\b")
_SIGNATURE = re.compile(r"^(?:[—–-]{1,2}\s*[^\W\d_a-z]|(?P<name>[^\W\d_a-z][^,]{3,40})(?:,|$))")


def read(page: Sequence[Paragraph], *, source: Source, language: str | None) -> Reading:
    """Read a page as a report about one person: the one of `sources.toml`, else the one its title or head names and its
    sentences most often give words to.

    A paragraph that gives words to the person is a passage: quoted where some stand in quotation marks and are the
    person's, else reported. What the person did, what was asked and what others said are none; where others are quoted
    within it, what stands before and behind their sentences is.
    """
    if language not in {None, "en"}:
        return Reading(0, 0.0, ())
    at = title_index(page[:_TITLE_WITHIN], language)
    # A sentence that stands in for a title is of the text itself.
    body = _behind_head(page, 0 if at is None else at + (not page[at].is_closed), language)
    title = page[at].text if at is not None else ""
    posts = [replace(line, text=_STAMP.sub("", line.text)) for line in page]
    person = person_of(posts, source, title=title)
    if person is None:
        return Reading(body, 0.0, (), lacks=lacks_of(posts))
    newest_first = is_newest_first([line.text for line in page[body:]])
    if source.speaker is None:
        behind = posts[0 if at is None else at + (not page[at].is_closed) :]
        if lacks := unknown_of(behind, person, title=title, newest_first=newest_first):
            return Reading(body, 0.0, (), lacks=lacks)
    signed = {
        index
        for index, (line, after) in enumerate(zip(page, page[1:], strict=False))
        if index >= body and line.text[:1] in '“"«„‘' and _is_signature(after, person)
    }
    lines = [
        line for index, line in enumerate(posts) if index >= body and index not in signed and not _is_aside(page[index])
    ]
    alone = frozenset(map(fold, by_surname(lines, person)))
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
    utterances = tuple(_utterances(lines, read_so_far, person, newest_first=newest_first))
    line_of_own, beyond = own_voice(lines, utterances)
    if beyond > 0 and source.speaker is None:
        return Reading(body, 0.0, (), lacks=f"from line {line_of_own} on {_SPEECH}")
    known = sum(len(line.text) for line, what in zip(lines, read_so_far, strict=True) if what.said or what.asked)
    live = kind_of(" ".join(line.text for line in page[: body + _HEAD])) == "live blog"
    return Reading(
        body=body,
        explained=known / sum(len(line.text) for line in page) if utterances else 0.0,
        utterances=utterances,
        kind="live blog" if live else "news report",
        live=live and any(line.is_heading and is_dateline(line.text, language) for line in page[body:]),
        left_out=((line_of_own, f"from here on {_LEFT}"),) if beyond > 0 else (),
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


def _others(lines: Sequence[Paragraph], person: Person) -> frozenset[str]:
    """Return the folded surnames of the persons a page names besides the one it is about."""
    found = {name for line in lines for name in names_in(line.text)}
    return frozenset(surname(name) for name in found if not person.is_named(name.split()[-1]))


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


def _asked_terms(lines: Sequence[Paragraph], person: Person) -> frozenset[str]:
    """Return the folded strings that stand in quotation marks where others ask: names and terms, whoever repeats them,
    and questions; not what is answered there ("Asked about the port, the mayor said: “It will close.”").
    """
    return frozenset(
        fold(line.text[quote.start : quote.end])
        for line in lines
        if not says(line.text, person) and asks(cover(line.text, quotations(line.text)))
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
