"""What the head of a page says of its text: title, days, kind, outlet, venue, and whose words it announces."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from store.calendar import mentions
from store.ingest.labels import read_label
from store.ingest.members import held_by
from store.ingest.page import Paragraph
from store.ingest.persons import is_city, is_name
from store.ingest.titles import is_with_owner, kind_of, outlet_of, owner_of
from store.model import Source
from store.text import sentences, words

_SPACED_TIME = re.compile(r"((?:19|20)\d\d)(\d{1,2}:\d\d)")
_SLASHES = re.compile(
    r"(?<![\d/])(?:(?P<year_first>(?:19|20)\d\d)/(?P<m>\d\d)/(?P<d>\d\d)"
    r"|(?P<one>\d{1,2})/(?P<other>\d{1,2})/(?P<year>(?:19|20)\d\d))(?![\d/])"
)
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d(?::\d\d)?\b")
_UTTERED = re.compile(
    r"\b(?:recorded|conducted|delivered|held|given|spoken|interviewed|took\ place|prononc[eé]e?|pronunciado"
    r"|gehalten|записано|состоял\w+)\b",
    re.IGNORECASE | re.VERBOSE,
)
_PLACE = re.compile(r"^[^\W\d_](?:[^\W\d_]|[.’' -]){1,40}$")
_NO_PLACE = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:mon|tue|wed|thu|fri|sat|sun)\b|agency|newspaper|herald|times|post|daily|channel|magazine|forum|university|conference|interview"
    r"|briefing|remarks|speech|statement|published|updated|posted",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"""^(?P<line>(?P<place>[^\d,.(/]{2,40})[,.]\s+(?P<day>[^(/–—]{4,30}?)[.,]?
        (?:\s*(?:\([^)]{2,40}\)|/[^/]{2,40}/)\.?)?(?:\s*[–—-]{1,2})?)
        \s+(?P<text>[“"«„]?[^\W\d_a-z].+)$""",
    re.VERBOSE,
)
_SAID_ON = re.compile(
    r"(?<!remarks)(?<!statement)(?<!speech)(?<!address)(?<!comments)\s(?:on|le|am|vom|el|от)$", re.IGNORECASE
)
"""Before the day on which it was said: "Interview of Ann Lee with the Daily News on"; not "Statement on"."""
_DAY_START = re.compile(r"^\D{0,20}\d{1,2}\b")
_MORE = re.compile(r"\b(?!года\b)[^\W\d_]{3,}")
_NEAR = 3
_DATELINE_WITHIN = 6
_LEAD, _LAG = 1, 366
_TODAY = re.compile(r"\b(?:today|now|current|next|upcoming|saved|сегодня|heute|aujourd)\b", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"\b(?:published|posted|released|issued|created|aired|broadcast|опубликован\w*|ver[oö]ffentlicht|gesendet|erschienen"
    r"|publi[eé]|publicado|diffus[eé]e?)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(r"(?:last\s+)?(?:updated|modified|revised|обновлено|aktualisiert)\b.*", re.IGNORECASE)
"""What tells the day on which a page was changed: that of publication only where no other is told."""
_CHANGED_LATER = re.compile(rf"(?<=\d)\D{{0,12}}?\b{_CHANGED.pattern}", re.IGNORECASE)
_CATEGORY = re.compile(
    r"^\W*(?:(?:(?:press|media|news|public|official|transcripts?|speech(?:es)?|remarks|statements?|releases?|briefings?"
    r"|interviews?|articles?|publications?|conferences?|and|the|room|e\s?&\s?oe)\b\W*)+$|(?:index|contents)\b)",
    re.IGNORECASE,
)
"""What a site calls all texts of a sort, and a list of what a text holds: "Speeches and Remarks"."""
_NUMBERED = re.compile(r"(?<=\d)\.(?=\s)")
"""A stop that ends no sentence: "vom 12. Juni"."""
_TRAIL = re.compile(r"(?:^|\S\s)[→>»›|]\s.*\s[→>»›|]\s")
"""Where a page stands on its site, or controls in a row: "Home > News > Speeches"."""
_TRANSCRIPT = re.compile(r"\btranscript\b(?!\s+(?:ID|type)\b)", re.IGNORECASE)
_TITLE_LENGTHS = range(15, 400)
_TITLE_WORDS = 3


@dataclass(frozen=True, slots=True)
class Header:
    """The head of a page. `body` is the index of the paragraph behind it; what the page does not say is None.

    `owner` is the person whose words the title announces ("Sergey Lavrov's remarks"), as the title spells the name.
    """

    title: Paragraph | None
    body: int
    uttered: date | None = None
    published: date | None = None
    kind: str | None = None
    outlet: str | None = None
    venue: str | None = None
    owner: str | None = None


def read_header(page: Sequence[Paragraph], body: int, *, source: Source, language: str | None) -> Header:
    """Read the head of a page: its paragraphs before index `body`, where the text itself begins.

    A day at the end of the title, or behind the name of a place, or behind a word such as "recorded", is the day of
    utterance, unless the page is dated more than a year later. A day on a line of its own behind the title, or close
    before it, is the day of publication; one further off (a page's clock, the day it was saved) is neither.
    """
    at = title_index(page[:body], language)
    title = page[at] if at is not None else None
    text = title.text if title else ""
    uttered = _day_of_title(text, language)
    venue = _venue_before_day(text) if uttered else None
    published = None
    for line in _nearest(page[:body], at):
        days = written_days(_CHANGED_LATER.sub("", line.text), language)
        said = _PUBLISHED.search(line.text) or _UTTERED.search(line.text) or is_dateline(line.text, language)
        if _TODAY.search(line.text) or not said or not (len(days) == 1 or (days and _PUBLISHED.search(line.text))):
            continue
        place = _venue_before_day(line.text)
        if place is not None and not is_city(place) and not _is_gone_to(place, page):
            place = None  # "BBC News, 20 May 2021" tells when it came out.
        if uttered is None and (place or _UTTERED.search(line.text)):
            uttered, venue = days[0], place or venue
        elif published is None:
            published = days[0]
    if uttered and published and not -_LEAD <= (published - uttered).days <= _LAG:
        uttered, venue = None, None  # The title's day is of what the text is about.
    return Header(
        title=title,
        body=body,
        uttered=uttered,
        published=published,
        kind=kind_of(text),
        outlet=outlet_of(text) if owner_of(text) and not is_with_owner(text) else None,
        venue=venue,
        owner=owner_of(text) or (source.title and owner_of(source.title)) or None,
    )


def written_days(text: str, language: str | None) -> tuple[date, ...]:
    """Return the days that are written in full, with their year, in the order of the text.

    A time that runs on from the year ("28 December 201716:08") is no part of it.
    """
    spaced = _SLASHES.sub(_one_reading, _SPACED_TIME.sub(r"\1 \2", text))
    found = mentions(spaced, language=language, document_day=date(2000, 1, 1))
    return tuple(mention.day for mention in found if str(mention.day.year) in mention.words)


def _one_reading(match: re.Match[str]) -> str:
    """Return a day in slashes as ISO has it where it can be read in one way only: 13/02/2018, 2018/02/07."""
    if match["year_first"]:
        return f"{match['year_first']}-{match['m']}-{match['d']}"
    one, other = int(match["one"]), int(match["other"])
    if one > 12 >= other:
        return f"{match['year']}-{other:02}-{one:02}"
    return f"{match['year']}-{one:02}-{other:02}" if other > 12 >= one or one == other else match.group()


def is_dateline(text: str, language: str | None) -> bool:
    """Tell whether a line holds a day, or a time, and little else."""
    spaced = _SLASHES.sub(_one_reading, _SPACED_TIME.sub(r"\1 \2", text))
    rest = _CLOCK.sub("", spaced)
    for mention in mentions(spaced, language=language, document_day=date(2000, 1, 1)):
        rest = rest.replace(mention.words, "")
    letters = sum(letter.isalpha() for letter in rest)
    return rest != spaced and letters <= (12 if kind_of(rest) or owner_of(rest) else max(30, len(spaced) // 3))


def dateline_apart(page: Sequence[Paragraph], language: str | None) -> tuple[Paragraph, ...]:
    """Return a page in which the dateline that its first words may be, or those behind its title, is a paragraph of its
    own: "PARIS, 12 March 2025 (Reuters) - The minister said …". It names a place, and a day with its year.
    """
    for index, line in enumerate(page[:_DATELINE_WITHIN]):
        match = _DATELINE.match(line.text)
        if match and _is_dateline_of(match, language):
            apart = (Paragraph(line.line, match["line"]), Paragraph(line.line, match["text"]))
            return (*page[:index], *apart, *page[index + 1 :])
    return tuple(page)


def _is_dateline_of(match: re.Match[str], language: str | None) -> bool:
    place = match["place"]
    there = place.isupper() or is_city(place)
    return (
        there
        and _is_place(place)
        and is_dateline(match["day"], language)
        and len(written_days(match["day"], language)) == 1
    )


def title_index(head: Sequence[Paragraph], language: str | None) -> int | None:
    """Return the index of the title among the first paragraphs of a page; None where none looks like one."""
    best: tuple[float, int] | None = None
    if marked := [index for index, line in enumerate(head) if line.is_title]:
        return marked[0]
    once = {line.text: line for line in head}.values()  # A title may be printed twice.
    labelled = Counter(label.name for line in once if (label := read_label(line)) is not None)
    for index, line in enumerate(head):
        if len(line.text) not in _TITLE_LENGTHS or line.is_furniture or is_dateline(line.text, language):
            continue
        if line.is_stage_direction or held_by(line.text):
            continue
        label = read_label(line)
        kind = kind_of(line.text) is not None and not _CATEGORY.match(line.text)
        few = _TITLE_WORDS - (kind and not line.is_closed)
        if len(line.text.split()) < few or (label is not None and label.role != "name"):
            continue
        if label is not None and labelled[label.name] > 1:
            continue  # A turn.
        score = (
            3.0 * kind
            - 3.0 * (_CATEGORY.match(line.text) is not None)
            + 2.0 * (_TRANSCRIPT.search(line.text) is not None and not (kind or line.is_closed))
            + 3.0 * (owner_of(line.text) is not None)
            - 3.0 * line.text.isupper()
            - 5.0 * (_TRAIL.search(line.text) is not None)
            + min(len(line.text), 60) / 60
            - 4.0
            * ((line.is_closed and not line.text.endswith("?")) or len(sentences(_NUMBERED.sub("", line.text))) > 1)
            - index / 10
        )
        if best is None or score > best[0]:
            best = (score, index)
    return best[1] if best else None


def _nearest(head: Sequence[Paragraph], title: int | None) -> Iterable[Paragraph]:
    if title is None:
        return head[-_NEAR:]
    behind = [(index - title, index) for index in range(title + 1, len(head))]
    told = [index for index in range(title) if not head[index].is_stage_direction and words(head[index].text)]
    told = [index for index in told if not _CHANGED.search(head[index].text)]
    before = [(title - index, index) for index in range(title) if index in told[-_NEAR:]]
    before += [(title - index, index) for index in told[:-_NEAR] if _PUBLISHED.search(head[index].text)]
    said = [pair for pair in [*before, *behind] if _PUBLISHED.search(head[pair[1]].text)]
    lines = [head[index] for _, index in [*sorted(said), *sorted(behind), *sorted(before)]]
    return sorted(lines, key=lambda line: _CHANGED.match(line.text) is not None)


def _day_of_title(title: str, language: str | None) -> date | None:
    """Return the day a title ends or begins with, or gives in brackets, or on which it says that words were said; any
    other within its words is a day it speaks of.
    """
    spaced = _SPACED_TIME.sub(r"\1 \2", title)
    for mention in reversed(mentions(spaced, language=language, document_day=date(2000, 1, 1))):
        at = spaced.rfind(mention.words)
        before, after = spaced[:at].rstrip(), spaced[at + len(mention.words) :]
        before = before.rstrip('"”’»')
        said_on = _SAID_ON.search(before) is not None and (
            kind_of(title) in {"press conference", "briefing", "interview"}
            or (kind_of(title) is not None and owner_of(title) is not None)
        )
        stands_apart = said_on or not before or (before[-1] in ",;:(–—-|" and not _MORE.search(after))
        if stands_apart and str(mention.day.year) in mention.words:
            return mention.day
    return None


def _venue_before_day(text: str) -> str | None:
    """Return the place of "…, Moscow, September 1, 2020" or "Moscow, 1 September 2020", or None."""
    parts = [part.strip() for part in re.split(r"[,(]", text)]
    pairs = zip(parts, parts[1:], strict=False)
    return next((part for part, day in pairs if _DAY_START.match(day) and _is_place(part)), None)


def _is_gone_to(place: str, page: Sequence[Paragraph]) -> bool:
    """Tell whether a page speaks of what happens in a place: "here in Tallborg"."""
    name = re.escape(place.title() if place.isupper() else place)
    there = re.compile(rf"\b(?:[Ii]n|near|à|en|в)\s+{name}\b(?!\s+[^\W\d_a-z])")
    return any(there.search(line.text) for line in page)


def _is_place(text: str) -> bool:
    return bool(_PLACE.match(text)) and len(text.split()) <= 3 and is_name(text) and not _NO_PLACE.search(text)
