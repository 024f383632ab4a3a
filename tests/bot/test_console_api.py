from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MessageEntity,
    ReplyParameters,
    User,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.console import ConsoleTelegram

ANN = User(2001, "Ann", is_bot=False)


@pytest.fixture
def telegram() -> ConsoleTelegram:
    return ConsoleTelegram()


@pytest_asyncio.fixture
async def bot(telegram: ConsoleTelegram) -> AsyncIterator[Bot]:
    async with Bot("1:console", request=telegram, get_updates_request=telegram) as bot:
        yield bot


def keys(*data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(one, callback_data=one) for one in data]])


def words(error: TelegramError) -> str:
    """Telegram's words; python-telegram-bot drops "Bad Request: " and raises the first letter."""
    return error.message


async def test_get_me_names_the_bot(telegram: ConsoleTelegram, bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.id, me.username, me.is_bot) == (telegram.me.id, "quotebot", True)
    assert me.can_join_groups is True


# Sending


async def test_a_sent_message_is_what_telegram_would_return(telegram: ConsoleTelegram, bot: Bot) -> None:
    chat = telegram.private()
    sent = await bot.send_message(
        chat.id,
        "<b>one</b> two",
        parse_mode="HTML",
        reply_markup=keys("a"),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    assert sent.text == "one two"
    assert sent.entities == (MessageEntity("bold", 0, 3),)
    assert sent.reply_markup == keys("a")
    assert sent.link_preview_options == LinkPreviewOptions(is_disabled=True)
    assert sent.from_user is not None
    assert sent.from_user.id == telegram.me.id
    assert sent.chat.id == chat.id
    assert sent.to_dict() == chat.messages[-1].message.to_dict()


async def test_numbers_of_messages_rise(telegram: ConsoleTelegram, bot: Bot) -> None:
    chat = telegram.private()
    first, second = [await bot.send_message(chat.id, "x") for _ in range(2)]
    assert first.message_id < second.message_id


async def test_a_chat_is_found_by_its_name(telegram: ConsoleTelegram, bot: Bot) -> None:
    channel = telegram.group("News", kind="channel", bot="administrator", username="news")
    assert (await bot.send_message("@news", "x")).chat.id == channel.id


async def test_a_reply_shows_what_it_answers(telegram: ConsoleTelegram, bot: Bot) -> None:
    chat = telegram.private()
    first = await bot.send_message(chat.id, "one")
    second = await bot.send_message(chat.id, "two", reply_parameters=ReplyParameters(first.message_id))
    assert second.reply_to_message is not None
    assert second.reply_to_message.text == "one"
    lenient = ReplyParameters(999, allow_sending_without_reply=True)
    assert (await bot.send_message(chat.id, "three", reply_parameters=lenient)).reply_to_message is None


Act = Callable[[Bot, int], Awaitable[object]]


@pytest.mark.parametrize(
    ("act", "refusal"),
    [
        (lambda bot, chat: bot.send_message(chat, ""), "Message text is empty"),
        (lambda bot, chat: bot.send_message(chat, "x" * 4097), "Message is too long"),
        (
            lambda bot, chat: bot.send_message(chat, "<p>x</p>", parse_mode="HTML"),
            'Can\'t parse entities: unsupported start tag "p" at byte offset 0',
        ),
        (lambda bot, chat: bot.send_message(chat, "x", reply_markup=keys("x" * 65)), "Button_data_invalid"),
        (
            lambda bot, chat: bot.send_message(
                chat, "x", reply_markup=InlineKeyboardMarkup.from_button(InlineKeyboardButton("x", url="http://x"))
            ),
            "Inline keyboard button url 'http://x' is invalid: wrong http url",
        ),
        (lambda bot, _chat: bot.send_message(5, "x"), "Chat not found"),
        (lambda bot, _chat: bot.send_message("@nobody", "x"), "Chat not found"),
        (lambda bot, _chat: bot.send_message("", "x"), "Chat_id is empty"),
        (
            lambda bot, chat: bot.send_message(chat, "x", reply_parameters=ReplyParameters(99)),
            "Message to be replied not found",
        ),
        (lambda bot, chat: bot.edit_message_text("x", chat, 99), "Message to edit not found"),
        (lambda bot, chat: bot.edit_message_reply_markup(chat, 99), "Message to edit not found"),
        (lambda bot, chat: bot.delete_message(chat, 99), "Message to delete not found"),
        (lambda bot, chat: bot.send_chat_action(chat, "dancing"), "Wrong parameter action in request"),
        (
            lambda bot, _chat: bot.answer_callback_query("1"),
            "Query is too old and response timeout expired or query id is invalid",
        ),
        (lambda bot, _chat: bot.set_my_commands([BotCommand("Quote", "x")]), "Bot_command_invalid"),
        (lambda bot, _chat: bot.set_my_short_description("x" * 121), "Bot_about_too_long"),
        (lambda bot, _chat: bot.set_my_description("x" * 513), "Bot_description_too_long"),
        (lambda bot, chat: bot.get_chat_member(chat, 5), "User not found"),
        (lambda bot, chat: bot.get_chat_administrators(chat), "There are no administrators in the private chat"),
        (lambda bot, chat: bot.leave_chat(chat), "Chat member status can't be changed in private chats"),
        (
            lambda bot, _chat: bot.set_webhook("http://example.org"),
            "Bad webhook: an https url must be provided for webhook",
        ),
    ],
)
async def test_what_telegram_refuses_is_refused(telegram: ConsoleTelegram, bot: Bot, act: Act, refusal: str) -> None:
    with pytest.raises(BadRequest) as error:
        await act(bot, telegram.private().id)
    assert words(error.value).lower() == refusal.lower()
    assert telegram.refused[-1].status == 400


# Editing and deleting


async def test_an_edit_replaces_text_and_buttons(telegram: ConsoleTelegram, bot: Bot) -> None:
    chat = telegram.private()
    sent = await bot.send_message(chat.id, "one", reply_markup=keys("a"))
    edited = await sent.edit_text("<i>two</i>", parse_mode="HTML", reply_markup=keys("b"))
    assert not isinstance(edited, bool)
    assert (edited.message_id, edited.text, edited.reply_markup) == (sent.message_id, "two", keys("b"))
    assert edited.edit_date is not None
    assert [event.kind for event in telegram.events] == ["sent", "edited"]
    assert [message.text for message in chat.messages] == ["two"]


async def test_an_edit_without_buttons_takes_them_away(telegram: ConsoleTelegram, bot: Bot) -> None:
    sent = await bot.send_message(telegram.private().id, "one", reply_markup=keys("a"))
    await sent.edit_text("one")
    assert telegram.private().messages[0].buttons == ()


async def test_an_edit_of_the_buttons_leaves_the_text(telegram: ConsoleTelegram, bot: Bot) -> None:
    sent = await bot.send_message(telegram.private().id, "<b>one</b>", parse_mode="HTML", reply_markup=keys("a"))
    edited = await sent.edit_reply_markup(keys("b"))
    assert not isinstance(edited, bool)
    assert (edited.text, edited.entities, edited.reply_markup) == ("one", sent.entities, keys("b"))
    await sent.edit_reply_markup(None)
    assert telegram.private().messages[0].buttons == ()


@pytest.mark.parametrize("text", ["<b>one</b>", " <strong>one</strong> "])
async def test_an_edit_that_changes_nothing_is_refused(telegram: ConsoleTelegram, bot: Bot, text: str) -> None:
    sent = await bot.send_message(telegram.private().id, "<b>one</b>", parse_mode="HTML", reply_markup=keys("a"))
    with pytest.raises(BadRequest, match=r"^Message is not modified: specified new message content and reply markup"):
        await sent.edit_text(text, parse_mode="HTML", reply_markup=keys("a"))
    with pytest.raises(BadRequest, match=r"^Message is not modified"):
        await sent.edit_reply_markup(keys("a"))
    await sent.edit_text("one", reply_markup=keys("a"))


async def test_what_people_wrote_cannot_be_edited(telegram: ConsoleTelegram, bot: Bot) -> None:
    chat = telegram.private()
    chat.put({"text": "hello"})
    with pytest.raises(BadRequest, match=r"^Message can't be edited$"):
        await bot.edit_message_text("x", chat.id, chat.messages[0].id)


async def test_only_admins_delete_what_others_wrote_in_a_group(telegram: ConsoleTelegram, bot: Bot) -> None:
    group = telegram.group()
    group.put({"text": "hello"})
    with pytest.raises(BadRequest, match=r"^Message can't be deleted$"):
        await bot.delete_message(group.id, group.messages[0].id)
    group.record.bot.status = "administrator"
    await bot.delete_message(group.id, group.messages[0].id)
    assert group.messages == ()


# Where the bot may write


@pytest.mark.parametrize(
    ("kind", "status", "refusal"),
    [
        ("supergroup", "kicked", "Forbidden: bot was kicked from the supergroup chat"),
        ("group", "left", "Forbidden: bot is not a member of the group chat"),
        ("channel", "left", "Forbidden: bot is not a member of the channel chat"),
        ("channel", "member", "Need administrator rights in the channel chat"),
        ("supergroup", "restricted", "Not enough rights to send text messages to the chat"),
    ],
)
async def test_where_the_bot_may_not_write_it_is_told_why(
    telegram: ConsoleTelegram, bot: Bot, kind: str, status: str, refusal: str
) -> None:
    chat = telegram.group(kind=kind, bot=status)
    with pytest.raises((Forbidden, BadRequest)) as error:
        await bot.send_message(chat.id, "x")
    assert words(error.value) == refusal


async def test_a_person_who_blocked_the_bot_is_not_reached(telegram: ConsoleTelegram, bot: Bot) -> None:
    chat = telegram.private()
    chat.record.bot.status = "kicked"
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(chat.id, "x")


async def test_a_group_that_became_a_supergroup_tells_its_new_id(telegram: ConsoleTelegram, bot: Bot) -> None:
    group = telegram.group(kind="group")
    new = await telegram.upgrade(group, quietly=True)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(group.id, "x")
    assert moved.value.new_chat_id == new.id
    await bot.send_message(new.id, "x")


async def test_topics_are_written_to_by_their_thread(telegram: ConsoleTelegram, bot: Bot) -> None:
    forum = telegram.group(topics=["News"])
    [thread] = forum.record.topics
    sent = await bot.send_message(forum.id, "x", message_thread_id=thread)
    assert (sent.message_thread_id, sent.is_topic_message, sent.chat.is_forum) == (thread, True, True)
    general = await bot.send_message(forum.id, "x")
    assert (general.message_thread_id, general.is_topic_message) == (None, None)
    forum.close_topic(thread)
    with pytest.raises(BadRequest, match=r"^Topic_closed$"):
        await bot.send_message(forum.id, "x", message_thread_id=thread)
    forum.record.bot.status = "administrator"
    assert await bot.send_message(forum.id, "x", message_thread_id=thread)
    assert forum.open_topic("News") == thread
    forum.delete_topic(thread)
    with pytest.raises(BadRequest, match=r"^Message thread not found$"):
        await bot.send_message(forum.id, "x", message_thread_id=thread)


async def test_a_group_without_topics_passes_over_a_thread(telegram: ConsoleTelegram, bot: Bot) -> None:
    sent = await bot.send_message(telegram.group().id, "x", message_thread_id=5)
    assert (sent.message_thread_id, sent.is_topic_message) == (None, None)


# What the bot says of itself


async def test_menus_are_kept_by_scope_and_language(telegram: ConsoleTelegram, bot: Bot) -> None:
    await bot.set_my_commands([BotCommand("quote", "The best quote")], BotCommandScopeAllPrivateChats())
    await bot.set_my_commands([BotCommand("quote", "Das beste Zitat")], language_code="de")
    assert await bot.get_my_commands(BotCommandScopeAllPrivateChats()) == (BotCommand("quote", "The best quote"),)
    assert await bot.get_my_commands(language_code="de") == (BotCommand("quote", "Das beste Zitat"),)
    assert await bot.get_my_commands() == ()
    assert [*telegram.commands] == [("all_private_chats", ""), ("default", "de")]
    await bot.delete_my_commands(language_code="de")
    assert await bot.get_my_commands(language_code="de") == ()


async def test_descriptions_are_kept(bot: Bot) -> None:
    await bot.set_my_description("Quotes, with their sources")
    await bot.set_my_short_description("Quotes")
    assert (await bot.get_my_description()).description == "Quotes, with their sources"
    assert (await bot.get_my_short_description("de")).short_description == "Quotes"


# Chats


async def test_a_chat_and_its_people_are_shown(telegram: ConsoleTelegram, bot: Bot) -> None:
    group = telegram.group("Readers", admins=[ANN])
    group.admit(User(2002, "Ben", is_bot=False))
    shown = await bot.get_chat(group.id)
    assert (shown.id, shown.title, shown.type) == (group.id, "Readers", "supergroup")
    admins = await bot.get_chat_administrators(group.id)
    assert [(admin.user.id, admin.status) for admin in admins] == [
        (telegram.owner.id, "creator"),
        (ANN.id, "administrator"),
    ]
    assert (await bot.get_chat_member(group.id, 2002)).status == "member"
    assert (await bot.get_chat_member(group.id, telegram.me.id)).status == "member"
    group.admit(User(2002, "Ben", is_bot=False), "kicked")
    assert (await bot.get_chat_member(group.id, 2002)).status == "kicked"


async def test_a_private_chat_is_shown_by_its_person(telegram: ConsoleTelegram, bot: Bot) -> None:
    shown = await bot.get_chat(telegram.private(ANN).id)
    assert (shown.id, shown.first_name, shown.type) == (ANN.id, "Ann", "private")


async def test_a_bot_that_left_has_left(telegram: ConsoleTelegram, bot: Bot) -> None:
    group = telegram.group()
    await bot.leave_chat(group.id)
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await bot.send_message(group.id, "x")
    with pytest.raises(Forbidden):
        await bot.get_chat(group.id)


async def test_a_webhook_tells_what_it_was_set_to(bot: Bot) -> None:
    await bot.set_webhook("https://example.org/hook", allowed_updates=["message"])
    info = await bot.get_webhook_info()
    assert (info.url, info.allowed_updates) == ("https://example.org/hook", ("message",))
