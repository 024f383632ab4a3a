from __future__ import annotations

import pytest

from store.called import stretches_of


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("north korea", {"north", "north korea", "korea"}),
        ("syria syria", {"syria"}),  # a word twice is no name
        ("न स त न", {"न", "न स", "न स त", "न स त न", "स", "स त", "स त न", "त", "त न"}),
        ("न syria", {"न", "syria"}),
    ],
)
def test_stretches_that_may_be_names(typed: str, expected: set[str]) -> None:
    order = typed.split()
    assert {" ".join(order[first:last]) for first, last in stretches_of(order, set(order))} == expected


def test_names_have_so_many_words_at_most() -> None:
    order = [f"word{n}" for n in range(40)]
    assert max(last - first for first, last in stretches_of(order, order)) == len("abcdefg")
    assert max(last - first for first, last in stretches_of(["न"] * 40, ["न"])) < len(order)
    assert len([*stretches_of(["न"] * 100, ["न"])]) == len(["न"] * 100)  # no name, but a paragraph
