"""Whose turns of a transcript are kept."""

from __future__ import annotations

from tests.store.ingest.test_transcript import read


def test_an_interview_with_two_persons_keeps_the_turns_of_both_and_the_questions_of_the_outlet() -> None:
    turns = [
        "Daily News: Why now, minister?",
        "Lee: It is time.",
        "Oster: It is late.",
        "Lee: It is time all the same.",
    ]
    more = ["Daily News: Mr Oster, will you go?", "Oster: Rest.", "Daily News: Thank you both."]
    parsed = read("A quarrel. Interview with Minister Ann Lee and merchant Tom Oster, 1 March 2019", *turns, *more)
    assert [(p.speaker, p.text) for p in parsed.passages] == [
        ("Ann Lee", "It is time."),
        ("Tom Oster", "It is late."),
        ("Ann Lee", "It is time all the same."),
        ("Tom Oster", "Rest."),
    ]
    assert parsed.passages[-1].question == "Mr Oster, will you go?"


def test_who_asks_more_often_than_they_answer_is_not_whose_words_are_kept() -> None:
    turns = ["Newsday: Why now?", "Lee: Why not?", "Newsday: Is it time?", "Lee: It is time."]
    assert {p.speaker for p in read("A talk by the sea, 1 March 2019", *turns).passages} == {"Lee"}


def test_a_turn_that_asks_is_no_title() -> None:
    title = "A quarrel by the sea. Who of them is to go to the north"
    parsed = read(title, "1 March 2019", *["Newsday: Is it not time now?", "Lee: It is time."] * 2)
    assert parsed.document.title == title
