"""What stands behind /subscribe and /timezone, how it is read and confirmed: under the real Application."""

from __future__ import annotations

import re

import pytest

from bot.console_people import ConsoleMessage
from bot.settings import Settings
from tests.bot.digests import world
from tests.bot.driving import labels

# The days


async def test_a_weekday_sets_the_day_of_a_weekly_digest_and_a_button_changes_it(placed: Settings) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        [answer] = await chat.say("/subscribe weekly thursday 8:00")
        assert "every Thursday at 08:00" in answer.text
        assert "The first one comes Thursday, 26 November, at 08:00." in answer.text
        [shown] = await chat.say("/settings")
        assert "● Th" in labels(shown)[2]
        changed = await shown.press("Tu")
        assert "Days: every Tuesday" in changed.text
        await chat.say("/subscribe 9:00")
        assert "Days: every Tuesday" in (await chat.say("/settings"))[0].text
        [digest] = await bot.wait(days=1, hours=4)
        assert "24 November" in digest.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            "monthly syria",
            "I can’t send it “monthly”: a digest comes daily, on weekdays or weekly, on one day such as weekly friday.",
        ),
        ("saturday and sunday 8:00", "I can’t send it “saturday and sunday”: a digest comes daily, on weekdays or"),
        (
            "7:30 IST",
            "places are called “IST”, so I left it out: 07:30 is by the clock of UTC. To set another, name a city, as",
        ),
        ("7:30 in blargonia", "I know no zone “in blargonia”, so I left it out: 07:30 is by the clock of UTC."),
        (
            "berlin by:lavrov",
            "“by:lavrov” narrows a search with /quote. A digest has words alone, as in: /subscribe syria",
        ),
        ("7:30 8:30", "There is one hour only, so I left out “8:30”."),
        ("daily weekly", "There is one choice of days only, so I left out “weekly”."),
        ("weekly monday friday", "A weekly digest comes on one day, so I left out “friday”."),
        ("7:30 +3 +4", "There is one zone only, so I left out “+4”."),
    ],
)
async def test_why_something_was_left_out_is_said(placed: Settings, typed: str, said: str) -> None:
    async with world(placed) as bot:
        answer = (await bot.telegram.private().say(f"/subscribe {typed}"))[0]
        assert said in answer.text


async def test_a_weekday_beside_the_hour_is_the_day_and_a_button_makes_it_a_word(placed: Settings) -> None:
    async with world(placed) as bot:
        [answer] = await bot.telegram.private().say("/subscribe monday 8:00")
        assert "every Monday at 08:00" in answer.text
        turned = await answer.press("“monday” is a word wanted")
        assert "about “monday”" in turned.text
        assert "every Monday" not in turned.text


# The zone


@pytest.mark.parametrize("typed", ["local", "reset", "hello"])
async def test_a_far_guess_at_a_zone_is_asked_about(placed: Settings, typed: str) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        [answer] = await chat.say(f"/timezone {typed}")
        assert f"I know no city, zone or offset “{typed}”" in answer.text
        [[first], *_] = labels(answer)
        assert "UTC" in (await chat.say("/timezone"))[0].text
        chosen = await answer.press(first)
        assert f"is now {first}" in chosen.text


@pytest.mark.parametrize("typed", ["Londn", "Lonodn"])
async def test_a_slip_in_a_city_is_said(placed: Settings, typed: str) -> None:
    async with world(placed) as bot:
        [answer] = await bot.telegram.private().say(f"/timezone {typed}")
        assert f"I took “{typed}” for London, United Kingdom. The zone here is now London" in answer.text


async def test_a_zone_that_was_guessed_can_be_given_back(placed: Settings) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        await chat.say("/timezone paris")
        [answer] = await chat.say("/timezone berln")
        assert "(Europe/Berlin)" in answer.text
        back = await answer.press("Paris")
        assert "The zone here is now Paris, France (Europe/Paris)" in back.text


async def test_no_far_guess_is_the_zone_of_a_digest(placed: Settings) -> None:
    async with world(placed) as bot:
        answer = (await bot.telegram.private().say("/subscribe 7:30 in local"))[0]
        assert "at 07:30, UTC" in answer.text


# The words


async def test_a_word_that_is_denied_is_unwanted_and_a_button_wants_it(placed: Settings) -> None:
    async with world(placed) as bot:
        [answer] = await bot.telegram.private().say("/subscribe iran without sanctions")
        assert "about “iran”, without “sanctions”" in answer.text
        turned = await answer.press("“sanctions” is a word wanted")
        assert "about “iran” or “sanctions”." in turned.text


