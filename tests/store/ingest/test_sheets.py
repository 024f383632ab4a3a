"""What the pages that a text was printed on leave in it, and what of the text looks like that."""

from __future__ import annotations

import pytest

from store.ingest.page import paragraphs

FIRST = "We came here because the harbour that our fathers built needs us now, and because of the"
"""A line that breaks off in the midst of a sentence."""
OTHER = "It is by the sea that the city of Northport stands, a city that for many years had"
BEHIND = "people who live from it."


def said(text: str) -> list[str]:
    """Return the texts of the paragraphs of a page."""
    return [paragraph.text for paragraph in paragraphs(text)]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("1", "2"),
        ("- 7 -", "- 8 -"),
        ("Page 3 of 9", "Page 4 of 9"),
        ("5/7", "6/7"),
        ("Seite 2 von 3", "Seite 3 von 3"),
        ("Page 2|9", "Page 3|9"),
        ("2|Page", "3|Page"),
        ("9/24/24, 3:48 PM", "9/24/24, 3:48 PM"),
        ("9/24/24, 3:48 PM The harbour | Ministry", "9/24/24, 3:48 PM The harbour | Ministry"),
        ("https://example.org/a-b 1/2", "https://example.org/a-b 2/2"),
        ("Ministry of Harbours", "Ministry of Harbours"),
        ("Ministry of Harbours\n1 Quay Street, Tel. 12-34", "Ministry of Harbours\n1 Quay Street, Tel. 12-34"),
    ],
)
@pytest.mark.parametrize("blank", ["\n", "\n\n"])
def test_a_sentence_goes_on_over_what_stands_between_two_printed_pages(one: str, two: str, blank: str) -> None:
    text = f"{FIRST}{blank}{one}\n{BEHIND}\n\nSo it is.\n\n{OTHER}\n{two}{blank}not been seen."
    assert said(text) == [f"{FIRST} {BEHIND}", "So it is.", f"{OTHER} not been seen."]


def test_a_sentence_goes_on_with_a_name_where_lines_are_full() -> None:
    text = f"{FIRST}\n\nPage 1 of 2\nNorthern people who\nlive there and\nwork.\n\nPage 2 of 2\n"
    assert said(text) == [f"{FIRST} Northern people who live there and work."]


def test_what_is_whole_at_the_end_of_a_page_stands_apart_from_the_next() -> None:
    text = f"{FIRST}\n{BEHIND}\nPage 1 of 2\nThe ships came in and\nwent out again.\nPage 2 of 2\n"
    assert said(text) == [f"{FIRST} {BEHIND}", "The ships came in and went out again."]


def test_a_line_that_comes_again_beside_numbers_of_pages_is_their_head() -> None:
    text = "\n\n".join(
        f"The harbour speech\n\nThe sea was calm on day {day}.\n\n{n}" for n, day in enumerate("abcd", 1)
    )
    assert said(text) == [
        *("The harbour speech", "The sea was calm on day a.", "The sea was calm on day b."),  # The first is a title.
        *("The sea was calm on day c.", "The sea was calm on day d."),
    ]


def test_a_form_feed_tells_where_a_page_begins() -> None:
    page = "\fThe harbour\n\n{}\n\n"
    text = "".join(page.format(one) for one in ("It is late.", "We waited for you and the", "others came."))
    assert said(text) == ["The harbour", "It is late.", "We waited for you and the others came."]


def test_numbers_far_apart_are_those_of_pages_where_they_rise_as_the_lines_do() -> None:
    lines = [f"Line {number} of it." for number in "abcdefghijklmnopqrstuvwxyz"]
    assert "2" not in said("\n".join([*lines, *lines, "2", *lines, *lines, *lines, "5", *lines]))
    assert "2" in said("\n".join([*lines, *lines, "2", *lines]))


def test_marks_of_papers_and_of_drafts_are_none_of_their_words() -> None:
    text = "It is late.\nOFFICIAL\n\nThe ships came.\nOFFICIAL\n\nPlease check against delivery\nThey left."
    assert said(text) == ["It is late.", "The ships came.", "They left."]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee:\nIt is late, as we all know, and\n\nAnn Lee:\nwe go.",  # labels
        "We go on and\n(Applause)\non and\n\n(Applause)\non.",  # what the audience does
        "Mr. President,\nwe came.\nMr. President,\nwe saw.",  # a greeting
        "It was in\n2018\nthat we came.",  # one number
        "The votes were 9/11\n\nand that was that.",
    ],
)
def test_what_comes_again_or_is_a_number_within_a_text_stays(text: str) -> None:
    assert " ".join(said(text)) == " ".join(text.split())


