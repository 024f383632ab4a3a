"""Notes at the foot of printed pages, and what of a text looks like them."""

from __future__ import annotations

import pytest

from store.ingest.page import paragraphs

PAGE = "We know that the harbour has to be kept as it was, and {}\n\n{}\n\n{}\n{}\n"


def said(text: str) -> list[str]:
    """Return the texts of the paragraphs of a page."""
    return [paragraph.text for paragraph in paragraphs(text)]


@pytest.mark.parametrize(
    "note",
    [
        "1 Ann Lee, Report on Harbours, 8 January 2024.",
        "1 The report is at https://example.org/report.",
        "[1] Ibid., p. 12.",
        "¹ See Resolution A/RES/72/1.",
        "* Ann Lee, The Sea, 16.",
        "' Ann Lee, Address to the members of the Harbour Board, 8 January 2024.",
        "1 Ann Lee, Report on Harbours, which was printed twice\nby Bob Ray, 8 January 2024.\n2 Ibid., 9.",
        "1 Ann Lee, Report on Harbours, 8 January 2024.\n\n2 Ray, The Sea, 9.",
    ],
)
def test_notes_at_the_foot_of_a_page_are_left_out_and_the_sentence_goes_on(note: str) -> None:
    text = PAGE.format("that the", note, "Page 1 of 2", "ships come in.\n\nPage 2 of 2")
    assert said(text) == ["We know that the harbour has to be kept as it was, and that the ships come in."]


@pytest.mark.parametrize("more", ["40 million crowns of ours.", "2,5 % of it all.", "€3 million more."])
def test_a_sentence_goes_on_with_a_number_over_a_note_and_a_page(more: str) -> None:
    text = f"This cost\n\n1 Ann Lee, Report on Harbours, 8 January 2024.\n\nPage 1 of 2\n\n{more}\n\nPage 2 of 2"
    assert said(text) == [f"This cost {more}"]
    assert said(f"This cost\n\n4 Ann Lee, The Sea, 8 January 2024.\n{more}\n\nWe go on.") == [
        f"This cost {more}",
        "We go on.",
    ]


def test_a_note_without_a_citation_is_known_by_its_mark_which_goes_with_it() -> None:
    text = PAGE.format("the ships.1", "1 This was before the flood.", "Page 1 of 2", "More.\n\nPage 2 of 2")
    assert said(text) == ["We know that the harbour has to be kept as it was, and the ships.", "More."]


def test_a_note_in_the_midst_of_a_sentence_may_have_a_second_line() -> None:
    notes = "' Lee, The Sea, 9.\n\n” Bob Ray, Statement on Harbours and the\nSea, 8 January 2024.\n\n'3 Lee, Sand, 27."
    assert said(f"The care for\n\n{notes}\nour common home.") == ["The care for our common home."]


def test_notes_in_the_midst_of_a_sentence_are_known_without_a_number_of_the_page() -> None:
    text = "This is the case for the\n\n4 Ann Lee, The Sea, 8 January 2024.\n\n© Ann Lee, The Sea, 16.\npoor of today."
    assert said(text) == ["This is the case for the poor of today."]


@pytest.mark.parametrize(
    "written",
    ["It is late.¹ We go.", "It is late.[^1] We go.", "It is late[3]. We go.", "It is late.<sup>1</sup> We go."],
)
def test_marks_that_only_notes_have_are_no_words(written: str) -> None:
    assert said(written) == ["It is late. We go."]


def test_a_note_of_markdown_is_none_of_the_text() -> None:
    assert said("It is late.[^1]\n\n[^1]: Ann Lee, The Sea.") == ["It is late."]


@pytest.mark.parametrize(
    "text",
    [
        "1 We came.\n\n2 We saw the sea in 2024.\n\nPage 1 of 2\n\n3 We left.\n\nPage 2 of 2",  # paragraphs
        "We want two things.\n\n1 Peace.\n\n2 Bread.",
        "We want this:\n\n• Peace in 2024.\n\n• Bread.",
        "It has 20 m² and 5 km³. [1] is a number.",
        "“We came in 2024.”\n\nPage 1 of 2\n\n“We left.”\n\nPage 2 of 2",
        "The area² of the harbour has grown, and the metre³ is dear.",
        "It has 5 km2 of sea.\n\n2 This was before the flood.\n\nPage 1 of 2\n\nMore.\n\nPage 2 of 2",
        "In the year of the flood we built\n\n3 Harbours, 5 ships and a wall, which stands.",
    ],
)
def test_what_is_numbered_or_marked_otherwise_stays(text: str) -> None:
    shown = [line for line in text.split("\n") if line and not line.startswith("Page")]
    assert " ".join(said(text)).replace("• ", "") == " ".join(shown).replace("• ", "")
