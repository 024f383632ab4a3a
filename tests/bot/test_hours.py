from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.hours import Hour, in_evening, read_hour
from store.timing import clock


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("7:30", "07:30"),
        ("7.30", "07:30"),
        ("07:30", "07:30"),
        ("0730", "07:30"),
        ("7am", "07:00"),
        ("7 am", "07:00"),
        ("7 a.m", "07:00"),
        ("7:30pm", "19:30"),
        ("12am", "00:00"),
        ("12pm", "12:00"),
        ("19:30 pm", "19:30"),
        ("7 in the evening", "19:00"),
        ("at 7", "07:00"),
        ("at 7am", "07:00"),
        ("19h30", "19:30"),
        ("19h", "19:00"),
        ("19 Uhr", "19:00"),
        ("um 7 Uhr", "07:00"),
        ("à 7h30", "07:30"),
        ("a las 7", "07:00"),
        ("в 7:30", "07:30"),
        ("7 часов", "07:00"),
        ("7 вечера", "19:00"),
        ("7 o’clock", "07:00"),
        ("7 o’clock in the morning", "07:00"),
        ("8h du soir", "20:00"),
        ("à 7h du matin", "07:00"),
        ("8 heures 30 du soir", "20:30"),
        ("8 Uhr morgens", "08:00"),
        ("20 Uhr abends", "20:00"),
        ("um 7 Uhr 30 abends", "19:30"),
        ("8 часов утра", "08:00"),
        ("8 вечера", "20:00"),
        ("a las 8 de la mañana", "08:00"),
        ("a las 8 de la tarde", "20:00"),
        ("a las 8 h 30 de la noche", "20:30"),
        ("11 at night", "23:00"),
        ("2 часа ночи", "02:00"),
        ("12 at night", "00:00"),
        ("noon", "12:00"),
        ("um Mitternacht", "00:00"),
        ("à midi", "12:00"),
        ("midnight", "00:00"),
        ("полдень", "12:00"),
        ("24:00", "00:00"),
        ("٧:٣٠", "07:30"),
        ("abends um 8", "20:00"),
        ("утром в 8", "08:00"),
        ("in the evening at 8", "20:00"),
        ("12 de la mañana", "12:00"),
        ("12 de la noche", "00:00"),
        ("half past seven", "07:30"),
        ("half seven in the evening", "19:30"),
        ("quarter to eight", "07:45"),
        ("quarter past 7", "07:15"),
        ("ten past seven", "07:10"),
        ("twenty to one", "12:40"),
        ("seven thirty pm", "19:30"),
        ("at eight", "08:00"),
        ("eight o’clock", "08:00"),
        ("halb acht", "07:30"),
        ("halb eins", "12:30"),
        ("abends halb acht", "19:30"),
        ("um acht Uhr abends", "20:00"),
        ("Viertel vor 20", "19:45"),
        ("dreiviertel acht", "07:45"),
        ("sept heures et demie", "07:30"),
        ("7 heures moins le quart", "06:45"),
        ("las siete y media", "07:30"),
        ("las ocho menos cuarto", "07:45"),
        ("ocho de la tarde", "20:00"),
        ("половина восьмого", "07:30"),
        ("полвосьмого вечера", "19:30"),
        ("без четверти восемь", "07:45"),
        ("at 730", "07:30"),
        ("7 30", "07:30"),
        ("19 heures trente", "19:30"),
        ("acht Uhr dreißig", "08:30"),
        ("семь тридцать вечера", "19:30"),
        ("730pm", "19:30"),
        ("at 1930", "19:30"),
        ("1930 hrs", "19:30"),
        ("2100h", "21:00"),
        ("10 to 8", "07:50"),
        ("20 past 7", "07:20"),
        ("8 minutes to 9", "08:52"),
        ("twenty-five to eight pm", "19:35"),
        ("10 vor 8", "07:50"),
        ("fünf vor halb acht", "07:25"),
        ("fünf nach halb 8", "07:35"),
        ("zwanzig Uhr", "20:00"),
        ("8 heures moins dix", "07:50"),
        ("huit heures dix", "08:10"),
        ("vingt heures trente", "20:30"),
        ("las 8 menos diez", "07:50"),
        ("las ocho y diez", "08:10"),
        ("без десяти восемь", "07:50"),
        ("десять минут восьмого", "07:10"),
        ("двадцать часов", "20:00"),
    ],
)
def test_an_hour_as_it_is_typed(typed: str, at: str) -> None:
    words = typed.split()
    hour = read_hour(words)
    assert hour is not None
    assert hour == read_hour([*words, "berlin"])
    assert (hour.at, hour.length, hour.bare) == (at, len(words), False)


