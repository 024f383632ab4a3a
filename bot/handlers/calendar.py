"""The calendar: what was said or happened on a day of any year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from telegram import Update
from telegram.ext import ContextTypes

from bot import notices, replies
from bot.arguments import after_command
from bot.delivery import message_of, reply
from bot.finder import Finder
from bot.handlers.gone import GoneError
from bot.presses import DayPage
from bot.remembered import Remembered
from bot.replies import Reply
from store.archive import Archive
from store.days import Day, other_order, parse_day
from store.errors import UsageError
from store.search import Search

_LEAP_YEAR = 2024


class CalendarHandlers:
    """Answer with what falls on a day, found in the thread of `finder`.

    `version` gives a number that changes with the archive, `today` the date where a chat is, by the chat's id.
    """

    def __init__(self, finder: Finder, version: Callable[[], int], today: Callable[[int], date]) -> None:
        self._finder = finder
        self._today = today
        self._remembered: Remembered[tuple[Day, int, date], Reply] = Remembered(version)

    async def on_this_day(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Reply with what falls on the day behind the command, or on today."""
        message = message_of(update)
        today = self._today(message.chat.id)
        asked = after_command(message.text or "") or "today"
        try:
            # To read a date as people write it may take long, the first one above all.
            day = await self._finder.ask(lambda *_: parse_day(asked, today=today))
        except UsageError as error:
            await reply(message, notices.misunderstood(error))
        else:
            answer = await self.falling_on(day, 0, today)
            other = other_order(asked)
            await reply(message, replies.day_taken(answer, asked, day, other) if other else answer)

    async def page(self, press: DayPage, chat: int) -> Reply:
        """Return more of what falls on a day; GoneError for a day that no calendar has."""
        written = f"{press.month:02}-{press.day:02}"
        today = self._today(chat)
        try:
            day = parse_day(f"{press.year:04}-{written}" if press.year else written, today=today)
        except UsageError as error:
            raise GoneError(notices.DAY_GONE) from error
        return await self.falling_on(day, press.at, today)

    async def falling_on(self, day: Day, at: int, today: date) -> Reply:
        """Return what falls on a day, from entry `at` on, or say that nothing does."""
        found = self._remembered.get((day, at, today))
        if found is None:
            of = self._remembered.of  # Meanwhile others may find that the archive has changed.
            found = await self._finder.ask(partial(_falling_on, day, at, today))
            self._remembered.keep((day, at, today), found, of)
        return found


def _falling_on(day: Day, at: int, today: date, search: Search, archive: Archive) -> Reply:
    with archive.snapshot():
        # Years count from today's, whichever year was typed.
        entries = search.on_this_day(replace(day, year=None), today=today)
        ahead = (day.month, day.day) > (today.month, today.day)
        of_year = tuple(entry for entry in entries if entry.date.year == day.year)
        if entries:
            return replies.on_this_day(day, of_year or entries, at, ahead=ahead, other_years=not of_year)
        return replies.nothing_on(day, _following(day, today, search, archive))


def _following(day: Day, today: date, search: Search, archive: Archive) -> Day | None:
    """Return the next day of the year that has something, None where the archive knows no days."""
    start = date(_LEAP_YEAR, day.month, day.day)
    for ahead in range(1, 367):
        next_one = start + timedelta(ahead)
        month_day = (next_one.month, next_one.day)
        # Most days have nothing: to ask for these is quicker than to compose what falls on them.
        if archive.documents_on(*month_day) or archive.mentions_on(*month_day):
            found = parse_day(f"{next_one:%m-%d}", today=today)
            if search.on_this_day(found, today=today):
                return found
    return None
