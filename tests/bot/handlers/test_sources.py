from __future__ import annotations

import pytest

from bot.settings import Settings
from tests.bot.driving import labels, running
from tests.builders import document, passage, write_archive


async def test_sources_lead_to_a_source_and_back(settings: Settings) -> None:
    async with running(settings) as telegram:
        [listed] = await telegram.private().say("/sources")
        assert listed.text.startswith("Sources: 5 documents, newest first\n\n1. ")
        card = await listed.press("4")
        assert card.id == listed.id
        assert card.text.startswith("Source 4 of 5\n")
        assert card.text == (await telegram.private().say("/source 4"))[0].text
        quote = await card.press("A quote from it")
        assert quote.id != card.id
        assert "Interfax" in quote.text
        assert "Interfax" in (await quote.press("Another")).text
        assert (await card.press("All sources")).text == listed.text


async def test_a_document_without_an_address_has_no_page_button(settings: Settings) -> None:
    async with running(settings) as telegram:
        [card] = await telegram.private().say("/source 2")
        assert "Embassy of Russia in India" in card.text
        assert "Page: unknown" in card.text
        assert labels(card) == [["A quote from it"], ["‹ All sources"]]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("/source", "Which one?"),
        ("/source 0", "no source “0”"),
        ("/source 6", "no source “6”"),
        ("/source x", "no source “x”"),
        ("/source " + "9" * 4000, "…”: they are numbered from 1 to 5"),
    ],
)
async def test_a_source_that_there_is_not_is_explained(settings: Settings, said: str, words: str) -> None:
    async with running(settings) as telegram:
        [answer] = await telegram.private().say(said)
        assert words in answer.text
        assert (await answer.press("Sources")).text.startswith("Sources: 5 documents")


@pytest.mark.parametrize(
    ("words", "instead"), [("2018", "/quote year:2018"), ("rt", '/quote source:"rt"'), ("9", '/quote source:"9"')]
)
async def test_words_behind_sources_lead_to_a_search_that_they_narrow(
    settings: Settings, words: str, instead: str
) -> None:
    async with running(settings) as telegram:
        listed, unused = await telegram.private().say(f"/sources {words}")
        assert listed.text.startswith("Sources: 5 documents")
        assert unused.text == f"/sources takes no words, so I left out “{words}”. You may mean: {instead}"


async def test_sources_with_a_number_is_that_source(settings: Settings) -> None:
    async with running(settings) as telegram:
        [answer] = await telegram.private().say("/sources 3")
        assert answer.text.startswith("Source 3 of 5")


async def test_a_long_list_is_paged(settings: Settings) -> None:
    (settings.data / "archive.db").unlink()
    many = [document(f"d{number}", title=f"Talk {number}") for number in range(1, 21)]
    said = [passage("Dear friends,", document=talk.id, formula=True) for talk in many]
    write_archive(settings.data / "archive.db", *said, documents=many)
    async with running(settings) as telegram:
        [first] = await telegram.private().say("/sources")
        third = await (await first.press("older ›")).press("older ›")
        assert "17 to 20" in third.text
        assert labels(third) == [["17", "18", "19", "20"], ["‹ newer"]]
        back = await (await third.press("20")).press("All sources")
        assert back.text == third.text
