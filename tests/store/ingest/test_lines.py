"""What a line of a file tells by itself."""

from __future__ import annotations

import pytest

from store.ingest.lines import is_continued, is_ended


@pytest.mark.parametrize(
    ("line", "continued"),
    [
        ("of the sea", True),
        ("моря", True),
        ("40 million crowns", True),
        ("2,5 % of it", True),
        ("€3 million", True),
        ("The sea", False),
        ("4 th September", False),
        ("4 September", False),
        ("1. of the sea", False),
        ("1756", False),
        ("", False),
    ],
)
def test_the_rest_of_a_sentence_begins_in_lower_case_or_with_a_number_before_it(line: str, continued: bool) -> None:
    assert is_continued(line) is continued


@pytest.mark.parametrize(
    ("line", "ended"),
    [("It is.", True), ("**It is.**", True), ("“It is!”", True), ("是。", True), ("We want:", True), ("It is", False)],
)
def test_a_line_ends_as_a_sentence_does_whatever_marks_stand_behind(line: str, ended: bool) -> None:
    assert is_ended(line) is ended
