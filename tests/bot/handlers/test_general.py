from __future__ import annotations

import pytest

from bot.console import ConsoleTelegram
from bot.settings import Settings
from tests.bot.driving import ANN, running


async def test_in_a_group_only_admins_may_forget(settings: Settings) -> None:
    async with running(settings) as telegram:
        group = telegram.group()
        group.admit(ANN)
        [refusal] = await group.say("/forget", user=ANN)
        assert "Only an admin" in refusal.text
        entities = [{"type": "bot_command", "offset": 0, "length": 7}]
        channel = {"id": -1009, "type": "channel", "title": "Linked"}
        [refusal] = await group.send({"text": "/forget", "entities": entities, "sender_chat": channel})
        assert "Only an admin" in refusal.text
        for answer in (await group.say("/forget"), await group.say("/forget", anonymous=True)):
            assert "nothing is stored" in answer[0].text


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("/start", "Here are 5 documents with 278 passages by Sergey Lavrov"),
        ("/help", "/onthisday [date] – "),
        ("/help search", "-year:2018"),
        ("/about", "🎙 Spoken: "),
        ("/privacy", "30 days"),
    ],
)
async def test_the_bot_says_of_itself(settings: Settings, said: str, words: str) -> None:
    async with running(settings) as telegram:
        for chat in (telegram.private(), telegram.group()):
            [answer] = await chat.say(said)
            assert words in answer.text
        assert not telegram.refused


@pytest.mark.parametrize("command", ["/about", "/privacy", "/status"])
async def test_words_behind_a_command_that_takes_none_are_said_to_be_left_out(settings: Settings, command: str) -> None:
    async with running(settings.model_copy(update={"admins": frozenset({ConsoleTelegram().owner.id})})) as telegram:
        _, unused = await telegram.private().say(f"{command} iran")
        assert unused.text == f"{command} takes no words, so I left out “iran”. You may mean: /quote iran"


async def test_the_examples_of_the_greeting_find_something(settings: Settings) -> None:
    async with running(settings) as telegram:
        chat = telegram.private()
        [greeting] = await chat.say("/start")
        for button in greeting.rows[0]:
            assert "<blockquote>" in (await greeting.press(button.text)).html
        examples = [entity for entity in greeting.content["entities"] if entity["type"] == "code"]
        assert len(examples) == 3
        for entity in examples:
            typed = greeting.text[entity["offset"] : entity["offset"] + entity["length"]]
            [answer] = await chat.say(typed)
            assert "<blockquote>" in answer.html


@pytest.mark.parametrize("typed", ["/stop", "/off", "/стоп"])
async def test_a_command_that_there_is_not_leads_to_the_one_that_is_meant(settings: Settings, typed: str) -> None:
    async with running(settings) as telegram:
        answers = await telegram.private().say(typed)
        assert "/unsubscribe" in answers[-1].text


async def test_a_message_that_only_says_stop_is_a_search_that_names_the_command(settings: Settings) -> None:
    async with running(settings) as telegram:
        _, hint = await telegram.private().say("stop")
        assert hint.text == "If you did not mean to search: /unsubscribe."
        assert len(await telegram.private().say("syria")) == 1


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("subscribe", "/subscribe"),
        ("Subscribe me please!", "/subscribe"),
        ("forget", "/forget"),
        ("privacy", "/privacy"),
        ("onthisday", "/onthisday"),
        ("on this day", "/onthisday"),
        ("подписаться", "/subscribe"),
        ("timezone", "/timezone"),
    ],
)
async def test_a_command_without_its_slash_is_a_search_that_names_it(
    settings: Settings, typed: str, command: str
) -> None:
    async with running(settings) as telegram:
        answers = await telegram.private().say(typed)
        assert answers[-1].text == f"If you did not mean to search: {command}."


@pytest.mark.parametrize("typed", ["subscribe 8:00 berlin", "timezone rome"])
async def test_a_command_without_its_slash_is_shown_whole(settings: Settings, typed: str) -> None:
    async with running(settings) as telegram:
        answers = await telegram.private().say(typed)
        assert answers[-1].text == f"If you did not mean to search, send:\n/{typed}"


@pytest.mark.parametrize(
    "typed", ["status of jerusalem", "source of energy", "start of negotiations", "status", "reload"]
)
async def test_a_subject_that_begins_like_a_command_is_a_search_alone(settings: Settings, typed: str) -> None:
    async with running(settings) as telegram:
        assert len(await telegram.private().say(typed)) == 1


async def test_an_admin_is_led_to_his_commands(settings: Settings) -> None:
    async with running(settings.model_copy(update={"admins": frozenset({ConsoleTelegram().owner.id})})) as telegram:
        answers = await telegram.private().say("status")
        assert answers[-1].text == "If you did not mean to search: /status."


@pytest.mark.parametrize("subject", ["subscribe", "digest", "/timezone"])
async def test_help_on_the_digest(settings: Settings, subject: str) -> None:
    async with running(settings) as telegram:
        [answer] = await telegram.private().say(f"/help {subject}")
        assert answer.text.startswith("A digest of this day")
        assert "every friday" in answer.text


@pytest.mark.parametrize(
    ("typed", "mistyped", "meant"),
    [
        ("/unsubcribe", "/unsubcribe", "/unsubscribe"),
        ("/subscibe 8:00", "/subscibe", "/subscribe"),
        ("/Setings", "/Setings", "/settings"),
    ],
)
async def test_a_mistyped_command_is_answered_with_the_nearest(
    settings: Settings, typed: str, mistyped: str, meant: str
) -> None:
    async with running(settings) as telegram:
        [answer] = await telegram.private().say(typed)
        assert answer.text == f"There is no {mistyped}. Did you mean {meant}?"
        [other] = await telegram.private().say("/weather")
        assert "There is no" not in other.text
