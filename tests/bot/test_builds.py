from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.builds import Done, Failed, Leaving, Progress, Refused, outcome, report, told
from store import jsonlines
from store.errors import RemovalError
from store.model import Remark, Report

WRONG: list[dict[str, object]] = [
    {"added": "a.txt"},
    {"changed": [1]},
    {"refused": [{"file": "a"}]},
    {"refused": {}},
    {"documents": "1"},
    {"seconds": None},
    {"tag": 1},
    {"names": 1},
    {"warnings": [{"file": "a", "line": "3", "reason": "no date"}]},
]
REPORT = Report(
    added=("a.txt",), refused=(Remark("b.txt", 3, "no date"), Remark("c.txt", None, "empty")), documents=1, tag="0" * 16
)
PRINTED = jsonlines.line(jsonlines.report(REPORT))
LEAVING = Leaving(2, 3, "0" * 16, ("a.txt", "b.txt"))


def test_what_a_build_prints_is_what_is_read() -> None:
    assert report(PRINTED) == REPORT
    assert told(jsonlines.line(jsonlines.progress(3, 5, "a.txt"))) == Progress(3, 5)
    error = RemovalError("2 of 3", ("a.txt", "b.txt"), 3, "0" * 16)
    assert told(jsonlines.line(jsonlines.removal(error))) == LEAVING


@pytest.mark.parametrize(
    "printed",
    ["", "{", "[]", "null", "[" * 100_000, PRINTED[:-1], PRINTED * 2, '{"added": []}']
    + [json.dumps(json.loads(PRINTED) | wrong) for wrong in WRONG],
)
def test_anything_else_is_no_report(printed: str) -> None:
    assert report(printed) is None


@given(st.text())
def test_whatever_is_said_is_words_or_a_record(line: str) -> None:
    assert isinstance(told(line), str | Progress | Leaving)


@pytest.mark.parametrize("line", ['{"done": 6, "total": 5}', '{"done": -1, "total": 5}', '{"done": "1", "total": 5}'])
def test_progress_that_can_not_be_is_words(line: str) -> None:
    assert told(line) == line


@pytest.mark.parametrize(
    ("status", "said", "reason"),
    [
        (1, ["Traceback", "  File x", "sqlite3.Error: odd", ""], "sqlite3.Error: odd"),
        (1, ["/data/archive.db can't grow: the disk is full."], "the disk is full"),
        (1, ["Traceback", "MemoryError"], "ran out of memory"),
        (0, [], "without a report"),
        (3, [], "exit status 3"),
        (-9, [], "killed (SIGKILL), as the system does where memory runs out"),
        (-15, ["anything"], "SIGTERM"),
        (-7, [], "signal 7"),
    ],
)
def test_a_build_that_was_not_done_has_a_reason(status: int, said: list[str], reason: str) -> None:
    failed = outcome(status, "", None, said, changed=False)
    assert isinstance(failed, Failed)
    assert reason in failed.reason


def test_a_report_counts_whatever_the_exit_status() -> None:
    """It is printed when the archive is written: a build of nothing but refusals ends with 1."""
    for status in (0, 1, -9):
        assert outcome(status, PRINTED, LEAVING, (), changed=True) == Done(REPORT)
    assert outcome(1, "", LEAVING, ("2 of 3",), changed=False) == Refused(LEAVING)
    assert isinstance(outcome(-9, "", LEAVING, (), changed=False), Failed)
