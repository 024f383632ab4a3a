"""Where unlabelled words of a speaker begin on a page, and where they end."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from store.ingest.header import is_dateline
from store.ingest.labels import read_label, untimed
from store.ingest.outlets import speaks_behind
from store.ingest.page import Paragraph, script
from store.ingest.voice import is_first_person, tells_of
from store.text import words

_HEAD = 30
_BEHIND = 6
TITLE_WORDS = 10
"""More words than headings have."""
_PREDICATES = frozenset(
    """
    i you he she it we they is are am was were be been has have had do does did will would can could shall should may
    might must not there this that said
    """.split()
)
"""Folded words that sentences have and headings of transcripts hardly ever."""
_ABOVE = re.compile(
    r"^(?:[^\W\d_a-z][\w’'-]*(?:[\s,]+[^\W\d_a-z][\w’'-]*){0,3},\s[^\W\d_a-z][\w.]{1,4}\."
    r"|(?i:from|by|published|delivered|location|venue|place|date|time|author|speaker|updated|topics?)(?:\s\w+){0,2}:)$"
)
"""What stands above a speech and ends as a sentence does: "Washington, D.C.", "Delivered on:"."""
_SEPARATES = re.compile(r"^(?:[\\*_\s#~•·—–-]+|\W{0,3}\d{1,3}\W{0,3}|[\W_]{1,3})$")
"""What stands between the parts of a text: asterisks; or a number, as of a part or a page."""
_RUNNING = 400
"""Letters from which on a paragraph is of a text though its last sentence breaks off: no title is as long."""
_CLOSED_SHARE = 0.6
"""Below this share of paragraphs that end as sentences do, a line without an end is no sign of a heading."""


def opening(head: Sequence[Paragraph], title: int, speaker: str, language: str | None) -> int:
    """Return the index at which unlabelled words begin: behind the title, its day and the page's controls, and behind
    the outlet's introduction, which names the speaker, as hardly anybody names himself.
    """
    for index in range(title + 1, len(head)):
        line = head[index]
        whole = line.is_closed or line.is_salutation or len(line.text) >= _RUNNING
        whole = whole and not line.is_stage_direction and not line.is_furniture
        whole = whole and _ABOVE.match(line.text) is None and not (line.is_salutation and line.text.isupper())
        if whole and not is_dateline(line.text, language) and not tells_of(line, speaker):
            return index
    return len(head)


def opening_of(head: Sequence[Paragraph], title: int, speaker: str, language: str | None) -> int:
    """Return the index at which the words of a page begin of which it is asserted whose they are: its head may have
    parts that end as sentences do, and a day or an address behind them.
    """
    first = opens = opening(head, title, speaker, language)
    while opens < len(head):
        upto = end_of(head, opens, language, asserted=True)
        if (
            upto == len(head)
            or upto > opens + _BEHIND
            or any(line.is_prose and not line.text.isupper() for line in head[opens:upto])
        ):
            return opens
        opens = opening(head, upto, speaker, language)
    return first


def end_of(page: Sequence[Paragraph], start: int, language: str | None, *, asserted: bool) -> int:
    """Return the index behind the last paragraph of the text, which may go on from `start`.

    Asterisks, or a number alone, part a text and end it only where nobody says I or we behind them: what stands there
    may be the outlet's, and is where it speaks of its reporters, its readers or who spoke. Few lines tell that only
    where it is `asserted` whose the words of the page are.
    """
    end = _before_matter(page, start, language)
    parted = [at for at in range(start, end) if _SEPARATES.match(page[at].text)]
    for first, last in itertools.pairwise([*parted, end]):
        if any(speaks_behind(line.text) for line in page[first + 1 : last]):
            end, parted = first, [at for at in parted if at < first]
            break
    least = 1 if asserted else _BEHIND
    for first, last in reversed([*itertools.pairwise([*parted, end])]):
        if is_first_person(page[first + 1 : last], "") and len(page) - first > least:
            return last
    return parted[0] if parted else end


def _before_matter(page: Sequence[Paragraph], start: int, language: str | None) -> int:
    """Return the index from `start` on at which what is the page's own begins."""
    dominant = script(" ".join(line.text for line in page[max(0, start - _HEAD) : start or None]))
    tell = headings_tell(page[:start] or page)

    def foreign(line: Paragraph) -> bool:
        return line.script not in {None, dominant}

    for index in range(start, len(page)):
        line = page[index]
        if _SEPARATES.match(line.text):
            continue
        if line.is_furniture or foreign(line) or is_bare_day(line, language):
            return index
        if is_title(line) and tell:
            after = page[index + 1] if index + 1 < len(page) else None
            if (
                after is None
                or after.is_heading
                or after.is_furniture
                or foreign(after)
                or is_bare_day(after, language)
            ):
                return index
    return len(page)


def is_bare_day(line: Paragraph, language: str | None) -> bool:
    """Tell whether a line is a day, or a time, and no turn."""
    return line.is_heading and bool(untimed(line.text)) and is_dateline(line.text, language) and not read_label(line)


def headings_tell(page: Sequence[Paragraph]) -> bool:
    """Tell whether a line without an end is a heading on a page: most others end as sentences do."""
    return sum(line.is_closed or line.is_salutation for line in page) >= _CLOSED_SHARE * len(page)


def is_title(line: Paragraph) -> bool:
    """Tell a heading from a sentence that has lost its full stop: few words, and none that says or does something."""
    if not line.is_heading:
        return False
    found = words(line.text)
    return len(found) <= TITLE_WORDS and _PREDICATES.isdisjoint(found)
