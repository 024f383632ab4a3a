from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from telegram import MessageEntity, Update, User
from telegram.error import BadRequest
from telegram.ext import TypeHandler

from bot.console import AnyApplication, ConsoleTelegram
from tests.bot.small_bot import Context, small_bot

ANN = User(2001, "Ann", is_bot=False, language_code="de")


class Seen:
    """The updates that reached the Application."""

    def __init__(self) -> None:
        self.updates: list[Update] = []

    async def remember(self, update: Update, _context: Context) -> None:
        self.updates.append(update)

    @property
    def last(self) -> Update:
        return self.updates[-1]


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest_asyncio.fixture
async def telegram(seen: Seen) -> AsyncIterator[ConsoleTelegram]:
    telegram = ConsoleTelegram()
    application: AnyApplication = small_bot(telegram)
    application.add_handler(TypeHandler(Update, seen.remember), group=-1)
    async with telegram.running(application):
        yield telegram


# Writing


async def test_a_message_arrives_with_its_writer_and_its_command(telegram: ConsoleTelegram, seen: Seen) -> None:
    await telegram.private(ANN).say(" /quote@quotebot 😀 ")
    message = seen.last.message
    assert message is not None
    assert message.text == "/quote@quotebot 😀"
    assert message.entities == (MessageEntity("bot_command", 0, 15),)
    assert message.from_user == ANN
    assert message.from_user is not None
    assert message.from_user.language_code == "de"
    assert message.chat.type == "private"
    assert message.chat.first_name == "Ann"


async def test_a_long_text_arrives_in_several_messages(telegram: ConsoleTelegram, seen: Seen) -> None:
    answers = await telegram.private().say("word " * 1000)
    assert [len(update.message.text or "") for update in seen.updates if update.message] == [4094, 904]
    assert [answer.text for answer in answers] == ["4094 characters", "904 characters"]


async def test_white_space_is_not_sent(telegram: ConsoleTelegram, seen: Seen) -> None:
    assert await telegram.private().say(" \n") == ()
    assert seen.updates == []


async def test_answers_are_those_of_this_chat_alone(telegram: ConsoleTelegram) -> None:
    await telegram.private(ANN).say("hello")
    answers = await telegram.private().say("hi")
    assert [answer.text for answer in answers] == ["2 characters"]
    assert [message.text for message in telegram.private().messages] == ["hi", "2 characters"]
    assert [message.text for message in telegram.private().answers] == ["2 characters"]


async def test_answers_are_as_they_are_in_the_end_the_last_touched_last(telegram: ConsoleTelegram) -> None:
    answers = await telegram.private().say("/revise")
    assert [answer.text for answer in answers] == ["Almost there…", "Found"]


async def test_an_edited_message_arrives_as_edited(telegram: ConsoleTelegram, seen: Seen) -> None:
    chat = telegram.private()
    await chat.say("hello")
    await chat.edit("/quote syria")
    edited = seen.last.edited_message
    assert edited is not None
    assert (edited.text, edited.message_id) == ("/quote syria", chat.messages[0].id)
    assert edited.entities == (MessageEntity("bot_command", 0, 6),)
    assert edited.edit_date is not None


async def test_a_reply_carries_what_it_answers(telegram: ConsoleTelegram, seen: Seen) -> None:
    chat = telegram.private()
    [answer] = await chat.say("hello")
    await chat.say("why?", reply_to=answer)
    assert seen.last.message is not None
    assert seen.last.message.reply_to_message is not None
    assert seen.last.message.reply_to_message.message_id == answer.id


async def test_any_kind_of_message_can_be_sent(telegram: ConsoleTelegram, seen: Seen) -> None:
    sticker = {"file_id": "a", "file_unique_id": "a", "type": "regular", "width": 1, "height": 1}
    await telegram.private().send({"sticker": {**sticker, "is_animated": False, "is_video": False}})
    assert seen.last.message is not None
    assert seen.last.message.sticker is not None


async def test_a_message_is_shown_as_html_again(telegram: ConsoleTelegram) -> None:
    [answer] = await telegram.private().say("/quote syria")
    assert answer.html == "<blockquote>We spoke of <b>syria</b>.</blockquote>\n<i>Ann</i>, page 1"


# Pressing


async def test_a_pressed_button_arrives_with_its_message(telegram: ConsoleTelegram, seen: Seen) -> None:
    [answer] = await telegram.private().say("/quote syria")
    page = await answer.press("›", user=ANN)
    query = seen.last.callback_query
    assert query is not None
    assert query.message is not None
    assert (query.data, query.from_user, query.message.message_id) == ("page:2", ANN, answer.id)
    assert page.text == "page 2"
    assert answer.text != page.text
    assert answer.now == page


async def test_a_press_that_shows_only_a_toast_returns_the_message_as_it_is(telegram: ConsoleTelegram) -> None:
    chat = telegram.private()
    [answer] = await chat.say("/quote syria")
    assert await answer.press("‹") == answer
    assert chat.toast == "That was the first page"
    await answer.press("›")
    assert chat.toast == ""


@pytest.mark.parametrize("which", [2, "›"])
async def test_a_button_is_named_by_number_or_label(telegram: ConsoleTelegram, which: int | str) -> None:
    [answer] = await telegram.private().say("/quote syria")
    assert answer.button(which).data == "page:2"
    assert [[button.number for button in row] for row in answer.rows] == [[1, 2], [3]]


