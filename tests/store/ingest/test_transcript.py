"""Transcripts of other layouts than the seeds': whose turns are kept, and what is left out."""

from __future__ import annotations

from datetime import date

import pytest

from store.errors import RefusedError
from store.ingest.parse import Parsed, parse
from store.model import Source

REMARKS = "Minister Ann Lee’s remarks and answers to questions, Oslo, 1 March 2019"
INTERVIEW = "Minister Ann Lee’s interview with the Daily News, 1 March 2019"


def read(*lines: str, **entry: str | date) -> Parsed:
    return parse(Source("a.txt", **entry), "\n\n".join(lines))  # type: ignore[arg-type]


def texts(parsed: Parsed) -> list[str]:
    return [passage.text for passage in parsed.passages]


def test_turns_of_the_person_the_title_announces_are_kept_with_their_questions() -> None:
    parsed = read(
        INTERVIEW,
        "Question: Why now?",
        "Ann Lee: Because it is time.",
        "We have waited.",
        "Question: And then?",
        "Ann Lee: Rest.",
    )
    assert texts(parsed) == ["Because it is time.", "We have waited.", "Rest."]
    assert [p.question for p in parsed.passages] == ["Why now?", "Why now?", "And then?"]
    assert {(p.attribution, p.speaker) for p in parsed.passages} == {("spoken", "Ann Lee")}


def test_what_the_outlet_says_of_the_speaker_at_the_end_is_not_the_speakers() -> None:
    parsed = read(
        INTERVIEW,
        "Question: Why now?",
        "Ann Lee: Because it is time.",
        "We have waited.",
        "Ann Lee is the foreign minister of Norway. She was born in 1950.",
        "Read more about Norway.",
    )
    assert texts(parsed) == ["Because it is time.", "We have waited."]


@pytest.mark.parametrize(
    ("asking", "answering"),
    [
        ("QUESTION:", "MINISTER LEE:"),
        ("Q:", "A:"),
        ("Q.", "A."),
        ("Q.:", "A.:"),
        ("**Question:**", "**Ann Lee:**"),
        ("Question (retranslated from German):", "Ann Lee (in English):"),
        ("Bob Ray (Daily News):", "Ann Lee:"),
        ("BR:", "Ann Lee:"),
        ("BOB RAY:", "MIN. LEE:"),
        ("Вопрос:", "Ann Lee:"),
        ("记者：", "Ann Lee："),
    ],
)
def test_labels_of_many_houses_open_turns(asking: str, answering: str) -> None:
    parsed = read(
        INTERVIEW,
        f"{asking} Why is it now?",
        f"{answering} Because it is time.",
        f"{asking} And what then?",
        f"{answering} We rest.",
    )
    assert texts(parsed) == ["Because it is time.", "We rest."]
    assert [p.question for p in parsed.passages] == ["Why is it now?", "And what then?"]
    assert {p.speaker for p in parsed.passages} == {"Ann Lee"}


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("A word on the sea and on what swims in it, 1 March 2019", "Ann Lee:"),
        ("Ann Lee speaks of the sea and of what swims in it, 1 March 2019", "Lee:"),
        ("Minister Ann Lee answers a question, 1 March 2019", "A:"),
        ("Interview with Minister Ann Lee, 1 March 2019", "A:"),
    ],
)
def test_a_single_answer_is_a_turn(title: str, label: str) -> None:
    parsed = read(title, "Question: Why now?", f"{label} Because it is time.")
    assert [(p.speaker, p.text, p.question) for p in parsed.passages] == [
        ("Ann Lee", "Because it is time.", "Why now?")
    ]
    assert parsed.document.outlet is None


def test_text_of_a_label_may_stand_on_the_next_line() -> None:
    parsed = read(INTERVIEW, "Question:", "Why now?", "Ann Lee:", "Because it is time")
    assert texts(parsed) == ["Because it is time"]


@pytest.mark.parametrize("entry", [{}, {"speaker": "Ann Lee", "kind": "press conference"}])
def test_where_labels_stand_above_their_turns_so_does_that_of_who_speaks_once(entry: dict[str, str]) -> None:
    turns = ["GUS CHANDLER:", "It is an honour to have the minister here.", "ANN LEE:", LONG, "Question:", "Why?"]
    parsed = read(INTERVIEW, *turns, "ANN LEE:", "Because.", **entry)
    assert texts(parsed) == [LONG, "Because."]


@pytest.mark.parametrize("label", ["Kay and Gus", "Gus et Kay ", "**Kay & Gus**"])
def test_what_several_say_at_once_who_are_labelled_alone_elsewhere_is_not_the_speakers(label: str) -> None:
    turns = ["Kay: Why now?", f"Ann Lee: {LONG}", "Gus: And then?", "Ann Lee: We rest.", "Kay: So?", "Gus: Or?"]
    parsed = read(
        INTERVIEW, *turns, "Ann Lee: It is so.", f"{label}: Thank you, minister.", "Ann Lee: Fish and salt: no."
    )
    assert texts(parsed) == [LONG, "We rest.", "It is so.", "Fish and salt: no."]


@pytest.mark.parametrize("suffix", ["Jr.", "Sr.", "III"])
def test_what_tells_a_person_from_a_namesake_stands_in_a_label(suffix: str) -> None:
    turns = [f"Tom R. Oster, {suffix}: Are you?", f"Ann Lee: {LONG}", f"Tom R. Oster, {suffix}: I am …", "Ann Lee: No."]
    parsed = read(INTERVIEW, *turns, f"Tom R. Oster, {suffix}: Thank you.")
    assert texts(parsed) == [LONG, "No."]


def test_a_journalist_labelled_once_closes_the_turn() -> None:
    parsed = read(
        INTERVIEW,
        "Question: Why now?",
        "Ann Lee: It is time.",
        "Bob Ray (Daily News): Do you agree with Carl?",
        "Ann Lee: I do.",
    )
    assert texts(parsed) == ["It is time.", "I do."]
    assert parsed.passages[1].question == "Do you agree with Carl?"


def test_two_labels_that_recur_are_two_persons_however_alike() -> None:
    parsed = read("Interview with Nils Larsen, 1 March 2019", *["Larson: Was it you?", "Larsen: No."] * 2)
    assert texts(parsed) == ["No.", "No."]


def test_a_paragraph_with_a_colon_is_no_turn() -> None:
    parsed = read(
        INTERVIEW,
        "Question: Why now?",
        "Ann Lee: It is time.",
        "Remember: we were eleven.",
        "Minsk agreements: nobody kept the agreements.",
    )
    assert len(parsed.passages) == 3


def test_remarks_before_the_first_label_are_the_speakers() -> None:
    parsed = read(REMARKS, "Dear friends,", "We meet at a hard time.", "Question: Why now?", "Ann Lee: It is time.")
    assert texts(parsed) == ["Dear friends,", "We meet at a hard time.", "It is time."]
    assert [p.question for p in parsed.passages] == [None, None, "Why now?"]
    assert [p.formula for p in parsed.passages] == [True, False, False]


def test_a_speaker_may_thank_a_minister_at_the_end() -> None:
    parsed = read(
        INTERVIEW, "Question: Why now?", "Ann Lee: It is time.", "I thank the minister from Denmark for his help."
    )
    assert texts(parsed)[-1] == "I thank the minister from Denmark for his help."


