"""Chats that come and go: what is paused, and how one button resumes it."""

from __future__ import annotations

import asyncio
import logging

import pytest
from telegram.constants import ChatType

from bot.console_faults import Fault
from bot.settings import Settings
from store.errors import ArchiveError
from tests.bot.digests import World, fails_once, world
from tests.bot.driving import ANN


async def subscribed(bot: World) -> None:
    await bot.telegram.private().say("/subscribe")


async def test_who_blocks_the_bot_is_paused_and_resumes_with_one_button(settings: Settings) -> None:
    async with world(settings) as bot:
        chat = bot.telegram.private()
        await chat.say("/subscribe")
        assert await chat.bot_becomes("kicked") == ()
        assert await bot.pass_to("09:00") == ()
        assert not bot.telegram.refused
        [offer] = await chat.bot_becomes("member")
        assert "The digest is paused: you had blocked me" in offer.text
        resumed = await offer.press("Resume")
        assert "09:00" in resumed.text or "On" in resumed.text or "archive" in resumed.text
        assert len(await bot.pass_to("09:00")) == 1


async def test_who_blocked_the_bot_and_took_it_back_while_it_was_away_is_offered_to_resume(settings: Settings) -> None:
    async with world(settings) as bot:
        chat = bot.telegram.private()
        await chat.say("/subscribe")
        mark = len(bot.telegram.events)
        await asyncio.gather(chat.bot_becomes("kicked"), chat.bot_becomes("member"))
        [offer] = chat.since(mark)
        assert "The digest is paused: you had blocked me" in offer.text


async def test_a_group_that_makes_an_admin_of_the_bot_that_could_not_write_there_resumes(settings: Settings) -> None:
    async with world(settings) as bot:
        group = bot.telegram.group()
        await group.say("/subscribe")
        bot.telegram.inject(Fault.refused("Bad Request: not enough rights to send text messages to the chat"))
        assert await bot.pass_to("09:00") == ()
        [offer] = await group.bot_becomes("administrator")
        await offer.press("Resume")
        assert await group.bot_becomes("member") == ()
        assert len(await bot.pass_to("09:00")) == 1


