from __future__ import annotations

import itertools
from datetime import date

import pytest

from store.model import Attribution, Passage
from store.ranking import COMPLETE, FEW, NEAREST, Ranked, matched, rank
from store.sought import Alternative, Rule, Sought, Term, rarity, together
from store.views import View, cut
from tests.builders import passage

FILLER = "We have talked about this at length with all of our partners and nothing has come of it so far. "
DAYS = {"talk": date(2018, 2, 7), "later": date(2020, 9, 1)}


def sought(typed: str, *, capital: frozenset[str] = frozenset(), speakers: dict[str, set[str]] | None = None) -> Sought:
    """Terms of one weight; a word stands for itself and for itself with an s."""
    words = [word for word in typed.split() if word not in {"of", "the"}]
    terms = [
        Term(word, frozenset({word, f"{word}s"}), 1.0, word in capital, frozenset((speakers or {}).get(word, ())))
        for word in dict.fromkeys(words)
    ]
    return Sought(terms, typed.split())


def ranked(typed: str, *passages: Passage) -> list[str]:
    return [found.view.passage.text for found in rank(map(View, passages), sought(typed), DAYS)]


def text_of(found: Ranked) -> str:
    return found.view.passage.text


@pytest.mark.parametrize(
    ("typed", "better", "worse"),
    [
        pytest.param(
            "syria",
            f"Syria needs peace. {FILLER}Syria is a sovereign state. {FILLER}",
            f"Syria needs peace. {FILLER}Libya is a sovereign state. {FILLER}",
            id="comes back to it",
        ),
        pytest.param(
            "syria",
            f"Peace must return to Syria. {FILLER}{FILLER}",
            f"{FILLER}{FILLER}Peace must return to Syria.",
            id="opens with it",
        ),
        pytest.param(
            "syria",
            f"{FILLER}Syria needs peace, as do Libya, Yemen and others who are neighbours of it. {FILLER}",
            f"{FILLER}Peace is needed by Libya, Yemen and others who are neighbours of it, as Syria is. {FILLER}",
            id="opens a sentence with it",
        ),
        pytest.param(
            "syria",
            f"Peace is what we want for Syria. {FILLER}",
            f"Despite Syria they came here. {FILLER}",
            id="deep within a sentence before set aside at its beginning",
        ),
        pytest.param(
            "their common border of peace",
            f"{FILLER}It is there, at their common border of peace. {FILLER}",
            f"Peace at their common border. A common border, their border, is peace. Common peace. {FILLER}",
            id="word for word before all that says it more often",
        ),
        pytest.param("syria", f"Peace in Syria. {FILLER}", "Syria.", id="a whole thought before a fragment"),
        pytest.param(
            "syria",
            f"Peace in Syria. {FILLER}",
            f"Peace in Syria. {FILLER * 8}",
            id="short before long, mentioned once",
        ),
        pytest.param(
            "syria",
            f"Peace must return to Syria quite soon. {FILLER}",
            f"Peace must return to Syria and Libya. {FILLER}",
            id="by itself before in a row of names",
        ),
        pytest.param("general", f"A general said it. {FILLER}", f"The generals said it. {FILLER}", id="as typed"),
        pytest.param(
            "arms control",
            f"Our arms control is at an end. {FILLER}",
            f"Our control of the arms is at an end. {FILLER}",
            id="a phrase before the same words apart",
        ),
        pytest.param(
            "arms control",
            f"It is late. Control over arms is at an end. {FILLER}",
            f"Control is at an end. It is late for that. They sell arms. {FILLER}",
            id="near each other before far apart",
        ),
        pytest.param(
            "arms control",
            f"It is late. We control all of their arms. {FILLER}",
            f"We control that. All of their arms are there. {FILLER}",
            id="in one sentence before in two",
        ),
        pytest.param(
            "space of chaos",
            f"We call that a space of chaos here. {FILLER}",
            f"We call that space a chaos of here. {FILLER}",
            id="function words tell phrases apart",
        ),
    ],
)
def test_the_passage_that_says_more_of_the_subject_comes_first(typed: str, better: str, worse: str) -> None:
    # The ids would put equals the other way round.
    for order in itertools.permutations((passage(better, id="b"), passage(worse, id="a"))):
        assert ranked(typed, *order) == [better, worse]


def test_a_passage_that_says_the_word_comes_before_one_that_is_only_asked_about_it() -> None:
    said = passage(f"{FILLER}{FILLER}{FILLER}And then there is Kosovo.", attribution=Attribution.REPORTED)
    asked = passage(FILLER, question="Kosovo, Kosovo, Kosovo?")
    assert ranked("kosovo", asked, said) == [said.text, asked.text]


