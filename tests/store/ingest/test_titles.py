"""What a title announces."""

from __future__ import annotations

import pytest

from store.ingest.titles import kind_of, owner_of, owners_of


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Ann Lee's interview with the Daily News", "interview"),
        ("Ann Lee's remarks and answers to questions", "remarks"),
        ("Ann Lee's remarks at a joint news conference", "press conference"),
        ("Follow our live updates", "live blog"),
        ("Интервью министра", "interview"),
        ("Weather", None),
    ],
)
def test_kind_by_the_words_of_the_title(title: str, kind: str | None) -> None:
    assert kind_of(title) == kind


@pytest.mark.parametrize(
    ("title", "owner"),
    [
        ("Foreign Minister Sergey Lavrov’s remarks and answers to questions", "Sergey Lavrov"),
        ("Address by President John F. Kennedy to the General Assembly", "John F. Kennedy"),
        ("Weather in Moscow", None),
    ],
)
def test_whose_words_a_title_announces(title: str, owner: str | None) -> None:
    assert owner_of(title) == owner


@pytest.mark.parametrize(
    ("title", "owners"),
    [
        ("Remarks by President Lee and Minister Bob Ray at a dinner", ("Lee", "Bob Ray")),
        (
            "Remarks by Vice President Lee and President Ray-Oster of the Republic of Norway Before a Meeting",
            ("Lee", "Ray-Oster"),
        ),
        ("Remarks as Prepared for Delivery by First Lady Ann Lee at a School (FS)", ("Ann Lee",)),
        ("Remarks by President Lee Honoring Farmers", ("Lee",)),
        ("Remarks of President Ann Lee – State of the Union Address", ("Ann Lee",)),
        ("Background press call on the talks between President Lee and Minister Ray", ()),
        ("On-the-record gaggle by AHFS Ann Lee", ("Ann Lee",)),
        ("Rede von Bundesminister Oster anlässlich einer Feier", ("Oster",)),
        ("Entretien de M. Bruno Lee, ministre de la mer, avec le Journal", ("Bruno Lee",)),
        ("Below is the text of the statement made by Ann Lee, the Minister, in the House", ("Ann Lee",)),
        ("Briefing by the Office of the Spokesperson", ()),
        ("Background call by Senior Officials", ()),
        ("Background press call previewing day one of the G9 Summit", ()),
        ("Interview with Ann Lee and Bob Ray, Valley Radio", ()),
        ("Index for Today’s Briefing", ()),
        ("Press conference by Ann Lee, Bob Ray and Cid Moe", ("Ann Lee", "Bob Ray", "Cid Moe")),
        ("Remarks by Ann Lee, Prime Minister and Minister of Defence", ("Ann Lee",)),
        ("Statement by Ann Lee, Oslo and Bergen", ("Ann Lee",)),
        ("Protest against the speech by Ann Lee", ()),
        ("Analysis of the speech by Ann Lee", ()),
        ("Remarks by Ann Lee on the speech by Bob Ray", ("Ann Lee",)),
        ("Comments on remarks by Ann Lee", ()),
        ("Comments on remarks by Ann Lee as told by Bob Ray", ()),
        ("Remarks by Ann Lee as told by Bob Ray", ()),
        ("Interview with Minister Ann Lee, as told to Bob Ray", ("Ann Lee",)),
        ("Comment on Minister Ann Lee’s speech", ()),
        ("Comments on Minister Ann Lee’s remarks by Minister Bob Ray", ("Bob Ray",)),
        ("Advisor to the President Ann Lee’s interview", ("Ann Lee",)),
        ("Dr Ann Lee's National Statement at the General Debate of the General Assembly", ("Ann Lee",)),
        ("Ann Lee's State of the Harbour Speech, 2023", ("Ann Lee",)),
        ("Statement by H.E. Mr. Carl Lee, President of Northland, at the Assembly", ("Carl Lee",)),
        ("General Debate of the 79th Session of the United", ()),
        ("Statement of the Republic of Norway to the United Nations", ()),
        ("Statement by Norway at the harbour", ()),
        ("Remarks by Prime Minister May", ("May",)),
    ],
)
def test_all_whose_words_a_title_announces(title: str, owners: tuple[str, ...]) -> None:
    assert owners_of(title) == owners


