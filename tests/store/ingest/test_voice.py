"""Whose voice unlabelled words are in."""

from __future__ import annotations

import pytest

from store.ingest.page import Paragraph
from store.ingest.voice import is_first_person, tells_of


def page(*lines: str) -> list[Paragraph]:
    return [Paragraph(number, line) for number, line in enumerate(lines, 1)]


@pytest.mark.parametrize(
    ("line", "tells"),
    [
        ("Ann Lee was born in Oslo.", True),
        ("The minister then answered a few questions.", True),
        ("The President and I have talked about it.", False),
        ("The talks will go on.", False),
    ],
)
def test_a_paragraph_tells_of_the_speaker_by_name_or_by_office(line: str, tells: bool) -> None:
    assert tells_of(Paragraph(1, line), "Ann Lee") is tells


@pytest.mark.parametrize(
    "lines",
    [
        ["Dear colleagues,", "The year was hard for all who live by the sea, and harder for those who sail."],
        ["We have met here to speak of the sea, as we do in every year of peace."] * 3,
        ["Wir haben uns heute versammelt, um über das Meer zu sprechen, wie jedes Jahr."],
    ],
)
def test_who_says_we_or_addresses_an_audience_speaks(lines: list[str]) -> None:
    assert is_first_person(page(*lines), "Ann Lee")


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["The talks in Oslo went on for two days, and nobody was content with what came of them."],
        [
            "The talks in Oslo went on for two days, and nobody was content with what came of them.",
            "The fishermen of the north had asked for more, and the fishermen of the south for less.",
            "The council will meet again in spring, and nobody expects that anything will change by then.",
            "The boats stay in the harbours until then, and the markets of the coast have little to sell.",
            "A fisherman told our reporter that he would rather sell his boat than wait for another winter.",
        ],
        [
            "We were told that Ann Lee would speak of the sea, and so she did, for longer than planned.",
            "Lee said that our boats would stay in the harbours, whatever the fishermen might say of it.",
        ],
    ],
)
def test_who_tells_of_the_speaker_is_somebody_else(lines: list[str]) -> None:
    assert not is_first_person(page(*lines), "Ann Lee")
