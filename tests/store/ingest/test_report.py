"""Reports of other layouts than the seeds': what is the person's, and what is the outlet's or somebody else's."""

from __future__ import annotations

import pytest

from store.errors import RefusedError
from store.ingest.parse import Parsed, parse
from store.model import Source

HEAD = (
    "Lee warns of a long winter",
    "1 March 2019",
    "Norwegian Foreign Minister Ann Lee spoke in Oslo on Friday, and said it was late.",
)


def read(*lines: str, head: tuple[str, ...] = HEAD, **entry: str) -> Parsed:
    return parse(Source("a.txt", **entry), "\n\n".join([*head, *lines]))  # type: ignore[arg-type]


def last(parsed: Parsed, lines: int) -> list[tuple[str, tuple[str, ...]]]:
    """Return attribution and verbatim strings of the passages from the first line behind the head on."""
    return [(str(p.attribution), p.verbatim) for p in parsed.passages if p.line > 2 * lines]


@pytest.mark.parametrize(
    ("line", "verbatim"),
    [
        ("“We are late,” Lee said. “We must hurry.”", ("We are late,", "We must hurry.")),
        ("Lee said the talks were “not easy” and would go on.", ("not easy",)),
        ("The talks were “not easy”, the foreign minister said.", ("not easy",)),
        ("According to Lee, the talks were “not easy”.", ("not easy",)),
        ("Lee: “The sea is not a toy.”", ("The sea is not a toy.",)),
        ("The foreign minister begins: “Good evening.”", ("Good evening.",)),
        ("Lee said the ‘Blue Belt’ initiative would go on.", ()),
        ("Lee praised the “Blue Belt” initiative.", ()),
        ("Lee said the so-called “pivot” was over.", ()),
        ("Lee said Ray’s claim that she came “for the mines” was wrong.", ()),
        ("Lee said the council told her it was “too late”.", ()),
        ("Lee said she was told by Ray that it was “too late”.", ()),
        ("Lee criticised what Ray calls a “clean” war.", ()),
        ("Lee cited Ray as saying it was “too late”.", ()),
        ("Lee said that Ray had promised to “look into it”.", ()),
        ("Lee said it was late. “Not true,” Ray replied.", ()),
        ("“It is late,” Lee said. “Not true,” the White House replied.", ("It is late,",)),
        ("“Not true,” Ray replied. “It is late,” Lee said.", ("It is late,",)),
        ("Asked whether the talks were “over”, Lee said the opposite was true.", ()),
        ("Asked “are the talks over, minister?”, Lee said no.", ()),
        ("Asked whether the talks were over, the foreign minister said: “They are not.”", ("They are not.",)),
        ("Asked whether the talks were “over”, she said: “They are not.”", ("They are not.",)),
        ("“They are not,” the foreign minister said when asked whether the talks were over.", ("They are not,",)),
        ("Lee laughed and said no when asked whether the talks were “over”.", ()),
        ("Lee rejected claims that the talks were “over”.", ()),
        ("Lee rejected the claims as “nonsense”.", ("nonsense",)),
        ("Lee said the slogan “Peace now” was old.", ()),
        ("“Is that fair?” Lee said. “No.”", ("Is that fair?", "No.")),
        ("“Why so late?” Lee asked. “They had no reason.”", ("Why so late?", "They had no reason.")),
        ("Lee, speaking in Oslo, said: “We must hurry.”", ("We must hurry.",)),
        ("Lee (pictured) said: “We must hurry.”", ("We must hurry.",)),
        ("“We must hurry,” Lee, 67, said.", ("We must hurry,",)),
        ("The krone fell after Lee said Oslo “will not pay”.", ("will not pay",)),
        ("Lee said: “He told me: ‘You are late.’ I went.”", ("He told me: ‘You are late.’ I went.",)),
        ("Lee said: «He told me “go”, and I went.»", ("He told me “go”, and I went.",)),
        ("“Nobody told me,” said Ann Lee. “Nobody.”", ("Nobody told me,", "Nobody.")),
        ("In Oslo Lee said the talks were “not easy”.", ("not easy",)),
        ("But Lee said the talks were “not easy”.", ("not easy",)),
        ("Lee said that Ray called it “an outrage”.", ()),
        ("Lee said, quoting a proverb, “it is never late”.", ()),
        ("Lee was told it was “too late”, she said.", ()),
        ("Lee said that Bob Ray’s “it is over” was wrong.", ()),
        ("Described by Ray as “a danger to us all”, Lee said it was late.", ()),
        ("Under a banner reading “No more lies”, Lee said it was late.", ()),
        ("In Oslo, the talks were “not easy”, Lee said.", ("not easy",)),
        ("Lee said it was “late”, Bob Ray “early”.", ("late",)),
        ("Lee denied saying it was “late”.", ()),
        ("Commenting on a report that it was “dead”, Lee said it was late.", ()),
        ("“We are late,” said Foreign Minister Ann Lee.", ("We are late,",)),
        ("She spoke amid a chorus of “shame” and said it was late.", ()),
        ("Lee said it was “late”; Bob Ray, “early”.", ("late",)),
        ("Lee said it was late, and told Bob Ray: “Go home.”", ("Go home.",)),
        ("Lee said the boats were old, but Bob Ray was “a fool”.", ("a fool",)),
    ],
)
def test_verbatim_is_what_the_sentence_gives_to_the_person(line: str, verbatim: tuple[str, ...]) -> None:
    assert last(read(line), len(HEAD)) == [("quoted" if verbatim else "reported", verbatim)]


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("He added it was late. “Not true,” opposition leader Maria Ray said.", ["He added it was late."]),
        ("Lee said it was late. Ray replied: “She will ruin the country.”", ["Lee said it was late."]),
        (
            "Lee rejected the criticism. “The minister is wrong,” said Bob Ray, a lawmaker. “She does not listen.”",
            ["Lee rejected the criticism."],
        ),
        ("“They are a catastrophe,” the BBC’s reporter told her. Lee said it was late.", ["Lee said it was late."]),
        (
            "“It is late,” Lee said. “Not true,” Ray replied. “It is,” Lee said.",
            ["“It is late,” Lee said.", "“It is,” Lee said."],
        ),
        ("Lee said it was late. The crowd cried: “Go home, all of you!”", ["Lee said it was late."]),
        ("Lee said it was late. “Pure madness”, wrote Bob Ray.", ["Lee said it was late."]),
        ("“She will ruin us,” Ray said after Lee said it was late.", []),
        ("After Lee said it was late, Ray replied: “She will ruin us.”", []),
        ("Lee said “we will act,” but Ray replied: “She will ruin us.”", []),
        ("Lee said it was late, but “this is madness,” Ray said.", []),
        ("Lee said no when a journalist told her: “You will ruin us.”", []),
        ("Lee said it was late. “Is that so?” Ray said.", ["Lee said it was late."]),
        ("Lee said it was late. Bob Ray was angry. “She will ruin us.”", ["Lee said it was late. Bob Ray was angry."]),
        ("Lee said it was late. “It was madness from the start.” That was Ray’s reply.", ["Lee said it was late."]),
        ("“It is late,” Lee said. “It was madness from the start.” – Bob Ray", ["“It is late,” Lee said."]),
        ("“It is late,” Lee said. “It was madness from the start”: Bob Ray.", ["“It is late,” Lee said."]),
        ("“It is late,” Lee said. “It is madness,” quipped the crowd.", ["“It is late,” Lee said."]),
        ("“Go home,” protesters shouted as Lee said it was late.", []),
        ("Lee said it would go on, but ‘this is madness,’ Ray said.", []),
        ("“Is it not madness?” asked Bob Kay. Lee said it was not.", ["Lee said it was not."]),
        ("Question: “Is it madness?” Lee: “No, it is not madness.”", ["Lee: “No, it is not madness.”"]),
        ("Bob Kay, Lee’s neighbour, noted it was madness. Lee said it was not.", ["Lee said it was not."]),
        ("Lee said it “is late”, a claim the opposition called “madness”.", []),
        ("“It is late,” Lee said, and Bob Ray, who stood beside her, said: “Not for us.”", []),
        ("“It is late,” Lee said, and Bob Ray, beside her, muttered: “Not for us.”", []),
        ("“It is late,” Lee said, before Bob Ray shot back: “Not for us.”", []),
        ("“It is late,” said Lee, and Ray added, “but not for us.”", []),
        (
            "In the words of Lee, “a ship is a promise”. In those of Bob Ray, “a ship is a grave”.",
            ["In the words of Lee, “a ship is a promise”."],
        ),
        ("Lee said it was late. For Bob Ray it was “a grave”.", ["Lee said it was late."]),
        ("She spoke amid shouts of “Go home, minister!” and said it was late.", []),
        (
            "Lee said it was late. The president disagreed. “It is over,” she said.",
            ["Lee said it was late."],
        ),
        ("Lee said it was “the best”, but her rival, Bob Ray, called it “a sham”.", []),
        (
            "“It is over.” With these words Bob Ray left. Lee said it was late.",
            ["Lee said it was late."],
        ),
        ("“It is over” is how Ray sees it. Lee said it was late.", ["Lee said it was late."]),
        ("“It is late,” Lee said. The reply was “it is over”.", ["“It is late,” Lee said."]),
        ("Had Lee said “it is late”, nobody would have come.", []),
        ("Bob Kay (62) noted it was madness. Lee said it was not.", ["Lee said it was not."]),
        ("Heckled by a man who shouted “What about us?”, she said it was late.", []),
        ("Lee defended the plan, which Bob Ray called “madness”.", []),
        ("Lee defended the plan. Critics called it “madness”.", ["Lee defended the plan."]),
        ("Lee laughed and said no when asked “Is it not madness?”.", []),
        ("Bob Ray, the opposition leader, says Lee “has lost the plot”.", []),
        ("Bob Ray, a fisherman, said Lee “lied”.", []),
        ("Asked whether it was madness, Ray’s spokesman said: “It is not.”", []),
        ("Lee said it was late. Maria Ray said that the plan was madness.", ["Lee said it was late."]),
        ("Maria Ray rejected the plan. It was madness. Lee said it was late.", ["Lee said it was late."]),
        (
            "Lee said it was late. Critics say the plan is madness. She said she would go on.",
            ["Lee said it was late.", "She said she would go on."],
        ),
        ("The opposition says the plan is madness. Lee said it was late.", ["Lee said it was late."]),
        ("Lee said it was late, Maria Ray said it was early.", []),
        ("Lee said it was late, while Maria Ray said it was early.", []),
        ("While Maria Ray said it was early, Lee said it was late.", []),
        ("Maria Ray said Lee had called her “a fool”.", []),
        ("Lee’s husband said the plan was madness. “She works too hard,” he added.", []),
        ("Lee said that Bob Ray had said it was early.", ["Lee said that Bob Ray had said it was early."]),
        ("Bob Ray had told her it was early, Lee said.", ["Bob Ray had told her it was early, Lee said."]),
        ("Lee said the US and Britain told her it was early.", ["Lee said the US and Britain told her it was early."]),
        (
            "Lee said it was late. The “long winter” had begun. She said so twice.",
            ["Lee said it was late. The “long winter” had begun. She said so twice."],
        ),
    ],
)
def test_what_others_are_quoted_with_is_no_part_of_a_passage(line: str, texts: list[str]) -> None:
    assert [p.text for p in read(line).passages if p.line > 2 * len(HEAD)] == texts