def test_an_interviews_lead_is_the_outlets() -> None:
    parsed = read(
        INTERVIEW, "We met her by the sea, and our talk was long.", "Question: Why now?", "Ann Lee: It is time."
    )
    assert texts(parsed) == ["It is time."]


def test_an_introduction_that_tells_of_the_speaker_is_the_outlets() -> None:
    parsed = read(
        REMARKS,
        "The forum meets each year. The Minister opened it with these words.",
        "Friends,",
        "I wish you well.",
        "After her speech the Minister toured the hall with a man who said: “I like it.”",
    )
    assert texts(parsed) == ["Friends,", "I wish you well."]


@pytest.mark.parametrize(
    "body",
    [
        [
            "On March 1 the Minister met the council.",
            "The sides exchanged views on matters of mutual interest, and on trade.",
        ],
        [
            "Western capitals reacted with anger to the remarks by Lee.",
            "Markets fell, and analysts expect the dispute to last.",
        ],
    ],
)
def test_what_tells_of_a_speech_in_the_third_person_never_passes_for_it(body: list[str]) -> None:
    with pytest.raises(RefusedError):
        read("Press release on Minister Ann Lee’s speech at the council, 1 March 2019", *body)


def test_a_speech_under_another_name_than_the_entrys_is_refused() -> None:
    with pytest.raises(RefusedError):
        read(REMARKS, "Dear friends,", "I thank you all for coming.", speaker="Bob Ray")


@pytest.mark.parametrize(
    "tail",
    [
        ["Popular articles", "20 October 2018", "The president offers condolences..."],
        ["Advanced settings"],
        ["Other news", "Ann Lee: We will respond", "2 March 2019"],
        ["https://example.org/next", "Read on there."],
        ["Дополнительные материалы", "Посольство"],
        ["This interview has been edited and condensed.", "Bob Ray writes about the sea."],
        ["Question: What of Bellingcat? Answer: There is no contradiction."],
        ["The interview was conducted in English."],
        ["Das Interview führte Bob Ray."],
        ["Entretien réalisé par Bob Ray."],
        ["Traducción: Bob Ray."],
        ["Беседовал Роберт Рэй."],
        ["Bob Ray is a reporter of the Daily News."],
        ["The Daily News thanks the minister for her time."],
        ["The minister left the hall by a side door."],
        ["Bob Ray spoke to the minister in Oslo."],
        ["* The council of fishermen. – Ed."],
        ["-- This transcript may contain errors."],
        ["About the council: eleven members, founded in 1950."],
        ["The council sits until Friday. Questions go to press@example.org."],
        ["The foreign minister then met Nils Ray, who said: “I have waited for it.”"],
    ],
)
def test_what_follows_the_text_is_left_out(tail: list[str]) -> None:
    parsed = read(INTERVIEW, "Question: Why now?", "Ann Lee: It is time.", "We have waited long enough for it.", *tail)
    assert texts(parsed) == ["It is time.", "We have waited long enough for it."]


SPEECH = "Speech by Minister Ann Lee at the council, Oslo, 1 March 2019"
SAID = ("Dear friends,", "We meet at a hard time, and we know that it is hard.")


@pytest.mark.parametrize(
    "thanks", ["I thank you.", "We go on. Thank you for your attention.", "[Applause]", "Thank you."]
)
def test_what_nobody_says_as_i_behind_the_thanks_that_end_a_speech_may_be_the_outlets(thanks: str) -> None:
    said = [*SAID, thanks] if thanks != "[Applause]" else [*SAID]
    parsed = read(
        SPEECH, *SAID, thanks, "(Applause.)", "God bless the north.", "The guests went to the harbour. It was dark."
    )
    assert texts(parsed) == [*said, "God bless the north."]
    asked = read(INTERVIEW, "Question: Why?", f"Ann Lee: {SAID[1]}", thanks, "The guests went to the harbour.")
    assert texts(asked) == said[1:]


@pytest.mark.parametrize(
    "lines",
    [
        ["Thank you.", "Let me add that we shall go on.", "The sea is cold."],
        ["Thank you.", "The sea is cold.", "We shall go on."],
        ["(Applause.)", "The sea is cold, and you know it."],
        ["I wish to thank the council for its work.", "The sea is cold."],
    ],
)
def test_thanks_and_applause_that_do_not_end_a_speech_are_followed_by_more_of_it(lines: list[str]) -> None:
    parsed = read(SPEECH, *SAID, *lines)
    assert texts(parsed) == [*SAID, *(line for line in lines if line != "(Applause.)")]


def test_thanks_that_open_a_speech_do_not_end_it() -> None:
    lines = ["Thank you.", "The sea is cold.", "The boats are old."]
    assert texts(read(SPEECH, *lines, speaker="Ann Lee", kind="speech")) == lines


@pytest.mark.parametrize("aside", ["(Laughter.)", "[Applause]", "On fisheries", "Answers to media questions:", "Share"])
def test_asides_within_the_text_are_left_out(aside: str) -> None:
    parsed = read(REMARKS, "I thank you all.", aside, "Question: Why now?", "Ann Lee: It is time.")
    assert texts(parsed) == ["I thank you all.", "It is time."]


@pytest.mark.parametrize(
    "lines",
    [
        ["The minister paused and looked at the sea."],
        ["“And the north?” Bob Ray asked."],
        ["Bob Ray of the Daily News asks about the north."],
        ["Minister Lee was given a glass of water."],
        ["(Interrupting) But why?"],
        ["Voice: Louder!"],
        ["Hon. members: Oh!"],
        ["Several hon. Members: Hear, hear!"],
        ["Spokesman: Last question, please."],
        ["The Chair: Order.", "We go on."],
        ["Member of the audience: Shame!"],
        ["Clip: The minister has no plan."],
        ["The minister turns to her colleague."],
        ["The crowd applauded."],
        ["“We know,” the mayor adds, smiling."],
        ["“We know,” said Nils Ray."],
        ["The guests rose to their feet."],
        ["— But why?", "— Because it is cold.", "— And then?"],
        ["— But why? — Bob Ray insists.", "— Because it is cold."],
        ["[Interpreter: the north.]"],
        ["Translator’s note: the north."],
    ],
)
def test_what_the_outlet_and_others_say_between_the_speakers_words_is_not_the_speakers(lines: list[str]) -> None:
    parsed = read(INTERVIEW, "Question: Why now?", "Ann Lee: It is time.", *lines, "Question: And?", "Ann Lee: Rest.")
    assert texts(parsed) == ["It is time.", "Rest."]


@pytest.mark.parametrize("label", ["Spokesman:", "Kay:", "Oster:"])
def test_a_line_with_a_label_that_comes_once_is_not_the_speakers_whoever_comes_next(label: str) -> None:
    asked = ["Question: Why now?", "Ann Lee: It is time.", "Bob Kay of the Daily News was there."]
    turns = ["Bob Ray, Daily News: And?", "Ann Lee: Rest."]
    parsed = read(INTERVIEW, *asked, f"{label} Last one.", *turns)
    assert "Last one." not in " ".join(texts(parsed))
    assert texts(parsed)[-1] == "Rest."


@pytest.mark.parametrize("line", ["First: the sea is cold.", "Example: the boats are an example."])
def test_a_word_before_a_colon_that_is_no_name_is_the_speakers(line: str) -> None:
    parsed = read(INTERVIEW, "Question: Why now?", "Ann Lee: It is time.", line, "Question: And?", "Ann Lee: Rest.")
    assert texts(parsed) == ["It is time.", line, "Rest."]


