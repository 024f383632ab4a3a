"""Admins reload and ask how the bot is; nobody else does, whatever they send."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import shutil
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from telegram import BotCommandScopeChat, Update, User

from bot import presses
from bot.app import RELOADING, Bot, build
from bot.console import ConsoleTelegram
from bot.console_chats import GROUP_ANONYMOUS_BOT
from bot.console_faults import Fault
from bot.presses import Removal
from bot.settings import Settings
from store.ingest import run as ingest
from tests.bot.conftest import SEEDS
from tests.bot.driving import ANN, CAT, running
from tests.telegram_stub import JSON

UNKNOWN = "I find quotes."
TAG = "0123456789abcdef"
COMMAND = [{"type": "bot_command", "offset": 0, "length": 7}]


@pytest.fixture
def ours(placed: Settings, tmp_path: Path) -> Settings:
    """Return settings with a folder of texts of our own, in step with the archive, and the console's owner as admin."""
    folder = tmp_path / "texts"
    shutil.copytree(SEEDS, folder)
    return placed.model_copy(update={"seeds": folder, "admins": frozenset({ConsoleTelegram().owner.id})})


@asynccontextmanager
async def bot_of(
    settings: Settings, *, rebuild: Sequence[str] = (), telegram: ConsoleTelegram | None = None
) -> AsyncIterator[tuple[ConsoleTelegram, Bot]]:
    telegram = telegram or ConsoleTelegram()
    telegram.private()
    bot = build(settings, request=telegram, rebuild=rebuild)
    async with telegram.running(bot.application):
        yield telegram, bot


def text_of(folder: Path, number: str) -> Path:
    return next(folder.glob(f"{number}*.txt"))


