from __future__ import annotations

from functools import cache

import pytest

from store.aliases import FILE, Aliases, Thing, read
from store.errors import UsageError
from tests.goldens import SEEDS


@cache
def as_it_comes() -> Aliases:
    return read((SEEDS / FILE).read_text(encoding="utf-8"))


def test_things_have_names_what_is_alike_and_what_is_wider() -> None:
    said = read('[[thing]]\nnames = ["U.N. Charter", "Charter"]\nalike = ["statute"]\nwider = ["Law"]\n')
    assert said.things == (Thing(("u n charter", "charter"), ("statute",), ("law",)),)
    assert said.warnings == ()


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["war", "WAR"], ("war",)),
        (["war", "Krieg", "ABM"], ("war", "krieg")),  # as German writes it
        (["Krieg", "war"], ("war",)),
    ],
)
def test_names_in_lower_case_are_no_abbreviations(names: list[str], words: tuple[str, ...]) -> None:
    assert read(f'[[thing]]\nnames = {names}\nwider = ["wars"]\n').things[0].in_lower_case == words


def test_names_that_hold_a_name_describe() -> None:
    said = read('[[thing]]\nnames = ["JCPOA", "Iranian nuclear deal", "Open Skies", "nuclear deal", "Iran"]\n')
    assert said.things[0].described == ("iranian nuclear deal",)


def test_names_with_letters_that_english_has_not_are_foreign() -> None:
    said = read('[[thing]]\nnames = ["Korea", "Corée", "North Korea’s"]\nwider = ["страна"]\n')
    assert said.things[0].foreign == ("coree", "страна")


UNITED = '[[thing]]\nnames = ["U.N.", "United Nations", "UN", "Vereinte Nationen"]\n'


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("UN Charter", {"united nations charter"}),
        ("United Nations Charter", {"un charter"}),
        ("Charter of the United Nations", {"charter of the un"}),
        ("Kim Jong Un", set()),
        ("Unfinished", set()),
    ],
)
def test_a_name_that_holds_another_things_is_known_with_each_of_its_names(name: str, others: set[str]) -> None:
    thing = read(f'{UNITED}[[thing]]\nnames = ["{name}", "Charter"]\n').things[1]
    assert {*thing.names} == {name.lower(), "charter"} | others


def test_what_is_alike_to_a_thing_is_to_all_its_proper_names() -> None:
    said = read(
        '[[thing]]\nnames = ["coronavirus", "COVID-19", "COVID", "ковид", "Corona"]\n'
        '[[thing]]\nalike = ["pandemic", "coronavirus"]\n'
    )
    assert said.things[1].alike == ("pandemic", "coronavirus", "covid 19", "covid")


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ('[[thing]]\nnames = ["one"]\n', "says nothing"),
        ('[[thing]]\nnames = ["a", "b"]\nother = ["c"]\n', "unknown key 'other'"),
        ('[[thing]]\nnames = "a"\nalike = ["b", "c"]\n', "is no list"),
        ('[[thing]]\nnames = ["a", "b", 3, "…"]\n', "is no name"),
        ("thing = [1]\n", "is no table"),
        ("things = 1\n", "unknown key 'things'"),
    ],
)
def test_what_can_not_be_used_is_left_out_with_a_warning(text: str, warning: str) -> None:
    assert any(warning in one for one in read(text).warnings)


def test_a_file_that_is_no_toml_is_an_error() -> None:
    with pytest.raises(UsageError, match=r"aliases\.toml is no TOML"):
        read("[[thing]")


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("obamacare", "affordable care act"),
        ("economic community of west african states", "ecowas"),
        ("us central command", "centcom"),
        ("gop", "republican party"),
        ("аборт", "abortion"),
        ("inteligencia artificial", "artificial intelligence"),
        ("mer noire", "black sea"),
    ],
)
def test_the_file_that_comes_with_the_texts_knows_things_of_politics_anywhere(name: str, other: str) -> None:
    aliases = as_it_comes()
    assert aliases.warnings == ()
    assert any({name, other} <= {*thing.names} for thing in aliases.things)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("single mothers", "sole parents"),
        ("greenhouse gases", "emissions"),
        ("traffic jams", "congestion"),
        ("civil servants", "bureaucrats"),
        ("juvenile delinquents", "young offenders"),
        ("vocational training", "apprenticeships"),
        *(("pontiff", "pope"), ("cosmonauts", "astronauts"), ("rate hikes", "raised rates"), ("prawns", "shellfish")),
    ],
)
def test_the_file_that_comes_with_the_texts_has_other_words_for_public_policy(typed: str, said: str) -> None:
    aliases = as_it_comes()
    assert any({typed, said} <= {*thing.alike} for thing in aliases.things)


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        *(("asylum", "snowden"), ("surveillance", "snowden"), ("asylum", "citizenship"), ("spies", "skripal")),
        *(("payments", "dollar"), ("money", "dollar"), ("drug", "vaccine"), ("penalties", "sanctions")),
        *(("restrictions", "sanctions"), ("rebels", "lugansk"), ("reunification", "crimea"), ("victory", "defeat")),
        *(("whistleblower", "snowden"), ("whistleblowers", "assange"), ("losses", "recession")),
        *(("pensioners", "elderly"), ("vaccine", "booster")),  # a rocket has one too
    ],
)
def test_a_broad_word_stands_for_no_one_person_or_place_nor_another_thing(typed: str, other: str) -> None:
    aliases = as_it_comes()
    meant = [{*thing.names, *thing.alike} for thing in aliases.things if typed in {*thing.alike, *thing.wider}]
    assert all(other not in names for names in meant)
