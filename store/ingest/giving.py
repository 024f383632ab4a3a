"""Whether the sentences around a quotation in a report give it to the person the report is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.ingest.quotations import Quotation
from store.ingest.talk import Sentence, is_hearsay, is_parenthesis

_ASKED = re.compile(
    r"\b(?:asked|questioned|pressed|quizzed|(?:was|were|is|are|been|being)\s+told|in\s+(?:response|reply|answer)\s+to\s+(?:a|the|another)\s+question)\b"
    r"(?!\s*[“\"‘«„]$)",
    re.IGNORECASE,
)
"""What others put to the person: "Asked whether the talks were “over”, …"."""
_ASKED_FIRST = re.compile(r"^\W*(?:when\s+)?asked\W+$", re.IGNORECASE)
"""A question that somebody else puts: "Asked “Why so late?”, Lee said …"."""
_IS_ASKED = re.compile(
    r"\b(?:when|is|are|was|were|be|been|being|gets?|got)\s+(?:\w+\s+)?asked\b[^,;“”\"«»]{0,40}[“\"‘'«„]$", re.IGNORECASE
)
"""The same within a sentence: "Lee laughed when asked “Why so late?”."."""
_CITED = re.compile(
    r"\b(?:quoting|citing|paraphrasing|echoing|recalling|reading\s+out)(?:\s+[\w’'-]+){1,5}\s*[,:]?\s*[“\"‘'«„]$"
)
"""What the person repeats of others: "Lee said, quoting a proverb, “it is never late”."."""
_DENIED = re.compile(
    r"\b(?:reject|den[iy]|dismiss|refut|rebut)\w*\s+(?:\w+\s+){0,3}?(?:claim|report|allegation|accusation|suggestion|rumou?r|charge)s?"
    r"\s+(?:that|of|about)\b(?!.*\bas\s+[“\"‘«„]$)|\bden(?:y|ie)\w*\s+(?:having\s+)?(?:said|saying|told|telling|call\w+)\b",
    re.IGNORECASE,
)
"""What others say and the person denies: "rejected claims that the talks were “over”", "denied saying “no”"."""
_BEHIND_MARK = r"[”\"’'»“](?:[.,]?\s*(?:[—–-]{1,2}|:)|,)?\s+(?:(?:that|this|such|so)(?:\s+(?:was|is))?\s+)?"
"""What may stand between a quotation and whose it is: "“…,” Ray said", "“…” – Ray", "“…” That was Ray’s reply."."""
_INTRODUCES = re.compile(
    r"^\W*(?:(?:but|and)\s+)?(?:under|amid|amidst|against|behind|despite|following|after|with|without|responding|reacting|replying"
    r"|commenting|referring|answering|addressing|speaking|pressed|heckled|confronted|challenged|questioned|quizzed"
    r"|described|accused|called|dubbed|branded|named|on|in|at|during|for|from|to)\b",
    re.IGNORECASE,
)
"""What opens a phrase before the sentence; quotation marks in it are the outlet's: "Amid cries of “Shame”, …"."""
_SECOND = re.compile(r"\W*(?:and|but|then)\b")
"""What opens a second predicate, which has nothing to do with quotation marks before it: "… and said it was late"."""
_BEHIND_ASKED = re.compile(r"[”\"’'»“]?\s*,?\s*")
_PURE = 0.9
"""Above this share of a paragraph within quotation marks, what stands outside names no one."""


def gives(talk: Sequence[Sentence], quote: Quotation, covered: str, *, after_ours: bool) -> bool:
    """Tell whether a quotation is given to the person: by the clause of saying before it in its sentence, else behind
    it; a sentence that is all quotation goes on with who spoke before, or belongs to who is named first behind it.
    """
    speaking: bool | None = None
    for sentence in talk:
        start, end, said = sentence
        if sentence.holds(quote):
            before = covered[start : quote.start]
            if _ASKED_FIRST.match(before) or _IS_ASKED.search(before) or _is_theirs_behind(talk, quote, covered):
                return False
            if said:
                return _is_given(sentence, quote, covered)
            whole = quote._replace(start=quote.start - start, end=quote.end - start)
            return is_pure(covered[start:end], [whole]) and _goes_on(talk, start, speaking, after_ours=after_ours)
        if said:
            speaking = said[-1].ours
    return False


