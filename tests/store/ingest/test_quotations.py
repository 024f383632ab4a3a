"""Quotation marks: what stands within them, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.ingest.quotations import cover, quotations


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('"One," he says. "Two."', ["One,", "Two."]),
        ("He said “one” and «two».", ["one", "two"]),
        ('"Open to the end', ["Open to the end"]),
        ("\"They say 'no' to us,\" he says.", ["They say 'no' to us,"]),
        ("It's Russia's and the allies' view.", []),
        ("„Das ist so“, sagte er.", ["Das ist so"]),
        ('A 6" gun', []),
    ],
)
def test_double_marks(text: str, inside: list[str]) -> None:
    assert [text[q.start : q.end] for q in quotations(text)] == inside


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("the 'One Belt, One Road' initiative", ["One Belt, One Road"]),
        ("‘We can’t go on,’ he said.", ["We can’t go on,"]),
        ("the allies' view and Russia's", []),
    ],
)
def test_single_marks_where_asked_for(text: str, inside: list[str]) -> None:
    assert [text[q.start : q.end] for q in quotations(text, singles=True)] == inside
    assert quotations(text) == ()


def test_left_open_is_told() -> None:
    assert not quotations('"One')[0].closed


@given(st.text(alphabet="ab ,.\"“”'‘’«»", max_size=60))
def test_cover_keeps_length_and_all_outside_the_marks(text: str) -> None:
    found = quotations(text, singles=True)
    covered = cover(text, found)
    assert len(covered) == len(text)
    inside = {at for q in found for at in range(q.start, q.end)}
    assert all(covered[at] == text[at] for at in range(len(text)) if at not in inside)