@pytest.mark.parametrize(
    "lines",
    [
        ["Minister Bob Ray said the tour was “a charm offensive”.", "“Nobody should be fooled,” he said."],
        ["President Carl Ray thanked Lee for the visit. “They stood with us,” he said."],
        ["“Lee is a clever woman,” said Maria Ray, an analyst."],
        ["Maria Ray told Lee: “You are wrong.”"],
        ["Maria Ray, who met Lee, her Norwegian colleague, said: “You are wrong.”"],
        ["After Lee spoke, Maria Ray took the floor. “This is absurd,” she said."],
        ["Danish Foreign Minister Maria Ray met Lee. The minister said: “You are wrong.”"],
        ["“You are wrong,” Carl Lee said."],
        ["Bob Lee was angry. “She is wrong,” he said."],
        ["The prime minister said: “You are wrong.”", "One fisherman was angry. “She is wrong,” he said."],
        ["Danish colleague Nils Ray took the floor. “This is absurd,” she said."],
        ["Lee was calm. Then came Maria Ray. “It is over,” she said."],
        ["Lee’s plan has angered Bob Ray. “It is over,” she said."],
        ["It was not known whether Lee said “yes”."],
        ["The tour began on Monday and ended on Thursday."],
        ["Lee arrived in Oslo on Thursday."],
        ["Lee says sanctions will not work"],
    ],
)
def test_what_others_say_and_what_the_person_does_is_no_passage(lines: list[str]) -> None:
    assert last(read(*lines), len(HEAD)) == []