def _goes_on(talk: Sequence[Sentence], start: int, speaking: bool | None, *, after_ours: bool) -> bool:
    """Tell whether a sentence that is all quotation is the person's by who spoke before, or speaks right behind it."""
    if speaking is not None:
        return speaking
    later = [sentence for sentence in talk if sentence.start > start]
    if any(sentence.clauses for sentence in later):
        return bool(later[0].clauses) and later[0].clauses[0].ours
    return after_ours


def _is_given(sentence: Sentence, quote: Quotation, covered: str) -> bool:
    """Tell whether the clause of saying before a quotation in its sentence, else the one behind it, gives it to the
    person.
    """
    start, end, said = sentence
    before = covered[start : quote.start]
    ahead = [clause for clause in said if start + clause.start < quote.start]
    nearest = ahead[-1] if ahead else said[0]
    since = before[nearest.start if ahead else 0 :]
    theirs = any(pattern.search(since) for pattern in (_ASKED, _CITED, _DENIED))
    if not ahead and _INTRODUCES.match(before):
        theirs = theirs or not is_parenthesis(nearest, covered[start:end])
    if not ahead and before.strip("“\"‘'«„ "):
        theirs = theirs or _SECOND.match(covered[start + nearest.start :]) is not None
    return nearest.ours and not theirs and not is_hearsay(sentence, nearest, covered)


def _is_theirs_behind(talk: Sequence[Sentence], quote: Quotation, covered: str) -> bool:
    """Tell whether what stands right behind a quotation gives it to somebody else, and no other one: "“…,” Ray said.",
    "“…?” Ray said.".
    """
    for start, end, found in talk:
        for clause in found:
            behind = start + clause.start
            if (
                clause.end
                and behind > quote.end
                and re.fullmatch(_BEHIND_MARK, covered[quote.end : behind], re.IGNORECASE)
            ):
                return (
                    not clause.ours and len(covered[start + clause.end : end].split()) <= 2 and covered[end - 1] != ":"
                )
    return False


def opens_with_question(before: str) -> bool:
    """Tell whether what stands before a quotation at the head of a sentence makes it a question of somebody else."""
    return _ASKED_FIRST.match(before) is not None


def asked_first(
    talk: Sequence[Sentence], quotes: Sequence[Quotation], covered: str
) -> dict[int, tuple[Quotation, int]]:
    """Return, by index of the sentence, what somebody else asks at its head, and where what is said begins."""
    found = {}
    for index, sentence in enumerate(talk):
        quote = next((quote for quote in quotes if sentence.holds(quote)), None)
        if quote is not None and _ASKED_FIRST.match(covered[sentence.start : quote.start]):
            behind = _BEHIND_ASKED.match(covered, quote.end)
            found[index] = (quote, behind.end() if behind else sentence.end)
    return found


def is_pure(covered: str, quotes: Sequence[Quotation]) -> bool:
    """Tell whether a text is all quotation, a few words aside."""
    inside = sum(quote.end - quote.start for quote in quotes)
    return inside > 0 and inside >= _PURE * (inside + sum(map(str.isalnum, outside(covered, quotes))))


def outside(covered: str, quotes: Sequence[Quotation]) -> str:
    """Return what stands outside the quotations, their marks among it."""
    edges = [0, *(edge for quote in quotes for edge in (quote.start, quote.end)), len(covered)]
    return "".join(covered[first:last] for first, last in zip(edges[::2], edges[1::2], strict=True))
