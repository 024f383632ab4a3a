"""The sources: the list of documents, and all that is known of one."""

from __future__ import annotations

from telegram import Update
from telegram.ext import ContextTypes

from bot import notices, replies
from bot.arguments import after_command, source_number
from bot.delivery import message_of, reply
from bot.handlers.gone import GoneError
from bot.presses import NewDocuments
from bot.remembered import Remembered
from bot.replies import Reply
from store.archive import Archive


class SourceHandlers:
    """Answer with the documents of the archive; their numbers count from 1, the newest first."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._remembered: Remembered[int, Reply] = Remembered(archive.version)

    async def sources(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Reply with the list of documents."""
        await reply(message_of(update), self.listed(0))

    async def source(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Reply with one document, by its number."""
        message = message_of(update)
        words = after_command(message.text or "")
        number = source_number(words)
        documents = self._archive.documents()
        if number is None or not 0 < number <= len(documents):
            await reply(message, replies.no_such_source(words, len(documents)))
        else:
            await reply(message, replies.source(documents[number - 1], number, len(documents)))

    def listed(self, at: int) -> Reply:
        """Return the list from document `at` (from 0) on."""
        return self._remembered.found(at, lambda: replies.sources(self._archive.documents(), at))

    def new(self, press: NewDocuments) -> Reply:
        """Return those that came in together; GoneError where that is not known any more, or all of them have left."""
        with self._archive.snapshot():
            new = {document.id for document in self._archive.added(press.tag) or ()}
            numbered = [entry for entry in enumerate(self._archive.documents(), 1) if entry[1].id in new]
        if not numbered:
            raise GoneError(notices.LIST_GONE)
        return replies.new_documents(numbered, press.at, press.tag)

    def card(self, identifier: str) -> Reply:
        """Return one document by its id; GoneError where it has left the archive."""
        documents = self._archive.documents()
        for number, document in enumerate(documents, 1):
            if document.id == identifier:
                return replies.source(document, number, len(documents))
        raise GoneError(notices.SOURCE_GONE)
