"""The calendar: what was said or happened on a day of any year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from telegram import Update
from telegram.ext import ContextTypes

from bot import notices, replies
from bot.arguments import after_command
from bot.delivery import message_of, reply
from bot.handlers.gone import GoneError
from bot.presses import DayPage
from bot.remembered import Remembered
from bot.replies import Reply
from store.archive import Archive
from store.days import Day, parse_day
from store.errors import UsageError
from store.search import Search

_LEAP_YEAR = 2024


class CalendarHandlers:
    """Answer with what falls on a day; `today` gives the date where a chat is, by the chat's id."""

    def __init__(self, search: Search, archive: Archive, today: Callable[[int], date]) -> None:
        self._search = search
        self._archive = archive
        self._today = today
        self._remembered: Remembered[tuple[Day, int, date], Reply] = Remembered(archive.version)

    async def on_this_day(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Reply with what falls on the day behind the command, or on today."""
        message = message_of(update)
        today = self._today(message.chat.id)
        try:
            day = parse_day(after_command(message.text or "") or "today", today=today)
        except UsageError as error:
            await reply(message, notices.misunderstood(error))
        else:
            await reply(message, self.falling_on(day, 0, today))

    def page(self, press: DayPage, chat: int) -> Reply:
        """Return more of what falls on a day; GoneError for a day that no calendar has."""
        written = f"{press.month:02}-{press.day:02}"
        today = self._today(chat)
        try:
            day = parse_day(f"{press.year:04}-{written}" if press.year else written, today=today)
        except UsageError as error:
            raise GoneError(notices.DAY_GONE) from error
        return self.falling_on(day, press.at, today)

    def falling_on(self, day: Day, at: int, today: date) -> Reply:
        """Return what falls on a day, from entry `at` on, or say that nothing does."""
        return self._remembered.found((day, at, today), lambda: self._falling_on(day, at, today))

    def _falling_on(self, day: Day, at: int, today: date) -> Reply:
        with self._archive.snapshot():
            # Years count from today's, whichever year was typed.
            entries = self._search.on_this_day(replace(day, year=None), today=today)
            ahead = (day.month, day.day) > (today.month, today.day)
            of_year = tuple(entry for entry in entries if entry.date.year == day.year)
            if entries:
                return replies.on_this_day(day, of_year or entries, at, ahead=ahead, other_years=not of_year)
            return replies.nothing_on(day, self._following(day, today))

    def _following(self, day: Day, today: date) -> Day | None:
        """Return the next day of the year that has something, None where the archive knows no days."""
        start = date(_LEAP_YEAR, day.month, day.day)
        for ahead in range(1, 367):
            next_one = start + timedelta(ahead)
            month_day = (next_one.month, next_one.day)
            # Most days have nothing: to ask for these is quicker than to compose what falls on them.
            if self._archive.documents_on(*month_day) or self._archive.mentions_on(*month_day):
                found = parse_day(f"{next_one:%m-%d}", today=today)
                if self._search.on_this_day(found, today=today):
                    return found
        return None
