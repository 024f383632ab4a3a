from __future__ import annotations

import pytest

from store.inquiry import around, person_asked_of
from store.text import words

HELD = frozenset("what did say about lavrov syria was de war nato in s".split())
PERSONS = frozenset({"lavrov", "trump"})


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("что сказал Лавров о Сирии", "лавров сирии"),
        ("was sagte Lawrow über Syrien", "lawrow syrien"),
        ("qué dijo Lavrov sobre Siria", "lavrov siria"),
        ("que dit Poutine de l'OTAN", "poutine l otan"),
        ("did Lavrov ever mention Syria", "did lavrov ever syria"),
        ("a mention of Syria", "a mention of syria"),
        ("war in Syria und Iran", "war in syria iran"),  # one word of German makes no German of "war"
        ("de Mistura", "de mistura"),
        ("die Türkei und Syrien", "turkei syrien"),
        ("die in Syria", "die in syria"),
        ("Lavrov's son", "lavrov s son"),  # English has the French word too
        ("que dit son ministre", "ministre"),
        ("Siria sin guerra", "siria guerra"),
    ],
)
def test_what_stands_around_a_subject_in_another_language_is_known(typed: str, left: str) -> None:
    order = words(typed)
    idle = around(order, HELD.__contains__, PERSONS.__contains__)
    assert " ".join(word for word in order if word not in idle) == left


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("who talks about Syria", "who about syria"),
        ("Lavrov speaking about Syria", "lavrov about syria"),
        ("Lavrov speaks", "lavrov"),
        ("comments on Brexit", "on brexit"),
        ("what are his views of NATO", "what are his of nato"),
        ("statement by Lavrov on Syria", "by lavrov on syria"),
        ("Trump remarks", "trump"),
        ("Trump's opinion", "trump s"),
    ],
)
def test_english_words_of_saying_that_only_lead_to_a_subject_are_known(typed: str, left: str) -> None:
    order = words(typed)
    idle = around(order, HELD.__contains__, PERSONS.__contains__)
    assert " ".join(word for word in order if word not in idle) == left


@pytest.mark.parametrize(
    "typed",
    [
        "peace talks",
        "talks with Japan",
        "talks on Syria",
        "nuclear talks about Iran",
        "Lavrov Trump talks",
        "speak French",
        "public speaking",
        "joint statement on Syria",
        "political views",
        "opening remarks",
        "opinion polls",
    ],
)
def test_what_belongs_to_another_word_is_a_subject(typed: str) -> None:
    assert not around(words(typed), HELD.__contains__, PERSONS.__contains__)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("what did Putin say about Syria", "putin"),
        ("what did Putin tell Lavrov", "putin"),
        ("did Putin ever mention Syria", "putin"),
        ("что сказал Лавров о Сирии", "лавров"),
        ("was sagte Lawrow über Syrien", "lawrow"),
        ("qué dijo Lavrov sobre Siria", "lavrov"),
        ("que dit Poutine de l'OTAN", "poutine"),
    ],
)
def test_who_is_asked_of_stands_beside_the_verb(typed: str, asked: str) -> None:
    assert asked in person_asked_of(words(typed))


@pytest.mark.parametrize("typed", ["as Lavrov said about Syria", "Lavrov says", "syria", ""])
def test_nobody_is_asked_of_where_nothing_is_asked(typed: str) -> None:
    assert not person_asked_of(words(typed))


def test_whom_somebody_speaks_to_is_not_asked_of() -> None:
    assert "lavrov" not in person_asked_of(words("what did Putin tell Lavrov"))
