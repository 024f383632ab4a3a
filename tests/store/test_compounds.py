from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from store.realwords import is_compound
from store.search import Search
from tests.builders import document, make_archive, passage

pytestmark = pytest.mark.usefixtures("each_road")


@pytest.mark.parametrize(
    ("typed", "said", "is_met"),
    [
        ("foreign exchange", "The foreign ministers exchange views.", False),
        ("foreign exchange", "They buy foreign exchange.", True),
        ("foreign exchange", "They buy foreign Chinese exchange.", True),
        ("foreign exchange", "The exchange of foreign money is free.", True),
        ("military service", "Turkish service personnel went there with the military police.", False),
        ("military service", "The service that he gave was military.", True),  # each stands by itself
        ("military service", "The service, ten years of it, was military, and hard.", True),
        (
            "military service",
            "The service was long, it was hard, nobody paid for it, and nothing of it was military.",
            False,
        ),
        ("trade unions", "The trade, and the economic union.", False),  # the head goes with another word
        ("trade unions", "The trade, and the union of writers.", False),  # so it does here
        ("trade unions", "The union has a trade of its own.", True),
        ("law firm", "The law stands on firm ground.", False),
        ("law firm", "The law is what this firm knows.", False),  # as little can be told of a verb
        ("law firm", "The law is what they do at a firm.", True),
        ("garden wall", "The garden gates have no stone wall.", False),  # each is another's, whatever English says
        ("garden wall", "The garden stone wall fell.", True),
        ("garden wall", "The garden has no stone wall.", True),
        ("garden wall", "The garden gates are in the wall.", True),
        ("president of france", "Of France, the presidents of two other countries knew nothing at all.", False),
        ("president of france", "France, and then the president of Chad.", False),
        ("president of france", "The president of the Republic of France.", True),
        ("president of france", "France has a president.", True),
        ("air base", "They struck an air force base.", True),
        ("air base", "They struck the air forces base.", False),  # hardly a plural
        ("stock exchange", "The stock they quickly exchange.", False),
        ("stock exchange", "The stock fully exchange.", False),
        ("nuclear proliferation", "The nuclear weapons non-proliferation system.", True),
        ("nuclear proliferation", "The nuclear weapons, and proliferation of arms.", False),
        ("olympic team", "The national team at the 2018 Olympic games.", True),
        ("olympic team", "The national team, at the 2018 Olympic games.", False),
        ("olympic team", "The national team knows the Olympic games.", False),
        ("foreign country", "It is their country’s foreign policy.", False),
        ("education research", "Private education and research work.", False),
        ("security forces", "The US forces, and all that for security.", False),  # no "us"
        ("security forces", "Our forces, and all that for security.", True),
        ("free trade area", "Free men trade in that area.", False),
        ("free trade area", "Free trade in that area.", True),
    ],
)
def test_words_that_name_one_thing_are_met_where_they_do(
    tmp_path: Path, typed: str, said: str, *, is_met: bool
) -> None:
    with make_archive(tmp_path, *map(passage, (said, "Nothing else."))) as archive:
        quotes = Search(archive).find(typed).quotes
    assert [quote.partial for quote in quotes] == [not is_met]


_MANY_MORE = ", or in the towns, ships, roads, camps, plants, schools, clubs, shops, banks, mines, woods, fields, hills"


@pytest.mark.parametrize(
    ("question", "said", "is_met"),
    [
        ("Was there a military coup?", "The service was long.", False),
        ("Were they with the military?", "The service was long.", True),
        ("Were they with the military?", "The space service was long.", False),
        ("Were they with the military?", "The new service was long.", True),  # which one, not of what kind
        (f"Were they with the military{_MANY_MORE}?", "The service was long.", False),  # not about each word of it
        ("What of the military service?", "It was long.", True),
        ("What of the military and its service?", "It was long.", True),
        ("Is the military police in the civil service?", "It was long.", False),
    ],
)
def test_question_has_a_part_of_the_name_only_where_the_word_stands_by_itself(
    tmp_path: Path, question: str, said: str, *, is_met: bool
) -> None:
    with make_archive(tmp_path, passage(said, question=question), passage("Nothing else.")) as archive:
        quotes = Search(archive).find("military service").quotes
    assert [quote.partial for quote in quotes] == [not is_met]


