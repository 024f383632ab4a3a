from __future__ import annotations

from itertools import pairwise

import pytest

from store.nearness import cost, is_exchanged, is_heard_alike


@pytest.mark.parametrize(
    ("typed", "likelier", "less_likely"),
    [
        ("wory", "worry", "work"),  # a letter that is doubled
        ("minsd", "minds", "minus"),  # two swapped
        ("weat", "west", "what"),  # a key beside the right one
        ("areb", "arab", "area"),  # as it is heard
        ("oposition", "opposition", "position"),
        ("ponald", "poland", "donald"),  # each in the other's place
        ("ehance", "enhance", "chance"),  # the first letter is right
        ("supplyy", "supply", "supplies"),
    ],
)
def test_what_fingers_and_ears_do_is_likelier(typed: str, likelier: str, less_likely: str) -> None:
    assert cost(typed, likelier) < cost(typed, less_likely)


@pytest.mark.parametrize(
    ("typed", "meant", "expected"),
    [
        ("aphrican", "african", True),
        ("intention", "intension", True),
        ("kemical", "chemical", True),
        ("arkitect", "architect", True),
        ("chemical", "kemical", False),  # nobody writes "ch" for "k"
        ("chair", "share", False),
    ],
)
def test_words_that_sound_the_same_are_told(typed: str, meant: str, expected: bool) -> None:
    assert is_heard_alike(typed, meant) is expected
    assert (cost(typed, meant) < 1) is expected


@pytest.mark.parametrize("word", ["", "a", "syria", "сирия", "中国"])
def test_a_word_costs_nothing_for_itself(word: str) -> None:
    assert cost(word, word) == 0


@pytest.mark.parametrize("typed", ["syrai", "syia", "ssyria", "syriaq", "xyria", "s", "", "сирия"])
def test_every_slip_costs_something(typed: str) -> None:
    assert cost(typed, "syria") > 0


def test_more_slips_cost_more() -> None:
    words = ["congress", "congres", "cngres", "cngrex"]
    assert all(cost(fewer, "congress") < cost(more, "congress") for fewer, more in pairwise(words))


@pytest.mark.parametrize(
    ("typed", "meant", "expected"),
    [
        ("sirya", "syria", True),
        ("syrai", "syria", True),
        ("gremnay", "germany", False),
        ("syria", "syria", False),
        ("syri", "syria", False),
    ],
)
def test_two_letters_are_told_that_stand_in_each_others_place(typed: str, meant: str, expected: bool) -> None:
    assert is_exchanged(typed, meant) is expected
