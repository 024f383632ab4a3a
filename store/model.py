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
    that cut at a word and ended with `…`. `matched` are words of the archive as they stand there, in lower case, and
    `found` where what was looked for begins and ends in `passage.text`, in which the same word may stand for something
    else too; None where that is not known.
    """

    passage: Passage
    document: Document
    text: str
    link: str | None = None
    archived: str | None = None
    score: float = 0.0
    matched: tuple[str, ...] = ()
    partial: bool = False
    found: tuple[tuple[int, int], ...] | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """That `words` of the archive count as a word of a search by a `rule`, worth so much of 1 for the word itself."""

    words: str
    rule: str
    worth: float


@dataclass(frozen=True, slots=True)
class Explained:
    """How a search was understood: each word looked for with what counts as it, and the parts of each score.

    `shares` are how much each of these words is of what is sought, of 1 for all together. `scores` go by the passage's
    id: what each part of its score was for, and how much it was. `idle` are the words typed that were not looked for.
    """

    words: tuple[tuple[str, tuple[Counted, ...]], ...]
    shares: tuple[float, ...]
    scores: dict[str, dict[str, float]]
    idle: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filter:
    """What narrows a search beside its words: its `name` is by, source or years, its value folded `words` or `years`.

    The latter are the first and the last, 1 and 9999 where there is none. It is phrase for words in quotation marks
    that nobody says, wording for those that nobody says together with the rest, without for all words where only what
    is left out has them, and "left out" where that leaves nothing.
    """

    name: str
    words: tuple[str, ...] = ()
    years: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found, best first.

    `corrected` pairs a word as typed with the word of the archive it was taken for; `missing` are the words that
    matter and occur nowhere, under no spelling or alias; `apart` those that are said, but never together, where
    that is so; `otherwise` those that nobody says, found in words that mean nearly the same; `elsewhere` those that
    are said, but not with the others, so that the first quote has words for them that mean nearly the same; `days`
    are the first and the last of those typed, where only texts of these were looked at; `unmet` what narrows the
    search to nothing, or would if it were insisted on. The words are as typed, in lower case. `total` counts all
    hits, of which `quotes` holds a stretch; `alike` are how many of these, from the first on, say no less of it
    outright than that one, so that what is told of the search holds for them; 0 where nobody asked.
    """

    quotes: tuple[Quote, ...]
    total: int
    corrected: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    days: tuple[dt.date, dt.date] | None = None
    unmet: tuple[Filter, ...] = ()
    alike: int = 0
    explained: Explained | None = None


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
    """What a build did: file names by outcome, remarks, and the size of the Archive after it.

    `passages_before` is how many passages there were before; `tag` asks the Archive for the documents that were added,
    and is empty where none was or all are new; `names` is whether the names of things were taken in anew, as after a
    change of `aliases.toml`.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    refused: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()
    documents: int = 0
    passages: int = 0
    seconds: float = 0.0
    passages_before: int = 0
    tag: str = ""
    names: bool = False


class Rhythm(StrEnum):
    """On which days a Subscription is due."""

    DAILY = "daily"
    WEEKDAYS = "weekdays"
    """Monday to Friday; Monday's Digest covers the weekend."""
    WEEKLY = "weekly"
    """On the weekday of the Subscription; its Digest covers the seven days up to it."""


class SubscriptionState(StrEnum):
    """Whether a Subscription is at work."""

    ACTIVE = "active"
    PAUSED = "paused"
    """Nothing is sent before the chat resumes it; `reason` says why."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A chat's standing request.

    `topic` is 0 where the chat has none; `kind` is the kind of chat, as Telegram names it. `hour` is HH:MM by the
    wall clock of `zone` (a name of the IANA database, or an offset such as UTC+05:30), which was chosen by the place
    `zone_said`. `weekday` counts from Monday, 0. A Quote should hold one of the `wanted` words, where there are any,
    and none of the `unwanted`. `exact` asks for anniversaries or silence. `next_due_at` is UTC; `next_date` is the
    local date of the Digest that is due then.
    """

    chat: int
    topic: int
    kind: str
    hour: str
    zone: str
    zone_said: str
    rhythm: Rhythm
    weekday: int
    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]
    silent: bool
    exact: bool
    state: SubscriptionState
    reason: str
    next_due_at: dt.datetime
    next_date: dt.date
    made_at: dt.datetime


class DeliveryState(StrEnum):
    """How far a Delivery has come: the first three are open, the others final."""

    LEASED = "leased"
    """Somebody is about to send it; nothing has left yet."""
    SENDING = "sending"
    """Handed to Telegram, whose answer is not known: it may have arrived."""
    LATER = "later"
    """Not taken by Telegram, to be tried again."""
    SENT = "sent"
    EMPTY = "empty"
    """There was nothing to say, and the chat had asked for silence then."""
    MISSED = "missed"
    """Too late to be sent."""
    REFUSED = "refused"
    """Telegram refused this message; the Subscription goes on."""
    GONE = "gone"
    """Nothing can be sent to the chat or topic any more; the Subscription is paused."""
    ENDED = "ended"
    """The chat ended or paused the Subscription before anything was sent."""

    @property
    def open(self) -> bool:
        """Whether the Delivery is not over yet."""
        return self in {DeliveryState.LEASED, DeliveryState.SENDING, DeliveryState.LATER}


@dataclass(frozen=True, slots=True)
class Delivery:
    """The record that the Digest of one local date was sent, or why not.

    `attempt` counts how often it was leased. Times are UTC; `changed_at` is when it came into its `state`. `message`
    is Telegram's id of what was sent, or None; `reason` is empty where there is nothing to add.
    """

    chat: int
    topic: int
    local_date: dt.date
    due_at: dt.datetime
    state: DeliveryState
    attempt: int
    changed_at: dt.datetime
    message: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to send the Digest of one local date to one Subscription, as this stood when it was given.

    `delivery` and `attempt` tell it from every other lease; `due_at` is UTC.
    """

    delivery: int
    attempt: int
    subscription: Subscription
    local_date: dt.date
    due_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of a Lease: the state that its Delivery is to have.

    Any state but LEASED and SENDING; `again_at`, UTC, goes with LATER and with nothing else.
    """

    lease: Lease
    state: DeliveryState
    reason: str = ""
    message: int | None = None
    again_at: dt.datetime | None = None