def script(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", f"import sys, time, pathlib\n{code}")


def progress(done: int) -> str:
    return f'print(\'{{"done": {done}, "total": 5, "file": "x"}}\', file=sys.stderr, flush=True)'


async def until_running(bot: Bot) -> None:
    async with asyncio.timeout(20):
        while bot.reload.running is None or bot.reload.running.progress is None:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


# Reload


@pytest.mark.slow
async def test_a_new_text_comes_in_and_a_button_lists_it(ours: Settings) -> None:
    for number in ("002", "004"):
        text_of(ours.seeds, number).unlink()
    async with bot_of(ours) as (telegram, _):
        chat = telegram.private()
        [told] = await chat.say("/reload")
        assert re.match(r"Reloaded\. The archive has 3 documents with \d+ passages, \d+ fewer than before\.", told.text)
        assert "Gone (2)\n• 002_cccc7ed59626c0d0.txt\n• 004_" in told.text
        assert not told.buttons
        for number in ("002", "004"):
            shutil.copy(text_of(SEEDS, number), ours.seeds)
        (ours.seeds / "bad.txt").write_bytes(b"one\ntwo \xff")
        [told] = await chat.say("/reload")
        assert "5 documents with 278 passages" in told.text
        assert "Refused (1)\n• bad.txt, line 2: not UTF-8: byte 0xff" in told.text
        assert "New (2)\n• 002_cccc7ed59626c0d0.txt\n• 004_" in told.text
    async with bot_of(ours, telegram=telegram):  # The button outlives a restart.
        listed = await told.press("📚 2 new documents")
        assert listed.text.startswith("New: 2 documents, newest first")
        assert listed.content["reply_to_message"]["message_id"] == told.id
        number = listed.buttons[0].text
        assert (await listed.press(1)).text.startswith(f"Source {number} of 5")
        (ours.data / "archive.db").unlink()
    ingest.run(ours.seeds, ours.data / "archive.db")
    async with bot_of(ours, telegram=telegram):  # Made anew, the archive does not know what came in then.
        await told.press("📚 2 new documents")
        assert "no longer know" in telegram.private().toast
        assert not telegram.refused


@pytest.mark.slow
async def test_a_message_counts_the_files_and_is_not_edited_all_the_time(ours: Settings) -> None:
    code = "\n".join((*(f"{progress(1 + n % 4)}; time.sleep(0.05)" for n in range(90)), "sys.exit('It broke.')"))
    async with bot_of(ours, rebuild=script(code)) as (telegram, _):
        [told] = await telegram.private().say("/reload")
        assert told.text == "The reload failed. The archive is as it was before.\n\nIt broke."
        shown = [event.content["text"] for event in telegram.events if event.content.get("message_id") == told.id]
        assert shown[0] == "Reading the texts…"
        assert 1 <= len(shown[1:-1]) <= 3  # In 4.5 s at most each 2 s.
        assert all(re.fullmatch(r"Reading the texts: file [1-4] of 5…", text) for text in shown[1:-1])
        assert not telegram.refused


async def test_there_is_one_at_a_time_and_others_are_answered_meanwhile(ours: Settings) -> None:
    admins = ours.admins | {CAT.id}
    settings = ours.model_copy(update={"admins": admins})
    async with bot_of(settings, rebuild=script(f"{progress(3)}; time.sleep(60)")) as (telegram, bot):
        reloading = asyncio.create_task(telegram.private().say("/reload"))
        await until_running(bot)
        try:
            # `say` waits until all that is under way has been handled, so these go in behind its back.
            for user, text in ((CAT, "/reload"), (CAT, "/status"), (ANN, "syria")):
                entities = [{"type": "bot_command", "offset": 0, "length": 7}] if text.startswith("/") else []
                message = telegram.private(user).put({"text": text, "entities": entities}, user=user)
                update = Update.de_json({"update_id": 900, "message": message.content}, bot.application.bot)
                await bot.application.process_update(update)
        finally:
            bot.reload.stop()
        [second, status] = telegram.private(CAT).answers
        assert re.match(r"A reload is under way, begun by You at \d\d:\d\d \(\d+ s ago\), file 3 of 5\.", second.text)
        assert "Last reload: under way, begun " in status.text
        assert "<blockquote>" in telegram.private(ANN).answers[0].html
        [told] = await reloading
        assert "stopped during this reload. The archive is as it was before" in told.text
        assert b'quotebot_reloads_total{outcome="stopped"} 1.0' in bot.metrics.exposed()
        [refused] = await telegram.private().say("/reload")
        assert refused.text.startswith("I am being stopped")
        assert not (ours.data / RELOADING).exists()


@pytest.mark.slow
async def test_most_of_the_archive_leaves_only_by_the_button_of_an_admin(ours: Settings) -> None:
    for number in ("000", "001", "003", "004"):
        text_of(ours.seeds, number).unlink()
    async with bot_of(ours) as (telegram, _):
        chat = telegram.private()
        [asked] = await chat.say("/reload")
        assert asked.text.startswith("Nothing was changed. 4 of 5 documents have no text in the folder any more.")
    async with bot_of(ours, telegram=telegram):
        [status] = await chat.say("/status")
        assert "Archive: 5 documents" in status.text
        assert re.search(r"Databases: archive\.db .* [kM]B, chats\.db .* kB, places\.db .*B\n", status.text)
        told = await asked.press("🗑 Remove 4 documents")
        assert told.id == asked.id
        assert "The archive has 1 document with" in told.text
        assert "Gone (4)" in told.text


async def test_a_message_that_a_kill_left_behind_is_mended_at_the_next_start(ours: Settings) -> None:
    async with bot_of(ours) as (telegram, _):
        [message] = await telegram.private().say("syria")
    place = {"chat": telegram.owner.id, "message": message.id}
    (ours.data / RELOADING).write_text(json.dumps(place))
    async with bot_of(ours, telegram=telegram):
        assert message.now is not None
        assert message.now.text.startswith("I was stopped before I could tell what came of this reload.")
        assert "5 documents with 278 passages now" in message.now.text
    assert not (ours.data / RELOADING).exists()


@pytest.mark.parametrize("written", ["", "{", '{"chat": 1}', '{"chat": 99999, "message": 1}'])
async def test_what_can_not_be_mended_is_forgotten(ours: Settings, written: str) -> None:
    (ours.data / RELOADING).write_text(written)
    async with bot_of(ours):
        assert not (ours.data / RELOADING).exists()


@pytest.mark.slow
async def test_what_came_of_it_is_told_also_where_the_message_is_gone_or_telegram_is_away(ours: Settings) -> None:
    telegram = ConsoleTelegram()
    telegram.inject(Fault.gateway(), "editMessageText")
    telegram.inject(Fault.refused("Bad Request: message to edit not found"), "editMessageText")
    async with bot_of(ours, telegram=telegram):
        first, told = await telegram.private().say("/reload")
        assert first.text == "Reading the texts…"
        assert told.text.startswith("Nothing has changed.")


# Who may


async def test_admins_alone_see_the_commands(ours: Settings) -> None:
    dee = 4004  # Never opened a chat with the bot.
    async with bot_of(ours.model_copy(update={"admins": ours.admins | {dee}})) as (telegram, _):
        shown = {scope: {one["command"] for one in menu} for (scope, _), menu in telegram.commands.items()}
        owner = f"{telegram.owner.id}:chat"
        assert shown.keys() == {"all_private_chats", "all_group_chats", owner}
        assert shown[owner] - shown["all_private_chats"] == {"reload", "status"}
        for user in (telegram.owner, ANN):
            [page] = await telegram.private(user).say("/help")
            assert ("/reload" in page.text) is (user is telegram.owner)
        await telegram.private(User(dee, "Dee", is_bot=False)).say("/start")
        assert (f"{dee}:chat", "") in telegram.commands


@pytest.mark.parametrize("text", ["/reload", "/status", "/reload@quotebot", "/reload now"])
async def test_a_stranger_is_answered_as_to_any_unknown_command_and_the_try_is_logged(
    ours: Settings, caplog: pytest.LogCaptureFixture, text: str
) -> None:
    with caplog.at_level(logging.WARNING):
        async with bot_of(ours) as (telegram, bot):
            [answer] = await telegram.private(ANN).say(text)
            [unknown] = await telegram.private(ANN).say("/weather")
            assert answer.text == unknown.text
            assert bot.reload.last is None
    assert f"user={ANN.id}" in caplog.text
    assert re.search(r"not obeyed command=/(reload|status) user=2002 chat=2002", caplog.text)


async def test_who_is_no_admin_any_more_loses_the_menu_at_the_next_try_and_an_admin_keeps_it(ours: Settings) -> None:
    async with bot_of(ours) as (telegram, bot):
        admin, was = telegram.owner.id, ANN.id
        await telegram.private(ANN).say("/help")
        await bot.application.bot.set_my_commands([("reload", "of old")], BotCommandScopeChat(was))
        assert {(f"{admin}:chat", ""), (f"{was}:chat", "")} <= telegram.commands.keys()
        await telegram.private(ANN).say("/help")
        assert (f"{was}:chat", "") in telegram.commands
        await telegram.private(ANN).say("/reload")
        forwarded = {"forward_origin": {"type": "hidden_user", "sender_user_name": "Bea", "date": 1}}
        await telegram.private().send({"text": "/reload", "entities": COMMAND, **forwarded})
        assert (f"{was}:chat", "") not in telegram.commands
        assert (f"{admin}:chat", "") in telegram.commands


@pytest.mark.parametrize(
    "sent",
    [
        {"forward_origin": {"type": "hidden_user", "sender_user_name": "Bea", "date": 1}},
        {"via_bot": {"id": 5, "is_bot": True, "first_name": "Other"}},
        {"sender_business_bot": {"id": 5, "is_bot": True, "first_name": "Other"}},
        {"sender_chat": {"id": -1009, "type": "channel", "title": "Channel"}},
        {"text": None, "entities": None, "caption": "/reload", "caption_entities": COMMAND, "document": {
            "file_id": "a", "file_unique_id": "b", "file_name": "a.txt"}},
    ],
    ids=["forwarded", "by an inline bot", "by a business bot", "in a channel's name", "a file"],
)  # fmt: skip
async def test_an_admins_own_words_alone_are_obeyed(ours: Settings, sent: JSON) -> None:
    async with bot_of(ours) as (telegram, bot):
        content = {name: one for name, one in ({"text": "/reload", "entities": COMMAND} | sent).items() if one}
        answers = await telegram.private().send(content)
        assert all(answer.text.startswith(UNKNOWN) for answer in answers)
        assert bot.reload.last is None


@pytest.mark.slow
async def test_a_flood_of_tries_does_not_fill_the_log(ours: Settings, caplog: pytest.LogCaptureFixture) -> None:
    async with bot_of(ours) as (telegram, _):
        for _ in range(30):
            await telegram.private(ANN).say("/reload")
        await telegram.private(CAT).say("/reload")
    tries = [record for record in caplog.records if "not obeyed" in record.message]
    assert len(tries) == 11


async def test_an_edited_message_is_not_obeyed(ours: Settings) -> None:
    async with bot_of(ours) as (telegram, bot):
        await telegram.private().say("syria")
        assert await telegram.private().edit("/reload") == ()
        assert bot.reload.last is None


async def test_in_groups_and_channels_no_admin_is_known(ours: Settings) -> None:
    """Not by his own id, nor as the anonymous admin of the group, were its id among the settings."""
    settings = ours.model_copy(update={"admins": ours.admins | {GROUP_ANONYMOUS_BOT.id}})
    async with bot_of(settings) as (telegram, bot):
        group = telegram.group()
        assert await group.say("/reload") == ()
        assert await group.say("/reload", anonymous=True) == ()
        assert await telegram.channel().say("/reload") == ()
        [answer] = await group.say("/status@quotebot")
        assert answer.text.startswith(UNKNOWN)
        assert bot.reload.last is None


async def test_a_forged_button_of_a_stranger_does_nothing_and_is_logged(
    ours: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    async with bot_of(ours) as (telegram, bot):
        forged = presses.encode(Removal(TAG))
        for chat in (telegram.private(ANN), telegram.group()):
            [answer] = await chat.say("/quote syria")
            for user in (ANN, telegram.owner):  # The admin too: a group is no place for it.
                if chat.id == ANN.id and user is not ANN:
                    continue
                before = len(telegram.events)
                await answer.forge(forged, user=user)
                assert [event.kind for event in telegram.events[before:]] == ["answered"]
                assert "can't read this button" in chat.toast
        link = presses.packed(Removal(TAG))
        [answer] = await telegram.private().say(f"/start {link}")
        assert "can't read this button" in answer.text
        assert bot.reload.last is None
    assert f"not obeyed press=removal user={ANN.id}" in caplog.text


async def test_nobody_is_an_admin_where_none_is_named(settings: Settings) -> None:
    async with running(settings) as telegram:
        [answer] = await telegram.private().say("/reload")
        assert answer.text.startswith(UNKNOWN)


# Status


async def test_status_tells_how_the_bot_is(ours: Settings) -> None:
    async with bot_of(ours) as (telegram, _):
        chat = telegram.private()
        await telegram.private(ANN).say("/subscribe 07:30")
        [first] = await chat.say("/status")
        await chat.say("/reload")
        [answer] = await chat.say("/status")
    for words in (
        "Archive: 5 documents with 278 passages",
        "Subscriptions: 1 active, 0 paused",
        "Next digest: due at ",
        "Last update before this one: at ",
        "Last reload: done, at ",
        "SQLite 3.",
        "python-telegram-bot 22.",
    ):
        assert words in answer.text
    assert "Last reload: none since the start" in first.text
