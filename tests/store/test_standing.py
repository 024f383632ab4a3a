from __future__ import annotations

import pytest

from store.model import Attribution
from store.standing import LONGEST, SHORTEST, stands_alone
from tests.builders import passage

GOOD = "Russia hopes that the talks in Geneva will bring a political settlement to Syria."


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"“{GOOD}”",
        f'"{GOOD}"',
        "“We hope that the talks in Geneva will bring a settlement to Syria,” Ann said on Friday in Sochi.",
        "Ann says that “the talks in Geneva” will bring a settlement to Syria, and that there is no other way.",
        "No state can ensure its own security at the expense of the security of other states!",
        "Thisbe and Pyramus were separated by a wall, as are many peoples of our time, sad to say.",
        "Why do we negotiate? Because nobody has found another way to end a war that all are losing.",
        "2018 will be the year in which the peoples of Syria decide their future (and nobody else does).",
        "The question of the status of the city can only be settled by those who live in it, and by talks.",
        "The Palestinian issue is the oldest in the region, and everybody asked about peace there knows it.",
        "Мы исходим из того, что будущее Сирии должен определить только сам сирийский народ.",
    ],
)
def test_a_whole_statement_stands_alone(text: str) -> None:
    assert stands_alone(passage(text))


@pytest.mark.parametrize(
    "text",
    [
        "What would the talks in Geneva bring to the people of Syria, and to their neighbours?",
        "“What would the talks in Geneva bring to the people of Syria, and to their neighbours?”",
        GOOD.rstrip("."),
        GOOD.rstrip(".") + ":",
        GOOD.rstrip(".") + "…",
        GOOD + "..",
        f"and {GOOD}",
        "the talks in Geneva will bring a political settlement to Syria, of which nobody is in doubt.",
        f"“…and {GOOD}”",
    ],
)
def test_a_question_or_a_fragment_does_not(text: str) -> None:
    assert not stands_alone(passage(text))


@pytest.mark.parametrize(
    "opening",
    [
        *("This", "That’s why", "It's clear:", "“He", "They", "(These)", "Such", "Both", "The latter", "There", "Here"),
        *("But", "And so", "— So", "Therefore,", "However,", "Moreover,", "Also,", "Then", "Yes,", "No,"),
        *(
            "Of course,",
            "For example,",
            "In addition,",
            "As for that,",
            "On the contrary,",
            "Still,",
            "Still on Syria,",
            "Speaking of talks,",
            "Ann says, however:",
            "Ann Lee also said that",
        ),
    ],
)
def test_an_opening_that_points_back_does_not(opening: str) -> None:
    text = f"{opening} {GOOD}"
    assert not stands_alone(passage(text + "”" if "“" in opening else text))


@pytest.mark.parametrize(
    "words",
    [
        *(
            "The question has been asked before.",
            "Your second question is about the talks.",
            "You mentioned the talks.",
        ),
        *("I have already said what we want.", "As I said, we want peace.", "I listed it in my opening remarks."),
        *(
            "Russia has answered this question.",
            "The aforementioned talks go on.",
            "We know what you are referring to.",
        ),
    ],
)
def test_what_speaks_of_its_question_or_of_what_was_said_before_does_not(words: str) -> None:
    assert not stands_alone(passage(f"{words} {GOOD}"))
    assert not stands_alone(passage(f"{GOOD} {words}"))


@pytest.mark.parametrize(
    "text",
    [
        f"“{GOOD} The second point is the sovereignty of the state.",
        f"{GOOD} The second point is the sovereignty of the state.”",
        f'{GOOD} The "second point is the sovereignty of the state.',
        f"«{GOOD}",
    ],
)
def test_a_quotation_that_closes_elsewhere_does_not(text: str) -> None:
    assert not stands_alone(passage(text))


def test_formulas_do_not() -> None:
    assert not stands_alone(passage(GOOD, formula=True))


def test_who_paraphrases_does_not_matter_here() -> None:
    assert stands_alone(passage(GOOD, attribution=Attribution.REPORTED))


@pytest.mark.parametrize(
    ("length", "stands"), [(SHORTEST - 1, False), (SHORTEST, True), (LONGEST, True), (LONGEST + 1, False)]
)
def test_length_has_its_bounds(length: int, *, stands: bool) -> None:
    assert stands_alone(passage("A" * (length - 1) + ".")) is stands


def test_what_is_shown_is_judged_and_not_the_rest() -> None:
    shown = "Russia " + "r" * 340 + " settles."
    hidden = "And " + "h" * 330 + " so on and so forth."
    assert stands_alone(passage(f"{shown} {hidden}"))
