from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest
from telegram import CallbackQuery, Chat, Message

from bot.handlers.pressed import Repeats
from bot.settings import Settings
from tests.bot.driving import ANN, LONG, running


async def test_forget_takes_the_long_searches_of_this_chat_alone(settings: Settings) -> None:
    async with running(settings) as telegram:
        mine, anns = telegram.private(), telegram.private(ANN)
        [answer], [other] = await mine.say(LONG), await anns.say(LONG)
        [done] = await mine.say("/forget")
        assert "nothing is stored" in done.text
        assert (await answer.press("next ›")).text == answer.text
        assert "no longer kept" in mine.toast
        assert (await other.press("next ›")).text != other.text


async def test_a_saved_search_opens_for_no_other_chat(settings: Settings) -> None:
    async with running(settings) as telegram:
        [secret] = await telegram.private(ANN).say(LONG)
        chat = telegram.private()
        [answer] = await chat.say("syria")
        assert (await answer.forge(str(secret.button("next ›").data))).text == answer.text
        assert "no longer kept" in chat.toast


@pytest.mark.parametrize(
    ("forged", "words"),
    [
        ("", "can't read"),
        ("zzz", "can't read"),
        ("h0:   ", "can't read"),
        ("h0:\x00", "finds nothing"),
        ("h0:qwertyuiop", "finds nothing"),
        ("k0:999999", "no longer kept"),
        ("k0:999999999999999999", "no longer kept"),
        ("cnosuchpassage", "has left the archive"),
        ("rnosuchdocument", "has left the archive"),
        ("snosuchdocument", "has left the archive"),
        ("d9999::0", "no such day"),
        ("d0230::0", "no such day"),
    ],
)
async def test_a_button_that_leads_nowhere_says_so(settings: Settings, forged: str, words: str) -> None:
    async with running(settings) as telegram:
        chat = telegram.private()
        [answer] = await chat.say("syria")
        assert (await answer.forge(forged)).content == answer.content
        assert words in chat.toast
        alert = telegram.events[-1]
        assert alert.kind == "answered"
        assert alert.content["show_alert"]
        assert len(chat.answers) == 1


@pytest.mark.parametrize("forged", ["h999999:syria", "l999999", "d1228::999999", "asyria", "l0!", "r", "n7/3"])
async def test_a_made_up_place_is_answered_with_what_there_is(settings: Settings, forged: str) -> None:
    async with running(settings) as telegram:
        chat = telegram.private()
        [answer] = await chat.say("syria")
        assert "went wrong" not in (await answer.forge(forged)).text
        assert not telegram.refused


async def test_an_answer_whose_passage_left_the_archive_says_so(settings: Settings) -> None:
    async with running(settings) as telegram:
        chat = telegram.private()
        [answer] = await chat.say("syria")
        with closing(sqlite3.connect(settings.data / "archive.db")) as archive, archive:
            archive.execute("PRAGMA foreign_keys = ON")
            archive.execute("DELETE FROM documents")
        assert (await answer.press("Context")).content == answer.content
        assert "has left the archive" in chat.toast
        await answer.press("next ›")
        assert "finds nothing" in chat.toast
        for said in ("syria", "/random", "/sources", "/source 1", "/start", "/about", "/help"):
            [told] = await chat.say(said)
            assert "went wrong" not in told.text
        assert "empty" in (await chat.say("/sources"))[0].text


async def test_pressing_twice_does_once(settings: Settings) -> None:
    async with running(settings) as telegram:
        chat = telegram.private()
        [answer] = await chat.say("syria")
        await answer.press("next ›")
        await answer.press("next ›")
        assert chat.toast == ""
        await answer.press("Context")
        await answer.press("Context")
        assert chat.toast == "It is on its way."
        assert len(chat.answers) == 2
        assert [request.method for request in telegram.refused] == ["editMessageText"]
        assert "went wrong" not in chat.toast


def test_a_press_repeats_another_on_the_same_button_for_a_moment_only() -> None:
    now = 0.0
    repeats = Repeats(lambda: now, seconds=2, most=2)

    def query(message: int, data: str = "r") -> CallbackQuery:
        shown = Message(message, datetime.now(UTC), Chat(1, "private"))
        return CallbackQuery("1", ANN, "1", message=shown, data=data)

    assert not repeats.is_one(query(1))
    assert repeats.is_one(query(1))
    assert not repeats.is_one(query(2))
    assert not repeats.is_one(query(1, "c1"))
    now = 1.9
    assert not repeats.is_one(query(1)), "forgotten for newer ones"
    now = 4.0
    assert not repeats.is_one(query(1))
    assert not repeats.is_one(CallbackQuery("1", ANN, "1", data="r"))
