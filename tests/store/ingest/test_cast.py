"""Whose turns of a transcript are kept."""

from __future__ import annotations

import pytest

from store.errors import RefusedError
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


JOINT = "Remarks by Minister Ann Lee at a joint press conference with Minister Bob Ray, 1 March 2019"


def test_a_question_is_that_of_who_speaks_first_behind_it() -> None:
    turns = [
        "Question: Minister Lee, why now?",
        "Ann Lee: It is time.",
        "We are late.",
        "Bob Ray: May I add something?",
    ]
    parsed = read(JOINT, *turns, "Ann Lee: Do.")
    assert [p.question for p in parsed.passages] == ["Minister Lee, why now?"] * 2 + [None, None]


def test_who_gives_the_floor_asks_nothing() -> None:
    turns = ["Moderator: We begin with statements. Minister, please.", "Ann Lee: It is time.", "Bob Ray: It is late."]
    parsed = read(
        JOINT, *turns, "Moderator: Is it?", "Bob Ray: It is.", "Host: Thank you.", "Ann Lee: Good night to all."
    )
    assert [p.question for p in parsed.passages] == [None, None, "Is it?", None]


def test_whom_the_title_calls_the_moderator_asks() -> None:
    turns = ["Nils Ray: Why now?", "Ann Kay: It is time.", "Bob Oster: It is late.", "Nils Ray: Is it?"]
    parsed = read("Debate of Ann Kay and Bob Oster, moderated by Nils Ray, 1 March 2019", *turns, "Bob Oster: It is.")
    assert parsed.document.speakers == ("Ann Kay", "Bob Oster")
    assert [p.question for p in parsed.passages] == ["Why now?", None, "Is it?"]


def test_turns_that_are_left_out_are_warned_of_by_label() -> None:
    turns = ["Question: Why now?", "Ann Lee: It is time.", "Carl Oster: It is late.", "Carl Oster: Much too late."]
    asked = ["Nils Kay: Is it over?", "Ann Lee: No.", "Q: And the sea?", "A: It is cold.", "Carl Oster: Thank you."]
    warned = [(w.line, w.reason) for w in read(JOINT, *turns, *asked).warnings]
    assert warned == [
        (7, "label “Carl Oster”: 2 turns left out, as the title names nobody so"),
        (
            17,
            "label “A”: 1 turn left out, as other answers are labelled by name; if it is theirs, name it so",
        ),
    ]
    assert read(JOINT, *turns, *asked, speaker="Ann Lee").warnings == ()


HEARING = ("Hearing of the Committee on the Sea", "Friday, 1 March 2019")


def test_a_heading_below_the_first_turns_is_no_title() -> None:
    turns = [
        "Mr. Oster. The committee will come to order.",
        "STATEMENT OF ANN LEE, DIRECTOR OF THE HARBOUR",
        "Mr. Oster. Why now?",
    ]
    parsed = read(
        *HEARING, *turns, "Ms. Lee. It is time.", "Mr. Oster. Thank you. We meet again on Monday.", "Ms. Lee. So we do."
    )
    assert parsed.document.title == HEARING[0]
    assert str(parsed.document.date) == "2019-03-01"
    assert [(w.line, w.reason) for w in parsed.warnings] == [
        (5, "label “Oster”: 2 turns left out, as the title names nobody so")
    ]


def test_turns_above_what_is_taken_for_the_title_are_warned_of() -> None:
    turns = ["Ann Lee: It is late.", JOINT, "Question: Why now?", "Ann Lee: It is time.", "Bob Ray: It is."]
    assert [(w.line, w.reason) for w in read("1 March 2019", *turns).warnings] == [
        (3, "label “Ann Lee”: 1 turn left out, above what is taken for the title")
    ]