def test_what_is_called_in_between_brackets_parts_the_speakers_words() -> None:
    parsed = read(REMARKS, "We meet at a hard time. (Interruption: “Shame!”) We go on. [Laughter] So be it.")
    assert texts(parsed) == ["We meet at a hard time.", "We go on. [Laughter] So be it."]


def test_who_the_speaker_says_has_asked_and_points_behind_dashes_are_the_speakers() -> None:
    said = ["Bob Ray asked me about the north.", "— first, the sea is cold;", "— second, the boats are old."]
    parsed = read(INTERVIEW, "Question: Why now?", "Ann Lee: It is time.", *said, "Question: And?", "Ann Lee: Rest.")
    assert texts(parsed) == ["It is time.", *said, "Rest."]


def test_what_the_outlet_says_was_asked_is_the_question_of_what_follows() -> None:
    parsed = read(
        REMARKS, "We meet at a hard time.", "Bob Ray of the Daily News asked about the north.", "We rest there."
    )
    assert [(p.text, p.question) for p in parsed.passages][1:] == [
        ("We rest there.", "Bob Ray of the Daily News asked about the north.")
    ]


def test_an_answer_behind_somebody_elses_statement_answers_no_earlier_question() -> None:
    turns = ["Bob Ray: I do not agree.", "Ann Lee: So be it.", "Bob Ray: Good."]
    parsed = read(REMARKS, "Question: Why now?", "Ann Lee: It is time.", *turns)
    assert [p.question for p in parsed.passages] == ["Why now?", None]


def test_in_an_interview_with_somebody_by_somebody_the_first_one_answers() -> None:
    title = "Interview with Minister Ann Lee by Bob Ray, 1 March 2019"
    parsed = read(title, *["Ray: Why now?", "Lee: It is time."] * 2)
    assert {(p.speaker, p.text) for p in parsed.passages} == {("Ann Lee", "It is time.")}


def test_where_nobody_else_is_labelled_what_stands_before_the_speakers_next_label_is_somebody_elses() -> None:
    parsed = read(INTERVIEW, "Why now?", "Ann Lee: It is time.", "Tell us of the sea.", "Ann Lee: It is cold.")
    assert [(p.text, p.question) for p in parsed.passages] == [
        ("It is time.", None),
        ("It is cold.", "Tell us of the sea."),
    ]


def test_where_each_paragraph_has_the_label_one_without_it_is_the_speakers_unless_it_asks() -> None:
    own = ["Ann Lee: It is time.", "Ann Lee: We have waited.", "Ann Lee: We go on.", "There is more to say."]
    parsed = read(REMARKS, *own, "Ann Lee: We rest.", "And the fish?", "Ann Lee: They too.", "Ann Lee: So it is.")
    assert texts(parsed) == [
        *("It is time.", "We have waited.", "We go on.", "There is more to say.", "We rest.", "They too.", "So it is.")
    ]


def test_where_questions_are_labelled_nobody_else_asks() -> None:
    title = "Interview with Minister Ann Lee, 1 March 2019"
    parsed = read(title, "Question: Why now?", "Bob Ray: It is time.", "Ann Lee: It is not.", "Bob Ray: It is.")
    assert [(p.text, p.question) for p in parsed.passages] == [("It is not.", None)]


def test_the_second_principal_has_the_name_that_the_title_gives_in_full() -> None:
    title = "Remarks by Minister Ann Lee at a joint press conference with Minister Bob Ray, 1 March 2019"
    parsed = read(title, *["MINISTER LEE: It is time.", "MINISTER RAY: I agree."] * 2)
    assert parsed.document.speakers == ("Ann Lee", "Bob Ray")


def test_a_page_that_begins_with_a_question_loses_no_answer_to_its_title() -> None:
    parsed = read(
        "OSLO, 1 March 2019.", "Question: Why now?", "Ann Lee: It is time, and we have waited long enough for it."
    )
    assert len(parsed.passages) == 1


def test_of_two_principals_each_has_their_own_words() -> None:
    title = "Remarks by Minister Ann Lee at a joint press conference with Minister Bob Ray, 1 March 2019"
    parsed = read(
        title, "Question: Why now?", "Ann Lee: It is time.", "Bob Ray: I agree.", "Ann Lee: Good.", "Bob Ray: Yes."
    )
    assert [(p.speaker, p.text) for p in parsed.passages] == [
        ("Ann Lee", "It is time."),
        ("Bob Ray", "I agree."),
        ("Ann Lee", "Good."),
        ("Bob Ray", "Yes."),
    ]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["Minister Ann Lee’s interview with the Daily News", "Question: Why?", "Ann Lee: It is time."], "date"),
        (
            ["A word on the sea and on what swims in it, 1 March 2019", "Q: Why now?", "A: It is time."],
            "whose the answers",
        ),
        ([INTERVIEW, "Q. Why now?", "It is time.", "Q. And then?", "We rest by the sea."], "no answers are"),
        (["A recipe for soup, 1 March 2019", "Boil the water. Add salt."], "speaker's words"),
        (["\u00a0"], "no text"),
    ],
)
def test_refusals_say_why(lines: list[str], reason: str) -> None:
    with pytest.raises(RefusedError) as refused:
        read(*lines)
    assert reason in refused.value.reason


def test_a_time_in_brackets_beside_a_label_is_no_words_and_tells_a_label_that_comes_once() -> None:
    parsed = read(
        "Press conference of Minister Ann Lee",
        "1 March 2019",
        "Ann Lee: (00:22)\nGood evening. We begin.",
        "Kay: (01:02)\nWhy is it now?",
        "Ann Lee: (01:09)\nBecause it is time.",
        "[01:20:03] BOB RAY: And then, minister?",
        "[01:20:09] ANN LEE: We rest.",
        "Speaker 3: (01:30)\nIt is late, I think.",
    )
    assert texts(parsed) == ["Good evening. We begin.", "Because it is time.", "We rest."]
    assert [p.question for p in parsed.passages] == [None, "Why is it now?", "And then, minister?"]


def test_labels_of_hearings_end_with_a_stop() -> None:
    parsed = read(
        "Statement of Minister Ann Lee before the committee",
        "1 March 2019",
        "Mr. Ray. The meeting will come to order.",
        "Ms. Lee. Thank you, Mr. Chairman. We are ready.",
        "Mr. President. That is how they called me.",
        "Mr. Ray. Are you?",
        "Ms. Lee. We are.",
    )
    assert texts(parsed) == [
        "Thank you, Mr. Chairman. We are ready.",
        "Mr. President. That is how they called me.",
        "We are.",
    ]
    assert parsed.passages[-1].question == "Are you?"


def test_what_the_chair_of_a_hearing_says_is_not_the_witnesss() -> None:
    turns = ["The CHAIRMAN. We hear Secretary Lee.", "Secretary LEE. Thank you. I am glad.", "We have built a quay."]
    more = [
        "The CHAIRMAN. I thank you.",
        "Senator RAY. Why is it so dear?",
        "Secretary LEE. Stone is.",
        "Senator RAY. No.",
    ]
    parsed = read("Hearing before the Committee on the Sea", "1 March 2019", *turns, *more, speaker="Ann Lee")
    assert texts(parsed) == ["Thank you. I am glad.", "We have built a quay.", "Stone is."]