def test_a_passage_that_says_every_word_comes_before_one_that_is_asked_one_of_them() -> None:
    said = passage(f"{FILLER}{FILLER}Arms, then. {FILLER}And their control.", attribution=Attribution.REPORTED)
    asked = passage(f"Arms, arms, arms, arms, arms, arms. Arms! {FILLER}", question="And control?")
    assert ranked("arms control", asked, said) == [said.text, asked.text]


def test_a_passage_asked_about_the_word_comes_first_where_both_say_it() -> None:
    about = passage(f"Kosovo is an example. {FILLER}", question="And Kosovo?")
    other = passage(f"Kosovo is a precedent. {FILLER}", question="And Crimea?")
    assert ranked("kosovo", other, about) == [about.text, other.text]


@pytest.mark.parametrize("own", [Attribution.SPOKEN, Attribution.QUOTED])
def test_own_words_come_before_a_paraphrase_where_equally_good(own: Attribution) -> None:
    reported = passage(f"Lavrov spoke of Kosovo. {FILLER}", attribution=Attribution.REPORTED)
    said = passage(f"Someone spoke of Kosovo. {FILLER}", attribution=own)
    assert ranked("kosovo", reported, said) == [said.text, reported.text]


def test_formulas_come_last_even_behind_a_word_of_the_question() -> None:
    thanks = passage("Kosovo, thank you.", formula=True)
    asked = passage(FILLER, question="And Kosovo?")
    assert ranked("kosovo", thanks, asked) == [asked.text, thanks.text]


def test_another_document_comes_before_the_next_passage_of_an_answer_where_equally_good() -> None:
    texts = [f"Kosovo, number {n}. {FILLER}" for n in range(4)]
    answer = [passage(text, id=f"a{n}", document="later", question="Kosovo?") for n, text in enumerate(texts[:3])]
    other = passage(texts[3], id="b", question="Kosovo?")
    found = rank(map(View, [*answer, other]), sought("kosovo"), DAYS)
    assert [one.view.passage.id for one in found] == ["a0", "b", "a1", "a2"]
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_variety_does_not_bring_up_what_says_less() -> None:
    about = [passage(f"Kosovo, {n}. Kosovo is a precedent. Kosovo! {FILLER}", position=n) for n in range(3)]
    mention = passage(f"{FILLER * 3}So much for Kosovo.", document="later")
    assert ranked("kosovo", mention, *about)[-1] == mention.text


def test_equals_come_newest_first_then_by_id_in_any_order_given() -> None:
    equal = [
        passage("Peace in Kosovo.", id="x", document="talk", question="1"),
        passage("Peace in Kosovo.", id="b", document="later", question="2"),
        passage("Peace in Kosovo.", id="a", document="later", question="3"),
    ]
    for order in itertools.permutations(equal):
        assert [one.view.passage.id for one in rank(map(View, order), sought("kosovo"), DAYS)] == ["a", "b", "x"]


def test_where_few_have_every_word_the_nearest_follow_however_often_they_say_one() -> None:
    both, one = passage("Nobody controls the arms of others."), passage("Arms, arms, arms.")
    found = rank(map(View, (one, both)), sought("arms control"), DAYS)
    assert [text_of(hit) for hit in found] == [both.text, one.text]
    assert found[0].coverage >= COMPLETE > found[1].coverage > NEAREST


def test_where_many_have_every_word_only_such_passages_are_hits() -> None:
    many = [passage(f"Nobody controls the arms of {number}.", position=number) for number in range(FEW)]
    found = rank(map(View, (*many, passage("Arms, arms, arms."))), sought("arms control"), DAYS)
    assert {text_of(hit) for hit in found} == {one.text for one in many}


def test_the_very_wording_comes_first_then_all_its_words_then_some() -> None:
    said, others, one = (
        passage(text) for text in ("It is a space of chaos.", "Chaos in space, and space in chaos.", "Chaos.")
    )
    assert ranked("space of chaos", one, others, said) == [said.text, others.text, one.text]


@pytest.mark.parametrize(
    "typed",
    [
        "space chaos beyond control",  # words between are forgotten
        "space of chaos quite beyond control",  # one is another
    ],
)
def test_a_wording_is_known_though_not_every_word_of_it_is_remembered(typed: str) -> None:
    said = passage(f"A space of chaos well beyond the control of all. {FILLER}")
    near = passage(f"In space and under control, there is chaos beyond that. {FILLER}", id="a")
    assert ranked(typed, near, said)[0] == said.text