def test_a_line_of_a_wrapped_paragraph_that_comes_again_stays() -> None:
    line = "United Nations General Assembly that we know and trust in the"
    text = f"We speak at the seventy-ninth session of the great and old\n{line}\nyears to come.\n\n"
    assert said(text * 2)[0].count("United Nations") == 1


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"{number % 97}\nThe sea was calm on that day and\n\n" for number in range(8_000)),
        "\f\n" * 20_000 + "The sea was calm on that day and",
        "SECRET\n\nThe sea was calm on that day and\n\n" * 4_000,
        "Some head\nOther head 2014\nThe sea was calm on that day and\n" * 4_000,
        "".join(f"{number}\n" for number in range(4_000)) + "The sea was calm on that day and",
    ],
    ids=("numbers", "form feeds", "marks", "heads", "a column"),
)
@pytest.mark.slow
def test_a_large_file_is_read_however_many_pages_it_seems_to_have(text: str) -> None:
    assert "The sea was calm" in said(text)[-1]  # What looks at all lines for each would take hours.


PAGE = "We have come a long way, and there is more to do in this country of ours."


@pytest.mark.parametrize(
    "lines",
    [
        [f"In {2010 + n} we spent {3 + n} million on schools, and it was right." for n in range(4)],
        ["We shall not be moved, my friends."] * 4,
        ["Ann Lee: No comment"] * 4,
    ],
)
@pytest.mark.parametrize("number", ["{}/4", "Page {} of 4", "{}"])
def test_what_is_said_again_beside_the_numbers_of_pages_stays(lines: list[str], number: str) -> None:
    text = "\n\n".join(f"{PAGE}\n\n{line}\n\n{number.format(n)}" for n, line in enumerate(lines, 1))
    assert said(text) == [one for line in lines for one in (PAGE, line)]


def test_pages_that_differ_in_their_figures_alone_stay() -> None:
    pages = [f"We have done much, and we mean it. In {2001 + n} we won." for n in range(3)]
    assert said("\n\n".join(f"{page}\n\n{n}/3" for n, page in enumerate(pages, 1))) == pages


def test_a_notice_on_each_page_in_the_midst_of_sentences_is_none_of_the_words() -> None:
    notice = "Disclaimer: This version is for information only."
    pages = [
        (f"{year} we came, because of the", f"people who live by the sea in {year}.")
        for year in "One Two Six Ten".split()
    ]
    text = "\n\n".join(f"{one}\n{notice}\n{n}\n{other}" for n, (one, other) in enumerate(pages, 1))
    assert said(text) == [" ".join(page) for page in pages]


def test_an_occasion_and_its_day_on_each_page_are_none_of_the_words() -> None:
    head = "THE HARBOUR DEBATE\n\n24 SEPTEMBER 2024"
    text = "\n\n".join(f"{head}\n\nThe sea was calm on day {day}." for day in "abc")
    assert said(text)[2:] == [f"The sea was calm on day {day}." for day in "abc"]


def test_names_of_speakers_with_offices_that_come_again_stay() -> None:
    text = "\n\n".join(f"Ann Lee\n\nHarbour Master\n\nThe sea was calm on day {day}." for day in "abc")
    assert said(text).count("Harbour Master") == 3


def test_an_occasion_with_its_year_and_a_rising_number_is_of_the_pages_and_so_is_the_notice_below() -> None:
    notice = (
        "Disclaimer: The electronic version of the report is for\n information purposes only; the House has another."
    )
    head = "January 26, 2017   DEBATES  "
    text = f"{FIRST}\n{head} 7\n\n{notice}\n{BEHIND}\n{OTHER}\n{head} 8\n\n{notice}\n{BEHIND}\n"
    assert said(text) == [f"{FIRST} {BEHIND}", f"{OTHER} {BEHIND}"]
    points = [
        "We count what we own.",
        "In May 2017 these were houses 7",
        "We sold.",
        "In May 2017 these were houses 90",
        "End.",
    ]
    assert said("\n\n".join(points)) == points


@pytest.mark.parametrize("page", ["Page 1 of 2\nThe harbour, in short", "The harbour, in short\nPage 1 of 2"])
def test_a_head_or_foot_that_stands_but_once_is_no_part_of_the_sentence_around_it(page: str) -> None:
    behind = "people who live from it and will live from it when all of us are gone."
    assert said(f"{FIRST}\n{page}\n{behind}\n\nPage 2 of 2") == [f"{FIRST} {behind}"]


def test_a_short_line_beside_a_page_is_of_the_sentence_where_lines_are_short() -> None:
    text = "We came here\nbecause of\nPage 1 of 2\nNorthport and\nits harbour, which\nhas been so long.\n\nPage 2 of 2"
    assert "Northport and its harbour, which has been so long." in " ".join(said(text))
