"""Who holds which office, as a text says, and whom a label that names an office alone means."""

from __future__ import annotations

from time import process_time

import pytest

from store.ingest.offices import holder_of, holders
from tests.store.ingest.test_transcript import read, texts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Remarks by President Ray and Vice President Lee at a ball",
            [("president", "Ray"), ("vice president", "Lee")],
        ),
        ("Remarks by President Lee Before Departure", [("president", "Lee")]),
        ("President of Poland Ann Lee spoke", [("president of poland", "Ann Lee")]),
        ("Joining us is the Prime Minister, Ann Lee. Good evening, Prime Minister.", [("prime minister", "Ann Lee")]),
        ("Today’s briefing by Ann Lee, Spokesperson for the Secretary-General", [("spokesperson", "Ann Lee")]),
        ("Welcome, Prime Minister. We know you are busy.", []),
    ],
)
def test_an_office_stands_before_or_behind_its_holder(text: str, found: list[tuple[str, str]]) -> None:
    assert [(" ".join(holder.office), holder.name) for holder in holders(text)] == found


def test_an_office_of_two_persons_means_neither_and_a_vice_president_is_no_president() -> None:
    both = tuple(holders("Talks of Prime Minister Ann Lee and Prime Minister Bob Ray, with Vice President Tom Oster"))
    assert holder_of("PRIME MINISTER", both) is None
    assert holder_of("THE PRESIDENT", both) is None
    assert holder_of("THE VICE PRESIDENT", both) == "Tom Oster"


def test_the_president_of_a_title_with_two_is_not_given_the_words_of_the_other() -> None:
    parsed = read(
        "Remarks by President Ray and Vice President Lee at a ball, Oslo, 1 March 2019",
        "THE VICE PRESIDENT: Good evening. We are glad.",
        "THE PRESIDENT: Thank you. We won.",
    )
    assert [(p.speaker, p.text) for p in parsed.passages] == [
        ("Lee", "Good evening. We are glad."),
        ("Ray", "Thank you. We won."),
    ]


def test_a_title_in_capitals_runs_on_behind_the_name() -> None:
    parsed = read(
        "Remarks by President Lee Honoring Farmers", "1 March 2019", "Q    Why now?", "THE PRESIDENT:  It is time."
    )
    assert parsed.document.speakers == ("Lee",)


def test_the_title_tells_who_is_meant_before_what_is_said_does() -> None:
    turns = [
        "THE PRESIDENT: I have spoken with President Ray of Denmark. We agree.",
        "Q Why?",
        "THE PRESIDENT: It is time.",
    ]
    assert read("Remarks by President Lee on fish", "1 March 2019", *turns).document.speakers == ("Lee",)


def test_an_office_is_read_with_the_name_that_a_label_or_the_greeting_gives_it() -> None:
    turns = ["FERN: Was it a surprise?", "PRIME MINISTER: It was.", "FERN: And now?", "PRIME MINISTER: We go on."]
    by_label = read(
        "Television interview - Evening",
        "1 March 2019",
        "KAY FERN, HOST: Prime Minister, welcome to the show. How are you?",
        "ANN LEE, PRIME MINISTER: Good evening.",
        *turns,
    )
    assert {p.speaker for p in by_label.passages} == {"Ann Lee"}
    greeted = "KAY FERN: Joining me is the Prime Minister, Ann Lee. Good evening. How are you?"
    by_greeting = read(
        "Prime Minister – Interview with Kay Fern, Daily News", "1 March 2019", greeted, "PRIME MINISTER: Fine.", *turns
    )
    assert {p.speaker for p in by_greeting.passages} == {"Ann Lee"}
    assert by_greeting.passages[-1].question == "And now?"


def test_an_office_that_nobody_is_said_to_hold_stands_for_its_holder() -> None:
    turns = [
        "MAX:",
        "Why are you here?",
        "PRIME MINISTER:",
        "It is a fine day.",
        "MAX:",
        "And?",
        "PRIME MINISTER:",
        "Rain.",
    ]
    parsed = read("Radio interview with Max Fern and Lu Kay, Valley Radio", "1 March 2019", *turns)
    assert {p.speaker for p in parsed.passages} == {"Prime Minister"}
    assert [p.question for p in parsed.passages] == ["Why are you here?", "And?"]
    assert read("Radio interview", "1 March 2019", *turns, speaker="Ann Lee").document.speakers == ("Ann Lee",)


def test_a_spokesman_is_the_one_whom_the_introduction_names() -> None:
    parsed = read(
        "Daily Press Briefing by the Office of the Spokesman",
        "1 March 2019",
        "The following is a near-verbatim transcript of today’s noon briefing by Bob Ray, Spokesman for the Director.",
        "I just want to flag that we are busy.",
        "Question: Is the Director well?",
        "Spokesman: He is.",
        "Question: And you?",
        "Spokesman: So am I.",
    )
    assert texts(parsed) == ["I just want to flag that we are busy.", "He is.", "So am I."]
    assert {p.speaker for p in parsed.passages} == {"Bob Ray"}


def test_a_long_text_is_read_in_a_time_that_grows_as_it_does() -> None:
    began = process_time()
    assert len(list(holders("President Ann Lee, Mayor, " * 2_000))) == 4_000
    assert process_time() - began < 4