def test_what_is_said_in_other_words_comes_after_all_that_says_it_outright() -> None:
    wider = Alternative("skripals", (frozenset({"skripals"}),), Rule.NARROWER)
    terms = Sought([Term("spy", frozenset({"spy"}), 1.0, others=(wider,))])
    outright = passage("At the very end of it all, somebody who speaks of something else mentions a spy.")
    others = passage("The Skripals, the Skripals: we speak of the Skripals.", attribution=Attribution.SPOKEN)
    found = rank(map(View, (others, outright)), terms, DAYS)
    assert [text_of(hit) for hit in found] == [outright.text, others.text]


def test_all_of_it_in_other_words_comes_before_a_part_of_it_outright() -> None:
    narrower = [Alternative(word, (frozenset({word}),), Rule.NARROWER) for word in ("novichok", "surgeon")]
    terms = Sought(
        Term(typed, frozenset({typed}), 1.0, others=(other,))
        for typed, other in zip(("poison", "doctors"), narrower, strict=True)
    )
    all_of_it, a_part = passage("The surgeon spoke of novichok."), passage("Doctors, doctors and other doctors.")
    found = rank(map(View, (a_part, all_of_it)), terms, DAYS)
    assert [text_of(hit) for hit in found] == [all_of_it.text, a_part.text]


def test_a_name_of_several_words_counts_as_one_mention_and_only_whole() -> None:
    name = Alternative("north korea", (frozenset({"north"}), frozenset({"korea"})), Rule.SAID)
    terms = Sought([Term("north korea", frozenset(), 1.0, others=(name,))], ["north", "korea"])
    whole, apart = passage("Peace in North Korea."), passage("Korea, from the north.")
    found = rank(map(View, (apart, whole)), terms, DAYS)
    assert [text_of(hit) for hit in found] == [whole.text]
    assert matched(found[0], terms) == ("north", "korea")


def test_of_two_words_that_are_one_name_another_name_is_no_worse() -> None:
    names = (("european", "union"), ("eu",))
    others = tuple(Alternative(" ".join(name), tuple(frozenset({word}) for word in name), Rule.SAID) for name in names)
    terms = Sought([Term("european union", frozenset(), 1.0, others=others)], ["european", "union"])
    once, twice = passage(f"Peace in the European Union. {FILLER}"), passage(f"The EU will speak for the EU. {FILLER}")
    found = rank(map(View, (once, twice)), terms, DAYS)
    assert [text_of(hit) for hit in found] == [twice.text, once.text]


def test_what_lacks_a_common_word_comes_before_what_lacks_the_country_named() -> None:
    syrian = Alternative("syrian", (frozenset({"syrian"}),), Rule.PEOPLE)
    terms = Sought(
        [
            Term("opposition", frozenset({"opposition"}), 3.0),
            Term("syria", frozenset({"syria"}), 1.0, others=(syrian,)),
        ]
    )
    elsewhere, there = passage("The opposition, the opposition of Ukraine."), passage("Whoever is armed in Syria.")
    found = rank(map(View, (elsewhere, there)), terms, DAYS)
    assert [text_of(hit) for hit in found] == [there.text, elsewhere.text]


def test_coming_back_to_two_things_tells_more_than_having_them_side_by_side_once() -> None:
    both = f"Trump has called. {FILLER}Putin has called too. {FILLER}Trump was glad. {FILLER}Putin was glad too."
    once = f"We met. {FILLER}It was Trump whom Putin had called before that. {FILLER}{FILLER}"
    assert ranked("trump putin", passage(once, id="a"), passage(both, id="b")) == [both, once]


def test_a_name_that_is_everywhere_tells_no_more_than_it_does() -> None:
    russian = Alternative("russian", (frozenset({"russian"}),), Rule.PEOPLE)
    for held, tells_more in ((40, True), (80, False)):
        name = Term("russia", frozenset({"russia"}), rarity(held, 100), others=(russian,))
        of_name, of_word = Sought([name, Term("athletes", frozenset({"athletes"}), 3.0)]).shares
        assert (of_name > of_word) == tells_more


@pytest.mark.parametrize(
    ("passages", "any_of_them"),
    [((), 0), ((30,), 30), ((50, 50), 75), ((100, 10), 100), ((60, 60, 60), 94), ((300,), 100)],
)
def test_passages_that_hold_several_of_some_words_count_once(passages: tuple[int, ...], any_of_them: int) -> None:
    assert together(passages, 100) == any_of_them
    assert together((), 0) == 0


