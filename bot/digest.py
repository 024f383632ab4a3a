"""The Digest: what is chosen for the days that it covers, and how it is set; pure.

What falls on the days comes first: anniversaries, then events. Where nothing does, each day has a quote from the
archive, in a rotation:

- The quotes that may be shown to chats with the same words stand in one order, by a hash of those words and the
  quote's id. It looks like chance, is the same on every machine, and a quote that comes or goes leaves the order of the
  others as it is.
- A day takes the quote of its turn, which counts the days with nothing before it (days with something use none up), so
  that none comes again before all the others were shown. Nothing else goes in: no chat, no memory of what was sent. A
  Digest of several days with nothing has the quotes of all of them, and so misses none; one in which a day has
  something has that alone, and the quotes of its other days are passed over in that round.
- When texts are added, the order of the old quotes holds; the turn moves on by as many places as the cycle has grown
  since `FIRST`, or as days of the past have become days with something.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from bot import buttons, markup, presses
from bot.buttons import Button, Row
from bot.markup import Html, html
from bot.presses import DigestPage
from bot.replies import Reply, quoted
from bot.switches import Act, Switch
from store import days
from store.model import Dated, Document, OnThisDay, Quote

FIRST = date(2026, 1, 1)
"""The day from which turns are counted; the nearer it is, the less the turn moves when texts are added."""

AT_ONCE = 3
"""Quotes in one message; the others are behind a button."""

_LENGTH = 3600
_NAME_LIMIT = 60
_WORDS_SHOWN = 120
_LEAP = "02-29"
_DAY_BEFORE_LEAP = "02-28"

Words = tuple[tuple[str, ...], tuple[str, ...]]
"""Words wanted and words unwanted, in the form of `store.choice.canonical`."""


@dataclass(frozen=True, slots=True)
class Edition:
    """Which Digest: of `day`, its local date, and the days before it, `length` in all, for chats with these words.

    `typed` are the words wanted as they were typed, where that is another form.
    """

    day: date
    length: int = 1
    words: Words = ((), ())
    typed: tuple[str, ...] = ()

    @property
    def days(self) -> tuple[date, ...]:
        """The days covered, in order; the last is `day`."""
        return tuple(self.day - timedelta(back) for back in range(self.length - 1, -1, -1))


@dataclass(frozen=True, slots=True)
class Piece:
    """One quote of a Digest: what falls on a `day` covered, or, where `falls` is None, a quote from the archive."""

    day: date
    quote: Quote
    falls: OnThisDay | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """What was chosen for an Edition; no pieces where the archive is empty.

    `about` is False where the words wanted are those of no quote that may be shown, so that others had to do. `wanted`
    are these words as they are to be called.
    """

    edition: Edition
    pieces: tuple[Piece, ...]
    about: bool = True
    wanted: tuple[str, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether it has something that falls on its days."""
        return any(piece.falls for piece in self.pieces)


def arrange(falling: Mapping[date, Sequence[OnThisDay]]) -> tuple[Piece, ...]:
    """Return what falls on days in the order of a Digest: anniversaries first, then events, each day by day."""
    pieces = [Piece(day, entry.quote, entry) for day, entries in sorted(falling.items()) for entry in entries]
    return tuple(sorted(pieces, key=lambda piece: piece.falls is None or piece.falls.kind != "anniversary"))


