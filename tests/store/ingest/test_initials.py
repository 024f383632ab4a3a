"""Turns that run on within a paragraph, told by the initials of who speaks."""

from __future__ import annotations

import time

import pytest

from store.errors import RefusedError
from store.ingest.initials import initials_in, turns_of
from store.ingest.parse import parse
from store.model import Source

RUNS_ON = (
    "Kay Fern: Why now? Ann Lee-Ray: Because it is time. KF: And then? ALR: We sail.KF: So far? ALR: So far. KF: Good.",
    "ALR: It is late. We go.",
)


def test_initials_of_two_that_open_turns_within_lines_are_labels() -> None:
    assert initials_in(RUNS_ON) == {"KF", "ALR"}
    assert list(turns_of(RUNS_ON[0], {"KF", "ALR"})) == [
        "Kay Fern: Why now?",
        "Ann Lee-Ray: Because it is time.",
        *("KF: And then?", "ALR: We sail.", "KF: So far?", "ALR: So far.", "KF: Good."),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("KF: Why?", "ALR: So.", "KF: Why?", "ALR: So.", "KF: Why?", "ALR: So."),  # each on a line of its own
        ("It is late. EU: no. EU: no. EU: no.",),  # nobody else
        ("It is late. EU: no. US: yes. EU: no. US: yes.",),  # twice
        ("of the EU: no, of the US: yes. " * 3,),  # within sentences
    ],
)
def test_other_words_in_capitals_before_a_colon_are_none(lines: tuple[str, ...]) -> None:
    assert initials_in(lines) == frozenset()
    assert [turns_of(line, initials_in(lines)) for line in lines] == [(line,) for line in lines]


def test_what_is_asked_within_a_paragraph_is_not_the_speakers() -> None:
    title = "Minister Ann Lee-Ray’s interview with the Daily News, 1 March 2019"
    parsed = parse(Source("a.txt"), "\n\n".join((title, *RUNS_ON)))
    assert [(passage.question, passage.text) for passage in parsed.passages] == [
        ("Why now?", "Because it is time."),
        ("And then?", "We sail."),
        ("So far?", "So far."),
        ("Good.", "It is late. We go."),
    ]
    assert {passage.speaker for passage in parsed.passages} == {"Ann Lee-Ray"}


def test_who_ends_most_turns_with_a_question_is_not_who_answers() -> None:
    """Whoever quotes questions in her answers is asked all the same; where nothing else tells, `speaker` must."""
    turns = ("Kay Fern: That is so.", "And now?", "Ann Lee: They said: Who? I said no.") * 3
    text = "\n\n".join(("An interview with a minister, 1 March 2019", *turns, "Kay Fern: So it is."))
    with pytest.raises(RefusedError, match="say `speaker`"):
        parse(Source("a.txt", kind="interview"), text)
    parsed = parse(Source("a.txt", kind="interview", speaker="Ann Lee"), text)
    assert {passage.speaker for passage in parsed.passages} == {"Ann Lee"}


def test_a_long_line_is_cut_in_time_that_grows_with_it() -> None:
    line = "It is late. KF: And then? ALR: We sail. " * 20_000
    begin = time.perf_counter()
    assert len(turns_of(line, initials_in((line,)))) == 40_001
    assert time.perf_counter() - begin < 3