@pytest.mark.parametrize(("typed", "at"), [("19", "19:00"), ("7", "07:00"), ("0", "00:00")])
def test_a_number_may_be_an_hour(typed: str, at: str) -> None:
    hour = read_hour([typed])
    assert hour is not None
    assert (hour.at, hour.length, hour.bare) == (at, 1, True)


@pytest.mark.parametrize(
    "typed", ["25:00", "7:60", "7:5", "7:", "7:30:00", "18.75", "13 am", "20 Uhr morgens", "25 pm", "at 25", "24:01"]
)
def test_what_is_written_like_an_hour_and_is_none(typed: str) -> None:
    hour = read_hour(typed.split())
    assert hour is not None
    assert (hour.at, hour.length) == (None, len(typed.split()))


@pytest.mark.parametrize(
    "typed",
    ["", "syria", "24", "2460", "1999", "7.2", "1.5", "at", "7th", "a", "730", "one state", "once a week", "six"],
)
def test_what_is_no_hour(typed: str) -> None:
    assert read_hour(typed.split()) is None


def test_three_figures_are_an_hour_as_the_first_thing_typed() -> None:
    hour = read_hour(["730"], first=True)
    assert hour is not None
    assert (hour.at, hour.bare) == ("07:30", True)
    assert read_hour(["242"], first=True) is None


@pytest.mark.parametrize(("typed", "at", "odd"), [("1930", "19:30", False), ("2018", "20:18", True)])
def test_four_figures_that_a_clock_shows_may_be_an_hour_or_a_year(typed: str, at: str, odd: bool) -> None:
    assert read_hour([typed]) == Hour(at, 1, bare=True, halved=True, year=True, odd=odd)


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("7ish", "07:00"),
        ("7-ish pm", "19:00"),
        ("by 8", "08:00"),
        ("at about 8", "08:00"),
        ("no later than 8:30", "08:30"),
        ("shortly after 8pm", "20:00"),
        ("8 sharp", "08:00"),
        ("8 or so", "08:00"),
        ("ca. 8 Uhr", "08:00"),
        ("spätestens um 20 Uhr", "20:00"),
        ("aux alentours de 8h", "08:00"),
        ("a eso de las 8", "08:00"),
        ("не позже 8 вечера", "20:00"),
        ("8-9", "08:00"),
        ("8–9", "08:00"),
        ("7-9pm", "19:00"),
        ("11-1pm", "11:00"),
        ("8 to 9", "08:00"),
        ("9 to 5", "09:00"),
        ("between 8 and 9 in the evening", "20:00"),
        ("8:30-9:30", "08:30"),
        ("entre las 8 y las 9", "08:00"),
        ("с 8 до 9", "08:00"),
    ],
)
def test_an_hour_that_is_about_right(typed: str, at: str) -> None:
    hour = read_hour(typed.split())
    assert hour is not None
    assert (hour.at, hour.length) == (at, len(typed.split()))


@pytest.mark.parametrize("typed", ["9-8", "2017-2018", "8-syria", "by 2018", "english", "before syria"])
def test_what_is_not_about_an_hour(typed: str) -> None:
    hour = read_hour(typed.split())
    assert hour is None


def test_an_hour_of_every_evening() -> None:
    assert in_evening("08:30", night=False) == "20:30"
    assert in_evening("09:00", night=True) == "21:00"
    assert in_evening("02:00", night=True) == "02:00"


@given(st.lists(st.text(alphabet=st.sampled_from("0123456789:.hapmt ")), max_size=5))
def test_whatever_is_typed_gives_an_hour_that_a_clock_shows(words: list[str]) -> None:
    hour = read_hour(words)
    if hour and hour.at:
        assert clock(hour.at)
        assert 0 < hour.length <= len(words)
