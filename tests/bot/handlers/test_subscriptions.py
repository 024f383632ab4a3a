"""The digest from /subscribe to the message: under the real Application, with a clock of its own."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing

import pytest

from bot.console_faults import Fault
from bot.settings import Settings
from tests.bot.digests import Clock, world
from tests.bot.driving import ANN, labels

# When


async def test_subscribe_alone_ahead_of_the_hour_comes_at_the_hour_once(settings: Settings) -> None:
    async with world(settings) as bot:
        chat = bot.telegram.private()
        [answer] = await chat.say("/subscribe")
        assert "every day at 09:00, UTC" in answer.text
        assert "today, Monday, 23 November, at 09:00" in answer.text
        assert await bot.pass_to("08:59") == ()
        [digest] = await bot.pass_to("09:00")
        assert digest.text.startswith("From the archive\nNothing here falls on Monday, 23 November.")
        assert await bot.wait(hours=12) == ()
        [digest] = await bot.pass_to("09:00")
        assert "Tuesday, 24 November" in digest.text
        assert not bot.telegram.refused


async def test_subscribe_alone_after_the_hour_brings_todays_at_once_and_once(settings: Settings) -> None:
    async with world(settings) as bot:
        bot.clock.until("11:00")
        chat = bot.telegram.private()
        answer, digest = await chat.say("/subscribe")
        assert "Today’s follows at once" in answer.text
        assert "/settings" in answer.text
        assert "Monday, 23 November" in digest.text
        assert await bot.tick() == ()
        [again] = await chat.say("/subscribe")
        assert "Today’s has been sent. The next one comes tomorrow, Tuesday, 24 November, at 09:00." in again.text
        assert await bot.wait(hours=6) == ()
        assert len(await bot.pass_to("09:00")) == 1


async def test_todays_can_be_had_now_and_counts_as_todays(settings: Settings) -> None:
    async with world(settings) as bot:
        chat = bot.telegram.private()
        [answer] = await chat.say("/subscribe")
        digest = await answer.press("now")
        assert "Monday, 23 November" in digest.text
        assert answer.now
        assert labels(answer.now) == [["⚙ Settings"]]
        assert (
            "Today’s follows at once. The next one comes tomorrow, Tuesday, 24 November, at 09:00." in answer.now.text
        )
        await answer.press("now")  # In an app that has not heard of that yet.
        assert chat.toast == (
            "Today’s has been sent already. The next one comes tomorrow, Tuesday, 24 November, at 09:00."
        )
        assert await bot.pass_to("09:00") == ()
        assert len(await bot.pass_to("09:00")) == 1


@pytest.mark.parametrize(
    ("refusal", "said", "resumes"),
    [
        (
            "Bad Request: need administrator rights in the channel chat",
            "It could not be sent for News: no right to write. So the digest is paused until you press Resume.",
            True,
        ),
        (
            "Bad Request: something new",
            "It could not be sent for News. The next one comes at its hour; /settings @the_news has a button",
            False,
        ),
    ],
)
async def test_todays_that_could_not_be_sent_is_said_to_come_again_only_where_it_does(
    placed: Settings, refusal: str, said: str, resumes: bool
) -> None:
    async with world(placed) as bot:
        owner = bot.telegram.private()
        channel = bot.telegram.group("News", kind="channel", bot="administrator", username="the_news")
        bot.telegram.inject(Fault.refused(refusal), chat=channel)
        _, told = await owner.say("/subscribe @the_news 4:00")
        assert told.text.startswith(said)
        assert bool(told.buttons) is resumes
        if resumes:
            mark = len(bot.telegram.events)
            await told.press("Resume")
            assert len(channel.since(mark)) == 1


async def test_a_message_whose_button_comes_too_late_says_what_comes_next(settings: Settings) -> None:
    async with world(settings) as bot:
        chat = bot.telegram.private()
        [older] = await chat.say("/subscribe")
        [newer] = await chat.say("/settings")
        await newer.press("now")
        await older.press("now")
        assert chat.toast.startswith("Today’s has been sent already. The next one comes tomorrow")
        assert older.now
        assert "Today’s has been sent. The next one comes tomorrow, Tuesday, 24 November" in older.now.text
        assert labels(older.now) == [["⚙ Settings"]]


async def test_todays_of_a_paused_digest_is_said_to_be_paused(settings: Settings) -> None:
    async with world(settings) as bot:
        chat = bot.telegram.private()
        [answer] = await chat.say("/subscribe")
        await bot.ticks._desk.pause(chat.id, "blocked")
        await answer.press("now")
        assert chat.toast == "The digest is paused. /settings has a button to resume it."


async def test_once_todays_was_asked_for_its_message_says_when_the_next_comes(placed: Settings) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        [answer] = await chat.say("/subscribe 9:00 mon berlin")
        assert "today, Monday, 23 November, at 09:00" in answer.text
        await answer.press("now")
        assert answer.now
        assert "“mon” for the days (every Monday)" in answer.now.text
        assert "“berlin” is the zone, Berlin, Germany" in {row[0] for row in labels(answer.now)}
        assert "The next one comes Monday, 30 November, at 09:00." in answer.now.text
        await chat.say("/forget")
        chat = bot.telegram.private(ANN)
        await chat.say("/subscribe 10:00 weekly friday")
        [shown] = await chat.say("/settings")
        await shown.press("now")
        assert shown.now
        assert "Today’s follows at once" in shown.now.text
        assert "The next one comes Friday, 27 November, at 10:00." in shown.now.text
        assert "Send today’s now" not in {label for row in labels(shown.now) for label in row}


async def test_a_zone_that_is_a_day_ahead_brings_that_days_and_says_which(placed: Settings) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        await chat.say("/subscribe")
        assert len(await bot.pass_to("09:00")) == 1
        bot.clock.until("23:30")
        answer, digest = await chat.say("/timezone auckland")
        assert "Today’s, that of Tuesday, 24 November, follows at once." in answer.text
        assert "Tuesday, 24 November" in digest.text


async def test_weekly_alone_says_on_which_day_it_comes(placed: Settings) -> None:
    async with world(placed) as bot:
        [answer] = await bot.telegram.private().say("/subscribe weekly")
        assert "Weekly is every Monday here; /subscribe weekly tuesday makes it another day." in answer.text


@pytest.mark.parametrize("change", ["/subscribe 10:00", "/subscribe", "/subscribe 9:00 weekdays", "/timezone +3"])
async def test_a_change_sends_no_second_one_that_day(placed: Settings, change: str) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        await chat.say("/subscribe")
        assert len(await bot.pass_to("09:00")) == 1
        await chat.say(change)
        assert await bot.wait(hours=14) == ()
        assert len(await bot.wait(hours=11)) == 1


async def test_changing_the_hour_by_button_sends_no_second_one_that_day(settings: Settings) -> None:
    async with world(settings) as bot:
        chat = bot.telegram.private()
        await chat.say("/subscribe")
        assert len(await bot.pass_to("09:00")) == 1
        [shown] = await chat.say("/settings")
        hours = await shown.press("🕘")
        changed = await hours.press("12")
        assert "Hour: 12:00" in changed.text
        assert await bot.pass_to("12:00") == ()
        [digest] = await bot.pass_to("12:00")
        assert "Tuesday" in digest.text


async def test_subscribing_again_after_unsubscribing_sends_no_second_one_that_day(settings: Settings) -> None:
    async with world(settings) as bot:
        chat = bot.telegram.private()
        await chat.say("/subscribe")
        assert len(await bot.pass_to("09:00")) == 1
        [ended] = await chat.say("/unsubscribe")
        assert "Unsubscribed" in ended.text
        assert len(await chat.say("/subscribe")) == 1
        assert await bot.wait(hours=12) == ()
        await chat.say("/unsubscribe")
        assert await bot.pass_to("09:00") == ()
        assert "There is no digest" in (await chat.say("/unsubscribe"))[0].text


async def test_who_resumes_before_the_hour_is_not_told_that_todays_was_sent(settings: Settings) -> None:
    async with world(settings) as bot:
        chat = bot.telegram.private()
        await chat.say("/subscribe")
        await chat.bot_becomes("kicked")
        [offer] = await chat.bot_becomes("member")
        resumed = await offer.press("Resume")
        assert resumed.text == "Resumed. The first one comes today, Monday, 23 November, at 09:00."


async def test_a_change_does_not_bring_todays_early_while_yesterdays_waits(placed: Settings) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        await chat.say("/subscribe 23:30")
    bot.clock.until("00:10")
    async with world(placed, bot.clock, bot.telegram) as bot:
        bot.ticks._between_ticks.clear()  # A tick is at work on thousands of others.
        [shown] = await chat.say("/settings")
        await shown.press("Silent")
        bot.ticks._between_ticks.set()
        [late] = await bot.tick()
        assert "Monday, 23 November" in late.text
        [digest] = await bot.pass_to("23:30")
        assert "Tuesday, 24 November" in digest.text


async def test_an_hour_moved_behind_now_brings_todays_at_once(placed: Settings) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        await chat.say("/subscribe 23:00")
        bot.clock.until("12:00")
        answer, digest = await chat.say("/subscribe 11:30")
        assert "follows at once" in answer.text
        assert "Monday, 23 November" in digest.text
        assert await bot.pass_to("23:00") == ()


# What was typed


async def test_the_confirmation_says_what_each_word_was_taken_for(placed: Settings) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        [answer] = await chat.say("/subscribe 7:30 berlin weekdays syria -sanctions")
        assert "Monday to Friday at 07:30, Berlin, Germany (Europe/Berlin), about “syria”, without “sanctions”" in (
            answer.text.replace("\n", " ")
        )
        for taken in ("“7:30” for the hour", "“berlin” for the zone", "“syria” for a word wanted"):
            assert taken in answer.text
        other = await answer.press("“berlin” is a word")
        assert "UTC" in other.text
        assert "about “berlin” or “syria”" in other.text
        back = await other.press("“berlin” is the zone")
        assert "Europe/Berlin" in back.text
        assert "about “syria”, without" in back.text


async def test_a_city_elsewhere_is_a_word_with_the_zone_one_press_away(placed: Settings) -> None:
    async with world(placed) as bot:
        [answer] = await bot.telegram.private().say("/subscribe geneva 7:30 iran")
        assert "about “geneva” or “iran”" in answer.text
        zoned = await answer.press("“geneva” is the zone")
        assert "Europe/Zurich" in zoned.text
        assert "about “iran”" in zoned.text


async def test_a_day_that_becomes_a_word_brings_back_the_days_of_before(placed: Settings) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        await chat.say("/subscribe weekdays 8:00")
        [answer] = await chat.say("/subscribe mon 9:00")
        assert "every Monday at 09:00" in answer.text
        assert "“mon” for the days (every Monday)" in answer.text
        turned = await answer.press("“mon” is a word wanted")
        assert "Monday to Friday at 09:00, UTC, about “mon”" in turned.text
        [answer] = await chat.say("/subscribe friday syria")
        assert "about “friday” or “syria”" in answer.text
        turned = await answer.press("“friday” is the day, every Friday")
        assert "every Friday at 09:00, UTC, about “syria”" in turned.text


async def test_a_slip_in_the_days_is_said(placed: Settings) -> None:
    async with world(placed) as bot:
        [answer] = await bot.telegram.private().say("/subscribe weekdys 7:30")
        assert "“weekdys” for the days (Monday to Friday)" in answer.text


async def test_what_can_not_be_read_is_named_with_an_example(placed: Settings) -> None:
    async with world(placed) as bot:
        [answer] = await bot.telegram.private().say("/subscribe 25:70 syria")
        assert "I can’t read “25:70”, so I left it out. Write it as in: /subscribe 7:30" in answer.text
        assert "about “syria”" in answer.text


async def test_two_cities_of_one_name_are_asked_about_before_anything_is_stored(placed: Settings) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        [question] = await chat.say("/subscribe 7:30 springfield weekdays syria")
        assert "Which “springfield” do you mean?" in question.text
        assert "No digest comes here" in (await chat.say("/settings"))[0].text
        answer = await question.press("Missouri")
        assert answer.id == question.id
        assert "Monday to Friday at 07:30, Springfield, Missouri" in answer.text
        assert "about “syria”" in answer.text


async def test_words_that_nobody_said_are_told_of(placed: Settings) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        [answer] = await chat.say("/subscribe zanzibar syira")
        assert "“syira” is taken for “syria”" in answer.text
        assert "Nobody in the archive speaks of “zanzibar” yet.\n" in answer.text
        [answer] = await chat.say("/subscribe zanzibar")
        assert "Nobody in the archive speaks of “zanzibar” yet. Until somebody does, other quotes come." in answer.text
        digest = await answer.press("now")
        assert digest.text.startswith("From the archive: nobody here speaks of “zanzibar” yet")


async def test_an_unwanted_word_that_nobody_said_is_told_of(placed: Settings) -> None:
    async with world(placed) as bot:
        [answer] = await bot.telegram.private().say("/subscribe syria -zanzibar -sanctions")
        assert "speaks of “zanzibar” yet. Until somebody does, that leaves nothing out.\n" in answer.text


async def test_what_a_button_chooses_is_said_to_be_one(placed: Settings) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        [answer] = await chat.say("/subscribe silent")
        assert "“silent” is a button in /settings. Nothing is changed." in answer.text
        [answer] = await chat.say("/subscribe 8:00 silent")
        assert "“silent” for a button in /settings" in answer.text
        [answer] = await chat.say("/subscribe 8:00 quiet diplomacy")
        assert "about “diplomacy”" in answer.text
        assert "about “quiet” or “diplomacy”" in (await answer.press("“quiet” is a word wanted")).text


async def test_all_takes_the_words_away(placed: Settings) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        await chat.say("/subscribe syria -sanctions")
        [answer] = await chat.say("/subscribe everything")
        assert "Subscribed: every day at 09:00, UTC.\n" in answer.text
        assert "I took “everything” for any words." in answer.text
        assert "Before, it was about “syria”, without “sanctions”." in answer.text


async def test_what_narrows_a_search_is_named_as_not_for_a_digest(placed: Settings) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        [answer] = await chat.say("/subscribe by:lavrov")
        assert (
            "“by:lavrov” narrows a search with /quote, and a digest has words alone. Nothing is changed." in answer.text
        )
        assert bot.ticks._desk.get(chat.record.id, 0) is None
        [answer] = await chat.say("/subscribe syria year:2017")
        assert "about “syria”." in answer.text
        assert "“year:2017” narrows a search with /quote." in answer.text


# The zone


async def test_timezone_asks_about_namesakes_and_sets_the_zone(placed: Settings) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        await chat.say("/subscribe")
        bot.clock.until("07:00")
        [question] = await chat.say("/timezone springfield")
        answer = await question.press("Illinois")
        assert "Springfield, Illinois, United States (America/Chicago)" in answer.text
        assert await bot.pass_to("09:00") == ()
        [digest] = await bot.pass_to("09:00", "America/Chicago")
        assert "Monday, 23 November" in digest.text


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Москва", "Europe/Moscow"),
        ("Nueva York", "America/New_York"),
        ("berln", "Europe/Berlin"),
        ("Australia/Lord_Howe", "Australia/Lord_Howe"),
        ("+5:30", "UTC+05:30"),
    ],
)
async def test_timezone_takes_cities_names_and_offsets(placed: Settings, typed: str, zone: str) -> None:
    async with world(placed) as bot:
        [answer] = await bot.telegram.private().say(f"/timezone {typed}")
        assert zone in answer.text
        [shown] = await bot.telegram.private().say("/timezone")
        assert zone in shown.text


async def test_a_place_that_nobody_knows_is_said_to_be_unknown(placed: Settings) -> None:
    async with world(placed) as bot:
        [answer] = await bot.telegram.private().say("/timezone qqqqqqqqqq")
        assert "I know no city" in answer.text
        assert "+5:30" in answer.text


async def test_what_clocks_are_called_for_short_is_said_to_be_no_zone(placed: Settings) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        [answer] = await chat.say("/timezone CEST")
        assert "The clocks of several places are called “CEST”, so nothing is changed. Send a city, or" in answer.text
        [answer] = await chat.say("/subscribe CEST")
        assert "are called “CEST”, so nothing is changed. Write it as in:\n/subscribe in berlin" in answer.text


async def test_which_place_is_asked_by_its_name(placed: Settings) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        for typed in ("/timezone in springfield", "/subscribe 7:30 in springfield"):
            [question] = await chat.say(typed)
            assert "Which “springfield” do you mean?" in question.text


async def test_a_country_of_several_zones_is_asked_about_once_it_is_the_zone(placed: Settings) -> None:
    async with world(placed) as bot:
        [answer] = await bot.telegram.private().say("/subscribe 12:00 russia")
        assert "about “russia”" in answer.text
        question = await answer.press("“russia” is the zone")
        assert "“russia” has several zones. Which city’s clock is it?" in question.text
        await question.press("Yekaterinburg")
        assert question.now
        assert "every day at 12:00, Yekaterinburg, Russia (Asia/Yekaterinburg)." in question.now.text


async def test_georgia_is_a_country_and_a_state(placed: Settings) -> None:
    async with world(placed) as bot:
        [question] = await bot.telegram.private().say("/timezone georgia")
        assert {"Tbilisi, Georgia", "Atlanta, Georgia, United States"} <= {row[0] for row in labels(question)}


@pytest.mark.parametrize("typed", ["crimea", "bavaria"])
async def test_a_region_that_nobody_knows_is_not_guessed(placed: Settings, typed: str) -> None:
    async with world(placed) as bot:
        [answer] = await bot.telegram.private().say(f"/timezone {typed}")
        assert (
            f"I know no city, zone or offset “{typed}”, so nothing is changed. Try a larger city nearby" in answer.text
        )
        assert labels(answer) == []


# Settings


async def test_settings_change_by_buttons(placed: Settings) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        [shown] = await chat.say("/settings")
        assert "No digest comes here" in shown.text
        made = await shown.press("Subscribe")
        assert "Subscribed" in made.text
        [shown] = await chat.say("/settings")
        shown = await shown.press("Weekly")
        assert "every Monday" in shown.text
        assert (
            "Only exact anniversaries: off, so another quote comes on a day on which nothing was said or happened"
            in shown.text
        )
        shown = await shown.press("☐ Silent delivery: off")
        shown = await shown.press("☐ Only exact anniversaries: off")
        assert "Silent delivery: on, so it makes no sound" in shown.text
        assert (
            "Only exact anniversaries: on, so nothing comes on a day on which nothing was said or happened"
            in shown.text
        )
        assert ["☑ Only exact anniversaries: on"] in labels(shown)
        words = await shown.press("Words")
        added = next(label for row in labels(words) for label in row if label.startswith("+ "))
        words = await words.press(added)
        assert f"about “{added[2:]}”" in words.text
        words = await words.press("✕")
        assert "Now: any" in words.text
        shown = await words.press("‹ Settings")
        assert "Words: any" in shown.text
        gone = await shown.press("Unsubscribe")
        assert "Unsubscribed" in gone.text
        await shown.press("Weekly")
        assert "no digest here any more" in chat.toast
        assert not bot.telegram.refused


async def test_a_silent_digest_makes_no_sound(settings: Settings) -> None:
    async with world(settings) as bot:
        chat = bot.telegram.private()
        await chat.say("/subscribe")
        [shown] = await chat.say("/settings")
        await shown.press("Silent delivery")
        await bot.pass_to("09:00")
        sent = [request for request in bot.telegram.requests if request.method == "sendMessage"][-1]
        assert sent.parameters["disable_notification"] is True


async def test_who_wants_anniversaries_alone_gets_silence_on_other_days(settings: Settings) -> None:
    async with world(settings, Clock(Clock().time.replace(month=12, day=27))) as bot:
        chat = bot.telegram.private()
        await chat.say("/subscribe")
        [shown] = await chat.say("/settings")
        shown = await shown.press("Only exact anniversaries")
        assert await bot.pass_to("09:00") == ()
        [digest] = await bot.pass_to("09:00")
        assert "9 years ago today, to Interfax" in digest.text
        [shown] = await chat.say("/settings")
        bot.clock.until("06:00")
        [shown] = await chat.say("/settings")
        assert "Nothing falls on today. The next one comes Friday, 15 January, at 09:00." in shown.text
        assert "Send today’s now" not in {label for row in labels(shown) for label in row}


# What


async def test_an_anniversary_is_headed_as_one(settings: Settings) -> None:
    async with world(settings, Clock(Clock().time.replace(month=12, day=28))) as bot:
        chat = bot.telegram.private()
        await chat.say("/subscribe")
        [digest] = await bot.pass_to("09:00")
        assert digest.text.startswith("On this day, Monday, 28 December\n\n9 years ago today, to Interfax\n")
        assert "— Sergey Lavrov, 28 December 2017" in digest.text
        assert digest.button("Source").url
        context = await digest.press("Context")
        assert context.id != digest.id
        settings_message = await digest.press("Settings")
        assert "every day" in settings_message.text


async def test_a_late_digest_keeps_the_date_and_the_content_of_its_own_day(placed: Settings) -> None:
    clock = Clock(Clock().time.replace(month=12, day=28))
    async with world(placed, clock) as bot:
        await bot.telegram.private().say("/subscribe 22:00")
    clock.time = clock.time.replace(day=29, hour=1, minute=0)
    async with world(placed, clock, bot.telegram) as bot:
        [digest] = await bot.tick() or bot.chat(1001).answers[-1:]
        assert digest.text.startswith("Late: the digest of Monday, 28 December.\nOn this day, Monday, 28 December\n")
        assert "9 years ago that day, to Interfax" in digest.text
        assert await bot.wait(hours=12) == ()


async def test_the_others_of_a_digest_that_came_in_time_are_not_called_late_the_day_after(placed: Settings) -> None:
    async with world(placed, Clock(Clock().time.replace(month=12, day=7))) as bot:
        await bot.telegram.private().say("/subscribe weekly monday")
        [digest] = await bot.pass_to("09:00")
        bot.clock.until("08:00")
        others = await digest.press("+4 more")
        assert others.text.startswith("From the archive\nNothing here falls on 1 to 7 December.\n\n4.")


# Forgetting


async def test_forget_deletes_everything_of_the_chat(settings: Settings) -> None:
    async with world(settings) as bot:
        chat = bot.telegram.private()
        await chat.say("/subscribe")
        assert len(await bot.pass_to("09:00")) == 1
        [answer] = await chat.say("/forget")
        assert "nothing is stored" in answer.text
        assert await bot.pass_to("09:00") == ()
        assert "No digest comes here" in (await chat.say("/settings"))[0].text


async def test_what_was_asked_for_last_holds_where_all_came_together(placed: Settings) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        await asyncio.gather(chat.say("/subscribe 9:00 in berlin syria"), chat.say("/forget"))
        with closing(sqlite3.connect(placed.data / "chats.db")) as database:
            for table in ("chats", "searches", "subscriptions"):
                assert not database.execute(f"SELECT * FROM {table}").fetchall()


async def test_a_confirmation_is_one_message_whatever_was_typed(placed: Settings) -> None:
    async with world(placed) as bot:
        words = " ".join(f"{'zqxjkwvb' * 4}{number:03}x" for number in range(32))
        [answer] = await bot.telegram.private().say(f"/subscribe {words} {f'!{chr(63) * 40} ' * 30}")
        assert "24 more" in answer.text
        assert "Nor can I read 22 more." in answer.text
        assert not bot.telegram.refused


# Where


async def test_each_topic_has_its_own_subscription(placed: Settings) -> None:
    async with world(placed) as bot:
        forum = bot.telegram.group(topics=["News", "Talk"])
        news, talk = forum.record.topics
        await forum.say("/subscribe 9:00 syria", thread=news)
        await forum.say("/subscribe 10:00", thread=talk)
        [answer] = await forum.say("/subscribe 11:00")
        assert answer.thread is None
        assert [message.thread for message in await bot.pass_to("09:00")] == [news]
        assert [message.thread for message in await bot.pass_to("10:00")] == [talk]
        assert [message.thread for message in await bot.pass_to("11:00")] == [None]
        [shown] = await forum.say("/settings", thread=news)
        assert "about “syria”" in shown.text
        await shown.press("Unsubscribe")
        assert len(await bot.pass_to("10:00")) == 1


async def test_a_zone_that_is_set_in_a_topic_says_what_it_is_to_the_others(placed: Settings) -> None:
    async with world(placed) as bot:
        forum = bot.telegram.group(topics=["News", "Talk", "Third"])
        news, talk, third = forum.record.topics
        await forum.say("/subscribe 9:00 berlin", thread=news)
        await forum.say("/subscribe 10:00 tokyo", thread=talk)
        await forum.say("/subscribe 11:00", thread=third)
        answer = (await forum.say("/timezone lima", thread=news))[0]
        assert "Other topics whose digests go by it too: 1." in answer.text
        assert "Other topics that keep the zone that was named there: 1." in answer.text
        assert "Asia/Tokyo" in (await forum.say("/settings", thread=talk))[0].text
        assert "America/Lima" in (await forum.say("/settings", thread=third))[0].text


async def test_in_a_group_only_admins_may_and_others_are_told_once(settings: Settings) -> None:
    async with world(settings) as bot:
        group = bot.telegram.group()
        group.admit(ANN)
        [refusal] = await group.say("/subscribe", user=ANN)
        assert refusal.text == "Only an admin can do that here."
        assert await group.say("/settings", user=ANN) == ()
        [answer] = await group.say("/subscribe", anonymous=True)
        assert "Subscribed" in answer.text
        await answer.press("Settings", user=ANN)
        assert group.toast == "Only an admin can change that."
        assert "Hour" in (await answer.press("Settings")).text
        assert len(await bot.pass_to("09:00")) == 1


async def test_nobody_changes_another_chat_by_a_forged_button(settings: Settings) -> None:
    async with world(settings) as bot:
        chat = bot.telegram.private()
        [answer] = await chat.say("/subscribe")
        stranger = bot.telegram.private(ANN)
        [other] = await stranger.say("/start")
        for data in (f"t{chat.id}.0.e", f"t{chat.id}.0.h1200", "t-100999.0.e", "t..h9999", "t..rhourly", "t..g7:1:x"):
            await other.forge(data)
            assert stranger.toast
        await answer.press("now")
        assert "09:00" in (await chat.say("/settings"))[0].text


async def test_a_channel_is_set_up_from_the_private_chat_of_its_admin(settings: Settings) -> None:
    async with world(settings) as bot:
        owner = bot.telegram.private()
        channel = bot.telegram.group("News", kind="channel", bot="left")
        mark = len(bot.telegram.events)
        assert await channel.bot_becomes("administrator") == ()
        [offer] = owner.since(mark)
        assert "I may post in News now" in offer.text
        made = await offer.press("Every day at 09:00")
        assert "Subscribed for News: every day at 09:00" in made.text
        [digest] = await bot.pass_to("09:00")
        assert digest.chat.id == channel.id
        shown = await made.press("Settings")
        assert "Settings for News" in shown.text
        await shown.press("Weekdays")
        assert "No digest comes here" in (await owner.say("/settings"))[0].text
        stranger = bot.telegram.private(ANN)
        [other] = await stranger.say("/start")
        await other.forge(f"t{channel.id}.0.e")
        assert stranger.toast == "Only an admin can change that."
        assert not bot.telegram.refused


async def test_a_public_channel_is_named_behind_the_command(placed: Settings) -> None:
    async with world(placed) as bot:
        owner = bot.telegram.private()
        channel = bot.telegram.group("News", kind="channel", bot="administrator", username="the_news")
        [answer] = await owner.say("/subscribe @the_news 8:00 syria")
        assert "Subscribed for News: every day at 08:00" in answer.text
        [digest] = await bot.pass_to("08:00")
        assert digest.chat.id == channel.id
        [refusal] = await bot.telegram.private(ANN).say("/unsubscribe @the_news")
        assert "I can do that for @the_news only while I am in it, and for one of its admins alone." in refusal.text
        [ended] = await owner.say("/unsubscribe @the_news")
        assert "Unsubscribed for News." in ended.text
        [refusal] = await owner.say("/subscribe @nowhere_at_all")
        assert "can’t set up @nowhere_at_all" in refusal.text


async def test_a_channel_in_which_the_bot_may_not_post_is_not_set_up(placed: Settings) -> None:
    async with world(placed) as bot:
        channel = bot.telegram.group("News", kind="channel", bot="member", username="the_news")
        owner = bot.telegram.private()
        [refusal] = await owner.say("/subscribe @the_news 8:00")
        assert refusal.text.startswith("I can’t set up @the_news: make me an admin of it first, with the right to post")
        assert bot.ticks._desk.get(channel.id, 0) is None
        await channel.bot_becomes("administrator")
        assert "Subscribed for News" in (await owner.say("/subscribe @the_news 8:00"))[0].text
        await channel.bot_becomes("member")
        assert "Unsubscribed for News" in (await owner.say("/unsubscribe @the_news"))[0].text


async def test_what_is_said_of_a_channel_names_commands_that_reach_it(placed: Settings) -> None:
    async with world(placed) as bot:
        owner = bot.telegram.private()
        bot.telegram.group("News", kind="channel", bot="administrator", username="the_news")
        for typed, expected in (
            ("/unsubscribe @the_news", "to end. /subscribe @the_news begins one."),
            (
                "/settings @the_news",
                "No digest comes there. The zone is UTC; to change it, send /timezone @the_news berlin.",
            ),
            ("/subscribe @the_news weekly", "/subscribe @the_news weekly tuesday makes it another day."),
            ("/subscribe @the_news weekly", "Another clock? Send a city: /timezone @the_news berlin."),
            ("/subscribe @the_news 25:00", "/subscribe @the_news 7"),
            ("/timezone @the_news", "such as\n/timezone @the_news berlin"),
            ("/timezone @the_news brazil", "/timezone @the_news takes any other."),
            ("/timezone @the_news qwertz", "/timezone @the_news +5:30"),
            (
                "/unsubscribe @the_news syria",
                "/subscribe @the_news -syria\nTo take one of your words away, send /settings @the_news.",
            ),
            ("/forget @the_news syria", "send /forget @the_news alone"),
            ("/unsubscribe @the_news", "/subscribe @the_news begins anew"),
            (
                "/forget @the_news",
                "nothing is stored of it any more, and no digest comes any more.\n\n/subscribe @the_news begins",
            ),
        ):
            answers = await owner.say(typed)
            assert expected in answers[0].text, typed


@pytest.mark.parametrize(("username", "where"), [("the_news", ""), (None, " in News itself")])
async def test_the_settings_of_a_channel_name_commands_that_reach_it(
    settings: Settings, username: str | None, where: str
) -> None:
    async with world(settings) as bot:
        owner = bot.telegram.private()
        channel = bot.telegram.group("News", kind="channel", bot="left", username=username)
        mark = len(bot.telegram.events)
        await channel.bot_becomes("administrator")
        [offer] = owner.since(mark)
        made = await offer.press("Every day at 09:00")
        name = f" @{username}" if username else ""
        assert f"Another clock? Send a city: /timezone{name} berlin{where}." in made.text
        shown = await made.press("Settings")
        for button, expected in (
            ("09:00", f"send /subscribe{name} 7:30{where}."),
            ("Zone", f"\n/timezone{name} berlin{where}\n/timezone{name} +5:30{where}"),
            ("Words", f'\n/subscribe{name} syria "arms control" -sanctions{where}'),
        ):
            choices = await shown.press(button)
            assert expected in choices.text
            shown = await choices.press("‹ Settings")
        ended = await shown.press("Unsubscribe")
        assert f"/subscribe{name}{where} begins anew." in ended.text


async def test_a_post_in_a_channel_is_by_an_admin(settings: Settings) -> None:
    async with world(settings) as bot:
        channel = bot.telegram.channel()
        [answer] = await channel.say("/subscribe")
        assert "Subscribed" in answer.text
        assert len(await bot.pass_to("09:00")) == 1


async def test_in_a_channel_a_button_opens_the_private_chat_and_posts_nothing(settings: Settings) -> None:
    async with world(settings) as bot:
        channel = bot.telegram.channel("News")
        await channel.say("/subscribe")
        [digest] = await bot.pass_to("09:00")
        mark = len(bot.telegram.events)
        reader = bot.telegram.private(ANN)
        for button in ("Context", "Settings"):
            await digest.press(button, user=ANN)
            event = bot.telegram.events[-1]
            assert event.kind == "answered"
            link = str(event.content["url"])
            assert link.startswith("https://t.me/quotebot?start=")
            [answer] = await reader.say(f"/start {link.rpartition('=')[2]}")
            assert ("Passage" if button == "Context" else "Only an admin can change that.") in answer.text
            [answer] = await bot.telegram.private().say(f"/start {link.rpartition('=')[2]}")
            assert ("Passage" if button == "Context" else "Settings for News") in answer.text
        assert channel.since(mark) == ()
        assert not bot.telegram.refused


@pytest.mark.parametrize("typed", ["25:00", "7:75", "🎉🎉", "?"])
async def test_a_request_of_which_nothing_can_be_read_changes_nothing(placed: Settings, typed: str) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        [answer] = await chat.say(f"/subscribe {typed}")
        assert f"I can’t read “{typed}”, so nothing is changed. Write it as in:\n/subscribe " in answer.text
        assert bot.ticks._desk.get(chat.record.id, 0) is None


async def test_in_a_channel_a_button_that_no_link_can_carry_changes_no_post(settings: Settings) -> None:
    async with world(settings) as bot:
        channel = bot.telegram.channel("News")
        await channel.say("/subscribe")
        [digest] = await bot.pass_to("09:00")
        mark = len(bot.telegram.events)
        for words in ("america,china,iran,israel,nuclear,russia,syria;", "*;"):
            await digest.forge(f"g20261123:1:1:{words}", user=ANN)
            assert "too many words" in channel.toast
        assert channel.since(mark) == ()


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("off", "unsubscribe"),
        ("STOP!", "unsubscribe"),
        ("стоп", "unsubscribe"),
        ("pause", "unsubscribe"),
        ("unsubscribe me", "unsubscribe"),
        ("resume", "settings"),
        ("Hilfe", "help"),
        ("Einstellungen", "settings"),
    ],
)
async def test_words_that_ask_for_another_command_are_answered_with_it(
    placed: Settings, typed: str, command: str
) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        [answer] = await chat.say(f"/subscribe {typed}")
        assert f"“{typed}” changes nothing here. You may mean /{command}." in answer.text
        assert bot.ticks._desk.get(chat.record.id, 0) is None


async def test_a_request_of_very_many_words_is_turned_as_far_as_buttons_carry(placed: Settings) -> None:
    words = [f"topic{n}x" for n in range(30)]
    async with world(placed) as bot:
        chat = bot.telegram.private()
        [answer] = await chat.say(f"/subscribe without {' '.join(words)}")
        turned = 0
        while wanted := [label for [label] in labels(answer) if label.endswith("is a word wanted")]:
            answer = await answer.press(wanted[-1])
            turned += 1
        assert 10 < turned < len(words)
        assert ["⚙ Settings"] in labels(answer)
        assert not bot.telegram.refused


async def test_a_number_that_is_no_hour_after_all_leaves_the_hour_of_before(placed: Settings) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        [answer] = await chat.say("/subscribe syria 7")
        assert "every day at 07:00" in answer.text
        turned = await answer.press("“7” is a word wanted")
        assert "every day at 09:00, UTC, about “syria” or “7”" in turned.text
        await chat.say("/subscribe 10:30")
        [answer] = await chat.say("/subscribe syria in the evening")
        assert "every day at 19:00" in answer.text
        turned = await answer.press("“evening” is a word wanted")
        assert "every day at 10:30, UTC, about “syria” or “evening”" in turned.text
        assert "every day at 19:00" in (await turned.press("“in the evening” is the hour")).text


async def test_what_was_understood_can_be_turned_once_todays_was_asked_for(placed: Settings) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        await chat.say("/subscribe 10:30 berlin weekly friday")
        [answer] = await chat.say("/subscribe syria 11 daily")
        await answer.press("now")
        assert answer.now
        turned = await answer.now.press("“11” is a word wanted")
        assert "every day at 10:30, Europe/Berlin, about “syria” or “11”" in turned.text


async def test_a_word_that_is_the_zone_after_all_leaves_the_words_of_before(placed: Settings) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        await chat.say("/subscribe 8:00 berlin syria -sanctions")
        [answer] = await chat.say("/subscribe kyiv 9:00")
        assert "about “kyiv”" in answer.text
        turned = await answer.press("“kyiv” is the zone")
        assert "every day at 09:00, Kyiv, Ukraine (Europe/Kyiv), about “syria”, without “sanctions”" in turned.text
        turned = await turned.press("“kyiv” is a word wanted")
        assert "about “kyiv”.\n" in turned.text


async def test_the_zone_stays_when_the_digest_ends(placed: Settings) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        await chat.say("/subscribe 8:00 berlin")
        await chat.say("/subscribe 8:00 tokyo")
        await chat.say("/unsubscribe")
        [zone] = await chat.say("/timezone")
        assert "Tokyo" in zone.text


async def test_unsubscribe_with_words_changes_nothing_and_says_what_to_send(placed: Settings) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        assert "There is no digest" in (await chat.say("/unsubscribe syria"))[0].text
        await chat.say("/subscribe 9:00 syria iran")
        before = bot.ticks._desk.get(chat.record.id, 0)
        [answer] = await chat.say("/unsubscribe syria")
        assert "/unsubscribe ends the whole digest" in answer.text
        assert "/subscribe -syria\n" in answer.text
        assert "/settings" in answer.text
        [answer] = await chat.say("/unsubscribe arms control")
        assert '/subscribe -"arms control"\n' in answer.text
        assert bot.ticks._desk.get(chat.record.id, 0) == before
        assert "Unsubscribed" in (await chat.say("/unsubscribe"))[0].text


async def test_forget_says_what_is_gone_and_how_to_begin_anew(placed: Settings) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        [answer] = await chat.say("/forget")
        assert answer.text.startswith("Forgotten: no digest was to come. The zone, the days on which")
        await chat.say("/subscribe 8:00 berlin syria")
        [answer] = await chat.say("/forget all of me, please")
        assert "gone (every day at 08:00, Berlin, Germany (Europe/Berlin), about “syria”)" in answer.text
        assert "/subscribe begins anew" in answer.text
        forum = bot.telegram.group(topics=["News", "Talk"])
        for topic in forum.record.topics:
            await forum.say("/subscribe 8:00", thread=topic)
        assert "the digests of 2 topics are gone" in (await forum.say("/forget"))[0].text


async def test_forget_with_words_that_ask_for_less_deletes_nothing(placed: Settings) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        await chat.say("/subscribe 8:00 syria")
        [answer] = await chat.say("/forget syria")
        assert answer.text.startswith("Nothing is changed: /forget deletes all that is stored")
        assert "Hour: 08:00" in (await chat.say("/settings"))[0].text


async def test_words_behind_settings_lead_to_subscribe(placed: Settings) -> None:
    async with world(placed) as bot:
        _, unused = await bot.telegram.private().say("/settings 8:00 berlin")
        assert unused.text.endswith("so I left out “8:00 berlin”. You may mean: /subscribe 8:00 berlin")
