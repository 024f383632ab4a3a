from __future__ import annotations

import datetime as dt

import pytest

from bot.quotation import Whose, byline, in_question_only, question, quotation, stretch
from store.model import Attribution, Dated, Passage, Quote
from store.whose import own_words
from tests.builders import document, passage

SPOKEN, QUOTED, REPORTED = Attribution.SPOKEN, Attribution.QUOTED, Attribution.REPORTED


def quote(of: Passage, text: str | None = None, *matched: str) -> Quote:
    return Quote(of, document(), of.text if text is None else text, matched=matched)


def shown(of: Passage, text: str | None = None, *matched: str) -> tuple[str, Whose]:
    return quotation(quote(of, text, *matched))


def test_words_found_are_bold_whatever_their_case_and_accents() -> None:
    said = passage("In Syria, SYRIA’s people; the Syrians, not Assyria. A café.")
    words, whose = shown(said, None, "syria", "cafe")
    assert words == "In <b>Syria</b>, <b>SYRIA</b>’s people; the Syrians, not Assyria. A <b>café</b>."
    assert whose is Whose.SPOKEN


@pytest.mark.parametrize(
    ("text", "verbatim", "words", "whose"),
    [
        (
            '"Good things first," Lavrov says. "We are looking forward."',
            ("Good things first,", "We are looking forward."),
            '"Good things first,"<i> Lavrov says. </i>"We are looking forward."',
            Whose.MIXED,
        ),
        (
            'Terms such as "fake news" are no answer, he says, but "a way out."',
            ("a way out.",),
            '<i>Terms such as "fake news" are no answer, he says, but </i>"a way out."',
            Whose.MIXED,
        ),
        ("“We must find a way out.”", ("We must find a way out.",), "“We must find a way out.”", Whose.QUOTED),
        ("We must find a way out.", ("We must find a way out.",), "“We must find a way out.”", Whose.QUOTED),
        ('"no," he said, "no north"', ("no", "no north"), '<i>"no," he said, </i>"no north"', Whose.MIXED),
        ('He says "no north," and "no"', ("no",), '<i>He says "no north," and </i>"no"', Whose.MIXED),
        (
            "He said no, in the north.",
            ("no",),
            "<i>He said no, in the north.</i>",
            Whose.REPORTED,
        ),
    ],
)
def test_in_a_report_the_speakers_words_stand_apart(
    text: str, verbatim: tuple[str, ...], words: str, whose: Whose
) -> None:
    assert shown(passage(text, attribution=QUOTED, verbatim=verbatim)) == (words, whose)


def test_a_summary_is_all_the_reporters() -> None:
    words, whose = shown(passage("Lavrov cites the Minsk agreements.", attribution=REPORTED), None, "minsk")
    assert words == "<i>Lavrov cites the <b>Minsk</b> agreements.</i>"
    assert whose is Whose.REPORTED


def test_a_string_that_is_not_where_it_should_be_never_passes_for_the_speakers() -> None:
    unfound = passage('He calls it "peace".', attribution=QUOTED, verbatim=("war",))
    assert own_words(unfound) == ()
    foreign = Quote(unfound, document(), 'Somebody says "peace".')
    assert quotation(foreign) == ('<i>Somebody says "peace".</i>', Whose.REPORTED)


def test_marks_that_a_cut_took_away_are_put_back() -> None:
    whole = passage(
        'The minister said: "First we talk. Then we act. Then we rest." He left.',
        attribution=QUOTED,
        verbatim=("First we talk. Then we act. Then we rest.",),
    )
    assert shown(whole, "Then we act.") == ("“Then we act.”", Whose.QUOTED)
    assert shown(whole, 'Then we act. Then we rest." He left.') == (
        '“Then we act. Then we rest."<i> He left.</i>',
        Whose.MIXED,
    )
    assert shown(whole, "He left.") == ("<i>He left.</i>", Whose.AROUND)


def test_a_clipped_quote_keeps_its_dots() -> None:
    long = passage("We spoke of peace and of war and of bread.")
    assert shown(long, "We spoke of peace…", "peace") == ("We spoke of <b>peace</b>…", Whose.SPOKEN)


def test_a_passage_is_set_like_its_quote() -> None:
    whole = passage('He says: "Peace." He left.', attribution=QUOTED, verbatim=("Peace.",))
    assert stretch(whole, 0, 17) == ('<i>He says: </i>"Peace."', Whose.MIXED)


def test_the_byline_says_who_when_where_and_what_is_unknown() -> None:
    told = document(venue="Moscow", outlet="RT", title="Q&A", date=dt.date(2018, 1, 15))
    assert byline(passage(), told, Whose.SPOKEN) == (
        f"— <b>Ann</b>, 15 January 2018, Moscow\nRT: Q&amp;A\n{Whose.SPOKEN.value}"
    )
    dark = document(outlet=None, url=None, date=dt.date(2017, 11, 30), dated=Dated.PUBLICATION)
    assert byline(passage(speaker=None), dark) == (
        "— <b>speaker unknown</b>, published 30 November 2017\n"
        "outlet unknown: A talk\nThe address of this page is not known."
    )


def test_no_mark_is_gendered() -> None:
    for whose in Whose:
        assert not {"he", "his", "him", "she", "her", "hers"} & set(whose.value.casefold().split())


@pytest.mark.parametrize(
    ("said", "asked", "matched", "shown_above"),
    [
        ("We agree.", "What of Crimea?", ("crimea",), True),
        ("We agree on Crimea.", "What of Crimea?", ("crimea",), False),
        ("We agree with the Crimeans.", "What of Crimea?", ("crimea", "crimeans"), False),
        ("We agree on Crimea.", "Why was there a referendum?", ("crimea", "referendum"), True),
        ("We agree.", "What of Crimea?", (), False),
        ("We agree.", None, ("crimea",), False),
    ],
)
def test_a_question_is_shown_where_words_are_found_in_it_alone(
    said: str, asked: str | None, matched: tuple[str, ...], shown_above: bool
) -> None:
    assert in_question_only(quote(passage(said, question=asked), None, *matched)) is shown_above


def test_a_long_question_is_shortened_to_where_the_words_are() -> None:
    short = question("And then? " * 60 + "What of Crimea?", ("crimea",))
    assert "What of <b>Crimea</b>?" in short
    assert len(short) < 320
