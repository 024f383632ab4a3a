from __future__ import annotations

from bot.console_faults import Fault
from bot.settings import Settings
from tests.bot.driving import running


async def test_a_press_that_is_too_old_to_be_answered_still_does_its_work(settings: Settings) -> None:
    async with running(settings) as telegram:
        chat = telegram.private()
        [answer] = await chat.say("syria")
        telegram.inject(
            Fault.refused("Bad Request: query is too old and response timeout expired"), "answerCallbackQuery"
        )
        assert (await answer.press("next ›")).text != answer.text


async def test_a_message_that_is_gone_can_still_be_asked(settings: Settings) -> None:
    async with running(settings) as telegram:
        chat = telegram.private()
        [answer] = await chat.say("syria")
        del chat.record.messages[answer.id]
        assert "Sergey Lavrov" in (await answer.forge(str(answer.button("Context").data))).text
        await answer.forge(str(answer.button("next ›").data))
        assert "out of my reach" in chat.toast


async def test_formatting_that_telegram_refuses_goes_out_plain(settings: Settings) -> None:
    async with running(settings) as telegram:
        telegram.inject(Fault.refused("Bad Request: can't parse entities: Unexpected end tag at byte offset 3"))
        [answer] = await telegram.private().say("syria")
        assert "Sergey Lavrov" in answer.text
        assert not answer.content.get("entities")
        assert answer.button("next ›")
