"""Lines that ask, and which question a passage of a report answers."""

from __future__ import annotations

import pytest

from store.ingest.asking import Step, answered, asks, is_newest_first


@pytest.mark.parametrize(
    "line",
    [
        "A closing question on ties with Estonia.",
        "Lavrov is asked about the Kurdish issue.",
        "A Pakistani journalist asks about ties.",
        "And what is Russia's position?",
        "The topic turns to Syria.",
        "The foreign minister receives a question on Libya.",
    ],
)
def test_line_asks(line: str) -> None:
    assert asks(line)


@pytest.mark.parametrize(
    "line",
    [
        "Moving onto the final questions, after two hours.",
        "Plenty to reflect on.",
        "Lavrov brings the session to a close.",
    ],
)
def test_line_does_not_ask(line: str) -> None:
    assert not asks(line)


def said(text: str) -> Step:
    return Step(text, said=True)


def asked(text: str) -> Step:
    return Step(text, asked=True)


def test_answer_stands_behind_its_question() -> None:
    steps = [asked("A question on Libya."), said("He is hopeful."), said("The elections in Libya are important.")]
    assert answered(steps, newest_first=False) == {1: "A question on Libya.", 2: "A question on Libya."}


def test_answer_above_its_question_is_found_by_its_words_in_a_blog_that_runs_backwards() -> None:
    steps = [
        asked("A question on Libya."),
        said("He is hopeful."),
        said("On the naming row, he says Macedonia decides."),
        asked("What of the row over Macedonia?"),
        asked("A journalist asks about Pakistan."),
        said("He wants to work with Pakistan."),
    ]
    assert answered(steps, newest_first=True) == {
        1: "A question on Libya.",
        2: "What of the row over Macedonia?",
        5: "A journalist asks about Pakistan.",
    }
    assert answered(steps, newest_first=False)[1] == "A question on Libya."
    assert 2 not in answered(steps, newest_first=False)


def test_passage_without_a_certain_question_has_none() -> None:
    steps = [asked("A question on Libya."), said("He is hopeful."), said("Lavrov says the year was hard.")]
    assert 2 not in answered(steps, newest_first=True)


def test_follow_up_belongs_to_the_question_before_it() -> None:
    steps = [asked("What of Greece?"), asked("And what of Macedonia?"), said("Both matter.")]
    assert answered(steps, newest_first=False) == {2: "What of Greece? And what of Macedonia?"}


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["12:30 GMT He says.", "12:10 GMT He says.", "11:50 GMT He says."], True),
        (["10:15 GMT He says.", "10:40 GMT He says."], False),
        (["A closing question.", "Middle.", "The first question comes."], True),
        (["The first question comes.", "Middle.", "A closing question."], False),
        (["One.", "Two."], False),
    ],
)
def test_direction_of_a_blog(texts: list[str], expected: bool) -> None:
    assert is_newest_first(texts) is expected
