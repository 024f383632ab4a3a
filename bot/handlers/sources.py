"""The sources: the list of documents, and all that is known of one."""

from __future__ import annotations

import re

from telegram import Update
from telegram.ext import ContextTypes

from bot import notices, replies
from bot.arguments import after_command, source_number
from bot.delivery import message_of, reply
from bot.handlers.gone import GoneError
from bot.presses import NewDocuments
from bot.remembered import Remembered
from bot.replies import Reply
from bot.tokens import QUOTES
from store.archive import Archive
from store.errors import NotFoundError

_YEAR = re.compile(r"\d{4}")


class SourceHandlers:
    """Answer with the documents of the archive; their numbers count from 1, the newest first."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._remembered: Remembered[int, Reply] = Remembered(archive.version)

    async def sources(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Reply with the list of documents; with one of them where its number stands behind the command."""
        message = message_of(update)
        words = after_command(message.text or "")
        number = source_number(words)
        if number is not None and 0 < number <= self._archive.listing.count():
            await self.source(update, _context)
            return
        narrows = f"year:{words}" if _YEAR.fullmatch(words) else f'source:"{words.strip(QUOTES)}"'
        await reply(message, self.listed(0), *notices.unused("/sources", words, f"/quote {narrows}"))

    async def source(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Reply with one document, by its number."""
        message = message_of(update)
        words = after_command(message.text or "")
        number = source_number(words)
        with self._archive.snapshot():
            total = self._archive.listing.count()
            held = self._archive.listing.page(1, number - 1) if number is not None and 0 < number <= total else ()
        if number is None or not held:
            await reply(message, replies.no_such_source(words, total))
        else:
            await reply(message, replies.source(held[0], number, total))

    def listed(self, at: int) -> Reply:
        """Return the list from document `at` (from 0) on."""
        return self._remembered.found(at, lambda: self._page(at))

    def new(self, press: NewDocuments) -> Reply:
        """Return those that came in together; GoneError where that is not known any more, or all of them have left."""
        with self._archive.snapshot():
            new = self._archive.added(press.tag) or ()
            at = replies.page_at(press.at, len(new))
            page = [(self._archive.listing.place(one), one) for one in new[at : at + replies.SOURCES_ON_A_PAGE]]
        if not page:
            raise GoneError(notices.LIST_GONE)
        return replies.new_documents(page, at, len(new), press.tag)

    def card(self, identifier: str) -> Reply:
        """Return one document by its id; GoneError where it has left the archive."""
        with self._archive.snapshot():
            try:
                document = self._archive.document(identifier)
            except NotFoundError as error:
                raise GoneError(notices.SOURCE_GONE) from error
            return replies.source(document, self._archive.listing.place(document), self._archive.listing.count())

    def _page(self, at: int) -> Reply:
        with self._archive.snapshot():
            total = self._archive.listing.count()
            at = replies.page_at(at, total)
            return replies.sources(self._archive.listing.page(replies.SOURCES_ON_A_PAGE, at), at, total)
