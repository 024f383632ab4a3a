from __future__ import annotations

import pytest

from store.spelling import corrections, lacking, lengths

KNOWN = {
    "syria": 40,
    "serbia": 3,
    "germany": 9,
    "merkel": 2,
    "venezuela": 3,
    "afghanistan": 1,
    "states": 50,
    "statue": 1,
    "stages": 7,
    "iraq": 5,
    "iran": 8,
    "what": 90,
    "g20": 4,
    "2254": 2,
    "congress": 3,
    "progress": 6,
}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sria", ("syria",)),  # a letter less, of four
        ("syyria", ("syria",)),  # a letter more
        ("zyria", ("syria",)),  # another first letter
        ("syrai", ("syria",)),  # two letters swapped count as one slip
        ("merkle", ("merkel",)),
        ("grmany", ("germany",)),
        ("venezuala", ("venezuela",)),
        ("afganistan", ("afghanistan",)),
        ("vanezuala", ("venezuela",)),  # two slips, of nine letters
        ("afgahnistn", ("afghanistan",)),
        ("srai", ()),  # two slips, of four letters
        ("germnay", ("germany",)),
        ("gremnay", ()),  # two slips, of seven
        ("sirya", ("syria",)),  # two letters in each other's place, of five
        ("gernamy", ("germany",)),
        ("nrai", ()),  # the same, of four
        ("phrogress", ("progress",)),
        ("coongres", ("congress",)),
        ("ocngress", ("congress",)),
        ("ocngres", ("congress",)),  # two slips, the first letter swapped, lacking, with a key beside it, or another
        ("vcongres", ("congress",)),
        ("xongresss", ("congress",)),
        ("tcongres", ()),
        ("merckel", ("merkel",)),
        ("sereya", ()),  # two slips, of six
        ("cogres", ("congress",)),  # two, where the right word has eight letters
        ("cxngrwss", ("congress",)),
        ("cxgress", ()),  # the same, but unlikely ones
        ("irn", ()),  # three letters
        ("syria", ()),  # known
        ("zebra", ()),
        ("2255", ()),  # a number is that number
        ("g22", ()),
        ("ira", ()),
        ("", ()),
        ("😀", ()),
    ],
)
def test_slips_are_forgiven_by_the_length_of_the_word(typed: str, meant: tuple[str, ...]) -> None:
    assert corrections(typed, KNOWN) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("weat", ("west", "what")),  # neighbours on the keyboard, and no function word
        ("gret", ("great", "get")),
        ("legl", ("legal", "legs")),
    ],
)
def test_the_likelier_slip_comes_first(typed: str, meant: tuple[str, ...]) -> None:
    assert corrections(typed, dict.fromkeys(meant, 5)) == meant


def test_a_function_word_is_no_likelier_for_being_frequent() -> None:
    assert corrections("wost", {"west": 20, "most": 200}) == ("west", "most")


def test_fewer_slips_come_first_then_the_more_frequent_word() -> None:
    assert corrections("irax", {"iraq": 5, "iran": 8}) == ("iran", "iraq")
    assert corrections("sanctiom", {"sanctions": 60, "sanction": 3}) == ("sanction", "sanctions")


def test_words_of_one_frequency_come_in_the_order_of_the_alphabet() -> None:
    assert corrections("bare", {"care": 1, "dare": 1, "bars": 1}) == ("bars", "care", "dare")


@pytest.mark.parametrize(
    ("typed", "between"),
    [("irn", (3, 3)), ("iraq", (3, 5)), ("sirya", (4, 7)), ("venezuala", (7, 11)), ("2254", (4, 4))],
)
def test_lengths_bound_the_words_that_can_be_meant(typed: str, between: tuple[int, int]) -> None:
    assert lengths(typed) == between


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("bck", ("back",)), ("irn", ("iran", "iron")), ("wra", ("war",)), ("2nd", ()), ("back", ()), ("ba", ())],
)
def test_a_word_of_three_letters_may_lack_one(typed: str, meant: tuple[str, ...]) -> None:
    assert lacking(typed, ("back", "iran", "iron", "black", "bank", "2and", "war")) == meant