def test_who_is_labelled_with_the_number_of_a_question_asks() -> None:
    turns = [
        "Q1 Chair: Welcome. Why is it so dear?",
        "Ann Lee: Stone is.",
        "Q2 Kay Fern: I see.",
        "Ann Lee: It is late.",
    ]
    parsed = read("Committee on the Sea: oral evidence", "1 March 2019", *turns)
    assert [(p.speaker, p.question, p.text) for p in parsed.passages] == [
        ("Ann Lee", "Welcome. Why is it so dear?", "Stone is."),
        ("Ann Lee", "I see.", "It is late."),
    ]


def test_who_asks_may_stand_in_brackets_behind_a_q() -> None:
    parsed = read(REMARKS, "Q (Daily News): Why now?", "A: It is time.", "Q (Bob Ray): And then?", "A: Rest.")
    assert [(p.question, p.text) for p in parsed.passages] == [("Why now?", "It is time."), ("And then?", "Rest.")]


def test_questions_of_a_spanish_interview_may_open_with_a_p_and_a_stop() -> None:
    turns = ["P. ¿Por qué ahora?", "R. Porque es hora.", "P. ¿Y los peces?", "R. Los vi."]
    parsed = read("Entrevista a la ministra Ana López", "1 de marzo de 2019", *turns)
    assert [(p.question, p.text) for p in parsed.passages] == [
        ("¿Por qué ahora?", "Porque es hora."),
        ("¿Y los peces?", "Los vi."),
    ]


HANSARD = """Mr Speaker
Order. I call the Minister.
The Minister for the Sea (Ann Lee)
I beg to move that the bill be read.
Bob Ray (Northport) (Lab)
Will the Minister give way?
Ann Lee
I will.
Bob Ray
Why does it cost so much?
Ann Lee
Because stone is dear.
Several hon. Members rose—
Mr Speaker
Order.
Kay Fern (Oslo) (Con)
I thank the Minister for that.""".split("\n")


def test_members_of_a_parliament_stand_alone_with_their_seats_and_what_happens_is_nobodys_words() -> None:
    parsed = read("Debate on the sea", "1 March 2019", *HANSARD, speaker="Ann Lee")
    assert texts(parsed) == ["I beg to move that the bill be read.", "I will.", "Because stone is dear."]


def test_labels_of_spanish_pages_end_with_a_stop_and_a_dash() -> None:
    parsed = read(
        "Conferencia de prensa del presidente del Gobierno después de la reunión",
        "3 de agosto de 2018",
        "Presidente.- Buenas tardes a todos. Hemos acabado.",
        "P.- ¿Y cuándo se decidirá?",
        "Presidente.- En septiembre.",
        "P.- ¿Y por qué?",
        "Presidente.- Porque sí.",
    )
    assert texts(parsed) == ["Buenas tardes a todos. Hemos acabado.", "En septiembre.", "Porque sí."]
    assert parsed.passages[1].question == "¿Y cuándo se decidirá?"


def test_somebody_who_speaks_once_between_many_turns_is_not_the_speaker() -> None:
    parsed = read(
        REMARKS,
        "Ann Lee: Good evening. We may speak of energy: it is dear.",
        "Question: Why now?",
        "Ann Lee: It is time.",
        "Energy: that is the word.",
        "Falk: There is nothing to add.",
        "We look into it all the same.",
        "Question: And then?",
        "Ann Lee: Rest.",
    )
    assert texts(parsed)[1:] == ["It is time.", "Energy: that is the word.", "Rest."]
    assert [warning.reason for warning in parsed.warnings] == [
        "label “Falk”: 1 turn left out, as the title names nobody so"
    ]


def test_turns_under_a_label_on_a_line_of_its_own_are_warned_of_too() -> None:
    turns = ["Ann Lee:", "It is time.", "Bob Ray:", "It is late.", "Ann Lee:", "We rest.", "Bob Ray:", "Good."]
    assert [w.reason for w in read(REMARKS, *turns).warnings] == [
        "label “Bob Ray”: 2 turns left out, as the title names nobody so"
    ]


def test_an_interviewer_whom_the_title_names_asks() -> None:
    turns = ["KAY FERN: Are you well?", "SEC. LEE: I am.", "KAY FERN: Is it time?", "SEC. LEE: It is. We go on."]
    intro = "The following is the transcript of an interview with Secretary Ann Lee that aired on the show."
    for head in ([intro], []):
        parsed = read("Transcript: Secretary Ann Lee on “Sunday with Kay Fern”", "1 March 2019", *head, *turns)
        assert [(p.speaker, p.question) for p in parsed.passages] == [
            ("Ann Lee", "Are you well?"),
            ("Ann Lee", "Is it time?"),
        ]


def test_names_on_lines_of_their_own_are_labels_where_they_come_in_turn() -> None:
    turns = ["Kay Fern", "(00:00:05)", "Why the sea?", "Ann Lee", "(00:00:09)", "Because it is there."]
    more = ["Kay Fern  01:10", "And when it is gone?", "Ann Lee  01:20", "I do not know."]
    parsed = read("Transcript for Ann Lee: Fish, War and Peace", "1 March 2019", *turns, *more)
    assert [(p.question, p.text) for p in parsed.passages] == [
        ("Why the sea?", "Because it is there."),
        ("And when it is gone?", "I do not know."),
    ]


def test_questions_in_bold_between_answers_in_plain() -> None:
    turns = ["**Why do you want quotas?**", "There are fewer fish.", "We counted.", "_And who will pay?_", "All of us."]
    parsed = read("Tom Oster: “The sea is not for sale”", "1 March 2019", "The minister on quotas.", *turns)
    assert [(p.speaker, p.question, p.text) for p in parsed.passages] == [
        ("Tom Oster", "Why do you want quotas?", "There are fewer fish."),
        ("Tom Oster", "Why do you want quotas?", "We counted."),
        ("Tom Oster", "And who will pay?", "All of us."),
    ]
    with pytest.raises(RefusedError, match="no answers are"):
        read("By the sea, a talk", "1 March 2019", *turns)


def test_a_note_of_the_outlet_in_italics_asks_nothing() -> None:
    turns = ["**Why do you want quotas?**", "There are fewer fish.", "**And who will pay?**", "All of us."]
    notes = ["*This interview was edited for length.*", "Bob Ray is a reporter of the Daily News."]
    parsed = read("Tom Oster: “The sea is not for sale”", "1 March 2019", *turns, *notes)
    assert texts(parsed) == ["There are fewer fish.", "All of us."]


def test_a_line_in_bold_between_labelled_answers_is_a_question_too() -> None:
    parsed = read(
        "Interview with Minister Ann Lee",
        "1 March 2019",
        "**Daily: Are the talks dead?**",
        "Lee: They are not.",
        "**Some people say that you are stubborn.**",
        "Lee: I am from the north.",
    )
    assert [(p.question, p.text) for p in parsed.passages] == [
        ("Are the talks dead?", "They are not."),
        ("Some people say that you are stubborn.", "I am from the north."),
    ]


def test_initials_are_those_of_whom_the_head_names() -> None:
    turns = ["KF: When were you born?", "TO: Before the war.", "KF: Where?", "TO: In Bergen."]
    parsed = read("Interview with Tom Oster", "Interviewed by Kay Fern on May 3, 2002, Bergen", *turns)
    assert parsed.document.speakers == ("Tom Oster",)


