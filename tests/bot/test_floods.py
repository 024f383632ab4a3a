from __future__ import annotations

from bot.floods import Ceiling, Floods, Verdict

ANN, BEN, GROUP = 1, 2, -100
LIMIT = Ceiling(most=3, period=10.0, mute=60.0)
TAKE, SLOW_DOWN, IGNORE = Verdict


def ask(floods: Floods, times: int, now: float = 0.0, *, person: int = ANN, chat: int = ANN) -> list[Verdict]:
    return [floods.heard(person, chat, now) for _ in range(times)]


def test_more_than_the_ceiling_is_told_once_then_ignored_for_a_while() -> None:
    floods = Floods(LIMIT)
    assert ask(floods, 3) == [TAKE] * 3
    assert ask(floods, 3) == [SLOW_DOWN, IGNORE, IGNORE]
    assert ask(floods, 1, 59.9) == [IGNORE]
    assert ask(floods, 4, 60.0) == [TAKE, TAKE, TAKE, SLOW_DOWN]


def test_who_asks_as_often_as_allowed_is_never_told() -> None:
    floods = Floods(LIMIT)
    assert {verdict for second in range(100) for verdict in ask(floods, 1, second * 3.5)} == {TAKE}


def test_the_ceiling_of_the_program_is_twenty_in_ten_seconds() -> None:
    floods = Floods()
    assert ask(floods, 20) == [TAKE] * 20
    assert ask(floods, 1, 9.9) == [SLOW_DOWN]


def test_others_are_heard_meanwhile() -> None:
    floods = Floods(LIMIT)
    ask(floods, 9)
    assert ask(floods, 1, person=BEN, chat=BEN) == [TAKE]
    assert ask(floods, 1, person=BEN, chat=GROUP) == [TAKE]


def test_a_flood_in_private_mutes_the_person_in_groups_too() -> None:
    floods = Floods(LIMIT)
    ask(floods, 9)
    assert ask(floods, 1, person=ANN, chat=GROUP) == [IGNORE]


def test_a_group_is_told_once_whoever_asks() -> None:
    floods = Floods(LIMIT)
    verdicts = [floods.heard(person, GROUP, 0.0) for person in range(1, 7)]
    assert verdicts == [TAKE, TAKE, TAKE, SLOW_DOWN, IGNORE, IGNORE]
    assert ask(floods, 1, person=1, chat=1) == [TAKE]


def test_a_press_in_a_group_that_is_not_heard_is_answered_once_to_each() -> None:
    floods = Floods(LIMIT)
    for person in range(1, 5):
        floods.heard(person, GROUP, 0.0)
    assert [floods.heard(9, GROUP, 1.0, press=True) for _ in range(3)] == [SLOW_DOWN, IGNORE, IGNORE]
    # Who was told by message is not told again.
    assert floods.heard(4, GROUP, 1.0, press=True) is IGNORE


def test_as_many_are_remembered_as_it_says() -> None:
    floods = Floods(Ceiling(known=100))
    for person in range(1, 1000):
        floods.heard(person, person, 0.0)
    assert len(floods) == 100


def test_who_has_rested_is_forgotten() -> None:
    floods = Floods(LIMIT)
    for person in range(1, 1000):
        floods.heard(person, person, 0.0)
    floods.heard(ANN, ANN, 100.0)
    assert len(floods) == 1
