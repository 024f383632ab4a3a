from __future__ import annotations

import datetime as dt
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from unittest.mock import patch

import pytest

from bot.finder import Finder
from bot.handlers.calendar import CalendarHandlers
from bot.handlers.gone import GoneError
from bot.markup import plain
from bot.presses import DayPage
from bot.settings import Settings
from store.archive import Archive
from store.days import parse_day
from store.model import DatedMention
from tests.bot.driving import labels, running
from tests.builders import document, make_archive, passage

TODAY = dt.date(2026, 11, 22)


@asynccontextmanager
async def calendar_over(folder: Path, made: Archive) -> AsyncIterator[CalendarHandlers]:
    """Open the calendar of the archive that was made in a folder."""
    made.close()
    finder = Finder(folder / "archive.db", lambda: 0)
    try:
        yield CalendarHandlers(finder, lambda: 0, lambda _: TODAY)
    finally:
        finder.close()


async def test_five_on_one_day_come_in_two_pages(tmp_path: Path) -> None:
    talks = [document(f"d{year}", date=dt.date(year, 11, 22)) for year in range(2015, 2020)]
    said = [passage(f"We spoke of {talk.id} at length and in good faith.", document=talk.id) for talk in talks]
    async with calendar_over(tmp_path, make_archive(tmp_path, *said, documents=talks)) as calendar:
        first = await calendar.falling_on(parse_day("today", today=TODAY), 0, TODAY)
        assert plain(first.html).startswith("Today, 22 November\n\n1. 7 years ago, 22 November 2019: interview\n")
        [more] = first.buttons[-1]
        assert more.label == "+2 more"
        assert isinstance(more.press, DayPage)
        second = await calendar.page(more.press, 1)
        assert plain(second.html).startswith("On 22 November\n\n4. 10 years ago")
        assert second.buttons[-1][0].press == DayPage(11, 22)


async def test_a_day_with_nothing_offers_the_next_over_the_turn_of_the_year(tmp_path: Path) -> None:
    spoken = passage("On 7 February they signed it.")
    mention = {spoken.id: [DatedMention(dt.date(2017, 2, 7), "7 February", 0)]}
    async with calendar_over(
        tmp_path, make_archive(tmp_path, spoken, documents=[document(date=dt.date(2018, 3, 1))], mentions=mention)
    ) as calendar:
        nothing = await calendar.falling_on(parse_day("3 march", today=TODAY), 0, TODAY)
        assert "The next day with something: 7 February." in plain(nothing.html)
        [[go], _] = nothing.buttons
        assert isinstance(go.press, DayPage)
        assert "9 years ago, 7 February 2017: what happened then" in plain((await calendar.page(go.press, 1)).html)


async def test_an_archive_without_days_offers_none(tmp_path: Path) -> None:
    async with calendar_over(tmp_path, make_archive(tmp_path)) as calendar:
        assert "The next day" not in plain(
            (await calendar.falling_on(parse_day("29 february", today=TODAY), 0, TODAY)).html
        )


async def test_a_leap_day_is_kept_on_the_28th(tmp_path: Path) -> None:
    async with calendar_over(
        tmp_path, make_archive(tmp_path, passage(), documents=[document(date=dt.date(2016, 2, 29))])
    ) as calendar:
        assert "10 years ago, 29 February 2016" in plain((await calendar.page(DayPage(2, 28), 1)).html)


@pytest.mark.parametrize("press", [DayPage(13, 13), DayPage(2, 30), DayPage(2, 29, 2018), DayPage(0, 0)])
async def test_a_day_that_no_calendar_has_is_gone(tmp_path: Path, press: DayPage) -> None:
    async with calendar_over(tmp_path, make_archive(tmp_path)) as calendar:
        with pytest.raises(GoneError):
            await calendar.page(press, 1)


async def test_a_year_that_was_typed_is_answered_with_that_year_or_said_to_have_nothing(tmp_path: Path) -> None:
    talks = [document(f"d{year}", date=dt.date(year, 3, 1)) for year in (2015, 2016)]
    said = [passage(f"We spoke of {talk.id} at length and in good faith.", document=talk.id) for talk in talks]
    async with calendar_over(tmp_path, make_archive(tmp_path, *said, documents=talks)) as calendar:
        of_2015 = plain((await calendar.falling_on(parse_day("1 march 2015", today=TODAY), 0, TODAY)).html)
        assert of_2015.startswith("On 1 March 2015\n\n11 years ago, 1 March 2015: interview\n")
        assert "2016" not in of_2015
        of_1999 = plain((await calendar.falling_on(parse_day("1 march 1999", today=TODAY), 0, TODAY)).html)
        assert of_1999.startswith("On 1 March 1999\nNothing here is of that year; this is of the same day of others.\n")
        assert "1 March 2016" in of_1999


async def test_years_that_are_not_over_yet_are_not_said_to_be(tmp_path: Path) -> None:
    async with calendar_over(
        tmp_path, make_archive(tmp_path, passage(), documents=[document(date=dt.date(2017, 12, 28))])
    ) as calendar:
        ahead = plain((await calendar.falling_on(parse_day("28 december", today=TODAY), 0, TODAY)).html)
        assert "\nIt will be 9 years, 28 December 2017: interview\n" in ahead


async def test_what_is_no_day_is_explained_with_examples(settings: Settings) -> None:
    async with running(settings) as telegram:
        [answer] = await telegram.private().say("/onthisday blah <b>")
        assert answer.text.startswith("“blah <b>” is not a day I can read.\nA day looks like: 7 feb")
        [today] = await telegram.private().say("/onthisday")
        assert today.text.startswith("Today, ")


async def test_a_day_in_figures_says_how_it_was_taken_and_leads_to_the_other(settings: Settings) -> None:
    async with running(settings) as telegram:
        [answer] = await telegram.private().say("/onthisday 2/7")
        assert answer.text.startswith("On 2 July")
        assert answer.text.endswith("I took “2/7” for 2 July.")
        assert (await answer.press("7 February instead")).text.startswith("On 7 February")
        [answer] = await telegram.private().say("/onthisday 2.7.")
        assert "I took" not in answer.text


async def test_the_seeds_have_an_event_of_8_november(settings: Settings) -> None:
    async with running(settings) as telegram:
        [answer] = await telegram.private().say("/onthisday 8 november")
        assert "8 November 2017" in answer.text
        assert "on November 8, Russia, the United States and Jordan signed" in answer.text
        assert labels(answer) == [["Source", "Web archive (look-up)"], ["Context"]]


async def test_what_falls_on_a_day_is_looked_up_beside_the_event_loop(tmp_path: Path) -> None:
    async with calendar_over(tmp_path, make_archive(tmp_path, passage())) as calendar:
        threads = set()

        def nothing(*_: object, **__: object) -> tuple[()]:
            threads.add(threading.get_ident())
            return ()

        with patch("store.search.Search.on_this_day", nothing):
            await calendar.falling_on(parse_day("7 feb", today=TODAY), 0, TODAY)
        assert threads
        assert threading.get_ident() not in threads
