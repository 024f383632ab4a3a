from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from bot.boundary import on_error
from bot.console import ConsoleTelegram
from bot.console_faults import Fault
from bot.turns import StoppingError


async def break_down(_update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    try:
        int("what somebody wrote")
    except ValueError as error:
        raise KeyError("more of what somebody wrote") from error


@asynccontextmanager
async def broken_bot() -> AsyncIterator[ConsoleTelegram]:
    telegram = ConsoleTelegram()
    application = Application.builder().token("1:x").request(telegram).get_updates_request(telegram).build()
    application.add_handler(MessageHandler(filters.ALL, break_down))
    application.add_handler(CallbackQueryHandler(break_down))
    application.add_error_handler(on_error)
    async with telegram.running(application):
        yield telegram


async def test_a_fault_is_answered_and_logged_without_what_people_wrote(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "bot")
    async with broken_bot() as telegram:
        chat = telegram.private()
        [answer] = await chat.say("a secret")
        assert answer.text.startswith("Sorry, something went wrong")
        await answer.forge("x")
        assert chat.toast.startswith("Sorry, something went wrong")
    told = "\n".join(record.getMessage() for record in caplog.records if record.name == "bot.boundary")
    assert "update=1 chat=1001" in told
    assert "builtins.ValueError" in told
    assert "builtins.KeyError" in told
    assert "in break_down" in told
    assert "wrote" not in told
    assert "secret" not in told


@pytest.mark.parametrize(
    "refusal", ["Bad Request: TOPIC_CLOSED", "Bad Request: not enough rights to send text messages to the chat"]
)
async def test_a_place_that_takes_no_messages_is_no_fault_and_a_press_says_so(
    refusal: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def answer(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.effective_message is not None
        await update.effective_message.reply_text("an answer")

    telegram = ConsoleTelegram()
    application = Application.builder().token("1:x").request(telegram).get_updates_request(telegram).build()
    application.add_handler(MessageHandler(filters.ALL, answer))
    application.add_handler(CallbackQueryHandler(answer))
    application.add_error_handler(on_error)
    async with telegram.running(application):
        chat = telegram.private()
        [message] = await chat.say("x")
        telegram.inject(Fault.refused(refusal), times=2)
        assert await chat.say("x") == ()
        await message.forge("x")
        assert chat.toast.startswith("I may not write here")
    told = [record for record in caplog.records if record.name == "bot.boundary"]
    assert [record.levelname for record in told] == ["WARNING", "WARNING"]
    assert all(record.getMessage().startswith("not answered update=") for record in told)


@pytest.mark.parametrize("fault", [Fault.blocked(), Fault.lost(), Fault.gateway(), Fault.flood(3)])
async def test_an_apology_that_can_not_be_sent_ends_there(fault: Fault) -> None:
    async with broken_bot() as telegram:
        telegram.inject(fault)
        assert await telegram.private().say("x") == ()
        assert len([request for request in telegram.requests if request.method == "sendMessage"]) == 1


async def test_what_a_stop_leaves_unsaid_is_no_fault(caplog: pytest.LogCaptureFixture) -> None:
    async def stopped(_update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        raise StoppingError

    telegram = ConsoleTelegram()
    application = Application.builder().token("1:x").request(telegram).get_updates_request(telegram).build()
    application.add_handler(MessageHandler(filters.ALL, stopped))
    application.add_error_handler(on_error)
    async with telegram.running(application):
        assert await telegram.private().say("x") == ()
    [told] = [record for record in caplog.records if record.name == "bot.boundary"]
    assert (told.levelname, told.getMessage()) == (
        "WARNING",
        "not answered update=1 chat=1001 error=Not sent: the bot is stopping",
    )
