"""Quotes: the best one for some words, the other hits, a random one, and the passage around one."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

from telegram import Update
from telegram.ext import ContextTypes

from bot import notices, presses, replies
from bot.arguments import after_command, command_meant, command_typed
from bot.buttons import Search as Asked
from bot.delivery import message_of, reply
from bot.finder import Finder
from bot.handlers.gone import GoneError
from bot.holdings import Stock
from bot.keeping import KeptSearches
from bot.presses import Hit, KeptHit
from bot.replies import Reply
from store.archive import Archive
from store.errors import NotFoundError, UsageError
from store.model import Quote, Results
from store.query import verbatim
from store.search import Search
from store.text import squash
from store.typeddays import typed_days

_ANY_OF = 20
"""Of how many of the best hits any may be shown to whoever wants a random one: these are about what was asked."""


class QuoteHandlers:
    """Answer with quotes from the archive; `usage` is that of `GeneralHandlers`."""

    def __init__(  # noqa: PLR0917 - wired in one place
        self,
        finder: Finder,
        search: Search,
        archive: Archive,
        kept: KeptSearches,
        stock: Stock,
        usage: Callable[[Update], Sequence[tuple[str, str]]],
        *,
        rng: random.Random,
    ) -> None:
        self._finder = finder
        self._search = search
        self._archive = archive
        self._kept = kept
        self._stock = stock
        self._usage = usage
        self._rng = rng

    async def quote(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Reply with the best quote for the words behind the command, or with a random one."""
        message = message_of(update)
        words = after_command(message.text or "")
        await reply(message, await self.found(words, message.chat.id) if words else self.chosen())

    async def plain(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Reply with the best quote for a message that is all words."""
        message = message_of(update)
        typed = message.text or ""
        names = {written.split()[0].removeprefix("/") for written, _ in self._usage(update)}
        command = command_typed(typed, names) or command_meant(typed)
        also = (notices.no_search(command),) if command else ()
        await reply(message, await self.found(typed, message.chat.id), *also)

    async def random(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Reply with a quote worth reading on its own, or with any of the best that some words find."""
        message = message_of(update)
        words = after_command(message.text or "")
        await reply(message, await self.found(words, message.chat.id, any_of=_ANY_OF) if words else self.chosen())

    async def found(self, words: str, chat: int, *, any_of: int = 1) -> Reply:
        """Return the best quote for some words, with the way to the others, which may be kept for that chat.

        Or any of so many of the best that say no less of it than the first, unless that only is the nearest.
        """
        words = squash(words)
        try:
            results = await self._finder.find(words, limit=any_of, compare=any_of > 1)
            most = 1 if results.missing or results.apart else results.alike
            at = self._rng.randrange(most) if most > 1 else 0
        except UsageError as error:
            return notices.misunderstood(error)
        if not results.quotes:
            return replies.nothing_found(words, self._stock.holdings(), results.unmet)
        search = await self._asked(words, chat, at) if results.total > 1 else None
        results = replace(results, quotes=results.quotes[at : at + 1])
        return replies.hit(results, at, search, _as_typed(words, results))

    async def turned(self, press: Hit | KeptHit, chat: int) -> Reply:
        """Return another hit of a search, the last one where there are fewer by now; GoneError where there is none."""
        words = self._kept.words(press.search, chat) if isinstance(press, KeptHit) else press.words
        if words is None:
            raise GoneError(notices.SEARCH_GONE)
        try:
            results = await self._finder.find(words, limit=1, offset=press.at)
            at = min(press.at, results.total - 1)
            if at != press.at:
                results = await self._finder.find(words, limit=1, offset=max(at, 0))
        except UsageError as error:
            raise GoneError(notices.GARBLED) from error
        if not results.quotes:
            raise GoneError(notices.NO_HIT)
        return replies.hit(results, at, replace(press, at=at), _as_typed(words, results))

    def chosen(self, document: str = "") -> Reply:
        """Return a quote worth reading on its own, of one document or of all; GoneError where that document is gone."""
        quote = self._one_of(document) if document else self._search.random(self._rng)
        if quote is None:
            return replies.no_quotes(self._stock.holdings())
        return replies.single(quote, document)

    def context(self, identifier: str) -> tuple[Reply, ...]:
        """Return a whole passage with its question and the way to its neighbours; GoneError where it is gone."""
        try:
            with self._archive.snapshot():
                quote = self._search.quote(identifier)
                before, after = self._archive.neighbours(quote.passage)
        except NotFoundError as error:
            raise GoneError(notices.QUOTE_GONE) from error
        return replies.context(quote, before, after)

    async def _asked(self, words: str, chat: int, at: int) -> Asked | None:
        """Return what the buttons carry of a search; None where its words are long and could not be kept."""
        if presses.fits(words):
            return Hit(words, at)
        search = await self._kept.keep(chat, words)
        return None if search is None else KeptHit(search, at)

    def _one_of(self, document: str) -> Quote | None:
        """Return a quote of a document: one that stands alone, else any that is more than a formula."""
        with self._archive.snapshot():
            try:
                self._archive.document(document)
            except NotFoundError as error:
                raise GoneError(notices.SOURCE_GONE) from error
            said = [passage.id for passage in self._archive.passages(document) if not passage.formula]
            alone = set(self._archive.standing(document))
            choice = [one for one in said if one in alone] or said
            return self._search.quote(self._rng.choice(choice)) if choice else None


def _as_typed(words: str, results: Results) -> str:
    """Return the search for the words as they were typed, where some were taken for others or for days; else ""."""
    found = typed_days(words) if results.days else None
    typed = found.as_words if found else words
    return verbatim(typed, results.corrected) or (typed if found else "")