def test_a_speech_is_that_of_whom_the_line_above_it_says() -> None:
    parsed = read(
        "Foreign Secretary's speech at the Harbour House: A free sea",
        "Ann Lee gave a speech at the Harbour House setting out her vision.",
        "Published",
        "3 May 2022",
        "Location:",
        "Washington, D.C.",
        "Delivered on:",
        "27 April 2022 (Transcript of the speech, exactly as it was delivered)",
        "Lord Mayor, ladies and gentlemen,",
        "We believe that the sea must be free.",
        "And that is why we are going to build ships.",
    )
    assert texts(parsed)[1:] == [
        "We believe that the sea must be free.",
        "And that is why we are going to build ships.",
    ]
    assert (parsed.document.date, parsed.document.speakers) == (date(2022, 4, 27), ("Ann Lee",))


def test_whoever_answers_once_under_an_office_and_a_name_is_not_the_speaker() -> None:
    parsed = read(
        "Statement by President Lee at the joint press conference with Prime Minister Ray",
        "1 March 2019",
        "We had a good discussion.",
        "Question: Will there be more?",
        "President Lee: There will.",
        "Prime Minister Ray: I agree with every word.",
    )
    assert [(p.speaker, p.text) for p in parsed.passages][1:] == [
        ("Lee", "There will."),
        ("Ray", "I agree with every word."),
    ]


def test_a_sentence_with_a_colon_opens_no_turn_and_remarks_as_delivered_may_name_their_speaker() -> None:
    parsed = read(
        "Remarks as Delivered by Senior Advisor Ann Lee at a summit",
        "1 March 2019",
        "Colleagues, on behalf of everybody: the country is here, and it is here to help.",
        "We face an urgent question: do we want herring?",
        "By the Lee plan we have fished for a long time in many places along the coast, and it was good.",
        "In the Lee plan we pay for it by those who gain from it, which is as it should be everywhere.",
        "With the Lee plan we go on, and it will be a better one when the boats come home in the month of May.",
        "Thank you all for that.",
    )
    assert len(parsed.passages) == 6
    assert parsed.document.speakers == ("Ann Lee",)
    assert not parsed.warnings


@pytest.mark.parametrize("name", ["He Lifeng", "HE LIFENG", "You Xi"])
def test_a_name_that_begins_as_a_pronoun_opens_a_turn(name: str) -> None:
    parsed = read(
        "Remarks by Minister Ann Lee and Vice Premier He Lifeng",
        "1 March 2019",
        "Ann Lee: We had a good discussion.",
        f"{name}: I agree with every word.",
        "Ann Lee: Thank you.",
        f"{name}: Thank you too.",
    )
    assert [p.text for p in parsed.passages if p.speaker == "Ann Lee"] == ["We had a good discussion.", "Thank you."]


@pytest.mark.parametrize("label", ["Bob Ray, by video link", "RAY, in English", "Bob Ray, on behalf of the council"])
def test_how_somebody_speaks_stands_behind_a_name_and_opens_a_turn(label: str) -> None:
    parsed = read(
        "Remarks by Minister Ann Lee and Minister Bob Ray",
        "1 March 2019",
        "Ann Lee: We had a good discussion.",
        f"{label}: I agree with every word.",
        "Ann Lee: Thank you.",
    )
    said = [(p.speaker, p.text) for p in parsed.passages]
    assert said[1:] == [("Bob Ray", "I agree with every word."), ("Ann Lee", "Thank you.")]


@pytest.mark.parametrize(
    "theirs",
    [
        "(Recording of the environment minister:) “Coal is dead, and I am glad of it.”",
        "[Video clip] It was all my fault.",
        "> The sea is everything, my predecessor used to say.",
    ],
)
def test_what_is_played_or_set_apart_as_a_quotation_is_somebody_elses(theirs: str) -> None:
    parsed = read(REMARKS, "Good evening. We begin.", theirs, "(In Russian:) We thank you.", "(Laughing) We go on.")
    said = ["Good evening. We begin.", "(In Russian:) We thank you.", "(Laughing) We go on."]
    assert [p.text for p in parsed.passages] == said


SHIPS = [f"We have {n} ships in this harbour of ours, and we shall build more of them next year." for n in range(12)]


@pytest.mark.parametrize(
    "told",
    [
        "Speaking after the event, our reporter saw how the hall emptied.",
        "Our correspondent in Oslo reports that the harbour was full.",
        "One listener told our newspaper that he was not convinced.",
        "Speaking after the event, she called the plan a scandal.",
        "Speaking to journalists, the minister said that more would follow.",
        "Asked about the plan, she declined to comment.",
        "Reporting from Oslo, Bob Ray says that it was late.",
        "We asked the minister afterwards whether she would resign.",
        "I met the minister in her office, where the lamps were dim.",
        "She then left the hall without taking questions.",
        "The crowd of two thousand rose to its feet.",
        "With these words the minister ended the speech.",
        "Speaking after the event, our political editor said that the hall was empty.",
        "Speaking after the event, our Oslo bureau saw empty rows.",
        "Speaking after the event, fishermen told us that they were angry.",
        "Speaking after the event, several fishermen said that they were angry.",
        "Asked by the Daily News whether the plan would cost more, a spokesman declined to comment.",
        "Reporting from the harbour, our team saw that the hall was half empty.",
        "Our political correspondent writes: the hall was half empty.",
        "This reporter counted forty empty seats.",
        "The Daily News understands that more will follow.",
        "We have asked the ministry for comment.",
        "The ministry did not respond to our request for comment.",
        "You can read the full speech on our website.",
        "Photographs from the hall show empty rows.",
    ],
)
@pytest.mark.parametrize("at", [3, 12])
def test_what_who_saw_a_speech_tells_within_and_behind_it_is_not_the_speakers(told: str, at: int) -> None:
    parsed = read("Speech by Minister Ann Lee, Oslo, 1 March 2019", *SHIPS[:at], told, *SHIPS[at:])
    assert texts(parsed) == SHIPS


@pytest.mark.parametrize(
    "own",
    [
        "Speaking of the sea, the minister from Denmark was here last week.",
        "Speaking for myself, he was a friend.",
        "We asked the minister of Denmark for help.",
        "The stage is set for peace.",
        "You in the audience know it better than anybody.",
        "I was asked by reporters, and I told them.",
        "Speaking at this event last year, our prime minister promised a quay.",
        "Speaking as a mother, our children deserve better.",
        "Reporting on fraud, our journalists risk their lives.",
        "Asked whether they trust us, most people say no.",
        "We have asked the ministry for an answer.",
        "Parliament understands that we need more.",
    ],
)
def test_what_a_speaker_says_of_others_and_to_hearers_is_kept(own: str) -> None:
    parsed = read("Speech by Minister Ann Lee, Oslo, 1 March 2019", *SHIPS[:3], own, *SHIPS[3:])
    assert texts(parsed) == [*SHIPS[:3], own, *SHIPS[3:]]


def test_a_vice_president_speaks_of_the_president() -> None:
    own = ["The president said that it was late.", "I met the president on Monday."]
    parsed = read("Speech by Vice President Ann Lee, Oslo, 1 March 2019", *SHIPS[:3], *own, *SHIPS[3:])
    assert texts(parsed) == [*SHIPS[:3], *own, *SHIPS[3:]]


def test_in_an_answer_the_crowd_may_be_spoken_of() -> None:
    parsed = read(
        INTERVIEW, "Question: Why now?", "Ann Lee: I was there.", "The audience was with him, and so was the sea."
    )
    assert len(parsed.passages) == 2