async def test_a_block_that_nobody_told_of_pauses_and_is_logged_once(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    async with world(settings) as bot:
        chat = bot.telegram.private()
        await chat.say("/subscribe")
        bot.telegram.inject(Fault.blocked())
        caplog.clear()
        for _ in range(3):
            assert await bot.pass_to("09:00") == ()
        said = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
        assert said == ["subscription paused chat=1001 topic=0 reason=blocked by the user"]
        [shown] = await chat.say("/settings")
        assert "Paused: blocked by the user" in shown.text
        await shown.press("Resume")
        assert len(await bot.pass_to("09:00")) == 1


async def test_a_group_that_throws_the_bot_out_and_takes_it_back_resumes_every_topic(settings: Settings) -> None:
    async with world(settings) as bot:
        forum = bot.telegram.group(topics=["News", "Talk"])
        for thread in forum.record.topics:
            await forum.say("/subscribe", thread=thread)
        await forum.bot_becomes("kicked")
        assert await bot.pass_to("09:00") == ()
        [offer] = await forum.bot_becomes("member")
        assert "I had been removed" in offer.text
        forum.admit(ANN)
        await offer.press("Resume", user=ANN)
        assert forum.toast == "Only an admin can change that."
        await offer.press("Resume")
        assert len(await bot.pass_to("09:00")) == 2


async def test_a_channel_that_takes_the_bot_back_is_resumed_from_the_admins_private_chat(settings: Settings) -> None:
    async with world(settings) as bot:
        owner = bot.telegram.private()
        channel = bot.telegram.channel("News")
        await channel.say("/subscribe")
        await channel.bot_becomes("left")
        assert await bot.pass_to("09:00") == ()
        mark = len(bot.telegram.events)
        assert await channel.bot_becomes("administrator") == ()
        [offer] = owner.since(mark)
        assert "The digest for News is paused" in offer.text
        await offer.press("Resume")
        [digest] = await bot.pass_to("09:00")
        assert digest.chat.id == channel.id


async def test_an_admin_who_never_wrote_to_the_bot_can_not_be_told_and_nothing_breaks(settings: Settings) -> None:
    async with world(settings) as bot:
        channel = bot.telegram.group("News", kind=ChatType.CHANNEL, bot="left", admins=[ANN])
        assert await channel.bot_becomes("administrator", by=ANN) == ()


async def test_a_closed_topic_is_paused_and_said_once_in_general(settings: Settings) -> None:
    async with world(settings) as bot:
        forum = bot.telegram.group(topics=["News", "Talk"])
        news, talk = forum.record.topics
        for thread in (news, talk):
            await forum.say("/subscribe", thread=thread)
        forum.close_topic(news)
        said = await bot.pass_to("09:00")
        assert sorted(message.thread or 0 for message in said) == [0, talk]
        [notice] = [message for message in said if message.thread is None]
        assert "A topic of this group takes no messages any more" in notice.text
        assert [message.thread for message in await bot.pass_to("09:00")] == [talk]
        forum.open_topic("News")
        await notice.press("Resume")
        assert {message.thread for message in await bot.wait(hours=30)} == {news, talk}


async def test_a_deleted_topic_is_paused_too(settings: Settings) -> None:
    async with world(settings) as bot:
        forum = bot.telegram.group(topics=["News"])
        [news] = forum.record.topics
        await forum.say("/subscribe", thread=news)
        forum.delete_topic(news)
        [notice] = await bot.pass_to("09:00")
        assert notice.thread is None
        assert await bot.pass_to("09:00") == ()


@pytest.mark.parametrize("quietly", [False, True])
async def test_a_group_that_becomes_a_supergroup_gets_its_digest_there(settings: Settings, *, quietly: bool) -> None:
    async with world(settings) as bot:
        old = bot.telegram.group(kind=ChatType.GROUP)
        await old.say("/subscribe")
        new = await bot.telegram.upgrade(old, quietly=quietly)
        [digest] = await bot.pass_to("09:00")
        assert digest.chat.id == new.id
        [digest] = await bot.pass_to("09:00")
        assert digest.chat.id == new.id
        assert "every day" in (await new.say("/settings"))[0].text
        assert len(bot.telegram.refused) == quietly


async def test_a_move_that_can_not_be_taken_down_sends_nothing_twice(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with world(settings) as bot:
        old = bot.telegram.group(kind=ChatType.GROUP)
        await old.say("/subscribe")
        new = await bot.telegram.upgrade(old, quietly=True)
        fails_once(monkeypatch, bot, "moved", ArchiveError("chats.db is locked"))
        [digest] = await bot.pass_to("09:00")
        assert digest.chat.id == new.id
        assert await bot.wait(minutes=10) == ()
        [digest] = await bot.pass_to("09:00")
        assert digest.chat.id == new.id


async def test_refused_formatting_goes_out_plain_and_the_passage_is_logged(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    async with world(settings) as bot:
        await subscribed(bot)
        bot.telegram.inject(Fault.refused("Bad Request: can't parse entities: unsupported start tag"))
        [digest] = await bot.pass_to("09:00")
        assert "entities" not in digest.content
        assert "Lavrov" in digest.text
        assert digest.button("Context")
        passage = str(digest.button("Context").data)[1:]
        assert f"formatting refused passages={passage}" in caplog.text


async def test_an_unknown_refusal_ends_nothing(settings: Settings) -> None:
    async with world(settings) as bot:
        await subscribed(bot)
        bot.telegram.inject(Fault.refused("Bad Request: the stars are not right"))
        assert await bot.pass_to("09:00") == ()
        assert len(await bot.pass_to("09:00")) == 1


@pytest.mark.filterwarnings("ignore:.*retry_after:telegram.warnings.PTBDeprecationWarning")
async def test_a_flood_wait_is_waited_for_and_others_go_on(settings: Settings) -> None:
    async with world(settings) as bot:
        await subscribed(bot)
        await bot.telegram.private(ANN).say("/subscribe")
        bot.telegram.inject(Fault.flood(1), chat=bot.telegram.private())
        digests = await bot.pass_to("09:00")
        assert [digest.chat.id for digest in digests] == [ANN.id, bot.telegram.owner.id]
        assert await bot.wait(hours=1) == ()


@pytest.mark.filterwarnings("ignore:.*retry_after:telegram.warnings.PTBDeprecationWarning")
async def test_a_flood_wait_that_is_long_outlives_the_process(settings: Settings) -> None:
    async with world(settings) as bot:
        await subscribed(bot)
        bot.telegram.inject(Fault.flood(600))
        assert await bot.pass_to("09:00") == ()
    async with world(settings, bot.clock, bot.telegram) as bot:
        assert await bot.wait(seconds=599) == ()
        [digest] = await bot.wait(seconds=1)
        assert "Monday, 23 November" in digest.text
