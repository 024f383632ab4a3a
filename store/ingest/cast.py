"""Who speaks in a transcript: whose turns are kept, and how the labels of these turns are known."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from store.ingest.labels import Label
from store.ingest.offices import Holder, holder_of, holders
from store.ingest.page import Paragraph
from store.ingest.panel import heard
from store.ingest.persons import bare_name, is_office, is_role, names_in, same_person, surname
from store.ingest.titles import kind_of
from store.model import Source
from store.text import fold, spans, words

_MODERATOR = re.compile(r"\b(?:moderated|hosted|led|chaired|interviewed|conducted)\s+by\s+[^,;:]+", re.IGNORECASE)
_THE = re.compile(r"^(?:the|mr\.?|mrs\.?|ms\.?|madam)\s+", re.IGNORECASE)
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
    """The words before the first one's name in the title."""
    offices: Mapping[str, str] = field(default_factory=dict)
    """Who is meant by the labels, folded, that name an office or a part alone: "THE PRESIDENT", "THE WITNESS"."""
    left: Mapping[str, str] = field(default_factory=dict)
    """Why the turns of a label, folded, are not kept, where it is not that the title names nobody so."""

    def plays(self, label: Label) -> str | None:
        """Return the person whose turn a label opens; None for everybody else's."""
        if label.role == "answer":
            # Where the speaker is labelled by name, an unnamed answer is of another text of the page.
            return None if not self.names or self._is_labelled(self.names[0]) else self.names[0]
        if label.role in {"question", "other"} or (label.role == "unknown" and fold(label.name) not in self.offices):
            return None
        if is_office(label.name) or label.role == "unknown":
            holder = self.offices.get(fold(label.name))
            return next((one for one in self.names if holder and (one == holder or same_person(one, holder))), None)
        alike = [person for person in self.names if same_person(person, label.name)]
        exact = [person for person in alike if surname(person) == surname(label.name)]
        if alike and not exact and self.labels.get(fold(label.name), 0) > 1 and self._is_labelled(alike[0]):
            return None
        return next(iter([*exact, *alike]), None)

    def why_not(self, label: Label) -> str:
        """Return why the turns of a label that is nobody's of `names` are not kept."""
        if label.role == "answer":
            return "other answers are labelled by name; if it is theirs, name it so"
        if is_role(label.name):
            return "nothing tells who that is; where it is one person, say `speaker` in sources.toml"
        if label.role == "unknown":
            return "nothing tells who speaks there"
        return self.left.get(fold(label.name), "the title names nobody so")

    def _is_labelled(self, person: str) -> bool:
        return any(words(name)[-1:] == words(person)[-1:] for name in self.labels)


def cast_of(
    labels: Mapping[int, Label],
    page: Sequence[Paragraph],
    *,
    announced: Sequence[str],
    title: str,
    source: Source,
    asking: frozenset[int] = frozenset(),
) -> Cast:
    """Return whose turns are kept: the person announced, by `sources.toml` or by the title; else who answers most, of
    those whom the title names where it names any.

    Beside that person, the others that the title names; in an interview, where others ask, only those whom it joins to
    that person ("with Ann Lee and Bob Ray"). `page` is the head of the page, in which a name may stand in full,
    `asking` the indexes of the turns that end with a question.
    """
    title = _MODERATOR.sub("", title)
    offices = _holders(labels, page, title)
    # A title in capitals runs on behind the name: "Remarks by President Lee Honoring Farmers".
    offices = {
        label: next((one for one in announced if f"{name} ".startswith(f"{one} ")), name)
        for label, name in offices.items()
    }
    named = Counter(offices.get(fold(label.name), label.name) for label in labels.values() if label.role == "name")
    counts = {fold(name): number for name, number in named.items()}
    answering = _answers_most(
        labels, [name for name in named if any(same_person(name, one) for one in names_in(title))]
    )
    if not announced:
        main = answering and offices.get(fold(answering), answering)
        if main is None:
            main = next((name for name in named if is_office(name) and _by_office(name).search(title)), None)
        panel, left = heard(named, labels, page, title, asking, outlet=source.outlet or "")
        if len(panel) > 1:
            return Cast(tuple(_in_full(name, title, page) for name in panel), counts, "", offices, left)
        main = main or next(iter(panel), None)
    else:
        spelled = next((name for name, _ in named.most_common() if same_person(name, announced[0])), None)
        main = source.speaker or max(announced[0], spelled or announced[0], key=lambda name: len(name.split()))
        if source.speaker and spelled is None and answering and is_office(answering) and fold(answering) not in offices:
            offices[fold(answering)] = main  # Nobody else can be meant by the one label that answers.
        if source.speaker and spelled is None:
            parts = {fold(label.name) for label in _answering(labels) if is_role(label.name)}
            offices |= dict.fromkeys(parts, main) if len(parts) == 1 else {}
    if main is None:
        return Cast((), counts)
    if is_office(main):
        offices[fold(main)] = main = _as_written(main)
    main = source.speaker or _in_full(main, title, page)
    introduced = (kind_of(line.text) for line in page[: min(labels, default=0)] if line.is_closed)
    is_interview = (source.kind or kind_of(title) or next(filter(None, introduced), None)) == "interview"
    if source.speaker:
        return Cast((main,), counts, _office_in(title, main), offices)
    in_title = {surname(name) for name in _joined_to(main, title)} if is_interview else set(words(title))
    others = [
        name
        for name in named
        if (surname(name) in in_title or any(same_person(name, one) for one in announced[1:]))
        and not same_person(name, main)
        and not is_office(name)
        and not _interviews(name, main, labels.values())
    ]
    names = (main, *dict.fromkeys(_in_full(other, title, page) for other in others))
    return Cast(names, counts, _office_in(title, main), offices)