async def test_a_part_of_a_label_will_do_where_it_says_which(telegram: ConsoleTelegram) -> None:
    [answer] = await telegram.private().say("/quote syria")
    assert answer.button("Sour").number == 3
    for unknown in (4, 0, "Context", ""):
        with pytest.raises(LookupError, match="buttons for"):
            answer.button(unknown)


async def test_a_button_that_opens_an_address_tells_the_bot_nothing(telegram: ConsoleTelegram) -> None:
    [answer] = await telegram.private().say("/quote syria")
    with pytest.raises(ValueError, match=r"it opens https://example\.org/talk"):
        await answer.press("Source")


async def test_forged_data_arrives_too(telegram: ConsoleTelegram, seen: Seen) -> None:
    [answer] = await telegram.private().say("hello")
    assert (await answer.forge("page:7")).text == "page 7"
    assert seen.last.callback_query is not None
    assert seen.last.callback_query.data == "page:7"


async def test_a_button_of_a_message_that_is_gone_still_arrives(telegram: ConsoleTelegram, seen: Seen) -> None:
    chat = telegram.private()
    [answer] = await chat.say("/quote syria")
    del chat.record.messages[answer.id]
    assert await answer.press("‹") == answer
    assert answer.now is None
    assert seen.last.callback_query is not None
    assert seen.last.callback_query.message is not None
    assert not seen.last.callback_query.message.is_accessible


async def test_a_query_can_grow_too_old(telegram: ConsoleTelegram, seen: Seen) -> None:
    [answer] = await telegram.private().say("/quote syria")
    await answer.press("‹")
    query = seen.last.callback_query
    assert query is not None
    await query.answer("once more")
    telegram.forget_queries()
    with pytest.raises(BadRequest, match=r"^Query is too old and response timeout expired or query id is invalid$"):
        await query.answer()


@pytest.mark.parametrize(
    ("text", "url", "refusal"),
    [("x" * 201, None, "Message_too_long"), (None, "https://example.org", "Url_invalid")],
)
async def test_a_press_is_answered_within_telegrams_limits(
    telegram: ConsoleTelegram, seen: Seen, text: str | None, url: str | None, refusal: str
) -> None:
    [message] = await telegram.private().say("/quote syria")
    await message.press("‹")
    query = seen.last.callback_query
    assert query is not None
    await query.answer("x" * 200)
    with pytest.raises(BadRequest, match=f"^{refusal}$"):
        await query.answer(text, url=url)


# Groups, topics, channels


async def test_in_a_group_the_writer_is_named_and_becomes_a_member(telegram: ConsoleTelegram, seen: Seen) -> None:
    group = telegram.group("Readers")
    assert await group.say("/quote@quotebot syria", user=ANN)
    message = seen.last.message
    assert message is not None
    assert (message.from_user, message.chat.title, message.chat.type) == (ANN, "Readers", "supergroup")
    assert group.record.members[ANN.id].status == "member"


async def test_commands_for_another_bot_are_not_for_this_one(telegram: ConsoleTelegram, seen: Seen) -> None:
    assert await telegram.group().say("/quote@otherbot syria") == ()
    assert len(seen.updates) == 1


async def test_a_message_in_a_topic_is_answered_there(telegram: ConsoleTelegram, seen: Seen) -> None:
    forum = telegram.group(topics=["News", "Talk"])
    thread = forum.open_topic("Talk")
    [answer] = await forum.say("/quote syria", thread=thread)
    assert seen.last.message is not None
    assert seen.last.message.is_topic_message is True
    assert seen.last.message.message_thread_id == thread
    assert answer.thread == thread
    [general] = await forum.say("/quote syria")
    assert general.thread is None


async def test_an_anonymous_admin_writes_in_the_groups_name(telegram: ConsoleTelegram, seen: Seen) -> None:
    group = telegram.group()
    await group.say("hello", anonymous=True)
    message = seen.last.message
    assert message is not None
    assert message.from_user is not None
    assert message.from_user.username == "GroupAnonymousBot"
    assert message.sender_chat is not None
    assert message.sender_chat.id == group.id


async def test_a_channel_post_has_no_writer(telegram: ConsoleTelegram, seen: Seen) -> None:
    channel = telegram.channel("News")
    [answer] = await channel.say("hello")
    assert seen.last.channel_post is not None
    assert seen.last.channel_post.from_user is None
    assert seen.last.channel_post.sender_chat is not None
    assert answer.message.from_user is None
    await channel.edit("good day")
    assert seen.last.edited_channel_post is not None


async def test_the_bots_own_standing_is_news(telegram: ConsoleTelegram, seen: Seen) -> None:
    chat = telegram.private()
    await chat.bot_becomes("kicked")
    change = seen.last.my_chat_member
    assert change is not None
    assert (change.old_chat_member.status, change.new_chat_member.status) == ("member", "kicked")
    assert await chat.say("hello") == ()
    assert telegram.refused[-1].answer["description"] == "Forbidden: bot was blocked by the user"
    channel = telegram.channel()
    await channel.bot_becomes("administrator", by=ANN)
    assert seen.last.my_chat_member is not None
    assert seen.last.my_chat_member.from_user == ANN


async def test_an_upgraded_group_tells_of_its_move_in_both_chats(telegram: ConsoleTelegram, seen: Seen) -> None:
    group = telegram.group(kind="group")
    new = await telegram.upgrade(group)
    old_news, new_news = (update.message for update in seen.updates)
    assert old_news is not None
    assert new_news is not None
    assert (old_news.chat.id, old_news.migrate_to_chat_id) == (group.id, new.id)
    assert (new_news.chat.id, new_news.migrate_from_chat_id) == (new.id, group.id)
    assert await new.say("hello")
