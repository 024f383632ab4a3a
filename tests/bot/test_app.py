from __future__ import annotations

import re
import threading

import pytest
from telegram.constants import ChatType

from bot.app import build_application
from bot.commands import COMMANDS
from bot.console import ConsoleTelegram
from bot.console_faults import Fault
from bot.settings import Settings
from store.errors import ArchiveError
from tests.bot.driving import ANN, LONG, labels, running
from tests.builders import passage, write_archive

# The main job


async def test_quote_paging_context_and_the_day_in_a_private_chat(settings: Settings) -> None:
    async with running(settings) as telegram:
        chat = telegram.private()
        [answer] = await chat.say("/quote syria")
        assert "<blockquote>" in answer.html
        assert "<b>Syria</b>" in answer.html
        assert "— Sergey Lavrov, " in answer.text
        assert re.search("Spoken|Quoted|Reported", answer.text)
        assert answer.content["link_preview_options"] == {"is_disabled": True}
        assert answer.button("Source").url
        assert "#:~:text=" in str(answer.button("Source").url)
        assert labels(answer)[-1][-1] == "next ›"

        second = await answer.press("next ›")
        assert second.id == answer.id
        assert second.text != answer.text
        assert labels(second)[-1][1].startswith("2 of ")
        first = await second.press("‹ prev")
        assert first.text == answer.text

        context = await first.press("Context")
        assert context.id != answer.id
        assert context.content["reply_to_message"]["message_id"] == answer.id
        entities = [entity["type"] for entity in context.content["entities"]]
        assert "expandable_blockquote" in entities
        after = await context.press("Passage after ›")
        assert (await after.press("‹ Passage before")).text == context.text

        [day] = await chat.say("/onthisday 28 december")
        assert day.text.startswith("On 28 December\n")
        assert "28 December 2017" in day.text
        assert not telegram.refused


async def test_the_counter_answers_and_changes_nothing(settings: Settings) -> None:
    async with running(settings) as telegram:
        chat = telegram.private()
        [answer] = await chat.say("/quote syria")
        assert (await answer.press(" of ")).content == answer.content
        assert chat.toast.startswith("Quote 1 of ")


@pytest.mark.slow
async def test_every_hit_can_be_reached_and_read_whole(settings: Settings) -> None:
    async with running(settings) as telegram:
        [shown] = await telegram.private().say("/quote nato")
        seen = {shown.text}
        while any(button.text == "next ›" for button in shown.buttons):
            shown = await shown.press("next ›")
            assert shown.text not in seen
            seen.add(shown.text)
            await shown.press("Context")
        assert len(seen) == int(labels(shown)[-1][-1].split(" of ")[1])
        assert not telegram.refused


async def test_words_without_a_command_are_a_search_in_private_only(settings: Settings) -> None:
    async with running(settings) as telegram:
        [answer] = await telegram.private().say("syria")
        [again] = await telegram.private().say("/quote syria")
        assert answer.text == again.text
        assert await telegram.group().say("syria") == ()


# Where it is asked


async def test_a_group_is_answered_by_reply_and_anyone_may_press(settings: Settings) -> None:
    async with running(settings) as telegram:
        group = telegram.group()
        [answer] = await group.say("/quote@quotebot syria")
        assert answer.content["reply_to_message"]["text"] == "/quote@quotebot syria"
        group.admit(ANN)
        assert (await answer.press("next ›", user=ANN)).id == answer.id
        await answer.press("Context", user=ANN)
        assert not telegram.refused


async def test_a_topic_is_answered_in_that_topic(settings: Settings) -> None:
    async with running(settings) as telegram:
        forum = telegram.group(topics=["News", "Talk"])
        thread = forum.open_topic("Talk")
        [answer] = await forum.say("/quote syria", thread=thread)
        assert answer.thread == thread
        assert (await answer.press("Context")).thread == thread
        # Named outright, so that it holds should the message replied to be deleted meanwhile.
        sent = [request for request in telegram.requests if request.method == "sendMessage"]
        assert sent[-1].parameters["message_thread_id"] == thread
        assert (await answer.press("next ›")).thread == thread
        [general] = await forum.say("/onthisday 28 december")
        assert general.thread is None


@pytest.mark.parametrize(
    "chatter", ["hello", "/quote@otherbot syria", "/weather", "/weather@otherbot", "what of /quote syria?", "/"]
)
async def test_in_a_group_chatter_and_other_bots_commands_are_not_heard(settings: Settings, chatter: str) -> None:
    async with running(settings) as telegram:
        assert await telegram.group().say(chatter) == ()
        assert await telegram.group(kind=ChatType.GROUP).say(chatter) == ()


async def test_an_unknown_command_meant_for_this_bot_is_answered_in_a_line(settings: Settings) -> None:
    async with running(settings) as telegram:
        for chat, said in ((telegram.group(), "/weather@QuoteBot"), (telegram.private(), "/weather")):
            [answer] = await chat.say(said)
            assert answer.text.startswith("I find quotes.")
            assert "\n" not in answer.text