def test_a_quotation_set_apart_goes_on_to_the_blank_line_and_may_stand_first() -> None:
    parsed = parse(
        Source("a.txt"),
        f"""{REMARKS}

> **The Daily Sea:** The harbour was dull.
Its reporter saw how the hall emptied.

We begin, and we are glad of it, and we go on with what we have begun together.

> It was late, he wrote.
Ann Lee: We went on, and we did not look back, and we shall go on for years to come.
""",
    )
    assert texts(parsed) == [
        "We begin, and we are glad of it, and we go on with what we have begun together.",
        "We went on, and we did not look back, and we shall go on for years to come.",
    ]
    assert [warning.reason for warning in parsed.warnings] == ["3 lines left out, set apart as a quotation"]


def test_asterisks_between_the_parts_of_a_speech_do_not_end_it() -> None:
    part = [f"We have said it {n} times, and I say it again tonight." for n in range(6)]
    parsed = read(REMARKS, "Good evening. We begin.", *part, r"\*\*\*", *part[::-1], "***", "Ann Lee was born in Oslo.")
    assert len(parsed.passages) == 13


def test_what_is_shown_has_no_marks_of_markdown() -> None:
    parsed = read(
        "# **Minister Ann Lee’s** interview with the [Daily News](https://example.org), 1 March 2019",
        "**Question:** Why *now*?",
        "**Ann Lee:** Because it **is** [time](https://example.org/time).",
        "- We have _waited_.",
        "> So we have.",
        "**Question:** And then?",
        "**Ann Lee:** Rest.",
    )
    assert parsed.document.title == "Minister Ann Lee’s interview with the Daily News, 1 March 2019"
    assert parsed.document.outlet == "Daily News"
    assert texts(parsed) == ["Because it is time.", "We have waited.", "Rest."]
    assert [p.question for p in parsed.passages] == ["Why now?", "Why now?", "And then?"]


def test_what_the_outlet_tells_of_the_speaker_by_office_is_not_the_speakers() -> None:
    turns = ["Question: Why now?", "Ann Lee: We are glad that it is time, and we go on."]
    told = ["The minister added that the sea was cold.", "The president said that it was late, and it was."]
    assert texts(read(REMARKS, *turns, *told, "We wait for you."))[1:] == [told[1], "We wait for you."]


LONG = "We are glad that it is time, and we go on with it."


@pytest.mark.parametrize(
    "turns",
    [
        ["Question", "Why now?", "Ann Lee", LONG, "Question", "And then?", "Ann Lee", "We rest."],
        ["QUESTION", "Why now?", "ANSWER", LONG, "QUESTION", "And then?", "ANSWER", "We rest."],
        ["Kay Fern", "Why now?", "Lee", LONG, "Kay Fern", "And then?", "Lee", "We rest."],
        ["Fern — Why now?", f"Lee — {LONG}", "Fern — And then?", "Lee — We rest."],
        ["FERN - Why now?", f"LEE - {LONG}", "FERN - And then?", "LEE - We rest."],
        ["Question – Why now?", f"Ann Lee – {LONG}", "Question – And then?", "Ann Lee – We rest."],
        ["P - Why now?", f"R - {LONG}", "P - And then?", "R - We rest."],
        [
            *("Kay Fern", "Daily News", "Why now?", "Ann Lee", "Minister of the Sea", LONG),
            *("Kay Fern", "Daily News", "And then?", "Ann Lee", "Minister of the Sea", "We rest."),
        ],
        [
            *("Kay Fern -- Daily News", "Why now?", "Ann Lee -- Minister of the Sea", LONG),
            *("Kay Fern -- Daily News", "And then?", "Ann Lee -- Minister of the Sea", "We rest."),
        ],
    ],
)
def test_labels_without_a_colon_that_come_in_turn(turns: list[str]) -> None:
    parsed = read(INTERVIEW, *turns)
    said = [(p.speaker, p.question, p.text) for p in parsed.passages]
    assert said == [("Ann Lee", "Why now?", LONG), ("Ann Lee", "And then?", "We rest.")]


@pytest.mark.parametrize(
    "lines",
    [
        ["Oslo - A city that we love.", "Bergen – A city we know.", "Oslo – We come back.", "Bergen – So do we."],
        ["Growth – We will grow.", "Work – We will work.", "Growth – It matters to us.", "Work – So it does."],
        ["Question – We will ask it.", "Growth – It matters to us."],
        ["A.L. – We will ask it.", "It matters to us."],
    ],
)
def test_what_stands_before_a_dash_in_a_speech_is_no_label(lines: list[str]) -> None:
    assert texts(read(REMARKS, "Good evening. We begin.", *lines))[1:] == lines


def test_what_is_told_of_the_speaker_under_a_last_heading_is_not_the_speakers() -> None:
    lines = ["Dear friends, we are glad to be here.", "On the sea", "We will mend the nets."]
    parsed = read(REMARKS, *lines, "My impressions", "The hall was full. She was applauded for a long time.")
    assert texts(parsed)[-1] == "We will mend the nets."


@pytest.mark.parametrize("heading", ["Background", "Notes to editors", "About the harbour", "Fact box"])
def test_what_stands_under_the_heading_of_a_note_is_not_the_speakers(heading: str) -> None:
    notes = ["The quay is a thousand metres long.", "Contact for media", "The minister will be in Bergen."]
    title = "Speech by Minister Ann Lee, Oslo, 1 March 2019"
    assert texts(read(title, *SHIPS, heading, *notes)) == SHIPS
    assert SHIPS[-1] in texts(read(title, *SHIPS[:-1], heading, *notes, SHIPS[-1]))


@pytest.mark.parametrize(
    "note",
    [
        "The press conference was held after a meeting of the council.",
        "This interview took place in Oslo. It lasted for an hour.",
        "The speech was delivered in Norwegian.",
    ],
)
def test_what_the_outlet_tells_of_the_event_behind_it_is_not_the_speakers(note: str) -> None:
    assert texts(read(REMARKS, "Question: Why now?", "Ann Lee: It is time.", note)) == ["It is time."]


def test_what_a_speaker_does_in_a_turn_of_its_own_is_no_words_but_what_nobody_hears_is_a_question() -> None:
    turns = ["Question: Why now?", "Ann Lee: (laughs)", "Question: (Inaudible.)", "Ann Lee: It is time."]
    parsed = read(REMARKS, "Question: Who?", "Ann Lee: We.", *turns)
    assert [(p.question, p.text) for p in parsed.passages] == [("Who?", "We."), ("(Inaudible.)", "It is time.")]


def test_turns_of_a_podcast_are_labelled_with_their_times() -> None:
    turns = [
        "**Kay Fern** [00:00:05]: Why now?",
        "**Ann Lee** [00:00:12]: It is time.",
        "**Kay Fern** [00:01:02]: Good.",
    ]
    parsed = read("The Sea Show, episode 12: Ann Lee on herring", "1 March 2019", *turns)
    assert [(p.speaker, p.question, p.text) for p in parsed.passages] == [("Ann Lee", "Why now?", "It is time.")]


