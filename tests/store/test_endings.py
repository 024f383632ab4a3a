from __future__ import annotations

import pytest

from store.endings import root
from store.text import fold


@pytest.mark.parametrize(
    "forms",
    [
        ("Сирия", "Сирии", "Сирию", "Сирией"),
        ("сирийский", "сирийская", "сирийские"),
        ("Турция", "Турции"),
        ("Украина", "Украине", "Украину"),
        ("Syrien", "syrisch"),
        ("américain", "américaine", "américains"),
    ],
)
def test_forms_of_one_name_have_one_root(forms: tuple[str, ...]) -> None:
    assert len({root(fold(form)) for form in forms}) == 1


@pytest.mark.parametrize("word", ["中国", "भारत", "x", "мы"])
def test_a_word_without_known_endings_is_its_own_root(word: str) -> None:
    assert root(word) == word
