"""Who says what in a sentence of a report: the person it is about, or somebody else."""

from __future__ import annotations

import re

from store.ingest.persons import SOMEBODY
from store.ingest.saying import Clause, Person
from store.ingest.verbs import ADVERBS, HANDS_OVER, INVERTED, PLURAL, STRICT, STRICT_BEHIND, VERB, any_of
from store.text import fold

_CAPITAL = r"[A-ZÀ-ÞА-Я][\w’'.-]*"
_OTHER = (
    rf"(?P<other>(?:{_CAPITAL}\s+){{0,3}}[A-ZÀ-Þ][\w.-]*[’']s\s+(?:[a-z][\w-]*\s+){{0,2}}[a-z][\w-]*"
    rf"|(?:(?:[Tt]he|[Aa]n?)\s+)?(?:{_CAPITAL}|reporter|journalist|correspondent|spokes\w+|official|report)(?:\s+{_CAPITAL}){{0,5}}"
    rf"|(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir)\s+(?:\w+\s+)?\w+|[Tt]hey|(?:\w+\s+)?(?i:{SOMEBODY}))"
)
_ASKS_WHETHER = re.compile(
    r"^\W*(?:has|have|had|did|does|do|is|are|was|were|will|would|can|could|should)\b.*\?\W*$", re.IGNORECASE
)
_LONGEST = 3000
"""A longer sentence is none: a list, or a page without punctuation."""
_OTHER_SAYS = re.compile(rf"\b{_OTHER}{ADVERBS}\s+(?P<verb>{any_of(sorted(STRICT_BEHIND))})\b")
_SAYS_OTHER = re.compile(rf"(?P<verb>{any_of(sorted(STRICT))})\s+{_OTHER}")
_SOMEBODY_SAYS = re.compile(rf"\b{_OTHER}{ADVERBS}\s+(?P<verb>{HANDS_OVER})(?!\w)")
"""With the verbs that do not always hand over words: only of persons ("Ray rejected the plan")."""
_CROWD_SAYS = re.compile(
    rf"\b(?P<other>(?:\w+\s+)?(?i:{SOMEBODY})|[Tt]hey|{_CAPITAL}\s+and\s+(?:\w+\s+)?{_CAPITAL}){ADVERBS}\s+(?P<verb>{PLURAL})(?!\w)"
)
_ASIDE = r"(?:,\s[^,“”\"«»]{1,80},|\s\([^()]{1,40}\))"
_SOMEBODY_LEADS = re.compile(rf"^\W*{_OTHER}{_ASIDE}{ADVERBS}\s+(?P<verb>{HANDS_OVER})(?!\w)")
"""With an aside between: "Bob Ray, a fisherman, said …"."""
_TAKES_OVER = re.compile(
    rf"(?:;|[,–—]\s(?:and|but|while|whereas|yet|though|although|before|until|(?:to|at)\swhich|whereupon|prompting))\s{_OTHER}\b"
    rf"(?:{_ASIDE}{ADVERBS}\s+(?P<verb>{HANDS_OVER})(?!\w)|[^“”\"«»;:]{{0,80}}[:,]\s?[“\"«„‘])"
)
"""Somebody who is the subject of the next clause, whatever the verb: "…, and Bob Ray, a fisherman, said …",
"…, but Ray shot back: “…”", "…; Ray, “…”".
"""
_APART = (
    re.compile(rf"(?<=,\s){_OTHER},{ADVERBS}\s+(?P<verb>{HANDS_OVER})(?!\w)"),
    re.compile(rf"(?P<other>[\w’'.-]+),?\s+who{ADVERBS}\s+(?P<verb>{VERB})(?!\w)"),
)
"""Behind an office or in a relative clause: "the mayor, Bob Ray, called it …", "a man who shouted …"."""
_BESIDE_MARKS = (
    re.compile(
        rf"\b{_OTHER}{ADVERBS}\s+(?P<verb>calls?|called|labell?ed|likened)\s+(?:it|him|her|them|this|these|the\s+\w+)\s+(?:an?\s+)?[“\"«„‘]"
    ),
    re.compile(rf"(?<=[”\"»’]\s){_OTHER}{ADVERBS}\s+(?P<verb>{VERB})(?!\w)"),
    re.compile(rf"(?<=[”\"»’]\s)(?P<verb>{INVERTED})\s+{_OTHER}"),
    re.compile(rf"\b{_OTHER}{ADVERBS}\s+(?P<verb>{HANDS_OVER})[,:]?\s[“\"«„‘]"),
)
_SIGNS = (
    re.compile(
        r"\b(?P<other>[Tt]he|[Hh]er|[Hh]is|[Tt]heir)\s+(?:reply|answer|response|retort|verdict)\s*(?:was\b|is\b|:)"
    ),
    re.compile(rf"^\W*{_OTHER}\s*:(?=\s*[“\"«„‘])"),
    re.compile(rf"^\W*[—–-]{{1,2}}\s*{_OTHER}\W*$"),
    re.compile(rf"(?<=[”\"»’])[.,]?\s*(?:[—–-]{{1,2}}|:)\s*{_OTHER}(?=\W*$)"),
)
"""Whose a quotation is, before or behind it: "Ray: “…”", "“…” – Ray", "“…”: Maria Ray."."""
_OTHER_IS_CITED = (
    re.compile(
        r"\b(?:(?i:told|informed|warned|assured|described|called|dubbed|branded|termed|accused|denounced|mocked|quoted)\s+by"
        rf"|(?i:according\s+to|in\s+(?:the\s+words|those)\s+of))\s+{_OTHER}"
    ),
    re.compile(rf"\b{_OTHER}\s+as\s+(?:saying|telling|writing)\b"),
    re.compile(
        rf"\b(?:what|as|how)\s+(?:{_OTHER}|\w+s)(?:\s+(?:has|have|had))?"
        r"\s+(?:calls?|called|terms?|termed|puts?\s+it|sees?|saw|describes?|described)\b"
    ),
)
"""Other ways to cite somebody: "was told by Kerry that …", "cited Kerry as saying …", "what Washington calls …"."""
_WORDS = (
    r"[’']s?\s+(?:\w+\s+)?(?:accusation|allegation|answer|assertion|call|claim|comment|message|pledge|promise|question|reaction"
    r"|remark|reply|replies|response|retort|statement|suggestion|threat|verdict|warning|word)s?\b"
)
_OTHERS_WORDS = re.compile(_OTHER + _WORDS)
_NEEDS = {
    **dict.fromkeys(
        (_OTHER_SAYS, _SOMEBODY_SAYS, _SOMEBODY_LEADS, _APART[0], _BESIDE_MARKS[1], _BESIDE_MARKS[3]),
        re.compile(rf"\s{VERB}(?!\w)"),
    ),
    _CROWD_SAYS: re.compile(rf"(?:s|y|men|people|opposition|crowd|audience|\band)\b.*\s(?:{PLURAL})(?!\w)"),
    _APART[1]: re.compile(r"\swho\b"),
    _BESIDE_MARKS[0]: re.compile(r"(?:calls?|called|labell?ed|likened)\s"),
    _OTHER_IS_CITED[1]: re.compile(r"\sas\s+(?:saying|telling|writing)\b"),
    _OTHERS_WORDS: re.compile(_WORDS),
}
"""What a sentence has where a pattern finds anything: looked for first, since a name may begin at any of its words."""