MAN = ("Lee warns of winter", "1 March 2019", "Norwegian Foreign Minister Carl Lee said that he was tired of winter.")


@pytest.mark.parametrize(
    ("lines", "verbatim"),
    [
        (["Lee met Maria Ray. “This is madness,” she added."], []),
        (["Lee met Maria Ray.", "“This is madness,” she added."], []),
        (["Maria Ray met Lee. “This is madness,” she said, and he laughed."], []),
        (["“This is madness,” Mrs Lee said."], []),
        (["Lee met Nils Ray. “We talked,” he said."], []),
        (["Lee was joined by his deputy, Nils Ray.", "“We talked,” he said."], []),
        (["Lee told Nils Ray that it was late. “We talked,” he said."], [("We talked,",)]),
        (["Lee met Nils Ray. The minister said it was late. “We talked,” he added."], [("We talked,",)]),
        (["Maria Ray lost her hat. Lee met Maria Ray. “We talked,” he said."], [("We talked,",)]),
        (["Lee flew to UN Geneva. “We talked,” he said."], [("We talked,",)]),
        (["“We talked,” Mr Lee said."], [("We talked,",)]),
        (["Lee said it was late. She was angry. “This is madness for all of us.”"], [()]),
        (["The minister was tired. “We talked,” he said."], [("We talked,",)]),
        (["Lee was calm. Then came Bob Ray. “It is over,” he said."], []),
        (["Lee was calm.", "Bob Ray asked about the north.", "“It is cold,” he said."], [("It is cold,",)]),
        (["Lee was calm.", "Bob Ray was asked about the north.", "“It is cold,” he said."], []),
        (["Maria Ray left.", "Lee also took aim at others. “We talked,” he said."], [("We talked,",)]),
    ],
)
def test_she_is_no_man_the_report_calls_him(lines: list[str], verbatim: list[tuple[str, ...]]) -> None:
    assert [said for _, said in last(read(*lines, head=MAN), len(MAN))] == verbatim


