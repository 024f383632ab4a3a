"""Words of one stem: which are forms of one word, and which only come of the same one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from store.bending import DERIVED, RELATED, are_forms, related
from store.spellings import common_form
from store.stems import Stemmer

BENT = """
    sanction sanctions; sanctions sanctioned; country countries; crisis crises; speaks spoken; fight fought
    stop stopping; largest large; wish wishes; defense defences; programmes program; russia russias
"""
MADE = """
    immigrants immigration; elect election; elected elections; poisoned poisoning; developed development
    negotiations negotiating; culture cultural; territories territorial; employer employs; legally legal
    united unite; engineering engineers
    deterrent deterrence; independent independence; organizers organised; economical economic; conditions conditional
    radicalization radicalised; notoriously notorious; appointed appointment; critics criticism
"""
OTHERS = """
    capital capitalism; statue status; generous general; liberal liberated; intern internal; experiment experience
    universe universal; operator operations; organ organisation; import important; import importance
    communism communication; extremely extremism; national nationalisation; public publication; format formation
    person personal; moral morale; effect effective; author authority; executive execution; nation national
    international internal; department departed; late lately; likely likes; human humanism
    new news; units united; markets marketing; means meaning
"""


def pairs(listed: str) -> list[tuple[str, ...]]:
    return [tuple(pair.split()) for pair in listed.replace("\n", ";").split(";") if pair.strip()]


@pytest.fixture(scope="module")
def stemmer() -> Iterator[Stemmer]:
    stemmer = Stemmer()
    yield stemmer
    stemmer.close()


@pytest.mark.parametrize(("word", "other"), [*pairs(BENT), *pairs(MADE)])
def test_words_bent_or_made_by_rule_are_forms_of_one_word(word: str, other: str) -> None:
    assert are_forms(word, other)
    assert are_forms(other, word)


@pytest.mark.parametrize(("word", "other"), pairs(OTHERS))
def test_words_that_only_share_their_stem_are_words_of_their_own(word: str, other: str) -> None:
    assert not are_forms(word, other)
    assert not are_forms(other, word)


def test_every_word_of_the_table_shares_its_stem_and_stands_in_its_place(stemmer: Stemmer) -> None:
    lines = [line for line in DERIVED.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    table = [(word, others.split(" ")) for word, others in (line.split("\t") for line in lines)]
    stems = stemmer.stems({word for word, others in table for word in (word, *others)})
    assert [word for word, _ in table] == sorted({word for word, _ in table})
    for word, others in table:
        assert others == sorted({*others})
        assert all(word < other and stems[word] == stems[other] for other in others)
        assert all(common_form(one) == one for one in (word, *others))


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("destroyed", "destruction"),
        ("diplomats", "diplomacy"),
        ("expansion", "expand"),
        ("bureaucrats", "bureaucracy"),
        ("burglary", "burglar"),
    ],
)
def test_what_is_made_of_a_word_with_another_stem_is_known(word: str, other: str) -> None:
    assert other in related(word)
    assert not are_forms(word, other)


def test_every_word_of_the_other_table_is_known_by_each_that_it_knows() -> None:
    lines = [line for line in RELATED.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    table = {word: others.split(" ") for word, others in (line.split("\t") for line in lines)}
    assert list(table) == sorted(table)
    assert len(table) == len(lines)
    for word, others in table.items():
        assert others == sorted({*others} - {word})
        assert [other for other in others if word not in table.get(other, ())] == []
        assert all(common_form(one) == one for one in (word, *others))


@pytest.mark.parametrize("word", ["capital", "press", "syria", "xyzzy", ""])
def test_nothing_is_made_of_what_only_looks_like_it(word: str) -> None:
    assert related(word) == ()


@pytest.mark.parametrize(("word", "other"), [("hi", "his"), ("thi", "this"), ("most", "mostly")])
def test_a_function_word_is_a_form_of_none_that_is_no_function_word(word: str, other: str) -> None:
    assert not are_forms(word, other)
    assert not are_forms(other, word)
