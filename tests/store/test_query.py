from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import UsageError
from store.query import LONGEST, MOST_WORDS, all_of, any_of, expression, parse, verbatim


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("syria", ("syria",)),
        ("  Syria\n SYRIA syria ", ("syria",)),
        ("What does he say about Syria?", ("syria",)),
        ("arms control", ("arms", "control")),
        ("assad's", ("assad",)),
        ("Assad’s", ("assad",)),
        ("doesn't want sanctions", ("want", "sanctions")),
        ("al-nusra", ("nusra",)),
        ("anti-Russian", ("anti", "russian")),
        ("co-governance", ("co", "governance")),
        ("non-state actors", ("non", "state", "actors")),
        ("resolution 2254", ("resolution", "2254")),
        ("Article 5", ("article", "5")),
        ("S-400", ("400",)),
        ("G20", ("g20",)),
        ("Türkiye", ("turkiye",)),
        ("Straße", ("strasse",)),
        ("мир в Сирии", ("мир", "в", "сирии")),
        ("中国", ("中国",)),
        ("سوريا", ("سوريا",)),
        ("U.N. reform", ("un", "reform")),
        ("US sanctions", ("us", "sanctions")),
        ("U.S. sanctions", ("us", "sanctions")),
        ("US-led coalition", ("us", "led", "coalition")),
        ("us sanctions", ("us", "sanctions")),  # no sentence begins with "us"
        ("let us impose sanctions", ("impose", "sanctions")),
        ("TELL US ABOUT SYRIA", ("syria",)),
        ("syria OR libya AND NOT iraq", ("syria", "libya", "iraq")),
        ('"space of chaos"', ("space", "chaos")),
        ("NEAR(syria libya)", ("near", "syria", "libya")),
        ("syria*", ("syria",)),
        ("-sanctions", ()),  # not wanted
        ("text:syria", ("text", "syria")),
        ("'); DROP TABLE passages; --", ("drop", "table", "passages")),
        ("snake_case", ("snake", "case")),
        ("syria 😀", ("syria",)),
    ],
)
def test_words_that_carry_the_subject_are_kept_in_order(typed: str, words: tuple[str, ...]) -> None:
    assert parse(typed).words == words


@pytest.mark.parametrize(
    ("typed", "words"), [("the", ("the",)), ("What is it?", ("what", "is", "it")), ("us", ("us",)), ("a", ("a",))]
)
def test_function_words_count_where_nothing_else_was_typed(typed: str, words: tuple[str, ...]) -> None:
    assert parse(typed).words == words


@pytest.mark.parametrize("typed", ["", " ", "\n\t", "\u00a0", "\u200b"])
def test_nothing_typed_is_wrong_use_with_a_hint(typed: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse(typed)
    assert "syria" in caught.value.hint


@pytest.mark.parametrize("typed", ['"', "*", "-", "😀", "()", "\x00", "…", "\ud800"])
def test_signs_are_no_words(typed: str) -> None:
    assert parse(typed).words == ()


@pytest.mark.parametrize(
    ("typed", "capitals"),
    [
        ("US sanctions", {"us"}),
        ("U.S. sanctions", {"us"}),
        ("us", {"us"}),
        ("us sanctions", {"us"}),
        ("russia us relations", {"us"}),
        ("russia-us relations", {"us"}),
        ("history of russia us relations", {"us"}),
        ("europe's dependence on us", {"us"}),
        ("an agreement with us on syria", {"us"}),
        ("what he wants from us", set()),
        ("bring us to the table", set()),
        ("they gave us chaos", set()),
        ("punish us", set()),
        ("NATO", set()),
    ],
)
def test_abbreviation_spelt_like_another_word_is_told_from_it(typed: str, capitals: set[str]) -> None:
    assert parse(typed).capitals == capitals


def test_every_word_keeps_its_place_for_phrases() -> None:
    assert parse("what is a space of chaos for?").order == ("what", "is", "a", "space", "of", "chaos")


def test_words_beyond_the_bound_are_counted_and_not_searched_for() -> None:
    query = parse(" ".join(f"w{number}" for number in range(MOST_WORDS + 3)))
    assert len(query.words) == MOST_WORDS
    assert query.dropped == 3


def test_a_text_too_long_is_read_from_its_beginning() -> None:
    query = parse("syria " + "." * LONGEST + " libya iraq")
    assert query.words == ("syria",)
    assert query.dropped == 2
    assert parse(" " * LONGEST + "syria").words == ("syria",)


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE said USING fts5 (text, tokenize='porter unicode61')")
    connection.execute("INSERT INTO said VALUES ('Peace in Syria and in the U.S. near Libya')")
    yield connection
    connection.close()


@given(typed=st.text(max_size=200))
def test_whatever_is_typed_is_data(index: sqlite3.Connection, typed: str) -> None:
    try:
        query = parse(typed)
    except UsageError:
        return
    assert len(query.words) <= MOST_WORDS
    assert len(set(query.words)) == len(query.words)
    assert query.capitals <= set(query.words)
    if query.words:
        groups = [expression([word]) for word in query.words]
        for match in (all_of(groups), any_of(groups)):
            index.execute("SELECT * FROM said WHERE said MATCH ?", (match,)).fetchall()


@pytest.mark.parametrize(
    ("match", "found"),
    [
        (all_of([expression(["syria"]), expression(["libya"])]), True),
        (all_of([expression(["syria"]), expression(["kosovo"])]), False),
        (any_of([expression(["syria"]), expression(["kosovo"])]), True),
        (expression(["kosovo", "u s"]), True),
        (expression(["s u"]), False),
        (expression(['li"bya']), False),
        (expression(["near"]), True),
    ],
)
def test_expressions_mean_what_they_say(index: sqlite3.Connection, match: str, found: bool) -> None:
    assert bool(index.execute("SELECT * FROM said WHERE said MATCH ?", (match,)).fetchall()) is found


def test_no_expression_of_nothing() -> None:
    assert all_of([]) == any_of([]) == ""


@pytest.mark.parametrize(
    ("typed", "corrected", "as_typed"),
    [
        ("kosvo war", (("kosvo", "kosovo"),), '"kosvo" war'),
        ("Lawrow", (("lawrow", "lavrov"),), '"Lawrow"'),
        ("Лавров", (("лавров", "lavrov"),), ""),
        ("by:Lawrow war", (("lawrow", "lavrov"),), ""),
        ("Лаврв", (("лаврв", "лавров"),), '"Лаврв"'),
        ("the mini sters", (("mini sters", "ministers"),), 'the "mini" "sters"'),
    ],
)
def test_words_as_typed_are_another_search_or_none(
    typed: str, corrected: tuple[tuple[str, str], ...], as_typed: str
) -> None:
    assert verbatim(typed, corrected) == as_typed
