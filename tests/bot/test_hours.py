from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.hours import Hour, read_hour, read_rhythm
from store.model import Rhythm
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
        ("midnight", "00:00"),
        ("полдень", "12:00"),
        ("24:00", "00:00"),
        ("٧:٣٠", "07:30"),
    ],
)
def test_an_hour_as_it_is_typed(typed: str, at: str) -> None:
    words = typed.split()
    assert read_hour(words) == read_hour([*words, "berlin"]) == Hour(at, len(words))


@pytest.mark.parametrize(("typed", "at"), [("19", "19:00"), ("7", "07:00"), ("0", "00:00")])
def test_a_number_may_be_an_hour(typed: str, at: str) -> None:
    assert read_hour([typed]) == Hour(at, 1, bare=True)


@pytest.mark.parametrize(
    "typed", ["25:00", "7:60", "7:5", "7:", "7:30:00", "18.75", "13 am", "20 Uhr morgens", "25 pm", "at 25", "24:01"]
)
def test_what_is_written_like_an_hour_and_is_none(typed: str) -> None:
    assert read_hour(typed.split()) == Hour(None, len(typed.split()))


@pytest.mark.parametrize("typed", ["", "syria", "24", "2254", "1999", "7.2", "1.5", "at", "7th", "a"])
def test_what_is_no_hour(typed: str) -> None:
    assert read_hour(typed.split()) is None


@given(st.lists(st.text(alphabet=st.sampled_from("0123456789:.hapmt ")), max_size=5))
def test_whatever_is_typed_gives_an_hour_that_a_clock_shows(words: list[str]) -> None:
    hour = read_hour(words)
    if hour and hour.at:
        assert clock(hour.at)
        assert 0 < hour.length <= len(words)


@pytest.mark.parametrize(
    ("typed", "rhythm"),
    [
        ("daily", Rhythm.DAILY),
        ("Every day", Rhythm.DAILY),
        ("каждый день", Rhythm.DAILY),
        ("täglich", Rhythm.DAILY),
        ("tous les jours", Rhythm.DAILY),
        ("todos los días", Rhythm.DAILY),
        ("weekdays", Rhythm.WEEKDAYS),
        ("по будням", Rhythm.WEEKDAYS),
        ("werktags", Rhythm.WEEKDAYS),
        ("entre semana", Rhythm.WEEKDAYS),
        ("WEEKLY", Rhythm.WEEKLY),
        ("once a week", Rhythm.WEEKLY),
        ("еженедельно", Rhythm.WEEKLY),
        ("wöchentlich", Rhythm.WEEKLY),
    ],
)
def test_a_rhythm_as_it_is_typed(typed: str, rhythm: Rhythm) -> None:
    words = typed.split()
    assert read_rhythm(words) == read_rhythm([*words, "syria"]) == (rhythm, len(words))


@pytest.mark.parametrize("typed", ["", "day", "syria", "week"])
def test_what_is_no_rhythm(typed: str) -> None:
    assert read_rhythm(typed.split()) is None
