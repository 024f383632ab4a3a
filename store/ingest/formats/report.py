"""Reports: live blogs and news articles, in which an outlet quotes and paraphrases what somebody said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from store.ingest.asking import Step, answered, asks, is_newest_first
from store.ingest.header import is_dateline, kind_of, title_index
from store.ingest.layout import Reading, Utterance
from store.ingest.page import Paragraph
from store.ingest.persons import same_person
from store.ingest.quotations import Quotation, cover, quotations
from store.ingest.saying import Clause, Person, clauses
from store.model import Attribution, Source
from store.text import fold, sentences, squash

_HEAD = 8
_FULL_NAME = re.compile(
    r"(?P<office>(?:\w+\s+){0,2}?(?:[Mm]inister|[Pp]resident|[Cc]hancellor|[Ss]ecretary(?:\s+of\s+[Ss]tate|-[Gg]eneral)?"
    r"|[Ss]ecretary\s+[Gg]eneral|[Aa]mbassador|[Gg]overnor|[Ss]enator|[Ss]pokes(?:man|woman|person)|[Pp]remier|[Mm]ayor"
    r"|[Dd]irector|[Cc]hairman|[Kk]ing|[Pp]ope))\s+"
    r"(?P<name>[^\W\d_a-z][\w-]+(?:\s+[^\W\d_a-z][\w.-]*){1,3})"
)
_TERM_BEFORE = re.compile(
    r"\b(?:so-called|known\s+as|called|named|named\s+as|titled|entitled|dubbed|branded|the\s+(?:term|word|phrase|name))\s*[“\"‘'«„]$",
    re.IGNORECASE,
)
_TERM_AFTER = re.compile(
    r"^[”\"’'»“]\s+(?:initiative|project|program|programme|plan|concept|doctrine|list|act|law|operation|campaign|movement|group"
    r"|party|film|movie|book|novel|show|series|article|song|report|newspaper|channel|agency|forum|summit|strategy)\b",
    re.IGNORECASE,
)
_TERM_WORDS = 5
_PURE = 0.9


@dataclass(frozen=True, slots=True)
class _Read:
    """A paragraph of a report as read: what in it is the person's, if anything."""

    paragraph: Paragraph
    said: bool
    asked: bool
    continues: bool
    verbatim: tuple[str, ...]


def read(page: Sequence[Paragraph], *, source: Source, language: str | None) -> Reading:
    """Read a page as a report about one person: the one of `sources.toml`, else the one its head names with an office.

    A paragraph that gives words to the person is a passage: quoted where some stand in quotation marks and are the
    person's, else reported. What the person did, what was asked and what others said are none.
    """
    at = title_index(page[:_HEAD], language)
    body = _behind_head(page, 0 if at is None else at + 1, language)
    person = _person(page, source)
    if person is None:
        return Reading(body, 0.0, ())
    doubles = any(not quote.single for line in page for quote in quotations(line.text))
    asked_terms = _asked_terms(page[body:], person)
    lines = [line for line in page[body:] if not _is_aside(line, language)]
    reads: list[_Read] = []
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        before = reads[-1] if reads else None
        reads.append(_read(line, before, following, person, asked_terms, singles_quote=not doubles))
    steps = [Step(r.paragraph.text, asked=r.asked, said=r.said, continues=r.continues) for r in reads]
    question = answered(steps, newest_first=is_newest_first([step.text for step in steps]))
    utterances = tuple(
        Utterance(
            line=r.paragraph.line,
            text=r.paragraph.text,
            attribution=Attribution.QUOTED if r.verbatim else Attribution.REPORTED,
            speaker=person.name,
            question=question.get(index),
            verbatim=r.verbatim,
        )
        for index, r in enumerate(reads)
        if r.said
    )
    known = sum(len(r.paragraph.text) for r in reads if r.said or r.asked)
    head = " ".join(line.text for line in page[: body + _HEAD])
    live = kind_of(head) == "live blog"
    return Reading(
        body=body,
        explained=known / sum(len(line.text) for line in page) if utterances else 0.0,
        utterances=utterances,
        kind="live blog" if live else "news report",
        live=live and any(line.is_heading and is_dateline(line.text, language) for line in page[body:]),
    )


def _behind_head(page: Sequence[Paragraph], index: int, language: str | None) -> int:
    """Return the index of the first paragraph behind the title that is neither its day nor a control of the page."""
    while index < len(page) and (page[index].is_heading or is_dateline(page[index].text, language)):
        index += 1
    return index


def _is_aside(line: Paragraph, language: str | None) -> bool:
    return line.is_furniture or line.is_stage_direction or (line.is_heading and is_dateline(line.text, language))


def _person(page: Sequence[Paragraph], source: Source) -> Person | None:
    """Return the person a report is about; None where neither `sources.toml` nor the head of the page names one."""
    head = [match for line in page[:_HEAD] for match in _FULL_NAME.finditer(line.text)]
    if source.speaker is not None:
        offices = [match["office"] for match in head if same_person(match["name"], source.speaker)]
        return Person(source.speaker, _offices(offices))
    for match in head:
        person = Person(match["name"], _offices([match["office"]]))
        if any(clause.ours and not clause.pronoun for line in page for clause in _clauses(line.text, person)):
            return person
    return None


