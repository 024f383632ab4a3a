from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.spellings import common_form, spelt


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("defence", "defense"),
        ("programme", "program"),
        ("normalise", "normalize"),
        ("organisations", "organizations"),
        ("analysed", "analyzed"),
        ("neighbouring", "neighboring"),
        ("centre", "center"),
        ("travelling", "traveling"),
        ("catalogue", "catalog"),
        ("judgement", "judgment"),
        ("licence", "license"),
        ("manoeuvres", "maneuvers"),
        ("paediatric", "pediatric"),
        ("rouble", "ruble"),
        ("tsars", "czars"),
        ("adviser", "advisor"),
    ],
)
def test_both_spellings_of_a_word_are_one(british: str, american: str) -> None:
    assert common_form(british) == common_form(american)


@pytest.mark.parametrize(("form", "word"), [("fought", "fight"), ("men", "man"), ("crises", "crisis"), ("won", "win")])
def test_irregular_forms_are_those_of_their_word(form: str, word: str) -> None:
    assert common_form(form) == common_form(word)


@pytest.mark.parametrize("word", ["size", "four", "other", "sense", "laboratory", "precise", "russia", "2254", "мир"])
def test_other_words_are_left_alone(word: str) -> None:
    assert common_form(word) == word


@given(st.text(max_size=20))
def test_the_common_form_is_its_own(word: str) -> None:
    assert common_form(common_form(word)) == common_form(word)


def test_a_name_is_spelt_as_others_spell_its_words() -> None:
    name = (("world", {"world", "worlds"}), ("trade", ()), ("organisation", {"organization", "organize"}))
    assert spelt(name) == ["world trade organisation", "world trade organization"]
