"""Digests out of the Archive: each is chosen and set once, for however many chats it is.

What is kept is of one commit of the Archive: a text that is added is in the next Digest that goes out.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot import digest
from bot.asking import keyboard_of
from bot.digest import Digest, Edition, Words
from bot.replies import Reply
from store.archive import Archive
from store.choice import Choice, canonical
from store.days import MONTHS, Day
from store.model import OnThisDay, Subscription
from store.search import Search
from store.timing import covered

_MOST_DIGESTS = 1024
_MOST_WORDS = 256


@dataclass(frozen=True, slots=True)
class Pool:
    """What words leave over for days with nothing.

    `order` are ids of quotes as their turns come, `about` whether these are about the words wanted; `first_days` tell
    the days that have something.
    """

    order: tuple[str, ...]
    first_days: dict[str, date]
    about: bool


@dataclass(frozen=True, slots=True)
class Composed:
    """A Digest as it goes out, with the ids of the passages that it quotes; `exact`: something falls on its days.

    `keyboard` has the buttons of the reply in Telegram's JSON, empty for none: made once for all who get it.
    """

    reply: Reply
    keyboard: str
    passages: tuple[str, ...]
    exact: bool


def edition_of(subscription: Subscription, day: date) -> Edition:
    """Return which Digest a Subscription gets on a local date."""
    words = canonical(subscription.wanted, subscription.unwanted)
    typed = () if set(words[0]) == set(subscription.wanted) else subscription.wanted
    return Edition(day, len(covered(day, subscription.rhythm)), words, typed)


class Editions:
    """Makes Digests, and remembers the last of them. Every method may raise `ArchiveError` when the file fails."""

    def __init__(self, search: Search, archive: Archive) -> None:
        self._search = search
        self._archive = archive
        self._version: int | None = None
        self._digests: OrderedDict[Edition, Digest] = OrderedDict()
        self._composed: OrderedDict[tuple[Edition, bool], Composed | None] = OrderedDict()
        self._choices: OrderedDict[Words, tuple[Choice, bool]] = OrderedDict()
        self._pools: OrderedDict[Words, Pool] = OrderedDict()

    def digest(self, edition: Edition) -> Digest:
        """Return what was chosen for an Edition."""
        self._renew()
        if edition not in self._digests:
            with self._archive.snapshot():
                self._renew()
                self._digests[edition] = self._choose(edition)
            _keep(self._digests, _MOST_DIGESTS)
        return self._digests[edition]

    def composed(self, edition: Edition, *, past: bool) -> Composed | None:
        """Return an Edition as it goes out, None where the Archive is empty; `past` is that of `digest.compose`."""
        self._renew()
        if (edition, past) not in self._composed:
            chosen = self.digest(edition)
            quoted = tuple(piece.quote.passage.id for piece in chosen.pieces)
            self._composed[edition, past] = _set(chosen, quoted, past=past) if quoted else None
            _keep(self._composed, _MOST_DIGESTS)
        return self._composed[edition, past]

    def first_days(self, words: Words) -> dict[str, date]:
        """Return the days of the year on which something falls for chats with these words, as the Archive has them."""
        self._renew()
        return self._pool(words).first_days

    def unsaid(self, words: Iterable[str]) -> tuple[str, ...]:
        """Return which of these words nobody in the Archive speaks of."""
        return tuple(one for one in words if not self._search.choice((one,), ()).among)

    def corrected(self, words: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Return which words were taken for others of the Archive, spelt nearly so: (typed, taken for)."""
        return tuple((one, meant) for one in words if (meant := self._search.corrected(one)))

    def _renew(self) -> None:
        """Forget what was kept of an older commit."""
        version = self._archive.version()
        if version != self._version:
            self._digests.clear()
            self._composed.clear()
            self._choices.clear()
            self._pools.clear()
            self._version = version

    def _choose(self, edition: Edition) -> Digest:
        choice, about = self._choice(edition.words)
        falling = {day: self._falling(day, choice) for day in edition.days}
        pieces = digest.arrange(falling)
        if pieces:
            return Digest(edition, pieces, about=about, wanted=self._named(edition))
        pool = self._pool(edition.words)
        quotes = digest.in_turn(edition, pool.order, pool.first_days)
        return Digest(
            edition,
            tuple(digest.Piece(day, self._search.chosen(identifier, choice)) for day, identifier in quotes),
            about=pool.about,
            wanted=self._named(edition),
        )

    def _named(self, edition: Edition) -> tuple[str, ...]:
        """Return the words wanted as they are to be called: those that were taken for others as these."""
        return tuple(self._search.corrected(one) or one for one in edition.typed or edition.words[0])

    def _falling(self, day: date, choice: Choice) -> tuple[OnThisDay, ...]:
        asked = Day(day.month, day.day, None, f"{day.day} {MONTHS[day.month - 1]}")
        return self._search.on_this_day(asked, today=day, choice=choice)

    def _choice(self, words: Words) -> tuple[Choice, bool]:
        """Return what words leave over, and whether that is about those wanted.

        Until something can be shown that is, what else there is will do.
        """
        if words not in self._choices:
            choice = self._search.choice(*words)
            about = choice.among is None or bool(choice.among - choice.without)
            self._choices[words] = (choice if about else replace(choice, among=None), about)
            _keep(self._choices, _MOST_WORDS)
        return self._choices[words]

    def _pool(self, words: Words) -> Pool:
        """Return the quotes for days with nothing: those that stand alone, else any about the words, else any."""
        if words not in self._pools:
            choice, about = self._choice(words)
            first_days = self._archive.first_days(choice.among, choice.without)
            standing = self._archive.standing()
            fitting = [one for one in standing if choice.fits(one)]
            fitting = fitting or [one for one in self._archive.sayings() if choice.fits(one)]
            others = [one for one in standing if one not in choice.without]
            self._pools[words] = Pool(
                digest.shuffled(words, fitting or others), first_days, about=about and (bool(fitting) or not words[0])
            )
            _keep(self._pools, _MOST_WORDS)
        return self._pools[words]


def _set(chosen: Digest, quoted: tuple[str, ...], *, past: bool) -> Composed:
    reply = digest.compose(chosen, past=past, late=past)
    return Composed(reply, keyboard_of(reply.buttons), quoted, exact=chosen.exact)


def _keep(entries: OrderedDict[Any, Any], most: int) -> None:
    while len(entries) > most:
        entries.popitem(last=False)
