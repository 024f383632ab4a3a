"""What the head of a page says, and what it does not say."""

from __future__ import annotations

from datetime import date

import pytest

from store.ingest.header import (
    Header,
    dateline_apart,
    is_dateline,
    read_header,
    written_days,
)
from store.ingest.page import paragraphs
from store.model import Source

MARCH = date(2019, 3, 1)


def header(*lines: str) -> Header:
    page = paragraphs("\n".join(lines))
    return read_header(page, len(page), source=Source("a.txt"), language="en")


def test_day_in_the_title_is_the_day_of_utterance() -> None:
    found = header("13:42", "Minister Ann Lee's remarks to students, Moscow, September 1, 2020")
    assert (found.uttered, found.published, found.venue) == (date(2020, 9, 1), None, "Moscow")


def test_a_press_release_has_a_title() -> None:
    found = header("Press release: Foreign Minister Lee meets Danish counterpart", "5 May 2021")
    assert found.title is not None


def test_day_behind_a_name_in_quotation_marks_ends_the_title_too() -> None:
    assert header("Foreign Minister Ann Lee on “Sunday Hour,” May 14, 2023").uttered == date(2023, 5, 14)


def test_day_on_a_line_by_the_title_is_the_day_of_publication() -> None:
    found = header("Minister Ann Lee's interview with the Daily News", "Wednesday, 07 February 2018 17:13")
    assert (found.uttered, found.published) == (None, date(2018, 2, 7))


def test_day_behind_a_place_is_the_day_of_utterance() -> None:
    found = header("Minister Ann Lee's remarks to students of the university", "Oslo, 7 February 2018")
    assert (found.uttered, found.venue) == (date(2018, 2, 7), "Oslo")


@pytest.mark.parametrize(
    ("line", "said", "uttered"),
    [
        ("Tallborg, 4 May 2021", "We are here in Tallborg today.", date(2021, 5, 4)),
        ("TALLBORG, 4 May 2021", "In Tallborg it is late.", date(2021, 5, 4)),
        ("Tallborg, 4 May 2021", "We are here today.", None),
        ("Time, 4 May 2021", "We came in time.", None),
        ("Daily, 4 May 2021", "It stood in Daily Sea.", None),
    ],
)
def test_day_behind_a_place_in_which_something_happens_on_the_page_is_that_of_utterance(
    line: str, said: str, uttered: date | None
) -> None:
    page = paragraphs(f"Minister Ann Lee's remarks to students of the university\n\n{line}\n\n{said}")
    assert read_header(page, 2, source=Source("a.txt"), language="en").uttered == uttered


def test_day_behind_the_name_of_an_outlet_is_the_day_of_publication() -> None:
    found = header("Minister Ann Lee's remarks to students of the university", "BBC News, 20 May 2021")
    assert (found.uttered, found.venue, found.published) == (None, None, date(2021, 5, 20))


@pytest.mark.parametrize(
    ("lines", "published"),
    [
        (["Updated 9 June 2022", "5 May 2021"], date(2021, 5, 5)),
        (["5 May 2021, updated 9 June 2022"], date(2021, 5, 5)),
        (["Last updated: 9 June 2022 13:01 GMT"], date(2022, 6, 9)),
    ],
)
def test_the_day_a_page_was_changed_gives_way_to_that_of_publication(lines: list[str], published: date) -> None:
    assert header("Minister Ann Lee's remarks to students of the university", *lines).published == published


def test_what_an_interview_was_about_is_no_part_of_its_outlets_name() -> None:
    title = "Minister Ann Lee's interview with the Daily News on the anniversary of the treaty"
    assert header(title, "5 May 2021").outlet == "Daily News"


def test_a_day_long_past_in_the_title_is_what_the_text_is_about() -> None:
    found = header("Minister Ann Lee's remarks on the treaty, 9 May 1945", "5 May 2021")
    assert (found.uttered, found.published) == (None, date(2021, 5, 5))


def test_the_day_a_page_was_saved_is_no_day_of_the_text() -> None:
    menu = ["Moscow: 00:49", "London: 22:49", "Consular queries:", "a@b.org", "News", "Contacts"]
    found = header("15 October 2018", *menu, "Minister Ann Lee's interview with the Daily News")
    assert (found.uttered, found.published) == (None, None)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("28 December 201716:08", (date(2017, 12, 28),)),
        ("15 Jan, 2018 07:08 / Updated 7 years ago", (date(2018, 1, 15),)),
        ("30.11.2017", (date(2017, 11, 30),)),
        ("on November 8", ()),
        ("03/04/2018", ()),
    ],
)
def test_days_in_full(text: str, days: tuple[date, ...]) -> None:
    assert written_days(text, "en") == days


@pytest.mark.parametrize(("line", "expected"), [("13:42", True), ("15 January 2018", True), ("On Syria", False)])
def test_lines_that_only_date(line: str, expected: bool) -> None:
    assert is_dateline(line, "en") is expected


@pytest.mark.parametrize(
    ("line", "dateline"),
    [
        ("PARIS, 12 March 2025 (Reuters) - The minister said no.", "PARIS, 12 March 2025 (Reuters) -"),
        ("MOSCOW, February 3, 2024. The minister said no.", "MOSCOW, February 3, 2024."),
        ("MOSCOW, February 3, 2024. /TASS/. “No,” the minister said.", "MOSCOW, February 3, 2024. /TASS/."),
        ("Oslo, Feb. 3, 2024 — The minister said no.", "Oslo, Feb. 3, 2024 —"),
        ("MOSCOW, February 3 (TASS) - The minister said no.", None),
        ("In Oslo, 3 February 2024 was a cold day.", None),
        ("Daily News, 3 February 2024. The minister said no.", None),
    ],
)
def test_a_dateline_is_told_from_the_words_behind_it(line: str, dateline: str | None) -> None:
    page = dateline_apart(paragraphs(line), "en")
    assert [paragraph.text for paragraph in page[:-1]] == ([dateline] if dateline else [])
    assert line.endswith(page[-1].text)


def test_outlet_of_an_interview() -> None:
    assert header("Ann Lee’s interview with Interfax news agency, December 28, 2017").outlet == "Interfax"


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["Briefing on the weather of the week", "Speeches and Remarks"], "Briefing on the weather of the week"),
        (["Doorstop interview", "• Transcript, E&OE"], "Doorstop interview"),
        (["On this page and on that one we tell", "FULL TRANSCRIPT: Ann Lee"], "FULL TRANSCRIPT: Ann Lee"),
        (["Daily Press Briefing", "Index for Today's Briefing"], "Daily Press Briefing"),
    ],
)
def test_what_a_site_calls_all_texts_of_a_sort_is_no_title(lines: list[str], title: str) -> None:
    read_ = header(*lines).title
    assert read_ is not None
    assert read_.text == title


def test_the_day_on_which_a_title_says_that_words_were_said() -> None:
    assert header("Interview of Minister Ann Lee with the Daily News on 1 March 2019 about herring").uttered == MARCH
    assert header("Minister Ann Lee’s remarks on 1 March 2019 and its storm").uttered is None


def test_days_further_above_the_title_count_where_only_controls_stand_between() -> None:
    lines = [
        "• 1 March 2019 -",
        "• |",
        "• Last updated 4 March 2019",
        "(As delivered)",
        "Press conference by Minister Ann Lee",
    ]
    assert header(*lines).published == MARCH
    assert (
        header(
            "Daily Show", "Aired March 1, 2019 - 14:00 ET", *["Herring."] * 4, "Interview with Minister Ann Lee"
        ).published
        == MARCH
    )
