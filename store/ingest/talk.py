"""The sentences of a paragraph of a report, and which of them are somebody else's than the person's it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from store.ingest.clauses import clauses
from store.ingest.persons import SOMEBODY
from store.ingest.quotations import Quotation
from store.ingest.saying import Clause, Person
from store.ingest.verbs import STRICT, any_of
from store.text import sentences

_JOINS = re.compile(
    r"""(?:
        (?:^|[,;:–—(]|\s-)\s*(?:(?:and|but|while|whereas|although|though|yet|as|when|after|before|because|since|which|whom)\s+)?
      | [,–—]\s*(?:an?|the|something|words|remarks)\s+[^,]{0,40}\s
      | \b(?:but|while|whereas|although|though|after|before|because|since|when|as)\s+
      | \band\s+
    )$""",
    re.VERBOSE,
)
"""What stands before a clause that is none of what is said before: "…, but Ray said", "…, which Ray called"."""
_COMPOUND = re.compile(r"[^\W\d_a-z]\w*\s+and\s+$")
"""What stands before the second of two subjects: "the US and Britain told him"."""
_OPENS = re.compile(r"^(?:[^,]{0,60},\s*|[^,\s]+\s+)?(?:[^\W\d_a-z][\w.-]*\s+)*$")
_PARENTHESIS = re.compile(r"^(?:\s+\w+){0,2}\s*(?:[.,;:!?…]|$)")
_CROWD = re.compile(rf"\b(?:they|(?=\w*(?:s|men|people)\b)(?:{SOMEBODY}))\b", re.IGNORECASE)
_HEAD = 40
_PRONOUN = re.compile(r"\b(?:he|she)\b", re.IGNORECASE)


class Sentence(NamedTuple):
    """A sentence, as offsets, and its clauses of saying (offsets within the sentence).

    Where somebody else is the subject and says nothing, an empty clause tells so: "Ray was angry. “Never.”".
    """

    start: int
    end: int
    clauses: tuple[Clause, ...]

    @property
    def ours(self) -> bool:
        """The person says something in it."""
        return any(clause.ours for clause in self.clauses)

    def holds(self, quote: Quotation) -> bool:
        """Tell whether a quotation begins in it."""
        return self.start <= quote.start <= self.end


class Standing(NamedTuple):
    """What pronouns are settled by: who was subject or spoke last, and who was named last: the person (True), somebody
    else (False), or nobody yet (None).
    """

    speaking: bool | None = None
    named: bool | None = None


NOBODY = Standing()
PERSON = Standing(speaking=True, named=True)


def talk_of(
    covered: str, person: Person, others: frozenset[str], before: Standing, *, rivals: frozenset[str]
) -> tuple[tuple[Sentence, ...], Standing]:
    """Return the sentences of a paragraph whose quotations are covered, each pronoun settled, and what is so behind it.

    A pronoun stands for the subject of its sentence, else for who was subject, spoke, or was named by a sentence with
    neither before; where its sentence goes on to name the person, for somebody else. Behind the name of one of
    `rivals`, for whom it may stand as well, it is nobody's: "Lee was joined by Ray. “It is late,” she said."; unless
    the person spoke there ("Lee told Ray so.") and it is known whether that is a man or a woman.
    """
    talk = []
    speaking, named = before
    for start, end in sentences(covered):
        sentence = covered[start:end]
        subject = person.opens(sentence, others)
        settle = _Settled(person, rivals, Standing(speaking if subject is None else subject, named))
        found = [settle(sentence, clause, opens=subject is not None) for clause in clauses(sentence, person, others)]
        last = person.named_last(sentence, others)
        if subject is not None:
            speaks: bool | None = subject
        elif found:
            speaks = found[-1].ours
        else:
            speaks = False if last is False else speaking  # "Then came Ray. “It is over,” she said."
        head = sentence[: found[-1].end or _HEAD] if found else sentence[:_HEAD]
        if speaks or not _CROWD.search(head):  # No "he" behind "Critics say …" is one of these.
            speaking = speaks
        told = settle.named_by(sentence, found, opens=subject is True)
        named = named if told is None else told
        if subject is False and not found:
            found.append(Clause(0, 0, ours=False))
        talk.append(Sentence(start, end, tuple(found)))
    return tuple(talk), Standing(speaking, named)


_ACCORDING = re.compile(r"^\W*according\s+to\s+[^,“”\"«»]{2,80},", re.IGNORECASE)
"""What makes hearsay of what follows: "According to Ray, Lee said …"."""
_CITED_BEHIND = re.compile(r",\s+according\s+to\s+[^,“”\"«»]{2,80}$", re.IGNORECASE)
"""The same at the end: "“…,” Lee said, according to Ray."."""
_TOLD_WITHIN = re.compile(rf",\s[^,]{{1,60}}\s(?:{any_of(sorted(STRICT))})(?:\s[^,]{{1,40}})?,")
"""The same between: "Lee, Ray said, had called him so"."""
_REPORTEDLY = re.compile(r"\b(?:reportedly|allegedly|purportedly|supposedly|apparently)\b", re.IGNORECASE)


class _Settled(NamedTuple):
    """Whose the pronouns of a sentence are, by what stands before it."""

    person: Person
    rivals: frozenset[str]
    before: Standing

    def __call__(self, sentence: str, clause: Clause, *, opens: bool) -> Clause:
        """Return a clause as it is settled; `opens` tells that it is known who the subject of its sentence is."""
        if not (clause.pronoun and clause.ours):
            return clause
        ours = self.before.speaking is not False and (opens or not self.person.is_in(sentence[clause.end :]))
        if _PRONOUN.search(sentence[clause.start : clause.end]):
            last = self.person.named_last(sentence[: clause.start], self.rivals)
            ours = ours and (self.before.named if last is None else last) is not False
        return replace(clause, ours=ours)

    def named_by(self, sentence: str, found: Sequence[Clause], *, opens: bool) -> bool | None:
        """Return whom a pronoun in the next sentence is to stand for: the person (True), a rival (False), or None."""
        if opens and found and found[-1].ours and self.person.pronoun is not None:
            return True  # Who speaks goes on speaking, whoever is spoken of.
        last = self.person.named_last(sentence, self.rivals)
        by_office = last is None and any(clause.ours and not clause.pronoun for clause in found)
        return True if by_office else last


def is_theirs(sentence: Sentence, covered: str) -> bool:
    """Tell whether a sentence is what somebody else says: only others say something in it, or they do beside what the
    person says and not within it. "Lee said that Ray had called her" is Lee's, and so is "Ray told her so, Lee said";
    "Lee said no, but Ray said yes", "Ray said Lee had agreed" and "…, which Ray called madness" are not.
    """
    text = covered[sentence.start : sentence.end]
    others = [clause for clause in sentence.clauses if not clause.ours and clause.end]
    if not sentence.ours:
        return bool(others)
    first = next(clause for clause in sentence.clauses if clause.ours)
    return any(
        _JOINS.search(text[: clause.start]) is not None and _COMPOUND.search(text[: clause.start]) is None
        if clause.start > first.start
        else _OPENS.match(text[: clause.start]) is not None and not is_parenthesis(first, text)
        for clause in others
        if clause.subject
    )


def is_parenthesis(clause: Clause, text: str) -> bool:
    """Tell whether a clause gives to the person all that stands before it: "Ray told her so, Lee said."."""
    before = text[: clause.start].rstrip()
    return before.endswith((",", "–", "—", "-")) and _PARENTHESIS.match(text[clause.end :]) is not None


def is_hearsay(sentence: Sentence, clause: Clause, covered: str) -> bool:
    """Tell whether the person says something only as somebody else tells it: "Ray said Lee had called him so",
    "According to Ray, Lee said so", "Lee, Ray said, had called him so", "Lee reportedly said so"; not "According to
    Lee, he said so".
    """
    text = covered[sentence.start : sentence.end]
    cited, behind = _ACCORDING.match(text), _CITED_BEHIND.search(text)
    if cited and cited.end() <= clause.start:
        return not any(one.ours and one.start < cited.end() for one in sentence.clauses)
    if (
        behind
        and clause.end <= behind.start()
        and not any(one.ours and one.end > behind.start() for one in sentence.clauses)
    ):
        return True
    others = [other for other in sentence.clauses if not other.ours and other.subject and other.end]
    if _REPORTEDLY.search(text[clause.start : clause.end]) or _TOLD_WITHIN.search(text[clause.start : clause.end]):
        return True
    return any(
        _OPENS.match(text[: other.start])
        and not re.search(r"[,;:–—”\"»]|\b(?:but|and|while)\b", text[other.end : clause.start])
        for other in others
        if other.end <= clause.start
    )