def _offices(found: Sequence[str]) -> tuple[str, ...]:
    offices: list[str] = []
    for office in found:
        parts = fold(office).split()
        offices += [" ".join(parts[at:]) for at in range(len(parts))]
    return tuple(dict.fromkeys(sorted(offices, key=len, reverse=True)))


def _clauses(text: str, person: Person) -> tuple[Clause, ...]:
    return clauses(cover(text, quotations(text)), person)


def _asked_terms(lines: Sequence[Paragraph], person: Person) -> frozenset[str]:
    """Return the folded strings that stand in quotation marks where others ask or tell: these are not the person's."""
    return frozenset(
        fold(line.text[quote.start : quote.end])
        for line in lines
        if not any(clause.ours for clause in _clauses(line.text, person))
        for quote in quotations(line.text, singles=True)
        if asks(cover(line.text, quotations(line.text)))
    )


def _read(
    line: Paragraph,
    before: _Read | None,
    following: Paragraph | None,
    person: Person,
    asked_terms: frozenset[str],
    *,
    singles_quote: bool,
) -> _Read:
    text = line.text
    quotes = quotations(text, singles=True)
    strong = tuple(quote for quote in quotes if singles_quote or not quote.single)
    covered = cover(text, strong)
    talk = _talk(covered, person)
    after_ours = before is not None and bool(before.verbatim)
    said = _is_ours(talk)
    pure = _is_pure(covered, strong)
    if not said and pure and not text.rstrip("\"”’' ").endswith("?"):
        runs_on = not strong[-1].closed and following is not None and _closes_ours(following, person)
        if after_ours or runs_on:
            return _Read(line, said=True, asked=False, continues=after_ours, verbatim=_strings(text, strong))
    asked = not said and asks(covered if not pure else text)
    if not said:
        return _Read(line, said=False, asked=asked, continues=False, verbatim=())
    own = [
        quote
        for quote in strong
        if _gives(talk, quote, covered, after_ours=after_ours) and not _is_term(text, quote, asked_terms)
    ]
    return _Read(line, said=True, asked=False, continues=False, verbatim=_strings(text, own))


def _talk(covered: str, person: Person) -> _Talk:
    return tuple((span, clauses(covered[slice(*span)], person)) for span in sentences(covered))


def _closes_ours(line: Paragraph, person: Person) -> bool:
    """Tell whether a paragraph opens with a quotation that is the person's: one left open before it is so too."""
    quotes = quotations(line.text)
    covered = cover(line.text, quotes)
    return (
        bool(quotes) and quotes[0].start == 1 and _gives(_talk(covered, person), quotes[0], covered, after_ours=False)
    )


_Talk = Sequence[tuple[tuple[int, int], tuple[Clause, ...]]]


def _is_ours(talk: _Talk) -> bool:
    """Tell whether the person says anything: a pronoun counts only where nobody else has spoken before it."""
    others = False
    for _, said in talk:
        for clause in said:
            if clause.ours and not (clause.pronoun and others):
                return True
            others = others or not clause.ours
    return False


def _is_pure(covered: str, quotes: Sequence[Quotation]) -> bool:
    inside = sum(quote.end - quote.start for quote in quotes)
    return bool(quotes) and inside >= _PURE * len(covered.strip())


def _gives(talk: _Talk, quote: Quotation, covered: str, *, after_ours: bool) -> bool:
    """Tell whether a quotation is given to the person: by the clause of saying before it in its sentence, else behind
    it; a sentence that is all quotation goes on with who spoke before, or belongs to who is named first behind it.
    """
    speaking: bool | None = None
    for (start, end), said in talk:
        if start <= quote.start <= end:
            ahead = [clause for clause in said if start + clause.start < quote.start]
            nearest = ahead[-1] if ahead else next(iter(said), None)
            if nearest is not None:
                return nearest.ours and not (nearest.pronoun and speaking is False)
            if not _is_pure(covered[start:end], [quote]):
                return False
            if speaking is not None:
                return speaking
            following = [clause for (later, _), clauses_ in talk if later > start for clause in clauses_]
            return following[0].ours if following else after_ours
        if said:
            speaking = said[-1].ours
    return False


def _is_term(text: str, quote: Quotation, asked_terms: frozenset[str]) -> bool:
    """Tell whether a quoted string is a name or a term rather than words of the person."""
    string = squash(text[quote.start : quote.end])
    if fold(string) in asked_terms:
        return True
    parts = string.split()
    if len(parts) > _TERM_WORDS or string.endswith((",", ".", "!", "?", "…")):
        return False
    long = [part for part in parts if len(part) > 3]
    named = len(parts) > 1 and bool(long) and all(part[0].isupper() for part in long)
    return named or bool(_TERM_BEFORE.search(text[: quote.start])) or bool(_TERM_AFTER.match(text[quote.end :]))


def _strings(text: str, quotes: Sequence[Quotation]) -> tuple[str, ...]:
    return tuple(string for quote in quotes if (string := squash(text[quote.start : quote.end])))