def shuffled(words: Words, pool: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of the quotes that these words leave over in the order of their turns."""
    wanted, unwanted = words
    seed = "\n".join((*wanted, "-", *unwanted))
    return tuple(sorted(pool, key=lambda identifier: sha256(f"{seed}\n{identifier}".encode()).digest()))


def in_turn(edition: Edition, order: Sequence[str], first_days: Mapping[str, date]) -> tuple[tuple[date, str], ...]:
    """Return for the days of an Edition, on none of which something falls, the id of the quote whose turn it is.

    `order` is that of `shuffled`; `first_days` as `Archive.first_days` has them. Where the quotes are fewer than the
    days, each comes once.
    """
    if not order:
        return ()
    chosen: dict[str, date] = {}
    for day in edition.days:
        chosen.setdefault(order[turn(day, first_days) % len(order)], day)
    return tuple((day, identifier) for identifier, day in chosen.items())


def turn(day: date, first_days: Mapping[str, date]) -> int:
    """Return how many days with nothing there are from `FIRST` up to a day, without it; negative before `FIRST`."""
    first, last = sorted((FIRST, day))
    nothing = (last - first).days - _with_something(first, last, first_days)
    return nothing if day >= FIRST else -nothing


def _with_something(first: date, last: date, first_days: Mapping[str, date]) -> int:
    """Count the days from `first` up to `last`, without it, on which something falls."""
    count = 0
    for month_day, earliest in first_days.items():
        if month_day not in {_LEAP, _DAY_BEFORE_LEAP}:
            begin = max(first, earliest)
            of_begin, of_last = (f"{day:%m-%d}" for day in (begin, last))
            count += max(0, last.year - (month_day >= of_last) - begin.year - (month_day < of_begin) + 1)
    # What happened on 29 February is remembered on the 28th of years without one: see `store.days.keys`.
    leap, before = first_days.get(_LEAP), first_days.get(_DAY_BEFORE_LEAP)
    if leap is None and before is None:
        return count
    for year in range(first.year, last.year + 1):
        eve = date(year, 2, 28)
        after = eve + timedelta(1)
        is_leap = after.day == 29
        count += first <= eve < last and any(
            day is not None and day <= eve for day in (before, None if is_leap else leap)
        )
        count += is_leap and first <= after < last and leap is not None and leap <= after
    return count


def compose(digest: Digest, at: int = 0, *, past: bool = False, late: bool = False) -> Reply:
    """Return a Digest from piece `at` on: at most three quotes, fewer where they are long, the others behind a button.

    `past` says that its day is over where it is read, so that it can't speak of today, `late` that it was over when it
    was sent, which is to be said. Raises ValueError for a Digest without pieces.
    """
    if not digest.pieces:
        raise ValueError("an empty Digest has nothing to show")
    at = at if 0 <= at < len(digest.pieces) else 0
    several = len(digest.pieces) > 1
    shown: list[Html] = []
    rows: list[Row] = []
    used = 0
    for number, piece in enumerate(digest.pieces[at : at + AT_ONCE], at + 1):
        text = _set(piece, digest, number if several else None, past=past)
        used += markup.length(text)
        if shown and used > _LENGTH:
            break
        shown.append(text)
        rows += [buttons.numbered_quote_row(number, piece.quote)] if several else buttons.quote_rows(piece.quote)
    way = _way(digest, at, len(shown))
    return Reply(
        markup.join([_heading(digest, late=late), *shown], "\n\n"),
        tuple(row for row in (*rows, way, (Button("⚙ Settings", Switch(Act.SHOW, "!")),)) if row),
    )


def _way(digest: Digest, at: int, shown: int) -> Row:
    row = []
    page = presses.shortened(DigestPage(digest.edition.day, digest.edition.length, 0, digest.edition.words))
    if at > 0:
        row.append(Button("‹ back to the first", page))
    rest = len(digest.pieces) - at - shown
    if rest > 0:
        row.append(Button(f"+{rest} more", DigestPage(page.day, page.length, at + shown, page.words)))
    return tuple(row)


def _heading(digest: Digest, *, late: bool) -> Html:
    span = _span(digest.edition)
    lateness = html("Late: the digest of {span}.\n", span=span) if late else Html()
    if digest.exact:
        single = digest.edition.length == 1
        title = html("<b>On {which}, {span}</b>", which="this day" if single else "these days", span=span)
        if not digest.about:
            title = html("{title}\n<i>{why}.</i>", title=title, why=_why_others(digest))
    else:
        title = html(
            "<b>From the archive</b>{about}\n<i>Nothing {of_it} falls on {span}.</i>",
            about=_about(digest),
            of_it=_of_it(digest),
            span=span,
        )
    return html("{lateness}{title}", lateness=lateness, title=title)


def _about(digest: Digest) -> Html:
    if not digest.edition.words[0]:
        return Html()
    if digest.about:
        return html(", about {words}", words=_wanted(digest))
    why = _why_others(digest)
    return html(": {why}", why=why[0].lower() + why[1:])


def _why_others(digest: Digest) -> str:
    """Return why the quotes are not about the words wanted; with words unwanted, either may be the reason."""
    if digest.edition.words[1]:
        return f"No quote here speaks of {_wanted(digest)} without the words that you don’t want"
    return f"Nobody here speaks of {_wanted(digest)} yet"


def _of_it(digest: Digest) -> str:
    """Return what falls on no day of a Digest, which may be less than nothing at all."""
    wanted, unwanted = digest.edition.words
    if wanted and digest.about:
        return "about it"
    return "without the words that you don’t want" if unwanted else "here"


def _wanted(digest: Digest) -> str:
    return markup.clip(" or ".join(f"“{phrase}”" for phrase in digest.wanted), _WORDS_SHOWN)


def _span(edition: Edition) -> str:
    first, last = edition.days[0], edition.days[-1]
    if first == last:
        return f"{days.WEEKDAYS[last.weekday()]}, {_day_of_year(last)}"
    if first.month == last.month:
        return f"{first.day} to {_day_of_year(last)}"
    return f"{_day_of_year(first)} to {_day_of_year(last)}"


def _day_of_year(day: date) -> str:
    return f"{day.day} {days.MONTHS[day.month - 1]}"


def _set(piece: Piece, digest: Digest, number: int | None, *, past: bool) -> Html:
    head = _head(piece, digest.edition, past=past) if piece.falls else None
    if number is not None:
        numbered = html("<b>{number}.</b>", number=number)
        head = numbered if head is None else html("{numbered} {head}", numbered=numbered, head=head)
    body = quoted(piece.quote)
    return body if head is None else markup.join([head, body], "\n")


def _head(piece: Piece, edition: Edition, *, past: bool) -> Html:
    """Return what falls on the day: "9 years ago today, to Interfax"."""
    assert piece.falls is not None  # noqa: S101
    published = piece.falls.kind != "event" and piece.quote.document.dated is Dated.PUBLICATION
    ago = _ago(piece.falls.years_ago, piece.day, edition, past=past, what="published" if published else "")
    if piece.falls.kind == "event":
        return html("<b>{ago}</b>, on {day}: what happened then", ago=ago, day=days.in_words(piece.falls.date))
    return html("<b>{ago}</b>{where}", ago=ago, where=_where(piece.quote.document))


def _ago(years: int, day: date, edition: Edition, *, past: bool, what: str) -> str:
    """Return when it was, seen from a day that a Digest covers, behind `what` was done then, if that is said."""
    ago = "" if years == 0 else f"{years} year{'' if years == 1 else 's'} ago"
    said = f"{what} {ago}".strip()
    if day == edition.day and not past:
        return f"{said} today".strip().capitalize()
    if edition.length == 1:
        return f"{said} that day".strip().capitalize()
    return ": ".join(part for part in (f"{days.WEEKDAYS[day.weekday()]}, {_day_of_year(day)}", said) if part)


def _where(document: Document) -> str:
    outlet = markup.clip(document.outlet, _NAME_LIMIT) if document.outlet else ""
    if document.dated is Dated.PUBLICATION:
        return f", by {outlet}" if outlet else ""
    if document.kind == "interview" and outlet:
        return f", to {outlet}"
    return f": {markup.clip(document.kind, _NAME_LIMIT)}" if document.kind else ""