def test_of_two_with_one_surname_it_means_who_is_named_first() -> None:
    lines = ["“We talked,” Lee said.", "“We waited,” Ann Lee said. “And waited,” Mrs Lee added.", "Ann Lee left early."]
    parsed = read(
        *lines, head=("Lee warns of winter", "1 March 2019", "Minister Carl Lee said it was cold in the north.")
    )
    assert [p.verbatim for p in parsed.passages] == [(), ("We talked,",)]
    assert [p.speaker for p in parsed.passages] == ["Carl Lee", "Carl Lee"]
    theirs = read(
        *lines, head=("Lee warns of winter", "1 March 2019", "Minister Carl Lee said it was cold."), speaker="Ann Lee"
    )
    assert [p.verbatim for p in theirs.passages] == [("We waited,",)]


@pytest.mark.parametrize(
    "theirs",
    [
        "His brother, Bob Lee, owns the mine. “We lose money,” Lee said.",
        "The mine is owned by Bob Lee. “We lose money,” Lee said.",
        "“We lose money,” said Bob Lee. “Nobody pays us,” Lee added.",
    ],
)
def test_behind_a_namesake_the_surname_alone_is_nobodys_until_the_person_is_named_in_full(theirs: str) -> None:
    parsed = read(
        "Carl Lee saw the mine. “It stays,” Lee said.",
        theirs,
        "“We wait,” Lee said.",
        "Later Carl Lee went home. “Good night,” Lee said.",
        head=("Minister Carl Lee meets miners", "1 March 2019"),
    )
    assert [p.verbatim for p in parsed.passages] == [("It stays,",), ("Good night,",)]


