from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.presses import (
    LIMIT,
    AnyQuote,
    Ask,
    Context,
    DayPage,
    Hit,
    KeptHit,
    NewDocuments,
    Place,
    Press,
    Removal,
    SourceCard,
    SourceList,
    decode,
    encode,
    fits,
)

IDS = st.from_regex(r"[A-Za-z0-9_-]{1,32}", fullmatch=True)
TAGS = st.from_regex(r"[0-9a-f]{16}", fullmatch=True)
PLACES = st.integers(0, 999_999)
PRESSES: st.SearchStrategy[Press] = st.one_of(
    st.builds(KeptHit, st.integers(0, 10**18 - 1), PLACES),
    st.builds(Place, PLACES, PLACES),
    st.builds(Context, IDS),
    st.builds(AnyQuote, IDS | st.just("")),
    st.builds(DayPage, st.integers(1, 12), st.integers(1, 31), st.none() | st.integers(1, 9999), PLACES),
    st.builds(SourceList, PLACES, st.booleans()),
    st.builds(SourceCard, IDS),
    st.builds(NewDocuments, TAGS, PLACES, st.booleans()),
    st.builds(Removal, TAGS),
)


@given(PRESSES)
def test_a_press_comes_back_as_it_went_out_and_fits(press: Press) -> None:
    assert decode(encode(press)) == press
    assert 0 < len(encode(press).encode()) <= LIMIT


@given(st.text(min_size=1), PLACES)
def test_words_that_fit_travel_with_the_button(words: str, at: int) -> None:
    if fits(words):
        for press in (Hit(words, at), Ask(words)):
            assert decode(encode(press)) == press
            assert len(encode(press).encode()) <= LIMIT


@pytest.mark.parametrize(
    ("words", "they_fit"),
    [("syria", True), ("a" * 56, True), ("a" * 57, False), ("я" * 28, True), ("я" * 29, False), ("🙂" * 15, False)],
)
def test_what_fits_is_counted_in_bytes(words: str, they_fit: bool) -> None:
    assert fits(words) is they_fit


@pytest.mark.parametrize(
    "garbled",
    [
        *"""
        x h h1 h1: hx:syria h-1:syria h99999999:syria k1:x k:1 n1 c c../etc d l d9:9: d0207:18:0 l1? s ٣ h٣:syria
        w1:0 x0 x0123456789abcdeg
        """.split(),
        "",
        "syria quote",
        "c" + "a" * 33,
    ],
)
def test_what_no_button_of_ours_carries_is_none(garbled: str) -> None:
    assert decode(garbled) is None


@given(st.text(max_size=64))
def test_no_bytes_break_decoding(written: str) -> None:
    decode(written)
