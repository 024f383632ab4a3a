"""Where a speech that no label opens begins and ends, and what is said of what is left out."""

from __future__ import annotations

import datetime as dt

import pytest

from store.errors import RefusedError
from store.ingest.parse import Parsed, parse
from store.model import Source

DAY = dt.date(2024, 9, 28)
OWN = [
    f"We came to the harbour on day {day} of the flood, and we shall stay here until it is over." for day in "abcdefgh"
]
TOLD = [
    f"The house number {name} was flooded to the ceiling, and nobody was there to help it out." for name in "abcdefgh"
]


def speech(text: str, title: str | None = None) -> Parsed:
    """Read a page as a speech of Ann Lee, as `sources.toml` says."""
    return parse(Source("a.txt", date=DAY, title=title, speaker="Ann Lee", kind="speech"), text)


def kept(parsed: Parsed) -> list[str]:
    """Return the texts of the passages."""
    return [passage.text for passage in parsed.passages]


@pytest.mark.parametrize("mark", ["* * *", r"\*\*\*", "—", "3"])
def test_what_parts_a_speech_ends_it_only_where_nobody_says_i_or_we_behind(mark: str) -> None:
    text = "\n\n".join(["The flood in the harbour", *OWN, mark, *TOLD, mark, *OWN[::-1], mark, *TOLD])
    parsed = speech(text)
    assert kept(parsed) == [*OWN, *TOLD, *OWN[::-1]]
    [warning] = parsed.warnings
    assert warning.line == 2 * (1 + 8 + 1 + 8 + 1 + 8) + 1
    assert f"reading stopped here, at “{mark.replace(chr(92), '')}”" in warning.reason


def test_a_few_lines_behind_asterisks_are_the_speakers_only_where_it_is_asserted() -> None:
    text = "\n\n".join(["Speech by Ann Lee, 28 September 2024", *OWN, "* * *", "We are a house of news."])
    assert kept(parse(Source("a.txt"), text)) == OWN
    assert kept(speech(text)) == [*OWN, "We are a house of news."]


@pytest.mark.parametrize(
    "line",
    [
        "I was in the hall and I saw how people wept at these words, said Bob Ray of the Daily News.",
        "We at the Daily News rely on readers like you, and we thank you for it.",
        "We sent our reporters to the harbour, and they work there still.",
        "We have been reading it closely, and we find that most of what she says here is false.",
    ],
)
def test_what_a_page_says_of_itself_behind_asterisks_is_nobodys(line: str) -> None:
    assert kept(speech("\n\n".join(["The flood in the harbour", *OWN, "* * *", line]))) == OWN


def test_running_text_behind_the_last_passage_is_told_with_its_line_and_what_to_do() -> None:
    text = "\n\n".join(["The flood in the harbour", *OWN, "Read also:", *OWN])
    [warning] = speech(text).warnings
    assert (warning.file, warning.line) == ("a.txt", 19)
    assert "“Read also:”" in warning.reason
    assert "take this line out" in warning.reason


def test_a_note_behind_a_speech_is_left_out_without_a_word() -> None:
    assert speech("\n\n".join(["The flood in the harbour", *OWN, "Read also:", TOLD[0]])).warnings == ()


@pytest.mark.parametrize(
    "title",
    [
        "The General Debate of the 79th Session of the United Nations General Assembly",
        "Address by Prime Minister LEE Ann at the Harbour",
        "Statement of the Republic of Northland to the United Nations",
        "Head of the Delegation of Northland to the General Debate of the United",
    ],
)
def test_speaker_and_kind_are_authority_enough_whatever_the_title_looks_like(title: str) -> None:
    assert kept(speech("\n\n".join([title, *OWN]))) == OWN


def test_a_title_that_gives_the_words_to_somebody_else_is_told() -> None:
    text = "\n\n".join(["Speech by Bob Ray at the harbour", *OWN])
    with pytest.raises(RefusedError, match=r"its title gives its words to Bob Ray, sources\.toml to Ann Lee"):
        speech(text)
    assert kept(speech(text, title="The flood in the harbour")) == OWN


def test_a_title_printed_twice_is_no_turn() -> None:
    title = "Ann Lee: Speech to the harbour on the flood"
    assert kept(speech("\n\n".join([title, title, *OWN]))) == OWN


def test_a_line_in_capitals_that_ends_with_a_comma_is_no_greeting() -> None:
    text = "\n\n".join(["Speech by Ann Lee", "STATEMENT IN THE HARBOUR,", "28 SEPTEMBER 2024", *OWN])
    assert kept(parse(Source("a.txt", date=DAY), text)) == OWN


def test_what_kind_of_text_a_page_is_is_no_label_of_a_turn() -> None:
    text = "\n\n".join(["The flood in the harbour", "Speech: Northland Party", *OWN])
    assert kept(speech(text)) == OWN
    assert {passage.speaker for passage in speech(text).passages} == {"Ann Lee"}


def test_a_speech_is_not_read_as_a_report_of_whom_it_names() -> None:
    ray = [f"Bob Ray said that the flood was over on day {day}, and Bob Ray went home to his house." for day in "ab"]
    text = "\n\n".join(["The flood of Bob Ray, 28 September 2024", *OWN, *ray])
    with pytest.raises(RefusedError, match=r"says I or we, as a speech does, and nothing tells whose"):
        parse(Source("a.txt", date=DAY), text)
    [warning] = parse(Source("a.txt", date=DAY, speaker="Bob Ray"), text).warnings
    assert "is left out" in warning.reason


def test_the_head_of_a_page_may_have_parts_that_end_as_sentences_do() -> None:
    head = [
        "Country Statement by the Minister",
        "ANN LEE, M.P.",
        "The Hall of the Harbour of Northland.",
        "28 September 2024",
    ]
    assert kept(speech("\n\n".join([*head, *OWN]))) == OWN


def test_how_hearers_are_addressed_is_no_label_of_a_turn_and_no_heading() -> None:
    greeted = [line for own in OWN[1:4] for line in ("Mr. President:", own)]
    lines = ["The flood in the harbour", OWN[0], *greeted, "Mr. President", "Excellencies", *OWN[4:]]
    assert [one for one in kept(speech("\n\n".join(lines))) if len(one) > 20] == OWN


def test_words_behind_the_labels_of_others_alone_are_told() -> None:
    lines = ["The flood in the harbour", *OWN[:2], "Bob Ray: So it is.", *OWN[2:], "Bob Ray: So it was."]
    assert any("label “Bob Ray”: 2 turns left out" in warning.reason for warning in speech("\n\n".join(lines)).warnings)


def test_a_sentence_above_what_looks_like_a_title_tells_that_it_is_none() -> None:
    lines = [*OWN, "Statement of the harbour on the flood", *OWN[::-1]]
    assert len(kept(speech("\n\n".join(lines)))) >= 16
