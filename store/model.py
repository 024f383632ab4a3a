"""The records that the parts of Quotebot hand to each other, from Source to OnThisDay."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Attribution(StrEnum):
    """Whose words a Passage holds."""

    SPOKEN = "spoken"
    """A transcript of the speaker's words."""
    QUOTED = "quoted"
    """A report that holds the speaker's words in quotation marks."""
    REPORTED = "reported"
    """The outlet's own paraphrase."""


class Dated(StrEnum):
    """What a Document's date is the date of."""

    UTTERANCE = "utterance"
    PUBLICATION = "publication"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text comes from: a file of the seeds folder and what `sources.toml` says of it.

    Every field but `file` is None where `sources.toml` is silent; what it says wins over the text.
    """

    file: str
    title: str | None = None
    date: dt.date | None = None
    published: dt.date | None = None
    kind: str | None = None
    outlet: str | None = None
    venue: str | None = None
    speaker: str | None = None
    language: str | None = None
    url: str | None = None
    archived: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One text of one Source, as published.

    `id` is at most 32 characters of A-Z a-z 0-9 _ -. `date` is the day of utterance where `dated` says so, else
    the day of publication standing in for it. `language` is a BCP 47 tag. None means: not known.
    """

    id: str
    file: str
    title: str
    date: dt.date
    dated: Dated
    published: dt.date | None = None
    outlet: str | None = None
    venue: str | None = None
    kind: str | None = None
    language: str | None = None
    url: str | None = None
    archived: str | None = None
    speakers: tuple[str, ...] = ()
    passages: int = 0
    questions: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """A citable stretch of a Document by one Speaker: one paragraph, white space folded.

    `position` counts from 0 in the order of the file; `line` is the line of the file it begins at, from 1.
    `verbatim` holds the strings within quotation marks that are the speaker's own words (empty unless quoted).
    `formula` marks courtesies and stage directions of the speaker, which are never shown unasked.
    """

    id: str
    document: str
    position: int
    text: str
    attribution: Attribution
    verbatim: tuple[str, ...] = ()
    speaker: str | None = None
    question: str | None = None
    formula: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class DatedMention:
    """A day that a Passage speaks of: `words` as written there, `sentence` the index of the sentence, from 0."""

    day: dt.date
    words: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A Passage as shown: the part that answers, who said it, when, and the links that prove it.

    `text` is whole sentences of `passage.text`, at most 600 characters, a single sentence up to 1,000, beyond
    that cut at a word and ended with `…`. `matched` are words of the archive as they stand there, in lower case.
    """

    passage: Passage
    document: Document
    text: str
    link: str | None = None
    archived: str | None = None
    score: float = 0.0
    matched: tuple[str, ...] = ()
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found, best first.

    `corrected` pairs a word as typed with the word of the archive it was taken for; `missing` are the words that
    matter and occur nowhere, under no spelling. `total` counts all hits, of which `quotes` holds a stretch.
    """

    quotes: tuple[Quote, ...]
    total: int
    corrected: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OnThisDay:
    """Something that falls on a day of the year.

    `kind` is "anniversary" (a Document of that day) or "event" (a day that a Passage speaks of); `what` is one
    plain line; `years_ago` counts from the year asked about.
    """

    kind: str
    date: dt.date
    years_ago: int
    what: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark of a build about a file: a refusal or a warning; `line` from 1, or None."""

    file: str
    line: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did: file names by outcome, remarks, and the size of the Archive after it."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    refused: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()
    documents: int = 0
    passages: int = 0
    seconds: float = 0.0
