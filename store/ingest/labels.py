"""The labels that open a turn in a transcript: "Question:", "Sergey Lavrov (in English):", "Q."."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from store.ingest.page import Paragraph
from store.ingest.persons import bare_name, is_name, same_person
from store.text import fold

_LABEL = re.compile(
    r"^[*_#>\s]*(?P<label>[^\W\d_][^:.!?“”\"«»]{0,80}?(?:\([^)]*\))?)\s*[*_]*:[*_]*(?:\s+|$)(?P<rest>.*)$"
)
_SHORT = re.compile(r"^(?P<label>[QA]|[QA]\d{1,2})\s*(?:[.:)]|[-–—](?=\s))\s*(?P<rest>\S.*)$")
_QUESTION = re.compile(
    r"^(?:q\d*|questions?|(?:next|first|last|another|follow-?up)\ question|interviewer|moderator|correspondent|reporter"
    r"|journalist|host|anchor|presenter|press|media|в|вопрос\w*|ведущ\w+|журналист\w*|корреспондент\w*|frage\w*|pregunta\w*"
    r"|domanda|pergunta|pytanie|питання|запитання|سؤال|问|記者|记者)\b",
    re.VERBOSE,
)
_ANSWER = re.compile(
    r"^(?:a\d*|answers?|reply|о|ответ|antwort|r[eé]ponse|respuesta|risposta|resposta|відповідь|جواب|答)$"
)
_MOST_LABEL_WORDS = 8
_RECURS = 2


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the head of a paragraph and the text behind it; `role` is "question", "answer" or "name"."""

    name: str
    role: str
    rest: str


def read_label(paragraph: Paragraph) -> Label | None:
    """Return the label a paragraph opens with, or None: a word of asking or answering, or what looks like a name."""
    match = _SHORT.match(paragraph.text) or _LABEL.match(paragraph.text)
    if match is None or len(match["label"].split()) > _MOST_LABEL_WORDS:
        return None
    name = bare_name(match["label"]) or match["label"].strip()
    folded = fold(re.sub(r"\s*\([^)]*\)", "", match["label"])).strip()
    if _ANSWER.match(folded):
        return Label(name, "answer", match["rest"])
    if _QUESTION.match(folded):
        return Label(name, "question", match["rest"])
    if is_name(name):
        return Label(name, "name", match["rest"])
    return None


def turn_labels(page: Sequence[Paragraph], *, known: Sequence[str] = ()) -> dict[int, Label]:
    """Return the labels that open turns, by index of their paragraph.

    A name is one only where it recurs, or is a person of `known`: "Remember: …" opens no turn.
    """
    labels = {index: label for index, paragraph in enumerate(page) if (label := read_label(paragraph)) is not None}
    names = Counter(fold(label.name) for label in labels.values() if label.role == "name")
    return {
        index: label
        for index, label in labels.items()
        if label.role != "name"
        or names[fold(label.name)] >= _RECURS
        or any(same_person(label.name, person) for person in known)
    }