def test_a_parliament_labels_the_holder_of_an_office_once_with_the_name() -> None:
    turns = [
        "The Secretary of State for the Sea (Ann Lee): I beg to move that the bill be read.",
        "Bob Ray (Harbour) (Ind): Will she give way?",
        "Ann Lee: I will not.",
        "Tom Oster (Tallborg) (Lab): I speak for those who fish.",
    ]
    parsed = read("House of Commons debate", "1 March 2019", *turns)
    assert [(p.speaker, p.text[:6]) for p in parsed.passages] == [
        ("Ann Lee", "I beg "),
        ("Ann Lee", "I will"),
        ("Tom Oster", "I spea"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Tom Oster – The nets will never be mended.",
        "Oster – The nets will never be mended.",
        "Dr. Tom Oster (Daily News) – The nets will never be mended.",
        "Photographer – The light is poor.",
        "The harbour master – The ships are late.",
        "Editor – This text was shortened.",
    ],
)
def test_where_labels_end_with_a_dash_whoever_has_one_once_is_no_speaker(line: str) -> None:
    turns = ["Kay Fern – Why now?", f"Ann Lee – {LONG}", "Kay Fern – And then?", "Ann Lee – We rest.", line]
    parsed = read(INTERVIEW, *turns, "Kay Fern – Good?", "Ann Lee – So it is.", line)
    assert texts(parsed) == [LONG, "We rest.", "So it is."]
    assert [p.question for p in parsed.passages] == ["Why now?", "And then?", "Good?"]
    assert any("2 turns left out" in str(warning) for warning in parsed.warnings)


@pytest.mark.parametrize("head", ["Tom Oster", "Photographer", "The harbour", "Why it matters"])
def test_where_names_stand_alone_what_such_a_line_heads_once_is_not_the_speakers(head: str) -> None:
    turns = ["Kay Fern", "Why now?", "Ann Lee", LONG, "Kay Fern", "And then?", "Ann Lee", "We rest."]
    parsed = read(INTERVIEW, *turns, head, "The nets will never be mended.", "Ann Lee", "So it is.")
    assert texts(parsed) == [LONG, "We rest.", "So it is."]
    assert [warning.reason for warning in parsed.warnings] == [
        f"label “{head}”: 1 turn left out, as nothing tells who speaks there"
    ]


@pytest.mark.parametrize(
    "label",
    [
        "Mr Speaker (Bob Ray)",
        "Mr Deputy Speaker (Sir Bob Ray)",
        "The Lord Bishop of Oslo (Bob Ray)",
        "The Parliamentary Under-Secretary of State for Foreign, Commonwealth and Development Affairs (Bob Ray)",
        "Bob Ray (Oslo, North)",
        "Lord Ray of Oslo (Lab)",
        "The Earl of Oslo",
        "The Leader of the House",
    ],
)
def test_whatever_a_parliament_calls_its_members_they_are_not_the_speaker(label: str) -> None:
    own = "The Secretary of State for the Sea (Ann Lee):"
    turns = [f"{own} {LONG}", f"{label}: The ships are late.", f"{own} We rest.", f"{label}: The ships are late."]
    parsed = read(REMARKS, *turns)
    assert [(p.text, p.question) for p in parsed.passages] == [(LONG, None), ("We rest.", None)]
    assert any("2 turns left out" in warning.reason for warning in parsed.warnings)


@pytest.mark.parametrize("label", ["Lord Ray of Oslo (Lab)", "The Earl of Oslo"])
def test_a_peer_is_nobody_else_where_turns_are_labelled(label: str) -> None:
    turns = [f"Ann Lee: {LONG}", "Kay Fern: Why?", "Ann Lee: We rest.", f"{label}: The ships are late."]
    assert texts(read(REMARKS, *turns)) == [LONG, "We rest."]


def test_what_is_told_in_italics_among_a_speakers_words_is_not_the_speakers() -> None:
    told = ["*She looks at the sea and falls silent.*", "*The interview is interrupted by a call.*"]
    answer = "Ann Lee: It is time. *She smiles at them.* We go on."
    parsed = read(INTERVIEW, "Question: Why now?", answer, *told, "We rest.", "Question: And then?", "Ann Lee: Good.")
    assert texts(parsed) == ["It is time. (She smiles at them.) We go on.", "We rest.", "Good."]
    assert [p.question for p in parsed.passages] == ["Why now?", "Why now?", "And then?"]
    assert [warning.reason for warning in parsed.warnings] == [
        "2 lines left out, told of the speaker or of others, or played"
    ]


def test_an_address_of_a_link_by_name_is_no_word_of_the_speaker() -> None:
    parsed = read(SPEECH, *SAID, "We read [the plan][1] and [inaudible][crosstalk].", "[1]: https://example.org/plan")
    assert texts(parsed)[-1] == "We read the plan and [inaudible][crosstalk]."


@pytest.mark.parametrize(
    "scene",
    [
        "As she speaks, the waiter drops a tray.",
        "She answers it, laughs, and goes back to the task.",
        "The governor’s phone rings. She answers it, laughs, and apologises.",
        "The minister, visibly moved, gets up.",
    ],
)
def test_what_an_interview_tells_of_the_speaker_between_the_answers_is_left_out(scene: str) -> None:
    turns = ["Question: Why now?", "Ann Lee: It is time.", scene, "We have waited.", "Question: And then?"]
    parsed = read(INTERVIEW, *turns, "Ann Lee: Rest.", "He knows us.", "He will tell you.", scene)
    assert texts(parsed) == ["It is time.", "We have waited.", "Rest.", "He knows us.", "He will tell you."]
    assert any("left out, told of the speaker" in warning.reason for warning in parsed.warnings)


@pytest.mark.parametrize(
    ("title", "said", "told"),
    [
        ("Interview mit Ministerin Ann Lee", "Wir gehen weiter, und wir bauen.", "Die Ministerin lacht."),
        ("Entretien de Mme Ann Lee avec le Journal", "Nous continuons, et nous bâtissons.", "La ministre sourit."),
        ("Entrevista a la ministra Ann Lee", "Seguimos, y construimos.", "Ella sonríe y mira por la ventana."),
        ("Интервью Ann Lee", "Мы строим порт, и мы рады этому.", "Министр молчит."),
    ],
)
def test_what_the_outlet_tells_in_other_languages_is_not_the_speakers(title: str, said: str, told: str) -> None:
    turns = ["A. Ray: Warum?", f"Ann Lee: {said}", told, "A. Ray: Wann?", "Ann Lee: 2019."]
    assert texts(read(title, "2019-03-01", *turns, speaker="Ann Lee", kind="interview")) == [said, "2019."]


def test_what_an_editor_put_into_a_turn_makes_no_note_of_it() -> None:
    own = "I am glad. We built a quay [of one thousand metres – Ed.]."
    assert texts(read(REMARKS, "Question: Why?", f"Ann Lee: {own}", "(It is late – Ed.)")) == [own]


@pytest.mark.parametrize(
    "told",
    [
        "And when he was in the council, he spoke of this every day.",
        "The week before she left, she read it aloud.",
        "He — he did it.",
    ],
)
def test_an_answer_may_go_on_about_somebody_else(told: str) -> None:
    parsed = read(
        INTERVIEW, "Question: Why now?", "Ann Lee: It is time.", told, "Question: And then?", "Ann Lee: Rest."
    )
    assert texts(parsed) == ["It is time.", told, "Rest."]


def test_a_speech_may_tell_of_somebody_else() -> None:
    lines = ["He was a fisherman all his life.", "The governor knew him well. He was a friend."]
    assert texts(read(SPEECH, *SAID, *lines, "We will miss him."))[2:] == [*lines, "We will miss him."]


