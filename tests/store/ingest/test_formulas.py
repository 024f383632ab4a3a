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
    ],
)
def test_substance(text: str) -> None:
    assert not is_formula(text)
