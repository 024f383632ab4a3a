from __future__ import annotations

from collections.abc import Collection

from store.answers import Answers


def test_a_word_is_asked_for_once_even_where_nothing_is_known_of_it() -> None:
    asked: list[str] = []

    def lengths(words: Collection[str]) -> dict[str, int]:
        asked.extend(words)
        return {word: len(word) for word in words if word != "nothing"}

    known = Answers(lengths, 0)

    assert known.of(["peace", "nothing"]) == {"peace": 5, "nothing": 0}
    assert known.of(["nothing", "war", "peace", "war"]) == {"nothing": 0, "war": 3, "peace": 5}
    assert asked == ["peace", "nothing", "war"]


def test_what_is_forgotten_is_asked_for_again() -> None:
    known = Answers(lambda words: {word: word.upper() for word in words}, "")
    many = [f"word{number}" for number in range(10_000)]

    assert known.of(["first", *many])["first"] == "FIRST"
    assert known.of([*many, "first", "last"]) == {word: word.upper() for word in (*many, "first", "last")}
