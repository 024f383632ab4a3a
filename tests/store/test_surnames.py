from __future__ import annotations

import pytest

from store.surnames import Person, named


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("President Vladimir Putin said", [Person("putin", "vladimir")]),
        ("Chancellor of Germany Angela Merkel", [Person("merkel", "angela")]),
        ("Mr Torkunov has mentioned it", [Person("torkunov", "")]),
        ("US President Franklin D. Roosevelt", [Person("roosevelt", "franklin", "fdr", "franklin d roosevelt")]),
        ("the Secretary of State of the United States", []),
        ("the President of the Russian Federation", []),
        ("a minister resigned", []),
    ],
)
def test_persons_are_known_by_their_titles(text: str, found: list[Person]) -> None:
    assert list(named(text)) == found