def test_a_pronoun_behind_another_name_is_nobodys_where_the_report_calls_the_person_neither_he_nor_she() -> None:
    assert last(read("Lee met Maria Ray. “This is madness,” she added."), len(HEAD)) == []


def test_what_somebody_asks_before_the_answer_is_its_question() -> None:
    passage = read("Lee said it was late. Asked “Is it over?”, she said no.").passages[-1]
    assert (passage.text, passage.question) == ("she said no.", "Is it over?")


def test_what_somebody_else_is_asked_is_no_question_of_the_person() -> None:
    theirs = ["Asked by Lee, Bob Ray said: “Nobody comments on winter.”", "Lee said that winter was cold."]
    assert read(*theirs).passages[-1].question is None
    ours = ["Asked about winter in the north, Lee was calm.", "Lee said that winter in the north was cold."]
    assert read(*ours).passages[-1].question == ours[0]


def test_words_announced_with_a_colon_are_the_persons() -> None:
    parsed = read("Lee said:", "“We are late.”", "“We are sorry.”", "Maria Ray said:", "“It is all a lie.”")
    assert last(parsed, len(HEAD)) == [("quoted", ("We are late.",)), ("quoted", ("We are sorry.",))]


def test_a_colon_behind_a_report_leaves_the_report_a_passage() -> None:
    parsed = read("Lee said that the talks were over, and added:", "“We are sorry.”")
    assert last(parsed, len(HEAD)) == [("reported", ()), ("quoted", ("We are sorry.",))]


@pytest.mark.parametrize(
    "signature",
    [
        "— Bob Ray, fisherman",
        "Bob Ray, fisherman",
        "Bob Ray",
        "Bob Ray said.",
        "Those were Bob Ray’s words in parliament on Monday.",
    ],
)
def test_a_quotation_that_somebody_else_signs_is_no_passage(signature: str) -> None:
    parsed = read("“We are late,” Lee said.", "“Nobody believes her.”", signature)
    assert last(parsed, len(HEAD)) == [("quoted", ("We are late,",))]


def test_a_quotation_with_another_name_behind_it_does_not_go_on_with_the_persons() -> None:
    words = "“Nobody in all of the north believes a word of what she says of the winter, or of the sea.”"
    assert len(last(read("“We are late,” Lee said.", words), len(HEAD))) == 2
    assert len(last(read("“We are late,” Lee said.", f"{words} (Zoe)"), len(HEAD))) == 1


def test_british_single_marks_are_quotations() -> None:
    parsed = read("Lee said the talks were ‘not easy’ and didn’t end.", "‘It’s our partners’ choice,’ Lee said.")
    assert last(parsed, len(HEAD)) == [("quoted", ("not easy",)), ("quoted", ("It’s our partners’ choice,",))]


def test_a_quotation_that_runs_over_paragraphs_is_one_mans() -> None:
    parsed = read("“We came late.", "“We left early.", "“We shall be back,” Lee added.")
    assert [verbatim for _, verbatim in last(parsed, len(HEAD))] == [
        ("We came late.",),
        ("We left early.",),
        ("We shall be back,",),
    ]


def test_a_live_report_is_dated_by_the_day_it_reports() -> None:
    head = (
        "Lee meets the press",
        "1 March 2019 10:00",
        "Minister Ann Lee meets the press: follow our live updates.",
        "1 March 2019",
    )
    document = read("10:15 GMT Lee says it is late.", "10:40 GMT “We must hurry,” Lee says.", head=head).document
    assert (document.kind, str(document.dated)) == ("live blog", "utterance")


def test_a_news_report_is_dated_by_its_publication() -> None:
    document = read("“We are late,” Lee said.").document
    assert (document.kind, str(document.dated)) == ("news report", "publication")


def test_the_time_of_a_post_is_no_part_of_its_words() -> None:
    parsed = read("10:15 GMT: Lee says it is late.")
    assert parsed.passages[-1].text == "Lee says it is late."


@pytest.mark.parametrize("dateline", ["MOSCOW, February 3, 2024.", "PARIS, 3 February 2024 (Reuters) -"])
def test_a_report_without_a_title_is_dated_by_its_dateline(dateline: str) -> None:
    parsed = read(f"{dateline} Minister Ann Lee said it was late.", "“We must go on,” Lee said.", head=())
    assert (str(parsed.document.date), str(parsed.document.dated)) == ("2024-02-03", "utterance")
    assert [p.text for p in parsed.passages] == ["Minister Ann Lee said it was late.", "“We must go on,” Lee said."]