def test_an_answer_may_open_with_an_a_without_a_sign() -> None:
    turns = ["Q Why is it now?", "A We are late.", "Q And then?", "A It rests.", "A ship is late."]
    parsed = read("Minister Ann Lee’s press conference, Oslo, 1 March 2019", *turns)
    assert [(p.text, p.question) for p in parsed.passages] == [
        ("We are late.", "Why is it now?"),
        ("It rests.", "And then?"),
        ("A ship is late.", "And then?"),
    ]


def test_what_stands_in_another_script_among_the_answers_is_left_out() -> None:
    said = ["It is time, and nobody in this harbour has ever doubted it.", "We go on with what we have begun together."]
    lines = [
        "Question: Why now?",
        f"Ann Lee: {said[0]}",
        "Почему сейчас?",
        said[1],
        "Question: And then?",
        "Ann Lee: Rest.",
    ]
    parsed = read(INTERVIEW, *lines)
    assert texts(parsed) == [*said, "Rest."]
    assert [warning.reason for warning in parsed.warnings] == ["1 line left out, in another script than the rest"]


def test_where_to_call_and_write_to_is_nobody_who_speaks() -> None:
    with pytest.raises(RefusedError):
        read(
            "The sea today",
            "1 March 2019",
            *["Tel: (212) 752-0220, 28th floor", "Why is the sea so cold?", "It is."] * 4,
        )


def test_a_remark_in_brackets_on_two_lines_is_no_title_and_loses_no_turn_above_it() -> None:
    text = (
        "PARLIAMENT OF NORTHLAND\n\nHon. Lee: We build the harbour.\n\n[The Speaker (Hon. Ray)\n left the Chair]\n\n"
        "[The Temporary Deputy Speaker\n(Hon. Falk) took the Chair]\n\nIt will last.\nHon. Lee: I support.\n"
    )
    parsed = parse(Source("a.txt", speaker="Lee", kind="debate", date=date(2020, 1, 1)), text)
    assert (texts(parsed)[0], parsed.document.title) == ("We build the harbour.", "PARLIAMENT OF NORTHLAND")


def test_a_turn_of_the_chair_before_a_time_is_one() -> None:
    parsed = read(
        "Minister Ann Lee’s statement, Oslo, 1 March 2019",
        "Mr Speaker, we condemn this invasion of a sovereign country without reserve.",
        "Mr Speaker: Any clarifications? Mr Ray.",
        "12.23 pm",
        "Mr Bob Ray (Northport): Why now?",
        "Ann Lee: Because it is time.",
        "Mr Speaker: Mr Falk.",
        "Mr Bob Ray (Northport): And then?",
        "Ann Lee: Rest.",
    )
    assert not any("clarifications" in text for text in texts(parsed))


def test_a_turn_of_the_chair_is_one_in_a_speech_too_where_others_have_turns() -> None:
    parsed = read(
        "Mr Speaker, we condemn this invasion of a sovereign country without reserve.",
        "Mr Speaker: Any clarifications?",
        "Mr Bob Ray: Why do you condemn it only now?",
        "Ann Lee: Because it is time.",
        "Mr Bob Ray: And then?",
        "Ann Lee: We rest.",
        speaker="Ann Lee",
        kind="speech",
        date=date(2019, 3, 1),
    )
    assert "Mr Speaker: Any clarifications?" not in texts(parsed)
    assert texts(parsed)[-1] == "We rest."


ASSERTED: dict[str, str | date] = {"speaker": "Ann Lee", "kind": "speech", "date": date(2020, 1, 1)}


def test_a_speech_in_one_paragraph_is_read_though_it_breaks_off_before_a_list() -> None:
    whole = "We build the harbour for all who live here. " * 20 + "And we say: do these three things, the key to it all"
    parsed = read("An update on the harbour", whole, "- Wear a coat", "We thank all who help us.", **ASSERTED)
    assert texts(parsed)[0] == whole
    assert texts(read(whole, **ASSERTED)) == [whole]


def test_a_first_paragraph_of_sentences_that_say_i_is_no_title() -> None:
    opens = "A question I am often asked is, where did I get my passion for rights? It started early, by the sea."
    assert texts(read(opens, "(Laughter)", "We went on.", "We won.", **ASSERTED)) == [opens, "We went on.", "We won."]


def test_what_is_left_out_above_a_speech_is_warned_of_where_it_says_i() -> None:
    above = "I am Ann Lee, and I come from a small town by the sea, as all of you know."
    parsed = read("The harbour", above, "We build it.", "We go on.", **ASSERTED)
    assert texts(parsed) == ["We build it.", "We go on."]
    assert [(one.line, "left out above the first words kept" in one.reason) for one in parsed.warnings] == [(3, True)]
    told = "Ann Lee, who has led the city for many years, spoke of the harbour yesterday."
    assert not read("The harbour", told, "We build it.", "We go on.", **ASSERTED).warnings


def test_what_is_said_in_a_debate_of_somebody_who_has_no_turn_is_no_report() -> None:
    turns = [
        "Hon. Lee: I support this bill, and so should the House.",
        "Hon. Ray: On a point of order. Hon. Dawson said that the president appointed somebody. He said it twice.",
        "Hon. Lee: It is so.",
        "Hon. Ray: Hon. Dawson said that he would withdraw it.",
    ]
    with pytest.raises(RefusedError, match="labelled"):
        read("PARLIAMENT OF NORTHLAND", *turns, speaker="Dawson", date=date(2020, 1, 1))


def test_what_names_the_speaker_of_an_interview_is_the_outlets_though_it_says_we() -> None:
    parsed = read(
        "Interview with Ann Lee, 1 March 2019",
        *("Question: Why now?", "Ann Lee: Because it is time, and I am ready.", "And so is my town."),
        *(
            "Lee leads us to the balcony. We freeze, and I wish for a coat.",
            "Lee’s fans know it. I did.",
            "Question: And then?",
            "Ann Lee: We sail.",
        ),
    )
    assert [passage.text for passage in parsed.passages] == [
        *("Because it is time, and I am ready.", "And so is my town.", "We sail.")
    ]


@pytest.mark.parametrize(
    "title",
    ["A Conversation With Ann Lee", "In Conversation With Ann Lee", "Kay Fern And Ann Lee", "A Word From Ann Lee"],
)
def test_a_title_in_capitals_makes_no_name_longer(title: str) -> None:
    parsed = read(title, "1 March 2019", *("KF: Why now?", "AL: It is time.", "KF: And then?", "AL: We sail.") * 2)
    assert {passage.speaker for passage in parsed.passages} == {"Ann Lee"}


@pytest.mark.parametrize(
    ("quotation", "is_joined"),
    [
        ("“A banker who is loved has failed.”", True),
        ('"A banker who is loved has failed."', True),
        ("«Un banquier aimé a échoué.»", True),
        ("“Loved,” I said to him, and left.", False),
        ("A banker who is loved has failed.", False),
        (f"“{'A banker who is loved has failed. ' * 20}”", False),  # of which not all would be shown
    ],
)
def test_a_quotation_by_itself_stays_with_the_words_that_lead_to_it(quotation: str, *, is_joined: bool) -> None:
    lead = "My predecessor put it this way:"
    said = texts(read("Remarks by Ann Lee, 1 March 2019", "I thank you all.", lead, quotation, "I agree with him."))
    assert (f"{lead} {quotation}" in said) == is_joined
