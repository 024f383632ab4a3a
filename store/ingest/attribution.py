"""Whose words a paragraph of a report holds: the person's it is about, somebody else's, or the outlet's alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from store.ingest.asking import asks
from store.ingest.quotations import Quotation, cover, quotations
from store.ingest.saying import Clause, Person, clauses
from store.text import fold, sentences, squash

_TERM_BEFORE = re.compile(
    r"\b(?:so-called|known\s+as|called|named|titled|entitled|dubbed|branded|the\s+(?:term|word|phrase|name)"
    r"|(?:slogan|motto|mantra|chant|proverb|headline|nickname)s?(?:\s+of)?|(?:cries|shouts|chants)\s+of"
    r"|film|movie|book|novel|newspaper|channel|magazine|operation)\s*[“\"‘'«„]$",
    re.IGNORECASE,
)
_TERM_AFTER = re.compile(
    r"^[”\"’'»“]\s+(?:initiative|project|program|programme|plan|concept|doctrine|list|act|law|operation|campaign"
    r"|movement|group|party|film|movie|book|novel|show|series|article|song|report|newspaper|channel|agency|forum|summit|policy"
    r"|strategy)\b",
    re.IGNORECASE,
)
_TERM_WORDS = 5
_TERM_REACH = 40
_ASKED = re.compile(
    r"\b(?:asked|questioned|pressed|quizzed|in\s+(?:response|reply|answer)\s+to\s+(?:a|the|another)\s+question)\b"
    r"(?!\s*[“\"‘«„]$)",
    re.IGNORECASE,
)
"""What others put to the person: "Asked whether the talks were “over”, …"."""
_ASKED_FIRST = re.compile(r"^\W*(?:when\s+)?asked\W+$", re.IGNORECASE)
"""A question that somebody else puts: "Asked “Why so late?”, Lee said …"."""
_DENIED = re.compile(
    r"\b(?:reject|den[iy]|dismiss|refut|rebut)\w*\s+(?:\w+\s+){0,3}?(?:claim|report|allegation|accusation|suggestion|rumou?r|charge)s?"
    r"\s+(?:that|of|about)\b(?!.*\bas\s+[“\"‘«„]$)",
    re.IGNORECASE,
)
"""What others say and the person denies: "rejected claims that the talks were “over”"."""
_BEFORE_MARK = r"(?:\s+(?:him|her|them|reporters|journalists))?\s*[:,]\s*[“\"‘'«„]"
_BEHIND_MARK = r"[”\"’'»“],?\s+"
_PURE = 0.9
"""Above this share of a paragraph within quotation marks, what stands outside names no one."""

_Talk = Sequence[tuple[tuple[int, int], tuple[Clause, ...]]]
"""The sentences of a paragraph, as offsets, each with its clauses of saying (offsets within the sentence)."""


class Run(NamedTuple):
    """A stretch of a paragraph, as offsets, and the strings in it that are quoted of the person."""

    start: int
    end: int
    verbatim: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attributed:
    """What a paragraph is: `said` where it gives words to the person, of which `verbatim` are quoted; `asked` where it
    asks. `continues` tells that it goes on with a quotation; `announces` that the person's words come next, as behind
    "Lee said:"; `speaking` who spoke last: the person (True), somebody else (False), or nobody yet (None). `runs` are
    the stretches of the paragraph that are the person's, where somebody else's words stand between or beside them.
    """

    said: bool = False
    asked: bool = False
    continues: bool = False
    announces: bool = False
    verbatim: tuple[str, ...] = ()
    speaking: bool | None = None
    runs: tuple[Run, ...] = ()


@dataclass(frozen=True)
class Attributor:
    """Tells the person's words from everybody else's, a paragraph at a time, in the order of the page.

    `others` are the folded surnames of the other persons of the page: a pronoun behind one of them is not the person.
    `single_style` tells that the outlet quotes within single marks. `asked_terms` are folded strings that others have
    put in quotation marks before: names and terms, whoever repeats them.
    """

    person: Person
    others: frozenset[str] = frozenset()
    single_style: bool = False
    asked_terms: frozenset[str] = field(default=frozenset())

    def attribute(self, text: str, before: Attributed | None = None, following: Sequence[str] = ()) -> Attributed:
        """Return what a paragraph is; `before` is what the one before it was, `following` the texts of the next few."""
        quotes = self._quotations(text)
        covered = cover(text, quotes)
        talk, speaking = self._talk(covered, before.speaking if before else None)
        said = any(clause.ours for _, found in talk for clause in found)
        pure = _is_pure(covered, quotes)
        if not said and pure and not text.rstrip("\"”’' ").endswith("?"):
            after_ours = before is not None and (before.announces or bool(before.verbatim))
            goes_on = after_ours and not any(found for _, found in talk)
            if goes_on or (not quotes[-1].closed and self._opens_ours(following)):
                strings = _strings(text, quotes)
                return Attributed(said=True, continues=goes_on, verbatim=strings, speaking=True)
        if not said:
            return Attributed(asked=asks(text if pure else covered), speaking=speaking)
        after_ours = before is not None and bool(before.verbatim)
        own = [
            quote
            for quote in quotes
            if _gives(talk, quote, covered, after_ours=after_ours) and not self._is_term(text, quote)
        ]
        announces = covered.rstrip().endswith(":") and bool(talk[-1][1]) and talk[-1][1][-1].ours
        words_follow = not announces or bool(own) or not _is_bare(covered, talk)
        foreign = self._foreign(text, talk, [quote for quote in quotes if quote not in own])
        runs = tuple(_runs(text, talk, own, foreign)) if foreign else ()
        said = words_follow and (bool(runs) or not foreign)
        verbatim = _strings(text, own)
        return Attributed(said=said, announces=announces, verbatim=verbatim, speaking=speaking, runs=runs)

    def _quotations(self, text: str) -> tuple[Quotation, ...]:
        return quotations(text, single_style=self.single_style)

    def _talk(self, covered: str, speaking: bool | None) -> tuple[_Talk, bool | None]:
        """Return the clauses of a paragraph, each pronoun settled: it stands for the subject of its sentence, else for
        who was subject or spoke before; and where its sentence goes on to name the person, for somebody else. Where
        somebody else is the subject and says nothing, an empty clause tells so: "Ray was angry. “Never.”".
        """
        talk = []
        for start, end in sentences(covered):
            sentence = covered[start:end]
            subject = self.person.opens(sentence, self.others)
            found = []
            for clause in clauses(sentence, self.person):
                settled = clause
                if clause.pronoun:
                    standing = speaking if subject is None else subject
                    ours = standing is not False and not (subject is None and self.person.is_in(sentence[clause.end :]))
                    settled = replace(clause, ours=ours)
                found.append(settled)
            if subject is not None:
                speaking = subject
            elif found:
                speaking = found[-1].ours
            if subject is False and not found:
                found.append(Clause(0, 0, ours=False))
            talk.append(((start, end), tuple(found)))
        return talk, speaking

    def _foreign(self, text: str, talk: _Talk, others: Sequence[Quotation]) -> frozenset[int]:
        """Return the indexes of the sentences that quote somebody else, or nobody knows whom, and not the person; and
        of those in which somebody else says right beside the marks what is quoted, whatever the person says there.
        """
        return frozenset(
            index
            for index, ((start, end), found) in enumerate(talk)
            for quote in others
            if start <= quote.start <= end
            if (
                _hands_over(text, start, found, quote) and self._is_speech(text, quote)
                if any(clause.ours for clause in found)
                else self._is_speech(text, quote) or (found and not self._is_term(text, quote))
            )
        )

    def _is_speech(self, text: str, quote: Quotation) -> bool:
        """Tell whether a quoted string is what somebody said, not a name, a term or a word kept at a distance."""
        string = squash(text[quote.start : quote.end])
        ends = string.endswith((",", ".", "!", "?", "…"))
        return (ends or len(string.split()) > _TERM_WORDS) and not self._is_term(text, quote)

    def _opens_ours(self, following: Sequence[str]) -> bool:
        """Tell whether a quotation left open is the person's: it is where the one that closes it is."""
        for text in following:
            quotes = self._quotations(text)
            covered = cover(text, quotes)
            talk, _ = self._talk(covered, None)
            if not quotes or quotes[0].start != 1:
                return False
            if any(found for _, found in talk):
                return _gives(talk, quotes[0], covered, after_ours=False)
            if quotes[0].closed or not _is_pure(covered, quotes):
                return False
        return False

    def _is_term(self, text: str, quote: Quotation) -> bool:
        """Tell whether a quoted string is a name or a term rather than words of the person."""
        string = squash(text[quote.start : quote.end])
        if fold(string) in self.asked_terms:
            return True
        before = text[max(0, quote.start - _TERM_REACH) : quote.start]
        if _TERM_BEFORE.search(before) or _TERM_AFTER.match(text[quote.end :]):
            return True
        parts = string.split()
        if len(parts) > _TERM_WORDS or string.endswith((",", ".", "!", "?", "…")):
            return False
        long = [part for part in parts if len(part) > 3]
        return len(parts) > 1 and bool(long) and all(part[0].isupper() for part in long)