def test_lines_of_others_among_a_speakers_are_warned_of() -> None:
    told = ["> The sea is a grave.", "(Recording of Bob Ray:) “No.”", "- Why now?", "- It is time.", "We wait."]
    parsed = read(
        "Remarks by Ann Lee", "1 March 2019", "Ann Lee: I am glad.", *told, "Ann Lee: We go on.", "So we do.", "I do."
    )
    assert [(w.line, w.reason) for w in parsed.warnings] == [
        (7, "1 line left out, set apart as a quotation"),
        (9, "1 line left out, told of the speaker or of others, or played"),
        (11, "2 lines left out, a dialogue behind dashes that does not say whose each is"),
    ]


def test_remarks_of_two_persons_are_those_of_both_and_of_none_where_no_label_tells_whose_is_what() -> None:
    title = "Remarks by Vice President Lee and President Ray-Oster of Norway before their meeting"
    parsed = read(title, "1 March 2019", "VICE PRESIDENT LEE: We are glad.", "PRESIDENT RAY-OSTER: So are we.")
    assert [(p.speaker, p.text) for p in parsed.passages] == [("Lee", "We are glad."), ("Ray-Oster", "So are we.")]
    with pytest.raises(RefusedError, match="those of Lee and Ray-Oster, and no labels tell"):
        read(
            "Joint statement by President Lee and President Ray-Oster",
            "1 March 2019",
            "We are united.",
            "We stand firm.",
        )


def test_a_surname_is_that_of_the_person_in_the_title_not_of_another_in_the_text() -> None:
    parsed = read(
        "Press briefing by Press Secretary Ann Ray-Lee and Tom Oster",
        "1 March 2019",
        "MS. RAY-LEE: Welcome to Tom and Kay Oster.",
        "MR. OSTER: Thank you. We came far.",
        "Q Why now?",
        "MR. OSTER: It is time.",
    )
    assert [p.speaker for p in parsed.passages] == ["Ann Ray-Lee", "Tom Oster", "Tom Oster"]


def test_a_debate_between_two_keeps_the_turns_of_both() -> None:
    intro = "Following is a transcript of the debate between Ann Lee and Bob Ray, moderated by Kay Fern at the college."
    turns = ["FERN: Why now?", "LEE: It is time.", "RAY: It is late.", "FERN: Is it?", "RAY: Yes."]
    parsed = read("Transcript of the First Debate", "1 March 2019", intro, *turns)
    assert [p.speaker for p in parsed.passages] == ["Ann Lee", "Bob Ray", "Bob Ray"]


def test_labels_without_anybody_announced_are_named_in_the_refusal() -> None:
    with pytest.raises(RefusedError, match=r"labelled \(“Lee”, “Ray”\), but nothing tells whose words are wanted"):
        read("By the sea, an afternoon", "1 March 2019", "Lee: Good.", "Ray: Better.", "Lee: Best.", "Ray: Well.")


PANEL = "Panel discussion: The future of the sea"


@pytest.mark.parametrize(
    "turns",
    [
        ["Moderator: Why now?", "Ann Lee: It is time.", "Bob Ray: Is it not late? It is.", "Cid Moe: So it is."],
        ["Kay Fern: Good evening. Why now?", "Ann Lee: It is time.", "Bob Ray: It is.", "Cid Moe: So it is."],
        ["Kay Fern: With us are Ann Lee and Bob Ray.", "Ann Lee: It is time.", "Bob Ray: It is.", "Cid Moe: It is."],
        [
            "Moderated by Kay Fern",
            "FERN: Welcome. It is time.",
            "ANN LEE: It is.",
            "BOB RAY: It is.",
            "CID MOE: It is.",
        ],
        ["Ann Lee: It is time.", "Bob Ray: It is.", "Cid Moe: So it is.", "Tom Oster (Daily News): Why? Thank you."],
    ],
)
def test_all_who_are_heard_in_a_panel_are_kept_but_not_who_leads_it(turns: list[str]) -> None:
    more = ["Ann Lee: We go on.", "Bob Ray: We do.", "Cid Moe: So we do.", "Kay Fern: Thank you."]
    parsed = read(PANEL, "1 March 2019", *turns, *more)
    assert {p.speaker for p in parsed.passages} == {"Ann Lee", "Bob Ray", "Cid Moe"}


