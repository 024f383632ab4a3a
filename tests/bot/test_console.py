from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from telegram import Bot, Update, User
from telegram.error import BadRequest, Conflict, InvalidToken
from telegram.ext import Application, MessageHandler, TypeHandler, filters

from bot.console import AnyApplication, ConsoleTelegram
from bot.console_faults import Fault
from tests.bot.small_bot import Context, small_bot


@pytest.fixture
def telegram() -> ConsoleTelegram:
    return ConsoleTelegram()


@pytest_asyncio.fixture
async def bot(telegram: ConsoleTelegram) -> AsyncIterator[Bot]:
    async with Bot("1:console", request=telegram, get_updates_request=telegram) as bot:
        yield bot


async def wait_until_asking(telegram: ConsoleTelegram) -> None:
    for _ in range(1000):
        if any(request.method == "getUpdates" for request in telegram.requests):
            return
        await asyncio.sleep(0)
    raise AssertionError("nobody asks for updates")


# The way to the Application


@pytest.mark.parametrize("polling", [False, True])
@pytest.mark.parametrize("block", [False, True])
async def test_what_is_said_is_answered_by_the_real_application(
    telegram: ConsoleTelegram, *, polling: bool, block: bool
) -> None:
    async with telegram.running(small_bot(telegram, block=block), polling=polling):
        chat = telegram.private()
        [answer] = await chat.say("/quote syria")
        page = await answer.press("›")
    assert answer.text == "We spoke of syria.\nAnn, page 1"
    assert page.text == "page 2"
    assert page.id == answer.id


async def test_an_application_that_is_only_initialized_handles_updates_too(telegram: ConsoleTelegram) -> None:
    application = small_bot(telegram)
    telegram.attach(application)
    async with application:
        assert [answer.text for answer in await telegram.private().say("hello")] == ["5 characters"]


async def test_without_an_application_nothing_can_be_said(telegram: ConsoleTelegram) -> None:
    with pytest.raises(RuntimeError, match="no Application is attached"):
        await telegram.private().say("hello")


@pytest.mark.parametrize("polling", [False, True])
async def test_running_calls_the_hooks_in_the_order_of_run_polling(telegram: ConsoleTelegram, *, polling: bool) -> None:
    called: list[str] = []

    async def start(_: AnyApplication) -> None:
        called.append("init")

    async def stop(_: AnyApplication) -> None:
        called.append("stop")

    async def end(_: AnyApplication) -> None:
        called.append("shutdown")

    builder = Application.builder().token("1:console").request(telegram).get_updates_request(telegram)
    application = builder.post_init(start).post_stop(stop).post_shutdown(end).build()
    async with telegram.running(application, polling=polling):
        assert application.running
        assert application.updater is not None
        assert application.updater.running is polling
        assert called == ["init"]
    assert called == ["init", "stop", "shutdown"]
    assert not application.running


@pytest.mark.parametrize("polling", [False, True])
async def test_updates_are_handled_in_the_order_they_are_given(telegram: ConsoleTelegram, *, polling: bool) -> None:
    async with telegram.running(small_bot(telegram), polling=polling):
        people = [telegram.private(User(2000 + number, "Ann", is_bot=False)) for number in range(10)]
        answers = await asyncio.gather(*(chat.say("x" * chat.id) for chat in people))
    assert [answer.text for [answer] in answers] == [f"{chat.id} characters" for chat in people]


@pytest.mark.parametrize("polling", [False, True])
async def test_handlers_that_do_not_block_are_waited_for(telegram: ConsoleTelegram, *, polling: bool) -> None:
    async def answer_late(update: Update, _context: Context) -> None:
        assert update.message is not None
        await asyncio.sleep(0.01)
        await update.message.reply_text("late")

    application = small_bot(telegram)
    application.add_handler(MessageHandler(filters.ALL, answer_late, block=False), group=-1)
    async with telegram.running(application, polling=polling):
        answers = await telegram.private().say("hello")
    assert {answer.text for answer in answers} == {"5 characters", "late"}


async def test_update_ids_rise_and_can_be_repeated(telegram: ConsoleTelegram) -> None:
    seen: list[int] = []

    async def remember(update: Update, _context: Context) -> None:
        seen.append(update.update_id)

    application = small_bot(telegram)
    application.add_handler(TypeHandler(Update, remember), group=-1)
    async with telegram.running(application):
        chat = telegram.private()
        await chat.say("one")
        await chat.say("two")
        await telegram.deliver("message", chat.messages[0].content, update_id=seen[0])
    assert seen == [1, 2, 1]


async def test_an_error_of_a_handler_reaches_the_error_handler(telegram: ConsoleTelegram) -> None:
    application = small_bot(telegram)
    async with telegram.running(application):
        assert await telegram.private().say("/break") == ()
    assert [type(error) for error in application.bot_data["errors"]] == [ZeroDivisionError]


@pytest.mark.parametrize("polling", [False, True])
async def test_a_bot_that_hangs_is_not_waited_for_for_ever(*, polling: bool) -> None:
    telegram = ConsoleTelegram(patience=0.05)
    hung = asyncio.Event()

    async def hang(_update: Update, _context: Context) -> None:
        await hung.wait()

    application = small_bot(telegram)
    application.add_handler(MessageHandler(filters.ALL, hang), group=-1)
    async with telegram.running(application, polling=polling):
        with pytest.raises(TimeoutError, match=r"the bot took over 0\.05 s for a message"):
            await telegram.private().say("hello")
        hung.set()


