"""What can be told of a page's lines by their shape."""

from __future__ import annotations

from time import process_time

import pytest

from store.ingest.page import Paragraph, address_of, paragraphs


def test_each_line_is_a_paragraph_with_its_number() -> None:
    assert paragraphs("\nOne.\u00a0 \n\u00a0\n Two  words.\n") == (Paragraph(2, "One."), Paragraph(4, "Two words."))


def test_a_separator_that_no_editor_counts_ends_no_line() -> None:
    assert paragraphs("One.\u2028Two.\x0c\nThree.") == (Paragraph(1, "One. Two."), Paragraph(2, "Three."))


def test_wrapped_lines_are_joined_and_labels_begin_anew() -> None:
    text = "A sentence that goes on\nand on to its end.\n\nQuestion: Why does it\nbreak here?\nAnn: Because it\nmust.\n"
    assert [(p.line, p.text) for p in paragraphs(text)] == [
        (1, "A sentence that goes on and on to its end."),
        (4, "Question: Why does it break here?"),
        (6, "Ann: Because it must."),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Popular articles",
        "LATEST EVENTS",
        "Advanced settings",
        "Read also:",
        "Source: https://example.org/statements-and- transcripts/2024/09/a-long-address-that-was-broken-in-print",
        "To be continued...",
        "https://example.org/a?b",
        "a@b.org",
        "+44 (0) 203 668 7474",
        "Дополнительные материалы",
        "This email address is being protected from spambots. You need JavaScript enabled to view it.",
        "By signing up you accept our terms.",
        "Interview by Bob Ray. Photographs by Cid May.",
        "Read more about Norway.",
        "Audio clip: Adobe Flash Player (version 9 or above) is required to play this audio clip. Get it here.",
        "A plugin is required to view this video.",
    ],
)
def test_the_pages_own_lines_are_furniture(line: str) -> None:
    assert Paragraph(1, line).is_furniture


@pytest.mark.parametrize(
    "line",
    [
        "Thank you very much.",
        "Latest events in Syria worry us.",
        "We share this view.",
        "More news will follow.",
        "By signing the agreement, we gave our word.",
        "By using force, they lost it.",
        "That is the general picture: nobody knows.",
        "Mr Torkunov,",
        "Transcript: Foreign Minister Ann Lee on “Sunday Hour,” May 14, 2023",
        "A player is required to play fair.",
        "Every player in this is required to listen.",
    ],
)
def test_a_speakers_sentences_are_no_furniture(line: str) -> None:
    assert not Paragraph(1, line).is_furniture


@pytest.mark.parametrize(
    ("line", "heading"),
    [("On Syria", True), ("I said so.", False), ("Dear friends,", False), ("I did. (Laughs)", False)],
)
def test_headings_have_no_end(line: str, heading: bool) -> None:
    assert Paragraph(1, line).is_heading is heading


@pytest.mark.parametrize(("line", "script"), [("Посольство", "CYRILLIC"), ("Embassy, посол", "LATIN"), ("1-2", None)])
def test_script_is_that_of_most_letters(line: str, script: str | None) -> None:
    assert Paragraph(1, line).script == script


def test_wrapped_lines_are_joined_though_a_few_are_long_and_lists_and_short_lines_are_not() -> None:
    wrapped = [f"This is the line number {n} of a text that somebody\nhas wrapped, as many do.\n" for n in range(9)]
    text = "\n".join(
        [*wrapped, "- one thing that matters\n- another thing\n", "Old Town\nOslo", "", "https://a.org/" + "a" * 150]
    )
    assert [p.text for p in paragraphs(text)][-5:] == [
        "- one thing that matters",
        "- another thing",
        "Old Town",
        "Oslo",
        "https://a.org/" + "a" * 150,
    ]
    assert paragraphs(text)[0].text == "This is the line number 0 of a text that somebody has wrapped, as many do."


def test_a_line_that_breaks_off_goes_on_behind_a_blank_one() -> None:
    first = "MAX FERN: We hear tonight from the key players of the region, and the president\n\n"
    assert [p.text for p in paragraphs(first + "of Norway. Stay.\n\nA heading\n\nof a list")] == [
        "MAX FERN: We hear tonight from the key players of the region, and the president of Norway. Stay.",
        "A heading",
        "of a list",
    ]


def test_title_and_day_of_a_block_of_keys_are_paragraphs_and_its_other_keys_are_none() -> None:
    text = "---\ntags: [a, b]\ndate: '2019-03-01'\ntitle: \"Remarks by Minister\\\n  \\ Ann\\_L\\xE9e\\u2019s\"\nurl: https://a.org\n---\n\nOne.\n"
    assert paragraphs(text) == (
        Paragraph(4, "Remarks by Minister Ann Lée’s", is_title=True),
        Paragraph(3, "2019-03-01"),
        Paragraph(9, "One."),
    )
    assert [p.text for p in paragraphs("---\nOne.\n---\nTwo.")][1] == "One."


def test_an_escaped_emoji_of_a_title_is_one_letter_and_half_of_one_can_be_kept_all_the_same() -> None:
    title = paragraphs(r"""---
title: "Remarks \ud83d\ude00 by Ann Lee \ud83d"
---
One.""")[0].text
    assert title == "Remarks \U0001f600 by Ann Lee \ufffd"


def test_a_page_without_an_end_of_a_sentence_is_cut_in_a_time_that_grows_as_it_does() -> None:
    line = "the boats came home and they went out again and again in all the weathers"
    began = process_time()
    found = paragraphs(f"{line}\n" * 16_000)
    assert process_time() - began < 4
    assert [len(paragraph.text) for paragraph in found] == [16_000 * (len(line) + 1) - 1]


@pytest.mark.parametrize("key", ["url", "source-url", "source_url", "sourceUrl", "link", "canonical", "source"])
def test_a_block_of_keys_gives_the_address_of_the_page(key: str) -> None:
    assert (
        address_of(f'---\ntitle: The sea\n{key}: "https://example.org/a"\n---\nIt is late.') == "https://example.org/a"
    )


def test_the_surest_key_gives_the_address_and_what_is_none_is_none() -> None:
    keys = "source: Daily News\nlink: https://example.org/b\ncanonical_url: https://example.org/a"
    assert address_of(f"---\n{keys}\n---\n") == "https://example.org/a"
    assert address_of("---\nsource: Daily News\nurl: /a/b\n---\n") is None
    assert address_of("It is late.\nurl: https://example.org/a\n") is None