def test_the_score_is_the_sum_of_its_parts() -> None:
    said = [passage(f"Peace in Kosovo, {number}.", position=number) for number in range(3)]
    for one in rank(map(View, said), sought("peace kosovo"), DAYS):
        assert one.score == pytest.approx(sum(one.parts.values()), abs=1e-5)


def test_words_of_text_question_and_speaker_make_up_the_coverage_together() -> None:
    answer = passage("We want peace.", question="What of Kosovo?", speaker="Ann Smith")
    [found] = rank([View(answer)], sought("ann kosovo peace", speakers={"ann": {"Ann Smith"}}), DAYS)
    assert found.coverage >= COMPLETE
    assert matched(found, sought("ann kosovo peace", speakers={"ann": {"Ann Smith"}})) == ("peace", "kosovo", "ann")


def test_a_report_that_names_its_speaker_is_not_about_that_person() -> None:
    terms = sought("ann peace", speakers={"ann": {"Ann"}})
    named = passage(f"Ann, says Ann, wants peace. {FILLER}", id="named", attribution=Attribution.REPORTED)
    said = passage(f"I want, and we all want peace. {FILLER}", id="said")
    assert [one.view.passage.id for one in rank(map(View, (named, said)), terms, DAYS)] == ["said", "named"]


def test_a_passage_without_any_of_it_is_no_hit() -> None:
    assert ranked("kosovo", passage(FILLER)) == []
    assert rank([], sought("kosovo"), DAYS) == ()


def test_abbreviations_count_only_in_capitals() -> None:
    terms = sought("us", capital=frozenset({"us"}))
    passages = [passage("Let us talk."), passage("The US will not talk."), passage("The U.S. will talk.")]
    found = rank(map(View, passages), terms, DAYS)
    assert {text_of(one) for one in found} == {"The US will not talk.", "The U.S. will talk."}
    assert {matched(one, terms) for one in found} == {("us",), ("u.s.",)}
    [asked] = rank([View(passage("No.", question="The US?")), View(passage("Yes.", question="Us?"))], terms, DAYS)
    assert text_of(asked) == "No."


def test_matched_words_stand_as_they_are_written_but_for_case() -> None:
    found = passage("General Müller met the generals. GENERAL!", question="Generals?")
    terms = Sought([Term("general", frozenset({"general", "generals"}), 1.0), Term("muller", frozenset({"muller"}), 1)])
    [hit] = rank([View(found)], terms, DAYS)
    assert matched(hit, terms) == ("general", "müller", "generals")


def test_of_a_name_of_several_words_a_question_has_all_or_none() -> None:
    name = Alternative("displaced persons", (frozenset({"displaced"}), frozenset({"persons"})), Rule.ALIKE)
    terms = Sought([Term("refugees", frozenset({"refugees"}), 1.0, others=(name,))], ["refugees"])
    [hit] = rank([View(passage("The refugees came home.", question="Who displaced you?"))], terms, DAYS)
    assert matched(hit, terms) == ("refugees",)


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("He saw Libya, Iraq and the Yemen.", "libya iraq yemen"),
        ("Иран и Катар.", "иран катар"),
        ("North Korea and Iran.", "north korea iran"),
        ("From Libya, it is said, and so on.", ""),
        ("We spoke of gas and Libya.", ""),
        ("It is Libya. And Iraq?", ""),
        ("Libya", ""),
    ],
)
def test_names_in_a_row_are_told_from_one_by_itself(text: str, listed: str) -> None:
    view = View(passage(text))
    between = {"and", "и", "the"}
    told = [word for place, word in enumerate(view.words) if word not in between and view.is_listed(place)]
    assert told == listed.split()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The U.S. and the U.N.", ["the", "us", "and", "the", "un"]),
        ("U.S.A.-led", ["usa", "led"]),
        ("In 2018. A word", ["in", "2018", "a", "word"]),
        ("J. Smith", ["j", "smith"]),
        ("", []),
    ],
)
def test_an_abbreviation_with_dots_is_one_word(text: str, words: list[str]) -> None:
    assert [word.folded for word in cut(text)] == words


def test_a_rare_word_tells_more_than_a_common_one_and_every_word_something() -> None:
    weights = [rarity(passages, 100) for passages in (0, 1, 50, 100, 130)]
    assert weights == sorted(weights, reverse=True)
    assert weights[-1] > 0
