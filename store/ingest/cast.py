"""Who speaks in a transcript: whose turns are kept, and how the labels of these turns are known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from store.ingest.header import kind_of
from store.ingest.labels import Label
from store.ingest.page import Paragraph
from store.ingest.persons import bare_name, is_office, names_in, same_person, surname
from store.model import Source
from store.text import fold, spans, words

_MODERATOR = re.compile(r"\b(?:moderated|hosted|led|chaired|interviewed|conducted)\s+by\s+[^,;:]+", re.IGNORECASE)
_JOINS = re.compile(
    r"^(?:,|\s*(?:,\s*)?\b(?:and|und|et|y|e|и)\b|\s*&)\s*(?:(?!(?:by|for|from|in|of|on|with)\b)[\w-]+\s+){0,4}$"
)
"""What stands between two names of one row: "and", and the office of the second."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who speaks: the persons whose turns are kept; an unnamed answer is the first one's.

    `labels` counts the names that turns are labelled with, folded: two that recur are two persons, however alike.
    """

    names: tuple[str, ...]
    labels: Mapping[str, int]
    office: str = ""
    """The words before the first one's name in the title: a label that is an office of these is that person's."""

    def plays(self, label: Label) -> str | None:
        """Return the person whose turn a label opens; None for everybody else's."""
        if label.role == "answer":
            # Where the speaker is labelled by name, an unnamed answer is of another text of the page.
            return None if not self.names or self._is_labelled(self.names[0]) else self.names[0]
        if label.role in {"question", "other"}:
            return None
        if is_office(label.name):
            return (
                self.names[0]
                if self.names and set(words(label.name)) - {"the", "mr"} <= set(words(self.office))
                else None
            )
        alike = [person for person in self.names if same_person(person, label.name)]
        exact = [person for person in alike if surname(person) == surname(label.name)]
        if alike and not exact and self.labels.get(fold(label.name), 0) > 1 and self._is_labelled(alike[0]):
            return None
        return next(iter([*exact, *alike]), None)

    def _is_labelled(self, person: str) -> bool:
        return any(words(name)[-1:] == words(person)[-1:] for name in self.labels)


def cast_of(
    labels: Mapping[int, Label], page: Sequence[Paragraph], *, announced: str | None, title: str, source: Source
) -> Cast:
    """Return whose turns are kept: the person announced, by `sources.toml` or by the title; else who answers most, of
    those whom the title names where it names any.

    Beside that person, the others that the title names; in an interview, where others ask, only those whom it joins to
    that person ("with Ann Lee and Bob Ray"). `page` is the head of the page, in which a name may stand in full.
    """
    title = _MODERATOR.sub("", title)
    named = Counter(label.name for label in labels.values() if label.role == "name")
    counts = {fold(name): number for name, number in named.items()}
    if announced is None:
        main = _answers_most(labels, [name for name in named if any(same_person(name, one) for one in names_in(title))])
    else:
        spelled = next((name for name, _ in named.most_common() if same_person(name, announced)), announced)
        main = source.speaker or max(announced, spelled, key=lambda name: len(name.split()))
    if main is None:
        return Cast((), counts)
    main = source.speaker or _in_full(main, page)
    is_interview = (source.kind or kind_of(title)) == "interview"
    if source.speaker:
        return Cast((main,), counts, _office_in(title, main))
    in_title = {surname(name) for name in _joined_to(main, title)} if is_interview else set(words(title))
    others = [name for name in named if surname(name) in in_title and not same_person(name, main)]
    return Cast((main, *(_in_full(other, page) for other in others)), counts, _office_in(title, main))


def _office_in(title: str, name: str) -> str:
    found = spans(title)
    at = next((index for index, word in enumerate(found) if word.folded == surname(name)), 0)
    return " ".join(word.folded for word in found[max(0, at - 5) : at])


def _in_full(name: str, head: Sequence[Paragraph]) -> str:
    """Return a person's name as the head of the page gives it in full; the name itself where it does not."""
    if len(words(name)) > 1:
        return name
    full = (match.split() for line in head for match in names_in(line.text) if same_person(match, name))
    parts = next(full, [name])
    return bare_name(" ".join(parts[-3:] if len(parts) > 2 and len(parts[-2].rstrip(".")) == 1 else parts[-2:]))


def _joined_to(name: str, title: str) -> list[str]:
    """Return the names of a title that stand in one row with a name, which is one of them: "Ann Lee and mayor Ray"."""
    row: list[str] = []
    behind = 0
    for other in names_in(title):
        at = title.find(other, behind)
        if row and not _JOINS.match(title[behind:at]):
            if any(same_person(one, name) for one in row):
                return row
            row = []
        row.append(other)
        behind = at + len(other)
    return row if any(same_person(one, name) for one in row) else []


def _answers_most(labels: Mapping[int, Label], among: Sequence[str]) -> str | None:
    """Return the name that most often follows a question, one of `among` where there are any; None where no question is
    answered by a name, save by somebody who asks as often.
    """
    order = [labels[index] for index in sorted(labels)]
    answers = Counter(
        answer.name
        for question, answer in zip(order, order[1:], strict=False)
        if answer.role == "name"
        and (not among or answer.name in among)
        and (question.role == "question" or (question.name != answer.name and "?" in question.rest))
    )
    asked = Counter(label.name for label in order if "?" in label.rest)
    return next((name for name, times in answers.most_common() if among or times > asked[name]), None)
