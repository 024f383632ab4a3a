from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.sounds import SHORTEST, near, resemble, same, sounds, ways
from store.text import fold


def known(name: str) -> list[tuple[str, str]]:
    return [(sound, name) for sound in sounds(name)]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        *(("Лавров", "lavrov"), ("Lawrow", "lavrov"), ("Lavroff", "lavrov"), ("Ławrow", "lavrov")),
        *(("Λαβρόφ", "lavrov"), ("Poutine", "putin"), ("Обама", "obama"), ("Меркель", "merkel")),
        *(("Selenskyj", "zelensky"), ("Зеленський", "zelenskyy"), ("Горбачёв", "gorbachev")),
        *(("Хрущёв", "khrushchev"), ("Khrouchtchev", "khrushchev"), ("Jelzin", "yeltsin"), ("Eltsine", "yeltsin")),
        *(("Sacharowa", "zakharova"), ("Loukachenko", "lukashenko"), ("Schoigu", "shoigu"), ("Choïgou", "shoigu")),
        *(("Netanjahu", "netanyahu"), ("Джонсон", "johnson"), ("Юнкер", "juncker"), ("Керри", "kerry")),
        *(("Lavrov", "лавров"), ("Lavrov", "λαβροφ"), ("Харрис", "harris"), ("Хегсет", "hegseth")),
        *(("Маккарти", "mccarthy"), ("Макдональд", "mcdonald"), ("MacDonald", "mcdonald"), ("Макрон", "macron")),
    ],
)
def test_a_name_sounds_the_same_however_it_is_spelt(typed: str, name: str) -> None:
    assert same(fold(typed), known(name)) == {name}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        *(("Лаврова", "lavrov"), ("Лаврову", "lavrov"), ("Путиным", "putin"), ("Обамы", "obama"), ("Обамой", "obama")),
        *(("Зеленского", "zelensky"), ("Зеленским", "zelensky"), ("Lawrows", "lavrov")),
    ],
)
def test_a_name_is_known_in_every_case(typed: str, name: str) -> None:
    assert same(fold(typed), known(name)) == {name}


def test_a_name_as_it_stands_goes_before_what_it_may_be_a_form_of() -> None:
    assert same("лаврова", known("lavrov") + known("lavrova")) == {"lavrova"}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        *(("Трамп", "trump"), ("Мэттис", "mattis"), ("Gorbatschow", "gorbachev"), ("Шрёдер", "schroeder")),
        *(("Рузвельт", "roosevelt"), ("Нетаньяху", "netanyahu"), ("Салливаном", "sullivan"), ("Трампа", "trump")),
    ],
)
def test_a_name_sounds_nearly_the_same_where_vowels_are_written_as_they_are_heard(typed: str, name: str) -> None:
    assert near(fold(typed), known(name)) == {name}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        *(("путана", "putin"), ("putain", "putin"), ("обман", "obama"), ("лавра", "lavrov"), ("марка", "merkel")),
        *(("трамвай", "trump"), ("may", "mei"), ("拉夫罗夫", "lavrov")),
    ],
)
def test_a_word_that_only_resembles_a_name_is_another(typed: str, name: str) -> None:
    assert not same(fold(typed), known(name))
    assert not near(fold(typed), known(name))


@given(st.text(max_size=40))
def test_whatever_is_typed_sounds_like_a_few_plain_letters_or_like_nothing(typed: str) -> None:
    found = sounds(fold(typed))
    assert len(found) <= 16
    assert all(len(sound) >= SHORTEST and sound.isascii() and sound.isalpha() for sound in found)


@pytest.mark.parametrize(
    ("typed", "name", "does"),
    [
        *(("Джейк", "jake", True), ("Анджей", "andrzej", True), ("Джо", "joe", True), ("Майкл", "michael", True)),
        *(("Джилл", "joe", False), ("Джо", "jill", False), ("Иван", "jake", False), ("", "joe", False)),
    ],
)
def test_given_names_resemble_each_other_by_their_consonants(typed: str, name: str, does: bool) -> None:
    assert resemble(fold(typed), name) == does


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        *(("Сноуден", "snowden"), ("Гейтс", "gates"), ("Стерджен", "sturgeon"), ("Ромни", "romney")),
        *(("Сингх", "singh"), ("Бернс", "burns"), ("Роджерс", "rodgers"), ("Блейк", "blake"), ("Харви", "harvey")),
        *(("Пауэлл", "powell"), ("Эйзенхауэр", "eisenhower")),
    ],
)
def test_an_english_name_is_known_as_it_is_heard_too(typed: str, name: str) -> None:
    assert same(fold(typed), [(sound, name) for sound in ways(name)]) == {name}
    assert sounds(name) <= ways(name)