def test_what_speaks_of_one_thing_comes_first_unless_the_date_does(tmp_path: Path) -> None:
    old = passage("They sold much foreign exchange once, long ago, when it was the only money in town.", document="old")
    new = passage("Foreign ministers, foreign ministers, exchange and exchange views.", document="new")
    dates = [document(id="old", date=date(2001, 1, 1)), document(id="new", date=date(2018, 1, 1))]
    with make_archive(tmp_path, old, new, documents=dates) as archive:
        search = Search(archive)
        assert [quote.passage.document for quote in search.find("foreign exchange").quotes] == ["old", "new"]
        assert [quote.passage.document for quote in search.find("foreign exchange sort:date").quotes] == ["new", "old"]


_FAR = "It went on for a long time, in which much was said that nobody would care to hear again. That was all of it."


@pytest.mark.parametrize(
    ("typed", "said", "is_met"),
    [
        ("tillerson haley", f"It was Rex Tillerson. {_FAR} Nikki Haley spoke.", True),
        ("haley tillerson", f"It was Rex Tillerson. {_FAR} Nikki Haley spoke.", True),
        ("rex haley", f"It was Rex Tillerson. {_FAR} Nikki Haley spoke.", False),  # nobody's name
        ("tillerson envoy", f"It was Rex Tillerson. {_FAR} The new envoy spoke.", False),
    ],
)
def test_two_names_are_met_wherever_a_passage_has_both(tmp_path: Path, typed: str, said: str, *, is_met: bool) -> None:
    with make_archive(tmp_path, *map(passage, (said, "Nothing else."))) as archive:
        assert [quote.partial for quote in Search(archive).find(typed).quotes] == [not is_met]


@pytest.mark.parametrize(
    ("said", "is_met"),
    [
        ("China had a good year, and new cars.", False),
        ("China had a new year.", True),
    ],
)
def test_what_follows_in_an_answer_speaks_of_what_is_one_thing_too(tmp_path: Path, said: str, *, is_met: bool) -> None:
    with make_archive(tmp_path, *map(passage, (said, "New things."))) as archive:
        assert [quote.partial for quote in Search(archive).find("china new year").quotes] == [not is_met]


@pytest.mark.parametrize(("said", "is_met"), [("They sell foreign exchange.", True), ("They sell it.", False)])
def test_one_thing_is_looked_for_among_more_passages_than_are_compared(
    tmp_path: Path, said: str, *, is_met: bool
) -> None:
    many = [passage(f"Foreign ministers, foreign ministers exchange and exchange views, {n}.") for n in range(120)]
    with make_archive(tmp_path, *many, passage(f"{said} {'And so it goes on, for long. ' * 9}")) as archive:
        results = Search(archive).find("foreign exchange", limit=200)
    assert bool(results.apart) != is_met
    assert len({quote.passage.id for quote in results.quotes}) == results.total == 120 + is_met
    assert results.quotes[0].passage.text.startswith("They sell") == is_met


def test_many_passages_with_both_words_do_not_make_them_one(tmp_path: Path) -> None:
    said = [passage(f"Foreign ministers exchange views, {n}.") for n in range(12)]
    with make_archive(tmp_path, *said) as archive:
        assert Search(archive).find("foreign exchange").apart
    with make_archive(tmp_path, *said, passage("They sell foreign exchange.")) as archive:
        assert not Search(archive).find("foreign exchange").apart


@pytest.mark.parametrize(
    ("first", "last", "is_one"),
    [
        ("stock", "exchange", True),
        ("interest", "rate", True),
        ("trade", "unions", True),
        ("trades", "union", True),
        ("exchange", "stock", False),
        ("bolivia", "protests", False),
        ("tra", "de", False),
        ("пенсионная", "реформа", False),
        ("", "", False),
    ],
)
def test_pair_of_words_is_one_where_english_says_it_often(first: str, last: str, *, is_one: bool) -> None:
    assert is_compound(first, last) == is_one


def test_what_an_answer_has_in_two_passages_comes_first(tmp_path: Path) -> None:
    other = "The elections, the elections of last year, and elections before them."
    answer = [passage(said, question="And then?") for said in ("We met in our town.", "Their election was free.")]
    with make_archive(tmp_path, passage(other), *answer) as archive:
        results = Search(archive).find("elections in the town")
    assert not results.apart
    assert {quote.passage.text for quote in results.quotes[:2]} == {said.text for said in answer}


@pytest.mark.parametrize(("typed", "is_met"), [("elections in the eu", False), ("elections in the manner", True)])
def test_a_wording_that_lacks_a_name_is_not_that_which_was_typed(tmp_path: Path, typed: str, *, is_met: bool) -> None:
    said = "The elections in the towns.", "It has its way.", "The European Union (EU) is old.", "Its manner, too."
    with make_archive(tmp_path, *map(passage, said)) as archive:
        assert bool(Search(archive).find(typed).apart) != is_met
