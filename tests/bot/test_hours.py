from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.hours import in_evening, read_hour
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
    ["", "syria", "24", "2254", "1999", "7.2", "1.5", "at", "7th", "a", "730", "one state", "once a week", "six"],
)
def test_what_is_no_hour(typed: str) -> None:
    assert read_hour(typed.split()) is None


def test_three_figures_are_an_hour_as_the_first_thing_typed() -> None:
    hour = read_hour(["730"], first=True)
    assert hour is not None
    assert (hour.at, hour.bare) == ("07:30", True)
    assert read_hour(["242"], first=True) is None
    assert read_hour(["1930"], first=True) is None


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
