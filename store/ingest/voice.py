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
_LONG = 60
_OWN_SHARE = 0.25
_NAMED_SHARE = 0.1


def tells_of(line: Paragraph, speaker: str) -> bool:
    """Tell whether a paragraph tells of the speaker: by name, or by office and in the third person."""
    found = words(line.text)
    if surname(speaker) in found:
        return True
    return bool(_THE_SPEAKER.search(line.text)) and _FIRST_PERSON.isdisjoint(found)


def is_first_person(page: Sequence[Paragraph], speaker: str) -> bool:
    """Tell whether unlabelled paragraphs are in the speaker's own voice: they say I or we, and hardly name the speaker.

    A press release or an article under the title of a speech tells of it in the third person.
    """
    found = [set(words(line.text)) for line in page]
    long = sum(len(line.text) >= _LONG for line in page)
    own = sum(not said.isdisjoint(_FIRST_PERSON) for said in found) + sum(line.is_salutation for line in page)
    named = sum(surname(speaker) in said for said in found)
    return bool(page) and own >= max(1, _OWN_SHARE * long) and named <= _NAMED_SHARE * long