def test_of_a_panel_whose_title_names_who_speaks_only_these_are_kept() -> None:
    turns = ["Kay Fern: Why now?", "Ann Lee: It is time.", "Bob Ray: It is late.", "Kay Fern: Is it?", "Ann Lee: Yes."]
    parsed = read("Panel discussion with Ann Lee on the sea", "1 March 2019", *turns, "Bob Ray: Yes.")
    assert [p.speaker for p in parsed.passages] == ["Ann Lee", "Ann Lee"]


@pytest.mark.parametrize(
    ("label", "speaker"), [("AMBASSADOR LI", "Li"), ("MS. MCRAY", "McRay"), ("LEE", "Lee"), ("DF", "DF")]
)
def test_a_name_in_capitals_is_written_as_elsewhere_on_the_page(label: str, speaker: str) -> None:
    turns = ["Question: Why now?", f"{label}: It is time.", "Question: And then?", f"{label}: Rest."]
    parsed = read("Press briefing in Oslo", "1 March 2019", "Lee and McRay met the press, which was kind.", *turns)
    assert {p.speaker for p in parsed.passages} == {speaker}


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Sea Weekly", "The harbour is busy."),
        ("Nordlys", "The harbour is busy."),
        ("Kay Fern", "Welcome to our talk on the sea."),
        ("Kay Fern", "The hall is full, as our paper has counted."),
    ],
)
def test_neither_the_outlet_nor_who_welcomes_to_a_panel_is_heard_for_themselves(label: str, said: str) -> None:
    turns = [f"{label}: {said}", "Ann Lee: It is time.", "Bob Ray: It is.", f"{label}: The ships are late."]
    parsed = read(PANEL, "1 March 2019", *turns, "Ann Lee: We go on.", "Bob Ray: We do.", outlet="Nordlys")
    assert {p.speaker for p in parsed.passages} == {"Ann Lee", "Bob Ray"}
    assert any(f"label “{label}”: " in warning.reason for warning in parsed.warnings)


def test_in_a_panel_a_word_that_stands_once_before_a_dash_is_no_person() -> None:
    turns = ["Ann Lee – It is time.", "Bob Ray – It is.", "Ann Lee – We go on.", "Peace – That is our aim."]
    parsed = read(PANEL, "1 March 2019", *turns, "Bob Ray – We do.", "Ann Lee – We rest.")
    assert {p.speaker for p in parsed.passages} == {"Ann Lee", "Bob Ray"}
    assert [warning.reason for warning in parsed.warnings] == [
        "label “Peace”: 1 turn left out, as nothing tells who speaks there"
    ]


@pytest.mark.parametrize(
    ("turn", "why"),
    [
        ("Kay Fern: I welcome our guests.", "who leads such a talk is not heard in it"),
        ("Daily News: The harbour is busy.", "it is the outlet’s, or speaks for it"),
        ("Cid Moe: Our next question is by Kay Fern.\n\nKay Fern: The ships are late.", "it asks"),
        ("Mr. Chairman: The ships are late.", "nothing tells who holds that office"),
        ("THE WITNESS: The ships are late.", "nothing tells who that is; where it is one person, say `speaker`"),
    ],
)
def test_why_somebody_is_not_heard_in_a_panel_is_said(turn: str, why: str) -> None:
    turns = [turn, "Ann Lee: It is time.", "Bob Ray: It is.", "Ann Lee: We go on.", "Bob Ray: We do."]
    parsed = read(PANEL, "1 March 2019", *turns)
    assert {p.speaker for p in parsed.passages} >= {"Ann Lee", "Bob Ray"}
    assert any(f": 1 turn left out, as {why}" in warning.reason for warning in parsed.warnings)


