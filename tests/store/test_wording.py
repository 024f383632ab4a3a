from __future__ import annotations

import pytest

from store.ranking import rank
from store.sought import Alternative, Rule, Sought, Term
from store.views import View
from store.wording import in_step, is_remembered
from tests.builders import passage
from tests.store.test_ranking import DAYS, FILLER, ranked, sought

SAID = "Disappointment comes from inflated expectations."
SCATTERED = (
    f"We expected disappointment. {FILLER}Inflated figures, much exaggerated, are here. {FILLER}What comes follows "
    f"from expectations. {FILLER}It is no surprise that it does."
)


@pytest.mark.parametrize(
    "typed",
    [
        "disappointment comes from exaggerated expectations",  # a word is another
        "disappointment comes from very inflated surprise expectations",  # words were added
        "disappointment comes inflated surprise expectations",  # one was added, and a function word forgotten
        "disappointment follows inflated expectations",
    ],
)
def test_a_wording_with_a_word_misremembered_comes_before_all_its_words_far_apart(typed: str) -> None:
    assert ranked(typed, passage(SCATTERED, id="a"), passage(SAID, id="b")) == [SAID, SCATTERED]


@pytest.mark.parametrize(
    "typed",
    [
        "disappointment comes from inflated figures",  # what is typed last may be the subject
        "surprise comes from inflated expectations",
        "disappointment expectations comes inflated figures",  # no order at all
        "of the expectations of a surprise",  # one word is no wording
    ],
)
def test_what_lacks_its_first_or_last_word_is_no_wording(typed: str) -> None:
    assert ranked(typed, passage(SAID, id="a"), passage(SCATTERED, id="b")) == [SCATTERED, SAID]


def test_no_name_of_a_wording_is_misremembered() -> None:
    people = Alternative("syrian", (frozenset({"syrian"}),), Rule.PEOPLE)
    words = ["progress", "in", "syria", "was", "slow"]
    terms = [Term(word, frozenset({word}), 1.0) for word in ("progress", "slow")]
    named = Term("syria", frozenset({"syria"}), 1.0, others=(people,))
    view = View(passage("Progress in Libya was slow."))
    for term, remembered in ((named, False), (Term("iraq", frozenset({"iraq"}), 1.0), True)):
        looking = Sought([*terms, term], [term.word if word == "syria" else word for word in words])
        assert is_remembered(rank([view], looking, DAYS)[0], looking) is remembered


@pytest.mark.parametrize(
    ("typed", "steps"),
    [
        ("disappointment comes from inflated expectations", 5),
        ("disappointment comes from rather inflated expectations", 5),
        ("disappointment arises from inflated expectations", 4),
        ("disappointment inflated expectations", 1 + 1 / 3 + 1),
        ("expectations from disappointment", 1),
    ],
)
def test_words_are_in_step_as_they_follow_each_other(typed: str, steps: float) -> None:
    looking = sought(typed)
    (hit,) = rank([View(passage(SAID))], looking, DAYS)
    assert in_step(hit.view, looking, hit.said) == pytest.approx(steps)
