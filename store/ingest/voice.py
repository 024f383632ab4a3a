"""Whose voice unlabelled words are in: the speaker's own, or that of somebody who tells of the speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.ingest.page import Paragraph
from store.ingest.persons import surname
from store.text import words

_FIRST_PERSON = frozenset(
    """
    i we our ours us my me mine ourselves myself я мы мне нам нас наш наша наше наши нашу нашей наших мой моя мое
    считаем ich wir unser unsere uns mein meine je j nous notre nos mon ma mes yo nosotros nuestro nuestra nuestros mi
    io noi nostro nostra eu nos nosso 我 我们
    """.split()
)
"""Folded words by which speakers of English, Russian, German, French, Spanish and some others speak of themselves."""
_THE_SPEAKER = re.compile(
    r"\b(?:the|his|her)\s+(?:\w+\s+)?(?:minister|president|chancellor|secretary|ambassador|speaker|speech|address|remarks)\b",
    re.IGNORECASE,
)
_NARRATES = re.compile(
    r"""^\W*(?:[“"«„][^”"»“]*[”"»“]\s*)?
        (?:(?:the\ |a\ |an\ )?(?:\w+\ )?
            (?:reporter|journalist|correspondent|interviewer|moderator|host|audience|interpreter)
          |(?-i:[^\W\d_a-z][\w-]+(?:\ [^\W\d_a-z][\w-]+){1,3}))
        (?:\ (?:of|from)\ [^.,]{2,40}|,\ [^.,]{2,40},)?
        \ (?:then\ |again\ )?(?:asks|asked|(?:inquire|wonder|interrupt|interject)(?:s|d|ed)
          |спрашивает|спросила?|fragte?|demande|pregunta|preguntó)\b
      | ^\W*(?:the\ (?:\w+\ )?(?:minister|president|chancellor|secretary|ambassador|speaker)|he|she)
        \ (?:then\ |also\ )?
        (?:paus|smil|laugh|chuckl|sigh|nod|shrug|frown|gestur|applaud|point|turns?\ to\ h|turned\ to\ h)
        (?:e?s|ed|es|is|er)\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""What the outlet tells between the words of a transcript: who asks what, and what the speaker does."""
_CALLED_IN = re.compile(
    r"^[(\[](?:interrupt|from\ the\ (?:floor|audience|hall|crowd)|off[- ]?mic|inaudible\ question|question|audience"
    r"|voice|shout|crosstalk|heckl|с\ места|из\ зала|перебив|zuruf|zwischenruf)[^)\]]*[)\]]",
    re.IGNORECASE,
)
"""What opens a line of somebody who has no label: "(Interrupting) But why?"."""
_CREDITS = re.compile(
    r"^\W*[^\W\d_a-z][\w-]+(?:\ [^\W\d_a-z][\w-]+){1,3}\ (?:(?:spoke|talked)\ (?:to|with)\b"
    r"|(?:is|was)\ (?:a|an|the)\ (?:[\w-]+\ ){0,3}(?:reporter|journalist|correspondent|editor|columnist|writer|author"
    r"|producer|presenter|host|photographer|contributor|fellow)\b)"
)
"""What the outlet says behind an interview of who asked: "Bob Ray is a reporter of the Daily News."."""
_NOTES = re.compile(
    r"\s*[(\[](?:interrupt|interject|heckl|shout|cr(?:y|ies)\b|voices?\b|from\ the\ (?:floor|audience|hall|crowd)"
    r"|translator|interpreter|ed(?:itor|\.|:)|note\b|с\ места|из\ зала|реплика|прим|zuruf|zwischenruf)[^)\]]*[)\]]\s*",
    re.IGNORECASE,
)
"""What somebody else says within a paragraph, between brackets; "[laughter]" and the like say nothing."""
_DASHED = re.compile(r"^[—–-]\s")
_THE_OFFICE = re.compile(
    r"\bthe\s+(?P<office>minister|president|chancellor|secretary|ambassador)\b(?!\s+of\b)", re.IGNORECASE
)
_LONG = 60
_OWN_SHARE = 0.25
_NAMED_SHARE = 0.1


def tells_of(line: Paragraph, speaker: str) -> bool:
    """Tell whether a paragraph tells of the speaker: by name, or by office and in the third person."""
    found = words(line.text)
    if surname(speaker) in found:
        return True
    return bool(_THE_SPEAKER.search(line.text)) and _FIRST_PERSON.isdisjoint(found)


def is_others(line: Paragraph, speaker: str) -> bool:
    """Tell whether a paragraph without a label, in the midst of a speaker's words, is somebody else's: it names the
    speaker, as hardly anybody names himself, or tells who asks or what the speaker does, and does not say I or we; or
    it says that somebody calls in.
    """
    if _CALLED_IN.match(line.text):
        return True
    found = words(line.text)
    return _FIRST_PERSON.isdisjoint(found) and (surname(speaker) in found or _NARRATES.match(line.text) is not None)


def own_words(text: str) -> tuple[str, ...]:
    """Return a speaker's paragraph without what somebody else says between brackets: what stands before and behind."""
    return tuple(part for part in _NOTES.split(text) if any(map(str.isalnum, part)))


def closes(line: Paragraph, speaker: str, office: str) -> bool:
    """Tell whether a paragraph behind the last words of a speaker is the outlet's: it names the speaker, or the office
    and does not say I or we, or says who asked or wrote.
    """
    found = words(line.text)
    if surname(speaker) in found:
        return True
    held = _THE_OFFICE.search(line.text)
    told = (held is not None and held["office"].lower() in office.split()) or _CREDITS.match(line.text) is not None
    return told and _FIRST_PERSON.isdisjoint(found)


def dialogue_within(page: Sequence[Paragraph]) -> frozenset[int]:
    """Return the indexes of lines that a dash opens, in a run of such lines of which one asks: whose each is, the page
    does not say. Dashes before the points of a list ask nothing.
    """
    found: set[int] = set()
    run: list[int] = []
    for index, line in enumerate(page):
        if _DASHED.match(line.text):
            run.append(index)
            if any("?" in page[at].text for at in run):
                found.update(run)
        else:
            run = []
    return frozenset(found)


def is_first_person(page: Sequence[Paragraph], speaker: str) -> bool:
    """Tell whether unlabelled paragraphs are in the speaker's own voice: they say I or we, and hardly name the speaker.

    A press release or an article under the title of a speech tells of it in the third person.
    """
    found = [set(words(line.text)) for line in page]
    long = sum(len(line.text) >= _LONG for line in page)
    own = sum(not said.isdisjoint(_FIRST_PERSON) for said in found) + sum(line.is_salutation for line in page)
    named = sum(surname(speaker) in said for said in found)
    return bool(page) and own >= max(1, _OWN_SHARE * long) and named <= _NAMED_SHARE * long
