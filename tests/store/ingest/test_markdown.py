"""Lines without the marks of Markdown, and those that only look like them."""

from __future__ import annotations

import time

import pytest

from store.ingest.markdown import is_stressed, plain


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("**Ann Lee:** It is *late*.", "Ann Lee: It is late."),
        ("**Ann Lee**: It is late.", "Ann Lee: It is late."),
        ("It is **_very_ late**, ***now***.", "It is very late, now."),
        ("__Late__ and _late_.", "Late and late."),
        ("## Remarks by Ann Lee ##", "Remarks by Ann Lee"),
        ("> The sea is wide.", "The sea is wide."),
        (">> ANN LEE: It is late.", "ANN LEE: It is late."),
        ("* Rest.", "Rest."),
        ('Read [the plan](https://example.org/a_(b)_c "Plan") now.', "Read the plan now."),
        ("Read [the plan][2] now, or [sleep][].", "Read the plan now, or [sleep][]."),
        ("I think [inaudible][crosstalk] we go. [Applause][]", "I think [inaudible][crosstalk] we go. [Applause][]"),
        ("*laughs* It is late.", "(laughs) It is late."),
        ("**Ann Lee:** _laughs_ It is late.", "Ann Lee: (laughs) It is late."),
        ("It is late. *sighs deeply* So it is.", "It is late. (sighs deeply) So it is."),
        ("It is late. *She looks at the sea.* We go.", "It is late. (She looks at the sea.) We go."),
        ("It is late. [*She looks at the sea.*] We go.", "It is late. [She looks at the sea.] We go."),
        ("*Pauses for a while.* It is late.", "(Pauses for a while.) It is late."),
        ("*We looked at the sea.* It is late.", "We looked at the sea. It is late."),
        ("*The sea is wide.* It is late.", "The sea is wide. It is late."),
        ("It is *very* late. *so* late.", "It is very late. so late."),
        ("![A ship](ship.png) It sails.", "It sails."),
        ("[![A ship](ship.png)](https://example.org) It sails.", "It sails."),
        (r"It is late \[laughter\].", "It is late [laughter]."),
        (r"It\'s \"late\", and C:\ships.", 'It\'s "late", and C:\\ships.'),
        ("Call `sail()`.", "Call sail()."),
        ("***", "***"),
        ("* * *", "* * *"),
        ("2 * 3 * 4 is 24.", "2 * 3 * 4 is 24."),
        ("What the f*** and s**t, f**k.", "What the f*** and s**t, f**k."),
        ("Late* and early*.", "Late* and early*."),
        ("snake_case and other_case", "snake_case and other_case"),
        ("#Peace is trending.", "#Peace is trending."),
        ("He told me [sic] (so) it was.", "He told me [sic] (so) it was."),
        ("It was [late](that is, dark).", "It was [late](that is, dark)."),
        ("– Why now?", "– Why now?"),
    ],
)
def test_a_line_is_read_as_a_page_shows_it(line: str, seen: str) -> None:
    assert plain(line, links=["2"]) == seen
    assert plain(seen) == seen


@pytest.mark.parametrize(
    ("line", "whole"), [("**Why is it late?**", True), ("_Why is it late?_", True), ("**Why** is it **late?**", False)]
)
def test_a_line_may_be_stressed_as_a_whole(line: str, whole: bool) -> None:
    assert is_stressed(line) is whole


def test_a_line_of_many_marks_takes_no_time_that_grows_with_its_square() -> None:
    begin = time.perf_counter()
    plain("*a* " * 20_000)
    assert time.perf_counter() - begin < 3
