from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.archive import Archive
from store.lexicon import Lexicon
from store.query import parse
from tests.builders import document, make_archive, passage


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    said = [
        passage("Sanctions against Syria. What about peace in Syria?", speaker="Ann Smith"),
        passage("The sanction hurt Germany.", document="other", speaker="Bob Jones", question="Who is Ann Smith?"),
        passage("The US and Syria. It is of use.", document="other", speaker="Bob Jones", position=1),
    ]
    documents = [document(speakers=("Ann Smith",)), document("other", speakers=("Bob Jones",))]
    with make_archive(tmp_path_factory.mktemp("meaning"), *said, documents=documents) as made:
        yield made


@pytest.mark.parametrize(
    ("typed", "forms"),
    [
        ("sanctions", {"sanctions", "sanction"}),
        ("sanctioning", {"sanctions", "sanction"}),  # a form that nobody used
        ("Syria", {"syria"}),
        ("sria", {"syria"}),
    ],
)
def test_a_word_stands_for_the_words_of_its_stem(archive: Archive, typed: str, forms: set[str]) -> None:
    [term] = Lexicon(archive).read(parse(typed)).sought.terms
    assert term.forms == forms


def test_an_abbreviation_has_no_other_forms(archive: Archive) -> None:
    [term] = Lexicon(archive).read(parse("US")).sought.terms
    assert term.forms == {"us"}


@pytest.mark.parametrize(
    ("typed", "corrected", "missing"),
    [
        ("syria", (), ()),
        ("sria germny", (("sria", "syria"), ("germny", "germany")), ()),
        ("syria zebra", (), ("zebra",)),
        ("zebra", (), ("zebra",)),
        ("syria 2254", (), ("2254",)),
        ("waht syria", (("waht", "what"),), ()),
        ("jnoes", (("jnoes", "jones"),), ()),  # a speaker's name that no text holds
        ("the", (), ()),
        ("what shall", (), ()),  # "shall" occurs nowhere, and says nothing
    ],
)
def test_what_became_of_the_words_is_told(
    archive: Archive, typed: str, corrected: tuple[tuple[str, str], ...], missing: tuple[str, ...]
) -> None:
    meaning = Lexicon(archive).read(parse(typed))
    assert meaning.corrected == corrected
    assert meaning.missing == missing


def test_a_slip_in_a_function_word_is_put_right_and_not_sought(archive: Archive) -> None:
    meaning = Lexicon(archive).read(parse("waht syria"))
    assert [term.word for term in meaning.sought.terms] == ["syria"]


def test_alone_a_slip_is_never_taken_for_a_function_word(archive: Archive) -> None:
    assert Lexicon(archive).read(parse("waht")).missing == ("waht",)


def test_words_of_one_stem_are_one_term(archive: Archive) -> None:
    assert len(Lexicon(archive).read(parse("sanctions sanction sanctioning")).sought.terms) == 1


def test_names_of_speakers_narrow_and_need_not_be_said(archive: Archive) -> None:
    meaning = Lexicon(archive).read(parse("ann smith syria"))
    assert meaning.speakers == ("Ann Smith",)
    assert meaning.every_word == '("syria")'
    assert not meaning.is_narrowed
    assert Lexicon(archive).read(parse("ann jones syria")).is_narrowed


def test_a_name_beside_a_word_that_nobody_said_finds_nothing(archive: Archive) -> None:
    meaning = Lexicon(archive).read(parse("ann zebra"))
    assert meaning.sought.terms == ()
    assert meaning.missing == ("zebra",)


def test_a_rare_word_weighs_more(archive: Archive) -> None:
    [rare, common] = Lexicon(archive).read(parse("syria germany")).sought.terms
    assert (rare.word, common.word) == ("germany", "syria")
    assert rare.weight > common.weight


def test_an_abbreviation_is_looked_for_with_and_without_dots(archive: Archive) -> None:
    assert Lexicon(archive).read(parse("US")).every_word == '("us" OR "u s")'
    assert Lexicon(archive).read(parse("US"), capitals=False).every_word == '("us")'


def test_nothing_is_sought_where_no_word_was_typed(archive: Archive) -> None:
    assert Lexicon(archive).read(parse("😀")).sought.terms == ()


def test_an_empty_archive_knows_no_word(tmp_path: Path) -> None:
    with make_archive(tmp_path) as empty:
        assert Lexicon(empty).read(parse("syria")).missing == ("syria",)


@pytest.mark.parametrize("typed", ["syria", "sria", "Сирии", "türkei", "hgjhg", "ann jones", "US", "germanny sanctons"])
def test_no_table_of_words_and_names_is_read_whole(archive: Archive, typed: str) -> None:
    """What is asked of them must not grow with the archive."""
    asked: list[str] = []
    archive._connection.set_trace_callback(asked.append)
    Lexicon(archive).read(parse(typed))
    archive._connection.set_trace_callback(None)
    steps = [step for one in asked if "SELECT" in one for *_, step in archive._all(f"EXPLAIN QUERY PLAN {one}")]
    assert len(steps) > 1
    assert [step for step in steps if re.match(r"SCAN (called|said|terms|persons|sounds|passages)\b", step)] == []