def _runs(text: str, talk: _Talk, own: Sequence[Quotation], foreign: Collection[int]) -> Iterator[Run]:
    """Yield the stretches of sentences between the foreign ones that give words to the person."""
    begins = 0
    for index in (*sorted(foreign), len(talk)):
        among = talk[begins:index]
        begins = index + 1
        if not among:
            continue
        start, end = among[0][0][0], among[-1][0][1]
        quoted = [quote for quote in own if start <= quote.start <= end]
        if quoted or any(clause.ours for _, found in among for clause in found):
            yield Run(start, end, _strings(text, quoted))


def _hands_over(text: str, start: int, found: Sequence[Clause], quote: Quotation) -> bool:
    """Tell whether somebody else's clause stands right before a quotation ("Ray replied: “…”") or behind it ("“…,” Ray
    said"), among the clauses of the sentence that begins at `start`.
    """
    return any(
        not clause.ours
        and (
            re.fullmatch(_BEFORE_MARK, text[start + clause.end : quote.start])
            if start + clause.end <= quote.start
            else re.fullmatch(_BEHIND_MARK, text[quote.end : start + clause.start])
        )
        for clause in found
    )


def _is_bare(covered: str, talk: _Talk) -> bool:
    """Tell whether a paragraph is one clause of saying and hardly a word more: "Lee said the following:"."""
    clauses_ = [clause for _, found in talk for clause in found if clause.end]
    return len(clauses_) == 1 and len(covered[clauses_[0].end :].split()) <= 2