async def test_with_a_webhook_updates_reach_the_application_all_the_same(telegram: ConsoleTelegram) -> None:
    application = small_bot(telegram)
    async with telegram.running(application):
        await application.bot.set_webhook("https://example.org/hook")
        assert [answer.text for answer in await telegram.private().say("hello")] == ["5 characters"]


# getUpdates


async def test_waiting_for_updates_ends_when_one_comes(telegram: ConsoleTelegram) -> None:
    application = small_bot(telegram)
    async with telegram.running(application, polling=True):
        await wait_until_asking(telegram)
        assert await telegram.private().say("hello")
    asked = [request for request in telegram.requests if request.method == "getUpdates"]
    assert [len(request.answer["result"]) for request in asked if request.status] == [1, 0]
    assert asked[-1].parameters["offset"] == 2


async def test_waiting_for_updates_ends_after_the_timeout(bot: Bot) -> None:
    before = asyncio.get_running_loop().time()
    assert await bot.get_updates(timeout=1) == ()
    assert asyncio.get_running_loop().time() - before >= 1


async def test_waiting_for_updates_ends_with_the_shutdown(telegram: ConsoleTelegram, bot: Bot) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=30))
    await wait_until_asking(telegram)
    await telegram.shutdown()
    assert await waiting == ()


async def test_the_second_of_two_bots_wins(telegram: ConsoleTelegram, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await wait_until_asking(telegram)
    assert await bot.get_updates(timeout=0) == ()
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first


async def test_no_updates_are_given_while_a_webhook_is_set(bot: Bot) -> None:
    await bot.set_webhook("https://example.org/hook")
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    assert (await bot.get_webhook_info()).url == "https://example.org/hook"
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_kinds_of_update_that_were_not_asked_for_do_not_come(telegram: ConsoleTelegram) -> None:
    application = small_bot(telegram)
    async with telegram.running(application):
        assert application.updater is not None
        await application.updater.start_polling(allowed_updates=[Update.CALLBACK_QUERY])
        await wait_until_asking(telegram)
        assert await telegram.private().say("hello") == ()


# Requests


async def test_every_request_is_remembered_in_order(telegram: ConsoleTelegram, bot: Bot) -> None:
    chat = telegram.private()
    await bot.send_message(chat.id, "hello", disable_notification=True)
    with pytest.raises(BadRequest):
        await bot.send_message(5, "hello")
    assert [(request.method, request.status) for request in telegram.requests] == [
        ("getMe", 200),
        ("sendMessage", 200),
        ("sendMessage", 400),
    ]
    assert telegram.requests[1].parameters == {"chat_id": chat.id, "text": "hello", "disable_notification": True}
    assert [request.answer["description"] for request in telegram.refused] == ["Bad Request: chat not found"]


async def test_methods_that_do_not_exist_are_not_found(telegram: ConsoleTelegram, bot: Bot) -> None:
    with pytest.raises(InvalidToken):
        await bot.get_star_transactions()
    assert telegram.requests[-1].status == 404
    assert telegram.requests[-1].answer == {
        "ok": False,
        "error_code": 404,
        "description": "Not Found: method not found",
    }


async def test_after_the_shutdown_nothing_is_answered(telegram: ConsoleTelegram, bot: Bot) -> None:
    await telegram.shutdown()
    with pytest.raises(Exception, match="has been shut down"):
        await bot.get_me()
    await telegram.initialize()
    assert (await bot.get_me()).username == "quotebot"


async def test_an_answer_is_the_bots_to_change(telegram: ConsoleTelegram, bot: Bot) -> None:
    chat = telegram.private()
    await bot.send_message(chat.id, "hello")
    chat.messages[0].content["text"] = "changed"
    telegram.requests[-1].answer["result"]["text"] = "changed"
    assert chat.messages[0].text == "hello"
    assert telegram.events[0].content["text"] == "hello"


# Faults


async def test_faults_come_once_each_and_only_where_they_were_set(telegram: ConsoleTelegram, bot: Bot) -> None:
    chat, other = telegram.private(), telegram.private(User(2, "Ann", is_bot=False))
    telegram.inject(Fault.blocked(), chat=chat, times=2)
    await bot.send_message(other.id, "hello")
    await bot.send_chat_action(chat.id, "typing")
    for _ in range(2):
        with pytest.raises(Exception, match="bot was blocked by the user"):
            await bot.send_message(chat.id, "hello")
    await bot.send_message(chat.id, "hello")
    assert [request.status for request in telegram.requests[1:]] == [200, 200, 403, 403, 200]
    assert [message.text for message in chat.messages] == ["hello"]


async def test_what_was_delivered_stays_although_the_answer_was_lost(telegram: ConsoleTelegram, bot: Bot) -> None:
    chat = telegram.private()
    telegram.inject(Fault.lost(delivered=True))
    telegram.inject(Fault.lost())
    for _ in range(2):
        with pytest.raises(Exception, match="the connection was lost"):
            await bot.send_message(chat.id, "hello")
    assert len(chat.messages) == 1
    assert [request.status for request in telegram.requests[1:]] == [0, 0]
