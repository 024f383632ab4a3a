"""Who a sentence gives its words to."""

from __future__ import annotations

import pytest

from store.ingest.clauses import clauses
from store.ingest.saying import Person

LAVROV = Person("Sergey Lavrov", ("russian foreign minister", "foreign minister", "minister"))


@pytest.mark.parametrize(
    "sentence",
    [
        "Lavrov says it is so.",
        "Lavov adds.",
        "It is so, said Sergey Lavrov.",
        "It is so, the Russian foreign minister says.",
        "He also notes it.",
        "Lavrov is asked about ties, and lists a range of areas.",
        "He then turns to Palestine, saying that it is so.",
        "According to Lavrov, it is so.",
        "Lavrov, however, has repeatedly stressed it.",
    ],
)
def test_person_says(sentence: str) -> None:
    assert any(clause.ours for clause in clauses(sentence, LAVROV))


@pytest.mark.parametrize(
    "sentence",
    [
        "Lavrov brings the session to a close.",
        "Lavrov is asked about Syria.",
        "He begins by welcoming the press.",
        "Lavrov continues on the theme.",
        "Could Lavrov clarify what Russia plans?",
        "Lavrova says so.",
        "Lavrov's aide arrived.",
        "Kuleba said that Lavrov was wrong.",
    ],
)
def test_person_does_not_say(sentence: str) -> None:
    assert not any(clause.ours for clause in clauses(sentence, LAVROV))


def test_words_handed_to_somebody_else_are_told_apart() -> None:
    found = clauses("Lavrov says the US told him it was over.", LAVROV)
    assert [clause.ours for clause in found] == [True, False]