def _is_pure(covered: str, quotes: Sequence[Quotation]) -> bool:
    inside = sum(quote.end - quote.start for quote in quotes)
    return inside > 0 and inside >= _PURE * (inside + sum(map(str.isalnum, _outside(covered, quotes))))


def _outside(covered: str, quotes: Sequence[Quotation]) -> str:
    """Return what stands outside the quotations, their marks among it."""
    edges = [0, *(edge for quote in quotes for edge in (quote.start, quote.end)), len(covered)]
    return "".join(covered[first:last] for first, last in zip(edges[::2], edges[1::2], strict=True))


def _gives(talk: _Talk, quote: Quotation, covered: str, *, after_ours: bool) -> bool:
    """Tell whether a quotation is given to the person: by the clause of saying before it in its sentence, else behind
    it; a sentence that is all quotation goes on with who spoke before, or belongs to who is named first behind it.
    """
    speaking: bool | None = None
    for (start, end), said in talk:
        if start <= quote.start <= end:
            if _ASKED_FIRST.match(covered[start : quote.start]) or _is_theirs_behind(talk, quote, covered):
                return False
            ahead = [clause for clause in said if start + clause.start < quote.start]
            nearest = ahead[-1] if ahead else next(iter(said), None)
            if nearest is not None:
                since = covered[start + (nearest.start if ahead else 0) : quote.start]
                return nearest.ours and not _ASKED.search(since) and not _DENIED.search(since)
            if not _is_pure(covered[start:end], [quote._replace(start=quote.start - start, end=quote.end - start)]):
                return False
            if speaking is not None:
                return speaking
            following = [clause for (later, _), clauses_ in talk if later > start for clause in clauses_]
            return following[0].ours if following else after_ours
        if said:
            speaking = said[-1].ours
    return False


def _is_theirs_behind(talk: _Talk, quote: Quotation, covered: str) -> bool:
    """Tell whether what stands right behind a quotation gives it to somebody else, and no other one: "“…,” Ray said.",
    "“…?” Ray said.".
    """
    for (start, end), found in talk:
        for clause in found:
            behind = start + clause.start
            if behind > quote.end and re.fullmatch(_BEHIND_MARK, covered[quote.end : behind]):
                return (
                    not clause.ours and len(covered[start + clause.end : end].split()) <= 2 and covered[end - 1] != ":"
                )
    return False


def _strings(text: str, quotes: Sequence[Quotation]) -> tuple[str, ...]:
    return tuple(string for quote in quotes if (string := squash(text[quote.start : quote.end])))
