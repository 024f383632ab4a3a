"""Whose words a paragraph of a report holds: the person's it is about, somebody else's, or the outlet's alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from store.ingest.asking import asks
from store.ingest.giving import asked_first, gives, is_pure, opens_with_question, outside
from store.ingest.quotations import Quotation, cover, quotations
from store.ingest.saying import Person
from store.ingest.talk import NOBODY, PERSON, Sentence, Standing, is_theirs, talk_of
from store.text import STOP_WORDS, fold, squash

_TERM_BEFORE = re.compile(
    r"\b(?:so-called|known\s+as|called|named|titled|entitled|dubbed|branded|the\s+(?:term|word|phrase|name)"
    r"|(?:slogan|motto|mantra|chant|proverb|headline|nickname)s?(?:\s+of)?"
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
_SIGNATURE_WORDS = 6
_OWNER = re.compile(
    r"(?:(?P<name>[\w-]+)[’']s?\s+(?:\w+\s+)?|(?:[,;]|\band|\bbut|\bwhile)\s+(?:\w+\s+)?(?P<next>[\w-]+)[,:]?\s+)[“\"‘'«„]$"
)
_ARE_ASKED = re.compile(
    r"\b(?:is|was|are|were|been|being|gets?|got)\s+(?:\w+\s+)?(?:asked|questioned|pressed)\b", re.IGNORECASE
)
_ASKED_AND = re.compile(r"\W*(?:when\s+)?asked\b[^?]*$", re.IGNORECASE)
_POINTS_BACK = re.compile(r"\W*(?:that|this|those|these|such|so|thus)\b", re.IGNORECASE)
_CAPITALISED = re.compile(r"[^\W\d_a-z][\w-]+")
_Talk = Sequence[Sentence]


class Run(NamedTuple):
    """A stretch of a paragraph, as offsets, the strings in it that are quoted of the person, and what was asked."""

    start: int
    end: int
    verbatim: tuple[str, ...]
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Attributed:
    """What a paragraph is: `said` where it gives words to the person, of which `verbatim` are quoted; `asked` where it
    asks. `continues` tells that it goes on with a quotation; `announces` that the person's words come next, as behind
    "Lee said:"; `standing` is what pronouns behind it are settled by. `runs` are the stretches of the paragraph that
    are the person's, where somebody else's words stand between or beside them.
    """

    said: bool = False
    asked: bool = False
    continues: bool = False
    announces: bool = False
    verbatim: tuple[str, ...] = ()
    standing: Standing = NOBODY
    runs: tuple[Run, ...] = ()


@dataclass(frozen=True)
class Attributor:
    """Tells the person's words from everybody else's, a paragraph at a time, in the order of the page.

    `others` are the folded surnames of the other persons of the page, `rivals` those of them for whom the person's
    pronoun may stand too.
    `single_style` tells that the outlet quotes within single marks. `asked_terms` are folded strings that others have
    put in quotation marks before: names and terms, whoever repeats them.
    """

    person: Person
    others: frozenset[str] = frozenset()
    rivals: frozenset[str] = frozenset()
    single_style: bool = False
    asked_terms: frozenset[str] = field(default=frozenset())

    def attribute(self, text: str, before: Attributed | None = None, following: Sequence[str] = ()) -> Attributed:
        """Return what a paragraph is; `before` is what the one before it was, `following` the texts of the next few."""
        quotes = self._quotations(text)
        covered = cover(text, quotes)
        talk, standing = self._talk(covered, before.standing if before else NOBODY)
        said = any(sentence.ours for sentence in talk)
        pure = is_pure(covered, quotes)
        if not said and pure and not text.rstrip("\"”’' ").endswith("?"):
            after_ours = before is not None and (before.announces or bool(before.verbatim))
            goes_on = after_ours and not any(sentence.clauses for sentence in talk)
            goes_on = goes_on and not self._names_others(covered, quotes) and not self._is_signed(following)
            if goes_on or (not quotes[-1].closed and self._opens_ours(following, standing)):
                strings = _strings(text, quotes)
                return Attributed(said=True, continues=goes_on, verbatim=strings, standing=PERSON)
        if not said:
            asking = asks(text if pure else covered) and not self._answers_elsewhere(covered)
            # Where somebody asks, the person answers; where somebody is asked, that one does.
            stays = asking and before is not None and not _ARE_ASKED.search(covered)
            return Attributed(asked=asking, standing=before.standing if before and stays else standing)
        after_ours = before is not None and bool(before.verbatim)
        own = [
            quote
            for quote in quotes
            if gives(talk, quote, covered, after_ours=after_ours)
            and fold(squash(text[quote.start : quote.end])) not in self.asked_terms
            and not _is_term(text, quote)
            and not self._is_possessed(text, quote)
        ]
        announces = covered.rstrip().endswith(":") and bool(talk[-1].clauses) and talk[-1].clauses[-1].ours
        words_follow = not announces or bool(own) or not _is_bare(covered, talk)
        foreign = self._foreign(text, covered, talk, own, [quote for quote in quotes if quote not in own])
        asked = asked_first(talk, quotes, covered)
        runs = tuple(_runs(text, talk, own, foreign, asked)) if foreign or asked else ()
        said = words_follow and (bool(runs) or not foreign)
        verbatim = _strings(text, own)
        return Attributed(said=said, announces=announces, verbatim=verbatim, standing=standing, runs=runs)

    def _talk(self, covered: str, before: Standing) -> tuple[tuple[Sentence, ...], Standing]:
        return talk_of(covered, self.person, self.others, before, rivals=self.rivals)

    def _quotations(self, text: str) -> tuple[Quotation, ...]:
        if self.single_style:
            return quotations(text, single_style=True)
        # Single marks beside double ones may hold what somebody said, and names and terms more often.
        found = quotations(text, singles=True)
        return tuple(quote for quote in found if not quote.single or self._is_speech(text, quote))

    def _names_others(self, covered: str, quotes: Sequence[Quotation]) -> bool:
        """Tell whether what stands outside the quotations of a paragraph names anybody but the person."""
        names = _CAPITALISED.findall(outside(covered, quotes))
        return any(not self.person.is_named(name) and fold(name) not in STOP_WORDS for name in names)

    def _answers_elsewhere(self, covered: str) -> bool:
        """Tell whether somebody else is asked, and answers: "Asked by Lee, Ray said: “No.”"."""
        return _ASKED_AND.match(covered) is not None and self.person.opens(covered, self.others) is False

    def _is_signed(self, following: Sequence[str]) -> bool:
        """Tell whether the next paragraph says whose a quotation is, and nothing else: "Ray said."."""
        covered = following[0] if following and not following[0].endswith(":") else ""
        talk, _ = self._talk(covered, NOBODY)
        bare = len(covered.split()) <= _SIGNATURE_WORDS or _POINTS_BACK.match(covered)
        return bool(bare) and not self._quotations(covered) and any(sentence.clauses for sentence in talk)

    def _foreign(
        self, text: str, covered: str, talk: _Talk, own: Sequence[Quotation], others: Sequence[Quotation]
    ) -> frozenset[int]:
        """Return the indexes of the sentences that are somebody else's.

        These quote somebody else, or nobody knows whom, and not the person; or somebody else says right beside the
        marks what is quoted, whatever the person says there; or they tell without marks what somebody else says, and
        so do those behind them, up to one about the person.
        """
        found: set[int] = set()
        drifting = False
        for index, sentence in enumerate(talk):
            quoted = any(sentence.holds(quote) for quote in own)
            theirs = [quote for quote in others if sentence.holds(quote)]
            if any(self._is_foreign(text, covered, sentence, quote) for quote in theirs):
                drifting = True
            elif is_theirs(sentence, covered):
                drifting = bool(theirs) or not quoted
            elif quoted or sentence.ours or self.person.opens(covered[sentence.start : sentence.end], self.others):
                drifting = False
            if drifting:
                found.add(index)
        return frozenset(found)

    def _is_foreign(self, text: str, covered: str, sentence: Sentence, quote: Quotation) -> bool:
        """Tell whether a quotation that is not the person's makes its sentence somebody else's."""
        if sentence.ours:
            asked = opens_with_question(text[sentence.start : quote.start])
            return self._is_speech(text, quote) and not asked
        if self._is_speech(text, quote):
            return True
        told = (
            bool(sentence.clauses)
            or self.person.named_last(covered[sentence.start : sentence.end], self.others) is False
        )
        return told and not _is_term(text, quote)

    def _is_possessed(self, text: str, quote: Quotation) -> bool:
        """Tell whether somebody else's name makes a quotation theirs: "Lee said Ray’s “it is over” is wrong", and
        "Lee said “yes”, Ray “no”".
        """
        owner = _OWNER.search(text[max(0, quote.start - _TERM_REACH) : quote.start])
        return owner is not None and fold(owner["name"] or owner["next"]) in self.others

    def _is_speech(self, text: str, quote: Quotation) -> bool:
        """Tell whether a quoted string is what somebody said, not a name, a term or a word kept at a distance."""
        string = squash(text[quote.start : quote.end])
        ends = string.endswith((",", ".", "!", "?", "…"))
        return (ends or len(string.split()) > _TERM_WORDS) and not _is_term(text, quote)

    def _opens_ours(self, following: Sequence[str], before: Standing) -> bool:
        """Tell whether a quotation left open is the person's: it is where the one that closes it is; `before` settles
        whose a pronoun there is ("…,” he added.").
        """
        for text in following:
            quotes = self._quotations(text)
            covered = cover(text, quotes)
            talk, _ = self._talk(covered, before)
            if not quotes or quotes[0].start != 1:
                return False
            if any(sentence.clauses for sentence in talk):
                return gives(talk, quotes[0], covered, after_ours=False)
            if quotes[0].closed or not is_pure(covered, quotes):
                return False
        return False


def _is_term(text: str, quote: Quotation) -> bool:
    """Tell whether a quoted string is a name or a term rather than words of the person."""
    string = squash(text[quote.start : quote.end])
    before = text[max(0, quote.start - _TERM_REACH) : quote.start]
    if _TERM_BEFORE.search(before) or _TERM_AFTER.match(text[quote.end :]):
        return True
    parts = string.split()
    if len(parts) > _TERM_WORDS or string.endswith((",", ".", "!", "?", "…")):
        return False
    long = [part for part in parts if len(part) > 3]
    return len(parts) > 1 and bool(long) and all(part[0].isupper() for part in long)


def _runs(
    text: str,
    talk: _Talk,
    own: Sequence[Quotation],
    foreign: Collection[int],
    asked: Mapping[int, tuple[Quotation, int]],
) -> Iterator[Run]:
    """Yield the stretches of sentences between the foreign ones that give words to the person; what is asked at the
    head of a sentence is none of it.
    """
    begins = 0
    for index in sorted({*foreign, *asked, len(talk)}):
        question, start = asked.get(begins - 1, (None, None)) if begins - 1 not in foreign else (None, None)
        among = talk[begins - 1 if start is not None else begins : index]
        begins = index + 1
        if not among:
            continue
        first, end = among[0].start if start is None else start, among[-1].end
        quoted = [quote for quote in own if first <= quote.start <= end]
        if quoted or any(sentence.ours for sentence in among):
            asks_ = squash(text[question.start : question.end]) if question else None
            yield Run(first, end, _strings(text, quoted), asks_)


def _is_bare(covered: str, talk: _Talk) -> bool:
    """Tell whether a paragraph is one clause of saying and hardly a word more: "Lee said the following:"."""
    clauses = [clause for sentence in talk for clause in sentence.clauses if clause.end]
    return len(clauses) == 1 and len(covered[clauses[0].end :].split()) <= 2


def _strings(text: str, quotes: Sequence[Quotation]) -> tuple[str, ...]:
    return tuple(string for quote in quotes if (string := squash(text[quote.start : quote.end])))