@pytest.mark.parametrize("content", [{"dice": {"emoji": "🎲", "value": 3}}, {"photo": [], "caption": "syria"}])
async def test_anything_else_in_private_is_answered_in_a_line(settings: Settings, content: dict[str, object]) -> None:
    async with running(settings) as telegram:
        [answer] = await telegram.private().send(content)
        assert answer.text.startswith("I find quotes.")
        assert await telegram.group().send(content) == ()


async def test_edits_and_service_messages_are_not_heard_and_forwarded_commands_not_obeyed(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(settings) as telegram:
        chat = telegram.private()
        await chat.say("/quote syria")
        assert await chat.edit("/quote ukraine") == ()
        assert await chat.send({"pinned_message": {"message_id": 1, "date": 0, "chat": chat.record.as_json()}}) == ()
        origin = {"type": "hidden_user", "sender_user_name": "Ann", "date": 1}
        entities = [{"type": "bot_command", "offset": 0, "length": 7}]
        [answer] = await chat.send({"text": "/forget", "entities": entities, "forward_origin": origin})
        assert answer.text.startswith("I find quotes.")
        [found] = await chat.send({"text": "syria", "forward_origin": origin})
        assert "Syria" in found.text
    assert "fault" not in caplog.text


async def test_a_channel_is_not_answered(settings: Settings) -> None:
    async with running(settings) as telegram:
        assert await telegram.channel().say("/quote syria") == ()


# What was typed


@pytest.mark.parametrize(
    "typed",
    [
        "assad's",
        '"',
        "NEAR(syria, 5)",
        "*",
        "-syria",
        "a" * 4096,
        "syria " * 682,
        "🙂" * 500,
        "سوريا 🇸🇾 \u202eabc",
        "<b>syria</b> & <script>",
        "\ufeff",
        "DROP TABLE passages; --",
    ],
)
async def test_whatever_is_typed_is_answered(settings: Settings, typed: str) -> None:
    async with running(settings) as telegram:
        chat = telegram.private()
        for said in (typed, f"/quote {typed}"[:4096]):
            for answer in await chat.say(said):
                assert "went wrong" not in answer.text
                if any(button.text == "next ›" for button in answer.buttons):
                    assert (await answer.press("next ›")).text != answer.text
        assert not telegram.refused
        assert len(chat.answers) >= 1


async def test_a_long_search_is_kept_and_pages(settings: Settings) -> None:
    async with running(settings) as telegram:
        chat = telegram.private()
        [answer] = await chat.say(LONG)
        assert str(answer.button("next ›").data).startswith("k")
        assert (await answer.press("next ›")).text != answer.text
        assert (await chat.say(LONG))[0].button("next ›").data == answer.button("next ›").data


async def test_nothing_stays_behind_when_it_has_stopped(settings: Settings) -> None:
    async with running(settings) as telegram:
        await telegram.private().say(LONG)
        assert any(thread.name.startswith("chats") for thread in threading.enumerate())
    assert not any(thread.name.startswith("chats") for thread in threading.enumerate())
    assert not (settings.data / "chats.db-wal").exists()


async def test_buttons_work_after_a_restart(settings: Settings) -> None:
    telegram = ConsoleTelegram()
    async with running(settings, telegram):
        chat = telegram.private()
        [short] = await chat.say("syria")
        [long] = await chat.say(LONG)
    async with running(settings, telegram):
        assert (await short.press("next ›")).text != short.text
        assert (await long.press("next ›")).text != long.text
        assert (await short.press("Context")).text


async def test_a_fault_is_apologised_for_once(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    async with running(settings) as telegram:
        chat = telegram.private()
        [answer] = await chat.say("syria")
        (settings.data / "archive.db").write_bytes(b"rubbish" * 10_000)
        [apology] = await chat.say("venezuela and other secrets")
        assert apology.text.startswith("Sorry, something went wrong")
        await answer.press("next ›")
        assert chat.toast.startswith("Sorry, something went wrong")
    assert "chat=1001" in caplog.text
    assert "secrets" not in caplog.text


async def test_a_menu_that_can_not_be_set_does_not_stop_the_start(settings: Settings) -> None:
    telegram = ConsoleTelegram()
    telegram.inject(Fault.gateway(), "setMyCommands")
    async with running(settings, telegram):
        assert await telegram.private().say("/start")


async def test_the_menu_is_set_for_private_chats_and_groups(settings: Settings) -> None:
    async with running(settings) as telegram:
        assert set(telegram.commands) == {("all_private_chats", ""), ("all_group_chats", "")}
        menu = {entry["command"] for entry in telegram.commands["all_private_chats", ""]}
        assert menu == {command.name for command in COMMANDS} - {"start"}


async def test_another_build_is_seen_at_once(settings: Settings) -> None:
    async with running(settings) as telegram:
        chat = telegram.private()
        assert "Nothing here about" in (await chat.say("zanzibar"))[0].text
        write_archive(settings.data / "archive.db", passage("We spoke of Zanzibar.", document="new"))
        assert "We spoke of Zanzibar." in (await chat.say("zanzibar"))[0].text
        assert "6 documents" in (await chat.say("/sources"))[0].text


def test_without_an_archive_there_is_no_application_and_nothing_stays_open(settings: Settings) -> None:
    (settings.data / "archive.db").unlink()
    with pytest.raises(ArchiveError):
        build_application(settings)