def _interviews(name: str, main: str, labels: Collection[Label]) -> bool:
    """Tell whether somebody whom the title names asks the other: in a third of the turns, and far more often."""
    asked = [sum("?" in label.rest for label in labels if same_person(label.name, one)) for one in (name, main)]
    turns = sum(same_person(label.name, name) for label in labels)
    return asked[0] * 3 >= turns and asked[0] > 1 and asked[0] > 3 * asked[1]


def _holders(labels: Mapping[int, Label], page: Sequence[Paragraph], title: str) -> dict[str, str]:
    """Return who is meant by the labels that name an office alone: the one person to whom the title, else a label
    ("ANN LEE, PRIME MINISTER:"), the head of the page or the first turn gives that office.
    """
    first = min(labels, default=len(page))
    known = (
        [*holders(title)],
        [Holder(tuple(words(label.office)), label.name) for label in labels.values() if label.office],
        [holder for line in page[:first] for holder in holders(line.text)],
        [*holders(labels[first].rest)] if first in labels else [],
    )
    names = {label.name for label in labels.values() if is_office(label.name)}
    found = {fold(name): holder_of(name, *known) for name in names}
    return {name: holder for name, holder in found.items() if holder}


def _by_office(office: str) -> re.Pattern[str]:
    """Return a pattern for titles that announce the words of whoever holds an office: "Remarks by the President"."""
    bare = re.escape(_THE.sub("", office))
    return re.compile(rf"\b(?:by|of|with)\s+(?:the\s+)?{bare}\b|^(?:the\s+)?{bare}[’']s?\s", re.IGNORECASE)


def _as_written(office: str) -> str:
    """Return an office as a name of who holds it: "Prime Minister" for "THE PRIME MINISTER"."""
    bare = _THE.sub("", office)
    return bare.title() if bare.isupper() else bare


def _office_in(title: str, name: str) -> str:
    found = spans(title)
    at = next((index for index, word in enumerate(found) if word.folded == surname(name)), 0)
    return " ".join(word.folded for word in found[max(0, at - 5) : at])


def _in_full(name: str, title: str, head: Sequence[Paragraph]) -> str:
    """Return a person's name as the title, else the head of the page, gives it in full; the name itself where neither
    does, or where the head names two persons of that surname.
    """
    if " " in name:
        return name
    full = [match for match in names_in(title) if same_person(match, name)]
    full = full or [match for line in head for match in names_in(line.text) if same_person(match, name)]
    if not full or not all(same_person(one, full[0]) for one in full):
        return name
    parts = full[0].split()
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
    answers = Counter(
        answer.name for answer in _answering(labels) if answer.role == "name" and (not among or answer.name in among)
    )
    asked = Counter(label.name for label in labels.values() if "?" in label.rest)
    found = next((name for name, times in answers.most_common() if among or times > asked[name]), None)
    return _answers_most(labels, ()) if found is None and among else found


def _answering(labels: Mapping[int, Label]) -> Iterator[Label]:
    """Yield the labels of turns behind a question of somebody else."""
    order = [labels[index] for index in sorted(labels)]
    for question, answer in itertools.pairwise(order):
        if question.role == "question" or (question.name != answer.name and "?" in question.rest):
            yield answer