@pytest.mark.parametrize(
    "title",
    [
        "Fact check: Ann Lee’s speech",
        "Minister Ann Lee’s speech: what she left out",
        "Minister Ann Lee’s speech, a year on",
        "Minister Ann Lee’s remarks: my rebuttal",
        "Letter: Minister Ann Lee’s remarks",
        "Minister Ann Lee’s speech in Oslo, by Bob Ray",
        "FACT CHECK | Minister Ann Lee’s remarks on the sea",
        "Opinion: Ann Lee’s speech was a mistake",
        "Live reaction: Ann Lee’s speech",
        "Ann Lee’s speech, annotated by Bob Ray",
        "Speech by Ann Lee, annotated by Bob Ray",
        "Ann Lee’s speech: what we learned",
        "Ann Lee’s speech: Bob Ray’s analysis",
        "Speech by Ann Lee: a fact check",
        "Ann Lee’s speech – five takeaways",
        "Why Ann Lee’s speech fell flat",
        "Why Minister Ann Lee’s speech matters",
        "Why the speech by Ann Lee fell flat",
        "Inside Ann Lee’s speech",
        "Decoding Minister Ann Lee’s speech",
        "Lawmakers slam Minister Ann Lee’s speech",
        "Lawmakers slam the speech by Ann Lee",
        "Five takeaways from Minister Ann Lee’s speech",
        "Bob Ray responds to Minister Ann Lee’s speech",
        "Review of the interview with Minister Ann Lee",
        "Full transcript and analysis of Minister Ann Lee’s speech",
        "Ann Lee’s speech fell flat",
        "Ann Lee’s speech in five charts",
        "Ann Lee’s speech to the council draws criticism",
        "Ann Lee’s speech and its critics",
        "Did Minister Ann Lee’s speech to the council change anything?",
        "Ann Lee’s speech through the eyes of Bob Ray",
        "Ann Lee’s remarks at Oslo hurt us",
        "Minister Ann Lee’s remarks in Oslo hurt the north",
        "Ann Lee’s speech annotated by Bob Ray",
        "Ann Lee’s speech in Oslo annotated by Bob Ray",
        "Speech by Ann Lee annotated by Bob Ray",
        "Speech by Ann Lee in Oslo angers fishermen",
        "Ann Lee’s speech to parliament angers fishermen",
        "Ann Lee’s speech at the UN shows how weak the north became",
        "Ann Lee’s remarks on the harbour come under fire",
        "Ann Lee’s speech on the harbour met with silence",
        "Ann Lee’s interview with the Daily News goes viral",
        "Ann Lee’s interview with the Daily News raises questions",
        "Ann Lee’s statement on the flood left many cold",
        "Ann Lee’s remarks during talks in Oslo upset allies",
        "Ann Lee’s remarks to the council divided the party",
    ],
)
def test_a_title_about_somebodys_words_announces_nobody(title: str) -> None:
    assert owners_of(title) == ()


@pytest.mark.parametrize(
    "title",
    [
        "Full text: Ann Lee’s speech",
        "Full text of Ann Lee’s speech",
        "Read the full transcript of Minister Ann Lee’s interview with the Daily News",
        "Excerpts from Ann Lee’s speech",
        "Text of a speech by Ann Lee",
        "Excerpts from Remarks as Prepared for Delivery by Minister Ann Lee to Pupils",
        "State of the Union Address by President Ann Lee",
        "Conference on the sea: opening remarks by Ann Lee",
        "Norwegian finance minister Ann Lee’s speech",
        "Outgoing Minister Ann Lee’s speech",
        "Minister Ann Lee’s statement announcing a closure",
        "Remarks by Ann Lee on how the harbour is built",
        "Remarks by Minister Ann Lee in a Moderated Conversation with Minister Bob Ray",
        "“The harbour is ours,” Minister Ann Lee’s speech at the council",
        "Text of the Address by Her Excellency, Dr. Ann Lee,",
        "Statement by H.E. Mr. Ann Lee, President of Norway",
        "Speech by Ann Lee to the council, translated by Bob Ray",
        "Minister Ann Lee’s remarks at the launch of the Harbour Shows",
        "Ann Lee’s remarks on how states share burdens",
        "Ann Lee’s remarks on fishermen hurt by the flood",
        "Ann Lee’s remarks on people left behind",
        "Ann Lee’s remarks on how to win the vote",
        "Ann Lee’s remarks on the fuel crisis",
        "Ann Lee’s remarks at a meeting on fuel prices",
        "Ann Lee’s remarks on the divided island",
        "Ann Lee’s remarks at the Divided Cities Forum",
        "Ann Lee’s remarks on failed states",
    ],
)
def test_what_says_that_a_text_follows_and_the_occasion_leave_a_title_one(title: str) -> None:
    assert owners_of(title) == ("Ann Lee",)


def test_an_endless_title_is_read_at_once() -> None:
    assert owners_of("Speech by Minister Ann Lee, " + "x" * 100_000) == ("Ann Lee",)
