from __future__ import annotations

import pytest

from bot.wishes import MOST_WORDS, Reading, Taken, Wish, turn, wish_of
from store.errors import UsageError
from store.zones import How, Place

BERLIN = Place("Berlin, Germany", "Europe/Berlin", How.NAME, 3_000_000)
GENEVA = Place("Geneva, Switzerland", "Europe/Zurich", How.NAME, 200_000)

HOUR = Reading("9", Taken.HOUR, Taken.WANTED, hour="09:00", words=("9",))
ZONE = Reading("in berlin", Taken.ZONE, Taken.WANTED, places=(BERLIN,), words=("berlin",))
CITY = Reading("geneva", Taken.WANTED, Taken.ZONE, places=(GENEVA,), words=("geneva",))
OFFSET = Reading("utc", Taken.ZONE, places=(Place("UTC", "UTC", How.OFFSET),), words=("utc",))


def word(said: str) -> Reading:
    return Reading(said, Taken.WANTED, words=(said,))


def without(said: str) -> Reading:
    return Reading(f"-{said}", Taken.UNWANTED, words=(said,))


def test_readings_come_to_a_wish() -> None:
    wish = wish_of((HOUR, ZONE, word("syria"), without("sanctions")), ())
    assert (wish.hour, wish.zones, wish.rhythm) == ("09:00", (BERLIN,), None)
    assert (wish.wanted, wish.unwanted) == (("syria",), ("sanctions",))


def test_a_word_counts_once_as_it_was_typed_first() -> None:
    assert wish_of((word("Syria"), word("syria"), word("SYRIA")), ()).wanted == ("Syria",)


def test_no_word_is_both_wanted_and_unwanted() -> None:
    with pytest.raises(UsageError, match="“Syria” can’t be both") as caught:
        wish_of((word("Syria"), without("syria")), ())
    assert caught.value.hint


def test_too_many_words_are_refused() -> None:
    words = [word(f"word{number}") for number in range(MOST_WORDS + 1)]
    assert len(wish_of(words[1:], ()).wanted) == MOST_WORDS
    with pytest.raises(UsageError, match="too many"):
        wish_of(words, ())


def test_a_zone_turns_into_a_word_and_back() -> None:
    wish = wish_of((HOUR, ZONE), ())
    turned = turn(wish, 1)
    assert (turned.zones, turned.wanted) == ((), ("berlin",))
    assert turn(turned, 1) == wish


def test_a_number_turns_into_a_word() -> None:
    turned = turn(wish_of((word("article"), HOUR), ()), 1)
    assert (turned.hour, turned.wanted) == (None, ("article", "9"))


def test_a_word_that_becomes_the_zone_takes_its_place() -> None:
    turned = turn(wish_of((ZONE, CITY), ()), 1)
    assert (turned.zones, turned.wanted) == ((GENEVA,), ("berlin",))
    turned = turn(wish_of((OFFSET, CITY), ()), 1)
    assert (turned.zones, turned.wanted) == ((GENEVA,), ())


@pytest.mark.parametrize("number", [0, -1, 1, 99])
def test_what_has_no_other_reading_stays(number: int) -> None:
    wish = wish_of((word("syria"),), ())
    assert turn(wish, number) is wish


def test_turning_into_a_word_that_is_unwanted_is_refused() -> None:
    with pytest.raises(UsageError):
        turn(wish_of((ZONE, without("berlin")), ()), 0)


def test_nothing_typed_is_an_empty_wish() -> None:
    assert wish_of((), ()) == Wish()