async def test_the_place_that_was_chosen_is_named_throughout(placed: Settings) -> None:
    async with world(placed) as bot:
        [question] = await bot.telegram.private().say("/subscribe 7:30 springfield weekdays syria")
        [illinois] = [label for row in labels(question) for label in row if "Illinois" in label]
        answer = await question.press(illinois)
        assert answer.text.count(illinois) == 2
        assert "Missouri" not in answer.text


# What comes next


async def test_who_wants_anniversaries_alone_is_promised_days_that_have_one(settings: Settings) -> None:
    async with world(settings) as bot:
        chat = bot.telegram.private()
        [before] = await chat.say("/subscribe")
        [shown] = await chat.say("/settings")
        await shown.press("Only exact anniversaries")
        nothing = await before.press("now")
        promised = re.search(r"The first one comes \w+, (\d+ \w+), at 09:00", nothing.text)
        assert promised
        assert nothing.text.startswith("Nothing in the archive falls on today.")
        digests: tuple[ConsoleMessage, ...] = ()
        while not digests:
            digests = await bot.pass_to("09:00")
        assert f", {promised[1]}\n" in digests[0].text


async def test_todays_that_follows_at_once_says_when_the_next_one_comes(settings: Settings) -> None:
    async with world(settings) as bot:
        bot.clock.until("11:00")
        answer, _ = await bot.telegram.private().say("/subscribe")
        assert "Today’s follows at once. The next one comes tomorrow, Tuesday, 24 November, at 09:00." in answer.text


async def test_words_that_are_replaced_are_named(placed: Settings) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        [first] = await chat.say("/subscribe syria -sanctions")
        [other] = await chat.say("/subscribe iran")
        [more] = await chat.say("/subscribe iran 8:00")
        assert "Before, it was" not in first.text + more.text
        assert "Before, it was about “syria”, without “sanctions”. Words are replaced as a whole." in other.text


async def test_words_of_a_kind_are_named_together(placed: Settings) -> None:
    async with world(placed) as bot:
        [answer] = await bot.telegram.private().say("/subscribe the syria 7:30 iran -nato in berlin without kiev")
        assert (
            "I took “the” for nothing, “syria”, “iran” for words wanted, “7:30” for the hour, "
            "“-nato”, “without kiev” for words unwanted, “in berlin” for the zone (Berlin, Germany)."
        ) in answer.text


async def test_what_is_plain_is_not_said_twice(placed: Settings) -> None:
    async with world(placed) as bot:
        [answer] = await bot.telegram.private().say('/subscribe weekly monday 20:00 "arms control"')
        assert "“weekly”, “monday” for the days, “20:00” for the hour, “arms control” for a word wanted." in answer.text


async def test_a_rhythm_that_there_is_not_changes_nothing_by_itself(placed: Settings) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        [answer] = await chat.say("/subscribe weekends")
        assert "I can’t send it “weekends”: a digest comes daily, on weekdays or weekly, on one day." in answer.text
        assert "No digest comes here" in (await chat.say("/settings"))[0].text


async def test_the_settings_lead_to_the_zone(placed: Settings) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        await chat.say("/subscribe 7:30 berlin")
        [shown] = await chat.say("/settings")
        zone = await shown.press("Zone")
        assert "Now Berlin, Germany (Europe/Berlin), where it is 06:00." in zone.text
        assert "/timezone berlin" in zone.text
        assert (await zone.press("Settings")).text.startswith("Settings")


async def test_words_that_leave_nothing_over_are_given_as_the_reason(placed: Settings) -> None:
    async with world(placed) as bot:
        [confirmed] = await bot.telegram.private().say("/subscribe nato -lavrov")
        nothing = await confirmed.press("Send today’s now")
        assert (
            nothing.text
            == "No quote in the archive is without the words that you want none of. /settings changes them."
        )


# The hour


async def test_four_figures_say_how_they_were_read_and_a_button_reads_them_otherwise(placed: Settings) -> None:
    async with world(placed) as bot:
        chat = bot.telegram.private()
        [answer] = await chat.say("/subscribe 1930 berlin")
        assert "every day at 19:30, Berlin" in answer.text
        assert "“1930” for the hour (19:30)" in answer.text
        assert "about “1930”" in (await answer.press("“1930” is a word wanted")).text
        [answer, *_] = await chat.say("/subscribe 2018")
        assert "about “2018”" in answer.text
        turned = await answer.press("“2018” is the hour, 20:18")
        assert "every day at 20:18" in turned.text
        assert "about “1930”" in turned.text.split("\n")[0]
