"""Courtesies are told from what has something to say."""

from __future__ import annotations

import pytest

from store.ingest.formulas import is_formula


@pytest.mark.parametrize(
    "text",
    [
        "Thank you very much.",
        "Dear friends, colleagues,",
        "Mr Torkunov,",
        "Let’s go to the interactive format.",
        "Good afternoon, ladies and gentlemen. Thank you for coming.",
        "Уважаемые коллеги,",
        "I am now ready to take your questions.",
        "Please, go ahead.",
        "Let’s start with your questions.",
        "Welcome, everyone.",
        "May God bless the north.",
    ],
)
def test_courtesy(text: str) -> None:
    assert is_formula(text)


@pytest.mark.parametrize(
    "text",
    [
        "First of all, I would like to thank the organisers of this new project for the invitation.",
        "Diplomats only work with facts.",
        "Thank you. Sanctions are illegitimate.",
        "I have listed just a few that have been created by the British side without any proof.",
        "",
        "Thanks to our efforts, the war is over.",
        "Dear friends, we have been deceived for decades.",
        "Mr Ray, you are wrong about the treaty!",
        "Please understand that we did not start this.",
        "Let’s stop this war.",
        "Let’s begin with the fact that the border moved.",
        "Welcome changes came to the valley.",
        "I am ready to answer for every word of it.",
    ],
)
def test_substance(text: str) -> None:
    assert not is_formula(text)
