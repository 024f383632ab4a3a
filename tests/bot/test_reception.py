from __future__ import annotations

import pytest
from telegram import User

from bot.app import Bot, build
from bot.console import ConsoleTelegram
from bot.console_faults import Fault
from bot.floods import Ceiling, Floods
from bot.settings import Settings
from tests.bot.digests import AT_ONCE
from tests.bot.driving import ANN

THREE = Ceiling(most=3)


def made(settings: Settings, telegram: ConsoleTelegram) -> Bot:
    settings = settings.model_copy(update={"messages_per_second": 1000})
    return build(settings, request=telegram, limits=AT_ONCE, floods=Floods(THREE))


async def test_a_flood_is_answered_once_then_ignored(settings: Settings) -> None:
    telegram = ConsoleTelegram()
    async with telegram.running(made(settings, telegram).application):
        chat = telegram.private()
        for _ in range(3):
            assert (await chat.say("/about"))[0].text.startswith("Quotebot")
        [told] = await chat.say("syria")
        assert told.text.startswith("Slow down, please")
        assert told.content["reply_to_message"]["text"] == "syria"
        for said in ("syria", "/help", "/weather"):
            assert await chat.say(said) == ()
        assert await telegram.private(ANN).say("syria")


async def test_buttons_count_too_and_are_answered_once(settings: Settings) -> None:
    telegram = ConsoleTelegram()
    async with telegram.running(made(settings, telegram).application):
        chat = telegram.private()
        [answer] = await chat.say("/quote syria")
        for _ in range(2):
            answer = await answer.press("next ›")
        shown = answer.text
        assert (await answer.press("next ›")).text == shown
        assert chat.toast.startswith("Slow down, please")
        before = len(telegram.requests)
        assert (await answer.press("next ›")).text == shown
        assert len(telegram.requests) == before


async def test_a_group_is_told_once_whoever_asks(settings: Settings) -> None:
    telegram = ConsoleTelegram()
    async with telegram.running(made(settings, telegram).application):
        group = telegram.group()
        people = [User(3000 + number, "P", is_bot=False) for number in range(6)]
        for person in people:
            group.admit(person)
        answers = [await group.say("/about@quotebot", user=person) for person in people]
        assert [len(answer) for answer in answers] == [1, 1, 1, 1, 0, 0]
        assert answers[3][0].text.startswith("Slow down, please")


async def test_chatter_in_a_group_is_no_request(settings: Settings) -> None:
    telegram = ConsoleTelegram()
    async with telegram.running(made(settings, telegram).application):
        group = telegram.group()
        for _ in range(9):
            assert await group.say("what do you think of it?") == ()
        assert await group.say("/about@quotebot")


async def test_who_floods_is_still_known_to_have_shut_the_bot_out(settings: Settings) -> None:
    telegram = ConsoleTelegram()
    async with telegram.running(made(settings, telegram).application):
        chat = telegram.private()
        await chat.say("/subscribe")
        for _ in range(9):
            await chat.say("/about")
        await chat.bot_becomes("kicked")
        [offer] = await chat.bot_becomes("member")
        assert offer.button("Resume")


async def test_requests_are_counted_with_what_came_of_them(settings: Settings) -> None:
    telegram = ConsoleTelegram()
    bot = made(settings, telegram)
    async with telegram.running(bot.application):
        await telegram.private().say("/about")
        await telegram.private().say("/weather")
        telegram.inject(Fault.blocked())
        await telegram.private().say("/help")
        for _ in range(2):
            await telegram.private().say("syria")
        (settings.data / "archive.db").write_bytes(b"rubbish" * 10_000)
        await telegram.private(ANN).say("syria")
    told = bot.metrics.exposed().decode()
    for command, outcome in (
        ("about", "answered"),
        ("other", "answered"),
        ("help", "not sent"),
        ("words", "slowed down"),
        ("words", "ignored"),
        ("words", "failed"),
    ):
        assert f'quotebot_answers_total{{command="{command}",outcome="{outcome}"}} 1.0' in told
    assert "syria" not in told


@pytest.mark.parametrize("fault", [Fault.lost(), Fault.blocked()])
async def test_that_nobody_can_be_told_to_slow_down_is_no_fault(
    settings: Settings, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    telegram = ConsoleTelegram()
    async with telegram.running(made(settings, telegram).application):
        chat = telegram.private()
        for _ in range(3):
            await chat.say("/about")
        telegram.inject(fault)
        assert await chat.say("/about") == ()
    assert "fault update" not in caplog.text