TOM = (
    "Minister Tom Lee warns of a bad year",
    "1 March 2019",
    "Minister Tom Lee said on Monday that a bad year was near.",
)


def verbatim(parsed: Parsed) -> list[str]:
    return [string for passage in parsed.passages for string in passage.verbatim]


@pytest.mark.parametrize(
    "opens",
    ["Berg took the floor.", "Berg disagreed.", "Then it was quiet. Berg stood up.", "Berg then took to the stage."],
)
def test_behind_somebody_known_by_surname_alone_a_pronoun_is_nobodys(opens: str) -> None:
    parsed = read(
        f"{opens} “We are at the edge of the abyss,” he said.",
        "“We must act,” Lee said.",
        "Lee took the floor again. “We must act today,” he said.",
        "Oslo agreed. “That is a good day for the city,” he said.",
        head=TOM,
    )
    assert verbatim(parsed) == ["We must act,", "We must act today,", "That is a good day for the city,"]


def test_what_the_person_said_according_to_somebody_else_is_hearsay() -> None:
    parsed = read(
        "According to Bob Ray, Lee said “we are lost.”",
        "According to an aide, Lee said “we are done.”",
        "According to Lee, who said “we are ready,” all is well.",
        head=TOM,
    )
    assert "we are lost." not in verbatim(parsed)
    assert "we are done." not in verbatim(parsed)
    assert "we are ready," in verbatim(parsed)


@pytest.mark.parametrize(
    "line",
    [
        "Lee said it was “too late”, according to Ray.",
        "Lee, Ray said, had called it “madness”.",
        "Lee allegedly said it was “too late”.",
        "According to a source, Lee said it was “too late”.",
    ],
)
def test_what_somebody_else_vouches_for_is_no_quotation(line: str) -> None:
    assert [(p.text, p.attribution, p.verbatim) for p in read(line).passages][-1] == (line, "reported", ())


def test_stress_and_links_are_no_part_of_a_report() -> None:
    parsed = read("**Lee** [said](https://example.org) it was “*very* late”.")
    assert [(p.text, p.verbatim) for p in parsed.passages][-1] == ("Lee said it was “very late”.", ("very late",))


@pytest.mark.parametrize(
    "behind",
    [
        ["Foreign Minister Ann Lee was not there.", "Ann Lee said: “No.”"],
        ["Foreign Minister Lee was not there.", "Foreign Minister Ann Lee was.", "Ann Lee said: “No.”"],
        ["Later Ann Lee, a fisherwoman, said the town “will starve.”"],
    ],
)
@pytest.mark.parametrize("title", ["Harbour must close", "Lee says harbour must close"])
def test_whom_a_report_names_in_full_only_later_is_not_known_to_be_who_it_calls_by_surname(
    title: str, behind: list[str]
) -> None:
    said = ["Lee said on Tuesday that the harbour “must be closed at once.”", "“It is over,” Lee said."]
    with pytest.raises(RefusedError, match="whom it names further down"):
        read(*said, *behind, head=(title, "1 March 2019"))


def test_the_office_tells_who_a_surname_is_that_stands_with_it_first() -> None:
    said = ["Minister Lee said it was “too late.”", "Minister Ann Lee spoke in Oslo."]
    assert read(*said, head=("Lee warns of winter", "1 March 2019")).document.speakers == ("Ann Lee",)


@pytest.mark.parametrize(("said", "kept"), [("Ray said in an interview.", 0), ("Lee said in an interview.", 3)])
def test_a_quotation_left_open_is_whose_the_pronoun_behind_it_stands_for(said: str, kept: int) -> None:
    lines = [
        "The council met Bob Ray, the merchant, in the harbour.",
        f"“It is clear we will discuss it,” {said}",
        "“If the ships stay, I think it is right that we act, but I hope they will not.",
        "“There are many who want to act right away,” he added.",
    ]
    assert len(last(read(*lines), 3)) == kept
