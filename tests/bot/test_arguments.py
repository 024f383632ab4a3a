from __future__ import annotations

import pytest

from bot.arguments import after_command, source_number


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/quote syria", "syria"),
        ("/quote@quotebot  arms\n control ", "arms control"),
        ("/quote\nsyria", "syria"),
        ("/quote,syria", ",syria"),
        ("/quote", ""),
        ("/quote /quote", "/quote"),
    ],
)
def test_what_stands_behind_a_command(text: str, words: str) -> None:
    assert after_command(text) == words


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("2", 2),
        ("#2", 2),
        ("no. 12", 12),
        ("№ 3", 3),
        ("2.", 2),
        ("0", 0),
        ("two", None),
        ("", None),
        ("1 2", None),
        ("9" * 20, None),
        ("-1", None),
    ],
)
def test_the_number_of_a_source(words: str, number: int | None) -> None:
    assert source_number(words) == number
