from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.tokens import Token, cut


@pytest.mark.parametrize(
    ("typed", "tokens"),
    [
        ("syria", [Token("syria", "syria")]),
        ("7:30, berlin", [Token("7:30", "7:30", comma=True), Token("berlin", "berlin")]),
        ("7:30,berlin", [Token("7:30", "7:30", comma=True), Token("berlin", "berlin")]),
        ("-sanctions", [Token("-sanctions", "sanctions", unwanted=True)]),
        ("—sanctions", [Token("—sanctions", "sanctions", unwanted=True)]),
        ('"arms  control"', [Token('"arms control"', "arms control", quoted=True)]),
        ("„arms control“;", [Token("„arms control“", "arms control", quoted=True, comma=True)]),
        ("-«arms control»", [Token("-«arms control»", "arms control", quoted=True, unwanted=True)]),
        ('"arms control', [Token('"arms', "arms"), Token("control", "control")]),
        ("+3 -4", [Token("+3", "3", signed=True), Token("-4", "4", unwanted=True, signed=True)]),
        ("(syria).", [Token("(syria).", "syria")]),
        ("-", [Token("-", "", unwanted=True)]),
        (" , ;", []),
        ("", []),
    ],
)
def test_words_and_phrases_with_their_signs(typed: str, tokens: list[Token]) -> None:
    assert list(cut(typed)) == tokens


@pytest.mark.parametrize("typed", ["-syria", '"syria"', "+3", "-3", "!", "😀"])
def test_what_may_not_be_anything(typed: str) -> None:
    [token] = cut(typed)
    assert not token.plain


@given(st.text(alphabet=st.sampled_from('ab 7:+-–,;"“”!😀')))
def test_no_letter_is_lost(typed: str) -> None:
    letters = "".join(filter(str.isalnum, typed))
    assert "".join(filter(str.isalnum, "".join(token.text for token in cut(typed)))) == letters