TRIAL = [
    "MR. FERN: The harbour calls Ann Lee.",
    "ANN LEE, having been sworn, took the stand.",
    "MR. FERN: Where were you?",
    "THE WITNESS: I was in the harbour.",
    "MS. HOLM: I object to that.",
    "THE COURT: It is late.",
    "MR. FERN: I ask you what you saw.",
    "THE WITNESS: Two ships.",
    "MS. HOLM: The harbour rests.",
    "MR. FERN: So do we.",
    "COURT REPORTER: Speak up.",
]


def test_who_is_labelled_by_a_part_alone_is_nobody_and_said_to_be() -> None:
    parsed = read("Hearing on the harbour", "1 March 2019", *TRIAL)
    assert {p.speaker for p in parsed.passages} == {"Fern", "Holm"}
    assert "ANN LEE, having been sworn, took the stand." not in [p.text for p in parsed.passages]
    left = {warning.reason.partition(":")[0] for warning in parsed.warnings}
    assert {"label “THE WITNESS”", "label “THE COURT”", "label “COURT REPORTER”"} < left


def test_who_is_asked_under_a_part_alone_is_whom_the_entry_names() -> None:
    parsed = read("Before the harbour court", "1 March 2019", *TRIAL, speaker="Ann Lee")
    assert [(p.speaker, p.text) for p in parsed.passages] == [
        ("Ann Lee", "I was in the harbour."),
        ("Ann Lee", "Two ships."),
    ]
    with pytest.raises(RefusedError, match=r"labelled \(“THE WITNESS”, .*say `speaker`"):
        read("Before the harbour court", "1 March 2019", *TRIAL[2:4], "THE WITNESS: I was.")


def test_answers_of_a_deposition_are_those_of_whom_its_title_names() -> None:
    turns = ["Q. Where were you?", "A. In the harbour.", "MS. HOLM: I object.", "Q. And then?", "A. We sailed."]
    parsed = read("Deposition of Ann Lee", "1 March 2019", *turns)
    assert [(p.speaker, p.text) for p in parsed.passages] == [("Ann Lee", "In the harbour."), ("Ann Lee", "We sailed.")]


@pytest.mark.parametrize("behind", [":", ""])
def test_in_a_call_for_investors_all_are_heard_but_who_is_called_to_ask(behind: str) -> None:
    turns = [
        ("Operator", "Welcome to the call of Herring."),
        ("Ann Lee", "We had a good quarter."),
        ("Bob Ray", "Our costs rose."),
        ("Operator", "Our first question comes from the line of Kay Fern with the Harbour Bank."),
        ("Kay Fern", "I wanted to hear more of the price."),
        ("Ann Lee", "It will rise. Bob, will you go on?"),
        ("Bob Ray", "It will rise twice."),
        ("Kay Fern", "I am glad of it."),
    ]
    lines = [f"{name}: {said}" for name, said in turns] if behind else [line for turn in turns for line in turn]
    parsed = read("Herring ASA Q1 2019 Earnings Call Transcript", "1 March 2019", *lines)
    assert [(p.speaker, p.text) for p in parsed.passages] == [turns[at] for at in (1, 2, 5, 6)]
    assert "label “Kay Fern”: 2 turns left out, as it asks" in [warning.reason for warning in parsed.warnings]


def test_in_a_call_for_investors_a_company_speaks_of_its_viewers_and_readers() -> None:
    turns = ["Ann Lee: Our viewers stay, and so do our readers.", "Bob Ray: Our costs rose.", "Ann Lee: They fall now."]
    parsed = read("Herring TV Q1 2019 Earnings Call Transcript", "1 March 2019", *turns, "Bob Ray: So they do.")
    assert {p.speaker for p in parsed.passages} == {"Ann Lee", "Bob Ray"}


CALL = "Herring ASA Q1 2019 Earnings Call Transcript"
REPORTED = ("Ann Lee: We had a good quarter.", "Bob Ray: Our costs fell.")
THANKED = ("Ann Lee: Thank you, Kay.", "Bob Ray: We thank you.")


