from __future__ import annotations

import pytest

from store.endings import root, root_of_all
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


@pytest.mark.parametrize(
    ("name", "bent"),
    [("новая зеландия", "новои зеландии"), ("совет безопасности", "совета безопасности"), ("белыи дом", "белом доме")],
)
def test_a_name_of_several_words_has_one_root_in_any_case(name: str, bent: str) -> None:
    assert root_of_all(name) == root_of_all(bent) != ""


@pytest.mark.parametrize("name", ["сирия", "new zealand", ""])
def test_a_name_of_one_word_or_of_ascii_has_no_root_of_all(name: str) -> None:
    assert root_of_all(name) == ""
