from __future__ import annotations

import pytest

from bot.rhythms import read_rhythm
from store.model import Rhythm


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