def clauses(sentence: str, person: Person, others: frozenset[str] = frozenset()) -> tuple[Clause, ...]:
    """Return the clauses of saying in a sentence whose quotations are covered, in order.

    The person's are: name, pronoun or office with a verb of saying in either order ("Lavrov says", "said the
    minister"), a second verb of the same sentence ("… , and lists", "…, saying that"), "according to Lavrov". Others'
    are those with a verb that hands over words ("the US says"), or with any verb of saying where the subject is a
    person, one of `others` by folded surname among them; those with a word for them ("Kuleba's statement"), those in
    which they are cited ("as Kuleba calls it"), and what signs a quotation ("“…” – Ray"). Being asked is no saying.
    """
    if len(sentence) > _LONGEST or _ASKS_WHETHER.match(sentence):
        return ()
    ours = person.says(sentence)

    def others_in(patterns: tuple[re.Pattern[str], ...], *, subject: bool) -> list[Clause]:
        return [
            Clause(*match.span(), ours=False, subject=subject)
            for pattern in patterns
            if pattern not in _NEEDS or _NEEDS[pattern].search(sentence)
            for match in pattern.finditer(sentence)
            if not _is_person(sentence, match, person)
            and (pattern not in {_SOMEBODY_SAYS, _TAKES_OVER} or _is_somebody(match["other"] or "", others))
            and not any(clause.start < match.end() and match.start() < clause.end for clause in ours)
        ]

    found = [
        *ours,
        *others_in(
            (
                _OTHER_SAYS,
                _SAYS_OTHER,
                _SOMEBODY_SAYS,
                _CROWD_SAYS,
                _SOMEBODY_LEADS,
                _TAKES_OVER,
                *_APART,
                *_BESIDE_MARKS,
            ),
            subject=True,
        ),
        *others_in((_OTHERS_WORDS, *_OTHER_IS_CITED, *_SIGNS), subject=False),
    ]
    return tuple(sorted(found, key=lambda clause: (clause.start, clause.end)))


def _is_person(sentence: str, match: re.Match[str], person: Person) -> bool:
    """Tell whether who is taken for somebody else is the person after all."""
    other = (match["other"] or "").rstrip(".,")
    before, _, last = other.rpartition(" ")
    return person.means(f"{before} " if before else sentence[: max(0, match.start("other"))], last)


def _is_somebody(other: str, others: frozenset[str]) -> bool:
    """Tell whether a subject is a person, other than the one the report is about."""
    return fold(other.rpartition(" ")[2]).rstrip(".,") in others or _SOMEBODY.search(other) is not None


_SOMEBODY = re.compile(rf"\b{SOMEBODY}$", re.IGNORECASE)
