"""The label that opens a turn in a transcript, as one paragraph has it: "Question:", "Sergey Lavrov (in English):"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from store.ingest.members import held_by
from store.ingest.page import Paragraph
from store.ingest.persons import bare_name, is_name, is_office, is_role
from store.text import fold

_LABEL = re.compile(
    r"""^[*_#>\s]*(?:[\[(]\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,3})?)?[\])]\s*)?
        (?P<label>[^\W\d_](?:[^:.!?“”"«»]|(?<=\b\w)\.|(?<=\b[MD][rsRS])\.|(?<=\bM[rR][sS])\.|(?<=\bProf)\.
            |(?<=,\ [JS]r)\.
            |(?<=\b(?:hon|Hon|Min|Sec|Gen|Sen|Rep|Gov|Amb|HON|MIN|SEC|GEN|SEN|REP|GOV|AMB))\.){0,80}?(?:\([^)]*\)|\[[\d:.,]+\])?)
        \s*[*_]*(?:：|:[*_]*(?:\s+|$)|\.[-–—]+(?:\s+|$))(?P<rest>.*)$""",
    re.VERBOSE,
)
_SHORT = re.compile(
    r"^(?P<label>[QAR]|[QA]\d{1,2}|Q(?=\s+[^\W\d_a-z])|P(?=\s*[.:]\s*¿))(?:\s*\([^()]{2,60}\)(?=\s*[.:]))?(?:\s*[.:)]+|\s*[-–—](?=\s)|(?<=Q)(?=\s))\s*(?![^\W\d_a-z]\.)(?P<rest>\S.*)$"
)
_STAMP = re.compile(r"^\s*[\[(]\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,3})?)?[\])]\s*")
_QUESTION = re.compile(
    r"^(?:(?:q\d*|в)$|.{0,30}\squestion$|(?:zusatz|nach)frage\w*|zuruf\w*|questions?"
    r"|(?:next|first|last|another|follow-?up)\ question"
    r"|interviewer|moderator|correspondent|reporter"
    r"|journalist|host|anchor|presenter|press(?!\ release)|media|вопрос\w*|ведущ\w+|журналист\w*|корреспондент\w*"
    r"|frage\w*|pregunta\w*|remark|retort|(?:voice\ )?from\ the\ (?:audience|floor|hall)|audience|реплика|domanda"
    r"|pergunta|pytanie|питання|запитання|سؤال|问|問|記者|记者)(?!\w)",
    re.VERBOSE,
)
_OTHERS = re.compile(
    r"^(?:(?:an?|the|one|another|hon\.?|honou?rable|some|several|many|all|other)\ ){0,3}(?:members?|voices?|shouts?"
    r"|delegates?|participants?|protesters?|crowd|heckler|speakers|m[ae]n|wom[ae]n)(?:\ (?:of|from|in|at)\ .+)?$"
    r"|^(?:(?:male|female)\ )?(?:speaker|voice|man|woman|participant|attendee|person|member)\ ?\#?\ ?\d+$"
    r"|^(?:unidentified|unknown|announcer|narrator|clip|video|voice-?over|interpreter|translator)\b"
)
"""Folded labels of those who are heard beside the speaker and ask nothing."""
_ANSWER = re.compile(
    r"^(?:[ar]\d*|answers?(?:\s*\d+)?|reply|о|ответ|antwort|r[eé]ponse|respuesta|risposta|resposta|відповідь|جواب|答)$"
)
_NO_LABEL = re.compile(
    r"^(?:\w+\s+)?transcript$|^(?:release|transcript)\s+\w+$"
    r"|^(?:[\w-]+\s+){0,2}(?:speech|statement|remarks|address|lecture|release|briefing|interview)$",
    re.IGNORECASE,
)
"""What stands before a colon at the head of a page: "Full transcript: …", "Release date: …", "Speech: …"."""
_OF_SENTENCE = re.compile(r"\b(?i:i|we|you|they|he|she|it)\s+[a-z]")
"""What stands before a colon within a sentence: "We face an urgent question: …"; but "He Lifeng" is a name."""
_NUMBERED = re.compile(r"^Q\s?\d{1,4}\.?\s+(?=[^\W\d_a-z])")
"""What a committee numbers its questions with, before the name of who asks: "Q12 Ann Lee: …"."""
_ASIDE = re.compile(r"^\s+(?:on|in|for|at|with|as|by)\s", re.IGNORECASE)
"""What stands behind a comma there too: "Friends, on behalf of all: …"; or behind a full name, how it speaks."""
_SUFFIX = re.compile(r",\s(?:[JS]r\.?|I{2,3}|IV)(?=,|$)")
"""What tells a person from a namesake: "John Lee, Jr.:"."""
_SMALL = re.compile(r"\b[^\W\d_A-Z][^\W\d_]+\b")
_MOST_LABEL_WORDS = 8
ORDINALS = frozenset(
    "first second third fourth fifth sixth firstly secondly thirdly lastly finally next then remember note".split()
)
"""Folded words that open what a speaker says, before a colon too."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the head of a paragraph and the text behind it; `role` is "question", "answer", "name", for voices
    without a name "other", and "unknown" where nothing tells whether it names anybody. `office` is what stands behind
    the name ("ANN LEE, PRIME MINISTER:").
    """

    name: str
    role: str
    rest: str
    office: str = ""


def read_label(paragraph: Paragraph) -> Label | None:
    """Return the label a paragraph opens with, or None: a word of asking or answering, or what looks like a name."""
    match = _SHORT.match(paragraph.text) or _LABEL.match(paragraph.text)
    label = match and label_of(match["label"], _STAMP.sub("", match["rest"]))
    return None if label and label.role == "name" and paragraph.is_furniture else label  # "Tel: …"


def label_of(written: str, rest: str) -> Label | None:
    """Return the label that is written so before that text, or None where it names nobody and no part."""
    asked = _NUMBERED.match(written)
    written = _SUFFIX.sub("", written[asked.end() :] if asked else held_by(written) or written)
    if len(written.split()) > _MOST_LABEL_WORDS or _NO_LABEL.match(written) or _OF_SENTENCE.search(written):
        return None
    before, _, office = written.partition(",")
    name = bare_name(before) or before.strip()
    if _ASIDE.match(office) and not before.isupper() and not (" " in name and is_name(name) and not is_office(name)):
        return None
    folded = fold(re.sub(r"\s*\([^)]*\)", "", written)).strip()
    if _ANSWER.match(folded):
        return Label(name, "answer", rest)
    if asked or _QUESTION.match(folded):
        return Label(name, "question", rest)
    if _OTHERS.match(folded) or is_role(written):
        return Label(written, "unknown", rest) if is_role(written) else Label(name, "other", rest)
    return Label(name, "name", rest, office.strip()) if is_name(name) or is_office(name) else None


def untimed(text: str) -> str:
    """Return a text without the time in brackets that it begins with: "[00:17] I tell you that …"."""
    return _STAMP.sub("", text)


def small_words(page: Sequence[Paragraph]) -> frozenset[str]:
    """Return the words that a page writes small anywhere, as it does no name."""
    return _small_in(tuple([paragraph.text for paragraph in page]))


@lru_cache(maxsize=8)  # One page is asked about by each way of reading it.
def _small_in(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in _SMALL.findall(text))