@pytest.mark.parametrize(
    "remark",
    [
        ("Operator: Go ahead.", "Kay Fern: I just wanted to say how impressed we are with the margins."),
        ("Operator: We go on with Kay Fern.", "Kay Fern: That is a fine quarter for a year like this one."),
        ("Kay Fern: Great quarter, guys. Congratulations.",),
        (
            "Kay Fern: What of the price?",
            "Ann Lee: It will rise.",
            "Kay Fern: That is helpful, I go back to the queue.",
        ),
        ("Kay Fern: What of the price? I see it rose.", "Ann Lee: It did.", "Kay Fern: That is helpful."),
    ],
)
@pytest.mark.parametrize("alone", [True, False])
def test_who_is_heard_first_in_a_call_behind_the_operator_or_to_ask_or_praise_is_not_of_the_company(
    remark: tuple[str, ...], alone: bool
) -> None:
    turns = [*REPORTED, *remark, *THANKED]
    if alone:
        turns = [turn for turn in turns if not turn.startswith("Bob")] + ["Cid Moe: Why?", "Ann Lee: It is time."]
    speakers = {passage.speaker for passage in read(CALL, "1 March 2019", *turns).passages}
    assert speakers == ({"Ann Lee"} if alone else {"Ann Lee", "Bob Ray"})


@pytest.mark.parametrize(
    "handed",
    [
        ("Operator: We will now hear from Bob Ray.", "Bob Ray: Our costs fell."),
        ("Ann Lee: I hand over to Bob.", "Bob Ray: Our costs fell."),
        ("Operator: Go ahead.", "Kay Fern: Why?", "Ann Lee: Bob will say.", "Bob Ray: Our costs fell."),
    ],
)
def test_who_is_handed_a_call_over_or_answers_in_it_is_of_the_company(handed: tuple[str, ...]) -> None:
    parsed = read(CALL, "1 March 2019", "Operator: Welcome.", REPORTED[0], *handed, "Ann Lee: So it is.")
    assert {passage.speaker for passage in parsed.passages} == {"Ann Lee", "Bob Ray"}


def test_a_call_in_which_nobody_asks_is_that_of_the_one_who_speaks_for_the_company() -> None:
    parsed = read(CALL, "1 March 2019", REPORTED[0], "Kay Fern: Congrats, guys.", THANKED[0])
    assert {passage.speaker for passage in parsed.passages} == {"Ann Lee"}


SITTING = [
    "MR. MOE asked the Minister for Harbours why the ships were late.",
    "THE ASSISTANT MINISTER FOR HARBOURS (Ms. Lee) : Sir, the ships were late.",
    "MR. MOE: Sir, they sank.",
    "THE MINISTER—GENERAL OF SHIPS (Mr. Kay): Sir, I rise.",
    "MS. LEE: Sir, they float.",
    "MR. arap OSTER: Sir, they do.",
    "MR. MOE: Sir, one sank.",
    "ARCHBISHOP 0STER: Sir, it floats.",
    "THE MINISTER FOR HEALTH: Sir, all are well.",
    "MS. LEE: So they are.",
]


@pytest.mark.parametrize(
    "title", ["Hansard of the second day", "The House met at two o'clock", "Work session of the city: council meeting"]
)
def test_all_members_who_are_named_in_a_sitting_are_heard(title: str) -> None:
    parsed = read(title, "1 March 2019", *SITTING)
    assert [(p.speaker, p.text) for p in parsed.passages] == [
        ("Lee", "Sir, the ships were late."),
        ("Moe", "Sir, they sank."),
        ("Lee", "Sir, they float."),
        ("arap Oster", "Sir, they do."),
        ("Moe", "Sir, one sank."),
        ("Lee", "So they are."),
    ]
    left = [warning.reason.partition(":")[0] for warning in parsed.warnings]
    assert {"label “THE MINISTER FOR HEALTH”", "label “ARCHBISHOP 0STER”"} <= set(left)
