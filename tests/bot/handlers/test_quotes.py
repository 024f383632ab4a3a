from __future__ import annotations

import random
import sqlite3
from contextlib import closing

import pytest

from bot import keeping
from bot.settings import Settings
from tests.bot.driving import ANN, CAT, LONG, labels, running
from tests.builders import document, passage, write_archive


async def test_quote_without_words_is_a_random_one(settings: Settings) -> None:
    async with running(settings) as telegram:
        for said in ("/quote", "/random", "/quote@quotebot "):
            [answer] = await telegram.private().say(said)
            assert "<blockquote>" in answer.html
            assert labels(answer)[-1] == ["🎲 Another"]


async def test_another_is_sent_behind_and_is_mostly_another(settings: Settings) -> None:
    async with running(settings) as telegram:
        [first] = await telegram.private().say("/random")
        shown = {first.text}
        for _ in range(5):
            first = await first.press("Another")
            shown.add(first.text)
        assert len(shown) > 3


async def test_a_random_one_about_some_words_is_one_of_their_best_hits(settings: Settings) -> None:
    async with running(settings) as telegram:
        # More to one chat at once would have to wait.
        chats = [telegram.private(), telegram.private(ANN)]
        answers = [(await chat.say("/random syria"))[0] for chat in chats for _ in range(4)]
        places = [next(label for row in labels(answer) for label in row if " of 47" in label) for answer in answers]
        assert len(set(places)) > 2
        chat = telegram.private(CAT)
        [answer] = await chat.say("/random zanzibar")
        assert "Nothing here about “zanzibar”." in answer.text
        [answer] = await chat.say("/random zanzibar syria")
        assert "Nobody here speaks of “zanzibar”; nearest:" in answer.text
        assert any(label.startswith("1 of") for row in labels(answer) for label in row)


async def test_a_random_one_is_none_that_says_less_than_is_told_of_it(settings: Settings) -> None:
    (settings.data / "archive.db").unlink()
    said = [passage(f"Foreign ministers exchange and exchange foreign views, {n}.") for n in range(30)]
    write_archive(settings.data / "archive.db", passage("They sell foreign exchange."), *said)
    async with running(settings) as telegram:
        chats = [telegram.private(), telegram.private(ANN)]
        answers = [(await chat.say("/random foreign exchange"))[0] for chat in chats for _ in range(4)]
        shown = {answer.text.partition("\n")[0] for answer in answers}
    assert shown == {"They sell foreign exchange."}


async def test_a_document_of_nothing_that_stands_alone_still_has_a_quote(settings: Settings) -> None:
    said = passage("This too."), passage("Thank you.", formula=True)
    (settings.data / "archive.db").unlink()
    write_archive(settings.data / "archive.db", *said, documents=[document(passages=2)])
    async with running(settings) as telegram:
        [card] = await telegram.private().say("/source 1")
        assert "This too." in (await card.press("A quote from it")).text
        [nothing] = await telegram.private().say("/random")
        assert "can be read on its own" in nothing.text
        assert nothing.buttons


async def test_a_search_that_can_not_be_kept_is_answered_without_the_way_on(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "PATIENCE", 0.1)
    async with running(settings) as telegram:
        with closing(sqlite3.connect(settings.data / "chats.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            [answer] = await telegram.private().say(LONG)
            other.execute("ROLLBACK")
        assert "<blockquote>" in answer.html
        assert labels(answer)[-1] == ["Context"]
        [again] = await telegram.private().say(LONG)
        assert labels(again)[-1][-1] == "next ›"


async def test_a_year_is_looked_at_alone_and_as_a_word_one_tap_away(settings: Settings) -> None:
    async with running(settings) as telegram:
        [answer] = await telegram.private().say("/quote terrorism in 2018")
        assert answer.text.startswith("Only what is of 2018\n")
        assert "2018" in answer.text.split("—")[1]
        said = await answer.press('🔎 terrorism in "2018" as typed')
        assert not said.text.startswith("Only")
        assert "28 December 2017" in said.text


@pytest.mark.slow
async def test_random_searches_of_the_archives_own_words_all_page(settings: Settings) -> None:
    async with running(settings) as telegram:
        chat = telegram.private()
        with closing(sqlite3.connect(settings.data / "archive.db")) as archive:
            words = [word for (word,) in archive.execute("SELECT word FROM terms ORDER BY word")]
        for word in random.Random(3).sample(words, 40):  # noqa: S311
            [answer] = await chat.say(f"/quote {word}")
            assert "<blockquote>" in answer.html, word
        assert not telegram.refused
